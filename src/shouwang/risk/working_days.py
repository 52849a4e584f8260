"""Deadlines in working days as a table that rules join: the State Council's calendar has no formula."""

from __future__ import annotations

import datetime as dt

import ibis
import polars as pl
from ibis.expr import types as ir

from shouwang.standards import workdays


def with_deadline(table: ir.Table, column: str, days: int, until: dt.date) -> ir.Table:
    """The table with ``deadline``: the last day of ``days`` working days after the date in ``column``.

    The day itself does not count; holidays and make-up days (调休上班) follow
    :mod:`shouwang.standards.workdays`. Null where the date is missing, before the first year of the
    calendar, or after ``until``, the day as of which the question is asked.
    """
    first = min(workdays.FIRST, until)
    received = pl.date_range(first, until, "1d", eager=True).alias("received")
    ends = workdays.deadlines(received, days)["value"]
    table_of_days = ibis.memtable(
        pl.DataFrame([received, ends.alias("deadline")]).to_arrow(),
        schema={"received": "date", "deadline": "date"},
    )
    return table.left_join(table_of_days, table[column] == table_of_days.received).drop("received")
