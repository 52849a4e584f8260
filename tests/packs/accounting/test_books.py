"""Journals and books: balances carry on, entries balance, journals agree with vouchers."""

from __future__ import annotations

import pytest
from tests.asking import ask
from tests.packs.accounting.office import Row, balance, entry, line, returned, voucher
from tests.packs.checks import subjects

seed = pytest.mark.seed
CASH, BANK, VOUCHER = "accounting.cash_journal", "accounting.bank_journal", "accounting.voucher"


@seed("S9-13", "S9-42")
def test_the_balance_follows_from_the_line_above() -> None:
    rows = {
        CASH: [
            line(None, 4000, summary="上年结转"),
            line("1", 3880, expense=120),
            line("2", 3880, income=500, expense=500),
            line("3", 3900, expense=100),
            line("4", 3800, expense=100),
            line("east-1", 100, division="东渡村"),
            line("east-2", 90, division="东渡村", expense=10),
            line("5", 3800),
        ]
    }
    (found,) = ask("accounting.cash-journal-break", rows)
    assert found.subject_id == "3"
    assert found.because == (
        "石桥村现金日记账2023年1月10日凭证3（（空））余额3,900元，按上行应为3,780元，相差120元"
    )
    assert str(found.amount) == "120.00"


@seed("S9-13", "S9-42")
def test_each_bank_account_has_its_own_thread() -> None:
    rows = {
        BANK: [
            line(None, 1000, account="A"),
            line(None, 50, account="B"),
            line("1", 900, account="A", expense=100),
            line("2", 60, account="B", income=10),
            line("3", 61, account="B", income=10),
            line(None, 5, account=None),
            line(None, 15, account=None, income=10),
        ]
    }
    (found,) = ask("accounting.bank-journal-break", rows)
    assert (found.subject_id, found.key) == ("3", "B 2023-01-10")


@seed("S9-13")
def test_cash_is_never_below_zero() -> None:
    rows = {CASH: [line("1", "-0.01"), line("2", 0, entered_on="2023-01-11"), line("3", 5)]}
    assert [f.because for f in ask("accounting.negative-cash", rows)] == [
        "石桥村现金日记账2023年1月10日余额-0.01元"
    ]


@seed("S9-42")
def test_journals_agree_with_vouchers() -> None:
    rows: dict[str, list[Row]] = {
        VOUCHER: [
            voucher("same"),
            voucher("differs"),
            voucher("parts"),
            voucher("missing"),
            voucher("income-missing", direction="收入"),
            returned("returned"),
            voucher("elsewhere", division="东渡村"),
        ],
        CASH: [
            line("same", 0, expense=3000),
            line("parts", 0, expense=1000),
            line("提现1", 0, income=5000, summary="提现备用"),
            line(None, 0, summary="上年结转"),
        ],
        BANK: [
            line("differs", 0, expense=2999),
            line("parts", 0, expense=2000),
            line("unknown", 0, income=600, summary="代收赞助费"),
            line("unknown-elsewhere", 0, income=600, division="北岭村"),
        ],
    }
    (found,) = ask("accounting.journal-differs-from-voucher", rows)
    assert found.because == "石桥村凭证differs金额3,000元，日记账登记2,999元，相差1元"
    assert subjects("accounting.journal-without-voucher", rows) == ["unknown"]
    assert subjects("accounting.voucher-not-journaled", rows) == ["missing"]


@seed("S9-42")
def test_what_is_taken_back_with_red_ink_agrees() -> None:
    rows: dict[str, list[Row]] = {
        VOUCHER: [
            voucher("red", amount=-3000),
            voucher("other-side", amount=-3000),
            voucher("no-direction", amount=-3000, direction=None),
            voucher("income-back", amount=-800, direction="收入"),
            voucher("part-red", amount=2000),
            voucher("paid-again", amount=-3000),
            voucher("too-little", amount=-3000),
            voucher("unknown", amount=None),
        ],
        BANK: [
            line("red", 0, expense=-3000),
            line("other-side", 0, income=3000),
            line("no-direction", 0, income=3000),
            line("income-back", 0, expense=800),
            line("part-red", 0, expense=2600),
            line("part-red", 0, expense=-600),
            line("paid-again", 0, expense=3000),
            line("too-little", 0, income=2999),
            line("unknown", 0, expense=3000),
        ],
    }
    code = "accounting.journal-differs-from-voucher"
    assert subjects(code, rows) == ["paid-again", "too-little"]
    assert subjects("accounting.journal-wrong-side", rows) == ["paid-again"]


@seed("S9-13")
def test_entries_balance() -> None:
    rows = {
        "accounting.entry": [
            entry("off", "513", 100, None),
            entry("off", "101", None, "99.99"),
            entry("one-to-many", "101", 100, None),
            entry("one-to-many", "101", None, 60),
            entry("one-to-many", "101", None, 40),
            entry("restarts", "101", 10, 10),
            entry("restarts", "101", 10, None, entered_on="2023-02-04"),
        ]
    }
    assert subjects("accounting.entry-unbalanced", rows) == ["off", "restarts"]


@seed("S9-13")
def test_balances_roll_from_month_to_month() -> None:
    rows = {
        "accounting.account_balance": [
            balance("asset", "2023-01", 100, 50, 20, 130),
            balance("asset", "2023-02", 130, 0, None, 130),
            balance("debt", "2023-01", 100, 50, 20, 70),
            balance("debt", "2023-02", 71, 0, 0, 71),
            balance("wrong", "2023-01", 100, 50, 20, 131),
            balance("unknown", "2023-01", 100, 50, 20, None),
            balance("unknown", "2023-02", 5, 0, 0, 5),
        ]
    }
    assert subjects("accounting.balance-does-not-roll", rows) == ["wrong"]
    (found,) = ask("accounting.opening-differs-from-closing", rows)
    assert (found.subject_id, str(found.amount)) == ("debt", "1.00")
