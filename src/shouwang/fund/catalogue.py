"""Who makes books of the ledgers: each pack that has a ``bookkeeping`` module, and funds declared in YAML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Protocol

from django.utils.module_loading import autodiscover_modules

from shouwang.fund.book import Book
from shouwang.fund.chart import Chart
from shouwang.fund.entries import EntryError, Place
from shouwang.fund.reconcile import Line
from shouwang.standards.masking import mask_text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a ledger: its values by column, and where it stands."""

    values: Mapping[str, Any]
    place: Place

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


class Ledgers(Protocol):
    """The rows that were read, as far as bookkeeping needs them."""

    def rows(self, name: str) -> Iterable[Row]:
        """All rows of a ledger in the order of files, sheets and rows; none where it was not read."""


@dataclass(frozen=True)
class Refused:
    """Something of an owner that is in no book, and why."""

    owner: str
    number: str
    on: dt.date | None
    amount: Decimal | None
    error: EntryError


@dataclass(frozen=True)
class Tie:
    """The balance of an account in our book against what the office's own journal ends with."""

    owner: str
    account: str
    ours: Decimal
    theirs: Decimal
    place: Place


@dataclass
class Kept:
    """What bookkeeping made of the ledgers.

    ``left_out`` counts vouchers that are not to be entered, because they were sent back or cancelled,
    ``unjournaled`` those that are entered by their way of settlement, because no journal has them.
    """

    books: list[Book] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    left_out: int = 0
    unjournaled: int = 0

    def add(self, other: Kept) -> None:
        """Take over what another bookkeeper made."""
        self.books += other.books
        self.refused += other.refused
        self.ties += other.ties
        self.left_out += other.left_out
        self.unjournaled += other.unjournaled


@dataclass(frozen=True)
class Asked:
    """How to keep the books: in which chart, and whether names of persons are written in full."""

    chart: Chart
    unmask: bool = False

    def said(self, text: str | None) -> str:
        """A text of the office as it may be written: numbers of persons in it are masked."""
        return (text or "") if self.unmask else mask_text(text or "")


@dataclass(frozen=True)
class BankAccount:
    """What the office and its bank say of one account: lines, and the balance each ends with.

    A side without lines is empty and has no balance.
    """

    owner: str
    account: str
    book: tuple[Line, ...]
    bank: tuple[Line, ...]
    book_balance: Decimal | None
    bank_balance: Decimal | None


Keeper = Callable[[Ledgers, Asked], Kept]
Accounts = Callable[[Ledgers, dt.date | None], list[BankAccount]]


@dataclass(frozen=True)
class Bookkeeper:
    """A pack's way from ledgers to books."""

    code: str
    label: str
    keep: Keeper
    accounts: Accounts | None = None
    ledgers: frozenset[str] = frozenset()
    """The ledgers it is kept of; empty where any of the pack may be."""


_KEEPERS: dict[str, Bookkeeper] = {}


def bookkeeper(code: str, label: str, accounts: Accounts | None = None) -> Callable[[Keeper], Keeper]:
    """Declare the function that makes books of a pack's ledgers; ``code`` is the pack's label.

    ``accounts`` answers what the office and its banks say of each account until a day.
    """

    def register(keep: Keeper) -> Keeper:
        _KEEPERS[code] = Bookkeeper(code, label, keep, accounts)
        return keep

    return register


@cache
def bookkeepers() -> dict[str, Bookkeeper]:
    """All bookkeepers of the installed packs, by code."""
    from shouwang.fund import declared

    autodiscover_modules("bookkeeping")
    found = {keeper.code: keeper for keeper in declared.keepers()}
    return dict(sorted((found | _KEEPERS).items()))
