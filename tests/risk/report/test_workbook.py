"""findings.xlsx: a working paper that people fill in and Excel opens without running anything."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from shouwang.risk.report.workbook import Names


@pytest.fixture(scope="module")
def book(outputs: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(outputs / "findings.xlsx")


def sheet_of(book: openpyxl.Workbook, code: str) -> Worksheet:
    return next(sheet for sheet in book if f"（{code}）" in str(sheet["A1"].value))


def column(sheet: Worksheet, label: str) -> int:
    return next(cell.column for cell in sheet[5] if cell.value == label)


def test_has_a_cover_a_sheet_per_rule_what_is_gone_and_what_was_not_checked(book: openpyxl.Workbook) -> None:
    assert book.sheetnames[0] == "封面"
    assert book.sheetnames[-2:] == ["已消失", "未能检查"]
    assert len(book.sheetnames) == 6
    cover = {row[0].value: row[1].value for row in book["封面"].iter_rows(max_col=2)}
    assert cover["截至日期"] == "2023-12-31"
    assert cover["问题"] == "5"
    assert cover["已问的规则"] == "3 / 6"
    assert len(cover["数据快照"]) == 64


def test_a_finding_has_its_evidence_fields_beside_it(book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book, "test.paid-low")
    row = {cell.value: sheet.cell(6, cell.column).value for cell in sheet[5]}
    assert (row["编号"], row["状态"], row["对象"]) == ("test.paid-low-0001", "已知", "欧阳*")
    assert row["金额（元）"] == 400
    assert row["日期"].isoformat()[:10] == "2022-03-01"
    assert row["证据出处（文件/表/行）"] == "registry.employment.xlsx/Sheet1/1"
    assert row["上年月平均工资"] == 1500
    groups = {cell.value for cell in sheet[4] if cell.value}
    assert {"发现的问题", "核实与整改（人工填写）", "证据", "企业用工工资花名册"} <= groups


def test_people_fill_in_with_a_list_of_verdicts(book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book, "test.paid-low")
    labels = [cell.value for cell in sheet[5]]
    assert labels[8:15] == ["核实结果", "情况说明", "责任人", "整改措施", "完成时限", "核实人", "核实日期"]
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert [(str(v.sqref), v.formula1) for v in lists] == [("I6:I7", '"属实,部分属实,不属实,待核"')]
    dates = sorted(str(v.sqref) for v in sheet.data_validations.dataValidation if v.type == "date")
    assert dates == ["M6:M7", "O6:O7"]


def test_head_is_frozen_filtered_and_repeated_in_print(book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book, "test.paid-low")
    assert sheet.freeze_panes == "D6"
    assert sheet.auto_filter.ref.startswith("A5:")
    assert sheet.print_title_rows == "$4:$5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0


def test_nothing_is_a_formula(outputs: Path, book: openpyxl.Workbook) -> None:
    assert not [
        c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"
    ]
    title = sheet_of(book, "test.account")["A1"].value
    assert title.startswith("● =发放账号需核对")
    with zipfile.ZipFile(outputs / "findings.xlsx") as package:
        assert not any(b"<f>" in package.read(n) for n in package.namelist() if "worksheets/sheet" in n)


def test_what_was_not_checked_says_what_to_do(book: openpyxl.Workbook) -> None:
    rows = {row[0]: row[1:] for row in book["未能检查"].iter_rows(min_row=6, max_col=4, values_only=True)}
    assert rows["参数未设置"][0] == "一套房居住人数上限（test.most） 人 · 按当地规定填写"
    assert "居住过密" in rows["参数未设置"][1]
    assert rows["没有台账"][0] == "死亡人员名单（registry.death）"
    assert rows["表未认出"][2] == "死亡日期"
    assert rows["文件读不了"] == ("坏.xlsx", "文件有密码", "去掉密码再读")
    assert rows["行被退回"] == ("身份证号被表格软件改成了近似数", "1处", "按原件改正")
    assert "999*************85" in rows["规则出错"][0]


def test_the_statement_on_masking_stands_on_every_sheet(book: openpyxl.Workbook) -> None:
    assert all("个人信息已隐去" in str(sheet["A3"].value) for sheet in book)


def test_sheet_names_are_what_excel_accepts() -> None:
    names = Names()
    long = "工资低于最低标准：[测试]*长名称的规则用来看工作表名称怎样截断还要再长一点"
    made = [
        names(long),
        names(long),
        names("a/b\\c:d?e*f[g]"),
        names("History"),
        names("'x'"),
        names(""),
        names("X"),
    ]
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in made)
    assert len({name.casefold() for name in made}) == len(made)
    assert "history" not in {name.casefold() for name in made}
    assert not any(name.startswith("'") or name.endswith("'") for name in made)
