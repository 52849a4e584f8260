"""Entries balance or cannot be made; books roll from month to month to the fen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.fund.book import Book, month_end
from shouwang.fund.chart import Kind, chart
from shouwang.fund.entries import Entry, EntryError, Place, Posting, added_up

JANUARY = dt.date(2024, 1, 5)


def posting(code: str, amount: str, **more: str) -> Posting:
    return Posting(code, Decimal(amount), **more)


def entry(
    *postings: Posting, number: str = "记-1", on: dt.date = JANUARY, place: Place | None = None
) -> Entry:
    return Entry(number, on, postings, place=place or Place())


@pytest.mark.seed("S9-13")
@pytest.mark.parametrize(
    ("postings", "code", "told"),
    [
        ([posting("102", "-5"), posting("513", "4.99")], "unbalanced", "借方4.99元，贷方5.00元，相差0.01元"),
        ([posting("102", "0")], "one_sided", "只有一方"),
        ([], "one_sided", "只有一方"),
        ([posting("102", "-0.005"), posting("513", "0.005")], "not_to_the_fen", "金额-0.005不是整分"),
        ([posting("102", "NaN"), posting("513", "1")], "not_to_the_fen", "金额NaN不是整分"),
        ([posting("102", "-1E16"), posting("513", "1E16")], "too_large", "超出范围"),
        (
            [posting("102", "-5", fund="专款", purpose="修路"), posting("513", "5")],
            "purposes_mixed",
            "混在一起：一般资金、专款/修路",
        ),
    ],
)
def test_what_does_not_balance_cannot_be_made(postings: list[Posting], code: str, told: str) -> None:
    place = Place("凭证.xlsx", "1月", 7)
    with pytest.raises(EntryError, match=told) as refused:
        entry(*postings, place=place)
    assert (refused.value.code, str(refused.value.place)) == (code, "凭证.xlsx / 1月 / 7")


@pytest.mark.seed("S9-13")
def test_one_debit_and_many_credits_are_in_order() -> None:
    made = entry(posting("513", "100.00"), posting("102", "-60"), posting("101", "-40.0"))
    assert (made.debits, made.credits) == (Decimal(100), Decimal(100))


def test_a_book_takes_only_accounts_of_its_chart() -> None:
    book = Book("石桥村", chart())
    with pytest.raises(EntryError, match="科目777不在科目表“农村集体经济组织会计制度”中") as refused:
        book.post(entry(posting("777", "1"), posting("101", "-1")))
    assert refused.value.code == "unknown_account"
    assert not book.entries


@pytest.mark.seed("S9-13")
def test_months_roll_and_a_closed_one_stays_closed() -> None:
    book = Book("石桥村", chart())
    book.post(entry(posting("102", "1000"), posting("000", "-1000"), number="期初", on=dt.date(2024, 1, 1)))
    book.post(entry(posting("513", "100.10"), posting("102", "-100.10")))
    book.post(entry(posting("101", "300"), posting("102", "-300"), number="记-2", on=dt.date(2024, 2, 29)))
    january = book.close(dt.date(2024, 1, 15))
    lines = {line.account: line for line in january.lines}
    assert (lines["102"].opening, lines["102"].closing) == (Decimal(0), Decimal("899.90"))
    assert january.balanced
    assert (january.debits, january.credits) == (Decimal("1100.10"), Decimal("1100.10"))
    assert str(book.closed) == "2024-01-31"
    with pytest.raises(EntryError, match="在已结账的月份，最近结账到2024-01-31") as late:
        book.post(entry(posting("513", "1"), posting("102", "-1")))
    assert late.value.code == "period_closed"
    with pytest.raises(EntryError, match="2024-01已经结账"):
        book.close(dt.date(2024, 1, 1))
    with pytest.raises(EntryError, match="2024-02还没有结账，不能结2024-03") as gap:
        book.close(dt.date(2024, 3, 1))
    assert gap.value.code == "months_open"
    february = book.close(dt.date(2024, 2, 1))
    assert {line.account: line.opening for line in february.lines} == {
        "000": Decimal(-1000),
        "101": Decimal(0),
        "102": Decimal("899.90"),
        "513": Decimal("100.10"),
    }
    given = {"000": Decimal(-1000), "101": Decimal(300), "102": Decimal("599.91"), "513": Decimal("100.10")}
    (differs,) = book.opening_differs(dt.date(2024, 3, 1), given)
    assert (differs.account, differs.given, differs.left) == ("102", Decimal("599.91"), Decimal("599.90"))


def test_the_first_month_to_close_is_that_of_the_first_entry() -> None:
    book = Book("石桥村", chart())
    book.post(entry(posting("513", "1"), posting("102", "-1")))
    with pytest.raises(EntryError, match="2024-01还没有结账"):
        book.close(dt.date(2024, 2, 1))


@pytest.mark.seed("S9-13")
def test_the_result_of_a_year_goes_to_what_is_retained() -> None:
    book = Book("石桥村", chart())
    book.post(entry(posting("102", "500"), posting("501", "-500", title="租金")))
    book.post(entry(posting("513", "120.50"), posting("101", "-120.50"), number="记-2"))
    carried = book.close_year(2024)
    assert [len(one.postings) for one in carried] == [3, 2]
    left = {code: amount for (code, _sub), amount in book.balances().items() if amount}
    assert left == {"101": Decimal("-120.50"), "102": Decimal(500), "322": Decimal("-379.50")}
    assert book.close_year(2024) == []


def test_entries_stand_by_day_and_then_as_in_the_sheets() -> None:
    book = Book("石桥村", chart())
    for number, day, row in (("c", 6, 1), ("b", 5, 9), ("a", 5, 2)):
        one = entry(
            posting("513", "1"),
            posting("102", "-1"),
            number=number,
            on=dt.date(2024, 1, day),
            place=Place("f", "s", row),
        )
        book.post(one)
    assert [one.number for one in book.entries] == ["a", "b", "c"]


VILLAGE = chart()
CODES = st.sampled_from(sorted(VILLAGE.accounts))
FEN = st.integers(-(10**12), 10**12).map(lambda fen: Decimal(fen) / 100)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any balanced entry of a year: amounts on any accounts, the last of which takes the rest."""
    parts = draw(st.lists(st.tuples(CODES, FEN), min_size=1, max_size=5))
    rest = -sum((amount for _code, amount in parts), Decimal(0))
    day = dt.date(2024, 1, 1) + dt.timedelta(days=draw(st.integers(0, 365)))
    postings = (*(Posting(code, amount) for code, amount in parts), Posting(draw(CODES), rest))
    return Entry(draw(st.text("abc", max_size=2)), day, postings)


@given(st.lists(entries(), max_size=12))
def test_whatever_is_entered_openings_movements_and_closings_tie_to_the_fen(made: list[Entry]) -> None:
    book = Book("石桥村", VILLAGE)
    for one in made:
        book.post(one)
    before: dict[tuple[str, str], Decimal] = {}
    for month in range(1, 13):
        trial = book.trial(dt.date(2024, month, 1), month_end(dt.date(2024, month, 1)))
        assert trial.balanced
        opening = {(line.account, line.sub): line.opening for line in trial.lines if line.opening}
        assert opening == {key: amount for key, amount in before.items() if amount}
        before = {(line.account, line.sub): line.closing for line in trial.lines}
    assert before == book.balances()
    assert before == added_up(p for one in made for p in one.postings)
    book.close_year(2024)
    after = book.balances()
    assert sum(after.values()) == 0
    result = (Kind.INCOME, Kind.EXPENSE)
    assert not any(amount for (code, _), amount in after.items() if VILLAGE.accounts[code].kind in result)
