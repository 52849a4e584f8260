"""Who ought to be included and is not; assessments without evidence."""

from __future__ import annotations

import pytest
from tests.packs.assistance.rows import HERE, THERE, A, B, C, Case, D, Row, case, check, recipient

POOR, ROSTER = "assistance.poor_household", "assistance.recipient"
NOT_ASKING, ASKING = "assistance.non_applicant", "assistance.applicant"
BELOW = ("S2-45", "S2-47")


def poor(person: str = A, **more: object) -> Row:
    """A household of three with 2,000 yuan a month."""
    return {
        "person": person, "name": "周鹏", "persons": 3, "household_income": 2000, "surveyed_on": "2023-09-10",
        "division": HERE,
    } | more  # fmt: skip


def silent(person: str = A, **more: object) -> Row:
    """Someone who does not apply because of the posting."""
    return {"person": person, "name": "周鹏", "asked_on": "2023-04-02", "reason": "碍于面子"} | more


def applied(person: str = A, **more: object) -> Row:
    """An application that was granted without any evidence."""
    return {
        "person": person, "name": "周鹏", "applied_on": "2023-02-01", "assessed_on": "2023-02-10",
        "result": "批准", "basis": None,
    } | more  # fmt: skip


CASES = [
    case(
        "poor-not-included",
        "hit",
        {POOR: [poor()], ROSTER: [recipient("DB2", B)]},
        [(A, "", None)],
        seeds=BELOW,
    ),
    case(
        "poor-not-included",
        "hit-only-income-per-head-and-stopped-before",
        {
            POOR: [poor(persons=None, income_per_head=929.99)],
            ROSTER: [recipient(stop_month="2023-05")],
        },
        [(A, "", None)],
        seeds=BELOW,
    ),
    case(
        "poor-not-included",
        "near-miss-at-the-line-included-or-a-lower-line-there",
        {
            POOR: [poor(household_income=2790), poor(B), poor(C, household_income=2500, division=THERE)],
            ROSTER: [recipient(person=D), recipient(person=B)],
        },
        seeds=BELOW,
        parameters={"assistance.standard": [{"value": 930}, {"value": 800, "division": THERE}]},
    ),
    case(
        "poor-not-included",
        "missing-income",
        {POOR: [poor(household_income=None)], ROSTER: [recipient(person=D)]},
        seeds=BELOW,
    ),
    case(
        "not-applied-for-posting",
        "hit",
        {NOT_ASKING: [silent(), silent(B, reason="不了解政策"), silent(C, reason=None)]},
        [(A, "", None)],
        seeds=("S2-60",),
    ),
    case(
        "not-applied-for-posting",
        "near-miss-included-since",
        {NOT_ASKING: [silent()], ROSTER: [recipient(start_month="2023-06")]},
        seeds=("S2-60",),
    ),
    case(
        "application-without-basis",
        "hit-and-blank",
        {ASKING: [applied(), applied(B, basis=" ", assessed_on=None, result="不批准")]},
        [(A, "2023-02-01", None), (B, "2023-02-01", None)],
        seeds=("S2-28", "S2-62"),
    ),
    case(
        "application-without-basis",
        "near-miss-evidence-or-not-yet-assessed",
        {ASKING: [applied(basis="核对报告2023-11号"), applied(B, assessed_on=None, result=None)]},
        seeds=("S2-28", "S2-62"),
    ),
]


@pytest.mark.parametrize("made", CASES)
def test_inclusion(made: Case) -> None:
    check(made)
