"""The trail (留痕): who did what, when, to which record; append-only and sealed.

What other rooms use::

    from shouwang import trail

    with trail.acting(Actor("user:7", "王敏", "低保工作人员")):     # once a request, a command or a job
        with trail.change("finding.assign", reason="分管社区") as change:   # one transaction with its events
            finding.save()                                        # noted by itself: Trailed models
            change.note("scan", "12", {"status": ["running", "done"]})   # anything else that belongs to it

A model that derives from :class:`shouwang.trail.tracking.Trailed` can't be written outside of a change: its
manager notes what changed, and a guard on the connection refuses any other statement on its table.
"""

from shouwang.trail import merkle, words
from shouwang.trail.actor import Actor, NoActor, acting, current_actor
from shouwang.trail.change import Change, UntrailedWrite, change, record

__all__ = [
    "Actor",
    "Change",
    "NoActor",
    "UntrailedWrite",
    "acting",
    "change",
    "current_actor",
    "merkle",
    "record",
    "words",
]
