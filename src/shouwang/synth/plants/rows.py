"""Cases that lie in one row of a small ledger: a lawful row with one thing changed.

Each line names rule, ledger, the column that is the subject, what makes the case, what makes the
near miss (None where nothing looks alike) and the sentence for the truth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from shouwang.synth import records
from shouwang.synth.plants.registry import plant
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

Changes = Row | Callable[[Site, Row], Row]


def days(number: int) -> dt.timedelta:
    """So many days."""
    return dt.timedelta(days=number)


def one_row(rule: str, ledger: str, subject: str, hit: Changes, near: Changes | None, detail: str) -> None:
    """Register a case of one row."""

    def make(site: Site, is_near: bool) -> tuple[str, str]:
        changes = near if is_near else hit
        row = records.clean(site, ledger)
        row |= changes(site, row) if callable(changes) else changes or {}
        site.table(ledger).add(row)
        return "|".join(str(row[column]) for column in subject.split("|")), detail + (
            "（合法的相似情形）" if is_near else ""
        )

    plant(rule, near=near is not None)(make)


def _population() -> None:
    info, hazard = "population.dynamic_information", "population.hazard"
    one_row(
        "population.information-not-assessed",
        info,
        "info_no",
        lambda s, r: {"assessed_on": r["reported_on"] + days(s.any(8, 25))},
        lambda s, r: {"assessed_on": r["reported_on"] + days(20), "role": "民警"},
        "上报后超过期限才研判",
    )
    one_row(
        "population.information-incomplete", info, "info_no", {"place": None}, {"assessor": None}, "没有地点"
    )
    one_row(
        "population.hazard-not-registered",
        info,
        "info_no",
        lambda s, r: {"hazard": "是", "hazard_no": s.number("YHX")},
        lambda s, r: {"hazard": "是", "hazard_no": records.add(s, hazard)["hazard_no"]},
        "构成隐患",
    )
    one_row(
        "population.hazard-without-action",
        hazard,
        "hazard_no",
        {"action": None, "owner": None, "acted_on": None, "level_after": None},
        {"owner": None},
        "没有预防措施",
    )
    one_row(
        "population.hazard-without-levels", hazard, "hazard_no", {"level_after": None}, None, "没有处置后等级"
    )
    one_row(
        "population.hazard-not-lowered",
        hazard,
        "hazard_no",
        {"level_before": "较大", "level_after": "较大"},
        {"level_before": "低", "level_after": "低"},
        "措施后等级未降低",
    )
    one_row(
        "population.request-unanswered",
        "population.cooperation_request",
        "request_no",
        {"response": None, "responded_on": None},
        lambda s, r: {"response": None, "responded_on": None, "requested_on": s.day(12, 20)},
        "没有响应记录",
    )
    one_row(
        "population.session-incomplete",
        "office.publicity",
        "session_no",
        {"place": None},
        {"questions": None, "answers": None},
        "宣传场次没有地点",
    )


def _assistance() -> None:
    profile = "assistance.employment_profile"
    one_row(
        "assistance.application-without-basis",
        "assistance.applicant",
        "person",
        {"basis": None},
        {"basis": None, "assessed_on": None, "result": None, "reason": None},
        "申请评定没有依据",
    )
    one_row(
        "assistance.not-applied-for-posting",
        "assistance.non_applicant",
        "person",
        {"reason": "碍于面子"},
        {"reason": "手续繁琐"},
        "符合条件而不申请",
    )
    one_row(
        "assistance.poor-not-included",
        "assistance.poor_household",
        "person",
        lambda s, r: {"household_income": yuan(r["persons"] * 600), "income_per_head": yuan(600)},
        lambda s, r: {"household_income": yuan(r["persons"] * 930), "income_per_head": yuan(930)},
        "摸底家庭低于标准",
    )
    one_row(
        "assistance.fund-spent-elsewhere",
        "assistance.fund_entry",
        "entry_no",
        {"kind": "其他支出", "purpose": "公务车辆维修"},
        {"kind": "其他支出", "purpose": "退回多收的上级拨款"},
        "专户支出",
    )
    one_row(
        "assistance.fund-overdrawn",
        "assistance.fund_entry",
        "entry_no",
        {"balance": yuan(-500)},
        {"balance": yuan(0)},
        "支付后的结余",
    )
    one_row(
        "assistance.donation-not-entered",
        "assistance.donation",
        "donation_no",
        lambda s, r: {"entered": r["amount"] - yuan(100)},
        lambda s, r: {"donor_kind": "组织"},
        "捐赠纳入资金",
    )
    one_row(
        "assistance.transfer-late",
        "assistance.fund_entry",
        "entry_no",
        lambda s, r: _transfer(s, 12, 1, 2),
        lambda s, r: _transfer(s, 6, 1, 25),
        "上级拨款迟到",
    )
    one_row(
        "assistance.skills-not-demanded",
        profile,
        "person",
        {"demanded": False},
        {"demanded": False, "ability": "无"},
        "技能不合需求",
    )
    one_row(
        "assistance.skills-outdated",
        profile,
        "person",
        lambda s, r: {"skills_updated_on": s.day(10, 8, -4)},
        lambda s, r: {"skills_updated_on": s.day(12, 8, -3)},
        "技能更新已久",
    )
    one_row(
        "assistance.job-not-fair",
        "assistance.job_opportunity",
        "job_no",
        {"fair": False},
        {"fair": None, "fair_checked_on": None},
        "岗位公平审查",
    )
    one_row(
        "assistance.case-without-visit",
        "assistance.casework",
        "certificate",
        _own_case,
        _closed_case,
        "个案没有家访",
    )
    one_row(
        "assistance.case-without-own-part",
        "assistance.casework",
        "certificate",
        lambda s, r: {**_visited(s, r), "own_part": None},
        lambda s, r: {**_own_case(s, r), "own_part": None, "closed_on": s.day(11, 5)},
        "计划没有自助事项",
    )
    one_row(
        "assistance.member-not-assessed-first",
        "assistance.group_member",
        "person",
        lambda s, r: {**stranger(s), "first_contact": False, "session": 2},
        lambda s, r: stranger(s),
        "首次评估",
    )
    one_row(
        "assistance.goal-not-reviewed",
        "assistance.plan_goal",
        "person",
        lambda s, r: {**stranger(s), "reviewed_on": None, "rating_review": None},
        lambda s, r: {**stranger(s), "reviewed_on": None, "rating_review": None, "review_due_on": s.as_of},
        "目标复评",
    )
    one_row(
        "assistance.worker-untrained",
        "assistance.worker",
        "name",
        {},
        lambda s, r: {"left_on": s.day(6, 30)},
        "没有社会工作方法培训",
    )
    one_row(
        "assistance.conflict-unsettled",
        "assistance.conflict",
        "conflict_no",
        lambda s, r: {"settled_on": None, "result": None, "found_on": s.day(3, 9)},
        lambda s, r: {"settled_on": None, "result": None, "found_on": s.day(12, 3)},
        "矛盾未化解",
    )


def stranger(site: Site) -> Row:
    name, person, _ = site.stranger()
    return {"name": name, "person": person}


def _own_case(site: Site, row: Row) -> Row:
    """A certificate and a head that stand in no other case."""
    return {**stranger(site), "certificate": site.number("DBG")}


def _closed_case(site: Site, row: Row) -> Row:
    return {**_own_case(site, row), "closed_on": site.day(11, 5)}


def _visited(site: Site, row: Row) -> Row:
    changes = _own_case(site, row)
    records.add(site, "assistance.home_visit", case_no=row["case_no"], **changes)
    return changes


def _transfer(site: Site, month: int, expected: int, came: int) -> Row:
    return {
        "on": site.day(month, came),
        "kind": "上级拨款",
        "income": yuan(5000),
        "expense": None,
        "expected_on": site.day(month, expected),
        "month": site.month(month),
        "purpose": "低保资金",
    }


_population()
_assistance()
