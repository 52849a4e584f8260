"""The numbers of the pack: consumption, completion, loss, verification, coal equivalents, shares."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.indicator.indicator import Values, indicator, month, values, year
from shouwang.packs.energy.rules.common import in_use, monthly
from shouwang.packs.energy.rules.quotas import against_usage
from shouwang.packs.energy.rules.supply import balance
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables, absent
from shouwang.standards.coal import FACTORS

#: Our energy kinds and those of the printed standard; gas is a range there, so the office states its own.
STANDARD = {
    "水": "water",
    "电": "electricity",
    "煤": "raw_coal",
    "汽油": "petrol",
    "柴油": "diesel",
    "热": "heat",
}


def kgce(kind: ir.StringValue, day: ir.DateValue, gas: ir.Value) -> ir.FloatingValue:
    """Kilograms of standard coal for one unit of a kind on a day (GB/T 2589); null for other kinds.

    Water in t, electricity in kWh, coal, petrol and diesel in kg, heat in MJ, gas in m³ by ``gas``.
    """
    cases = [(kind == "气", gas.cast("float64"))]
    for name, standard in STANDARD.items():
        issues = sorted((f for f in FACTORS if f.kind == standard), key=lambda f: f.valid_from, reverse=True)
        for factor in issues:
            applies = (kind == name) & (day >= ibis.literal(factor.valid_from))
            cases.append((applies, ibis.literal(float(factor.low))))
    return ibis.cases(*cases, else_=ibis.null("float64"))


def supplied(t: Tables) -> ir.Table:
    """Usage of the meters that stand under no other: ``unit, kind, of, used, meter_no, division``."""
    top = t.meter.filter(in_use(t.meter) & absent(t.meter.parent))
    usage = monthly(t.meter_reading, t.meter)
    return top.select("meter_no", "unit", "kind", "division").join(usage, "meter_no")


METERS = ["energy.meter", "energy.meter_reading"]


@indicator(
    "energy.consumption",
    "各单位能源消耗",
    seeds=["S6-57"],
    reads=METERS,
    formula="不在其他表之下的表的用量之和，按单位、月份和能源种类",
)
def consumption(t: Tables, p: ParameterView) -> Values:
    """Consumption per unit (in the place of the division), month and kind."""
    rows = supplied(t)
    return values(
        rows, division=rows.unit, period=month(rows.of) + " " + rows.kind, numerator=rows.used.sum()
    )


@indicator(
    "energy.quota-completion",
    "定额指标完成率",
    unit="%",
    scale=100,
    seeds=["S6-58"],
    reads=["energy.quota", "energy.meter_reading"],
    optional=["energy.meter"],
    direction="down",
    target=100,
    formula="已抄表月份的用量 ÷ 同月定额，按单位、年份和能源种类",
)
def quota_completion(t: Tables, p: ParameterView) -> Values:
    """Usage over quota of the months read, per unit, year and kind; above 100 is exceeded."""
    rows = against_usage(t)
    return values(
        rows,
        division=rows.unit,
        period=year(rows.month) + " " + rows.kind,
        numerator=rows.used.sum(),
        denominator=rows.monthly.sum(),
    )


@indicator(
    "energy.saved",
    "节超量",
    seeds=["S6-58"],
    reads=["energy.quota", "energy.meter_reading"],
    optional=["energy.meter"],
    formula="已抄表月份的定额－用量，正为节约、负为超耗",
)
def saved(t: Tables, p: ParameterView) -> Values:
    """Quota less usage of the months read, per unit, year and kind."""
    rows = against_usage(t)
    return values(
        rows,
        division=rows.unit,
        period=year(rows.month) + " " + rows.kind,
        numerator=rows.monthly.sum() - rows.used.sum(),
    )


@indicator(
    "energy.loss-rate",
    "水电流失率",
    unit="%",
    scale=100,
    seeds=["S6-59"],
    reads=METERS,
    formula="各级（总表－分表合计）之和 ÷ 最上级总表之和，只计分表抄齐的月份，按能源种类和月份",
)
def loss_rate(t: Tables, p: ParameterView) -> Values:
    """What was lost on all levels over what the topmost masters supplied, per month and kind.

    Of masters all of whose meters were read. A master below another one adds its loss, not its supply: that
    came through the other.
    """
    rows = balance(t, p)
    whole = (
        rows.filter(rows.complete)
        .select("master", "over", "of", "kind", "division", "supplied", "metered")
        .distinct()
    )
    above = whole.select(above_no="master", above_of="of").distinct()
    whole = whole.left_join(above, [whole.over == above.above_no, whole.of == above.above_of])
    nothing = ibis.literal(0, "decimal(18, 4)")
    top = ibis.ifelse(whole.above_no.isnull(), whole.supplied, nothing)
    return values(
        whole.mutate(top=top),
        period=month(whole.of) + " " + whole.kind,
        numerator=whole.supplied.sum() - whole.metered.sum(),
        denominator=top.sum(),
    )


@indicator(
    "energy.within-verification",
    "计量器具检定有效率",
    unit="%",
    scale=100,
    seeds=["S6-60"],
    reads=["energy.meter"],
    needs={"energy.meter": ("next_due_on",)},
    direction="up",
    target=100,
    formula="下次检定日期未过的在用器具 ÷ 全部在用器具",
)
def within_verification(t: Tables, p: ParameterView) -> Values:
    """Meters in use whose next verification is not yet due over all meters in use."""
    rows = t.meter.filter(in_use(t.meter))
    return values(
        rows,
        period=year(p.as_of),
        numerator=(rows.next_due_on >= p.as_of).fill_null(False).cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "energy.comprehensive",
    "综合能耗",
    unit="千克标准煤",
    seeds=["S6-61"],
    reads=METERS,
    uses=["energy.gas_kgce"],
    formula="各种能源用量 × 折标准煤系数（GB/T 2589），按月",
)
def comprehensive(t: Tables, p: ParameterView) -> Values:
    """Comprehensive consumption in kilograms of standard coal, per month: its trend."""
    rows = supplied(t)
    factor = kgce(rows.kind, rows.of, ibis.literal(p["energy.gas_kgce"]))
    rows = rows.mutate(coal=rows.used.cast("float64") * factor)
    return values(rows, period=month(rows.of), numerator=rows.coal.sum().round(4))


@indicator(
    "energy.kind-share",
    "各种能源占综合能耗比例",
    unit="%",
    scale=100,
    seeds=["S6-62"],
    reads=METERS,
    uses=["energy.gas_kgce"],
    formula="该种能源折标准煤 ÷ 全部能源折标准煤，按年",
)
def kind_share(t: Tables, p: ParameterView) -> Values:
    """Each kind's share of the year's comprehensive consumption."""
    rows = supplied(t)
    factor = kgce(rows.kind, rows.of, ibis.literal(p["energy.gas_kgce"]))
    rows = rows.mutate(coal=rows.used.cast("float64") * factor, of_year=year(rows.of))
    kinds = rows.group_by("division", "of_year", "kind").aggregate(coal=rows.coal.sum())
    whole = ibis.window(group_by=["division", "of_year"])
    kinds = kinds.mutate(everything=kinds.coal.sum().over(whole))
    return values(
        kinds,
        period=kinds.of_year + " " + kinds.kind,
        numerator=kinds.coal.sum().round(4),
        denominator=kinds.everything.max().round(4),
    )


@indicator(
    "energy.per-workload",
    "单位工作量能耗",
    seeds=["S6-63"],
    reads=["energy.consumption", "energy.workload"],
    digits=4,
    formula="全年消耗量 ÷ 工作量，按单位、年份和能源种类",
)
def per_workload(t: Tables, p: ParameterView) -> Values:
    """Consumption over workload, per unit, year and kind."""
    used = t.consumption
    by_year = used.group_by("unit", "kind", of=used.month.year()).aggregate(consumed=used.consumed.sum())
    work = t.workload.select("unit", "workload", of="year")
    both = by_year.join(work, ["unit", "of"])
    return values(
        both,
        division=both.unit,
        period=both.of.cast("string") + " " + both.kind,
        numerator=both.consumed.sum(),
        denominator=both.workload.max(),
    )


@indicator(
    "energy.by-others",
    "他营业务能源消耗",
    seeds=["S6-64"],
    reads=[*METERS, "energy.operated_business"],
    formula="外包、承揽、他营业务所用表的用量之和，按经营模式、年份和能源种类；自营另列",
)
def by_others(t: Tables, p: ParameterView) -> Values:
    """Consumption of meters of business carried on by others, apart from the community's own."""
    rows = (
        t.meter.filter(in_use(t.meter))
        .select("meter_no", "kind")
        .join(monthly(t.meter_reading, t.meter), "meter_no")
    )
    others = t.operated_business.filter(~absent(t.operated_business.meter_no)).select("meter_no", "mode")
    both = rows.left_join(others.distinct(), "meter_no")
    # Of its own, the community counts the meters that stand under no other.
    top = t.meter.filter(absent(t.meter.parent)).select(top_no="meter_no").distinct()
    kept = both.left_join(top, both.meter_no == top.top_no)
    kept = kept.filter(kept.mode.notnull() | kept.top_no.notnull())
    return values(
        kept,
        division=kept.mode.fill_null("自营"),
        period=year(kept.of) + " " + kept.kind,
        numerator=kept.used.sum(),
    )


@indicator(
    "energy.unit-score",
    "单位节能考核得分",
    unit="分",
    seeds=["S6-65", "S6-56"],
    reads=["energy.assessment"],
    formula="年内节能得分之和 ÷ 考核次数",
)
def unit_score(t: Tables, p: ParameterView) -> Values:
    """Mean energy score per unit and year."""
    rows = t.assessment.filter(t.assessment.energy_score.notnull())
    return values(
        rows,
        division=rows.unit,
        period=year(rows.assessed_on),
        numerator=rows.energy_score.sum(),
        denominator=rows.count(),
    )


@indicator(
    "energy.projected-rise",
    "新入住带来的预计增耗",
    seeds=["S6-39"],
    reads=["energy.consumption", "energy.workload"],
    needs={"energy.workload": ("occupied_dwellings",)},
    formula="上年消耗 ÷ 上年入住户数 ×（当年入住户数－上年入住户数）",
)
def projected_rise(t: Tables, p: ParameterView) -> Values:
    """What newly occupied dwellings will add at last year's consumption per dwelling."""
    used = t.consumption
    before = used.group_by("unit", "kind", of=used.month.year() + 1).aggregate(consumed=used.consumed.sum())
    homes = t.workload.select("unit", of="year", homes="occupied_dwellings")
    last = t.workload.select("unit", of=t.workload["year"] + 1, homes_before="occupied_dwellings")
    both = before.join(homes, ["unit", "of"]).join(last, ["unit", "of"])
    both = both.filter(both.homes_before > 0)
    more = both.consumed * (both.homes - both.homes_before)
    return values(
        both.mutate(more=more),
        division=both.unit,
        period=both.of.cast("string") + " " + both.kind,
        numerator=more.sum(),
        denominator=both.homes_before.max(),
    )
