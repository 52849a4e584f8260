"""Names of accounts in plain-text accounting, the same for the same books.

beancount takes a component whose first character is an upper-case letter or a figure and whose others are
letters of any script, figures and hyphens (``beancount.core.account``, 3.2): Chinese may not stand first.
So an owner becomes ``V石桥村`` and an account ``101库存现金``, and a sign that may not stand there a hyphen.
hledger takes nearly anything; it gets the same components below Chinese roots, so that the two can be
compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from shouwang.fund.book import Book
from shouwang.fund.chart import Kind
from shouwang.standards.text import normalise

CURRENCY: Final = "CNY"
UNTOLD: Final = "未分户"
"""The sub-account of what belongs to none of those that an account has."""

ENGLISH: Final = {
    Kind.ASSET: "Assets",
    Kind.COST: "Assets",
    Kind.LIABILITY: "Liabilities",
    Kind.EQUITY: "Equity",
    Kind.INCOME: "Income",
    Kind.EXPENSE: "Expenses",
}
"""The roots of beancount. What is being made (成本) is still there, so it stands among the assets."""

CHINESE: Final = {
    Kind.ASSET: "资产",
    Kind.COST: "资产",
    Kind.LIABILITY: "负债",
    Kind.EQUITY: "权益",
    Kind.INCOME: "收入",
    Kind.EXPENSE: "支出",
}
"""The roots for hledger, which is told of each what type it is."""


def component(text: str) -> str:
    """The letters and figures of a text, with hyphens for what lies between them.

    >>> component("生产（劳务）成本"), component(" A-1 村·东 ")
    ('生产-劳务-成本', 'A-1-村-东')
    """
    kept = (
        sign if unicodedata.category(sign)[0] == "L" or unicodedata.category(sign) == "Nd" else "-"
        for sign in normalise(text)
    )
    return re.sub("-+", "-", "".join(kept)).strip("-")


@dataclass(frozen=True)
class Names:
    """The names of all accounts of some books below these roots.

    ``parted`` are the accounts (owner, code) with sub-accounts: what is in none of them needs a place beside
    them, because a balance of beancount is that of an account with all below it.
    """

    roots: Mapping[Kind, str]
    owners: Mapping[str, str]
    parted: frozenset[tuple[str, str]]

    def account(self, book: Book, code: str, sub: str = "") -> str:
        """The full name of an account of a book."""
        account = book.chart.accounts[code]
        parts = [self.roots[account.kind], self.owners[book.owner], component(code + account.name)]
        if sub or (book.owner, code) in self.parted:
            parts.append("A" + component(sub or UNTOLD))
        return ":".join(parts)


def names(books: Sequence[Book], roots: Mapping[Kind, str]) -> Names:
    """Names for these books; owners that would be called the same are told apart by a number, in order."""
    owners: dict[str, str] = {}
    taken: set[str] = set()
    for owner in sorted({book.owner for book in books}):
        plain = "V" + component(owner)
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name)
        owners[owner] = name
    parted = {(book.owner, code) for book in books for code, sub in book.balances() if sub}
    return Names(roots, owners, frozenset(parted))


def amount(value: Decimal) -> str:
    """An amount with its currency: ``-4896.84 CNY``."""
    return f"{value:.2f} {CURRENCY}"


def plain(text: str) -> str:
    """A text on one line, without signs that are none to the eye."""
    kept = (sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return normalise("".join(kept))
