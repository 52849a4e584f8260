"""Lays the rows of a ledger out as a sheet: titles, header rows, cells, totals, footer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from shouwang.ledger.base import SheetSpec
from shouwang.synth.office.style import Cell, Spelling, Style
from shouwang.synth.table import Row


@dataclass
class Sheet:
    """Cells of one sheet, merges (first row, first column, last row, last column), 0-based."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    refused: list[tuple[int, str, str, Cell, str]] = field(default_factory=list)
    """Rows that an honest reader refuses: number (1-based), field, header, cell and reason."""


@dataclass
class Layout:
    """The columns of a ledger in one office: the same on every sheet of it."""

    spec: SheetSpec
    style: Style
    columns: list[str]
    headers: dict[str, tuple[str, str]]
    spellings: dict[str, Spelling]
    title: str

    @classmethod
    def draw(cls, spec: SheetSpec, style: Style, columns: list[str]) -> Layout:
        """Draw headers and spellings; ``columns`` in the order of the declaration."""
        taken: set[str] = set()
        headers: dict[str, tuple[str, str]] = {}
        for column in columns:
            own = spec.fields[column]
            path = next((n for n in (own.label, *own.aliases) if n.count("/") == 1), "")
            if path and style.two_row_headers:
                above, _, below = path.partition("/")
                headers[column] = (above, below)
                continue
            header = style.header(spec, column, taken)
            taken.add(header)
            headers[column] = ("", style.decorated(header, own))
        if sum(bool(above) for above, _ in headers.values()) == 1:
            alone = next(c for c, (above, _) in headers.items() if above)
            headers[alone] = ("", style.header(spec, alone, taken))
        spellings = {c: Spelling.draw(style, spec.fields[c]) for c in columns}
        names = [spec.title, *(a for a in spec.aliases if len(a) >= 4)]
        title = names[0] if style.rng.random() < 0.6 else style.rng.choice(names)
        return cls(spec, style, columns, headers, spellings, title)

    def sheet(
        self,
        name: str,
        rows: list[Row],
        heading: str,
        by: str,
        *,
        months: list[str] | None = None,
        broken: dict[int, tuple[str, Cell, str]] | None = None,
    ) -> Sheet:
        """One sheet with these rows.

        ``months`` are further columns, whose cells a row holds under their names. ``broken`` says
        by row which column holds a cell that must be refused, the cell, and why.
        """
        style, made = self.style, Sheet(name)
        shown = [*self.columns, *(months or [])]
        first = 1 if style.serials else 0
        width = first + len(shown)
        made.rows.append([heading])
        made.merges.append((0, 0, 0, width - 1))
        if style.titles > 1:
            made.rows.append([f"填报单位：{by}"])
        self._header(made, shown, first)
        groups = self.spec.fill_down and not style.filled and self.spec.fill_down[0] in self.columns
        before: Row = {}
        start = len(made.rows)
        for number, row in enumerate(rows):
            cells: list[Cell] = [number + 1] if style.serials else []
            inside = bool(groups) and row.get(self.spec.fill_down[0]) == before.get(self.spec.fill_down[0])
            for column in shown:
                if broken and number in broken and broken[number][0] == column:
                    cells.append(broken[number][1])
                elif column not in self.spellings:
                    cells.append(row.get(column))
                elif inside and column in self.spec.fill_down and row.get(column) == before.get(column):
                    cells.append(None)
                else:
                    cells.append(self.spellings[column].cell(row.get(column)))
            made.rows.append(cells)
            if broken and number in broken:
                column, cell, reason = broken[number]
                above, below = self.headers[column]
                made.refused.append((len(made.rows), column, above + below, cell, reason))
            before = row
        if groups and style.merged:
            self._merge_groups(made, rows, start, first)
        if style.totals and rows and not groups and len(rows) > 3:
            self._total(made, rows, shown, first)
        if style.footers:
            made.rows.append([])
            made.rows.append([f"填表人：{by[:1]}某", None, None, "审核人："])
        return made

    def _header(self, made: Sheet, shown: list[str], first: int) -> None:
        pairs = [self.headers.get(c, ("", c)) for c in shown]
        two = any(above for above, _ in pairs)
        top = len(made.rows)
        upper: list[Cell] = ["序号"] if first else []
        lower: list[Cell] = [None] if first else []
        for above, below in pairs:
            upper.append(above or below)
            lower.append(below if above else None)
        if not two:
            made.rows.append(upper)
            return
        made.rows += [upper, lower]
        at = 0
        cells = ([("", "")] if first else []) + pairs
        while at < len(cells):
            above = cells[at][0]
            end = at
            if above:
                while end + 1 < len(cells) and cells[end + 1][0] == above:
                    end += 1
                for column in range(at + 1, end + 1):
                    made.rows[top][column] = None
                if end > at:
                    made.merges.append((top, at, top, end))
            else:
                made.merges.append((top, at, top + 1, at))
            at = end + 1

    def _merge_groups(self, made: Sheet, rows: list[Row], start: int, first: int) -> None:
        key = self.spec.fill_down[0]
        at = 0
        while at < len(rows):
            end = at
            while end + 1 < len(rows) and rows[end + 1].get(key) == rows[at].get(key):
                end += 1
            for k, column in enumerate(self.columns):
                same = all(rows[i].get(column) == rows[at].get(column) for i in range(at, end + 1))
                if end > at and column in self.spec.fill_down and same and rows[at].get(column) is not None:
                    made.merges.append((start + at, first + k, start + end, first + k))
            at = end + 1

    def _total(self, made: Sheet, rows: list[Row], shown: list[str], first: int) -> None:
        sums: dict[int, Any] = {}
        for k, column in enumerate(shown):
            own = self.spec.fields.get(column)
            if own is not None and own.kind == "money":
                values = [r[column] for r in rows if r.get(column) is not None]
                sums[first + k] = float(sum(values)) if values else None
        if sums and min(sums) > 0:
            cells: list[Cell] = [None] * (first + len(shown))
            cells[0] = "合计"
            for at, value in sums.items():
                cells[at] = value
            made.rows.append(cells)


def is_day(cell: Cell) -> bool:
    """Whether the cell is a date or a moment."""
    return isinstance(cell, dt.date)
