"""The special fund: each project spends what it was given, in the rule and in the books."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask
from tests.packs.accounting.test_bookkeeping import Sheets
from tests.packs.culture.office import Row, spending

from shouwang.fund.catalogue import Asked, bookkeepers
from shouwang.fund.chart import chart
from shouwang.fund.earmark import overdrafts, statements

seed = pytest.mark.seed
FUND, SPENDING = "culture.special_fund", "culture.spending"
ENGINES = pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)])


def given(project: str | None, amount: object, **more: Any) -> Row:
    """Money of the fund for a project."""
    base = {"fund_no": f"ZX{project}", "source": "区财政", "amount": amount, "received_on": "2023-02-01"}
    return base | {"project_no": project} | more


ROWS = {
    FUND: [
        given("P1", 100),
        given("P1", 50, received_on="2023-06-01"),
        given("P2", 70),
        given("P3", 30, received_on=None),
        given(None, 900),
    ],
    SPENDING: [
        spending("P1", 100),
        spending("P1", "0.5", spent_on="2023-05-01"),
        spending("P1", 9, spent_on="2023-05-02"),
        spending("P1", 60, spent_on="2023-06-01"),
        spending("P2", 70),
        spending("P3", 20),
        spending("P4", 500),
        spending("P1", 1, spent_on=None),
    ],
}


@ENGINES
@seed("S4-16", "S4-30")
def test_a_project_spends_what_the_fund_gave_it(engine: str) -> None:
    (found,) = ask("culture.fund-overdrawn", ROWS, engine_name=engine)
    assert (found.subject_id, str(found.on), str(found.amount)) == ("P1", "2023-05-01", "0.50")
    assert found.because == "项目P1到2023年5月1日的支出超过已拨付的专项资金0.50元"


@seed("S4-16", "S4-30")
def test_the_books_say_the_same() -> None:
    kept = bookkeepers()["culture"].keep(Sheets(ROWS), Asked(chart()))
    (book,) = kept.books
    assert [(one.purpose, str(one.received), str(one.spent)) for one in statements(book)] == [
        ("P1", "150.00", "169.50"),
        ("P2", "70.00", "70.00"),
        ("文化专项资金", "900.00", "0.00"),
    ]
    assert [(one.purpose, str(one.on), str(one.balance)) for one in overdrafts(book)] == [
        ("P1", "2023-05-01", "-0.50")
    ]


@seed("S2-48", "S2-13")
def test_the_fund_of_the_allowance_is_a_book_too() -> None:
    def line(day: str, income: object, expense: object, balance: object, **more: Any) -> Row:
        return {
            "on": day,
            "income": income,
            "expense": expense,
            "balance": balance,
            "kind": "低保金支出",
        } | more

    rows = [
        line("2023-01-05", None, 400, 600, division="望河街道", entry_no="1", purpose="发放1月低保金"),
        line("2023-02-05", 100, None, 700, division="望河街道", kind="上级拨款", counterparty="市财政局"),
        line("2023-03-05", None, 800, "-100.01", division="望河街道"),
        line("2023-03-31", None, None, "-100.01", division="望河街道", purpose="本页结存"),
    ]
    kept = bookkeepers()["assistance"].keep(Sheets({"assistance.fund_entry": rows}), Asked(chart()))
    (book,) = kept.books
    assert [(entry.summary, str(entry.debits)) for entry in book.entries] == [
        ("期初结余", "1000.00"),
        ("发放1月低保金", "400.00"),
        ("上级拨款", "100.00"),
        ("低保金支出", "800.00"),
    ]
    assert [(str(tie.ours), str(tie.theirs)) for tie in kept.ties] == [("-100.00", "-100.01")]
    assert [str(one.on) for one in overdrafts(book)] == ["2023-03-05"]
    assert kept.refused == []
