"""Deadlines as a table: the same as the calendar of the standards room, on the days of the ledger."""

from __future__ import annotations

import datetime as dt

import ibis
import pytest

from shouwang.risk.working_days import with_deadline
from shouwang.standards import workdays

TODAY = dt.date(2023, 12, 31)


@pytest.mark.parametrize("days", [0, 1, 3, 20])
def test_each_day_has_the_deadline_of_the_calendar(days: int) -> None:
    received = [dt.date(2023, 1, 1) + dt.timedelta(days=n) for n in range(0, 365, 7)]
    table = ibis.memtable({"received_on": received, "row": list(range(len(received)))})
    found = with_deadline(table, "received_on", days, TODAY).order_by("row")
    rows = ibis.duckdb.connect().to_pyarrow(found).to_pylist()
    assert [row["deadline"] for row in rows] == [workdays.deadline(day, days).value for day in received]
    assert set(rows[0]) == {"received_on", "row", "deadline"}


def test_a_missing_day_and_a_day_after_the_scan_have_none() -> None:
    days = [None, dt.date(2024, 1, 1), TODAY]
    table = ibis.memtable(
        {"received_on": days, "row": [0, 1, 2]}, schema={"received_on": "date", "row": "int64"}
    )
    found = ibis.duckdb.connect().to_pyarrow(with_deadline(table, "received_on", 3, TODAY).order_by("row"))
    assert found["deadline"].to_pylist() == [None, None, dt.date(2024, 1, 4)]
