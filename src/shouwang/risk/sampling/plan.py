"""A plan that fixes a draw entirely, and the draw.

The same plan on the same rows gives the same sample. ``design`` works out what was left open: the sample size
from its determinants, the interval, the sizes of the strata.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from shouwang.risk.sampling.population import MISSING, Population, Where
from shouwang.standards.reading import N_
from shouwang.standards.sampling import attributes, draw, monetary
from shouwang.standards.sampling.draw import Allocation
from shouwang.standards.sampling.exact import Distribution, SamplingError, fraction, risk_of

Method = Literal["random", "stratified", "mus"]

METHODS: Final = {
    "random": N_("简单随机抽样"),
    "stratified": N_("分层随机抽样"),
    "mus": N_("货币单元抽样"),
}
SELECTIONS: Final = {
    "interval": N_("固定间隔"),
    "cell": N_("每个间隔内随机"),
    "random": N_("随机货币单元"),
}
DISTRIBUTIONS: Final = {
    "hypergeometric": N_("超几何分布（按总体实有数量）"),
    "binomial": N_("二项分布"),
    "poisson": N_("泊松分布"),
}
ALLOCATIONS: Final = {
    "proportional": N_("按各层数量"),
    "equal": N_("各层相等"),
    "value": N_("按各层金额"),
}


@dataclass(frozen=True)
class Plan:
    """All that decides a sample, in plain values so that a working paper can hold it.

    ``confidence``, ``tolerable`` and ``expected`` are as the auditor wrote them (``95%``, ``5%`` or an amount
    in yuan for monetary units); empty where the size was given. ``size`` 0 means: to be worked out.
    """

    ledger: str
    method: Method
    seed: str
    size: int = 0
    confidence: str = ""
    tolerable: str = ""
    expected: str = ""
    distribution: Distribution = "hypergeometric"
    selection: monetary.Method = "interval"
    amount: str = ""
    where: tuple[Where, ...] = ()
    strata: str = ""
    bands: tuple[Decimal, ...] = ()
    allocation: Allocation = "proportional"
    interval: Decimal = Decimal(0)
    sizes: dict[str, int] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    population: int = 0
    total: Decimal = Decimal(0)
    units: int = 0
    sampled_total: Decimal = Decimal(0)
    outside: int = 0
    outside_total: Decimal = Decimal(0)
    purpose: str = ""


@dataclass(frozen=True)
class Picked:
    """A row drawn: its number in the population, its stratum, its hits, and whether it was taken whole."""

    at: int
    stratum: str = ""
    hits: int = 1
    whole: bool = False


def design(plan: Plan, rows: Population) -> Plan:
    """The plan with everything worked out that it left open. SamplingError where that is not possible."""
    plan = replace(plan, seed=draw.clean_seed(plan.seed), population=len(rows), total=rows.total)
    if plan.method == "mus":
        return _design_monetary(plan, rows)
    size = plan.size
    if not size:
        made = attributes.plan(
            plan.confidence,
            plan.tolerable,
            plan.expected or 0,
            distribution=plan.distribution,
            population=len(rows),
        )
        size = min(made.size, len(rows))
    elif plan.confidence:
        risk_of(plan.confidence)
    if plan.method == "random":
        return replace(plan, size=size)
    members = Counter(strata(plan, rows))
    weights: dict[str, Fraction | int] | None = None
    if plan.allocation == "equal":
        weights = dict.fromkeys(members, 1)
    elif plan.allocation == "value":
        weights = _values(plan, rows)
    sizes = draw.allocate(members, max(size, len(members)) if not plan.size else size, weights)
    return replace(plan, size=sum(sizes.values()), sizes=sizes, members=dict(sorted(members.items())))


def _values(plan: Plan, rows: Population) -> dict[str, Fraction | int]:
    sums: dict[str, Fraction | int] = defaultdict(Fraction)
    for name, amount in zip(strata(plan, rows), rows.amounts, strict=True):
        sums[name] += Fraction(max(amount or Decimal(0), Decimal(0)))
    return sums


def _design_monetary(plan: Plan, rows: Population) -> Plan:
    positive = sum((a for a in rows.amounts if a is not None and a > 0), Decimal(0))
    if positive <= 0:
        raise SamplingError("sampling_amounts")
    size = plan.size
    if not size:
        tolerable = amount_of(plan.tolerable, positive)
        expected = amount_of(plan.expected or "0", positive)
        size = monetary.plan(positive, plan.confidence, tolerable, expected).size
    elif plan.confidence:
        risk_of(plan.confidence)
    return replace(plan, size=size, interval=monetary.interval_of(positive, size))


def amount_of(text: str, total: Decimal) -> Decimal:
    """An amount in yuan from ``2000`` or ``5%`` of the total, down to the fen."""
    value = fraction(text)
    if "%" in text or "％" in text:
        value *= Fraction(total)
    fen = value * 100
    return Decimal(fen.numerator // fen.denominator) / 100


def strata(plan: Plan, rows: Population) -> list[str]:
    """The stratum of each row: what its column shows, or the band of its amount."""
    if plan.strata:
        return rows.texts(plan.strata)
    return [_band(amount, plan.bands) for amount in rows.amounts]


def _band(amount: Decimal | None, bands: Sequence[Decimal]) -> str:
    """The name of an amount's band, in figures alone, so that it is the same in every language."""
    if amount is None:
        return MISSING
    at = sum(amount >= limit for limit in bands)
    number = f"{at + 1:0{len(str(len(bands) + 1))}}"
    low = f"{bands[at - 1]:f}" if at else ""
    high = f"{bands[at]:f}" if at < len(bands) else ""
    return f"{number}: [{low}, {high})"


def take(plan: Plan, rows: Population) -> tuple[Plan, list[Picked]]:
    """Draw by a designed plan: the plan with what the draw adds to it, and the rows in the order drawn.

    A monetary-unit sample stands in the order of its keys; a stratified one by strata.
    """
    at = {key: number for number, key in enumerate(rows.keys)}
    if plan.method == "random":
        return plan, [Picked(at[key]) for key in draw.simple(rows.keys, plan.size, plan.seed)]
    if plan.method == "stratified":
        of = dict(zip(rows.keys, strata(plan, rows), strict=True))
        drawn = draw.stratified(of, plan.sizes, plan.seed)
        return plan, [Picked(at[key], name) for name, keys in drawn.items() for key in keys]
    items = [
        monetary.Item(key, amount if amount is not None else Decimal(0))
        for key, amount in zip(rows.keys, rows.amounts, strict=True)
    ]
    found = monetary.select(items, plan.interval, plan.seed, plan.selection)
    made = replace(
        plan,
        units=found.units,
        sampled_total=found.sampled_total,
        outside=found.outside,
        outside_total=found.outside_total,
    )
    return made, [Picked(at[d.item.key], "", d.hits, d.whole) for d in found.drawn]


def unit_value(plan: Plan) -> Fraction:
    """The amount in yuan that one drawn unit stands for."""
    if plan.selection == "random" and plan.units:
        return Fraction(plan.sampled_total) / plan.units
    return Fraction(plan.interval)
