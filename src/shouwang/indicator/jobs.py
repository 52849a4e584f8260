"""What the clock does for indicators."""

from __future__ import annotations

from django_tasks import task

from shouwang.access.rights import SYSTEM, job
from shouwang.clock import daily
from shouwang.indicator.breaches import latest_evaluations, notice_breaches
from shouwang.trail import Actor, acting


@task()
@job(SYSTEM)
def look_at_targets() -> int:
    """Evaluate all indicators on the last snapshot and let missed targets into the loop."""
    with acting(Actor("job:indicators", "指标预警")):
        return notice_breaches(latest_evaluations())["new"]


@daily("06:00", label="指标预警", why="a missed target is told whether or not somebody looks")
def targets() -> None:
    """Have the indicators looked at."""
    look_at_targets.enqueue()
