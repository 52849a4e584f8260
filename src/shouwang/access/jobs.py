"""What the clock does for the trail and for sessions."""

from __future__ import annotations

from django.core.management import call_command

from shouwang.clock import daily, every
from shouwang.trail.seal import seal


@every(minutes=1, label="封印留痕", why="what happened must be proved from the next minute on")
def seal_the_trail() -> None:
    """Seal what happened since the last minute."""
    seal(patience=2.0)


@daily("00:00", label="当日封印", why="every day has its seal, to be published")
def seal_the_day() -> None:
    """Seal at midnight, so that every day with events has its seal early on the next one."""
    seal()


@daily("03:40", label="清理过期的登录", why="who is signed out leaves nothing behind")
def clear_sessions() -> None:
    """Forget sessions that are over."""
    call_command("clearsessions")
