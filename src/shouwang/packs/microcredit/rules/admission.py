"""Admission to a loan: documents, three bodies, public notice, training, refusal (S5-09 … S5-35)."""

from __future__ import annotations

from itertools import pairwise

import ibis
from ibis.expr import types as ir

from shouwang.packs.microcredit.rules.common import granted, turned_down
from shouwang.risk.expressions import mentions, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

APPLICATION = {"microcredit.application": "application_no"}


def passed_course(result: ir.StringValue) -> ir.BooleanValue:
    """Whether a course result says passed (合格、及格、通过 …) and not the contrary."""
    return mentions(result, "合格", "及格", "通过", "优", "良") & ~mentions(result, "不", "未", "无")


@rule(
    "microcredit.no-certificate",
    "缺再就业优惠证即获批",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-23", "S5-46"],
    reads=APPLICATION,
    needs={"microcredit.application": ("certificate",)},
    remedy="补交再就业优惠证；没有的，取消担保并收回贷款",
    risk_point="microcredit.false-documents",
    looks_alike="材料不全但已不批准的申请",
)
def no_certificate(t: Tables, p: ParameterView) -> Hits:
    """Granted without the number of a re-employment preference certificate."""
    rows = t.application
    return hits(
        rows,
        where=granted(rows) & absent(rows.certificate),
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        because="{name}的申请{application_no}缺再就业优惠证，已批准{approved}元",
    )


@rule(
    "microcredit.no-licence",
    "缺营业执照、税务登记又无非正规就业证明即获批",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-24", "S5-48"],
    reads=APPLICATION,
    needs={"microcredit.application": ("licence", "tax_registration", "informal_proof")},
    remedy="补交营业执照和税务登记，或非正规就业劳动组织证明",
    risk_point="microcredit.false-documents",
    looks_alike="没有执照但有非正规就业劳动组织证明的，材料齐全",
)
def no_licence(t: Tables, p: ParameterView) -> Hits:
    """Granted with neither licence and tax registration nor the proof of informal employment."""
    rows = t.application
    registered = ~absent(rows.licence) & ~absent(rows.tax_registration)
    return hits(
        rows,
        where=granted(rows) & ~registered & absent(rows.informal_proof),
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        because="{name}的申请{application_no}营业执照：{licence}，税务登记：{tax_registration}，"
        "也没有非正规就业劳动组织证明，已批准{approved}元",
    )


@rule(
    "microcredit.no-premises",
    "缺经营场地证明即获批",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-25", "S5-47"],
    reads=APPLICATION,
    needs={"microcredit.application": ("premises_proof",)},
    remedy="补交经营场地证明或租用场地合同",
    risk_point="microcredit.false-documents",
    looks_alike="以租赁合同代替场地证明的",
)
def no_premises(t: Tables, p: ParameterView) -> Hits:
    """Granted without proof of business premises or a lease."""
    rows = t.application
    return hits(
        rows,
        where=granted(rows) & absent(rows.premises_proof),
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        because="{name}的申请{application_no}缺经营场地证明，已批准{approved}元",
    )


@rule(
    "microcredit.one-person-two-bodies",
    "一人在两个机构签批",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S5-09"],
    reads=APPLICATION,
    remedy="由初审、担保、银行三个机构各自的人员重新审核签批",
    risk_point="microcredit.favour-loan",
    looks_alike="推荐人又走访借款人；两个机构的经办人不同",
)
def one_person_two_bodies(t: Tables, p: ParameterView) -> Hits:
    """One name signed for two of agency, guarantor and bank on one application."""
    rows = t.application
    agency, guarantor, bank = rows.prescreened_by, rows.guaranteed_by, rows.approved_by
    twice = ibis.cases(
        ((agency == guarantor).fill_null(False), agency),
        ((agency == bank).fill_null(False), agency),
        ((guarantor == bank).fill_null(False), guarantor),
        else_=ibis.null("string"),
    )
    return hits(
        rows,
        where=twice.notnull(),
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        facts={"twice": twice},
        mask={"twice": "name"},
        because="{name}的申请{application_no}由{twice}一人在两个机构签批"
        "（初审{prescreened_by}、担保{guaranteed_by}、银行{approved_by}）",
    )


@rule(
    "microcredit.no-public-notice",
    "未经公示或公示未满即担保",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-31"],
    reads=APPLICATION,
    needs={"microcredit.application": ("notice_from",)},
    remedy="补行公示，期间有异议的重新审核",
    risk_point="microcredit.favour-loan",
    looks_alike="公示期满次日担保；最后没有批准的申请",
)
def no_public_notice(t: Tables, p: ParameterView) -> Hits:
    """Guaranteed without a notice, or on a day when the notice had not ended."""
    rows = t.application
    ends = ibis.coalesce(rows.notice_to, rows.notice_from)
    secured = granted(rows) | (rows.guaranteed_on.notnull() & ~turned_down(rows))
    too_early = (rows.guaranteed_on <= ends).fill_null(False)
    return hits(
        rows,
        where=secured & (ends.isnull() | too_early),
        subject=rows.application_no,
        name=rows.name,
        on=rows.guaranteed_on,
        amount=rows.approved,
        because="{name}的申请{application_no}于{guaranteed_on}担保，公示自{notice_from}至{notice_to}",
    )


@rule(
    "microcredit.no-training",
    "未经创业培训合格即获贷款",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-27", "S5-81"],
    reads={"microcredit.application": "person", "microcredit.training": "person"},
    needs={"microcredit.training": ("result",)},
    remedy="补训并考核，不合格的不再续贷",
    risk_point="microcredit.business-fails",
    looks_alike="申请前一天培训合格结业",
)
def no_training(t: Tables, p: ParameterView) -> Hits:
    """Granted, and no passed course completed before the day of application."""
    applied = t.application.filter(granted(t.application) & t.application.applied_on.notnull())
    courses = t.training
    passed = courses.filter(
        (courses.result == "合格").fill_null(False)
        | (courses.result.isnull() & ~absent(courses.certificate_no))
    ).select("person", "completed_on")
    rows = applied.anti_join(
        passed, [applied.person == passed.person, passed.completed_on < applied.applied_on]
    )
    return hits(
        rows,
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        because="{name}{applied_on}申请（{application_no}）并获批{approved}元，此前没有创业培训合格结业记录",
    )


@rule(
    "microcredit.purpose-outside-list",
    "贷款用途不在微利项目目录",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-51", "S8-22"],
    reads={"microcredit.application": "application_no", "microcredit.micro_profit_item": None},
    remedy="不在目录的不予贷款，已放的停止贴息并收回",
    risk_point="microcredit.restricted-use",
    looks_alike="不在目录而已不批准的申请；目录项目的全称与简称",
)
def purpose_outside_list(t: Tables, p: ParameterView) -> Hits:
    """Granted for a project that no item of the catalogue names."""
    applied = t.application.filter(granted(t.application) & ~absent(t.application.project))
    listed = t.micro_profit_item.select(item="name").distinct()
    rows = applied.anti_join(listed, same_text(applied.project, listed.item))
    return hits(
        rows,
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        because="{name}的申请{application_no}经营“{project}”，不在微利项目目录，已批准{approved}元",
    )


@rule(
    "microcredit.refused-without-reason",
    "不批准未说明理由",
    severity=Severity.LOW,
    subject="record",
    seeds=["S5-33", "S5-58"],
    reads=APPLICATION,
    needs={"microcredit.application": ("refusal_reason",)},
    remedy="补记不批准的理由并告知申请人",
    risk_point="microcredit.threshold-too-high",
    looks_alike="仍在办理、没有结果的申请",
)
def refused_without_reason(t: Tables, p: ParameterView) -> Hits:
    """Refused with no reason on record."""
    rows = t.application
    return hits(
        rows,
        where=turned_down(rows) & ~mentions(rows.result, "放弃", "撤回") & absent(rows.refusal_reason),
        subject=rows.application_no,
        name=rows.name,
        on=rows.applied_on,
        because="{name}的申请{application_no}不批准，没有记录理由",
    )


@rule(
    "microcredit.false-materials-guaranteed",
    "材料不实仍予担保",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S5-65", "S5-26"],
    reads=APPLICATION,
    needs={"microcredit.application": ("check_result",)},
    remedy="撤销担保，公示欺诈行为，收回贷款",
    risk_point="microcredit.false-documents",
    looks_alike="材料不实而没有担保的申请",
)
def false_materials_guaranteed(t: Tables, p: ParameterView) -> Hits:
    """The check found false documents and guarantee was given all the same."""
    rows = t.application
    return hits(
        rows,
        where=mentions(rows.check_result, "不实", "不真实", "虚假", "伪造")
        & (rows.guaranteed_on.notnull() | granted(rows)),
        subject=rows.application_no,
        name=rows.name,
        on=rows.guaranteed_on,
        amount=rows.approved,
        because="{name}的申请{application_no}真实性审查为不实，{guaranteed_on}仍予担保",
    )


@rule(
    "microcredit.no-commitment",
    "获批未签创建信用社区承诺书",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-35", "S5-20"],
    reads=APPLICATION,
    needs={"microcredit.application": ("commitment",)},
    remedy="补签承诺书",
    risk_point="microcredit.wilful-default",
    looks_alike="未获批的申请不必签",
)
def no_commitment(t: Tables, p: ParameterView) -> Hits:
    """Granted and the commitment letter is not signed."""
    rows = t.application
    unsigned = absent(rows.commitment) | mentions(rows.commitment, "未", "否", "无")
    return hits(
        rows,
        where=granted(rows) & unsigned,
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        because="{name}的申请{application_no}已批准，没有签创建信用社区承诺书",
    )


@rule(
    "microcredit.steps-out-of-order",
    "贷款审批缺步骤或倒置",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-25"],
    reads=APPLICATION,
    needs={"microcredit.application": ("prescreened_on", "guaranteed_on", "approved_on")},
    remedy="查明缺失或倒置的步骤，补办或追究责任",
    risk_point="microcredit.favour-loan",
    looks_alike="同一天完成两步",
)
def steps_out_of_order(t: Tables, p: ParameterView) -> Hits:
    """Granted with a step undated, or dated before the step that precedes it."""
    rows = t.application
    steps = [rows.applied_on, rows.prescreened_on, rows.guaranteed_on, rows.approved_on]
    wrong = ibis.literal(False)
    for earlier, later in pairwise(steps):
        wrong = wrong | (later < earlier).fill_null(False)
    for step in steps[1:]:
        wrong = wrong | step.isnull()
    return hits(
        rows,
        where=granted(rows) & wrong,
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        because="{name}的申请{application_no}：申请{applied_on}、初审{prescreened_on}、"
        "担保{guaranteed_on}、银行审批{approved_on}，缺步骤或先后倒置",
    )


@rule(
    "microcredit.refused-by-bank",
    "符合政策条件而银行不批准",
    severity=Severity.LOW,
    subject="record",
    seeds=["S8-40"],
    reads=APPLICATION,
    remedy="提交联席会议，协调政策条件与银行审查标准",
    risk_point="microcredit.policy-mismatch",
    looks_alike="担保机构审核前就不批准的；申请人自己放弃的",
)
def refused_by_bank(t: Tables, p: ParameterView) -> Hits:
    """Passed agency and guarantor, then refused by the bank."""
    rows = t.application
    gave_up = mentions(rows.refusal_reason, "放弃")
    return hits(
        rows,
        where=turned_down(rows)
        & ~mentions(rows.result, "放弃", "撤回")
        & rows.guaranteed_on.notnull()
        & ~gave_up,
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.asked,
        because="{name}的申请{application_no}已于{guaranteed_on}承诺担保，银行不批准，原因：{refusal_reason}",
    )


@rule(
    "microcredit.refused-only-for-purpose",
    "仅因不属微利项目被拒",
    severity=Severity.LOW,
    subject="record",
    seeds=["S8-52"],
    reads=APPLICATION,
    needs={"microcredit.application": ("refusal_reason",)},
    remedy="列出有效益、有前景的项目，建议扩大目录",
    risk_point="microcredit.restricted-use",
    looks_alike="因材料、征信等其他原因不批准的",
)
def refused_only_for_purpose(t: Tables, p: ParameterView) -> Hits:
    """Refused with the sole reason that the project is not a micro-profit one."""
    rows = t.application
    reason = mentions(rows.refusal_reason, "微利", "目录")
    other = mentions(rows.refusal_reason, "材料", "征信", "偿还", "不可行", "放弃")
    return hits(
        rows,
        where=turned_down(rows) & reason & ~other,
        subject=rows.application_no,
        name=rows.name,
        on=rows.applied_on,
        amount=rows.asked,
        because="{name}的申请{application_no}经营“{project}”，仅因{refusal_reason}未获批",
    )
