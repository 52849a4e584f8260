"""A table keeps the order of its rows through single changes."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.synth.table import Table, frame


def deaths() -> Table:
    columns = {"name": ["甲", "乙", "丙"], "person": ["1", "2", "3"], "died_on": dt.date(2023, 5, 1)}
    return Table("registry.death", frame("registry.death", columns, 3))


def test_untouched_rows_come_out_as_they_went_in() -> None:
    table = deaths()
    assert table.done() is table.base
    assert len(table) == 3


def test_a_changed_row_stays_in_its_place() -> None:
    table = deaths()
    table.set(1, name="改", cause="病")
    made = table.done()
    assert made["name"].to_list() == ["甲", "改", "丙"]
    assert made["cause"].to_list() == [None, "病", None]


def test_a_row_is_added_after_another_or_at_the_end_and_dropped() -> None:
    table = deaths()
    table.add({"name": "末", "person": "9"})
    table.add({"name": "插", "person": "8"}, after=0)
    table.drop(2)
    assert table.done()["name"].to_list() == ["甲", "插", "乙", "末"]
    assert len(table) == 4


def test_rows_are_found_by_what_they_hold_now() -> None:
    table = deaths()
    table.set(0, person="2")
    number = table.add({"person": "2"})
    assert table.where("person", "2") == [1, 0, number]
    assert table.where("person", "1") == []
    table.drop(1)
    assert table.where("person", "2") == [0, number]


def test_a_column_that_the_ledger_lacks_is_an_error() -> None:
    table = deaths()
    table.add({"colour": "红"})
    with pytest.raises(KeyError, match="no column colour"):
        table.done()
