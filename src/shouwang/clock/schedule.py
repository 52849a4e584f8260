"""Which jobs there are, and when each is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

Function = TypeVar("Function", bound=Callable[[], object])


@dataclass(frozen=True)
class Job:
    """Something to be done again and again.

    ``latest`` gives the last moment at or before a moment at which the job was due. ``at_start`` says
    whether a job that never ran is due at once, or waits for its next time. ``why`` says why the
    installation does it by itself, for all divisions and asked by nobody: a job has no other right.
    """

    name: str
    label: str
    function: Callable[[], object]
    latest: Callable[[dt.datetime], dt.datetime]
    at_start: bool
    why: str = ""


_JOBS: dict[str, Job] = {}


def _register(
    function: Callable[[], object],
    label: str,
    latest: Callable[[dt.datetime], dt.datetime],
    at_start: bool,
    why: str,
) -> None:
    name = f"{function.__module__.removeprefix('shouwang.').removesuffix('.jobs')}.{function.__name__}"
    known = _JOBS.get(name)
    if known is not None and known.function.__module__ != function.__module__:
        raise ValueError(f"two jobs are called {name}")
    _JOBS[name] = Job(name, label or name, function, latest, at_start, why)


def daily(at: str, *, label: str = "", why: str = "") -> Callable[[Function], Function]:
    """Run the function once a day at a local time such as ``"02:00"``; ``why`` as in :class:`Job`."""
    moment = dt.time.fromisoformat(at)

    def latest(now: dt.datetime) -> dt.datetime:
        local = timezone.localtime(now)
        today = local.replace(hour=moment.hour, minute=moment.minute, second=0, microsecond=0)
        return today if today <= local else today - dt.timedelta(days=1)

    def declare(function: Function) -> Function:
        _register(function, label, latest, False, why)
        return function

    return declare


def every(*, minutes: int, label: str = "", why: str = "") -> Callable[[Function], Function]:
    """Run the function every so many minutes, counted from 1970; ``why`` as in :class:`Job`."""
    if minutes < 1:
        raise ValueError("a job runs at most once a minute")
    length = minutes * 60

    def latest(now: dt.datetime) -> dt.datetime:
        return dt.datetime.fromtimestamp(int(now.timestamp()) // length * length, dt.UTC)

    def declare(function: Function) -> Function:
        _register(function, label, latest, True, why)
        return function

    return declare


@cache
def _discover() -> None:
    autodiscover_modules("jobs")


def scheduled() -> dict[str, Job]:
    """All jobs of the installed rooms and packs, by name."""
    _discover()
    return dict(sorted(_JOBS.items()))
