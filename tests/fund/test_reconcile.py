"""Bank reconciliation: what belongs together, what is in transit, and that both balances meet."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from shouwang.fund.reconcile import Line, Reconciliation, reconcile


def line(day: int, amount: str, number: str = "", summary: str = "") -> Line:
    return Line(dt.date(2024, 1, 1) + dt.timedelta(days=day - 1), Decimal(amount), number, summary)


def match(
    book: list[Line], bank: list[Line], window: int = 3, balances: tuple[str, str] = ("0", "0")
) -> Reconciliation:
    stated = {"book_balance": Decimal(balances[0]), "bank_balance": Decimal(balances[1])}
    return reconcile(book, bank, **stated, window=window)


def test_a_month_with_the_four_kinds_of_items_in_transit() -> None:
    """A worked example as textbooks print it: 企业已收、已付，银行已收、已付."""
    done = match(
        [
            line(2, "-5000", "支101"),
            line(5, "2000"),
            line(30, "3000", summary="转账支票，银行未收"),
            line(31, "-1200", "支102", "支票，持票人未取"),
        ],
        [
            line(3, "-5000", "支101"),
            line(6, "2000"),
            line(29, "800", summary="存款利息，企业未收"),
            line(31, "-350", summary="电费，企业未付"),
        ],
        balances=("58800", "57450"),
    )
    assert len(done.pairs) == 2
    told = (done.book_received, done.book_paid, done.bank_received, done.bank_paid)
    assert told == (Decimal(3000), Decimal(1200), Decimal(800), Decimal(350))
    assert (done.adjusted_book, done.adjusted_bank, done.difference) == (Decimal(59250), Decimal(59250), 0)


def test_what_no_item_explains_is_told() -> None:
    done = match([line(1, "100")], [line(1, "100")], balances=("100", "99.99"))
    assert str(done.difference) == "0.01"


def test_a_number_goes_before_the_nearest_day() -> None:
    book = [line(1, "-100", "支1"), line(10, "-100", "支2")]
    bank = [line(10, "-100", "支1"), line(11, "-100", "支2")]
    done = match(book, bank)
    assert [(one.number, other.number) for one, other in done.pairs] == [("支1", "支1"), ("支2", "支2")]
    # The same number with another amount is another thing.
    assert not match([line(1, "-100", "支1")], [line(20, "-101", "支1")]).pairs


def test_the_window_bounds_what_has_no_number() -> None:
    assert len(match([line(1, "5")], [line(4, "5")]).pairs) == 1
    assert match([line(1, "5")], [line(5, "5")]).pairs == ()
    assert match([line(1, "5")], [line(1, "-5")]).pairs == ()
    assert match([line(1, "0")], []).only_book == ()


def test_as_many_as_possible_find_each_other() -> None:
    """Taking the nearest first would join the 4th with the 3rd and leave the 1st and the 7th alone."""
    done = match([line(1, "100"), line(4, "100")], [line(3, "100"), line(7, "100")])
    assert [(one.on.day, other.on.day) for one, other in done.pairs] == [(1, 3), (4, 7)]


def test_one_missing_line_does_not_push_the_others_out_of_place() -> None:
    book = [line(day, "-100") for day in (1, 31, 91, 121)]
    bank = [line(day, "-100") for day in (2, 32, 62, 92, 122)]
    done = match(book, bank)
    assert len(done.pairs) == 4
    assert [(one.on - dt.date(2024, 1, 1)).days + 1 for one in done.only_bank] == [62]


def test_lines_alike_in_everything_are_two_lines() -> None:
    done = match([line(1, "5"), line(1, "5")], [line(1, "5")])
    assert (len(done.pairs), len(done.only_book), len(done.only_bank)) == (1, 1, 0)


LINES = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["5", "-7"])), max_size=5)


@given(LINES, LINES, st.integers(0, 4))
def test_no_other_way_of_pairing_is_better(
    left: list[tuple[int, str]], right: list[tuple[int, str]], window: int
) -> None:
    book, bank = [line(*one) for one in left], [line(*one) for one in right]
    done = match(book, bank, window)
    used = [id(one) for pair in done.pairs for one in pair]
    assert len(set(used)) == len(used)
    assert len(done.pairs) + len(done.only_book) == len(book)
    assert len(done.pairs) + len(done.only_bank) == len(bank)
    short, long = sorted((book, bank), key=len)

    def worth(ones: list[Line], others: tuple[Line, ...]) -> tuple[int, int]:
        days = [
            abs((one.on - other.on).days)
            for one, other in zip(ones, others, strict=False)
            if one.amount == other.amount and abs((one.on - other.on).days) <= window
        ]
        return (len(days), -sum(days))

    best = max(worth(short, way) for way in permutations(long, len(short)))
    found = (len(done.pairs), -sum(abs((a.on - b.on).days) for a, b in done.pairs))
    assert found == best


@given(LINES, LINES, st.integers(0, 4), st.integers(-5000, 5000))
def test_with_the_items_in_transit_both_balances_meet(
    left: list[tuple[int, str]], right: list[tuple[int, str]], window: int, opening: int
) -> None:
    book, bank = [line(*one) for one in left], [line(*one) for one in right]
    start = Decimal(opening)
    done = reconcile(
        book,
        bank,
        book_balance=start + sum(one.amount for one in book),
        bank_balance=start + sum(one.amount for one in bank),
        window=window,
    )
    assert done.difference == 0


def test_what_one_side_has_before_the_other_begins_was_settled_then() -> None:
    book = [line(1, "100"), line(9, "-70"), line(12, "-5")]
    bank = [line(10, "-70"), line(11, "8")]
    stated = {"book_balance": Decimal(25), "bank_balance": Decimal(38), "window": 3}
    done = reconcile(book, bank, **stated, since=bank[0].on)
    assert [one.amount for one in done.only_book] == [Decimal(-5)]
    assert (len(done.pairs), done.difference) == (1, 0)
    assert len(reconcile(book, bank, **stated).only_book) == 2
