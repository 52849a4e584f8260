"""Single values as offices type them: dates, months, amounts, numbers of persons."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from tests.restyling.files import Month


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def day(value: date, how: str, rng: random.Random, early: bool) -> Any:
    """A day; ``early`` says that the column reaches back into the last century."""
    if how == "mixed":
        how = rng.choice(("cell", "iso", "short", "dots", "slashes", "chinese", "compact", "cell"))
    if how == "yy" and early:  # 34.1.5 may be 1934 or 2034: nobody could tell
        how = "dots"
    forms: dict[str, Callable[[], Any]] = {
        "cell": lambda: value,
        "iso": lambda: value.isoformat(),
        "short": lambda: f"{value.year}-{value.month}-{value.day}",
        "dots": lambda: f"{value.year}.{value.month}.{value.day}",
        "slashes": lambda: f"{value.year}/{value.month:02d}/{value.day:02d}",
        "chinese": lambda: f"{value.year}年{value.month}月{value.day}日",
        "compact": lambda: f"{value:%Y%m%d}",
        "number": lambda: float(f"{value:%Y%m%d}"),
        "serial": lambda: float((value - date(1899, 12, 30)).days),
        "midnight": lambda: f"{value.isoformat()} 00:00:00",
        "stamp": lambda: datetime.combine(value, time(9, 30)),
        "yy": lambda: f"{value.year % 100:02d}.{value.month}.{value.day}",
    }
    return forms[how]()


def month(value: date, how: str) -> Any:
    """A month; the short form 4月 leaves the year to the title."""
    forms: dict[str, Callable[[], Any]] = {
        "dash": lambda: f"{value:%Y-%m}",
        "number": lambda: float(f"{value:%Y%m}"),
        "text": lambda: f"{value:%Y%m}",
        "chinese": lambda: f"{value.year}年{value.month}月",
        "dots": lambda: f"{value.year}.{value.month:02d}",
        "slash": lambda: f"{value.year}/{value.month}",
        "cell": lambda: Month(value),
        "bare": lambda: f"{value.month}月",
    }
    return forms[how]()


def moment(at: datetime, how: str) -> Any:
    """A day with its time."""
    forms: dict[str, Callable[[], Any]] = {
        "iso": lambda: f"{at:%Y-%m-%d %H:%M:%S}",
        "short": lambda: f"{at.year}-{at.month}-{at.day} {at.hour}:{at.minute:02d}",
        "dots": lambda: f"{at.year}.{at.month}.{at.day} {at:%H:%M}",
        "slashes": lambda: f"{at:%Y/%m/%d %H:%M}",
        "chinese": lambda: f"{at.year}年{at.month}月{at.day}日 {at.hour}时{at.minute}分",
        "serial": lambda: (at - datetime(1899, 12, 30)) / timedelta(days=1),
    }
    return forms.get(how, lambda: at)()


def amount(value: Decimal, how: str, rng: random.Random) -> Any:
    """An amount of money in yuan."""
    if how == "mixed":
        how = rng.choice(("number", "number", "commas", "sign", "yuan"))
    forms: dict[str, Callable[[], Any]] = {
        "number": lambda: float(value),
        "commas": lambda: f"{value:,.2f}",
        "yuan": lambda: f"{value:f}元",
        "sign": lambda: f"￥{value:,.2f}",
        "padded": lambda: f"{value:.2f} ",
    }
    return forms[how]()


def number_of_person(number: str, how: str, rng: random.Random) -> Any:
    """A resident ID number as text."""
    if how == "mixed":
        how = rng.choice(("text", "text", "spaced", "lower", "trailing", "wide"))
    forms: dict[str, Callable[[], Any]] = {
        "text": lambda: number,
        "spaced": lambda: f"{number[:6]} {number[6:14]} {number[14:]}",
        "quoted": lambda: f"'{number}",
        "wide": lambda: _wide(number),
        "lower": lambda: number.lower(),
        "trailing": lambda: f" {number}\u3000",
    }
    return forms[how]()
