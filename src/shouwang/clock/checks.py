"""The start-up check: no job that does not say why the installation does it by itself."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from shouwang.clock.schedule import scheduled


def check_jobs(**_options: Any) -> list[CheckMessage]:
    """An error for every job without a reason."""
    return [
        Error(
            f"the job {name} does not say why the system does it by itself",
            hint=f'give the declaration in {job.function.__module__} a reason: why="…"',
            id="clock.E001",
        )
        for name, job in scheduled().items()
        if not job.why.strip()
    ]
