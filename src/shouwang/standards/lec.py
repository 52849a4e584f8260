"""Danger of working conditions (作业条件危险性, LEC): the product of three graded scores.

``D = L × E × C``: how likely it is (L), how often people are exposed (E), how bad it would be (C). After
Graham, K. J. and Kinney, G. F. (1980), A practical safety analysis system for hazards control, Journal of
Safety Research 12, 13-20, in the form that Chinese work safety practice uses. D is always computed: a typed
one only shows that somebody multiplied wrongly.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from shouwang.standards.reading import N_


def _scores(*values: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


LIKELIHOOD: Final = _scores("10", "6", "3", "1", "0.5", "0.2", "0.1")
"""From to be expected (10) to all but impossible (0.1)."""
EXPOSURE: Final = _scores("10", "6", "3", "2", "1", "0.5")
"""From continuous (10) to a few times a year at most (0.5)."""
CONSEQUENCE: Final = _scores("100", "40", "15", "7", "3", "1")
"""From catastrophe, many dead (100) to first aid (1)."""

GRADES: Final = (
    (Decimal(320), N_("一级 极其危险")),
    (Decimal(160), N_("二级 高度危险")),
    (Decimal(70), N_("三级 显著危险")),
    (Decimal(20), N_("四级 一般危险")),
    (Decimal(0), N_("五级 稍有危险")),
)
"""From which D on a danger is of a grade, highest first; above 320 work must stop."""


def danger(likelihood: Decimal, exposure: Decimal, consequence: Decimal) -> Decimal:
    """D, exactly. ``ValueError`` for a score that is not on its scale."""
    for name, score, scale in (
        ("L", likelihood, LIKELIHOOD),
        ("E", exposure, EXPOSURE),
        ("C", consequence, CONSEQUENCE),
    ):
        if score not in scale:
            raise ValueError(f"{name} = {score} is not one of {', '.join(map(str, scale))}")
    return likelihood * exposure * consequence


def grade(value: Decimal) -> str:
    """The grade of a danger D. ``ValueError`` for one below 0."""
    for least, name in GRADES:
        if value >= least:
            return name
    raise ValueError("a danger is not negative")
