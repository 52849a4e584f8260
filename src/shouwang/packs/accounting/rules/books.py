"""Books: journals whose balances carry on, entries that balance, balances that roll from month to month."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.accounting.rules.common import ZERO
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule
from shouwang.snapshot.store import ROW_BITS


def carried(rows: ir.Table, ref: str, by: list[str]) -> ir.Table:
    """Journal lines with the balance that the line above should lead to (``expected``).

    Lines of one book of one sheet, in the order in which they stand.
    """
    sheet = rows[ref].cast("int64") >> ROW_BITS
    placed = rows.mutate(sheet=sheet)
    window = ibis.window(group_by=["sheet", *by], order_by=ref)
    above = placed.balance.lag().over(window)
    placed = placed.mutate(above=above)
    moved = placed.income.fill_null(ZERO) - placed.expense.fill_null(ZERO)
    return placed.mutate(expected=placed.above + moved)


def break_of(rows: ir.Table, book: str, line: ir.StringValue) -> Hits:
    """The finding of a line whose balance does not follow from the line above."""
    difference = rows.balance - rows.expected
    return hits(
        rows,
        where=(difference != 0).fill_null(False),
        subject=ibis.coalesce(rows.voucher_no, line),
        on=rows.entered_on,
        amount=difference.abs(),
        key=line + " " + rows.entered_on.cast("string"),
        facts={"difference": difference},
        because="{division}" + book + "{entered_on}凭证{voucher_no}（{summary}）余额{balance}元，"
        "按上行应为{expected}元，相差{difference}元",
    )


@rule(
    "accounting.cash-journal-break",
    "现金日记账余额不衔接",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-13", "S9-42"],
    reads={"accounting.cash_journal": None},
    needs={"accounting.cash_journal": ("income", "expense")},
    remedy="盘点现金，更正余额",
    risk_point="accounting.books-not-real",
    looks_alike="前面有本月合计行；上年结转；中间有未能读入的行（先看未读入行）",
)
def cash_journal_break(t: Tables, p: ParameterView) -> Hits:
    """The balance is not that of the line above, plus income, less spending."""
    rows = carried(t.cash_journal, "ref_cash_journal", ["division"])
    return break_of(rows, "现金日记账", ibis.coalesce(rows.division, ibis.literal("现金")))


@rule(
    "accounting.bank-journal-break",
    "银行日记账余额不衔接",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-13", "S9-42"],
    reads={"accounting.bank_journal": None},
    needs={"accounting.bank_journal": ("income", "expense")},
    remedy="与银行对账单逐笔核对，更正余额",
    risk_point="accounting.books-not-real",
    looks_alike="前面有本月合计行；上年结转；另一账户的行；中间有未能读入的行（先看未读入行）",
)
def bank_journal_break(t: Tables, p: ParameterView) -> Hits:
    """The same on the journal of each bank account."""
    rows = carried(t.bank_journal, "ref_bank_journal", ["division", "account"])
    return break_of(rows, "银行日记账", ibis.coalesce(rows.account, rows.division, ibis.literal("银行")))


@rule(
    "accounting.negative-cash",
    "现金余额为负",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S9-13"],
    reads={"accounting.cash_journal": None},
    remedy="查明垫付或漏记的收入",
    risk_point="accounting.books-not-real",
    looks_alike="余额为零",
)
def negative_cash(t: Tables, p: ParameterView) -> Hits:
    """Nobody can pay out more cash than there is."""
    rows = t.cash_journal
    return hits(
        rows,
        where=rows.balance < 0,
        subject=ibis.coalesce(rows.division, ibis.literal("现金")),
        name=rows.division,
        on=rows.entered_on,
        amount=-rows.balance,
        key=rows.entered_on.cast("string"),
        because="{division}现金日记账{entered_on}余额{balance}元",
    )


@rule(
    "accounting.entry-unbalanced",
    "分录借贷不平",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-13"],
    reads={"accounting.entry": "voucher_no"},
    remedy="更正分录",
    risk_point="accounting.books-not-real",
    looks_alike="一借多贷、合计相等",
)
def entry_unbalanced(t: Tables, p: ParameterView) -> Hits:
    """Debits and credits of one voucher differ."""
    rows = t.entry
    window = ibis.window(group_by=[rows.division, rows.voucher_no, rows.entered_on])
    rows = rows.mutate(
        debits=rows.debit.fill_null(ZERO).sum().over(window),
        credits=rows.credit.fill_null(ZERO).sum().over(window),
    )
    difference = rows.debits.cast("decimal(18, 2)") - rows.credits.cast("decimal(18, 2)")
    return hits(
        rows,
        where=difference != 0,
        subject=rows.voucher_no,
        on=rows.entered_on,
        key=ibis.coalesce(rows.division, ibis.literal("")) + " " + rows.entered_on.cast("string"),
        facts={"difference": difference},
        because="{division}凭证{voucher_no}借方{debits}元，贷方{credits}元，相差{difference}元",
    )


@rule(
    "accounting.balance-does-not-roll",
    "科目期末余额与期初、发生额不符",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-13"],
    reads={"accounting.account_balance": None},
    needs={"accounting.account_balance": ("opening_balance", "debit", "credit", "closing_balance")},
    remedy="重算科目余额",
    risk_point="accounting.books-not-real",
    looks_alike="负债、收入类科目按贷方计算余额",
)
def balance_does_not_roll(t: Tables, p: ParameterView) -> Hits:
    """Closing is neither opening plus debits less credits, nor opening less debits plus credits."""
    rows = t.account_balance
    moved = rows.debit.fill_null(ZERO) - rows.credit.fill_null(ZERO)
    opening = rows.opening_balance.fill_null(ZERO)
    fits = (rows.closing_balance == opening + moved) | (rows.closing_balance == opening - moved)
    return hits(
        rows,
        where=~fits.fill_null(True),
        subject=rows.account_code,
        name=rows.account_title,
        on=rows.month,
        key=ibis.coalesce(rows.division, ibis.literal("")) + " " + rows.month.cast("string"),
        because="{division}{month:month}科目{account_code}{account_title}期初{opening_balance}元，借{debit}元，"
        "贷{credit}元，期末{closing_balance}元",
    )


@rule(
    "accounting.opening-differs-from-closing",
    "科目期初余额与上月期末不符",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-13"],
    reads={"accounting.account_balance": None},
    needs={"accounting.account_balance": ("opening_balance", "closing_balance")},
    remedy="查明结转差错",
    risk_point="accounting.books-not-real",
    looks_alike="第一个月没有上月",
)
def opening_differs_from_closing(t: Tables, p: ParameterView) -> Hits:
    """The opening balance of a month is not the closing one of the month before in the books."""
    rows = t.account_balance
    window = ibis.window(group_by=[rows.division, rows.account_code], order_by=rows.month)
    rows = rows.mutate(before=rows.closing_balance.lag().over(window))
    return hits(
        rows,
        where=(rows.opening_balance != rows.before).fill_null(False),
        subject=rows.account_code,
        name=rows.account_title,
        on=rows.month,
        amount=(rows.opening_balance - rows.before).abs(),
        key=ibis.coalesce(rows.division, ibis.literal("")) + " " + rows.month.cast("string"),
        because="{division}{month:month}科目{account_code}{account_title}期初{opening_balance}元，上月期末{before}元",
    )
