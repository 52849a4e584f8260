"""Accidents and injuries: control indicators, yearly falls, sources without double counting."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

STATISTIC: dict[str, None] = {"safety.accident_statistic": None}


@rule(
    "safety.control-indicator-exceeded",
    "突破控制指标",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S7-48", "S7-59"],
    reads=STATISTIC,
    remedy="分析原因，开展专项整治",
    risk_point="safety.control-indicators",
    looks_alike="等于控制指标",
)
def control_indicator_exceeded(t: Tables, p: ParameterView) -> Hits:
    """More accidents of a category than the indicator set from above."""
    rows = t.accident_statistic
    limit = rows["limit"]
    return hits(
        rows,
        where=(rows.accidents > limit).fill_null(False),
        subject=rows.category,
        name=rows.category,
        key=rows["year"].cast("string"),
        facts={"ceiling": limit},
        because="{category}本年{accidents}起，超过控制指标{ceiling}起",
    )


def falling(rows: ir.Table, before: str, after: str, share: ir.Value, title: str, unit: str) -> Hits:
    """The finding that a total fell by less than the share, against last year in the same table."""
    known = rows.filter(
        rows[before].notnull() & rows[after].notnull() & ~mentions(rows.category, "合计", "总计")
    )
    whole = ibis.window(group_by=["division", "year"])
    known = known.mutate(last_year=known[before].sum().over(whole), this_year=known[after].sum().over(whole))
    fall = known.last_year - known.this_year
    percent = (fall.cast("float64") * 100 / ibis.ifelse(known.last_year == 0, 1, known.last_year)).round(1)
    target = (share * 100).cast("float64").round(1)
    return hits(
        known,
        where=(known.last_year > 0)
        & (fall.cast("decimal(18, 2)") < known.last_year.cast("decimal(18, 2)") * share),
        subject=ibis.literal(title),
        name=ibis.literal(title),
        key=known.division.fill_null("") + known["year"].cast("string").fill_null(""),
        facts={"percent": percent, "target": target},
        because=f"{title}由{{last_year}}{unit}变为{{this_year}}{unit}，下降{{percent}}%，不足{{target}}%",
    )


@rule(
    "safety.accidents-not-falling",
    "事故起数下降未达目标",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S7-55"],
    reads=STATISTIC,
    needs={"safety.accident_statistic": ("accidents_before", "accidents")},
    uses=["safety.accident_fall"],
    remedy="分析各类事故，调整促进项目",
    risk_point="safety.control-indicators",
    looks_alike="恰好下降10%；上年没有事故",
)
def accidents_not_falling(t: Tables, p: ParameterView) -> Hits:
    """The total of accidents fell by less than the target against last year."""
    share = ibis.literal(p["safety.accident_fall"], "decimal(18, 6)")
    return falling(t.accident_statistic, "accidents_before", "accidents", share, "事故起数", "起")


@rule(
    "safety.injured-not-falling",
    "事故伤害人数下降未达目标",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S7-56"],
    reads=STATISTIC,
    needs={"safety.accident_statistic": ("injured_before", "injured")},
    uses=["safety.injury_fall"],
    remedy="分析伤害原因，调整促进项目",
    risk_point="safety.control-indicators",
    looks_alike="恰好下降12%；上年无人受伤",
)
def injured_not_falling(t: Tables, p: ParameterView) -> Hits:
    """The total of injured fell by less than the target against last year."""
    share = ibis.literal(p["safety.injury_fall"], "decimal(18, 6)")
    return falling(t.accident_statistic, "injured_before", "injured", share, "伤害人数", "人")


@rule(
    "safety.statistics-differ-from-detail",
    "事故统计与明细不符",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S7-42", "S7-63"],
    reads={"safety.accident_statistic": None, "safety.accident": None},
    remedy="逐起核对，更正统计",
    risk_point="safety.injury-data",
    looks_alike="明细与统计一致；明细不是同一年的",
)
def statistics_differ_from_detail(t: Tables, p: ParameterView) -> Hits:
    """The number of accidents of a category is not that of the detail of the same year."""
    details = t.accident.filter(t.accident.category.notnull() & t.accident.happened_on.notnull())
    of_year = details.happened_on.year().cast("int64")
    counted = details.group_by("category", of_year=of_year).aggregate(
        listed=details.count(), ref_accident=details.ref_accident.min()
    )
    latest = details.aggregate(latest=details.happened_on.year().cast("int64").max())
    rows = t.accident_statistic.cross_join(latest)
    rows = rows.mutate(of_year=ibis.coalesce(rows["year"], rows.latest))
    years = counted.select("of_year").distinct()
    both = rows.semi_join(years, "of_year").left_join(counted, ["category", "of_year"])
    return hits(
        both,
        where=(both.accidents != both.listed.fill_null(0)).fill_null(False),
        subject=both.category,
        name=both.category,
        key=both.of_year.cast("string"),
        facts={"listed": both.listed.fill_null(0)},
        because="{category}统计{accidents}起，明细{listed}起",
    )


@rule(
    "safety.accident-counted-twice",
    "同一事故被两个部门重复登记",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-17", "S7-16"],
    reads={"safety.accident": None},
    remedy="核对后保留一条",
    risk_point="safety.injury-data",
    looks_alike="同日同地的两起不同事故（人数或原因不同）",
)
def accident_counted_twice(t: Tables, p: ParameterView) -> Hits:
    """Day, category, place, number and cause are the same, the source is not."""
    rows = t.accident.filter(t.accident.place.notnull() & t.accident.source.notnull())
    window = ibis.window(group_by=[rows.happened_on, rows.category, rows.place, rows.injured, rows.cause])
    rows = rows.mutate(one=rows.source.min().over(window), other=rows.source.max().over(window))
    return hits(
        rows,
        where=rows.one != rows.other,
        subject=rows.place,
        name=rows.category,
        on=rows.happened_on,
        key=rows.happened_on.cast("string") + rows.category.fill_null(""),
        because="{happened_on}{place}的{category}事故（{cause}）由{source}各登记一次",
    )


@rule(
    "safety.accident-without-source",
    "事故没有原因或来源",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-16"],
    reads={"safety.accident": None},
    needs={"safety.accident": ("cause", "place")},
    remedy="补记原因和地点",
    risk_point="safety.injury-data",
    looks_alike="原因、地点齐全",
)
def accident_without_source(t: Tables, p: ParameterView) -> Hits:
    """An accident without place or cause can't be analysed."""
    rows = t.accident
    nowhere = rows.place.isnull() | (rows.place.strip() == "")
    unexplained = rows.cause.isnull() | (rows.cause.strip() == "")
    return hits(
        rows,
        where=nowhere | unexplained,
        subject=ibis.coalesce(rows.accident_no, rows.happened_on.cast("string")),
        name=rows.category,
        on=rows.happened_on,
        key=rows.source,
        because="{happened_on}的{category}事故，地点：{place}，原因：{cause}",
    )
