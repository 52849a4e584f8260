"""A project is not an activity: what makes one, and what is only called so (S4-12, S4-13, S4-28, S4-61)."""

from __future__ import annotations

import ibis
import pyarrow as pa

from shouwang.packs.culture.rules.projects import begun, called_off, closed
from shouwang.risk.expressions import days_between, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

PROJECT = {"culture.project": "project_no"}
STAGES = ("调查", "策划", "申报", "执行", "结束")
"""The stages that evaluation runs through (S4-28, S4-65); the last one is that of the outcome."""


@rule(
    "culture.project-traits-missing",
    "不具备项目的特征",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-61"],
    reads=PROJECT,
    needs={"culture.project": ("serves", "approved_on", "ended_on")},
    remedy="写明服务对象、审批和起止时间，达不到的按活动登记",
    risk_point="culture.plans-weak",
    looks_alike="三项齐全；已取消的项目；目标和方法不明的另有规则",
)
def project_traits_missing(t: Tables, p: ParameterView) -> Hits:
    """Of the five traits one is missing: a specific object, systematic management, an end in time.

    The other two, goal orientation and open methods, are asked by ``culture.no-goal`` and
    ``culture.plan-too-simple``.
    """
    rows = t.project
    missing = ibis.literal("")
    for word, lacks in (
        ("服务对象", absent(rows.serves)),
        ("审批", rows.approved_on.isnull()),
        ("结束时间", rows.ended_on.isnull()),
    ):
        missing = missing + ibis.ifelse(lacks, ibis.literal(f"“{word}”"), ibis.literal(""))
    return hits(
        rows,
        where=~called_off(rows) & (missing != ""),
        subject=rows.project_no,
        name=rows.title,
        on=rows.started_on,
        facts={"missing": missing},
        because="{title}（{project_no}）没有{missing}，不具备项目的特征",
    )


@rule(
    "culture.project-is-activity",
    "名为项目、实为一次活动",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-12", "S4-13"],
    reads=PROJECT,
    uses=["culture.project_days"],
    remedy="按活动登记，不占项目经费；确为项目的补长期目标和计划",
    risk_point="culture.plans-weak",
    looks_alike="恰好达到天数；没有填写结束日期",
)
def project_is_activity(t: Tables, p: ParameterView) -> Hits:
    """Begun and ended within fewer days than the office asks of a project, both days counted."""
    rows = t.project
    days = days_between(rows.ended_on, rows.started_on) + 1
    return hits(
        rows,
        where=begun(rows, p) & ((days > 0) & (days < p["culture.project_days"])).fill_null(False),
        subject=rows.project_no,
        name=rows.title,
        on=rows.started_on,
        facts={"days": days},
        because="{title}（{project_no}）{started_on}至{ended_on}，只有{days}天",
    )


@rule(
    "culture.stage-not-evaluated",
    "结项项目缺一个阶段的评估",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-28", "S4-65"],
    reads={**PROJECT, "culture.evaluation": "project_no"},
    remedy="补做过程评估和结果评估",
    risk_point="culture.evaluation",
    looks_alike="五个阶段各评估过一次；没有结项",
)
def stage_not_evaluated(t: Tables, p: ParameterView) -> Hits:
    """A closed project lacks the evaluation of one of the five stages, process and outcome."""
    stages = pa.table({"wanted": pa.array(list(STAGES), pa.string())})
    projects = t.project.filter(closed(t.project))
    wanted = projects.cross_join(ibis.memtable(stages, schema=ibis.schema({"wanted": "string"})))
    done = t.evaluation.select(of="project_no", stage="stage")
    found = wanted.anti_join(done, [wanted.project_no == done.of, same_text(done.stage, wanted.wanted)])
    return hits(
        found,
        subject=found.project_no,
        name=found.title,
        on=found.ended_on,
        because="{title}（{project_no}）没有{wanted}阶段的评估",
    )
