"""Files that must not be read, or not as they are: each gets a code, the others are still read."""

from __future__ import annotations

import os
import shutil
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt

from shouwang.ledger.reading import Limits
from shouwang.ledger.reading.files import PROBLEMS

from .offices import PEOPLE, codes, death_book, deaths, only, read, workbook


def compound_file(stream: str) -> bytes:
    """A minimal OLE compound file ([MS-CFB]) with one empty stream of that name."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))

    def entry(name: str, kind: int, child: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        body = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
        body += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
        return body + struct.pack("<IQ", 0xFFFFFFFE, 0)

    empty = bytes(128)
    directory = entry("Root Entry", 5, 1) + entry(stream, 2, 0xFFFFFFFF) + empty + empty
    return bytes(header) + table + directory


def package(path: Path, sheet: bytes, **parts: bytes) -> Path:
    """An .xlsx with this XML as its only sheet."""
    base = death_book(path.with_name("base.xlsx"))
    with zipfile.ZipFile(base) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = sheet if entry.filename == "xl/worksheets/sheet1.xml" else old.read(entry)
            new.writestr(entry.filename, parts.get(entry.filename, body))
    base.unlink()
    return path


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def beside_a_good_one(folder: Path) -> None:
    death_book(folder / "zz好的.xlsx")


def test_password_protected_xlsx(tmp_path: Path) -> None:
    (tmp_path / "密.xlsx").write_bytes(compound_file("EncryptedPackage"))
    beside_a_good_one(tmp_path)
    reading, tables = read(tmp_path)
    assert codes(reading) == ["password"]
    assert reading.problems[0].file == "密.xlsx"
    assert "密码" in reading.problems[0].text and reading.problems[0].advice
    assert len(tables) == 1
    assert reading.exit_code == 2


def test_password_protected_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("死亡人员").write(0, 0, "x")
    book.save(str(tmp_path / "密.xls"))
    raw = (tmp_path / "密.xls").read_bytes()
    at = raw.index(b"\xe1\x00\x02\x00")  # InterfaceHdr, which a FILEPASS record of the same length replaces
    (tmp_path / "密.xls").write_bytes(raw[:at] + b"\x2f\x00\x02\x00" + raw[at + 4 :])
    reading, _ = read(tmp_path)
    assert codes(reading) == ["password"]


def test_other_compound_files_are_no_workbooks(tmp_path: Path) -> None:
    (tmp_path / "报告.xls").write_bytes(compound_file("WordDocument"))
    assert codes(read(tmp_path)[0]) == ["not_a_workbook"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_truncated_file(tmp_path: Path, share: float) -> None:
    whole = death_book(tmp_path / "断.xlsx").read_bytes()
    (tmp_path / "断.xlsx").write_bytes(whole[: int(len(whole) * share)])
    beside_a_good_one(tmp_path)
    reading, tables = read(tmp_path)
    assert codes(reading) == ["truncated"]
    assert len(tables) == 1


def test_a_sheet_damaged_inside(tmp_path: Path) -> None:
    whole = bytearray(death_book(tmp_path / "坏.xlsx").read_bytes())
    with zipfile.ZipFile(tmp_path / "坏.xlsx") as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    start = entry.header_offset + 30 + len(entry.filename)
    whole[start + 20 : start + 60] = b"\xff" * 40
    (tmp_path / "坏.xlsx").write_bytes(bytes(whole))
    beside_a_good_one(tmp_path)
    reading, tables = read(tmp_path)
    assert codes(reading)[0] in ("truncated", "unreadable")
    assert len(tables) == 1


def test_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    package(tmp_path / "炸.xlsx", SHEET % (b" " * (300 << 20)))
    assert (tmp_path / "炸.xlsx").stat().st_size < 2 << 20
    beside_a_good_one(tmp_path)
    reading, tables = read(tmp_path)
    assert codes(reading) == ["zip_bomb"]
    assert len(tables) == 1


def test_zip_bomb_that_states_a_small_size(tmp_path: Path) -> None:
    path = package(tmp_path / "炸.xlsx", SHEET % (b" " * (8 << 20)))
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(raw.replace(struct.pack("<I", size), struct.pack("<I", 1000)))
    assert codes(read(tmp_path)[0])[0] in ("truncated", "unreadable")


def test_two_cells_a_million_apart_do_not_fill_the_memory(tmp_path: Path) -> None:
    far = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
    far += b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    package(tmp_path / "宽.xlsx", SHEET % far)
    beside_a_good_one(tmp_path)
    reading, tables = read(tmp_path)
    assert codes(reading) == ["too_many_cells"]
    assert reading.problems[0].sheet == "死亡人员"
    assert len(tables) == 1


def test_a_million_columns_in_a_text_file(tmp_path: Path) -> None:
    (tmp_path / "宽.csv").write_text("a," * 1_000_000 + "\n" + "1," * 1_000_000 + "\n", encoding="utf-8")
    reading, _ = read(tmp_path)
    assert [n.code for n in only(reading).notes] == ["too_wide"]


def test_empty_columns_far_to_the_right_do_not_matter(tmp_path: Path) -> None:
    rows = [row + [None] * 2000 + [" "] for row in deaths()]
    death_book(tmp_path / "宽.xlsx", rows)
    reading, _ = read(tmp_path)
    assert only(reading).loaded == 5
    assert [n.code for n in only(reading).notes] == ["id_region_unknown"]


def test_formulas_without_stored_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["死亡人员名单"])
    page.append(list(PEOPLE))
    for row in deaths():
        page.append([*row[:3], f'="{row[3]}"', *row[4:]])
    book.save(tmp_path / "公式.xlsx")
    reading, _ = read(tmp_path)
    sheet = only(reading)
    assert ("formula_without_value", {"cells": 5}) in [(n.code, dict(n.values)) for n in sheet.notes]
    assert [r.code for r in reading.rejected] == ["id_missing"] * 5


def test_formulas_with_stored_values_are_values(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "公式.xlsx"))
    page = book.add_worksheet("死亡人员")
    page.write_row(0, 0, PEOPLE)
    for r, row in enumerate(deaths(), 1):
        page.write_row(r, 0, row)
        page.write_formula(r, 3, f'="{row[3]}"', None, row[3])
    book.close()
    reading, _ = read(tmp_path)
    assert only(reading).loaded == 5 and not reading.rejected


def test_macro_workbook_is_read_and_said(tmp_path: Path) -> None:
    shutil.copy(death_book(tmp_path / "a.xlsx"), tmp_path / "宏.xlsm")
    (tmp_path / "a.xlsx").unlink()
    reading, _ = read(tmp_path)
    assert only(reading).loaded == 5
    assert [n.code for n in reading.files[0].notes] == ["macros"]


@pytest.mark.parametrize(("right", "wrong"), [("a.xlsx", "a.xls"), ("a.xlsx", "a.csv"), ("a.xlsx", "a.ods")])
def test_wrong_extension_is_read_by_content(tmp_path: Path, right: str, wrong: str) -> None:
    death_book(tmp_path / right).rename(tmp_path / wrong)
    reading, _ = read(tmp_path)
    assert only(reading).loaded == 5
    assert [n.code for n in reading.files[0].notes] == ["wrong_extension"]


def test_text_with_the_extension_of_a_workbook(tmp_path: Path) -> None:
    lines = [",".join(map(str, PEOPLE))] + [",".join(str(c or "") for c in row) for row in deaths()]
    (tmp_path / "死亡人员名单.xls").write_bytes("\n".join(lines).encode("gb18030"))
    reading, _ = read(tmp_path)
    assert only(reading).loaded == 5
    assert reading.files[0].encoding == "gb18030"


def test_web_page_with_the_extension_of_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "导出.xls").write_text("<html><table><tr><td>1</td></tr></table></html>", encoding="utf-8")
    assert codes(read(tmp_path)[0]) == ["web_page"]


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\0" * 5000])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "空.xlsx").write_bytes(content)
    beside_a_good_one(tmp_path)
    reading, tables = read(tmp_path)
    assert codes(reading) == ["empty_file"]
    assert len(tables) == 1


def test_empty_folder(tmp_path: Path) -> None:
    reading, _ = read(tmp_path)
    assert codes(reading) == ["nothing"]
    assert reading.exit_code == 3


def test_no_folder(tmp_path: Path) -> None:
    assert codes(read(tmp_path / "没有")[0]) == ["no_folder"]


def test_duplicate_headers_are_noted(tmp_path: Path) -> None:
    rows = [[*row[:-1], "备注一", "备注二"] for row in deaths()]
    workbook(tmp_path / "a.xlsx", {"死亡人员": [["死亡人员名单"], [*PEOPLE, "备注"], *rows]})
    reading, tables = read(tmp_path)
    note = next(n for n in only(reading).notes if n.code == "duplicate_header")
    assert dict(note.values) == {"header": "备注", "used": "H", "unused": "I"}
    assert only(reading).loaded == 5
    assert set(tables["a.xlsx/死亡人员"]["note"]) == {"备注一"}


def test_a_file_of_two_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    with (tmp_path / "大.xlsx").open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(2 << 30)
    reading, _ = read(tmp_path)
    assert codes(reading) == ["too_large"]


def test_a_text_file_may_be_larger_than_a_workbook(tmp_path: Path) -> None:
    lines = [",".join(PEOPLE)] + [",".join(str(c or "") for c in row) for row in deaths(200)]
    (tmp_path / "死亡人员名单.csv").write_text("\n".join(lines), encoding="utf-8")
    assert only(read(tmp_path, limits=Limits(file=100))[0]).loaded == 200
    assert codes(read(tmp_path, limits=Limits(text_file=100))[0]) == ["too_large"]


def test_a_folder_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside_a_good_one(tmp_path)
    (tmp_path / "锁着").mkdir()
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "锁着":  # root, who runs tests in a container, may read everything
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    reading, tables = read(tmp_path)
    assert codes(reading) == ["no_rights"]
    assert reading.problems[0].file == "锁着"
    assert len(tables) == 1


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    death_book(outside / "外.xlsx")
    beside_a_good_one(folder)
    (folder / "链接.xlsx").symlink_to(outside / "外.xlsx")
    (folder / "文件夹").symlink_to(outside)
    reading, tables = read(folder)
    assert sorted((p.file, p.code) for p in reading.problems) == [
        ("文件夹", "symlink_outside"),
        ("链接.xlsx", "symlink_outside"),
    ]
    assert list(tables) == ["zz好的.xlsx/死亡人员"]


def test_links_within_the_folder_are_not_read_twice(tmp_path: Path) -> None:
    beside_a_good_one(tmp_path)
    (tmp_path / "again.xlsx").symlink_to(tmp_path / "zz好的.xlsx")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.xlsx").symlink_to(tmp_path / "nothing.xlsx")
    reading, tables = read(tmp_path)
    assert not reading.problems
    assert len(tables) == 1


def test_nested_folders_are_read_to_a_depth(tmp_path: Path) -> None:
    death_book(tmp_path / "一" / "二" / "a.xlsx")
    death_book(tmp_path / "一" / "二" / "三" / "b.xlsx", deaths(3))
    reading, tables = read(tmp_path, limits=Limits(depth=2))
    assert list(tables) == ["一/二/a.xlsx/死亡人员"]
    assert codes(reading) == ["too_deep"]


def test_files_that_programs_leave_behind_are_passed_over(tmp_path: Path) -> None:
    beside_a_good_one(tmp_path)
    for name in (
        "~$a.xlsx",
        ".~lock.a.xlsx#",
        ".hidden.xlsx",
        "._a.xlsx",
        "Thumbs.db",
        "photo.jpg",
        "说明.docx",
    ):
        (tmp_path / name).write_bytes(b"x")
    reading, tables = read(tmp_path)
    assert not reading.problems
    assert len(tables) == 1


def test_archives_are_named(tmp_path: Path) -> None:
    (tmp_path / "台账.rar").write_bytes(b"Rar!")
    assert codes(read(tmp_path)[0]) == ["archive"]


def test_external_entities_are_never_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("geheim", encoding="utf-8")
    xml = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file://%s">]>' % str(tmp_path / "secret.txt").encode()
    cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    package(tmp_path / "实体.xlsx", xml + SHEET % cells)
    reading, tables = read(tmp_path)
    assert "geheim" not in reading.to_json()
    assert not tables


def test_binary_rubbish_in_a_text_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(bytes(range(256)) * 20)
    assert codes(read(tmp_path)[0]) == ["not_a_workbook"]
    (tmp_path / "a.csv").write_bytes(b"\xff\xfeabc,\x81\x81\x30".replace(b"\xff\xfe", b"\x80\xff"))
    assert codes(read(tmp_path)[0]) == ["encoding"]


def test_every_problem_says_what_to_do() -> None:
    for code, message in PROBLEMS.items():
        assert message.text, code
        assert message.advice or code == "symlink", code


@pytest.mark.parametrize(("text", "read"), [("9" * 13, True), ("9" * 14, False), ("9" * 40, False)])
def test_a_percentage_that_no_column_holds_is_refused_not_fatal(text: str, read: bool) -> None:
    import polars as pl

    from shouwang.ledger.catalogue import ledgers
    from shouwang.ledger.reading.values import Asked, _percent

    column = ledgers()["assistance.economic_indicator"].fields["income_growth"]
    found = _percent(column, pl.Series([text, "4.35%"]), Asked())
    assert (found.problems[0] is None) == read and found.values[1] is not None
    assert found.problems[0] in (None, "number_out_of_range")
