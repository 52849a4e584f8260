"""Who is on the roster and why."""

from __future__ import annotations

import pytest
from tests.asking import outcome
from tests.packs.assistance.rows import HERE, THERE, A, B, C, Case, D, case, check, payment, recipient

ROSTER = "assistance.recipient"


def family(
    *, income: float = 850, persons: int | None = 3, **more: object
) -> dict[str, list[dict[str, object]]]:
    """A household of three with its columns filled down."""
    shared = {"persons": persons, "household_income": income, "amount": 1940} | more
    return {
        ROSTER: [
            recipient(**shared, income=income),
            recipient(person=B, name="姚素", relation="配偶", **shared, income=0),
            recipient(person=D, name="周明", relation="子", ability="无", job="在校", **shared, income=None),
        ]
    }


LINE = ("S2-28", "S2-45")
AMOUNT = ("S2-11", "S2-28")
EVIDENCE = ("S2-28", "S2-62")

CASES = [
    case(
        "on-two-rosters",
        "hit-counts-his-share-for-each-month-paid",
        {
            ROSTER: [recipient("DB1", B, income=200), recipient("DB2", B, start_month="2023-03", income=200)],
            "assistance.payment": [payment("2023-02", "DB2"), payment("2023-03", "DB2"), payment("2023-03")],
        },
        [(B, "DB1+DB2", "730")],
        seeds=("S2-01", "S2-10"),
    ),
    case(
        "on-two-rosters",
        "hit-without-payments-has-no-amount",
        {ROSTER: [recipient("DB1", B), recipient("DB2", B, start_month=None)]},
        [(B, "DB1+DB2", None)],
        seeds=("S2-01", "S2-10"),
    ),
    case(
        "on-two-rosters",
        "hit-without-a-standard-has-no-amount",
        {
            ROSTER: [recipient("DB1", B), recipient("DB2", B)],
            "assistance.payment": [payment("2023-03", "DB2")],
        },
        [(B, "DB1+DB2", None)],
        seeds=("S2-01", "S2-10"),
        parameters={},
    ),
    case(
        "on-two-rosters",
        "near-miss-moved-from-one-to-the-other",
        {
            ROSTER: [
                recipient("DB1", B, stop_month="2023-04"),
                recipient("DB2", B, start_month="2023-04"),
                recipient("DB1", C, cut_month="2023-04"),
                recipient("DB2", C, start_month="2023-04"),
                recipient("DB3", A),
                recipient("DB3", A),
            ]
        },
        seeds=("S2-01", "S2-10"),
    ),
    case(
        "income-above-line",
        "hit",
        family(income=2840, amount=200),
        [("DB1", "", "200")],
        seeds=LINE,
    ),
    case(
        "income-above-line", "hit-exactly-at-the-line", family(income=2790), [("DB1", "", "1940")], seeds=LINE
    ),
    case("income-above-line", "near-miss-a-fen-below", family(income=2789.99), seeds=LINE),
    case("income-above-line", "near-miss-stopped", family(income=2840, stop_month="2023-12"), seeds=LINE),
    case(
        "income-above-line",
        "missing-figures-are-added-up-from-the-members",
        {
            ROSTER: [
                recipient(income=1000, persons=None, household_income=None),
                recipient(person=B, income=900, persons=None, household_income=None),
                recipient(person=C, income=0, cut_month="2023-01", persons=None, household_income=None),
            ]
        },
        [("DB1", "", "930")],
        seeds=LINE,
    ),
    case(
        "income-above-line",
        "missing-all-but-the-income-per-head",
        {ROSTER: [recipient(income=None, household_income=None, income_per_head=931)]},
        [("DB1", "", "930")],
        seeds=LINE,
    ),
    case(
        "income-above-line",
        "missing-everything",
        {ROSTER: [recipient(income=None, household_income=None, persons=None)]},
        seeds=LINE,
    ),
    case(
        "income-above-line",
        "near-miss-the-other-community-has-a-higher-line",
        family(income=2840, division=THERE),
        seeds=LINE,
        parameters={"assistance.standard": [{"value": 930}, {"value": 960, "division": THERE}]},
    ),
    case("amount-wrong", "hit-too-much", family(amount=2140), [("DB1", "", "200")], seeds=AMOUNT),
    case("amount-wrong", "hit-too-little", family(amount=1900), [("DB1", "", "40")], seeds=AMOUNT),
    case("amount-wrong", "near-miss-with-top-up", family(top_up=93, amount=2033), seeds=AMOUNT),
    case("amount-wrong", "near-miss-rounded-to-the-yuan", family(income=850.4, amount=1940), seeds=AMOUNT),
    case(
        "amount-wrong",
        "near-miss-above-the-line-is-asked-elsewhere",
        family(income=2840, amount=200),
        seeds=AMOUNT,
    ),
    case(
        "amount-wrong",
        "near-miss-stopped-before-the-standard-rose",
        family(amount=1850, stop_month="2023-06"),
        seeds=AMOUNT,
        parameters={
            "assistance.standard": [
                {"from": "2022-07-01", "value": 900},
                {"from": "2023-07-01", "value": 930},
            ]
        },
    ),
    case("amount-wrong", "missing-amount", family(amount=None), seeds=AMOUNT),
    case(
        "no-evidence",
        "hit",
        {ROSTER: [recipient(basis=None), recipient(person=B, basis=None, note="未见核对报告")]},
        [("DB1", "", "930")],
        seeds=EVIDENCE,
    ),
    case(
        "no-evidence",
        "near-miss-number-in-a-remark",
        {ROSTER: [recipient(basis=None, note="见核对报告2018-635号"), recipient(person=B, basis=None)]},
        seeds=EVIDENCE,
    ),
    case("no-evidence", "near-miss-basis", {ROSTER: [recipient()]}, seeds=EVIDENCE),
    case(
        "no-evidence",
        "missing-basis-and-remark",
        {ROSTER: [recipient(basis="", note=None)]},
        [("DB1", "", "930")],
        seeds=EVIDENCE,
    ),
    case(
        "step-skipped",
        "hit-missing",
        {ROSTER: [recipient(reviewed_on=None)]},
        [("DB1", "", None)],
        seeds=("S2-28",),
    ),
    case(
        "step-skipped",
        "hit-out-of-order-is-one-finding-for-the-household",
        {ROSTER: [recipient(approved_on="2020-01-09"), recipient(person=B, approved_on="2020-01-09")]},
        [("DB1", "", None)],
        seeds=("S2-28",),
    ),
    case(
        "step-skipped",
        "near-miss-all-on-one-day",
        {ROSTER: [recipient(screened_on="2020-01-10", approved_on="2020-01-10")]},
        seeds=("S2-28",),
    ),
    case("not-posted", "hit", {ROSTER: [recipient()]}, [("DB1", "", None)], seeds=("S2-29",)),
    case(
        "not-posted",
        "near-miss-posted-or-stopped",
        {ROSTER: [recipient(posted_on="2020-02-03"), recipient("DB2", stop_month="2023-01")]},
        seeds=("S2-29",),
    ),
    case(
        "disability-unproven",
        "hit-and-the-wrong-person-on-the-list",
        {
            ROSTER: [recipient(disability_no=f"{A}44")],
            "registry.disability": [{"person": B, "name": "周鹏", "card_no": f"{A}44"}],
        },
        [(A, "", None)],
        seeds=EVIDENCE,
    ),
    case(
        "disability-unproven",
        "near-miss-on-the-list-or-no-card-claimed",
        {
            ROSTER: [
                recipient(disability_no=f"{A}44"),
                recipient("DB2", B, ability="无", disability_no=None),
            ],
            "registry.disability": [{"person": A, "name": "周鹏", "card_no": f"{A}43"}],
        },
        seeds=EVIDENCE,
    ),
    case(
        "disability-unproven",
        "missing-number-written-as-a-word",
        {ROSTER: [recipient(disability_no="办理中")], "registry.disability": [{"person": B, "name": "甲"}]},
        seeds=EVIDENCE,
    ),
    case(
        "category-one-not-met",
        "hit-able-to-work-fixed-income-supporters",
        {
            ROSTER: [
                recipient("DB1", A, category="一类"),
                recipient("DB2", B, category="一类", ability="无", income_source="养老金"),
                recipient("DB3", C, category="一类", ability="无", supporters="子周明"),
            ]
        },
        [(A, "", None), (B, "", None), (C, "", None)],
        seeds=("S2-43",),
    ),
    case(
        "category-one-not-met",
        "near-miss-pupil-child-partly-able-cut-other-category",
        {
            ROSTER: [
                recipient("DB1", A, category="一类", ability="部分", supporters="无"),
                recipient("DB1", B, category="一类", job="在校"),
                recipient("DB1", D, category="一类", job=None),
                recipient("DB1", C, category="一类", cut_month="2023-02"),
                recipient("DB2", "999901197501011234", category="二类"),
                recipient("DB3", "999901197501011235", category=None),
                recipient("DB4", "999901197501011236", category="一类", ability=None, fixed_income=False),
            ]
        },
        seeds=("S2-43",),
    ),
    case(
        "category-two-not-met",
        "hit",
        {
            ROSTER: [
                recipient(category="二类"),
                recipient(person=B, category="二类", job="无业", relation="配偶"),
            ]
        },
        [("DB1", "", None)],
        seeds=("S2-44",),
    ),
    case(
        "category-two-not-met",
        "near-miss-works-earns-or-unknown",
        {
            ROSTER: [
                recipient("DB1", A, category="二类"),
                recipient("DB1", B, category="二类", job="灵活就业"),
                recipient("DB2", C, category="二类", income=300),
                recipient("DB3", D, category="二类", job=None),
                recipient("DB4", "999901197501011234", category="三类"),
            ]
        },
        seeds=("S2-44",),
    ),
    case(
        "category-four-not-met",
        "hit",
        {ROSTER: [recipient()], "registry.unemployment": [{"person": A, "benefit_until": "2023-12-31"}]},
        [(A, "DB1", None)],
        seeds=("S2-46",),
    ),
    case(
        "category-four-not-met",
        "near-miss-ended-yesterday-other-category-stopped",
        {
            ROSTER: [
                recipient(),
                recipient("DB2", B, category="三类"),
                recipient("DB3", C, stop_month="2023-12"),
                recipient("DB4", D),
            ],
            "registry.unemployment": [
                {"person": A, "benefit_until": "2023-12-30"},
                {"person": B, "benefit_until": "2024-12-31"},
                {"person": C, "benefit_until": "2024-12-31"},
                {"person": D, "benefit_until": None},
            ],
        },
        seeds=("S2-46",),
    ),
]


@pytest.mark.parametrize("made", CASES)
def test_households(made: Case) -> None:
    check(made)


@pytest.mark.seed("S2-11", "S2-45")
def test_the_line_has_no_default() -> None:
    for rule in ("assistance.income-above-line", "assistance.amount-wrong"):
        result = outcome(rule, family(income=2840))
        assert (result.status, result.missing) == ("no-parameter", ("assistance.standard",))


@pytest.mark.seed("S2-28", "S2-45")
def test_the_sentence_shows_the_figures() -> None:
    (found,) = Case("assistance.income-above-line", family(income=2840), ()).findings()
    assert found.because == ("DB1户主周鹏，保障3人，家庭月收入2,840元，人均946.67元，不低于标准930元，仍在册")
    assert (found.division, len(found.evidence)) == (HERE, 1)


@pytest.mark.seed("S2-29")
def test_a_roster_without_posting_dates_is_not_asked_for_them() -> None:
    columns = [c for c in recipient() if c != "posted_on"]
    result = outcome("assistance.not-posted", {ROSTER: [recipient()]}, fields={ROSTER: columns})
    assert result.status == "no-ledger"
