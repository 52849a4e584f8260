"""The life of a loan: pay-out, visits, collection, wilful default and its sanctions."""

from __future__ import annotations

import datetime as dt

import ibis

from shouwang.packs.microcredit.rules.common import granted, overdue, unsettled, wilful
from shouwang.risk.expressions import days_between, months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

LOAN = {"microcredit.loan": "loan_no"}


@rule(
    "microcredit.approved-not-paid",
    "已批准逾期未放款",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-59", "S5-36"],
    reads={"microcredit.application": "application_no", "microcredit.loan": "application_no"},
    needs={"microcredit.loan": ("application_no",)},
    uses=["microcredit.disburse_days"],
    remedy="督促银行按合同放款，或查明原因撤销批准",
    risk_point="microcredit.policy-mismatch",
    looks_alike="批准不久、仍在放款期限内的",
)
def approved_not_paid(t: Tables, p: ParameterView) -> Hits:
    """Approved longer ago than the days allowed, with no loan paid out for it."""
    latest = p.as_of - dt.timedelta(days=p["microcredit.disburse_days"])
    approved = t.application.filter(granted(t.application))
    rows = approved.filter(approved.approved_on < latest).anti_join(t.loan, "application_no")
    return hits(
        rows,
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        facts={"days": days_between(ibis.literal(p.as_of), rows.approved_on)},
        because="{name}的申请{application_no}于{approved_on}批准，已过{days}天没有放款记录",
    )


@rule(
    "microcredit.paid-more-than-approved",
    "放款金额超过批准金额",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S5-16", "S5-30"],
    reads={"microcredit.application": "application_no", "microcredit.loan": "application_no"},
    remedy="查明差额去向，收回多放部分",
    risk_point="microcredit.favour-loan",
    looks_alike="一份申请分两笔发放、合计不超过批准金额",
)
def paid_more_than_approved(t: Tables, p: ParameterView) -> Hits:
    """The loans of one application add up to more than was approved."""
    loans = t.loan.filter(t.loan.application_no.notnull())
    together = loans.mutate(paid_out=loans.amount.sum().over(ibis.window(group_by=loans.application_no)))
    approvals = t.application.select("application_no", "approved", "ref_application")
    both = together.join(approvals, "application_no")
    return hits(
        both,
        where=(both.paid_out > both.approved).fill_null(False),
        subject=both.application_no,
        name=both.name,
        on=both.paid_out_on,
        amount=both.amount,
        because="{name}的申请{application_no}批准{approved}元，实际放款{paid_out}元",
    )


@rule(
    "microcredit.overdue-no-collection",
    "逾期贷款无催收记录",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S5-62", "S5-41", "S8-78"],
    reads={"microcredit.loan": "loan_no", "microcredit.collection": "loan_no"},
    remedy="社区、劳动保障机构、担保机构、银行共同催收，定限期",
    risk_point="microcredit.overdue",
    looks_alike="逾期但有过一次催收；次年才到期",
)
def overdue_no_collection(t: Tables, p: ParameterView) -> Hits:
    """Past due, not repaid, and nobody urged the borrower."""
    late = t.loan.filter(overdue(t.loan, p.as_of))
    rows = late.anti_join(t.collection, "loan_no")
    return hits(
        rows,
        subject=rows.loan_no,
        name=rows.name,
        on=rows.due_on,
        amount=rows.outstanding,
        because="{name}的贷款{loan_no}于{due_on}到期，尚欠{outstanding}元，没有催收记录",
    )


@rule(
    "microcredit.due-no-collector",
    "到期贷款无收贷责任人",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-30"],
    reads=LOAN,
    needs={"microcredit.loan": ("collector",)},
    remedy="指定收贷责任人",
    risk_point="microcredit.overdue",
    looks_alike="尚未到期、责任人待定",
)
def due_no_collector(t: Tables, p: ParameterView) -> Hits:
    """A due and unsettled loan for whose collection nobody is named."""
    rows = t.loan
    due = (rows.due_on <= p.as_of).fill_null(False)
    return hits(
        rows,
        where=due & unsettled(rows) & absent(rows.collector),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.due_on,
        amount=rows.outstanding,
        because="{name}的贷款{loan_no}于{due_on}到期未还清，没有收贷责任人",
    )


@rule(
    "microcredit.borrower-not-visited",
    "借款人长期无走访",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-15", "S5-37"],
    reads={"microcredit.loan": None, "microcredit.visit": None},
    uses=["microcredit.visit_months"],
    remedy="上门走访，了解经营状况和资金使用",
    risk_point="microcredit.business-fails",
    looks_alike="期内走访过一次；期内才放款或已结清；走访记在同一借款人的另一份合同名下",
)
def borrower_not_visited(t: Tables, p: ParameterView) -> Hits:
    """Lent to before the period and still owing, without any visit within it."""
    since = months_earlier(p.as_of, p["microcredit.visit_months"])
    loans = t.loan
    owing = loans.filter((loans.paid_out_on <= since) & unsettled(loans))
    visits = t.visit.filter((t.visit.visited_on > since) & (t.visit.visited_on <= p.as_of))
    seen = loans.semi_join(visits, "loan_no").select("person").distinct()
    rows = owing.anti_join(visits, "loan_no")
    rows = rows.anti_join(seen, "person")
    return hits(
        rows,
        subject=rows.loan_no,
        name=rows.name,
        on=rows.paid_out_on,
        amount=rows.outstanding,
        because="{name}的贷款{loan_no}于{paid_out_on}发放，尚欠{outstanding}元，近期没有走访记录",
    )


@rule(
    "microcredit.certificate-not-withdrawn",
    "恶意拖欠未收回优惠证",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S5-66", "S5-67"],
    reads=LOAN,
    needs={"microcredit.loan": ("deadline_on", "certificate_withdrawn_on")},
    remedy="收回再就业优惠证，停止其他优惠政策",
    risk_point="microcredit.wilful-default",
    looks_alike="已收回；限期未到；一般逾期",
)
def certificate_not_withdrawn(t: Tables, p: ParameterView) -> Hits:
    """A wilful defaulter whose time limit has passed still holds the certificate."""
    rows = t.loan
    passed = (rows.deadline_on < p.as_of).fill_null(False)
    return hits(
        rows,
        where=wilful(rows) & passed & unsettled(rows) & rows.certificate_withdrawn_on.isnull(),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.deadline_on,
        amount=rows.outstanding,
        because="{name}恶意拖欠贷款{loan_no}，限期{deadline_on}已过，优惠证未收回",
    )


@rule(
    "microcredit.sanctioned-too-early",
    "限期未到或非恶意拖欠即收回优惠证",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-66"],
    reads=LOAN,
    needs={"microcredit.loan": ("overdue_kind", "certificate_withdrawn_on")},
    remedy="退还优惠证，恢复其他优惠政策",
    risk_point="microcredit.wilful-default",
    looks_alike="恶意拖欠且限期已过后收回",
)
def sanctioned_too_early(t: Tables, p: ParameterView) -> Hits:
    """The certificate was withdrawn from one not in wilful default, or not after the set time."""
    rows = t.loan
    early = (rows.certificate_withdrawn_on <= rows.deadline_on).fill_null(False)
    return hits(
        rows,
        where=rows.certificate_withdrawn_on.notnull() & (~wilful(rows) | early),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.certificate_withdrawn_on,
        because="{name}的贷款{loan_no}（{overdue_kind}，限期{deadline_on}）"
        "于{certificate_withdrawn_on}收回优惠证",
    )


@rule(
    "microcredit.wilful-default-not-sued",
    "恶意拖欠限期已过未起诉",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-42", "S5-63"],
    reads=LOAN,
    needs={"microcredit.loan": ("overdue_kind", "deadline_on", "sued_on")},
    remedy="依法提起诉讼并登记",
    risk_point="microcredit.wilful-default",
    looks_alike="限期未到；一般逾期",
)
def wilful_default_not_sued(t: Tables, p: ParameterView) -> Hits:
    """The set time of a wilful defaulter has passed and no suit is on record."""
    rows = t.loan
    passed = (rows.deadline_on < p.as_of).fill_null(False)
    return hits(
        rows,
        where=wilful(rows) & passed & unsettled(rows) & rows.sued_on.isnull(),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.deadline_on,
        amount=rows.outstanding,
        because="{name}恶意拖欠贷款{loan_no}，限期{deadline_on}已过，没有起诉记录",
    )


@rule(
    "microcredit.breach-not-published",
    "恶意拖欠限期已过未公布失信",
    severity=Severity.LOW,
    subject="record",
    seeds=["S5-68"],
    reads=LOAN,
    needs={"microcredit.loan": ("overdue_kind", "deadline_on", "breach_published_on")},
    remedy="在社区公共场所如实公布失信行为",
    risk_point="microcredit.wilful-default",
    looks_alike="限期未到",
)
def breach_not_published(t: Tables, p: ParameterView) -> Hits:
    """The set time of a wilful defaulter has passed and the breach is not published."""
    rows = t.loan
    passed = (rows.deadline_on < p.as_of).fill_null(False)
    return hits(
        rows,
        where=wilful(rows) & passed & unsettled(rows) & rows.breach_published_on.isnull(),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.deadline_on,
        because="{name}恶意拖欠贷款{loan_no}，限期{deadline_on}已过，没有公布失信",
    )


@rule(
    "microcredit.overdue-no-penalty",
    "逾期贷款未收罚息",
    severity=Severity.LOW,
    subject="record",
    seeds=["S5-69"],
    reads=LOAN,
    needs={"microcredit.loan": ("penalty",)},
    remedy="按规定计收罚息",
    risk_point="microcredit.overdue",
    looks_alike="尚未到期",
)
def overdue_no_penalty(t: Tables, p: ParameterView) -> Hits:
    """Overdue, and no penalty interest was charged."""
    rows = t.loan
    none = rows.penalty.isnull() | (rows.penalty == 0)
    return hits(
        rows,
        where=overdue(rows, p.as_of) & none,
        subject=rows.loan_no,
        name=rows.name,
        on=rows.due_on,
        amount=rows.outstanding,
        because="{name}的贷款{loan_no}于{due_on}到期，尚欠{outstanding}元，没有计收罚息",
    )


@rule(
    "microcredit.balance-does-not-tie",
    "贷款余额与放款、还款不符",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-16", "S5-77"],
    reads=LOAN,
    needs={"microcredit.loan": ("repaid", "outstanding")},
    remedy="与银行对账，更正余额",
    risk_point="microcredit.overdue",
    looks_alike="已还本金与余额之和等于贷款金额",
)
def balance_does_not_tie(t: Tables, p: ParameterView) -> Hits:
    """What was repaid and what is left do not add up to what was lent."""
    rows = t.loan
    difference = rows.amount - rows.repaid - rows.outstanding
    return hits(
        rows,
        where=(difference != 0).fill_null(False),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.paid_out_on,
        amount=difference.abs(),
        facts={"difference": difference},
        because="{name}的贷款{loan_no}金额{amount}元，已还{repaid}元，余额{outstanding}元，相差{difference}元",
    )


@rule(
    "microcredit.moved-without-counter-guarantee",
    "未还清即迁出辖区经营而未办反担保",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-57"],
    reads=LOAN,
    needs={"microcredit.loan": ("moved_on", "move_opinion", "move_guarantee_on")},
    remedy="补办担保机构意见和反担保手续，或提前收回贷款",
    risk_point="microcredit.overdue",
    looks_alike="迁出当日办妥；还清之后才迁出",
)
def moved_without_counter_guarantee(t: Tables, p: ParameterView) -> Hits:
    """The business moved away before full repayment without opinion and counter-guarantee by that day."""
    rows = t.loan
    owing = unsettled(rows) | (rows.settled_on > rows.moved_on).fill_null(False)
    lacking = (
        absent(rows.move_opinion) | rows.move_guarantee_on.isnull() | (rows.move_guarantee_on > rows.moved_on)
    )
    return hits(
        rows,
        where=rows.moved_on.notnull() & owing & lacking,
        subject=rows.loan_no,
        name=rows.name,
        on=rows.moved_on,
        amount=rows.outstanding,
        because="{name}的贷款{loan_no}尚欠{outstanding}元，{moved_on}迁出辖区经营，"
        "担保机构意见：{move_opinion}，反担保：{move_guarantee_on}",
    )
