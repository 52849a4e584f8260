"""The dedicated fund, donations and the standard: S2-48, S2-49, S2-51, S2-52, S2-58, S2-59."""

from __future__ import annotations

import ibis

from shouwang.packs.assistance.means_test import money
from shouwang.packs.assistance.rules.common import day, regular, this_month, zero
from shouwang.risk.expressions import mentions, month_start
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

FUND = "assistance.dedicated-fund"
STANDARD = "assistance.standard-adequacy"
FOREIGN_PURPOSES = (
    *("办公", "招待", "餐费", "用餐", "购车", "车辆", "工资", "奖金", "福利费", "差旅"),
    *("维修", "装修", "借款", "借给", "垫付", "挪用", "会议费", "培训费"),
)


@rule(
    "assistance.fund-spent-elsewhere",
    "低保资金用于其他支出",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S2-48"],
    reads={"assistance.fund_entry": "entry_no"},
    remedy="收回挪用资金，归还低保专户，追究责任",
    risk_point=FUND,
    looks_alike="发放低保金；退回多收的上级拨款、冲正等负数",
)
def fund_spent_elsewhere(t: Tables, p: ParameterView) -> Hits:
    """An expense of the dedicated fund that is not the allowance (专款专用)."""
    rows = t.fund_entry
    not_allowance = (rows.kind != "低保金支出") | mentions(rows.purpose, *FOREIGN_PURPOSES)
    returned = mentions(rows.purpose, "退回", "冲正", "上缴结余", "退还")
    return hits(
        rows,
        where=(rows.expense > 0) & not_allowance & ~returned,
        subject=rows.entry_no.coalesce(rows.on.cast("string")),
        name=rows.kind,
        on=rows.on,
        amount=rows.expense,
        because="低保资金{on}支出{expense}元，项目“{kind}”，用途：{purpose}，不是发放低保金",
    )


@rule(
    "assistance.donation-not-entered",
    "捐赠款未全部纳入低保资金",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S2-04", "S2-49"],
    reads={"assistance.donation": "donation_no"},
    needs={"assistance.donation": ("entered",)},
    remedy="将未入账部分全部纳入当地低保资金",
    risk_point=FUND,
    looks_alike="已全额纳入",
)
def donation_not_entered(t: Tables, p: ParameterView) -> Hits:
    """Less than the whole donation entered the fund; a blank is nothing entered."""
    rows = t.donation
    missing = money(money(rows.amount) - money(rows.entered).fill_null(zero()))
    return hits(
        rows,
        where=missing > 0,
        subject=rows.donation_no,
        name=rows.donor,
        on=rows.donated_on,
        amount=missing,
        facts={"short": missing},
        because="{donor}{donated_on}捐赠{amount}元，纳入低保资金{entered}元，差{short}元",
    )


@rule(
    "assistance.fund-shortfall-ahead",
    "低保资金将不足以支付下期",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S2-58"],
    reads={"assistance.fund_entry": None, "assistance.fund_forecast": None},
    remedy="提前向本级财政和上级申请资金，不因资金不足迟发、少发",
    risk_point=FUND,
    looks_alike="结余加预计到账足够支付",
)
def fund_shortfall_ahead(t: Tables, p: ParameterView) -> Hits:
    """In a coming month, balance plus expected income falls below the expected payments so far."""
    booked = t.fund_entry.filter(t.fund_entry.on <= day(p.as_of))
    booked = booked.mutate(
        place=booked.division.fill_null(""),
        net=money(booked.income).fill_null(zero()) - money(booked.expense).fill_null(zero()),
    )
    funds = booked.group_by("place").aggregate(
        added_up=money(booked.net.sum()), last_on=booked.on.max(), ref_fund_entry=booked.ref_fund_entry.max()
    )
    written = booked.filter(booked.balance.notnull())
    # The last written balance counts: a ledger that begins in mid-year has an opening balance.
    written = written.mutate(
        order=ibis.row_number().over(
            ibis.window(group_by=[written.place], order_by=[written.on.desc(), written.ref_fund_entry.desc()])
        )
    )
    written = written.filter(written.order == 0).select("place", "balance")
    funds = funds.left_join(written, "place").drop("place_right")
    ahead = t.fund_forecast.filter(t.fund_forecast.month > this_month(p))
    ahead = ahead.mutate(place=ahead.division.fill_null(""))
    until = ibis.window(
        group_by=[ahead.place], order_by=[ahead.month, ahead.ref_fund_forecast], preceding=None, following=0
    )
    ahead = ahead.mutate(
        comes=money(ahead.expected_income).fill_null(zero()).sum().over(until),
        goes=ahead.expected_payment.sum().over(until),
    )
    rows = ahead.join(funds, "place")
    rows = rows.mutate(held=money(rows.balance).coalesce(rows.added_up))
    rows = rows.mutate(lacking=money(rows.goes - rows.comes - rows.held))
    rows = rows.filter(rows.lacking > 0)
    # One warning a division: the first month that cannot be paid.
    rows = rows.mutate(
        order=ibis.row_number().over(
            ibis.window(group_by=[rows.place], order_by=[rows.month, rows.ref_fund_forecast])
        )
    )
    rows = rows.filter(rows.order == 0)
    return hits(
        rows,
        subject=rows.place,
        name=rows.place,
        on=rows.month,
        amount=rows.lacking,
        because="低保资金结余{held}元，到{month:month}预计共到账{comes}元、应发{goes}元，缺{lacking}元",
    )


@rule(
    "assistance.transfer-late",
    "上级拨款不及时影响低保金发放",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S2-03", "S2-59"],
    reads={"assistance.fund_entry": None, "assistance.payment": None},
    needs={"assistance.fund_entry": ("expected_on",)},
    remedy="催拨并由本级财政先行垫付，保证按月发放",
    risk_point=FUND,
    looks_alike="拨款迟到而当月低保金已先行发放",
)
def transfer_late(t: Tables, p: ParameterView) -> Hits:
    """A transfer from above came late, and the payments of its month waited for it or never were."""
    moved = t.fund_entry.filter((t.fund_entry.kind == "上级拨款") & t.fund_entry.expected_on.notnull())
    come = moved.mutate(came_on=(moved.income > 0).fill_null(False).ifelse(moved.on, ibis.null("date")))
    late = come.filter(
        (come.came_on > come.expected_on) | (come.came_on.isnull() & (come.expected_on < day(p.as_of)))
    )
    late = late.mutate(for_month=late.month.coalesce(month_start(late.expected_on))).drop("month")
    paid = t.payment.filter(regular(t.payment) & (t.payment.paid > 0))
    months = paid.group_by("month").aggregate(first_paid=paid.paid_on.min(), rows_paid=paid.count())
    rows = late.left_join(months, late.for_month == months.month)
    waited = rows.rows_paid.isnull() | (rows.first_paid >= rows.came_on.fill_null(day(p.as_of)))
    return hits(
        rows,
        where=waited,
        subject=rows.entry_no.coalesce(rows.on.cast("string")),
        name=rows.counterparty,
        on=rows.expected_on,
        amount=rows.income,
        because="{for_month:month}上级拨款应于{expected_on}到账，实际{came_on}到账，当月低保金首次发放{first_paid}",
    )


@rule(
    "assistance.standard-lags",
    "低保标准增长滞后于经济社会发展",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S2-51"],
    reads={"assistance.standard": "area", "assistance.economic_indicator": "area"},
    remedy="提请重新测算并调整保障标准",
    risk_point=STANDARD,
    looks_alike="标准增幅达到收入或物价增幅；上年没有标准可比",
)
def standard_lags(t: Tables, p: ParameterView) -> Hits:
    """Within a year the standard grew less than income, or where that is unknown output or prices."""
    figures = t.economic_indicator
    figures = figures.mutate(growth=figures.income_growth.coalesce(figures.gdp_growth, figures.price_growth))
    figures = figures.filter(figures.growth.notnull() & (figures.year <= p.as_of.year))
    now = _in_force(t, figures, 0)
    before = _in_force(t, figures, 1).select("ref_economic_indicator", was=lambda r: r.amount)
    rows = now.join(before, "ref_economic_indicator")
    grown = (rows.amount - rows.was).cast("float64") / rows.was.cast("float64") * 100
    rows = rows.filter(rows.was > 0).mutate(grown=grown.round(2).cast("decimal(18, 2)"))
    return hits(
        rows,
        where=rows.grown < rows.growth,
        subject=rows.area,
        name=rows.area,
        on=rows.from_on,
        key=rows.year,
        because="{area}{year}年低保标准由{was}元调为{amount}元，增长{grown}%，低于经济指标增长{growth}%",
    )


def _in_force(t: Tables, figures: ibis.Table, years_back: int) -> ibis.Table:
    """Each figure with the standard of its area in force at the end of its year, or years before it."""
    rows = figures.join(t.standard, "area")
    rows = rows.filter(rows.from_on.year() <= rows.year - years_back)
    rows = rows.mutate(
        order=ibis.row_number().over(
            ibis.window(
                group_by=[rows.ref_economic_indicator],
                order_by=[rows.from_on.desc(), rows.ref_standard.desc()],
            )
        )
    )
    rows = rows.filter(rows.order == 0)
    return rows.select(*figures.columns, "amount", "from_on", "ref_standard")


@rule(
    "assistance.standard-below-need",
    "低保标准低于实际生活需要",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S2-12", "S2-52"],
    reads={"assistance.standard": "area"},
    needs={"assistance.standard": ("living_cost",)},
    remedy="提请按实际生活需要调整保障标准",
    risk_point=STANDARD,
    looks_alike="标准等于测算的生活需要；已被新标准代替的旧标准",
)
def standard_below_need(t: Tables, p: ParameterView) -> Hits:
    """A standard that is still in force lies below the living need entered with it."""
    rows = t.standard
    return hits(
        rows,
        where=(rows.amount < rows.living_cost)
        & (rows.from_on <= day(p.as_of))
        & (rows.until_on.isnull() | (rows.until_on >= day(p.as_of))),
        subject=rows.area,
        name=rows.area,
        on=rows.from_on,
        key=rows.from_on,
        amount=money(money(rows.living_cost) - money(rows.amount)),
        because="{area}{from_on}起标准{amount}元，低于测算的基本生活需要{living_cost}元",
    )


@rule(
    "assistance.standard-without-basis",
    "低保标准没有测算依据或发布机关",
    severity=Severity.LOW,
    subject="division",
    seeds=["S2-11", "S2-12", "S2-22"],
    reads={"assistance.standard": "area"},
    needs={"assistance.standard": ("basis", "authorities")},
    remedy="补登发布机关和维持基本生活所必需费用的测算依据",
    risk_point=STANDARD,
    looks_alike="几个机关联合发布的标准",
)
def standard_without_basis(t: Tables, p: ParameterView) -> Hits:
    """A standard whose authorities or whose basis in the cost of living is not written."""
    rows = t.standard
    return hits(
        rows,
        where=rows.basis.isnull() | rows.authorities.isnull(),
        subject=rows.area,
        name=rows.area,
        on=rows.from_on,
        key=rows.from_on,
        because="{area}{from_on}起标准{amount}元，发布机关：{authorities}，测算依据：{basis}",
    )


@rule(
    "assistance.standard-below-spending",
    "低保标准低于基本生活支出",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S2-52"],
    reads={"assistance.standard": "area", "assistance.economic_indicator": "area"},
    needs={"assistance.economic_indicator": ("living_cost",)},
    remedy="提请按实际生活需要调整保障标准",
    risk_point=STANDARD,
    looks_alike="标准不低于当年的基本生活支出",
)
def standard_below_spending(t: Tables, p: ParameterView) -> Hits:
    """The standard at the end of a year lies below that year's cost of basic living in the area."""
    figures = t.economic_indicator
    figures = figures.filter(figures.living_cost.notnull() & (figures.year <= p.as_of.year))
    figures = figures.mutate(spending=figures.living_cost, growth=figures.income_growth)
    rows = _in_force(t, figures, 0)
    return hits(
        rows,
        where=money(rows.amount) < money(rows.spending),
        subject=rows.area,
        name=rows.area,
        on=rows.from_on,
        key=rows.year,
        amount=money(money(rows.spending) - money(rows.amount)),
        because="{area}{year}年标准{amount}元，低于人均月基本生活支出{spending}元",
    )


@rule(
    "assistance.fund-overdrawn",
    "低保资金透支",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S2-48"],
    reads={"assistance.fund_entry": "entry_no"},
    remedy="查明占用了哪一项资金，补足低保专户",
    risk_point=FUND,
    looks_alike="结余用完为零",
)
def fund_overdrawn(t: Tables, p: ParameterView) -> Hits:
    """The register states a balance below zero: money of another purpose has been spent."""
    rows = t.fund_entry
    return hits(
        rows,
        where=(rows.balance < 0).fill_null(False),
        subject=rows.entry_no.coalesce(rows.on.cast("string")),
        name=rows.kind,
        on=rows.on,
        amount=-rows.balance,
        because="低保资金{on}（{kind}）后结余{balance}元，支出超过了专户的资金",
    )
