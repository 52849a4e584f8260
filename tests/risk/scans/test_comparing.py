"""Two scans beside each other: new, known, gone; from the record, also where answers are no longer kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import CaptureQueriesContext
from tests.ledger.store.office import ME, TOWN, load, town
from tests.risk.scans.allowance import few_rules, folder, scan

from shouwang import trail
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.models import Finding, ScanRun
from shouwang.risk.scans import comparing, keeping

RULE = "assistance.paid-after-death"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    monkeypatch.setattr(keeping, "home", lambda: tmp_path)
    few_rules(monkeypatch)
    with trail.acting(ME):
        yield


def state(earlier: ScanRun, later: ScanRun, code: str = RULE) -> str:
    """What became of the one finding of the rule; empty where neither scan found it."""
    found = comparing.compared(earlier, later, Finding.objects.filter(code=code))
    return str(found.get().difference) if found.exists() else ""


@pytest.fixture
def history(tmp_path: Path) -> list[ScanRun]:
    """Scans before the workbook came, with it, after its rows were taken out, and after they came back."""
    town()
    runs = [scan()]
    load(folder(tmp_path / "in"), division=TOWN)
    runs.append(scan())
    runs.append(scan())
    with trail.change("test.correct"):
        ledgers()["assistance.payment"].model.objects.filter(paid_on__gt=dt.date(2023, 5, 31)).delete()
    runs.append(scan())
    load(folder(tmp_path / "in", months=10), division=TOWN)
    runs.append(scan())
    return runs


def test_any_two_scans_of_the_history_are_compared(history: list[ScanRun]) -> None:
    nothing, found, same, gone, back = history
    assert state(nothing, found) == "new"
    assert state(found, same) == "known"
    assert state(same, gone) == state(found, gone) == "gone"
    assert state(gone, back) == "new" and state(found, back) == "known"
    assert state(nothing, gone) == ""
    rows = Finding.objects.filter(code=RULE)
    assert [comparing.there(run, rows).count() for run in history] == [0, 1, 1, 0, 1]
    # It needs nothing of what a scan leaves in files.
    for path in (keeping.home() / "scans").iterdir():
        path.unlink()
    assert state(found, gone) == "gone"


def test_counts_by_rule_and_severity_agree_with_the_scans(history: list[ScanRun]) -> None:
    _nothing, found, same, gone, _back = history
    for earlier, later in ((found, same), (same, gone), (found, gone)):
        table = comparing.tallied(earlier, later, Finding.objects.all())
        row = next(r for r in table if r.code == RULE)
        total = comparing.by_severity(table)[-1]
        assert total.counts["known"] + total.counts["gone"] + total.counts["unchecked"] == earlier.found
        assert total.counts["known"] + total.counts["new"] == later.found
        assert sum(r.counts[s] for r in comparing.by_severity(table)[:-1] for s in comparing.STATES) == sum(
            total.counts.values()
        )
        assert row.amounts["gone" if later == gone else "known"] == Finding.objects.get(code=RULE).amount
    assert table[0].severity == "high"


def test_the_comparison_is_one_query(history: list[ScanRun]) -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as asked:
        comparing.tallied(history[1], history[3], Finding.objects.all())
    assert len(asked) == 1


def test_what_the_later_scan_did_not_ask_is_not_said_to_be_still_there(history: list[ScanRun]) -> None:
    _nothing, found, same, _gone, _back = history
    same.waits = {RULE: {"status": "no-ledger", "missing": ["assistance.payment"], "error": ""}}
    assert state(found, same) == "unchecked"
    # Where the earlier one did not ask, what is new is marked: it need not have happened since.
    nothing = history[0]
    nothing.waits = same.waits
    row = next(r for r in comparing.tallied(nothing, found, Finding.objects.all()) if r.code == RULE)
    assert row.counts["new"] == 1 and row.first_checked


def test_only_done_scans_make_a_pair(history: list[ScanRun]) -> None:
    first, second = history[0], history[1]
    assert comparing.pair(second.pk, first.pk) == (first, second)
    assert comparing.pair(first.pk, first.pk) is None and comparing.pair(first.pk, 987654) is None
    with trail.change("test.fail"):
        ScanRun.objects.filter(pk=first.pk).update(status="failed")
    assert comparing.pair(first.pk, second.pk) is None
    assert comparing.before(history[2]) == second and comparing.before(second) is None
