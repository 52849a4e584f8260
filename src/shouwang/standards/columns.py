"""Helpers for column forms: work once per distinct value instead of once per row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

Cells = pl.Series | Sequence[object]
"""A column: a polars Series, or cells of mixed types as a workbook reader yields them."""


def map_text(series: pl.Series, dirty: str, clean: Callable[[str], str | None]) -> pl.Series:
    """Apply ``clean`` to the distinct values that match the regular expression ``dirty``.

    ``dirty`` must match every text that ``clean`` would change (Rust regex syntax). Rows that do not
    match are not touched, so a clean column costs one regex pass. Null stays null.
    """
    affected = series.filter(series.str.contains(dirty)).unique().drop_nulls()
    if affected.is_empty():
        return series
    changed = pl.Series("new", [clean(text) for text in affected.to_list()], dtype=pl.String)
    return series.replace(affected, changed)


def map_records(
    cells: Cells,
    parse: Callable[[Any], Sequence[object]],
    schema: Mapping[str, Any],
) -> pl.DataFrame:
    """Call ``parse`` once per distinct cell and return its records as columns, a row for each cell.

    ``parse`` returns one tuple in the order of ``schema``. Cells that are equal but of different types
    (1, 1.0 and True) are kept apart, because their type decides how they are read.
    """
    if isinstance(cells, pl.Series) and cells.dtype != pl.Object:
        distinct = cells.unique()
        records = [tuple(parse(value)) for value in distinct.to_list()]
        found = pl.DataFrame(records, schema=dict(schema), orient="row", strict=True)
        if found.is_empty():
            return found
        keyed = found.with_columns(distinct.alias("__key"))
        rows = pl.DataFrame({"__key": cells})
        joined = rows.join(keyed, on="__key", how="left", nulls_equal=True, maintain_order="left")
        return joined.drop("__key")
    values = cells.to_list() if isinstance(cells, pl.Series) else list(cells)
    index: dict[tuple[type, object], int] = {}
    records = []
    positions = []
    for value in values:
        key = (type(value), value)
        at = index.get(key)
        if at is None:
            at = index[key] = len(records)
            records.append(tuple(parse(value)))
        positions.append(at)
    found = pl.DataFrame(records, schema=dict(schema), orient="row", strict=True)
    return found[positions] if positions else found
