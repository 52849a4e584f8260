"""Sheets as grids of text: one String column for each column, row *i* of the frame is row *i + 1*.

All formats come out alike: a number is its shortest decimal text, a date cell is ISO text, an empty cell
(also one of blanks only) is null. What the text hides, a long number stored as a number, is kept beside it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import fastexcel
import polars as pl
import python_calamine

from shouwang.ledger.reading import package
from shouwang.ledger.reading.accounts import Note, Problem
from shouwang.ledger.reading.files import Found, Limits, problem
from shouwang.ledger.reading.text import read_text
from shouwang.standards.reading import N_

_REPEATED_ROWS = re.compile(
    rb'<table:table-row\b[^>]*rows-repeated="(\d{4,9})"[^>]*>\s*<table:table-cell[^>]*office:value'
)

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; 0-based."""


@dataclass
class Grid:
    """One sheet as text.

    ``long_numbers`` holds for each column (0-based) the rows (0-based) whose cell is a number of sixteen
    digits or more: a spreadsheet keeps fifteen, so the text has digits that were never typed.
    ``lines_before`` are the title lines of the tables above in the same sheet, nearest first.
    """

    name: str
    frame: pl.DataFrame
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    long_numbers: dict[int, set[int]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    encoding: str = ""
    lines_before: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """The number of rows up to the last one that holds anything."""
        return self.frame.height

    @property
    def width(self) -> int:
        """The number of columns."""
        return self.frame.width

    def head(self, rows: int) -> list[tuple[str | None, ...]]:
        """The first rows as tuples."""
        return self.frame.head(rows).rows()


def tidy(frame: pl.DataFrame, first_column: int = 0) -> pl.DataFrame:
    """Blank cells made null, empty rows at the end and columns at the right dropped, columns numbered."""
    if frame.is_empty():
        return pl.DataFrame()
    blank = r"^[\s\u00a0\u3000\u200b\ufeff]*$"
    text = frame.select(pl.when(~pl.col(c).str.contains(blank)).then(pl.col(c)) for c in frame.columns)
    text.columns = [f"c{i + first_column}" for i in range(text.width)]
    columns = [pl.Series(f"c{i}", [None] * frame.height, dtype=pl.String) for i in range(first_column)]
    columns += text.get_columns()
    while columns and columns[-1].null_count() == frame.height:
        columns.pop()
    if not columns:
        return pl.DataFrame()
    tidied = pl.DataFrame(columns)
    filled = tidied.select(pl.any_horizontal(pl.all().is_not_null()).alias("any"))["any"].arg_true()
    return tidied.head(int(filled[-1]) + 1) if len(filled) else pl.DataFrame()


def load(found: Found, limits: Limits) -> Iterator[Grid | Problem]:
    """The sheets of a file, one at a time; one that cannot be read is a problem, the others still come."""
    if found.format == "csv":
        yield _load_text(found, limits)
        return
    try:
        if found.format == "xlsx":
            yield from _load_xlsx(found, limits)
        else:
            yield from _load_other(found, limits)
    except zipfile.BadZipFile:
        yield problem(found.name, "truncated")
    except BaseException as error:
        if not _is_reader_error(error):
            raise
        text = str(error).lower()
        yield problem(found.name, "password" if "password" in text or "encrypt" in text else "unreadable")


def _is_reader_error(error: BaseException) -> bool:
    """Whether the error is about the file. A panic of the Rust reader is a BaseException of its own."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _open(found: Found) -> fastexcel.ExcelReader:
    suffix = found.path.suffix.lower().lstrip(".")
    known = {"xlsx": ("xlsx", "xlsm"), "xls": ("xls",), "xlsb": ("xlsb",), "ods": ("ods",)}[found.format]
    # By its bytes where the name would lead the reader astray.
    return fastexcel.read_excel(str(found.path) if suffix in known else found.path.read_bytes())


def _load_xlsx(found: Found, limits: Limits) -> Iterator[Grid | Problem]:
    with zipfile.ZipFile(found.path) as archive, ThreadPoolExecutor(1) as beside:
        parts = package.sheet_parts(archive)
        present = set(archive.namelist())
        # Opening reads the texts that all sheets share, outside Python: the extents are found meanwhile.
        extents = beside.submit(
            lambda: {
                part: package.extent(archive, part, hidden)
                for part, hidden in parts.values()
                if _is_sheet(part, present)
            }
        )
        reader = _open(found)
        for name in reader.sheet_names:
            part, hidden = parts.get(name, ("", False))
            if not _is_sheet(part, present):
                continue  # a chart or macro sheet holds no cells
            facts = extents.result()[part]
            if facts.last_row >= 0:
                width = facts.last_column + 1 if facts.last_column >= 0 else 703
                if (facts.last_row + 1) * width > limits.cells:
                    width = package.last_columns(archive, part) + 1
                if (facts.last_row + 1) * width > limits.cells:
                    yield problem(found.name, "too_many_cells", name)
                    continue
            # Both run outside Python for the most part, so a second core takes one of them.
            inspecting = beside.submit(package.inspect, found.path, facts)
            batch = reader.load_sheet_eager(name, header_row=None, dtypes="string", skip_rows=0)
            frame = pl.DataFrame(pl.from_arrow(batch))
            facts = inspecting.result()
            grid = Grid(name, tidy(frame, facts.first_column), hidden, facts.merges)
            for row, column in facts.long_numbers:
                grid.long_numbers.setdefault(column, set()).add(row)
            if facts.empty_formulas:
                grid.notes.append(
                    Note(
                        "formula_without_value",
                        N_("公式没有存储结果，按空白读；请用Excel或WPS打开后保存一次再读"),
                        {"cells": facts.empty_formulas},
                    )
                )
            if facts.errors:
                text = N_("公式结果是错误（如#REF!），按空白读")
                grid.notes.append(Note("formula_error", text, {"cells": facts.errors}))
            yield _bounded(grid, limits)


def _is_sheet(part: str, present: set[str]) -> bool:
    return part in present and part.startswith("xl/worksheets/")


def _load_other(found: Found, limits: Limits) -> Iterator[Grid | Problem]:
    if found.format == "ods" and (code := _ods_trap(found, limits)):
        yield problem(found.name, code)
        return
    reader = _open(found)
    named_right = found.path.suffix.lower() == f".{found.format}"
    book = python_calamine.load_workbook(
        str(found.path) if named_right else io.BytesIO(found.path.read_bytes())
    )
    kinds = {meta.name: meta for meta in book.sheets_metadata}
    for name in reader.sheet_names:
        meta = kinds[name]
        if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = meta.visible is not python_calamine.SheetVisibleEnum.Visible
        batch = reader.load_sheet_eager(name, header_row=None, dtypes="string", skip_rows=0)
        sheet = book.get_sheet_by_name(name)
        first_column = sheet.start[1] if sheet.start else 0
        frame = tidy(pl.DataFrame(pl.from_arrow(batch)), first_column)
        merges = [(r1, c1, r2, c2) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or []]
        grid = Grid(name, frame, hidden, merges, _long_numbers(frame, sheet))
        yield _bounded(grid, limits)


def _long_numbers(frame: pl.DataFrame, sheet: python_calamine.CalamineSheet) -> dict[int, set[int]]:
    """The cells whose long digits were stored as a number; types are asked only where needed."""
    suspects = [
        i for i, s in enumerate(frame.get_columns()) if s.str.contains(r"^[0-9]{16,}(?:\.0*)?$").any()
    ]
    found: dict[int, set[int]] = defaultdict(set)
    if suspects:
        for row, cells in enumerate(sheet.to_python(skip_empty_area=False)):
            for column in suspects:
                value = cells[column] if column < len(cells) else None
                if isinstance(value, (int, float)) and abs(value) >= 1e15:
                    found[column].add(row)
    return dict(found)


def _ods_trap(found: Found, limits: Limits) -> str:
    """Whether repeat counts on cells with a value blow up a small .ods file."""
    cells = 0
    with zipfile.ZipFile(found.path) as archive, archive.open("content.xml") as stream:
        rest = b""
        while data := stream.read(1 << 20):
            piece = rest + data
            for tag in re.findall(rb"<table:table-cell\b[^>]*>", piece):
                if b"office:value" in tag and (times := re.search(rb'columns-repeated="(\d{1,9})"', tag)):
                    cells += int(times[1])
            for times in re.findall(
                rb'<table:table-row\b[^>]*rows-repeated="(\d{4,9})"[^>]*>\s*<table:table-cell[^>]*office:value',
                piece,
            ):
                cells += int(times) * 16
            rest = piece[-4096:]
            if cells > limits.cells:
                return "too_many_cells"
    return ""


def _bounded(grid: Grid, limits: Limits) -> Grid:
    """No more columns than anybody fills in; empty ones are dropped from the right first."""
    if grid.width > limits.columns:
        grid.notes.append(Note("too_wide", N_("列数太多，只读了前面的列"), {"columns": grid.width}))
        grid.frame = tidy(grid.frame.select(grid.frame.columns[: limits.columns]))
    return grid


def _load_text(found: Found, limits: Limits) -> Grid | Problem:
    try:
        text = read_text(found.path, limits.columns)
    except UnicodeError:
        return problem(found.name, "encoding")
    notes = []
    if text.cut:
        notes.append(Note("too_wide", N_("列数太多，只读了前面的列"), {"columns": limits.columns}))
    # Programs write ="0123" to keep a spreadsheet from taking a code for a number.
    frame = text.frame.with_columns(pl.all().str.replace(r'^\s*="(.*)"\s*$', "${1}"))
    return Grid(found.path.stem, tidy(frame), encoding=text.encoding, notes=notes)
