"""Each job runs once for each of its moments, whoever keeps time and whatever happens in between."""

import datetime as dt
import threading
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from shouwang import clock
from shouwang.access.models import Area
from shouwang.clock import running, schedule
from shouwang.clock.models import Run
from shouwang.trail import change, current_actor
from shouwang.trail.models import Event

CHINA = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2024, 3, day, hour, minute, tzinfo=CHINA)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Nothing is scheduled but what the test declares; what ran is listed."""
    clock.scheduled()
    monkeypatch.setattr(schedule, "_JOBS", {})
    yield []


@pytest.mark.django_db
def test_a_daily_job_runs_once_a_day(only: list[str]) -> None:
    @clock.daily("02:00", label="夜间")
    def nightly() -> None:
        only.append(current_actor().name)

    assert clock.tick(at(1, 1)) == []  # new here: yesterday's 02:00 is not caught up
    assert clock.tick(at(1, 1, 59)) == []
    assert len(clock.tick(at(1, 2))) == 1
    assert clock.tick(at(1, 2)) == clock.tick(at(1, 23)) == []
    assert len(clock.tick(at(2, 2, 30))) == 1
    assert only == ["夜间", "夜间"]


@pytest.mark.django_db
def test_missed_moments_are_caught_up_once(only: list[str]) -> None:
    @clock.daily("02:00")
    def nightly() -> None:
        only.append("n")

    @clock.every(minutes=5)
    def often() -> None:
        only.append("o")

    clock.tick(at(1, 2))
    assert only == ["o"]  # the daily one waits for its first night, the other is due at once
    clock.tick(at(2, 2))
    only.clear()
    clock.tick(at(9, 12))
    assert sorted(only) == ["n", "o"]


@pytest.mark.django_db
def test_a_clock_set_back_runs_nothing_again(only: list[str]) -> None:
    @clock.every(minutes=5)
    def often() -> None:
        only.append("o")

    for minute in range(0, 60, 5):
        clock.tick(at(1, 3, minute))
    assert len(only) == 12
    for minute in range(60):
        clock.tick(at(1, 3, minute))
    assert len(only) == 12


@pytest.mark.django_db
def test_what_a_failing_job_did_is_undone_and_it_is_tried_three_times(only: list[str]) -> None:
    @clock.every(minutes=60, label="建区划")
    def broken() -> None:
        with change("access.setup"):
            Area.objects.create(code="110101001000000", name="某街道")
            raise ZeroDivisionError("by nought")

    for minute in range(6):
        clock.tick(at(1, 4, minute))
    run = Run.objects.get()
    assert (run.status, run.attempts) == (Run.Status.FAILED, running.ATTEMPTS)
    assert "by nought" in run.error
    assert not Area.objects.exists() and not Event.objects.exists()


@pytest.mark.django_db
def test_a_job_that_failed_once_may_succeed(only: list[str]) -> None:
    @clock.every(minutes=60)
    def shaky() -> None:
        only.append("try")
        if len(only) == 1:
            raise OSError("away")

    clock.tick(at(1, 4))
    clock.tick(at(1, 4, 1))
    clock.tick(at(1, 4, 2))
    run = Run.objects.get()
    assert (run.status, run.attempts, run.error, len(only)) == (Run.Status.DONE, 2, "", 2)


@pytest.mark.django_db
def test_of_two_clocks_one_does_the_job(only: list[str]) -> None:
    """The second clock comes while the first has not noted the job yet, as seen from its list."""

    @clock.every(minutes=60)
    def hourly() -> None:
        only.append("x")

    (job,) = schedule.scheduled().values()
    due = job.latest(at(1, 4))
    assert running._run(job, due, None)
    assert not running._run(job, due, None)
    assert only == ["x"] and Run.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_clock_stops_when_told_and_outlives_a_failing_tick(
    only: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    stop = threading.Event()

    def tick(now: dt.datetime | None = None) -> list[str]:
        only.append("t")
        if len(only) == 1:
            raise OperationalError("the database is away")
        stop.set()
        return []

    monkeypatch.setattr(running, "tick", tick)
    running.run_forever(stop, interval=0.01)
    assert only == ["t", "t"]


@pytest.mark.django_db
def test_old_notes_are_forgotten() -> None:
    from shouwang.clock.jobs import forget_old_runs

    now = timezone.now()
    for age in (1, 200):
        day = now - dt.timedelta(days=age)
        Run.objects.create(job="x", due=day, started=day, ended=day, status=Run.Status.DONE)
    forget_old_runs()
    assert Run.objects.count() == 1


def test_two_jobs_of_one_name_are_refused() -> None:
    def first() -> None: ...

    def second() -> None: ...

    second.__name__ = "first"
    first.__module__, second.__module__ = "shouwang.one.jobs", "shouwang.one"
    clock.daily("02:00")(first)
    with pytest.raises(ValueError, match="two jobs"):
        clock.daily("02:00")(second)
    del schedule._JOBS["one.first"]
