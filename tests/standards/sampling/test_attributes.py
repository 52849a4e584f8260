"""Attribute sampling against the tables of the AICPA guide, jfa, EZ-Quant and scipy."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.standards.sampling import aicpa

from shouwang.standards.sampling.attributes import evaluate, plan, plan_allowing, upper_limit
from shouwang.standards.sampling.exact import MESSAGES, SamplingError, binomial_at_most, fraction, upper_gamma

TENTH = Fraction(1, 10)


@pytest.mark.parametrize(
    ("confidence", "printed"), [("95%", aicpa.A1), ("90%", aicpa.A2)], ids=["A-1", "A-2"]
)
def test_sample_sizes_are_those_of_the_aicpa_guide(
    confidence: str, printed: tuple[tuple[int, ...], ...]
) -> None:
    other = {}
    for tolerable, column in zip(aicpa.TOLERABLE, printed, strict=True):
        # A column ends where the expected rate comes too near the tolerable one.
        for expected, size in zip(aicpa.EXPECTED, column, strict=False):
            found = plan(confidence, Fraction(tolerable, 100), Fraction(expected, 10_000)).size
            if found != size:
                other[tolerable, expected] = (size, found)
    # At 10 % risk the guide prints 112 for 4 deviations at 7 %: the chance is 10.07 %, taken for 10 %.
    assert other == ({} if confidence == "95%" else {(7, 325): (112, 113), (7, 350): (112, 113)})


def test_the_two_sizes_that_differ_are_at_ten_per_cent_and_a_bit() -> None:
    assert not binomial_at_most(4, 112, Fraction(7, 100), TENTH)
    assert binomial_at_most(4, 112, Fraction(7, 100), Fraction(101, 1000))
    assert binomial_at_most(4, 113, Fraction(7, 100), TENTH)


def test_a_sample_size_does_not_hang_on_binary_rounding() -> None:
    # 400 × 0.035 is 14.000000000000002 in floating point, so jfa 0.7.3 plans 15 deviations and 423 items
    # where the guide prints 400; likewise 1313 for 1300.
    assert ceil(400 * 0.035) == 15
    assert (plan("90%", "5%", "3.5%").size, plan("90%", "5%", "3.5%").allowed) == (400, 14)
    assert (plan("90%", "8%", "7%").size, plan("90%", "8%", "7%").allowed) == (1300, 91)


@pytest.mark.parametrize(
    ("confidence", "printed"), [("95%", aicpa.A3), ("90%", aicpa.A4)], ids=["A-3", "A-4"]
)
def test_upper_limits_are_those_of_the_aicpa_guide(
    confidence: str, printed: tuple[tuple[float, ...], ...]
) -> None:
    for size, row in zip(aicpa.SIZES, printed, strict=True):
        limits = [ceil(upper_limit(confidence, size, k) * 1000) / 10 for k in range(11)]
        assert limits == list(row), size


@pytest.mark.parametrize(
    ("population", "confidence", "sizes"),
    [
        (500, "90%", (27, 36, 54, 102)),
        (1000, "90%", (28, 37, 55, 108)),
        (5000, "90%", (28, 38, 57, 113)),
        (500, "95%", (35, 47, 69, 129)),
        (1000, "95%", (36, 48, 71, 138)),
        (5000, "95%", (36, 49, 73, 147)),
        (500, "99%", (53, 70, 101, 183)),
        (1000, "99%", (54, 72, 107, 204)),
        (5000, "99%", (55, 74, 112, 223)),
    ],
)
def test_hypergeometric_sizes_are_those_of_ez_quant(
    population: int, confidence: str, sizes: tuple[int, ...]
) -> None:
    """EZ-Quant 2.0.6 of the Defense Contract Audit Agency, as the tests of jfa hold it."""
    found = [
        plan(confidence, f"{t}%", distribution="hypergeometric", population=population).size
        for t in (8, 6, 4, 2)
    ]
    assert found == list(sizes)


def test_hypergeometric_sizes_and_limits_of_touw_and_hoogduin() -> None:
    """Touw and Hoogduin, Statistiek voor audit en controlling (2011), pages 123, 125: 60 of 1200 too many."""
    sizes = [plan_allowing("90%", "5%", k, distribution="hypergeometric", population=1200) for k in (0, 2)]
    assert sizes == [45, 102]
    limits = [upper_limit("90%", 102, k, distribution="hypergeometric", population=1200) for k in range(4)]
    assert limits == [Fraction(k, 1200) for k in (25, 43, 59, 75)]


def test_jfa_plans_the_same() -> None:
    """R's jfa 0.7.3, tests of ``planning``."""
    in_1000 = {"distribution": "hypergeometric", "population": 1000}
    assert plan("95%", "1%", **in_1000).size == 258  # type: ignore[arg-type]
    assert plan("95%", "5%", "2.5%", **in_1000).size == 197  # type: ignore[arg-type]
    assert [plan("95%", "5%", "2.5%").size, plan_allowing("95%", "5%", 2)] == [234, 124]
    assert plan_allowing("95%", "5%", 2, distribution="poisson") == 126
    assert [plan("95%", t, distribution="poisson").size for t in ("1%", "5%")] == [300, 60]


def test_jfa_evaluates_the_same() -> None:
    """R's jfa 0.7.3, page of ``evaluation`` and article on evaluation."""
    poisson = evaluate("95%", 100, 0, tolerable="5%", distribution="poisson")
    assert float(poisson.upper) == pytest.approx(0.02995732, abs=1e-8)
    assert float(upper_limit("95%", 100, 1, distribution="poisson")) == pytest.approx(0.04743865, abs=1e-8)
    assert float(upper_limit("95%", 60, 0)) == pytest.approx(0.04870291, abs=1e-8)
    assert float(upper_limit("95%", 60, 0, distribution="poisson")) == pytest.approx(0.04992887, abs=1e-8)


@given(
    size=st.integers(1, 400),
    share=st.integers(0, 100),
    confidence=st.sampled_from(["80%", "90%", "95%", "99%"]),
)
def test_limits_are_those_of_scipy(size: int, share: int, confidence: str) -> None:
    deviations = size * share // 100
    sure = float(fraction(confidence))
    other = stats.binomtest(deviations, size, alternative="less").proportion_ci(sure, "exact").high
    assert float(upper_limit(confidence, size, deviations)) == pytest.approx(other, rel=1e-9)


@given(data=st.data(), population=st.integers(2, 300))
@settings(max_examples=60)
def test_a_counted_populations_limit_is_the_last_number_not_refuted(
    data: st.DataObject, population: int
) -> None:
    size = data.draw(st.integers(1, population))
    found = data.draw(st.integers(0, size))
    limit = upper_limit("95%", size, found, distribution="hypergeometric", population=population)
    bad = limit.numerator * population // limit.denominator
    chance = stats.hypergeom(population, bad, size).cdf(found)
    assert chance > 0.05 - 1e-9
    if bad < population - (size - found):
        assert stats.hypergeom(population, bad + 1, size).cdf(found) < 0.05 + 1e-9


@given(
    tolerable=st.integers(10, 300),
    part=st.integers(0, 60),
    confidence=st.sampled_from(["90%", "95%"]),
)
@settings(max_examples=50, deadline=None)
def test_a_plan_is_the_first_size_that_will_do(tolerable: int, part: int, confidence: str) -> None:
    limit, expected = Fraction(tolerable, 1000), Fraction(tolerable * part, 100_000)
    made = plan(confidence, limit, expected)
    risk = 1 - float(made.confidence)
    assert made.allowed == ceil(made.size * expected)
    assert stats.binom.cdf(made.allowed, made.size, float(limit)) <= risk + 1e-9
    for size in range(1, made.size):
        assert stats.binom.cdf(ceil(size * expected), size, float(limit)) > risk - 1e-9
    assert evaluate(confidence, made.size, made.allowed, tolerable=limit).supported


def test_a_small_population_may_have_to_be_checked_whole() -> None:
    made = plan("95%", "5%", "4%", distribution="hypergeometric", population=60)
    assert made.size == 60
    known = evaluate("95%", 60, 3, tolerable="5%", distribution="hypergeometric", population=60)
    assert known.upper == Fraction(3, 60) and known.supported is False
    assert evaluate("95%", 60, 2, tolerable="5%", distribution="hypergeometric", population=60).supported


def test_all_deviate_or_none() -> None:
    assert upper_limit("95%", 20, 20) == 1
    assert upper_limit("95%", 3, 3, distribution="poisson") == 1
    assert upper_limit("95%", 20, 20, distribution="hypergeometric", population=50) == 1
    assert evaluate("95%", 10, 0).supported is None


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: plan("40%", "5%"), "sampling_confidence"),
        (lambda: plan("100%", "5%"), "sampling_confidence"),
        (lambda: plan("95%", "0"), "sampling_tolerable"),
        (lambda: plan("95%", "100%"), "sampling_tolerable"),
        (lambda: plan("95%", "5%", "5%"), "sampling_expected"),
        (lambda: plan("95%", "5%", "4.99%"), "sampling_too_large"),
        (lambda: plan("95%", "五"), "sampling_number"),
        (lambda: plan("95%", "5%", distribution="hypergeometric"), "sampling_population"),
        (lambda: plan_allowing("95%", "0", 1), "sampling_tolerable"),
        (lambda: upper_limit("95%", 0, 0), "sampling_size"),
        (lambda: upper_limit("95%", 10, 11), "sampling_counts"),
        (lambda: upper_limit("95%", 10, 1, distribution="hypergeometric"), "sampling_population"),
        (
            lambda: upper_limit("95%", 11, 1, distribution="hypergeometric", population=10),
            "sampling_size",
        ),
        (lambda: evaluate("95%", 10, 1, tolerable="0"), "sampling_tolerable"),
    ],
)
def test_what_cannot_be_planned_or_evaluated_says_why(call: object, code: str) -> None:
    with pytest.raises(SamplingError) as error:
        call()  # type: ignore[operator]
    assert error.value.message == MESSAGES[code]
    assert error.value.message.advice


def test_numbers_are_exact() -> None:
    assert fraction("３．５％") == fraction("3.5%") == Fraction(7, 200)
    with pytest.raises(TypeError):
        plan("95%", 0.05)  # type: ignore[arg-type]


@given(st.integers(1, 60), st.integers(1, 800))
def test_the_incomplete_gamma_function_of_sixty_digits(quarters: int, tenths: int) -> None:
    a, x = Fraction(quarters, 4), Fraction(tenths, 10)
    assert float(upper_gamma(a, x)) == pytest.approx(stats.gamma.sf(float(x), float(a)), rel=1e-9, abs=1e-60)
