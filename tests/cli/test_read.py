"""``shouwang read``: the account is printed and written, the exit code tells how it went."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.ledger.offices import PEOPLE, death_book, deaths, workbook

from shouwang.cli import main


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_LANGUAGE", "zh-hans")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main.shouwang, ["read", *map(str, arguments)], prog_name="shouwang")


def test_all_read(tmp_path: Path) -> None:
    death_book(tmp_path / "in" / "死亡.xlsx")
    result = run(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "死亡人员名单" in result.output
    assert "共 7 行：读入 5，跳过 2，退回 0。全部行都有交代。" in result.output
    assert (
        json.loads((tmp_path / "out" / "reading.json").read_text(encoding="utf-8"))["totals"]["loaded"] == 5
    )
    assert yaml.safe_load((tmp_path / "out" / "mapping.yaml").read_text(encoding="utf-8"))["files"]
    assert (tmp_path / "out" / "rejected.xlsx").is_file()


def test_refused_rows_are_shown_masked(tmp_path: Path) -> None:
    rows = deaths()
    rows[0][3] = "99990119811024448X"
    death_book(tmp_path / "in" / "死亡.xlsx", rows)
    result = run(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "证件号校验码不符" in result.output
    assert "99990119811024448X" not in result.output
    assert "99990119811024448X" not in (tmp_path / "out" / "reading.json").read_text(encoding="utf-8")


def test_unmasking_needs_a_reason_and_leaves_it(tmp_path: Path) -> None:
    rows = deaths()
    rows[0][3] = "99990119811024448X"
    death_book(tmp_path / "in" / "死亡.xlsx", rows)
    result = run(tmp_path / "in", "--out", tmp_path / "out", "--unmask", "核对错号")
    assert "99990119811024448X" in result.output
    account = json.loads((tmp_path / "out" / "reading.json").read_text(encoding="utf-8"))
    assert account["unmask"] == "核对错号"
    assert account["rejected"][0]["value"] == "99990119811024448X"


def test_an_unrecognised_sheet_is_named_with_the_nearest_ledger(tmp_path: Path) -> None:
    death_book(tmp_path / "in" / "a.xlsx")
    rows = [["姓名", "死亡日期", "死亡原因", "家属姓名"], *[["王芳", "2023-01-01", "疾病", "李强"]] * 3]
    workbook(tmp_path / "in" / "b.xlsx", {"死亡人员": [["死亡人员名单"], *rows]})
    result = run(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 1
    said = result.output.replace("\n", "")
    assert "没有认出是哪本台账" in said and "registry.death" in said and "缺 身份证号" in said


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    death_book(tmp_path / "in" / "a.xlsx")
    (tmp_path / "in" / "坏.xlsx").write_bytes(b"PK\x03\x04 no zip")
    result = run(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "坏.xlsx" in result.output and "文件不完整或已损坏" in result.output


@pytest.mark.parametrize("make", [False, True])
def test_nothing_to_read(tmp_path: Path, make: bool) -> None:
    if make:
        (tmp_path / "in").mkdir()
    result = run(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 3


def test_a_wrong_mapping_is_a_usage_error(tmp_path: Path) -> None:
    death_book(tmp_path / "in" / "a.xlsx")
    (tmp_path / "m.yaml").write_text("files: {a.xlsx: {S: {ledger: registry.deaths}}}", encoding="utf-8")
    result = run(tmp_path / "in", "--out", tmp_path / "out", "--mapping", tmp_path / "m.yaml")
    assert result.exit_code == 3
    assert "registry.death" in result.output
    assert not (tmp_path / "out").exists()


def test_an_edited_mapping_is_obeyed(tmp_path: Path) -> None:
    death_book(tmp_path / "in" / "a.xlsx")
    workbook(tmp_path / "in" / "b.xlsx", {"表": [["死亡人员名单"], PEOPLE, *deaths(3)]})
    run(tmp_path / "in", "--out", tmp_path / "out")
    path = tmp_path / "out" / "mapping.yaml"
    body = yaml.safe_load(path.read_text(encoding="utf-8"))
    body["files"]["b.xlsx"]["表"] = "ignore"
    path.write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")
    result = run(tmp_path / "in", "--out", tmp_path / "out2", "--mapping", path)
    assert result.exit_code == 0
    assert "读入 5，" in result.output


def test_markup_in_names_is_printed_as_it_is(tmp_path: Path) -> None:
    death_book(tmp_path / "in" / "[bold]a[/bold].xlsx", sheet="红red")
    result = run(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "[bold]a[/bold].xlsx" in result.output
