"""What the worker does for findings as time passes."""

from __future__ import annotations

from django_tasks import task

from shouwang.access.rights import SYSTEM, job
from shouwang.risk.loop import chores
from shouwang.trail import Actor, acting


@task()
@job(SYSTEM)
def keep_deadlines() -> dict[str, int]:
    """Do what the day brings, in as many transactions as it takes."""
    with acting(Actor("job:risk.deadlines", "整改期限与逾期上报")):
        return chores.daily()
