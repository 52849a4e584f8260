"""What borrowers may expect and owe: debts on file, reports, guidance, benefits, scores that only advise."""

from __future__ import annotations

import ibis

from shouwang.packs.microcredit.rules.common import granted, turned_down, unsettled
from shouwang.risk.expressions import mentions, months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

REASONS = (
    "材料",
    "征信",
    "拖欠",
    "逾期",
    "债",
    "目录",
    "微利",
    "户籍",
    "不可行",
    "偿还",
    "场地",
    "执照",
    "证",
)
"""What a reason for refusal names when it rests on a condition of the scheme."""


@rule(
    "microcredit.other-debt-on-file",
    "申请时档案记有其他债务",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S5-50", "S5-12"],
    reads={"microcredit.application": "person", "microcredit.credit_file": "person"},
    optional={"microcredit.economic_file": "person"},
    remedy="清偿其他债务后再受理",
    risk_point="microcredit.false-documents",
    looks_alike="申请之后才记入的债务；之后的记录已为零的",
)
def other_debt_on_file(t: Tables, p: ParameterView) -> Hits:
    """The latest entry up to the day of application, in either file, says that the applicant owes money."""
    files = t.credit_file.filter(t.credit_file.other_debt.notnull()).select(
        "person",
        "ref_credit_file",
        filed_on="recorded_on",
        debt="other_debt",
        ref_economic_file=ibis.null("int64"),
        file=ibis.literal("资信档案"),
    )
    homes = t.economic_file.filter(t.economic_file.debts.notnull()).select(
        "person",
        ref_credit_file=ibis.null("int64"),
        filed_on="opened_on",
        debt="debts",
        ref_economic_file="ref_economic_file",
        file=ibis.literal("经济档案"),
    )
    applied = t.application.filter(~turned_down(t.application))
    both = applied.join(files.union(homes.select(files.columns)), "person")
    both = both.filter(both.filed_on <= both.applied_on)
    latest = ibis.window(group_by=[both.ref_application, both.file])
    both = both.mutate(last_on=both.filed_on.max().over(latest))
    return hits(
        both,
        where=(both.filed_on == both.last_on) & (both.debt > 0),
        subject=both.person,
        name=both.name,
        on=both.applied_on,
        amount=both.debt,
        key=both.application_no,
        because="{name}{applied_on}申请（{application_no}）前，{file}记有其他债务{debt}元（{filed_on}）",
    )


@rule(
    "microcredit.benefit-after-withdrawal",
    "优惠证收回后仍享受优惠",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S5-67", "S5-61"],
    reads={"microcredit.loan": "person", "microcredit.application": "person"},
    optional={"microcredit.interest_subsidy": "person"},
    needs={"microcredit.loan": ("certificate_withdrawn_on",)},
    remedy="停止优惠，撤销担保，追回收回之后支付的贴息",
    risk_point="microcredit.wilful-default",
    looks_alike="收回之前已享受的；收回之后申请而未获批的",
)
def benefit_after_withdrawal(t: Tables, p: ParameterView) -> Hits:
    """After the certificate was withdrawn its holder was guaranteed, granted or paid a subsidy again."""
    loans = t.loan.filter(t.loan.certificate_withdrawn_on.notnull())
    taken = loans.select("person", "ref_loan", withdrawn_on="certificate_withdrawn_on")
    again = t.application.filter(
        (granted(t.application) | t.application.guaranteed_on.notnull()) & ~turned_down(t.application)
    )
    again = again.select(
        "person",
        "name",
        "division",
        on="applied_on",
        amount="approved",
        what=ibis.literal("贷款担保"),
        number="application_no",
        ref_application="ref_application",
        ref_interest_subsidy=ibis.null("int64"),
    )
    paid = t.interest_subsidy.select(
        "person",
        "name",
        "division",
        on="paid_on",
        amount="subsidy",
        what=ibis.literal("财政贴息"),
        number="loan_no",
        ref_application=ibis.null("int64"),
        ref_interest_subsidy="ref_interest_subsidy",
    )
    rows = again.union(paid.select(again.columns)).join(taken, "person")
    return hits(
        rows,
        where=(rows.on > rows.withdrawn_on).fill_null(False),
        subject=rows.person,
        name=rows.name,
        on=rows.on,
        amount=rows.amount,
        key=rows.number,
        because="{name}的再就业优惠证于{withdrawn_on}收回，{on}仍享受{what}（{number}）{amount}元",
    )


@rule(
    "microcredit.no-business-report",
    "借款人未定期报告经营状况",
    severity=Severity.LOW,
    subject="record",
    seeds=["S5-54"],
    reads={"microcredit.loan": "loan_no", "microcredit.business_report": "loan_no"},
    uses=["microcredit.report_months"],
    remedy="催报经营状况，必要时上门走访",
    risk_point="microcredit.business-fails",
    looks_alike="期内报告过一次；期内才放款；已结清",
)
def no_business_report(t: Tables, p: ParameterView) -> Hits:
    """Lent to before the period and still owing, with no regular report within it."""
    since = months_earlier(p.as_of, p["microcredit.report_months"])
    reports = t.business_report
    told = reports.filter(
        (reports.reported_on > since) & (reports.reported_on <= p.as_of) & (reports.kind == "定期报告")
    )
    owing = t.loan.filter((t.loan.paid_out_on <= since) & unsettled(t.loan))
    rows = owing.anti_join(told, "loan_no")
    return hits(
        rows,
        subject=rows.loan_no,
        name=rows.name,
        on=rows.paid_out_on,
        amount=rows.outstanding,
        because="{name}的贷款{loan_no}尚欠{outstanding}元，近期没有经营状况报告",
    )


@rule(
    "microcredit.change-not-passed-on",
    "借款人报告的变更未告知三个机构",
    severity=Severity.LOW,
    subject="record",
    seeds=["S5-55"],
    reads={"microcredit.business_report": "loan_no"},
    needs={"microcredit.business_report": ("agency_told_on", "guarantor_told_on", "bank_told_on")},
    remedy="当日告知劳动保障机构、担保机构和银行",
    risk_point="microcredit.business-fails",
    looks_alike="三个机构都已告知的变更；定期报告",
)
def change_not_passed_on(t: Tables, p: ParameterView) -> Hits:
    """A change of address, premises or contact, or a major problem, that did not reach all three bodies."""
    rows = t.business_report
    missing = ibis.literal("")
    for body, day in (
        ("劳动保障机构", rows.agency_told_on),
        ("担保机构", rows.guarantor_told_on),
        ("银行", rows.bank_told_on),
    ):
        missing = missing + ibis.ifelse(day.isnull(), ibis.literal(f"“{body}”"), ibis.literal(""))
    return hits(
        rows,
        where=(rows.kind != "定期报告") & (missing != ""),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.reported_on,
        key=rows.reported_on.cast("string"),
        facts={"missing": missing},
        because="{name}（贷款{loan_no}）{reported_on}报告{kind}，没有告知{missing}",
    )


@rule(
    "microcredit.problem-without-help",
    "走访发现问题没有指导帮助记录",
    severity=Severity.LOW,
    subject="record",
    seeds=["S5-60", "S5-85", "S8-20"],
    reads={"microcredit.visit": "loan_no"},
    needs={"microcredit.visit": ("problem", "help_given")},
    remedy="给予政策指导和服务，记录措施和日期",
    risk_point="microcredit.business-fails",
    looks_alike="没有问题的走访；问题一栏写明“无”；之后走访时给了帮助的",
)
def problem_without_help(t: Tables, p: ParameterView) -> Hits:
    """Visits of a loan found problems in the business, and neither then nor later is any help on record."""
    rows = t.visit
    helped = ibis.ifelse(absent(rows.help_given), ibis.null("date"), rows.visited_on)
    rows = rows.mutate(helped_on=helped.max().over(ibis.window(group_by=rows.loan_no)))
    later = (rows.helped_on >= rows.visited_on).fill_null(False)
    none = rows.problem.strip().isin(["无", "没有", "正常", "无问题", "无困难", "暂无", "/", "-", "—"])
    return hits(
        rows,
        where=~absent(rows.problem) & ~none.fill_null(True) & ~later,
        subject=rows.loan_no,
        name=rows.name,
        on=rows.visited_on,
        because="{name}（贷款{loan_no}）{visited_on.span}走访发现问题（{problem}），至今没有指导或帮助记录",
    )


@rule(
    "microcredit.refused-although-complete",
    "条件齐备而未批准、理由与条件无关",
    severity=Severity.LOW,
    subject="record",
    seeds=["S5-58"],
    reads={"microcredit.application": "application_no"},
    needs={"microcredit.application": ("certificate", "premises_proof", "refusal_reason")},
    remedy="复核申请，符合条件的予以受理并安排创业培训",
    risk_point="microcredit.threshold-too-high",
    looks_alike="理由写明不符合哪一项条件的；银行不批准的（另有规则）；申请人自己放弃的",
)
def refused_although_complete(t: Tables, p: ParameterView) -> Hits:
    """Turned down before the guarantee with all documents in order, for a reason that names no condition."""
    rows = t.application
    registered = ~absent(rows.licence) & ~absent(rows.tax_registration)
    complete = ~absent(rows.certificate) & ~absent(rows.premises_proof)
    complete = complete & (registered | ~absent(rows.informal_proof))
    false = mentions(rows.check_result, "不实", "不真实", "虚假", "伪造")
    gave_up = mentions(rows.result, "放弃", "撤回") | mentions(rows.refusal_reason, "放弃", "撤回")
    named = mentions(rows.refusal_reason, *REASONS)
    return hits(
        rows,
        where=turned_down(rows)
        & rows.guaranteed_on.isnull()
        & complete
        & ~false
        & ~gave_up
        & ~absent(rows.refusal_reason)
        & ~named,
        subject=rows.application_no,
        name=rows.name,
        on=rows.applied_on,
        amount=rows.asked,
        because="{name}的申请{application_no}材料齐备，未获批准，理由：{refusal_reason}",
    )


@rule(
    "microcredit.refused-by-score",
    "仅凭信用得分不批准",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-76", "S5-33"],
    reads={"microcredit.application": "application_no"},
    needs={"microcredit.application": ("refusal_reason",)},
    remedy="由人复核，写明事实理由；得分只作参考，不能单独作为不批准的理由",
    risk_point="microcredit.threshold-too-high",
    looks_alike="写明事实理由、又提到得分的",
)
def refused_by_score(t: Tables, p: ParameterView) -> Hits:
    """Turned down with no other reason than a score: a score never decides by itself."""
    rows = t.application
    score = mentions(rows.refusal_reason, "得分", "评分", "信用分", "分数", "积分")
    return hits(
        rows,
        where=turned_down(rows) & score & ~mentions(rows.refusal_reason, *REASONS, "放弃"),
        subject=rows.application_no,
        name=rows.name,
        on=rows.applied_on,
        amount=rows.asked,
        because="{name}的申请{application_no}仅凭得分不批准，理由：{refusal_reason}",
    )


@rule(
    "microcredit.rating-not-signed",
    "信用评定没有评定人、办法或依据",
    severity=Severity.LOW,
    subject="person",
    seeds=["S5-13", "S8-75"],
    reads={"microcredit.credit_rating": "person"},
    needs={"microcredit.credit_rating": ("method", "basis", "rated_by")},
    remedy="补记评定办法版本、依据，由评定人签名",
    risk_point="microcredit.favour-loan",
    looks_alike="办法、依据、评定人齐全的",
)
def rating_not_signed(t: Tables, p: ParameterView) -> Hits:
    """A rating that says neither by which version of the method, nor on what, nor by whom it was given."""
    rows = t.credit_rating
    missing = ibis.literal("")
    for word, column in (("评定办法", rows.method), ("依据", rows.basis), ("评定人", rows.rated_by)):
        missing = missing + ibis.ifelse(absent(column), ibis.literal(f"“{word}”"), ibis.literal(""))
    return hits(
        rows,
        where=missing != "",
        subject=rows.person,
        name=rows.name,
        on=rows.rated_on,
        key=rows.rated_on.cast("string"),
        facts={"missing": missing},
        because="{name}{rated_on}的信用评定缺{missing}",
    )
