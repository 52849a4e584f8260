"""What several rules of the pack mean by a month's usage, a meter in use, a change of meter."""

from __future__ import annotations

import datetime as dt

import ibis
from ibis.expr import types as ir

from shouwang.risk import periods
from shouwang.risk.expressions import days_between, mentions, month_start
from shouwang.risk.parameters import ParameterView

REPLACED = ("换表", "更换", "换新", "新表")
ROLLED = ("归零", "回零", "过零", "翻转", "满度", "满量程", "清零")
DIALS = tuple(10**digits for digits in range(3, 13))
"""How many units a meter shows before it begins anew."""
YEARS = 10
"""So many years back readings are spread over calendar months."""


def changed(reading: ir.Table) -> ir.BooleanValue:
    """The remark says that the meter was replaced or ran over its last figure."""
    return replaced(reading) | rolled(reading)


def replaced(reading: ir.Table) -> ir.BooleanValue:
    """The remark says that the meter was replaced."""
    return mentions(reading.note, *REPLACED) & ~mentions(reading.note, "未换", "没换", "未更换")


def rolled(reading: ir.Table) -> ir.BooleanValue:
    """The remark says that the meter ran over its last figure and began anew."""
    return mentions(reading.note, *ROLLED) & ~mentions(reading.note, "未归零", "没归零")


def run_over(reading: ir.Table) -> ir.DecimalValue:
    """What was used if the dial began anew; null where that would be half the dial or more.

    The dial is the power of ten above the previous reading: from 99949 to 99 are 150, but nobody goes from
    4823 over 9999 to 4563. A reading that merely fell is no rollover, whatever the remark says.
    """
    nothing = ibis.null("decimal(18, 4)")
    dial = ibis.cases(
        *[(reading.previous < size, ibis.literal(size, "decimal(18, 4)")) for size in DIALS], else_=nothing
    )
    used = (dial - reading.previous + reading.current).cast("decimal(18, 4)")
    return ibis.ifelse(used < dial / 2, used, nothing)


def _figure(reading: ir.Table, words: str) -> ir.DecimalValue:
    """A reading told in the remark: 旧表止码7538."""
    told = reading.note.re_extract(
        f"{words}(止码|止数|起码|起数|底数|表底|读数)?[为是:： ]*([0-9]+([.][0-9]+)?)", 2
    )
    return told.nullif("").try_cast("float64").cast("decimal(18, 4)")


def stepped(reading: ir.Table) -> ir.DecimalValue:
    """What the dial went on by: the difference of the readings, over a replacement or a rollover too.

    Null where it is not known: no previous reading, a replacement whose remark does not tell where the
    old meter stopped, a reading that went back.
    """
    old, new = _figure(reading, "旧表"), _figure(reading, "新表")
    replacement = (old - reading.previous + reading.current - new.fill_null(0)).cast("decimal(18, 4)")
    difference = (reading.current - reading.previous).cast("decimal(18, 4)")
    nothing = ibis.null("decimal(18, 4)")
    return ibis.cases(
        (
            replaced(reading),
            ibis.ifelse((old >= reading.previous) & (replacement >= 0), replacement, nothing),
        ),
        (rolled(reading) & (difference < 0), run_over(reading)),
        (difference >= 0, difference),
        else_=nothing,
    )


def in_use(meter: ir.Table) -> ir.BooleanValue:
    """Not said to be stopped, removed or scrapped."""
    return ~mentions(meter.state, "停", "拆", "报废", "封存", "更换", "已换", "未用")


def readings(reading: ir.Table, meter: ir.Table | None = None) -> ir.Table:
    """Readings with ``of`` (their month, else that of the day read) and ``used``.

    Usage is what the sheet says, else what the dial went on by, times the multiplier of ``meter``.
    """
    rows = reading
    factor: ir.Value = ibis.literal(1, "decimal(18, 4)")
    if meter is not None:
        factors = meter.group_by(of_meter="meter_no").aggregate(factor=meter.multiplier.max())
        rows = rows.left_join(factors, rows.meter_no == factors.of_meter).drop("of_meter")
        factor = ibis.ifelse((rows.factor > 0).fill_null(False), rows.factor, factor)
    made = rows.mutate(
        of=month_start(ibis.coalesce(rows.month, rows.read_on)),
        used=ibis.coalesce(rows.usage, (stepped(rows) * factor).cast("decimal(18, 4)")),
    ).filter(lambda r: r.of.notnull())
    return made.drop("factor") if meter is not None else made


def monthly(reading: ir.Table, meter: ir.Table | None = None) -> ir.Table:
    """Usage per meter and month: ``meter_no, of, used, read_on, ref_meter_reading`` (its first row)."""
    rows = readings(reading, meter)
    return (
        rows.filter(rows.used.notnull())
        .group_by("meter_no", "of")
        .aggregate(
            used=rows.used.sum().cast("decimal(18, 4)"),
            read_on=rows.read_on.max(),
            ref_meter_reading=rows.ref_meter_reading.min(),
        )
    )


def prorated(reading: ir.Table, meter: ir.Table, p: ParameterView) -> ir.Table:
    """Usage per meter and calendar month, by the days between readings: ``meter_no, of, used``.

    What was used from the day after one reading to the day of the next is spread evenly over these days; a
    first reading is taken to be of a month. Only months all of whose days are covered, once each, are given.
    """
    rows = readings(reading, meter)
    rows = rows.filter(rows.used.notnull() & rows.read_on.notnull())
    rows = rows.group_by("meter_no", "read_on").aggregate(used=rows.used.sum().cast("decimal(18, 4)"))
    window = ibis.window(group_by="meter_no", order_by="read_on")
    rows = rows.mutate(before=rows.read_on.lag().over(window))
    # A month has no length: the same day of the month before is as many days back as that month has.
    first = month_start(rows.read_on)
    earlier = month_start(_days_later(first, -1))
    rows = rows.mutate(month_long=days_between(first, earlier), gap=days_between(rows.read_on, rows.before))
    rows = rows.mutate(length=ibis.ifelse(rows.gap.notnull(), rows.gap, rows.month_long).cast("int64"))
    span = periods.table(periods.ended(p.as_of, 1, dt.date(p.as_of.year - YEARS, 1, 1)), 1)
    # By day numbers, which compare alike on every engine.
    rows = rows.mutate(end=_number(rows.read_on))
    rows = rows.mutate(start=rows.end - rows.length)
    span = span.select(of="begins", first=_number(span.begins) - 1, last=_number(span.ends))
    parts = rows.join(span, [rows.end > span.first, rows.start < span.last])
    upper = ibis.ifelse(parts.end < parts["last"], parts.end, parts["last"])
    lower = ibis.ifelse(parts.start > parts["first"], parts.start, parts["first"])
    parts = parts.mutate(days=upper - lower, whole=parts["last"] - parts["first"])
    share = parts.used.cast("float64") * parts.days / parts.length
    sums = (
        parts.mutate(share=share)
        .group_by("meter_no", "of")
        .aggregate(
            used=lambda r: r.share.sum().round(4).cast("decimal(18, 4)"),
            days=lambda r: r.days.sum(),
            whole=lambda r: r.whole.max(),
        )
    )
    return sums.filter(sums.days == sums.whole).select("meter_no", "of", "used")


def _number(day: ir.DateValue) -> ir.IntegerValue:
    return days_between(day, ibis.literal(dt.date(1970, 1, 1))).cast("int64")


def _days_later(day: ir.DateValue, days: int) -> ir.DateValue:
    return (day + ibis.interval(days=days)).cast("timestamp").cast("date")


def is_total(quota: ir.Table) -> ir.BooleanValue:
    """Whether an indicator is the total of its kind, which others are parts of."""
    return mentions(quota.level, "总", "合计", "社区指标")
