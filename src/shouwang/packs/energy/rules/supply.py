"""Master against sub-meters: more than was supplied, or too much lost on the way (S6-44, S6-45, S6-59)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.energy.rules.common import in_use, monthly, prorated
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

LEDGERS: dict[str, None] = {"energy.meter": None, "energy.meter_reading": None}


def balance(t: Tables, p: ParameterView) -> ir.Table:
    """Per master meter and month, one row a sub-meter read: ``supplied``, ``metered``, ``complete``.

    ``complete`` says that every sub-meter in use was read in that month: only then is what is
    missing a loss. Where master and sub-meters were not all read on one day, both sides are spread
    over calendar months by the days between readings (``uneven``).
    """
    usage = monthly(t.meter_reading, t.meter)
    even = prorated(t.meter_reading, t.meter, p).select(
        spread_meter="meter_no", spread_month="of", spread="used"
    )
    usage = usage.left_join(even, [usage.meter_no == even.spread_meter, usage.of == even.spread_month]).drop(
        "spread_meter", "spread_month"
    )
    # A meter that names itself as the one above it stands under none.
    below = ~absent(t.meter.parent) & (t.meter.parent != t.meter.meter_no)
    children = t.meter.filter(below).select(
        "meter_no", master=t.meter.parent, live=in_use(t.meter).cast("int64")
    )
    read = children.join(usage, "meter_no").select(
        "meter_no",
        "master",
        "live",
        "of",
        part="used",
        spread="spread",
        day="read_on",
        ref_meter_reading="ref_meter_reading",
    )
    wanted = children.group_by("master").aggregate(live_all=children.live.sum())
    masters = t.meter.select(
        "place", "kind", "unit", "division", "ref_meter", over="parent", master=t.meter.meter_no
    )
    supplied = usage.select(
        "of",
        master=usage.meter_no,
        supplied=usage.used,
        spread_master="spread",
        day_master="read_on",
        ref_meter_reading_master=usage.ref_meter_reading,
    )
    both = read.join(supplied, ["master", "of"]).join(wanted, "master").join(masters, "master")
    whole = ibis.window(group_by=["master", "of"])
    apart = (both.day != both.day_master).fill_null(False).cast("int64").max().over(whole)
    both = both.mutate(uneven=apart == 1)
    both = both.mutate(
        part=ibis.ifelse(both.uneven, both.spread, both.part),
        supplied=ibis.ifelse(both.uneven, both.spread_master, both.supplied),
    )
    both = both.filter(both.part.notnull() & both.supplied.notnull())
    both = both.mutate(
        metered=both.part.sum().over(whole).cast("decimal(18, 4)"), live_read=both.live.sum().over(whole)
    )
    return both.mutate(complete=both.live_read >= both.live_all)


@rule(
    "energy.submeters-exceed-master",
    "分表之和大于总表",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S6-44", "S6-59"],
    reads=LEDGERS,
    remedy="校验总表和分表，核对抄表日期",
    risk_point="energy.metering-inaccurate",
    looks_alike="总表与分表合计相等；抄表日期不一而按日折算后不超过",
)
def submeters_exceed_master(t: Tables, p: ParameterView) -> Hits:
    """In a month the sub-meters together used more than the master supplied."""
    rows = balance(t, p)
    return hits(
        rows,
        where=rows.metered > rows.supplied,
        subject=rows.master,
        name=rows.place,
        on=rows.of,
        key=rows.of.cast("string"),
        because="{place}（总表{master}）{of:month}为{supplied}，{n}只分表合计{metered}",
    )


@rule(
    "energy.network-loss-high",
    "水电流失过大",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S6-45", "S6-59"],
    reads=LEDGERS,
    uses=["energy.loss_limit"],
    remedy="查漏、查窃用，校验表计",
    risk_point="energy.network-loss",
    looks_alike="损失率未超过限值；有分表漏抄的月份",
)
def network_loss_high(t: Tables, p: ParameterView) -> Hits:
    """In a month with all sub-meters read, more than the share allowed was lost."""
    rows = balance(t, p)
    limit = ibis.literal(p["energy.loss_limit"], "decimal(18, 6)")
    lost = rows.supplied - rows.metered
    percent = (
        lost.cast("float64") * 100 / ibis.ifelse(rows.supplied == 0, 1, rows.supplied).cast("float64")
    ).round(1)
    return hits(
        rows,
        where=rows.complete & (lost > rows.supplied * limit),
        subject=rows.master,
        name=rows.place,
        on=rows.of,
        key=rows.of.cast("string"),
        facts={"lost": lost, "percent": percent},
        because="{place}（总表{master}）{of:month}为{supplied}，{n}只分表合计{metered}，流失{lost}（{percent}%）",
    )


@rule(
    "energy.meter-tree-broken",
    "上级计量表登记有误",
    severity=Severity.LOW,
    subject="record",
    seeds=["S6-11", "S6-59"],
    reads={"energy.meter": None},
    needs={"energy.meter": ("parent",)},
    remedy="核对管网图，更正上级计量表",
    risk_point="energy.metering-inaccurate",
    looks_alike="总表没有上级；上级表已停用",
)
def meter_tree_broken(t: Tables, p: ParameterView) -> Hits:
    """A meter stands under itself, under one that stands under it, one of another kind, or an unknown one."""
    meters = t.meter.filter(~absent(t.meter.parent) & in_use(t.meter))
    above = t.meter.group_by(above_no="meter_no").aggregate(
        above_kind=t.meter.kind.min(),
        above_parent=t.meter.parent.min(),
        ref_meter_above=t.meter.ref_meter.min(),
    )
    rows = meters.left_join(above, meters.parent == above.above_no)
    itself = rows.parent == rows.meter_no
    circle = (rows.above_parent == rows.meter_no).fill_null(False)
    other = (rows.above_kind != rows.kind).fill_null(False)
    unknown = rows.above_no.isnull()
    return hits(
        rows,
        where=itself | circle | other | unknown,
        subject=rows.meter_no,
        name=rows.place,
        because="{place}{kind}表{meter_no}登记的上级计量表为{parent}（台账中的种类：{above_kind}，它的上级：{above_parent}）",
    )
