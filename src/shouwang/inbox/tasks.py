"""What the worker does for notices."""

from __future__ import annotations

from django_tasks import task

from shouwang.access.rights import SYSTEM, job
from shouwang.inbox import digest, sending
from shouwang.trail import Actor, acting


@task()
@job(SYSTEM)
def deliver(key: int) -> bool:
    """Send one message."""
    return sending.attempt(key)


@task()
@job(SYSTEM)
def send_digests() -> int:
    """Send everybody their digest of the day."""
    with acting(Actor("job:digest", "每日工作摘要")):
        return digest.send_all()
