"""Approvals of housing, dibao and disability subsidies: no step skipped, only by its holder (S3-33 …)."""

from __future__ import annotations

import ibis

from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


@rule(
    "integrity.approval-step-skipped",
    "住房、补贴审批缺步骤或倒置",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-34", "S3-35", "S3-40"],
    reads={"integrity.approval": "case_no"},
    needs={"integrity.approval": ("prescreened_on", "reviewed_on")},
    remedy="补办缺失的步骤，违反程序的重新审批",
    risk_point="integrity.housing-review",
    looks_alike="同一天完成两步；没有批准的申请",
)
def approval_step_skipped(t: Tables, p: ParameterView) -> Hits:
    """Approved with the first review or the review undated, or before the step that precedes it."""
    rows = t.approval
    approved = rows.approved_on.notnull() & ~mentions(rows.result, "不", "未", "否", "退")
    missing = rows.prescreened_on.isnull() | rows.reviewed_on.isnull()
    reversed_order = (
        (rows.prescreened_on < rows.accepted_on).fill_null(False)
        | (rows.reviewed_on < rows.prescreened_on).fill_null(False)
        | (rows.approved_on < rows.reviewed_on).fill_null(False)
    )
    return hits(
        rows,
        where=approved & (missing | reversed_order),
        subject=rows.case_no,
        name=rows.name,
        on=rows.approved_on,
        because="{kind}{case_no}：受理{accepted_on}、初审{prescreened_on}、审核{reviewed_on}、审批{approved_on}",
    )


@rule(
    "integrity.approver-without-authority",
    "无审批权限的人审批",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-33", "S3-34", "S3-35"],
    reads={"integrity.approval": None, "integrity.staff": None},
    needs={"integrity.staff": ("authority",)},
    remedy="由有权限的人重新审批",
    risk_point="integrity.housing-review",
    looks_alike="权限写为“全部事项”；区级审批人不在本街道名册",
)
def approver_without_authority(t: Tables, p: ParameterView) -> Hits:
    """Approved by somebody of the roster whose authority does not name the matter."""
    staff = t.staff.select("ref_staff", "authority", "post", approver=t.staff.name)
    rows = t.approval.join(staff, t.approval.approved_by == staff.approver)
    held = (rows.authority.contains(rows.kind) | mentions(rows.authority, "全部", "所有")).fill_null(False)
    return hits(
        rows,
        where=~held,
        subject=rows.case_no,
        name=rows.name,
        on=rows.approved_on,
        mask={"approver": "name"},
        because="{kind}{case_no}由{post}{approver}审批，其审批权限：{authority}",
    )


@rule(
    "integrity.approval-by-one-person",
    "审批的两个步骤由同一人办理",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-34", "S3-35"],
    reads={"integrity.approval": "case_no"},
    remedy="分由不同人员初审、审核、审批",
    risk_point="integrity.housing-review",
    looks_alike="三个步骤的经办人不同",
)
def approval_by_one_person(t: Tables, p: ParameterView) -> Hits:
    """One name for two of first review, review and approval."""
    rows = t.approval
    twice = (
        (rows.prescreened_by == rows.reviewed_by)
        | (rows.prescreened_by == rows.approved_by)
        | (rows.reviewed_by == rows.approved_by)
    )
    return hits(
        rows,
        where=twice.fill_null(False),
        subject=rows.case_no,
        name=rows.name,
        on=rows.approved_on,
        because="{kind}{case_no}：初审{prescreened_by}、审核{reviewed_by}、审批{approved_by}",
    )


@rule(
    "integrity.aspect-not-supervised",
    "重点领域有风险点而无监督记录",
    severity=Severity.LOW,
    subject="division",
    seeds=["S3-41", "S3-42", "S3-43", "S3-44", "S3-45"],
    reads={"integrity.risk_point": None, "integrity.supervision_record": None},
    needs={"integrity.risk_point": ("aspect",)},
    remedy="对该领域开展监督检查并记录",
    risk_point="integrity.key-areas",
    looks_alike="年内监督过一次",
)
def aspect_not_supervised(t: Tables, p: ParameterView) -> Hits:
    """A focus aspect that has risk points but was not supervised in the year of the scan."""
    points = t.risk_point.filter(~absent(t.risk_point.aspect))
    done = t.supervision_record.filter(
        (t.supervision_record.supervised_on.year() == p.as_of.year)
        & (t.supervision_record.supervised_on <= p.as_of)
    )
    rows = points.anti_join(done, "aspect")
    return hits(
        rows,
        subject=rows.aspect,
        name=rows.aspect,
        key=ibis.literal(str(p.as_of.year)),
        because="重点领域“{aspect}”有{n}个风险点，今年没有监督检查记录",
    )
