"""Cash and bank journals: their lines, which of them name a voucher, transfers, and where they end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from shouwang.fund.book import Book
from shouwang.fund.catalogue import Asked, Kept, Tie
from shouwang.fund.entries import ZERO, Entry, EntryError, Place, Posting
from shouwang.packs.accounting.bookkeeping.owners import Village, refuse


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of a journal: money received positive, paid negative; ``cash`` or the bank account ``sub``."""

    cash: bool
    sub: str
    on: dt.date
    number: str
    summary: str
    amount: Decimal
    balance: Decimal | None
    place: Place

    @property
    def thread(self) -> tuple[bool, str]:
        """Which journal it stands in."""
        return (self.cash, self.sub)

    def posting(self, asked: Asked, amount: Decimal | None = None) -> Posting:
        """Its side of an entry."""
        code = asked.chart.cash if self.cash else asked.chart.bank
        return Posting(code, self.amount if amount is None else amount, "" if self.cash else self.sub)


def of(village: Village) -> list[JournalLine]:
    """All lines of the village's journals, in order of days and then as they stand."""
    lines = []
    for name in ("cash_journal", "bank_journal"):
        cash = name == "cash_journal"
        for row in village[name]:
            amount = (row["income"] or ZERO) - (row["expense"] or ZERO)
            lines.append(
                JournalLine(
                    cash,
                    "" if cash else village.sub(row["account"]),
                    row["entered_on"],
                    (row["voucher_no"] or "").strip(),
                    row["summary"] or "",
                    amount,
                    row["balance"],
                    row.place,
                )
            )
    return sorted(lines, key=lambda line: (line.on, line.place))


def threads(lines: Sequence[JournalLine]) -> dict[tuple[bool, str], list[JournalLine]]:
    """The lines of each journal: cash, and each bank account."""
    found: defaultdict[tuple[bool, str], list[JournalLine]] = defaultdict(list)
    for line in lines:
        found[line.thread].append(line)
    return dict(sorted(found.items(), key=lambda item: (not item[0][0], item[0][1])))


def unnamed(
    village: Village, lines: Sequence[JournalLine], named: set[int], asked: Asked, kept: Kept
) -> Iterator[Entry]:
    """Entries of the lines that no voucher has: transfers between own accounts, and what its words explain.

    ``named`` are the ids of the lines that belong to a voucher. A line whose other side nobody can tell is
    refused.
    """
    rest = [line for line in lines if id(line) not in named and line.amount]
    waiting: defaultdict[tuple[str | dt.date, Decimal], list[JournalLine]] = defaultdict(list)
    for line in rest:
        waiting[line.number or line.on, line.amount].append(line)
    used: set[int] = set()
    for line in rest:
        if id(line) in used:
            continue
        used.add(id(line))
        other = _other_side(line, waiting[line.number or line.on, -line.amount], used)
        if other is not None:
            used.add(id(other))
            postings = tuple(one.posting(asked) for one in (line, other))
            yield Entry(line.number, line.on, postings, asked.said(line.summary), "", line.place)
            continue
        account = asked.chart.find(line.summary) if line.summary else None
        if account is None or account.code in asked.chart.money:
            error = EntryError(
                "no_voucher",
                _("日记账这一笔（凭证{number}，{summary}）没有对应的已入账凭证，不知对方科目").format(
                    number=line.number or _("空"), summary=asked.said(line.summary) or _("无摘要")
                ),
                _("补登凭证；属利息、手续费的在摘要里写明。"),
                line.place,
            )
            refuse(kept, village.owner, line.number, line.on, abs(line.amount), error)
            continue
        postings = (line.posting(asked), Posting(account.code, -line.amount, title=line.summary))
        yield Entry(line.number, line.on, postings, asked.said(line.summary), "", line.place)


def _other_side(line: JournalLine, candidates: Sequence[JournalLine], used: set[int]) -> JournalLine | None:
    """The line of another journal that takes what leaves this one, by the same number or on the same day."""
    return next((one for one in candidates if id(one) not in used and one.thread != line.thread), None)


def ties(village: Village, lines: Sequence[JournalLine], book: Book) -> list[Tie]:
    """What each journal ends with, against the balance of its account in the book.

    Where the book does not part an account as the journals do, all journals of it are taken together.
    """
    last: dict[str, dict[str, JournalLine]] = {}
    for (cash, sub), thread in threads(lines).items():
        code = book.chart.cash if cash else book.chart.bank
        ends = next((line for line in reversed(thread) if line.balance is not None), None)
        if ends is not None:
            last.setdefault(code, {})["" if cash else sub] = ends
    found = []
    for code, ends_of in last.items():
        ours = {sub: amount for (of, sub), amount in book.balances().items() if of == code}
        name = book.chart.accounts[code].name
        theirs = {sub: ends.balance or ZERO for sub, ends in ends_of.items()}
        if not set(ours) <= set(theirs):
            ours = {"": sum(ours.values(), ZERO)}
            theirs = {"": sum(theirs.values(), ZERO)}
        place = next(iter(ends_of.values())).place
        found += [
            Tie(
                village.owner,
                f"{name} {sub}".strip(),
                ours.get(sub, ZERO),
                balance,
                ends_of[sub].place if sub in ends_of else place,
            )
            for sub, balance in theirs.items()
        ]
    return found
