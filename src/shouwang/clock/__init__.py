"""The clock (定时): what is to be done at which time, once, whoever keeps time.

::

    from shouwang.clock import daily, every

    @daily("02:00", label="每日扫描", why="a new day brings new findings")
    def nightly_scan() -> None: ...

    @every(minutes=10, label="补发通知", why="a message that was lost is still owed")
    def retry() -> None: ...

Nobody asks for a job, so it says why the installation does it by itself; without that nothing starts. Jobs
stand in a module ``jobs`` of an app. A job runs in one transaction together with the note that it ran, so it
is short: what takes long is enqueued as a task (django-tasks), which commits with it. ``shouwang serve``
calls :func:`run_forever`; two clocks at once never do one thing twice.
"""

from __future__ import annotations

import datetime as dt
import threading

from shouwang.clock.schedule import daily, every, scheduled


def tick(now: dt.datetime | None = None) -> list[str]:
    """Run what is due; see :func:`shouwang.clock.running.tick`."""
    from shouwang.clock import running  # needs the apps, which are not loaded when jobs are declared

    return running.tick(now)


def run_forever(stop: threading.Event) -> None:
    """Run what is due until ``stop`` is set; see :func:`shouwang.clock.running.run_forever`."""
    from shouwang.clock import running

    running.run_forever(stop)


__all__ = ["daily", "every", "run_forever", "scheduled", "tick"]
