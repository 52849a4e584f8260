"""Earmarked money (专款专用): what each purpose received, spent and has left, day by day.

A purpose's balance is the money (cash and bank) that its postings brought in and took out. It must never be
below zero: then money of another purpose has been spent. What an office does not book as double entry, a
register of a fund with one line a movement, is turned into entries by :func:`entry_of`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shouwang.fund.book import Book
from shouwang.fund.chart import Chart
from shouwang.fund.entries import NOWHERE, ZERO, Entry, Place, Posting

Earmark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a register of a fund: yuan received or spent for a purpose on a day."""

    fund: str
    purpose: str
    on: dt.date
    received: Decimal = ZERO
    spent: Decimal = ZERO
    item: str = ""
    summary: str = ""
    payee: str = ""
    number: str = ""
    place: Place = NOWHERE
    account: str = ""
    """The account against the money, where it is not the one of all income or all spending."""


@dataclass(frozen=True)
class Statement:
    """What became of one purpose by a day: received less spent is what is left."""

    fund: str
    purpose: str
    received: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """The balance."""
        return self.received - self.spent


@dataclass(frozen=True)
class Overdraft:
    """A day at whose evening a purpose had less than nothing, and the entry that took it there."""

    fund: str
    purpose: str
    on: dt.date
    balance: Decimal
    entry: Entry


def entry_of(movement: Movement, chart: Chart, income: str, expense: str) -> Entry:
    """A movement as an entry: money against its own account, else ``income`` or ``expense`` of the chart.

    A negative amount (冲正) is booked as it stands, on the same side. Raises ``EntryError`` as Entry does.
    """
    fund, purpose, item = movement.fund, movement.purpose, movement.item
    postings = []
    for amount, account in ((movement.received, income), (-movement.spent, expense)):
        if amount:
            postings.append(Posting(chart.bank, amount, fund=fund, purpose=purpose))
            against = movement.account or account
            postings.append(Posting(against, -amount, title=item, fund=fund, purpose=purpose))
    return Entry(
        movement.number, movement.on, tuple(postings), movement.summary, movement.payee, movement.place
    )


def _money(book: Book, until: dt.date | None) -> Iterable[tuple[Entry, Posting]]:
    """The postings that move earmarked money, in order of days."""
    for entry in book.entries:
        if until is not None and entry.on > until:
            return
        for posting in entry.postings:
            if posting.account in book.chart.money and posting.earmark != ("", ""):
                yield entry, posting


def statements(book: Book, until: dt.date | None = None) -> list[Statement]:
    """Every purpose of a book by the evening of ``until``, in order of fund and purpose.

    A transfer between the accounts of one purpose is neither income nor spending.
    """
    received: defaultdict[Earmark, Decimal] = defaultdict(lambda: ZERO)
    spent: defaultdict[Earmark, Decimal] = defaultdict(lambda: ZERO)
    net: defaultdict[tuple[int, Earmark], Decimal] = defaultdict(lambda: ZERO)
    for entry, posting in _money(book, until):
        net[id(entry), posting.earmark] += posting.amount
    for (_entry, earmark), amount in net.items():
        (received if amount > 0 else spent)[earmark] += abs(amount)
    keys = sorted({earmark for _entry, earmark in net})
    return [Statement(*key, received[key], spent[key]) for key in keys]


def overdrafts(book: Book, until: dt.date | None = None) -> list[Overdraft]:
    """Each day at whose evening a purpose is below zero although it was not the evening before.

    The order of entries within a day is not known, so only the evening counts.
    """
    found: list[Overdraft] = []
    balance: defaultdict[Earmark, Decimal] = defaultdict(lambda: ZERO)
    below: dict[Earmark, Overdraft] = {}
    moved: dict[Earmark, Entry] = {}
    day: dt.date | None = None

    def evening(on: dt.date) -> None:
        for earmark, entry in moved.items():
            if balance[earmark] >= 0:
                below.pop(earmark, None)
            elif earmark not in below:
                below[earmark] = Overdraft(*earmark, on, balance[earmark], entry)
                found.append(below[earmark])
        moved.clear()

    for entry, posting in _money(book, until):
        if day is not None and entry.on != day:
            evening(day)
        day = entry.on
        balance[posting.earmark] += posting.amount
        if posting.amount < 0 or posting.earmark not in moved:
            moved[posting.earmark] = entry
    if day is not None:
        evening(day)
    return sorted(found, key=lambda one: (one.fund, one.purpose, one.on))
