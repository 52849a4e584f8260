"""Other offices keep the same content otherwise: every planted case is found there too, and no near miss."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from shouwang.ledger.reading import Reading, SheetReading, read_folder
from shouwang.risk import catalogue, scan
from shouwang.risk.engine import open_engine
from shouwang.risk.parameters import with_office_file
from shouwang.snapshot.store import Snapshot
from tests import office_parameters
from tests.ledger.test_office_a import LEDGERS
from tests.restyle import Written, restyle
from tests.test_office_a import KINDS, truth

AS_OF = dt.date(2023, 12, 31)

# Chosen for what they have between them: xlsx, xls, ods, csv and tsv; a file for each table and few for all;
# months in sheets, in columns and in rows; two header rows, repeated headers, subtotals, totals on top;
# amounts in 10,000 yuan; dates as text, with two-digit years, as serial numbers; numbers of persons in
# full-width figures; meaningless names of files and sheets.
# The rest, and any other number, are tried where SHOUWANG_OFFICES names them.
SEEDS = tuple(map(int, os.environ.get("SHOUWANG_OFFICES", "4 26").split()))


@dataclass
class Office:
    """An office that was written, and what came of reading and asking it."""

    written: list[Written]
    reading: Reading
    found: dict[str, set[str]]
    failed: list[str]

    def sheets(self, of: Written) -> list[SheetReading]:
        """The tables that were read in a sheet."""
        return [s for f, s in self.reading.sheets if (f.path, s.name) == (of.file, of.sheet)]


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"office-{seed}")
def office(
    request: pytest.FixtureRequest, office_a: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    root = tmp_path_factory.mktemp("office")
    written = restyle(office_a, root / "folder", request.param, every=40)
    snapshot = Snapshot(root / "snapshot")
    reading = read_folder(root / "folder", out_snapshot=snapshot)
    snapshot.save()
    given = office_parameters.write(office_a, root / "parameters.yaml")
    parameters = with_office_file(catalogue.parameters(), given)
    asked = {rule for rules in KINDS.values() for rule in rules}
    rules = [rule for code, rule in catalogue.rules().items() if code in asked]
    outcome = scan.run(open_engine("duckdb"), snapshot, rules, parameters, AS_OF)
    found: dict[str, set[str]] = defaultdict(set)
    for finding in outcome.findings:
        found[finding.rule].add(str(finding.subject_id))
    failed = [o.rule.code for o in outcome.outcomes if o.status == "failed"]
    yield Office(written, reading, found, failed)


def test_every_planted_case_is_found_and_no_near_miss(office: Office, office_a: Path) -> None:
    cases = truth(office_a)
    missed, wrong = Counter[str](), Counter[str]()
    for kind, rules in KINDS.items():
        subjects = set().union(*(office.found.get(rule, set()) for rule in rules))
        explained: set[str] = set()
        for case in cases[kind]:
            keys = set(case["subject_key"].split("|"))
            if case["is_near_miss"] == "1":
                wrong[kind] += bool(keys & subjects)
            elif keys & subjects:
                explained |= keys
            else:
                missed[kind] += 1
        wrong[kind] += len(subjects - explained)
    assert not office.failed
    assert (+missed, +wrong) == (Counter(), Counter())


def test_every_sheet_is_the_ledger_it_is_and_every_row_is_read(office: Office) -> None:
    wrong = []
    for sheet in office.written:
        tables = office.sheets(sheet)
        ledgers = {(t.status, t.ledger) for t in tables}
        loaded = sum(t.loaded for t in tables)
        if ledgers != {("loaded", LEDGERS[sheet.ledger])} or loaded != sheet.loaded:
            wrong.append((sheet.file, sheet.sheet, sheet.ledger, ledgers, loaded, sheet.loaded))
    assert not wrong
    assert not office.reading.problems


def test_every_refused_row_is_refused_for_its_reason(office: Office) -> None:
    refused = {(r.file, r.sheet, r.row, r.code) for r in office.reading.rejected}
    assert refused == {(s.file, s.sheet, row, code) for s in office.written for row, code in s.refused}


def test_amounts_are_what_they_were(office: Office) -> None:
    wrong = []
    for sheet in office.written:
        sums: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
        for table in office.sheets(sheet):
            for column in table.columns:
                name = sheet.columns.get(column.letter)
                if name in sheet.totals and column.field and column.kind == "money":
                    sums[name].append((column.count, Decimal(column.total or 0)))
        for name, found in sums.items():
            total = sum(n for n, _ in found), sum((amount for _, amount in found), Decimal(0))
            if total != sheet.totals[name]:
                wrong.append((sheet.file, sheet.sheet, name, total, sheet.totals[name]))
    assert not wrong
