"""Month-end close: all is posted, both sides are equal, no month is left out, entries explain balances."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.accounting.rules.common import ZERO, entered, last_full_month, located
from shouwang.risk.expressions import mentions, month_index, month_start
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

POINT = "accounting.closing-unsound"
NO_VOUCHER = ("结转", "计提", "折旧", "摊销", "冲销", "期初", "年初", "分配")
"""What an entry says that rests on no original voucher."""


def money(value: ir.NumericValue) -> ir.DecimalValue:
    """Sums in the type of amounts; the engines widen them, each in its way."""
    return value.cast("decimal(18, 2)")


def booked(entry: ir.Table) -> ir.Table:
    """The entries of each voucher together: ``owner, voucher_no, month, debits, ref_entry …``."""
    rows = located(entry)
    rows = rows.mutate(month=month_start(rows.entered_on))
    return rows.group_by("owner", "voucher_no", "month").aggregate(
        division=rows.division.max(),
        summary=rows.summary.max(),
        entered_on=rows.entered_on.min(),
        debits=money(rows.debit.fill_null(ZERO).sum()),
        ref_entry=rows.ref_entry.min(),
    )


def registered(voucher: ir.Table) -> ir.Table:
    """The vouchers that are in the books, together by number and month."""
    rows = located(voucher.filter(entered(voucher)))
    rows = rows.mutate(month=month_start(rows.voucher_on))
    return rows.group_by("owner", "voucher_no", "month").aggregate(
        division=rows.division.max(),
        voucher_on=rows.voucher_on.min(),
        amount=money(rows.amount.sum()),
        ref_voucher=rows.ref_voucher.min(),
    )


BOTH: dict[str, None] = {"accounting.voucher": None, "accounting.entry": None}


@rule(
    "accounting.voucher-not-posted",
    "已入账凭证没有会计分录",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-13"],
    reads=BOTH,
    remedy="结账前补记分录",
    risk_point=POINT,
    looks_alike="该村当月还没有开始记分录；退回未入账的凭证",
)
def voucher_not_posted(t: Tables, p: ParameterView) -> Hits:
    """In a month of which a village has entries, one of its vouchers has none."""
    entries = booked(t.entry)
    months = entries.select("owner", "month").distinct()
    rows = registered(t.voucher).semi_join(months, ["owner", "month"])
    rows = rows.anti_join(entries, ["owner", "voucher_no", "month"])
    return hits(
        rows,
        subject=rows.voucher_no,
        on=rows.voucher_on,
        amount=rows.amount,
        key=rows.division + " " + rows.month.cast("string"),
        because="{division}凭证{voucher_no}（{amount}元）已入账，{month:month}的分录中没有",
    )


@rule(
    "accounting.entry-without-voucher",
    "有会计分录而无凭证",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-13", "S9-42"],
    reads=BOTH,
    remedy="补登凭证，无凭证的冲销",
    risk_point=POINT,
    looks_alike="结转、计提、折旧等没有原始凭证的分录；没有凭证登记的月份",
)
def entry_without_voucher(t: Tables, p: ParameterView) -> Hits:
    """In a month of which a village registered vouchers, an entry names none of them."""
    register = located(t.voucher)
    register = register.mutate(month=month_start(register.voucher_on))
    rows = booked(t.entry).semi_join(register, ["owner", "month"])
    rows = rows.anti_join(register, ["owner", "voucher_no", "month"])
    rows = rows.filter(~mentions(rows.summary, *NO_VOUCHER))
    return hits(
        rows,
        subject=rows.voucher_no,
        on=rows.entered_on,
        amount=rows.debits,
        key=rows.division + " " + rows.month.cast("string"),
        because="{division}{month:month}分录所记凭证{voucher_no}（{summary}，{debits}元）不在凭证登记中",
    )


@rule(
    "accounting.entry-differs-from-voucher",
    "分录金额与凭证不符",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-13", "S9-42"],
    reads=BOTH,
    remedy="核对原始凭证，更正分录",
    risk_point=POINT,
    looks_alike="一张凭证分几行登记、合计相等",
)
def entry_differs_from_voucher(t: Tables, p: ParameterView) -> Hits:
    """The debits of a voucher's entries are not its amount."""
    entries = booked(t.entry).select("owner", "voucher_no", "month", "debits", "ref_entry")
    rows = registered(t.voucher).join(entries, ["owner", "voucher_no", "month"])
    difference = money(rows.amount.abs() - rows.debits)
    return hits(
        rows,
        where=difference != 0,
        subject=rows.voucher_no,
        on=rows.voucher_on,
        amount=difference.abs(),
        key=rows.division + " " + rows.month.cast("string"),
        facts={"difference": difference.abs()},
        because="{division}凭证{voucher_no}金额{amount}元，分录{debits}元，相差{difference}元",
    )


def main_accounts(balance: ir.Table) -> ir.Table:
    """The rows of accounts that are no sub-account of another row of the same village and month."""
    rows = located(balance)
    above = rows.select("owner", "month", over=rows.account_code)
    under = rows.join(above, ["owner", "month"])
    under = under.filter((under.account_code != under.over) & under.account_code.startswith(under.over))
    return rows.anti_join(under, ["owner", "month", "account_code"])


@rule(
    "accounting.trial-balance-differs",
    "科目余额表借贷合计不平",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S9-13"],
    reads={"accounting.account_balance": None},
    needs={"accounting.account_balance": ("debit", "credit")},
    remedy="逐科目核对，试算平衡后再结账",
    risk_point=POINT,
    looks_alike="明细科目与总账科目同列一表",
)
def trial_balance_differs(t: Tables, p: ParameterView) -> Hits:
    """The debits of a month over all main accounts are not its credits."""
    rows = main_accounts(t.account_balance)
    rows = rows.group_by("owner", "month").aggregate(
        division=rows.division.max(),
        debits=money(rows.debit.fill_null(ZERO).sum()),
        credits=money(rows.credit.fill_null(ZERO).sum()),
        ref_account_balance=rows.ref_account_balance.min(),
    )
    difference = money((rows.debits - rows.credits).abs())
    return hits(
        rows,
        where=difference != 0,
        subject=rows.division,
        name=rows.division,
        on=rows.month,
        amount=difference,
        key=rows.month.cast("string"),
        facts={"difference": difference},
        because="{division}{month:month}科目余额表借方合计{debits}元，贷方合计{credits}元，相差{difference}元",
    )


@rule(
    "accounting.balance-differs-from-entries",
    "科目发生额与分录不符",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-13"],
    reads={"accounting.account_balance": None, "accounting.entry": None},
    needs={"accounting.account_balance": ("debit", "credit")},
    remedy="逐笔核对分录，重算科目余额表",
    risk_point=POINT,
    looks_alike="分录记在明细科目、余额表列总账科目；没有分录的月份",
)
def balance_differs_from_entries(t: Tables, p: ParameterView) -> Hits:
    """What an account moved in a month is not what the entries on it and its sub-accounts add up to."""
    lines = located(t.entry)
    lines = lines.mutate(month=month_start(lines.entered_on))
    lines = lines.select("owner", "month", "debit", "credit", sub=lines.account_code)
    months = lines.select("owner", "month").distinct()
    rows = located(t.account_balance).semi_join(months, ["owner", "month"])
    rows = rows.select(
        "owner", "division", "month", "account_code", "account_title", "ref_account_balance",
        debit_stated=rows.debit.fill_null(ZERO), credit_stated=rows.credit.fill_null(ZERO),
    )  # fmt: skip
    moved = rows.join(lines, ["owner", "month"])
    moved = moved.filter(moved["sub"].startswith(moved.account_code))
    sums = moved.group_by("ref_account_balance").aggregate(
        debits=moved.debit.fill_null(ZERO).sum(), credits=moved.credit.fill_null(ZERO).sum()
    )
    both = rows.left_join(sums, "ref_account_balance").drop("ref_account_balance_right")
    both = both.mutate(debits=money(both.debits.fill_null(ZERO)), credits=money(both.credits.fill_null(ZERO)))
    return hits(
        both,
        where=(both.debits != both.debit_stated) | (both.credits != both.credit_stated),
        subject=both.account_code,
        name=both.account_title,
        on=both.month,
        amount=(both.debits - both.debit_stated).abs() + (both.credits - both.credit_stated).abs(),
        key=ibis.coalesce(both.division, ibis.literal("")) + " " + both.month.cast("string"),
        because="{division}{month:month}科目{account_code}{account_title}借{debit_stated}元、贷{credit_stated}元，"
        "分录合计借{debits}元、贷{credits}元",
    )


@rule(
    "accounting.period-missing",
    "会计期间中断",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S9-13", "S9-22"],
    reads={"accounting.account_balance": None},
    remedy="补结中断的月份",
    risk_point=POINT,
    looks_alike="各月连续；新账套从首月开始",
)
def period_missing(t: Tables, p: ParameterView) -> Hits:
    """Between two months of a village's balance sheets another is missing."""
    rows = located(t.account_balance)
    months = rows.group_by("owner", "month").aggregate(
        division=rows.division.max(), ref_account_balance=rows.ref_account_balance.min()
    )
    window = ibis.window(group_by=months.owner, order_by=months.month)
    months = months.mutate(before=months.month.lag().over(window))
    gap = month_index(months.month) - month_index(months.before)
    return hits(
        months,
        where=(gap > 1).fill_null(False),
        subject=months.division,
        name=months.division,
        on=months.month,
        key=months.month.cast("string"),
        facts={"missing": gap - 1},
        because="{division}科目余额表在{before:month}与{month:month}之间缺{missing}个月",
    )


@rule(
    "accounting.month-not-closed",
    "有凭证的月份没有结账",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S9-13", "S9-22"],
    reads={"accounting.account_balance": None, "accounting.voucher": None},
    remedy="按月结账，编出科目余额表",
    risk_point=POINT,
    looks_alike="尚未到月末的当月；中间缺的月份另有规则",
)
def month_not_closed(t: Tables, p: ParameterView) -> Hits:
    """After the last balance sheet of a village there are vouchers of a month that is over."""
    rows = located(t.account_balance)
    last = rows.group_by("owner").aggregate(
        closed=rows.month.max(), ref_account_balance=rows.ref_account_balance.max()
    )
    vouchers = located(t.voucher.filter(entered(t.voucher)))
    vouchers = vouchers.mutate(month=month_start(vouchers.voucher_on))
    vouchers = vouchers.filter(vouchers.month <= last_full_month(p.as_of))
    months = vouchers.group_by("owner", "month").aggregate(
        division=vouchers.division.max(), vouchers=vouchers.count(), ref_voucher=vouchers.ref_voucher.min()
    )
    both = months.join(last, "owner")
    return hits(
        both,
        where=both.month > both.closed,
        subject=both.division,
        name=both.division,
        on=both.month,
        key=both.month.cast("string"),
        because="{division}{month:month}有凭证{vouchers}张，没有结账，最近结账到{closed:month}",
    )


@rule(
    "accounting.earmark-overdrawn",
    "专款透支",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-13"],
    reads={"accounting.account_balance": None},
    needs={"accounting.account_balance": ("closing_balance",)},
    remedy="查明占用了哪一项资金，归还原用途",
    risk_point="accounting.earmarks-mixed",
    looks_alike="专款用完，余额为零",
)
def earmark_overdrawn(t: Tables, p: ParameterView) -> Hits:
    """An account of earmarked money (专项应付款、一事一议资金) is left with less than nothing."""
    rows = t.account_balance
    earmarked = mentions(rows.account_title, "专项应付款", "一事一议", "专款", "专项资金")
    return hits(
        rows,
        where=earmarked & (rows.closing_balance < 0),
        subject=rows.account_code,
        name=rows.account_title,
        on=rows.month,
        amount=-rows.closing_balance,
        key=ibis.coalesce(rows.division, ibis.literal("")),
        because="{division}{account_title}（{account_code}）{month.span:month}期末余额最低{closing_balance.first}元，"
        "支出超过了收到的专款",
    )
