"""Payments against a schedule: days overdue, penalty interest, the order in which money is used."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.packs.microcredit.repayment import (
    CIVIL_CODE,
    DayCount,
    Instalment,
    Method,
    Order,
    Part,
    Payment,
    Penalty,
    Prepayment,
    Terms,
    TermsError,
    replay,
    schedule,
)

DAY = dt.date.fromisoformat
HALF_MORE = Penalty(Decimal("4.35"), Decimal(50))


def loan(**more: Any) -> list[Instalment]:
    """10,000 yuan at 4.35 % in five parts of 2,000 from 10 January 2023, due on each 10th."""
    return schedule(
        Terms(Decimal(10000), Decimal("4.35"), DAY("2023-01-10"), 5, Method.EQUAL_PRINCIPAL, **more)
    )


def paid(*entries: tuple[str, str]) -> list[Payment]:
    return [Payment(DAY(day), Decimal(amount)) for day, amount in entries]


@pytest.mark.seed("S5-16")
def test_paid_on_the_day_is_in_time_and_a_day_later_is_one_day_late() -> None:
    dues = loan()
    assert replay(dues, [], DAY("2023-02-10")).overdue_days == 0
    assert replay(dues, [], DAY("2023-02-11")).overdue_days == 1
    assert replay(dues, paid(("2023-02-10", "2036.25")), DAY("2023-02-20")).overdue_days == 0
    assert replay(dues, paid(("2023-02-10", "2036.24")), DAY("2023-02-20")).overdue_days == 10


@pytest.mark.seed("S5-69")
def test_penalty_interest_from_the_first_day_overdue() -> None:
    # 2,000 yuan of principal at 4.35 % and half as much again on 360 days: 0.3625 yuan a day.
    for day, penalty in (
        ("2023-02-10", "0.00"),
        ("2023-02-11", "0.36"),
        ("2023-02-12", "0.73"),
        ("2023-03-10", "10.15"),
    ):
        account = replay(loan(), [], DAY(day), HALF_MORE)
        assert account.owed(Part.PENALTY) == Decimal(penalty), day
    both = replay(loan(), [], DAY("2023-03-11"), HALF_MORE)
    assert [d.penalty for d in both.dues] == [Decimal("10.51"), Decimal("0.36")]


def test_penalty_on_unpaid_interest_is_charged_where_the_contract_says_so() -> None:
    more = Penalty(Decimal("4.35"), Decimal(50), on_interest=True)
    # (2,000 + 36.25) × 6.525 % × 28 / 360
    assert replay(loan(), [], DAY("2023-03-10"), more).owed(Part.PENALTY) == Decimal("10.33")
    year = Penalty(Decimal("4.35"), Decimal(30), day_count=DayCount.ACTUAL_365)
    assert replay(loan(), [], DAY("2023-03-10"), year).owed(Part.PENALTY) == Decimal("8.68")


def test_days_of_grace_forgive_what_is_paid_within_them_and_nothing_else() -> None:
    grace = Penalty(Decimal("4.35"), Decimal(50), grace_days=3)
    within = replay(loan(), paid(("2023-02-13", "2036.25")), DAY("2023-03-09"), grace)
    assert within.owed(Part.PENALTY) == 0 and within.dues[0].settled_on == DAY("2023-02-13")
    late = replay(loan(), paid(("2023-02-14", "2036.25")), DAY("2023-02-14"), grace)
    assert late.dues[0].penalty == Decimal("1.45")  # four days, from the first


def test_the_order_of_the_civil_code_and_others() -> None:
    dues, day = loan(), DAY("2023-03-12")
    money = paid(("2023-03-12", "100"))
    costs = paid(("2023-03-01", "20"))
    used = replay(dues, money, day, HALF_MORE, costs=costs).used
    # Costs 20; penalty 10.88 + 0.73; interest 36.25 + 29.00; what is left goes to principal.
    assert used == {
        Part.COST: Decimal("20.00"),
        Part.PENALTY: Decimal("11.61"),
        Part.INTEREST: Decimal("65.25"),
        Part.PRINCIPAL: Decimal("3.14"),
    }
    principal_first = Order((Part.PRINCIPAL, Part.INTEREST, Part.PENALTY, Part.COST))
    assert replay(dues, money, day, HALF_MORE, principal_first, costs).used[Part.PRINCIPAL] == 100
    oldest = replay(dues, paid(("2023-03-12", "2050")), day, HALF_MORE, Order(CIVIL_CODE, by_instalment=True))
    assert oldest.dues[0].settled_on == day
    assert oldest.dues[1].paid[Part.PENALTY] == Decimal("0.73")
    assert oldest.dues[1].paid[Part.INTEREST] == Decimal("2.14")


def test_money_paid_ahead_waits_for_its_day() -> None:
    account = replay(loan(), paid(("2023-02-01", "3000")), DAY("2023-02-09"), HALF_MORE)
    assert (account.ahead, account.balance) == (Decimal(3000), Decimal(10000))
    later = replay(loan(), paid(("2023-02-01", "3000")), DAY("2023-03-20"), HALF_MORE)
    assert later.overdue_days == 10
    assert later.ahead == 0 and later.dues[0].settled_on == DAY("2023-02-10")


def test_what_was_repaid_early_is_not_owed_again() -> None:
    terms = Terms(Decimal(10000), Decimal("4.35"), DAY("2023-01-10"), 5, Method.EQUAL_PRINCIPAL)
    dues = schedule(terms, [Prepayment(DAY("2023-02-20"), Decimal(3000))])
    account = replay(dues, paid(("2023-02-10", "2036.25")), DAY("2023-03-01"), HALF_MORE)
    assert (account.balance, account.overdue_days, account.ahead) == (Decimal(5000), 0, 0)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001"])
def test_amounts_that_nobody_pays_are_refused(amount: str) -> None:
    with pytest.raises(TermsError, match="payments"):
        replay(loan(), paid(("2023-02-01", amount)), DAY("2023-03-01"))


def test_orders_and_penalties_that_make_no_sense_are_refused() -> None:
    with pytest.raises(TermsError, match="order"):
        Order((Part.COST, Part.PENALTY, Part.INTEREST, Part.INTEREST))
    with pytest.raises(TermsError, match="penalty"):
        Penalty(Decimal("4.35"), Decimal(-1))


days = st.dates(dt.date(2023, 1, 10), dt.date(2023, 12, 31))
payments = st.lists(st.builds(Payment, days, st.decimals("0.01", "4000", places=2)), max_size=8)
orders = st.builds(Order, st.permutations(list(Part)).map(tuple), st.booleans())
penalties = st.builds(
    Penalty,
    st.just(Decimal("4.35")),
    st.sampled_from([Decimal(30), Decimal(50)]),
    st.sampled_from(DayCount),
    st.booleans(),
    st.integers(0, 5),
)


@given(payments, payments, days, penalties, orders)
def test_no_money_is_lost_or_made(
    money: list[Payment], costs: list[Payment], day: dt.date, penalty: Penalty, order: Order
) -> None:
    account = replay(loan(), money, day, penalty, order, costs)
    came = sum((p.amount for p in money if p.on <= day), Decimal(0))
    assert came == account.ahead + sum(account.used.values())
    assert account.ahead >= 0 and 0 <= account.balance <= 10000
    for part in Part:
        assert account.owed(part) >= 0
    owed = sum(account.owed(part) for part in Part)
    assert not (account.ahead and owed)  # nothing waits while something is owed
    fallen_due = [i for i in loan() if i.due_on <= day]
    assert sum(d.principal for d in account.dues) == sum(i.principal for i in fallen_due)


@given(payments, days, penalties, orders)
def test_money_counts_alike_in_one_piece_or_in_several(
    money: list[Payment], day: dt.date, penalty: Penalty, order: Order
) -> None:
    fen = Decimal("0.01")
    pieces = [Payment(p.on, part) for p in money for part in (p.amount - fen, fen) if part]
    whole, split = (replay(loan(), each, day, penalty, order) for each in (money, pieces))
    assert (whole.used, whole.ahead) == (split.used, split.ahead)
    assert [d.penalty for d in whole.dues] == [d.penalty for d in split.dues]


@given(payments, st.integers(1, 40))
def test_paying_more_never_makes_anybody_later(money: list[Payment], extra: int) -> None:
    day = DAY("2023-05-20")
    less = replay(loan(), money, day)
    more = replay(loan(), [*money, Payment(DAY("2023-02-20"), Decimal(extra * 100))], day)
    assert more.overdue_days <= less.overdue_days
    assert more.balance <= less.balance
