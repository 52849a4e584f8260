"""The five haves and one not (五有一不准), numbers, invoices, large payments (S9-35 … S9-42)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.accounting.rules.common import entered, spending, voucher_key
from shouwang.risk.expressions import mentions, month_start
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

VOUCHER = {"accounting.voucher": "voucher_no"}
RETURNED = "已退回、未入账的凭证"


def lacking(rows: ir.Table, where: ir.BooleanValue, because: str) -> Hits:
    """The finding of a voucher that was entered although something is lacking."""
    return hits(
        rows,
        where=entered(rows) & where,
        subject=rows.voucher_no,
        on=rows.voucher_on,
        amount=rows.amount,
        key=voucher_key(rows),
        because=because,
    )


@rule(
    "accounting.no-invoice",
    "凭证无正规发票",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-35", "S9-40"],
    reads=VOUCHER,
    needs={"accounting.voucher": ("invoice_no",)},
    remedy="退回补正规发票，补不到的不准入账",
    risk_point="accounting.vouchers-incomplete",
    looks_alike=f"{RETURNED}；收入凭证用收据",
)
def no_invoice(t: Tables, p: ParameterView) -> Hits:
    """Spending entered without the number of an invoice, or on a slip that is none."""
    rows = t.voucher
    slip = mentions(rows.invoice_kind, "白条", "收条", "欠条", "便条", "自制", "无票", "无发票", "手写")
    none = absent(rows.invoice_no) | rows.invoice_no.isin(["无", "无票", "白条", "-", "/", "—"]).fill_null(
        False
    )
    return lacking(
        rows,
        spending(rows) & (none | slip),
        "{division}凭证{voucher_no}支出{amount}元，票据种类：{invoice_kind}，票据号码：{invoice_no}",
    )


@rule(
    "accounting.no-handler",
    "凭证无经办人",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-36", "S9-40"],
    reads=VOUCHER,
    needs={"accounting.voucher": ("handler",)},
    remedy="退回由经办人签字",
    risk_point="accounting.vouchers-incomplete",
    looks_alike=RETURNED,
)
def no_handler(t: Tables, p: ParameterView) -> Hits:
    """Entered without a handler."""
    return lacking(
        t.voucher, absent(t.voucher.handler), "{division}凭证{voucher_no}（{amount}元）没有经办人签字"
    )


@rule(
    "accounting.no-use",
    "凭证无用途说明",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-37", "S9-40"],
    reads=VOUCHER,
    needs={"accounting.voucher": ("use",)},
    remedy="退回补写用途",
    risk_point="accounting.vouchers-incomplete",
    looks_alike=f"{RETURNED}；写得简短的用途",
)
def no_use(t: Tables, p: ParameterView) -> Hits:
    """Entered without a statement of use, however short."""
    return lacking(t.voucher, absent(t.voucher.use), "{division}凭证{voucher_no}（{amount}元）没有用途说明")


@rule(
    "accounting.no-review",
    "凭证无财务审核",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-38", "S9-40"],
    reads=VOUCHER,
    needs={"accounting.voucher": ("reviewer",)},
    remedy="退回由财务人员审核",
    risk_point="accounting.vouchers-incomplete",
    looks_alike=RETURNED,
)
def no_review(t: Tables, p: ParameterView) -> Hits:
    """Entered without the review of finance staff."""
    return lacking(
        t.voucher, absent(t.voucher.reviewer), "{division}凭证{voucher_no}（{amount}元）没有财务审核"
    )


@rule(
    "accounting.no-approval",
    "凭证无领导审批",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-39", "S9-40"],
    reads=VOUCHER,
    needs={"accounting.voucher": ("approver",)},
    remedy="退回由主管财务的领导审批",
    risk_point="accounting.vouchers-incomplete",
    looks_alike=RETURNED,
)
def no_approval(t: Tables, p: ParameterView) -> Hits:
    """Entered without the approval of the leader in charge of finance."""
    return lacking(
        t.voucher, absent(t.voucher.approver), "{division}凭证{voucher_no}（{amount}元）没有领导审批"
    )


@rule(
    "accounting.reviewer-is-approver",
    "审核与审批同一人",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-33", "S9-38", "S9-39"],
    reads=VOUCHER,
    remedy="由财务人员和主管领导分别审核、审批",
    risk_point="accounting.rights-mixed",
    looks_alike="报账员经办，审核与审批为不同的人",
)
def reviewer_is_approver(t: Tables, p: ParameterView) -> Hits:
    """One name reviewed and approved the same voucher."""
    rows = t.voucher
    return lacking(
        rows,
        (rows.reviewer == rows.approver).fill_null(False),
        "{division}凭证{voucher_no}（{amount}元）财务审核与领导审批均为{approver}",
    )


@rule(
    "accounting.centre-approves",
    "会计服务中心人员审批支出",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-33"],
    reads={"accounting.voucher": None, "accounting.accountant": None},
    remedy="审批权不变，由村（社区）主管财务的领导审批",
    risk_point="accounting.rights-mixed",
    looks_alike="中心会计审核而不审批；已离任的会计",
)
def centre_approves(t: Tables, p: ParameterView) -> Hits:
    """Approved by someone who was bookkeeping or fund accountant of the centre on that day."""
    staff = t.accountant.filter(mentions(t.accountant.post, "记账会计", "资金会计", "记帐会计"))
    staff = staff.select("ref_accountant", "post", approver=staff.name, since=staff.since, until=staff.until)
    both = t.voucher.join(staff, "approver")
    in_post = (both.since.isnull() | (both.since <= both.voucher_on)) & (
        both.until.isnull() | (both.until >= both.voucher_on)
    )
    return lacking(
        both,
        in_post.fill_null(False) & spending(both),
        "{division}凭证{voucher_no}（{amount}元）由服务中心{post}{approver}审批",
    )


@rule(
    "accounting.large-payment-no-cadre",
    "大额支付无驻村干部意见",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-24", "S9-41"],
    reads=VOUCHER,
    needs={"accounting.voucher": ("cadre_opinion",)},
    uses=["accounting.large_payment"],
    remedy="支付前由驻村干部签署用途属实的意见",
    risk_point="accounting.large-payments",
    looks_alike="恰等于大额标准；已退回的凭证；大额收入",
)
def large_payment_no_cadre(t: Tables, p: ParameterView) -> Hits:
    """A payment above (超过) the standard without the opinion of the stationed cadre."""
    rows = t.voucher
    standard = p.at("accounting.large_payment", rows.voucher_on, rows.division)
    found = lacking(
        rows.mutate(standard=standard),
        spending(rows) & (rows.amount > standard).fill_null(False) & absent(rows.cadre_opinion),
        "{division}凭证{voucher_no}支出{amount}元，超过大额标准{standard}元，没有驻村干部意见",
    )
    return found


@rule(
    "accounting.invoice-used-twice",
    "一张发票两次报销",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-35", "S9-42"],
    reads={"accounting.voucher": "invoice_no"},
    remedy="冲销重复的一笔，追回款项",
    risk_point="accounting.books-not-real",
    looks_alike="同一凭证分几行；金额相同而发票号相连不同；号码相同而票种不同",
)
def invoice_used_twice(t: Tables, p: ParameterView) -> Hits:
    """One invoice of one kind in two vouchers that were entered."""
    rows = t.voucher
    real = ~absent(rows.invoice_no) & (rows.invoice_no.length() >= 4)
    paid = rows.filter(entered(rows) & spending(rows) & real)
    paid = paid.mutate(
        voucher=voucher_key(paid) + " " + paid.voucher_no, of_kind=paid.invoice_kind.fill_null("")
    )
    window = ibis.window(group_by=[paid.invoice_no, paid.of_kind])
    paid = paid.mutate(
        one=paid.voucher.min().over(window),
        other=paid.voucher.max().over(window),
        first_no=paid.voucher_no.min().over(window),
    )
    return hits(
        paid,
        where=paid.one != paid.other,
        subject=paid.first_no,
        on=paid.voucher_on,
        amount=paid.amount,
        key=paid.invoice_no,
        because="票据{invoice_no}用于{n}张凭证：{voucher_no}，合计{amount.sum}元",
    )


@rule(
    "accounting.voucher-number-gap",
    "凭证断号",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S9-53"],
    reads={"accounting.voucher": None},
    remedy="查明缺号凭证的去向，作废的补登记",
    risk_point="accounting.archives-incomplete",
    looks_alike="每月从1号重新编号；登记为作废的凭证；因内容有误未能读入的行（先看未读入行）",
)
def voucher_number_gap(t: Tables, p: ParameterView) -> Hits:
    """Numbers of one series with something missing between two neighbours, or before the first.

    A series is what has the same text before its last figures; where that text does not hold the
    month, each month is a series of its own, and its first number may be any.
    """
    rows = t.voucher.filter(t.voucher.voucher_no.re_search("[0-9]+$"))
    digits = rows.voucher_no.re_extract("([0-9]{1,9})$", 1)
    prefix = rows.voucher_no.re_replace("[0-9]{1,9}$", "")
    dated = prefix.re_search("[0-9]{2}(0[1-9]|1[0-2])[^0-9]+$")
    month = month_start(rows.voucher_on).cast("string").fill_null("")
    numbered = rows.mutate(
        prefix=prefix,
        width=digits.length(),
        number=digits.cast("int64"),
        dated=dated,
        series=ibis.ifelse(dated, ibis.literal(""), month),
    )
    window = ibis.window(
        group_by=[numbered.division, numbered.prefix, numbered.series],
        order_by=[numbered.number, numbered.ref_voucher],
    )
    numbered = numbered.mutate(before=numbered.number.lag().over(window))
    start = ibis.ifelse(numbered.dated, ibis.literal(0, "int64"), numbered.number - 1)
    before = ibis.coalesce(numbered.before, start)

    def written(number: ir.IntegerValue) -> ir.StringValue:
        return numbered.prefix + number.cast("string").lpad(numbered.width, "0")

    found = numbered.mutate(
        first=written(before + 1), last=written(numbered.number - 1), missing=numbered.number - before - 1
    )
    return hits(
        found,
        where=found.missing > 0,
        subject=found.first,
        on=found.voucher_on,
        key=found.division,
        because="{division}缺凭证{first}至{last}（{missing}张），其后为{voucher_no}",
    )
