"""What became due, what was paid on it, and what being late costs.

Payments are replayed day by day against the schedule. An instalment is overdue from the day after its due
day; its unpaid principal bears penalty interest from the due day on (算头不算尾: one day late is one day of
penalty) at the contract's rate plus a surcharge, by the day on the year of 360 days as banks do. The
surcharge is 30 to 50 percent of the rate by 银发〔2003〕251号 and stands in the contract; ``on_interest``
charges the same on unpaid interest (复利), which that notice allows.

The order in which a payment is used is a parameter. :data:`CIVIL_CODE` is that of article 561 of the Civil
Code where nothing else was agreed: costs, interest (with penalty interest), principal, over all that is due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shouwang.packs.microcredit.repayment.days import DayCount
from shouwang.packs.microcredit.repayment.schedule import Instalment, TermsError, round_half_up
from shouwang.standards.reading import N_

ZERO = Decimal("0.00")


class Part(StrEnum):
    """What a payment can be used for."""

    COST = N_("费用")
    PENALTY = N_("罚息")
    INTEREST = N_("利息")
    PRINCIPAL = N_("本金")


CIVIL_CODE = (Part.COST, Part.PENALTY, Part.INTEREST, Part.PRINCIPAL)
"""Costs of collection first, then interest, then the debt itself (Civil Code, article 561)."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a payment is shared out.

    ``parts`` names all four parts, first served first. ``by_instalment`` serves the oldest instalment whole
    before the next; otherwise a part is served over all instalments due, oldest first, before the next part.
    """

    parts: tuple[Part, ...] = CIVIL_CODE
    by_instalment: bool = False

    def __post_init__(self) -> None:
        if sorted(self.parts) != sorted(Part):
            raise TermsError("order", N_("还款顺序应写明费用、罚息、利息、本金各一次"))


@dataclass(frozen=True, slots=True)
class Penalty:
    """What being late costs: ``rate`` is the contract's, ``surcharge`` comes on top, both in percent.

    ``grace_days``: an instalment paid in full so many days after its due day bears none; one paid later bears
    it from the first day overdue.
    """

    rate: Decimal
    surcharge: Decimal
    day_count: DayCount = DayCount.ACTUAL_360
    on_interest: bool = False
    grace_days: int = 0

    def __post_init__(self) -> None:
        if self.rate < 0 or self.surcharge < 0 or self.grace_days < 0:
            raise TermsError("penalty", N_("罚息的利率、加收比例和宽限天数不能小于零"))

    def exact(self, amount: Decimal, days: int) -> Fraction:
        """Penalty interest in yuan on an amount that is so many days late, not rounded."""
        rate = Fraction(self.rate) * (1 + Fraction(self.surcharge) / 100)
        return Fraction(amount) * rate * days / (100 * self.day_count.basis)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in on a day, in yuan."""

    on: dt.date
    amount: Decimal


@dataclass(slots=True)
class Due:
    """One instalment that has fallen due, with what was paid on each part of it."""

    number: int
    due_on: dt.date
    principal: Decimal
    interest: Decimal
    penalty: Decimal = ZERO
    paid: dict[Part, Decimal] = field(default_factory=lambda: dict.fromkeys(Part, ZERO))
    settled_on: dt.date | None = None
    accrued: Fraction = Fraction(0)

    def unpaid(self, part: Part) -> Decimal:
        """What is still owed of a part."""
        owed = {Part.PRINCIPAL: self.principal, Part.INTEREST: self.interest, Part.PENALTY: self.penalty}
        return owed.get(part, ZERO) - self.paid[part]


@dataclass(slots=True)
class Account:
    """The state of a loan at the end of a day.

    ``balance`` is the principal not yet repaid, due or not; ``ahead`` what was paid and not yet owed;
    ``used`` what each part has received; ``costs`` what collection has cost so far.
    """

    day: dt.date
    dues: list[Due]
    balance: Decimal
    costs: Decimal
    ahead: Decimal
    used: Mapping[Part, Decimal]

    @property
    def overdue(self) -> list[Due]:
        """Instalments whose due day has passed with principal or interest unpaid, oldest first."""
        return [
            d for d in self.dues if d.due_on < self.day and d.unpaid(Part.PRINCIPAL) + d.unpaid(Part.INTEREST)
        ]

    @property
    def overdue_days(self) -> int:
        """Days since the due day of the oldest instalment that is not paid; 0 when none is overdue."""
        return (self.day - self.overdue[0].due_on).days if self.overdue else 0

    def owed(self, part: Part) -> Decimal:
        """What is due and unpaid of a part on that day."""
        if part is Part.COST:
            return self.costs - self.used[Part.COST]
        return sum((d.unpaid(part) for d in self.dues), ZERO)


def replay(
    instalments: Sequence[Instalment],
    payments: Sequence[Payment],
    day: dt.date,
    penalty: Penalty | None = None,
    order: Order | None = None,
    costs: Sequence[Payment] = (),
) -> Account:
    """The account at the end of ``day``: every payment up to it used as ``order`` says.

    An early repayment of the schedule counts as paid on its day, beside ``payments``. What is paid before it
    is owed waits for the next due day. Penalty interest is rounded once on what has run up in all, so that
    many small payments cost no more than one. Raises :class:`TermsError` for an amount not above zero.
    """
    for one in (*payments, *costs):
        if one.amount <= 0 or one.amount != round_half_up(one.amount):
            raise TermsError("payments", N_("还款和费用的金额应大于零，写到分为止"))
    run = _Replay(list(instalments), penalty, order or Order())
    days = {i.due_on for i in instalments} | {p.on for p in (*payments, *costs)} | {day}
    for when in sorted(d for d in days if d <= day):
        run.reach(when)
        run.costs += sum((c.amount for c in costs if c.on == when), ZERO)
        run.ahead += sum((p.amount for p in payments if p.on == when), ZERO)
        run.share_out(when)
    principal = sum((i.principal for i in instalments), ZERO)
    return Account(day, run.dues, principal - run.used[Part.PRINCIPAL], run.costs, run.ahead, run.used)


class _Replay:
    """The account on its way from day to day."""

    def __init__(self, waiting: list[Instalment], penalty: Penalty | None, order: Order) -> None:
        self.waiting, self.penalty, self.order = waiting, penalty, order
        self.dues: list[Due] = []
        self.last: dt.date | None = None
        self.ahead = self.costs = ZERO
        self.used = dict.fromkeys(Part, ZERO)

    def reach(self, day: dt.date) -> None:
        """Let penalty interest run up to the day and take in the instalments that fall due on it."""
        if self.penalty and self.last:
            for due in self.dues:
                base = due.unpaid(Part.PRINCIPAL)
                base += due.unpaid(Part.INTEREST) if self.penalty.on_interest else ZERO
                due.accrued += self.penalty.exact(base, (day - self.last).days)
                grace = due.due_on + dt.timedelta(self.penalty.grace_days)
                if day > grace and (due.settled_on is None or due.settled_on > grace):
                    due.penalty = round_half_up(due.accrued)
        while self.waiting and self.waiting[0].due_on <= day:
            one = self.waiting.pop(0)
            due = Due(one.number, one.due_on, one.principal, one.interest)
            if one.early:
                self._repay_early(due)
            self.dues.append(due)
        self.last = day

    def _repay_early(self, due: Due) -> None:
        due.settled_on = due.due_on
        for part, amount in ((Part.PRINCIPAL, due.principal), (Part.INTEREST, due.interest)):
            due.paid[part] = amount
            self.used[part] += amount

    def share_out(self, day: dt.date) -> None:
        """Use the money at hand in the order agreed."""
        # Costs are owed before the first instalment is: then there is one group, with nothing in it.
        groups = [[due] for due in self.dues] or [[]] if self.order.by_instalment else [self.dues]
        for group in groups:
            for part in self.order.parts:
                if part is Part.COST:
                    self._use(part, self.costs - self.used[part])
                    continue
                for due in group:
                    due.paid[part] += self._use(part, due.unpaid(part))
        for due in self.dues:
            if due.settled_on is None and not due.unpaid(Part.PRINCIPAL) + due.unpaid(Part.INTEREST):
                due.settled_on = day

    def _use(self, part: Part, owed: Decimal) -> Decimal:
        amount = min(owed, self.ahead)
        self.ahead -= amount
        self.used[part] += amount
        return amount
