"""The money's way: accounts, receipts, deposits, month-end reports."""

from __future__ import annotations

import pytest
from tests.asking import ask, outcome
from tests.packs.accounting.office import Row, account, line, receipt, report, voucher
from tests.packs.checks import subjects

seed = pytest.mark.seed
RECEIPT = "accounting.receipt"
ACCOUNT = "accounting.bank_account"
BANK = "accounting.bank_journal"


@seed("S9-44", "S9-50")
def test_journals_run_on_registered_accounts_only() -> None:
    rows = {
        BANK: [
            line("1", 0, account="9977", income=6000),
            line("2", 0, account="9977", expense=2400),
            line("3", 0, account="990017", income=1),
            line("4", 0, account=None, income=1),
        ],
        ACCOUNT: [account("990017")],
    }
    (found,) = ask("accounting.off-book-account", rows)
    assert found.because == "石桥村银行日记账有未登记账号9977，2笔往来"
    assert (found.subject_id, str(found.amount)) == ("9977", "8400.00")


@seed("S9-45", "S9-50", "S9-44")
def test_public_money_stays_in_public_accounts() -> None:
    rows = {
        RECEIPT: [
            receipt("person", account_holder="侯红", account="9955"),
            receipt("person-without-number", account_holder="欧阳明华", account=None),
            receipt("special", account_holder="石桥村股份经济合作社(专用)", account="990018"),
            receipt("registered-short-name", account_holder="石桥村", account="990017"),
            receipt("other-body", account_holder="供销合作社", account="9944"),
            receipt("unknown", account_holder=None, account=None),
            receipt("number-only", account_holder=None, account="9933"),
        ],
        ACCOUNT: [account("990017"), account("990018"), account("9955", holder="侯红")],
    }
    private = "accounting.public-money-private"
    assert subjects(private, rows) == ["person", "person-without-number"]
    assert "侯红" not in ask(private, rows)[0].say(masked=True)
    assert subjects("accounting.deposit-outside-accounts", rows) == ["number-only", "other-body"]
    assert subjects("accounting.account-held-by-person", rows) == ["9955"]


@seed("S9-16", "S9-46", "S9-50")
def test_receipts_of_the_ranges_given_to_the_village() -> None:
    rows = {
        RECEIPT: [
            receipt("0018001"),
            receipt("0018100"),
            receipt("18050"),
            receipt("0018101"),
            receipt("0018050", kind="普通三联收据"),
            receipt("0018051", kind=None),
            receipt("0018052", division="东渡村"),
            receipt("0018053", division=None),
            receipt("自制一号"),
        ],
        "accounting.receipt_book": [
            {
                "first_no": "0018001",
                "last_no": "0018100",
                "kind": "农村集体经济组织统一收据",
                "division": "石桥村",
            }
        ],
    }
    found = subjects("accounting.receipt-out-of-range", rows)
    assert found == ["0018050", "0018052", "0018101", "自制一号"]


@seed("S9-46")
def test_one_receipt_number_for_one_payment() -> None:
    rows = {
        RECEIPT: [
            receipt("twice"),
            receipt("twice", received_on="2023-06-08"),
            receipt("instalments", deposited=1000),
            receipt("instalments", deposited=1000, deposited_on="2023-05-10"),
            receipt("elsewhere"),
            receipt("elsewhere", division="东渡村", amount=1),
        ]
    }
    assert subjects("accounting.receipt-used-twice", rows) == ["twice"]


@seed("S9-47")
def test_income_is_deposited_in_full() -> None:
    rows = {
        RECEIPT: [
            receipt("short", deposited="1999.99", note="抵付误工费"),
            receipt("full"),
            receipt("two-parts", deposited=1500),
            receipt("two-parts", deposited=500, deposited_on="2023-05-12"),
            receipt("nothing", deposited=None, deposited_on=None),
        ]
    }
    (found,) = ask("accounting.spend-from-income", rows)
    assert found.subject_id == "short"
    assert found.because == "石桥村收据short收款2,000元，缴存1,999.99元，0.01元未缴（备注：抵付误工费）"


@seed("S9-47", "S9-50")
def test_income_is_deposited_in_time() -> None:
    late = {"deposited": None, "deposited_on": None}
    rows = {
        RECEIPT: [
            receipt("never", **late),
            receipt("eight-days", received_on="2023-12-23", **late),
            receipt("seven-days", received_on="2023-12-24", **late),
            receipt("amount-without-day", deposited_on=None),
            receipt("late", deposited_on="2023-05-16"),
            receipt("last-day", deposited_on="2023-05-15"),
        ]
    }
    given = {"accounting.deposit_days": 7}
    code = "accounting.income-not-deposited"
    assert subjects(code, rows, parameters=given) == ["eight-days", "never"]
    assert outcome(code, rows).missing == ("accounting.deposit_days",)
    assert subjects("accounting.income-deposited-late", rows, parameters=given) == ["late"]


def reported(months: list[str], village: str) -> list[Row]:
    """Reports of a village for these months."""
    return [report(month, division=village) for month in months]


@seed("S9-22", "S9-50")
def test_every_village_reports_every_month() -> None:
    rows = {
        "accounting.month_end_report": [
            *reported(["2023-01", "2023-03"], "石桥村"),
            *reported(["2023-01", "2023-02", "2023-03"], "东渡村"),
            *reported(["2023-02", "2023-03"], "新来村"),
        ]
    }
    code = "accounting.month-end-missed"
    (found,) = ask(code, rows, as_of="2023-03-31")
    assert (found.subject_id, found.key) == ("石桥村", "2023-02-01")
    assert found.because == "石桥村2023年2月没有报账记录（当月凭证0张）"
    rows["accounting.month_end_report"] += reported(["2023-04"], "东渡村")
    assert subjects(code, rows, as_of="2023-04-29") == ["石桥村"]
    assert subjects(code, rows, as_of="2023-04-30") == ["新来村", "石桥村", "石桥村"]
    rows["accounting.voucher"] = [voucher("1", voucher_on="2023-01-05", division="望河镇新来村")]
    assert ask(code, rows, as_of="2023-03-31")[0].because == "新来村2023年1月没有报账记录（当月凭证1张）"


@seed("S9-22")
def test_reports_by_the_end_of_the_month() -> None:
    rows = {
        "accounting.month_end_report": [
            report("2023-01", reported_on="2023-02-01"),
            report("2023-02", reported_on="2023-02-28"),
            report("2023-06", reported_on="2023-06-30"),
            report("2023-12", reported_on="2024-01-03"),
            report("2023-07", reported_on=None),
        ]
    }
    code = "accounting.month-end-late"
    keys = [f.key for f in ask(code, rows, parameters={"accounting.report_days": 0}, as_of="2024-02-01")]
    assert keys == ["2023-01-01", "2023-12-01"]
    later = ask(code, rows, parameters={"accounting.report_days": 2}, as_of="2024-02-01")
    assert [f.because for f in later] == ["石桥村2023年12月的账于2024年1月3日才报，迟3天"]
