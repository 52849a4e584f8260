"""Cash and bank journals against vouchers: each has the other, with its amount, on its side (S9-42)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.accounting.rules.common import ZERO, entered, located, spending
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


def journals(t: Tables) -> ir.Table:
    """The lines of both journals that name a voucher: ``owner, voucher_no, moved, net, ref_…``."""
    parts = []
    for table, own, other in (
        (t.cash_journal, "ref_cash_journal", "ref_bank_journal"),
        (t.bank_journal, "ref_bank_journal", "ref_cash_journal"),
    ):
        placed = located(table).filter(~absent(table.voucher_no))
        moved = placed.income.fill_null(ZERO) + placed.expense.fill_null(ZERO)
        net = placed.income.fill_null(ZERO) - placed.expense.fill_null(ZERO)
        placed = placed.mutate(moved=moved, net=net).mutate(**{other: ibis.null("int64")})
        parts.append(
            placed.select(
                "owner",
                "division",
                "voucher_no",
                "summary",
                "entered_on",
                "moved",
                "net",
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
    looks_alike="一张凭证分几笔登账、合计相等；退回未入账的凭证；"
    "红字冲销：凭证金额为负，日记账以红字或在对方以蓝字登记",
)
def journal_differs_from_voucher(t: Tables, p: ParameterView) -> Hits:
    """The lines that name a voucher do not add up to its amount.

    What is taken back with red ink (红字冲销) is a voucher below nought. In a journal it stands below nought
    on its own side, or above nought on the other: either moves the account as the voucher says.
    """
    lines = journals(t)
    window = ibis.window(group_by=["owner", "voucher_no"])
    lines = lines.mutate(booked=lines.moved.sum().over(window), net=lines.net.sum().over(window))
    vouchers = located(t.voucher).filter(entered(t.voucher))
    due = ibis.ifelse(spending(vouchers), -vouchers.amount, vouchers.amount)
    vouchers = vouchers.mutate(total=vouchers.amount.sum().over(window), due=due.sum().over(window))
    both = vouchers.select("owner", "voucher_no", "voucher_on", "total", "due", "ref_voucher").join(
        lines, ["owner", "voucher_no"]
    )
    difference = both.total.cast("decimal(18, 2)") - both.booked.cast("decimal(18, 2)")
    moves_as_told = both.net.cast("decimal(18, 2)") == both.due.cast("decimal(18, 2)")
    return hits(
        both,
        where=(difference != 0) & ~moves_as_told,
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
    "accounting.journal-wrong-side",
    "日记账收支方向与凭证相反",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-42", "S9-47"],
    reads={"accounting.voucher": None},
    optional=JOURNALS,
    needs={"accounting.voucher": ("direction",)},
    remedy="更正日记账，收入登收方，支出登付方",
    risk_point="accounting.books-not-real",
    looks_alike="红字冲销：凭证金额为负",
)
def journal_wrong_side(t: Tables, p: ParameterView) -> Hits:
    """The lines of a voucher add up to its amount, but as spending where it is income, or the other way."""
    lines = journals(t)
    window = ibis.window(group_by=["owner", "voucher_no"])
    lines = lines.mutate(booked=lines.net.sum().over(window).cast("decimal(18, 2)"))
    vouchers = located(t.voucher).filter(entered(t.voucher) & ~absent(t.voucher.direction))
    due = ibis.ifelse(spending(vouchers), -vouchers.amount, vouchers.amount)
    vouchers = vouchers.mutate(due=due.sum().over(window).cast("decimal(18, 2)"))
    both = vouchers.select("owner", "voucher_no", "voucher_on", "direction", "due", "ref_voucher").join(
        lines, ["owner", "voucher_no"]
    )
    return hits(
        both,
        where=(both.booked == -both.due) & (both.due != 0),
        subject=both.voucher_no,
        on=both.voucher_on,
        key=both.division,
        facts={"amount": both.due.abs()},
        because="{division}凭证{voucher_no}是{direction}{amount}元，日记账登在相反的一方",
    )
