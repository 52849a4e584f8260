"""Lawful rows of the safety community: hidden dangers, units, inspections, accidents, projects."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shouwang.synth.records.safe_town import ELEMENTS, element, evaluation
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

QUARTERS = ((2, 16), (5, 18), (8, 17), (11, 15))
SOURCES = ("安监站", "交警中队", "派出所", "学校")
DOCUMENTS = ("任务分工", "职责", "制度")


def hazard(site: Site) -> Row:
    """Rectified on the last day and rechecked by somebody else."""
    day = site.day(site.any(1, 10), site.any(1, 20))
    deadline = day + dt.timedelta(days=20)
    return {
        "hazard_no": site.number("YHZ"),
        "found_on": day,
        "unit": f"{site.name}{site.serial()}号商铺",
        "description": site.one(("灭火器过期", "线路老化", "通道堵塞", "护栏松动")),
        "level": "一般",
        "at_once": False,
        "measures": "更换并登记",
        "responsible": site.person_name(True) + "经理",
        "deadline_on": deadline,
        "done_on": deadline,
        "rechecked_on": deadline + dt.timedelta(days=2),
        "rechecked_by": site.staff["desk"][0],
        "state": "已整改",
    }


def inspection(site: Site) -> Row:
    """A department's own inspection."""
    return {
        "inspected_on": site.day(site.any(1, 12), site.any(1, 28)),
        "kind": "部门检查",
        "departments": "安监站",
        "unit": f"{site.name}{site.serial()}号商铺",
        "problems": 0,
        "outcome": "未发现隐患",
    }


def drill(site: Site) -> Row:
    """A drill of a unit of its own."""
    return {
        "drilled_on": site.day(site.any(3, 11), 20),
        "unit_no": site.number("YL"),
        "unit": f"{site.name}{site.serial()}号厂",
        "kind": "消防疏散",
        "participants": site.any(20, 90),
        "organiser": "镇安监站",
        "features": "人员密集",
    }


def unit(site: Site) -> Row:
    """A unit in business; :func:`listed` gives the documents and the drill it needs."""
    return {
        "unit_no": site.number("DWZ"),
        "unit": f"{site.name}{site.serial()}号厂",
        "kind": "企业",
        "head": site.person_name(True),
        "phone": site.phone(),
        "state": "正常经营",
        "closed_on": None,
        "standardised": True,
    }


def listed(
    site: Site, *, documents: tuple[str, ...] = DOCUMENTS, drilled: bool = True, **changes: Any
) -> Row:
    """Add a unit with documents on file and a drill."""
    row = unit(site) | changes
    site.add("safety.unit", **row)
    for document in documents:
        site.add(
            "safety.duty",
            unit=row["unit"],
            document=document,
            title=f"安全{document}",
            issued_on=site.day(1, 15),
        )
    if drilled:
        site.add("safety.drill", **drill(site) | {"unit_no": row["unit_no"], "unit": row["unit"]})
    return row


def source(site: Site) -> Row:
    """A hazard source whose danger is the product of likelihood, exposure and consequence."""
    likelihood, exposure, consequence = site.one((1, 3, 6)), site.one((1, 2, 3)), site.one((3, 7, 15))
    return {
        "source_no": site.number("WX"),
        "place": f"{site.name}{site.serial()}号配电房",
        "hazard": "触电",
        "kind": "设施",
        "method": "作业条件危险性评价法",
        "likelihood": likelihood,
        "exposure": exposure,
        "consequence": consequence,
        "stated_danger": likelihood * exposure * consequence,
        "plan": "挂牌上锁，专人值守",
        "responsible": site.person_name(True),
        "identified_on": site.day(2, 20),
    }


def accident(site: Site) -> Row:
    """An accident with place and cause, told by one source."""
    return {
        "accident_no": site.number("SG"),
        "happened_on": site.day(site.any(1, 12), site.any(1, 28)),
        "category": "道路交通",
        "place": f"{site.name.removesuffix('社区')}路{site.serial()}号",
        "injured": 1,
        "killed": 0,
        "victim": site.person_name(True),
        "cause": "未按规定让行",
        "source": site.one(SOURCES),
    }


def statistic(
    site: Site, place: str, category: str, before: int, now: int, *, listed: int | None = None, **changes: Any
) -> None:
    """Add the year's figures of a category, with their accidents in the detail (or so many ``listed``).

    The four sources take turns, and the injured are shared out among the accidents.
    """
    row: Row = {
        "year": site.year,
        "category": category,
        "accidents_before": before,
        "accidents": now,
        "injured_before": before,
        "injured": now,
        "limit": before,
    }
    site.add("safety.accident_statistic", None, **{**row, **changes, "division": place})
    count = now if listed is None else listed
    least, more = divmod(changes.get("injured", now), count) if count else (0, 0)
    for k in range(count):
        told: Row = {"source": SOURCES[k % len(SOURCES)], "injured": least + (k < more)}
        site.add("safety.accident", **accident(site) | {"category": category, "division": place} | told)


def baseline(site: Site) -> Row:
    """A problem that a project answers."""
    return {
        "surveyed_on": site.day(1, site.any(5, 25)),
        "kind": "问题差距",
        "content": "楼道堆物" + site.number(""),
        "answered_by": "消防通道畅通项目",
    }


def vulnerable(site: Site) -> Row:
    """A group that a project serves."""
    return {
        "kind": site.one(("高危人群", "高风险环境", "脆弱群体")),
        "title": "独居老人" + site.number(""),
        "people": site.any(5, 60),
        "risk": "跌倒",
        "project_no": site.number("CJ"),
    }


def project(site: Site) -> Row:
    """A finished project; :func:`staged` gives the stage it needs."""
    return {
        "project_no": site.number("CJ"),
        "title": "老年人防跌倒",
        "sector": "老年人安全",
        "target_group": "脆弱群体",
        "scheme_on": site.day(2, 20),
        "started_on": site.day(3, 1),
        "finished_on": site.day(10, 30),
        "before_value": 12,
        "after_value": 7,
        "judged": "措施可行、有效",
        "next_review_on": site.day(6, 30, 1),
    }


def staged(
    site: Site,
    checked_by: str | None = "促委会办公室",
    /,
    *,
    elements: tuple[str, ...] = ELEMENTS,
    evaluated: bool = True,
    **changes: Any,
) -> Row:
    """Add a project with the key data of a stage that somebody checked, its elements and its evaluation."""
    row = project(site) | changes
    site.add("safety.promotion_project", **row)
    for name in elements:
        site.add("safety.element_check", **element(site) | {"project_no": row["project_no"], "element": name})
    if evaluated:
        site.add("safety.site_evaluation", **evaluation(site) | {"project_no": row["project_no"]})
    site.add(
        "safety.project_stage",
        project_no=row["project_no"],
        stage="实施",
        recorded_on=site.day(6, 15),
        key_data="入户安装扶手",
        checked_by=checked_by,
        outcome="合格",
    )
    return row


def plan(site: Site) -> Row:
    """An emergency plan with its four parts."""
    return {
        "title": "防汛预案" + site.number(""),
        "unit": site.name,
        "issued_on": site.day(4, 1),
        "prevention": "汛前检查排水",
        "response": "转移低洼居民",
        "normal_state": "每日巡查",
        "exceptional_state": "启动值守",
    }


def archive(site: Site) -> Row:
    """A file of the archives."""
    return {
        "archive_no": site.number("DA"),
        "kind": "安全社区档案",
        "title": "创建方案",
        "category": "组织",
        "level": "一级",
        "filed_on": site.day(3, 20),
        "step": "第一步",
        "keeper": site.staff["desk"][1],
    }


def facility(site: Site) -> Row:
    """A facility and its money."""
    return {
        "facility_no": site.number("SS"),
        "facility": "减速带",
        "place": site.name,
        "invested": yuan(3_000),
        "built_on": site.day(5, 10),
    }


def publicity(site: Site) -> Row:
    """An act of publicity."""
    return {
        "kind": "安全社区",
        "held_on": site.day(6, site.any(1, 28)),
        "topic": "安全生产月" + site.number(""),
        "audience": "居民",
        "residents": site.any(30, 120),
        "staff": "志愿者",
    }


def resource(site: Site) -> Row:
    """Somebody who can help to prevent injuries."""
    return {
        "holder": f"{site.name}{site.serial()}号卫生站",
        "kind": "医疗",
        "resource": "急救培训",
        "joint_task": "伤害监测",
    }


def build(site: Site) -> None:
    """Units and documents, drills, publicity, a project with its stages, accidents of two years."""
    for _ in range(3):
        listed(site)
        site.add("office.publicity", **publicity(site))
    staged(site)
    # Falls of exactly 10 % and 12 %, which are the targets.
    statistic(site, site.division, "道路交通", 6, 5, injured_before=15, injured=13)
    statistic(site, site.division, "消防", 4, 4, injured_before=10, injured=9)


def town(site: Site) -> None:
    """What the town does for all: a joint inspection every quarter, training by level."""
    for month, day in QUARTERS:
        row = inspection(site) | {"kind": "联合大检查", "departments": "安监站、派出所、城管科"}
        site.add(
            "safety.inspection",
            **row | {"inspected_on": site.day(month, day), "unit": None, "division": None},
        )
    for month, level in ((1, "领导小组"), (2, "工作组"), (3, "全员")):
        site.add(
            "safety.training",
            trained_on=site.day(month, 22),
            level=level,
            topic="安全社区标准",
            participants=30,
            trainer="县应急局",
            division=None,
        )


MAKERS = {
    "office.archive": archive,
    "safety.facility": facility,
    "safety.resource": resource,
    "safety.baseline": baseline,
    "safety.drill": drill,
    "safety.hazard": hazard,
    "safety.hazard_source": source,
    "safety.inspection": inspection,
    "safety.plan": plan,
    "safety.promotion_project": project,
    "safety.unit": unit,
    "safety.vulnerable_group": vulnerable,
}
