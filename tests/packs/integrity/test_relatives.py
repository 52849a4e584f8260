"""Declared relatives against every ledger in which they are paid; an absent one stops its own rule only."""

from __future__ import annotations

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.integrity.office import Row, declared, item, voucher

FUND, DECLARED = "integrity.fund_item", "integrity.relative_declaration"
seed = pytest.mark.seed


@seed("S3-41")
def test_payees_that_relatives_run() -> None:
    rows = {
        FUND: [
            item("by-name", payee="河畔 商行"),
            item("by-code", payee="改名商行", payee_code="91X"),
            item("similar", payee="河畔商行二店"),
            item("unknown", payee=None),
        ],
        DECLARED: [declared("河畔商行"), declared("旧名商行", "91X")],
    }
    code = "integrity.payee-is-relative"
    assert subjects(code, rows) == ["by-code", "by-name"]
    assert "袁伟" not in ask(code, rows)[0].say(masked=True)


@seed("S3-38")
def test_vouchers_of_villages_that_pay_relatives() -> None:
    rows = {
        DECLARED: [declared("河畔商行"), declared("；", None)],
        "accounting.voucher": [
            voucher("paid", payee="河畔商行", use="茶叶"),
            voucher("brackets", payee="河畔（商行）"),
            voucher("similar", payee="河畔商行二店"),
            voucher("income", payee="河畔商行", direction="收入"),
            voucher("returned", payee="河畔商行", state="退回补充"),
            voucher("cancelled", payee="河畔商行", state="作废"),
            voucher("unknown", payee=None),
            voucher("signs", payee="、"),
        ],
    }
    code = "integrity.relative-paid-by-voucher"
    assert subjects(code, rows) == ["brackets", "paid"]
    found = {f.subject_id: f for f in ask(code, rows)}["paid"]
    assert found.because == "云溪社区凭证paid“茶叶”30,000元付河畔商行，该单位由袁伟的弟经营（本人申报）"
    assert "袁伟" not in found.say(masked=True)
    absent = outcome(code, {DECLARED: rows[DECLARED]})
    assert (absent.status, absent.missing) == ("no-ledger", ("accounting.voucher",))


@seed("S4-50")
def test_cultural_projects_that_buy_from_relatives() -> None:
    def spending(project: str, amount: int, payee: str | None) -> Row:
        return {"project_no": project, "amount": amount, "payee": payee, "spent_on": "2023-05-06"}

    rows = {
        DECLARED: [declared("河畔商行")],
        "culture.spending": [
            spending("W1", 300, "河畔商行"),
            spending("W1", 500, "河畔商行 "),
            spending("W2", 500, "河畔书店"),
            spending("W3", 500, None),
        ],
    }
    code = "integrity.relative-paid-by-project"
    (found,) = ask(code, rows)
    assert found.because == "项目W1向河畔商行、河畔商行 支出2笔共800元，该单位由袁伟的弟经营（本人申报）"
    assert outcome(code, {DECLARED: rows[DECLARED]}).missing == ("culture.spending",)


@seed("S3-39")
def test_relatives_on_dibao() -> None:
    def member(certificate: str, person: str, **more: object) -> Row:
        return {
            "certificate": certificate,
            "person": person,
            "name": "袁强",
            "start_month": "2022-03",
            **more,
        }

    rows = {
        DECLARED: [declared("河畔商行", person="9001"), declared("旧商行", person="9001"), declared("甲店")],
        "assistance.recipient": [
            member("now", "9001"),
            member("stopped", "9001", stop_month="2023-12"),
            member("namesake", "9002"),
        ],
    }
    code = "integrity.relative-on-dibao"
    (found,) = ask(code, rows)
    assert (found.subject_id, found.key, found.rows) == ("9001", "now", 1)
    assert found.say(masked=True) == "now成员袁*是袁*的弟（本人申报），自2022年3月享受低保"
    assert outcome(code, {DECLARED: rows[DECLARED]}).missing == ("assistance.recipient",)


@seed("S3-50")
def test_relatives_with_loans() -> None:
    def loan(number: str, person: str, **more: object) -> Row:
        return {"loan_no": number, "person": person, "name": "袁强", "amount": 20000, **more}

    rows = {
        DECLARED: [declared("河畔商行", person="9001")],
        "microcredit.loan": [
            loan("owing", "9001", outstanding=100),
            loan("unsaid", "9001"),
            loan("repaid", "9001", outstanding=0),
            loan("settled", "9001", settled_on="2023-05-01"),
            loan("namesake", "9002"),
        ],
    }
    code = "integrity.relative-has-loan"
    assert [f.key for f in ask(code, rows)] == ["owing", "unsaid"]
    assert outcome(code, {DECLARED: rows[DECLARED]}).missing == ("microcredit.loan",)
