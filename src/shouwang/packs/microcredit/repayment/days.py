"""Days between two dates as interest counts them, and the days on which instalments fall due.

* ``30/360`` is 30E/360, "Eurobond basis" (ISDA 2006 Definitions, section 4.16(g)): day 31 counts as day 30.
  A due day that a short month pulls forward (31 January, 28 February, 31 March) counts as the agreed day, so
  that every whole month between two agreed days has 30 days and bears one twelfth of the yearly rate.
* ``actual/365`` is "actual/365 (fixed)" (section 4.16(d)): the days of the calendar over 365, leap year or
  not.
* ``actual/360`` (section 4.16(e)) is how banks reckon by the day: 年利率 ÷ 360 ＝ 日利率 (银发〔2005〕129号).

The day of pay-out counts, the day of repayment does not (算头不算尾).
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from enum import StrEnum


class DayCount(StrEnum):
    """How days become a part of a year."""

    THIRTY_360 = "30/360"
    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"

    @property
    def basis(self) -> int:
        """The days of a year."""
        return 365 if self is DayCount.ACTUAL_365 else 360


def add_months(day: dt.date, months: int, agreed: int = 0) -> dt.date:
    """The agreed day so many months later; the month's last day where it has no such day.

    ``agreed`` is the day of the month that the contract names, by default that of ``day``. The date is kept
    by number of months from the first and not from instalment to instalment, so 31 January, 28 February and
    31 March follow each other.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return dt.date(year, month, min(agreed or day.day, monthrange(year, month)[1]))


def _day_of_thirty(day: dt.date, agreed: int) -> int:
    pulled_forward = day.day < agreed and day.day == monthrange(day.year, day.month)[1]
    return min(30, agreed if pulled_forward else day.day)


def days_between(start: dt.date, end: dt.date, count: DayCount, agreed: int = 0) -> int:
    """Days of interest from ``start`` (counted) to ``end`` (not counted).

    ``agreed`` is the contract's day of the month; with ``30/360`` the last day of a shorter month stands
    for it. Raises ValueError where ``end`` lies before ``start``.
    """
    if end < start:
        raise ValueError(f"{end} lies before {start}")
    if count is not DayCount.THIRTY_360:
        return (end - start).days
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months * 30 + _day_of_thirty(end, agreed) - _day_of_thirty(start, agreed))
