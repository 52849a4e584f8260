"""The conditions of a loan: limits, rate, other debts, residence, licence, counter-guarantee."""

from __future__ import annotations

import ibis

from shouwang.packs.microcredit.rules.common import (
    communities_of,
    granted,
    turned_down,
    unsettled,
)
from shouwang.risk.areas import community_key
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

APPLICATION = {"microcredit.application": "application_no"}


@rule(
    "microcredit.over-cap",
    "超过贷款额度上限",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-48", "S8-49"],
    reads=APPLICATION,
    uses=["microcredit.loan_cap", "microcredit.loan_cap_self_employed"],
    remedy="核减到上限以内，超出部分收回",
    risk_point="microcredit.uneven-supply",
    looks_alike="恰等于上限；自主创业个体经营适用放宽的上限",
)
def over_cap(t: Tables, p: ParameterView) -> Hits:
    """Granted above the cap of its type; an application without a type is held to the higher cap."""
    rows = t.application
    day = ibis.coalesce(rows.approved_on, rows.applied_on)
    usual = p.at("microcredit.loan_cap", day, rows.division)
    raised = p.at("microcredit.loan_cap_self_employed", day, rows.division)
    self_employed = rows.kind.isnull() | mentions(rows.kind, "自主", "个体", "自谋", "创业", "信用")
    cap = ibis.ifelse(self_employed, raised, usual)
    return hits(
        rows,
        where=granted(rows) & (rows.approved > cap).fill_null(False),
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved - cap,
        facts={"cap": cap},
        because="{name}的申请{application_no}（{kind}）批准{approved}元，超过上限{cap}元",
    )


@rule(
    "microcredit.rate-above-benchmark",
    "贷款利率高于基准利率",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-61"],
    reads=APPLICATION,
    uses=["microcredit.benchmark_rate"],
    remedy="按基准利率执行，多收利息退还借款人",
    risk_point="microcredit.policy-mismatch",
    looks_alike="等于基准利率",
)
def rate_above_benchmark(t: Tables, p: ParameterView) -> Hits:
    """Granted at a rate above the benchmark in force on the day of approval."""
    rows = t.application
    day = ibis.coalesce(rows.approved_on, rows.applied_on)
    benchmark = p.at("microcredit.benchmark_rate", day, rows.division)
    return hits(
        rows,
        where=granted(rows) & (rows.rate > benchmark).fill_null(False),
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved,
        facts={"benchmark": benchmark},
        because="{name}的申请{application_no}年利率{rate}%，高于基准利率{benchmark}%",
    )


@rule(
    "microcredit.other-debt",
    "申请时另有未清贷款",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-49", "S5-50"],
    reads={"microcredit.application": "person", "microcredit.loan": "person"},
    remedy="前一笔结清前不予新贷",
    risk_point="microcredit.false-documents",
    looks_alike="前一笔贷款在申请前一天结清",
)
def other_debt(t: Tables, p: ParameterView) -> Hits:
    """On the day of application another loan of the applicant was paid out and not yet settled."""
    applied = t.application.filter(~turned_down(t.application))
    loans = t.loan.select(
        "person",
        "ref_loan",
        "loan_no",
        "paid_out_on",
        "settled_on",
        "amount",
        own=t.loan.application_no,
        open=unsettled(t.loan),
    )
    both = applied.join(loans, "person")
    another = (both.own != both.application_no).fill_null(True)
    still_open = both.open | (both.settled_on > both.applied_on).fill_null(False)
    return hits(
        both,
        where=another & (both.paid_out_on <= both.applied_on) & still_open,
        subject=both.application_no,
        name=both.name,
        on=both.applied_on,
        amount=both.amount,
        because="{name}{applied_on}申请（{application_no}）时，{paid_out_on}所放贷款{loan_no}尚未结清"
        "（结清日期：{settled_on}）",
    )


@rule(
    "microcredit.not-resident",
    "申请人不是本社区户籍",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-46"],
    reads={"microcredit.application": "person", "registry.person": None},
    remedy="核实常住情况，不属本社区的取消担保",
    risk_point="microcredit.false-documents",
    looks_alike="其他社区的申请人，其户籍在别的台账；户籍台账里有此人但证件号未能读入的（先看未读入行）",
)
def not_resident(t: Tables, p: ParameterView) -> Hits:
    """An applicant of a community whose household register is at hand, without being in it."""
    applied = t.application.filter(~turned_down(t.application))
    applied = applied.mutate(community_key=community_key(applied.division))
    here = applied.semi_join(communities_of(t.person), "community_key")
    rows = here.anti_join(t.person, "person")
    return hits(
        rows,
        subject=rows.application_no,
        name=rows.name,
        on=rows.applied_on,
        amount=rows.approved,
        because="{name}以{division}居民申请贷款（{application_no}），户籍台账中没有此人",
    )


@rule(
    "microcredit.false-licence",
    "所填营业执照不实",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S5-26", "S5-64"],
    reads={"microcredit.application": None, "registry.business": None},
    optional={"registry.person": None},
    remedy="核查执照真伪，属虚假的不予担保并公示",
    risk_point="microcredit.false-documents",
    looks_alike="贷款之后才注销的执照；其他社区的执照不在本社区名单",
)
def false_licence(t: Tables, p: ParameterView) -> Hits:
    """A licence that belongs to another person, or is on no list although the community's list is at hand.

    The list of traders and the household register say which communities the office's lists cover.
    """
    applied = t.application.filter(~turned_down(t.application) & ~absent(t.application.licence))
    applied = applied.mutate(community_key=community_key(applied.division))
    listed = t.business.filter(~absent(t.business.credit_code))
    holders = listed.select("credit_code", "ref_business", holder=listed.person, holder_name=listed.name)
    # A code held by the applicant too (moved shop, renewed licence) is the applicant's own.
    own = applied.semi_join(
        holders, [applied.licence == holders.credit_code, applied.person == holders.holder]
    )
    foreign = applied.anti_join(own, "ref_application")
    of_others = foreign.join(
        holders.filter(holders.holder.notnull()), foreign.licence == holders.credit_code
    ).drop("credit_code", "holder")
    covered = foreign.semi_join(communities_of(t.business, t.person), "community_key")
    unlisted = covered.anti_join(holders, covered.licence == holders.credit_code).mutate(
        ref_business=ibis.null("int64"), holder_name=ibis.null("string")
    )
    rows = of_others.union(unlisted.select(of_others.columns))
    return hits(
        rows,
        subject=rows.application_no,
        name=rows.name,
        on=rows.applied_on,
        amount=rows.approved,
        mask={"holder_name": "name"},
        because="{name}的申请{application_no}所填执照{licence}，登记名单中的经营者：{holder_name}",
    )


@rule(
    "microcredit.licence-already-closed",
    "申请时营业执照已注销",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S5-48"],
    reads={"microcredit.application": "licence", "registry.business": "credit_code"},
    remedy="核查经营是否真实，已停业的不予担保",
    risk_point="microcredit.false-documents",
    looks_alike="贷款之后才注销",
)
def licence_already_closed(t: Tables, p: ParameterView) -> Hits:
    """The licence was cancelled before the day of application."""
    applied = t.application.filter(~turned_down(t.application))
    shops = t.business.select("credit_code", "shop", "closed_on", "ref_business")
    both = applied.join(shops, applied.licence == shops.credit_code)
    return hits(
        both,
        where=(both.closed_on < both.applied_on).fill_null(False),
        subject=both.application_no,
        name=both.name,
        on=both.applied_on,
        amount=both.approved,
        because="{name}{applied_on}申请（{application_no}），所填执照{licence}（{shop}）已于{closed_on}注销",
    )


@rule(
    "microcredit.dual-guarantee",
    "担保基金担保之外又要求反担保（双重担保）",
    severity=Severity.LOW,
    subject="record",
    seeds=["S8-43", "S8-11"],
    reads=APPLICATION,
    needs={"microcredit.application": ("counter_guarantee",)},
    remedy="信用好的申请人取消反担保，试行信用贷款",
    risk_point="microcredit.dual-guarantee",
    looks_alike="联户担保；搬迁后依规办理的反担保",
)
def dual_guarantee(t: Tables, p: ParameterView) -> Hits:
    """Guaranteed by the fund and by a civil servant or real estate too."""
    rows = t.application
    second = rows.counter_guarantee.isin(["公务员", "房产"]).fill_null(False)
    return hits(
        rows,
        where=rows.guaranteed_on.notnull() & second,
        subject=rows.application_no,
        name=rows.name,
        on=rows.guaranteed_on,
        amount=rows.approved,
        because="{name}的申请{application_no}由担保基金担保，另以{counter_guarantee}反担保",
    )


@rule(
    "microcredit.more-than-needed",
    "批准金额超过开办经费",
    severity=Severity.LOW,
    subject="record",
    seeds=["S8-50", "S8-23"],
    reads=APPLICATION,
    needs={"microcredit.application": ("startup_money",)},
    remedy="按实际需要核定额度，余额用于缺口大的申请",
    risk_point="microcredit.uneven-supply",
    looks_alike="批准金额等于或小于开办经费",
)
def more_than_needed(t: Tables, p: ParameterView) -> Hits:
    """Granted more than the start-up money stated, while others get too little."""
    rows = t.application
    return hits(
        rows,
        where=granted(rows) & (rows.approved > rows.startup_money).fill_null(False),
        subject=rows.application_no,
        name=rows.name,
        on=rows.approved_on,
        amount=rows.approved - rows.startup_money,
        because="{name}的申请{application_no}开办经费{startup_money}元，批准{approved}元",
    )
