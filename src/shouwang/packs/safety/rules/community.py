"""Who runs the safety community, and how it is judged (S7-01 … S7-05, S7-21, S7-45, S7-53, S7-60)."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import pyarrow as pa
from ibis.expr import types as ir

from shouwang.packs.safety.models.community import BODIES
from shouwang.risk.expressions import mentions, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

POST: dict[str, None] = {"safety.post": None}
PROJECT: dict[str, None] = {"safety.promotion_project": None}


def listed(words: Sequence[str], column: str) -> ir.Table:
    """The words as a table of one column."""
    table = pa.table({column: pa.array(list(words), pa.string())})
    return ibis.memtable(table, schema=ibis.schema({column: "string"}))


def serving(post: ir.Table, p: ParameterView) -> ir.BooleanValue:
    """In post on the day of the scan."""
    return (post.since.isnull() | (post.since <= p.as_of)) & (post.until.isnull() | (post.until >= p.as_of))


def finished(project: ir.Table, p: ParameterView) -> ir.Table:
    """Promotion projects that have ended by the day of the scan."""
    return project.filter((project.finished_on <= p.as_of).fill_null(False))


@rule(
    "safety.body-missing",
    "安全社区机构不全",
    severity=Severity.LOW,
    subject="division",
    seeds=["S7-22"],
    reads=POST,
    remedy="设立促进委员会、领导小组、工作组和办公室，明确职责",
    risk_point="safety.prevention-lax",
    looks_alike="每个机构至少一人在任；机构名称写得更长",
)
def body_missing(t: Tables, p: ParameterView) -> Hits:
    """One of committee, leading group, work groups and office has nobody in post."""
    rows = t.post.mutate(place=t.post.division.fill_null(""))
    places = rows.group_by("place").aggregate(division=rows.division.max(), ref_post=rows.ref_post.min())
    wanted = places.cross_join(listed(list(BODIES), "wanted"))
    there = rows.filter(serving(rows, p)).select("place", "body").distinct()
    found = wanted.anti_join(there, [wanted.place == there.place, wanted.wanted == there.body])
    return hits(
        found,
        subject=found.wanted,
        name=found.wanted,
        key=found.place,
        because="{division}的安全社区{wanted}没有在任人员",
    )


@rule(
    "safety.office-director-wrong",
    "促委会办公室主任不是分管安全的领导",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S7-05"],
    reads=POST,
    needs={"safety.post": ("position",)},
    remedy="由分管安全的副镇长（副主任）兼任办公室主任",
    risk_point="safety.prevention-lax",
    looks_alike="分管安全的副镇长、副主任；办公室副主任；已离任",
)
def office_director_wrong(t: Tables, p: ParameterView) -> Hits:
    """The director of the office is not the deputy head of the town who is in charge of safety."""
    rows = t.post
    director = mentions(rows.body, "办公室") & (rows.post == "主任").fill_null(False)
    in_charge = mentions(rows.position, "副") & mentions(rows.position, "安全", "安监", "应急")
    return hits(
        rows,
        where=director & serving(rows, p) & ~in_charge,
        subject=rows.name,
        name=rows.name,
        on=rows.since,
        because="{body}{post}{name}的行政职务是“{position}”，不是分管安全的副职领导",
    )


@rule(
    "safety.model-heading-missing",
    "工作模式要点没有落实",
    severity=Severity.LOW,
    subject="division",
    seeds=["S7-45"],
    reads={"safety.model_check": None},
    uses=["safety.model_headings"],
    remedy="逐项落实并留存佐证",
    risk_point="safety.prevention-lax",
    looks_alike="曾经没有落实、后来落实的；写得更长的要点",
)
def model_heading_missing(t: Tables, p: ParameterView) -> Hits:
    """One of the six headings of the work model has no check that says it is met."""
    rows = t.model_check.mutate(place=t.model_check.division.fill_null(""))
    places = rows.group_by("place").aggregate(
        division=rows.division.max(), ref_model_check=rows.ref_model_check.min()
    )
    wanted = places.cross_join(listed(p["safety.model_headings"], "wanted"))
    met = rows.filter(rows.met.fill_null(False)).select("place", "heading").distinct()
    found = wanted.anti_join(met, [wanted.place == met.place, same_text(met.heading, wanted.wanted)])
    return hits(
        found,
        subject=found.wanted,
        name=found.wanted,
        key=found.place,
        because="{division}的工作模式“{wanted}”没有落实的检查记录",
    )


@rule(
    "safety.element-not-judged",
    "促进项目没有逐项对照基本要素",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-21"],
    reads={**PROJECT, "safety.element_check": None},
    uses=["safety.elements"],
    remedy="补做缺少的要素对照",
    risk_point="safety.projects-formal",
    looks_alike="仍在实施的项目；要素名称写得更长或更短；不适用而写明不符合的另有规则",
)
def element_not_judged(t: Tables, p: ParameterView) -> Hits:
    """A finished project lacks the judgement on one of the elements that the office's file lists."""
    projects = finished(t.promotion_project, p)
    wanted = projects.cross_join(listed(p["safety.elements"], "wanted"))
    judged = t.element_check.filter(t.element_check.met.notnull()).select(of="project_no", element="element")
    found = wanted.anti_join(
        judged, [wanted.project_no == judged.of, same_text(judged.element, wanted.wanted)]
    )
    return hits(
        found,
        subject=found.project_no,
        name=found.title,
        on=found.finished_on,
        because="促进项目“{title}”（{project_no}）没有对照{n}项要素：{wanted}",
    )


@rule(
    "safety.project-not-evaluated",
    "促进项目没有按现场评定标准评定",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-53"],
    reads={**PROJECT, "safety.site_evaluation": None},
    remedy="按现场评定标准逐项评定",
    risk_point="safety.projects-formal",
    looks_alike="仍在实施的项目；评定过一项",
)
def project_not_evaluated(t: Tables, p: ParameterView) -> Hits:
    """A finished project that no row of the on-site evaluation names."""
    projects = finished(t.promotion_project, p)
    found = projects.anti_join(t.site_evaluation, "project_no")
    return hits(
        found,
        subject=found.project_no,
        name=found.title,
        on=found.finished_on,
        because="促进项目“{title}”（{project_no}）{finished_on}结束，没有现场评定记录",
    )


@rule(
    "safety.score-above-full",
    "现场评定得分高于标准分",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-53"],
    reads={"safety.site_evaluation": None},
    needs={"safety.site_evaluation": ("full",)},
    remedy="核对打分表",
    risk_point="safety.projects-formal",
    looks_alike="恰得满分；没有标准分的项目",
)
def score_above_full(t: Tables, p: ParameterView) -> Hits:
    """More was given for an item than the standard allows, or less than nothing."""
    rows = t.site_evaluation
    return hits(
        rows,
        where=((rows.score > rows.full) | (rows.score < 0)).fill_null(False),
        subject=rows.item,
        name=rows.item,
        on=rows.evaluated_on,
        key=ibis.coalesce(rows.project_no, ibis.literal("")) + " " + rows.standard,
        because="《{standard}》“{item}”标准分{full}，评定得分{score}（项目{project_no}）",
    )


@rule(
    "safety.status-goal-missed",
    "没有按目标日期达到省级安全社区",
    severity=Severity.LOW,
    subject="division",
    seeds=["S7-60", "S7-43"],
    reads={"safety.acceptance": None},
    uses=["safety.status_goal"],
    remedy="对照评定标准补缺，申请评定验收",
    risk_point="safety.prevention-lax",
    looks_alike="目标日期当天验收；目标日期未到；国家级验收",
)
def status_goal_missed(t: Tables, p: ParameterView) -> Hits:
    """The day of the goal has passed, and no acceptance at provincial or national level came by then."""
    goal = p["safety.status_goal"]
    rows = t.acceptance.mutate(place=t.acceptance.division.fill_null(""))
    places = rows.group_by("place").aggregate(
        division=rows.division.max(), latest=rows.applied_on.max(), ref_acceptance=rows.ref_acceptance.min()
    )
    reached = mentions(rows.level, "省", "国家") & (rows.accepted_on <= goal).fill_null(False)
    found = places.anti_join(rows.filter(reached), "place")
    passed = p.as_of > goal
    return hits(
        found,
        where=ibis.literal(passed),
        subject=ibis.coalesce(found.division, ibis.literal("安全社区")),
        name=found.division,
        on=ibis.literal(goal),
        facts={"goal": ibis.literal(goal)},
        because="{division}应于{goal}前达到省级安全社区，最近一次申请{latest}，没有按期验收",
    )
