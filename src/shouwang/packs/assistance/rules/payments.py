"""Whether every household is paid monthly, in full, on time and once.

Seeds: S2-14, S2-30, S2-48, S2-55 … S2-57.
"""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.assistance.means_test import money
from shouwang.packs.assistance.rules.common import (
    arrears,
    covered,
    day,
    deaths,
    households,
    later,
    members,
    next_month,
    regular,
    this_month,
    zero,
)
from shouwang.risk.expressions import mentions, month_start
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, Via, hits, rule

INTEGRITY = "assistance.payment-integrity"
TIMELINESS = "assistance.payment-timeliness"


def month_before(month: ir.DateValue) -> ir.DateValue:
    """The first day of the month before."""
    return month_start(later(month_start(month), -1))


@rule(
    "assistance.paid-twice",
    "一户一月发放两次",
    severity=Severity.HIGH,
    subject="household",
    seeds=["S2-14", "S2-48"],
    reads={"assistance.payment": "certificate"},
    remedy="核实后追回重复发放的金额",
    risk_point=INTEGRITY,
    looks_alike="第二笔为补发；同名户主的两户；分次发放合计不超过应发",
)
def paid_twice(t: Tables, p: ParameterView) -> Hits:
    """Two regular payments for one household and month that together exceed what is due."""
    paid = t.payment.filter(regular(t.payment) & (t.payment.paid > 0))
    # Counting first and adding up only what came twice keeps the great grouping narrow.
    often = paid.group_by("certificate", "month").aggregate(times=paid.count())
    rows = paid.join(often.filter(often.times > 1), ["certificate", "month"])
    month = ibis.window(group_by=[rows.certificate, rows.month])
    rows = rows.mutate(
        total=money(rows.paid.sum().over(month)),
        entitled=rows.due.max().over(month).coalesce(rows.paid.max().over(month)),
        first_ref=rows.ref_payment.min().over(month),
    )
    rows = rows.filter(rows.total > rows.entitled)
    # The excess belongs to the month: it is named once, on the first of its rows.
    excess = (rows.ref_payment == rows.first_ref).ifelse(
        money(rows.total - rows.entitled), ibis.null("decimal(18, 2)")
    )
    return hits(
        rows,
        subject=rows.certificate,
        name=rows.name,
        on=rows.paid_on,
        amount=excess,
        key=rows.month,
        because="{certificate}{name}{month:month}发放{times}次，合计{total}元，应发{entitled}元",
    )


@rule(
    "assistance.paid-short",
    "低保金未足额发放",
    severity=Severity.MEDIUM,
    subject="household",
    seeds=["S2-57", "S2-68"],
    reads={"assistance.payment": "certificate"},
    needs={"assistance.payment": ("due", "paid")},
    remedy="查明原因，补足差额",
    risk_point=INTEGRITY,
    looks_alike="应发与实发同时下调；当月分次或已补发足额",
)
def paid_short(t: Tables, p: ParameterView) -> Hits:
    """What a household was paid for a month, all payments together, is less than what was due."""
    low = t.payment.filter(regular(t.payment) & (t.payment.paid < t.payment.due))
    # Instalments and arrears of the same month may make it whole.
    same = t.payment.filter(t.payment.paid > 0).semi_join(low, ["certificate", "month"])
    sums = same.group_by("certificate", "month").aggregate(total=money(same.paid.sum()))
    rows = low.left_join(sums, ["certificate", "month"])
    rows = rows.mutate(received=money(rows.total.coalesce(zero())))
    rows = rows.mutate(
        first_ref=rows.ref_payment.min().over(ibis.window(group_by=[rows.certificate, rows.month])),
        owed=rows.due.max().over(ibis.window(group_by=[rows.certificate, rows.month])),
    )
    short = money(money(rows.owed) - rows.received)
    return hits(
        rows,
        where=rows.received < rows.owed,
        subject=rows.certificate,
        name=rows.name,
        on=rows.paid_on.coalesce(rows.month),
        amount=(rows.ref_payment == rows.first_ref).ifelse(short, ibis.null("decimal(18, 2)")),
        key=rows.month,
        facts={"short": short},
        because="{certificate}{name}{month:month}应发{owed}元，实发{received}元，少发{short}元",
    )


@rule(
    "assistance.paid-late",
    "低保金发放不及时",
    severity=Severity.MEDIUM,
    subject="household",
    seeds=["S2-55", "S2-68"],
    reads={"assistance.payment": "certificate"},
    needs={"assistance.payment": ("paid_on",)},
    uses=["assistance.due_day"],
    remedy="查明迟发原因，按规定日期发放",
    risk_point=TIMELINESS,
    looks_alike="规定日期当天发放；补发以前月份",
)
def paid_late(t: Tables, p: ParameterView) -> Hits:
    """A regular payment after the day of the month by which the office must pay."""
    rows = t.payment
    # The day in force in the month paid for, not the one of today.
    last = p.at("assistance.due_day", rows.month, rows.division, lambda day: later(rows.month, day - 1))
    limit = ibis.least(last, later(next_month(rows.month), -1))
    late = last.notnull() & (rows.paid_on > limit)
    return hits(
        rows,
        where=rows.due_on.isnull() & regular(rows) & (rows.paid > 0) & late,
        subject=rows.certificate,
        name=rows.name,
        on=rows.paid_on,
        key=rows.month,
        facts={"limit": limit},
        because="{certificate}{name}{month:month}低保金于{paid_on}发放，应在{limit}前发放",
    )


@rule(
    "assistance.paid-after-due-date",
    "低保金晚于应发日期发放",
    severity=Severity.MEDIUM,
    subject="household",
    seeds=["S2-14", "S2-55"],
    reads={"assistance.payment": "certificate"},
    needs={"assistance.payment": ("due_on", "paid_on")},
    remedy="查明迟发原因，按规定日期发放",
    risk_point=TIMELINESS,
    looks_alike="应发日期当天发放；补发以前月份",
)
def paid_after_due_date(t: Tables, p: ParameterView) -> Hits:
    """A regular payment after the due date that the payment sheet itself names."""
    rows = t.payment
    return hits(
        rows,
        where=regular(rows) & (rows.paid > 0) & (rows.paid_on > rows.due_on),
        subject=rows.certificate,
        name=rows.name,
        on=rows.paid_on,
        key=rows.month,
        because="{certificate}{name}{month:month}低保金应于{due_on}发放，实际{paid_on}发放",
    )


def _merged(rows: ir.Table, usual: ir.Value) -> ir.BooleanValue:
    """Whether one payment is worth at least two months, by its amount or by its remark."""
    twice = (rows.paid >= money(usual) * 2).fill_null(False)
    return twice | mentions(rows.note, "合并发放", "季度发放", "按季", "一次发放")


@rule(
    "assistance.paid-quarterly",
    "按月发放改为按季发放",
    severity=Severity.MEDIUM,
    subject="household",
    seeds=["S2-30", "S2-56"],
    reads={"assistance.payment": "certificate", "assistance.recipient": "certificate"},
    remedy="恢复按月发放，查明资金到位情况",
    risk_point=TIMELINESS,
    looks_alike="季度末月新批的家庭，只发一个月",
)
def paid_quarterly(t: Tables, p: ParameterView) -> Hits:
    """Nothing in the first two months of a quarter, then the quarter at once.

    Either one payment of at least two months' money in the third month, or one for each of the
    three months, all on the same day of the third month or later.
    """
    home = households(t.recipient, this_month(p))
    home = home.select("certificate", "start_month", "stop_month", "ref_recipient", usual=home.amount)
    paid = t.payment.filter(regular(t.payment) & (t.payment.paid > 0))
    ends = paid.filter(paid.month.month().isin([3, 6, 9, 12])).join(home, "certificate")
    ends = ends.filter(_merged(ends, ends.usual))
    ends = ends.mutate(second=month_before(ends.month), first=month_before(month_before(ends.month)))
    ends = ends.filter(covered(ends, ends.first) & covered(ends, ends.second))
    given = t.payment.filter(t.payment.paid > 0).select("certificate", "month")
    lump = ends.anti_join(given.rename(second="month"), ["certificate", "second"])
    lump = lump.anti_join(given.rename(first="month"), ["certificate", "first"])
    keep = (
        "certificate", "name", "division", "first", "month", "paid_on", "paid", "ref_payment",
        "ref_recipient",
    )  # fmt: skip
    lump = lump.select(*keep)

    opening = paid.filter(
        paid.month.month().isin([1, 4, 7, 10]) & (paid.paid_on >= next_month(next_month(paid.month)))
    )
    opening = opening.mutate(second=next_month(opening.month), third=next_month(next_month(opening.month)))
    dates = paid.select("certificate", "paid_on", "month")
    split = opening.semi_join(dates.rename(second="month"), ["certificate", "paid_on", "second"])
    split = split.semi_join(dates.rename(third="month"), ["certificate", "paid_on", "third"])
    split = split.mutate(first=split.month, month=split.third, ref_recipient=ibis.null("int64"))
    rows = lump.union(split.select(*keep))
    return hits(
        rows,
        subject=rows.certificate,
        name=rows.name,
        on=rows.paid_on.coalesce(rows.month),
        key=rows.first,
        because="{certificate}{name}{first:month}至{month:month}的低保金没有按月发放，于{paid_on}一次发放",
    )


@rule(
    "assistance.not-paid",
    "在册未发放低保金",
    severity=Severity.HIGH,
    subject="household",
    seeds=["S2-30", "S2-57"],
    reads={
        "assistance.recipient": "division",
        "assistance.payment": Via("certificate", "assistance.recipient", "division"),
    },
    optional={"registry.death": Via("person", "assistance.recipient", "division")},
    uses=["assistance.due_day"],
    remedy="查明漏发原因，补发",
    risk_point=INTEGRITY,
    looks_alike="已停保或已核减；以后月份已补发或合并发放；该社区当月没有任何发放表",
)
def not_paid(t: Tables, p: ParameterView) -> Hits:
    """A household on the roster has no payment for a month in which its community was paid.

    A month for which no household of the community has a row is a missing sheet, not a missing
    payment. One finding a household, with its months.
    """
    today = day(p.as_of)
    people = members(t.recipient).left_join(deaths(t.death), "person").drop("person_right")
    gone = ibis.least(people.cut_month, next_month(people.died_on))
    people = people.mutate(_gone=gone, _stays=gone.isnull().cast("int64"))
    living = people.group_by("certificate").aggregate(stays=people._stays.max(), last_gone=people._gone.max())
    home = households(t.recipient, this_month(p))
    home = home.mutate(division=home.division.fill_null(""), usual=home.amount)
    home = home.join(living, "certificate").select(
        *("certificate", "name", "division", "start_month", "stop_month", "admitted", "stays", "last_gone"),
        *("usual", "ref_recipient"),
    )
    given = t.payment.filter(t.payment.paid.notnull())
    # From the roster itself: a join of a table with its own descendant is ambiguous to Ibis.
    places = t.recipient.select("certificate", division=t.recipient.division.fill_null("")).distinct()
    placed = given.select("certificate", "month").join(places, "certificate")
    seen = placed.select("division", "month").distinct()
    due = home.join(seen, "division")
    due = due.filter(
        covered(due, due.month)
        & (due.admitted.isnull() | (due.month >= due.admitted))
        & ((due.stays > 0) | (due.month < due.last_gone))
        & (later(due.month, p.get("assistance.due_day", 31) - 1) < today)
    )
    own = given.filter(regular(given)).select("certificate", "month")
    missing = due.anti_join(own, ["certificate", "month"])

    # What came later and is worth the month makes up for it.
    late = given.filter(given.paid > 0)
    late = late.mutate(_arrears=arrears(late)).select(
        "certificate", "_arrears", "paid", "note", later_month=late.month
    )
    made_up = missing.join(late, "certificate")
    made_up = made_up.filter(
        (made_up.later_month >= made_up.month)
        & (
            (made_up._arrears & (made_up.paid >= made_up.usual).fill_null(True))
            | (
                (made_up.later_month > made_up.month)
                & (made_up.later_month <= later(made_up.month, 95))
                & _merged(made_up, made_up.usual)
            )
        )
    )
    rows = missing.anti_join(made_up, ["certificate", "month"])
    return hits(
        rows,
        subject=rows.certificate,
        name=rows.name,
        division=rows.division.nullif(""),
        on=rows.month,
        amount=rows.usual,
        because="{certificate}{name}在册，{month:month}没有发放，月补差{usual}元",
    )


@rule(
    "assistance.paid-outside-cover",
    "起保前或停保后发放低保金",
    severity=Severity.HIGH,
    subject="household",
    seeds=["S2-14", "S2-48"],
    reads={"assistance.payment": "certificate", "assistance.recipient": "certificate"},
    remedy="核实起保、停保时间，追回多发的低保金",
    risk_point=INTEGRITY,
    looks_alike="停保后补发以前月份；起保当月发放",
)
def paid_outside_cover(t: Tables, p: ParameterView) -> Hits:
    """A regular payment for a month before the start or from the stop on."""
    home = households(t.recipient, this_month(p))
    home = home.select("certificate", "start_month", "stop_month", "ref_recipient")
    paid = t.payment.filter(regular(t.payment) & (t.payment.paid > 0))
    rows = paid.join(home, "certificate")
    rows = rows.filter(~covered(rows, rows.month))
    return hits(
        rows,
        subject=rows.certificate,
        name=rows.name,
        on=rows.month,
        amount=rows.paid,
        because="{certificate}{name}{start_month:month}起保、{stop_month:month}停保，"
        "{month:month}仍发放，合计{paid.sum}元",
    )


@rule(
    "assistance.paid-not-on-roster",
    "发放对象不在低保花名册",
    severity=Severity.HIGH,
    subject="household",
    seeds=["S2-14", "S2-48"],
    reads={"assistance.payment": "division", "assistance.recipient": "division"},
    remedy="核实发放依据；没有审批的停发并追回",
    risk_point=INTEGRITY,
    looks_alike="以前月份发放、现已停保而不在现册的家庭；花名册未报送的社区",
)
def paid_not_on_roster(t: Tables, p: ParameterView) -> Hits:
    """A payment of this month or the last to a household that its community's roster does not know.

    Older months are left alone: many rosters list the current households only.
    """
    roster = t.recipient.select("division", "certificate")
    places = roster.filter(roster.division.notnull()).select("division").distinct()
    paid = t.payment.filter(
        regular(t.payment) & (t.payment.paid > 0) & (t.payment.month >= month_before(this_month(p)))
    )
    rows = paid.semi_join(places, "division").anti_join(roster, "certificate")
    return hits(
        rows,
        subject=rows.certificate,
        name=rows.name,
        on=rows.month,
        amount=rows.paid,
        because="{certificate}{name}不在{division}低保花名册，{month:month}发放，合计{paid.sum}元",
    )
