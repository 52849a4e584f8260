"""findings.csv: the columns that were promised, and nothing that a spreadsheet would run."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.risk.report.conftest import csv_rows

from shouwang.risk.report.tables import COLUMNS, harmless


def test_starts_with_a_byte_order_mark_and_the_promised_columns(outputs: Path) -> None:
    assert (
        (outputs / "findings.csv").read_bytes().startswith(b"\xef\xbb\xbfrule,severity,subject,subject_id,")
    )
    promised = [
        "rule",
        "severity",
        "subject",
        "subject_id",
        "division",
        "on",
        "amount",
        "because",
        "evidence",
    ]
    assert list(COLUMNS[:9]) == promised
    assert set(csv_rows(outputs)[0]) == set(COLUMNS)


def test_lines_are_gravest_first_and_gone_ones_last(outputs: Path) -> None:
    rows = csv_rows(outputs)
    assert [r["id"] for r in rows] == [
        "test.status-dead-0001",
        "test.status-dead-0003",
        "test.paid-low-0001",
        "test.paid-low-0002",
        "test.account-0001",
        "test.status-dead-0002",
    ]
    assert [r["state"] for r in rows] == ["known", "new", "known", "known", "known", "gone"]
    assert [r["severity"] for r in rows] == ["high", "high", "medium", "medium", "low", "high"]


def test_a_line_says_what_when_how_much_why_and_where(outputs: Path) -> None:
    row = csv_rows(outputs)[2]
    assert (row["on"], row["amount"], row["division"]) == ("2022-03-01", "400.00", "云溪社区")
    assert row["evidence"] == "registry.employment.xlsx/Sheet1/1"
    assert row["because"] == "李*便利店付欧阳*月工资1,500元，低于1,900元"
    account = csv_rows(outputs)[4]
    assert account["amount"] == "44640.00"
    assert len(account["evidence"].split("; ")) == 48, "every row is named, however many"


def test_missing_values_are_empty(outputs: Path) -> None:
    row = csv_rows(outputs)[4]
    assert (row["on"], row["seeds"]) == ("", "")
    assert csv_rows(outputs)[0]["seeds"] == "S1-12;S10-69"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86 190", "'+86 190"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("　＝1", "'　＝1"),
        (" =1", "' =1"),
        ("-12.50", "-12.50"),
        ("-3", "-3"),
        ("张三=李四", "张三=李四"),
        ("a\x00b\x0bc\ud800", "abc"),
        ("", ""),
    ],
)
def test_no_cell_becomes_a_formula(text: str, written: str) -> None:
    assert harmless(text) == written


def test_titles_and_names_that_look_like_formulas_are_text(outputs: Path) -> None:
    rows = csv_rows(outputs)
    assert rows[4]["title"] == "'=发放账号需核对"
    assert rows[1]["subject"] == "'=*****"
