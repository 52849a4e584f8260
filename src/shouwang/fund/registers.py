"""Registers of a fund (一行一笔的资金台账) as books: one line a movement, money that is kept apart.

What a pack has to say is which columns of its ledgers mean what (:class:`Movement`), and what balance a line
states, if any. The rest is the same for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from shouwang.fund.book import Book
from shouwang.fund.catalogue import Kept, Refused, Tie
from shouwang.fund.chart import FUND, Chart, chart
from shouwang.fund.earmark import Movement, entry_of
from shouwang.fund.entries import ZERO, Entry, EntryError, Posting

INCOME, EXPENSE = "4", "5"
"""The accounts of the chart of dedicated funds that income and spending go to."""

Stated = tuple[str, Movement, Decimal | None]
"""Owner, movement, and the balance that the register states behind it."""


def keep(lines: Iterable[Stated]) -> Kept:
    """The books of each owner's fund, with the opening that the first stated balance implies."""
    kept = Kept()
    by_owner: defaultdict[str, list[tuple[Movement, Decimal | None]]] = defaultdict(list)
    for owner, movement, balance in lines:
        by_owner[owner].append((movement, balance))
    for owner in sorted(by_owner):
        moves = sorted(by_owner[owner], key=lambda line: (line[0].on, line[0].place))
        book = Book(owner, chart(FUND))
        opening = _opening(moves, book.chart)
        if opening is not None:
            book.post(opening)
        for movement, _balance in moves:
            if not (movement.received or movement.spent):
                continue
            try:
                book.post(entry_of(movement, book.chart, INCOME, EXPENSE))
            except EntryError as error:
                amount = movement.received + movement.spent
                kept.refused.append(Refused(owner, movement.number, movement.on, amount, error))
        stated = [(movement, balance) for movement, balance in moves if balance is not None]
        if stated:
            last, balance = stated[-1]
            ours = sum(
                (a for (code, _sub), a in book.balances(last.on).items() if code == book.chart.bank), ZERO
            )
            name = book.chart.accounts[book.chart.bank].name
            kept.ties.append(Tie(owner, name, ours, balance or ZERO, last.place))
        if book.entries:
            kept.books.append(book)
    return kept


def _opening(moves: list[tuple[Movement, Decimal | None]], used: Chart) -> Entry | None:
    """What the fund had before its first line, by the first balance that a line states."""
    first, _balance = moves[0]
    moved = ZERO
    for movement, balance in moves:
        moved += movement.received - movement.spent
        if balance is not None:
            break
    held = ZERO if balance is None else balance - moved
    if not held:
        return None
    mark = {"fund": first.fund, "purpose": first.purpose}
    postings = (Posting(used.bank, held, **mark), Posting(used.opening, -held, **mark))
    return Entry("", first.on.replace(day=1), postings, _("期初结余"), "", first.place)
