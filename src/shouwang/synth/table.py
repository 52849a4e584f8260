"""A ledger of a community while it is being made: columns at once, single rows where cases are planted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from shouwang.ledger.catalogue import ledger

Row = dict[str, Any]

_DECIMALS = {"money": 2, "number": 4, "percent": 4}


def schema(name: str) -> dict[str, Any]:
    """The polars types of a ledger's columns."""
    types: dict[str, Any] = {}
    for column, field in ledger(name).fields.items():
        if field.kind in _DECIMALS:
            types[column] = pl.Decimal(18, _DECIMALS[field.kind])
        elif field.kind in ("date", "month"):
            types[column] = pl.Date()
        elif field.kind == "datetime":
            types[column] = pl.Datetime("us")
        else:
            types[column] = {"int": pl.Int64(), "bool": pl.Boolean()}.get(field.kind, pl.String())
    return types


def frame(name: str, columns: Mapping[str, Any], rows: int) -> pl.DataFrame:
    """Columns of a ledger as a frame; a single value stands for every row."""
    types = schema(name)
    made = {}
    for column, values in columns.items():
        if values is None or isinstance(values, str | int | bool) or not hasattr(values, "__len__"):
            made[column] = pl.repeat(values, rows, dtype=types[column], eager=True)
        else:
            series = values if isinstance(values, pl.Series) else pl.Series(values)
            made[column] = series.cast(types[column]).alias(column)
    return pl.DataFrame(made)


def _series(name: str, cells: list[Any], dtype: Any) -> pl.Series:
    """A column of single cells; whole yuan and figures may be written as whole numbers."""
    if isinstance(dtype, pl.Decimal):
        cells = [Decimal(c) if isinstance(c, int) else c for c in cells]
    return pl.Series(name, cells, dtype)


class Table:
    """The rows of one ledger: a frame, and changes to single rows that are applied at the end."""

    def __init__(self, name: str, base: pl.DataFrame | None = None) -> None:
        self.name = name
        self.base = pl.DataFrame(schema={}) if base is None else base
        self.own: list[Row] = []
        self._changed: dict[int, Row] = {}
        self._dropped: set[int] = set()
        self._after: dict[int, int] = {}

    def __len__(self) -> int:
        return self.base.height + len(self.own) - len(self._dropped)

    def where(self, column: str, value: Any) -> list[int]:
        """The numbers of the rows that hold a value, changes of single rows included."""
        rows = self.base.height
        found = (
            (self.base[column] == value).arg_true().to_list() if column in self.base.columns and rows else []
        )
        changed = self._changed
        found = [i for i in found if changed.get(i, {}).get(column, value) == value]
        found += [i for i, c in changed.items() if i < rows and c.get(column) == value and i not in found]
        found += [rows + k for k, row in enumerate(self.own) if row.get(column) == value]
        return [i for i in found if i not in self._dropped]

    def row(self, number: int) -> Row:
        """The row as it stands."""
        if number >= self.base.height:
            return dict(self.own[number - self.base.height])
        return {**self.base.row(number, named=True), **self._changed.get(number, {})}

    def rows(self, column: str, value: Any) -> list[tuple[int, Row]]:
        """Number and row of each that holds a value."""
        return [(i, self.row(i)) for i in self.where(column, value)]

    def set(self, number: int, **values: Any) -> None:
        """Change cells of one row."""
        if number >= self.base.height:
            self.own[number - self.base.height].update(values)
        else:
            self._changed.setdefault(number, {}).update(values)

    def add(self, row: Row, after: int | None = None) -> int:
        """Add a row, right after another one where the order of the sheet means something."""
        self.own.append(dict(row))
        number = self.base.height + len(self.own) - 1
        if after is not None:
            self._after[number] = after
        return number

    def drop(self, number: int) -> None:
        """Take a row out."""
        self._dropped.add(number)

    def done(self) -> pl.DataFrame:
        """The frame with all changes, rows in order."""
        if not self.own and not self._changed and not self._dropped:
            return self.base
        types = schema(self.name)
        rows = self.base.height
        single = {i: self.row(i) for i in self._changed if i not in self._dropped}
        single |= {rows + k: row for k, row in enumerate(self.own) if rows + k not in self._dropped}
        columns = dict.fromkeys([*self.base.columns, *(c for row in single.values() for c in row)])
        for column in columns:
            if column not in types:
                raise KeyError(f"{self.name} has no column {column}")
        ranks = [self._rank(i) for i in single]
        made = pl.DataFrame(
            {
                **{c: _series(c, [row.get(c) for row in single.values()], types[c]) for c in columns},
                "_rank": pl.Series(ranks, dtype=pl.Float64),
            }
        )
        kept = self.base.with_row_index("_rank").with_columns(pl.col("_rank").cast(pl.Float64))
        gone = pl.Series([float(i) for i in {*self._changed, *self._dropped} if i < rows], dtype=pl.Float64)
        kept = kept.filter(~pl.col("_rank").is_in(gone.implode()))
        missing = [pl.lit(None, types[c]).alias(c) for c in columns if c not in kept.columns]
        kept = kept.with_columns(missing).select([*columns, "_rank"])
        return pl.concat([kept, made]).sort("_rank", maintain_order=True).drop("_rank")

    def _rank(self, number: int) -> float:
        after = self._after.get(number)
        return float(number) if after is None else self._rank(after) + 0.001


def texts(pattern: Callable[[int], str], numbers: Sequence[int]) -> pl.Series:
    """A short column of text made from numbers."""
    return pl.Series([pattern(n) for n in numbers], dtype=pl.String)
