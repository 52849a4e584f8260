"""Lawful rows of dibao's work around the roster: applications, cases, groups, fund, jobs, volunteers."""

from __future__ import annotations

import datetime as dt

from shouwang.synth import vocabulary as words
from shouwang.synth.settings import STANDARD
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row


def _poor(site: Site) -> Row:
    """Certificate, name and ID of a head on the roster, drawn with replacement."""
    table = site.table("assistance.recipient")
    row = table.base.row(site.any(0, table.base.height - 1), named=True)
    return {"certificate": row["certificate"], "name": row["name"], "person": row["person"]}


def applicant(site: Site) -> Row:
    """An application by somebody from outside the roster, assessed with evidence and refused."""
    name, person, _ = site.stranger()
    day = site.day(site.any(1, 10), site.any(1, 28))
    return {
        "application_no": site.number("SQB"),
        "person": person,
        "name": name,
        "persons": 2,
        "category": "三类",
        "applied_on": day,
        "accepted_on": day + dt.timedelta(days=1),
        "household_income": yuan(STANDARD * 3),
        "assessed_on": day + dt.timedelta(days=12),
        "basis": site.number("核对报告"),
        "result": "不批准",
        "reason": "人均收入不低于标准",
    }


def casework(site: Site) -> Row:
    """An open case whose plan has a part of the household's own; a home visit goes with it."""
    return {
        "case_no": site.number("GA"),
        **_poor(site),
        "opened_on": site.day(2, site.any(1, 28)),
        "closed_on": None,
        "worker": site.staff["desk"][0],
        "difficulties": "缺乏技能",
        "goals": "半年内就业",
        "own_part": "每周参加一次技能培训",
    }


def home_visit(site: Site) -> Row:
    """A visit to a household on the roster."""
    return {
        "case_no": None,
        **_poor(site),
        "visited_on": site.day(site.any(3, 12), site.any(1, 28)),
        "worker": site.staff["desk"][0],
        "difficulties": "缺乏技能",
        "material_help": "米、油",
        "emotional_help": "谈心",
        "capability": yuan(site.any(2, 5)),
    }


def community_work(site: Site) -> Row:
    """A piece of community work."""
    return {
        "work_no": site.number("SQG"),
        "title": "就业指导讲座",
        "held_on": site.day(site.any(1, 12), site.any(1, 28)),
        "model": "社会策划",
        "form": "职业技能培训",
        "plan": "全年四期",
        "reached": site.any(8, 40),
        "worker": site.staff["desk"][0],
    }


def conflict(site: Site) -> Row:
    """A conflict settled within a week."""
    day = site.day(site.any(1, 10), site.any(1, 20))
    return {
        "conflict_no": site.number("MD"),
        "found_on": day,
        "parties": "邻里双方",
        "content": "对补差金额有疑问",
        "worker": site.staff["desk"][0],
        "settled_on": day + dt.timedelta(days=6),
        "result": "已解释清楚",
    }


def donation(site: Site) -> Row:
    """A donation that went into the fund whole."""
    amount = yuan(site.any(5, 90) * 100)
    day = site.day(site.any(1, 11), site.any(1, 25))
    return {
        "donation_no": site.number("JZ"),
        "donated_on": day,
        "donor": site.person_name(True),
        "donor_kind": "个人",
        "amount": amount,
        "entered": amount,
        "entered_on": day + dt.timedelta(days=3),
        "handler": site.staff["desk"][1],
    }


def fund_entry(site: Site) -> Row:
    """An expense of the fund that is the allowance itself."""
    return {
        "entry_no": site.number("PZ"),
        "on": site.day(site.any(1, 12), 10),
        "kind": "低保金支出",
        "income": None,
        "expense": yuan(site.any(10, 90) * 100),
        "balance": None,
        "month": None,
        "expected_on": None,
        "counterparty": "代发银行",
        "purpose": "发放低保金",
    }


def group_session(site: Site) -> Row:
    """A meeting of a self-help group."""
    return {
        "group_no": site.number("XZ"),
        "group": "就业互助小组",
        "session": 1,
        "held_on": site.day(site.any(1, 12), site.any(1, 28)),
        "planner": site.staff["desk"][0],
        "topic": "就业经验",
        "attended": site.any(4, 9),
        "content": "交流找工作的经历",
    }


def group_member(site: Site) -> Row:
    """A member assessed at the first contact."""
    poor = _poor(site)
    return {
        "group_no": site.number("XZ"),
        "name": poor["name"],
        "person": poor["person"],
        "session": 1,
        "assessed_on": site.day(site.any(1, 12), site.any(1, 28)),
        "first_contact": True,
        "behaviour": yuan(3),
        "ability": yuan(3),
        "social_function": yuan(2),
        "supports": None,
    }


def household_member(site: Site) -> Row:
    """A line of the survey of a household's means."""
    return {
        **_poor(site),
        "head": None,
        "relation": "户主",
        "ability": "有",
        "fixed_income": False,
        "working": False,
        "wage": None,
        "dependency_ratio": None,
        "surveyed_on": site.day(site.any(1, 12), site.any(1, 28)),
    }


def intervention(site: Site) -> Row:
    """An entry of the daily work."""
    poor = _poor(site)
    return {
        "item_no": site.number("GZ"),
        "done_on": site.day(site.any(1, 12), site.any(1, 28)),
        "item": "入户核查",
        "method": "个案工作",
        "certificate": poor["certificate"],
        "name": poor["name"],
        "worker": site.staff["desk"][0],
        "department": "街道民政科",
    }


def job_opportunity(site: Site) -> Row:
    """A job checked for fairness before anybody was sent to it."""
    day = site.day(site.any(1, 10), site.any(1, 20))
    return {
        "job_no": site.number("GW"),
        "title": site.one(words.POSTS),
        "employer": site.one(site.employers)[0],
        "source": "企业申报",
        "places": site.any(1, 5),
        "wage": yuan(site.any(36, 60) * 100),
        "posted_on": day,
        "terms": "身体健康",
        "fair_checked_on": day + dt.timedelta(days=2),
        "fair": True,
        "person": None,
        "name": None,
        "matched_on": None,
        "phone": site.phone(),
    }


def linked_benefit(site: Site) -> Row:
    """A benefit that comes with dibao."""
    return {
        **_poor(site),
        "kind": site.one(("医疗", "教育", "住房")),
        "amount": yuan(site.any(2, 20) * 100),
        "since_on": site.day(1, 1),
        "until_on": None,
        "department": "医疗保障局",
    }


def non_applicant(site: Site) -> Row:
    """A household that did not know of the policy."""
    name, person, _ = site.stranger()
    return {
        "person": person,
        "name": name,
        "asked_on": site.day(site.any(1, 12), site.any(1, 28)),
        "reason": "不了解政策",
        "worker": site.staff["desk"][0],
        "result": "已发放宣传单",
    }


def plan_goal(site: Site) -> Row:
    """A goal reviewed on the day it was due."""
    day = site.day(site.any(1, 5), site.any(1, 20))
    due = day + dt.timedelta(days=180)
    return {
        **_poor(site),
        "kind": "能力",
        "goal": site.number("学会家政技能"),
        "set_on": day,
        "rating_start": yuan(2),
        "review_due_on": due,
        "reviewed_on": due,
        "rating_review": yuan(4),
    }


def poor_household(site: Site) -> Row:
    """A surveyed household above the line."""
    name, person, _ = site.stranger()
    persons = site.any(1, 4)
    return {
        "person": person,
        "name": name,
        "persons": persons,
        "household_income": yuan(persons * (STANDARD + 150)),
        "income_per_head": yuan(STANDARD + 150),
        "surveyed_on": site.day(site.any(1, 12), site.any(1, 28)),
        "cause": "因病",
        "address": site.name,
        "grid": site.one(site.grids),
        "phone": site.phone(),
    }


def resource(site: Site) -> Row:
    """Something given for use."""
    return {
        "resource_no": site.number("ZY"),
        "title": "爱心物资",
        "kind": "实物",
        "provider": site.one(site.employers)[0],
        "value": yuan(site.any(2, 30) * 100),
        "available_on": site.day(site.any(1, 6), 1),
    }


def volunteer(site: Site) -> Row:
    """A volunteer of the community."""
    name, person, man = site.stranger()
    return {
        "volunteer_no": site.number("ZY"),
        "name": name,
        "sex": "男" if man else "女",
        "person": person,
        "phone": site.phone(),
        "skill": site.one(("理发", "家电维修", "陪护", "法律咨询")),
        "registered_on": site.day(3, 5, -1),
    }


def volunteer_service(site: Site) -> Row:
    """A service to a household on the roster."""
    poor = _poor(site)
    return {
        "served_on": site.day(site.any(1, 12), site.any(1, 28)),
        "name": site.person_name(False),
        "phone": site.phone(),
        "certificate": poor["certificate"],
        "served_name": poor["name"],
        "content": "打扫卫生",
        "hours": yuan(2),
        "mutual": False,
    }


def profile(site: Site) -> Row:
    """The file on work of somebody from outside the roster (members have theirs already)."""
    name, person, _ = site.stranger()
    return {
        "certificate": None,
        "name": name,
        "person": person,
        "ability": "有",
        "education": "高中",
        "skills": "家政服务",
        "skills_updated_on": site.day(5, 10),
        "demanded": True,
        "attitude": "积极",
        "target_job": "就近就业",
        "filed_on": site.day(5, 10),
    }


def worker(site: Site) -> Row:
    """Somebody who works on dibao; :func:`build` sees to the training."""
    return {
        "name": site.official(),
        "person": None,
        "post": "低保工作人员",
        "full_time": True,
        "from_recipients": False,
        "appointed_on": site.day(5, 1, -3),
        "left_on": None,
        "certificate_no": None,
        "phone": site.phone(),
    }


def train(site: Site, name: str, result: str = "合格") -> None:
    """Add a training in social work methods."""
    site.add(
        "office.training",
        line="社会救助",
        name=name,
        trained_on=site.day(site.any(1, 12), site.any(1, 28)),
        topic="个案工作方法",
        kind="个案工作",
        hours=yuan(16),
        result=result,
    )


def build(site: Site) -> None:
    """What hangs together: visits of open cases, trained workers, the fund and its forecast."""
    for case in site.table("assistance.casework").own:
        row = home_visit(site) | {k: case[k] for k in ("case_no", "certificate", "name", "person")}
        site.add("assistance.home_visit", **row)
    for row in site.table("assistance.worker").own:
        train(site, row["name"])
    fund(site, site.division, yuan(500_000))


def fund(site: Site, division: str, balance: object) -> None:
    """Transfers on the day expected, a written balance, and a forecast of 150,000 yuan a month."""
    for month in (1, 4, 7, 10):
        day = site.day(month, 2)
        row = fund_entry(site) | {"on": day, "kind": "上级拨款", "income": yuan(300_000), "expense": None}
        row |= {
            "expected_on": day,
            "month": site.month(month),
            "counterparty": "县财政局",
            "purpose": "低保资金",
        }
        site.add("assistance.fund_entry", **{**row, "division": division})
    last = fund_entry(site) | {"on": site.day(12, 30), "balance": balance}
    site.add("assistance.fund_entry", **{**last, "division": division})
    for month in (13, 14, 15):
        site.add(
            "assistance.fund_forecast",
            month=site.month(month),
            expected_income=yuan(0),
            expected_payment=yuan(150_000),
            division=division,
        )


def standard(site: Site, area: str, amounts: tuple[int, int], growth: int, cost: int, **more: object) -> None:
    """Two standards of an area, the year's growth of income, and its cost of basic living."""
    for years, amount in ((-1, amounts[0]), (0, amounts[1])):
        row: Row = {
            "area": area,
            "amount": yuan(amount),
            "from_on": site.day(1, 1, years),
            "until_on": None if years == 0 else site.day(12, 31, -1),
            "document": site.number("民发"),
            "authorities": "民政局、财政局",
            "basis": "基本生活必需品支出测算",
            "living_cost": yuan(cost),
        }
        site.add("assistance.standard", **{**row, **(more if years == 0 else {}), "division": None})
    site.add(
        "assistance.economic_indicator",
        area=area,
        year=site.year,
        income_growth=yuan(growth),
        price_growth=yuan(2),
        living_cost=yuan(cost),
        source="统计公报",
        division=None,
    )


def town(site: Site) -> None:
    """The county's standard, and where dibao came from."""
    standard(site, words.COUNTY, (850, STANDARD), 6, 880)
    site.add(
        "assistance.phase",
        phase_no="1",
        title="全面实施",
        from_on=site.day(1, 1, -10),
        area=words.COUNTY,
        body="县人民政府",
        standard=yuan(STANDARD),
        division=None,
    )


MAKERS = {
    "assistance.applicant": applicant,
    "assistance.casework": casework,
    "assistance.home_visit": home_visit,
    "assistance.community_work": community_work,
    "assistance.conflict": conflict,
    "assistance.donation": donation,
    "assistance.fund_entry": fund_entry,
    "assistance.group_session": group_session,
    "assistance.group_member": group_member,
    "assistance.household_member": household_member,
    "assistance.intervention": intervention,
    "assistance.job_opportunity": job_opportunity,
    "assistance.linked_benefit": linked_benefit,
    "assistance.non_applicant": non_applicant,
    "assistance.plan_goal": plan_goal,
    "assistance.poor_household": poor_household,
    "assistance.resource": resource,
    "assistance.volunteer": volunteer,
    "assistance.volunteer_service": volunteer_service,
    "assistance.worker": worker,
    "assistance.employment_profile": profile,
}
