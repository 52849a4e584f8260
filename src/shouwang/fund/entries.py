"""Entries of a book (会计分录): dated, numbered, and balanced to the fen, or they cannot be made."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from shouwang.standards.money import FEN, LIMIT

ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """The row of a sheet that something comes from; ``row`` 0 for what has no row of its own."""

    file: str = ""
    sheet: str = ""
    row: int = 0

    def __str__(self) -> str:
        return " / ".join(part for part in (self.file, self.sheet, str(self.row) if self.row else "") if part)


NOWHERE: Final = Place()


class EntryError(ValueError):
    """What cannot be entered, and why: ``code`` for programs, the sentence and the advice for the office."""

    def __init__(self, code: str, text: str, advice: str = "", place: Place | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.advice = advice
        self.place = place or NOWHERE


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of an entry.

    ``account`` is a code of the chart, ``amount`` yuan with at most two decimals: debits (借) positive,
    credits (贷) negative. ``sub`` tells accounts of one code apart (the last digits of a bank account),
    ``title`` is the office's own word for it. ``fund`` and ``purpose`` say what earmarked money (专款) it is;
    both are empty for money that may be spent on anything.
    """

    account: str
    amount: Decimal
    sub: str = ""
    title: str = ""
    fund: str = ""
    purpose: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What balances are kept by: account and sub-account."""
        return (self.account, self.sub)

    @property
    def earmark(self) -> tuple[str, str]:
        """Fund and purpose."""
        return (self.fund, self.purpose)


@dataclass(frozen=True, slots=True)
class Entry:
    """A voucher as double entry.

    Refused with :class:`EntryError` (code in brackets): fewer than two postings (``one_sided``), a part of a
    fen or an amount beyond DECIMAL(18,2) (``not_to_the_fen``, ``too_large``), debits that differ from credits
    (``unbalanced``), and money of one purpose that turns into money of another without the other side
    (``purposes_mixed``): each purpose balances by itself.
    """

    number: str
    on: dt.date
    postings: tuple[Posting, ...]
    summary: str = ""
    payee: str = ""
    place: Place = NOWHERE

    def __post_init__(self) -> None:
        if len(self.postings) < 2:
            self._refuse(
                "one_sided",
                _("凭证{number}只有一方，没有对方科目"),
                _("补登对方科目。"),
            )
        for posting in self.postings:
            if not posting.amount.is_finite() or posting.amount != posting.amount.quantize(FEN):
                self._refuse(
                    "not_to_the_fen",
                    _("凭证{number}的金额{amount}不是整分"),
                    _("金额写到分为止。"),
                    amount=posting.amount,
                )
            if abs(posting.amount) >= LIMIT:
                self._refuse("too_large", _("凭证{number}的金额超出范围"), _("核对位数和单位。"))
        if off := sum((posting.amount for posting in self.postings), ZERO):
            self._refuse(
                "unbalanced",
                _("凭证{number}借方{debits}元，贷方{credits}元，相差{off}元"),
                _("更正分录，使借贷相等。"),
                debits=self.debits,
                credits=self.credits,
                off=abs(off),
            )
        by_purpose: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
        for posting in self.postings:
            by_purpose[posting.earmark] += posting.amount
        if mixed := sorted(earmark for earmark, amount in by_purpose.items() if amount):
            self._refuse(
                "purposes_mixed",
                _("凭证{number}把不同用途的专款混在一起：{purposes}"),
                _("专款专用：每一用途单独平衡，调剂须有批准并分别列明转出和转入。"),
                purposes="、".join("/".join(filter(None, earmark)) or _("一般资金") for earmark in mixed),
            )

    def _refuse(self, code: str, text: str, advice: str, **values: object) -> None:
        raise EntryError(code, text.format(number=self.number, **values), advice, self.place)

    @property
    def debits(self) -> Decimal:
        """The sum of the debit side, which is that of the credit side."""
        return sum((p.amount for p in self.postings if p.amount > 0), ZERO)

    @property
    def credits(self) -> Decimal:
        """The sum of the credit side, as a positive number."""
        return -sum((p.amount for p in self.postings if p.amount < 0), ZERO)


def added_up(postings: Iterable[Posting]) -> dict[tuple[str, str], Decimal]:
    """The sum of postings by account and sub-account, debits positive; accounts in order."""
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for posting in postings:
        sums[posting.key] += posting.amount
    return dict(sorted(sums.items()))
