"""Bank reconciliation (银行存款余额调节表): the lines of the bank against those of the journal.

A line of the one side belongs to at most one of the other. Lines with the same number and amount belong
together whatever their days; the rest by amount, within a window of days, so that as many as possible find
each other and, of all such ways, the days lie as close as possible. What is left over on either side are the
items in transit (未达账项), and with them both balances must come to the same.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from shouwang.fund.entries import NOWHERE, ZERO, Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either side: money received positive, paid negative, in yuan."""

    on: dt.date
    amount: Decimal
    number: str = ""
    summary: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True)
class Reconciliation:
    """The outcome: pairs ``(journal, bank)``, and what has no counterpart on either side.

    ``book_balance`` and ``bank_balance`` are the balances that the two sides state.
    """

    book_balance: Decimal
    bank_balance: Decimal
    pairs: tuple[tuple[Line, Line], ...]
    only_book: tuple[Line, ...]
    only_bank: tuple[Line, ...]

    @staticmethod
    def _sum(lines: Sequence[Line], received: bool) -> Decimal:
        return sum((abs(one.amount) for one in lines if (one.amount > 0) == received), ZERO)

    @cached_property
    def book_received(self) -> Decimal:
        """Booked as received, not with the bank yet (企业已收、银行未收)."""
        return self._sum(self.only_book, True)

    @cached_property
    def book_paid(self) -> Decimal:
        """Booked as paid, not with the bank yet (企业已付、银行未付)."""
        return self._sum(self.only_book, False)

    @cached_property
    def bank_received(self) -> Decimal:
        """Received by the bank, not booked yet (银行已收、企业未收)."""
        return self._sum(self.only_bank, True)

    @cached_property
    def bank_paid(self) -> Decimal:
        """Paid by the bank, not booked yet (银行已付、企业未付)."""
        return self._sum(self.only_bank, False)

    @property
    def adjusted_book(self) -> Decimal:
        """The journal's balance with what only the bank has (调节后的存款余额)."""
        return self.book_balance + self.bank_received - self.bank_paid

    @property
    def adjusted_bank(self) -> Decimal:
        """The bank's balance with what only the journal has."""
        return self.bank_balance + self.book_received - self.book_paid

    @property
    def difference(self) -> Decimal:
        """What no item explains: a wrong balance or opening on one of the sides."""
        return self.adjusted_book - self.adjusted_bank


def reconcile(
    book: Sequence[Line],
    bank: Sequence[Line],
    *,
    book_balance: Decimal,
    bank_balance: Decimal,
    window: int,
    since: dt.date | None = None,
) -> Reconciliation:
    """Match the lines of one account; ``window`` is the greatest distance in days of a pair without a number.

    Lines of no amount belong to nothing and are left out. ``since`` is the first day that both sides tell of:
    what one of them has before, without a counterpart, was settled then.
    """
    left, right = [one for one in book if one.amount], [one for one in bank if one.amount]
    pairs = _by_number(left, right)
    pairs += _by_day(left, right, window)
    if since is not None:
        left = [one for one in left if one.on >= since]
        right = [one for one in right if one.on >= since]
    order = sorted(pairs, key=lambda pair: (pair[0].on, pair[0].place, pair[1].on, pair[1].place))
    return Reconciliation(book_balance, bank_balance, tuple(order), tuple(left), tuple(right))


def _by_number(left: list[Line], right: list[Line]) -> list[tuple[Line, Line]]:
    """Take out of both lists what agrees in number and amount, in order of days."""
    waiting: defaultdict[tuple[str, Decimal], list[Line]] = defaultdict(list)
    for one in sorted(right, key=_order):
        if one.number:
            waiting[one.number, one.amount].append(one)
    pairs = []
    for one in sorted(left, key=_order):
        if one.number and (same := waiting[one.number, one.amount]):
            pairs.append((one, same.pop(0)))
    _take_out(left, [pair[0] for pair in pairs])
    _take_out(right, [pair[1] for pair in pairs])
    return pairs


def _by_day(left: list[Line], right: list[Line], window: int) -> list[tuple[Line, Line]]:
    """Take out of both lists what agrees in amount within the window."""
    groups: defaultdict[Decimal, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for side, lines in enumerate((left, right)):
        for one in sorted(lines, key=_order):
            groups[one.amount][side].append(one)
    pairs = [
        pair
        for amount in sorted(groups)
        for island in _islands(*groups[amount], window)
        for pair in _closest(*island, window)
    ]
    _take_out(left, [pair[0] for pair in pairs])
    _take_out(right, [pair[1] for pair in pairs])
    return pairs


def _islands(
    left: Sequence[Line], right: Sequence[Line], window: int
) -> Iterator[tuple[list[Line], list[Line]]]:
    """The lines in groups with more than the window between them, within which no pair can reach."""
    both = sorted(
        [(one.on, 0, n) for n, one in enumerate(left)] + [(one.on, 1, n) for n, one in enumerate(right)]
    )
    island: tuple[list[Line], list[Line]] = ([], [])
    before: dt.date | None = None
    for on, side, n in both:
        if before is not None and (on - before).days > window:
            yield island
            island = ([], [])
        island[side].append((left, right)[side][n])
        before = on
    yield island


def _closest(left: Sequence[Line], right: Sequence[Line], window: int) -> list[tuple[Line, Line]]:
    """The most pairs within the window, and of those ways the one with the fewest days in all.

    Both are in order of days, where a best way never crosses: so it is found line by line, as the edit
    distance of two texts is.
    """
    best = [[(0, 0)] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            days = abs((left[i].on - right[j].on).days)
            ways = [best[i + 1][j], best[i][j + 1]]
            if days <= window:
                more, cost = best[i + 1][j + 1]
                ways.append((more + 1, cost - days))
            best[i][j] = max(ways)
    pairs, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        days = abs((left[i].on - right[j].on).days)
        more, cost = best[i + 1][j + 1]
        if days <= window and best[i][j] == (more + 1, cost - days):
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _order(line: Line) -> tuple[dt.date, Place, str]:
    return (line.on, line.place, line.summary)


def _take_out(lines: list[Line], taken: Sequence[Line]) -> None:
    """Remove each of ``taken`` once, by identity: two lines may be alike in everything."""
    gone = {id(one) for one in taken}
    lines[:] = [one for one in lines if id(one) not in gone]
