"""What share of the money lent is late: portfolio at risk and the non-performing ratio."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple


class Position(NamedTuple):
    """A loan in a portfolio: principal not repaid in yuan, and days since its oldest unpaid due day."""

    balance: Decimal
    overdue_days: int


class Share(NamedTuple):
    """A part of a whole, kept exact so that a boundary is met exactly."""

    part: Decimal
    whole: Decimal

    def reaches(self, limit: Decimal) -> bool:
        """达到: at the limit or above; never where there is nothing to share."""
        return self.whole > 0 and self.part >= self.whole * limit

    def exceeds(self, limit: Decimal) -> bool:
        """超过: above the limit."""
        return self.whole > 0 and self.part > self.whole * limit

    @property
    def value(self) -> Fraction | None:
        """The exact quotient; None where the whole is zero."""
        return Fraction(self.part) / Fraction(self.whole) if self.whole else None


def portfolio_at_risk(loans: Iterable[Position], days: int) -> Share:
    """Balance of loans more than ``days`` overdue over the balance of all (PAR30 for 30).

    The whole balance of such a loan is at risk, not only the instalment that is late (CGAP, *Measuring
    microcredit delinquency*, 1999).
    """
    open_loans = [one for one in loans if one.balance > 0]
    late = sum((one.balance for one in open_loans if one.overdue_days > days), Decimal(0))
    return Share(late, sum((one.balance for one in open_loans), Decimal(0)))


def non_performing(loans: Iterable[Position], *, by_number: bool, days: int = 0) -> Share:
    """Loans more than ``days`` overdue over all loans not repaid, by balance or by number of loans."""
    if not by_number:
        return portfolio_at_risk(loans, days)
    open_loans = [one for one in loans if one.balance > 0]
    late = sum(one.overdue_days > days for one in open_loans)
    return Share(Decimal(late), Decimal(len(open_loans)))
