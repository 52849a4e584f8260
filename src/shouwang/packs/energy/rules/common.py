"""What several rules of the pack mean by a month's usage, a meter in use, a change of meter."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import mentions, month_start

CHANGED = ("换表", "更换", "换新", "新表", "归零", "回零", "过零", "翻转", "满度", "满量程", "清零")


def changed(reading: ir.Table) -> ir.BooleanValue:
    """The remark says that the meter was replaced or ran over its last figure."""
    return mentions(reading.note, *CHANGED) & ~mentions(reading.note, "未换", "没换", "未更换", "未归零")


def in_use(meter: ir.Table) -> ir.BooleanValue:
    """Not said to be stopped, removed or scrapped."""
    return ~mentions(meter.state, "停", "拆", "报废", "封存", "更换", "已换", "未用")


def readings(reading: ir.Table) -> ir.Table:
    """Readings with ``of`` (their month, else that of the day read) and ``used``.

    Usage is what the sheet says, else the difference of the readings where that is not negative.
    """
    difference = reading.current - reading.previous
    grown = ibis.ifelse(difference >= 0, difference, ibis.null(difference.type()))
    return reading.mutate(
        of=month_start(ibis.coalesce(reading.month, reading.read_on)),
        used=ibis.coalesce(reading.usage, grown),
    ).filter(lambda r: r.of.notnull())


def monthly(reading: ir.Table) -> ir.Table:
    """Usage per meter and month: ``meter_no, of, used, ref_meter_reading`` (its first row)."""
    rows = readings(reading)
    return (
        rows.filter(rows.used.notnull())
        .group_by("meter_no", "of")
        .aggregate(
            used=rows.used.sum().cast("decimal(18, 4)"), ref_meter_reading=rows.ref_meter_reading.min()
        )
    )


def is_total(quota: ir.Table) -> ir.BooleanValue:
    """Whether an indicator is the total of its kind, which others are parts of."""
    return mentions(quota.level, "总", "合计", "社区指标")
