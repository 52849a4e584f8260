"""The means test (家庭经济状况评定) as pure functions over numbers and over columns.

A household is below the line when its income is less than the standard times its persons; it is
then paid the difference (补差), plus the top-up for members in special hardship (分类施保金). The
same text serves the rules, the reports and a nation's worth of rows.

Source: S2-11, S2-28, S2-43 … S2-45 (income below the local standard, whatever the reason).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import ibis
from ibis.expr import types as ir

MONEY = "decimal(18, 2)"
FEN = Decimal("0.01")


@dataclass(frozen=True)
class MeansTest:
    """The outcome for one household: yuan a month, ``per_head`` rounded half up to the fen."""

    per_head: Decimal
    below: bool
    allowance: Decimal


def means_test(standard: Decimal, persons: int, income: Decimal, top_up: Decimal = Decimal(0)) -> MeansTest:
    """Test one household.

    ``standard`` is yuan per person and month, ``income`` the household's yuan a month. A
    household exactly at the line is not below it (低于). ``ValueError`` for fewer than one person.

    >>> means_test(Decimal(930), 3, Decimal(850))
    MeansTest(per_head=Decimal('283.33'), below=True, allowance=Decimal('1940.00'))
    """
    if persons < 1:
        raise ValueError("a household has at least one person")
    gap = standard * persons - income
    allowance = gap + top_up if gap > 0 else Decimal(0)
    return MeansTest(
        per_head=(income / persons).quantize(FEN, ROUND_HALF_UP),
        below=gap > 0,
        allowance=allowance.quantize(FEN, ROUND_HALF_UP),
    )


def money(value: ir.Value) -> ir.DecimalValue:
    """A column of yuan as DECIMAL(18,2), so that every engine computes in fen."""
    return value.cast(MONEY)


def gap(standard: ir.Value, persons: ir.Value, income: ir.Value) -> ir.DecimalValue:
    """Standard times persons minus income; positive below the line. Null where one is unknown."""
    return money(money(standard) * persons.cast("int64")) - money(income)


def is_below(standard: ir.Value, persons: ir.Value, income: ir.Value) -> ir.BooleanValue:
    """Whether the household is below the line; null where standard, persons or income is unknown."""
    return gap(standard, persons, income) > 0


def allowance(
    standard: ir.Value, persons: ir.Value, income: ir.Value, top_up: ir.Value | None = None
) -> ir.DecimalValue:
    """The allowance a month; 0 at or above the line, null where an input is unknown.

    An unknown top-up is none: most rosters leave the cell blank.
    """
    difference = gap(standard, persons, income)
    extra = money(ibis.literal(0)) if top_up is None else money(top_up).fill_null(money(ibis.literal(0)))
    return money(
        ibis.cases(
            (difference > 0, money(difference + extra)),
            (difference <= 0, money(ibis.literal(0))),
            else_=ibis.null(MONEY),
        )
    )


def per_head(income: ir.Value, persons: ir.Value) -> ir.DecimalValue:
    """Income per person, rounded half up to the fen; null for a household without persons.

    In whole fen, because a quotient of decimals is a binary float on one engine and a decimal on
    the other.
    """
    count = persons.cast("int64").nullif(0)
    fen = (money(income) * 100).cast("int64")
    rounded = (fen * 2 + count) // (count * 2)
    return money(rounded.cast("decimal(16, 2)") * ibis.literal(FEN, "decimal(16, 2)"))


def assess(members: ir.Table, standard: ir.Value) -> ir.Table:
    """Test every household of a table of persons.

    ``members`` has the columns ``household``, ``income`` (yuan a month, null counts as none) and
    ``counted`` (whether the person counts); ``standard`` is a literal or an expression on
    ``members``. The answer has one row a household: ``household, persons, income, standard,
    per_head, below, allowance``.
    """
    rows = members.mutate(
        line=money(standard), earned=money(members.income).fill_null(money(ibis.literal(0)))
    )
    grouped = rows.group_by("household").aggregate(
        persons=rows.counted.cast("int64").sum(),
        income=money(rows.earned.sum(where=rows.counted)).fill_null(money(ibis.literal(0))),
        standard=rows.line.max(),
    )
    return grouped.mutate(
        per_head=per_head(grouped.income, grouped.persons),
        below=is_below(grouped.standard, grouped.persons, grouped.income),
        allowance=allowance(grouped.standard, grouped.persons, grouped.income),
    )
