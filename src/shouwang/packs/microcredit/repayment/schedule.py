"""The repayment schedule of a loan to the fen: equal instalments or principal, interest first, bullet.

All arithmetic is exact (fractions); an amount is rounded half up to the fen when it falls due, and the last
instalment takes up what rounding has left. The laws that hold whatever the terms are: the principal parts
add up to the loan, no balance is below zero, each interest is that of the balance before it.

The equal instalment is the loan over the sum of the discount factors of its due days. With ``30/360`` and no
odd days that is the formula of PMT, A = P·i / (1 − (1+i)^−n).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from shouwang.packs.microcredit.repayment.days import DayCount, add_months, days_between
from shouwang.standards.reading import N_

LONGEST = 600
"""Instalments a schedule may have: fifty years of months."""
LARGEST = Decimal(10) ** 12
"""Yuan a loan must stay below."""
DEAREST = Decimal(100)
"""Percent a year that a rate may not exceed."""


class Method(StrEnum):
    """How a loan is repaid."""

    EQUAL_INSTALMENT = N_("等额本息")
    EQUAL_PRINCIPAL = N_("等额本金")
    INTEREST_FIRST = N_("先息后本")
    BULLET = N_("到期还本付息")


class After(StrEnum):
    """What an early repayment changes."""

    SHORTER = "缩短期限"
    SMALLER = "减少月供"


class TermsError(ValueError):
    """Terms that no loan can have. ``field`` names the one that is wrong, ``reason`` says why (Chinese)."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Terms:
    """What the contract says.

    ``principal`` in yuan (full fen), ``rate`` in percent a year (4.35), ``instalments`` due every ``every``
    months from ``first_due_on`` (by default so many months after ``paid_out_on``). During the first ``grace``
    instalments only interest is due (宽限期). :class:`TermsError` names a term that is out of range.
    """

    principal: Decimal
    rate: Decimal
    paid_out_on: dt.date
    instalments: int
    method: Method = Method.EQUAL_INSTALMENT
    day_count: DayCount = DayCount.THIRTY_360
    every: int = 1
    first_due_on: dt.date | None = None
    grace: int = 0

    def __post_init__(self) -> None:
        if not (0 < self.principal < LARGEST) or self.principal != round_half_up(self.principal):
            raise TermsError("principal", N_("贷款金额应大于零、小于一万亿元，写到分为止"))
        if not 0 <= self.rate <= DEAREST:
            raise TermsError("rate", N_("年利率应在0至100（%）之间"))
        if not 1 <= self.instalments <= LONGEST:
            raise TermsError("instalments", N_("期数应在1至600之间"))
        if not 1 <= self.every <= LONGEST or self.every * self.instalments > LONGEST * 12:
            raise TermsError("every", N_("每期月数应在1以上，总期限不超过六百年"))
        if self.first_due_on is not None and self.first_due_on <= self.paid_out_on:
            raise TermsError("first_due_on", N_("首次还款日应在放款日之后"))
        if not 0 <= self.grace < self.instalments:
            raise TermsError("grace", N_("只付息的期数应小于总期数"))
        if (self.first_due_on or self.paid_out_on).year + self.every * self.instalments // 12 > 9990:
            raise TermsError("paid_out_on", N_("日期超出范围"))

    @property
    def agreed_day(self) -> int:
        """The day of the month on which instalments fall due, before a short month pulls it forward."""
        regular = add_months(self.paid_out_on, self.every)
        if self.first_due_on is None or self.first_due_on == regular:
            return self.paid_out_on.day
        return self.first_due_on.day

    def due_days(self) -> list[dt.date]:
        """The due day of every instalment, in order."""
        if self.method is Method.BULLET:
            months = self.every * (self.instalments - 1)
            first = self.first_due_on or add_months(self.paid_out_on, self.every)
            return [add_months(first, months, self.agreed_day)]
        first = self.first_due_on or add_months(self.paid_out_on, self.every)
        return [add_months(first, self.every * k, self.agreed_day) for k in range(self.instalments)]


@dataclass(frozen=True, slots=True)
class Prepayment:
    """Principal repaid on a day before it is due; None repays all that is left."""

    on: dt.date
    amount: Decimal | None = None
    after: After = After.SHORTER


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is due on one day: principal and interest in yuan, and the balance that is left after it.

    ``number`` counts the regular instalments from 1; an early repayment has the number 0 and brings along the
    interest that the balance has borne since the last due day (利随本清).
    """

    number: int
    start_on: dt.date
    due_on: dt.date
    days: int
    principal: Decimal
    interest: Decimal
    balance: Decimal

    @property
    def payment(self) -> Decimal:
        """Principal and interest together."""
        return self.principal + self.interest

    @property
    def early(self) -> bool:
        """Whether this is an early repayment."""
        return self.number == 0


def round_half_up(amount: Fraction | Decimal) -> Decimal:
    """An amount in yuan to the fen, half away from zero (四舍五入), from its exact value."""
    fen = Fraction(amount) * 100
    whole = (2 * abs(fen.numerator) + fen.denominator) // (2 * fen.denominator)
    return Decimal(whole if fen >= 0 else -whole).scaleb(-2)


def interest(balance: Decimal, rate: Decimal, days: int, count: DayCount) -> Decimal:
    """Interest in yuan on ``balance`` at ``rate`` percent a year for so many days, rounded half up."""
    return round_half_up(Fraction(balance) * Fraction(rate) * days / (100 * count.basis))


def equal_instalment(balance: Decimal, rate: Decimal, days: Sequence[int], count: DayCount) -> Decimal:
    """The one amount that repays ``balance`` in as many instalments as there are ``days``, to the fen."""
    factor, factors = Fraction(1), Fraction(0)
    for each in days:
        factor /= 1 + Fraction(rate) * each / (100 * count.basis)
        factors += factor
    return round_half_up(Fraction(balance) / factors)


def schedule(terms: Terms, prepayments: Sequence[Prepayment] = ()) -> list[Instalment]:
    """Every instalment of the loan in order, early repayments among them.

    An early repayment on a due day comes after that day's instalment. One above the balance repays the
    balance. With :attr:`After.SHORTER` the later payments stay as they were and end sooner; with
    :attr:`After.SMALLER` the due days stay and the payments are worked out anew. Raises :class:`TermsError`
    for an early repayment outside the loan's life or not above zero.
    """
    days = terms.due_days()
    for one in prepayments:
        if not terms.paid_out_on <= one.on <= days[-1]:
            raise TermsError("prepayments", N_("提前还款日应在放款日与到期日之间"))
        if one.amount is not None and (one.amount <= 0 or one.amount != round_half_up(one.amount)):
            raise TermsError("prepayments", N_("提前还款金额应大于零，写到分为止"))
    return list(_Run(terms, days, sorted(prepayments, key=lambda p: p.on)).rows())


class _Run:
    """The loan on its way from day to day."""

    def __init__(self, terms: Terms, due: list[dt.date], early: list[Prepayment]) -> None:
        self.terms, self.due, self.early = terms, due, early
        self.balance = round_half_up(terms.principal)
        self.last = terms.paid_out_on
        self.spent = 0  # days of the current period whose interest an early repayment has settled
        # The equal instalment or the equal principal part; None: to be worked out at the next instalment.
        self.share: Decimal | None = None
        if terms.method in (Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL):
            starts = [terms.paid_out_on, *due]
            days = self._days(starts[terms.grace], due[terms.grace])
            self.share = self._new_share(terms.grace + 1, days)

    def rows(self) -> Iterator[Instalment]:
        start = self.terms.paid_out_on
        for number, due in enumerate(self.due, start=1):
            while self.early and self.early[0].on < due:
                yield self._repay_early(start, self.early.pop(0))
                if not self.balance:
                    return
            yield self._fall_due(number, start, due)
            start, self.last, self.spent = due, due, 0
            while self.early and self.early[0].on == due and self.balance:
                yield self._repay_early(start, self.early.pop(0))
            if not self.balance:
                return

    def _days(self, start: dt.date, end: dt.date) -> int:
        return days_between(start, end, self.terms.day_count, self.terms.agreed_day)

    def _interest(self, days: int) -> Decimal:
        return interest(self.balance, self.terms.rate, days, self.terms.day_count)

    def _repay_early(self, start: dt.date, one: Prepayment) -> Instalment:
        days = max(0, self._days(start, one.on) - self.spent)
        due = self._interest(days)
        principal = self.balance if one.amount is None else min(round_half_up(one.amount), self.balance)
        self.balance -= principal
        row = Instalment(0, self.last, one.on, days, principal, due, self.balance)
        self.spent += days
        self.last = one.on
        if one.after is After.SMALLER:
            self.share = None
        return row

    def _fall_due(self, number: int, start: dt.date, due: dt.date) -> Instalment:
        days = max(0, self._days(start, due) - self.spent)
        charge = self._interest(days)
        principal = self._principal(number, days, charge)
        self.balance -= principal
        return Instalment(number, self.last, due, days, principal, charge, self.balance)

    def _principal(self, number: int, days: int, charge: Decimal) -> Decimal:
        method = self.terms.method
        if number == len(self.due):
            return self.balance
        if number <= self.terms.grace or method in (Method.INTEREST_FIRST, Method.BULLET):
            return Decimal("0.00")
        if self.share is None:
            self.share = self._new_share(number, days)
        part = self.share - charge if method is Method.EQUAL_INSTALMENT else self.share
        return min(max(part, Decimal("0.00")), self.balance)

    def _new_share(self, number: int, days: int) -> Decimal:
        """The amount that repays what is left in the instalments from this one on."""
        left = len(self.due) - number + 1
        if self.terms.method is Method.EQUAL_PRINCIPAL:
            return round_half_up(Fraction(self.balance) / left)
        ends = self.due[number - 1 :]
        later = [self._days(a, b) for a, b in pairwise(ends)]
        return equal_instalment(self.balance, self.terms.rate, [days, *later], self.terms.day_count)
