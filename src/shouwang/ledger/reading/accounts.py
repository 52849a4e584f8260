"""The account of a reading: what became of every file, sheet, row and column.

Everything here is plain data, so that it can be printed, written as ``reading.json`` and compared. A row of a
sheet is *loaded*, *skipped* with a reason or *rejected* with a reason; ``SheetReading.settle`` refuses an
account that does not come out even.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import polars as pl

from shouwang.ledger.fields import MASKS
from shouwang.standards.reading import N_, Message, table

FORMAT: Final = "shouwang-reading/1"

Status = Literal["loaded", "ignored", "unrecognised", "unreadable"]

SKIPPED: Final = table(
    Message("title", N_("标题或填表说明行")),
    Message("header", N_("表头")),
    Message("header_repeat", N_("重复的表头")),
    Message("blank", N_("空行")),
    Message("numbered_only", N_("只有序号的空行")),
    Message("total", N_("小计或合计")),
    Message("group_heading", N_("分组标题")),
    Message("footer", N_("表尾（制表、审核、说明等）")),
    Message("other_table", N_("同一张表里的另一块表格")),
    Message("no_value", N_("没有填任何月份")),
    Message("sheet_ignored", N_("整张表不是台账")),
    Message("sheet_unrecognised", N_("整张表没有认出")),
    Message("sheet_unreadable", N_("整张表读取时出错")),
)
"""Why rows are skipped."""


class AccountError(AssertionError):
    """The rows of a sheet do not add up; always a defect of the reader, never of the workbook."""


@dataclass(frozen=True)
class Note:
    """Something worth knowing about a sheet or file that was read all the same."""

    code: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The note as plain data."""
        return {"code": self.code, "text": self.text} | ({"values": dict(self.values)} if self.values else {})


@dataclass(frozen=True)
class Problem:
    """A file or sheet that could not be read, with what to do about it."""

    file: str
    sheet: str
    code: str
    text: str
    advice: str = ""

    def as_json(self) -> dict[str, Any]:
        """The problem as plain data."""
        return dict(vars(self))


@dataclass(frozen=True)
class Rejected:
    """One cell for which a row was refused. A row with two such cells has two of these."""

    file: str
    sheet: str
    row: int
    column: str
    header: str
    field: str
    value: str
    code: str
    reason: str
    advice: str
    mask: str = ""

    def as_json(self, value: str) -> dict[str, Any]:
        """The refusal as plain data with ``value`` in place of the cell's text."""
        return {k: v for k, v in vars(self).items() if k != "mask"} | {"value": value}


@dataclass
class ColumnReading:
    """A column of a sheet, what it was taken for, and control totals over the loaded rows.

    ``count`` are the filled cells, ``distinct`` their different values, ``total`` the sum of money and whole
    numbers, ``least`` and ``greatest`` the range of dates. ``factor`` is the yuan value of the unit.
    """

    letter: str
    header: str
    field: str | None = None
    kind: str = ""
    factor: int = 1
    fill_down: str = ""
    how: str = ""
    month: str = ""
    count: int = 0
    distinct: int = 0
    total: str | None = None
    least: str | None = None
    greatest: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The column as plain data without what is empty."""
        kept = {k: v for k, v in vars(self).items() if v not in (None, "", 1) or k == "field"}
        return kept if self.field else {k: kept[k] for k in ("letter", "header", "field", "how") if k in kept}


@dataclass
class SheetReading:
    """What became of one sheet. ``rows`` is the number of the last row that holds anything.

    Of several tables in one sheet each has an account of its own rows; ``table`` numbers them.
    """

    name: str
    hidden: bool = False
    status: Status = "loaded"
    ledger: str = ""
    label: str = ""
    title: str = ""
    header_rows: tuple[int, ...] = ()
    first_data_row: int = 0
    last_data_row: int = 0
    columns: list[ColumnReading] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    loaded: int = 0
    records: int = 0
    skipped: dict[str, list[int]] = field(default_factory=dict)
    rejected: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    why: str = ""
    nearest: str = ""
    missing: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    layout: tuple[tuple[str | None, ...], ...] = ()
    rejected_cells: pl.DataFrame | None = None
    table: int = 1

    @property
    def skipped_rows(self) -> int:
        """How many rows were skipped, for whatever reason."""
        return sum(map(len, self.skipped.values()))

    def settle(self) -> None:
        """Raise ``AccountError`` unless loaded + skipped + rejected are exactly the rows of the sheet."""
        seen = [row for rows in self.skipped.values() for row in rows] + self.rejected
        if self.loaded + len(seen) != self.rows or len(set(seen)) != len(seen):
            raise AccountError(
                f"{self.name}: {self.loaded} + {self.skipped_rows} + {len(self.rejected)} != {self.rows}"
            )

    def give_up(self, status: Status, why: str) -> None:
        """Account all rows of a sheet of which nothing is loaded."""
        self.status, self.why = status, why
        self.loaded = self.records = 0
        self.rejected = []
        self.skipped = {f"sheet_{status}": list(range(1, self.rows + 1))} if self.rows else {}

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain data; row numbers as ranges, because there may be a million of them."""
        body: dict[str, Any] = {
            "name": self.name,
            "status": self.status,
            "ledger": self.ledger,
            "label": self.label,
            "title": self.title,
            "rows": self.rows,
            "loaded": self.loaded,
            "skipped": {k: ranges(v) for k, v in sorted(self.skipped.items())},
            "rejected": ranges(self.rejected),
            "records": self.records,
        }
        if self.header_rows:
            body |= {
                "header_rows": list(self.header_rows),
                "first_data_row": self.first_data_row,
                "last_data_row": self.last_data_row,
            }
        optional = {
            "hidden": self.hidden,
            "table": self.table if self.table > 1 else None,
            "columns": [c.as_json() for c in self.columns],
            "context": self.context,
            "notes": [n.as_json() for n in self.notes],
            "why": self.why,
            "nearest": self.nearest,
            "missing": list(self.missing),
        }
        return body | {k: v for k, v in optional.items() if v}


@dataclass
class FileReading:
    """What became of one file; ``path`` is relative to the folder, with forward slashes."""

    path: str
    format: str = ""
    sha256: str = ""
    encoding: str = ""
    sheets: list[SheetReading] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The file as plain data."""
        body: dict[str, Any] = {"path": self.path, "format": self.format, "sha256": self.sha256}
        if self.encoding:
            body["encoding"] = self.encoding
        if self.notes:
            body["notes"] = [n.as_json() for n in self.notes]
        return body | {"sheets": [s.as_json() for s in self.sheets]}


@dataclass
class Reading:
    """What became of a folder."""

    files: list[FileReading] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unmask: str = ""

    @property
    def sheets(self) -> list[tuple[FileReading, SheetReading]]:
        """All sheets with their files, in order."""
        return [(file, sheet) for file in self.files for sheet in file.sheets]

    @property
    def rows(self) -> int:
        """The rows of all sheets."""
        return sum(sheet.rows for _, sheet in self.sheets)

    @property
    def loaded(self) -> int:
        """The rows that were loaded."""
        return sum(sheet.loaded for _, sheet in self.sheets)

    @property
    def skipped(self) -> int:
        """The rows that were skipped."""
        return sum(sheet.skipped_rows for _, sheet in self.sheets)

    @property
    def rejected_rows(self) -> int:
        """The rows that were rejected (``rejected`` lists their cells)."""
        return sum(len(sheet.rejected) for _, sheet in self.sheets)

    @property
    def exit_code(self) -> int:
        """0 all read, 1 rows rejected or sheets unrecognised, 2 files unreadable, 3 nothing read."""
        sheets = [sheet for _, sheet in self.sheets]
        if not any(s.status in ("loaded", "ignored") for s in sheets):
            return 3
        if self.problems:
            return 2
        return int(self.rejected_rows > 0 or any(s.status == "unrecognised" for s in sheets))

    def to_json(self) -> str:
        """The account as JSON: the same folder gives the same bytes. Personal values are masked."""
        body = {
            "format": FORMAT,
            "unmask": self.unmask,
            "totals": {
                "files": len(self.files),
                "sheets": len(self.sheets),
                "rows": self.rows,
                "loaded": self.loaded,
                "skipped": self.skipped,
                "rejected": self.rejected_rows,
            },
            "files": [file.as_json() for file in self.files],
            "rejected": [r.as_json(shown(r, bool(self.unmask))) for r in self.rejected],
            "problems": [p.as_json() for p in self.problems],
        }
        return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def ranges(rows: Iterable[int]) -> list[int | list[int]]:
    """Row numbers as a list in which runs are pairs: [4, 5, 6, 9] is [[4, 6], 9]."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return [first if first == last else [first, last] for first, last in runs]


def shown(refused: Rejected, unmask: bool) -> str:
    """A refused value as it may be shown: masked where its field is personal, unless ``unmask``."""
    mask = MASKS.get(refused.mask)
    return refused.value if unmask or mask is None or not refused.value else mask(refused.value)


def letter(index: int) -> str:
    """The letters of a column by its 0-based index: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_index(letters: str) -> int:
    """The 0-based index of a column by its letters."""
    index = 0
    for char in letters.upper():
        index = index * 26 + ord(char) - 64
    return index - 1


def first_line(rows: Sequence[str | None]) -> str:
    """The first filled cell of a row."""
    return next((cell for cell in rows if cell), "")
