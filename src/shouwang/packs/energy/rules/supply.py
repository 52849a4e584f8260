"""Master against sub-meters: more than was supplied, or too much lost on the way (S6-44, S6-45, S6-59)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.energy.rules.common import in_use, monthly
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

LEDGERS: dict[str, None] = {"energy.meter": None, "energy.meter_reading": None}


def balance(t: Tables) -> ir.Table:
    """Per master meter and month, one row a sub-meter read: ``supplied``, ``metered``, ``complete``.

    ``complete`` says that every sub-meter in use was read in that month: only then is what is
    missing a loss.
    """
    usage = monthly(t.meter_reading)
    children = t.meter.filter(~absent(t.meter.parent)).select(
        "meter_no", master=t.meter.parent, live=in_use(t.meter).cast("int64")
    )
    read = children.join(usage, "meter_no").select(
        "meter_no", "master", "live", "of", part="used", ref_meter_reading="ref_meter_reading"
    )
    whole = ibis.window(group_by=["master", "of"])
    read = read.mutate(
        metered=read.part.sum().over(whole).cast("decimal(18, 4)"), live_read=read.live.sum().over(whole)
    )
    wanted = children.group_by("master").aggregate(live_all=children.live.sum())
    masters = t.meter.select("place", "kind", "unit", "division", "ref_meter", master=t.meter.meter_no)
    supplied = usage.select(
        "of", master=usage.meter_no, supplied=usage.used, ref_meter_reading_master=usage.ref_meter_reading
    )
    both = read.join(supplied, ["master", "of"]).join(wanted, "master").join(masters, "master")
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
    looks_alike="总表与分表合计相等",
)
def submeters_exceed_master(t: Tables, p: ParameterView) -> Hits:
    """In a month the sub-meters together used more than the master supplied."""
    rows = balance(t)
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
    rows = balance(t)
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
