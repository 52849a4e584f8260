"""Scans of the database: the same findings as of the folder, whole or in part; twice changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.ledger.store.office import IDS, ME, TOWN, load, town
from tests.onfile import on_file, writing
from tests.risk.scans.allowance import DAY, folder, scan

from shouwang import trail
from shouwang.clock import busy
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.models import EvidenceRow, Finding, ScanLock, ScanRun, Step
from shouwang.risk.scans import keeping, record, requests, running
from shouwang.risk.sealing import unseal
from shouwang.snapshot import database
from shouwang.snapshot.models import SheetColumns
from shouwang.snapshot.store import Snapshot
from shouwang.trail.change import open_change


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    monkeypatch.setattr(keeping, "home", lambda: tmp_path)
    with trail.acting(ME):
        yield


def counts(run: ScanRun) -> tuple[int, ...]:
    return run.found, run.new, run.changed, run.gone, run.back


def dead() -> Finding:
    return Finding.objects.get(code="assistance.paid-after-death")


def test_from_workbook_to_finding_on_record(tmp_path: Path) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    run = scan()
    finding = dead()
    assert run.new == run.found == Finding.objects.count() >= 1 and run.rows == 10
    assert finding.amount == 4 * 500 and finding.division_code == TOWN
    rows = {(r.ledger, r.file, r.sheet, r.row) for r in finding.evidence.all()}
    assert ("assistance.payment", "发放.xlsx", "发放", 8) in rows and len(rows) == 5
    spec = ledgers()["assistance.payment"]
    records = finding.evidence.filter(ledger=spec.name).values_list("record", flat=True)
    assert spec.model.objects.filter(pk__in=list(records)).count() == 4
    stored = str(Finding.objects.values().get(pk=finding.pk))
    assert IDS[0] not in stored and "张三丰" not in stored and "张**" in stored
    assert finding.person and "张三丰" in unseal(finding.sealed, finding.identity)["text"]
    assert finding.sentence_en and finding.risk_point


def test_no_number_lies_in_a_snapshot_and_it_is_private(tmp_path: Path) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    run = scan()
    root = keeping.snapshots() / run.snapshot
    assert Snapshot.load(root).hash == run.snapshot
    assert keeping.snapshots().stat().st_mode & 0o077 == 0
    for path in [*root.rglob("*"), *(tmp_path / "scans").iterdir()]:
        if path.is_file():
            assert IDS[0].encode() not in path.read_bytes()
    person = ledgers()["assistance.payment"].model.objects.first().person
    assert person == IDS[0]  # and the record itself opens


def test_scanning_twice_changes_nothing(tmp_path: Path) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    first = scan()
    before = list(Finding.objects.order_by("pk").values()), list(EvidenceRow.objects.order_by("pk").values())
    steps = Step.objects.count()
    for whole in (False, True):
        again = scan(whole=whole)
        assert again.snapshot == first.snapshot and counts(again) == (first.found, 0, 0, 0, 0)
    assert before[0] == list(Finding.objects.order_by("pk").values())
    assert before[1] == list(EvidenceRow.objects.order_by("pk").values())
    assert Step.objects.count() == steps


@pytest.mark.parametrize("whole", [False, True])
def test_new_rows_change_a_finding_and_a_gone_one_is_noted_not_closed(tmp_path: Path, whole: bool) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    scan()
    load(folder(tmp_path / "in", months=12), division=TOWN)
    run = scan(whole=whole)
    assert run.changed >= 1 and dead().amount == 7 * 500 and dead().evidence.count() == 8
    with trail.change("test.correct"):
        ledgers()["assistance.payment"].model.objects.filter(paid_on__gt=dt.date(2023, 5, 31)).delete()
    run = scan(whole=whole)
    gone = dead()
    assert run.gone >= 1 and not gone.present and gone.status in ("new", "assigned")
    assert gone.steps.filter(action="gone").count() == 1


def closed() -> Finding:
    finding = dead()
    with trail.change("test.close"):
        Finding._base_manager.filter(pk=finding.pk).update(status="closed")
    return finding


def test_a_closed_finding_is_back_by_new_rows_alone(tmp_path: Path) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    scan()
    finding = closed()
    run = scan(whole=True)
    assert counts(run)[1:] == (0, 0, 0, 0) and dead().status == "closed"
    load(folder(tmp_path / "in", months=12), division=TOWN)
    run = scan()
    back = dead()
    assert run.back == 1 and back.pk == finding.pk and back.occurrence == 2 and back.status != "closed"
    assert back.number == finding.number and back.steps.filter(action="recur").count() == 1


def test_a_closed_finding_that_was_gone_and_is_found_again_is_back(tmp_path: Path) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    scan()
    closed()
    model = ledgers()["assistance.payment"].model
    with trail.change("test.correct"):
        model.objects.filter(paid_on__gt=dt.date(2023, 5, 31)).delete()
    scan()
    assert not dead().present and dead().status == "closed"
    load(folder(tmp_path / "in"), division=TOWN)
    assert scan().back == 1 and dead().occurrence == 2


def test_a_scan_follows_an_import(tmp_path: Path, django_capture_on_commit_callbacks: Any) -> None:
    town()
    with django_capture_on_commit_callbacks(execute=True):
        load(folder(tmp_path / "in"), division=TOWN)
    waiting = ScanRun.objects.get()
    assert (waiting.trigger, waiting.status) == ("import", "waiting")
    assert requests.request("person").pk == waiting.pk  # one that waits already serves


def test_two_scans_at_once_the_second_waits(tmp_path: Path) -> None:
    town()
    first = requests.request("person", as_of=DAY)
    running.claim(first)
    second = requests.request("person", as_of=DAY)
    assert second.pk != first.pk
    with pytest.raises(running.Busy):
        running.run_scan(second.pk)
    second.refresh_from_db()
    assert second.status == "waiting"
    ScanLock.objects.update(beat=timezone.now() - dt.timedelta(minutes=5))
    assert running.run_scan(second.pk) == "done"  # the first was killed
    first.refresh_from_db()
    assert (first.status, first.error) == ("failed", "interrupted")


@pytest.mark.parametrize("place", ["take", "run", "record"])
def test_a_scan_that_breaks_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    scan()
    load(folder(tmp_path / "in", months=12), division=TOWN)
    before = list(Finding.objects.order_by("pk").values())

    def broken(*_args: Any, **_options: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        target: Any = {"take": database, "run": running.scan, "record": record.Recorder}[place]
        patch.setattr(target, "_again" if place == "record" else place, broken)
        run = requests.request("person", as_of=DAY)
        with transaction.atomic():
            assert running.run_scan(run.pk) == "failed"
    run.refresh_from_db()
    assert "disk full" in run.error and ScanLock.objects.get().run is None
    assert list(Finding.objects.order_by("pk").values()) == before
    assert scan().changed >= 1  # and the next one does it


def test_answers_are_worded_before_the_transaction_that_others_wait_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    seal, open_then = record.seal, []

    def sealing(*given: Any) -> bytes:
        open_then.append(open_change())
        return seal(*given)

    monkeypatch.setattr(record, "seal", sealing)
    run = scan()
    assert run.new and open_then == [None] * run.new
    assert set(run.timings) == {"snapshot", "rules", "prepare", "record"}


def test_a_scan_is_recorded_though_somebody_writes_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, migrated_home: Path
) -> None:
    prepare = running.prepare
    with on_file(migrated_home, tmp_path) as path:
        town()
        load(folder(tmp_path / "in"), division=TOWN)
        other = writing(path)

        def prepared(*given: Any) -> record.Prepared:
            ready = prepare(*given)
            other.__enter__()
            return ready

        said: list[str] = []

        def warned(text: str, *_given: Any) -> None:
            said.append(text)
            other.__exit__(None, None, None)

        monkeypatch.setattr(running, "prepare", prepared)
        monkeypatch.setattr(busy.log, "warning", warned)
        run = scan()
        assert len(said) == 1 and run.found == Finding.objects.count() >= 1
        assert ScanLock.objects.get().run is None


def test_old_snapshots_go_and_those_that_findings_cite_stay(tmp_path: Path) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    first = scan()
    for n in range(keeping.KEPT + 1):
        load(folder(tmp_path / "in", paid=str(600 + n)), division=TOWN)
        last = scan()
    kept = {p.name for p in keeping.snapshots().iterdir()}
    assert (last.snapshot in kept and first.snapshot not in kept) or Finding.objects.filter(
        last_run=first
    ).exists()
    assert len(list((tmp_path / "scans").iterdir())) == keeping.KEPT


def test_the_columns_of_each_sheet_are_remembered(tmp_path: Path) -> None:
    town()
    load(folder(tmp_path / "in"), division=TOWN)
    told = SheetColumns.objects.get(ledger="assistance.payment")
    assert (told.file, told.sheet) == ("发放.xlsx", "发放") and "person" in told.columns
    assert "account" not in told.columns


def died(ago: dt.timedelta, day: dt.date = DAY) -> ScanRun:
    """A scan that a worker began and whose last sign of life is so long ago."""
    run = requests.request(ScanRun.Trigger.CLOCK, as_of=day, whole=True)
    running.claim(run)
    ScanLock.objects.update(beat=timezone.now() - ago)
    return run


def test_a_scan_whose_worker_died_is_noted_and_asked_for_anew() -> None:
    run = died(running.DEAD + dt.timedelta(seconds=1))
    again = running.revive()
    run.refresh_from_db()
    assert (run.status, run.error) == (ScanRun.Status.FAILED, running.INTERRUPTED) and run.ended
    assert again is not None and again.status == ScanRun.Status.WAITING
    assert (again.as_of, again.whole, again.trigger) == (run.as_of, True, ScanRun.Trigger.CLOCK)
    lock = ScanLock.objects.get()
    assert lock.run is None and lock.beat is None
    assert running.revive() is None  # once


def test_a_scan_that_gives_signs_of_life_goes_on() -> None:
    run = died(running.DEAD - dt.timedelta(seconds=30))
    assert running.revive() is None
    run.refresh_from_db()
    assert run.status == ScanRun.Status.RUNNING and ScanRun.objects.count() == 1


def test_a_scan_that_kills_its_worker_is_not_asked_for_for_ever() -> None:
    run: ScanRun | None = died(running.DEAD * 2)
    for _time in range(running.AGAIN):
        run = running.revive()
        assert run is not None
        running.claim(run)
        ScanLock.objects.update(beat=timezone.now() - running.DEAD * 2)
    assert running.revive() is None
    assert set(ScanRun.objects.values_list("status", flat=True)) == {ScanRun.Status.FAILED}
    assert ScanRun.objects.count() == running.AGAIN + 1
