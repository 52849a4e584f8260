"""What must happen once a quarter or a year: joint inspections, drills, training in order (S7-36 … S7-39)."""

from __future__ import annotations

import datetime as dt

import ibis
from ibis.expr import types as ir

from shouwang.risk import periods
from shouwang.risk.areas import community_key, same_place
from shouwang.risk.expressions import mentions, months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

INSPECTION: dict[str, None] = {"safety.inspection": None}
DRILL: dict[str, None] = {"safety.unit": None, "safety.drill": None}


def joint(inspection: ir.Table) -> ir.BooleanValue:
    """A joint safety inspection (联合大检查)."""
    return mentions(inspection.kind, "联合")


def joint_inspections(inspection: ir.Table) -> tuple[ir.Table, ir.Table]:
    """Inspections with ``place`` (a community's key, null where the row states none or only a town), and
    the places that have to have a joint one of their own: ``place``, ``division``.

    Where the town holds them, it holds them for all, and only a community that holds some itself is asked
    beside it. Where no row is the town's, every community with inspections is asked.
    """
    rows = inspection.mutate(
        place=community_key(inspection.division), is_joint=joint(inspection).cast("int64")
    )
    places = rows.group_by("place").aggregate(own=rows.is_joint.max(), division=rows.division.min())
    stated = rows.place.notnull()
    whole = rows.aggregate(
        of_town=ibis.ifelse(stated, 0, rows.is_joint).sum(), placed=stated.cast("int64").sum()
    )
    both = places.cross_join(whole)
    asked = ibis.ifelse(
        both.place.notnull(), (both.own == 1) | (both.of_town == 0), (both.of_town > 0) | (both.placed == 0)
    )
    return rows, both.filter(asked).select("place", "division")


@rule(
    "safety.quarter-without-joint-inspection",
    "季度无联合检查",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S7-39"],
    reads=INSPECTION,
    remedy="补做安全联合大检查",
    risk_point="safety.prevention-lax",
    looks_alike="季度最后一天组织了联合大检查；尚未结束的季度；街道统一组织了的社区",
)
def quarter_without_joint_inspection(t: Tables, p: ParameterView) -> Hits:
    """A quarter that has ended without one, of a year for which there are inspection records.

    Asked of each community that the ledger states, where the town does not hold them for all.
    """
    rows, places = joint_inspections(t.inspection.filter(t.inspection.inspected_on <= p.as_of))
    quarters = periods.table(periods.ended(p.as_of, 3, months_earlier(p.as_of, 24)), 3)
    due = quarters.mutate(of_year=quarters.begins.year()).cross_join(places)
    years = rows.select(of_year=rows.inspected_on.year(), held_at="place").distinct()
    held = rows.filter(joint(rows)).select("inspected_on", held_at="place").distinct()
    recorded = due.semi_join(years, [due.of_year == years.of_year, same_place(due.place, years.held_at)])
    without = recorded.anti_join(
        held,
        [
            held.inspected_on >= recorded.begins,
            held.inspected_on <= recorded.ends,
            same_place(recorded.place, held.held_at),
        ],
    )
    others = rows.select("inspected_on", "ref_inspection", held_at="place")
    found = without.left_join(
        others,
        [
            others.inspected_on >= without.begins,
            others.inspected_on <= without.ends,
            same_place(without.place, others.held_at),
        ],
    )
    count = found.ref_inspection.count().over(ibis.window(group_by=[found.code, found.place]))
    return hits(
        found,
        subject=found.code,
        name=found.period,
        on=found.ends,
        key=found.place,
        facts={"others": count, "where": ibis.ifelse(found.place.isnull(), "全辖区", found.division)},
        because="{where}{period}没有安全联合大检查（其他检查{others}次）",
    )


@rule(
    "safety.joint-inspection-still-due",
    "本季度尚未联合检查（提醒）",
    severity=Severity.LOW,
    subject="division",
    seeds=["S7-39"],
    reads=INSPECTION,
    uses=["safety.reminder_days"],
    remedy="在季度结束前组织联合大检查",
    risk_point="safety.prevention-lax",
    looks_alike="本季度已组织；离季度结束还早",
)
def joint_inspection_still_due(t: Tables, p: ParameterView) -> Hits:
    """So many days before the quarter ends there has been none."""
    ahead = p["safety.reminder_days"]
    now = periods.running(p.as_of, 3)
    near = now is not None and (now[1] - p.as_of).days <= ahead
    quarter = periods.table([now] if now is not None and near else [], 3)
    rows, places = joint_inspections(t.inspection.filter(t.inspection.inspected_on <= p.as_of))
    held = rows.filter(joint(rows)).select("inspected_on", held_at="place").distinct()
    due = quarter.cross_join(places)
    without = due.anti_join(
        held,
        [
            held.inspected_on >= due.begins,
            held.inspected_on <= due.ends,
            same_place(due.place, held.held_at),
        ],
    )
    known = rows.select("ref_inspection", held_at="place")
    near = without.join(known, same_place(without.place, known.held_at))
    latest = near.ref_inspection.max().over(ibis.window(group_by=[near.code, near.place]))
    found = near.mutate(latest=latest).filter(lambda r: r.ref_inspection == r.latest)
    return hits(
        found,
        subject=found.code,
        name=found.period,
        on=found.ends,
        key=found.place,
        facts={"where": ibis.ifelse(found.place.isnull(), "全辖区", found.division)},
        because="{where}{period}到{ends}结束，尚未组织安全联合大检查",
    )


def drilled(t: Tables, first: dt.date, last: dt.date) -> ir.Table:
    """Units in business without a drill between two days; by number, else by name."""
    closed = mentions(t.unit.state, "停", "关", "注销", "歇业", "拆")
    since_closed = (t.unit.closed_on <= last).fill_null(False)
    units = t.unit.filter(~closed & ~since_closed)
    held = t.drill.filter((t.drill.drilled_on >= first) & (t.drill.drilled_on <= last))
    by_number = units.anti_join(held.filter(~absent(held.unit_no)), "unit_no")
    return by_number.anti_join(held.filter(~absent(held.unit)), "unit")


@rule(
    "safety.unit-without-drill",
    "单位全年未演练",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S7-37"],
    reads=DRILL,
    remedy="组织应急疏散演练",
    risk_point="safety.prevention-lax",
    looks_alike="年末演练过一次；已关停的单位；没有演练记录的年份",
)
def unit_without_drill(t: Tables, p: ParameterView) -> Hits:
    """A unit in business without a drill in the latest year that has ended and has drill records."""
    (first, last) = periods.ended(p.as_of, 12, months_earlier(p.as_of, 23))[-1]
    of_year = t.drill.filter((t.drill.drilled_on >= first) & (t.drill.drilled_on <= last))
    recorded = of_year.aggregate(drills=of_year.count())
    rows = drilled(t, first, last).cross_join(recorded).filter(lambda r: r.drills > 0)
    return hits(
        rows,
        subject=rows.unit_no,
        name=rows.unit,
        on=ibis.literal(last),
        key=ibis.literal(str(first.year)),
        facts={"of_year": ibis.literal(first.year)},
        because="{kind}单位{unit}（{unit_no}）{of_year}年没有应急疏散演练",
    )


@rule(
    "safety.drill-still-due",
    "本年度尚未演练（提醒）",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S7-37"],
    reads=DRILL,
    uses=["safety.reminder_days"],
    remedy="在年底前组织应急疏散演练",
    risk_point="safety.prevention-lax",
    looks_alike="今年已演练；离年底还早",
)
def drill_still_due(t: Tables, p: ParameterView) -> Hits:
    """So many days before the year ends a unit has had no drill."""
    ahead = p["safety.reminder_days"]
    now = periods.running(p.as_of, 12)
    near = now is not None and (now[1] - p.as_of).days <= ahead
    first, last = now if now is not None else (p.as_of, p.as_of)
    rows = drilled(t, first, p.as_of)
    return hits(
        rows,
        where=ibis.literal(near),
        subject=rows.unit_no,
        name=rows.unit,
        on=ibis.literal(last),
        key=ibis.literal(str(first.year)),
        because="{kind}单位{unit}（{unit_no}）今年尚未演练",
    )


@rule(
    "safety.inspection-without-departments",
    "安全检查没有写明检查部门",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-49"],
    reads={"safety.inspection": None},
    needs={"safety.inspection": ("departments",)},
    remedy="补记检查部门和人员，层层落实责任",
    risk_point="safety.prevention-lax",
    looks_alike="已写明",
)
def inspection_without_departments(t: Tables, p: ParameterView) -> Hits:
    """Nobody is named for an inspection."""
    rows = t.inspection
    return hits(
        rows,
        where=absent(rows.departments),
        subject=ibis.coalesce(rows.unit, ibis.literal("检查")),
        name=rows.unit,
        on=rows.inspected_on,
        key=rows.inspected_on.cast("string"),
        because="{inspected_on}对{unit}的{kind}没有写明检查部门",
    )


@rule(
    "safety.training-out-of-order",
    "培训层次颠倒",
    severity=Severity.LOW,
    subject="division",
    seeds=["S7-36", "S7-33", "S7-34", "S7-35"],
    reads={"safety.training": None},
    remedy="先训领导小组，再训工作组，最后全员",
    risk_point="safety.prevention-lax",
    looks_alike="上一层次已先训过一次；同一天开班；领导小组在街道统一培训过的社区",
)
def training_out_of_order(t: Tables, p: ParameterView) -> Hits:
    """A level was trained before the first training of the level above it, in its community or for all."""
    rows = t.training.mutate(place=community_key(t.training.division))
    order = ibis.cases(
        (mentions(rows.level, "领导"), 1),
        (mentions(rows.level, "工作组", "社区主任"), 2),
        (mentions(rows.level, "全员", "全体"), 3),
        else_=ibis.null("int8"),
    )
    rows = rows.mutate(order=order.cast("int64")).filter(order.notnull())
    held = rows.select(below=rows.order + 1, held_on="trained_on", held_at="place").distinct()
    above = rows.select("ref_training", "order", "place")
    above = above.join(held, [above.order == held.below, same_place(above.place, held.held_at)])
    first = above.group_by("ref_training").aggregate(above_on=above.held_on.min())
    # Where the level above was never trained, the day is far ahead: any training is too early.
    both = rows.left_join(first, "ref_training").drop("ref_training_right")
    early = both.above_on.isnull() | (both.trained_on < both.above_on)
    return hits(
        both,
        where=(both.order > 1) & early,
        subject=both.level,
        on=both.trained_on,
        key=(both.trained_on.cast("string") + " " + both.place.fill_null("")).strip(),
        because="{trained_on}培训{level}时，上一层次的首次培训：{above_on}",
    )


@rule(
    "safety.duty-missing",
    "单位缺少分工、职责或制度",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S7-54"],
    reads={"safety.unit": None, "safety.duty": None},
    remedy="补齐任务分工、职责和制度并备案",
    risk_point="safety.prevention-lax",
    looks_alike="三类文件齐全；已关停的单位",
)
def duty_missing(t: Tables, p: ParameterView) -> Hits:
    """A unit in business without one of divided tasks, duties and rules on file."""
    units = t.unit.filter(~mentions(t.unit.state, "停", "关", "注销", "歇业"))
    filed = t.duty.group_by("unit").aggregate(
        tasks=mentions(t.duty.document, "分工").max(),
        duties=mentions(t.duty.document, "职责", "责任").max(),
        rules=mentions(t.duty.document, "制度", "规章").max(),
        ref_duty=t.duty.ref_duty.min(),
    )
    both = units.left_join(filed, "unit")
    missing = ibis.literal("")
    for word, there in (("分工", both.tasks), ("职责", both.duties), ("制度", both.rules)):
        missing = missing + ibis.ifelse(there.fill_null(False), ibis.literal(""), ibis.literal(word))
    return hits(
        both,
        where=missing != "",
        subject=both.unit_no,
        name=both.unit,
        facts={"missing": missing},
        because="{unit}（{unit_no}）缺{missing}文件",
    )
