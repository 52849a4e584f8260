"""How one office keeps its sheets: drawn from the seed, so that every seed is another office."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.fields import LedgerField

Cell = str | int | float | dt.date | dt.datetime | None

DATES: Final = ("iso", "slash", "dot", "chinese", "compact", "cell")
MONTHS: Final = ("iso", "dot", "chinese", "compact")
YES_NO: Final = (("是", "否"), ("√", "×"), ("有", "无"))
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")


@dataclass
class Style:
    """The habits of an office. ``rng`` draws what differs from sheet to sheet."""

    seed: int
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(f"office {self.seed}")
        chance = self.rng.random
        self.months_apart = chance() < 0.6
        """Payments on a sheet a month."""
        self.pensions_wide = chance() < 0.6
        """Pensions with the months in columns."""
        self.communities_apart = chance() < 0.5
        """A sheet a community where every row has one."""
        self.two_row_headers = chance() < 0.6
        self.merged = chance() < 0.5
        """Household cells merged over the members' rows, else written in the first row only."""
        self.filled = chance() < 0.3
        """Household cells in every row."""
        self.titles = 1 + (chance() < 0.6)
        self.footers = chance() < 0.7
        self.totals = chance() < 0.7
        self.serials = chance() < 0.7
        self.wide_spaces = chance() < 0.4
        """Two-character headers with a space between: 姓　名."""
        self.units = chance() < 0.5
        self.money_as_text = chance() < 0.3
        self.csv_encoding = "gb18030"

    def header(self, spec: SheetSpec, column: str, taken: set[str]) -> str:
        """A header that only this column of the ledger has: its label or a synonym."""
        own = spec.fields[column]
        others = {
            name.replace(" ", "")
            for other, f in spec.fields.items()
            if other != column
            for name in (f.label, *f.aliases)
        }
        names = [n for n in (own.label, *own.aliases) if n not in others and n not in taken]
        names = [n for n in names if "/" not in n] or names
        plain = [n for n in names if _PLAIN.fullmatch(n)] or names
        chosen = plain[0] if not plain[1:] or self.rng.random() < 0.55 else self.rng.choice(plain[1:])
        return chosen

    def decorated(self, header: str, own: LedgerField) -> str:
        """The header as typed: spaced out, or with its unit."""
        if own.kind == "money" and self.units:
            return f"{header}（元）"
        if own.kind == "percent":
            return f"{header}（%）"
        if len(header) == 2 and self.wide_spaces:
            return f"{header[0]}　{header[1]}"
        return header


@dataclass
class Spelling:
    """How one column of one sheet writes its values."""

    style: Style
    own: LedgerField
    dates: tuple[str, ...] = ()
    month: str = "iso"
    yes_no: tuple[str, str] = YES_NO[0]
    words: dict[str, str] = field(default_factory=dict)
    as_text: bool = False

    @classmethod
    def draw(cls, style: Style, own: LedgerField) -> Spelling:
        """Draw the spelling of a column; values are written as one of their declared synonyms."""
        rng = style.rng
        first = rng.choice(DATES)
        words = {}
        every = [s for spellings in own.values.values() for s in spellings]
        for value, spellings in own.values.items():
            fit = [
                s for s in spellings if every.count(s) == 1 and s not in own.values and _PLAIN.fullmatch(s)
            ]
            if fit and rng.random() < 0.4:
                words[value] = rng.choice(fit)
        return cls(
            style,
            own,
            dates=(first, rng.choice(DATES)) if rng.random() < 0.4 else (first,),
            month=rng.choice(MONTHS),
            yes_no=rng.choice(YES_NO),
            words=words,
            as_text=style.money_as_text and rng.random() < 0.5,
        )

    def cell(self, value: Any) -> Cell:
        """The value as the clerk writes it."""
        if value is None:
            return None
        kind = self.own.kind
        if kind == "date":
            return _day(value, self.style.rng.choice(self.dates))
        if kind == "month":
            return _month(value, self.month)
        if kind == "datetime":
            return value if self.dates[0] == "cell" else f"{value:%Y-%m-%d %H:%M}"
        if kind == "bool":
            return self.yes_no[0] if value else self.yes_no[1]
        if kind in ("money", "number", "percent"):
            if kind == "money" and self.as_text:
                return f"{value:,.2f}"
            return _number(value)
        if kind == "int":
            return int(value)
        return self.words.get(value, str(value))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _day(day: dt.date, style: str) -> Cell:
    match style:
        case "slash":
            return f"{day.year}/{day.month}/{day.day}"
        case "dot":
            return f"{day.year}.{day.month:02d}.{day.day:02d}"
        case "chinese":
            return f"{day.year}年{day.month}月{day.day}日"
        case "compact":
            return f"{day:%Y%m%d}"
        case "cell":
            return day
        case _:
            return day.isoformat()


def _month(day: dt.date, style: str) -> str:
    return {
        "dot": f"{day.year}.{day.month:02d}",
        "chinese": f"{day.year}年{day.month}月",
        "compact": f"{day:%Y%m}",
    }.get(style, f"{day:%Y-%m}")
