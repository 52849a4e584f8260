"""What petitions say against the ledgers of other packs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.integrity.office import Row, petition

PETITION, UNIT, HAZARD = "integrity.petition", "safety.unit", "safety.hazard"
seed = pytest.mark.seed


@seed("S3-14", "S7-47")
def test_dangers_that_people_report_are_on_the_list() -> None:
    def told(number: str, content: str, received: str = "2023-05-04") -> Row:
        return petition(number, received, content=content)

    rows = {
        PETITION: [
            told("nobody", "香饭店疏散通道堵塞"),
            told("closed-before", "福饭店燃气软管老化"),
            told("open-then", "和饭店燃气软管老化"),
            told("found-later", "味饭店漏电"),
            told("no-unit", "楼道里漏电"),
            told("unlisted-unit", "某某铺子漏电"),
            told("noise", "香饭店油烟扰民"),
            told("recent", "香饭店疏散通道堵塞", "2023-12-28"),
            told("blank", ""),
        ],
        UNIT: [
            {"unit_no": str(n), "unit": name}
            for n, name in enumerate(("香饭店", "福饭店", "和饭店", "味饭店"))
        ]
        + [{"unit_no": "9", "unit": "铺"}],
        HAZARD: [
            {"hazard_no": "1", "unit": "福饭店", "found_on": "2023-02-01", "done_on": "2023-03-01"},
            {"hazard_no": "2", "unit": "望河和饭店", "found_on": "2023-02-01", "done_on": "2023-05-04"},
            {"hazard_no": "3", "unit": "味饭店", "found_on": "2023-05-09", "done_on": "2023-05-09"},
            {"hazard_no": "4", "unit": None, "found_on": "2023-05-09"},
        ],
    }
    code = "integrity.petition-hazard-not-listed"
    assert subjects(code, rows, as_of="2023-12-29") == ["closed-before", "nobody"]
    found = ask(code, rows)[1]
    assert found.because == (
        "nobody来信“香饭店疏散通道堵塞”2023年5月4日受理，隐患台账中香饭店没有未整改或其后发现的隐患"
    )
    missing = outcome(code, {PETITION: rows[PETITION], UNIT: rows[UNIT]})
    assert (missing.status, missing.missing) == ("no-ledger", (HAZARD,))


@seed("S3-14", "S3-39")
def test_who_asks_about_the_allowance_was_paid_short() -> None:
    phone = "19000000001"

    def asks(number: str, content: str = "低保金少了", **more: object) -> Row:
        return petition(number, "2023-05-04", content=content, **{"name": "李婷", "phone": phone, **more})

    def paid(certificate: str, month: str, due: object, amount: object) -> Row:
        return {"certificate": certificate, "month": month, "due": due, "paid": amount}

    def member(certificate: str, name: str) -> Row:
        return {"certificate": certificate, "name": name, "person": name, "phone": phone}

    rows = {
        PETITION: [
            asks("right"),
            asks("made-up", name="王芳"),
            asks("later-month", name="张明"),
            asks("other-phone", phone="19000000002"),
            asks("no-phone", phone=None),
            asks("noise", "噪声"),
        ],
        "assistance.recipient": [member("DB1", "李婷"), member("DB2", "王芳"), member("DB3", "张明")],
        "assistance.payment": [
            paid("DB1", "2023-02", 930, 900),
            paid("DB1", "2023-03", 930, 900),
            paid("DB1", "2023-04", 930, 930),
            paid("DB2", "2023-03", 930, 900),
            paid("DB2", "2023-03", None, 30),
            paid("DB3", "2023-06", 930, 900),
            paid("DB3", "2023-05", None, None),
        ],
    }
    code = "integrity.petition-short-payment"
    (found,) = ask(code, rows)
    assert (found.subject_id, found.amount) == ("right", Decimal("60.00"))
    assert "19000000001" not in found.say(masked=False)
    assert outcome(code, {PETITION: rows[PETITION]}).missing == ("assistance.recipient", "assistance.payment")
    no_phone = {"assistance.recipient": ["certificate", "name", "person"]}
    assert outcome(code, rows, fields=no_phone).status == "no-ledger"
