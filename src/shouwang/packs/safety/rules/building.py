"""The building of the safety community: baseline, projects, plans (S7-21, S7-30 … S7-32, S7-46 … S7-52)."""

from __future__ import annotations

from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

PROJECT: dict[str, None] = {"safety.promotion_project": None}


@rule(
    "safety.weak-link-unanswered",
    "基线调查的问题没有对应计划",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S7-46"],
    reads={"safety.baseline": None},
    needs={"safety.baseline": ("answered_by",)},
    remedy="制定计划或促进项目",
    risk_point="safety.weak-links",
    looks_alike="成绩、惯例等不是问题的条目；已有对应项目",
)
def weak_link_unanswered(t: Tables, p: ParameterView) -> Hits:
    """A problem of the baseline survey that no plan or project answers."""
    rows = t.baseline
    return hits(
        rows,
        where=mentions(rows.kind, "问题", "差距", "薄弱") & absent(rows.answered_by),
        subject=rows.content,
        on=rows.surveyed_on,
        because="基线调查（{surveyed_on}）的问题“{content}”没有对应计划或项目",
    )


@rule(
    "safety.project-without-scheme",
    "促进项目先实施后定方案",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-30"],
    reads=PROJECT,
    needs={"safety.promotion_project": ("scheme_on", "started_on")},
    remedy="补制定实施方案",
    risk_point="safety.projects-formal",
    looks_alike="方案当日启动；尚未启动",
)
def project_without_scheme(t: Tables, p: ParameterView) -> Hits:
    """Started without an implementation scheme, or before it."""
    rows = t.promotion_project
    early = rows.scheme_on.isnull() | (rows.started_on < rows.scheme_on)
    return hits(
        rows,
        where=rows.started_on.notnull() & early,
        subject=rows.project_no,
        name=rows.title,
        on=rows.started_on,
        because="促进项目“{title}”（{project_no}）{started_on}启动，实施方案：{scheme_on}",
    )


@rule(
    "safety.project-without-effect",
    "促进项目结束没有前后比较和评价",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S7-32", "S7-53"],
    reads=PROJECT,
    needs={"safety.promotion_project": ("before_value", "after_value", "judged")},
    remedy="与实施前比较，评价措施是否可行、适用、有效",
    risk_point="safety.projects-formal",
    looks_alike="仍在实施的项目",
)
def project_without_effect(t: Tables, p: ParameterView) -> Hits:
    """Finished, and the state before and after or the judgement is lacking."""
    rows = t.promotion_project
    lacking = rows.before_value.isnull() | rows.after_value.isnull() | absent(rows.judged)
    return hits(
        rows,
        where=(rows.finished_on <= p.as_of).fill_null(False) & lacking,
        subject=rows.project_no,
        name=rows.title,
        on=rows.finished_on,
        because="促进项目“{title}”（{project_no}）已结束，实施前{before_value}，实施后{after_value}，评价：{judged}",
    )


@rule(
    "safety.project-without-next-review",
    "促进项目结束后没有后续评审",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-70"],
    reads=PROJECT,
    needs={"safety.promotion_project": ("next_review_on",)},
    remedy="安排后续评审，持续改进",
    risk_point="safety.projects-formal",
    looks_alike="已安排评审日期",
)
def project_without_next_review(t: Tables, p: ParameterView) -> Hits:
    """Finished, and no following review is planned: the work has a start and no end."""
    rows = t.promotion_project
    return hits(
        rows,
        where=(rows.finished_on <= p.as_of).fill_null(False) & rows.next_review_on.isnull(),
        subject=rows.project_no,
        name=rows.title,
        on=rows.finished_on,
        because="促进项目“{title}”（{project_no}）{finished_on}结束，没有安排后续评审",
    )


@rule(
    "safety.project-not-checked",
    "促进项目没有检查考核或关键数据",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-52", "S7-31"],
    reads={**PROJECT, "safety.project_stage": None},
    remedy="按阶段记录关键数据并检查考核",
    risk_point="safety.projects-formal",
    looks_alike="至少有一次带关键数据的检查；尚未启动",
)
def project_not_checked(t: Tables, p: ParameterView) -> Hits:
    """Started, and no stage has both key data and a check."""
    rows = t.promotion_project.filter((t.promotion_project.started_on <= p.as_of).fill_null(False))
    checked = t.project_stage.filter(~absent(t.project_stage.checked_by) & ~absent(t.project_stage.key_data))
    found = rows.anti_join(checked, "project_no")
    return hits(
        found,
        subject=found.project_no,
        name=found.title,
        on=found.started_on,
        because="促进项目“{title}”（{project_no}）没有带关键数据的检查考核记录",
    )


@rule(
    "safety.element-not-met",
    "促进项目不符合基本要素",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-21"],
    reads={"safety.element_check": None},
    remedy="按要素补充完善",
    risk_point="safety.projects-formal",
    looks_alike="符合；尚未对照",
)
def element_not_met(t: Tables, p: ParameterView) -> Hits:
    """A project was judged not to meet one of the elements."""
    rows = t.element_check
    return hits(
        rows,
        where=(~rows.met).fill_null(False),
        subject=rows.project_no,
        on=rows.judged_on,
        because="促进项目{project_no}不符合{n}项要素：{element}",
    )


@rule(
    "safety.plan-one-sided",
    "应急预案缺少预防或应急、常态或非常态部分",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-51"],
    reads={"safety.plan": None},
    needs={"safety.plan": ("prevention", "response", "normal_state", "exceptional_state")},
    remedy="补齐四个部分",
    risk_point="safety.weak-links",
    looks_alike="四个部分齐全",
)
def plan_one_sided(t: Tables, p: ParameterView) -> Hits:
    """A plan without one of prevention, response, normal state, exceptional state."""
    rows = t.plan
    lacking = (
        absent(rows.prevention)
        | absent(rows.response)
        | absent(rows.normal_state)
        | absent(rows.exceptional_state)
    )
    return hits(
        rows,
        where=lacking,
        subject=rows.title,
        name=rows.unit,
        on=rows.issued_on,
        key=rows.unit,
        because="{unit}“{title}”：预防{prevention}，应急{response}，常态{normal_state}，非常态{exceptional_state}",
    )


@rule(
    "safety.vulnerable-without-project",
    "两高一脆弱没有促进项目",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-13", "S7-29"],
    reads={"safety.vulnerable_group": None},
    needs={"safety.vulnerable_group": ("project_no",)},
    remedy="针对该人群或环境确定促进项目",
    risk_point="safety.weak-links",
    looks_alike="已有促进项目",
)
def vulnerable_without_project(t: Tables, p: ParameterView) -> Hits:
    """A high-risk group, high-risk environment or vulnerable group that no project serves."""
    rows = t.vulnerable_group
    return hits(
        rows,
        where=absent(rows.project_no),
        subject=rows.title,
        name=rows.title,
        key=rows.kind,
        because="{kind}“{title}”没有促进项目",
    )
