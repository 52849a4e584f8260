"""The numbers of the pack: entrusted, computerised, certified, violations, punctual clerks."""

from __future__ import annotations

import ibis

from shouwang.indicator.indicator import Values, indicator, month, values, year
from shouwang.packs.accounting.rules.common import entered, located, names_a_person, spending
from shouwang.risk.areas import community_key
from shouwang.risk.expressions import in_line, mentions, month_start
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables, absent


@indicator(
    "accounting.entrusted-share",
    "会计委托服务覆盖率",
    unit="%",
    scale=100,
    seeds=["S9-56"],
    reads=["registry.division", "accounting.entrustment"],
    direction="up",
    target=100,
    formula="已签委托协议的村（社区）数 ÷ 全部村（社区）数",
)
def entrusted_share(t: Tables, p: ParameterView) -> Values:
    """Villages and communities with an agreement in force over all of the list."""
    places = t.division.filter(mentions(t.division.level, "村", "社区"))
    places = places.select("parent", owner=community_key(places.name)).distinct()
    agreements = located(t.entrustment)
    agreements = agreements.filter(
        (agreements.signed_on <= p.as_of) & (agreements.ends_on.isnull() | (agreements.ends_on >= p.as_of))
    )
    kept = agreements.select("owner").distinct().mutate(entrusted=True)
    both = places.left_join(kept, "owner")
    return values(
        both,
        division=both.parent,
        period=year(p.as_of),
        numerator=both.entrusted.fill_null(False).cast("int64").sum(),
        denominator=both.count(),
    )


@indicator(
    "accounting.computerised-share",
    "会计电算化率",
    unit="%",
    scale=100,
    seeds=["S9-57"],
    reads=["accounting.entrustment"],
    needs={"accounting.entrustment": ("computerised",)},
    direction="up",
    target=100,
    formula="实行电算化的委托单位数 ÷ 全部委托单位数",
)
def computerised_share(t: Tables, p: ParameterView) -> Values:
    """Entrusted villages whose accounts are kept by computer over all of them."""
    rows = t.entrustment
    return values(
        rows,
        division=ibis.literal(""),
        period=year(p.as_of),
        numerator=rows.computerised.fill_null(False).cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "accounting.certified-share",
    "会计代管人员持证率",
    unit="%",
    scale=100,
    seeds=["S9-58"],
    reads=["accounting.accountant"],
    needs={"accounting.accountant": ("qualification_no",)},
    direction="up",
    target=100,
    formula="有证号的记账会计、资金会计 ÷ 全部记账会计、资金会计",
)
def certified_share(t: Tables, p: ParameterView) -> Values:
    """Bookkeeping and fund accountants in post with a certificate over all of them."""
    rows = t.accountant.filter(mentions(t.accountant.post, "记账会计", "资金会计", "记帐会计"))
    rows = rows.filter(rows.until.isnull() | (rows.until >= p.as_of))
    return values(
        rows,
        division=ibis.literal(""),
        period=year(p.as_of),
        numerator=(~absent(rows.qualification_no)).cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "accounting.violations",
    "财务违纪数",
    unit="件",
    digits=0,
    seeds=["S9-59"],
    reads=["accounting.voucher", "accounting.receipt"],
    needs={"accounting.voucher": ("invoice_no", "handler", "use", "reviewer", "approver")},
    direction="down",
    target=0,
    formula="缺五有仍入账的凭证数＋公款私存、坐支的收据数，按村（社区）和月份",
)
def violations(t: Tables, p: ParameterView) -> Values:
    """Vouchers entered without one of the five, and receipts kept privately or spent, per month."""
    vouchers = t.voucher
    lacking = absent(vouchers.handler) | absent(vouchers.use) | absent(vouchers.reviewer)
    lacking = lacking | absent(vouchers.approver) | (spending(vouchers) & absent(vouchers.invoice_no))
    one = vouchers.select("division", day=vouchers.voucher_on, wrong=entered(vouchers) & lacking)
    receipts = t.receipt
    wrong = names_a_person(receipts.account_holder) | (receipts.deposited < receipts.amount).fill_null(False)
    both = one.union(receipts.select("division", day=receipts.received_on, wrong=wrong))
    return values(both, period=month(both.day), numerator=both.wrong.cast("int64").sum())


@indicator(
    "accounting.reported-in-time",
    "报账员按期报账率",
    unit="%",
    scale=100,
    seeds=["S9-60"],
    reads=["accounting.month_end_report"],
    needs={"accounting.month_end_report": ("reported_on",)},
    direction="up",
    target=100,
    formula="当月月底前报账的次数 ÷ 报账次数",
)
def reported_in_time(t: Tables, p: ParameterView) -> Values:
    """Reports made before the month was over, per village and year."""
    rows = t.month_end_report
    next_month = month_start(rows.month + ibis.interval(days=31))
    in_time = (rows.reported_on < next_month).fill_null(False)
    return values(
        rows, period=year(rows.month), numerator=in_time.cast("int64").sum(), denominator=rows.count()
    )


@indicator(
    "accounting.documents-returned",
    "报账单据退回率",
    unit="%",
    scale=100,
    seeds=["S9-60"],
    reads=["accounting.month_end_report"],
    needs={"accounting.month_end_report": ("documents", "returned")},
    formula="退回单据张数 ÷ 报账单据张数",
)
def documents_returned(t: Tables, p: ParameterView) -> Values:
    """Documents sent back over documents brought, per village and year."""
    rows = t.month_end_report
    return values(
        rows,
        period=year(rows.month),
        numerator=rows.returned.fill_null(0).sum(),
        denominator=rows.documents.sum(),
    )


@indicator(
    "accounting.qualified-by-post",
    "各岗位持证率",
    unit="%",
    scale=100,
    seeds=["S9-51"],
    reads=["accounting.accountant"],
    needs={"accounting.accountant": ("qualification_no",)},
    formula="有证号的人数 ÷ 人数，按村（社区）和岗位",
)
def qualified_by_post(t: Tables, p: ParameterView) -> Values:
    """Share of qualified persons in post, per village and post (in the place of the period)."""
    rows = t.accountant.filter(t.accountant.until.isnull() | (t.accountant.until >= p.as_of))
    return values(
        rows,
        period=rows.post,
        numerator=(~absent(rows.qualification_no)).cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "accounting.trained-by-post",
    "各岗位年内培训率",
    unit="%",
    scale=100,
    seeds=["S9-51"],
    reads=["accounting.accountant", "office.training"],
    formula="年内参加过培训的人数 ÷ 人数，按村（社区）和岗位",
)
def trained_by_post(t: Tables, p: ParameterView) -> Values:
    """Share of persons in post who were trained in the year of the scan, per village and post."""
    rows = t.accountant.filter(t.accountant.until.isnull() | (t.accountant.until >= p.as_of))
    courses = t.training.filter(in_line(t.training, "财会") & (t.training.trained_on.year() == p.as_of.year))
    trained = courses.select("name").distinct().mutate(trained=True)
    both = rows.left_join(trained, "name")
    return values(
        both,
        period=both.post,
        numerator=both.trained.fill_null(False).cast("int64").sum(),
        denominator=both.count(),
    )
