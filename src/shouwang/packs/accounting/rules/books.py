"""Journals and books: balances that carry on, entries that balance, journals against vouchers."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.accounting.rules.common import entered, located, spending
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule
from shouwang.snapshot.store import ROW_BITS

_ZERO = ibis.literal(0).cast("decimal(18, 2)")


def carried(rows: ir.Table, ref: str, by: list[str]) -> ir.Table:
    """Journal lines with the balance that the line above should lead to (``expected``).

    Lines of one book of one sheet, in the order in which they stand.
    """
    sheet = rows[ref].cast("int64") >> ROW_BITS
    placed = rows.mutate(sheet=sheet)
    window = ibis.window(group_by=["sheet", *by], order_by=ref)
    above = placed.balance.lag().over(window)
    placed = placed.mutate(above=above)
    moved = placed.income.fill_null(_ZERO) - placed.expense.fill_null(_ZERO)
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


def journals(t: Tables) -> ir.Table:
    """The lines of both journals that name a voucher: ``owner, voucher_no, moved, ref_…``."""
    parts = []
    for table, own, other in (
        (t.cash_journal, "ref_cash_journal", "ref_bank_journal"),
        (t.bank_journal, "ref_bank_journal", "ref_cash_journal"),
    ):
        placed = located(table).filter(~absent(table.voucher_no))
        moved = placed.income.fill_null(_ZERO) + placed.expense.fill_null(_ZERO)
        placed = placed.mutate(moved=moved).mutate(**{other: ibis.null("int64")})
        parts.append(
            placed.select(
                "owner",
                "division",
                "voucher_no",
                "summary",
                "entered_on",
                "moved",
                "ref_cash_journal",
                "ref_bank_journal",
            ).filter(placed[own].notnull())
        )
    return parts[0].union(parts[1])


JOURNALS: dict[str, None] = {"accounting.cash_journal": None, "accounting.bank_journal": None}


@rule(
    "accounting.journal-differs-from-voucher",
    "日记账金额与凭证不符",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-42"],
    reads={"accounting.voucher": None},
    optional=JOURNALS,
    remedy="核对原始凭证，更正日记账",
    risk_point="accounting.books-not-real",
    looks_alike="一张凭证分几笔登账、合计相等；退回未入账的凭证",
)
def journal_differs_from_voucher(t: Tables, p: ParameterView) -> Hits:
    """The lines that name a voucher do not add up to its amount."""
    lines = journals(t)
    window = ibis.window(group_by=["owner", "voucher_no"])
    lines = lines.mutate(booked=lines.moved.sum().over(window))
    vouchers = located(t.voucher).filter(entered(t.voucher))
    whole = ibis.window(group_by=["owner", "voucher_no"])
    vouchers = vouchers.mutate(total=vouchers.amount.sum().over(whole))
    both = vouchers.select("owner", "voucher_no", "voucher_on", "total", "ref_voucher").join(
        lines, ["owner", "voucher_no"]
    )
    difference = both.total.cast("decimal(18, 2)") - both.booked.cast("decimal(18, 2)")
    return hits(
        both,
        where=difference != 0,
        subject=both.voucher_no,
        on=both.voucher_on,
        key=both.division,
        facts={"difference": difference},
        because="{division}凭证{voucher_no}金额{total}元，日记账登记{booked}元，相差{difference}元",
    )


@rule(
    "accounting.journal-without-voucher",
    "日记账有账无凭证",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-42"],
    reads={"accounting.voucher": None},
    optional=JOURNALS,
    remedy="补凭证，无凭证的冲销",
    risk_point="accounting.books-not-real",
    looks_alike="提现备用、存现、转账等账户之间的往来；上年结转",
)
def journal_without_voucher(t: Tables, p: ParameterView) -> Hits:
    """A line names a voucher that the register does not have, and is no transfer between own accounts."""
    lines = journals(t)
    outside = lines.filter(
        ~mentions(lines.summary, "提现", "存现", "转存", "备用", "内部往来", "结转", "利息")
    )
    # Only villages whose vouchers are at hand.
    here = outside.semi_join(located(t.voucher), "owner")
    rows = here.anti_join(located(t.voucher), ["owner", "voucher_no"])
    return hits(
        rows,
        subject=rows.voucher_no,
        on=rows.entered_on,
        amount=rows.moved,
        key=rows.division,
        because="{division}日记账{entered_on}所记凭证{voucher_no}（{summary}，{moved}元）不在凭证登记中",
    )


@rule(
    "accounting.voucher-not-journaled",
    "已入账支出凭证未登日记账",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-42"],
    reads={"accounting.voucher": None},
    optional=JOURNALS,
    remedy="补登日记账",
    risk_point="accounting.books-not-real",
    looks_alike="退回未入账的凭证；没有日记账的村",
)
def voucher_not_journaled(t: Tables, p: ParameterView) -> Hits:
    """Spending was entered and no journal of that village has it."""
    lines = journals(t)
    vouchers = located(t.voucher)
    paid = vouchers.filter(entered(vouchers) & spending(vouchers))
    here = paid.semi_join(lines, "owner")
    rows = here.anti_join(lines, ["owner", "voucher_no"])
    return hits(
        rows,
        subject=rows.voucher_no,
        on=rows.voucher_on,
        amount=rows.amount,
        key=rows.division,
        because="{division}凭证{voucher_no}支出{amount}元已入账，日记账中没有",
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
        debits=rows.debit.fill_null(_ZERO).sum().over(window),
        credits=rows.credit.fill_null(_ZERO).sum().over(window),
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
    moved = rows.debit.fill_null(_ZERO) - rows.credit.fill_null(_ZERO)
    opening = rows.opening_balance.fill_null(_ZERO)
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
