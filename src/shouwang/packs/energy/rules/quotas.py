"""Quotas: exceeded, nearly used up, parts that do not add up (S6-22, S6-26, S6-58)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.energy.rules.common import in_use, is_total, monthly
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

LEDGERS: dict[str, None] = {"energy.quota": None, "energy.meter_reading": None}


def against_usage(t: Tables) -> ir.Table:
    """Monthly quotas of bearers with what they ``used``: by their meter, else by the meters of their unit."""
    quota = t.quota.filter(t.quota.monthly.notnull() & t.quota.month.notnull())
    usage = monthly(t.meter_reading, t.meter).select(
        "used", "ref_meter_reading", read_meter="meter_no", read_month="of"
    )
    by_meter = quota.filter(~absent(quota.meter_no))
    by_meter = by_meter.join(
        usage, [by_meter.meter_no == usage.read_meter, by_meter.month == usage.read_month]
    )
    top = t.meter.filter(in_use(t.meter) & absent(t.meter.parent) & ~absent(t.meter.unit))
    top = top.select(at="unit", of_kind="kind", read_meter="meter_no")
    of_unit = (
        usage.join(top, "read_meter")
        .group_by("at", "of_kind", "read_month")
        .aggregate(
            used=lambda r: r.used.sum().cast("decimal(18, 4)"),
            ref_meter_reading=lambda r: r.ref_meter_reading.min(),
        )
    )
    by_unit = quota.filter(absent(quota.meter_no) & ~is_total(quota))
    by_unit = by_unit.join(
        of_unit,
        [by_unit.unit == of_unit.at, by_unit.kind == of_unit.of_kind, by_unit.month == of_unit.read_month],
    )
    columns = [*t.quota.columns, "used", "ref_meter_reading"]
    return by_meter.select(columns).union(by_unit.select(columns))


@rule(
    "energy.quota-exceeded",
    "超定额用能",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S6-26", "S6-58"],
    reads=LEDGERS,
    optional={"energy.meter": None},
    remedy="分析超耗原因，制定改进措施",
    risk_point="energy.over-consumption",
    looks_alike="恰等于定额",
)
def quota_exceeded(t: Tables, p: ParameterView) -> Hits:
    """In a month a bearer used more than its quota."""
    rows = against_usage(t)
    return hits(
        rows,
        where=rows.used > rows.monthly,
        subject=rows.quota_no,
        name=rows.unit,
        on=rows.month,
        key=rows.month.cast("string"),
        facts={"over": rows.used - rows.monthly},
        because="{unit}{month:month}用{kind}{used}，定额{monthly}（{quota_no}，表{meter_no}），超{over}",
    )


@rule(
    "energy.quota-nearly-used",
    "接近定额预警",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S6-26"],
    reads=LEDGERS,
    optional={"energy.meter": None},
    uses=["energy.warn_ratio"],
    remedy="提醒承担单位控制用能",
    risk_point="energy.over-consumption",
    looks_alike="已超定额的另有规则；未到预警比例",
)
def quota_nearly_used(t: Tables, p: ParameterView) -> Hits:
    """In a month a bearer reached the warning share of its quota without exceeding it."""
    rows = against_usage(t)
    level = rows.monthly * ibis.literal(p["energy.warn_ratio"], "decimal(18, 6)")
    return hits(
        rows,
        where=(rows.used >= level) & (rows.used <= rows.monthly),
        subject=rows.quota_no,
        name=rows.unit,
        on=rows.month,
        key=rows.month.cast("string"),
        because="{unit}{month:month}用{kind}{used}，接近定额{monthly}（{quota_no}）",
    )


@rule(
    "energy.year-quota-exceeded",
    "全年指标提前用完",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S6-26", "S6-58"],
    reads=LEDGERS,
    optional={"energy.meter": None},
    needs={"energy.quota": ("yearly",)},
    remedy="分析超耗原因，压减余下月份用能或报批调整指标",
    risk_point="energy.over-consumption",
    looks_alike="累计恰等于全年指标；只有个别月份超定额而全年未超",
)
def year_quota_exceeded(t: Tables, p: ParameterView) -> Hits:
    """The months read so far together used more than the year's indicator."""
    rows = against_usage(t)
    rows = rows.filter(rows.yearly.notnull())
    rows = rows.mutate(of_year=rows.month.year())
    whole = ibis.window(group_by=["quota_no", "of_year"])
    rows = rows.mutate(
        total=rows.used.sum().over(whole).cast("decimal(18, 4)"),
        year_quota=rows.yearly.max().over(whole),
        until=rows.month.max().over(whole),
    )
    return hits(
        rows,
        where=rows.total > rows.year_quota,
        subject=rows.quota_no,
        name=rows.unit,
        on=rows.until,
        key=rows.of_year.cast("string"),
        facts={"over": rows.total - rows.year_quota},
        because="{unit}至{until:month}累计用{kind}{total}，全年指标{year_quota}（{quota_no}），超{over}",
    )


def yearly(quota: ir.Table) -> ir.Table:
    """One row an indicator: its year, the sum of its months, and how many there are."""
    return quota.group_by("quota_no").aggregate(
        yearly=quota.yearly.max(),
        months=quota.monthly.count(),
        of_months=quota.monthly.sum().cast("decimal(18, 4)"),
        kind=quota.kind.min(),
        unit=quota.unit.min(),
        level=quota.level.min(),
        parent_no=quota.parent_no.min(),
        division=quota.division.min(),
        begins=quota.month.min(),
        ref_quota=quota.ref_quota.min(),
    )


@rule(
    "energy.months-do-not-add-up",
    "各月指标之和不等于全年",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S6-22"],
    reads={"energy.quota": "quota_no"},
    needs={"energy.quota": ("yearly", "monthly")},
    remedy="重新分解，使各月之和等于全年",
    risk_point="energy.decomposition-wrong",
    looks_alike="只填了部分月份的指标",
)
def months_do_not_add_up(t: Tables, p: ParameterView) -> Hits:
    """Twelve months are given and their sum is not the year."""
    rows = yearly(t.quota)
    return hits(
        rows,
        where=(rows.months == 12) & (rows.of_months != rows.yearly).fill_null(False),
        subject=rows.quota_no,
        name=rows.unit,
        on=rows.begins,
        facts={"difference": rows.of_months - rows.yearly},
        because="{unit}用{kind}全年指标{yearly}（{quota_no}），各月之和{of_months}，相差{difference}",
    )


@rule(
    "energy.parts-do-not-add-up",
    "指标分解不平",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S6-22"],
    reads={"energy.quota": None},
    needs={"energy.quota": ("yearly",)},
    remedy="重新分解，使各单位之和等于总指标",
    risk_point="energy.decomposition-wrong",
    looks_alike="总指标与各单位之和相等；没有下级指标的总指标",
)
def parts_do_not_add_up(t: Tables, p: ParameterView) -> Hits:
    """The indicators below one do not add up to it.

    Below an indicator stand those that name it as their parent; below a total without such, the
    units of its kind and community.
    """
    every = yearly(t.quota)
    parts = every.select(
        "parent_no",
        part="yearly",
        part_kind="kind",
        part_place="division",
        ref_quota_part="ref_quota",
        below=is_total(every),
    )
    named = every.join(parts, every.quota_no == parts.parent_no)
    totals = every.filter(is_total(every)).anti_join(parts, every.quota_no == parts.parent_no)
    units = every.filter(~is_total(every) & absent(every.parent_no))
    units = units.filter(units.level.isnull() | units.level.contains("单位") | units.level.contains("部门"))
    units = units.select(
        part="yearly", part_kind="kind", part_place=units.division.fill_null(""), ref_quota_part="ref_quota"
    )
    grouped = totals.join(
        units, [totals.kind == units.part_kind, totals.division.fill_null("") == units.part_place]
    )
    columns = [
        "quota_no",
        "yearly",
        "kind",
        "unit",
        "division",
        "begins",
        "ref_quota",
        "part",
        "ref_quota_part",
    ]
    rows = named.select(columns).union(grouped.select(columns))
    whole = ibis.window(group_by="quota_no")
    rows = rows.mutate(of_parts=rows.part.sum().over(whole).cast("decimal(18, 4)"))
    return hits(
        rows,
        where=(rows.of_parts != rows.yearly).fill_null(False),
        subject=rows.quota_no,
        name=rows.unit,
        on=rows.begins,
        facts={"difference": rows.of_parts - rows.yearly},
        because="{kind}总指标{yearly}（{quota_no}），{n}个下级指标之和{of_parts}，相差{difference}",
    )
