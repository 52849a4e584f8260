"""The way out through work."""

from __future__ import annotations

import pytest
from tests.asking import outcome
from tests.packs.assistance.rows import A, B, C, Case, Row, case, check, pid, recipient

ROSTER, SERVED = "assistance.recipient", "assistance.employment_service"
BENEFIT, JOB, PROFILE = (
    "assistance.linked_benefit",
    "assistance.job_opportunity",
    "assistance.employment_profile",
)
MEASURES = ("S2-31", "S2-64")
LONG = {"parameters": {"assistance.dependence_months": 36}}
SKILLS = {"parameters": {"assistance.skill_months": 24}}


def service(person: str = B, on: str = "2023-06-15") -> Row:
    """An employment measure."""
    return {"person": person, "name": "周鹏", "served_on": on, "kind": "职业指导", "result": "已推荐"}


def benefit(person: str = A, **more: object) -> Row:
    """A linked benefit still running."""
    return {"person": person, "name": "周鹏", "kind": "住房", "since_on": "2021-01-01"} | more


def job(**more: object) -> Row:
    """A job to which B was sent after the check."""
    return {
        "job_no": "GW1", "title": "保洁员", "employer": "样安保洁部", "posted_on": "2023-03-01",
        "fair_checked_on": "2023-03-05", "fair": True, "person": B, "matched_on": "2023-03-05",
    } | more  # fmt: skip


def profile(**more: object) -> Row:
    """A profile of someone able to work."""
    return {"person": A, "name": "周鹏", "ability": "有", "skills": "挡车", "filed_on": "2022-01-01"} | more


CASES = [
    case(
        "able-no-service",
        "hit",
        {ROSTER: [recipient()], SERVED: [service()]},
        [(A, "DB1", None)],
        seeds=MEASURES,
    ),
    case(
        "able-no-service",
        "hit-service-longer-than-a-year-ago-or-still-to-come",
        {ROSTER: [recipient()], SERVED: [service(A, "2022-12-31"), service(A, "2024-01-05")]},
        [(A, "DB1", None)],
        seeds=MEASURES,
    ),
    case(
        "able-no-service",
        "hit-without-work-in-the-last-year-of-working-age-or-unemployed-at-any-age",
        {
            ROSTER: [
                recipient(person=pid(5, "19640101"), job="无业"),
                recipient("DB2", pid(6, "19680102", female=True)),
            ],
            SERVED: [service()],
        },
        [(pid(5, "19640101"), "DB1", None), (pid(6, "19680102", female=True), "DB2", None)],
        seeds=MEASURES,
    ),
    case(
        "able-no-service",
        "near-miss-one-service-at-the-end-of-the-year",
        {ROSTER: [recipient()], SERVED: [service(A, "2023-12-31")]},
        seeds=MEASURES,
    ),
    case(
        "able-no-service",
        "near-miss-matched-on-the-platform",
        {ROSTER: [recipient()], SERVED: [service()], JOB: [job(person=A)]},
        seeds=MEASURES,
    ),
    case(
        "able-no-service",
        "near-miss-works-studies-partly-able-too-old-stopped",
        {
            ROSTER: [
                recipient(job="灵活就业", income=600),
                recipient("DB2", B, job="在校"),
                recipient("DB3", C, ability="部分"),
                recipient("DB4", pid(5, "19631231"), job="无业"),
                recipient("DB5", pid(6, "19681231", female=True), job="无业"),
                recipient("DB6", pid(7, "20080101"), job="无业"),
                recipient("DB7", pid(8), stop_month="2023-12"),
            ],
            SERVED: [service(pid(9))],
        },
        seeds=MEASURES,
    ),
    case(
        "able-no-service",
        "missing-ability-or-job",
        {ROSTER: [recipient(ability=None), recipient("DB2", B, job=None)], SERVED: [service(C)]},
        seeds=MEASURES,
    ),
    case(
        "dependence",
        "hit-exactly-as-long",
        {
            ROSTER: [recipient(start_month="2020-12")],
            BENEFIT: [benefit(), benefit(kind="医疗", until_on="2023-12-31")],
            SERVED: [service()],
        },
        [(A, "DB1", None)],
        seeds=("S2-15", "S2-63"),
        **LONG,
    ),
    case(
        "dependence",
        "near-miss-shorter-no-benefit-helped-benefit-ended",
        {
            ROSTER: [
                recipient(start_month="2021-01"),
                recipient("DB2", B),
                recipient("DB3", C),
                recipient("DB4", pid(5)),
            ],
            BENEFIT: [benefit(), benefit(C), benefit(pid(5), until_on="2023-12-30")],
            SERVED: [service(C)],
        },
        seeds=("S2-15", "S2-63"),
        **LONG,
    ),
    case(
        "dependence",
        "missing-start",
        {ROSTER: [recipient(start_month=None)], BENEFIT: [benefit()], SERVED: [service()]},
        seeds=("S2-15", "S2-63"),
        **LONG,
    ),
    case(
        "skills-not-demanded",
        "hit",
        {PROFILE: [profile(demanded=False)]},
        [(A, "", None)],
        seeds=("S2-16", "S2-65"),
    ),
    case(
        "skills-not-demanded",
        "near-miss-demanded-unable-missing",
        {
            PROFILE: [
                profile(demanded=True),
                profile(person=B, demanded=False, ability="无"),
                profile(person=C, demanded=None),
            ]
        },
        seeds=("S2-16", "S2-65"),
    ),
    case(
        "skills-outdated",
        "hit-old-and-missing",
        {PROFILE: [profile(skills_updated_on="2021-11-30"), profile(person=B, ability=None)]},
        [(A, "", None), (B, "", None)],
        seeds=("S2-16", "S2-65"),
        **SKILLS,
    ),
    case(
        "skills-outdated",
        "near-miss-within-the-months-or-unable",
        {
            PROFILE: [
                profile(skills_updated_on="2021-12-01"),
                profile(person=B, ability="无", skills_updated_on="2001-12-01"),
            ]
        },
        seeds=("S2-16", "S2-65"),
        **SKILLS,
    ),
    case(
        "job-not-fair",
        "hit-failed-unchecked-checked-too-late",
        {
            JOB: [
                job(job_no="GW1", fair=False, matched_on=None),
                job(job_no="GW2", fair_checked_on=None),
                job(job_no="GW3", fair_checked_on="2023-03-06"),
            ]
        },
        [("GW1", "", None), ("GW2", "", None), ("GW3", "", None)],
        seeds=("S2-42",),
    ),
    case(
        "job-not-fair",
        "near-miss-checked-the-same-day-or-not-yet-recommended",
        {JOB: [job(), job(job_no="GW2", fair_checked_on=None, fair=None, matched_on=None)]},
        seeds=("S2-42",),
    ),
]


@pytest.mark.parametrize("made", CASES)
def test_work(made: Case) -> None:
    check(made)


@pytest.mark.seed("S2-63", "S2-65")
def test_lengths_have_no_default() -> None:
    rows = {ROSTER: [recipient()], BENEFIT: [benefit()], SERVED: [service()], PROFILE: [profile()]}
    for rule, parameter in (("dependence", "dependence_months"), ("skills-outdated", "skill_months")):
        result = outcome(f"assistance.{rule}", rows)
        assert (result.status, result.missing) == ("no-parameter", (f"assistance.{parameter}",))
