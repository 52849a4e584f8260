"""The bank's statement against the journal: in transit, never booked, never paid, balances that differ."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.accounting.office import Row, account, line, statement
from tests.packs.checks import subjects

seed = pytest.mark.seed
JOURNAL, STATEMENT, ACCOUNTS = (
    "accounting.bank_journal",
    "accounting.bank_statement",
    "accounting.bank_account",
)
DAYS = {"accounting.reconcile_days": 3}
ENGINES = pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)])


def booked(day: str, moved: int, **more: Any) -> Row:
    """A line of the journal."""
    side = "income" if moved > 0 else "expense"
    return {**line(None, 0, account="990017", entered_on=day), side: abs(moved), **more}


def told(day: str, moved: int, **more: Any) -> Row:
    """A line of the statement."""
    side = "income" if moved > 0 else "expense"
    return {**statement(0, entered_on=day), side: abs(moved), **more}


OPEN, SHUT = booked("2023-01-01", 1), booked("2023-12-31", 2)
BEGIN, END = told("2023-01-01", 1), told("2023-12-31", 2)


@ENGINES
@seed("S9-42", "S9-44")
def test_what_the_bank_moved_and_nobody_booked(engine: str) -> None:
    rows = {
        JOURNAL: [
            OPEN,
            booked("2023-02-01", -500),
            booked("2023-03-04", -100),
            booked("2023-05-04", -100),
            booked("2023-06-02", 700, voucher_no="支7"),
            SHUT,
        ],
        STATEMENT: [
            BEGIN,
            told("2023-02-04", -500),
            # A charge each second month; that of April was never booked.
            told("2023-03-05", -100),
            told("2023-04-05", -100),
            told("2023-05-05", -100),
            told("2023-06-22", 700, number="支7"),
            told("2023-08-01", 6000, summary="赞助费"),
            told("2023-08-02", -6000, summary="转付活动费"),
            told("2023-09-01", 40, account="9988"),
            told("2023-12-29", 90),
            END,
        ],
    }
    code = "accounting.statement-not-journaled"
    found = ask(code, rows, parameters=DAYS, engine_name=engine)
    assert [one.because for one in found] == [
        "石桥村账户990017银行2023年4月5日付100元（（空）），日记账前后没有这一笔",
        "石桥村账户990017银行2023年8月1日收6,000元（赞助费），日记账前后没有这一笔",
        "石桥村账户990017银行2023年8月2日付6,000元（转付活动费），日记账前后没有这一笔",
    ]
    assert outcome(code, rows, engine_name=engine).missing == ("accounting.reconcile_days",)


@seed("S9-42")
def test_what_was_booked_and_never_reached_the_bank() -> None:
    rows = {
        JOURNAL: [
            OPEN,
            booked("2022-12-20", -5),
            booked("2023-02-01", -500),
            booked("2023-02-02", -500),
            booked("2023-03-01", -900, voucher_no="SQ-9", summary="工程款"),
            booked("2023-12-29", -70),
            booked("2023-12-28", -71),
            SHUT,
        ],
        STATEMENT: [BEGIN, told("2023-02-03", -500), told("2023-03-01", 900), END],
    }
    found = ask("accounting.journal-not-in-statement", rows, parameters=DAYS)
    assert [(str(one.on), one.because) for one in found] == [
        (
            "2023-02-02",
            "石桥村账户990017日记账2023年2月2日付500元（凭证（空），（空）），银行对账单没有这一笔",
        ),
        ("2023-03-01", "石桥村账户990017日记账2023年3月1日付900元（凭证SQ-9，工程款），银行对账单没有这一笔"),
        (
            "2023-12-28",
            "石桥村账户990017日记账2023年12月28日付71元（凭证（空），（空）），银行对账单没有这一笔",
        ),
    ]


@ENGINES
@seed("S9-42")
def test_with_the_items_in_transit_both_balances_meet(engine: str) -> None:
    journal = [
        booked("2023-11-02", 50, balance=50),
        line(None, 10000, account="990017", entered_on="2023-12-01", summary="承前页"),
        booked("2023-12-05", -500, balance=9500),
        booked("2023-12-31", 3000, balance=12500),
    ]
    bank = [
        statement(10000, entered_on="2023-12-01"),
        told("2023-12-06", -500, balance=9500),
        told("2023-12-20", 8, balance=9508, summary="利息"),
    ]
    code = "accounting.bank-balance-differs"
    assert subjects(code, {JOURNAL: journal, STATEMENT: bank}, parameters=DAYS, engine_name=engine) == []
    bank[-1]["balance"] = 9507
    (found,) = ask(code, {JOURNAL: journal, STATEMENT: bank}, parameters=DAYS, engine_name=engine)
    assert found.because == (
        "石桥村账户990017日记账余额12,500元、对账单余额9,507元，"
        "调节未达账项后分别为12,508元、12,507元，仍差1元"
    )
    assert (found.subject_id, str(found.amount)) == ("990017", "1.00")
    bank[-1]["balance"] = None
    assert len(ask(code, {JOURNAL: journal, STATEMENT: bank}, parameters=DAYS, engine_name=engine)) == 1


@seed("S9-44", "S9-50")
def test_the_bank_knows_an_account_that_nobody_registered() -> None:
    rows = {
        ACCOUNTS: [account("990017")],
        STATEMENT: [
            told("2023-01-01", 5),
            told("2023-01-02", 6, account="9988"),
            told("2023-01-03", 7, account=None),
        ],
    }
    (found,) = ask("accounting.statement-of-unknown-account", rows)
    assert (found.subject_id, str(found.amount)) == ("9988", "6.00")
