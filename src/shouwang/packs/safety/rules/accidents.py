"""Accidents and injuries: control indicators, yearly falls, sources without double counting."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.areas import community_key, same_place, township_key
from shouwang.risk.expressions import mentions
from shouwang.risk.intervals import fall as fall_interval
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

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
        key=place_and_year(rows, rows["year"]),
        facts={"ceiling": limit},
        because="{category}本年{accidents}起，超过控制指标{ceiling}起",
    )


def place_and_year(rows: ir.Table, year: ir.IntegerValue) -> ir.StringValue:
    """Tells the figures of two communities and of two years apart."""
    return rows.division.fill_null("") + year.cast("string").fill_null("")


def told_once(accident: ir.Table) -> ir.Table:
    """The accidents without those that a second source tells again: what is counted.

    One accident told by several of the four sources agrees in day, category, place, number and
    cause, or in day and victim. What one source tells several times are several accidents.
    """
    rows = accident.filter(accident.happened_on.notnull())
    known = ~absent(rows.victim)
    told = [rows.happened_on, rows.category, rows.place, rows.injured, rows.cause]
    alike = rows.ref_accident.min().over(ibis.window(group_by=told))
    rows = rows.mutate(like=ibis.ifelse(rows.place.notnull(), alike, rows.ref_accident))
    of_victim = ibis.window(group_by=[rows.happened_on, rows.victim])
    rows = rows.mutate(one=ibis.ifelse(known, rows.like.min().over(of_victim), rows.like))
    turn = ibis.window(group_by=["one", "source"], order_by="ref_accident")
    rows = rows.mutate(turn=ibis.row_number().over(turn))
    first = ibis.window(group_by=["one", "turn"])
    rows = rows.mutate(kept=rows.ref_accident.min().over(first))
    return rows.filter(rows.ref_accident == rows.kept).select(accident.columns)


def falling(rows: ir.Table, before: str, after: str, share: ir.Value, title: str, unit: str) -> Hits:
    """The finding that a total fell by less than the share, against last year in the same table.

    Small numbers change much by chance: the sentence gives the 95 % interval of the fall. Where the
    target lies within it, the figures can't tell whether it was missed.
    """
    known = rows.filter(
        rows[before].notnull() & rows[after].notnull() & ~mentions(rows.category, "合计", "总计")
    )
    whole = ibis.window(group_by=["division", "year"])
    known = known.mutate(last_year=known[before].sum().over(whole), this_year=known[after].sum().over(whole))
    fall = known.last_year - known.this_year
    percent = (fall.cast("float64") * 100 / ibis.ifelse(known.last_year == 0, 1, known.last_year)).round(1)
    target = (share * 100).cast("float64").round(1)
    low, high = fall_interval(known.last_year, known.this_year)
    return hits(
        known,
        where=(known.last_year > 0)
        & (fall.cast("decimal(18, 2)") < known.last_year.cast("decimal(18, 2)") * share),
        subject=ibis.literal(title),
        name=ibis.literal(title),
        key=place_and_year(known, known["year"]),
        facts={
            "percent": percent,
            "target": target,
            "low": (low * 100).round(0),
            "high": (high * 100).round(0),
        },
        because=f"{title}由{{last_year}}{unit}变为{{this_year}}{unit}，下降{{percent}}%"
        "（95%区间{low}%至{high}%），不足{target}%",
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
    remedy="分析各类事故，调整促进项目；目标在区间之内的，起伏可能出于偶然，几年并看",
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
    remedy="分析伤害原因，调整促进项目；目标在区间之内的，起伏可能出于偶然，几年并看",
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
    """Accidents or injured of a category are not those of the detail of the same year and community.

    A community that one of the two sheets does not name may be any.
    """
    details = told_once(t.accident.filter(t.accident.category.notnull()))
    details = details.select(
        "category",
        "ref_accident",
        hurt=details.injured.fill_null(0),
        of_year=details.happened_on.year().cast("int64"),
        of=community_key(details.division),
    )
    latest = details.aggregate(latest=details.of_year.max())
    rows = t.accident_statistic.cross_join(latest)
    rows = rows.mutate(of_year=ibis.coalesce(rows["year"], rows.latest), place=community_key(rows.division))
    rows = rows.semi_join(details.select("of_year").distinct(), "of_year")
    here = rows.join(details, ["category", "of_year"])
    here = here.filter(here.of.isnull() | here.place.isnull() | (here.of == here.place))
    counted = here.group_by("ref_accident_statistic").aggregate(
        listed=here.count(), hurt=here.hurt.sum(), ref_accident=here.ref_accident.min()
    )
    both = rows.left_join(counted, "ref_accident_statistic")
    listed, hurt = both.listed.fill_null(0), both.hurt.fill_null(0)
    return hits(
        both,
        where=(both.accidents != listed).fill_null(False) | (both.injured != hurt).fill_null(False),
        subject=both.category,
        name=both.category,
        key=place_and_year(both, both.of_year),
        facts={"listed": listed, "hurt": hurt},
        because="{category}统计{accidents}起、伤{injured}人，明细{listed}起、伤{hurt}人（几个来源重复报送的计一次）",
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
    looks_alike="同日同地的两起不同事故（人数、原因或伤者不同）；同一部门登记的两起",
)
def accident_counted_twice(t: Tables, p: ParameterView) -> Hits:
    """Day, category, place, number and cause are the same, or day and victim; the source is not."""
    rows = t.accident.filter(t.accident.source.notnull())
    told = ibis.window(group_by=[rows.happened_on, rows.category, rows.place, rows.injured, rows.cause])
    hurt = ibis.window(group_by=[rows.happened_on, rows.victim])
    rows = rows.mutate(
        one=rows.source.min().over(told),
        other=rows.source.max().over(told),
        one_hurt=rows.source.min().over(hurt),
        other_hurt=rows.source.max().over(hurt),
        at=rows.place.min().over(hurt),
    )
    named = ~absent(rows.victim) & (rows.one_hurt != rows.other_hurt)
    twice = (rows.place.notnull() & (rows.one != rows.other)) | named
    return hits(
        rows,
        where=twice,
        subject=ibis.coalesce(ibis.ifelse(named, rows["at"], rows.place), rows.happened_on.cast("string")),
        name=rows.category,
        on=rows.happened_on,
        key=rows.happened_on.cast("string"),
        because="{happened_on}{place}的{category}事故（{cause}）由{source}各登记一次，统计时计一次",
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


SOURCES = {
    "安全生产": ("安监", "应急", "安全生产"),
    "道路交通": ("交警", "交通"),
    "公安": ("派出所", "公安"),
    "学校": ("学校", "教育", "小学", "中学", "幼儿园"),
}
"""The four sources of injury data (S7-17) by the words their departments have."""


@rule(
    "safety.source-silent",
    "伤害数据缺一个来源",
    severity=Severity.LOW,
    subject="division",
    seeds=["S7-17"],
    reads={"safety.accident": None},
    remedy="向该部门收集本年的伤害数据，确无事故的零报告",
    risk_point="safety.injury-data",
    looks_alike="年内报过一起；没有任何数据的年份；没有写明街道、镇的数据，各处都算报过",
)
def source_silent(t: Tables, p: ParameterView) -> Hits:
    """Of work safety, traffic, police and schools one told of nothing in the year of the scan.

    Asked of each street or town that the ledger states: they collect the data, and a single community of one
    accident hears from one source only. Data without a town are everybody's.
    """
    rows = t.accident.mutate(place=township_key(t.accident.division))
    of_year = rows.filter((rows.happened_on.year() == p.as_of.year) & (rows.happened_on <= p.as_of))
    places = of_year.group_by("place").aggregate(
        everything=of_year.count(), ref_accident=of_year.ref_accident.min()
    )
    told = [
        of_year.filter(mentions(of_year.source, *words)).select(told_at="place").distinct()
        for words in SOURCES.values()
    ]
    parts = [
        places.anti_join(heard, same_place(places.place, heard.told_at)).mutate(silent=ibis.literal(name))
        for name, heard in zip(SOURCES, told, strict=True)
    ]
    found = ibis.union(*parts)
    return hits(
        found,
        subject=found.silent,
        name=found.silent,
        division=found.place,
        key=(ibis.literal(f"{p.as_of.year} ") + found.place.fill_null("")).strip(),
        facts={"where": found.place.fill_null("全辖区")},
        because="本年{where}{everything}起事故中，没有一起来自{silent}部门",
    )
