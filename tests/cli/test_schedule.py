"""``shouwang schedule`` as a user meets it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from shouwang.cli.main import set_up_django

set_up_django()

from shouwang.cli.schedule import command  # noqa: E402 - Django must be set up first
from shouwang.ledger.reading import read_folder  # noqa: E402

LOAN = ["20000", "4.35", "12", "--paid-out", "2023-01-31"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), env={"COLUMNS": "120"})


def read_back(folder: Path) -> list[dict[str, Any]]:
    """The records of the one ledger of schedules in the folder."""
    tables: list[Any] = []
    read_folder(folder, out_snapshot=lambda spec, file, name, table, _: tables.append((spec.name, table)))
    ((name, table),) = tables
    assert name == "microcredit.schedule"
    return table.to_pylist()


def rows(output: str) -> list[list[str]]:
    """The lines of the table, which begin with a number or 提前."""
    return [line.split() for line in output.splitlines() if re.match(r"(\d+|提前) +\d{4}-", line)]


def test_a_schedule_is_shown_to_the_fen() -> None:
    done = run(*LOAN)
    assert done.exit_code == 0, done.output
    table = rows(done.output)
    assert table[0] == ["1", "2023-02-28", "1,633.70", "72.50", "1,706.20", "18,366.30"]
    assert table[-1] == ["12", "2024-01-31", "1,700.00", "6.16", "1,706.16", "0.00"]
    assert "利息合计" in done.output and "474.36" in done.output


@pytest.mark.parametrize(
    ("method", "first"),
    [("equal-principal", "1,739.17"), ("interest-first", "72.50"), ("bullet", "20,870.00")],
)
def test_the_other_ways_of_repaying(method: str, first: str) -> None:
    assert rows(run(*LOAN, "--method", method).output)[0][4] == first


def test_early_repayment_subsidy_and_arrears() -> None:
    done = run(
        *LOAN, "--early", "2023-06-10:5000", "--subsidy", "50%", "--paid", "2023-03-15:1700",
        "--surcharge", "50", "--as-of", "2023-06-30",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    early = next(line for line in rows(done.output) if line[0] == "提前")
    assert early == ["提前", "2023-06-10", "5,000.00", "16.23", "5,016.23", "8,429.58", "8.12"]
    assert "122 天，自 2023-02-28 起" in done.output
    assert rows(run(*LOAN, "--early", "2023-06-10:all").output)[-1][5] == "0.00"


def test_the_workbook_is_read_back_as_a_ledger(tmp_path: Path) -> None:
    out = tmp_path / "folder" / "计划.xlsx"
    out.parent.mkdir()
    arguments = (
        *LOAN,
        "--early",
        "2023-06-10:5000",
        "--subsidy",
        "50",
        "--loan-no",
        "=HT(1)",
        "--out",
        str(out),
    )
    assert run(*arguments).exit_code == 0
    records = read_back(out.parent)
    assert len(records) == 10
    assert records[0]["loan_no"] == "=HT(1)"
    assert records[0]["payment"] == Decimal("1706.20")
    assert sum(r["principal"] for r in records) == 20000
    again = run(*arguments)
    assert again.exit_code == click.UsageError.exit_code and "--force" in again.output
    before = out.read_bytes()
    assert run(*arguments, "--force").exit_code == 0
    assert out.read_bytes() == before  # the same terms, the same bytes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["0", "4.35", "12"], "贷款金额应大于零"),
        (["20000", "120", "12"], "年利率应在0至100"),
        (["20000", "4.35", "0"], "期数应在1至600"),
        (["两万", "4.35", "12"], "不是数字"),
        (["NaN", "4.35", "12"], "不是数字"),
        ([*LOAN, "--early", "2023-06-10"], "2023-04-10:5000"),
        ([*LOAN, "--early", "2025-06-10:5000"], "提前还款日应在放款日与到期日之间"),
        ([*LOAN, "--paid", "2023-06-10:all"], "不是数字"),
        ([*LOAN, "--paid", "2023-06-10:5", "--order", "cost,interest"], "还款顺序应写明"),
        ([*LOAN, "--paid", "2023-06-10:5", "--order", "cost,tip"], "还款顺序里没有“tip”"),
        ([*LOAN, "--subsidy", "101"], "贴息比例应在0至1之间"),
        ([*LOAN, "--out", "plan.csv"], ".xlsx"),
        ([*LOAN, "--out", "no/such/folder/plan.xlsx"], "写不出"),
    ],
)
def test_what_makes_no_sense_is_said(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.exit_code == click.UsageError.exit_code, done.output
    assert said in done.output.replace("\n", "")
