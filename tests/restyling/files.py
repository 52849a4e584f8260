"""Sheets of plain cells into workbooks (xlsx, xls, ods) and separated text, as office programs write them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style as OdfStyle
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P

Merge = tuple[int, int, int, int]


@dataclass(frozen=True)
class Formula:
    """A formula with the value that the program left in the cell."""

    text: str
    value: float | str


@dataclass(frozen=True)
class Percent:
    """A number shown as a percentage: 0.0435 appears as 4.35%."""

    value: float


@dataclass(frozen=True)
class Month:
    """A date cell of which only year and month are shown."""

    day: date


@dataclass
class Page:
    """One sheet before it is written; rows and columns are 0-based."""

    name: str
    cells: list[list[Any]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_columns: tuple[int, ...] = ()
    freeze: int = 0


def write(path: Path, pages: Sequence[Page], encoding: str = "utf-8", separator: str = ",") -> None:
    """Write a workbook in the format of its extension; a text file takes one page."""
    match path.suffix:
        case ".xlsx":
            _xlsx(path, pages)
        case ".xls":
            _xls(path, pages)
        case ".ods":
            _ods(path, pages)
        case _:
            (page,) = pages
            with path.open("w", encoding=encoding, newline="") as stream:
                writer = csv.writer(stream, delimiter=separator)
                writer.writerows([_shown(item) for item in row] for row in page.cells)


def _shown(item: Any) -> str:
    """What a cell looks like when a sheet is saved as text."""
    match item:
        case None:
            return ""
        case Formula():
            return _shown(item.value)
        case Percent():
            return f"{item.value * 100:.2f}%"
        case Month():
            return f"{item.day.year}年{item.day.month}月"
        case datetime():
            return f"{item.year}/{item.month}/{item.day} {item.hour}:{item.minute:02d}"
        case date():
            return f"{item.year}/{item.month}/{item.day}"
        case float():
            return f"{item:.0f}" if item == int(item) and abs(item) < 1e11 else f"{item:.10g}"
        case _:
            return str(item)


def _xlsx(path: Path, pages: Sequence[Page]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    month = book.add_format({"num_format": 'yyyy"年"m"月"'})
    percent = book.add_format({"num_format": "0.00%"})

    def put(sheet: Any, r: int, c: int, item: Any) -> None:
        match item:
            case None:
                return
            case str():
                sheet.write_string(r, c, item)
            case datetime():
                sheet.write_datetime(r, c, item, moment)
            case date():
                sheet.write_datetime(r, c, item, day)
            case Month():
                sheet.write_datetime(r, c, item.day, month)
            case Percent():
                sheet.write_number(r, c, item.value, percent)
            case Formula():
                sheet.write_formula(r, c, item.text, None, item.value)
            case _:
                sheet.write_number(r, c, item)

    for page in pages:
        sheet = book.add_worksheet(page.name)
        if page.hidden:
            sheet.hide()
        if page.freeze:
            sheet.freeze_panes(page.freeze, 0)
        for column in page.hidden_columns:
            sheet.set_column(column, column, 8, None, {"hidden": True})
        for top, left, bottom, right in page.merges:
            sheet.merge_range(top, left, bottom, right, "")
        for r, row in enumerate(page.cells):
            for c, item in enumerate(row):
                put(sheet, r, c, item)
    book.close()


def _xls(path: Path, pages: Sequence[Page]) -> None:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    moment = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    month = xlwt.easyxf(num_format_str='yyyy"年"m"月"')
    percent = xlwt.easyxf(num_format_str="0.00%")
    plain = xlwt.easyxf()

    def cell(item: Any) -> tuple[Any, Any]:
        match item:
            case Formula():
                return item.value, plain
            case Percent():
                return item.value, percent
            case Month():
                return item.day, month
            case datetime():
                return item, moment
            case date():
                return item, day
            case _:
                return item, plain

    for page in pages:
        sheet = book.add_sheet(page.name, cell_overwrite_ok=True)
        if page.hidden:
            sheet.visibility = 1
        inside = {(r, c) for t, le, b, ri in page.merges for r in range(t, b + 1) for c in range(le, ri + 1)}
        for r, row in enumerate(page.cells):
            for c, item in enumerate(row):
                if item is not None and (r, c) not in inside:
                    sheet.write(r, c, *cell(item))
        for top, left, bottom, right in page.merges:
            sheet.write_merge(top, bottom, left, right, *cell(page.cells[top][left]))
    book.save(str(path))


def _ods(path: Path, pages: Sequence[Page]) -> None:
    document = OpenDocumentSpreadsheet()
    narrow = OdfStyle(name="co1", family="table-column")
    document.automaticstyles.addElement(narrow)
    for page in pages:
        table = Table(name=page.name)
        width = max((len(row) for row in page.cells), default=0)
        table.addElement(TableColumn(stylename=narrow, numbercolumnsrepeated=max(1, width)))
        spans = {(t, le): (b - t + 1, ri - le + 1) for t, le, b, ri in page.merges}
        covered = {
            (r, c)
            for t, le, b, ri in page.merges
            for r in range(t, b + 1)
            for c in range(le, ri + 1)
            if (r, c) != (t, le)
        }
        for r, row in enumerate(page.cells):
            line = TableRow()
            for c in range(width):
                item = row[c] if c < len(row) else None
                if (r, c) in covered:
                    line.addElement(CoveredTableCell())
                else:
                    line.addElement(_ods_cell(item, spans.get((r, c))))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(path))


def _ods_cell(item: Any, span: tuple[int, int] | None) -> TableCell:
    extra: dict[str, Any] = {}
    if span:
        extra = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]}
    shown = _shown(item)
    match item:
        case None:
            return TableCell(**extra)
        case Formula():
            element = TableCell(valuetype="float", value=repr(float(item.value)), **extra)
        case Percent():
            element = TableCell(valuetype="percentage", value=repr(item.value), **extra)
        case Month():
            element = TableCell(valuetype="date", datevalue=item.day.isoformat(), **extra)
        case date():
            element = TableCell(valuetype="date", datevalue=item.isoformat(), **extra)
        case str():
            element = TableCell(valuetype="string", **extra)
        case _:
            element = TableCell(valuetype="float", value=repr(item), **extra)
    for line in shown.split("\n"):
        element.addElement(P(text=line))
    return element
