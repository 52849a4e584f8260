"""Several tables in one sheet: each is read as what it is, in its own month, every row accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shouwang.ledger.reading import read_folder
from shouwang.ledger.reading.mapping import mapping_text
from shouwang.ledger.reading.rejected import write_rejected

from .offices import IDS, read, workbook

DEAD = ("姓名", "性别", "身份证号", "死亡日期", "备注")
DISABLED = ("姓名", "性别", "身份证号", "发证日期", "备注")
PAID = ("低保证号", "户主姓名", "身份证号", "应发金额", "实发金额", "发放日期")


def paid(month: int, *, amount: Any = 930) -> list[list[Any]]:
    """The rows of two households in a month."""
    return [["DB1", "王芳", IDS[0], amount, amount, f"2023-0{month}-06"],
            ["DB2", "王娜", IDS[1], amount, amount, f"2023-0{month}-06"]]  # fmt: skip


def whole(reading: Any) -> None:
    """Every row of every sheet is in exactly one account."""
    rows: dict[str, list[int]] = {}
    for file, sheet in reading.sheets:
        sheet.settle()
        rows.setdefault(f"{file.path}/{sheet.name}", []).append(sheet.rows)
    assert reading.rows == reading.loaded + reading.skipped + reading.rejected_rows


def taken(folder: Path, **more: Any) -> tuple[Any, dict[str, list[dict[str, Any]]]]:
    """The account, and the records by ledger."""
    found: dict[str, list[dict[str, Any]]] = {}
    reading = read_folder(
        folder,
        out_snapshot=lambda spec, _f, _s, table, _c: found.setdefault(spec.name, []).extend(
            table.to_pylist()
        ),
        **more,
    )
    whole(reading)
    return reading, found


def test_the_living_below_the_dead_are_not_taken_for_dead(tmp_path: Path) -> None:
    rows = [
        ["云溪社区死亡人员名单"], DEAD, ["王芳", "女", IDS[0], "2023-01-06", None],
        [],
        ["云溪社区残疾人名单"], DISABLED, ["王娜", "女", IDS[1], "2020-02-06", None],
    ]  # fmt: skip
    workbook(tmp_path / "in" / "名单.xlsx", {"名单": rows})
    reading, found = taken(tmp_path / "in")
    assert [r["person"] for r in found["registry.death"]] == [IDS[0]]
    (disabled,) = found["registry.disability"]
    assert (disabled["person"], str(disabled["issued_on"]), disabled["_row"]) == (IDS[1], "2020-02-06", 7)
    assert [(s.name, s.table, s.header_rows) for _, s in reading.sheets] == [
        ("名单", 1, (2,)),
        ("名单", 2, (5 + 1,)),
    ]


def test_a_header_whose_columns_changed_places_begins_anew(tmp_path: Path) -> None:
    rows = [
        ["云溪社区死亡人员名单"],
        ("姓名", "性别", "身份证号", "死亡日期", "户口注销日期"),
        ["王芳", "女", IDS[0], "2023-01-06", "2023-01-20"],
        ("姓名", "性别", "身份证号", "户口注销日期", "死亡日期"),
        ["王娜", "女", IDS[1], "2023-02-20", "2023-02-06"],
    ]
    workbook(tmp_path / "in" / "名单.xlsx", {"名单": rows})
    _, found = taken(tmp_path / "in")
    assert [str(r["died_on"]) for r in found["registry.death"]] == ["2023-01-06", "2023-02-06"]
    assert {r["division"] for r in found["registry.death"]} == {"云溪社区"}


def test_months_below_one_another_keep_their_month_and_the_unit_and_community_above_all(
    tmp_path: Path,
) -> None:
    rows = [
        ["云溪社区2023年1月低保金发放表", "单位：万元"], PAID, *paid(1, amount=0.093),
        ["合计", None, None, 0.186],
        [],
        ["2023年2月低保金发放表"], PAID, *paid(2, amount=0.093),
        ["3月份低保金发放表"], PAID, *paid(3, amount=0.093),
        ["制表：王丽", None, "审核：李敏", None, None, "2023-04-01"],
    ]  # fmt: skip
    workbook(tmp_path / "in" / "发放.xlsx", {"发放": rows})
    reading, found = taken(tmp_path / "in")
    records = found["assistance.payment"]
    assert [str(r["month"])[:7] for r in records] == ["2023-01"] * 2 + ["2023-02"] * 2 + ["2023-03"] * 2
    assert {str(r["paid"]) for r in records} == {"930.00"}
    assert {r["division"] for r in records} == {"云溪社区"}
    assert reading.rejected_rows == 0


@pytest.mark.parametrize("between", [[], [[]], [["一、柳岸社区"]]])
def test_a_header_that_merely_comes_again_begins_no_table(tmp_path: Path, between: list[list[Any]]) -> None:
    rows = [["云溪社区2023年1月低保金发放表"], PAID, *paid(1)[:1], *between, PAID, *paid(1)[1:]]
    workbook(tmp_path / "in" / "发放.xlsx", {"发放": rows})
    reading, found = taken(tmp_path / "in")
    assert len(reading.sheets) == 1
    assert [str(r["month"]) for r in found["assistance.payment"]] == ["2023-01-01"] * 2


def test_a_block_that_is_no_ledger_is_named_and_the_ledger_above_is_read(tmp_path: Path) -> None:
    rows = [
        ["云溪社区死亡人员名单"], DEAD, ["王芳", "女", IDS[0], "2023-01-06", None],
        [],
        ["物资领用"], ["姓名", "电话", "金额", "时间", "地点"], ["王娜", "12345", "3", "周一", "仓库"],
    ]  # fmt: skip
    workbook(tmp_path / "in" / "名单.xlsx", {"名单": rows})
    reading, found = taken(tmp_path / "in")
    assert [r["person"] for r in found["registry.death"]] == [IDS[0]]
    ((_, sheet),) = reading.sheets
    assert sheet.skipped["other_table"] == [5, 6, 7]
    assert "other_table" in {note.code for note in sheet.notes}


def test_the_mapping_names_each_table_and_is_obeyed(tmp_path: Path) -> None:
    rows = [
        ["云溪社区死亡人员名单"], DEAD, ["王芳", "女", IDS[0], "2023-01-06", None],
        [],
        ["云溪社区残疾人名单"], DISABLED, ["王娜", "女", IDS[1], "2020-02-06", None],
    ]  # fmt: skip
    workbook(tmp_path / "in" / "名单.xlsx", {"名单": rows})
    reading, first = taken(tmp_path / "in")
    text = mapping_text(reading)
    (tmp_path / "same.yaml").write_text(text, encoding="utf-8")
    assert taken(tmp_path / "in", mapping=tmp_path / "same.yaml")[1] == first
    (tmp_path / "less.yaml").write_text(text.replace("registry.disability", "ignore"), encoding="utf-8")
    assert list(taken(tmp_path / "in", mapping=tmp_path / "less.yaml")[1]) == ["registry.death"]


def test_refused_rows_of_each_table_come_back_in_its_own_layout(tmp_path: Path) -> None:
    rows = [
        ["云溪社区死亡人员名单"], DEAD, ["王芳", "女", "123", "2023-01-06", None],
        [],
        ["云溪社区残疾人名单"], DISABLED, ["王娜", "女", "456", "2020-02-06", None],
    ]  # fmt: skip
    workbook(tmp_path / "in" / "名单.xlsx", {"名单": rows})
    reading, _ = taken(tmp_path / "in")
    assert sorted(r.row for r in reading.rejected) == [3, 7]
    (tmp_path / "again").mkdir()
    assert write_rejected(tmp_path / "again" / "rejected.xlsx", reading) == 2
    book = openpyxl.load_workbook(tmp_path / "again" / "rejected.xlsx")
    assert len(book.worksheets) == 2
    for page, number in zip(book.worksheets, IDS, strict=False):
        page.cell(page.max_row, 3).value = number
    book.save(tmp_path / "again" / "rejected.xlsx")
    _, found = taken(tmp_path / "again")
    assert [r["person"] for r in found["registry.death"]] == [IDS[0]]
    assert [r["person"] for r in found["registry.disability"]] == [IDS[1]]


def test_the_same_rows_in_another_order_are_a_copy(tmp_path: Path) -> None:
    title = ["云溪社区2023年1月低保金发放表"]
    workbook(tmp_path / "in" / "a.xlsx", {"发放": [title, PAID, *paid(1)]})
    workbook(tmp_path / "in" / "b.xlsx", {"发放": [title, PAID, *reversed(paid(1))]})
    reading, tables = read(tmp_path / "in")
    assert [s.status for _, s in reading.sheets] == ["loaded", "ignored"]
    assert len(tables) == 1
    whole(reading)
