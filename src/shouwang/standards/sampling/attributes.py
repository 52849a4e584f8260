"""Attribute sampling (属性抽样): how often a control failed, a rule was broken, a document was missing.

A plan answers: how many items, so that as many deviations as are expected still let us say, with the
confidence asked for, that the rate is below the tolerable one. An evaluation answers: how high it may be.
AICPA Audit Guide *Audit Sampling*, chapter 3 and appendix A; 《审计准则第1314号》及其指南.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from scipy import special

from shouwang.standards.sampling.exact import (
    LARGEST,
    Distribution,
    Exact,
    SamplingError,
    binomial_at_most,
    fraction,
    hypergeometric_at_most,
    poisson_at_most,
    risk_of,
)


@dataclass(frozen=True)
class AttributePlan:
    """A sample size with what it was worked out from; ``allowed`` deviations still support the conclusion."""

    size: int
    allowed: int
    confidence: Fraction
    tolerable: Fraction
    expected: Fraction
    distribution: Distribution
    population: int | None = None


@dataclass(frozen=True)
class AttributeResult:
    """What a sample says of the rate of deviations.

    ``rate`` is deviations over sample; ``upper`` the one-sided upper limit of the population's rate at the
    confidence; ``supported`` whether the limit is within the tolerable rate, decided exactly (None without
    a tolerable rate).
    """

    size: int
    deviations: int
    rate: Fraction
    upper: Fraction
    confidence: Fraction
    distribution: Distribution
    tolerable: Fraction | None = None
    population: int | None = None
    supported: bool | None = None


def plan(
    confidence: Exact,
    tolerable: Exact,
    expected: Exact = 0,
    *,
    distribution: Distribution = "binomial",
    population: int | None = None,
) -> AttributePlan:
    """The smallest sample that allows for the ``expected`` rate of deviations.

    The size n is the first at which ⌈n·expected⌉ deviations still have a chance of at most 1 − confidence
    if the population's rate is ``tolerable``; so read the AICPA guide's tables A-1 and A-2. The
    hypergeometric distribution needs ``population`` and takes ⌈population·tolerable⌉ deviations as too many.
    Raises SamplingError where the numbers are out of range or the size would be beyond ``LARGEST``.

    >>> plan("95%", "5%", "1%").size, plan("90%", "5%", "3.5%").size
    (93, 400)
    """
    risk = risk_of(confidence)
    limit, awaited = fraction(tolerable), fraction(expected)
    if not 0 < limit < 1:
        raise SamplingError("sampling_tolerable")
    if awaited >= limit or awaited < 0:
        raise SamplingError("sampling_expected")
    small = _small_enough(limit, risk, distribution, population)
    largest = LARGEST if population is None else min(LARGEST, population)
    size, allowed = _first(small, awaited, largest, population)
    return AttributePlan(size, allowed, 1 - risk, limit, awaited, distribution, population)


def plan_allowing(
    confidence: Exact,
    tolerable: Exact,
    allowed: int,
    *,
    distribution: Distribution = "binomial",
    population: int | None = None,
) -> int:
    """The smallest sample in which ``allowed`` deviations still support the conclusion.

    >>> plan_allowing("95%", "3%", 1)
    157
    """
    risk, limit = risk_of(confidence), fraction(tolerable)
    if not 0 < limit < 1:
        raise SamplingError("sampling_tolerable")
    small = _small_enough(limit, risk, distribution, population)
    largest = LARGEST if population is None else min(LARGEST, population)
    return _smallest(small, allowed, allowed + 1, largest, population)


Small = Callable[[int, int], bool]
"""Whether k deviations in a sample of n are so few that a tolerable rate would be a surprise."""


def _small_enough(
    limit: Fraction, risk: Fraction, distribution: Distribution, population: int | None
) -> Small:
    if distribution == "poisson":
        return lambda k, n: poisson_at_most(Fraction(k), n * limit, risk)
    if distribution == "binomial":
        return lambda k, n: binomial_at_most(k, n, limit, risk)
    if population is None or population < 1:
        raise SamplingError("sampling_population")
    too_many = ceil(population * limit)
    return lambda k, n: hypergeometric_at_most(k, n, too_many, population, risk)


def _first(small: Small, expected: Fraction, largest: int, population: int | None) -> tuple[int, int]:
    """The first n whose ⌈n·expected⌉ deviations are few enough, and that number.

    For each number of deviations the sizes that go with it form a run, and among sizes a larger one is always
    the stronger evidence, so one search a number is enough.
    """
    at_least = 1
    for k in range(largest + 1):
        begins = 1 if k == 0 else floor((k - 1) / expected) + 1
        ends = largest if expected == 0 else floor(k / expected)
        if begins > largest:
            break
        at_least = _smallest(small, k, max(at_least, k + 1), largest, population)
        if max(at_least, begins) <= ends:
            return max(at_least, begins), k
    if population is not None and population <= largest:
        return population, ceil(population * expected)  # nothing short of everything will do
    raise SamplingError("sampling_too_large")


def _smallest(small: Small, k: int, start: int, largest: int, population: int | None) -> int:
    """The smallest n from ``start`` on with ``small(k, n)``; the whole population is always enough."""
    low, step = start - 1, max(start, 16)
    high = start
    while high < largest and not small(k, high):
        low, high, step = high, high + step, step * 2
    high = min(high, largest)
    if not small(k, high):
        if high == population:
            return high
        raise SamplingError("sampling_too_large")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if small(k, middle) else (middle, high)
    return high


def upper_limit(
    confidence: Exact,
    size: int,
    deviations: int,
    *,
    distribution: Distribution = "binomial",
    population: int | None = None,
) -> Fraction:
    """The one-sided upper limit of the rate of deviations (Clopper and Pearson 1934; AICPA tables A-3, A-4).

    Between 0 and 1. For the hypergeometric distribution it is the largest number of deviations in the
    population that the sample does not refute, over the population. SamplingError for counts out of range.

    >>> round(float(upper_limit("95%", 60, 1)), 4)
    0.0766
    """
    risk = risk_of(confidence)
    if size < 1 or (population is not None and size > population):
        raise SamplingError("sampling_size")
    if not 0 <= deviations <= size:
        raise SamplingError("sampling_counts")
    if distribution == "poisson":
        limit = Fraction(float(special.gammainccinv(deviations + 1, float(risk)))) / size
        return min(limit, Fraction(1))
    if distribution == "hypergeometric":
        if population is None:
            raise SamplingError("sampling_population")
        return Fraction(_most(size, deviations, population, risk), population)
    if deviations == size:
        return Fraction(1)
    return Fraction(float(special.betainccinv(deviations + 1, size - deviations, float(risk))))


def _most(size: int, found: int, population: int, risk: Fraction) -> int:
    """The largest number of bad items in the population under which ``found`` of them are no surprise."""
    low, high = found, population - (size - found) + 1
    while high - low > 1:
        middle = (low + high) // 2
        refuted = hypergeometric_at_most(found, size, middle, population, risk)
        low, high = (low, middle) if refuted else (middle, high)
    return low


def evaluate(
    confidence: Exact,
    size: int,
    deviations: int,
    *,
    tolerable: Exact | None = None,
    distribution: Distribution = "binomial",
    population: int | None = None,
) -> AttributeResult:
    """What ``deviations`` among ``size`` items say; see ``AttributeResult``.

    >>> evaluate("95%", 93, 1, tolerable="5%").supported
    True
    """
    upper = upper_limit(confidence, size, deviations, distribution=distribution, population=population)
    risk = risk_of(confidence)
    limit = supported = None
    if tolerable is not None:
        limit = fraction(tolerable)
        if not 0 < limit < 1:
            raise SamplingError("sampling_tolerable")
        if population is not None and size == population:
            supported = Fraction(deviations, size) < limit
        else:
            supported = _small_enough(limit, risk, distribution, population)(deviations, size)
    return AttributeResult(
        size,
        deviations,
        Fraction(deviations, size),
        upper,
        1 - risk,
        distribution,
        limit,
        population,
        supported,
    )
