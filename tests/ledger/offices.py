"""Small workbooks for tests: a sheet from rows, a folder read back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from shouwang.ledger.reading import Limits, Reading, SheetReading, read_folder

# Valid numbers of a region that no place has.
IDS = (
    "999901197803270077",
    "999901198110244487",
    "999901200503233156",
    "999901194907077219",
    "999901199302086027",
)
PEOPLE = ("序号", "姓名", "性别", "身份证号", "死亡日期", "死亡原因", "户口注销日期", "备注")


def deaths(count: int = 5) -> list[list[Any]]:
    """Rows of a list of the dead in the columns ``PEOPLE``."""
    return [
        [
            i + 1,
            f"王{'芳娜敏静丽'[i % 5]}",
            "女",
            IDS[i % 5],
            f"2023-0{i % 9 + 1}-11",
            "疾病",
            f"2023-0{i % 9 + 1}-20",
            None,
        ]
        for i in range(count)
    ]


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], **options: Any) -> Path:
    """Write sheets of plain rows; dates become date cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_numbers": False, **options}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, item in enumerate(row):
                if isinstance(item, date):
                    page.write_datetime(r, c, item, day)
                elif isinstance(item, str):
                    page.write_string(r, c, item)
                elif item is not None:
                    page.write(r, c, item)
    book.close()
    return path


def death_book(path: Path, rows: Sequence[Sequence[Any]] | None = None, sheet: str = "死亡人员") -> Path:
    """A workbook with a list of the dead."""
    return workbook(
        path, {sheet: [["望河街道云溪社区死亡人员名单"], PEOPLE, *(deaths() if rows is None else rows)]}
    )


def read(
    folder: Path, mapping: Path | None = None, limits: Limits | None = None
) -> tuple[Reading, dict[str, pl.DataFrame]]:
    """The account of a folder and the records by "file/sheet"."""
    tables: dict[str, pl.DataFrame] = {}
    reading = read_folder(
        folder,
        out_snapshot=lambda spec, f, s, t, _: tables.update({f"{f}/{s}": pl.DataFrame(pl.from_arrow(t))}),
        mapping=mapping,
        limits=limits,
    )
    return reading, tables


def only(reading: Reading) -> SheetReading:
    """The one sheet that was read."""
    ((_, sheet),) = reading.sheets
    return sheet


def codes(reading: Reading) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in reading.problems]
