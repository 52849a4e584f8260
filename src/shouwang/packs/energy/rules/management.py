"""Management: analyses, inspections, accountability, managers, deposits, trends (S6-03 … S6-56)."""

from __future__ import annotations

import datetime as dt

import ibis

from shouwang.packs.energy.rules.common import is_total
from shouwang.packs.energy.rules.quotas import against_usage
from shouwang.risk import periods
from shouwang.risk.areas import community_key, same_place
from shouwang.risk.expressions import mentions, months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

ASSESSMENT: dict[str, None] = {"energy.assessment": None}


@rule(
    "energy.unit-without-manager",
    "用能单位没有节能管理员",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S6-03"],
    reads={"energy.quota": None, "energy.manager": None},
    remedy="配备专职或兼职节能管理人员",
    risk_point="energy.management-weak",
    looks_alike="兼职的管理员；社区合计一行",
)
def unit_without_manager(t: Tables, p: ParameterView) -> Hits:
    """A bearer of indicators that names no energy manager in post."""
    units = t.quota.filter(~is_total(t.quota) & ~absent(t.quota.unit))
    posts = t.manager.filter(
        ~absent(t.manager.name) & (t.manager.until.isnull() | (t.manager.until >= p.as_of))
    )
    rows = units.anti_join(posts, "unit")
    return hits(
        rows,
        subject=rows.unit,
        name=rows.unit,
        because="{unit}承担{kind}指标，没有节能管理员",
    )


@rule(
    "energy.exceeded-not-analysed",
    "超定额未作分析和改进",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S6-29", "S6-25"],
    reads={"energy.quota": None, "energy.meter_reading": None, "energy.monthly_analysis": None},
    optional={"energy.meter": None},
    remedy="分析节超原因，制定改进补救措施",
    risk_point="energy.over-consumption",
    looks_alike="已有改进措施的月份",
)
def exceeded_not_analysed(t: Tables, p: ParameterView) -> Hits:
    """A unit above its quota without an analysis of that month that sets measures."""
    rows = against_usage(t)
    over = rows.filter(rows.used > rows.monthly)
    done = t.monthly_analysis.filter(~absent(t.monthly_analysis.improvement)).select("unit", "month")
    found = over.anti_join(done, ["unit", "month"])
    return hits(
        found,
        subject=found.unit,
        name=found.unit,
        on=found.month,
        key=found.month.cast("string"),
        because="{unit}{month:month}超{kind}定额，没有原因分析和改进措施",
    )


@rule(
    "energy.no-bimonthly-inspection",
    "双月没有综合检查",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S6-28"],
    reads=ASSESSMENT,
    remedy="补做双月综合检查",
    risk_point="energy.management-weak",
    looks_alike="尚未结束的双月；街道统一检查了的社区",
)
def no_bimonthly_inspection(t: Tables, p: ParameterView) -> Hits:
    """Two months of this year have ended without an inspection, although the ledger reaches back to them.

    Asked of each community that the ledger states; an assessment without one is for all.
    """
    rows = t.assessment.mutate(place=community_key(t.assessment.division))
    rows = rows.filter(rows.assessed_on <= p.as_of)
    span = periods.table(periods.ended(p.as_of, 2, dt.date(p.as_of.year, 1, 1)), 2)
    held = rows.select("assessed_on", held_at="place").distinct()
    places = rows.group_by("place").aggregate(
        earliest=rows.assessed_on.min(),
        division=rows.division.min(),
        ref_assessment=rows.ref_assessment.max(),
    )
    due = span.cross_join(places).filter(lambda r: r.earliest <= r.ends)
    found = due.anti_join(
        held,
        [
            held.assessed_on >= due.begins,
            held.assessed_on <= due.ends,
            same_place(due.place, held.held_at),
        ],
    )
    return hits(
        found,
        subject=found.period,
        on=found.begins,
        key=found.place,
        facts={"where": ibis.ifelse(found.place.isnull(), "全辖区", found.division)},
        because="{where}{period}没有节能综合检查记录",
    )


@rule(
    "energy.missed-target-not-sanctioned",
    "未完成指标没有否决或问责",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S6-49", "S6-50"],
    reads=ASSESSMENT,
    needs={"energy.assessment": ("target_met", "vetoed", "answerable")},
    remedy="按规定一票否决，明确责任人",
    risk_point="energy.management-weak",
    looks_alike="完成指标的单位；双月检查不作否决",
)
def missed_target_not_sanctioned(t: Tables, p: ParameterView) -> Hits:
    """A unit missed its indicator in the yearly assessment and was not vetoed, or nobody answers for it."""
    rows = t.assessment
    missed = (~rows.target_met).fill_null(False) & ~mentions(rows.kind, "双月")
    return hits(
        rows,
        where=missed & (~rows.vetoed.fill_null(False) | absent(rows.answerable)),
        subject=rows.unit,
        name=rows.unit,
        on=rows.assessed_on,
        key=rows.assessed_on.cast("string"),
        because="{unit}{assessed_on}考核未完成指标，一票否决：{vetoed}，责任人：{answerable}",
    )


@rule(
    "energy.award-despite-missed-target",
    "未完成指标仍参加评奖",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S6-51"],
    reads=ASSESSMENT,
    needs={"energy.assessment": ("target_met", "award")},
    remedy="取消评奖资格",
    risk_point="energy.management-weak",
    looks_alike="完成指标的单位",
)
def award_despite_missed_target(t: Tables, p: ParameterView) -> Hits:
    """A unit missed its indicator and is proposed for an award."""
    rows = t.assessment
    proposed = ~absent(rows.award) & ~rows.award.isin(["无", "取消"]).fill_null(False)
    return hits(
        rows,
        where=(~rows.target_met).fill_null(False) & proposed,
        subject=rows.unit,
        name=rows.unit,
        on=rows.assessed_on,
        key=rows.assessed_on.cast("string"),
        because="{unit}未完成指标，仍拟评“{award}”",
    )


@rule(
    "energy.unit-not-assessed",
    "用能单位未纳入达标考核",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S6-56"],
    reads={"energy.quota": None, "energy.assessment": None},
    remedy="纳入基层达标考核体系，逐单位打分",
    risk_point="energy.management-weak",
    looks_alike="一年内考核过一次；社区合计一行",
)
def unit_not_assessed(t: Tables, p: ParameterView) -> Hits:
    """A bearer of indicators without a score in the twelve months before the scan."""
    since = months_earlier(p.as_of, 12)
    done = t.assessment.filter(
        (t.assessment.assessed_on > since)
        & (t.assessment.assessed_on <= p.as_of)
        & t.assessment.energy_score.notnull()
    )
    units = t.quota.filter(~is_total(t.quota) & ~absent(t.quota.unit))
    rows = units.anti_join(done, "unit")
    return hits(
        rows,
        subject=rows.unit,
        name=rows.unit,
        because="{unit}承担{kind}指标，一年内没有考核得分",
    )


@rule(
    "energy.deposit-not-settled",
    "风险抵押金未兑现",
    severity=Severity.LOW,
    subject="person",
    seeds=["S6-53"],
    reads={"energy.deposit": None},
    needs={"energy.deposit": ("result", "settled_on")},
    remedy="按指标结果兑现",
    risk_point="energy.management-weak",
    looks_alike="尚无结果的抵押金",
)
def deposit_not_settled(t: Tables, p: ParameterView) -> Hits:
    """The result is known and the deposit is not settled."""
    rows = t.deposit
    return hits(
        rows,
        where=~absent(rows.result) & rows.settled_on.isnull(),
        subject=rows.name,
        name=rows.name,
        on=rows.paid_on,
        amount=rows.amount,
        key=rows.paid_on.cast("string"),
        because="{unit}{name}交纳风险抵押金{amount}元，结果“{result}”，没有兑现",
    )


@rule(
    "energy.plan-without-measures",
    "年度目标没有节约措施",
    severity=Severity.LOW,
    subject="division",
    seeds=["S6-37", "S6-21"],
    reads={"energy.annual_target": None},
    needs={"energy.annual_target": ("plan", "measures")},
    remedy="制定工作规划和节约措施后再备案",
    risk_point="energy.management-weak",
    looks_alike="规划和措施齐全",
)
def plan_without_measures(t: Tables, p: ParameterView) -> Hits:
    """An annual target without work plan or saving measures."""
    rows = t.annual_target
    return hits(
        rows,
        where=absent(rows.plan) | absent(rows.measures),
        subject=ibis.coalesce(rows.division, ibis.literal("社区")),
        on=rows.received_on,
        key=rows.year.cast("string") + rows.kind,
        because="{year}年{kind}目标{target}：规划{plan}，措施{measures}",
    )


@rule(
    "energy.funds-not-requested",
    "普查所需资金未请示",
    severity=Severity.LOW,
    subject="place",
    seeds=["S6-46", "S6-35"],
    reads={"energy.census": None},
    needs={"energy.census": ("funds_needed", "requested_on")},
    remedy="向管理局请示资金支持",
    risk_point="energy.funds-lacking",
    looks_alike="不需要资金的问题；已请示",
)
def funds_not_requested(t: Tables, p: ParameterView) -> Hits:
    """A problem needs money and nobody asked the bureau for it."""
    rows = t.census
    return hits(
        rows,
        where=(rows.funds_needed > 0).fill_null(False) & rows.requested_on.isnull(),
        subject=rows.place,
        on=rows.surveyed_on,
        amount=rows.funds_needed,
        key=rows.surveyed_on.cast("string"),
        because="{surveyed_on}普查发现{place}“{problem}”，需资金{funds_needed}元，没有请示",
    )


@rule(
    "energy.work-grows-staff-falls",
    "工作量增长而人员减少",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S6-47"],
    reads={"energy.workload": "unit"},
    remedy="调整人员或业务外包",
    risk_point="energy.workload",
    looks_alike="工作量未增；人员持平",
)
def work_grows_staff_falls(t: Tables, p: ParameterView) -> Hits:
    """Against the year before, workload rose and headcount fell."""
    rows = t.workload
    window = ibis.window(group_by="unit", order_by=["year", "ref_workload"])
    rows = rows.mutate(
        work_before=rows.workload.lag().over(window),
        staff_before=rows.headcount.lag().over(window),
        year_before=rows["year"].lag().over(window),
    )
    grows = (rows.workload > rows.work_before) & (rows.headcount < rows.staff_before)
    return hits(
        rows,
        where=grows.fill_null(False) & (rows["year"] - rows.year_before == 1),
        subject=rows.unit,
        name=rows.unit,
        key=rows["year"].cast("string"),
        because="{unit}工作量由{work_before}增至{workload}，人员由{staff_before}减至{headcount}（{year}年）",
    )


@rule(
    "energy.haulage-rising",
    "垃圾清运里程增加",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S6-40"],
    reads={"energy.workload": "unit"},
    needs={"energy.workload": ("haulage_km",)},
    remedy="优化清运路线，就近处置",
    risk_point="energy.haulage",
    looks_alike="里程持平或减少",
)
def haulage_rising(t: Tables, p: ParameterView) -> Hits:
    """The distance of refuse haulage is greater than in the year before."""
    rows = t.workload
    window = ibis.window(group_by="unit", order_by=["year", "ref_workload"])
    rows = rows.mutate(before=rows.haulage_km.lag().over(window), year_before=rows["year"].lag().over(window))
    return hits(
        rows,
        where=(rows.haulage_km > rows.before).fill_null(False) & (rows["year"] - rows.year_before == 1),
        subject=rows.unit,
        name=rows.unit,
        key=rows["year"].cast("string"),
        because="{unit}{year}年垃圾清运里程{haulage_km}公里，上年{before}公里",
    )


@rule(
    "energy.consumption-rising",
    "能源消耗逐年增加",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S6-41"],
    reads={"energy.consumption": None},
    remedy="分析增长原因，落实节能措施",
    risk_point="energy.consumption-rising",
    looks_alike="月份数不同的两年不比；消耗持平",
)
def consumption_rising(t: Tables, p: ParameterView) -> Hits:
    """A unit used more of a kind than in the same number of months of the year before."""
    rows = t.consumption.filter(t.consumption.month.notnull() & t.consumption.consumed.notnull())
    by_year = rows.group_by("unit", "kind", of=rows.month.year()).aggregate(
        consumed=rows.consumed.sum().cast("decimal(18, 4)"),
        months=rows.month.nunique(),
        division=rows.division.min(),
        begins=rows.month.min(),
        ref_consumption=rows.ref_consumption.min(),
    )
    window = ibis.window(group_by=["unit", "kind"], order_by="of")
    by_year = by_year.mutate(
        before=by_year.consumed.lag().over(window),
        months_before=by_year.months.lag().over(window),
        year_before=by_year.of.lag().over(window),
    )
    alike = (by_year.of - by_year.year_before == 1) & (by_year.months == by_year.months_before)
    return hits(
        by_year,
        where=(alike & (by_year.consumed > by_year.before)).fill_null(False),
        subject=by_year.unit,
        name=by_year.unit,
        on=by_year.begins,
        key=by_year.of.cast("string") + by_year.kind,
        because="{unit}{of}年用{kind}{consumed}，上年同期{before}",
    )
