"""Lawful rows of entrusted accounting: a village's year of books, and what rules ask of each village."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

CENTRE = "会计服务中心"
BOOKKEEPERS, FUND_ACCOUNTANT = ("记账员温", "记账员邓", "记账员卓", "记账员简"), "资金员甘"
REVIEWER = "审核员祝"
POSTS = ("报账员", "出纳", "民主理财小组", "财务监督小组")
"""What every entrusted village has."""
CASH, BANK, INCOME, EXPENSE = "101", "102", "501", "541"
TITLES = {CASH: "库存现金", BANK: "银行存款", INCOME: "经营收入", EXPENSE: "管理费用"}


def village(site: Site) -> str:
    """The name of a village that nothing else is known of."""
    return f"{site.name.removesuffix('社区')}{site.serial()}村"


def month_end(site: Site, month: int) -> dt.date:
    """The last day of a month of the town's year."""
    return site.month(month + 1) - dt.timedelta(days=1)


def voucher(site: Site) -> Row:
    """Spending with the five haves, below the limit of large payments."""
    return {
        "voucher_no": site.number("PZ"),
        "voucher_on": site.day(12, site.any(1, 27)),
        "direction": "支出",
        "account_title": TITLES[EXPENSE],
        "amount": yuan(site.any(8, 40) * 100),
        "invoice_kind": "增值税普通发票",
        "invoice_no": site.number(""),
        "handler": site.person_name(True) + "报",
        "use": site.one(("路灯维修", "清运垃圾", "办公用品", "水泵电费")),
        "reviewer": REVIEWER,
        "approver": site.person_name(True) + "主任",
        "cadre_opinion": None,
        "settlement": "银行",
        "payee": f"便民店{site.number('')}",
        "attachments": 2,
        "state": "已入账",
    }


def receipt(site: Site) -> Row:
    """Income that was deposited whole on the last day allowed; :func:`collect` gives book and account."""
    day = site.day(site.any(1, 11), site.any(1, 20))
    amount = yuan(site.any(10, 60) * 100)
    return {
        "receipt_no": f"{site.index:04d}{site.serial():04d}",
        "kind": "村集体收款收据",
        "received_on": day,
        "payer": site.person_name(True),
        "item": "房屋租金",
        "amount": amount,
        "received_by": site.person_name(False),
        "deposited_on": day + dt.timedelta(days=5),
        "deposited": amount,
        "account_holder": None,
        "account": None,
        "voucher_no": None,
    }


def bank_account(site: Site) -> Row:
    """A basic account; the holder is the village."""
    return {
        "holder": "村民委员会",
        "account": site.account(),
        "bank": "农村商业银行",
        "kind": "基本户",
        "opened_on": site.day(3, 1, -6),
        "closed_on": None,
    }


def collect(site: Site, /, *, holder: str | None = None, listed: bool = True, **changes: Any) -> Row:
    """Add a receipt of a village of its own, the last of its book, paid into its account."""
    place = village(site)
    account = bank_account(site) | {"holder": holder or f"{place}村民委员会", "division": place}
    if listed:
        site.add("accounting.bank_account", None, **account)
    row = receipt(site) | {"account_holder": account["holder"], "account": account["account"]} | changes
    number = int(row["receipt_no"])
    book: Row = {"kind": row["kind"], "first_no": f"{number - 24:08d}", "last_no": f"{number:08d}"}
    drawn: Row = {"drawn_on": site.day(1, 2), "drawn_by": row["received_by"], "returned_on": None}
    site.add("accounting.receipt_book", None, **book, **drawn, division=place)
    site.add("accounting.receipt", None, **{**row, "division": place})
    return row


def accountant(site: Site) -> Row:
    """A clerk of a village with a certificate; :func:`serve` gives the training."""
    return {
        "name": site.official(),
        "person": None,
        "unit": None,
        "post": "报账员",
        "qualification_no": site.number("KJ"),
        "qualified_on": site.day(5, 1, -3),
        "deadline_on": None,
        "assessment": "合格",
        "since": site.day(3, 1, -3),
        "until": None,
    }


def serve(site: Site, place: str | None, *, trained: bool = True, **changes: Any) -> Row:
    """Add a person of accounts, trained this year."""
    row = accountant(site) | changes
    site.add("accounting.accountant", None, **{**row, "division": place})
    if trained:
        attend(site, row, place, site.day(5, 20))
    return row


def attend(site: Site, person: Row, place: str | None, day: dt.date) -> None:
    """Add an attendance of training."""
    site.add(
        "office.training",
        None,
        trained_on=day,
        line="财会",
        topic="现行会计制度",
        organiser=CENTRE,
        name=person["name"],
        post=person["post"],
        result="合格",
        division=place,
    )


def agreement(site: Site) -> Row:
    """An agreement that keeps all four rights and says what the body is."""
    return {
        "agreement_no": site.number("XY"),
        "signed_on": site.day(1, 5, -2),
        "ends_on": site.day(12, 31, 1),
        "centre": CENTRE,
        "legal_nature": "财政全额拨款事业单位",
        "funding": "县财政预算",
        "supervised_under": "村级会计委托服务办法",
        "rights_kept": "所有权、使用权、审批权、监督权不变",
        "computerised": True,
    }


def entrust(
    site: Site,
    place: str,
    /,
    *,
    disclosed: dt.date | None = None,
    reviewed: dt.date | None = None,
    posts: tuple[str, ...] = POSTS,
    **changes: Any,
) -> None:
    """Add the agreement of a village with its people, reviewed and published this autumn."""
    for post in posts:
        serve(site, place, post=post)
    site.add("accounting.entrustment", None, **{**agreement(site), **changes, "division": place})
    site.add(
        "accounting.disclosure",
        None,
        published_on=disclosed or site.day(10, 12),
        kind="财务公开",
        month=site.month(9),
        place="公开栏",
        content="三季度收支",
        division=place,
    )
    site.add(
        "accounting.review",
        None,
        reviewed_on=reviewed or site.day(10, 9),
        month=site.month(9),
        body="民主理财小组",
        participants="理财小组三人",
        disputed="无",
        decided_on=None,
        opinion="同意入账",
        division=place,
    )


def report(site: Site, place: str, months: range, **changes: Any) -> None:
    """Add the month-end reports of a village, each on the last day."""
    for month in months:
        row: Row = {
            "month": site.month(month),
            "reported_on": month_end(site, month),
            "clerk": "报账员",
            "documents": 6,
            "returned": 0,
            "accountant": BOOKKEEPERS[0],
        }
        site.add("accounting.month_end_report", None, **{**row, **changes, "division": place})


def archive(site: Site, place: str, months: tuple[int, ...], **changes: Any) -> str:
    """Add the archived months of a village; answers the title of the last."""
    title = ""
    for month in months:
        title = f"{place}{site.year}年{month}月凭证"
        row: Row = {
            "archive_no": site.number("DAK"),
            "kind": "会计档案",
            "year": site.year,
            "month": site.month(month),
            "title": title,
            "filed_on": site.as_of,
            "keeper": BOOKKEEPERS[0],
        }
        site.add("office.archive", None, **{**row, **changes, "division": place})
    return title


def audit(site: Site) -> Row:
    """An audit that found nothing."""
    return {
        "audited_on": site.day(site.any(4, 10), 15),
        "auditor": "镇农经站",
        "level": "乡镇",
        "scope": "上年度收支",
        "violation": "未发现",
        "amount": None,
        "corrected_on": None,
        "correction": None,
    }


def asset_check(site: Site) -> Row:
    """An asset that is there."""
    return {
        "checked_on": site.day(11, 10),
        "item": "水泵" + site.number(""),
        "voucher_no": None,
        "book_quantity": 2,
        "real_quantity": 2,
        "book_value": yuan(3_600),
        "real_value": yuan(3_600),
        "checked_by": site.staff["desk"][0],
    }


def statement_line(site: Site, place: str | None, **cells: Any) -> None:
    """Add a line of the bank's statement."""
    row: Row = {"number": None, "summary": "转账", "income": None, "expense": None}
    site.add("accounting.bank_statement", None, **{**row, **cells, "division": place})


def entries(
    site: Site,
    number: str,
    day: dt.date,
    lines: list[tuple[str, Decimal]],
    place: str,
    summary: str = "本月业务",
) -> None:
    """Add the lines of a double entry: accounts with what is debited (credited, below 0)."""
    for line, (code, amount) in enumerate(lines, start=1):
        site.add(
            "accounting.entry",
            None,
            voucher_no=number,
            entered_on=day,
            line=line,
            account_code=code,
            account_title=TITLES.get(code, "往来"),
            summary=summary,
            debit=max(amount, yuan(0)),
            credit=max(-amount, yuan(0)),
            made_by=BOOKKEEPERS[0],
            checked_by=REVIEWER,
            division=place,
        )


MAKERS = {
    "accounting.asset_check": asset_check,
    "accounting.bank_account": bank_account,
    "accounting.clean_up_audit": audit,
    "accounting.voucher": voucher,
}
