"""``shouwang template``: blank workbooks for all ledgers, for some, or one by name."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result

from shouwang.cli import main
from shouwang.ledger.catalogue import ledgers


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main.shouwang, ["template", *map(str, arguments)], prog_name="shouwang")


def test_all_ledgers(tmp_path: Path) -> None:
    result = run(tmp_path / "out")
    assert result.exit_code == 0
    assert len(list((tmp_path / "out").glob("*.xlsx"))) == len(ledgers())


def test_some_ledgers_by_name_and_by_title(tmp_path: Path) -> None:
    result = run(tmp_path / "out", "assistance.payment", "死亡人员名单")
    assert result.exit_code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["低保金发放表.xlsx", "死亡人员名单.xlsx"]


def test_one_file(tmp_path: Path) -> None:
    assert run(tmp_path / "x" / "发放.xlsx", "assistance.payment").exit_code == 0
    assert openpyxl.load_workbook(tmp_path / "x" / "发放.xlsx").sheetnames[:2] == ["低保金发放表", "填表说明"]
    assert run(tmp_path / "two.xlsx").exit_code == 3


def test_an_unknown_ledger_names_the_nearest(tmp_path: Path) -> None:
    result = run(tmp_path / "out", "assistance.paymint")
    assert result.exit_code == 3
    assert "assistance.payment" in result.output
    assert not (tmp_path / "out").exists()
