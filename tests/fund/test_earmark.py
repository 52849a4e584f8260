"""Earmarked money: each purpose by itself, and never below zero unseen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.fund.book import Book
from shouwang.fund.chart import chart
from shouwang.fund.earmark import Movement, Statement, entry_of, overdrafts, statements
from shouwang.fund.entries import Entry, EntryError, Posting

FUND = chart("dedicated-fund")


def move(day: int, received: str = "0", spent: str = "0", purpose: str = "修路", **more: str) -> Movement:
    return Movement("一事一议资金", purpose, dt.date(2024, 1, day), Decimal(received), Decimal(spent), **more)


def book_of(*movements: Movement) -> Book:
    book = Book("石桥村", FUND)
    for movement in movements:
        book.post(entry_of(movement, FUND, "4", "5"))
    return book


@pytest.mark.seed("S2-48", "S9-13")
def test_what_each_purpose_received_spent_and_has_left() -> None:
    book = book_of(
        move(1, received="1000"),
        move(3, spent="400.10"),
        move(2, received="50", purpose="路灯"),
        move(9, spent="700"),
    )
    assert statements(book, dt.date(2024, 1, 5)) == [
        Statement("一事一议资金", "修路", Decimal(1000), Decimal("400.10")),
        Statement("一事一议资金", "路灯", Decimal(50), Decimal(0)),
    ]
    assert [str(one.left) for one in statements(book)] == ["-100.10", "50.00"]


@pytest.mark.seed("S2-48", "S9-13")
def test_money_of_one_purpose_never_pays_for_another_unseen() -> None:
    book = book_of(
        move(1, received="1000"),
        move(1, received="5000", purpose="路灯"),
        move(3, spent="1000"),
        move(4, spent="0.01", number="超支"),
        move(5, spent="9"),
        move(6, received="100"),
        move(7, spent="500", number="又超支"),
    )
    found = overdrafts(book)
    assert [(one.purpose, one.on.day, str(one.balance), one.entry.number) for one in found] == [
        ("修路", 4, "-0.01", "超支"),
        ("修路", 7, "-409.01", "又超支"),
    ]
    assert len(overdrafts(book, dt.date(2024, 1, 6))) == 1


def test_only_the_evening_of_a_day_counts() -> None:
    assert overdrafts(book_of(move(3, spent="10"), move(3, received="10"))) == []
    assert overdrafts(book_of(move(3, spent="10"), move(3, received="10"), move(3, spent="1")))


def test_an_entry_cannot_move_money_between_purposes_without_both_sides() -> None:
    road, lamp = {"fund": "专款", "purpose": "修路"}, {"fund": "专款", "purpose": "路灯"}
    with pytest.raises(EntryError, match="混在一起"):
        Entry(
            "1",
            dt.date(2024, 1, 1),
            (Posting("1", Decimal(5), **road), Posting("1", Decimal(-5), **lamp)),  # type: ignore[arg-type]
        )


def test_a_reversal_is_no_income() -> None:
    book = book_of(move(1, received="100"), move(2, spent="-30"))
    assert [str(one.left) for one in statements(book)] == ["130.00"]
    with pytest.raises(EntryError, match="只有一方"):
        entry_of(move(1), FUND, "4", "5")


@given(
    st.lists(
        st.tuples(st.integers(1, 28), st.sampled_from("甲乙"), st.booleans(), st.integers(1, 10**6)),
        max_size=30,
    )
)
def test_an_overdraft_is_reported_exactly_where_a_balance_falls_below_zero(
    moves: list[tuple[int, str, bool, int]],
) -> None:
    made = [
        move(day, purpose=purpose, **{"received" if comes else "spent": str(Decimal(fen) / 100)})
        for day, purpose, comes, fen in moves
    ]
    found = {(one.purpose, one.on.day, one.balance) for one in overdrafts(book_of(*made))}
    wanted = set()
    for purpose in "甲乙":
        balance, was = 0, 0
        for day in range(1, 29):
            for on, of, comes, fen in moves:
                if (on, of) == (day, purpose):
                    balance += fen if comes else -fen
            if balance < 0 <= was:
                wanted.add((purpose, day, Decimal(balance) / 100))
            was = balance
    assert found == wanted
