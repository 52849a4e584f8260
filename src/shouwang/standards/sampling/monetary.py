"""Monetary-unit sampling (货币单元抽样, MUS): every yuan, here every fen, has the same chance to be drawn.

The item that holds a drawn fen is checked. Large items are likely to come, and those of the sampling interval
or more always do: they are taken whole, so nothing of them is left to chance. Amounts of zero and below are
outside: credit balances and deductions are a population of their own.

The interval is the total over the sample size, down to the fen. The items are laid end to end in the order of
their keys. Then

- ``interval``: the fen at a random start and at every interval behind it;
- ``cell``: one random fen of each interval;
- ``random``: fens at random over the whole.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import ceil
from typing import Literal

from scipy import special

from shouwang.standards.sampling.draw import clean_seed, number
from shouwang.standards.sampling.exact import (
    LARGEST,
    Exact,
    SamplingError,
    fraction,
    poisson_at_most,
    risk_of,
)

Method = Literal["interval", "cell", "random"]


@dataclass(frozen=True)
class MonetaryPlan:
    """A sample size for a total amount; amounts in yuan, ``interval`` down to the fen."""

    size: int
    interval: Decimal
    total: Decimal
    tolerable: Fraction
    expected: Fraction
    confidence: Fraction


@dataclass(frozen=True)
class Item:
    """One item of the population: a key of its own, and its amount in yuan."""

    key: str
    amount: Decimal


@dataclass(frozen=True)
class Drawn:
    """An item drawn: how many units of it were hit, or that it is taken whole (then ``hits`` is 0)."""

    item: Item
    hits: int
    whole: bool


@dataclass(frozen=True)
class Selection:
    """The items drawn in the order of their keys, and what the evaluation needs to know of the draw.

    ``interval`` in yuan; ``sampled_total`` is the amount of the items below the interval, ``units`` how many
    of their units were drawn; ``outside`` how many items of zero or below were left out, with their sum.
    """

    drawn: tuple[Drawn, ...]
    interval: Decimal
    sampled_total: Decimal
    units: int
    outside: int
    outside_total: Decimal


def confidence_factor(confidence: Exact, ratio: Exact = 0) -> float:
    """The factor by which a tolerable share of 1 is divided: sample size = factor ÷ (tolerable ÷ total).

    ``ratio`` is the expected over the tolerable misstatement (AICPA table C-2, Stewart 2012, 4.2); the
    printed table rounds up to two decimals.

    >>> round(confidence_factor("95%"), 3), round(confidence_factor("95%", "0.5"), 2)
    (2.996, 11.54)
    """
    risk, part = risk_of(confidence), fraction(ratio)
    if not 0 <= part < 1:
        raise SamplingError("sampling_expected")
    low, high = 0.0, 4.0
    while special.gammaincc(1 + float(part) * high, high) > float(risk):
        low, high = high, high * 2
        if high > 1e7:
            raise SamplingError("sampling_too_large")
    for _ in range(200):
        middle = (low + high) / 2
        if special.gammaincc(1 + float(part) * middle, middle) > float(risk):
            low = middle
        else:
            high = middle
    return high


def plan(total: Decimal, confidence: Exact, tolerable: Exact, expected: Exact = 0) -> MonetaryPlan:
    """The sample size for a ``total`` in yuan with ``tolerable`` and ``expected`` misstatement in yuan.

    The smallest n with Q(1 + n·expected/total, n·tolerable/total) ≤ 1 − confidence (AICPA table C-1).
    SamplingError where the total is not above zero, nothing is tolerable, as much is expected as
    is tolerable, or the size would be beyond ``LARGEST``.

    >>> plan(Decimal(5000000), "95%", 100000).size
    150
    """
    risk, whole = risk_of(confidence), fraction(total)
    if whole <= 0:
        raise SamplingError("sampling_amounts")
    limit, awaited = fraction(tolerable) / whole, fraction(expected) / whole
    if not 0 < limit < 1:
        raise SamplingError("sampling_tolerable")
    if awaited >= limit or awaited < 0:
        raise SamplingError("sampling_expected")
    near = confidence_factor(1 - risk, awaited / limit) / float(limit)
    if near > LARGEST:
        raise SamplingError("sampling_too_large")
    size = max(1, ceil(near))
    # The factor was found in floating point; the size is decided exactly.
    while not poisson_at_most(size * awaited, size * limit, risk):
        size += 1
    while size > 1 and poisson_at_most((size - 1) * awaited, (size - 1) * limit, risk):
        size -= 1
    return MonetaryPlan(size, interval_of(total, size), total, limit, awaited, 1 - risk)


def interval_of(total: Decimal, size: int) -> Decimal:
    """The sampling interval in yuan, down to the fen; at least one fen."""
    if size < 1:
        raise SamplingError("sampling_size")
    fen = int(total * 100) // size
    if fen < 1:
        raise SamplingError("sampling_amounts")
    return Decimal(fen) / 100


def select(items: Sequence[Item], interval: Decimal, seed: str, method: Method = "interval") -> Selection:
    """Draw from ``items`` with this sampling interval (yuan) and seed; see the module for the methods.

    For ``random`` as many units are drawn as whole intervals fit into the amount of the items below it (at
    least one). SamplingError where two keys are alike or no amount is above zero.
    """
    seed = clean_seed(seed)
    named = {unicodedata.normalize("NFC", item.key) for item in items}
    if len(named) != len(items):
        raise SamplingError("sampling_keys")
    positive = sorted((i for i in items if i.amount > 0), key=lambda i: unicodedata.normalize("NFC", i.key))
    if not positive:
        raise SamplingError("sampling_amounts")
    step = int(interval * 100)
    if step < 1:
        raise SamplingError("sampling_size")
    whole = [item for item in positive if item.amount >= interval]
    rest = [item for item in positive if item.amount < interval]
    ends = list(accumulate(int(item.amount * 100) for item in rest))
    length = ends[-1] if ends else 0
    units = _units(length, step, seed, method)
    hits = Counter(bisect_left(ends, unit) for unit in units)
    drawn = [Drawn(item, 0, True) for item in whole]
    drawn += [Drawn(rest[at], count, False) for at, count in hits.items()]
    drawn.sort(key=lambda d: unicodedata.normalize("NFC", d.item.key))
    outside = [item for item in items if item.amount <= 0]
    return Selection(
        tuple(drawn),
        interval,
        Decimal(length) / 100,
        len(units),
        len(outside),
        sum((item.amount for item in outside), Decimal(0)),
    )


def _units(length: int, step: int, seed: str, method: Method) -> list[int]:
    """The fens drawn, 1 to ``length``, in rising order."""
    if not length:
        return []
    if method == "interval":
        return list(range(number(seed, "start", step), length + 1, step))
    if method == "cell":
        cells = range(ceil(length / step))
        return [u for c in cells if (u := c * step + number(seed, f"cell {c + 1}", step)) <= length]
    wanted, at = max(1, length // step), 0
    found: set[int] = set()
    while len(found) < wanted:
        at += 1
        found.add(number(seed, f"unit {at}", length))
    return sorted(found)
