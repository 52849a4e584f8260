"""Interest of instalments as expressions, to the fen: what ``repayment`` works out, asked of all loans.

A schedule is right when each interest is that of the balance before it; so each row is checked by itself,
with what the rows before it leave of the loan. Fen, rates and days are whole numbers, so that half a fen is
rounded up alike on both engines. Loans of ten million yuan or more and rates above 36 % are left alone: they
are no micro-loans, and the products would leave 64 bits.
"""

from __future__ import annotations

import ibis
from django.utils.translation import gettext as _
from ibis.expr import types as ir

from shouwang.packs.microcredit.repayment import DayCount
from shouwang.risk.expressions import days_between
from shouwang.risk.parameters import ParameterError, ParameterView

MONEY = "decimal(18, 2)"
MOST_FEN = 1_000_000_000
MOST_RATE = 360_000
MOST_DAYS = 12_000


def convention(p: ParameterView, name: str, day: ir.DateValue, division: ir.StringValue) -> ir.Value:
    """The day count in force on the day, as text; an unknown one is an error of the office's file."""

    def known(value: str) -> ir.Value:
        if value and value not in list(DayCount):
            choices = "、".join(DayCount)
            raise ParameterError(
                _("{name}：没有计息天数“{value}”，可写 {choices}").format(
                    name=name, value=value, choices=choices
                )
            )
        return ibis.literal(value)

    return p.at(name, day, division, made=known)


def fen(amount: ir.DecimalValue) -> ir.IntegerValue:
    """Yuan as whole fen; an amount beyond any micro-loan counts as the bound."""
    most = ibis.literal(MOST_FEN // 100, MONEY)
    bounded = ibis.ifelse(amount > most, most, ibis.ifelse(amount < -most, -most, amount))
    return (bounded.cast(MONEY) * 100).cast("int64")


def yuan(amount: ir.IntegerValue) -> ir.DecimalValue:
    """Whole fen as yuan."""
    return (amount.cast(MONEY) * ibis.literal("0.01", MONEY)).cast(MONEY)


def terms(loan: ir.Table, p: ParameterView) -> ir.Table:
    """Loans whose interest can be worked out: number that no other has, amount, rate and day of pay-out."""
    same = ibis.window(group_by=loan.loan_no)
    rows = loan.mutate(of_that_number=loan.loan_no.count().over(same))
    usable = (
        (rows.of_that_number == 1)
        & rows.paid_out_on.notnull()
        & (rows.amount > 0)
        & (rows.amount < MOST_FEN // 100)
        & (rows.rate >= 0)
        & (rows.rate <= MOST_RATE // 10_000)
    )
    rows = rows.filter(usable.fill_null(False))
    return rows.select(
        "loan_no",
        "ref_loan",
        "amount",
        "rate",
        "paid_out_on",
        "repayment_method",
        ends_on=rows.due_on,
        settled_on=rows.settled_on,
        borrower=rows.name,
        count=convention(p, "microcredit.day_count", rows.paid_out_on, rows.division),
        rate_units=(rows.rate * 10_000).cast("int64"),
    )


def _month_end(day: ir.DateValue) -> ir.BooleanValue:
    return (day + ibis.interval(days=1)).day() == 1


def _of_thirty(day: ir.DateValue, agreed: ir.IntegerValue) -> ir.IntegerValue:
    pulled_forward = (day.day() < agreed) & _month_end(day)
    return ibis.least(ibis.ifelse(pulled_forward, agreed, day.day()), 30)


def with_days(rows: ir.Table, regular: ir.BooleanValue) -> ir.Table:
    """Rows of instalments (``loan_no``, ``start``, ``due_on``, ``paid_out_on``, ``count``) with ``days``.

    ``regular`` marks the rows that stand on an agreed day: early repayments do not.
    """
    day, out = rows.due_on.day(), rows.paid_out_on.day()
    follows = (day == out) | ((day < out) & _month_end(rows.due_on))
    loan = ibis.window(group_by=rows.loan_no)
    rows = rows.mutate(
        strange=ibis.ifelse(regular & ~follows, 1, 0).max().over(loan),
        latest=ibis.ifelse(regular, day, 1).max().over(loan),
    )
    rows = rows.mutate(agreed=ibis.ifelse(rows.strange == 0, rows.paid_out_on.day(), rows.latest))
    months = (rows.due_on.year() - rows.start.year()) * 12 + rows.due_on.month() - rows.start.month()
    thirty = months * 30 + _of_thirty(rows.due_on, rows.agreed) - _of_thirty(rows.start, rows.agreed)
    counted = ibis.ifelse(
        rows["count"] == DayCount.THIRTY_360.value, thirty, days_between(rows.due_on, rows.start)
    )
    bounded = ibis.greatest(ibis.least(counted, MOST_DAYS), 0).cast("int64")
    return rows.mutate(days=bounded, basis=ibis.ifelse(rows["count"] == DayCount.ACTUAL_365.value, 365, 360))


def with_interest(rows: ir.Table, name: str = "expected") -> ir.Table:
    """Rows with ``fen_before``, ``rate_units``, ``days`` and ``basis``: the interest due, in whole fen."""
    rows = rows.mutate(
        exact=rows.fen_before * rows.rate_units * rows.days,
        per=(rows.basis * 1_000_000).cast("int64"),
    )
    return half_up(rows, name)


def half_up(rows: ir.Table, name: str) -> ir.Table:
    """``exact`` over ``per`` to the nearest whole number, halves up; both are whole and not negative.

    The quotient of floats may be one off where it lies next to a half; whole numbers then decide.
    """
    near = (
        ((rows.exact * 2 + rows.per).cast("float64") / (rows.per * 2).cast("float64")).floor().cast("int64")
    )
    rows = rows.mutate(near=near)
    twice, of = rows.exact * 2 + rows.per, rows.per * 2
    right = ibis.cases(
        (rows.near * of > twice, rows.near - 1),
        ((rows.near + 1) * of <= twice, rows.near + 1),
        else_=rows.near,
    )
    return rows.mutate(**{name: right}).drop("near", "exact", "per")
