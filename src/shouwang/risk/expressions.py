"""Expressions that rules of several packs share; each means the same on DuckDB and on Spark."""

from __future__ import annotations

import calendar
import datetime as dt

import ibis
from ibis.expr import types as ir


def month_start(day: ir.DateValue) -> ir.DateValue:
    """The first day of the day's month, which is how months are stored.

    DuckDB answers with a time stamp; Ibis believes in a date and drops the plain cast to it.
    """
    return day.truncate("M").cast("timestamp").cast("date")


def month_index(day: ir.DateValue) -> ir.IntegerValue:
    """Months since year 0: the difference of two is the number of months between them."""
    return day.year() * 12 + day.month()


def months_earlier(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or that month's last day where it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def days_between(later: ir.DateValue, earlier: ir.DateValue) -> ir.IntegerValue:
    """Whole days from ``earlier`` to ``later``; negative when they are the other way round."""
    return later.delta(earlier, unit="day")


def minutes_between(later: ir.TimestampValue, earlier: ir.TimestampValue) -> ir.FloatingValue:
    """Minutes from ``earlier`` to ``later``, with fractions.

    By seconds since the epoch, because a ``delta`` in minutes counts boundaries on DuckDB.
    """
    return (later.epoch_seconds() - earlier.epoch_seconds()) / 60.0


def is_male(person: ir.StringValue) -> ir.BooleanValue:
    """Whether the 17th digit of an 18-digit resident ID is odd (GB 11643)."""
    return (person.length() == 18) & person.substr(16, 1).isin(["1", "3", "5", "7", "9"])


def is_female(person: ir.StringValue) -> ir.BooleanValue:
    """Whether the 17th digit of an 18-digit resident ID is even (GB 11643)."""
    return (person.length() == 18) & person.substr(16, 1).isin(["0", "2", "4", "6", "8"])


def age(person: ir.StringValue, day: ir.DateValue) -> ir.IntegerValue:
    """Full years of the holder of a resident ID on a day (周岁)."""
    born = person.substr(6, 8).try_cast("int64")
    today = day.year() * 10000 + day.month() * 100 + day.day()
    return ((today - born) / 10000.0).floor().cast("int64")


def mentions(text: ir.StringValue, *words: str) -> ir.BooleanValue:
    """Whether the text holds one of the words; false where there is no text."""
    found = ibis.literal(False)
    for word in words:
        found = found | text.contains(word)
    return found.fill_null(False)


def in_line(training: ir.Table, line: str) -> ir.BooleanValue:
    """Trainings (``office.training``) of a line of work, and those of which none is stated."""
    return training.line.isnull() | mentions(training.line, line)


def not_failed(training: ir.Table) -> ir.BooleanValue:
    """Trainings (``office.training``) that were passed or that had no examination."""
    return (training.result != "不合格").fill_null(True)


def same_text(one: ir.StringValue, other: ir.StringValue) -> ir.BooleanValue:
    """Whether two names are equal, or one holds the other (a short and a full form of one name)."""
    return ((one == other) | one.contains(other) | other.contains(one)).fill_null(False)
