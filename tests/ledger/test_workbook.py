"""Writing that is safe to open."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.ledger.workbook import Book, defuse, write_cell, write_csv, write_row


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@x", "=cmd|'/c calc'!A1", "https://x", "mailto:a", "\x00\x0bx"]
)
def test_text_is_written_as_text(tmp_path: Path, text: str) -> None:
    with Book(tmp_path / "a.xlsx") as book:
        write_cell(book.sheet("x"), 0, 0, text)
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").active["A1"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value == text.replace("\x00", "").replace("\x0b", "")


def test_values_keep_their_kind(tmp_path: Path) -> None:
    values = [None, True, 3, Decimal("1.50"), date(2023, 4, 5), 999901197803270077, "x" * 40_000]
    with Book(tmp_path / "a.xlsx") as book:
        write_row(book.sheet("x"), 0, values)
    cells = [c.value for c in openpyxl.load_workbook(tmp_path / "a.xlsx").active[1]]
    assert cells[:4] == [None, True, 3, 1.5]
    assert cells[4].date() == date(2023, 4, 5)
    assert cells[5] == "999901197803270077"
    assert len(cells[6]) == 32_767


def test_sheet_names_are_lawful_and_unique(tmp_path: Path) -> None:
    names = ["a/b:c*?[x]", "a/b:c*?[x]", "'quoted'", "", "长" * 60, "长" * 60, "History", "A", "a"]
    with Book(tmp_path / "a.xlsx") as book:
        for name in names:
            write_cell(book.sheet(name), 0, 0, 1)
    found = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert len(found) == len(names) == len({n.lower() for n in found})
    assert all(0 < len(n) <= 31 for n in found)


def test_nothing_is_written_when_it_fails_half_way(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), Book(tmp_path / "a.xlsx") as book:
        book.sheet("x")
        raise RuntimeError
    assert not (tmp_path / "a.xlsx").exists()


def test_numbers_in_csv_stay_numbers_and_formulas_do_not() -> None:
    assert [defuse(v) for v in ("-5", "+3.20", "-1,234.5", "12%", None, 7)] == [
        "-5",
        "+3.20",
        "-1,234.5",
        "12%",
        "",
        "7",
    ]
    assert [defuse(v) for v in ("=1", "+a", "-a", "@a", "\t=1", "＝1", "-")] == [
        "'=1",
        "'+a",
        "'-a",
        "'@a",
        "'\t=1",
        "'＝1",
        "'-",
    ]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_csv_cell_begins_like_a_formula(cells: list[str]) -> None:
    stream = io.StringIO()
    write_csv(stream, cells, [cells])
    for cell in cells:
        safe = defuse(cell)
        assert not safe.startswith(("=", "@", "\t", "\r")) and safe.lstrip("'") == cell.lstrip("'")
