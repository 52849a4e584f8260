"""Schedules against other programs and printed figures, and the laws that hold whatever the terms are.

``printed/libreoffice.csv``: sheets of formulas (PMT, ROUND on the running balance) worked out by LibreOffice
Calc 7.4.7. ``printed/numpy_financial.csv``: ``pmt``, ``ipmt`` and ``ppmt`` of numpy-financial 1.0.0, not
rounded. ``printed/quantlib.csv``: day counts Thirty360(EurobondBasis), Actual365Fixed and Actual360 of
QuantLib 1.44.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.packs.microcredit.repayment import (
    After,
    DayCount,
    Instalment,
    Method,
    Prepayment,
    Terms,
    TermsError,
    add_months,
    days_between,
    interest,
    round_half_up,
    schedule,
)

PRINTED = Path(__file__).parent / "printed"
FEN = Decimal("0.01")


def printed(name: str) -> Iterator[dict[str, str]]:
    with (PRINTED / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def terms(
    principal: str = "20000", rate: str = "4.35", out: str = "2023-01-31", n: int = 12, **more: Any
) -> Terms:
    return Terms(Decimal(principal), Decimal(rate), dt.date.fromisoformat(out), n, **more)


def test_every_row_is_what_libreoffice_works_out() -> None:
    cases: dict[str, list[dict[str, str]]] = {}
    for row in printed("libreoffice.csv"):
        cases.setdefault(row["case"], []).append(row)
    assert len(cases) == 9
    for rows in cases.values():
        one = rows[0]
        made = schedule(
            terms(
                one["principal"],
                one["rate"],
                one["paid_out_on"],
                int(one["instalments"]),
                method=Method[one["method"]],
                day_count=DayCount(one["days"]),
                every=int(one["every"]),
            )
        )
        ours = [(i.number, i.due_on.isoformat(), i.payment, i.principal, i.interest, i.balance) for i in made]
        theirs = [
            (
                int(r["number"]),
                r["due_on"],
                *(Decimal(r[c]) for c in ("payment", "part", "interest", "balance")),
            )
            for r in rows
        ]
        assert ours == theirs


def test_the_equal_instalment_is_pmt() -> None:
    for row in printed("numpy_financial.csv"):
        made = schedule(terms(row["principal"], row["rate"], "2023-01-15", int(row["instalments"])))
        assert made[0].payment == round_half_up(Decimal(row["pmt"])), row
        assert made[0].interest == round_half_up(Decimal(row["ipmt_first"]))
        assert abs(made[0].principal - Decimal(row["ppmt_first"])) <= FEN
        if len(made) <= 36:  # over 360 months the roundings gather in the balance
            assert abs(made[-1].interest - Decimal(row["ipmt_last"])) <= FEN


@pytest.mark.parametrize(
    ("principal", "rate", "monthly", "total_interest"),
    [
        # As banks' customer pages print them, 360 months. Their total is of the payment before rounding:
        # half a fen of it, with the interest that it bears over thirty years, comes to five yuan at most.
        ("1000000", "4.90", "5307.27", "910616.19"),
        ("1000000", "5.90", "5931.37", "1135291.42"),
        ("300000", "4.90", "1592.18", "273184.86"),
        ("630000", "4.90", "3343.58", "573688.2"),
        ("930000", "4.90", "4935.76", "846873.06"),
    ],
)
def test_equal_instalments_as_banks_print_them(
    principal: str, rate: str, monthly: str, total_interest: str
) -> None:
    made = schedule(terms(principal, rate, "2019-10-08", 360))
    assert {i.payment for i in made[:-1]} == {Decimal(monthly)}
    assert abs(sum(i.interest for i in made) - Decimal(total_interest)) < 5


@pytest.mark.parametrize(
    ("principal", "rate", "first", "step", "total_interest"),
    [
        ("1000000", "5.90", "7694.44", "13.66", "887458.33"),
        ("630000", "4.90", "4322.50", "7.15", "464336.25"),
        ("930000", "4.90", "6380.83", "10.55", "685448.75"),
    ],
)
def test_equal_principal_as_banks_print_it(
    principal: str, rate: str, first: str, step: str, total_interest: str
) -> None:
    made = schedule(terms(principal, rate, "2019-10-08", 360, method=Method.EQUAL_PRINCIPAL))
    assert abs(made[0].payment - Decimal(first)) <= FEN  # they round the sum, the schedule its parts
    assert all(abs(a.payment - b.payment - Decimal(step)) <= FEN for a, b in pairwise(made[:-1]))
    assert abs(sum(i.interest for i in made) - Decimal(total_interest)) < FEN * 360 / 2


def test_days_are_those_of_quantlib() -> None:
    for row in printed("quantlib.csv"):
        start, end = dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"])
        for count in DayCount:
            assert days_between(start, end, count) == int(row[count]), row


def test_month_ends_follow_the_agreed_day() -> None:
    days = [i.due_on.isoformat() for i in schedule(terms(n=4))]
    assert days == ["2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31"]
    leap = [i.due_on.isoformat() for i in schedule(terms(out="2024-01-31", n=2))]
    assert leap == ["2024-02-29", "2024-03-31"]
    assert [i.days for i in schedule(terms(n=4))] == [30] * 4
    assert [i.days for i in schedule(terms(n=4, day_count=DayCount.ACTUAL_365))] == [28, 31, 30, 31]
    assert add_months(dt.date(2023, 2, 28), 1) == dt.date(2023, 3, 28)
    assert add_months(dt.date(2023, 2, 28), 1, agreed=31) == dt.date(2023, 3, 31)


def test_actual_365_counts_the_leap_day() -> None:
    (one,) = schedule(
        terms("10000", "3.65", "2024-01-31", 2, method=Method.BULLET, day_count=DayCount.ACTUAL_365)
    )
    assert (one.due_on, one.days, one.interest) == (dt.date(2024, 3, 31), 60, Decimal("60.00"))


def test_half_a_fen_is_rounded_up() -> None:
    assert interest(Decimal("120"), Decimal("5"), 30, DayCount.THIRTY_360) == Decimal("0.50")
    assert interest(Decimal("1.20"), Decimal("5"), 30, DayCount.THIRTY_360) == Decimal("0.01")  # 0.005
    assert round_half_up(Decimal("2.675")) == Decimal("2.68")
    assert round_half_up(Fraction(-1, 200)) == Decimal("-0.01")


def test_a_bullet_loan_pays_once() -> None:
    made = schedule(terms("20000", "4.35", "2022-08-31", 6, method=Method.BULLET))
    assert [(i.due_on, i.days, i.payment) for i in made] == [(dt.date(2023, 2, 28), 180, Decimal("20435.00"))]


def test_a_first_period_of_odd_days() -> None:
    made = schedule(terms("20000", "4.35", "2023-05-08", 3, first_due_on=dt.date(2023, 6, 20)))
    assert [i.days for i in made] == [42, 30, 30]
    assert made[0].interest == interest(Decimal(20000), Decimal("4.35"), 42, DayCount.THIRTY_360)
    assert made[0].payment == made[1].payment
    assert abs(made[2].payment - made[0].payment) <= FEN * 3


def test_grace_defers_principal_and_no_interest() -> None:
    made = schedule(terms(n=6, grace=2))
    assert [i.principal for i in made[:2]] == [Decimal("0.00")] * 2
    assert [i.interest for i in made[:2]] == [Decimal("72.50")] * 2
    alone = schedule(terms(out="2023-03-31", n=4))
    assert [i.payment for i in made[2:]] == [i.payment for i in alone]


def test_repaying_all_early_ends_the_loan() -> None:
    made = schedule(terms(), [Prepayment(dt.date(2023, 4, 10))])
    assert made[-1].early and made[-1].balance == 0
    assert made[-1].interest == interest(made[1].balance, Decimal("4.35"), 10, DayCount.THIRTY_360)
    assert len(made) == 3


def test_repaying_part_early_shortens_or_eases() -> None:
    day = dt.date(2023, 4, 30)
    plain = schedule(terms())
    shorter = schedule(terms(), [Prepayment(day, Decimal(5000))])
    smaller = schedule(terms(), [Prepayment(day, Decimal(5000), After.SMALLER)])
    assert [i.payment for i in shorter if not i.early][:-1] == [plain[0].payment] * (len(shorter) - 2)
    assert shorter[-1].due_on < plain[-1].due_on
    assert smaller[-1].due_on == plain[-1].due_on
    assert smaller[4].payment < plain[0].payment
    # What is repaid on a due day leaves a loan like any other.
    rest = schedule(terms(str(smaller[3].balance), out="2023-04-30", n=9, first_due_on=dt.date(2023, 5, 31)))
    assert [i.principal for i in smaller[4:]] == [i.principal for i in rest]


def test_interest_of_a_period_is_charged_once_however_often_is_repaid() -> None:
    days = [Prepayment(dt.date(2023, 2, d), Decimal(100)) for d in (5, 12, 12, 20)]
    first = schedule(terms(), days)[:5]
    assert [i.days for i in first] == [5, 7, 0, 8, 10]
    assert first[2].interest == 0


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("principal", {"principal": "0"}),
        ("principal", {"principal": "0.001"}),
        ("principal", {"principal": "1000000000000"}),
        ("rate", {"rate": "-0.01"}),
        ("rate", {"rate": "100.01"}),
        ("instalments", {"n": 0}),
        ("instalments", {"n": 601}),
        ("every", {"every": 0}),
        ("first_due_on", {"first_due_on": dt.date(2023, 1, 31)}),
        ("grace", {"grace": 12}),
        ("paid_out_on", {"out": "9990-01-01"}),
    ],
)
def test_terms_that_no_loan_has_are_named(field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(TermsError) as caught:
        terms(**wrong)
    assert caught.value.field == field
    assert caught.value.reason


@pytest.mark.parametrize(
    "wrong",
    [
        Prepayment(dt.date(2023, 1, 30), Decimal(1)),
        Prepayment(dt.date(2024, 2, 1), Decimal(1)),
        Prepayment(dt.date(2023, 5, 1), Decimal(0)),
        Prepayment(dt.date(2023, 5, 1), Decimal("0.005")),
    ],
)
def test_early_repayments_outside_the_loan_are_refused(wrong: Prepayment) -> None:
    with pytest.raises(TermsError, match="prepayments"):
        schedule(terms(), [wrong])


money = st.decimals("0.01", "1000000", places=2)
rates = st.decimals("0", "36", places=2)
dates = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    n = draw(st.integers(1, 60))
    return Terms(
        draw(money),
        draw(rates),
        draw(dates),
        n,
        draw(st.sampled_from(Method)),
        draw(st.sampled_from(DayCount)),
        draw(st.sampled_from([1, 3, 6])),
        grace=draw(st.integers(0, n - 1)),
    )


@st.composite
def with_early(draw: st.DrawFn) -> tuple[Terms, list[Prepayment]]:
    given_terms = draw(any_terms())
    life = st.dates(given_terms.paid_out_on, given_terms.due_days()[-1])
    early = st.builds(Prepayment, life, st.none() | money, st.sampled_from(After))
    return given_terms, draw(st.lists(early, max_size=4))


def holds(loan: Terms, made: list[Instalment]) -> None:
    """The laws of every schedule."""
    assert sum(i.principal for i in made) == loan.principal
    assert made[-1].balance == 0
    balance = loan.principal
    for one in made:
        assert one.interest == interest(balance, loan.rate, one.days, loan.day_count)
        assert one.balance == balance - one.principal >= 0
        assert one.principal >= 0 and one.interest >= 0
        balance = one.balance
    assert all(a.due_on <= b.due_on for a, b in pairwise(made))
    assert all(a.due_on == b.start_on for a, b in pairwise(made))


@given(any_terms())
def test_laws_without_early_repayment(loan: Terms) -> None:
    made = schedule(loan)
    holds(loan, made)
    assert len(made) <= (1 if loan.method is Method.BULLET else loan.instalments)
    if loan.principal >= loan.instalments:  # a few fen are repaid before the last due day
        assert made[-1].due_on == loan.due_days()[-1]


@given(with_early())
def test_laws_with_early_repayments(case: tuple[Terms, list[Prepayment]]) -> None:
    holds(case[0], schedule(*case))


@given(st.decimals("1000", "1000000", places=2), rates, dates, st.integers(2, 60), st.sampled_from(DayCount))
def test_equal_instalments_are_equal_but_for_the_rounding_in_the_last(
    principal: Decimal, rate: Decimal, day: dt.date, n: int, count: DayCount
) -> None:
    made = schedule(Terms(principal, rate, day, n, day_count=count))
    assert len({i.payment for i in made[:-1]}) == 1
    # Half a fen of the payment and half a fen of each interest, with the interest that they bear to the end.
    worst, factor = Fraction(0), Fraction(1)
    for one in reversed(made):
        worst += factor
        factor *= 1 + Fraction(rate) * one.days / (100 * count.basis)
    assert abs(made[-1].payment - made[0].payment) <= worst / 100


@given(st.decimals("1000", "1000000", places=2), rates, dates, st.integers(2, 60))
def test_equal_principal_parts_differ_by_the_rounding_in_the_last(
    principal: Decimal, rate: Decimal, day: dt.date, n: int
) -> None:
    made = schedule(Terms(principal, rate, day, n, Method.EQUAL_PRINCIPAL))
    assert len({i.principal for i in made[:-1]}) == 1
    assert abs(made[-1].principal - made[0].principal) <= FEN / 2 * n
    assert all(a.interest >= b.interest for a, b in pairwise(made))


@given(dates, st.integers(0, 3000), st.integers(0, 3000), st.sampled_from(DayCount))
def test_days_of_two_spans_are_those_of_the_whole_but_for_month_ends(
    day: dt.date, one: int, two: int, count: DayCount
) -> None:
    middle, end = day + dt.timedelta(one), day + dt.timedelta(one + two)
    parts = days_between(day, middle, count) + days_between(middle, end, count)
    assert abs(parts - days_between(day, end, count)) <= (1 if count is DayCount.THIRTY_360 else 0)
