"""Exact chances: tails of the binomial, hypergeometric and Poisson distribution that decide a sample size.

The binomial and hypergeometric tails are ratios of whole numbers. A Poisson tail at a rational mean is
transcendental, so it never equals a risk; where floating point can't tell on which side it lies, it is
reckoned again with sixty digits.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from math import comb
from typing import Final, Literal, TypeAlias

from scipy import special

from shouwang.standards.reading import N_, Message, table
from shouwang.standards.text import squeeze

Exact: TypeAlias = Fraction | Decimal | int | str
"""An exact number; text may be a decimal or a percentage (``"0.05"``, ``"5%"``). Floats are refused."""

Distribution = Literal["binomial", "hypergeometric", "poisson"]
"""Draws from a population that is large, that is counted, or by a rare-event approximation."""

MESSAGES: Final = table(
    Message("sampling_number", N_("不是有效的数字"), N_("请写成 5%、0.05 或 10000 的样子。")),
    Message(
        "sampling_confidence",
        N_("置信水平须在 50% 至 99.9% 之间"),
        N_("常用 90% 或 95%。"),
    ),
    Message("sampling_tolerable", N_("可容忍的比率须大于 0 小于 1"), N_("例如可容忍偏差率 5%。")),
    Message(
        "sampling_expected",
        N_("预计的偏差不低于可容忍的偏差，抽样不能说明问题"),
        N_("请提高可容忍的界限，或直接全部核查。"),
    ),
    Message(
        "sampling_too_large",
        N_("所需的样本过大"),
        N_("预计的偏差太接近可容忍的界限：请提高界限、降低置信水平，或直接全部核查。"),
    ),
    Message("sampling_population", N_("总体须至少有一项"), N_("请核对所选的台账和筛选条件。")),
    Message("sampling_size", N_("样本量须在 1 与总体数量之间"), N_("请核对样本量。")),
    Message("sampling_counts", N_("偏差数须在 0 与样本量之间"), N_("请核对核查结果。")),
    Message("sampling_seed", N_("没有抽样种子"), N_("请写一段文字作种子，如日期加事由，并记入底稿。")),
    Message("sampling_keys", N_("抽样键有重复"), N_("每一项要有不同的键，才能重抽。")),
    Message(
        "sampling_amounts", N_("总体没有大于零的金额，不能按金额抽样"), N_("请核对金额栏，或改用随机抽样。")
    ),
    Message("sampling_strata", N_("分层的样本量分配不了"), N_("样本量须不少于层数。")),
)
"""Reasons for which a sample can't be planned, drawn or evaluated, by code."""


class SamplingError(ValueError):
    """A sample that can't be planned, drawn or evaluated; ``message`` says why and what to do."""

    def __init__(self, code: str) -> None:
        self.message = MESSAGES[code]
        super().__init__(self.message.text)


LARGEST: Final = 10_000
"""No sample size is sought beyond: nobody checks so many items, and the plan is wrong."""

SURE: Final = 1e-9
"""Relative distance from the risk beyond which a tail in floating point is trusted (its error: 1e-14)."""


def fraction(value: Exact) -> Fraction:
    """The exact value of a number or a text like ``5%``; full-width digits are read too.

    Raises SamplingError for text that is no number, TypeError for a float.

    >>> fraction("2.5%"), fraction(Decimal("0.05"))
    (Fraction(1, 40), Fraction(1, 20))
    """
    if isinstance(value, float):
        raise TypeError("a float is not exact: write Decimal('0.05') or '5%'")
    if isinstance(value, str):
        found = re.fullmatch(r"([0-9]{1,18}(?:\.[0-9]{1,12})?)\s*(%?)", squeeze(value))
        if found is None:
            raise SamplingError("sampling_number")
        number = Fraction(found[1])
        return number / 100 if found[2] else number
    return Fraction(value)


def risk_of(confidence: Exact) -> Fraction:
    """One less ``confidence``: the risk of trusting what one should not. SamplingError outside 50–99.9 %."""
    sure = fraction(confidence)
    if not Fraction(1, 2) <= sure <= Fraction(999, 1000):
        raise SamplingError("sampling_confidence")
    return 1 - sure


def binomial_at_most(k: int, n: int, rate: Fraction, risk: Fraction) -> bool:
    """Whether P(X ≤ k) ≤ risk for X binomial(n, rate), exactly."""
    if k >= n:
        return risk >= 1
    bad, whole = rate.numerator, rate.denominator
    good = whole - bad
    total, term = 0, 1
    for i in range(k + 1):
        # Σ C(n,i) bad^i good^(k-i), a term at a time
        term = 1 if i == 0 else term * (n - i + 1) // i
        total = total * good + term * bad**i
    return bool(total * good ** (n - k) * risk.denominator <= risk.numerator * whole**n)


def hypergeometric_at_most(k: int, n: int, bad: int, population: int, risk: Fraction) -> bool:
    """Whether P(X ≤ k) ≤ risk for X bad items among n drawn without replacement, exactly."""
    good = population - bad
    ways = sum(comb(bad, i) * comb(good, n - i) for i in range(max(0, n - good), min(k, n, bad) + 1))
    return ways * risk.denominator <= risk.numerator * comb(population, n)


def poisson_at_most(k: Fraction, mean: Fraction, risk: Fraction) -> bool:
    """Whether the Poisson tail at ``k`` events is at most ``risk``.

    For whole k it is P(X ≤ k), X Poisson(mean); between whole numbers the regularised incomplete gamma
    function Q(k + 1, mean) that the AICPA guide uses for taints (Stewart 2012, 3.2).
    """
    near: float = float(special.gammaincc(float(k) + 1, float(mean)))
    wanted: float = float(risk)
    if abs(near - wanted) > SURE * wanted:
        return bool(near < wanted)
    return upper_gamma(k + 1, mean) <= Decimal(risk.numerator) / Decimal(risk.denominator)


_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803")


@cache
def _bernoulli(n: int) -> Fraction:
    if n == 0:
        return Fraction(1)
    return -sum((comb(n + 1, k) * _bernoulli(k) for k in range(n)), Fraction(0)) / (n + 1)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _log_gamma(a: Decimal) -> Decimal:
    """ln Γ(a) by Stirling's series, after moving a above 60 (Abramowitz and Stegun 6.1.41)."""
    shift = Decimal(0)
    while a < 60:
        shift += a.ln()
        a += 1
    total = (a - Decimal("0.5")) * a.ln() - a + (2 * _PI).ln() / 2
    for k in range(1, 31):
        total += _decimal(_bernoulli(2 * k) / (2 * k * (2 * k - 1))) / a ** (2 * k - 1)
    return total - shift


def upper_gamma(a: Fraction, x: Fraction) -> Decimal:
    """Q(a, x), the regularised upper incomplete gamma function, to fifty digits (a, x > 0; A&S 6.5.29)."""
    with localcontext() as context:
        context.prec = 80
        shape, at = _decimal(a), _decimal(x)
        term = total = 1 / shape
        n = 0
        while abs(term) > total * Decimal("1e-70"):
            n += 1
            term *= at / (shape + n)
            total += term
        lower = (shape * at.ln() - at - _log_gamma(shape)).exp() * total
        return 1 - lower
