"""Rows of a small village's books; every rule of the pack finds something in :data:`ROWS`."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
HERE = "石桥村"

PARAMETERS: dict[str, Any] = {
    "accounting.large_payment": 10000,
    "accounting.deposit_days": 7,
    "accounting.report_days": 0,
    "accounting.disclosure_months": 3,
    "accounting.review_months": 3,
    "accounting.reconcile_days": 3,
}


def voucher(number: str, **more: Any) -> Row:
    """A payment in order: five haves, entered."""
    base = {
        "voucher_no": number,
        "voucher_on": "2023-01-04",
        "direction": "支出",
        "account_title": "绿化",
        "amount": 3000,
        "invoice_kind": "电子发票",
        "invoice_no": f"1851{number[-3:]}",
        "handler": "易荣",
        "use": "补栽苗木",
        "reviewer": "卢凤",
        "approver": "卢海志",
        "settlement": "银行",
        "state": "已入账",
        "division": HERE,
    }
    return base | more


def returned(number: str, **more: Any) -> Row:
    """The same, sent back and not entered."""
    return voucher(number, **({"state": "退回补充"} | more))


def account(number: str, **more: Any) -> Row:
    """A registered account of the village."""
    base = {"account": number, "holder": "石桥村股份经济合作社", "bank": "农商行", "division": HERE}
    return base | more


def receipt(number: str, **more: Any) -> Row:
    """Income deposited in full on the next day."""
    base = {
        "receipt_no": number,
        "kind": "农村集体经济组织统一收据",
        "received_on": "2023-05-08",
        "payer": "租户",
        "amount": 2000,
        "received_by": "侯红",
        "deposited_on": "2023-05-09",
        "deposited": 2000,
        "account_holder": "石桥村股份经济合作社",
        "account": "990017",
        "division": HERE,
    }
    return base | more


def report(month: str, **more: Any) -> Row:
    """A report in the last days of the month."""
    base = {"month": month, "reported_on": f"{month}-28", "clerk": "侯红", "documents": 10, "division": HERE}
    return base | more


def line(number: str | None, balance: object, **more: Any) -> Row:
    """A line of a journal."""
    return {"entered_on": "2023-01-10", "voucher_no": number, "balance": balance, "division": HERE} | more


def statement(balance: object, **more: Any) -> Row:
    """A line of the bank's statement."""
    return {"entered_on": "2023-01-10", "account": "990017", "balance": balance, "division": HERE} | more


def entry(number: str, code: str, debit: object, credit: object, **more: Any) -> Row:
    """A line of a double entry."""
    base = {"voucher_no": number, "entered_on": "2023-01-04", "account_code": code, "division": HERE}
    return base | {"debit": debit, "credit": credit} | more


def balance(code: str, month: str, opening: object, debit: object, credit: object, closing: object) -> Row:
    """A line of a balance sheet of accounts."""
    return {
        "account_code": code,
        "month": month,
        "opening_balance": opening,
        "debit": debit,
        "credit": credit,
        "closing_balance": closing,
        "division": HERE,
    }


def entrustment(**more: Any) -> Row:
    """An agreement with everything in it."""
    base = {
        "agreement_no": "WT1",
        "signed_on": "2020-01-01",
        "legal_nature": "事业单位",
        "funding": "财政全额",
        "supervised_under": "村级组织财务管理若干意见",
        "rights_kept": "所有权、使用权、审批权、监督权不变",
        "computerised": True,
        "division": HERE,
    }
    return base | more


def accountant(name: str, post: str = "记账会计", **more: Any) -> Row:
    """Somebody in post with a certificate."""
    base = {"name": name, "post": post, "qualification_no": "KJ1", "division": HERE, "unit": "会计服务中心"}
    return base | more


ROWS: dict[str, list[Row]] = {
    "accounting.voucher": [
        voucher("SQ2301-001", invoice_no=None, handler=None, use=None, reviewer=None, approver=None),
        voucher("SQ2301-003", reviewer="卢海志", amount=30000),
        voucher("SQ2301-004", invoice_no="18512989"),
        voucher("SQ2301-005", invoice_no="18512989", approver="刘英"),
        voucher("SQ2304-001", voucher_on="2023-04-04"),
        voucher("SQ2303-009", voucher_on="2023-03-01", amount=100, direction="收入"),
    ],
    "accounting.bank_account": [account("990017"), account("990032", holder="丁鑫峰")],
    "accounting.bank_journal": [
        line(None, 10000, account="990017", summary="上年结转"),
        line("SQ2301-001", 6999, account="990017", expense=3000, summary="补栽苗木"),
        line("无1", 6000, account="9977", income=6000, summary="代收赞助费"),
        line("SQ2303-009", 7099, account="990017", expense=100, entered_on="2023-03-01"),
        line(None, 7099, account="990017", entered_on="2023-03-31", summary="本页结存"),
    ],
    "accounting.bank_statement": [
        statement(10000),
        statement(7000, expense=3000, entered_on="2023-01-11"),
        statement(7800, income=800, entered_on="2023-02-01", summary="赞助费"),
        statement(7800, entered_on="2023-03-31"),
        statement(60, account="9988", income=60),
    ],
    "accounting.cash_journal": [
        line(None, 1000, summary="上年结转"),
        line("SQ2301-004", -1500, expense=2500, summary="补栽苗木"),
        line("SQ2301-005", -1000, expense=500, summary="办公用品"),
    ],
    "accounting.receipt": [
        receipt("0018001", account_holder="侯红", account="9955"),
        receipt("0018002", account_holder="供销合作社", account="9944"),
        receipt("0018003", deposited=1500),
        receipt("0018004", deposited_on=None, deposited=None),
        receipt("0018005", deposited_on="2023-05-16"),
        receipt("0019001"),
        receipt("0018006"),
        receipt("0018006", received_on="2023-06-08", deposited_on="2023-06-08"),
    ],
    "accounting.receipt_book": [
        {"first_no": "0018001", "last_no": "0018100", "kind": "统一收据", "division": HERE}
    ],
    "accounting.month_end_report": [
        report("2023-01", reported_on="2023-02-01"),
        report("2023-03"),
        report("2023-02", division="东渡村"),
    ],
    "accounting.entry": [
        entry("SQ2301-001", "101", 100, None, line=1),
        entry("SQ2301-001", "501", None, 99, line=2),
        entry("SQ2301-099", "513", 5, None),
        entry("SQ2301-099", "101", None, 5),
    ],
    "accounting.account_balance": [
        balance("101", "2023-01", 100, 50, 20, 135),
        balance("101", "2023-02", 130, 0, 0, 130),
        balance("241", "2022-11", 100, 300, 0, -200) | {"account_title": "专项应付款"},
    ],
    "accounting.accountant": [
        accountant("刘英", qualification_no=None, deadline_on="2023-06-30"),
        accountant("侯红", "出纳"),
        accountant("胡静", "出纳"),
    ],
    "office.training": [{"name": "侯红", "trained_on": "2004-05-01", "topic": "旧制度"}],
    "accounting.entrustment": [
        entrustment(legal_nature=None, supervised_under=None, rights_kept="所有权不变", computerised=False)
    ],
    "accounting.disclosure": [
        {"published_on": "2023-01-01", "kind": "财务公开", "division": HERE},
        {"published_on": "2023-12-01", "kind": "居务公开", "division": HERE},
    ],
    "accounting.review": [
        {"reviewed_on": "2023-01-01", "body": "民主理财小组", "disputed": "招待费800元", "division": HERE}
    ],
    "office.archive": [
        {"archive_no": None, "year": 2023, "month": "2023-01", "title": "1月凭证", "division": HERE},
        {"archive_no": "2", "year": 2023, "month": "2023-04", "title": "4月凭证", "division": HERE},
    ],
    "accounting.asset_check": [
        {"checked_on": "2023-06-01", "item": "水泵", "book_quantity": 3, "real_quantity": 2, "division": HERE}
    ],
    "accounting.clean_up_audit": [
        {"audited_on": "2023-06-01", "auditor": "县审计局", "violation": "白条入账", "division": HERE}
    ],
}
