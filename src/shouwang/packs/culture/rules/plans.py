"""Plans: of a community for the year, and of a project before it starts (S4-03, S4-36, S4-52 … S4-60)."""

from __future__ import annotations

import ibis

from shouwang.risk.areas import community_key
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

PROJECT = {"culture.project": "project_no"}


@rule(
    "culture.community-without-plan",
    "社区没有文化活动计划",
    severity=Severity.LOW,
    subject="division",
    seeds=["S4-36"],
    reads={"culture.activity": None, "culture.plan": None},
    remedy="制定系统的年度规划与安排",
    risk_point="culture.by-command",
    looks_alike="当年已有计划；计划写在街道名下的",
)
def community_without_plan(t: Tables, p: ParameterView) -> Hits:
    """A community that held activities in a year for which it has no plan."""
    held = t.activity.mutate(
        community_key=community_key(t.activity.division), of_year=t.activity.held_on.year().cast("int64")
    )
    held = held.filter(held.community_key.notnull())
    plans = t.plan.select(of=community_key(t.plan.division), plan_year="year")
    covers = (held.community_key == plans.of) | plans.of.isnull()
    rows = held.anti_join(plans, [held.of_year == plans.plan_year, covers])
    return hits(
        rows,
        subject=rows.division,
        name=rows.division,
        on=rows.held_on,
        key=rows.of_year.cast("string"),
        because="{division}{of_year}年开展活动{n}次，没有年度计划",
    )


@rule(
    "culture.community-without-officer",
    "社区没有文化活动专员",
    severity=Severity.LOW,
    subject="division",
    seeds=["S4-03"],
    reads={"culture.plan": None},
    needs={"culture.plan": ("officer",)},
    remedy="明确社区文化活动专员",
    risk_point="culture.people",
    looks_alike="已明确专员",
)
def community_without_officer(t: Tables, p: ParameterView) -> Hits:
    """The plan of a community names no culture officer."""
    rows = t.plan
    return hits(
        rows,
        where=absent(rows.officer),
        subject=ibis.coalesce(rows.division, ibis.literal("社区")),
        name=rows.division,
        key=rows["year"].cast("string"),
        because="{division}{year}年的计划没有文化活动专员",
    )


@rule(
    "culture.plan-too-simple",
    "策划内容过于简单",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-53", "S4-52", "S4-27"],
    reads=PROJECT,
    needs={"culture.project": ("needs", "methods", "risks", "evaluation_plan")},
    remedy="退回补充需求、方法、风险和评估方案",
    risk_point="culture.plans-weak",
    looks_alike="四个部分都有，只是简短",
)
def plan_too_simple(t: Tables, p: ParameterView) -> Hits:
    """A required part of the plan is missing: needs, methods, risks or evaluation."""
    rows = t.project
    missing = ibis.literal("")
    for word, part in (
        ("需求评估", rows.needs),
        ("专业方法", rows.methods),
        ("风险预测", rows.risks),
        ("评估方案", rows.evaluation_plan),
    ):
        missing = missing + ibis.ifelse(absent(part), ibis.literal(f"“{word}”"), ibis.literal(""))
    return hits(
        rows,
        where=missing != "",
        subject=rows.project_no,
        name=rows.title,
        on=rows.applied_on,
        facts={"missing": missing},
        because="{title}（{project_no}）的策划缺{missing}",
    )


@rule(
    "culture.plan-single-form",
    "策划的活动形式单一",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-54"],
    reads=PROJECT,
    needs={"culture.project": ("format",)},
    remedy="补充活动形式",
    risk_point="culture.plans-weak",
    looks_alike="写了两种以上形式",
)
def plan_single_form(t: Tables, p: ParameterView) -> Hits:
    """The plan of a project names a single form of activity."""
    rows = t.project
    several = rows.format.re_search("[、,，;；/和及]")
    return hits(
        rows,
        where=~absent(rows.format) & ~several,
        subject=rows.project_no,
        name=rows.title,
        on=rows.applied_on,
        because="{title}（{project_no}）只有一种活动形式：{format}",
    )


@rule(
    "culture.no-goal",
    "服务目标不明确",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-55"],
    reads=PROJECT,
    needs={"culture.project": ("goal",)},
    remedy="写明服务目标",
    risk_point="culture.plans-weak",
    looks_alike="目标写得简短",
)
def no_goal(t: Tables, p: ParameterView) -> Hits:
    """A project without a service goal."""
    rows = t.project
    return hits(
        rows,
        where=absent(rows.goal),
        subject=rows.project_no,
        name=rows.title,
        on=rows.started_on,
        because="{title}（{project_no}）没有服务目标",
    )


@rule(
    "culture.no-policy",
    "项目没有政策依据",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-58"],
    reads=PROJECT,
    needs={"culture.project": ("policy",)},
    remedy="补充依据文件",
    risk_point="culture.no-rules",
    looks_alike="已写明文件",
)
def no_policy(t: Tables, p: ParameterView) -> Hits:
    """No policy or rule is recorded on which the project rests."""
    rows = t.project
    return hits(
        rows,
        where=absent(rows.policy),
        subject=rows.project_no,
        name=rows.title,
        on=rows.approved_on,
        because="{title}（{project_no}）没有记录政策依据",
    )


@rule(
    "culture.no-local-features",
    "策划没有写明社区特点",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-60"],
    reads=PROJECT,
    needs={"culture.project": ("features",)},
    remedy="写明项目针对的社区特点和居民意愿",
    risk_point="culture.plans-weak",
    looks_alike="已写明",
)
def no_local_features(t: Tables, p: ParameterView) -> Hits:
    """The plan names no feature of the community that it answers."""
    rows = t.project
    return hits(
        rows,
        where=absent(rows.features),
        subject=rows.project_no,
        name=rows.title,
        on=rows.applied_on,
        because="{title}（{project_no}）没有写明针对的社区特点",
    )
