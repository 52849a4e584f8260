"""Vouchers: five haves and one not, numbers, invoices, large payments."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.accounting.office import Row, accountant, returned, voucher
from tests.packs.checks import subjects

LEDGER = "accounting.voucher"
seed = pytest.mark.seed


@pytest.mark.parametrize(
    ("code", "column"),
    [
        pytest.param("no-handler", "handler", marks=seed("S9-36", "S9-40")),
        pytest.param("no-use", "use", marks=seed("S9-37", "S9-40")),
        pytest.param("no-review", "reviewer", marks=seed("S9-38", "S9-40")),
        pytest.param("no-approval", "approver", marks=seed("S9-39", "S9-40")),
    ],
)
def test_one_of_the_five_is_lacking(code: str, column: str) -> None:
    rows = [
        voucher("001", **{column: None}),
        voucher("002", **{column: "  "}),
        voucher("003", **{column: None}, direction="收入"),
        voucher("004", **{column: None}, state=None),
        voucher("005"),
        returned("006", **{column: None}),
        voucher("007", **{column: None}, state="作废"),
        voucher("008", **{column: "宣传费"}),
    ]
    assert subjects(f"accounting.{code}", {LEDGER: rows}) == ["001", "002", "003", "004"]
    fields = {LEDGER: [c for c in rows[0] if c != column]}
    assert outcome(f"accounting.{code}", {LEDGER: rows}, fields=fields).status == "no-ledger"


@seed("S9-35", "S9-40")
def test_spending_needs_a_regular_invoice() -> None:
    rows = [
        voucher("001", invoice_no=None),
        voucher("002", invoice_kind="白条", invoice_no="白条"),
        voucher("003", invoice_kind="白条"),
        voucher("004", invoice_no=None, direction=None),
        voucher("005"),
        voucher("006", invoice_no=None, direction="收入", invoice_kind="统一收据"),
        returned("007", invoice_no=None),
        voucher("008", invoice_kind=None),
    ]
    code = "accounting.no-invoice"
    assert subjects(code, {LEDGER: rows}) == ["001", "002", "003", "004"]
    found = ask(code, {LEDGER: rows})[1]
    assert found.because == "石桥村凭证002支出3,000元，票据种类：白条，票据号码：白条"
    assert str(found.amount) == "3000.00"


def test_the_same_number_in_two_villages_is_two_vouchers() -> None:
    rows = [voucher("记-001", use=None), voucher("记-001", use=None, division="东渡村")]
    assert len(ask("accounting.no-use", {LEDGER: rows})) == 2


@seed("S9-33", "S9-38", "S9-39")
def test_reviewer_and_approver_are_two_people() -> None:
    rows = [
        voucher("001", reviewer="卢海志"),
        voucher("002", handler="卢凤"),
        voucher("003", reviewer=None, approver=None),
        returned("004", reviewer="卢海志"),
    ]
    assert subjects("accounting.reviewer-is-approver", {LEDGER: rows}) == ["001"]


@seed("S9-33")
def test_the_centre_approves_no_spending() -> None:
    rows = {
        LEDGER: [
            voucher("001", approver="刘英"),
            voucher("002", approver="尹海"),
            voucher("003", reviewer="刘英"),
            voucher("004", approver="刘英", direction="收入"),
            voucher("005", approver="沈琳"),
        ],
        "accounting.accountant": [
            accountant("刘英"),
            accountant("尹海", "资金会计", until="2023-01-03"),
            accountant("沈琳", "报账员"),
        ],
    }
    assert subjects("accounting.centre-approves", rows) == ["001"]


@seed("S9-24", "S9-41")
def test_large_payments_need_the_stationed_cadre() -> None:
    rows = {
        LEDGER: [
            voucher("001", amount="10000.01"),
            voucher("002", amount=10000),
            voucher("003", amount=20000, cadre_opinion="用途属实 蒋健"),
            voucher("004", amount=20000, direction="收入"),
            returned("005", amount=20000),
            voucher("006", amount=6000, division="东渡村"),
        ]
    }
    code = "accounting.large-payment-no-cadre"
    limits = [{"value": 10000}, {"value": 5000, "division": "东渡村"}]
    assert subjects(code, rows, parameters={"accounting.large_payment": limits}) == ["001", "006"]
    assert outcome(code, rows).missing == ("accounting.large_payment",)


@seed("S9-35", "S9-42")
def test_an_invoice_is_paid_once() -> None:
    rows = [
        voucher("001", invoice_no="18541806"),
        voucher("002", invoice_no="18541806", division="东渡村"),
        voucher("003", invoice_no="18541807"),
        voucher("004", invoice_no="18541808"),
        voucher("004", invoice_no="18541808", account_title="办公用品"),
        voucher("005", invoice_no="18541809"),
        returned("006", invoice_no="18541809"),
        voucher("007", invoice_no="18541810"),
        voucher("008", invoice_no="18541810", invoice_kind="财政票据"),
        voucher("009", invoice_no=None),
        voucher("010", invoice_no=None),
        voucher("011", invoice_no="0046001", direction="收入"),
        voucher("012", invoice_no="0046001", direction="收入"),
    ]
    (found,) = ask("accounting.invoice-used-twice", {LEDGER: rows})
    assert (found.subject_id, found.key, found.rows) == ("001", "18541806", 2)
    assert found.because == "票据18541806用于2张凭证：001、002，合计6,000元"


def numbers(*texts: str, **more: Any) -> list[Row]:
    """Vouchers with these numbers in January."""
    return [voucher(text, invoice_no=f"A{i}", **more) for i, text in enumerate(texts)]


@seed("S9-53")
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (["SQ2301-001", "SQ2301-002", "SQ2301-004"], ["SQ2301-003"]),
        (["SQ2301-009", "SQ2301-010", "SQ2301-008"], ["SQ2301-001"]),
        (["SQ2301-001", "SQ2301-002", "SQ2302-001", "SQ2302-003"], ["SQ2302-002"]),
        (["记-9", "记-10", "记-12"], ["记-11"]),
        (["记字第7号", "记字第9号"], []),
        (["SQ2301-001", "SQ2301-001", "SQ2301-002"], []),
        (["SQ2301-001", "SQ2301-004"], ["SQ2301-002"]),
    ],
)
def test_voucher_numbers_run_on(given: list[str], missing: list[str]) -> None:
    assert subjects("accounting.voucher-number-gap", {LEDGER: numbers(*given)}) == missing


@seed("S9-53")
def test_series_of_other_villages_and_months_are_their_own() -> None:
    rows = [
        *numbers("记-1", "记-2"),
        *numbers("记-4", division="东渡村"),
        *numbers("记-6", "记-7", voucher_on="2023-02-03"),
        *numbers("SQ2301-001", "SQ2301-003", voucher_on="2023-02-03"),
    ]
    (found,) = ask("accounting.voucher-number-gap", {LEDGER: rows})
    assert found.because == "石桥村缺凭证SQ2301-002至SQ2301-002（1张），其后为SQ2301-003"
