"""What the worker does for the API."""

from __future__ import annotations

from django_tasks import task

from shouwang.access.rights import SYSTEM, job
from shouwang.api import pushing


@task()
@job(SYSTEM)
def push() -> list[int]:
    """Send the pushes that wait; how many went out, how many did not."""
    return list(pushing.send_waiting())
