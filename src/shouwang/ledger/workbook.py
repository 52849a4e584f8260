"""Writing workbooks and text tables that are safe to open.

Cell text is written as text whatever it begins with: a name such as "=HYPERLINK(...)" stays a name. Sheet
names are made lawful and unique. The same content gives the same bytes, so no time of writing is stored.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TextIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

EPOCH: Final = datetime(2000, 1, 1)
"""The time of creation that every workbook states."""

LONGEST_CELL: Final = 32_767
"""Characters that a spreadsheet cell can hold (ECMA-376)."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Book:
    """An .xlsx file being written; use it as a context manager.

    ``streaming`` keeps one row in memory: rows must then be written in order.
    """

    def __init__(self, path: Path, *, streaming: bool = False) -> None:
        self.path = path
        self.book = xlsxwriter.Workbook(
            str(path),
            {
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
                "default_date_format": "yyyy-mm-dd",
                "remove_timezone": True,
                "constant_memory": streaming,
            },
        )
        self.book.set_properties({"created": EPOCH})
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.book.close()

    def sheet(self, name: str) -> Worksheet:
        """A new sheet under a lawful name that is as near to ``name`` as can be."""
        lawful = _FORBIDDEN.sub("_", name).strip("'") or "Sheet"
        candidate, number = lawful[:31], 1
        while candidate.lower() in self._names:
            number += 1
            candidate = f"{lawful[: 30 - len(str(number))]}~{number}"
        self._names.add(candidate.lower())
        return self.book.add_worksheet(candidate)

    def style(self, **properties: Any) -> Format:
        """A cell format; the same properties give the same format."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]


def write_cell(sheet: Worksheet, row: int, column: int, value: object, style: Format | None = None) -> None:
    """Write one value (row and column 0-based). Text stays text; so do numbers of 16 digits or more."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, (int, float, Decimal)) and abs(float(value)) < 1e15:
        sheet.write_number(row, column, float(value) if isinstance(value, Decimal) else value, style)
    elif isinstance(value, (date, datetime)):
        sheet.write_datetime(row, column, value, style)
    else:
        text = _CONTROL.sub("", str(value))[:LONGEST_CELL]
        sheet.write_string(row, column, text, style)


def write_row(sheet: Worksheet, row: int, values: Sequence[object], style: Format | None = None) -> None:
    """Write a row of values from column A."""
    for column, value in enumerate(values):
        write_cell(sheet, row, column, value, style)


def defuse(value: object) -> str:
    """Text for a CSV cell that no spreadsheet program takes for a formula (OWASP, "CSV injection").

    Plain numbers, also negative ones, are left alone.
    """
    text = "" if value is None else str(value)
    if text.startswith(_RISKY) and not re.fullmatch(r"[+-]?\d[\d,]*(\.\d+)?%?", text):
        return "'" + text
    return text


def write_csv(stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV with every cell defused. With ``utf-8-sig`` as encoding Excel shows Chinese."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([defuse(cell) for cell in header])
    for row in rows:
        writer.writerow([defuse(cell) for cell in row])
