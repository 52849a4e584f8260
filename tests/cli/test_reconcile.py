"""``shouwang reconcile``: the table that offices file, with every item in transit and its row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.ledger.offices import workbook

from shouwang.cli import main

JOURNAL = ("村社区", "账号", "日期", "凭证编号", "摘要", "收入", "支出", "余额")
STATEMENT = ("账号", "交易日期", "流水号", "附言", "借方发生额", "贷方发生额", "账户余额")
ONE, TWO = "990017009181", "990018009181"


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_LANGUAGE", "zh-hans")
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main.shouwang, ["reconcile", *map(str, arguments)], prog_name="shouwang")


def booked(day: str, moved: float, balance: float | None, number: str = "", **more: Any) -> list[Any]:
    sides = [moved if moved > 0 else None, -moved if moved < 0 else None]
    return ["石桥村", more.get("account", ONE), day, number, more.get("text", "苗木"), *sides, balance]


def told(day: str, moved: float, balance: float | None, number: str = "", **more: Any) -> list[Any]:
    sides = [-moved if moved < 0 else None, moved if moved > 0 else None]
    return [more.get("account", ONE), day, number, more.get("text", "转账"), *sides, balance]


def office(folder: Path, journal: list[list[Any]], statement: list[list[Any]]) -> Path:
    sheets: dict[str, Any] = {}
    if journal:
        sheets["银行存款日记账"] = [["银行存款日记账"], JOURNAL, *journal]
    if statement:
        sheets["对账单"] = [["银行对账单"], STATEMENT, *statement]
    workbook(folder / "银行.xlsx", sheets)
    return folder


BOOKED = [
    booked("2024-01-02", -5000, 65000, "支101"),
    booked("2024-01-05", 2000, 67000),
    booked("2024-01-30", 3000, 70000, text="=转账支票"),
    booked("2024-01-31", -1200, 68800, "支102"),
]
TOLD = [
    told("2024-01-20", -5000, 65000, "支101"),
    told("2024-01-06", 2000, 67000),
    told("2024-01-29", 800, 67800, text="存款利息"),
    told("2024-01-31", -350, 67450, text="电费 13812341234"),
]


def test_the_table_with_items_in_transit(tmp_path: Path) -> None:
    folder, out = office(tmp_path / "in", BOOKED, TOLD), tmp_path / "out" / "调节表.xlsx"
    result = run(folder, "--days", 3, "--until", "2024-01-31", "--out", out)
    assert result.exit_code == 0, result.output
    assert "********9181" in result.output
    assert ONE not in result.output
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["汇总", "石桥村9181"]
    cells = [[cell.value for cell in row] for row in book["石桥村9181"].iter_rows()]
    assert [row[:4] for row in cells[4:8]] == [
        ["银行存款日记账余额", 68800, "银行对账单余额", 67450],
        ["加：银行已收、账上未收", 800, "加：账上已收、银行未收", 3000],
        ["减：银行已付、账上未付", 350, "减：账上已付、银行未付", 1200],
        ["调节后余额", 69250, "调节后余额", 69250],
    ]
    items = [row for row in cells[12:] if row[0]]
    assert [(row[0], row[1], row[5]) for row in items] == [
        ("账上已付、银行未付", 1200, "银行.xlsx / 银行存款日记账 / 6"),
        ("账上已收、银行未收", 3000, "银行.xlsx / 银行存款日记账 / 5"),
        ("银行已付、账上未付", 350, "银行.xlsx / 对账单 / 6"),
        ("银行已收、账上未收", 800, "银行.xlsx / 对账单 / 5"),
    ]
    assert (items[1][2], items[1][3]) == ("=转账支票", dt.datetime(2024, 1, 30))
    assert book["石桥村9181"].cell(row=14, column=3).data_type == "s"
    assert items[2][2] == "电费 138****1234"
    overview = [cell.value for cell in book["汇总"][5]]
    assert overview == ["石桥村", "********9181", 68800, 67450, 800, 350, 3000, 1200, 69250, 0]


def test_a_fen_that_no_item_explains_is_told(tmp_path: Path) -> None:
    wrong = [*TOLD[:-1], told("2024-01-31", -350, 67450.01)]
    out = tmp_path / "a.xlsx"
    result = run(office(tmp_path / "in", BOOKED, wrong), "--days", 3, "--out", out)
    assert result.exit_code == 1
    assert "-0.01" in result.output
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(out)["石桥村9181"].iter_rows()]
    assert cells[8][:2] == ["差额（未达账项不能解释）", -0.01]


def test_only_what_is_on_or_before_the_day_counts(tmp_path: Path) -> None:
    folder = office(tmp_path / "in", BOOKED, TOLD)
    result = run(folder, "--days", 3, "--until", "2024-01-06", "--out", tmp_path / "a.xlsx")
    # 支101 is with the bank on the 20th only.
    assert result.exit_code == 0, result.output
    cells = openpyxl.load_workbook(tmp_path / "a.xlsx")["石桥村9181"]
    assert [cells.cell(row=5, column=column).value for column in (2, 4)] == [67000, 67000]


def test_accounts_with_one_side_only(tmp_path: Path) -> None:
    journal = [*BOOKED, booked("2024-01-03", 5, 5, account=TWO)]
    statement = [*TOLD, told("2024-01-03", 6, 6, account="880000001234")]
    result = run(office(tmp_path / "in", journal, statement), "--days", 3, "--out", tmp_path / "a.xlsx")
    assert result.exit_code == 1
    assert "没有对账单" in result.output
    assert "没有日记账" in result.output
    assert run(office(tmp_path / "one", BOOKED, []), "--days", 3, "--out", tmp_path / "b.xlsx").exit_code == 3
    assert not (tmp_path / "b.xlsx").exists()


def test_accounts_of_one_ending_have_sheets_of_their_own(tmp_path: Path) -> None:
    journal = [booked("2024-01-03", 5, 5), booked("2024-01-03", 5, 5, account=TWO)]
    statement = [told("2024-01-03", 5, 5), told("2024-01-03", 5, 5, account=TWO)]
    assert (
        run(office(tmp_path / "in", journal, statement), "--days", 0, "--out", tmp_path / "a.xlsx").exit_code
        == 0
    )
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert names == ["汇总", "石桥村9181", "石桥村9181 2"]


def test_wrong_usage(tmp_path: Path) -> None:
    folder = office(tmp_path / "in", BOOKED, TOLD)
    assert run(folder, "--out", tmp_path / "a.xlsx").exit_code == 3
    assert run(folder, "--days", -1, "--out", tmp_path / "a.xlsx").exit_code == 3
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = run(folder, "--days", 3, "--out", tmp_path / "file" / "a.xlsx")
    assert (result.exit_code, "写不进" in result.output) == (3, True)
