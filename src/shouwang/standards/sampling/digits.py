"""Digit tests (本福特定律): whether leading digits are spread as those of amounts that grew by themselves.

Amounts of many sizes, neither assigned nor limited, begin with d in log₁₀(1 + 1/d) of all cases. The mean
absolute deviation (MAD) says how far the digits are from that, whatever the number of amounts; the chi-square
test says whether chance explains it, and with many amounts it finds the slightest difference. Neither proves
anything: they say where to look. M. J. Nigrini, *Benford's Law* (Wiley 2012), table 7.1 for the limits.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from scipy import special

from shouwang.standards.reading import N_
from shouwang.standards.sampling.exact import SamplingError

Place = Literal["first", "second", "first-two"]
"""Which digits are looked at."""

Conformity = Literal["close", "acceptable", "marginal", "nonconforming"]

LIMITS: Final[dict[Place, tuple[float, float, float]]] = {
    "first": (0.006, 0.012, 0.015),
    "second": (0.008, 0.010, 0.012),
    "first-two": (0.0012, 0.0018, 0.0022),
}
"""Nigrini's upper limits of the MAD for close, acceptable and marginally acceptable conformity."""

LABELS: Final[dict[Conformity, str]] = {
    "close": N_("高度符合"),
    "acceptable": N_("可以接受"),
    "marginal": N_("勉强可以接受"),
    "nonconforming": N_("不符合"),
}

FEW: Final[dict[Place, int]] = {"first": 300, "second": 300, "first-two": 1000}
"""With fewer amounts the MAD of amounts that do follow the law is often beyond the limits (Nigrini 7)."""

SMALLEST: Final = Decimal(10)
"""Below it an amount has no two digits worth the name; Nigrini leaves such amounts out."""


@dataclass(frozen=True)
class DigitCount:
    """One digit (or two): how often it was seen, how often it was to be expected, and the z statistic."""

    digit: int
    count: int
    expected: float
    z: float


@dataclass(frozen=True)
class DigitTest:
    """The digits of ``n`` amounts; ``left_out`` amounts were zero or too small; ``few`` warns of small n."""

    place: Place
    n: int
    left_out: int
    digits: tuple[DigitCount, ...]
    mad: float
    conformity: Conformity
    chi_square: float
    freedom: int
    p_value: float
    few: bool


def benford(place: Place) -> dict[int, float]:
    """The share of each digit under Benford's law.

    >>> round(benford("first")[1], 5), round(benford("second")[0], 5), round(benford("first-two")[10], 5)
    (0.30103, 0.11968, 0.04139)
    """
    if place == "first":
        return {d: math.log10(1 + 1 / d) for d in range(1, 10)}
    pairs = {d: math.log10(1 + 1 / d) for d in range(10, 100)}
    if place == "first-two":
        return pairs
    return {d: sum(share for pair, share in pairs.items() if pair % 10 == d) for d in range(10)}


def leading(amount: Decimal, place: Place, smallest: Decimal = SMALLEST) -> int | None:
    """The digit or two digits of an amount; None for zero, or below ``smallest`` if a second one is asked.

    The sign does not count. 5.00 yuan has the first digit 5.
    """
    size = abs(amount)
    if not size or (place != "first" and size < smallest):
        return None
    digits = "".join(map(str, size.as_tuple().digits)).lstrip("0")
    pair = int((digits + "0")[:2])
    return pair if place == "first-two" else pair // 10 if place == "first" else pair % 10


def digit_test(amounts: Iterable[Decimal], place: Place = "first", smallest: Decimal = SMALLEST) -> DigitTest:
    """Hold the digits of ``amounts`` against Benford's law.

    SamplingError where no amount has such digits.
    """
    found = [leading(amount, place, smallest) for amount in amounts]
    counted = Counter(digit for digit in found if digit is not None)
    n = counted.total()
    if not n:
        raise SamplingError("sampling_population")
    shares = benford(place)
    digits = tuple(
        DigitCount(d, counted[d], share * n, _z(counted[d] / n, share, n)) for d, share in shares.items()
    )
    mad = sum(abs(d.count / n - shares[d.digit]) for d in digits) / len(digits)
    chi_square = sum((d.count - d.expected) ** 2 / d.expected for d in digits)
    freedom = len(digits) - 1
    return DigitTest(
        place,
        n,
        len(found) - n,
        digits,
        mad,
        conformity(mad, place),
        chi_square,
        freedom,
        float(special.gammaincc(freedom / 2, chi_square / 2)),
        n < FEW[place],
    )


def conformity(mad: float, place: Place) -> Conformity:
    """Nigrini's word for a mean absolute deviation; a limit belongs to the better side."""
    names: tuple[Conformity, ...] = ("close", "acceptable", "marginal")
    return next((name for name, top in zip(names, LIMITS[place], strict=True) if mad <= top), "nonconforming")


def _z(share: float, expected: float, n: int) -> float:
    """The z statistic with continuity correction (Nigrini, 7.2)."""
    gap = abs(share - expected)
    correction = 1 / (2 * n)
    gap = gap - correction if correction < gap else gap
    return gap / math.sqrt(expected * (1 - expected) / n)
