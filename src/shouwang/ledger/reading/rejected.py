"""The refused rows as a workbook: each sheet in its own layout, with why and what to do in added columns.

Correct the cells, save, and put the workbook into the folder: it is read like any other, the added columns
are left alone, and a sheet's title lines still say which month and community it is about. A row that hides
its numbers could not be corrected, so this is the one output that shows them: it says so above each table,
and only its owner may open it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from shouwang.ledger.reading.accounts import Reading, Rejected, SheetReading, column_index, shown
from shouwang.ledger.workbook import Book, write_cell
from shouwang.standards.reading import N_

WHY: Final = N_("不能读入的原因")
ADVICE: Final = N_("怎样改正")
SOURCE: Final = N_("原文件")
ROW: Final = N_("原行号")
NOTICE: Final = N_("注意：本表按原样列出退回的行，个人信息未隐去，只供本单位改正后重新读入，请勿外传")
"""The last line above each table, worded as a remark so that no reader takes it for the title."""
LOST: Final = frozenset({"id_lost_digits", "credit_code_lost_digits", "digits_lost"})
CERTAIN: Final = 15
"""So many digits of a number a spreadsheet keeps. Those behind are its invention: written out as text, one
rounded ID in eleven would pass the check of its last digit and be read as somebody's."""
ADDED: Final = (WHY, ADVICE, SOURCE, ROW)
"""Headers of the added columns, which the reader knows and leaves alone."""


def write_rejected(path: Path, reading: Reading, *, masked: bool = False) -> int:
    """Write the refused rows; returns their number. Without any, a workbook that says so.

    ``masked`` hides personal values: such a workbook can be shown, but not corrected and read again.
    """
    refused: dict[tuple[str, str], dict[int, list[Rejected]]] = {}
    for one in reading.rejected:
        refused.setdefault((one.file, one.sheet), {}).setdefault(one.row, []).append(one)
    count = 0
    with Book(path) as book:
        for file, sheet in reading.sheets:
            rows = refused.get((file.path, sheet.name))
            if rows:
                count += _write_sheet(book, file.path, sheet, rows, masked)
        if not count:
            note = book.sheet("说明")
            write_cell(note, 0, 0, N_("没有退回的行。"))
    path.chmod(0o600)
    return count


def _write_sheet(
    book: Book, file: str, sheet: SheetReading, rows: dict[int, list[Rejected]], masked: bool
) -> int:
    page = book.sheet(sheet.name)
    text = book.style(num_format="@")
    bold = book.style(num_format="@", bold=True, bg_color="#EEEEEE", text_wrap=True, border=1)
    wrong = book.style(num_format="@", bg_color="#FFD9D9")
    at = 0
    for line in (*sheet.lines, *([] if masked else [NOTICE])):
        write_cell(page, at, 0, line)
        at += 1
    width = max((len(row) for row in sheet.layout), default=0)
    for level, cells in enumerate(sheet.layout):
        for column, cell in enumerate(cells):
            if cell:
                write_cell(page, at, column, cell, bold)
        if level == len(sheet.layout) - 1:
            for offset, header in enumerate(ADDED):
                write_cell(page, at - level, width + offset, header, bold)
        at += 1
    page.freeze_panes(at, 0)
    frame = sheet.rejected_cells
    if frame is None:
        return 0
    columns = {c.letter: c for c in sheet.columns}
    numbers = frame["_row"].to_list()
    for values, number in zip(frame.drop("_row").iter_rows(), numbers, strict=True):
        found = rows.get(number, [])
        marked = {column_index(one.column): one for one in found}
        for column, value in enumerate(values):
            shown_value, one = value, marked.get(column)
            if masked and value and one:
                shown_value = shown(one, unmask=False)
            elif value and one and one.code in LOST:
                shown_value = f"{value[:CERTAIN]}???"
            elif masked and value and columns:
                shown_value = None if _is_personal(sheet, column) else value
            write_cell(page, at, column, shown_value, wrong if column in marked else text)
        write_cell(
            page, at, width, "；".join(f"{one.header or one.column}：{one.reason}" for one in found), text
        )
        write_cell(page, at, width + 1, " ".join(dict.fromkeys(one.advice for one in found)), text)
        write_cell(page, at, width + 2, file, text)
        write_cell(page, at, width + 3, str(number), text)
        at += 1
    page.set_column(0, max(width - 1, 0), 14, text)
    page.set_column(width, width + 1, 36, text)
    return len(numbers)


def _is_personal(sheet: SheetReading, column: int) -> bool:
    kinds = {column_index(c.letter): c.kind for c in sheet.columns}
    return kinds.get(column) in ("id", "name", "phone", "account")
