"""Write a sheet as an office keeps it, read it, and look at the rows: how ledgers are tested."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from shouwang.ledger.reading import SheetReading, read_folder


def read_sheet(
    folder: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[Any]], sheet: str = "Sheet1"
) -> tuple[SheetReading, list[dict[str, Any]]]:
    """The account of a sheet with this title, header and rows, and the records read from it."""
    folder.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(folder / "book.xlsx"))
    page = book.add_worksheet(sheet)
    lines = [[title], list(header), *rows]
    for r, line in enumerate(lines):
        for c, cell in enumerate(line):
            page.write(r, c, cell)
    book.close()
    tables: list[pl.DataFrame] = []
    reading = read_folder(
        folder,
        out_snapshot=lambda spec, file, name, table, _: tables.append(pl.DataFrame(pl.from_arrow(table))),
    )
    ((_, account),) = reading.sheets
    return account, [row for table in tables for row in table.to_dicts()]
