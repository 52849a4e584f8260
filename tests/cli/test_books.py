"""``shouwang books``: books that others' checkers accept, and a list of what is in none."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.fund.programs import bean_check, hledger_check, needs_hledger
from tests.ledger.offices import workbook

from shouwang.cli import main

VOUCHERS = (
    "村社区", "凭证编号", "凭证日期", "收支", "科目", "金额", "票据号码", "经办人", "用途说明", "财务审核",
    "领导审批", "结算方式", "收款方", "入账状态",
)  # fmt: skip
BANK = ("村社区", "账号", "日期", "凭证编号", "摘要", "收入", "支出", "余额")


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_LANGUAGE", "zh-hans")
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main.shouwang, ["books", *map(str, arguments)], prog_name="shouwang")


def voucher(
    number: str, amount: float, title: str = "绿化", payee: str = "绿源苗圃", **more: Any
) -> list[Any]:
    row = {
        "村社区": "石桥村", "凭证编号": number, "凭证日期": more.get("on", "2024-01-04"),
        "收支": more.get("direction", "支出"), "科目": title, "金额": amount, "票据号码": f"E{number}",
        "经办人": "易荣", "用途说明": more.get("use", "补栽苗木"), "财务审核": "卢凤", "领导审批": "卢海志",
        "结算方式": "银行", "收款方": payee, "入账状态": more.get("state", "已入账"),
    }  # fmt: skip
    return [row[column] for column in VOUCHERS]


def line(number: str, income: float | None, expense: float | None, balance: float) -> list[Any]:
    return ["石桥村", "990017009181", "2024-01-05", number, "苗木", income, expense, balance]


OPENING = ["石桥村", "990017009181", "2024-01-01", None, "上年结转", None, None, 10000]


def office(folder: Path, vouchers: list[list[Any]], bank: list[list[Any]] | None = None) -> Path:
    sheets: dict[str, Any] = {"凭证审核登记": [["凭证审核登记簿"], VOUCHERS, *vouchers]}
    if bank is not None:
        sheets["银行存款日记账"] = [["银行存款日记账"], BANK, *bank]
    workbook(folder / "账.xlsx", sheets)
    return folder


GOOD = [voucher("SQ-001", 3000.1), voucher("SQ-002", 20, "办公费", "王小明", use="=1+1")]
JOURNAL = [OPENING, line("SQ-001", None, 3000.1, 6999.9), line("SQ-002", None, 20, 6979.9)]


@pytest.mark.seed("S9-13")
def test_whole_books_are_written_and_tie(tmp_path: Path) -> None:
    folder, out = office(tmp_path / "in", GOOD, JOURNAL), tmp_path / "out" / "石桥.beancount"
    result = run(folder, "--out", out)
    assert result.exit_code == 0, result.output
    assert "石桥村" in result.output
    assert "没有入账" not in result.output
    bean_check(out)
    text = out.read_text(encoding="utf-8")
    assert "Expenses:V石桥村:514公益支出  3000.10 CNY" in text
    assert '"王**" "=1+1"' in text
    assert "王小明" not in text + result.output
    assert "990017009181" not in text
    assert [path.name for path in out.parent.iterdir()] == ["石桥.beancount"]


@pytest.mark.seed("S9-13")
@needs_hledger
def test_the_same_for_hledger(tmp_path: Path) -> None:
    out = tmp_path / "石桥.journal"
    assert run(office(tmp_path / "in", GOOD, JOURNAL), "--format", "hledger", "--out", out).exit_code == 0
    hledger_check(out)


def test_names_are_written_in_full_for_a_reason_that_stays(tmp_path: Path) -> None:
    out = tmp_path / "a.beancount"
    assert run(office(tmp_path / "in", GOOD, JOURNAL), "--out", out, "--unmask", "审计取证").exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert '"王小明"' in text
    assert "审计取证" in text.splitlines()[0]


@pytest.mark.seed("S9-42")
def test_what_is_not_entered_is_listed_with_its_row(tmp_path: Path) -> None:
    vouchers = [*GOOD, voucher("=SQ-003", 50, "养狗费"), voucher("SQ-004", 9, state="退回补充")]
    journal = [*JOURNAL, line("SQ-009", 600, None, 7579.9)]
    out = tmp_path / "a.beancount"
    result = run(office(tmp_path / "in", vouchers, journal), "--out", out)
    assert result.exit_code == 1
    assert "账.xlsx / 凭证审核登记 第 5 行" in result.output
    assert "科目“养狗费”不在科目表" in result.output
    assert "有 2 笔没有入账" in result.output
    assert "退回、作废的凭证 1 张，不入账。" in result.output
    assert "7,579.90" in result.output
    with (tmp_path / "a-未入账.csv").open(encoding="utf-8-sig", newline="") as stream:
        listed = list(csv.DictReader(stream))
    assert [(row["行"], row["凭证"], row["金额"]) for row in listed] == [
        ("5", "'=SQ-003", "50.00"),
        ("6", "SQ-009", "600.00"),
    ]
    bean_check(out)
    # Once all is in order, the list of before does not stay behind.
    assert run(office(tmp_path / "in", GOOD, JOURNAL), "--out", out).exit_code == 0
    assert not (tmp_path / "a-未入账.csv").exists()


def test_an_office_names_its_own_words(tmp_path: Path) -> None:
    folder = office(tmp_path / "in", [voucher("SQ-003", 50, "养狗费")])
    own = tmp_path / "科目.yaml"
    own.write_text('extends: village-2023\naccounts: {"514": {titles: [养狗费]}}\n', encoding="utf-8")
    assert run(folder, "--out", tmp_path / "a.beancount").exit_code == 3
    assert run(folder, "--out", tmp_path / "a.beancount", "--chart", own).exit_code == 0
    own.write_text("accounts: 5\n", encoding="utf-8")
    result = run(folder, "--out", tmp_path / "b.beancount", "--chart", own)
    assert result.exit_code == 3
    assert "须有 accounts" in result.output
    result = run(folder, "--out", tmp_path / "b.beancount", "--chart", "village-1996")
    assert (result.exit_code, "没有叫 village-1996 的科目表" in result.output) == (3, True)
    assert not (tmp_path / "b.beancount").exists()


def test_books_older_than_the_chart_are_pointed_out(tmp_path: Path) -> None:
    folder = office(tmp_path / "in", [voucher("SQ-001", 50, on="2023-05-04")])
    assert "--chart village-2004" in run(folder, "--out", tmp_path / "a").output
    old = run(folder, "--out", tmp_path / "a", "--chart", "village-2004")
    assert "--chart village-2004" not in old.output
    assert "551其他支出" in (tmp_path / "a").read_text(encoding="utf-8")


def test_a_purpose_below_zero_is_told(tmp_path: Path) -> None:
    vouchers = [
        voucher("1", 100, "专项应付款-道路", direction="收入"),
        voucher("2", 150.5, "专项应付款-道路", on="2024-02-01"),
    ]
    result = run(office(tmp_path / "in", vouchers), "--out", tmp_path / "a")
    assert "2024-02-01起透支" in result.output
    assert "-50.50" in result.output


def test_a_sheet_told_twice_counts_once(tmp_path: Path) -> None:
    folder = office(tmp_path / "in", GOOD, JOURNAL)
    workbook(folder / "账-汇总.xlsx", {"凭证": [["凭证审核登记簿"], VOUCHERS, voucher("SQ-009", 7), *GOOD]})
    result = run(folder, "--out", tmp_path / "a")
    assert "2 行与前面的表完全相同，只算一次" in result.output
    text = (tmp_path / "a").read_text(encoding="utf-8")
    assert (text.count('voucher: "SQ-001"'), text.count('voucher: "SQ-009"')) == (1, 1)


def test_nothing_to_enter_and_no_place_to_write(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run(tmp_path / "in", "--out", tmp_path / "a").exit_code == 3
    assert run(tmp_path / "absent", "--out", tmp_path / "a").exit_code == 3
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = run(office(tmp_path / "in", GOOD), "--out", tmp_path / "file" / "a")
    assert (result.exit_code, "写不进" in result.output) == (3, True)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("x: [", encoding="utf-8")
    assert run(tmp_path / "in", "--out", tmp_path / "a", "--mapping", mapping).exit_code == 3


def test_rows_that_were_refused_in_reading_are_counted(tmp_path: Path) -> None:
    folder = office(tmp_path / "in", [*GOOD, voucher("SQ-003", "3..5")])  # type: ignore[arg-type]
    assert "读取时有 1 行退回" in run(folder, "--out", tmp_path / "a").output
