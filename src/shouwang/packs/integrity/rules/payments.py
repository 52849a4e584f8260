"""What was decided against what the books of villages and communities say was paid (S3-29, S3-30, S3-38)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.integrity.rules.funds import plain
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

BOTH: dict[str, None] = {"integrity.fund_item": None, "accounting.voucher": None}


def paid(t: Tables) -> ir.Table:
    """Fund items joined with the vouchers that paid them: the same payee, and one use names the other.

    Vouchers sent back, cancelled or of income pay nothing. A purpose of fewer than two characters
    names nothing.
    """
    rows = t.voucher
    spent = ~mentions(rows.direction, "收入", "收款")
    entered = ~mentions(rows.state, "退", "未", "作废", "不", "否", "待")
    vouchers = rows.filter(spent & entered).select(
        "voucher_no",
        "voucher_on",
        "ref_voucher",
        payee_key=plain(rows.payee),
        use_key=plain(rows.use),
        of_voucher=rows.amount,
        owner=rows.division,
    )
    items = t.fund_item.mutate(payee_key=plain(t.fund_item.payee), what=plain(t.fund_item.purpose))
    items = items.filter((items.payee_key != "") & (items.what.length() > 1))
    both = items.join(vouchers, "payee_key")
    named = both.what.contains(both.use_key) | both.use_key.contains(both.what)
    return both.filter(named & (both.use_key.length() > 1))


@rule(
    "integrity.voucher-before-decision",
    "凭证付款早于集体决定",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-29", "S3-30"],
    reads=BOTH,
    needs={"integrity.fund_item": ("decided_on",)},
    remedy="核实实际付款日期，先付款后开会的追究责任",
    risk_point="integrity.large-funds",
    looks_alike="会议当日付款；同一单位的其他事项；退回的凭证",
)
def voucher_before_decision(t: Tables, p: ParameterView) -> Hits:
    """The books show a payment for the item before the day on which the meeting decided it."""
    rows = paid(t)
    return hits(
        rows,
        where=(rows.voucher_on < rows.decided_on).fill_null(False),
        subject=rows.item_no,
        name=rows.section,
        on=rows.voucher_on,
        amount=rows.of_voucher,
        because="{item_no}“{purpose}”{decided_on}开会决定（{decision_no}），{owner}凭证{voucher_no}"
        "已于{voucher_on}付{payee}{of_voucher}元",
    )


@rule(
    "integrity.voucher-exceeds-decision",
    "凭证付款超过决定金额",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-29", "S3-30", "S3-53"],
    reads=BOTH,
    remedy="核对合同和决定，超出部分补决定或追回",
    risk_point="integrity.large-funds",
    looks_alike="分期付款合计不超过决定金额；同一单位同一事项有几项决定、合计相符",
)
def voucher_exceeds_decision(t: Tables, p: ParameterView) -> Hits:
    """The vouchers for items of one payee and purpose add up to more than all of these items together.

    Vouchers from before the first of the items was applied for are another matter.
    """
    group = ["payee_key", "what"]
    rows = paid(t)
    rows = rows.mutate(since=rows.applied_on.min().over(ibis.window(group_by=group)))
    rows = rows.filter(rows.since.isnull() | (rows.voucher_on >= rows.since))
    vouchers = rows.select(*group, "ref_voucher", "of_voucher").distinct()
    booked = vouchers.group_by(group).aggregate(booked=vouchers.of_voucher.sum())
    items = rows.select(*group, "ref_fund_item", "item_no", "amount").distinct()
    allowed = items.group_by(group).aggregate(allowed=items.amount.sum(), first_no=items.item_no.min())
    both = rows.join(booked, group).join(allowed, group)
    over = both.booked.cast("decimal(18, 2)") - both.allowed.cast("decimal(18, 2)")
    return hits(
        both,
        where=over > 0,
        subject=both.first_no,
        name=both.section,
        on=both.voucher_on,
        amount=over,
        # What is over is at stake once, however many vouchers paid it.
        once=ibis.coalesce(both.first_no, both.what),
        facts={"over": over},
        because="“{purpose}”（{item_no}）决定{allowed}元，凭证{voucher_no}共付{payee}{booked}元，超{over}元",
    )
