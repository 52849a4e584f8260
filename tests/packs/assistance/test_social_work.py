"""Social work that leaves no record or breaks its own rules."""

from __future__ import annotations

import pytest
from tests.packs.assistance.rows import A, B, Case, Row, case, check

CASEWORK, VISIT, MEMBER = "assistance.casework", "assistance.home_visit", "assistance.group_member"
GOAL, WORKER, TRAINED = "assistance.plan_goal", "assistance.worker", "office.training"
CONFLICT = "assistance.conflict"
DAYS = {"parameters": {"assistance.conflict_days": 30}}


def work(number: str = "GA1", **more: object) -> Row:
    """An open case with a plan in which the household has its part."""
    return {
        "case_no": number, "certificate": "DB1", "name": "周鹏", "opened_on": "2023-02-01",
        "own_part": "每周参加一次求职",
    } | more  # fmt: skip


def visit(number: str | None = "GA1") -> Row:
    """A home visit."""
    return {"case_no": number, "certificate": "DB1", "visited_on": "2023-03-01"}


def member(person: str = A, on: str = "2023-03-01", **more: object) -> Row:
    """A group member's assessment."""
    return {"group_no": "XZ1", "person": person, "name": "周鹏", "assessed_on": on} | more


def goal(**more: object) -> Row:
    """A goal to be reviewed on 30 June."""
    return {
        "person": A, "name": "周鹏", "kind": "自信心", "goal": "能独立面试", "set_on": "2023-01-05",
        "rating_start": 2, "review_due_on": "2023-06-30",
    } | more  # fmt: skip


def conflict(number: str = "1", **more: object) -> Row:
    """A conflict found on 1 December."""
    return {"conflict_no": number, "found_on": "2023-12-01", "content": "因停保与社区争执"} | more


CASES = [
    case(
        "case-without-visit",
        "hit",
        {CASEWORK: [work(), work("GA2", certificate=None)], VISIT: [visit("GA1")]},
        [("GA2", "GA2", None)],
        seeds=("S2-17", "S2-32"),
    ),
    case(
        "case-without-visit",
        "near-miss-closed-and-missing-number-of-the-visit",
        {CASEWORK: [work(closed_on="2023-05-01")], VISIT: [visit(None)]},
        seeds=("S2-17", "S2-32"),
    ),
    case(
        "case-without-own-part",
        "hit-missing-and-blank",
        {CASEWORK: [work(own_part=None), work("GA2", own_part=" ")]},
        [("DB1", "GA1", None), ("DB1", "GA2", None)],
        seeds=("S2-80",),
    ),
    case(
        "case-without-own-part",
        "near-miss-written-or-closed",
        {CASEWORK: [work(), work("GA2", own_part=None, closed_on="2023-05-01")]},
        seeds=("S2-80",),
    ),
    case(
        "member-not-assessed-first",
        "hit-and-missing",
        {MEMBER: [member(first_contact=False), member(on="2023-04-01"), member(B)]},
        [(A, "XZ1", None), (B, "XZ1", None)],
        seeds=("S2-36",),
    ),
    case(
        "member-not-assessed-first",
        "near-miss-marked-once",
        {MEMBER: [member(first_contact=True), member(on="2023-04-01")]},
        seeds=("S2-36",),
    ),
    case(
        "goal-not-reviewed",
        "hit-no-day-or-no-rating",
        {GOAL: [goal(), goal(goal="会用电脑", reviewed_on="2023-06-30", rating_review=None)]},
        [(A, "会用电脑", None), (A, "能独立面试", None)],
        seeds=("S2-79",),
    ),
    case(
        "goal-not-reviewed",
        "near-miss-rated-due-today-missing-due-date",
        {
            GOAL: [
                goal(reviewed_on="2023-07-15", rating_review=3),
                goal(review_due_on="2023-12-31"),
                goal(review_due_on=None),
            ]
        },
        seeds=("S2-79",),
    ),
    case(
        "worker-untrained",
        "hit-never-or-failed",
        {
            WORKER: [
                {"name": "丁一", "post": "低保工作人员", "person": A},
                {"name": "王二", "post": "社会工作者"},
            ],
            TRAINED: [
                {"name": "王二", "trained_on": "2023-03-01", "result": "不合格"},
                {"name": "丁一", "trained_on": "2023-03-01", "line": "财会"},
            ],
        },
        [(A, "", None), ("王二", "", None)],
        seeds=("S2-05", "S2-77"),
    ),
    case(
        "worker-untrained",
        "near-miss-trained-left-missing-result",
        {
            WORKER: [{"name": "丁一"}, {"name": "王二", "left_on": "2023-12-31"}],
            TRAINED: [{"name": "丁一", "trained_on": "2023-03-01", "result": None}],
        },
        seeds=("S2-05", "S2-77"),
    ),
    case(
        "conflict-unsettled",
        "hit",
        {CONFLICT: [conflict(found_on="2023-11-30")]},
        [("1", "", None)],
        seeds=("S2-75",),
        **DAYS,
    ),
    case(
        "conflict-unsettled",
        "near-miss-settled-on-the-last-day-missing-day",
        {
            CONFLICT: [
                conflict(),
                conflict("2", found_on="2023-01-05", settled_on="2023-09-01"),
                conflict("3", found_on=None),
            ]
        },
        seeds=("S2-75",),
        **DAYS,
    ),
]


@pytest.mark.parametrize("made", CASES)
def test_social_work(made: Case) -> None:
    check(made)
