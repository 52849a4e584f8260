"""How a value stands against its target: reached, near, missed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from typing import Literal

from shouwang.indicator.indicator import Direction

State = Literal["good", "warn", "bad", ""]
"""Reached, near the limit, missed; empty where there is nothing to judge by."""


def judge(
    direction: Direction, value: Decimal | None, target: Decimal | None, warn: Decimal | None = None
) -> State:
    """The state of a value.

    ``up`` (达到 is ≥): good from the target on, warn from the warning mark on, else bad. ``down`` (不超过):
    bad above the target, warn from the warning mark on, else good. Without a mark there is no warning.
    """
    if value is None or target is None or not direction:
        return ""
    if direction == "up":
        if value >= target:
            return "good"
        return "warn" if warn is not None and value >= warn else "bad"
    if value > target:
        return "bad"
    return "warn" if warn is not None and value >= warn else "good"


def ends(period: str) -> dt.date | None:
    """The last day of a period that begins with a year or a month; None for a campaign or the like.

    >>> ends("2023"), ends("2023-02 电"), ends("上半年排查")
    (datetime.date(2023, 12, 31), datetime.date(2023, 2, 28), None)
    """
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?!\d)", period)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def is_breach(direction: Direction, state: State, period: str, day: dt.date) -> bool:
    """Whether a missed target is something to act on now.

    A limit is broken at once. What is to be reached by the end of a period is missed when the period is over.
    """
    if state != "bad":
        return False
    end = ends(period)
    return direction == "down" or end is None or end <= day


def saved(direction: Direction, value: Decimal | None, target: Decimal | None) -> Decimal | None:
    """By how much the value is better than the target; negative where it is worse (节超)."""
    if value is None or target is None or not direction:
        return None
    return value - target if direction == "up" else target - value
