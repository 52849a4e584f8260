"""Repeated and round amounts (重复、整数金额): what made-up figures look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

from scipy import special

Key = TypeVar("Key", bound=Hashable)

ROUND_UNITS: Final = (10, 100, 1000, 10000)
"""The round amounts looked for, in yuan; each unit is ten times the one before."""


@dataclass(frozen=True)
class RoundTest:
    """How many amounts are multiples of ``unit`` yuan among those that are multiples of a tenth of it.

    One in ten is to be expected; ``p_value`` is the chance of ``count`` or more among ``of``.
    """

    unit: int
    count: int
    of: int
    p_value: float

    @property
    def share(self) -> Fraction:
        """The share found; to be held against one in ten. 0 where there is nothing to compare."""
        return Fraction(self.count, self.of) if self.of else Fraction(0)


def round_test(amounts: Iterable[Decimal], units: Sequence[int] = ROUND_UNITS) -> list[RoundTest]:
    """For each unit (a power of ten, in yuan), whether it is hit more often than one amount in ten would.

    Asked of the amounts of at least that unit which are multiples of a tenth of it, so an office that pays in
    whole yuan or whole tens is not accused of it. The sign does not count.
    """
    sizes = [abs(amount) for amount in amounts]
    found = []
    for unit in units:
        tenth = Decimal(unit) / 10
        base = [size for size in sizes if size >= unit and size % tenth == 0]
        count = sum(size % unit == 0 for size in base)
        chance = float(special.betainc(count, len(base) - count + 1, 0.1)) if count else 1.0
        found.append(RoundTest(unit, count, len(base), chance))
    return found


def repeated(keys: Iterable[Key], least: int = 2) -> list[tuple[Key, int]]:
    """The keys seen at least ``least`` times with their number, the most frequent first, then as first met.

    A key may be an amount alone, or payee, amount and day together: who was paid the same twice.
    """
    counted = Counter(keys)
    return sorted(((k, n) for k, n in counted.items() if n >= least), key=lambda pair: -pair[1])


def average_frequency(values: Iterable[Hashable]) -> Fraction:
    """How often the value of a random row occurs in the whole: Σn² ÷ Σn; 1 where no value comes twice.

    The statistic of Simonsohn's number-bunching test, as jfa's ``repeated_test`` prints it. 0 for no values.
    """
    counted = Counter(values)
    total = counted.total()
    return Fraction(sum(n * n for n in counted.values()), total) if total else Fraction(0)
