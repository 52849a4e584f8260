"""The bank's statement against the bank journal: what only one of them has, and balances that do not meet.

Lines belong together by number and amount, the rest by amount within the days that the office sets: lines of
one amount that follow each other within those days are an island, and of an island each line of the shorter
side finds one of the longer. ``shouwang reconcile`` pairs them one by one.
"""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.accounting.rules.common import ZERO, located
from shouwang.risk.expressions import days_between
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

DAYS = "accounting.reconcile_days"
BOTH: dict[str, None] = {"accounting.bank_journal": None, "accounting.bank_statement": None}
MONEY = "decimal(18, 2)"


def side(table: ir.Table, bank: bool) -> ir.Table:
    """The lines of one side that move something on a known account: ``amount`` received less paid."""
    amount = (table.income.fill_null(ZERO) - table.expense.fill_null(ZERO)).cast(MONEY)
    number = table.number if bank else table.voucher_no
    null = ibis.null("int64")
    rows = table.mutate(
        amount=amount,
        number_=ibis.ifelse(absent(number), ibis.null("string"), number.strip()),
        bank=ibis.literal(bank),
        line=table.ref_bank_statement if bank else table.ref_bank_journal,
    )
    rows = rows.filter(~absent(rows.account) & (rows.amount != 0))
    return rows.select(
        "account",
        "division",
        "bank",
        "line",
        "amount",
        "summary",
        number="number_",
        on=rows.entered_on,
        ref_bank_journal=null if bank else rows.ref_bank_journal,
        ref_bank_statement=rows.ref_bank_statement if bank else null,
    )


def unmatched(rows: ir.Table, by: list[str]) -> ir.Table:
    """Of each group the lines that the other side has no counterpart for, the latest ones."""
    whole = ibis.window(group_by=by)
    order = ibis.window(group_by=[*by, "bank"], order_by=["on", "line"])
    rows = rows.mutate(
        banks=rows.bank.cast("int64").sum().over(whole),
        books=(~rows.bank).cast("int64").sum().over(whole),
        place=ibis.row_number().over(order),
    )
    rows = rows.mutate(left=rows.place >= ibis.ifelse(rows.bank, rows.books, rows.banks))
    return rows.filter(rows["left"]).drop("banks", "books", "place", "left")


def in_transit(t: Tables, days: int) -> ir.Table:
    """The lines of either side without a counterpart on the other."""
    rows = side(t.bank_journal, False).union(side(t.bank_statement, True))
    numbered = unmatched(rows.filter(rows.number.notnull()), ["account", "amount", "number"])
    rest = numbered.union(rows.filter(rows.number.isnull()))
    order = ibis.window(group_by=["account", "amount"], order_by=["on", "bank", "line"])
    rest = rest.mutate(before=rest.on.lag().over(order))
    rest = rest.mutate(begins=(days_between(rest.on, rest.before) > days).fill_null(True).cast("int64"))
    running = ibis.window(
        group_by=["account", "amount"], order_by=["on", "bank", "line"], preceding=None, following=0
    )
    rest = rest.mutate(island=rest.begins.sum().over(running))
    return unmatched(rest, ["account", "amount", "island"]).drop("before", "begins", "island")


def reach(table: ir.Table, name: str) -> ir.Table:
    """First and last day of each account on one side."""
    rows = table.filter(~absent(table.account))
    return rows.group_by("account").aggregate(
        **{f"{name}_from": rows.entered_on.min(), f"{name}_until": rows.entered_on.max()}
    )


def moved(rows: ir.Table) -> dict[str, ir.Value]:
    """How much a line moved, and whether it was received (收) or paid (付)."""
    way = ibis.ifelse(rows.amount > 0, ibis.literal("收"), ibis.literal("付"))
    return {"way": way, "moved": rows.amount.abs()}


def earlier(day: ir.DateValue, days: int) -> ir.DateValue:
    """The day so many days before; DuckDB makes a time stamp of it."""
    return (day - ibis.interval(days=days)).cast("timestamp").cast("date")


@rule(
    "accounting.statement-not-journaled",
    "银行已收付而账上没有",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-42", "S9-44"],
    reads=BOTH,
    uses=[DAYS],
    remedy="查明来龙去脉，补登日记账；不入账的按账外资金处理",
    risk_point="accounting.funds-in-disorder",
    looks_alike="前后几天内登了账；日记账还没有登到那一天",
)
def statement_not_journaled(t: Tables, p: ParameterView) -> Hits:
    """A line of the bank's statement within the time of the journal has no line of the journal."""
    days = p[DAYS]
    rows = in_transit(t, days)
    rows = rows.filter(rows.bank).join(reach(t.bank_journal, "book"), "account")
    within = (rows.on >= rows.book_from) & (rows.on <= earlier(rows.book_until, days))
    return hits(
        rows,
        where=within,
        subject=rows.account,
        name=rows.division,
        on=rows.on,
        amount=rows.amount.abs(),
        key=rows.on.cast("string") + " " + rows.amount.cast("string"),
        facts=moved(rows),
        because="{division}账户{account}银行{on}{way}{moved}元（{summary}），日记账前后没有这一笔",
    )


@rule(
    "accounting.journal-not-in-statement",
    "账上已收付而银行没有",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-42"],
    reads=BOTH,
    uses=[DAYS],
    remedy="核对回单，虚列的冲销，在途的查催",
    risk_point="accounting.books-not-real",
    looks_alike="未达账项：对账单末几天登账、银行尚未收付",
)
def journal_not_in_statement(t: Tables, p: ParameterView) -> Hits:
    """A line of the journal within the time of the statement, its last days apart, is not with the bank."""
    days = p[DAYS]
    rows = in_transit(t, days)
    rows = rows.filter(~rows.bank).join(reach(t.bank_statement, "bank"), "account")
    within = (rows.on >= rows.bank_from) & (rows.on <= earlier(rows.bank_until, days))
    return hits(
        rows,
        where=within,
        subject=rows.account,
        name=rows.division,
        on=rows.on,
        amount=rows.amount.abs(),
        key=rows.on.cast("string") + " " + rows.amount.cast("string"),
        facts={**moved(rows), "voucher_no": rows.number},
        because="{division}账户{account}日记账{on}{way}{moved}元（凭证{voucher_no}，{summary}），"
        "银行对账单没有这一笔",
    )


def ends(table: ir.Table, ref: str, name: str) -> ir.Table:
    """The balance that each account ends with, and its row."""
    rows = table.filter(~absent(table.account) & table.balance.notnull())
    order = ibis.window(group_by="account", order_by=[rows.entered_on.desc(), rows[ref].desc()])
    rows = rows.mutate(place=ibis.row_number().over(order))
    rows = rows.filter(rows.place == 0)
    return rows.select("account", ref, **{f"{name}_balance": rows.balance, f"{name}_on": rows.entered_on})


@rule(
    "accounting.bank-balance-differs",
    "银行存款调节后余额不符",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-42"],
    reads=BOTH,
    uses=[DAYS],
    remedy="编制余额调节表，逐笔查明差额",
    risk_point="accounting.books-not-real",
    looks_alike="只差未达账项，调节后相等",
)
def bank_balance_differs(t: Tables, p: ParameterView) -> Hits:
    """With the items that only one side has, the balances of journal and bank still differ."""
    rows = in_transit(t, p[DAYS])
    rows = rows.join(reach(t.bank_journal, "book"), "account").join(
        reach(t.bank_statement, "bank"), "account"
    )
    # What one side has before the other begins was settled then.
    rows = rows.filter(ibis.ifelse(rows.bank, rows.on >= rows.book_from, rows.on >= rows.bank_from))
    items = rows.group_by("account").aggregate(
        only_bank=rows.amount.sum(where=rows.bank), only_book=rows.amount.sum(where=~rows.bank)
    )
    names = located(t.bank_journal).group_by("account").aggregate(division=lambda r: r.division.max())
    both = ends(t.bank_journal, "ref_bank_journal", "book").join(
        ends(t.bank_statement, "ref_bank_statement", "bank"), "account"
    )
    both = both.left_join(items, "account").drop("account_right")
    both = both.left_join(names, "account").drop("account_right")
    both = both.mutate(
        adjusted_book=(both.book_balance + both.only_bank.fill_null(ZERO)).cast(MONEY),
        adjusted_bank=(both.bank_balance + both.only_book.fill_null(ZERO)).cast(MONEY),
    )
    difference = (both.adjusted_book - both.adjusted_bank).cast(MONEY)
    return hits(
        both,
        where=difference != 0,
        subject=both.account,
        name=both.division,
        on=ibis.greatest(both.book_on, both.bank_on),
        amount=difference.abs(),
        facts={"difference": difference.abs()},
        because="{division}账户{account}日记账余额{book_balance}元、对账单余额{bank_balance}元，调节未达账项后"
        "分别为{adjusted_book}元、{adjusted_bank}元，仍差{difference}元",
    )


@rule(
    "accounting.statement-of-unknown-account",
    "未登记账户有银行往来",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-44", "S9-50"],
    reads={"accounting.bank_statement": "account", "accounting.bank_account": "account"},
    remedy="查清账户资金来龙去脉，并入账内或销户",
    risk_point="accounting.funds-in-disorder",
    looks_alike="在册账户的对账单",
)
def statement_of_unknown_account(t: Tables, p: ParameterView) -> Hits:
    """The bank has a statement of an account that is not registered."""
    used = t.bank_statement.filter(~absent(t.bank_statement.account))
    rows = used.anti_join(t.bank_account, "account")
    return hits(
        rows,
        subject=rows.account,
        name=rows.division,
        on=rows.entered_on,
        amount=rows.income.fill_null(ZERO) + rows.expense.fill_null(ZERO),
        because="银行对账单有未登记账号{account}（{division}），{n}笔往来",
    )
