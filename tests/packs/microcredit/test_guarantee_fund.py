"""The guarantee fund: its register against what the ledgers tell, and losses it should not have borne."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.asking import ask, outcome
from tests.packs.accounting.test_bookkeeping import Sheets
from tests.packs.checks import subjects
from tests.packs.microcredit.office import Row, application, loan

from shouwang.fund.catalogue import Asked, bookkeepers
from shouwang.fund.chart import chart

seed = pytest.mark.seed
ENGINES = pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
FUND, DEBT, REPAID = "microcredit.guarantee_fund", "microcredit.bad_debt", "microcredit.repayment"
DIFFERS, BARE = "microcredit.guarantee-fund-differs", "microcredit.called-without-guarantee"


def arrived(number: str, amount: object, day: str | None, balance: object = None) -> Row:
    return {"entry_no": number, "source": "区财政", "amount": amount, "arrived_on": day, "balance": balance}


def borne(number: str, part: object = 3000, day: str | None = "2023-03-01", loss: object = 9000) -> Row:
    return {"loan_no": number, "loss": loss, "government_share": part, "shared_on": day, "name": "罗素"}


def repaid(number: str, principal: object, day: str) -> Row:
    return {"loan_no": number, "principal": principal, "repaid_on": day}


def office(*stated: object) -> dict[str, list[Row]]:
    """150,000 in January; 3,000 borne in March, of which a third of 100 and of 200 comes back."""
    return {
        FUND: [
            arrived("D1", 100_000, "2023-01-05", "150000"),
            arrived("D2", 50_000, None, 7),
            arrived("D3", 20_000, "2023-03-01", stated[0]),
            arrived("D4", 1, "2023-04-01"),
            arrived("D5", 1, "2023-05-01"),
            arrived("D6", 1, "2023-05-01", stated[1]),
        ],
        DEBT: [borne("L1"), borne("L2", day=None), borne("L3", part=None)],
        REPAID: [
            repaid("L1", 4000, "2023-03-01"),
            repaid("L1", 100, "2023-04-01"),
            repaid("L1", 200, "2023-05-01"),
            repaid("L1", 9000, "2023-05-02"),
            repaid("L9", 700, "2023-05-01"),
        ],
    }


@ENGINES
@seed("S8-16", "S8-64")
def test_a_balance_that_the_ledgers_do_not_lead_to(engine: str) -> None:
    # 150,000 + 20,000 - 3,000; then three yuan and the fund's 33.33 and 66.67 of what came back.
    assert ask(DIFFERS, office("167000", "167103.00"), engine_name=engine) == []
    first, then = ask(DIFFERS, office("167000.01", "167103"), engine_name=engine)
    assert (first.subject_id, str(first.amount), str(first.on)) == ("D3", "0.01", "2023-03-01")
    assert first.because == (
        "担保基金2023年1月5日余额150,000元，其后收支合计17,000元，"
        "2023年3月1日余额写为167,000.01元，相差0.01元"
    )
    # Held against the balance before it, a mistake is found where it is made, and where it is put right.
    assert (then.subject_id, then.because[-8:]) == ("D6", "相差-0.01元")
    assert [f.subject_id for f in ask(DIFFERS, office("167000", "170000"), engine_name=engine)] == ["D6"]


@seed("S8-16")
def test_without_stated_balances_there_is_nothing_to_compare() -> None:
    assert ask(DIFFERS, office(None, None)) == []
    assert ask(DIFFERS, {FUND: office("167000", "1")[FUND][:1]}) == []
    fields = {FUND: ["entry_no", "source", "amount", "arrived_on"]}
    assert outcome(DIFFERS, office("1", "2"), fields=fields).status == "no-ledger"
    alone = {FUND: [arrived("D1", 5, "2023-01-05", 5), arrived("D2", 5, "2023-01-06", 10)]}
    assert ask(DIFFERS, alone) == []


DAYS = st.sampled_from([f"2023-0{month}-01" for month in range(2, 9)])
YUAN = st.decimals("0.01", "9999.99", places=2)


@seed("S8-64")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(YUAN, DAYS), min_size=1, max_size=4),
    YUAN,
    st.fractions(0, 1),
    st.lists(st.tuples(YUAN, DAYS), max_size=5),
)
def test_the_rule_and_the_book_agree_to_the_fen(
    arrivals: list[tuple[Decimal, str]], loss: Decimal, share: Any, back: list[tuple[Decimal, str]]
) -> None:
    part = (loss * share.numerator / share.denominator).quantize(Decimal("0.01"))
    rows = {
        FUND: [arrived("D0", 1, "2023-01-01", 1)] + [arrived("D", a, day) for a, day in arrivals],
        DEBT: [borne("L1", part, "2023-03-01", loss)],
        REPAID: [repaid("L1", amount, day) for amount, day in back],
    }
    (book,) = bookkeepers()["microcredit"].keep(Sheets(rows), Asked(chart())).books
    left = sum(amount for (code, _sub), amount in book.balances().items() if code == "1")
    rows[FUND].append(arrived("D9", "0.01", "2023-12-01", left + Decimal("0.01")))
    assert ask(DIFFERS, rows) == []
    rows[FUND][-1]["balance"] = left
    assert [str(f.amount) for f in ask(DIFFERS, rows)] == ["0.01"]


@ENGINES
@seed("S8-64")
def test_the_fund_bears_losses_of_guaranteed_loans(engine: str) -> None:
    bare = {"guaranteed_on": None, "guaranteed_by": None}
    rows = {
        DEBT: [borne(n) for n in ("L1", "L2", "L3", "L4", "unknown")]
        + [borne("L5", 0), borne("L6", day=None)],
        "microcredit.loan": [loan(f"L{n}", application_no=f"A{n}") for n in (1, 2, 3, 5, 6)]
        + [loan("L4", application_no=None)],
        "microcredit.application": [
            application("A1", **bare),
            application("A2"),
            application("A3", guaranteed_on=None),
            application("A5", **bare),
            application("A6", **bare),
            application(None, **bare),  # type: ignore[arg-type]
        ],
    }
    (found,) = ask(BARE, rows, engine_name=engine)
    assert (found.subject_id, str(found.amount)) == ("L1", "3000.00")
    assert found.because == "罗素的贷款L1（申请A1）没有担保记录，2023年3月1日由担保基金承担损失3,000元"
    assert len(found.evidence) == 3
    fields = {"microcredit.application": [n for n in application("A1") if n != "guaranteed_on"]}
    assert outcome(BARE, rows, fields=fields).status == "no-ledger"


def test_the_subjects_are_the_entries() -> None:
    assert subjects(DIFFERS, office("1", "167103")) == ["D3", "D6"]
