"""Cases of the safety community: hidden dangers, duties, accidents, projects (S7)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shouwang.synth.plants.areas import hamlet
from shouwang.synth.plants.registry import plant
from shouwang.synth.plants.rows import days, one_row
from shouwang.synth.records import safety
from shouwang.synth.site import Site
from shouwang.synth.table import Row

HAZARD = "safety.hazard"
UNSCORED: Row = dict.fromkeys(("likelihood", "exposure", "consequence", "stated_danger"))
AT_ONCE: Row = {"at_once": True, "measures": None, "responsible": None, "deadline_on": None}


def _hazards() -> None:
    one_row(
        "safety.hazard-overdue",
        HAZARD,
        "hazard_no",
        lambda s, r: {"done_on": r["deadline_on"] + days(9), "rechecked_on": r["deadline_on"] + days(11)},
        {},
        "整改期限与完成日期",
    )
    one_row(
        "safety.hazard-not-rechecked",
        HAZARD,
        "hazard_no",
        {"rechecked_on": None, "rechecked_by": None},
        lambda s, r: {"done_on": None, "state": "整改中", "rechecked_on": None, "rechecked_by": None,
                      "deadline_on": s.as_of},
        "没有复查",
    )  # fmt: skip
    one_row(
        "safety.hazard-without-plan",
        HAZARD,
        "hazard_no",
        {"measures": None, "responsible": None},
        lambda s, r: {**AT_ONCE, "done_on": r["found_on"]},
        "没有措施和责任人",
    )
    one_row(
        "safety.at-once-not-done",
        HAZARD,
        "hazard_no",
        lambda s, r: {**AT_ONCE, "done_on": r["found_on"] + days(12)},
        lambda s, r: {**AT_ONCE, "done_on": r["found_on"] + days(1)},
        "能立即整改",
    )
    one_row(
        "safety.self-recheck",
        HAZARD,
        "hazard_no",
        lambda s, r: {"rechecked_by": r["responsible"]},
        lambda s, r: {"rechecked_by": r["responsible"] + "之子"},
        "复查人与责任人",
    )
    one_row(
        "safety.rechecked-before-done",
        HAZARD,
        "hazard_no",
        lambda s, r: {"rechecked_on": r["done_on"] - days(3)},
        lambda s, r: {"rechecked_on": r["done_on"]},
        "复查与完成日期",
    )


def _sources() -> None:
    source = "safety.hazard_source"
    one_row("safety.source-without-plan", source, "source_no", {"plan": None}, None, "没有应对方案")
    one_row(
        "safety.source-not-evaluated",
        source,
        "source_no",
        lambda s, r: {"stated_danger": r["stated_danger"] + 5},
        {"method": "专家评议", **UNSCORED},
        "危险性与评价方法",
    )
    one_row(
        "safety.lec-off-scale",
        source,
        "source_no",
        {"exposure": 4, "stated_danger": None},
        {"exposure": Decimal("0.5"), "stated_danger": None},
        "暴露频率的分值",
    )
    one_row(
        "safety.great-danger-unattended",
        source,
        "source_no",
        {**_scored(10, 6, 15), "responsible": None},
        {**_scored(3, 3, 15), "responsible": None},
        "没有管控责任人",
    )


def _scored(likelihood: int, exposure: int, consequence: int) -> Row:
    """Scores, and no danger typed."""
    scores = {"likelihood": likelihood, "exposure": exposure, "consequence": consequence}
    return {**scores, "stated_danger": None}


def _building() -> None:
    one_row(
        "safety.weak-link-unanswered",
        "safety.baseline",
        "content",
        {"answered_by": None},
        {"answered_by": None, "kind": "成绩"},
        "没有对应项目",
    )
    one_row(
        "safety.element-not-met",
        "safety.element_check",
        "project_no",
        {"met": False},
        {"met": None},
        "要素对照",
    )
    four: Row = {"response": None}
    one_row("safety.plan-one-sided", "safety.plan", "title", four, None, "没有应急部分")
    one_row(
        "safety.vulnerable-without-project",
        "safety.vulnerable_group",
        "title",
        {"project_no": None},
        None,
        "没有促进项目",
    )
    one_row(
        "safety.inspection-without-departments",
        "safety.inspection",
        "unit",
        {"departments": None},
        None,
        "没有写明检查部门",
    )


def _project(rule: str, hit: Row, near: Row, detail: str) -> None:
    """A case of one promotion project, with the stage that projects need."""

    def make(site: Site, is_near: bool) -> tuple[str, str]:
        return str(safety.staged(site, **(near if is_near else hit))["project_no"]), detail

    plant(rule)(make)


@plant("safety.project-without-scheme")
def project_without_scheme(site: Site, near: bool) -> tuple[str, str]:
    """Started two weeks before its scheme; on the day for the near miss."""
    day = site.day(3, 1 if near else 15)
    return str(safety.staged(site, scheme_on=day)["project_no"]), f"三月一日启动，方案{day}"


RUNNING: Row = {"finished_on": None, "after_value": None, "judged": None, "next_review_on": None}
_project("safety.project-without-effect", {"judged": None}, RUNNING, "没有评价")
_project("safety.project-without-next-review", {"next_review_on": None}, RUNNING, "没有后续评审")


@plant("safety.project-not-checked")
def project_not_checked(site: Site, near: bool) -> tuple[str, str]:
    """Key data that nobody checked; of a project that has not begun for the near miss."""
    later: Row = {**RUNNING, "started_on": None} if near else {}
    return str(safety.staged(site, None, **later)["project_no"]), "没有检查考核" + (
        "，尚未启动" if near else ""
    )


@plant("safety.unit-without-drill")
def unit_without_drill(site: Site, near: bool) -> tuple[str, str]:
    """No drill in the year; closed for the near miss."""
    state: Row = {"state": "已关停", "closed_on": site.day(5, 31)} if near else {}
    return str(safety.listed(site, drilled=False, **state)["unit_no"]), "全年没有演练" + (
        "，已关停" if near else ""
    )


@plant("safety.duty-missing")
def duty_missing(site: Site, near: bool) -> tuple[str, str]:
    """No rules on file; closed for the near miss."""
    state: Row = {"state": "已关停", "closed_on": site.day(5, 31)} if near else {}
    row = safety.listed(site, documents=("任务分工", "职责"), drilled=not near, **state)
    return str(row["unit_no"]), "没有制度文件" + ("，已关停" if near else "")


def category(site: Site) -> str:
    """A category of accidents that nobody else counts."""
    return f"其他{site.number('')}"


@plant("safety.control-indicator-exceeded")
def control_indicator_exceeded(site: Site, near: bool) -> tuple[str, str]:
    """Six of five allowed; five for the near miss."""
    kind = category(site)
    safety.statistic(site, hamlet(site), kind, 10, 5 if near else 6, limit=5)
    return kind, "控制指标5起，本年" + ("5" if near else "6") + "起"


@plant("safety.accidents-not-falling")
def accidents_not_falling(site: Site, near: bool) -> tuple[str, str]:
    """20 became 19; 18, which is the target, for the near miss."""
    place = hamlet(site)
    safety.statistic(site, place, "消防", 20, 18 if near else 19, injured=10)
    return f"事故起数@{place}", "20起降为" + ("18" if near else "19") + "起"


@plant("safety.injured-not-falling")
def injured_not_falling(site: Site, near: bool) -> tuple[str, str]:
    """25 became 23; 22, which is the target, for the near miss."""
    place = hamlet(site)
    safety.statistic(site, place, "消防", 10, 5, injured_before=25, injured=22 if near else 23)
    return f"伤害人数@{place}", "25人降为" + ("22" if near else "23") + "人"


@plant("safety.statistics-differ-from-detail")
def statistics_differ_from_detail(site: Site, near: bool) -> tuple[str, str]:
    """Four in the detail of the five counted; five for the near miss."""
    kind = category(site)
    safety.statistic(site, hamlet(site), kind, 8, 5, listed=5 if near else 4)
    return kind, "统计5起，明细" + ("5" if near else "4") + "起"


@plant("safety.accident-counted-twice")
def accident_counted_twice(site: Site, near: bool) -> tuple[str, str]:
    """Told by police and school; two accidents of different causes for the near miss."""
    row = safety.accident(site) | {"source": "交警中队", "division": hamlet(site)}
    other: Row = {"accident_no": site.number("SG"), "source": "学校"}
    if near:
        other |= {"cause": "追尾", "victim": site.person_name(True)}
    for one in (row, row | other):
        site.add("safety.accident", None, **one)
    return str(row["place"]), "同日同地" + ("两起" if near else "一起") + "，两个部门登记"


@plant("safety.accident-without-source", near=False)
def accident_without_source(site: Site, near: bool) -> tuple[str, str]:
    """No cause is told."""
    row = safety.accident(site) | {"cause": None, "division": hamlet(site)}
    site.add("safety.accident", None, **row)
    return str(row["accident_no"]), "没有原因"


@plant("safety.quarter-without-joint-inspection", town=True)
def quarter_without_joint_inspection(site: Site, near: bool) -> tuple[str, str]:
    """None in the third quarter; one on the last day of the second for the near miss."""
    table = site.table("safety.inspection")
    month, day = safety.QUARTERS[1 if near else 2]
    (number,) = (i for i, r in table.rows("inspected_on", site.day(month, day)) if r["kind"] == "联合大检查")
    if near:
        table.set(number, inspected_on=site.day(6, 30))
    else:
        table.drop(number)
    return f"{site.year}Q{2 if near else 3}", "联合大检查" + ("在最后一天" if near else "缺")


@plant("safety.training-out-of-order", town=True)
def training_out_of_order(site: Site, near: bool) -> tuple[str, str]:
    """The groups were trained before their leaders; everybody with the groups for the near miss."""
    table = site.table("safety.training")
    ((groups, row),) = table.rows("level", "工作组")
    if near:
        ((staff, _),) = table.rows("level", "全员")
        table.set(staff, trained_on=row["trained_on"])
        return "全员", "与工作组同日培训"
    table.set(groups, trained_on=row["trained_on"] - dt.timedelta(days=40))
    return "工作组", "先于领导小组培训"


_hazards()
_sources()
_building()
