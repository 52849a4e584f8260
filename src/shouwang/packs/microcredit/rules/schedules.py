"""Signed schedules and what came in on them, against what the contract makes due (S5-16, S5-53, S5-69)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.microcredit.repayment import DayCount, Method
from shouwang.packs.microcredit.rules.accrual import (
    MONEY,
    convention,
    fen,
    half_up,
    terms,
    with_days,
    with_interest,
    yuan,
)
from shouwang.packs.microcredit.rules.common import repaid_principal, unsettled
from shouwang.risk.expressions import days_between, month_index
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

BOTH = {"microcredit.schedule": "loan_no", "microcredit.loan": "loan_no"}
TIE = 0.005 + 1e-6
"""Yuan by which an equal instalment may differ from the exact one: half a fen, and what floats may err by."""


def _instalments(t: Tables, p: ParameterView) -> ir.Table:
    """Rows of signed schedules with the loan's terms, the balance before each, its days and its interest."""
    rows = t.schedule.join(terms(t.loan, p), "loan_no")
    # What is repaid early on a due day comes after that day's instalment.
    rows = rows.mutate(early=(rows.instalment <= 0).cast("int64"))
    line = ["due_on", "early", "instalment"]
    before = ibis.window(group_by=rows.loan_no, order_by=line, preceding=(None, 1))
    order = ibis.window(group_by=rows.loan_no, order_by=line)
    rows = rows.mutate(
        repaid_before=rows.principal.sum().over(before).fill_null(0),
        start=ibis.coalesce(rows.due_on.lag().over(order), rows.paid_out_on),
    )
    rows = with_days(rows, rows.instalment > 0)
    balance = (rows.amount - rows.repaid_before).cast(MONEY)
    rows = rows.mutate(fen_before=ibis.greatest(fen(balance), 0))
    return with_interest(rows)


@rule(
    "microcredit.schedule-interest-wrong",
    "还款计划利息与合同条件不符",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-16", "S5-53"],
    reads=BOTH,
    uses=["microcredit.day_count"],
    remedy="按合同利率和计息天数重新计算，多收的退还，更正计划后双方重签",
    risk_point="microcredit.schedule-wrong",
    looks_alike="首期不足一月、按天数计息的；提前还款后利息减少的；四舍五入到分的",
)
def schedule_interest_wrong(t: Tables, p: ParameterView) -> Hits:
    """The interest of an instalment is not that of the balance before it, to the fen."""
    rows = _instalments(t, p)
    rows = rows.mutate(expected=yuan(rows.expected))
    difference = (rows.interest - rows.expected).cast(MONEY)
    return hits(
        rows,
        where=difference != 0,
        subject=rows.loan_no,
        name=rows.borrower,
        division=rows.division,
        on=rows.due_on,
        amount=difference.abs(),
        facts={"difference": difference, "convention": rows["count"]},
        mask={"borrower": "name"},
        because="{borrower}的贷款{loan_no}（年利率{rate}%，{convention}）还款计划第{instalment}期共{n}期利息有误："
        "计划{interest.sum}元，应为{expected.sum}元，相差{difference.sum}元",
    )


@rule(
    "microcredit.schedule-principal-wrong",
    "还款计划本金与还款方式不符",
    severity=Severity.LOW,
    subject="record",
    seeds=["S5-16", "S5-53"],
    reads=BOTH,
    needs={"microcredit.loan": ("repayment_method",)},
    uses=["microcredit.day_count"],
    remedy="按约定的还款方式重新排定，双方重签",
    risk_point="microcredit.schedule-wrong",
    looks_alike="末期吸收尾差的；开头只付利息的宽限期；有提前还款的计划",
)
def schedule_principal_wrong(t: Tables, p: ParameterView) -> Hits:
    """The principal of an instalment but the last is not what the way of repaying makes it."""
    rows = _instalments(t, p)
    loan = ibis.window(group_by=rows.loan_no)
    rows = rows.mutate(
        early=rows.early.max().over(loan),
        first=ibis.ifelse(rows.principal > 0, rows.instalment, ibis.null("int64")).min().over(loan),
        last=rows.instalment.max().over(loan),
    )
    rows = rows.filter((rows.early == 0) & (rows.instalment >= rows.first))
    order = ibis.cumulative_window(group_by=rows.loan_no, order_by=["due_on", "instalment"])
    ratio = rows.rate.cast("float64") * rows.days / (rows.basis * 100.0)
    rows = rows.mutate(
        paying=rows.loan_no.count().over(ibis.window(group_by=rows.loan_no)),
        discount=(1.0 + ratio).ln().sum().over(order),
    )
    whole = ibis.window(group_by=rows.loan_no)
    rows = rows.mutate(
        level=rows.amount.cast("float64") / (-rows.discount).exp().sum().over(whole),
        exact=fen(rows.amount),
        per=rows.paying,
    )
    rows = half_up(rows, "share")
    total = (rows.principal + rows.interest).cast("float64")
    method = rows.repayment_method
    wrong = ibis.cases(
        (method == Method.EQUAL_INSTALMENT.value, (total - rows.level).abs() > TIE),
        (method == Method.EQUAL_PRINCIPAL.value, fen(rows.principal) != rows.share),
        (method.isin([Method.INTEREST_FIRST.value, Method.BULLET.value]), rows.principal != 0),
        else_=ibis.literal(False),
    )
    expected = ibis.cases(
        (method == Method.EQUAL_INSTALMENT.value, rows.level.round(2).cast(MONEY) - rows.interest),
        (method == Method.EQUAL_PRINCIPAL.value, yuan(rows.share)),
        else_=ibis.literal(0, MONEY),
    ).cast(MONEY)
    return hits(
        rows,
        where=wrong.fill_null(False) & (rows.instalment < rows.last),
        subject=rows.loan_no,
        name=rows.borrower,
        division=rows.division,
        on=rows.due_on,
        amount=(rows.principal - expected).abs(),
        facts={"expected": expected},
        mask={"borrower": "name"},
        because="{borrower}的贷款{loan_no}（{repayment_method}）还款计划第{instalment}期本金有误："
        "计划共{principal.sum}元，按还款方式应为{expected.sum}元",
    )


@rule(
    "microcredit.schedule-does-not-add-up",
    "还款计划合计与贷款不符",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-16"],
    reads=BOTH,
    remedy="核对合同金额和到期日，更正计划后双方重签",
    risk_point="microcredit.schedule-wrong",
    looks_alike="本金之和等于贷款金额、末期在到期日的",
)
def schedule_does_not_add_up(t: Tables, p: ParameterView) -> Hits:
    """The principal parts are not the loan, or the last due day is not the contract's."""
    loans = t.loan.select("loan_no", "ref_loan", "amount", ends_on=t.loan.due_on, borrower=t.loan.name)
    rows = t.schedule.join(loans, "loan_no")
    loan = ibis.window(group_by=rows.loan_no)
    rows = rows.mutate(
        planned=rows.principal.sum().over(loan).cast(MONEY), last_on=rows.due_on.max().over(loan)
    )
    differs = (rows.planned != rows.amount) | (rows.last_on != rows.ends_on).fill_null(False)
    return hits(
        rows.filter(rows.due_on == rows.last_on),
        where=differs.fill_null(False),
        subject=rows.loan_no,
        name=rows.borrower,
        division=rows.division,
        on=rows.last_on,
        amount=(rows.planned - rows.amount).abs(),
        once=rows.loan_no,
        mask={"borrower": "name"},
        because="{borrower}的贷款{loan_no}金额{amount}元、{ends_on}到期，"
        "还款计划本金共{planned}元、末期{last_on}",
    )


@rule(
    "microcredit.instalment-overdue",
    "分期还款逾期未还",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-62"],
    reads={
        "microcredit.schedule": "loan_no",
        "microcredit.loan": "loan_no",
        "microcredit.repayment": "loan_no",
    },
    remedy="自逾期首日起催收、计罚息，查明经营困难的提交联席会议",
    risk_point="microcredit.overdue",
    looks_alike="应还当日还清；全部贷款已到期的（另有规则）；已结清",
)
def instalment_overdue(t: Tables, p: ParameterView) -> Hits:
    """The loan is not due yet, but an instalment of its schedule has passed its day with principal unpaid."""
    loans = t.loan.filter(unsettled(t.loan))
    loans = loans.filter((loans.due_on >= p.as_of).fill_null(True))
    loans = repaid_principal(loans, t.repayment, p.as_of)
    loans = loans.select("loan_no", "ref_loan", "repaid_by_then", borrower=loans.name)
    order = ibis.cumulative_window(group_by=t.schedule.loan_no, order_by=["due_on", "instalment"])
    plan = t.schedule.mutate(due_by_then=t.schedule.principal.sum().over(order))
    rows = plan.filter(plan.due_on < p.as_of).join(loans, "loan_no")
    unpaid = ibis.least(rows.due_by_then - rows.repaid_by_then, rows.principal).cast(MONEY)
    return hits(
        rows,
        where=(rows.due_by_then > rows.repaid_by_then) & (rows.principal > 0),
        subject=rows.loan_no,
        name=rows.borrower,
        division=rows.division,
        on=rows.due_on,
        amount=unpaid,
        facts={"unpaid": unpaid},
        mask={"borrower": "name"},
        because="{borrower}的贷款{loan_no}有{n}期逾期（第{instalment}期，自{due_on.first}起），"
        "未还本金{unpaid.sum}元",
    )


@rule(
    "microcredit.repayment-interest-wrong",
    "实收利息与合同条件不符",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-16", "S8-61"],
    reads={"microcredit.repayment": "loan_no", "microcredit.loan": "loan_no"},
    needs={"microcredit.repayment": ("due_on", "principal", "interest")},
    uses=["microcredit.day_count"],
    remedy="与银行对账，多收的退还借款人，少收的补记",
    risk_point="microcredit.schedule-wrong",
    looks_alike="只还了部分利息的；一期分两次还、合计相符的；逾期利息记在罚息栏的",
)
def repayment_interest_wrong(t: Tables, p: ParameterView) -> Hits:
    """The interest taken for a due day is above that of the balance, or below it though principal was taken.

    Less is only said where the ledger holds each due day from the first, and each repayment has one: a gap
    of the ledger looks like interest not taken.
    """
    paid = t.repayment
    loan = ibis.window(group_by=paid.loan_no)
    paid = paid.mutate(undated=paid.due_on.isnull().cast("int64").max().over(loan))
    dated = paid.filter(paid.due_on.notnull())
    days = dated.group_by("loan_no", "due_on").aggregate(
        principal=dated.principal.fill_null(0).sum().cast(MONEY),
        interest=dated.interest.fill_null(0).sum().cast(MONEY),
        undated=dated.undated.max(),
    )
    days = days.join(terms(t.loan, p), "loan_no")
    order = ibis.window(group_by=days.loan_no, order_by="due_on")
    before = ibis.window(group_by=days.loan_no, order_by="due_on", preceding=(None, 1))
    days = days.mutate(
        repaid_before=days.principal.sum().over(before).fill_null(0),
        start=ibis.coalesce(days.due_on.lag().over(order), days.paid_out_on),
    )
    days = with_days(days, ibis.literal(True))
    days = days.mutate(
        fen_before=ibis.greatest(fen((days.amount - days.repaid_before).cast(MONEY)), 0),
        apart=month_index(days.due_on) - month_index(days.start),
    )
    days = with_interest(days)
    whole = ibis.window(group_by=days.loan_no)
    days = days.mutate(
        expected=yuan(days.expected),
        closest=days.apart.min().over(whole),
        widest=days.apart.max().over(whole),
        rows=days.loan_no.count().over(whole),
    )
    complete = (days.undated == 0) & (days.closest == days.widest) & (days.rows > 1)
    less = (days.interest < days.expected) & (days.principal > 0) & complete
    wrong = days.filter((days.interest > days.expected) | less)
    wrong = wrong.select(
        "loan_no", "due_on", "ref_loan", "borrower", "rate", "count", "expected", "interest"
    ).rename(taken="interest", convention="count")
    rows = dated.drop("interest").join(wrong, ["loan_no", "due_on"])
    difference = (rows.taken - rows.expected).cast(MONEY)
    return hits(
        rows,
        subject=rows.loan_no,
        name=rows.borrower,
        division=rows.division,
        on=rows.due_on,
        amount=difference.abs(),
        key=rows.due_on.cast("string"),
        once=rows.loan_no,
        facts={"difference": difference},
        mask={"borrower": "name"},
        because="{borrower}的贷款{loan_no}（年利率{rate}%，{convention}）{due_on}应付息{expected}元，"
        "实收{taken}元，相差{difference}元",
    )


@rule(
    "microcredit.penalty-wrong",
    "罚息计收与逾期天数不符",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-69"],
    reads={
        "microcredit.repayment": "loan_no",
        "microcredit.schedule": "loan_no",
        "microcredit.loan": "loan_no",
    },
    needs={"microcredit.repayment": ("due_on", "principal", "penalty")},
    uses=[
        "microcredit.day_count",
        "microcredit.penalty_day_count",
        "microcredit.penalty_on_interest",
        "microcredit.penalty_surcharge",
    ],
    remedy="按合同的罚息利率和逾期天数重新计收，多收的退还",
    risk_point="microcredit.overdue",
    looks_alike="当日还清、没有罚息；一期分几次还的",
)
def penalty_wrong(t: Tables, p: ParameterView) -> Hits:
    """One late payment settled an instalment, and its penalty interest is not that of the days overdue."""
    paid = t.repayment
    once = ibis.window(group_by=[paid.loan_no, paid.due_on])
    paid = paid.mutate(times=paid.loan_no.count().over(once))
    late = paid.filter((paid.times == 1) & (paid.repaid_on >= paid.due_on) & paid.penalty.notnull())
    plan = t.schedule.filter(t.schedule.instalment > 0)
    same_day = ibis.window(group_by=[plan.loan_no, plan.due_on])
    plan = plan.mutate(of_that_day=plan.loan_no.count().over(same_day))
    plan = plan.filter(plan.of_that_day == 1).select(
        "loan_no", "due_on", "ref_schedule", due_principal=plan.principal, due_interest=plan.interest
    )
    rows = late.join(plan, ["loan_no", "due_on"]).join(terms(t.loan, p), "loan_no")
    rows = rows.filter(
        (rows.principal == rows.due_principal) & (rows.interest.fill_null(0) == rows.due_interest)
    )
    surcharge = p.at("microcredit.penalty_surcharge", rows.due_on, rows.division)
    by_day = convention(p, "microcredit.penalty_day_count", rows.due_on, rows.division)
    on_interest = p.at("microcredit.penalty_on_interest", rows.due_on, rows.division) != "否"
    base = rows.due_principal + ibis.ifelse(on_interest, rows.due_interest, ibis.literal(0, MONEY))
    exact = (
        base.cast("float64")
        * rows.rate.cast("float64")
        * (1.0 + surcharge.cast("float64") / 100.0)
        * days_between(rows.repaid_on, rows.due_on)
        / ibis.ifelse(by_day == DayCount.ACTUAL_365.value, 36_500.0, 36_000.0)
    )
    rows = rows.mutate(exact=exact, surcharge=surcharge, days=days_between(rows.repaid_on, rows.due_on))
    expected = rows.exact.round(2).cast(MONEY)
    return hits(
        rows,
        where=(rows.penalty.cast("float64") - rows.exact).abs() > TIE,
        subject=rows.loan_no,
        name=rows.borrower,
        division=rows.division,
        on=rows.repaid_on,
        amount=(rows.penalty - expected).abs(),
        key=rows.due_on.cast("string"),
        facts={"expected": expected},
        mask={"borrower": "name"},
        because="{borrower}的贷款{loan_no}{due_on}应还，{repaid_on}还清，逾期{days}天，"
        "罚息（加收{surcharge}%）应为{expected}元，实收{penalty}元",
    )
