"""Income and means that other ledgers know of and the roster does not (S2-61)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import outcome
from tests.packs.assistance.rows import A, B, Case, Row, case, check, recipient

HIDDEN = ("S2-61",)
SHOP_CODE = "92999901MA00EARJ8F"


def shop(**more: Any) -> Row:
    """A standing business of A."""
    return {
        "shop": "云溪周家水果店", "credit_code": SHOP_CODE, "name": "周鹏", "person": A,
        "opened_on": "2021-03-09", "status": "存续",
    } | more  # fmt: skip


def contribution(month: str, **more: Any) -> Row:
    """A month's contribution by an employer."""
    return {
        "unit": "云溪小学", "name": "周鹏", "person": A, "month": month, "base": 4671, "unit_pension": 747.36,
        "identity": "单位职工",
    } | more  # fmt: skip


def worker(**more: Any) -> Row:
    """A's line on an employer's roster."""
    return {
        "employer": "样盒包装厂", "name": "周鹏", "person": A, "joined_on": "2022-05-01",
        "monthly_wage": 4200,
    } | more  # fmt: skip


def loan(**more: Any) -> Row:
    """A loan to A, unsettled."""
    return {
        "loan_no": "HT2023-0011", "application_no": "DK2023-0004", "name": "周鹏", "person": A,
        "paid_out_on": "2023-02-03", "due_on": "2025-02-03", "amount": 16000, "outstanding": 16000,
    } | more  # fmt: skip


def pension(month: str, amount: float = 1228, **more: Any) -> Row:
    """A month's pension of A."""
    return {"name": "周鹏", "person": A, "month": month, "amount": amount} | more


def rows(ledger: str, *others: Row, **roster: Any) -> dict[str, list[Row]]:
    """A roster of one member and rows of another ledger."""
    return {"assistance.recipient": [recipient(**roster)], ledger: list(others)}


SHOPS, PAID_IN = "registry.business", "insurance.contribution"
STAFF, LOANS, PENSIONS = "registry.employment", "microcredit.loan", "insurance.pension_payment"

CASES = [
    case("member-is-trader", "hit", rows(SHOPS, shop()), [(A, SHOP_CODE, "930")], seeds=HIDDEN),
    case(
        "member-is-trader",
        "hit-closed-during-the-cover",
        rows(SHOPS, shop(status="注销", closed_on="2022-06-01")),
        [(A, SHOP_CODE, "930")],
        seeds=HIDDEN,
    ),
    case(
        "member-is-trader",
        "hit-on-two-roster-sheets-is-one",
        {"assistance.recipient": [recipient(), recipient()], SHOPS: [shop()]},
        [(A, SHOP_CODE, "930")],
        seeds=HIDDEN,
    ),
    case(
        "member-is-trader",
        "near-miss-closed-before-the-cover",
        rows(SHOPS, shop(status="注销", closed_on="2020-01-18")),
        seeds=HIDDEN,
    ),
    case(
        "member-is-trader",
        "near-miss-opened-after-the-stop",
        rows(SHOPS, shop(opened_on="2023-06-15"), stop_month="2023-05"),
        seeds=HIDDEN,
    ),
    case(
        "member-is-trader",
        "near-miss-opened-after-the-member-was-cut",
        rows(SHOPS, shop(opened_on="2023-06-15"), cut_month="2023-06"),
        seeds=HIDDEN,
    ),
    case("member-is-trader", "near-miss-same-name", rows(SHOPS, shop(person=B)), seeds=HIDDEN),
    case(
        "member-is-trader",
        "missing-owner-and-day-of-closing",
        rows(SHOPS, shop(person=None), shop(status="吊销", closed_on=None)),
        seeds=HIDDEN,
    ),
    case(
        "member-is-trader",
        "hit-without-status-and-opening-day",
        rows(SHOPS, shop(status=None, opened_on=None, credit_code=None)),
        [(A, "云溪周家水果店", "930")],
        seeds=HIDDEN,
    ),
    case(
        "member-has-wages",
        "hit-sums-the-overpaid-months",
        rows(PAID_IN, contribution("2023-11"), contribution("2023-12")),
        [(A, "DB1", "1860")],
        seeds=HIDDEN,
    ),
    case(
        "member-has-wages",
        "hit-less-hidden-than-the-allowance",
        rows(PAID_IN, contribution("2023-11"), income=4371, top_up=93, amount=1023),
        [(A, "DB1", "300")],
        seeds=HIDDEN,
    ),
    case(
        "member-has-wages",
        "near-miss-stopped-before-the-cover",
        rows(PAID_IN, contribution("2023-03"), start_month="2023-05"),
        seeds=HIDDEN,
    ),
    case(
        "member-has-wages",
        "near-miss-flexible-worker",
        rows(PAID_IN, contribution("2023-03", identity="灵活就业", unit="灵活就业人员", unit_pension=0)),
        seeds=HIDDEN,
    ),
    case(
        "member-has-wages",
        "near-miss-flexible-worker-without-an-identity",
        rows(
            PAID_IN,
            contribution("2023-03", identity=None, unit="灵活就业人员", unit_pension=None),
            contribution("2023-04", identity=None, unit_pension=0),
        ),
        seeds=HIDDEN,
    ),
    case(
        "member-has-wages",
        "near-miss-declared-in-full",
        rows(PAID_IN, contribution("2023-03"), income=4671),
        seeds=HIDDEN,
    ),
    case(
        "member-has-wages",
        "hit-where-only-the-unit-is-named-and-income-is-blank",
        rows(PAID_IN, contribution("2023-03", identity=None, unit_pension=None), income=None),
        [(A, "DB1", "930")],
        seeds=HIDDEN,
    ),
    case("member-on-payroll", "hit", rows(STAFF, worker()), [(A, "样盒包装厂", "930")], seeds=HIDDEN),
    case(
        "member-has-wages",
        "missing-allowance-leaves-the-amount-open",
        rows(PAID_IN, contribution("2023-03"), amount=None),
        [(A, "DB1", None)],
        seeds=HIDDEN,
    ),
    case(
        "member-on-payroll",
        "near-miss-left-before-the-cover-or-joined-after-it",
        rows(
            STAFF,
            worker(left_on="2020-01-31"),
            worker(joined_on="2023-06-01"),
            stop_month="2023-06",
        ),
        seeds=HIDDEN,
    ),
    case("member-on-payroll", "near-miss-declared", rows(STAFF, worker(), income=4200), seeds=HIDDEN),
    case(
        "member-on-payroll",
        "missing-wage-only-counts-against-no-income",
        rows(STAFF, worker(monthly_wage=None), income=300),
        seeds=HIDDEN,
    ),
    case(
        "member-on-payroll",
        "hit-without-wage-and-without-income",
        rows(STAFF, worker(monthly_wage=None, joined_on=None), income=None),
        [(A, "样盒包装厂", None)],
        seeds=HIDDEN,
    ),
    case("member-has-loan", "hit", rows(LOANS, loan()), [(A, "HT2023-0011", "930")], seeds=HIDDEN),
    case(
        "member-has-loan",
        "near-miss-settled-before-the-cover",
        rows(LOANS, loan(paid_out_on="2019-01-05", settled_on="2020-01-12"), start_month="2020-02"),
        seeds=HIDDEN,
    ),
    case(
        "member-has-loan",
        "near-miss-paid-out-after-the-stop",
        rows(LOANS, loan(), stop_month="2023-02"),
        seeds=HIDDEN,
    ),
    case("member-has-loan", "near-miss-someone-else", rows(LOANS, loan(person=B)), seeds=HIDDEN),
    case(
        "member-has-loan",
        "missing-day-of-settling-but-nothing-is-owed",
        rows(LOANS, loan(outstanding=0)),
        seeds=HIDDEN,
    ),
    case(
        "member-has-loan",
        "hit-balance-not-written",
        rows(LOANS, loan(outstanding=None), amount=None),
        [(A, "HT2023-0011", None)],
        seeds=HIDDEN,
    ),
    case(
        "member-has-pension",
        "hit-sums-the-months",
        rows(PENSIONS, pension("2023-01"), pension("2023-02"), pension("2020-01")),
        [(A, "DB1", "1860")],
        seeds=HIDDEN,
    ),
    case(
        "member-has-pension",
        "near-miss-declared",
        rows(PENSIONS, pension("2023-01", 810), income=810),
        seeds=HIDDEN,
    ),
    case(
        "member-has-pension",
        "near-miss-stopped-recovered-or-arrears",
        rows(
            PENSIONS,
            pension("2023-05"),
            pension("2023-04", kind="补发"),
            pension("2023-04", -1228, kind="追回"),
            stop_month="2023-05",
        ),
        seeds=HIDDEN,
    ),
    case(
        "member-has-pension",
        "missing-income-is-none-declared",
        rows(PENSIONS, pension("2023-01", 500), income=None),
        [(A, "DB1", "500")],
        seeds=HIDDEN,
    ),
    case(
        "income-not-added-up",
        "hit",
        {
            "assistance.recipient": [
                recipient(income=600, household_income=600, persons=2),
                recipient(person=B, income=450.5, household_income=600, persons=2),
            ]
        },
        [("DB1", "", "450.5")],
        seeds=("S2-28", "S2-61"),
    ),
    case(
        "income-not-added-up",
        "near-miss-cut-member-and-rounding",
        {
            "assistance.recipient": [
                recipient(income=600.9, household_income=600),
                recipient(person=B, income=450, household_income=600, cut_month="2023-06"),
            ]
        },
        seeds=("S2-28", "S2-61"),
    ),
    case(
        "income-not-added-up",
        "missing-household-income",
        {"assistance.recipient": [recipient(income=600, household_income=None)]},
        seeds=("S2-28", "S2-61"),
    ),
]


@pytest.mark.parametrize("made", CASES)
def test_hidden_income(made: Case) -> None:
    check(made)


@pytest.mark.seed("S2-61")
def test_a_roster_without_incomes_is_not_asked_for_wages() -> None:
    columns = [c for c in recipient() if c != "income"]
    result = outcome(
        "assistance.member-has-wages",
        rows(PAID_IN, contribution("2023-11"), income=None),
        fields={"assistance.recipient": columns},
    )
    assert (result.status, result.missing) == ("no-ledger", ("assistance.recipient: 本人月收入",))
