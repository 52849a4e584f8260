"""Several tables in one sheet: where the next one begins, and its rows as a grid of its own.

Clerks go on below: February's payments under January's, the list of the disabled under that of the dead. Read
as one table the second would be taken for the first, with the wrong month or, worse, the wrong meaning. Row
numbers here are 0-based positions in a grid, as in ``rows``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import polars as pl

from shouwang.ledger.reading.accounts import Note
from shouwang.ledger.reading.context import heading_values
from shouwang.ledger.reading.grid import Grid
from shouwang.ledger.reading.layout import Layout, looks_like_value
from shouwang.ledger.reading.mapping import SheetMapping
from shouwang.ledger.reading.records import SheetResult
from shouwang.ledger.reading.vocabulary import SERIAL, Header, Vocabulary, full_key, month_of
from shouwang.standards.reading import N_
from shouwang.standards.text import squeeze

KNOWN: Final = 3
"""So many known words a row must have to be another header."""
TITLE: Final = 2
"""A title line fills at most so many cells: the title, and the unit beside it."""

OTHER: Final = N_("同一张表里还有另一块表格，没有认出是哪本台账，未读；请把它放到单独的工作表里")


def next_table(grid: Grid, layout: Layout, words: Vocabulary) -> int | None:
    """The first row (title lines included) of the next table below the one of ``layout``, None without one.

    A header that merely comes again, at the top of a page or under the name of a group, begins no table.
    """
    frame = grid.frame
    if frame.height < layout.data + 2:
        return None
    filled = frame.select(pl.sum_horizontal(pl.all().is_not_null()).alias("n"))["n"]
    first = [i for i in sorted(layout.headers) if i < grid.width][:3]
    again = pl.Series([False] * frame.height)
    for index in first:
        again = again | (frame[f"c{index}"] == layout.headers[index].leaf).fill_null(False)
    below = pl.int_range(frame.height, eager=True) > layout.data
    alone = (filled.shift(1) <= TITLE).fill_null(False)
    suspects = (below & (filled >= KNOWN) & (alone | again)).arg_true()
    if suspects.is_empty():
        return None
    rows = frame[suspects]
    figures = rows.select(pl.any_horizontal(pl.all().str.contains("[0-9]{3}")).fill_null(False).alias("f"))[
        "f"
    ]
    for row in suspects.filter(~figures).to_list():
        if not _is_header(frame.row(row), words):
            continue
        start = _title_above(frame, filled, row, layout.data)
        titles = [squeeze(cell) for r in range(start, row) for cell in frame.row(r) if cell]
        if _same_header(grid, layout, row):
            of_group = [heading_values(text) and not re.search(r"\d|月", text) for text in titles]
            if all(of_group):
                continue
        return start
    return None


def _is_header(cells: tuple[str | None, ...], words: Vocabulary) -> bool:
    texts = [cell for cell in cells if cell]
    if any(looks_like_value(text) or len(text) > 30 for text in texts):
        return False
    known = sum(
        1 for t in texts if words.knows(Header((t,))) or full_key(t) in SERIAL or month_of(t) is not None
    )
    return known >= max(KNOWN, 0.6 * len(texts))


def _title_above(frame: pl.DataFrame, filled: pl.Series, row: int, data: int) -> int:
    """Where the title lines directly above a header begin."""
    start = row
    while start - 1 > data and 0 < filled[start - 1] <= TITLE:
        start -= 1
    return start


def _same_header(grid: Grid, layout: Layout, row: int) -> bool:
    def words(at: int) -> list[tuple[int, str]]:
        return [(i, squeeze(c)) for i, c in enumerate(grid.frame.row(at)) if c and squeeze(c)]

    deep = range(layout.depth)
    return row + layout.depth <= grid.height and all(words(layout.first + d) == words(row + d) for d in deep)


def part(grid: Grid, first: int, end: int, lines: tuple[str, ...] = ()) -> Grid:
    """The rows from ``first`` to before ``end`` as a grid; ``lines`` stood above the table before."""
    merges = [
        (top - first, left, min(bottom, end - 1) - first, right)
        for top, left, bottom, right in grid.merges
        if first <= top < end
    ]
    long_numbers = {
        column: kept
        for column, rows in grid.long_numbers.items()
        if (kept := {row - first for row in rows if first <= row < end})
    }
    return replace(
        grid,
        frame=grid.frame.slice(first, end - first),
        merges=merges,
        long_numbers=long_numbers,
        notes=list(grid.notes) if first == 0 else [],
        lines_before=(*lines, *grid.lines_before),
    )


def said_below(said: SheetMapping | None, by: int) -> SheetMapping | None:
    """What a mapping file says about a table, its header rows counted from the table's own first row."""
    return replace(said, header=tuple(row - by for row in said.header)) if said else None


def move_down(result: SheetResult, by: int, number: int) -> None:
    """Count the rows of a table that begins ``by`` rows down as the sheet counts them."""
    reading = result.reading
    reading.table = number
    reading.header_rows = tuple(row + by for row in reading.header_rows)
    if reading.first_data_row:
        reading.first_data_row += by
        reading.last_data_row += by
    reading.skipped = {why: [row + by for row in rows] for why, rows in reading.skipped.items()}
    reading.rejected = [row + by for row in reading.rejected]
    result.rejected = [replace(one, row=one.row + by) for one in result.rejected]
    moved = (pl.col("_row") + by).alias("_row")
    if reading.rejected_cells is not None:
        reading.rejected_cells = reading.rejected_cells.with_columns(moved)
    if result.records is not None:
        result.records = result.records.with_columns(moved)


def leave_out(before: SheetResult, other: SheetResult) -> None:
    """Account for a block that is no ledger with the table above it, and say so."""
    reading, block = before.reading, other.reading
    rows = [row for found in block.skipped.values() for row in found]
    reading.rows += block.rows
    reading.skipped["other_table"] = sorted([*reading.skipped.get("other_table", []), *rows])
    if block.status == "unrecognised":
        reading.notes.append(Note("other_table", OTHER, {"rows": [min(rows), max(rows)]}))
    reading.settle()


def as_one(results: list[SheetResult]) -> SheetResult:
    """The records of the tables of a sheet that are one ledger, with the columns that all of them have."""
    first, *others = results
    if not others or first.records is None:
        return first
    frames = [r.records for r in results if r.records is not None and r.records.height]
    fields = [f for f in first.fields if all(f in other.fields for other in others)]
    return replace(
        first, records=pl.concat(frames, how="diagonal") if frames else first.records, fields=fields
    )


def carry_on(before: SheetResult, below: SheetResult) -> None:
    """A community or employer that only the first title names holds for the tables of the ledger below it."""
    if before.spec is not below.spec or before.records is None or below.records is None:
        return
    if before.records.is_empty():
        return
    for name, said in before.reading.context.items():
        column = below.spec.fields[name] if below.spec else None
        if column is None or name in below.fields or column.stands_in not in ("division", "organisation"):
            continue
        value = before.records[name][0]
        below.records = below.records.with_columns(pl.lit(value, before.records.schema[name]).alias(name))
        below.fields.append(name)
        below.reading.context[name] = said
