"""Working days of the State Council's holiday arrangements, make-up days (调休上班) included.

The data are chinesecalendar's, from 2004 to the last year that the State Council has announced. Outside of
them Monday to Friday are counted and the answer carries the warning ``workdays_beyond_calendar``.

A period in days begins on the day after the event (民法典 art. 201): a letter received on Monday that must be
answered within three working days is due on Thursday.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Generic, TypeVar

import numpy as np
import polars as pl
from chinese_calendar import constants, is_workday

from shouwang.standards.reading import N_, Message

T = TypeVar("T")

_YEARS = {day.year for day in constants.holidays}
FIRST: Final = date(min(_YEARS), 1, 1)
LAST: Final = date(max(_YEARS), 12, 31)
"""First and last day for which the State Council's arrangement is known."""

BEYOND: Final = Message(
    "workdays_beyond_calendar",
    N_("超出已公布的放假安排，仅按周一至周五推算"),
    N_("国务院办公厅公布当年放假安排并更新程序后请重新核算。"),
)

# Far enough on both sides for any deadline of a ledger.
_EPOCH = date(1970, 1, 1)
_START, _END = date(1949, 10, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A ``value``, and a ``warning`` when it rests on days that no arrangement has been announced for."""

    value: T
    warning: Message | None = None


def is_covered(day: date) -> bool:
    """True when the arrangement for ``day`` has been announced."""
    return FIRST <= day <= LAST


def _answer(value: T, *days: date) -> Answer[T]:
    return Answer(value, None if all(is_covered(day) for day in days) else BEYOND)


def _works(day: date) -> bool:
    return bool(is_workday(day)) if is_covered(day) else day.weekday() < 5


@lru_cache(maxsize=1)
def _calendar() -> tuple[list[int], np.ndarray[tuple[int], np.dtype[np.int32]]]:
    """All working days as days since 1970, as a list for one date and as an array for columns."""
    first, last = (_START - _EPOCH).days, (_END - _EPOCH).days
    days = [number for number in range(first, last + 1) if _works(_EPOCH + timedelta(days=number))]
    return days, np.array(days, dtype=np.int32)


def _within(day: date) -> date:
    if not _START <= day <= _END:
        raise ValueError("working days are reckoned between 1949-10-01 and 2199-12-31")
    return day


def is_working_day(day: date) -> Answer[bool]:
    """Whether offices work on ``day``."""
    return _answer(_works(_within(day)), day)


def add_working_days(day: date, count: int) -> Answer[date]:
    """The ``count``-th working day after ``day`` (before it for a negative count; ``day`` itself for 0)."""
    _within(day)
    if count == 0:
        return _answer(day, day)
    days, _ = _calendar()
    number = (day - _EPOCH).days
    at = bisect_right(days, number) + count - 1 if count > 0 else bisect_left(days, number) + count
    if not 0 <= at < len(days):
        raise ValueError("working days are reckoned between 1949-10-01 and 2199-12-31")
    found = _EPOCH + timedelta(days=days[at])
    return _answer(found, day, found)


def working_days_between(start: date, end: date) -> Answer[int]:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` comes first."""
    days, _ = _calendar()
    first, last = ((_within(day) - _EPOCH).days for day in (start, end))
    if last >= first:
        count = bisect_right(days, last) - bisect_right(days, first)
    else:
        count = bisect_left(days, last) - bisect_left(days, first)
    return _answer(count, start, end)


def deadline(received: date, days: int) -> Answer[date]:
    """The last day of a period of ``days`` working days that begins with the event of ``received``."""
    if days < 0:
        raise ValueError("a period has no negative length")
    return add_working_days(received, days)


# -------------------------------------------------------------------------------------------- columns


def _numbers(series: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """A Date column as days since 1970, null as 0."""
    return series.cast(pl.Date).to_physical().fill_null(0).to_numpy()


def _beyond(*columns: pl.Series) -> pl.Series:
    """The warning code per row: any of the dates outside the announced years."""
    outside = pl.Series("warning", [False]).new_from_index(0, len(columns[0]))
    for column in columns:
        outside |= ~column.is_between(FIRST, LAST).fill_null(True)
    code = pl.Series("code", [BEYOND.code], dtype=pl.String).new_from_index(0, len(outside))
    return code.set(~outside, None).alias("warning")


def deadlines(received: pl.Series, days: int) -> pl.DataFrame:
    """``deadline`` for a Date column: a frame with value (Date) and warning (a code or null).

    Null, and dates so far out that no deadline can be reckoned, give null.
    """
    if days < 0:
        raise ValueError("a period has no negative length")
    _, calendar = _calendar()
    numbers = _numbers(received)
    at = np.searchsorted(calendar, numbers, side="right") + days - 1
    inside = (numbers >= (_START - _EPOCH).days) & (at < len(calendar))
    found = numbers if days == 0 else calendar[np.clip(at, 0, len(calendar) - 1)]
    keep = pl.Series(inside) & received.is_not_null()
    value = pl.Series("value", found, dtype=pl.Int32).cast(pl.Date).set(~keep, None)
    return pl.DataFrame([value, _beyond(received, value)])


def working_days_between_columns(start: pl.Series, end: pl.Series) -> pl.DataFrame:
    """``working_days_between`` for two Date columns: a frame with value (Int32) and warning."""
    _, calendar = _calendar()
    first, last = _numbers(start), _numbers(end)
    forward = np.searchsorted(calendar, last, "right") - np.searchsorted(calendar, first, "right")
    backward = np.searchsorted(calendar, last, "left") - np.searchsorted(calendar, first, "left")
    counts = pl.Series("value", np.where(last >= first, forward, backward).astype(np.int32))
    known = start.is_not_null() & end.is_not_null()
    return pl.DataFrame([counts.set(~known, None), _beyond(start, end)])


def are_working_days(days: pl.Series) -> pl.DataFrame:
    """``is_working_day`` for a Date column: a frame with value (Boolean) and warning."""
    _, calendar = _calendar()
    value = pl.Series("value", np.isin(_numbers(days), calendar)).set(days.is_null(), None)
    return pl.DataFrame([value, _beyond(days)])
