"""Projects as run: budget, handlers, openness, evaluation (S4-16, S4-26, S4-47 … S4-50, S4-56 … S4-59)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

PROJECT = {"culture.project": "project_no"}
BOTH = {"culture.project": "project_no", "culture.spending": "project_no"}


def closed(project: ir.Table) -> ir.BooleanValue:
    """Closed: its state says so."""
    return mentions(project.state, "结项", "结题", "完成", "结束", "办结") & ~mentions(project.state, "未")


def called_off(project: ir.Table) -> ir.BooleanValue:
    """Never carried out."""
    return mentions(project.state, "取消", "终止", "中止", "未开展", "未启动", "待实施", "已立项")


def begun(project: ir.Table, p: ParameterView) -> ir.BooleanValue:
    """Carried out: begun by the day of the scan and not called off, or said to be running or closed."""
    said = closed(project) | mentions(project.state, "进行", "实施中", "执行", "开展中", "在建")
    return ~called_off(project) & (said | (project.started_on <= p.as_of).fill_null(False))


def self_judged(project: ir.Table) -> ir.BooleanValue:
    """Judged by its own people only."""
    own = mentions(project.evaluation_method, "自评", "自我", "自查", "总结")
    return own | mentions(project.evaluating_body, "自评", "本单位", "本组织")


def one_of(names: ir.StringValue, name: ir.StringValue) -> ir.BooleanValue:
    """Whether a list of names (甲、乙) holds exactly this name."""
    listed = "、" + names.re_replace("[,，;；/ ]+", "、") + "、"
    return listed.contains("、" + name + "、").fill_null(False)


@rule(
    "culture.over-budget",
    "项目超预算",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-16", "S4-50"],
    reads=BOTH,
    needs={"culture.project": ("budget",)},
    remedy="查明超支原因，超出部分不予报销",
    risk_point="culture.covert-dealing",
    looks_alike="支出恰等于预算",
)
def over_budget(t: Tables, p: ParameterView) -> Hits:
    """All spending of a project is more than its budget."""
    spending = t.spending.select("project_no", "amount", "ref_spending")
    projects = t.project.select(
        "project_no", "title", "organisation", "budget", "started_on", "division", "ref_project"
    )
    both = projects.join(spending, "project_no")
    both = both.mutate(spent=both.amount.sum().over(ibis.window(group_by="ref_project")))
    over = both.spent.cast("decimal(18, 2)") - both.budget
    return hits(
        both,
        where=(over > 0).fill_null(False),
        subject=both.project_no,
        name=both.title,
        on=both.started_on,
        facts={"over": over},
        because="{title}（{project_no}，{organisation}）预算{budget}元，支出{n}笔共{spent}元，超{over}元",
    )


@rule(
    "culture.spending-without-handler",
    "支出无经手人",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-50"],
    reads={"culture.spending": "project_no"},
    needs={"culture.spending": ("handler",)},
    remedy="补经手人签字，说明去向",
    risk_point="culture.covert-dealing",
    looks_alike="经手人写在备注里",
)
def spending_without_handler(t: Tables, p: ParameterView) -> Hits:
    """Nobody is named who spent it, not even in the remark."""
    rows = t.spending
    in_note = mentions(rows.note, "经手", "经办", "报销人")
    return hits(
        rows,
        where=absent(rows.handler) & ~in_note,
        subject=ibis.coalesce(rows.spending_no, rows.project_no),
        name=rows.payee,
        on=rows.spent_on,
        amount=rows.amount,
        key=rows.spent_on.cast("string") + " " + rows.amount.cast("string"),
        because="项目{project_no}，{spent_on}支出{item}{amount}元付{payee}，没有经手人",
    )


@rule(
    "culture.spending-without-project",
    "支出没有对应的项目",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-50"],
    reads=BOTH,
    remedy="查明资金用途，不属项目的收回",
    risk_point="culture.covert-dealing",
    looks_alike="项目编号写法相同的支出",
)
def spending_without_project(t: Tables, p: ParameterView) -> Hits:
    """Spent under the number of a project that the register does not have."""
    rows = t.spending.anti_join(t.project, "project_no")
    return hits(
        rows,
        subject=rows.project_no,
        on=rows.spent_on,
        amount=rows.amount,
        because="项目台账中没有{project_no}，却支出{n}笔共{amount.sum}元",
    )


@rule(
    "culture.project-not-public",
    "项目信息未公开",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-47", "S4-48"],
    reads=PROJECT,
    needs={"culture.project": ("published_on",)},
    remedy="公开项目的活动、资金和过程",
    risk_point="culture.not-open",
    looks_alike="开始当日公示；尚未开展或已取消的项目",
)
def project_not_public(t: Tables, p: ParameterView) -> Hits:
    """Carried out, and never published."""
    rows = t.project
    return hits(
        rows,
        where=begun(rows, p) & rows.published_on.isnull(),
        subject=rows.project_no,
        name=rows.title,
        on=rows.started_on,
        because="{title}（{project_no}，{organisation}）{started_on}开始，没有公示",
    )


@rule(
    "culture.published-after-start",
    "项目开始之后才公开",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-47"],
    reads=PROJECT,
    remedy="开始之前公开",
    risk_point="culture.not-open",
    looks_alike="开始当日公示",
)
def published_after_start(t: Tables, p: ParameterView) -> Hits:
    """Published later than the day it began."""
    rows = t.project
    return hits(
        rows,
        where=(rows.published_on > rows.started_on).fill_null(False),
        subject=rows.project_no,
        name=rows.title,
        on=rows.published_on,
        because="{title}（{project_no}）{started_on}开始，{published_on}才公示",
    )


@rule(
    "culture.hidden-from-residents",
    "已有支出而居民看不到的项目",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-49"],
    reads=BOTH,
    needs={"culture.project": ("published_on",)},
    remedy="向居民公开该项目的支出",
    risk_point="culture.not-open",
    looks_alike="已公开的项目",
)
def hidden_from_residents(t: Tables, p: ParameterView) -> Hits:
    """What the organiser has recorded and residents can't see: spending of a project not published."""
    hidden = t.project.filter(t.project.published_on.isnull()).select(
        "project_no", "title", "division", "ref_project"
    )
    rows = hidden.join(t.spending.select("project_no", "amount", "spent_on", "ref_spending"), "project_no")
    return hits(
        rows,
        subject=rows.project_no,
        name=rows.title,
        on=rows.spent_on,
        amount=rows.amount,
        because="{title}（{project_no}）没有公开，已支出{n}笔共{amount.sum}元",
    )


@rule(
    "culture.evaluator-is-organiser",
    "评估人即承办人",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S4-59", "S4-57"],
    reads=PROJECT,
    remedy="由独立的第三方重新评估",
    risk_point="culture.evaluation",
    looks_alike="同姓而不是同一人；名称相近的评估机构",
)
def evaluator_is_organiser(t: Tables, p: ParameterView) -> Hits:
    """The evaluating body is the carrier, or an evaluator is the project's leader."""
    rows = t.project
    body, organisation = rows.evaluating_body.strip(), rows.organisation.strip()
    same_body = (body == organisation) | (
        (organisation.length() >= 4) & body.startswith(organisation) & (organisation != "")
    )
    same_person = one_of(rows.evaluator, rows.leader) | one_of(rows.evaluating_body, rows.leader)
    return hits(
        rows,
        where=same_body.fill_null(False) | same_person,
        subject=rows.project_no,
        name=rows.title,
        on=rows.evaluated_on,
        because="{title}（{project_no}）由{organisation}承办、{leader}负责，评估单位{evaluating_body}、评估人{evaluator}",
    )


@rule(
    "culture.evaluator-in-team",
    "评估人是项目团队成员",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S4-59"],
    reads={"culture.evaluation": "project_no", "culture.team_member": "project_no"},
    remedy="更换评估人",
    risk_point="culture.evaluation",
    looks_alike="社工自评；其他项目的成员",
)
def evaluator_in_team(t: Tables, p: ParameterView) -> Hits:
    """Somebody of the team sits as a third-party evaluator of the same project."""
    outside = t.evaluation.filter(~mentions(t.evaluation.evaluator_kind, "自评"))
    team = t.team_member.select("project_no", "name", "post", "ref_team_member")
    rows = outside.join(team, [outside.project_no == team.project_no, outside.evaluator == team.name])
    return hits(
        rows,
        subject=rows.project_no,
        name=rows.evaluator,
        on=rows.evaluated_on,
        key=rows.evaluator,
        because="项目{project_no}的{evaluator_kind}评估人{evaluator}是项目团队的{post}",
    )


@rule(
    "culture.no-third-party",
    "结项无第三方评估",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-57", "S4-72", "S4-26"],
    reads=PROJECT,
    needs={"culture.project": ("evaluating_body",)},
    remedy="由专家、居民代表、资深社工组成评估小组评审",
    risk_point="culture.evaluation",
    looks_alike="尚在进行、未到评估时间",
)
def no_third_party(t: Tables, p: ParameterView) -> Hits:
    """Closed without an evaluating body, or only judged by its own people."""
    rows = t.project
    return hits(
        rows,
        where=closed(rows) & (absent(rows.evaluating_body) | self_judged(rows)),
        subject=rows.project_no,
        name=rows.title,
        on=rows.ended_on,
        because="{title}（{project_no}）{state}，评估单位：{evaluating_body}，评估方式：{evaluation_method}",
    )


@rule(
    "culture.only-self-summary",
    "只有自我总结，没有量化评估",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-56"],
    reads=PROJECT,
    needs={"culture.project": ("evaluation_method", "score")},
    remedy="制定量化评估指标",
    risk_point="culture.evaluation",
    looks_alike="自评而有得分；第三方评估",
)
def only_self_summary(t: Tables, p: ParameterView) -> Hits:
    """Closed on a self-summary without any score."""
    rows = t.project
    return hits(
        rows,
        where=closed(rows) & self_judged(rows) & rows.score.isnull(),
        subject=rows.project_no,
        name=rows.title,
        on=rows.evaluated_on,
        because="{title}（{project_no}）只有{evaluation_method}，没有评估得分",
    )
