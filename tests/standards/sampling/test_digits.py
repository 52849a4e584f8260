"""Digit tests against jfa's printed result, Nigrini's limits and scipy."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shouwang.standards.sampling.digits import (
    LIMITS,
    Place,
    benford,
    conformity,
    digit_test,
    leading,
)
from shouwang.standards.sampling.exact import SamplingError

#: First digits 1 … 9 of the 772 figures of Sino-Forest's 2010 statements, counted from jfa's ``sinoForest``.
SINO_FOREST = (231, 124, 97, 70, 64, 54, 40, 54, 38)


def amounts(counts: tuple[int, ...]) -> list[Decimal]:
    return [Decimal(digit * 100) for digit, count in enumerate(counts, 1) for _ in range(count)]


def test_sino_forest_as_jfa_prints_it() -> None:
    """jfa 0.7.3: n = 772, MAD = 0.0065981, X-squared = 7.6517427, df = 8, p-value = 0.4682064."""
    found = digit_test(amounts(SINO_FOREST))
    assert (found.n, found.freedom, found.left_out) == (772, 8, 0)
    assert found.mad == pytest.approx(0.0065981, abs=5e-8)
    assert found.chi_square == pytest.approx(7.6517426989499855, rel=1e-12)
    assert found.p_value == pytest.approx(0.46820638130036729, rel=1e-12)
    assert found.conformity == "acceptable" and not found.few
    assert tuple(d.count for d in found.digits) == SINO_FOREST


def test_the_z_statistic_has_its_continuity_correction() -> None:
    """Nigrini 2012, 7.2: |p − e| less 1/2n, over the standard error; 231 of 772 begin with 1."""
    one = digit_test(amounts(SINO_FOREST)).digits[0]
    gap = math.log10(2) - 231 / 772 - 1 / (2 * 772)
    assert one.z == pytest.approx(gap / math.sqrt(math.log10(2) * (1 - math.log10(2)) / 772))


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        ("first", {1: 0.30103, 2: 0.17609, 9: 0.04576}),
        ("second", {0: 0.11968, 1: 0.11389, 5: 0.09668, 9: 0.08500}),
        ("first-two", {10: 0.04139, 50: 0.00860, 99: 0.00436}),
    ],
)
def test_shares_are_the_printed_ones(place: Place, printed: dict[int, float]) -> None:
    """Nigrini 2012, table 1.1."""
    shares = benford(place)
    assert {d: round(shares[d], 5) for d in printed} == printed
    assert sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize("place", ["first", "second", "first-two"])
def test_a_limit_belongs_to_the_better_side(place: Place) -> None:
    names = ("close", "acceptable", "marginal", "nonconforming")
    for at, limit in enumerate(LIMITS[place]):
        assert conformity(limit, place) == names[at]
        assert conformity(limit + 1e-9, place) == names[at + 1]


def test_nigrinis_limits() -> None:
    """Table 7.1 of Benford's Law (2012)."""
    assert LIMITS == {
        "first": (0.006, 0.012, 0.015),
        "second": (0.008, 0.010, 0.012),
        "first-two": (0.0012, 0.0018, 0.0022),
    }


@pytest.mark.parametrize(
    ("amount", "first", "second", "pair"),
    [
        ("1234.56", 1, 2, 12),
        ("-20.00", 2, 0, 20),
        ("10", 1, 0, 10),
        ("9.99", 9, None, None),
        ("0.05", 5, None, None),
        ("0.00", None, None, None),
        ("1E+3", 1, 0, 10),
        ("99999999.99", 9, 9, 99),
    ],
)
def test_leading_digits(amount: str, first: int | None, second: int | None, pair: int | None) -> None:
    found = [leading(Decimal(amount), place) for place in ("first", "second", "first-two")]  # type: ignore[arg-type]
    assert found == [first, second, pair]


@given(st.lists(st.decimals(10, 10**6, places=2), min_size=1, max_size=200))
def test_the_chi_square_is_scipys(values: list[Decimal]) -> None:
    for place in ("first", "second", "first-two"):
        found = digit_test(values, place)  # type: ignore[arg-type]
        other = stats.chisquare([d.count for d in found.digits], [d.expected for d in found.digits])
        assert found.chi_square == pytest.approx(other.statistic)
        assert found.p_value == pytest.approx(other.pvalue, abs=1e-12)
        assert found.few


def test_powers_grow_by_the_law_and_made_up_amounts_do_not() -> None:
    grown = [Decimal(2) ** n for n in range(10, 1510)]
    assert digit_test(grown, "first-two").conformity == "close"
    assert digit_test(grown, "second").conformity == "close"
    made_up = [Decimal(19_900 + n) for n in range(1500)]  # kept just below a limit of 20,000, or just over it
    assert digit_test(made_up, "first-two").conformity == "nonconforming"


def test_nothing_to_look_at_is_told() -> None:
    with pytest.raises(SamplingError):
        digit_test([Decimal(0), Decimal(5)], "second")
