"""The book of one owner (账簿): entries in, balances out, month after month.

A month is closed once and for all: nothing is entered into it afterwards, and the next month opens with what
it left. That openings, movements and closings add up to zero follows from the entries; it needs no check.
"""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from shouwang.fund.chart import Chart, Kind
from shouwang.fund.entries import ZERO, Entry, EntryError, Place, Posting, added_up

Key = tuple[str, str]


def month_end(day: dt.date) -> dt.date:
    """The last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def next_month(day: dt.date) -> dt.date:
    """The first day of the month after the day's."""
    return month_end(day) + dt.timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One account of a trial balance (科目余额表); debits positive, credits negative in the balances."""

    account: str
    sub: str
    opening: Decimal
    debit: Decimal
    credit: Decimal

    @property
    def closing(self) -> Decimal:
        """Opening plus debits less credits."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True)
class Trial:
    """The trial balance of a period (试算平衡): every account that was ever used."""

    first: dt.date
    last: dt.date
    lines: tuple[Line, ...]

    @property
    def debits(self) -> Decimal:
        """All debits of the period."""
        return sum((line.debit for line in self.lines), ZERO)

    @property
    def credits(self) -> Decimal:
        """All credits of the period."""
        return sum((line.credit for line in self.lines), ZERO)

    @property
    def balanced(self) -> bool:
        """Openings, movements and closings each add up to zero."""
        opening = sum((line.opening for line in self.lines), ZERO)
        closing = sum((line.closing for line in self.lines), ZERO)
        return not opening and not closing and self.debits == self.credits


@dataclass(frozen=True)
class Difference:
    """An account whose opening balance is not what was left: ``given`` against ``left``."""

    account: str
    given: Decimal
    left: Decimal


class Book:
    """The entries of one owner in one chart of accounts."""

    def __init__(self, owner: str, chart: Chart) -> None:
        self.owner = owner
        self.chart = chart
        self.closed: dt.date | None = None
        """The last day of the last month that is closed."""
        self._entries: list[Entry] = []
        self._order: list[tuple[dt.date, Place, str]] = []

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries by day, then as they stood in the sheets."""
        return tuple(self._entries)

    def post(self, entry: Entry) -> None:
        """Enter it.

        Refused with :class:`EntryError`: an account that the chart does not have (``unknown_account``), a day
        in a month that is closed (``period_closed``).
        """
        for posting in entry.postings:
            if posting.account not in self.chart.accounts:
                text = _("凭证{number}的科目{code}不在科目表“{chart}”中")
                raise EntryError(
                    "unknown_account",
                    text.format(number=entry.number, code=posting.account, chart=self.chart.name),
                    _("更正科目，或在本单位科目文件中增设。"),
                    entry.place,
                )
        if self.closed and entry.on <= self.closed:
            text = _("凭证{number}的日期{on}在已结账的月份，最近结账到{closed}")
            raise EntryError(
                "period_closed",
                text.format(number=entry.number, on=entry.on, closed=self.closed),
                _("在未结账的月份用更正凭证入账。"),
                entry.place,
            )
        key = (entry.on, entry.place, entry.number)
        index = bisect_left(self._order, key)
        while index < len(self._order) and self._order[index] == key:
            index += 1
        insort(self._order, key)
        self._entries.insert(index, entry)

    def balances(self, until: dt.date | None = None) -> dict[Key, Decimal]:
        """The balance of every account used by the evening of ``until``; debits positive."""
        return added_up(p for e in self._entries if until is None or e.on <= until for p in e.postings)

    def trial(self, first: dt.date, last: dt.date) -> Trial:
        """The trial balance from ``first`` to ``last``, both included."""
        opening = added_up(p for e in self._entries if e.on < first for p in e.postings)
        within = [p for e in self._entries if first <= e.on <= last for p in e.postings]
        debits = added_up(p for p in within if p.amount > 0)
        credits = added_up(p for p in within if p.amount < 0)
        keys = sorted({*opening, *debits, *credits})
        lines = tuple(
            Line(*key, opening.get(key, ZERO), debits.get(key, ZERO), -credits.get(key, ZERO)) for key in keys
        )
        return Trial(first, last, lines)

    def close(self, month: dt.date) -> Trial:
        """Close the month of ``month`` and answer its trial balance.

        Refused with :class:`EntryError`: a month that is closed already (``closed_twice``), or one before
        which another month is still open (``months_open``).
        """
        first, last = month.replace(day=1), month_end(month)
        if self.closed and last <= self.closed:
            raise EntryError("closed_twice", _("{month:%Y-%m}已经结账").format(month=first))
        start = next_month(self.closed) if self.closed else None
        if start is None and self._entries:
            start = self._entries[0].on.replace(day=1)
        if start is not None and start < first:
            text = _("{start:%Y-%m}还没有结账，不能结{month:%Y-%m}")
            raise EntryError(
                "months_open", text.format(start=start, month=first), _("按月份顺序结账，不跳月。")
            )
        self.closed = last
        return self.trial(first, last)

    def opening_differs(self, month: dt.date, given: Mapping[str, Decimal]) -> list[Difference]:
        """Where the openings that a month was ``given`` (by code) are not what the month before left."""
        left: dict[str, Decimal] = {}
        for (code, _sub), amount in self.balances(month.replace(day=1) - dt.timedelta(days=1)).items():
            left[code] = left.get(code, ZERO) + amount
        return [
            Difference(code, given.get(code, ZERO), left.get(code, ZERO))
            for code in sorted({*given, *left})
            if given.get(code, ZERO) != left.get(code, ZERO)
        ]

    def close_year(self, year: int) -> list[Entry]:
        """The two entries that carry the year's result forward, entered on 31 December.

        Income and expenses go to the year's profit (本年收益), and that to what is retained (收益分配).
        Answers nothing where there is no result to carry.
        """
        last = dt.date(year, 12, 31)
        result = [
            (key, amount)
            for key, amount in self.balances(last).items()
            if amount and self.chart.accounts[key[0]].kind in (Kind.INCOME, Kind.EXPENSE)
        ]
        made = []
        if result:
            moved = [Posting(code, -amount, sub) for (code, sub), amount in result]
            total = sum((amount for _key, amount in result), ZERO)
            made.append(
                Entry(
                    f"结转{year}-1",
                    last,
                    (*moved, Posting(self.chart.profit, total)),
                    _("结转{year}年收入和支出").format(year=year),
                )
            )
        profit = self.balances(last).get((self.chart.profit, ""), ZERO) + sum(
            (p.amount for entry in made for p in entry.postings if p.account == self.chart.profit), ZERO
        )
        if profit and self.chart.profit != self.chart.retained:
            made.append(
                Entry(
                    f"结转{year}-2",
                    last,
                    (Posting(self.chart.profit, -profit), Posting(self.chart.retained, profit)),
                    _("结转{year}年收益").format(year=year),
                )
            )
        for entry in made:
            self.post(entry)
        return made


def totals(books: Iterable[Book], until: dt.date | None = None) -> dict[tuple[str, str, str], Decimal]:
    """The balances of several books by owner, account and sub-account."""
    return {
        (book.owner, code, sub): amount
        for book in books
        for (code, sub), amount in book.balances(until).items()
    }
