"""The dedicated fund, donations and the standard."""

from __future__ import annotations

import pytest
from tests.packs.assistance.rows import HERE, THERE, Case, Row, case, check, payment

FUND, AHEAD, GIFT = "assistance.fund_entry", "assistance.fund_forecast", "assistance.donation"
STANDARD, FIGURES, PAY = "assistance.standard", "assistance.economic_indicator", "assistance.payment"


def spent(number: str = "1", **more: object) -> Row:
    """An expense of the fund on the allowance."""
    return {
        "entry_no": number, "on": "2023-05-06", "kind": "低保金支出", "expense": 40000,
        "purpose": "发放5月低保金", "division": HERE,
    } | more  # fmt: skip


def came(number: str = "2", **more: object) -> Row:
    """A transfer from above that came on its day."""
    return {
        "entry_no": number, "on": "2023-05-04", "kind": "上级拨款", "income": 50000,
        "expected_on": "2023-05-04", "counterparty": "市财政局", "division": HERE,
    } | more  # fmt: skip


def gift(**more: object) -> Row:
    """A donation that entered the fund in whole."""
    return {
        "donation_no": "JZ1", "donor": "样织纺织厂", "donated_on": "2023-01-18", "amount": 5000,
        "entered": 5000, "entered_on": "2023-01-20",
    } | more  # fmt: skip


def ahead(month: str, income: int | None, payment_: int, **more: object) -> Row:
    """A month of the forecast."""
    return {"month": month, "expected_income": income, "expected_payment": payment_, "division": HERE} | more


def line(amount: int, since: str, **more: object) -> Row:
    """A standard of 望河区."""
    return {"area": "望河区", "amount": amount, "from_on": since} | more


def figure(**more: object) -> Row:
    """Figures of 望河区 for 2023."""
    return {"area": "望河区", "year": 2023} | more


CASES = [
    case(
        "fund-overdrawn",
        "hit-below-zero",
        {FUND: [spent("1", balance="-0.01"), came("2", balance=-5)]},
        [("1", "", "0.01"), ("2", "", "5")],
        seeds=("S2-48",),
    ),
    case(
        "fund-overdrawn",
        "near-miss-used-up-and-missing",
        {FUND: [spent("1", balance=0), spent("2", balance=None), spent("3", balance=7)]},
        seeds=("S2-48",),
    ),
    case(
        "fund-spent-elsewhere",
        "hit-other-kind-and-other-purpose",
        {
            FUND: [
                spent("1", kind="其他支出", purpose="购买桌椅"),
                spent("2", purpose="办公用品", expense=300),
            ]
        },
        [("1", "", "40000"), ("2", "", "300")],
        seeds=("S2-48",),
    ),
    case(
        "fund-spent-elsewhere",
        "near-miss-allowance-income-returned",
        {
            FUND: [
                spent(),
                came(),
                spent("3", kind="其他支出", purpose="退回多拨资金"),
                spent("4", kind="其他支出", expense=None),
            ]
        },
        seeds=("S2-48",),
    ),
    case(
        "fund-spent-elsewhere",
        "missing-number-and-purpose",
        {FUND: [spent(entry_no=None, kind="其他支出", purpose=None)]},
        [("2023-05-06", "", "40000")],
        seeds=("S2-48",),
    ),
    case(
        "donation-not-entered",
        "hit-part-and-missing",
        {GIFT: [gift(entered=4200.5), gift(donation_no="JZ2", entered=None)]},
        [("JZ1", "", "799.50"), ("JZ2", "", "5000")],
        seeds=("S2-04", "S2-49"),
    ),
    case("donation-not-entered", "near-miss-in-whole", {GIFT: [gift()]}, seeds=("S2-49",)),
    case(
        "fund-shortfall-ahead",
        "hit-in-the-first-month-that-fails",
        {
            FUND: [
                came(balance=70000, on="2023-11-30"),
                spent("3", on="2023-12-06", balance=30000),
                spent("4", on="2024-01-02", balance=1),
            ],
            AHEAD: [
                ahead("2023-12", 0, 90000),
                ahead("2024-01", 20000, 40000),
                ahead("2024-02", None, 40000),
                ahead("2024-03", 0, 40000),
            ],
        },
        [(HERE, "", "30000")],
        seeds=("S2-58",),
    ),
    case(
        "fund-shortfall-ahead",
        "hit-without-written-balances-income-less-expense-counts",
        {
            FUND: [came(income=50000), spent(expense=40000), came("5", division=THERE, income=99999)],
            AHEAD: [ahead("2024-01", 0, 10001), ahead("2024-01", 0, 10001, division=THERE)],
        },
        [(HERE, "", "1")],
        seeds=("S2-58",),
    ),
    case(
        "fund-shortfall-ahead",
        "near-miss-just-enough",
        {
            FUND: [came(balance=30000)],
            AHEAD: [ahead("2024-01", 10000, 40000), ahead("2024-01", 0, 9, division=THERE)],
        },
        seeds=("S2-58",),
    ),
    case(
        "transfer-late",
        "hit-payments-waited-or-stopped",
        {
            FUND: [
                came("1", on="2023-05-24"),
                came("2", on="2023-07-24", expected_on="2023-07-04"),
                came("3", on="2023-09-04", expected_on="2023-09-04", income=None),
                came("4", on="2018-09-20", expected_on="2018-08-05", month="2018-09"),
            ],
            PAY: [payment("2023-05", paid_on="2023-05-25"), payment("2023-06")],
        },
        [("1", "", "50000"), ("2", "", "50000"), ("3", "", None), ("4", "", "50000")],
        seeds=("S2-03", "S2-59"),
    ),
    case(
        "transfer-late",
        "near-miss-in-time-paid-in-advance-other-income",
        {
            FUND: [
                came(),
                came("2", on="2023-06-20", expected_on="2023-06-04"),
                came("3", on="2023-08-20", expected_on="2023-08-04", kind="财政预算"),
                came("4", on="2023-08-20", expected_on=None),
            ],
            PAY: [payment("2023-06", paid_on="2023-06-06"), payment("2023-06", "DB2", paid_on="2023-06-21")],
        },
        seeds=("S2-59",),
    ),
    case(
        "standard-lags",
        "hit",
        {
            STANDARD: [line(900, "2021-07-01"), line(930, "2023-07-01"), line(999, "2024-01-01")],
            FIGURES: [figure(income_growth=5.1)],
        },
        [("望河区", "2023", None)],
        seeds=("S2-51",),
    ),
    case(
        "standard-lags",
        "near-miss-kept-up-or-nothing-to-compare",
        {
            STANDARD: [
                line(900, "2021-07-01"),
                line(945, "2023-07-01"),
                line(700, "2023-01-01", area="河东区"),
            ],
            FIGURES: [
                figure(income_growth=5),
                figure(year=2024, income_growth=9),
                figure(area="河东区", income_growth=9),
                figure(area="河西区", income_growth=9),
            ],
        },
        seeds=("S2-51",),
    ),
    case(
        "standard-lags",
        "missing-income-growth-falls-back-and-no-figure-is-no-answer",
        {
            STANDARD: [line(900, "2021-07-01")],
            FIGURES: [figure(price_growth=0.2), figure(year=2022)],
        },
        [("望河区", "2023", None)],
        seeds=("S2-51",),
    ),
    case(
        "standard-below-need",
        "hit",
        {STANDARD: [line(930, "2023-07-01", living_cost=1012.5)]},
        [("望河区", "2023-07-01", "82.50")],
        seeds=("S2-12", "S2-52"),
    ),
    case(
        "standard-below-need",
        "near-miss-equal-replaced-future-missing",
        {
            STANDARD: [
                line(930, "2023-07-01", living_cost=930),
                line(900, "2021-07-01", until_on="2023-06-30", living_cost=1000),
                line(960, "2024-07-01", living_cost=1000),
                line(960, "2022-07-01"),
            ]
        },
        seeds=("S2-12", "S2-52"),
    ),
    case(
        "standard-without-basis",
        "hit-either-missing",
        {
            STANDARD: [
                line(930, "2023-07-01", authorities="市民政局、市财政局"),
                line(900, "2021-07-01", basis="菜篮子法测算"),
            ]
        },
        [("望河区", "2021-07-01", None), ("望河区", "2023-07-01", None)],
        seeds=("S2-11", "S2-12", "S2-22"),
    ),
    case(
        "standard-without-basis",
        "near-miss-several-authorities",
        {
            STANDARD: [
                line(
                    120,
                    "1993-06-01",
                    authorities="社会保险局、劳动局、财政局、民政局、人事局",
                    basis="必需品最低费用",
                )
            ]
        },
        seeds=("S2-11", "S2-12", "S2-22"),
    ),
    case(
        "standard-below-spending",
        "hit",
        {
            STANDARD: [line(900, "2021-07-01"), line(930, "2023-07-01")],
            FIGURES: [figure(living_cost=990), figure(year=2022, living_cost=900)],
        },
        [("望河区", "2023", "60")],
        seeds=("S2-52",),
    ),
    case(
        "standard-below-spending",
        "near-miss-and-missing",
        {
            STANDARD: [line(930, "2023-07-01")],
            FIGURES: [figure(living_cost=930), figure(year=2021, living_cost=1)],
        },
        seeds=("S2-52",),
    ),
]


@pytest.mark.parametrize("made", CASES)
def test_fund(made: Case) -> None:
    check(made)
