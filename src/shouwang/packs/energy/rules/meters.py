"""Meters and readings: verification, backward readings, zero use, who reads (S6-32, S6-42 … S6-45, S6-55)."""

from __future__ import annotations

import ibis

from shouwang.packs.energy.rules.common import (
    changed,
    in_use,
    readings,
    replaced,
    rolled,
    run_over,
    stepped,
)
from shouwang.risk.expressions import days_between, mentions, month_index, months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

METER = {"energy.meter": "meter_no"}
READING = {"energy.meter_reading": "meter_no"}


@rule(
    "energy.verification-overdue",
    "计量器具超期未检",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S6-32", "S6-42", "S6-43", "S6-60"],
    reads=METER,
    remedy="立即送检，检定前的读数复核",
    risk_point="energy.meters-overdue",
    looks_alike="下次检定日期为截止当日；已停用、拆除的器具",
)
def verification_overdue(t: Tables, p: ParameterView) -> Hits:
    """In use although the next verification was due: by its date, else by the last one and the cycle."""
    rows = t.meter
    # Months have no length in days: dates are compared as (months since year 0, day).
    due = (month_index(rows.verified_on) + rows.cycle_months) * 32 + rows.verified_on.day()
    today = (p.as_of.year * 12 + p.as_of.month) * 32 + p.as_of.day
    by_cycle = rows.next_due_on.isnull() & (due < today).fill_null(False)
    by_date = (rows.next_due_on < p.as_of).fill_null(False)
    return hits(
        rows,
        where=in_use(rows) & (by_date | by_cycle),
        subject=rows.meter_no,
        name=rows.place,
        on=rows.next_due_on,
        because="{place}{kind}表{meter_no}上次检定{verified_on}，周期{cycle_months}个月，下次检定{next_due_on}，已过期",
    )


@rule(
    "energy.never-verified",
    "计量器具多年未校验",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S6-43"],
    reads=METER,
    needs={"energy.meter": ("verified_on",)},
    uses=["energy.verify_months"],
    remedy="组织校验，不合格的更换",
    risk_point="energy.meters-overdue",
    looks_alike="新装的表",
)
def never_verified(t: Tables, p: ParameterView) -> Hits:
    """Not verified, or installed without verification, for longer than the months allowed."""
    since = months_earlier(p.as_of, p["energy.verify_months"])
    rows = t.meter
    last = ibis.coalesce(rows.verified_on, rows.installed_on)
    return hits(
        rows,
        where=in_use(rows) & (last < since).fill_null(False),
        subject=rows.meter_no,
        name=rows.place,
        on=last,
        because="{place}{kind}表{meter_no}（{installed_on}启用）上次检定：{verified_on}",
    )


@rule(
    "energy.past-service-life",
    "计量器具超期服役",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S6-42"],
    reads=METER,
    needs={"energy.meter": ("service_years", "installed_on")},
    remedy="列入更换计划",
    risk_point="energy.meters-overdue",
    looks_alike="服役期满当日；已停用",
)
def past_service_life(t: Tables, p: ParameterView) -> Hits:
    """In use for longer than its service life."""
    rows = t.meter
    end = month_index(rows.installed_on) + (rows.service_years * 12).cast("int64")
    over = (end * 32 + rows.installed_on.day()) < (p.as_of.year * 12 + p.as_of.month) * 32 + p.as_of.day
    return hits(
        rows,
        where=in_use(rows) & over.fill_null(False),
        subject=rows.meter_no,
        name=rows.place,
        on=rows.installed_on,
        because="{place}{kind}表{meter_no}于{installed_on}启用，使用年限{service_years}年，已超期",
    )


@rule(
    "energy.reading-decrease",
    "表读数倒走",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S6-14", "S6-44"],
    reads=READING,
    needs={"energy.meter_reading": ("previous",)},
    remedy="到现场复核读数和表计",
    risk_point="energy.metering-inaccurate",
    optional={"energy.meter": "meter_no"},
    looks_alike="换表、表满归零而有说明的；读数变小的当月启用的新表",
)
def reading_decrease(t: Tables, p: ParameterView) -> Hits:
    """The reading is smaller than the last one and neither a replacement nor a rollover explains it.

    A replacement is told by the remark, or by a day of installation in the two months before the reading; a
    rollover by the remark where the dial can have run over.
    """
    new = t.meter.filter(t.meter.installed_on.notnull())
    new = new.group_by(of_meter="meter_no").aggregate(installed_on=new.installed_on.max())
    rows = t.meter_reading.left_join(new, t.meter_reading.meter_no == new.of_meter).drop("of_meter")
    read = ibis.coalesce(rows.read_on, rows.month)
    since = days_between(read, rows.installed_on)
    fresh = ((since >= 0) & (since <= 62)).fill_null(False)
    explained = replaced(rows) | (rolled(rows) & run_over(rows).notnull()) | fresh
    return hits(
        rows,
        where=(rows.current < rows.previous).fill_null(False) & ~explained,
        subject=rows.meter_no,
        name=rows.place,
        on=ibis.coalesce(rows.read_on, rows.month),
        key=ibis.coalesce(rows.month, rows.read_on).cast("string"),
        because="{place}表{meter_no}，{month:month}本期读数{current}小于上期{previous}",
    )


@rule(
    "energy.reading-discontinuous",
    "本期起码与上期止码不衔接",
    severity=Severity.LOW,
    subject="record",
    seeds=["S6-44"],
    reads=READING,
    needs={"energy.meter_reading": ("previous",)},
    remedy="核对抄表记录，更正起码",
    risk_point="energy.metering-inaccurate",
    looks_alike="换表后从新起码开始而有说明；中间缺一个月的抄表",
)
def reading_discontinuous(t: Tables, p: ParameterView) -> Hits:
    """The previous reading of a month is not the current one of the month before."""
    rows = readings(t.meter_reading)
    window = ibis.window(group_by="meter_no", order_by=["of", "ref_meter_reading"])
    rows = rows.mutate(last=rows.current.lag().over(window), last_of=rows.of.lag().over(window))
    next_month = (month_index(rows.of) - month_index(rows.last_of)) == 1
    return hits(
        rows,
        where=(next_month & (rows.previous != rows["last"])).fill_null(False) & ~changed(rows),
        subject=rows.meter_no,
        name=rows.place,
        on=rows.of,
        key=rows.of.cast("string"),
        because="{place}表{meter_no}，{of:month}上期读数{previous}，而上月止码为{last}",
    )


@rule(
    "energy.usage-differs",
    "用量与读数之差不符",
    severity=Severity.LOW,
    subject="record",
    seeds=["S6-44"],
    reads=READING,
    needs={"energy.meter_reading": ("previous", "usage")},
    remedy="核对倍率和用量",
    risk_point="energy.metering-inaccurate",
    optional={"energy.meter": "meter_no"},
    looks_alike="换表而没有写明旧表止码的月份；按倍率折算的用量；读数倒走另有规则",
)
def usage_differs(t: Tables, p: ParameterView) -> Hits:
    """Usage is not what the dial went on by (over a replacement or rollover too), times the multiplier.

    Where the ledger of devices gives no multiplier, a whole multiple is taken for one.
    """
    factors = t.meter.group_by(of_meter="meter_no").aggregate(factor=t.meter.multiplier.max())
    rows = t.meter_reading.left_join(factors, t.meter_reading.meter_no == factors.of_meter).drop("of_meter")
    step = stepped(rows)
    known = (rows.factor > 0).fill_null(False)
    whole = (step > 0) & ((rows.usage % ibis.ifelse(step > 0, step, 1)) == 0) & (rows.usage > 0)
    fits = ibis.ifelse(known, rows.usage == step * rows.factor, (rows.usage == step) | whole)
    return hits(
        rows,
        where=step.notnull() & ~fits.fill_null(True),
        subject=rows.meter_no,
        name=rows.place,
        on=ibis.coalesce(rows.read_on, rows.month),
        key=ibis.coalesce(rows.month, rows.read_on).cast("string"),
        because="{place}表{meter_no}，{month:month}读数{previous}至{current}，用量却为{usage}",
    )


@rule(
    "energy.zero-use-occupied",
    "有人居住而用量为零",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S6-44", "S6-45"],
    reads={"energy.meter_reading": None, "energy.meter": None, "registry.person": None},
    optional={"population.floating_person": None},
    uses=["energy.zero_months"],
    remedy="入户查表，排除表坏、绕表用能或空置",
    risk_point="energy.metering-inaccurate",
    looks_alike="空置房；只有一两个月为零；户籍在此而人住别处的（入户核实）",
)
def zero_use_occupied(t: Tables, p: ParameterView) -> Hits:
    """A household meter shows no use for so many months running while people are entered as living there."""
    rows = readings(t.meter_reading)
    zero = (
        rows.filter(rows.used == 0)
        .group_by("meter_no", "of")
        .aggregate(ref_meter_reading=rows.ref_meter_reading.min())
    )
    zero = zero.mutate(number=month_index(zero.of))
    order = ibis.window(group_by="meter_no", order_by="number")
    zero = zero.mutate(rank=ibis.row_number().over(order))
    zero = zero.mutate(island=zero.number - zero["rank"])
    whole = ibis.window(group_by=["meter_no", "island"])
    runs = zero.mutate(months=zero.number.count().over(whole), begins=zero.of.min().over(whole))
    runs = runs.filter(runs.months >= p["energy.zero_months"])
    homes = t.meter.filter(in_use(t.meter) & ~absent(t.meter.dwelling))
    homes = homes.select("meter_no", "place", "kind", "dwelling", "division", "ref_meter")
    residents, guests = t.person, t.floating_person
    gone = ~((residents.status == "正常").fill_null(False) | absent(residents.status))
    living = residents.filter(~gone & ~absent(residents.dwelling)).select("dwelling", "person")
    staying = guests.filter(guests.left_on.isnull() & ~absent(guests.dwelling)).select("dwelling", "person")
    people = living.union(staying).distinct()
    occupied = people.group_by("dwelling").aggregate(people=people.count())
    found = runs.join(homes, "meter_no").join(occupied, "dwelling")
    return hits(
        found,
        subject=found.meter_no,
        name=found.place,
        on=found.begins,
        key=found.begins.cast("string"),
        because="{place}（{dwelling}）登记{people}人，{kind}表{meter_no}自{of.first:month}至{of.last:month}"
        "连续{n}个月用量为零",
    )


@rule(
    "energy.reader-without-certificate",
    "无证人员抄表",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S6-55", "S6-07"],
    reads={"energy.meter_reading": None, "energy.meter_reader": None},
    needs={"energy.meter_reading": ("reader",)},
    remedy="停止上岗，读数由持证人员复核",
    risk_point="energy.uncertified-readers",
    looks_alike="抄表时证书尚未到期，之后才到期",
)
def reader_without_certificate(t: Tables, p: ParameterView) -> Hits:
    """Read on a day on which the reader held no certificate in force."""
    rows = readings(t.meter_reading)
    rows = rows.filter(~absent(rows.reader)).mutate(day=ibis.coalesce(rows.read_on, rows.of))
    held = t.meter_reader.select(holder="name", until="valid_until")
    unlawful = rows.anti_join(
        held, [rows.reader == held.holder, held.until.isnull() | (held.until >= rows.day)]
    )
    latest = t.meter_reader.group_by(holder=t.meter_reader.name).aggregate(
        valid_until=t.meter_reader.valid_until.max(), ref_meter_reader=t.meter_reader.ref_meter_reader.min()
    )
    found = unlawful.left_join(latest, unlawful.reader == latest.holder)
    return hits(
        found,
        subject=found.reader,
        name=found.reader,
        on=found.day,
        because="{reader}于{day.first}至{day.last}抄表{n}次，持证名单中的有效期：{valid_until}",
    )


@rule(
    "energy.reading-of-unknown-meter",
    "抄表记录中的表不在器具台账",
    severity=Severity.LOW,
    subject="record",
    seeds=["S6-11", "S6-14"],
    reads={"energy.meter_reading": "meter_no", "energy.meter": "meter_no"},
    remedy="补登器具台账",
    risk_point="energy.metering-inaccurate",
    looks_alike="表号写法相同的表",
)
def reading_of_unknown_meter(t: Tables, p: ParameterView) -> Hits:
    """A meter is read that the ledger of devices does not have."""
    rows = t.meter_reading.anti_join(t.meter, "meter_no")
    return hits(
        rows,
        subject=rows.meter_no,
        name=rows.place,
        on=ibis.coalesce(rows.read_on, rows.month),
        because="{place}表{meter_no}抄表{n}次，器具台账中没有",
    )


@rule(
    "energy.meter-not-read",
    "在用表漏抄",
    severity=Severity.LOW,
    subject="record",
    seeds=["S6-24", "S6-14"],
    reads={"energy.meter": "meter_no", "energy.meter_reading": "meter_no"},
    remedy="补抄并查明原因",
    risk_point="energy.metering-inaccurate",
    looks_alike="中途停用、拆除的表；新装表的首月之前",
)
def meter_not_read(t: Tables, p: ParameterView) -> Hits:
    """A meter in use with a month missing between two months for which it was read."""
    rows = readings(t.meter_reading).semi_join(t.meter.filter(in_use(t.meter)), "meter_no")
    window = ibis.window(group_by="meter_no", order_by=["of", "ref_meter_reading"])
    rows = rows.mutate(before=rows.of.lag().over(window))
    gap = month_index(rows.of) - month_index(rows.before) - 1
    return hits(
        rows,
        where=(gap > 0).fill_null(False) & ~mentions(rows.note, "合并", "两月", "隔月", "双月"),
        subject=rows.meter_no,
        name=rows.place,
        on=rows.of,
        key=rows.of.cast("string"),
        facts={"gap": gap},
        because="{place}表{meter_no}在{before:month}与{of:month}之间漏抄{gap}个月",
    )
