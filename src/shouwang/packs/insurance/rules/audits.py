"""Second review, compliance audit, complaints (S10-30, S10-31, S10-43 – S10-47, S10-60, S10-74, S10-88)."""

from __future__ import annotations

import ibis

from shouwang.risk.expressions import days_between
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


@rule(
    "insurance.benefit-not-reviewed",
    "待遇支付未经复核",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S10-30", "S10-45", "S10-46"],
    reads={"insurance.benefit_payment": "payment_no"},
    needs={"insurance.benefit_payment": ["reviewer"]},
    remedy="补办复核，未经复核不得支付",
    risk_point="insurance.review",
    looks_alike="支付当日复核；尚未支付",
)
def benefit_not_reviewed(t: Tables, p: ParameterView) -> Hits:
    """A benefit was paid with no second review, or before it."""
    paid = t.benefit_payment
    late = (paid.reviewed_on > paid.paid_on).fill_null(False)
    return hits(
        paid,
        where=(absent(paid.reviewer) | late) & paid.paid_on.notnull(),
        subject=paid.payment_no.coalesce(paid.person),
        name=paid.name,
        on=paid.paid_on,
        amount=paid.amount,
        key=paid.paid_on,
        because="{name}的{kind}待遇（{benefit}）{amount}元于{paid_on}支付，复核人{reviewer}，复核日期{reviewed_on}",
    )


@rule(
    "insurance.benefit-without-kind",
    "待遇支付未写明险种",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-15", "S10-30"],
    reads={"insurance.benefit_payment": "payment_no"},
    needs={"insurance.benefit_payment": ["kind"]},
    remedy="补填险种，从该险种的基金中列支",
    risk_point="insurance.review",
    looks_alike="尚未支付；台账没有险种一栏",
)
def benefit_without_kind(t: Tables, p: ParameterView) -> Hits:
    """A benefit was paid without saying from which insurance's fund: no fund pays for another."""
    paid = t.benefit_payment
    return hits(
        paid,
        where=absent(paid.kind) & paid.paid_on.notnull(),
        subject=paid.payment_no.coalesce(paid.person),
        name=paid.name,
        on=paid.paid_on,
        amount=paid.amount,
        key=paid.paid_on,
        because="{name}的待遇（{benefit}）{amount}元于{paid_on}支付，没有写明险种，不知从哪项基金列支",
    )


@rule(
    "insurance.benefit-reviewed-by-handler",
    "待遇支付经办与复核同一人",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S10-45", "S10-46", "S10-68"],
    reads={"insurance.benefit_payment": "payment_no"},
    needs={"insurance.benefit_payment": ["handler", "reviewer"]},
    remedy="由另一人重新复核，调整岗位权限",
    risk_point="insurance.review",
    looks_alike="经办与复核为两人；一项空白",
)
def benefit_reviewed_by_handler(t: Tables, p: ParameterView) -> Hits:
    """The person who handled a payment also reviewed it."""
    paid = t.benefit_payment
    return hits(
        paid,
        where=(paid.handler == paid.reviewer) & ~absent(paid.handler),
        subject=paid.payment_no.coalesce(paid.person),
        name=paid.name,
        on=paid.paid_on,
        amount=paid.amount,
        key=paid.paid_on,
        because="{name}的{kind}待遇（{benefit}）{amount}元，经办与复核均为{reviewer}",
    )


@rule(
    "insurance.benefit-without-documents",
    "待遇支付无手续材料",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-30", "S10-45", "S10-46"],
    reads={"insurance.benefit_payment": "payment_no"},
    needs={"insurance.benefit_payment": ["documents"]},
    remedy="补齐并复核支付手续材料",
    risk_point="insurance.review",
    looks_alike="材料栏已填写",
)
def benefit_without_documents(t: Tables, p: ParameterView) -> Hits:
    """A payment whose record names no document that was reviewed."""
    paid = t.benefit_payment
    return hits(
        paid,
        where=absent(paid.documents),
        subject=paid.payment_no.coalesce(paid.person),
        name=paid.name,
        on=paid.paid_on,
        amount=paid.amount,
        key=paid.paid_on,
        because="{name}的{kind}待遇（{benefit}）{amount}元，没有登记审核过的手续材料",
    )


@rule(
    "insurance.audit-found-fewer",
    "稽核查出少报人数或基数",
    severity=Severity.HIGH,
    subject="organisation",
    seeds=["S10-43", "S10-44", "S10-60"],
    reads={"insurance.audit": "unit"},
    remedy="责令补办参保、补缴差额",
    risk_point="insurance.audit",
    looks_alike="核实数与申报数一致；差额已全部补缴",
)
def audit_found_fewer(t: Tables, p: ParameterView) -> Hits:
    """An audit verified more insured persons or a higher base than declared, and it is not made good."""
    audits = t.audit
    fewer = (audits.verified_number > audits.declared_number).fill_null(False)
    lower = (audits.verified_base > audits.declared_base).fill_null(False)
    open_amount = audits.amount - audits.recovered.fill_null(0)
    settled = (open_amount <= 0).fill_null(False) | (audits.amount.isnull() & audits.closed_on.notnull())
    return hits(
        audits,
        where=(fewer | lower) & ~settled,
        subject=audits.unit,
        name=audits.unit,
        on=audits.audited_on,
        amount=open_amount,
        key=audits.audited_on,
        because="{audited_on}稽核{unit}：申报{declared_number}人、基数{declared_base}元，"
        "核实{verified_number}人、基数{verified_base}元，应补缴{amount}元，已补缴{recovered}元",
    )


@rule(
    "insurance.audit-amount-open",
    "稽核查出金额未追回",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-60", "S10-73", "S10-74"],
    reads={"insurance.audit": "audit_no"},
    needs={"insurance.audit": ["amount", "recovered"]},
    remedy="限期补缴或追回",
    risk_point="insurance.audit",
    looks_alike="已全部追回",
)
def audit_amount_open(t: Tables, p: ParameterView) -> Hits:
    """An audit found an amount to be made good that has not come in."""
    audits = t.audit
    left = audits.amount - audits.recovered.fill_null(0)
    return hits(
        audits,
        where=left > 0,
        subject=audits.audit_no.coalesce(audits.unit, audits.person),
        name=audits.unit.coalesce(audits.name),
        on=audits.audited_on,
        amount=left,
        key=audits.audited_on,
        because="{audited_on}稽核查出应补缴或追回{amount}元，已到账{recovered}元",
    )


@rule(
    "insurance.audit-on-surface",
    "稽核流于表面",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-43", "S10-44", "S10-60"],
    reads={"insurance.audit": "audit_no"},
    needs={"insurance.audit": ["verified_number", "verified_base"]},
    remedy="按规定核实参保人数和缴费基数并留存证据",
    risk_point="insurance.audit",
    looks_alike="待遇领取的稽核；核实数与申报数相同",
)
def audit_on_surface(t: Tables, p: ParameterView) -> Hits:
    """An audit of contributions that records neither a verified number nor a verified base."""
    audits = t.audit
    of_benefit = audits.scope.fill_null("") == "待遇"
    empty = audits.verified_number.isnull() & audits.verified_base.isnull()
    return hits(
        audits,
        where=empty & ~of_benefit & absent(audits.problem),
        subject=audits.audit_no.coalesce(audits.unit),
        name=audits.unit,
        on=audits.audited_on,
        key=audits.audited_on,
        because="{audited_on}对{unit}的稽核没有核实人数、核实基数，也没有发现问题的记录",
    )


@rule(
    "insurance.audit-one-sided",
    "稽核只查缴费或只查待遇",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S10-60", "S10-74"],
    reads={"insurance.audit": "division"},
    needs={"insurance.audit": ["scope"]},
    remedy="年度稽核计划同时安排缴费和待遇领取两方面",
    risk_point="insurance.audit",
    looks_alike="一年内两方面都有稽核",
)
def audit_one_sided(t: Tables, p: ParameterView) -> Hits:
    """In a finished year all audits were of one side: contributions, or benefits."""
    known = t.audit.filter(t.audit.scope.isin(["缴费", "待遇"])).mutate(year=t.audit.audited_on.year())
    group = ibis.window(group_by=[known.division, known.year])
    marked = known.mutate(low=known.scope.min().over(group), high=known.scope.max().over(group))
    # The side still missing may be planned for the rest of the year.
    finished = ibis.date(marked.year, 12, 31) <= ibis.literal(p.as_of)
    rows = marked.filter((marked.low == marked.high) & finished)
    return hits(
        rows,
        subject=rows.division.fill_null("全部"),
        name=rows.division,
        on=rows.audited_on,
        key=rows.year,
        because="{year}年{n}次稽核全部是{scope}稽核",
    )


@rule(
    "insurance.audit-coverage-low",
    "稽核覆盖面不足",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S10-60", "S10-74", "S10-85"],
    reads={"insurance.insured_unit": None, "insurance.audit": None},
    uses=["insurance.audit_coverage_floor"],
    remedy="按计划补稽核，未稽核单位列入下一批",
    risk_point="insurance.audit",
    looks_alike="覆盖率等于下限",
)
def audit_coverage_low(t: Tables, p: ParameterView) -> Hits:
    """In the year of the scan a smaller share of the insured units was audited than the floor."""
    floor = p["insurance.audit_coverage_floor"]
    year = p.as_of.year
    audited = t.audit.filter(t.audit.audited_on.year() == year).select(audited_unit="unit").distinct()
    units = t.insured_unit.filter(t.insured_unit.status.fill_null("正常") == "正常")
    both = units.left_join(audited, units.unit == audited.audited_unit)
    group = ibis.window(group_by=both.division)
    counted = both.mutate(units=both.unit.count().over(group), covered=both.audited_unit.count().over(group))
    rows = counted.filter(
        counted.audited_unit.isnull() & (counted.covered < counted.units * ibis.literal(floor))
    )
    return hits(
        rows,
        subject=rows.division.fill_null("全部"),
        name=rows.division,
        on=ibis.literal(p.as_of),
        key=ibis.literal(str(year)),
        because="参保单位{units}家，本年稽核{covered}家，未稽核{n}家：{unit}",
    )


@rule(
    "insurance.broken-rule-missing",
    "查出问题未注明违反的规定",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-88"],
    reads={"insurance.audit": "audit_no"},
    needs={"insurance.audit": ["broken_rule"]},
    remedy="补记违反的条款",
    risk_point="insurance.audit",
    looks_alike="没有发现问题",
)
def broken_rule_missing(t: Tables, p: ParameterView) -> Hits:
    """An audit found a problem without naming the rule that was broken."""
    audits = t.audit
    found = (audits.problems > 0).fill_null(False) | (
        ~absent(audits.problem) & ~audits.problem.isin(["无", "未发现问题"])
    )
    return hits(
        audits,
        where=found & absent(audits.broken_rule),
        subject=audits.audit_no.coalesce(audits.unit, audits.person),
        name=audits.unit.coalesce(audits.name),
        on=audits.audited_on,
        amount=audits.amount,
        key=audits.audited_on,
        because="{audited_on}稽核发现问题（{problem}），没有注明违反的规定",
    )


@rule(
    "insurance.review-rule-missing",
    "复核发现问题未注明违反的规定",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-88"],
    reads={"insurance.benefit_payment": "payment_no"},
    needs={"insurance.benefit_payment": ["problem", "broken_rule"]},
    remedy="补记违反的条款",
    risk_point="insurance.review",
    looks_alike="复核没有发现问题",
)
def review_rule_missing(t: Tables, p: ParameterView) -> Hits:
    """A second review found a problem without naming the rule that was broken."""
    paid = t.benefit_payment
    found = ~absent(paid.problem) & ~paid.problem.isin(["无", "未发现问题", "通过", "同意", "无误"])
    return hits(
        paid,
        where=found & absent(paid.broken_rule),
        subject=paid.payment_no.coalesce(paid.person),
        name=paid.name,
        on=paid.paid_on,
        amount=paid.amount,
        key=paid.paid_on,
        because="{name}的{kind}待遇复核发现问题（{problem}），没有注明违反的规定",
    )


@rule(
    "insurance.complaint-without-investigation",
    "投诉举报未经调查即办结",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-31", "S10-47"],
    reads={"insurance.complaint": "complaint_no"},
    needs={"insurance.complaint": ["investigated_on", "handled_on"]},
    remedy="补充调查并重新答复",
    risk_point="insurance.complaint",
    looks_alike="调查日期与办结日期同日；有调查情况的记录",
)
def complaint_without_investigation(t: Tables, p: ParameterView) -> Hits:
    """A complaint was closed without an investigation, or before it."""
    c = t.complaint
    none = c.investigated_on.isnull() & absent(c.findings)
    return hits(
        c,
        where=c.handled_on.notnull() & (none | (c.investigated_on > c.handled_on).fill_null(False)),
        subject=c.complaint_no.coalesce(c.accused),
        name=c.accused,
        on=c.received_on,
        amount=c.amount,
        key=c.received_on,
        because="{received_on}收到的{kind}（反映{accused}），{handled_on}办结，调查日期{investigated_on}",
    )


@rule(
    "insurance.complaint-open",
    "投诉举报逾期未办结",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-31", "S10-47"],
    reads={"insurance.complaint": "complaint_no"},
    uses=["insurance.complaint_days"],
    remedy="督办，限期答复",
    risk_point="insurance.complaint",
    looks_alike="期限内；期限当日办结",
)
def complaint_open(t: Tables, p: ParameterView) -> Hits:
    """A complaint has no outcome more than the set number of days after receipt."""
    c = t.complaint
    days = p["insurance.complaint_days"]
    waited = days_between(c.handled_on.coalesce(ibis.literal(p.as_of)), c.received_on)
    return hits(
        c,
        where=waited > days,
        subject=c.complaint_no.coalesce(c.accused),
        name=c.accused,
        on=c.received_on,
        amount=c.amount,
        key=c.received_on,
        facts={"waited": waited},
        because="{received_on}收到的{kind}（反映{accused}），已{waited}天，办结日期{handled_on}",
    )


@rule(
    "insurance.complaint-without-outcome",
    "投诉举报办结无处理结果",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-31", "S10-47"],
    reads={"insurance.complaint": "complaint_no"},
    needs={"insurance.complaint": ["outcome", "handled_on"]},
    remedy="补记处理结果",
    risk_point="insurance.complaint",
    looks_alike="尚在办理",
)
def complaint_without_outcome(t: Tables, p: ParameterView) -> Hits:
    """A complaint was closed with no outcome on record."""
    c = t.complaint
    return hits(
        c,
        where=c.handled_on.notnull() & absent(c.outcome),
        subject=c.complaint_no.coalesce(c.accused),
        name=c.accused,
        on=c.received_on,
        amount=c.amount,
        key=c.received_on,
        because="{received_on}收到的{kind}（反映{accused}）于{handled_on}办结，没有处理结果",
    )
