"""From the workbooks of villages to books in double entry: vouchers, entries and journals put together.

``owners`` parts the rows by village, ``openings`` and ``journals`` read what cash and bank began with and
what no voucher has, ``vouchers`` makes an entry of each voucher, and here they meet. What cannot be entered
honestly is refused with its row: an account that no chart has, a side that is missing, a fen that is off.
"""

from __future__ import annotations

from shouwang.fund.book import Book
from shouwang.fund.catalogue import Asked, Kept, Ledgers, bookkeeper
from shouwang.fund.entries import Entry, EntryError
from shouwang.packs.accounting.bookkeeping import banks, journals, openings, vouchers
from shouwang.packs.accounting.bookkeeping.owners import Village, refuse, villages


@bookkeeper("accounting", "村（社区）会计账", banks.accounts)
def keep(ledgers: Ledgers, asked: Asked) -> Kept:
    """The books of all villages and communities."""
    kept = Kept()
    for village in villages(ledgers, kept):
        book = Book(village.owner, asked.chart)
        lines = journals.of(village)
        made, named = vouchers.entries(village, lines, asked, kept)
        for entry in [
            *openings.entries(village, lines, asked, kept),
            *made,
            *journals.unnamed(village, lines, named, asked, kept),
        ]:
            _post(book, entry, village, kept)
        kept.ties += journals.ties(village, lines, book)
        if book.entries:
            kept.books.append(book)
    return kept


def _post(book: Book, entry: Entry, village: Village, kept: Kept) -> None:
    try:
        book.post(entry)
    except EntryError as error:
        refuse(kept, village.owner, entry.number, entry.on, entry.debits, error)
