"""Books as a beancount file. ``bean-check`` proves the entries and the closing balances to the fen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from shouwang.fund.book import Book
from shouwang.fund.entries import Entry
from shouwang.fund.export.names import CURRENCY, ENGLISH, Names, amount, names, plain


def beancount(books: Sequence[Book], title: str) -> Iterator[str]:
    """The lines of the file: accounts, entries by day, and what every account is left with.

    Names of villages and accounts in full, voucher numbers, words of the office and the row of the workbook
    are metadata.
    """
    called = names(books, ENGLISH)
    yield f'option "title" {quoted(title)}'
    yield f'option "operating_currency" "{CURRENCY}"'
    used = [book for book in books if book.entries]
    if not used:
        return
    begin = min(book.entries[0].on for book in used)
    end = max(book.entries[-1].on for book in used)
    yield ""
    yield f"{begin} commodity {CURRENCY}"
    for book in used:
        yield ""
        yield from _accounts(book, called, begin)
    for book in used:
        for entry in book.entries:
            yield ""
            yield from _entry(book, entry, called)
    after = end + dt.timedelta(days=1)
    for book in used:
        yield ""
        for (code, sub), left in book.balances().items():
            # Without a tolerance of its own, a balance may be a fen off and still pass.
            value = amount(left).removesuffix(CURRENCY)
            yield f"{after} balance {called.account(book, code, sub)}  {value}~ 0.00 {CURRENCY}"


def _accounts(book: Book, called: Names, begin: dt.date) -> Iterator[str]:
    for code, sub in book.balances():
        yield f"{begin} open {called.account(book, code, sub)} {CURRENCY}"
        yield f"  owner: {quoted(book.owner)}"
        yield f"  code: {quoted(code)}"
        yield f"  name: {quoted(book.chart.accounts[code].name)}"
        if sub:
            yield f"  sub: {quoted(sub)}"


def _entry(book: Book, entry: Entry, called: Names) -> Iterator[str]:
    said = [quoted(entry.payee)] if entry.payee else []
    yield " ".join([f"{entry.on} *", *said, quoted(entry.summary)])
    if entry.number:
        yield f"  voucher: {quoted(entry.number)}"
    if entry.place.file:
        yield f"  source: {quoted(str(entry.place))}"
    for posting in entry.postings:
        yield f"  {called.account(book, posting.account, posting.sub)}  {amount(posting.amount)}"
        for key, value in (("title", posting.title), ("fund", posting.fund), ("purpose", posting.purpose)):
            if value:
                yield f"    {key}: {quoted(value)}"


def quoted(text: str) -> str:
    """A string of beancount: on one line, with quotes and backslashes escaped."""
    escaped = plain(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
