"""Credit files: standing of applicants, bad records, consent before publication, help in difficulty."""

from __future__ import annotations

import ibis

from shouwang.packs.microcredit.rules.common import overdue, turned_down
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule


@rule(
    "microcredit.bad-standing",
    "申请人资信档案有拖欠贷款或税费",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S5-49", "S5-12"],
    reads={"microcredit.application": "person", "microcredit.credit_file": "person"},
    remedy="清偿拖欠后再受理",
    risk_point="microcredit.false-documents",
    looks_alike="申请之后才发生的拖欠；金额为零的记录",
)
def bad_standing(t: Tables, p: ParameterView) -> Hits:
    """An entry before the application shows overdue bank loans or unpaid taxes and fees."""
    applied = t.application.filter(~turned_down(t.application))
    files = t.credit_file.select(
        "person", "ref_credit_file", "recorded_on", "overdue_elsewhere", "unpaid_taxes"
    )
    both = applied.join(files, "person")
    owes = (both.overdue_elsewhere > 0).fill_null(False) | (both.unpaid_taxes > 0).fill_null(False)
    earlier = (both.recorded_on <= both.applied_on).fill_null(False)
    return hits(
        both,
        where=owes & earlier,
        subject=both.person,
        name=both.name,
        on=both.applied_on,
        amount=both.overdue_elsewhere.fill_null(0) + both.unpaid_taxes.fill_null(0),
        key=both.application_no,
        because="{name}申请（{application_no}）前，资信档案记有拖欠贷款{overdue_elsewhere}元、税费{unpaid_taxes}元",
    )


@rule(
    "microcredit.no-intention-to-repay",
    "申请时即有不还款的表示",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S8-56"],
    reads={"microcredit.application": "person", "microcredit.credit_file": "person"},
    needs={"microcredit.credit_file": ("intention",)},
    remedy="讲清政策，落实还款承诺后再受理",
    risk_point="microcredit.no-intention-to-repay",
    looks_alike="表示愿意按期还款的记录",
)
def no_intention_to_repay(t: Tables, p: ParameterView) -> Hits:
    """A recorded remark of the applicant says that the loan need not be repaid."""
    applied = t.application.filter(~turned_down(t.application))
    files = t.credit_file.select("person", "ref_credit_file", "recorded_on", "intention", "recorded_by")
    both = applied.join(files, "person")
    unwilling = mentions(
        both.intention, "不还", "不想还", "不愿还", "不打算还", "无还款意愿", "无意还款", "不用还"
    )
    return hits(
        both,
        where=unwilling,
        subject=both.person,
        name=both.name,
        on=both.recorded_on,
        key=both.application_no,
        because="{name}（申请{application_no}）还款意愿记录：{intention}（记录人{recorded_by}）",
    )


@rule(
    "microcredit.overdue-without-bad-record",
    "逾期未记入不良信用记录",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-69", "S5-14"],
    reads={"microcredit.loan": "person", "microcredit.bad_record": "person"},
    remedy="自逾期首日起记入不良信用记录",
    risk_point="microcredit.overdue",
    looks_alike="尚未到期；已有记录",
)
def overdue_without_bad_record(t: Tables, p: ParameterView) -> Hits:
    """Overdue, and the shared record has no entry on the borrower since the due day."""
    late = t.loan.filter(overdue(t.loan, p.as_of))
    records = t.bad_record.select("person", "recorded_on")
    rows = late.anti_join(records, [late.person == records.person, records.recorded_on >= late.due_on])
    return hits(
        rows,
        subject=rows.loan_no,
        name=rows.name,
        on=rows.due_on,
        amount=rows.outstanding,
        because="{name}的贷款{loan_no}于{due_on}到期未还，不良信用记录中没有",
    )


@rule(
    "microcredit.published-without-consent",
    "公布失信而没有本人同意",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S5-56", "S5-68"],
    reads={"microcredit.bad_record": "person", "microcredit.commitment": "person"},
    remedy="撤下公布，补齐承诺条款",
    risk_point="microcredit.wilful-default",
    looks_alike="承诺书已写明同意公布",
)
def published_without_consent(t: Tables, p: ParameterView) -> Hits:
    """A breach was published and no earlier commitment of the borrower consents to it."""
    public = t.bad_record.filter(t.bad_record.published_on.notnull())
    consents = t.commitment.filter(t.commitment.consent_to_publish.fill_null(False)).select(
        "person", "signed_on"
    )
    rows = public.anti_join(
        consents, [public.person == consents.person, consents.signed_on <= public.published_on]
    )
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.published_on,
        key=ibis.coalesce(rows.loan_no, rows.record_no),
        because="{name}的失信行为于{published_on}公布，没有事先同意公布的承诺书",
    )


@rule(
    "microcredit.difficulty-not-helped",
    "经营困难无人帮助",
    severity=Severity.LOW,
    subject="record",
    seeds=["S8-33", "S8-29", "S5-85"],
    reads={"microcredit.difficulty": None},
    needs={"microcredit.difficulty": ("helper", "helped_on")},
    uses=["microcredit.help_days"],
    remedy="提交联席会议协调帮助",
    risk_point="microcredit.business-fails",
    looks_alike="刚刚反映、仍在期限内的",
)
def difficulty_not_helped(t: Tables, p: ParameterView) -> Hits:
    """A difficulty reported longer ago than the days allowed, with no help on record."""
    rows = t.difficulty
    age = ibis.literal(p.as_of).delta(rows.reported_on, unit="day")
    return hits(
        rows,
        where=rows.helped_on.isnull() & (age > p["microcredit.help_days"]),
        subject=ibis.coalesce(rows.loan_no, rows.name),
        name=rows.name,
        on=rows.reported_on,
        key=rows.reported_on.cast("string"),
        facts={"days": age},
        because="{name}于{reported_on}反映“{difficulty}”，{days}天没有帮助记录",
    )


@rule(
    "microcredit.commitment-incomplete",
    "承诺书缺少条款",
    severity=Severity.LOW,
    subject="person",
    seeds=["S5-51", "S5-52", "S5-53"],
    reads={"microcredit.commitment": "person"},
    needs={"microcredit.commitment": ("true_information", "voluntary", "repay_on_time")},
    remedy="补签如实提供情况、自愿参加、按期归还的条款",
    risk_point="microcredit.wilful-default",
    looks_alike="三项条款齐全",
)
def commitment_incomplete(t: Tables, p: ParameterView) -> Hits:
    """A letter without one of its clauses: true information, voluntary part, repayment in time."""
    rows = t.commitment
    clauses = {
        "如实提供情况": rows.true_information,
        "自愿参加": rows.voluntary,
        "按期归还": rows.repay_on_time,
    }
    missing = ibis.literal("")
    for word, clause in clauses.items():
        given = clause.fill_null(False)
        missing = missing + ibis.ifelse(given, ibis.literal(""), ibis.literal(f"“{word}”"))
    return hits(
        rows,
        where=missing != "",
        subject=rows.person,
        name=rows.name,
        on=rows.signed_on,
        key=rows.signed_on.cast("string"),
        facts={"missing": missing},
        because="{name}{signed_on}签的承诺书缺{missing}条款",
    )
