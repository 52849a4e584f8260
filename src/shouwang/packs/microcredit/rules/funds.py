"""Public money: guarantee fund, interest subsidy, bad-debt losses, inspection."""

from __future__ import annotations

import ibis

from shouwang.risk.expressions import months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule


@rule(
    "microcredit.guarantee-fund-late",
    "担保基金未按期到位",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-47", "S8-16"],
    reads={"microcredit.guarantee_fund": None},
    needs={"microcredit.guarantee_fund": ("planned_on", "arrived_on")},
    remedy="催拨到位，迟延期间的申请先行登记",
    risk_point="microcredit.fund-too-small",
    looks_alike="当日到位；计划日期未到",
)
def guarantee_fund_late(t: Tables, p: ParameterView) -> Hits:
    """Arrived after the planned day, or not at all although that day has passed."""
    rows = t.guarantee_fund
    late = (rows.arrived_on > rows.planned_on) | (rows.arrived_on.isnull() & (rows.planned_on < p.as_of))
    return hits(
        rows,
        where=late.fill_null(False),
        subject=ibis.coalesce(rows.entry_no, rows.source),
        name=rows.source,
        on=rows.planned_on,
        amount=rows.amount,
        key=rows.planned_on.cast("string"),
        because="{source}担保基金{amount}元应于{planned_on}到位，实际到位：{arrived_on}",
    )


@rule(
    "microcredit.guarantee-fund-single-source",
    "担保基金来源单一",
    severity=Severity.LOW,
    subject="division",
    seeds=["S8-45"],
    reads={"microcredit.guarantee_fund": None},
    remedy="争取多级财政和社会资金充实担保基金",
    risk_point="microcredit.fund-too-small",
    looks_alike="两个以上来源",
)
def guarantee_fund_single_source(t: Tables, p: ParameterView) -> Hits:
    """All money of the fund comes from one source."""
    rows = t.guarantee_fund
    # Smallest equals greatest: counting distinct values over a window is not to be had on Spark.
    window = ibis.window(group_by=rows.division)
    sources = rows.mutate(one=rows.source.min().over(window), other=rows.source.max().over(window))
    return hits(
        sources,
        where=sources.one == sources.other,
        subject=ibis.coalesce(sources.division, ibis.literal("担保基金")),
        amount=sources.amount,
        because="担保基金{amount.sum}元全部来自{source}",
    )


@rule(
    "microcredit.guarantee-fund-too-small",
    "担保基金规模不足",
    severity=Severity.LOW,
    subject="division",
    seeds=["S8-46"],
    reads={"microcredit.guarantee_fund": None, "microcredit.application": None},
    uses=["microcredit.fund_multiple"],
    remedy="补充担保基金，或与银行约定放大倍数",
    risk_point="microcredit.fund-too-small",
    looks_alike="申请总额等于可担保总额",
)
def guarantee_fund_too_small(t: Tables, p: ParameterView) -> Hits:
    """A year's applications ask for more than the fund, times the agreed multiple, can back."""
    since = months_earlier(p.as_of, 12)
    arrived = t.guarantee_fund.filter(
        (t.guarantee_fund.arrived_on <= p.as_of).fill_null(t.guarantee_fund.planned_on.isnull())
    )
    asked = t.application.filter(
        (t.application.applied_on > since) & (t.application.applied_on <= p.as_of)
    ).aggregate(asked=t.application.asked.sum())
    everything = arrived.mutate(fund=arrived.amount.sum().over(ibis.window()))
    rows = everything.cross_join(asked)
    # The decimal product of two columns of eighteen digits does not hold eight billion times five;
    # floating point is, to half a fen, up to ten thousand billion yuan.
    capacity = rows.fund.cast("float64") * float(p["microcredit.fund_multiple"])
    return hits(
        rows,
        where=(rows.asked.cast("float64") - capacity >= 0.005).fill_null(False),
        subject=ibis.literal("担保基金"),
        amount=rows.amount,
        facts={"asked": rows.asked, "fund": rows.fund},
        because="一年内申请总额{asked}元，担保基金{fund}元，不足以担保",
    )


@rule(
    "microcredit.subsidy-money-late",
    "贴息资金未提前划入专户",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-37", "S8-17"],
    reads={"microcredit.subsidy_transfer": None},
    needs={"microcredit.subsidy_transfer": ("needed_on", "received_on")},
    remedy="请财政部门提前划拨",
    risk_point="microcredit.fund-too-small",
    looks_alike="到期前一天划入；应划入日期未到",
)
def subsidy_money_late(t: Tables, p: ParameterView) -> Hits:
    """The money was not in the special account before the day it was due."""
    rows = t.subsidy_transfer
    late = (rows.received_on >= rows.needed_on) | (rows.received_on.isnull() & (rows.needed_on <= p.as_of))
    return hits(
        rows,
        where=late.fill_null(False),
        subject=ibis.coalesce(rows.entry_no, rows.account),
        on=rows.needed_on,
        amount=rows.amount,
        key=rows.needed_on.cast("string"),
        because="贴息资金{amount}元应于{needed_on}之前划入专户，实际：{received_on}",
    )


@rule(
    "microcredit.subsidy-paid-late",
    "贴息未按时支付给借款人",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-68"],
    reads={"microcredit.interest_subsidy": "loan_no"},
    needs={"microcredit.interest_subsidy": ("due_on", "paid_on")},
    remedy="立即支付贴息",
    risk_point="microcredit.fund-too-small",
    looks_alike="应付当日支付",
)
def subsidy_paid_late(t: Tables, p: ParameterView) -> Hits:
    """Paid after the day it was due, or not paid although that day has passed."""
    rows = t.interest_subsidy
    late = (rows.paid_on > rows.due_on) | (rows.paid_on.isnull() & (rows.due_on < p.as_of))
    return hits(
        rows,
        where=late.fill_null(False),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.due_on,
        amount=rows.subsidy,
        key=rows.due_on.cast("string"),
        because="{name}的贷款{loan_no}贴息{subsidy}元应于{due_on}支付，实际：{paid_on}",
    )


@rule(
    "microcredit.loss-shares-do-not-add-up",
    "呆坏账损失分担之和不等于损失",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-64"],
    reads={"microcredit.bad_debt": "loan_no"},
    needs={"microcredit.bad_debt": ("government_share", "bank_share", "community_share")},
    remedy="按约定比例重新分担",
    risk_point="microcredit.bad-debt",
    looks_alike="尚未分担的损失",
)
def loss_shares_do_not_add_up(t: Tables, p: ParameterView) -> Hits:
    """The shares of government, bank and community are not the whole of the loss."""
    rows = t.bad_debt
    given = [rows.government_share, rows.bank_share, rows.community_share]
    shared = given[0].notnull() | given[1].notnull() | given[2].notnull()
    total = given[0].fill_null(0) + given[1].fill_null(0) + given[2].fill_null(0)
    return hits(
        rows,
        where=shared & (total != rows.loss),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.shared_on,
        amount=(rows.loss - total).abs(),
        facts={"total": total},
        because="{name}的贷款{loan_no}损失{loss}元，政府{government_share}元、银行{bank_share}元、"
        "社区{community_share}元，合计{total}元",
    )


@rule(
    "microcredit.loss-shared-unverified",
    "呆坏账损失未经核定即分担",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S8-38", "S5-45"],
    reads={"microcredit.bad_debt": "loan_no"},
    needs={"microcredit.bad_debt": ("verified_on", "shared_on")},
    remedy="由担保机构会同财政、银行核定后再分担",
    risk_point="microcredit.bad-debt",
    looks_alike="核定当日分担",
)
def loss_shared_unverified(t: Tables, p: ParameterView) -> Hits:
    """A loss was shared without verification, or before it."""
    rows = t.bad_debt
    before = rows.verified_on.isnull() | (rows.shared_on < rows.verified_on)
    return hits(
        rows,
        where=rows.shared_on.notnull() & before,
        subject=rows.loan_no,
        name=rows.name,
        on=rows.shared_on,
        amount=rows.loss,
        because="{name}的贷款{loan_no}损失{loss}元于{shared_on}分担，核定日期：{verified_on}",
    )


@rule(
    "microcredit.no-inspection",
    "一年内没有检查或审计",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S8-36"],
    reads={"microcredit.inspection": None},
    remedy="组织有关部门检查审计",
    risk_point="microcredit.favour-loan",
    looks_alike="一年内有过一次检查",
)
def no_inspection(t: Tables, p: ParameterView) -> Hits:
    """The latest inspection or audit lies a year or more back."""
    since = months_earlier(p.as_of, 12)
    rows = t.inspection
    rows = rows.mutate(latest=rows.inspected_on.max().over(ibis.window(group_by=rows.division)))
    last = rows.filter(rows.inspected_on == rows.latest)
    return hits(
        last,
        where=last.latest <= since,
        subject=ibis.coalesce(last.division, ibis.literal("小额贷款")),
        on=last.latest,
        because="最近一次检查审计为{latest}（{inspector}），已满一年",
    )


@rule(
    "microcredit.bad-loans-not-published",
    "查出人情贷款、不良贷款未公开结果",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-65", "S8-70"],
    reads={"microcredit.inspection": None},
    needs={"microcredit.inspection": ("published_on",)},
    remedy="向群众公开检查结果",
    risk_point="microcredit.favour-loan",
    looks_alike="没有查出问题的检查",
)
def bad_loans_not_published(t: Tables, p: ParameterView) -> Hits:
    """An inspection found favour loans or bad loans and its result is not public."""
    rows = t.inspection
    found = (rows.favour_loans > 0).fill_null(False) | (rows.bad_loans > 0).fill_null(False)
    return hits(
        rows,
        where=found & rows.published_on.isnull(),
        subject=rows.inspector,
        on=rows.inspected_on,
        key=rows.inspected_on.cast("string"),
        because="{inspector}于{inspected_on}查出人情贷款{favour_loans}笔、不良贷款{bad_loans}笔，没有公开",
    )
