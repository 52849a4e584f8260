"""Work once per distinct value, and keep the order of the rows."""

from datetime import date

import polars as pl

from shouwang.standards.columns import map_records, map_text


def test_map_text_touches_only_what_is_dirty() -> None:
    seen: list[str] = []

    def clean(value: str) -> str:
        seen.append(value)
        return value.strip()

    column = pl.Series(["a", " b", None, " b", "c"])
    assert map_text(column, "^ ", clean).to_list() == ["a", "b", None, "b", "c"]
    assert seen == [" b"]


def test_map_records_parses_a_distinct_cell_once_and_keeps_types_apart() -> None:
    seen: list[object] = []

    def parse(value: object) -> tuple[str]:
        seen.append(value)
        return (type(value).__name__,)

    cells = [1, 1.0, True, "1", None, 1, date(2023, 1, 1)]
    found = map_records(cells, parse, {"kind": pl.String})["kind"].to_list()
    assert found == ["int", "float", "bool", "str", "NoneType", "int", "date"]
    assert len(seen) == 6


def test_map_records_on_series_keeps_rows_and_nulls() -> None:
    found = map_records(
        pl.Series(["b", None, "a", "b"]), lambda v: (v, v is None), {"v": pl.String, "n": pl.Boolean}
    )
    assert found.rows() == [("b", False), (None, True), ("a", False), ("b", False)]


def test_empty_columns() -> None:
    schema = {"v": pl.String}
    assert map_records([], lambda v: (v,), schema).shape == (0, 1)
    assert map_records(pl.Series([], dtype=pl.String), lambda v: (v,), schema).shape == (0, 1)
