"""Runs what is due: each job once for each of its moments, missed ones caught up once.

The note that a job ran and what the job did commit together. A crash in between leaves neither, and the job
is done at the next tick; a second clock that writes the same note waits for the first and then finds it.
A clock that is set back comes to moments that are noted already.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading

from django.db import Error, IntegrityError, close_old_connections, transaction
from django.utils import timezone

from shouwang.clock.busy import is_busy
from shouwang.clock.models import Run
from shouwang.clock.schedule import Job, scheduled
from shouwang.trail import Actor, acting

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""So often a job that fails is tried for one of its moments."""
INTERVAL = 15.0
"""Seconds between two looks at the clock."""
KEPT = dt.timedelta(days=90)
"""So long the notes are kept."""


def tick(now: dt.datetime | None = None) -> list[str]:
    """Run all jobs that are due at ``now``; the names of those this call ran, failures included."""
    moment = now or timezone.now()
    catalogue = scheduled()
    due = {name: job.latest(moment) for name, job in catalogue.items()}
    noted = {
        (run.job, run.due): run
        for run in Run.objects.filter(job__in=list(due), due__in=list(set(due.values())))
    }
    known = set(Run.objects.filter(job__in=list(due)).values_list("job", flat=True).distinct())
    ran = []
    for name, job in catalogue.items():
        run = noted.get((name, due[name]))
        if run is None and name not in known and not job.at_start:
            _pass(job, due[name], moment)
        elif (run is None or (run.status == Run.Status.FAILED and run.attempts < ATTEMPTS)) and _run(
            job, due[name], run
        ):
            ran.append(name)
    return ran


def _pass(job: Job, due: dt.datetime, now: dt.datetime) -> None:
    """Note the moment of a job that is new here as done with: the next one is its first."""
    Run.objects.get_or_create(
        job=job.name, due=due, defaults={"started": now, "ended": now, "status": Run.Status.PASSED}
    )


def _run(job: Job, due: dt.datetime, failed: Run | None) -> bool:
    """Do the job for that moment; False where another clock has."""
    started = timezone.now()
    run: Run | None = None
    try:
        with transaction.atomic():
            run = _claim(job, due, failed, started)
            if run is None:
                return False
            with acting(Actor(f"job:{job.name}"[:64], str(job.label))):
                job.function()
            run.ended = timezone.now()
            run.save(update_fields=["ended"])
    except Exception as error:
        if run is None and is_busy(error):
            raise  # it was not begun: no attempt of its few is used up, the next tick comes to it again
        log.exception("job %s failed", job.name)
        _note_failure(job, due, started, error)
    return True


def _claim(job: Job, due: dt.datetime, failed: Run | None, started: dt.datetime) -> Run | None:
    """Write that this clock does it; None where another has."""
    if failed is not None:
        again = Run.objects.filter(pk=failed.pk, status=Run.Status.FAILED, attempts=failed.attempts)
        changed = again.update(
            status=Run.Status.DONE, attempts=failed.attempts + 1, started=started, error=""
        )
        return Run.objects.get(pk=failed.pk) if changed else None
    try:
        with transaction.atomic():
            return Run.objects.create(
                job=job.name, due=due, started=started, ended=started, status=Run.Status.DONE
            )
    except IntegrityError:
        return None


def _note_failure(job: Job, due: dt.datetime, started: dt.datetime, error: Exception) -> None:
    text = f"{type(error).__name__}: {error}"[:2000]
    with transaction.atomic():
        run, made = Run.objects.select_for_update().get_or_create(
            job=job.name,
            due=due,
            defaults={
                "started": started,
                "ended": timezone.now(),
                "status": Run.Status.FAILED,
                "error": text,
            },
        )
        if not made and run.status == Run.Status.FAILED:
            run.attempts, run.error, run.ended = run.attempts + 1, text, timezone.now()
            run.save(update_fields=["attempts", "error", "ended"])


def run_forever(stop: threading.Event, interval: float = INTERVAL) -> None:
    """Tick until ``stop`` is set. A database that is away is waited for."""
    while not stop.is_set():
        close_old_connections()
        try:
            tick()
        except Error as error:
            if is_busy(error):
                log.warning("the database is busy; the clock tries again: %s", error)
            else:
                log.exception("the clock could not reach the database; trying again")
        stop.wait(interval)
    close_old_connections()
