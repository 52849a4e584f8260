"""The money's way: accounts, receipts, deposits, month-end reports (S9-22, S9-44 … S9-47)."""

from __future__ import annotations

import datetime as dt

import ibis

from shouwang.packs.accounting.rules.common import (
    last_full_month,
    located,
    names_a_person,
    number_of,
)
from shouwang.risk.expressions import days_between, month_start, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

RECEIPT = {"accounting.receipt": "receipt_no"}


@rule(
    "accounting.off-book-account",
    "账外设账",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-44", "S9-50"],
    reads={"accounting.bank_journal": "account", "accounting.bank_account": "account"},
    remedy="查清账户资金来龙去脉，并入账内或销户",
    risk_point="accounting.funds-in-disorder",
    looks_alike="在册账户，只是账号分段书写",
)
def off_book_account(t: Tables, p: ParameterView) -> Hits:
    """A journal runs on an account that is not registered."""
    used = t.bank_journal.filter(~absent(t.bank_journal.account))
    rows = used.anti_join(t.bank_account, "account")
    moved = rows.income.fill_null(0) + rows.expense.fill_null(0)
    return hits(
        rows,
        subject=rows.account,
        name=rows.division,
        on=rows.entered_on,
        amount=moved,
        because="{division}银行日记账有未登记账号{account}，{n}笔往来",
    )


@rule(
    "accounting.deposit-outside-accounts",
    "收入存入未登记的账户",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-44"],
    reads={"accounting.receipt": None, "accounting.bank_account": None},
    remedy="转入在册账户，查明该账户归属",
    risk_point="accounting.funds-in-disorder",
    looks_alike="在册的专用户；存入个人户名另有规则",
)
def deposit_outside_accounts(t: Tables, p: ParameterView) -> Hits:
    """Income went to an account of a body that is not registered."""
    paid_in = t.receipt.filter(~absent(t.receipt.account) & ~names_a_person(t.receipt.account_holder))
    rows = paid_in.anti_join(t.bank_account, "account")
    return hits(
        rows,
        subject=rows.receipt_no,
        on=rows.deposited_on,
        amount=rows.deposited,
        key=rows.division,
        because="{division}收据{receipt_no}的{deposited}元存入未登记账户{account}（{account_holder}）",
    )


@rule(
    "accounting.public-money-private",
    "公款私存",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-45", "S9-50"],
    reads={"accounting.receipt": None, "accounting.bank_account": None},
    remedy="立即转入公家账户，追究责任",
    risk_point="accounting.funds-in-disorder",
    looks_alike="存入在册的专用户，户名带括号说明",
)
def public_money_private(t: Tables, p: ParameterView) -> Hits:
    """Income was deposited in an account that a person holds."""
    private = t.receipt.filter(names_a_person(t.receipt.account_holder))
    public = t.bank_account.filter(~names_a_person(t.bank_account.holder))
    rows = private.anti_join(public, "account")
    return hits(
        rows,
        subject=rows.receipt_no,
        on=rows.deposited_on,
        amount=rows.deposited,
        key=rows.division,
        mask={"account_holder": "name"},
        because="{division}收据{receipt_no}的收入{deposited}元存入个人户名{account_holder}",
    )


@rule(
    "accounting.account-held-by-person",
    "在册账户户名为个人",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-45"],
    reads={"accounting.bank_account": "account"},
    remedy="销户，款项转入单位账户",
    risk_point="accounting.funds-in-disorder",
    looks_alike="户名为合作社、居民委员会",
)
def account_held_by_person(t: Tables, p: ParameterView) -> Hits:
    """A registered account of the village is in a person's name."""
    rows = t.bank_account
    return hits(
        rows,
        where=names_a_person(rows.holder),
        subject=rows.account,
        name=rows.division,
        on=rows.opened_on,
        mask={"holder": "name"},
        because="{division}登记的账户{account}户名为个人{holder}",
    )


@rule(
    "accounting.receipt-out-of-range",
    "使用规定范围以外的收据",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-16", "S9-46", "S9-50"],
    reads={"accounting.receipt": None, "accounting.receipt_book": None},
    remedy="停用规定以外的收据，已收款项补开并入账",
    risk_point="accounting.funds-in-disorder",
    looks_alike="领用区间的最后一号",
)
def receipt_out_of_range(t: Tables, p: ParameterView) -> Hits:
    """Number and kind are within no range that the village was given."""
    receipt = located(t.receipt)
    receipt = receipt.mutate(number=number_of(receipt.receipt_no))
    book = located(t.receipt_book)
    book = book.select(
        of=book.owner, of_kind=book.kind, first=number_of(book.first_no), last=number_of(book.last_no)
    )
    here = receipt.owner.isnull() | book.of.isnull() | (receipt.owner == book.of)
    alike = receipt.kind.isnull() | book.of_kind.isnull() | same_text(receipt.kind, book.of_kind)
    within = (receipt.number >= book.first) & (receipt.number <= book.last)
    rows = receipt.anti_join(book, here & alike & within)
    return hits(
        rows,
        subject=rows.receipt_no,
        on=rows.received_on,
        amount=rows.amount,
        key=rows.division,
        because="{division}收据{receipt_no}（{kind}）不在领用登记的种类和号码之内，收款{amount}元",
    )


@rule(
    "accounting.receipt-used-twice",
    "同一收据号开出两笔",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-46"],
    reads={"accounting.receipt": "receipt_no"},
    remedy="核对存根，查明少入账的一笔",
    risk_point="accounting.funds-in-disorder",
    looks_alike="同一笔收入分两行登记两次缴存",
)
def receipt_used_twice(t: Tables, p: ParameterView) -> Hits:
    """One number of one village and kind for receipts of different days or amounts."""
    rows = t.receipt
    window = ibis.window(group_by=[rows.division, rows.receipt_no, rows.kind])
    rows = rows.mutate(
        first_day=rows.received_on.min().over(window),
        last_day=rows.received_on.max().over(window),
        least=rows.amount.min().over(window),
        most=rows.amount.max().over(window),
    )
    return hits(
        rows,
        where=(rows.first_day != rows.last_day) | (rows.least != rows.most),
        subject=rows.receipt_no,
        on=rows.received_on,
        amount=rows.amount,
        key=rows.division,
        because="{division}收据{receipt_no}开出{n}笔：{amount}元，{received_on}",
    )


@rule(
    "accounting.spend-from-income",
    "坐支收入",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-47"],
    reads=RECEIPT,
    remedy="坐支部分补缴，支出另行报账",
    risk_point="accounting.funds-in-disorder",
    looks_alike="分两次全额缴存",
)
def spend_from_income(t: Tables, p: ParameterView) -> Hits:
    """Less was deposited than received; deposits of one receipt in several rows are added."""
    rows = t.receipt
    window = ibis.window(group_by=[rows.division, rows.receipt_no, rows.kind, rows.received_on, rows.amount])
    rows = rows.mutate(paid_in=rows.deposited.sum().over(window))
    short = rows.amount - rows.paid_in.cast("decimal(18, 2)")
    return hits(
        rows,
        where=rows.deposited.notnull() & (short > 0),
        subject=rows.receipt_no,
        on=rows.received_on,
        amount=short,
        key=rows.division,
        facts={"short": short},
        because="{division}收据{receipt_no}收款{amount}元，缴存{paid_in}元，{short}元未缴（备注：{note}）",
    )


@rule(
    "accounting.income-not-deposited",
    "收入未缴存",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-47", "S9-50"],
    reads=RECEIPT,
    needs={"accounting.receipt": ("deposited_on",)},
    uses=["accounting.deposit_days"],
    remedy="立即缴存，查明资金存放",
    risk_point="accounting.funds-in-disorder",
    looks_alike="收款不久、仍在缴存期限内",
)
def income_not_deposited(t: Tables, p: ParameterView) -> Hits:
    """Received longer ago than the days allowed and not deposited."""
    latest = p.as_of - dt.timedelta(days=p["accounting.deposit_days"])
    rows = t.receipt
    nothing = rows.deposited_on.isnull() & (rows.deposited.isnull() | (rows.deposited == 0))
    return hits(
        rows,
        where=nothing & (rows.received_on < latest),
        subject=rows.receipt_no,
        on=rows.received_on,
        amount=rows.amount,
        key=rows.division,
        facts={"days": days_between(ibis.literal(p.as_of), rows.received_on)},
        because="{division}收据{receipt_no}于{received_on}收款{amount}元，{days}天没有缴存",
    )


@rule(
    "accounting.income-deposited-late",
    "收入缴存逾期",
    severity=Severity.LOW,
    subject="record",
    seeds=["S9-47"],
    reads=RECEIPT,
    uses=["accounting.deposit_days"],
    remedy="按期缴存",
    risk_point="accounting.funds-in-disorder",
    looks_alike="期限最后一天缴存",
)
def income_deposited_late(t: Tables, p: ParameterView) -> Hits:
    """Deposited, but later than the days allowed."""
    rows = t.receipt
    days = days_between(rows.deposited_on, rows.received_on)
    return hits(
        rows,
        where=(days > p["accounting.deposit_days"]).fill_null(False),
        subject=rows.receipt_no,
        on=rows.deposited_on,
        amount=rows.deposited,
        key=rows.division,
        facts={"days": days},
        because="{division}收据{receipt_no}于{received_on}收款，{deposited_on}才缴存，隔{days}天",
    )


@rule(
    "accounting.month-end-missed",
    "月末未报账",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S9-22", "S9-50"],
    reads={"accounting.month_end_report": None},
    optional={"accounting.voucher": None},
    remedy="补报账，查明原因",
    risk_point="accounting.funds-in-disorder",
    looks_alike="月末当天报账；委托之前的月份；尚未到月末的当月",
)
def month_end_missed(t: Tables, p: ParameterView) -> Hits:
    """A village with no report for a month that has ended, from the month it first appears.

    The months are those for which any village reported or has vouchers, from the first report on.
    """
    reports, vouchers = located(t.month_end_report), located(t.voucher)
    seen = reports.select("owner", "division", "month").union(
        vouchers.select("owner", "division", month=month_start(vouchers.voucher_on))
    )
    seen = seen.filter(seen.owner.notnull() & (seen.month <= last_full_month(p.as_of)))
    villages = seen.group_by("owner").aggregate(division=seen.division.min(), since=seen.month.min())
    begins = reports.aggregate(begins=reports.month.min())
    months = seen.select("month").distinct().cross_join(begins)
    due = villages.cross_join(months.filter(months.month >= months.begins))
    due = due.filter(due.month >= due.since)
    missed = due.anti_join(reports, ["owner", "month"])
    last = reports.group_by("owner").aggregate(ref_month_end_report=reports.ref_month_end_report.max())
    busy = vouchers.group_by("owner", month=month_start(vouchers.voucher_on)).aggregate(
        ref_voucher=vouchers.ref_voucher.min(), vouchers=vouchers.count()
    )
    rows = missed.left_join(last, "owner").drop("owner_right")
    rows = rows.left_join(busy, ["owner", "month"])
    return hits(
        rows,
        subject=rows.division,
        name=rows.division,
        on=rows.month,
        key=rows.month.cast("string"),
        facts={"vouchers": rows.vouchers.fill_null(0)},
        because="{division}{month:month}没有报账记录（当月凭证{vouchers}张）",
    )


@rule(
    "accounting.month-end-late",
    "月末报账逾期",
    severity=Severity.LOW,
    subject="division",
    seeds=["S9-22"],
    reads={"accounting.month_end_report": None},
    uses=["accounting.report_days"],
    remedy="督促报账员每月月底报账",
    risk_point="accounting.funds-in-disorder",
    looks_alike="月末当天，或宽限期内报账",
)
def month_end_late(t: Tables, p: ParameterView) -> Hits:
    """Reported later than the days of grace after the month's end."""
    rows = t.month_end_report
    # The 32nd day after a month's first lies in the next month, whatever its length.
    next_month = month_start(rows.month + ibis.interval(days=31))
    late = days_between(rows.reported_on, next_month) + 1
    return hits(
        rows,
        where=(late > p["accounting.report_days"]).fill_null(False),
        subject=rows.division,
        name=rows.division,
        on=rows.reported_on,
        key=rows.month.cast("string"),
        facts={"late": late},
        because="{division}{month:month}的账于{reported_on}才报，迟{late}天",
    )
