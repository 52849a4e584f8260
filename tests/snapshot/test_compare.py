"""What changed between two versions of a part, found by their bytes."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.snapshot.compare import all_changed, changed_rows

ROWS = st.lists(
    st.tuples(st.sampled_from(["A", "B", None]), st.sampled_from([1, 2, None])), min_size=1, max_size=9
)


def part(path: Path, rows: list[tuple[str | None, int | None]], first: int = 1, group: int = 4) -> Path:
    columns = {
        "key": pa.array([key for key, _ in rows], pa.string()),
        "value": pa.array([value for _, value in rows], pa.int64()),
        "_ref": pa.array(range(first, first + len(rows)), pa.int64()),
    }
    pq.write_table(pa.table(columns), path, row_group_size=group, compression="zstd")
    return path


@given(before=ROWS, after=ROWS)
def test_the_changed_rows_are_those_that_differ(
    before: list[tuple[str | None, int | None]],
    after: list[tuple[str | None, int | None]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    found = changed_rows(part(folder / "a", before), part(folder / "b", after), ["key"])
    if len(before) != len(after):
        assert found is None
        return
    assert found is not None
    differ = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    told = set(found.column("key").to_pylist())
    assert told == {key for old, new in differ for key in (old[0], new[0])}
    assert len(differ) <= found.num_rows <= 2 * len(differ)


def test_rows_in_other_places_are_not_compared(tmp_path: Path) -> None:
    rows: list[tuple[str | None, int | None]] = [("A", 1), ("B", 2)]
    old, moved = part(tmp_path / "a", rows), part(tmp_path / "b", rows, first=2)
    assert changed_rows(old, moved, ["key"]) is None
    assert [t.num_rows for t in all_changed([(old, old)], ["key", "value"], 2) if t is not None] == [0]


def test_other_columns_are_not_compared(tmp_path: Path) -> None:
    old = part(tmp_path / "a", [("A", 1)])
    pq.write_table(pq.read_table(old).rename_columns(["key", "other", "_ref"]), tmp_path / "b")
    assert changed_rows(old, tmp_path / "b", ["key"]) is None
