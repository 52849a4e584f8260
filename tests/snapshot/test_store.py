"""Snapshots: same rows, same bytes; every row can be traced to its sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import asking

from shouwang.snapshot.store import Snapshot

PEOPLE = {"registry.person": [{"person": "A", "name": "张三"}, {"person": "B", "name": "李四"}]}


def test_same_rows_same_hash(tmp_path: Path) -> None:
    one, two = asking.snapshot(PEOPLE, tmp_path / "1"), asking.snapshot(PEOPLE, tmp_path / "2")
    assert one.hash == two.hash
    other = asking.snapshot({"registry.person": PEOPLE["registry.person"][:1]}, tmp_path / "3")
    assert other.hash != one.hash


def test_every_row_is_traced_to_file_sheet_and_row(tmp_path: Path) -> None:
    made = asking.snapshot(PEOPLE, tmp_path)
    refs = made.read(made.parts[0]).column("_ref").to_pylist()
    assert [(r.file, r.sheet, r.row) for r in map(made.locate, refs)] == [
        ("registry.person.xlsx", "Sheet1", 1),
        ("registry.person.xlsx", "Sheet1", 2),
    ]


@given(names=st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), unique=True, max_size=40))
def test_sources_keep_their_number_when_others_come_or_go(names: list[tuple[str, str]]) -> None:
    together = Snapshot(Path("unused"))
    numbers = {n: together.add_source(*n).id for n in names}
    assert len(set(numbers.values())) == len(names)
    for name in names:
        assert Snapshot(Path("unused")).add_source(*name).id == numbers[name]


def test_a_saved_snapshot_loads_as_it_was(tmp_path: Path) -> None:
    made = asking.snapshot(PEOPLE, tmp_path)
    assert Snapshot.load(tmp_path) == made
    (tmp_path / "manifest.json").write_text('{"format": "other"}', encoding="utf-8")
    with pytest.raises(ValueError, match="snapshot"):
        Snapshot.load(tmp_path)


def test_missing_columns_are_empty_and_wrong_types_are_refused(tmp_path: Path) -> None:
    made = Snapshot(tmp_path)
    rows = pa.table({"person": ["A"], "_row": [7]})
    part = made.take("registry.person", "a.xlsx", "1", rows, ["person", "_row"])
    assert part.fields == ("person",)
    (row,) = made.read(part).to_pylist()
    assert row["person"] == "A" and row["name"] is None
    with pytest.raises(pa.ArrowInvalid):
        made.take("registry.person", "a.xlsx", "2", pa.table({"birth_date": ["?"], "_row": [1]}), [])


def test_rewriting_a_part_changes_its_hash_alone(tmp_path: Path) -> None:
    made = asking.snapshot(PEOPLE, tmp_path)
    before = made.parts[0]
    rows = made.read(before)
    after = made.rewrite(before, rows.slice(0, 1))
    assert (after.path, after.rows) == (before.path, 1) and after.sha256 != before.sha256
    assert made.parts == [after]


def test_the_span_of_a_column_is_over_all_sheets_that_have_what_is_needed(tmp_path: Path) -> None:
    made = Snapshot(tmp_path)
    days = {"a.xlsx": ["2023-02-01", "2023-03-01"], "b.xlsx": ["2023-01-05", None], "c.xlsx": [None, None]}
    for file, written in days.items():
        rows = pa.table(
            {
                "person": ["A", "B"],
                "died_on": pa.array([day and dt.date.fromisoformat(day) for day in written], pa.date32()),
                "_row": [1, 2],
            }
        )
        fields = ["person", "died_on"] + (["cause"] if file != "b.xlsx" else [])
        made.take("registry.death", file, "1", rows, fields)
    assert made.span("registry.death", "died_on") == (dt.date(2023, 1, 5), dt.date(2023, 3, 1))
    assert made.span("registry.death", "died_on", ("cause",)) == (dt.date(2023, 2, 1), dt.date(2023, 3, 1))
    assert made.span("registry.death", "cancelled_on") is None
    assert made.span("registry.person", "birth_date") is None
