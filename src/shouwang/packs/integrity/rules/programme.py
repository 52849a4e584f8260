"""The programme itself: who does what, who found whose risk points, what was signed (S3-07, S3-20, S3-23)."""

from __future__ import annotations

import ibis

from shouwang.packs.integrity.rules.points import POINT, in_post, is_leader, kept
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

TASK = {"integrity.programme_task": "task_no"}


@rule(
    "integrity.task-without-responsible",
    "廉政任务没有分工或责任人",
    severity=Severity.LOW,
    subject="record",
    seeds=["S3-07", "S3-17"],
    reads=TASK,
    needs={"integrity.programme_task": ("section", "name")},
    remedy="逐项明确分工科室和责任人",
    risk_point="integrity.passive-prevention",
    looks_alike="分工和责任人都写明",
)
def task_without_responsible(t: Tables, p: ParameterView) -> Hits:
    """A task of the programme without a section that does it or a person who answers for it."""
    rows = t.programme_task
    return hits(
        rows,
        where=absent(rows.section) | absent(rows.name),
        subject=rows.task_no,
        name=rows.task,
        on=rows.due_on,
        because="任务{task_no}“{task}”：分工{section}，责任人{name}",
    )


@rule(
    "integrity.task-overdue",
    "廉政任务逾期未完成",
    severity=Severity.LOW,
    subject="record",
    seeds=["S3-07"],
    reads=TASK,
    needs={"integrity.programme_task": ("due_on", "done_on")},
    remedy="督促责任人完成，说明原因",
    risk_point="integrity.passive-prevention",
    looks_alike="期限当日完成；期限未到",
)
def task_overdue(t: Tables, p: ParameterView) -> Hits:
    """Done later than its time, or not done although the time has passed."""
    rows = t.programme_task
    until = ibis.coalesce(rows.done_on, ibis.literal(p.as_of))
    return hits(
        rows,
        where=(until > rows.due_on).fill_null(False),
        subject=rows.task_no,
        name=rows.name,
        on=rows.due_on,
        because="任务{task_no}“{task}”应于{due_on}完成，完成日期：{done_on}，责任人{name}",
    )


@rule(
    "integrity.finder-not-named",
    "他人查找的风险点没有写明是谁提出",
    severity=Severity.LOW,
    subject="record",
    seeds=["S3-20", "S3-51"],
    reads=POINT,
    needs={"integrity.risk_point": ("found_by", "found_by_whom")},
    remedy="补记提出人",
    risk_point="integrity.passive-prevention",
    looks_alike="自己找的不需要提出人；提出人是上级、下级或班子成员",
)
def finder_not_named(t: Tables, p: ParameterView) -> Hits:
    """Found by superior, subordinate or peer, but nobody is named, or the one who has the point."""
    rows = t.risk_point
    by_others = mentions(rows.found_by, "上级", "下级", "互找", "互查")
    oneself = (rows.found_by_whom == rows.name).fill_null(False)
    return hits(
        rows,
        where=by_others & (absent(rows.found_by_whom) | oneself),
        subject=rows.point_no,
        name=rows.name,
        because="{point_no}{name}“{risk}”由{found_by}，提出人：{found_by_whom}",
    )


@rule(
    "integrity.found-only-by-oneself",
    "领导的风险点全是自己找的",
    severity=Severity.LOW,
    subject="person",
    seeds=["S3-20"],
    reads={"integrity.staff": None, "integrity.risk_point": None},
    needs={"integrity.risk_point": ("found_by",)},
    remedy="组织上级找、下级找、班子互找",
    risk_point="integrity.passive-prevention",
    looks_alike="至少一条由他人提出（筛除的也算）；科长、科员；没有风险点的领导另有规则",
)
def found_only_by_oneself(t: Tables, p: ParameterView) -> Hits:
    """A division-level leader in post whose risk points nobody else has ever added to."""
    leaders = t.staff.filter(in_post(t.staff) & is_leader(t.staff))
    by_others = t.risk_point.filter(mentions(t.risk_point.found_by, "上级", "下级", "互找", "互查", "群众"))
    own = t.risk_point.filter(kept(t.risk_point)).select("ref_risk_point", "name", "point_no")
    rows = leaders.anti_join(by_others, "name").join(own, "name")
    return hits(
        rows,
        subject=ibis.coalesce(rows.staff_no, rows.name),
        name=rows.name,
        because="{post}{name}的{n}条风险点都是自己找的，没有上级、下级或班子成员提出的",
    )


@rule(
    "integrity.commitment-unsigned",
    "公开承诺没有签字",
    severity=Severity.LOW,
    subject="person",
    seeds=["S3-23"],
    reads={"integrity.commitment": None},
    needs={"integrity.commitment": ("signed_on",)},
    remedy="由本人签字确认",
    risk_point="integrity.passive-prevention",
    looks_alike="已签字、尚未公示的另有规则",
)
def commitment_unsigned(t: Tables, p: ParameterView) -> Hits:
    """A line of a leader's commitment table without a day of signing."""
    rows = t.commitment
    return hits(
        rows,
        where=rows.signed_on.isnull(),
        subject=rows.name,
        name=rows.name,
        because="{post}{name}有{n}条公开承诺没有签字",
    )
