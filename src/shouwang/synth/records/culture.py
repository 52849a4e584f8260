"""Lawful rows of cultural projects: plans, money, activities, teams, outside evaluation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

FORMS = ("讲座", "书画", "合唱", "电影放映")
EVALUATOR = "云川县社会组织评估中心"
CITY_BODY = "云川市社区文化项目管理中心"
WELL: Row = dict.fromkeys(
    (
        "scale",
        "capacity",
        "legal",
        "social",
        "cultural",
        "economic",
        "gaining",
        "using",
        "coordinating",
        "playing",
    ),
    "良好",
)


def project(site: Site) -> Row:
    """A closed project with a full plan, published and judged from outside; see :func:`run`."""
    return {
        "project_no": site.number("WH"),
        "title": "邻里书画节",
        "organisation": f"{site.name}书画社",
        "leader": site.person_name(True),
        "serves": "退休居民",
        "goal": "丰富居民生活",
        "format": "讲座、展览",
        "needs": "问卷80份",
        "features": "老旧小区，退休职工多",
        "methods": "小组工作",
        "risks": "雨天改期",
        "evaluation_plan": "按过程和结果量化评分",
        "policy": "社区文化建设意见",
        "budget": yuan(6_000),
        "applied_on": site.day(1, 20),
        "approved_on": site.day(2, 10),
        "started_on": site.day(3, 1),
        "ended_on": site.day(10, 31),
        "published_on": site.day(2, 26),
        "state": "已结项",
        "evaluating_body": EVALUATOR,
        "evaluator": "评估员单",
        "evaluation_method": "问卷调查",
        "evaluated_on": site.day(11, 20),
        "score": 88,
    }


def spending(site: Site) -> Row:
    """A spending of a project with a handler; :func:`run` gives it a project that exists."""
    return {
        "spending_no": site.number("ZC"),
        "project_no": site.number("WH"),
        "spent_on": site.day(site.any(3, 10), site.any(1, 28)),
        "item": site.one(ITEMS),
        "amount": yuan(site.any(3, 9) * 100),
        "payee": f"文化用品店{site.number('')}",
        "invoice_no": site.number("FP"),
        "handler": site.person_name(False),
        "note": None,
    }


def member(site: Site) -> Row:
    """A professional social worker of a team."""
    return {
        "project_no": site.number("WH"),
        "name": site.official(),
        "post": "项目社工",
        "social_worker": True,
        "certificate_no": site.number("SGZ"),
        "dispatched": True,
        "pay": yuan(5_200),
    }


def evaluation(site: Site) -> Row:
    """A stage judged by somebody from outside."""
    return {
        "project_no": site.number("WH"),
        "stage": "结束",
        "evaluated_on": site.day(11, 20),
        "evaluator_kind": "第三方",
        "evaluator": site.official(),
        "source": site.one(("服务对象", "工作人员")),
        "goal_score": site.any(80, 95),
        "needs_score": site.any(80, 95),
        "growth_score": site.any(70, 95),
        "sample": 60,
        "satisfied": 55,
        "consequence": "下年度优先立项",
    }


def activity(site: Site) -> Row:
    """An activity with as many people as the place holds; ages add up."""
    held = site.day(site.any(3, 10), site.any(1, 28))
    return {
        "activity_no": site.number("HD"),
        "project_no": None,
        "title": "周末活动",
        "kind": site.one(("道德", "科普", "法制", "文娱体育", "精神文明")),
        "held_on": held,
        "prepared_from": held - dt.timedelta(days=29),
        "place": f"{site.name}活动室",
        "form": site.one(FORMS),
        "capacity": 60,
        "participants": 60,
        "aged_60": 30,
        "aged_18": 20,
        "aged_0": 10,
        "ordered": False,
        "planned": True,
        "published_on": held - dt.timedelta(days=7),
        "supervised_by": "居民监督小组",
        "cause": None,
    }


def plan(site: Site) -> Row:
    """The year's plan with an officer."""
    return {
        "year": site.year,
        "plan": f"{site.year}年文化活动计划",
        "issued_on": site.day(1, 10),
        "activities": 12,
        "officer": site.official(),
    }


def organisation(site: Site) -> Row:
    """A carrier rated well in everything."""
    return {
        "organisation": f"{site.name}{site.serial()}社",
        "registered": True,
        "members": site.any(12, 60),
        **WELL,
        "rated_on": site.day(2, 5),
        "phone": site.phone(),
    }


def interest_group(site: Site) -> Row:
    """A group that grew out of activities."""
    return {
        "group": f"{site.name}{site.serial()}合唱队",
        "formed_on": site.day(6, 1),
        "members": site.any(10, 30),
        "from_project": None,
        "support": "提供场地",
    }


def participation(site: Site, place: str, residents: int, regular: int) -> None:
    """Add how many of a community's residents take part regularly."""
    row: Row = {
        "year": site.year,
        "residents": residents,
        "regular": regular,
        "satisfied": 96,
        "sample": 120,
    }
    site.add("culture.participation", None, **{**row, "division": place})


ITEMS = ("材料", "讲师费")
STAGES = ("调查", "策划", "申报", "执行", "结束")


def run(
    site: Site,
    /,
    *,
    spent: int = 6_000,
    social_worker: bool = True,
    items: tuple[int, ...] = (4_000, 2_000),
    stages: tuple[str, ...] = STAGES,
    **changes: Any,
) -> Row:
    """Add a project with needs, team, budget by item, spending on each, activity and evaluation by stage."""
    row = project(site) | changes
    number = {"project_no": row["project_no"]}
    site.add("culture.project", **row)
    site.add(
        "culture.needs_assessment",
        **number,
        assessed_on=site.day(1, 12),
        method="问卷",
        respondents=80,
        needs="书画培训",
    )
    worker: Row = {} if social_worker else {"social_worker": False, "certificate_no": None}
    site.add("culture.team_member", **member(site) | number | worker)
    for item, planned in zip(ITEMS, items, strict=False):
        site.add("culture.budget_item", **number, item=item, amount=yuan(planned))
    for item, amount in zip(ITEMS, (spent - spent // 3, spent // 3), strict=True):
        if amount:
            site.add("culture.spending", **spending(site) | number | {"item": item, "amount": yuan(amount)})
    site.add("culture.activity", **activity(site) | number)
    for stage in stages:
        site.add("culture.evaluation", **evaluation(site) | number | {"stage": stage})
    return row


def body(site: Site) -> Row:
    """A branch in a district of the body of the city."""
    return {
        "body": f"第{site.number('')}项目管理分中心",
        "level": "区县",
        "above": CITY_BODY,
        "system": "民政",
        "set_up_on": site.day(3, 1, -2),
        "abolished_on": None,
    }


def town(site: Site) -> None:
    """The body of the city that manages projects, and its branch."""
    above: Row = {"body": CITY_BODY, "level": "市", "above": None}
    for row in (body(site) | above, body(site)):
        site.add("culture.management_body", **row | {"division": None})


def build(site: Site) -> None:
    """The community's plan, a project, participation a little above the share observed."""
    site.add("culture.plan", **plan(site))
    row = run(site)
    site.add(
        "culture.special_fund",
        fund_no=site.number("WZ"),
        source="区文化专项资金",
        amount=yuan(6_000),
        received_on=site.day(2, 20),
        project_no=row["project_no"],
        use="项目经费",
        balance=yuan(0),
    )
    for form in FORMS[:2]:
        site.add("culture.activity", **activity(site) | {"form": form})
    participation(site, site.division, site.size, site.size // 20 + 1)


MAKERS = {
    "culture.activity": activity,
    "culture.evaluation": evaluation,
    "culture.management_body": body,
    "culture.interest_group": interest_group,
    "culture.organisation": organisation,
    "culture.plan": plan,
    "culture.project": project,
    "culture.spending": spending,
    "culture.team_member": member,
}
