"""How well a score tells good from bad, and whether people are still like those it was made of.

With few loans every such number is a guess: each comes with an interval or with the value that chance alone
would reach.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, rankdata

Floats = NDArray[np.float64]
Z = 1.959963984540054
"""The two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True)
class Separation:
    """Gini (2·AUC − 1) with its 95 % interval, and the Kolmogorov-Smirnov distance."""

    gini: float
    low: float
    high: float
    ks: float


def separation(scores: Sequence[float] | Floats, bad: Sequence[bool] | NDArray[np.bool_]) -> Separation:
    """How far scores (high is good) part good from bad; ties count half.

    The interval is that of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988). Raises ValueError where
    one kind has fewer than two.
    """
    values, marks = np.asarray(scores, dtype=np.float64), np.asarray(bad, dtype=bool)
    good_scores, bad_scores = values[~marks], values[marks]
    m, n = len(good_scores), len(bad_scores)
    if m < 2 or n < 2:
        raise ValueError("separation needs two good and two bad at least")
    everybody = rankdata(np.concatenate([good_scores, bad_scores]))
    # The share of bad below each good one, and of good above each bad one.
    above = (everybody[:m] - rankdata(good_scores)) / n
    below = 1.0 - (everybody[m:] - rankdata(bad_scores)) / m
    area = float(above.mean())
    spread = math.sqrt(float(above.var(ddof=1)) / m + float(below.var(ddof=1)) / n)
    gini = 2 * area - 1
    return Separation(
        gini, max(-1.0, gini - 2 * Z * spread), min(1.0, gini + 2 * Z * spread), _ks(values, marks)
    )


def _ks(values: Floats, marks: NDArray[np.bool_]) -> float:
    steps = np.unique(values)
    good = np.searchsorted(np.sort(values[~marks]), steps, side="right") / np.count_nonzero(~marks)
    bad = np.searchsorted(np.sort(values[marks]), steps, side="right") / np.count_nonzero(marks)
    return float(np.abs(good - bad).max())


@dataclass(frozen=True)
class Stability:
    """The population stability index with its parts, and how often chance alone would reach it.

    ``chance`` is the probability of such an index where nothing has changed: (1/n + 1/m)⁻¹ · PSI follows
    chi-square with a degree of freedom less than there are cells (Yurdakul, *Statistical Properties of the
    Population Stability Index*, 2018).
    """

    index: float
    parts: tuple[float, ...]
    chance: float

    @property
    def word(self) -> str:
        """The rule of thumb of credit scoring (Siddiqi, *Intelligent Credit Scoring*, 2017)."""
        return "stable" if self.index < 0.10 else "shifting" if self.index < 0.25 else "shifted"

    @property
    def shifted(self) -> bool:
        """Beyond the rule of thumb, and beyond what chance explains at 5 %."""
        return self.index >= 0.10 and self.chance < 0.05


def stability(expected: Sequence[int], actual: Sequence[int]) -> Stability:
    """PSI of two distributions over the same cells, given in numbers of persons.

    Σ (aᵢ − eᵢ)·ln(aᵢ/eᵢ) over their shares. A cell that is empty on one side counts as half a person there,
    for the logarithm has no value at nought; one empty on both counts for nothing. Raises ValueError where a
    side is empty or the cells do not match.
    """
    if len(expected) != len(actual):
        raise ValueError("the distributions have different cells")
    n, m = sum(expected), sum(actual)
    if n == 0 or m == 0:
        raise ValueError("an empty distribution has no shares")
    parts, cells = [], 0
    for before, now in zip(expected, actual, strict=True):
        if before == now == 0:
            parts.append(0.0)
            continue
        cells += 1
        e, a = (before or 0.5) / n, (now or 0.5) / m
        parts.append((a - e) * math.log(a / e))
    index = math.fsum(parts)
    freedom = max(cells - 1, 1)
    return Stability(index, tuple(parts), float(chi2.sf(index / (1 / n + 1 / m), freedom)))
