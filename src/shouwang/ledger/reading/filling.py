"""Values that stand only in the first row of a group: merged cells, or cells left blank below the first."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.reading.grid import Grid

_QUANTITIES = ("money", "number", "percent", "int")


def fill(
    grid: Grid, positions: pl.Series, spec: SheetSpec, fields: Mapping[int, str]
) -> tuple[pl.DataFrame, dict[int, str]]:
    """The data rows with group values carried down, and how each column was filled.

    A merged cell stands for all its rows, except an amount in a column where the ledger expects one for each
    row: that would be counted several times over. A blank cell is filled only in the columns the ledger names
    in ``fill_down``, only in rows where all of them are blank, and only when the sheet is kept that way, that
    is when no group repeats its own value.
    """
    frame = grid.frame
    how: dict[int, str] = {}
    merged = _merged(grid, spec, fields)
    columns = frame.get_columns()
    for index, cells in merged.items():
        rows = pl.Series(list(cells), dtype=pl.UInt32)
        columns[index] = columns[index].scatter(rows, list(cells.values()))
        how[index] = "merged"
    data = pl.DataFrame(columns)[positions]
    for index, name in fields.items():
        if name not in spec.fill_down and spec.fields[name].stands_in and index not in how:
            series = data[f"c{index}"]
            if _stands_once(series):
                data = data.with_columns(series.fill_null(strategy="forward"))
                how[index] = "blank"
    group = _group(frame[positions], data, spec, fields)
    if not group:
        return data, how
    continued = data.select(pl.all_horizontal(pl.col([f"c{i}" for i in group]).is_null()).alias("all"))["all"]
    heads = (~continued).arg_true()
    source = heads.gather(((~continued).cum_sum() - 1).cast(pl.UInt32))
    carried = [data[f"c{i}"].gather(source).alias(f"c{i}") for i in group]
    filled = data.with_columns(carried)
    for index in group:
        how.setdefault(index, "blank")
    return filled, how


def _group(
    original: pl.DataFrame, data: pl.DataFrame, spec: SheetSpec, fields: Mapping[int, str]
) -> list[int]:
    """The columns that are blank below the first row of a group, [] when the sheet is not kept that way.

    The first column that the ledger fills down leads: where it is blank, the group goes on. A column that is
    filled in most of those rows all the same (everybody's own telephone) belongs to the row.
    """
    order = {name: at for at, name in enumerate(spec.fill_down)}
    named = sorted((i for i, name in fields.items() if name in order), key=lambda i: order[fields[i]])
    if not named:
        return []
    first, lead = original[f"c{named[0]}"], data[f"c{named[0]}"]
    below = lead.is_null()
    repeats = bool((first == first.shift(1)).fill_null(False).any())
    if repeats or lead[0] is None or not below.any():
        return []
    return [i for i in named if data[f"c{i}"].filter(below).null_count() >= 0.5 * int(below.sum())]


def _stands_once(cells: pl.Series) -> bool:
    """Whether a community, employer or month stands only in the first row of its group.

    The first row has one, at least a third have none, and no value follows itself.
    """
    if cells.is_empty() or cells[0] is None or cells.null_count() * 3 < len(cells):
        return False
    filled = cells.drop_nulls()
    return not bool((filled == filled.shift(1)).fill_null(False).any())


def _merged(grid: Grid, spec: SheetSpec, fields: Mapping[int, str]) -> dict[int, dict[int, str]]:
    """The cells under merged ones by column and row, with the value they share."""
    wanted = {
        index
        for index, name in fields.items()
        if name in spec.fill_down or spec.fields[name].kind not in _QUANTITIES
    }
    found: dict[int, dict[int, str]] = {}
    height = grid.frame.height
    for top, left, bottom, _right in grid.merges:
        if bottom > top and left in wanted and top < height:
            value = grid.frame[f"c{left}"][top]
            if value is not None:
                cells = found.setdefault(left, {})
                cells.update(dict.fromkeys(range(top + 1, min(bottom, height - 1) + 1), value))
    return found
