"""Signed schedules and repayments against what the contract makes due, to the fen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.microcredit.office import Row, loan, overdue, paid, planned, settled

from shouwang.packs.microcredit.repayment import (
    DayCount,
    Instalment,
    Method,
    Prepayment,
    Terms,
    add_months,
    schedule,
)

seed = pytest.mark.seed
LOAN, SCHEDULE, REPAYMENT = "microcredit.loan", "microcredit.schedule", "microcredit.repayment"
RULES = (
    "microcredit.schedule-interest-wrong",
    "microcredit.schedule-principal-wrong",
    "microcredit.schedule-does-not-add-up",
)


def contract(number: str, terms: Terms, **more: Any) -> Row:
    """The loan of these terms."""
    return loan(
        number,
        amount=terms.principal,
        rate=terms.rate,
        paid_out_on=terms.paid_out_on.isoformat(),
        due_on=terms.due_days()[-1].isoformat(),
        repayment_method=terms.method.value,
        **more,
    )


def signed(number: str, made: list[Instalment]) -> list[Row]:
    """The schedule as a ledger keeps it."""
    return [planned(number, i.number, i.due_on.isoformat(), i.principal, i.interest) for i in made]


def months(n: int = 6, **more: Any) -> Terms:
    """20,000 yuan at 4.35 % from 31 January 2023."""
    return Terms(Decimal(20000), Decimal("4.35"), dt.date(2023, 1, 31), n, **more)


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    n, every = draw(st.integers(1, 36)), draw(st.sampled_from([1, 3]))
    out = draw(st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31)))
    odd = draw(st.none() | st.integers(1, 60))
    first = None if odd is None else add_months(out, every) + dt.timedelta(odd)
    if first is not None and first.day > 28:
        first = None  # which day was agreed cannot be told from one that a short month pulled forward
    return Terms(
        draw(st.decimals("100", "99999", places=2)),
        draw(st.decimals("0", "24", places=2)),
        out,
        n,
        draw(st.sampled_from(Method)),
        draw(st.sampled_from(DayCount)),
        every,
        first,
        draw(st.integers(0, n - 1)),
    )


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(any_terms(), min_size=12, max_size=12), st.sampled_from(DayCount))
def test_what_the_calculator_makes_no_rule_finds_wrong(some: list[Terms], count: DayCount) -> None:
    alike = [Terms(**{f: getattr(t, f) for f in t.__slots__} | {"day_count": count}) for t in some]
    rows = {
        LOAN: [contract(f"L{n}", terms) for n, terms in enumerate(alike)],
        SCHEDULE: [row for n, terms in enumerate(alike) for row in signed(f"L{n}", schedule(terms))],
    }
    for code in RULES:
        found = ask(code, rows, parameters={"microcredit.day_count": count.value})
        assert [f.because for f in found] == []


@seed("S5-16", "S5-53")
def test_a_fen_of_interest_too_much_is_found() -> None:
    rows = signed("L1", schedule(months()))
    rows[2]["interest"] += Decimal("0.01")
    rows[2]["principal"] -= Decimal("0.01")
    rows[3]["principal"] += Decimal("0.01")
    (found,) = ask(RULES[0], {LOAN: [contract("L1", months())], SCHEDULE: rows})
    assert found.because == (
        "罗素的贷款L1（年利率4.35%，30/360）还款计划第3期共1期利息有误：计划48.52元，应为48.51元，相差0.01元"
    )
    assert (str(found.amount), found.on) == ("0.01", dt.date(2023, 4, 30))


@pytest.mark.parametrize(("method", "wrong"), [(m, m is not Method.BULLET) for m in Method])
def test_principal_that_the_way_of_repaying_does_not_make(method: Method, wrong: bool) -> None:
    made = signed("L1", schedule(months(method=method)))
    other = contract("L1", months(method=method))
    assert subjects(RULES[1], {LOAN: [other], SCHEDULE: made}) == []
    if wrong:
        made[1]["principal"] += Decimal("0.01")
        made[-1]["principal"] -= Decimal("0.01")
        assert subjects(RULES[1], {LOAN: [other], SCHEDULE: made}) == ["L1"]
        unknown = {**other, "repayment_method": "另议"}
        assert subjects(RULES[1], {LOAN: [unknown], SCHEDULE: made}) == []


def test_grace_and_early_repayment_look_alike_and_are_left() -> None:
    early = [Prepayment(dt.date(2023, 3, 10), Decimal(3000)), Prepayment(dt.date(2023, 5, 31), Decimal(2000))]
    rows = {
        LOAN: [contract("grace", months(grace=3)), contract("early", months())],
        SCHEDULE: [*signed("grace", schedule(months(grace=3))), *signed("early", schedule(months(), early))],
    }
    assert subjects(RULES[0], rows) == subjects(RULES[1], rows) == []


@seed("S5-16")
def test_a_schedule_is_the_whole_loan_and_ends_on_its_day() -> None:
    made = schedule(months())
    rows = {
        LOAN: [
            contract("whole", months()),
            contract("short", months()),
            contract("late", months()) | {"due_on": "2023-08-01"},
            contract("open", months()) | {"due_on": None},
            contract("none", months()),
        ],
        SCHEDULE: [
            *signed("whole", made),
            *signed("short", made[1:]),
            *signed("late", made),
            *signed("open", made),
        ],
    }
    assert subjects(RULES[2], rows) == ["late", "short"]


def test_loans_that_cannot_be_worked_out_are_left_alone() -> None:
    made = signed("L1", schedule(months()))
    wrong = [row | {"interest": Decimal(1)} for row in made]
    for change in ({"rate": None}, {"rate": "36.01"}, {"amount": "10000000"}, {"amount": None}):
        assert subjects(RULES[0], {LOAN: [contract("L1", months()) | change], SCHEDULE: wrong}) == []
    twice = [contract("L1", months()), contract("L1", months())]
    assert subjects(RULES[0], {LOAN: twice, SCHEDULE: wrong}) == []
    huge = [row | {"interest": Decimal("9999999999999999.99")} for row in made]
    assert subjects(RULES[0], {LOAN: [contract("L1", months())], SCHEDULE: huge}) == ["L1"]


def test_a_day_count_that_nobody_knows_is_said() -> None:
    rows = {LOAN: [contract("L1", months())], SCHEDULE: signed("L1", schedule(months()))}
    failed = outcome(RULES[0], rows, parameters={"microcredit.day_count": "实际/366"})
    assert failed.status == "failed"
    assert "没有计息天数“实际/366”" in failed.error


@seed("S5-62")
def test_an_instalment_is_overdue_from_the_day_after() -> None:
    made = schedule(months(12, method=Method.EQUAL_PRINCIPAL))

    def of(number: str, **more: Any) -> Row:
        return contract(number, months(12, method=Method.EQUAL_PRINCIPAL), **more)

    rows = {
        LOAN: [of(n) for n in ("paid", "behind", "nothing", "ledger")]
        + [of("settled", settled_on="2023-04-01"), of("told", repaid="3333.34")],
        SCHEDULE: [row for n in ("paid", "behind", "nothing", "settled", "told") for row in signed(n, made)],
        REPAYMENT: [
            paid("paid", 1, "2023-02-28", Decimal("3333.34"), 0),
            paid("behind", 1, "2023-02-28", Decimal("3333.33"), 0),
        ],
    }
    code = "microcredit.instalment-overdue"
    assert subjects(code, rows, as_of="2023-04-30") == ["behind", "nothing"]
    assert subjects(code, rows, as_of="2023-05-01") == ["behind", "nothing", "paid", "told"]
    found = {f.subject_id: f for f in ask(code, rows, as_of="2023-04-30")}["behind"]
    assert found.because == "罗素的贷款behind有1期逾期（第2期，自2023年3月31日起），未还本金0.01元"


@seed("S5-16", "S8-61")
def test_interest_taken_is_that_of_the_balance() -> None:
    made = schedule(months())

    def of(number: str, **changes: Decimal) -> list[Row]:
        rows = [paid(number, i.number, i.due_on.isoformat(), i.principal, i.interest) for i in made]
        return [row | changes if row["instalment"] == "3" else row for row in rows]

    part = of("in parts")
    part[2:3] = [
        part[2] | {"interest": Decimal("40"), "principal": Decimal(0)},
        part[2] | {"interest": made[2].interest - 40, "repaid_on": "2023-05-08"},
    ]
    rows = {
        LOAN: [
            contract(n, months())
            for n in ("right", "more", "less", "partly", "in parts", "gap", "undated", "once")
        ],
        REPAYMENT: [
            *of("right"),
            *of("more", interest=made[2].interest + Decimal("0.01")),
            *of("less", interest=made[2].interest - Decimal("0.01")),
            *of("partly", interest=Decimal(1), principal=Decimal(0))[:3],
            *part,
            *[row for row in of("gap") if row["instalment"] != "2"],
            *of("undated", interest=Decimal(1)),
            paid("undated", 9, "2023-04-20", 100, 0) | {"due_on": None},
            *of("once")[1:2],
        ],
    }
    code = "microcredit.repayment-interest-wrong"
    assert subjects(code, rows) == ["less", "more"]
    found = {f.subject_id: f for f in ask(code, rows)}["more"]
    assert found.because == (
        "罗素的贷款more（年利率4.35%，30/360）2023年4月30日应付息48.51元，实收48.52元，相差0.01元"
    )


@seed("S5-69")
def test_penalty_interest_of_the_days_overdue() -> None:
    made = schedule(months(method=Method.EQUAL_PRINCIPAL))
    first = made[0]
    # (3,333.33 + 72.50) × 4.35 % × 1.5 × 10 / 360 = 6.17; of the principal alone 6.04.
    late = {"repaid_on": "2023-03-10"}

    def of(number: str, penalty: Any, **more: Any) -> Row:
        row = paid(number, 1, "2023-02-28", first.principal, first.interest, penalty=penalty)
        return row | late | more

    rows = {
        LOAN: [
            contract(n, months(method=Method.EQUAL_PRINCIPAL))
            for n in ("right", "simple", "more", "none", "in time", "charged in time", "partly", "blank")
        ],
        SCHEDULE: [
            row
            for n in ("right", "simple", "more", "none", "in time", "charged in time", "partly", "blank")
            for row in signed(n, made)
        ],
        REPAYMENT: [
            of("right", "6.17"),
            of("simple", "6.04"),
            of("more", "6.18"),
            of("none", 0),
            of("in time", 0, repaid_on="2023-02-28"),
            of("charged in time", 1, repaid_on="2023-02-28"),
            of("partly", 1, principal=1000),
            of("blank", None),
        ],
    }
    code = "microcredit.penalty-wrong"
    half = {"microcredit.penalty_surcharge": "50"}
    assert subjects(code, rows, parameters=half) == ["charged in time", "more", "none", "simple"]
    simple = half | {"microcredit.penalty_on_interest": "否"}
    assert subjects(code, rows, parameters=simple) == ["charged in time", "more", "none", "right"]
    assert outcome(code, rows).missing == ("microcredit.penalty_surcharge",)


@seed("S5-18", "S8-17")
def test_subsidies_are_no_more_than_the_interest() -> None:
    # 10,000 yuan at 4.35 % over 731 days on 360: 883.29 yuan.
    def subsidy(number: str, *amounts: str) -> list[Row]:
        return [
            {"loan_no": number, "name": "罗素", "period": str(n), "subsidy": a, "due_on": f"2023-0{n}-20"}
            for n, a in enumerate(amounts, start=1)
        ]

    rows = {
        LOAN: [loan("whole"), loan("more"), loan("parts"), loan("open", due_on=None)],
        "microcredit.interest_subsidy": [
            *subsidy("whole", "883.29"),
            *subsidy("more", "883.31"),
            *subsidy("parts", "500", "400"),
            *subsidy("open", "9000"),
            *subsidy("unknown", "9000"),
        ],
    }
    code = "microcredit.subsidy-above-interest"
    assert subjects(code, rows) == ["more", "parts"]
    found = {f.subject_id: f for f in ask(code, rows)}["parts"]
    assert str(found.amount) == "16.71"


@seed("S5-73")
def test_portfolio_at_risk_by_days() -> None:
    made = schedule(months(12, method=Method.EQUAL_PRINCIPAL))
    rows = {
        LOAN: [
            loan("sound", outstanding=8000),
            overdue("30", due_on="2023-12-01", outstanding=4000),
            overdue("31", due_on="2023-11-30", outstanding=3000),
            overdue("61", due_on="2023-10-31", outstanding=2000),
            overdue("91", due_on="2023-10-01", outstanding=1000),
            settled("settled", "2023-06-01"),
            contract("instalments", months(12, method=Method.EQUAL_PRINCIPAL), outstanding=2000),
        ],
        SCHEDULE: signed("instalments", made),
        REPAYMENT: [paid("instalments", 1, "2023-02-28", Decimal("15000.03"), 0)],
    }
    values = {days: measured(f"microcredit.par-{days}", rows)[("云溪", "2023")][0] for days in (30, 60, 90)}
    # Repaid are nine parts of twelve; the tenth was due on 30 November, 31 days before.
    assert values == {30: Decimal("40.00"), 60: Decimal("15.00"), 90: Decimal("5.00")}
