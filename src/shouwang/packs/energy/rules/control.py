"""What makes indicators bite (S6-38, S6-48, S6-52, S6-54, S6-73)."""

from __future__ import annotations

import ibis

from shouwang.packs.energy.rules.common import is_total
from shouwang.risk.expressions import mentions, months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

ENERGY = ("节能", "能源", "能耗", "用能", "水电", "用水", "用电", "燃气", "采暖")
PHASE: dict[str, None] = {"energy.plan_phase": None}
CONTRACT: dict[str, None] = {"energy.contract_indicator": None}


@rule(
    "energy.plan-phases-disordered",
    "节能工作计划的阶段没有先后",
    severity=Severity.LOW,
    subject="division",
    seeds=["S6-38"],
    reads=PHASE,
    needs={"energy.plan_phase": ("from_on", "to_on")},
    remedy="按整体部署、分步实施重新安排",
    risk_point="energy.management-weak",
    looks_alike="前后阶段部分重叠；同一天开始的阶段",
)
def plan_phases_disordered(t: Tables, p: ParameterView) -> Hits:
    """A phase has no day of beginning, ends before it begins, or begins before the phase that precedes it."""
    rows = t.plan_phase.mutate(place=t.plan_phase.division.fill_null(""))
    order = ibis.window(group_by=["place", "year"], order_by=["phase_no", "ref_plan_phase"])
    rows = rows.mutate(before=rows.from_on.lag().over(order))
    early = (rows.from_on < rows.before).fill_null(False)
    backwards = (rows.to_on < rows.from_on).fill_null(False)
    return hits(
        rows,
        where=rows.from_on.isnull() | early | backwards,
        subject=rows.phase,
        on=rows.from_on,
        key=rows.place + rows["year"].cast("string") + "-" + rows.phase_no.cast("string"),
        because="{year}年计划第{phase_no}阶段“{phase}”{from_on}至{to_on}，前一阶段{before}开始",
    )


@rule(
    "energy.plan-without-key-points",
    "节能工作计划没有标明重点",
    severity=Severity.LOW,
    subject="division",
    seeds=["S6-38"],
    reads=PHASE,
    needs={"energy.plan_phase": ("key_point",)},
    remedy="标明重点工作",
    risk_point="energy.management-weak",
    looks_alike="一个阶段标为重点",
)
def plan_without_key_points(t: Tables, p: ParameterView) -> Hits:
    """None of the phases of a year's plan is marked as a key point."""
    rows = t.plan_phase.mutate(place=t.plan_phase.division.fill_null(""))
    marked = rows.filter(rows.key_point.fill_null(False))
    found = rows.anti_join(marked, ["place", "year"])
    return hits(
        found,
        subject=ibis.coalesce(found.division, ibis.literal("社区")),
        name=found.division,
        key=found["year"].cast("string"),
        because="{division}{year}年计划的{n}个阶段没有一个标为重点",
    )


@rule(
    "energy.contract-without-energy",
    "经济承包指标没有节能一项",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S6-52"],
    reads={"energy.quota": None, **CONTRACT},
    needs={"energy.contract_indicator": ("weight",)},
    remedy="把节能指标写入承包书并注明权重",
    risk_point="energy.management-weak",
    looks_alike="写作用水、用电、能耗的指标；社区合计一行",
)
def contract_without_energy(t: Tables, p: ParameterView) -> Hits:
    """A bearer of energy indicators whose contract has none with a weight."""
    units = t.quota.filter(~is_total(t.quota) & ~absent(t.quota.unit))
    weighed = t.contract_indicator.filter(
        mentions(t.contract_indicator.indicator, *ENERGY) & (t.contract_indicator.weight > 0)
    )
    rows = units.anti_join(weighed, "unit")
    return hits(
        rows,
        subject=rows.unit,
        name=rows.unit,
        because="{unit}承担{kind}指标，经济承包指标中没有带权重的节能指标",
    )


@rule(
    "energy.contract-weights-wrong",
    "承包指标的权重之和不是百分之百",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S6-52"],
    reads=CONTRACT,
    needs={"energy.contract_indicator": ("weight",)},
    remedy="重新分配权重",
    risk_point="energy.management-weak",
    looks_alike="合计恰为100；权重全部没有填写",
)
def contract_weights_wrong(t: Tables, p: ParameterView) -> Hits:
    """The weights of a unit's indicators of one year do not make 100 (or 1, where shares are written)."""
    rows = t.contract_indicator.filter(t.contract_indicator.weight.notnull())
    whole = ibis.window(group_by=["unit", "year"])
    rows = rows.mutate(total=rows.weight.sum().over(whole).cast("decimal(18, 4)"))
    return hits(
        rows,
        where=(rows.total != 100) & (rows.total != 1),
        subject=rows.unit,
        name=rows.unit,
        key=rows["year"].cast("string"),
        because="{unit}{year}年{n}项承包指标的权重之和为{total}",
    )


@rule(
    "energy.bearer-not-settled",
    "指标责任人没有工资兑现",
    severity=Severity.LOW,
    subject="person",
    seeds=["S6-54"],
    reads={"energy.quota": None, "energy.wage_settlement": None},
    needs={"energy.quota": ("bearer",)},
    remedy="按节超结果兑现工资",
    risk_point="energy.management-weak",
    looks_alike="年内兑现过一次；尚未结束的年度；没有落实到人的指标",
)
def bearer_not_settled(t: Tables, p: ParameterView) -> Hits:
    """A year is over, and a person who bears an indicator of it had no settlement in wages."""
    last = p.as_of.year if (p.as_of.month, p.as_of.day) == (12, 31) else p.as_of.year - 1
    rows = t.quota.filter(~absent(t.quota.bearer) & t.quota.month.notnull())
    rows = rows.mutate(of_year=rows.month.year()).filter(lambda r: r.of_year <= last)
    settled = t.wage_settlement.select(bearer="name", of_year=t.wage_settlement.month.year()).distinct()
    found = rows.anti_join(settled, ["bearer", "of_year"])
    return hits(
        found,
        subject=found.bearer,
        name=found.bearer,
        key=found.of_year.cast("string"),
        because="{unit}{bearer}承担{of_year}年{kind}指标（{quota_no}），没有工资兑现",
    )


@rule(
    "energy.settlement-against-result",
    "工资兑现与节超结果相反",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S6-54"],
    reads={"energy.wage_settlement": None},
    needs={"energy.wage_settlement": ("saved",)},
    remedy="核对节超结果，更正兑现",
    risk_point="energy.management-weak",
    looks_alike="不奖不罚；节超为零",
)
def settlement_against_result(t: Tables, p: ParameterView) -> Hits:
    """Who exceeded was paid more, or who saved was paid less."""
    rows = t.wage_settlement
    wrong = ((rows.saved < 0) & (rows.amount > 0)) | ((rows.saved > 0) & (rows.amount < 0))
    return hits(
        rows,
        where=wrong.fill_null(False),
        subject=rows.name,
        name=rows.name,
        on=rows.month,
        amount=rows.amount.abs(),
        key=rows.month.cast("string"),
        because="{unit}{name}{month:month}节超{saved}，工资兑现{amount}元",
    )


@rule(
    "energy.no-mass-discussion",
    "一年没有开展节约大讨论",
    severity=Severity.LOW,
    subject="division",
    seeds=["S6-48", "S6-73"],
    reads={"energy.discussion": None},
    remedy="开展群众性大讨论，把压力传到基层",
    risk_point="energy.wasteful-attitude",
    looks_alike="一年之内讨论过一次",
)
def no_mass_discussion(t: Tables, p: ParameterView) -> Hits:
    """The latest discussion of a community lies twelve months back or more."""
    rows = t.discussion.filter(t.discussion.held_on <= p.as_of)
    rows = rows.mutate(place=rows.division.fill_null(""))
    latest = rows.group_by("place").aggregate(
        division=rows.division.max(), latest=rows.held_on.max(), ref_discussion=rows.ref_discussion.max()
    )
    return hits(
        latest,
        where=latest.latest <= months_earlier(p.as_of, 12),
        subject=ibis.coalesce(latest.division, ibis.literal("社区")),
        name=latest.division,
        on=latest.latest,
        because="{division}最近一次节约大讨论：{latest}",
    )


@rule(
    "energy.discussion-without-result",
    "节约大讨论没有人数或结果",
    severity=Severity.LOW,
    subject="record",
    seeds=["S6-73"],
    reads={"energy.discussion": None},
    needs={"energy.discussion": ("participants", "outcome")},
    remedy="补记参加人数和结果",
    risk_point="energy.wasteful-attitude",
    looks_alike="人数和结果都有",
)
def discussion_without_result(t: Tables, p: ParameterView) -> Hits:
    """Nobody took part as far as the record says, or nothing came of it."""
    rows = t.discussion
    nobody = rows.participants.isnull() | (rows.participants <= 0)
    return hits(
        rows,
        where=nobody | absent(rows.outcome),
        subject=rows.topic,
        name=rows.unit,
        on=rows.held_on,
        key=rows.held_on.cast("string"),
        because="{held_on}{unit}的大讨论“{topic}”参加{participants}人，结果：{outcome}",
    )
