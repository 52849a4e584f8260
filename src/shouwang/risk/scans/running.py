"""Runs a scan of the database: a snapshot, all rules on it, and their answers on record."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.db import Error, close_old_connections, connection, transaction
from django.utils import timezone

from shouwang import trail
from shouwang.clock.busy import patiently
from shouwang.risk import catalogue, scan
from shouwang.risk.engine import open_engine, told
from shouwang.risk.models import ScanLock, ScanRun
from shouwang.risk.scans import asked, keeping, requests
from shouwang.risk.scans.record import prepare, record
from shouwang.risk.values import in_force
from shouwang.snapshot import database

log = logging.getLogger(__name__)

BEAT = 10.0
"""Seconds between two signs of life of a running scan."""
DEAD = dt.timedelta(minutes=2)
"""A scan without a sign of life for so long was killed."""


INTERRUPTED = "interrupted"
"""What is noted of a scan that died."""
AGAIN = 2
"""So often a scan that died is asked for again; one that kills its worker must not do so for ever."""


class Busy(RuntimeError):
    """Another scan runs."""


def claim(run: ScanRun) -> None:
    """Be the one scan that runs; :class:`Busy` where another is alive. A dead one is noted as failed."""
    now = timezone.now()
    with transaction.atomic():
        lock, _made = ScanLock.objects.select_for_update().get_or_create(pk=1)
        other = lock.run
        if other is not None and other.pk != run.pk and lock.beat is not None and now - lock.beat < DEAD:
            raise Busy(f"scan {other.pk} runs")
        with trail.change("scan.start"):
            stopped = ScanRun.objects.filter(status=ScanRun.Status.RUNNING).exclude(pk=run.pk)
            stopped.update(status=ScanRun.Status.FAILED, ended=now, error=INTERRUPTED)
            run.refresh_from_db()
            if run.status != ScanRun.Status.WAITING:
                raise Busy(f"scan {run.pk} is {run.status}")
            run.status, run.started = ScanRun.Status.RUNNING, now
            run.save()
        lock.run, lock.beat = run, now
        lock.save()


def revive() -> ScanRun | None:
    """Ask again for a scan that died; the new one, None where none died or it died too often.

    A worker that is killed leaves the scan it ran as running. It is noted as failed once it has given no
    sign of life for :data:`DEAD`.
    """
    now = timezone.now()
    with transaction.atomic():
        lock = ScanLock.objects.select_for_update(of=("self",)).select_related("run").filter(pk=1).first()
        run = lock.run if lock is not None else None
        if lock is None or run is None or lock.beat is None or now - lock.beat < DEAD:
            return None
        lock.run, lock.beat = None, None
        lock.save()
        if run.status != ScanRun.Status.RUNNING:
            return None
        with trail.change("scan.fail"):
            run.status, run.ended, run.error = ScanRun.Status.FAILED, now, INTERRUPTED
            run.save()
        last = ScanRun.objects.exclude(status=ScanRun.Status.WAITING).order_by("-pk")[: AGAIN + 1]
        if [one.error for one in last] == [INTERRUPTED] * (AGAIN + 1):
            log.error("scan %s: it died %s times and is not asked for again", run.pk, AGAIN + 1)
            return None
        return requests.request(run.trigger, user=run.requested_by, as_of=run.as_of, whole=run.whole)


@contextmanager
def _alive(run: ScanRun) -> Iterator[None]:
    """Give signs of life, from a thread of its own, until the block ends."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(BEAT):
            try:
                ScanLock.objects.filter(run=run).update(beat=timezone.now())
            except Error:  # the database is away: the scan itself will say so, or go on when it is back
                log.warning("scan %s could give no sign of life", run.pk)
            close_old_connections()
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    if not connection.in_atomic_block:  # in a test's transaction there is nobody to be told
        thread.start()
    try:
        yield
    finally:
        stop.set()
        if thread.is_alive():
            thread.join()
        patiently(lambda: ScanLock.objects.filter(run=run).update(run=None, beat=None))


def run_scan(key: int) -> str:
    """Run a waiting scan; the status it ended with. :class:`Busy` where another runs."""
    run = ScanRun.objects.get(pk=key)
    claim(run)
    with _alive(run):
        try:
            _scan(run)
        except Exception as error:
            log.exception("scan %s failed", run.pk)
            patiently(partial(_fail, run, told(error)[:2000]))
    return str(run.status)


def _fail(run: ScanRun, why: str) -> None:
    with trail.change("scan.fail"):
        run.refresh_from_db()
        run.status, run.ended, run.error = ScanRun.Status.FAILED, timezone.now(), why
        run.save()


def _scan(run: ScanRun) -> None:
    timings: dict[str, float] = {}
    rules = catalogue.rules()
    parameters = in_force()
    done = ScanRun.objects.filter(status=ScanRun.Status.DONE).order_by("-pk").first()
    earlier = keeping.load(done, rules) if done is not None and not run.whole else None
    folder = keeping.snapshots() / done.snapshot if done is not None and not run.whole else None

    started = time.monotonic()
    made = keeping.workplace(run)
    try:
        digest = database.take(made, folder).hash
        snapshot = keeping.settle(made, digest)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    timings["snapshot"] = round(time.monotonic() - started, 3)

    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="shouwang-scan-") as scratch:
        engine = open_engine(run.engine, scratch=Path(scratch))
        try:
            answers = scan.run(
                engine, snapshot, list(rules.values()), parameters, run.as_of, previous=earlier
            )
            asked.send(sender=ScanRun, run=run, engine=engine, snapshot=snapshot, parameters=parameters)
        finally:
            engine.close()
    timings["rules"] = round(time.monotonic() - started, 3)
    keeping.save(run, answers)

    started = time.monotonic()
    prepared = prepare(run, answers)
    timings["prepare"] = round(time.monotonic() - started, 3)
    statuses = [o.status for o in answers.outcomes]
    waits = {
        o.rule.code: {"status": o.status, "missing": list(o.missing), "error": o.error}
        for o in answers.outcomes
        if o.status != "asked"
    }

    def write() -> None:
        with trail.change("scan.record") as doing:
            began = time.monotonic()
            run.refresh_from_db()
            run.snapshot, run.previous = digest, done if earlier is not None else None
            counts = record(prepared, doing=doing, parameters=parameters)
            run.rules = {s: statuses.count(s) for s in sorted(set(statuses))}
            run.waits = waits
            run.found, run.new, run.known = counts.found, counts.new, counts.known
            run.changed, run.gone, run.back = counts.changed, counts.gone, counts.back
            run.rows = sum(part.rows for part in snapshot.parts)
            timings["record"] = round(time.monotonic() - began, 3)
            run.timings, run.ended, run.status = timings, timezone.now(), ScanRun.Status.DONE
            run.save()

    # A scan that took minutes is not thrown away because somebody else was writing at its end.
    patiently(write)
    keeping.tidy()
