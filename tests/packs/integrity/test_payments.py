"""Vouchers of villages and communities against what was decided."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.integrity.office import decided, item, voucher

FUND, VOUCHER = "integrity.fund_item", "accounting.voucher"
seed = pytest.mark.seed


@seed("S3-29", "S3-30")
def test_no_voucher_pays_before_the_meeting() -> None:
    rows = {
        FUND: [
            decided("early", 30000, purpose="背街小巷清扫"),
            decided("same-day", 30000, purpose="路灯维修", payee="灯具厂"),
            decided("other-matter", 30000, purpose="绿化养护", payee="花木场"),
            item("undecided", 3000, purpose="印刷", payee="印刷厂"),
            decided("short", 30000, purpose="水", payee="水厂"),
        ],
        VOUCHER: [
            voucher("P1", voucher_on="2023-06-09", use="清扫"),
            voucher("P2", voucher_on="2023-06-10", use="路灯维修", payee="灯具厂"),
            voucher("P3", voucher_on="2023-06-01", use="盆花", payee="花木场"),
            voucher("P4", voucher_on="2023-06-01", use="印刷", payee="印刷厂"),
            voucher("P5", voucher_on="2023-06-01", use="清扫", state="退回补充"),
            voucher("P6", voucher_on="2023-06-01", use="清扫", direction="收入"),
            voucher("P7", voucher_on="2023-06-01", use="水费", payee="水厂"),
            voucher("P8", voucher_on="2023-06-01", use=None),
            voucher("P9", voucher_on="2023-06-01", use="清扫", payee=None),
        ],
    }
    code = "integrity.voucher-before-decision"
    (found,) = ask(code, rows)
    assert found.because == (
        "early“背街小巷清扫”2023年6月10日开会决定（主办〔2023〕5号），云溪社区凭证P1已于2023年6月9日付建工程队30,000元"
    )
    assert found.amount == Decimal("30000.00")
    assert outcome(code, {FUND: rows[FUND]}).missing == (VOUCHER,)


@seed("S3-29", "S3-53")
def test_vouchers_add_up_to_no_more_than_was_decided() -> None:
    rows = {
        FUND: [
            decided("over", 30000, purpose="背街小巷清扫"),
            decided("instalments", 30000, purpose="路灯维修", payee="灯具厂"),
            decided("first-half", 15000, purpose="保洁", payee="保洁社"),
            decided("second-half", 15000, purpose="保洁", payee="保洁社"),
            decided("long-ago", 3000, purpose="油印", payee="印刷厂"),
        ],
        VOUCHER: [
            voucher("P1", 20000, use="背街小巷清扫"),
            voucher("P2", 12000, use="背街小巷清扫尾款"),
            voucher("P3", 20000, use="路灯维修", payee="灯具厂"),
            voucher("P4", 10000, use="路灯维修", payee="灯具厂"),
            voucher("P5", 15000, use="保洁", payee="保洁社"),
            voucher("P6", 15000, use="保洁", payee="保洁社"),
            voucher("P7", 9000, use="油印", payee="印刷厂", voucher_on="2022-11-05"),
        ],
    }
    code = "integrity.voucher-exceeds-decision"
    (found,) = ask(code, rows)
    assert found.because == "“背街小巷清扫”（over）决定30,000元，凭证P1、P2共付建工程队32,000元，超2,000元"
    assert found.amount == Decimal("2000.00")
    assert subjects(code, {**rows, VOUCHER: rows[VOUCHER][2:]}) == []
    assert outcome(code, {FUND: rows[FUND]}).missing == (VOUCHER,)
