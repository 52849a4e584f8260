"""What leaders declared of their relatives, against every ledger in which they are paid (S3-41, S3-50).

A relative may be paid: that it is declared, and that the leader took no part, is what people check.
Each ledger of another pack has a rule of its own, so that one that is not at hand leaves the others alone.
"""

from __future__ import annotations

from ibis.expr import types as ir

from shouwang.packs.integrity.rules.funds import plain
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

DECLARED: dict[str, None] = {"integrity.relative_declaration": None}
NOT_ALIKE = "名称相近而不同的单位"
REMEDY = "核查是否回避，违规的纠正并追究责任"


def businesses(t: Tables) -> ir.Table:
    """Declared businesses: ``leader, relation, organisation, business`` (without punctuation), ``code``."""
    rows = t.relative_declaration
    declared = rows.select(
        "ref_relative_declaration",
        "relation",
        "organisation",
        leader=rows.name,
        code=rows.credit_code,
        business=plain(rows.organisation),
    )
    return declared.filter(declared.business != "")


def persons(t: Tables) -> ir.Table:
    """Declared relatives with their ID: ``leader, relation, relative, person``."""
    rows = t.relative_declaration
    return (
        rows.filter(rows.relative_person.notnull())
        .group_by(person=rows.relative_person, leader=rows.name)
        .aggregate(
            relative=rows.relative.min(),
            relation=rows.relation.min(),
            ref_relative_declaration=rows.ref_relative_declaration.min(),
        )
    )


@rule(
    "integrity.payee-is-relative",
    "收款单位由领导干部亲属经营",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-41", "S3-50"],
    reads={"integrity.fund_item": None, **DECLARED},
    remedy=REMEDY,
    risk_point="integrity.relatives",
    looks_alike=NOT_ALIKE,
)
def payee_is_relative(t: Tables, p: ParameterView) -> Hits:
    """The payee is a business that a leader declared as run by a relative."""
    declared = businesses(t)
    items = t.fund_item.mutate(payee_plain=plain(t.fund_item.payee))
    same_name = items.payee_plain == declared.business
    same_code = items.payee_code == declared.code
    rows = items.join(declared, same_name.fill_null(False) | same_code.fill_null(False))
    return hits(
        rows,
        subject=rows.item_no,
        name=rows.payee,
        on=rows.paid_on,
        amount=rows.amount,
        mask={"leader": "name"},
        because="{item_no}“{purpose}”{amount}元付{payee}，该单位由{leader}的{relation}经营（本人申报）",
    )


@rule(
    "integrity.relative-paid-by-voucher",
    "村（社区）凭证付给领导干部亲属经营的单位",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S3-38", "S3-50"],
    reads={"accounting.voucher": None, **DECLARED},
    remedy=REMEDY,
    risk_point="integrity.relatives",
    looks_alike=f"{NOT_ALIKE}；收入凭证；退回、作废的凭证",
)
def relative_paid_by_voucher(t: Tables, p: ParameterView) -> Hits:
    """Spending of a village or community, entered in its books, went to a declared relative's business."""
    rows = t.voucher.mutate(business=plain(t.voucher.payee))
    spent = ~mentions(rows.direction, "收入", "收款")
    entered = ~mentions(rows.state, "退", "未", "作废", "不", "否", "待")
    found = rows.filter(spent & entered).join(businesses(t), "business")
    return hits(
        found,
        subject=found.voucher_no,
        name=found.payee,
        on=found.voucher_on,
        amount=found.amount,
        key=found.division,
        mask={"leader": "name"},
        because="{division}凭证{voucher_no}“{use}”{amount}元付{payee}，该单位由{leader}的{relation}经营（本人申报）",
    )


@rule(
    "integrity.relative-paid-by-project",
    "文化项目支出付给领导干部亲属经营的单位",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-50", "S3-50"],
    reads={"culture.spending": None, **DECLARED},
    remedy=REMEDY,
    risk_point="integrity.relatives",
    looks_alike=NOT_ALIKE,
)
def relative_paid_by_project(t: Tables, p: ParameterView) -> Hits:
    """A cultural project bought from a declared relative's business."""
    rows = t.spending.mutate(business=plain(t.spending.payee))
    found = rows.join(businesses(t), "business")
    return hits(
        found,
        subject=found.project_no,
        name=found.payee,
        on=found.spent_on,
        amount=found.amount,
        key=found.business,
        mask={"leader": "name"},
        because="项目{project_no}向{payee}支出{n}笔共{amount.sum}元，该单位由{leader}的{relation}经营（本人申报）",
    )


@rule(
    "integrity.relative-on-dibao",
    "领导干部亲属享受低保",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S3-39", "S3-50"],
    reads={"assistance.recipient": None, **DECLARED},
    remedy="核对近亲属备案，由其他人重新入户核查",
    risk_point="integrity.relatives",
    looks_alike="同名而证件号不同；已停保的家庭",
)
def relative_on_dibao(t: Tables, p: ParameterView) -> Hits:
    """A declared relative is a member of a household that is on dibao on the day of the scan."""
    rows = t.recipient
    still = rows.stop_month.isnull() | (rows.stop_month > p.as_of)
    listed = rows.filter(still).select(
        "person", "certificate", "division", "start_month", "ref_recipient", member=rows.name
    )
    found = listed.join(persons(t), "person")
    return hits(
        found,
        subject=found.person,
        name=found.member,
        on=found.start_month,
        key=found.certificate,
        mask={"leader": "name", "member": "name"},
        because="{certificate}成员{member}是{leader}的{relation}（本人申报），自{start_month:month}享受低保",
    )


@rule(
    "integrity.relative-has-loan",
    "领导干部亲属取得担保贷款",
    severity=Severity.LOW,
    subject="person",
    seeds=["S3-50"],
    reads={"microcredit.loan": None, **DECLARED},
    remedy="核查推荐、担保、审批是否回避，有无人情贷款",
    risk_point="integrity.relatives",
    looks_alike="同名而证件号不同；已结清的贷款",
)
def relative_has_loan(t: Tables, p: ParameterView) -> Hits:
    """A declared relative has a guaranteed loan that is not settled."""
    rows = t.loan.filter(t.loan.settled_on.isnull() & ~(t.loan.outstanding == 0).fill_null(False))
    loans = rows.select(
        "person", "loan_no", "division", "paid_out_on", "amount", "ref_loan", borrower=rows.name
    )
    found = loans.join(persons(t), "person")
    return hits(
        found,
        subject=found.person,
        name=found.borrower,
        on=found.paid_out_on,
        amount=found.amount,
        key=found.loan_no,
        mask={"leader": "name", "borrower": "name"},
        because="借款人{borrower}是{leader}的{relation}（本人申报），{paid_out_on}取得担保贷款{amount}元（{loan_no}）",
    )
