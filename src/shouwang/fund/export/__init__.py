"""Books as plain-text accounting (纯文本账): beancount and hledger read them with checkers of their own."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from shouwang.fund.book import Book
from shouwang.fund.export.beancount import beancount
from shouwang.fund.export.hledger import hledger

FORMATS: Final[dict[str, Callable[[Sequence[Book], str], Iterator[str]]]] = {
    "beancount": beancount,
    "hledger": hledger,
}
"""What writes a format: takes books and a title, yields lines without their ends."""

__all__ = ["FORMATS", "beancount", "hledger"]
