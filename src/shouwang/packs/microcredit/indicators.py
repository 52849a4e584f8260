"""The numbers of the pack: loans granted, repayment, non-performing ratio, reach, time, money."""

from __future__ import annotations

from typing import Any

import ibis

from shouwang.indicator.indicator import Values, indicator, values, year
from shouwang.packs.microcredit.rules.common import (
    days_overdue,
    granted,
    in_community,
    overdue,
    turned_down,
    unsettled,
)
from shouwang.risk.areas import community_key
from shouwang.risk.expressions import days_between, mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables, absent


@indicator(
    "microcredit.npl-ratio",
    "社区小额贷款不良率（金额）",
    unit="%",
    scale=100,
    seeds=["S5-73"],
    reads=["microcredit.loan"],
    optional=["microcredit.application"],
    formula="逾期未还余额 ÷ 全部未结清余额",
)
def npl_ratio(t: Tables, p: ParameterView) -> Values:
    """Overdue balance over all balance of unsettled loans, per community."""
    loans = in_community(t.loan, t.application)
    loans = loans.filter(unsettled(loans))
    late = ibis.ifelse(overdue(loans, p.as_of), loans.outstanding, 0)
    return values(
        loans,
        division=loans.community_key,
        period=year(p.as_of),
        numerator=late.sum(),
        denominator=loans.outstanding.sum(),
    )


@indicator(
    "microcredit.npl-ratio-by-number",
    "社区小额贷款不良率（笔数）",
    unit="%",
    scale=100,
    seeds=["S5-73"],
    reads=["microcredit.loan"],
    optional=["microcredit.application"],
    formula="逾期未还笔数 ÷ 全部未结清笔数",
)
def npl_ratio_by_number(t: Tables, p: ParameterView) -> Values:
    """Overdue loans over all unsettled loans, per community."""
    loans = in_community(t.loan, t.application)
    loans = loans.filter(unsettled(loans))
    return values(
        loans,
        division=loans.community_key,
        period=year(p.as_of),
        numerator=overdue(loans, p.as_of).cast("int64").sum(),
        denominator=loans.count(),
    )


def _at_risk(t: Tables, p: ParameterView, days: int) -> Values:
    """Balance of unsettled loans more than ``days`` overdue over the balance of all, per community."""
    loans = days_overdue(in_community(t.loan, t.application), t.schedule, t.repayment, p.as_of)
    loans = loans.filter(unsettled(loans))
    late = ibis.ifelse(loans.days_overdue > days, loans.outstanding, 0)
    return values(
        loans,
        division=loans.community_key,
        period=year(p.as_of),
        numerator=late.sum(),
        denominator=loans.outstanding.sum(),
    )


AT_RISK: dict[str, Any] = {
    "unit": "%",
    "scale": 100,
    "seeds": ["S5-73"],
    "reads": ["microcredit.loan"],
    "optional": ["microcredit.application", "microcredit.schedule", "microcredit.repayment"],
}


@indicator(
    "microcredit.par-30",
    "逾期30天以上贷款占比（PAR30）",
    formula="逾期超过30天的贷款的全部余额 ÷ 全部未结清余额；有还款计划的，自最早未还的一期起算",
    **AT_RISK,
)
def par_30(t: Tables, p: ParameterView) -> Values:
    """Portfolio at risk over 30 days: the whole balance of a loan whose oldest due day is that long past."""
    return _at_risk(t, p, 30)


@indicator(
    "microcredit.par-60",
    "逾期60天以上贷款占比（PAR60）",
    formula="逾期超过60天的贷款的全部余额 ÷ 全部未结清余额",
    **AT_RISK,
)
def par_60(t: Tables, p: ParameterView) -> Values:
    """Portfolio at risk over 60 days."""
    return _at_risk(t, p, 60)


@indicator(
    "microcredit.par-90",
    "逾期90天以上贷款占比（PAR90）",
    formula="逾期超过90天的贷款的全部余额 ÷ 全部未结清余额",
    **AT_RISK,
)
def par_90(t: Tables, p: ParameterView) -> Values:
    """Portfolio at risk over 90 days."""
    return _at_risk(t, p, 90)


@indicator(
    "microcredit.bad-asset-ratio",
    "不良资产率",
    scale=1,
    digits=4,
    seeds=["S8-66", "S8-63"],
    reads=["microcredit.loan"],
    optional=["microcredit.application"],
    direction="down",
    target="microcredit.control_ratio",
    formula="逾期未还余额 ÷ 全部未结清余额，与约定控制率比较",
)
def bad_asset_ratio(t: Tables, p: ParameterView) -> Values:
    """The same ratio against the share that bank and intermediary agreed, per community."""
    return npl_ratio(t, p)


@indicator(
    "microcredit.loans-granted",
    "小额贷款发放金额",
    unit="元",
    seeds=["S5-74"],
    reads=["microcredit.loan"],
    optional=["microcredit.application"],
    direction="up",
    target="microcredit.loans_target",
    formula="当年发放的贷款金额之和",
)
def loans_granted(t: Tables, p: ParameterView) -> Values:
    """Amount paid out per community and year."""
    loans = in_community(t.loan, t.application)
    return values(
        loans, division=loans.community_key, period=year(loans.paid_out_on), numerator=loans.amount.sum()
    )


@indicator(
    "microcredit.loans-granted-number",
    "小额贷款发放笔数",
    unit="笔",
    digits=0,
    seeds=["S5-74"],
    reads=["microcredit.loan"],
    optional=["microcredit.application"],
    formula="当年发放的贷款笔数",
)
def loans_granted_number(t: Tables, p: ParameterView) -> Values:
    """Loans paid out per community and year."""
    loans = in_community(t.loan, t.application)
    return values(
        loans, division=loans.community_key, period=year(loans.paid_out_on), numerator=loans.count()
    )


@indicator(
    "microcredit.repayment-rate",
    "还款率（回收率）",
    scale=100,
    unit="%",
    seeds=["S5-75", "S5-76", "S8-67"],
    reads=["microcredit.loan"],
    optional=["microcredit.application"],
    needs={"microcredit.loan": ("repaid", "due_on")},
    direction="up",
    target="microcredit.repayment_target",
    formula="已到期贷款的已还本金 ÷ 已到期贷款的金额",
)
def repayment_rate(t: Tables, p: ParameterView) -> Values:
    """Principal repaid of the loans that fell due by the day of the scan, per community and year due."""
    loans = in_community(t.loan, t.application)
    loans = loans.filter(loans.due_on <= p.as_of)
    return values(
        loans,
        division=loans.community_key,
        period=year(loans.due_on),
        numerator=loans.repaid.sum(),
        denominator=loans.amount.sum(),
    )


@indicator(
    "microcredit.days-to-pay-out",
    "从申请到放款平均天数",
    unit="天",
    digits=1,
    seeds=["S8-69", "S8-39"],
    reads=["microcredit.application", "microcredit.loan"],
    needs={"microcredit.loan": ("application_no",)},
    formula="∑（放款日期－申请日期）÷ 放款笔数",
)
def days_to_pay_out(t: Tables, p: ParameterView) -> Values:
    """Mean days from application to pay-out, per community and year of application."""
    loans = t.loan.select("application_no", "paid_out_on")
    both = t.application.join(loans, "application_no")
    both = both.filter(both.applied_on.notnull() & both.paid_out_on.notnull())
    return values(
        both,
        division=community_key(both.division),
        period=year(both.applied_on),
        numerator=days_between(both.paid_out_on, both.applied_on).sum(),
        denominator=both.count(),
    )


@indicator(
    "microcredit.steps-per-application",
    "每笔申请经过的环节数",
    unit="个",
    digits=1,
    seeds=["S8-69", "S8-39"],
    reads=["microcredit.application"],
    formula="∑（推荐、初审、公示、担保、银行审批中已办的环节）÷ 申请笔数",
)
def steps_per_application(t: Tables, p: ParameterView) -> Values:
    """Steps that left a trace (name or day) over applications, per community and year."""
    rows = t.application
    done = [
        rows.recommended_by.notnull() | rows.recommended_on.notnull(),
        rows.prescreened_by.notnull() | rows.prescreened_on.notnull(),
        rows.notice_from.notnull(),
        rows.guaranteed_by.notnull() | rows.guaranteed_on.notnull(),
        rows.approved_by.notnull() | rows.approved_on.notnull(),
    ]
    steps = done[0].cast("int64")
    for step in done[1:]:
        steps = steps + step.cast("int64")
    return values(
        rows,
        division=community_key(rows.division),
        period=year(rows.applied_on),
        numerator=steps.sum(),
        denominator=rows.count(),
    )


@indicator(
    "microcredit.refused-share",
    "申请不批准率",
    unit="%",
    scale=100,
    seeds=["S8-39"],
    reads=["microcredit.application"],
    needs={"microcredit.application": ("result",)},
    formula="不批准或放弃的申请数 ÷ 已有结果的申请数",
)
def refused_share(t: Tables, p: ParameterView) -> Values:
    """Applications refused or given up over those with a result, per community and year."""
    rows = t.application.filter(granted(t.application) | turned_down(t.application))
    return values(
        rows,
        division=community_key(rows.division),
        period=year(rows.applied_on),
        numerator=turned_down(rows).cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "microcredit.gave-up",
    "中途放弃的申请数",
    unit="人",
    digits=0,
    seeds=["S8-41"],
    reads=["microcredit.application"],
    needs={"microcredit.application": ("refusal_reason",)},
    formula="结果为放弃，或原因写明放弃的申请数",
)
def gave_up(t: Tables, p: ParameterView) -> Values:
    """Applicants who gave up during the chain, per community and year."""
    rows = t.application
    given = mentions(rows.result, "放弃", "撤回") | mentions(rows.refusal_reason, "放弃", "撤回")
    return values(
        rows,
        division=community_key(rows.division),
        period=year(rows.applied_on),
        numerator=given.cast("int64").sum(),
    )


@indicator(
    "microcredit.gave-up-for-informal-borrowing",
    "改走民间借贷而放弃的申请数",
    unit="人",
    digits=0,
    seeds=["S8-42"],
    reads=["microcredit.application"],
    needs={"microcredit.application": ("refusal_reason",)},
    formula="放弃原因写明民间借贷的申请数",
)
def gave_up_for_informal_borrowing(t: Tables, p: ParameterView) -> Values:
    """Applicants who gave up and borrowed privately instead, per community and year."""
    rows = t.application
    private = mentions(rows.refusal_reason, "民间借贷", "私人借", "亲友借")
    return values(
        rows,
        division=community_key(rows.division),
        period=year(rows.applied_on),
        numerator=private.cast("int64").sum(),
    )


@indicator(
    "microcredit.granted-to-needed",
    "批准金额占开办经费比例",
    unit="%",
    scale=100,
    seeds=["S8-50"],
    reads=["microcredit.application"],
    needs={"microcredit.application": ("startup_money",)},
    formula="批准金额之和 ÷ 开办经费之和",
)
def granted_to_needed(t: Tables, p: ParameterView) -> Values:
    """Amount granted over start-up money needed, per community and year."""
    rows = t.application.filter(granted(t.application) & t.application.startup_money.notnull())
    return values(
        rows,
        division=community_key(rows.division),
        period=year(rows.applied_on),
        numerator=rows.approved.sum(),
        denominator=rows.startup_money.sum(),
    )


@indicator(
    "microcredit.without-certificate",
    "没有优惠证而不能贷款的失业人员数",
    unit="人",
    digits=0,
    seeds=["S8-53"],
    reads=["registry.unemployment"],
    needs={"registry.unemployment": ("certificate_no",)},
    formula="失业登记中没有证号的人数",
)
def without_certificate(t: Tables, p: ParameterView) -> Values:
    """Registered unemployed persons without a certificate: excluded from the scheme."""
    rows = t.unemployment
    return values(
        rows,
        division=community_key(rows.division),
        period=year(p.as_of),
        numerator=absent(rows.certificate_no).cast("int64").sum(),
    )


@indicator(
    "microcredit.certificate-holders",
    "持证人员占失业人员比例",
    unit="%",
    scale=100,
    seeds=["S8-54"],
    reads=["registry.unemployment"],
    needs={"registry.unemployment": ("certificate_no",)},
    formula="有证号的失业人员数 ÷ 全部失业登记人员数",
)
def certificate_holders(t: Tables, p: ParameterView) -> Values:
    """Certificate holders over all registered unemployed persons."""
    rows = t.unemployment
    return values(
        rows,
        division=community_key(rows.division),
        period=year(p.as_of),
        numerator=(~absent(rows.certificate_no)).cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "microcredit.reach",
    "小额贷款覆盖率",
    unit="%",
    scale=100,
    seeds=["S8-60"],
    reads=["registry.unemployment", "microcredit.loan"],
    formula="得到过贷款的失业登记人员数 ÷ 失业登记人员数",
)
def reach(t: Tables, p: ParameterView) -> Values:
    """Registered unemployed persons who ever got a loan over all of them, per area."""
    people = t.unemployment.select("person", "division").distinct()
    borrowers = t.loan.select("person").distinct().mutate(borrowed=True)
    both = people.left_join(borrowers, "person")
    return values(
        both,
        division=community_key(both.division),
        period=year(p.as_of),
        numerator=both.borrowed.fill_null(False).cast("int64").sum(),
        denominator=both.count(),
    )


@indicator(
    "microcredit.fund-coverage",
    "担保基金占申请总额比例",
    unit="%",
    scale=100,
    seeds=["S8-46"],
    reads=["microcredit.guarantee_fund", "microcredit.application"],
    formula="已到位担保基金 ÷ 当年申请总额",
)
def fund_coverage(t: Tables, p: ParameterView) -> Values:
    """Guarantee fund arrived over the amount applied for, per year of application."""
    arrived = t.guarantee_fund.filter(t.guarantee_fund.arrived_on <= p.as_of)
    fund = arrived.aggregate(fund=arrived.amount.sum())
    asked = t.application.group_by(applied=year(t.application.applied_on)).aggregate(
        asked=t.application.asked.sum()
    )
    both = asked.cross_join(fund)
    return values(
        both,
        period=both.applied,
        numerator=both.fund.max(),
        denominator=both.asked.max(),
    )


@indicator(
    "microcredit.subsidy-on-time",
    "贴息按时支付率",
    unit="%",
    scale=100,
    seeds=["S8-68"],
    reads=["microcredit.interest_subsidy"],
    needs={"microcredit.interest_subsidy": ("due_on", "paid_on")},
    direction="up",
    target=100,
    formula="按时支付的贴息笔数 ÷ 已到应付日期的贴息笔数",
)
def subsidy_on_time(t: Tables, p: ParameterView) -> Values:
    """Subsidies paid by the day due over those due, per year."""
    rows = t.interest_subsidy.filter(t.interest_subsidy.due_on <= p.as_of)
    in_time = (rows.paid_on <= rows.due_on).fill_null(False)
    return values(
        rows,
        period=year(rows.due_on),
        numerator=in_time.cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "microcredit.average-loan",
    "平均每笔贷款金额",
    unit="元",
    seeds=["S8-58"],
    reads=["microcredit.loan"],
    formula="贷款金额之和 ÷ 笔数",
)
def average_loan(t: Tables, p: ParameterView) -> Values:
    """Mean amount of a loan per year: small amounts cost a lender more than they earn."""
    rows = t.loan
    return values(
        rows,
        division=ibis.literal(""),
        period=year(rows.paid_out_on),
        numerator=rows.amount.sum(),
        denominator=rows.count(),
    )
