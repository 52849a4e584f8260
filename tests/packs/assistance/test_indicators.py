"""The pack's numbers: what counts, what does not, and what they wait for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests import asking
from tests.packs.assistance.rows import HERE, THERE, VALUES, A, B, C, D, Row, payment, pid, recipient

from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import Evaluation, evaluate

Numbers = list[tuple[str, str, str | None]]


def evaluation(
    code: str, rows: dict[str, list[Row]], folder: Path, parameters: dict[str, Any] | None = None
) -> Evaluation:
    """What became of one indicator on these rows."""
    engine = asking.engine("duckdb", folder)
    try:
        made = asking.snapshot(rows, folder / "snapshot")
        (result,) = evaluate(
            engine,
            made,
            [indicators()[f"assistance.{code}"]],
            asking.with_values(VALUES if parameters is None else parameters),
            dt.date(2023, 12, 31),
        )
    finally:
        engine.close()
    return result


def numbers(code: str, rows: dict[str, list[Row]], folder: Path) -> Numbers:
    """Division, period and value of an indicator."""
    result = evaluation(code, rows, folder)
    assert (result.status, result.error) == ("asked", "")
    return [(v.division, v.period, None if v.value is None else str(v.value)) for v in result.values]


PAY, ROSTER = "assistance.payment", "assistance.recipient"


@pytest.mark.seed("S2-68")
def test_on_time_counts_regular_payments_with_a_date(tmp_path: Path) -> None:
    rows = {
        PAY: [
            payment(paid_on="2023-05-10"),
            payment(certificate="DB2", paid_on="2023-05-11"),
            payment(certificate="DB3", paid_on="2023-05-11", due_on="2023-05-15"),
            payment(certificate="DB4", paid_on=None),
            payment(certificate="DB5", paid_on="2023-05-28", kind="补发"),
            payment("2023-06", paid_on="2023-06-20", division=THERE),
        ]
    }
    assert numbers("paid-on-time", rows, tmp_path) == [
        (HERE, "2023-05", "66.67"),
        (THERE, "2023-06", "0.00"),
    ]


@pytest.mark.seed("S2-68")
def test_the_target_of_both_shares_is_all(tmp_path: Path) -> None:
    rows = {PAY: [payment(), payment("2023-06", paid=900)]}
    for code in ("paid-on-time", "paid-in-full"):
        result = evaluation(code, rows, tmp_path / code)
        assert [v.target for v in result.values] == [100, 100]
    assert [v.met for v in result.values] == [True, False]


@pytest.mark.seed("S2-68")
def test_in_full_takes_a_blank_as_nothing_paid(tmp_path: Path) -> None:
    rows = {
        PAY: [
            payment(),
            payment(certificate="DB2", paid=None),
            payment(certificate="DB3", due=None),
            payment(certificate="DB4", due=730, paid=730),
        ]
    }
    assert numbers("paid-in-full", rows, tmp_path) == [(HERE, "2023-05", "66.67")]


@pytest.mark.seed("S2-68")
def test_on_time_waits_for_the_due_day(tmp_path: Path) -> None:
    result = evaluation("paid-on-time", {PAY: [payment()]}, tmp_path, {})
    assert (result.status, result.missing) == ("no-parameter", ("assistance.due_day",))


@pytest.mark.seed("S2-69")
def test_who_left_through_work(tmp_path: Path) -> None:
    rows = {
        ROSTER: [
            recipient("DB1", A, stop_month="2023-05", note="就业后收入超标"),
            recipient("DB1", B, stop_month="2023-05"),
            recipient("DB2", C, stop_month="2022-05", stop_reason="自食其力，自愿退出"),
            recipient("DB3", D, stop_month="2023-05", note="迁出"),
            recipient("DB4", pid(5), stop_month="2024-02", note="就业"),
            recipient("DB5", pid(6), note="就业服务登记"),
        ]
    }
    assert numbers("left-through-work", rows, tmp_path) == [(HERE, "2022", "1"), (HERE, "2023", "1")]


@pytest.mark.seed("S2-72", "S2-47")
def test_coverage_is_of_households_found_below_the_standard(tmp_path: Path) -> None:
    found = {"persons": 2, "household_income": 1000, "surveyed_on": "2023-03-01", "division": HERE}
    rows = {
        ROSTER: [recipient(person=A), recipient("DB2", B, stop_month="2023-04")],
        "assistance.poor_household": [
            found | {"person": A},
            found | {"person": A, "surveyed_on": "2023-09-01"},
            found | {"person": B},
            found | {"person": C, "household_income": 1860},
            found | {"person": D, "persons": None},
        ],
    }
    assert numbers("coverage", rows, tmp_path) == [(HERE, "2023", "50.00")]


@pytest.mark.seed("S2-67")
def test_the_number_of_poor_month_by_month(tmp_path: Path) -> None:
    rows = {
        PAY: [
            payment("2023-01", persons=2),
            payment("2023-01", persons=2, paid_on="2023-01-07"),
            payment("2023-01", "DB2", persons=3),
            payment("2023-02", "DB2", persons=3),
            payment("2023-02", persons=2, kind="补发"),
        ]
    }
    assert numbers("persons-paid", rows, tmp_path) == [(HERE, "2023-01", "5"), (HERE, "2023-02", "3")]


@pytest.mark.seed("S2-67")
def test_the_number_on_the_roster_counts_each_person_once(tmp_path: Path) -> None:
    rows = {
        ROSTER: [
            recipient(),
            recipient("DB2", A),
            recipient("DB2", B, cut_month="2023-03"),
            recipient("DB3", C, stop_month="2023-12"),
            recipient("DB4", D, start_month="2024-01"),
        ]
    }
    assert numbers("persons-on-roster", rows, tmp_path) == [(HERE, "2023-12", "1")]


@pytest.mark.seed("S2-54")
def test_areas_stand_side_by_side(tmp_path: Path) -> None:
    rows = {
        PAY: [payment(persons=2, paid=1500), payment(certificate="DB2", division=THERE, paid=930)],
    }
    assert numbers("paid-per-person", rows, tmp_path / "1") == [
        (HERE, "2023-05", "750.00"),
        (THERE, "2023-05", "930.00"),
    ]
    standards = {
        "assistance.standard": [
            {"area": "望河区", "amount": 930, "from_on": "2023-07-01"},
            {"area": "河东区", "amount": 700, "from_on": "2023-01-01"},
        ]
    }
    assert numbers("standard-of-area", standards, tmp_path / "2") == [
        ("望河区", "2023", "930.00"),
        ("河东区", "2023", "700.00"),
    ]


@pytest.mark.seed("S2-13", "S2-50")
def test_each_source_has_its_share(tmp_path: Path) -> None:
    entry = {"on": "2023-03-01", "division": HERE}
    rows = {
        "assistance.fund_entry": [
            entry | {"kind": "财政预算", "income": 700},
            entry | {"kind": "上级拨款", "income": 250},
            entry | {"kind": "社会捐赠", "income": 50},
            entry | {"kind": "低保金支出", "expense": 900},
        ]
    }
    shares = [
        numbers(f"share-{source}", rows, tmp_path / source)
        for source in ("local-finance", "transfers", "donations")
    ]
    assert shares == [[(HERE, "2023", "70.00")], [(HERE, "2023", "25.00")], [(HERE, "2023", "5.00")]]


@pytest.mark.seed("S2-13", "S2-74")
def test_the_fund_shows_budget_donations_payments_and_balance(tmp_path: Path) -> None:
    entry = {"on": "2023-03-01", "division": HERE}
    rows = {
        "assistance.fund_entry": [
            entry | {"on": "2022-12-01", "kind": "财政预算", "income": 300.5},
            entry | {"kind": "财政预算", "income": 700},
            entry | {"kind": "社会捐赠", "income": 50},
            entry | {"kind": "低保金支出", "expense": 900},
            entry | {"kind": "低保金支出", "expense": None},
            entry | {"on": "2024-01-02", "kind": "上级拨款", "income": 9999},
        ]
    }
    told = [
        numbers(f"fund-{what}", rows, tmp_path / what)
        for what in ("budget", "donations", "payments", "balance")
    ]
    assert told == [
        [(HERE, "2022", "300.50"), (HERE, "2023", "700.00")],
        [(HERE, "2023", "50.00")],
        [(HERE, "2023", "900.00")],
        [(HERE, "2023", "150.50")],
    ]


@pytest.mark.seed("S2-17", "S2-70")
def test_capability_from_first_to_last_visit(tmp_path: Path) -> None:
    def visit(home: str, on: str, capability: int | None) -> Row:
        return {"certificate": home, "visited_on": on, "capability": capability, "division": HERE}

    rows = {
        "assistance.home_visit": [
            visit("DB1", "2023-01-05", 2),
            visit("DB1", "2023-09-05", 4),
            visit("DB1", "2023-05-05", 1),
            visit("DB2", "2023-01-05", 3),
            visit("DB2", "2023-09-05", 3),
            visit("DB3", "2023-09-05", 3),
            visit("DB4", "2023-01-05", None),
            visit("DB4", "2023-09-05", 3),
        ]
    }
    assert numbers("household-capability", rows, tmp_path) == [(HERE, "2023", "50.00")]


@pytest.mark.seed("S2-18", "S2-71")
def test_group_members_from_first_to_last_session(tmp_path: Path) -> None:
    def rated(person: str, on: str, *scores: int | None) -> Row:
        return {
            "group_no": "XZ1", "person": person, "assessed_on": on, "division": HERE,
            **dict(zip(("behaviour", "ability", "social_function"), scores, strict=True)),
        }  # fmt: skip

    rows = {
        "assistance.group_member": [
            rated(A, "2023-03-01", 2, 2, 2),
            rated(A, "2023-06-01", 2, 3, 2),
            rated(B, "2023-03-01", 2, 2, 2),
            rated(B, "2023-06-01", 3, 1, 2),
            rated(C, "2023-06-01", 3, None, 2),
        ]
    }
    assert numbers("group-member-change", rows, tmp_path) == [(HERE, "2023", "50.00")]


@pytest.mark.seed("S2-60")
def test_who_does_not_apply_because_of_the_posting(tmp_path: Path) -> None:
    rows = {
        "assistance.non_applicant": [
            {"person": A, "asked_on": "2023-03-01", "reason": "碍于面子", "division": HERE},
            {"person": A, "asked_on": "2023-08-01", "reason": "碍于面子", "division": HERE},
            {"person": B, "asked_on": "2023-08-01", "reason": "不了解政策", "division": HERE},
            {"person": C, "asked_on": None, "reason": "碍于面子", "division": HERE},
        ]
    }
    assert numbers("not-applied-for-posting", rows, tmp_path) == [(HERE, "2023", "2")]


@pytest.mark.seed("S2-31", "S2-64")
def test_how_many_of_those_able_to_work_are_reached(tmp_path: Path) -> None:
    rows = {
        ROSTER: [recipient(), recipient("DB2", B), recipient("DB3", C, job="灵活就业")],
        "assistance.employment_service": [
            {"person": A, "served_on": "2023-05-01"},
            {"person": A, "served_on": "2023-06-01"},
            {"person": C, "served_on": "2023-06-01"},
        ],
    }
    assert numbers("employment-reach", rows, tmp_path) == [(HERE, "2023", "50.00")]


@pytest.mark.seed("S2-77")
def test_how_many_workers_are_trained(tmp_path: Path) -> None:
    rows = {
        "assistance.worker": [
            {"name": "丁一", "division": HERE},
            {"name": "王二", "division": HERE},
            {"name": "李三", "division": HERE, "left_on": "2023-02-01"},
        ],
        "office.training": [
            {"name": "丁一", "trained_on": "2023-02-01"},
            {"name": "丁一", "trained_on": "2023-05-01", "result": "合格"},
            {"name": "王二", "trained_on": "2023-05-01", "result": "不合格"},
            {"name": "王二", "trained_on": "2023-05-01", "line": "社会保障"},
        ],
    }
    assert numbers("workers-trained", rows, tmp_path) == [(HERE, "2023", "50.00")]


@pytest.mark.seed("S2-20", "S2-78")
def test_the_share_of_items_with_a_method(tmp_path: Path) -> None:
    item = {"item": "入户核查", "division": HERE}
    rows = {
        "assistance.intervention": [
            item | {"done_on": "2023-05-01", "method": "个案工作"},
            item | {"done_on": "2023-05-02", "method": None},
            item | {"done_on": "2022-05-02", "method": None},
        ]
    }
    assert numbers("items-with-method", rows, tmp_path) == [
        (HERE, "2022", "0.00"),
        (HERE, "2023", "50.00"),
    ]


@pytest.mark.seed("S2-82")
def test_volunteer_hours(tmp_path: Path) -> None:
    served = {"name": "金莲", "division": HERE}
    rows = {
        "assistance.volunteer_service": [
            served | {"served_on": "2023-05-01", "hours": 2.5},
            served | {"served_on": "2023-06-01", "hours": 1},
            served | {"served_on": "2023-06-02", "hours": None},
        ]
    }
    assert numbers("volunteer-hours", rows, tmp_path) == [(HERE, "2023", "3.50")]
