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
    group = [i for i, name in fields.items() if name in spec.fill_down]
    order = {name: at for at, name in enumerate(spec.fill_down)}
    group.sort(key=lambda i: order[fields[i]])
    if not group:
        return data, how
    lead = data[f"c{group[0]}"]
    original = frame[f"c{group[0]}"][positions]
    repeats = bool((original == original.shift(1)).fill_null(False).any())
    continued = data.select(pl.all_horizontal(pl.col([f"c{i}" for i in group]).is_null()).alias("blank"))[
        "blank"
    ]
    if repeats or lead.is_null().all() or not continued.any() or continued[0]:
        return data, how
    start = (~continued).cum_sum()
    heads = (~continued).arg_true()
    source = heads.gather((start - 1).cast(pl.UInt32))
    filled = data.with_columns(
        [
            pl.select(pl.when(continued).then(data[f"c{i}"].gather(source)).otherwise(data[f"c{i}"]))
            .to_series()
            .alias(f"c{i}")
            for i in group
        ]
    )
    for index in group:
        how.setdefault(index, "blank")
    return filled, how


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
