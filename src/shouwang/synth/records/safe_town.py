"""Lawful rows of how the safety community is run and judged: bodies, model, elements, surveys."""

from __future__ import annotations

from typing import Any

from shouwang.synth.site import Site
from shouwang.synth.table import Row

BODIES = ("促进委员会", "领导小组", "促进工作组")
HEADINGS = ("政府引导", "全员参与", "整体规划", "资源整合", "动态评估", "持续改进")
ELEMENTS = (
    "安全社区创建机构与职责",
    "信息交流和全员参与",
    "事故与伤害风险辨识及其评价",
    "事故与伤害预防目标及计划",
    "安全促进项目",
    "宣传教育与培训",
    "应急预案和响应",
    "监测与监督",
    "事故与伤害记录",
    "安全社区创建档案",
    "预防与纠正措施",
    "评审与持续改进",
)


def element(site: Site) -> Row:
    """A project that meets an element."""
    return {
        "project_no": site.number("CJ"),
        "element": "有组织机构",
        "met": True,
        "evidence": "档案",
        "judged_on": site.day(11, 20),
    }


def evaluation(site: Site) -> Row:
    """An item of the on-site evaluation that got the full score."""
    return {
        "standard": "省级安全社区现场评定标准",
        "project_no": site.number("CJ"),
        "item": "项目效果" + site.number(""),
        "full": 10,
        "score": 10,
        "evaluated_on": site.day(11, 28),
        "evaluator": "评定组",
    }


def post(site: Site) -> Row:
    """The director of the office, who is the deputy mayor in charge of safety."""
    return {
        "body": "促委会办公室",
        "post": "主任",
        "name": site.official(),
        "position": "分管安全的副镇长",
        "sector": None,
        "since": site.day(1, 10),
        "until": None,
    }


def bodies(site: Site, place: str | None, names: tuple[str, ...] = BODIES, **director: Any) -> Row:
    """Add the bodies of a place, each with one person; answers the director of the office."""
    for name in names:
        head: Row = {"body": name, "post": "组长", "position": "镇长", "division": place}
        site.add("safety.post", None, **post(site) | head)
    row = post(site) | director
    site.add("safety.post", None, **{**row, "division": place})
    return row


def model(site: Site, place: str | None, *, lacking: str | None = None) -> None:
    """Add the checks of the work model's headings; one of them was not met."""
    for heading in HEADINGS:
        row: Row = {"heading": heading, "met": heading != lacking, "evidence": "年度总结"}
        site.add("safety.model_check", None, **row, checked_on=site.day(6, 20), division=place)


def acceptance(site: Site) -> Row:
    """An application accepted on the day of the goal."""
    return {
        "level": "省级",
        "applied_on": site.day(2, 10),
        "applied_to": "省安监局",
        "evaluated_on": site.day(5, 20),
        "accepted_on": site.day(6, 30),
        "result": "通过",
    }


def survey(site: Site) -> Row:
    """A sample of residents, nearly all of them satisfied."""
    return {
        "surveyed_on": site.day(11, site.any(1, 28)),
        "phase": "宣传后",
        "sample": 200,
        "satisfied": 192,
        "aware": 186,
        "population": site.size,
    }


def town(site: Site) -> None:
    """The bodies of the town, its model and its acceptance."""
    bodies(site, None)
    model(site, None)
    site.add("safety.acceptance", **acceptance(site) | {"division": None})


MAKERS = {
    "safety.element_check": element,
    "safety.satisfaction_survey": survey,
    "safety.site_evaluation": evaluation,
}
