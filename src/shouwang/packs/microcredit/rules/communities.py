"""Credit communities: non-performing ratio, suspension, yearly assessment (S5-70 … S5-72)."""

from __future__ import annotations

import datetime as dt

import ibis
from ibis.expr import types as ir

from shouwang.packs.microcredit.rules.common import in_community, overdue, unsettled
from shouwang.risk.areas import community_key
from shouwang.risk.expressions import months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

LEDGERS: dict[str, None] = {"microcredit.loan": None, "microcredit.credit_community": None}


def suspended(community: ir.Table, day: ir.DateValue) -> ir.BooleanValue:
    """Whether this entry of the register says that the guarantee qualification is suspended on that day.

    From the day of suspension to the day before restoration; an entry that says 暂停 without a day
    holds for every day.
    """
    dated = (community.suspended_on <= day) & (community.restored_on.isnull() | (day < community.restored_on))
    undated = (community.qualification == "暂停") & community.suspended_on.isnull()
    return dated.fill_null(False) | undated.fill_null(False)


def ratios(loan: ir.Table, application: ir.Table, day: dt.date, by_amount: bool) -> ir.Table:
    """Unsettled loans with the ``bad`` and ``all`` sums of their community, by amount or by number."""
    placed = in_community(loan, application)
    open_loans = placed.filter(unsettled(placed) & placed.community_key.notnull())
    one = ibis.literal(1).cast("decimal(18, 2)")
    late = overdue(open_loans, day)
    weighed = open_loans.mutate(late=late, weight=open_loans.outstanding.fill_null(0) if by_amount else one)
    window = ibis.window(group_by=weighed.community_key)
    return weighed.mutate(
        bad=ibis.ifelse(weighed.late, weighed.weight, 0).sum().over(window),
        all=weighed.weight.sum().over(window),
    )


@rule(
    "microcredit.npl-reached",
    "社区不良率达到上限未暂停担保资格",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S5-70", "S5-73"],
    reads=LEDGERS,
    optional={"microcredit.application": None},
    uses=["microcredit.npl_limit", "microcredit.npl_base"],
    remedy="自达到之日起暂停该社区信用担保资格，并通报有关部门",
    risk_point="microcredit.overdue",
    looks_alike="已暂停；按笔数达到而按金额未达到（口径由参数定）；差一点未达到",
)
def npl_reached(t: Tables, p: ParameterView) -> Hits:
    """The ratio of a community that may still guarantee has reached the limit (达到: at or above)."""
    limit = ibis.literal(p["microcredit.npl_limit"], "decimal(18, 6)")
    by_amount = p["microcredit.npl_base"] != "笔数"
    measured = ratios(t.loan, t.application, p.as_of, by_amount)
    bad, total = measured.bad.cast("decimal(18, 2)"), measured.all.cast("decimal(18, 2)")
    late = measured.filter((bad >= total * limit) & (bad > 0) & measured.late)
    late = late.select(
        "community_key", "ref_loan", "outstanding", "due_on", percent=(late.bad * 100 / late.all).round(2)
    )
    register = t.credit_community
    register = register.mutate(
        community_key=community_key(register.division),
        now=suspended(register, ibis.literal(p.as_of)),
    )
    stopped = register.filter(register.now).select("community_key").distinct()
    active = register.anti_join(stopped, "community_key").select(
        "community_key", "ref_credit_community", "division", "qualification"
    )
    rows = active.join(late, "community_key")
    return hits(
        rows,
        subject=rows.division,
        name=rows.division,
        on=rows.due_on,
        amount=rows.outstanding,
        facts={"base": ibis.literal("金额" if by_amount else "笔数")},
        because="{division}按{base}计不良率{percent}%，逾期{n}笔共{outstanding.sum}元，担保资格仍为{qualification}",
    )


@rule(
    "microcredit.guaranteed-while-suspended",
    "暂停担保资格期间仍担保",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S5-71"],
    reads={"microcredit.application": None, "microcredit.credit_community": None},
    remedy="撤销担保，恢复资格前不再受理",
    risk_point="microcredit.overdue",
    looks_alike="暂停前一日担保；恢复后担保",
)
def guaranteed_while_suspended(t: Tables, p: ParameterView) -> Hits:
    """Guarantee was given on a day when the applicant's community was suspended."""
    secured = t.application.filter(t.application.guaranteed_on.notnull())
    secured = secured.mutate(community_key=community_key(secured.division))
    register = t.credit_community
    periods = register.select(
        "ref_credit_community",
        "qualification",
        "suspended_on",
        "restored_on",
        community_key=community_key(register.division),
    )
    both = secured.join(periods, "community_key")
    return hits(
        both,
        where=suspended(both, both.guaranteed_on),
        subject=both.application_no,
        name=both.name,
        on=both.guaranteed_on,
        amount=both.approved,
        because="{division}自{suspended_on}起暂停担保资格（恢复：{restored_on}），"
        "{guaranteed_on}仍为{name}的申请{application_no}担保",
    )


@rule(
    "microcredit.suspension-not-notified",
    "暂停担保资格未通报有关部门",
    severity=Severity.LOW,
    subject="division",
    seeds=["S5-70"],
    reads={"microcredit.credit_community": None},
    needs={"microcredit.credit_community": ("suspended_on", "notified_on")},
    remedy="通报劳动保障、财政、担保机构和银行",
    risk_point="microcredit.overdue",
    looks_alike="从未暂停的社区",
)
def suspension_not_notified(t: Tables, p: ParameterView) -> Hits:
    """A suspension without a day on which the departments were told."""
    rows = t.credit_community
    return hits(
        rows,
        where=rows.suspended_on.notnull() & rows.notified_on.isnull(),
        subject=rows.division,
        name=rows.division,
        on=rows.suspended_on,
        key=rows.suspended_on.cast("string"),
        because="{division}于{suspended_on}暂停担保资格，没有通报记录",
    )


@rule(
    "microcredit.community-not-assessed",
    "信用社区未作年度核实评估",
    severity=Severity.LOW,
    subject="division",
    seeds=["S5-72"],
    reads={"microcredit.credit_community": None},
    needs={"microcredit.credit_community": ("assessed_on",)},
    remedy="核实评估该社区的信用情况",
    risk_point="microcredit.overdue",
    looks_alike="一年内评估过；试点不满一年",
)
def community_not_assessed(t: Tables, p: ParameterView) -> Hits:
    """A pilot of a year or more whose latest assessment lies a year or more back."""
    since = months_earlier(p.as_of, 12)
    rows = t.credit_community
    rows = rows.mutate(latest=rows.assessed_on.max().over(ibis.window(group_by=rows.division)))
    young = (rows.pilot_since > since).fill_null(False)
    return hits(
        rows,
        where=(rows.latest.isnull() | (rows.latest <= since)) & ~young,
        subject=rows.division,
        name=rows.division,
        on=rows.latest,
        because="{division}最近一次年度评估：{latest}",
    )


@rule(
    "microcredit.control-ratio-exceeded",
    "不良资产超过约定控制率",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S8-62", "S8-31", "S8-66"],
    reads={"microcredit.loan": None},
    optional={"microcredit.application": None},
    uses=["microcredit.control_ratio"],
    remedy="由社区贷款中介机构承担超出部分的风险",
    risk_point="microcredit.overdue",
    looks_alike="恰等于控制率",
)
def control_ratio_exceeded(t: Tables, p: ParameterView) -> Hits:
    """The overdue balance is above (超过) the share that bank and intermediary agreed."""
    limit = ibis.literal(p["microcredit.control_ratio"], "decimal(18, 6)")
    measured = ratios(t.loan, t.application, p.as_of, by_amount=True)
    bad, total = measured.bad.cast("decimal(18, 2)"), measured.all.cast("decimal(18, 2)")
    late = measured.filter((bad > total * limit) & measured.late)
    rows = late.mutate(percent=(late.bad * 100 / late.all).round(2), community=late.community_key)
    return hits(
        rows,
        subject=rows.community,
        name=rows.community,
        division=rows.division,
        on=rows.due_on,
        amount=rows.outstanding,
        because="{community}不良资产率{percent}%，超过约定控制率，逾期{n}笔共{outstanding.sum}元",
    )


@rule(
    "microcredit.no-credit-loans",
    "没有开办个人信用贷款",
    severity=Severity.LOW,
    subject="division",
    seeds=["S8-44"],
    reads={"microcredit.application": None},
    needs={"microcredit.application": ("kind",)},
    remedy="在信用社区试行免担保的信用贷款",
    risk_point="microcredit.dual-guarantee",
    looks_alike="有过一笔信用贷款申请的社区",
)
def no_credit_loans(t: Tables, p: ParameterView) -> Hits:
    """Among all applications of a community none is for a loan on personal credit alone."""
    rows = t.application
    by_place = rows.group_by(rows.division).aggregate(
        on_credit=(rows.kind == "信用贷款").fill_null(False).sum(),
        applications=rows.count(),
        ref_application=rows.ref_application.min(),
    )
    return hits(
        by_place,
        where=by_place.on_credit.fill_null(0) == 0,
        subject=by_place.division,
        name=by_place.division,
        because="{division}受理的{applications}笔申请中没有信用贷款",
    )
