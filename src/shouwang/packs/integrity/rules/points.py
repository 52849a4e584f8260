"""Risk points, staff, commitments: three lines of control, everyone takes part (S3-21 … S3-24, S3-46 …)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import mentions, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

POINT = {"integrity.risk_point": "point_no"}


def kept(point: ir.Table) -> ir.BooleanValue:
    """Not screened out."""
    return ~mentions(point.screening, "筛除", "删除", "不采用", "合并")


def in_post(staff: ir.Table) -> ir.BooleanValue:
    """On duty: the state says so, or says nothing and no day of leaving is given."""
    said = mentions(staff.state, "在岗", "在职", "正常") & ~mentions(
        staff.state, "不在", "离", "退", "未", "调", "否"
    )
    return said | (absent(staff.state) & staff.left_on.isnull())


def is_leader(staff: ir.Table) -> ir.BooleanValue:
    """A division-level leader by rank, or where no rank is given by post (S3-02, S3-03)."""
    by_rank = mentions(staff.rank, "处级", "处职", "县处")
    by_post = mentions(staff.post, "工委书记", "工委副书记", "办事处主任", "办事处副主任") | staff.post.isin(
        ["书记", "主任", "副书记", "副主任"]
    ).fill_null(False)
    return by_rank | (absent(staff.rank) & by_post)


@rule(
    "integrity.control-line-missing",
    "风险点缺少一道防线",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S3-50", "S3-47"],
    reads=POINT,
    needs={"integrity.risk_point": ("education", "institution", "supervision")},
    remedy="补齐教育、制度、监督三类措施",
    risk_point="integrity.passive-prevention",
    looks_alike="措施写得简短但三类齐全；已筛除的风险点",
)
def control_line_missing(t: Tables, p: ParameterView) -> Hits:
    """One of education, constraint by system and supervision is not filled in."""
    rows = t.risk_point
    lines = {"教育": rows.education, "制度": rows.institution, "监督": rows.supervision}
    missing = ibis.literal("")
    for word, line in lines.items():
        missing = missing + ibis.ifelse(absent(line), ibis.literal(word), ibis.literal(""))
    return hits(
        rows,
        where=kept(rows) & (missing != ""),
        subject=rows.point_no,
        name=rows.name,
        facts={"missing": missing},
        because="{point_no}{name}“{risk}”缺{missing}措施",
    )


@rule(
    "integrity.staff-without-risk-point",
    "干部未查找风险点",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S3-46"],
    reads={"integrity.staff": None, "integrity.risk_point": None},
    remedy="结合岗位职责查找风险点",
    risk_point="integrity.passive-prevention",
    looks_alike="已退休、调离的干部",
)
def staff_without_risk_point(t: Tables, p: ParameterView) -> Hits:
    """In post, and no risk point is in this name."""
    staff = t.staff.filter(in_post(t.staff))
    rows = staff.anti_join(t.risk_point, "name")
    return hits(
        rows,
        subject=ibis.coalesce(rows.staff_no, rows.name),
        name=rows.name,
        on=rows.since,
        because="{section}{post}{name}没有一条廉政风险点",
    )


@rule(
    "integrity.step-without-risk-point",
    "权力运行环节没有风险评估",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S3-47", "S3-09"],
    reads={"integrity.power_step": None, "integrity.risk_point": None},
    remedy="评估该环节的风险并制定措施",
    risk_point="integrity.passive-prevention",
    looks_alike="风险点中的环节名称写得更长或更短",
)
def step_without_risk_point(t: Tables, p: ParameterView) -> Hits:
    """A step of power that no kept risk point names."""
    steps = t.power_step.filter(~absent(t.power_step.step))
    points = t.risk_point.filter(kept(t.risk_point) & ~absent(t.risk_point.step)).select(covered="step")
    rows = steps.anti_join(
        points, same_text(steps.step, points.covered) | same_text(steps.matter, points.covered)
    )
    return hits(
        rows,
        subject=rows.step_no,
        name=rows.step,
        because="{matter}的环节“{step}”（{post}）没有风险点",
    )


@rule(
    "integrity.measure-not-accepted",
    "防范措施未经审查通过",
    severity=Severity.LOW,
    subject="record",
    seeds=["S3-48"],
    reads=POINT,
    needs={"integrity.risk_point": ("measure_review",)},
    remedy="审查措施的针对性、操作性、实用性",
    risk_point="integrity.passive-prevention",
    looks_alike="审查通过；已筛除的风险点",
)
def measure_not_accepted(t: Tables, p: ParameterView) -> Hits:
    """No reviewer marked the measures as targeted, operable and practical."""
    rows = t.risk_point
    passed = mentions(rows.measure_review, "通过", "合格", "同意") & ~mentions(
        rows.measure_review, "不", "未"
    )
    return hits(
        rows,
        where=kept(rows) & ~passed,
        subject=rows.point_no,
        name=rows.name,
        because="{point_no}{name}“{risk}”的措施审查：{measure_review}",
    )


@rule(
    "integrity.screened-out-without-reason",
    "筛除风险点没有理由",
    severity=Severity.LOW,
    subject="record",
    seeds=["S3-21"],
    reads=POINT,
    needs={"integrity.risk_point": ("screening", "screening_reason")},
    remedy="补记筛除理由",
    risk_point="integrity.passive-prevention",
    looks_alike="保留的风险点",
)
def screened_out_without_reason(t: Tables, p: ParameterView) -> Hits:
    """A rejected risk point that does not say why."""
    rows = t.risk_point
    return hits(
        rows,
        where=~kept(rows) & absent(rows.screening_reason),
        subject=rows.point_no,
        name=rows.name,
        because="{point_no}{name}“{risk}”被筛除，没有理由",
    )


@rule(
    "integrity.not-tied-to-duty",
    "风险点未结合岗位职责",
    severity=Severity.LOW,
    subject="record",
    seeds=["S3-49"],
    reads=POINT,
    needs={"integrity.risk_point": ("duty",)},
    remedy="写明对应的中心工作和岗位职责",
    risk_point="integrity.passive-prevention",
    looks_alike="已写明职责",
)
def not_tied_to_duty(t: Tables, p: ParameterView) -> Hits:
    """A kept risk point that names no duty of the post."""
    rows = t.risk_point
    return hits(
        rows,
        where=kept(rows) & absent(rows.duty),
        subject=rows.point_no,
        name=rows.name,
        because="{point_no}{name}“{risk}”没有写明对应的岗位职责",
    )


@rule(
    "integrity.leader-without-commitment",
    "处级领导没有公开承诺",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S3-12", "S3-23"],
    reads={"integrity.staff": None, "integrity.commitment": None},
    remedy="填写公开承诺对照表并签字",
    risk_point="integrity.passive-prevention",
    looks_alike="科长、科员；已离岗的领导",
)
def leader_without_commitment(t: Tables, p: ParameterView) -> Hits:
    """A division-level leader in post whose name is not in the commitment table."""
    leaders = t.staff.filter(in_post(t.staff) & is_leader(t.staff))
    rows = leaders.anti_join(t.commitment, "name")
    return hits(
        rows,
        subject=ibis.coalesce(rows.staff_no, rows.name),
        name=rows.name,
        because="{post}{name}没有公开承诺",
    )


@rule(
    "integrity.commitment-not-public",
    "公开承诺未公示",
    severity=Severity.LOW,
    subject="person",
    seeds=["S3-24", "S3-54"],
    reads={"integrity.commitment": None},
    needs={"integrity.commitment": ("published_on",)},
    remedy="以展板形式向群众公示",
    risk_point="integrity.passive-prevention",
    looks_alike="已公示",
)
def commitment_not_public(t: Tables, p: ParameterView) -> Hits:
    """A signed commitment that was not shown to the public."""
    rows = t.commitment
    return hits(
        rows,
        where=rows.published_on.isnull(),
        subject=rows.name,
        name=rows.name,
        on=rows.signed_on,
        because="{post}{name}的{n}条公开承诺没有公示",
    )
