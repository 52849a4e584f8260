"""The dead who are still paid or counted."""

from __future__ import annotations

import pytest
from tests.packs.assistance.rows import A, B, C, Case, case, check, died, payment, recipient, year_of

PAID = ("S2-14", "S2-30", "S2-48")
COUNTED = ("S2-14", "S2-28")

#: A couple; the head is A, the spouse B.
COUPLE = [
    recipient(persons=2, amount=1860),
    recipient(person=B, name="姚素", relation="配偶", persons=2, amount=1860),
]

CASES = [
    case(
        "paid-after-death",
        "hit-sums-the-months-after",
        {"assistance.payment": year_of(), "registry.death": [died(A, "2023-07-10")]},
        [(A, "", "4650.00")],
        seeds=PAID,
    ),
    case(
        "paid-after-death",
        "near-miss-month-of-death",
        {"assistance.payment": year_of(months=range(1, 8)), "registry.death": [died(A, "2023-07-01")]},
        seeds=PAID,
    ),
    case(
        "paid-after-death",
        "near-miss-last-day-of-a-month",
        {"assistance.payment": [payment("2023-04")], "registry.death": [died(A, "2023-04-30")]},
        seeds=PAID,
    ),
    case(
        "paid-after-death",
        "near-miss-same-name-other-number",
        {"assistance.payment": year_of(), "registry.death": [died(B, "2023-01-10")]},
        seeds=PAID,
    ),
    case(
        "paid-after-death",
        "near-miss-arrears-and-full-recovery",
        {
            "assistance.payment": [
                payment("2023-08", kind="补发"),
                payment("2023-09"),
                payment("2023-11", kind="追回", paid=-930),
            ],
            "registry.death": [died(A, "2023-07-10")],
        },
        seeds=PAID,
    ),
    case(
        "paid-after-death",
        "hit-nets-a-part-recovered",
        {
            "assistance.payment": [
                payment("2023-08"),
                payment("2023-09"),
                payment("2023-11", kind="追回", paid=930),
            ],
            "registry.death": [died(A, "2023-07-10"), died(A, "2023-07-10")],
        },
        [(A, "", "930.00")],
        seeds=PAID,
    ),
    case(
        "paid-after-death",
        "hit-by-the-population-register",
        {
            "assistance.payment": [payment("2023-08"), payment("2023-09")],
            "registry.death": [died(B, "2023-01-01")],
            "registry.person": [
                {"person": A, "name": "周鹏", "status": "死亡", "status_on": "2023-08-02"},
                {"person": C, "name": "姚素", "status": "死亡", "status_on": None},
            ],
        },
        [(A, "", "930.00")],
        seeds=PAID,
    ),
    case(
        "paid-after-death",
        "missing-id-amount-or-day",
        {
            "assistance.payment": [payment(person=None), payment("2023-08", paid=None)],
            "registry.death": [died(A, "2023-07-10"), died(B, None)],  # type: ignore[arg-type]
        },
        seeds=PAID,
    ),
    case(
        "household-of-dead-head-paid",
        "hit-where-the-sheet-has-no-ids",
        {
            "assistance.payment": year_of(months=[6, 7, 8], person=None),
            "assistance.recipient": COUPLE,
            "registry.death": [died(A, "2023-06-30"), died(B, "2023-01-01")],
        },
        [("DB1", "", "1860.00")],
        seeds=PAID,
    ),
    case(
        "household-of-dead-head-paid",
        "near-miss-row-with-an-id-is-asked-elsewhere",
        {
            "assistance.payment": [payment("2023-08")],
            "assistance.recipient": COUPLE,
            "registry.death": [died(A, "2023-06-30")],
        },
        seeds=PAID,
    ),
    case(
        "household-of-dead-head-paid",
        "missing-relation-and-names",
        {
            "assistance.payment": [payment("2023-08", person=None)],
            "assistance.recipient": [recipient(relation=None, head=None)],
            "registry.death": [died(A, "2023-06-30")],
        },
        seeds=PAID,
    ),
    case(
        "dead-member-counted",
        "hit-one-share-a-month",
        {
            "assistance.recipient": COUPLE,
            "assistance.payment": year_of(persons=2, due=1860, paid=1860),
            "registry.death": [died(B, "2023-05-26")],
        },
        [(B, "DB1", "6510.00")],
        seeds=COUNTED,
    ),
    case(
        "dead-member-counted",
        "near-miss-cut-from-the-next-month",
        {
            "assistance.recipient": [COUPLE[0], COUPLE[1] | {"cut_month": "2023-06"}],
            "assistance.payment": year_of(months=range(1, 6), persons=2) + year_of(months=range(6, 13)),
            "registry.death": [died(B, "2023-05-26")],
        },
        seeds=COUNTED,
    ),
    case(
        "dead-member-counted",
        "near-miss-payments-were-reduced",
        {
            "assistance.recipient": COUPLE,
            "assistance.payment": year_of(months=range(1, 6), persons=2) + year_of(months=range(6, 13)),
            "registry.death": [died(B, "2023-05-26")],
        },
        seeds=COUNTED,
    ),
    case(
        "dead-member-counted",
        "near-miss-head-household-stopped-or-died-this-month",
        {
            "assistance.recipient": [
                *COUPLE,
                recipient("DB2", C, persons=2),
                recipient("DB2", "999901199001011234", relation="女", persons=2, stop_month="2023-06"),
                recipient("DB3", "999901199001015678", relation="女", persons=2, name="李琳"),
            ],
            "registry.death": [
                died(A, "2023-05-26"),
                died("999901199001011234", "2023-05-26"),
                died("999901199001015678", "2023-12-01"),
            ],
        },
        seeds=COUNTED,
    ),
    case(
        "dead-member-counted",
        "hit-by-the-roster-alone-without-an-amount",
        {"assistance.recipient": COUPLE, "registry.death": [died(B, "2023-05-26")]},
        [(B, "DB1", None)],
        seeds=COUNTED,
    ),
    case(
        "dead-member-counted",
        "hit-without-a-standard-has-no-amount",
        {
            "assistance.recipient": COUPLE,
            "assistance.payment": [payment("2023-06", persons=2)],
            "registry.death": [died(B, "2023-05-26")],
        },
        [(B, "DB1", None)],
        seeds=COUNTED,
        parameters={},
    ),
    case(
        "dead-member-counted",
        "missing-number-of-persons",
        {
            "assistance.recipient": [row | {"persons": None} for row in COUPLE],
            "assistance.payment": [payment("2023-06", persons=None)],
            "registry.death": [died(B, "2023-05-26")],
        },
        seeds=COUNTED,
    ),
]


@pytest.mark.parametrize("made", CASES)
def test_deaths(made: Case) -> None:
    check(made)


@pytest.mark.seed("S2-48")
def test_the_sentence_names_household_months_and_money() -> None:
    (found,) = CASES[0].values[0].findings()
    assert found.because == (
        "DB1户主周鹏于2023年7月10日死亡，2023年8月至2023年12月仍以其名义发放低保金，合计4,650元"
    )
    assert len(found.evidence) == 6
    assert "周鹏" not in found.say(masked=True)


@pytest.mark.seed("S2-28")
def test_a_standard_that_changes_within_the_year_is_taken_month_by_month() -> None:
    values = {
        "assistance.standard": [
            {"from": "2023-01-01", "value": 900},
            {"from": "2023-07-01", "value": 930},
            {"from": "2023-01-01", "value": 800, "division": "柳岸社区"},
        ]
    }
    rows = {
        "assistance.recipient": COUPLE,
        "assistance.payment": year_of(months=[6, 7], persons=2),
        "registry.death": [died(B, "2023-05-26")],
    }
    (found,) = Case("assistance.dead-member-counted", rows, ()).findings(parameters=values)
    assert str(found.amount) == "1830.00"
