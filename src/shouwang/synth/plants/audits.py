"""Cases of one row in the ledgers of review, audit, supervision and cases, and around the loans."""

from __future__ import annotations

from shouwang.synth import records
from shouwang.synth.plants.rows import days, one_row, stranger
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row


def _insurance() -> None:
    paid, complaint, audit = "insurance.benefit_payment", "insurance.complaint", "insurance.audit"
    one_row(
        "insurance.benefit-without-kind",
        paid,
        "payment_no",
        {"kind": None},
        {"kind": None, "paid_on": None, "reviewer": None, "reviewed_on": None},
        "待遇支付没有险种",
    )
    one_row(
        "insurance.benefit-not-reviewed",
        paid,
        "payment_no",
        {"reviewer": None, "reviewed_on": None},
        lambda s, r: {"reviewed_on": r["paid_on"]},
        "待遇支付复核",
    )
    one_row(
        "insurance.benefit-reviewed-by-handler",
        paid,
        "payment_no",
        lambda s, r: {"reviewer": r["handler"]},
        {"handler": None},
        "经办与复核",
    )
    one_row(
        "insurance.benefit-without-documents",
        paid,
        "payment_no",
        {"documents": None},
        {"documents": "申请表"},
        "手续材料",
    )
    one_row(
        "insurance.review-rule-missing",
        paid,
        "payment_no",
        {"problem": "重复申领"},
        {"problem": "未发现问题"},
        "复核发现问题",
    )
    one_row(
        "insurance.complaint-without-investigation",
        complaint,
        "complaint_no",
        {"investigated_on": None, "findings": None},
        lambda s, r: {"investigated_on": r["handled_on"]},
        "举报调查",
    )
    one_row(
        "insurance.complaint-open",
        complaint,
        "complaint_no",
        lambda s, r: {"handled_on": r["received_on"] + days(s.any(61, 65))},
        lambda s, r: {"handled_on": r["received_on"] + days(60)},
        "举报办结期限",
    )
    one_row(
        "insurance.complaint-without-outcome",
        complaint,
        "complaint_no",
        {"outcome": None},
        lambda s, r: {
            "outcome": None,
            "handled_on": None,
            "received_on": s.day(12, 3),
            "investigated_on": s.day(12, 10),
        },
        "举报处理结果",
    )
    one_row(
        "insurance.audit-found-fewer",
        audit,
        "unit|credit_code",
        lambda s, r: {**_unit(s), "verified_number": r["declared_number"] + 4},
        lambda s, r: {**_unit(s), "verified_number": r["declared_number"] + 4, "closed_on": s.as_of},
        "稽核人数",
    )
    one_row(
        "insurance.audit-amount-open",
        audit,
        "audit_no",
        {"amount": yuan(9000), "recovered": yuan(4000)},
        {"amount": yuan(9000), "recovered": yuan(9000)},
        "稽核金额",
    )
    one_row(
        "insurance.audit-on-surface",
        audit,
        "audit_no",
        {"verified_number": None, "verified_base": None, "problem": None},
        {"verified_number": None, "verified_base": None, "problem": None, "scope": "待遇"},
        "稽核未核实",
    )
    one_row(
        "insurance.broken-rule-missing",
        audit,
        "audit_no",
        {"problems": 1, "problem": "漏报一人"},
        {"problems": 1, "problem": "漏报一人", "broken_rule": "社会保险法第五十八条"},
        "违反的规定",
    )
    one_row(
        "insurance.ward-check-impersonation",
        "insurance.ward_check",
        "person",
        lambda s, r: {**stranger(s), "identity_matches": False},
        lambda s, r: {**stranger(s), "identity_matches": None},
        "人证核对",
    )
    one_row(
        "insurance.ward-check-empty-bed",
        "insurance.ward_check",
        "person",
        lambda s, r: {**stranger(s), "in_bed": False},
        lambda s, r: {**stranger(s), "in_bed": None},
        "床前核查",
    )
    supervision, platform = "insurance.supervision", "insurance.community_platform"
    one_row(
        "insurance.sample-incomplete",
        supervision,
        "supervision_no",
        {"sample_size": None},
        {"sample_size": None, "sampling": None, "method": "现场检查"},
        "抽样记录",
    )
    one_row(
        "insurance.supervision-rule-missing",
        supervision,
        "supervision_no",
        {"problems": 2},
        {"problems": 2, "broken_rule": "医保定点协议第二十条"},
        "监管发现问题",
    )
    one_row("insurance.platform-incomplete", platform, "platform", {"services": 0}, _served, "平台服务记录")
    one_row(
        "insurance.platform-without-means",
        platform,
        "platform",
        {"funding": yuan(0)},
        {"funding": None},
        "平台经费",
    )
    one_row(
        "insurance.platform-staff-short",
        platform,
        "platform",
        {"retirees": 801},
        {"retirees": 800},
        "平台人员",
    )
    one_row(
        "insurance.platform-without-agreement",
        platform,
        "platform",
        {"agreement": None},
        None,
        "职责分工文件",
    )
    one_row(
        "insurance.matter-unsettled",
        "insurance.coordination_matter",
        "matter_no",
        {"kind": "科室撤并阻碍", "settled_on": None},
        {"kind": "科室撤并阻碍"},
        "撤并阻碍",
    )
    one_row(
        "insurance.duties-unclear",
        "insurance.coordination_matter",
        "matter_no",
        {"document": None},
        {"settled_on": None},
        "职责分工",
    )
    handling = "insurance.handling"
    one_row(
        "insurance.entry-and-review-same",
        handling,
        "case_no",
        lambda s, r: {"review_by": r["entry_by"]},
        {"review_by": None, "reviewed_on": None, "finished_on": None},
        "录入与复核",
    )
    one_row(
        "insurance.finished-without-review",
        handling,
        "case_no",
        {"review_by": None, "reviewed_on": None},
        lambda s, r: {"reviewed_on": r["finished_on"]},
        "复核",
    )
    one_row(
        "insurance.error-not-corrected",
        handling,
        "case_no",
        {"errors": 1, "error_note": "姓名录错"},
        lambda s, r: {"errors": 1, "error_note": "姓名录错", "corrected_on": r["finished_on"]},
        "差错更正",
    )
    one_row(
        "insurance.handled-outside-catalogue",
        handling,
        "item",
        lambda s, r: {"item": s.number("临时业务")},
        None,
        "目录以外的业务",
    )
    one_row(
        "insurance.change-without-reason",
        "insurance.process_change",
        "item",
        lambda s, r: {"item": s.number("业务"), "reason": None},
        lambda s, r: {"item": s.number("业务")},
        "变更理由",
    )


def _unit(site: Site) -> Row:
    return {"unit": site.number("外驻单位"), "credit_code": site.credit_code()}


def _served(site: Site, row: Row) -> Row:
    records.add(site, "insurance.platform_service", platform=row["platform"])
    return {"services": None}


def _microcredit() -> None:
    debt = "microcredit.bad_debt"
    one_row(
        "microcredit.loss-shares-do-not-add-up",
        debt,
        "loan_no",
        lambda s, r: {"bank_share": r["bank_share"] + yuan(100)},
        {"government_share": None, "bank_share": None, "community_share": None, "shared_on": None},
        "损失分担",
    )
    one_row(
        "microcredit.loss-shared-unverified",
        debt,
        "loan_no",
        {"verified_on": None},
        lambda s, r: {"verified_on": r["shared_on"]},
        "损失核定",
    )
    one_row(
        "microcredit.difficulty-not-helped",
        "microcredit.difficulty",
        "loan_no",
        lambda s, r: {"loan_no": s.number("DKN"), "helped_on": None, "outcome": None},
        lambda s, r: {
            "loan_no": s.number("DKN"),
            "helped_on": None,
            "outcome": None,
            "reported_on": s.day(12, 5),
        },
        "经营困难",
    )
    one_row(
        "microcredit.subsidy-paid-late",
        "microcredit.interest_subsidy",
        "loan_no",
        lambda s, r: {"loan_no": s.number("DKT"), "paid_on": r["due_on"] + days(3)},
        lambda s, r: {"loan_no": s.number("DKT")},
        "贴息支付",
    )
    one_row(
        "microcredit.subsidy-money-late",
        "microcredit.subsidy_transfer",
        "entry_no",
        lambda s, r: {"received_on": r["needed_on"]},
        lambda s, r: {"received_on": r["needed_on"] - days(1)},
        "贴息资金划入",
    )
    one_row(
        "microcredit.bad-loans-not-published",
        "microcredit.inspection",
        "inspector",
        {"bad_loans": 2},
        lambda s, r: {"bad_loans": 2, "published_on": r["inspected_on"] + days(9)},
        "检查结果公开",
    )


_insurance()
_microcredit()
