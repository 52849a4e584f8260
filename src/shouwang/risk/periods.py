"""Calendar periods as a table that rules join: what must happen once in each of them."""

from __future__ import annotations

import datetime as dt

import ibis
import pyarrow as pa
from ibis.expr import types as ir


def _add(first: dt.date, months: int) -> dt.date:
    count = first.year * 12 + first.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def ended(as_of: dt.date, months: int, since: dt.date) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each period of so many months that began on or after ``since``'s year
    began and has ended by the evening of ``as_of``; periods begin with January."""
    found: list[tuple[dt.date, dt.date]] = []
    first = dt.date(since.year, 1, 1)
    while True:
        after = _add(first, months)
        if after > as_of + dt.timedelta(days=1):
            return found
        if after > since:
            found.append((first, after - dt.timedelta(days=1)))
        first = after


def running(as_of: dt.date, months: int) -> tuple[dt.date, dt.date] | None:
    """First and last day of the period ``as_of`` lies in; none on its last day, when it has ended."""
    first = dt.date(as_of.year, as_of.month - (as_of.month - 1) % months, 1)
    last = _add(first, months) - dt.timedelta(days=1)
    return None if as_of == last else (first, last)


def label(first: dt.date, months: int) -> str:
    """What offices call the period: 2023年, 2023年第三季度, 2023年5—6月, 2023年5月."""
    if months == 12:
        return f"{first.year}年"
    if months == 3:
        return f"{first.year}年第{'一二三四'[first.month // 3]}季度"
    if months == 1:
        return f"{first.year}年{first.month}月"
    return f"{first.year}年{first.month}—{first.month + months - 1}月"


def code(first: dt.date, months: int) -> str:
    """A short name of the period for keys: 2023, 2023Q3, 2023-05."""
    if months == 12:
        return str(first.year)
    return f"{first.year}Q{first.month // 3 + 1}" if months == 3 else f"{first:%Y-%m}"


def table(periods: list[tuple[dt.date, dt.date]], months: int) -> ir.Table:
    """The periods as a table: ``period`` (its name), ``code``, ``begins``, ``ends``."""
    schema = pa.schema(
        [("period", pa.string()), ("code", pa.string()), ("begins", pa.date32()), ("ends", pa.date32())]
    )
    rows = [
        {"period": label(first, months), "code": code(first, months), "begins": first, "ends": last}
        for first, last in periods
    ]
    return ibis.memtable(
        pa.Table.from_pylist(rows, schema),
        schema=ibis.schema({"period": "string", "code": "string", "begins": "date", "ends": "date"}),
    )
