"""What a monetary-unit sample says of the misstatement of the whole: most likely, and at most.

The taint of an item is the misstated part of its book value. Overstatements and understatements are reckoned
apart, each with its own upper limits:

- Stringer (1963) with Poisson factors: basic precision, projected misstatement, and an incremental allowance
  with the taints in falling order, as the AICPA guide's chapter 6 works it out; or with binomial factors, as
  jfa's ``stringer.binomial``;
- Poisson: the taints added up as if they were whole errors (jfa's ``poisson``);
- cell (Leslie, Teitlebaum, Anderson 1979): at each error the greater of load and spread and simple spread.

All rest on no item being misstated by more than its book value. Where one is, the result says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, Literal

from scipy import special

from shouwang.standards.sampling.exact import Exact, SamplingError, fraction, risk_of

Bound = Literal["stringer", "stringer-binomial", "poisson", "cell"]
BOUNDS: Final[tuple[Bound, ...]] = ("stringer", "stringer-binomial", "poisson", "cell")


@dataclass(frozen=True)
class Checked:
    """One item of the sample after the audit; amounts in yuan, ``hits`` and ``whole`` as it was drawn."""

    book: Decimal
    audited: Decimal
    hits: int = 1
    whole: bool = False


@dataclass(frozen=True)
class Direction:
    """The misstatement in one direction, in yuan.

    ``known`` was found in items taken whole; ``projected`` is what the taints found among the sampled ones
    stand for; ``most_likely`` is both. ``basic`` is the basic precision (the limit if nothing had been found)
    and ``incremental`` the further allowance for sampling risk of the Stringer bound. ``upper`` holds the
    limits by bound, ``known`` included, rounded up to the fen. ``beyond`` counts the items misstated by more
    than their book value, for which the limits don't hold.
    """

    errors: int
    known: Decimal
    projected: Decimal
    most_likely: Decimal
    basic: Decimal
    incremental: Decimal
    taints: tuple[Fraction, ...]
    upper: dict[Bound, Decimal]
    beyond: int


@dataclass(frozen=True)
class MonetaryResult:
    """Both directions; ``supported`` says of ``bound`` whether both limits are within what is tolerable."""

    over: Direction
    under: Direction
    confidence: Fraction
    bound: Bound
    tolerable: Decimal | None = None
    supported: bool | None = None

    @property
    def net(self) -> Decimal:
        """The most likely misstatement, overstatements less understatements, in yuan."""
        return self.over.most_likely - self.under.most_likely


def poisson_factor(confidence: Exact, errors: int) -> float:
    """The upper limit of a Poisson mean when ``errors`` were seen (AICPA table C-3, printed rounded up).

    >>> [round(poisson_factor("95%", k), 2) for k in range(3)]
    [3.0, 4.74, 6.3]
    """
    return float(special.gammainccinv(errors + 1, float(risk_of(confidence))))


def evaluate(
    checked: Iterable[Checked],
    confidence: Exact,
    *,
    unit_value: Exact,
    units: int,
    tolerable: Decimal | None = None,
    bound: Bound = "stringer",
) -> MonetaryResult:
    """What the checked items say of the population.

    ``unit_value`` is the amount that one drawn unit stands for, in yuan: the sampling interval, or for units
    drawn at random the sampled total over the number of units. ``units`` is how many were drawn, those in
    correct items included; 0 where every item was taken whole. SamplingError where an item has no book value
    above zero or more hits are told than units were drawn.
    """
    items = list(checked)
    if any(item.book <= 0 for item in items):
        raise SamplingError("sampling_amounts")
    if sum(item.hits for item in items if not item.whole) > units:
        raise SamplingError("sampling_counts")
    worth = fraction(unit_value)
    over = _direction([i for i in items if i.audited < i.book], confidence, worth, units)
    under = _direction([i for i in items if i.audited > i.book], confidence, worth, units)
    supported = None
    if tolerable is not None:
        supported = max(over.upper[bound], under.upper[bound]) <= tolerable
    return MonetaryResult(over, under, 1 - risk_of(confidence), bound, tolerable, supported)


def _direction(items: Sequence[Checked], confidence: Exact, worth: Fraction, units: int) -> Direction:
    known = sum((abs(i.book - i.audited) for i in items if i.whole), Decimal(0))
    parts = [(abs(Fraction(i.book - i.audited)) / Fraction(i.book), i.hits) for i in items if not i.whole]
    taints = tuple(sorted((taint for taint, hits in parts for _ in range(hits)), reverse=True))
    projected = _money(worth * sum(taints, Fraction(0)))
    limits = {name: known + _up(limit * worth) for name, limit in _limits(taints, confidence, units).items()}
    basic = _up(worth * Fraction(poisson_factor(confidence, 0))) if units else Decimal(0)
    return Direction(
        errors=len(items),
        known=known,
        projected=projected,
        most_likely=known + projected,
        basic=basic,
        incremental=max(Decimal(0), limits["stringer"] - known - projected - basic),
        taints=taints,
        upper=limits,
        beyond=sum(abs(i.book - i.audited) > i.book for i in items if not i.whole),
    )


def _limits(taints: Sequence[Fraction], confidence: Exact, units: int) -> dict[Bound, Fraction]:
    """The upper limits in units (of the amount that one drawn unit stands for)."""
    if not units:
        return dict.fromkeys(BOUNDS, Fraction(0))
    sure = float(1 - risk_of(confidence))
    risk = 1 - sure
    poisson = [poisson_factor(confidence, k) for k in range(len(taints) + 1)]
    binomial = [
        units * float(special.betaincinv(k + 1, units - k, sure)) if k < units else float(units)
        for k in range(len(taints) + 1)
    ]
    total = float(sum(taints, Fraction(0)))
    found: dict[Bound, float] = {
        "stringer": stringer(taints, poisson),
        "stringer-binomial": stringer(taints, binomial),
        "poisson": float(special.gammainccinv(1 + total, risk)),
        "cell": cell(taints, poisson),
    }
    return {name: Fraction(value) for name, value in found.items()}


def stringer(taints: Sequence[Fraction], factors: Sequence[float]) -> float:
    """The Stringer bound in units: taints in falling order, ``factors`` one more than taints."""
    steps = ((factors[k + 1] - factors[k]) * float(taint) for k, taint in enumerate(taints))
    return factors[0] + sum(steps)


def cell(taints: Sequence[Fraction], factors: Sequence[float]) -> float:
    """The cell bound in units: taints in falling order, ``factors`` one more than taints."""
    limit, total = factors[0], 0.0
    for k, taint in enumerate(taints, 1):
        total += float(taint)
        limit = max(limit + float(taint), factors[k] * total / k)
    return limit


def _money(value: Fraction) -> Decimal:
    return _fen(value, ROUND_HALF_UP)


def _up(value: Fraction) -> Decimal:
    return _fen(value, ROUND_CEILING)


def _fen(value: Fraction, rounding: str) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(
        Decimal("0.01"), rounding=rounding
    )
