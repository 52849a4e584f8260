"""Month-end close and journals against vouchers: posted, balanced, without gaps, on the right side."""

from __future__ import annotations

import pytest
from tests.asking import ask
from tests.packs.accounting.office import Row, balance, entry, line, returned, voucher
from tests.packs.checks import subjects

seed = pytest.mark.seed
VOUCHER, ENTRY, BALANCE = "accounting.voucher", "accounting.entry", "accounting.account_balance"
CASH, BANK = "accounting.cash_journal", "accounting.bank_journal"


def both(number: str, amount: object, **more: object) -> list[Row]:
    """A payment of the amount in double entry."""
    return [entry(number, "513", amount, None, **more), entry(number, "101", None, amount, **more)]


@seed("S9-13")
def test_every_voucher_is_posted_before_the_close() -> None:
    rows = {
        VOUCHER: [
            voucher("posted"),
            voucher("missing"),
            returned("returned"),
            voucher("not-begun", voucher_on="2023-02-04"),
            voucher("elsewhere", division="东渡村"),
            voucher("again", voucher_on="2023-01-20"),
            voucher("later", voucher_on="2023-01-30"),
        ],
        ENTRY: [
            *both("posted", 3000),
            # The same number in another month is another voucher; a later day of the month is the same.
            *both("again", 3000, entered_on="2022-12-20"),
            *both("later", 3000, entered_on="2023-01-31"),
        ],
    }
    found = ask("accounting.voucher-not-posted", rows)
    assert [(one.subject_id, one.because) for one in found] == [
        ("again", "石桥村凭证again（3,000元）已入账，2023年1月的分录中没有"),
        ("missing", "石桥村凭证missing（3,000元）已入账，2023年1月的分录中没有"),
    ]


@seed("S9-13", "S9-42")
def test_every_entry_rests_on_a_voucher() -> None:
    rows = {
        VOUCHER: [voucher("posted"), returned("returned")],
        ENTRY: [
            *both("posted", 3000),
            *both("returned", 3000),
            *both("missing", 700, summary="购空调"),
            *both("carried", 900, summary="结转本月收入"),
            *both("depreciation", 90, summary="计提折旧"),
            *both("no-register", 5, entered_on="2023-02-04"),
        ],
    }
    (found,) = ask("accounting.entry-without-voucher", rows)
    assert (found.subject_id, str(found.amount)) == ("missing", "700.00")


@seed("S9-13", "S9-42")
def test_entries_are_of_the_amount_of_their_voucher() -> None:
    rows = {
        VOUCHER: [
            voucher("same"),
            voucher("differs"),
            voucher("parts", amount=1000),
            voucher("parts", amount=2000),
            voucher("income", direction="收入"),
            voucher("reversal", amount=-50),
        ],
        ENTRY: [
            *both("same", 3000),
            *both("differs", "2999.99"),
            *both("parts", 3000),
            *both("income", 3000),
            *both("reversal", 50),
        ],
    }
    (found,) = ask("accounting.entry-differs-from-voucher", rows)
    assert found.because == "石桥村凭证differs金额3,000元，分录2,999.99元，相差0.01元"


@seed("S9-13")
def test_a_trial_balance_has_two_equal_sides() -> None:
    rows = {
        BALANCE: [
            balance("101", "2023-01", 0, 100, 40, 60),
            balance("102", "2023-01", 0, 0, 60, -60),
            # Sub-accounts stand beside their main account and count once.
            balance("10201", "2023-01", 0, 0, 60, -60),
            balance("101", "2023-02", 0, 100, "99.99", 0),
            balance("101", "2023-03", 0, None, None, 0),
        ]
    }
    (found,) = ask("accounting.trial-balance-differs", rows)
    assert found.because == "石桥村2023年2月科目余额表借方合计100元，贷方合计99.99元，相差0.01元"


@seed("S9-13")
def test_entries_explain_what_an_account_moved() -> None:
    rows = {
        BALANCE: [
            balance("513", "2023-01", 0, 100, 0, 100),
            balance("51301", "2023-01", 0, 60, 0, 60),
            balance("101", "2023-01", 500, 0, "99.5", 400),
            balance("151", "2023-01", 500, None, None, 500),
            balance("102", "2023-01", 500, 7, 0, 507),
            balance("101", "2023-02", 400, 9, 0, 409),
        ],
        ENTRY: [
            entry("1", "51301", 60, None),
            entry("1", "51302", 40, None),
            entry("1", "101", None, 100),
        ],
    }
    code = "accounting.balance-differs-from-entries"
    assert subjects(code, rows) == ["101", "102"]
    found = ask(code, rows)[0]
    assert found.because == "石桥村2023年1月科目101（空）借0元、贷99.50元，分录合计借0元、贷100元"
    assert str(found.amount) == "0.50"


@seed("S9-13", "S9-22")
def test_no_month_is_left_out() -> None:
    rows = {
        BALANCE: [
            balance("101", "2023-01", 0, 0, 0, 0),
            balance("102", "2023-01", 0, 0, 0, 0),
            balance("101", "2023-02", 0, 0, 0, 0),
            balance("101", "2023-05", 0, 0, 0, 0),
            balance("101", "2023-09", 0, 0, 0, 0) | {"division": "东渡村"},
        ],
        VOUCHER: [
            voucher("1", voucher_on="2023-03-04"),
            voucher("2", voucher_on="2023-06-04"),
            voucher("3", voucher_on="2023-06-05"),
            returned("4", voucher_on="2023-07-05"),
            voucher("5", voucher_on="2023-08-31"),
            voucher("6", voucher_on="2023-09-01", division="东渡村"),
        ],
    }
    (gap,) = ask("accounting.period-missing", rows)
    assert gap.because == "石桥村科目余额表在2023年2月与2023年5月之间缺2个月"
    code = "accounting.month-not-closed"
    found = ask(code, rows, as_of="2023-08-30")
    assert [one.because for one in found] == ["石桥村2023年6月有凭证2张，没有结账，最近结账到2023年5月"]
    assert len(ask(code, rows, as_of="2023-08-31")) == 2


@seed("S9-13")
def test_earmarked_money_is_never_below_zero() -> None:
    def left(title: str | None, closing: object, month: str = "2023-01") -> Row:
        return balance("24101", month, 0, 0, 0, closing) | {"account_title": title}

    rows = {
        BALANCE: [
            left("专项应付款-道路", "-0.01"),
            left("专项应付款-道路", -50, "2023-02"),
            left("一事一议资金", 0),
            left("应付款", -9),
            left(None, -9),
            left("专项应付款-路灯", None),
        ]
    }
    (found,) = ask("accounting.earmark-overdrawn", rows)
    assert found.because == (
        "石桥村专项应付款-道路（24101）2023年1月至2023年2月期末余额最低-50元，支出超过了收到的专款"
    )


@seed("S9-42", "S9-47")
def test_income_and_spending_stand_on_their_own_side() -> None:
    rows = {
        VOUCHER: [
            voucher("right"),
            voucher("wrong"),
            voucher("income-wrong", direction="收入"),
            voucher("reversal", amount=-30),
            voucher("differs"),
            voucher("unknown", direction=None),
            returned("returned"),
        ],
        BANK: [
            line("right", 0, expense=3000),
            line("wrong", 0, income=3000),
            line("reversal", 0, income=30),
            line("differs", 0, income=2999),
            line("unknown", 0, income=3000),
            line("returned", 0, income=3000),
        ],
        CASH: [line("income-wrong", 0, expense=3000)],
    }
    found = ask("accounting.journal-wrong-side", rows)
    assert [one.because for one in found] == [
        "石桥村凭证income-wrong是收入3,000元，日记账登在相反的一方",
        "石桥村凭证wrong是支出3,000元，日记账登在相反的一方",
    ]
