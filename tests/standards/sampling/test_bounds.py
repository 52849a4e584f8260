"""Bounds of monetary-unit samples against the AICPA guide's factors and jfa's printed results."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standards.sampling import aicpa

from shouwang.standards.sampling.bounds import (
    Bound,
    Checked,
    cell,
    evaluate,
    poisson_factor,
    stringer,
)
from shouwang.standards.sampling.exact import SamplingError


def with_taints(*taints: object, units: int, confidence: str = "95%") -> dict[Bound, float]:
    """The upper limits as shares of the amount, of a sample of ``units`` with these taints among them."""
    checked = [Checked(Decimal(10**8), Decimal(10**8) * (1 - Decimal(str(t)))) for t in taints]
    result = evaluate(checked, confidence, unit_value=10**8, units=units)
    return {name: float(limit) / 10**8 / units for name, limit in result.over.upper.items()}


def test_factors_are_those_of_the_aicpa_guide() -> None:
    for errors, factors in aicpa.C3.items():
        found = [ceil(poisson_factor(1 - Fraction(risk, 100), errors) * 100) / 100 for risk in aicpa.C3_RISKS]
        assert found == list(factors), errors


def test_the_partial_misstatements_of_jfas_article() -> None:
    """60 items, 26 in error: jfa prints 0.2799705 (stringer) for the taints; its table rounds them to 1 %.

    Their exact sum is 11.003, that of the table 10.99, so the limits agree to three decimals and no more.
    """
    table = {
        0.02: 1, 0.1: 6, 0.2: 1, 0.25: 3, 0.33: 2, 0.35: 2, 0.38: 1, 0.5: 2, 0.53: 1, 0.6: 1, 0.75: 1, 0.8: 1,
        1: 4,
    }  # fmt: skip
    taints = [t for t, count in table.items() for _ in range(count)]
    assert len(taints) == 26
    found = with_taints(*taints, units=60)
    assert found["stringer-binomial"] == pytest.approx(0.2799705, abs=0.0003)


def test_jfas_leslie_teitlebaum_anderson_figure() -> None:
    """jfa's tests: 60 items, three taints of 0.6, three understated by half; LTA takes 1.5/60 off."""
    found = with_taints(0.6, 0.6, 0.6, units=60)
    assert found["stringer-binomial"] - 1.5 / 60 == pytest.approx(0.06899349, abs=1e-8)


def test_jfas_poisson_figures() -> None:
    """jfa's page of ``evaluation``: the first 100 of BuildIt, five taints of 0.6; its workflow article."""
    assert with_taints(0.6, 0.6, 0.6, 0.6, 0.6, units=100)["poisson"] == pytest.approx(0.07753631, abs=1e-6)
    result = evaluate([], 1 - Fraction(5, 60), unit_value=1, units=178)
    assert float(result.over.upper["poisson"]) / 178 == pytest.approx(0.01396, abs=1e-4)


def test_the_worked_layout_of_the_aicpa_guide() -> None:
    """Basic precision, projected misstatement, incremental allowance, and what was taken whole."""
    checked = [
        Checked(Decimal(2000), Decimal(1500)),  # taint 25 %
        Checked(Decimal(1000), Decimal(900)),  # 10 %
        Checked(Decimal(500), Decimal(500)),
        Checked(Decimal(60_000), Decimal(59_000), hits=0, whole=True),
    ]
    over = evaluate(checked, "95%", unit_value=Decimal(10_000), units=60).over
    assert over.known == 1000
    assert over.projected == 3500 and over.most_likely == 4500
    assert over.taints == (Fraction(1, 4), Fraction(1, 10))
    factors = [poisson_factor("95%", k) for k in range(3)]
    allowance = (factors[1] - factors[0] - 1) * 2500 + (factors[2] - factors[1] - 1) * 1000
    assert float(over.basic) == pytest.approx(29_957.33, abs=0.01)
    assert float(over.incremental) == pytest.approx(allowance, abs=0.05)
    assert over.upper["stringer"] == over.known + over.projected + over.basic + over.incremental


def test_over_and_understatements_are_reckoned_apart() -> None:
    checked = [Checked(Decimal(100), Decimal(40)), Checked(Decimal(100), Decimal(150), hits=2)]
    result = evaluate(checked, "90%", unit_value=1000, units=50, tolerable=Decimal(4000))
    assert (result.over.errors, result.under.errors) == (1, 1)
    assert (result.over.most_likely, result.under.most_likely, result.net) == (600, 1000, -400)
    assert result.under.taints == (Fraction(1, 2), Fraction(1, 2))
    assert result.supported is True
    # The limit decides for each direction; at the limit is within it.
    top = result.under.upper["stringer"]
    assert evaluate(checked, "90%", unit_value=1000, units=50, tolerable=top).supported
    short = evaluate(checked, "90%", unit_value=1000, units=50, tolerable=top - Decimal("0.01"))
    assert short.supported is False


def test_a_sample_taken_whole_leaves_nothing_to_chance() -> None:
    checked = [Checked(Decimal(900), Decimal(800), hits=0, whole=True)]
    over = evaluate(checked, "95%", unit_value=500, units=0, tolerable=Decimal(100)).over
    assert set(over.upper.values()) == {Decimal(100)} and over.basic == 0


def test_a_misstatement_beyond_the_book_value_is_told() -> None:
    checked = [Checked(Decimal(100), Decimal(-20)), Checked(Decimal(100), Decimal(0))]
    result = evaluate(checked, "95%", unit_value=1000, units=30)
    assert (result.over.beyond, result.under.beyond) == (1, 0)


@given(
    taints=st.lists(st.integers(1, 100), max_size=12),
    spare=st.integers(1, 60),
    confidence=st.sampled_from(["80%", "90%", "95%", "99%"]),
)
def test_limits_hold_their_order(taints: list[int], spare: int, confidence: str) -> None:
    parts = [Decimal(t) / 100 for t in taints]
    units = len(parts) + spare
    found = with_taints(*parts, units=units, confidence=confidence)
    likely = float(sum(parts)) / units
    assert all(limit > likely for limit in found.values())
    # Known of these bounds: the cell bound is at most the Stringer bound, binomial factors are smaller.
    slack = 1e-9
    assert found["cell"] <= found["stringer"] + slack
    assert found["stringer-binomial"] <= found["stringer"] + slack


def test_whole_errors_are_plain_factors() -> None:
    factors = [poisson_factor("95%", k) for k in range(4)]
    whole = [Fraction(1)] * 3
    assert stringer(whole, factors) == pytest.approx(factors[3])
    assert cell(whole, factors) == pytest.approx(factors[3])


@pytest.mark.parametrize(
    "checked",
    [[Checked(Decimal(0), Decimal(1))], [Checked(Decimal(1), Decimal(1), hits=3)]],
)
def test_what_cannot_be_so(checked: list[Checked]) -> None:
    with pytest.raises(SamplingError):
        evaluate(checked, "95%", unit_value=1, units=2)
