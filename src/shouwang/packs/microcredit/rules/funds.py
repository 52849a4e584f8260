"""Public money: guarantee fund, interest subsidy, bad-debt losses, inspection."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.microcredit.rules.accrual import MONEY
from shouwang.risk.expressions import days_between, months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


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


def _fen(yuan: ir.Value) -> ir.IntegerValue:
    return (yuan.cast(MONEY) * 100).cast("int64")


def _came_back(t: Tables) -> ir.Table:
    """What of repayments after a loss was shared is the fund's: ``day``, ``fen``.

    The share is taken of all that has come back so far, in whole fen and half up, as the fund's book does.
    """
    losses = t.bad_debt.filter((t.bad_debt.government_share > 0) & (t.bad_debt.loss > 0))
    losses = losses.select(
        "ref_bad_debt", "loan_no", "shared_on", part=_fen(losses.government_share), whole=_fen(losses.loss)
    )
    paid = t.repayment.filter(t.repayment.principal > 0)
    paid = paid.select("ref_repayment", "loan_no", "repaid_on", fen=_fen(paid.principal))
    both = paid.join(losses, "loan_no").filter(lambda r: (r.repaid_on > r.shared_on) & (r.part <= r.whole))
    one = {"group_by": both.ref_bad_debt, "order_by": [both.repaid_on, both.ref_repayment]}
    so_far = ibis.least(both.fen.sum().over(ibis.cumulative_window(**one)).cast("int64"), both.whole)
    both = both.mutate(share=(2 * so_far * both.part + both.whole) // (2 * both.whole))
    before = both.share.lag().over(ibis.window(**one)).fill_null(0)
    return both.select(day="repaid_on", fen=(both.share - before).cast("int64"))


@rule(
    "microcredit.guarantee-fund-differs",
    "担保基金余额与收支不符",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S8-16", "S8-64"],
    reads={"microcredit.guarantee_fund": None},
    optional={"microcredit.bad_debt": None, "microcredit.repayment": None},
    needs={"microcredit.guarantee_fund": ("arrived_on", "balance")},
    remedy="逐笔核对到位、代偿和追偿，更正余额",
    risk_point="microcredit.bad-debt",
    looks_alike="首次写明的余额（没有前一余额可比）；当日代偿之后的余额",
)
def guarantee_fund_differs(t: Tables, p: ParameterView) -> Hits:
    """Between two balances that the register states, something else happened than what the ledgers tell."""
    rows = t.guarantee_fund.filter(t.guarantee_fund.arrived_on.notnull())
    arrived = rows.select(day="arrived_on", fen=_fen(rows.amount))
    borne = t.bad_debt.filter((t.bad_debt.government_share > 0) & t.bad_debt.shared_on.notnull())
    borne = borne.select(day="shared_on", fen=-_fen(borne.government_share))
    moves = arrived.union(borne).union(_came_back(t))
    stated = rows.filter(rows.balance.notnull())
    # The order of lines within a day is not known: what the last of them says is the evening's.
    last = stated.ref_guarantee_fund.max().over(ibis.window(group_by=stated.arrived_on))
    stated = stated.mutate(last=last).filter(lambda r: r.ref_guarantee_fund == r.last)
    day = ibis.window(order_by=stated.arrived_on)
    stated = stated.mutate(
        before_on=stated.arrived_on.lag().over(day), before=stated.balance.lag().over(day)
    ).filter(lambda r: r.before_on.notnull())
    within = stated.select("ref_guarantee_fund", "before_on", "arrived_on")
    within = within.join(moves, [moves.day > within.before_on, moves.day <= within.arrived_on])
    moved = within.group_by("ref_guarantee_fund").aggregate(fen=within.fen.sum().cast("int64"))
    found = stated.left_join(moved, "ref_guarantee_fund").drop("ref_guarantee_fund_right")
    off = _fen(found.balance) - _fen(found.before) - found.fen.fill_null(0)
    in_yuan = {"moved": found.fen.fill_null(0), "difference": off}
    return hits(
        found,
        where=off != 0,
        subject=ibis.coalesce(found.entry_no, found.source),
        name=found.source,
        on=found.arrived_on,
        amount=(off.abs().cast(MONEY) / 100).cast(MONEY),
        key=found.arrived_on.cast("string"),
        facts={name: (fen.cast(MONEY) / 100).cast(MONEY) for name, fen in in_yuan.items()},
        because="担保基金{before_on}余额{before}元，其后收支合计{moved}元，{arrived_on}余额写为{balance}元，相差{difference}元",
    )


@rule(
    "microcredit.called-without-guarantee",
    "没有担保的贷款由担保基金承担损失",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S8-64", "S8-16"],
    reads={
        "microcredit.bad_debt": "loan_no",
        "microcredit.loan": "loan_no",
        "microcredit.application": None,
    },
    needs={
        "microcredit.bad_debt": ("government_share",),
        "microcredit.application": ("guaranteed_on",),
    },
    remedy="核实是否在担保范围内，不在的退回担保基金",
    risk_point="microcredit.bad-debt",
    looks_alike="有担保日期或担保机构的贷款；贷款、申请不在台账中的；尚未分担的损失",
)
def called_without_guarantee(t: Tables, p: ParameterView) -> Hits:
    """The fund bore part of a loss although the loan's application was never guaranteed."""
    bare = t.application.filter(t.application.guaranteed_on.isnull() & absent(t.application.guaranteed_by))
    bare = bare.filter(~absent(bare.application_no)).select("application_no", "ref_application")
    loans = t.loan.select("loan_no", "application_no", "ref_loan").join(bare, "application_no")
    debts = t.bad_debt.filter((t.bad_debt.government_share > 0) & t.bad_debt.shared_on.notnull())
    rows = debts.join(loans.select("loan_no", "application_no", "ref_loan", "ref_application"), "loan_no")
    return hits(
        rows,
        subject=rows.loan_no,
        name=rows.name,
        on=rows.shared_on,
        amount=rows.government_share,
        because="{name}的贷款{loan_no}（申请{application_no}）没有担保记录，{shared_on}由担保基金承担损失{government_share}元",
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
    "microcredit.subsidy-above-interest",
    "贴息超过全部应计利息",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S5-18", "S8-17"],
    reads={"microcredit.interest_subsidy": "loan_no", "microcredit.loan": "loan_no"},
    remedy="核对贴息期间和利率，追回多付的贴息",
    risk_point="microcredit.fund-too-small",
    looks_alike="贴息等于全部利息（全额贴息）",
)
def subsidy_above_interest(t: Tables, p: ParameterView) -> Hits:
    """The subsidies of a loan together exceed all the interest it can bear up to its due day.

    All the interest: of the whole amount by the days of the calendar on 360, the dearest of the conventions.
    """
    loans = t.loan.filter(t.loan.due_on.notnull() & t.loan.paid_out_on.notnull() & t.loan.rate.notnull())
    days = days_between(loans.due_on, loans.paid_out_on)
    most = loans.amount.cast("float64") * loans.rate.cast("float64") * days / 36_000.0
    loans = loans.select(
        "loan_no", "ref_loan", "amount", "rate", "paid_out_on", ends_on=loans.due_on, most=most
    )
    rows = t.interest_subsidy.join(loans, "loan_no")
    loan = ibis.window(group_by=rows.loan_no)
    rows = rows.mutate(
        given=rows.subsidy.sum().over(loan).cast(MONEY),
        times=rows.loan_no.count().over(loan),
        interest=rows.most.round(2).cast(MONEY),
    )
    # Each payment may have been rounded up by half a fen.
    above = rows.given.cast("float64") > rows.most + rows.times * 0.005 + 1e-6
    return hits(
        rows,
        where=above.fill_null(False),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.due_on,
        amount=(rows.given - rows.interest).abs(),
        once=rows.loan_no,
        because="{name}的贷款{loan_no}（{amount}元，年利率{rate}%，{paid_out_on}至{ends_on}）全部利息不超过"
        "{interest}元，贴息共{given}元",
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
