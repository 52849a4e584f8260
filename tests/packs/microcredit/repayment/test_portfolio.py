"""Subsidies and portfolios: parts that add up, boundaries met exactly."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.packs.microcredit.repayment import (
    Method,
    Position,
    Share,
    Terms,
    TermsError,
    non_performing,
    portfolio_at_risk,
    round_half_up,
    schedule,
    subsidies,
)

LOANS = [
    Position(Decimal(8000), 0),
    Position(Decimal(6000), 30),
    Position(Decimal(3000), 31),
    Position(Decimal(2000), 61),
    Position(Decimal(1000), 91),
    Position(Decimal(0), 400),
]


def test_portfolio_at_risk_counts_whole_balances_above_the_days() -> None:
    assert portfolio_at_risk(LOANS, 30) == Share(Decimal(6000), Decimal(20000))
    assert portfolio_at_risk(LOANS, 60) == Share(Decimal(3000), Decimal(20000))
    assert portfolio_at_risk(LOANS, 90).value == Fraction(1, 20)
    assert portfolio_at_risk([], 30).value is None


def test_the_ratio_by_amount_and_by_number() -> None:
    assert non_performing(LOANS, by_number=False).value == Fraction(12000, 20000)
    assert non_performing(LOANS, by_number=True).value == Fraction(4, 5)
    assert non_performing(LOANS, by_number=True, days=90).value == Fraction(1, 5)


@pytest.mark.parametrize(
    ("part", "reaches", "exceeds"),
    [("9999.99", False, False), ("10000.00", True, False), ("10000.01", True, True)],
)
def test_ten_percent_is_reached_at_ten_percent(part: str, reaches: bool, exceeds: bool) -> None:
    share = Share(Decimal(part), Decimal(100000))
    assert (share.reaches(Decimal("0.10")), share.exceeds(Decimal("0.10"))) == (reaches, exceeds)
    assert not Share(Decimal(0), Decimal(0)).reaches(Decimal(0))


def loan(n: int = 12) -> Terms:
    return Terms(Decimal(20000), Decimal("4.35"), dt.date(2023, 1, 31), n, Method.INTEREST_FIRST)


def test_half_of_the_interest_is_subsidised() -> None:
    # 72.50 a month: 36.25 each.
    assert subsidies(schedule(loan()), Decimal("0.5")) == [Decimal("36.25")] * 12
    assert sum(subsidies(schedule(loan()), Decimal("0.5"), most=4)) == Decimal("145.00")
    assert subsidies(schedule(loan()), Decimal(1)) == [Decimal("72.50")] * 12


@pytest.mark.parametrize("share", ["-0.01", "1.01"])
def test_more_than_the_interest_is_not_subsidised(share: str) -> None:
    with pytest.raises(TermsError, match="share"):
        subsidies(schedule(loan()), Decimal(share))


@given(st.decimals("0", "1", places=4), st.integers(1, 36), st.decimals("0.01", "99999", places=2))
def test_subsidies_add_up_to_the_share_of_all_interest(share: Decimal, n: int, amount: Decimal) -> None:
    made = schedule(Terms(amount, Decimal("4.35"), dt.date(2023, 1, 31), n))
    parts = subsidies(made, share)
    assert sum(parts) == round_half_up(Fraction(sum(i.interest for i in made)) * Fraction(share))
    assert all(0 <= part <= one.interest + Decimal("0.01") for part, one in zip(parts, made, strict=True))
