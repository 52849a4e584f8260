"""The reader against the truth of the sample office: every sheet, row, column and control total."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.reading import ColumnReading, Reading, SheetReading, read_folder
from tests.sample_read import SampleRead

pytestmark = pytest.mark.xdist_group("office_a")  # one reading of the office

# The truth's names of ledgers, by ours. A ledger whose pack is not installed is left out of the comparison.
LEDGERS = {
    "household_register": "registry.person",
    "floating_ledger": "population.floating_person",
    "place_list": "registry.place",
    "screening_summary": "population.screening_summary",
    "visit_log": "population.visit",
    "death_list": "registry.death",
    "disabled_list": "registry.disability",
    "unemployed_list": "registry.unemployment",
    "employment_service": "assistance.employment_service",
    "dibao_roster": "assistance.recipient",
    "dibao_payment": "assistance.payment",
    "trader_list": "registry.business",
    "worker_roster": "registry.employment",
    "contribution_detail": "insurance.contribution",
    "pension_payment": "insurance.pension_payment",
    "inpatient_settlement": "insurance.inpatient_stay",
    "pharmacy_purchase": "insurance.pharmacy_purchase",
    "loan_application": "microcredit.application",
    "loan_ledger": "microcredit.loan",
    "loan_visit": "microcredit.visit",
    "loan_collection": "microcredit.collection",
    "loan_training": "microcredit.training",
    "credit_community": "microcredit.credit_community",
    "micro_profit_catalogue": "microcredit.micro_profit_item",
    "voucher_list": "accounting.voucher",
    "bank_account_list": "accounting.bank_account",
    "receipt_book_range": "accounting.receipt_book",
    "receipt_list": "accounting.receipt",
    "month_end_report": "accounting.month_end_report",
    "cash_journal": "accounting.cash_journal",
    "bank_journal": "accounting.bank_journal",
    "risk_point_register": "integrity.risk_point",
    "staff_list": "integrity.staff",
    "fund_ledger": "integrity.fund_item",
    "meeting_minutes": "integrity.meeting_decision",
    "petition_log": "integrity.petition",
    "meter_ledger": "energy.meter",
    "meter_reading": "energy.meter_reading",
    "energy_quota": "energy.quota",
    "meter_staff": "energy.meter_reader",
    "hazard_ledger": "safety.hazard",
    "inspection_log": "safety.inspection",
    "drill_log": "safety.drill",
    "unit_list": "safety.unit",
    "accident_detail": "safety.accident",
    "accident_stats": "safety.accident_statistic",
    "culture_project": "culture.project",
    "culture_spending": "culture.spending",
    "culture_activity": "culture.activity",
    "volunteer_list": "assistance.volunteer",
}
# What a context value of the truth is called here.
CONTEXT = {"community": "division", "month": "month", "employer": "employer", "kind": "kind"}


@dataclass
class Office:
    """A reading of the sample office and the truth it is held against."""

    reading: Reading
    truth: list[tuple[str, dict[str, Any]]]
    tables: dict[tuple[str, str], pl.DataFrame] = field(default_factory=dict)

    def sheet(self, file: str, name: str) -> SheetReading:
        """The account of a sheet; a text file has one, under whatever name."""
        sheets = [s for f, s in self.reading.sheets if f.path == file]
        return next((s for s in sheets if s.name == name), sheets[0])


@pytest.fixture(scope="module")
def office(office_a: Path, office_a_read: SampleRead) -> Office:
    manifest = json.loads((office_a / "manifest.json").read_text(encoding="utf-8"))
    truth = [(file["file"], sheet) for file in manifest["files"] for sheet in file["sheets"]]
    tables = {(f, s): pl.DataFrame(pl.from_arrow(t)) for _ledger, f, s, t in office_a_read.sheets}
    return Office(office_a_read.reading, truth, tables)


def installed(sheet: dict[str, Any]) -> bool:
    return sheet["use"] == "ledger" and LEDGERS[sheet["ledger"]] in ledgers()


def test_every_sheet_is_taken_for_what_it_is(office: Office) -> None:
    wrong = []
    for file, sheet in office.truth:
        found = office.sheet(file, sheet["sheet"])
        if sheet["use"] == "ignore":
            expected = ("ignored", "")
        elif installed(sheet):
            expected = ("loaded", LEDGERS[sheet["ledger"]])
        else:
            continue
        if (found.status, found.ledger) != expected:
            wrong.append((file, sheet["sheet"], expected, found.status, found.ledger, found.why))
    assert not wrong


def test_header_and_data_rows_are_where_the_truth_says(office: Office) -> None:
    wrong = []
    for file, sheet in office.truth:
        if not installed(sheet):
            continue
        found = office.sheet(file, sheet["sheet"])
        ours = (list(found.header_rows), found.first_data_row, found.last_data_row)
        theirs = (sheet["header_rows"], sheet["first_data_row"], sheet["last_data_row"])
        if ours != theirs:
            wrong.append((file, sheet["sheet"], ours, theirs))
    assert not wrong


def test_every_row_is_loaded_rejected_or_skipped_as_in_the_truth(office: Office) -> None:
    groups = {
        "footer": "footer",
        "blank": "blank",
        "total": "total",
        "month_total": "total",
        "page_total": "total",
    }
    wrong = []
    for file, sheet in office.truth:
        if not installed(sheet):
            continue
        found = office.sheet(file, sheet["sheet"])
        data = len(found.rejected) + found.loaded
        if (data, found.loaded) != (sheet["data_rows"], sheet["accepted_rows"]):
            wrong.append((file, sheet["sheet"], "rows", data, found.loaded))
        if found.rejected != sheet.get("rejected_rows", []):
            wrong.append((file, sheet["sheet"], "rejected", found.rejected))
        expected: dict[str, set[int]] = {}
        for reason, rows in sheet["not_data_rows"].items():
            expected.setdefault(groups.get(reason, reason), set()).update(rows)
        for reason, rows in expected.items():
            if not rows <= set(found.skipped.get(reason, [])):
                wrong.append(
                    (file, sheet["sheet"], reason, sorted(rows - set(found.skipped.get(reason, [])))[:5])
                )
    assert not wrong


def test_the_refused_rows_and_reasons_are_those_of_the_truth(office: Office, office_a: Path) -> None:
    with (office_a / "rejected.csv").open(encoding="utf-8", newline="") as stream:
        truth = list(csv.DictReader(stream))
    theirs = {
        (r["file"], r["sheet"], int(r["row"])): (r["header"], r["reason"], r["raw_value"]) for r in truth
    }
    ours = {(r.file, r.sheet, r.row): (r.header, r.code, r.value) for r in office.reading.rejected}
    assert ours == theirs
    assert len(office.reading.rejected) == len(truth)


def test_every_row_is_accounted_for(office: Office) -> None:
    reading = office.reading
    assert reading.loaded + reading.skipped + reading.rejected_rows == reading.rows
    for _, sheet in reading.sheets:
        sheet.settle()


def _same(control: dict[str, Any], column: ColumnReading) -> bool:
    checks = [control["n"] == column.count]
    if "distinct" in control:
        checks.append(control["distinct"] == column.distinct)
    if "sum" in control and column.total is not None:
        checks.append(Decimal(control["sum"]) == Decimal(column.total))
    for bound, ours in (("min", column.least), ("max", column.greatest)):
        if bound in control and ours:
            checks.append(ours[: len(control[bound])] == control[bound][: len(ours)])
    return all(checks)


# One decision number typed with [ ] and with 〔 〕 is two in the truth's count and one here, on purpose:
# numbers are compared across ledgers.
BRACKETS = ("大额资金审批", "集体决策/会议文号")


def test_control_totals_agree(office: Office) -> None:
    wrong = []
    compared = 0
    for file, sheet in office.truth:
        if not installed(sheet):
            continue
        found = office.sheet(file, sheet["sheet"])
        columns = {c.letter: c for c in found.columns}
        for column in sheet["columns"]:
            control = (sheet["control"] or {}).get(column["field"])
            if not control or column["field"] == "seq":
                continue
            if (sheet["sheet"], column["header"]) == BRACKETS:
                control = control | {"distinct": control["distinct"] - 1}
            ours = columns[column["col"]]
            if ours.field is None or not _same(control, ours):
                wrong.append((file, sheet["sheet"], column["header"], control, ours.as_json()))
            compared += 1
    assert not wrong
    assert compared > 250


def test_one_column_of_the_truth_is_one_field_here(office: Office) -> None:
    """The same field of the truth is the same field here, in whatever words a sheet heads it."""
    fields: dict[tuple[str, str], dict[str, list[str]]] = {}
    unused = []
    for file, sheet in office.truth:
        if not installed(sheet):
            continue
        columns = {c.letter: c for c in office.sheet(file, sheet["sheet"]).columns}
        for column in sheet["columns"]:
            ours = columns[column["col"]]
            if column["field"] == "seq":
                continue
            if ours.field is None:
                unused.append((file, sheet["sheet"], column["header"]))
                continue
            seen = fields.setdefault((sheet["ledger"], column["field"]), {})
            seen.setdefault(ours.field, []).append(column["header"])
    assert not unused
    assert {k: v for k, v in fields.items() if len(v) > 1} == {}


def test_headers_are_read_as_paths(office: Office) -> None:
    wrong = []
    for file, sheet in office.truth:
        if installed(sheet):
            found = [c.header for c in office.sheet(file, sheet["sheet"]).columns]
            if found != [c["header"] for c in sheet["columns"]]:
                wrong.append((file, sheet["sheet"], found))
    assert not wrong


def test_values_outside_the_columns_are_found(office: Office) -> None:
    wrong = []
    for file, sheet in office.truth:
        if not installed(sheet):
            continue
        found = office.sheet(file, sheet["sheet"]).context
        for key, value in sheet.get("context", {}).items():
            if key in CONTEXT and found.get(CONTEXT[key]) != value:
                wrong.append((file, sheet["sheet"], key, value, found))
    assert not wrong


def test_merged_cells_are_carried_down(office: Office) -> None:
    for file, sheet in office.truth:
        filled = [c for c in sheet.get("columns", []) if c.get("fill_down") and c["field"] != "seq"]
        if not installed(sheet) or not filled:
            continue
        ours = office.sheet(file, sheet["sheet"])
        table = office.tables[file, ours.name]
        by_letter = {c.letter: c.field for c in ours.columns}
        number = next(by_letter[c["col"]] for c in filled if c["field"] == "no")
        assert table[str(number)].null_count() == 0
        assert table[str(number)].n_unique() < table.height


def test_months_in_columns_become_records(office: Office) -> None:
    """The pension sheet spreads the year over twelve columns: a record for each filled month."""
    for file, sheet in office.truth:
        if sheet.get("ledger") != "pension_payment" or not installed(sheet):
            continue
        ours = office.sheet(file, sheet["sheet"])
        months = [sheet["control"][f"m{m:02d}"] for m in range(1, 13) if f"m{m:02d}" in sheet["control"]]
        table = office.tables[file, ours.name]
        assert ours.records == table.height == sum(m["n"] for m in months)
        assert table["amount"].sum() == sum(Decimal(m["sum"]) for m in months)


def test_the_account_is_the_same_every_time(office: Office, office_a: Path) -> None:
    assert read_folder(office_a).to_json() == office.reading.to_json()


def test_no_identity_number_stands_in_the_account(office: Office) -> None:
    text = office.reading.to_json()
    for refused in office.reading.rejected:
        if refused.value and refused.field == "person":
            assert refused.value not in text
