"""Refused rows come back as a workbook in the sheet's own layout, which reads again when corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from shouwang.ledger.reading import read_folder
from shouwang.ledger.reading.rejected import ADDED, write_rejected
from shouwang.standards import resident_id
from tests.sample_read import SampleRead

from .offices import IDS, death_book, deaths, read, workbook

pytestmark = pytest.mark.xdist_group("office_a")  # one reading of the office

UPPER = ["序号", "单位名称", "姓名", "身份证号", "费款所属期", "缴费基数（千元）", "单位缴纳", None, "备注"]
LOWER = [None] * 6 + ["养老", "医疗", None]


def correct(path: Path, column: int, first: int, value: str) -> int:
    """Type a right value into the refused cells of a column (1-based); returns how many."""
    book = openpyxl.load_workbook(path)
    count = 0
    for page in book.worksheets:
        for row in range(first, page.max_row + 1):
            page.cell(row, column).value = value
            count += 1
    book.save(path)
    return count


def test_the_layout_is_the_sheets_own_with_added_columns(tmp_path: Path) -> None:
    rows = deaths()
    rows[1][3] = "123"
    death_book(tmp_path / "in" / "a.xlsx", rows)
    reading, _ = read(tmp_path / "in")
    assert write_rejected(tmp_path / "rejected.xlsx", reading) == 1
    page = (
        python_calamine.load_workbook(str(tmp_path / "rejected.xlsx"))
        .get_sheet_by_name("死亡人员")
        .to_python()
    )
    at = next(i for i, row in enumerate(page) if "身份证号" in row)
    assert page[0][0] == "望河街道云溪社区死亡人员名单"
    assert page[at][:8] == [
        "序号",
        "姓名",
        "性别",
        "身份证号",
        "死亡日期",
        "死亡原因",
        "户口注销日期",
        "备注",
    ]
    assert page[at][8:12] == list(ADDED)
    assert page[at + 1][3] == "123"
    assert "证件号位数不符" in page[at + 1][8] and page[at + 1][9]
    assert page[at + 1][10:12] == ["a.xlsx", "4"]


def test_corrected_rows_read_again_with_their_context(tmp_path: Path) -> None:
    """Month, community and unit stood around the table; the copy says them, so the row is the same record."""
    good = [1, "样织厂", "王芳", IDS[0], "3月", 5, 800, 400, None]
    bad = [2, "样织厂", "李强", "99990119811024448X", "4月", 5.5, 880, 440, "补缴"]
    sheet = [["云溪社区2023年参保缴费明细表"], ["填表日期：2024年1月5日"], UPPER, LOWER, good, bad]
    workbook(tmp_path / "in" / "缴费.xlsx", {"一季度": sheet})
    reading, tables = read(tmp_path / "in")
    assert [r.code for r in reading.rejected] == ["id_checksum"]
    out = tmp_path / "again" / "rejected.xlsx"
    out.parent.mkdir()
    write_rejected(out, reading)
    page = python_calamine.load_workbook(str(out)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    row = next(i for i, cells in enumerate(page) if "99990119811024448X" in cells)
    correct(out, 4, row + 1, IDS[1])
    again, second = read(out.parent)
    assert not again.rejected
    first = tables["缴费.xlsx/一季度"].drop("_row").row(0, named=True)
    found = second["rejected.xlsx/一季度"].drop("_row").row(0, named=True)
    assert found == first | {
        "name": "李强", "person": IDS[1], "month": date(2023, 4, 1), "note": "补缴",
        "base": found["base"], "unit_pension": found["unit_pension"], "unit_medical": found["unit_medical"],
    }  # fmt: skip
    assert [str(found[n]) for n in ("base", "unit_pension", "unit_medical")] == [
        "5500.00",
        "880.00",
        "440.00",
    ]
    assert found["division"] == "云溪社区"


def test_a_refused_row_of_a_group_brings_the_groups_values(tmp_path: Path) -> None:
    header = ("序号", "低保证号", "户主姓名", "成员姓名", "身份证号", "月补差金额")
    rows = [[1, "DB01", "陈勇", "陈勇", IDS[0], 1860], [None, None, None, "郝莲", "1", None]]
    workbook(tmp_path / "in" / "a.xlsx", {"云溪社区": [["低保花名册"], header, *rows]})
    reading, _ = read(tmp_path / "in")
    write_rejected(tmp_path / "rejected.xlsx", reading)
    page = python_calamine.load_workbook(str(tmp_path / "rejected.xlsx")).get_sheet_by_index(0).to_python()
    assert page[-1][1:6] == ["DB01", "陈勇", "郝莲", "1", "1860"]


def test_cell_text_never_becomes_a_formula(tmp_path: Path) -> None:
    rows = deaths(10)
    for index, text in enumerate(
        ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x","y")')
    ):
        rows[index][1], rows[index][3] = text, "1"
    death_book(tmp_path / "in" / "a.xlsx", rows, sheet="=死亡")
    reading, _ = read(tmp_path / "in")
    write_rejected(tmp_path / "rejected.xlsx", reading)
    book = openpyxl.load_workbook(tmp_path / "rejected.xlsx")
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value]
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_masked_copy_shows_no_personal_value(tmp_path: Path) -> None:
    rows = deaths()
    rows[1][3] = "99990119811024448X"
    death_book(tmp_path / "in" / "a.xlsx", rows)
    reading, _ = read(tmp_path / "in")
    write_rejected(tmp_path / "rejected.xlsx", reading, masked=True)
    book = openpyxl.load_workbook(tmp_path / "rejected.xlsx")
    text = " ".join(
        str(c.value) for page in book.worksheets for row in page.iter_rows() for c in row if c.value
    )
    assert "99990119811024448X" not in text and rows[1][1] not in text
    assert "疾病" in text


def test_without_refused_rows_the_workbook_says_so(tmp_path: Path) -> None:
    death_book(tmp_path / "in" / "a.xlsx")
    assert write_rejected(tmp_path / "rejected.xlsx", read_folder(tmp_path / "in")) == 0
    book = openpyxl.load_workbook(tmp_path / "rejected.xlsx")
    assert book.active.cell(1, 1).value == "没有退回的行。"


def test_the_same_refusals_give_the_same_bytes(tmp_path: Path) -> None:
    rows = deaths()
    rows[0][3] = "1"
    death_book(tmp_path / "in" / "a.xlsx", rows)
    for name in ("one.xlsx", "two.xlsx"):
        write_rejected(tmp_path / name, read_folder(tmp_path / "in"))
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_digits_that_a_spreadsheet_lost_are_not_written_as_if_they_were_known(tmp_path: Path) -> None:
    """One rounded number in eleven has a right check digit by chance."""
    rows = deaths()
    # A number whose nearest float passes the check once it is written as text.
    candidates = (int(float(n)) for n in range(999901197803270000, 999901197803279000, 128))
    rounded = next(n for n in candidates if resident_id.parse(str(n)).value is not None)
    rows[0][3] = float(rounded)
    (tmp_path / "again").mkdir()
    death_book(tmp_path / "in" / "a.xlsx", rows)
    write_rejected(tmp_path / "again" / "rejected.xlsx", read_folder(tmp_path / "in"))
    cells = [
        c.value for row in openpyxl.load_workbook(tmp_path / "again" / "rejected.xlsx").active for c in row
    ]
    assert f"{str(rounded)[:15]}???" in cells
    assert str(rounded) not in map(str, cells)
    again, _ = read(tmp_path / "again")
    assert (again.loaded, again.rejected_rows) == (0, 1)


def test_the_sample_offices_refused_rows_come_back_and_are_refused_again(
    tmp_path: Path, office_a_read: SampleRead
) -> None:
    """Uncorrected, every row is refused again: a rounded number is none as text either."""
    first = office_a_read.reading
    (tmp_path / "in").mkdir()
    assert write_rejected(tmp_path / "in" / "rejected.xlsx", first) == 58
    again, _ = read(tmp_path / "in")
    assert {s.ledger for _, s in again.sheets} == {s.ledger for _, s in first.sheets if s.rejected}
    assert (again.loaded, again.rejected_rows) == (0, 58)
    kept = {"id_checksum", "id_length", "id_missing", "date_impossible"}
    assert sorted(r.code for r in again.rejected if r.code in kept and r.code != "id_checksum") == sorted(
        r.code for r in first.rejected if r.code in kept and r.code != "id_checksum"
    )
