"""The part of the interest that finance pays (贴息): of regular interest, never of penalty interest."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from shouwang.packs.microcredit.repayment.schedule import Instalment, TermsError, round_half_up
from shouwang.standards.reading import N_


def subsidies(instalments: Sequence[Instalment], share: Decimal, most: int | None = None) -> list[Decimal]:
    """The subsidy on each instalment in yuan, for a share of the interest between 0 and 1.

    Each is what the rounded total up to it leaves after those before it, so that they add up to the share of
    the whole interest, rounded once. ``most`` limits the subsidy to so many regular instalments. Raises
    :class:`TermsError` for a share outside 0 to 1.

    Where a rate of 6 % is subsidised by 3 points the share is one half.
    """
    if not 0 <= share <= 1:
        raise TermsError("share", N_("贴息比例应在0至1之间"))
    run, given, parts = Fraction(0), Decimal("0.00"), []
    for one in instalments:
        if most is None or one.number <= most:
            run += Fraction(one.interest) * Fraction(share)
        part = round_half_up(run) - given
        given += part
        parts.append(part)
    return parts
