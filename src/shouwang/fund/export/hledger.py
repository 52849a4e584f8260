"""Books as a journal of hledger. ``hledger check --strict`` proves entries, names and closing balances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from shouwang.fund.book import Book
from shouwang.fund.chart import Kind
from shouwang.fund.entries import Entry
from shouwang.fund.export.names import CHINESE, CURRENCY, Names, amount, names, plain

_TYPES: Final = {
    Kind.ASSET: "A",
    Kind.LIABILITY: "L",
    Kind.EQUITY: "E",
    Kind.INCOME: "R",
    Kind.EXPENSE: "X",
}
_WIDE: Final = str.maketrans({";": "；", "|": "｜", ",": "，", "(": "（", ")": "）", ":": "："})
"""Signs that end a text or begin something else in a journal, and how a Chinese text writes them."""


def hledger(books: Sequence[Book], title: str) -> Iterator[str]:
    """The lines of the journal: accounts and their types, entries by day, what every account is left with."""
    called = names(books, CHINESE)
    yield f"; {plain(title)}"
    used = [book for book in books if book.entries]
    if not used:
        return
    yield ""
    yield f"commodity 1000.00 {CURRENCY}"
    for kind, letter in _TYPES.items():
        yield f"account {CHINESE[kind]}  ; type:{letter}"
    for book in used:
        yield ""
        for code, sub in book.balances():
            name = book.chart.accounts[code].name
            yield f"account {called.account(book, code, sub)}  ; owner:{text(book.owner)}, name:{text(name)}"
    for book in used:
        for entry in book.entries:
            yield ""
            yield from _entry(book, entry, called)
    end = max(book.entries[-1].on for book in used)
    for book in used:
        yield ""
        yield f"{end} * () 期末余额核对"
        for (code, sub), left in book.balances().items():
            yield f"    {called.account(book, code, sub)}  {amount(left - left)} = {amount(left)}"


def _entry(book: Book, entry: Entry, called: Names) -> Iterator[str]:
    said = " | ".join(part for part in (text(entry.payee), text(entry.summary)) if part)
    yield f"{entry.on} * ({text(entry.number)}) {said}".rstrip()
    if entry.place.file:
        yield f"    ; source:{text(str(entry.place))}"
    for posting in entry.postings:
        tags = {"title": posting.title, "fund": posting.fund, "purpose": posting.purpose}
        told = ", ".join(f"{key}:{text(value)}" for key, value in tags.items() if value)
        line = f"    {called.account(book, posting.account, posting.sub)}  {amount(posting.amount)}"
        yield line + (f"  ; {told}" if told else "")


def text(value: str) -> str:
    """A text that begins and ends nothing in a journal."""
    return plain(value).translate(_WIDE)
