"""Second review of payments, compliance audit, complaints."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.insurance.people import by_subject, subjects


def payment(number: str, **more: Any) -> dict[str, Any]:
    """A reviewed payment of a benefit."""
    row = {
        "payment_no": number,
        "kind": "医疗",
        "benefit": "住院报销",
        "name": "张三",
        "amount": "1200.00",
        "paid_on": "2023-05-10",
        "documents": "发票、费用清单、病历",
        "handler": "甲",
        "reviewer": "乙",
        "reviewed_on": "2023-05-10",
    }
    return row | more


@pytest.mark.seed("S10-15", "S10-30")
def test_a_payment_says_from_which_fund_it_is() -> None:
    rows = [
        payment("1", kind=None),
        payment("2", kind=" "),
        payment("3"),
        payment("4", kind=None, paid_on=None),
    ]
    code = "insurance.benefit-without-kind"
    found = ask(code, {"insurance.benefit_payment": rows})
    assert subjects(found) == {"1", "2"}
    assert found[0].because == (
        "张三的待遇（住院报销）1,200元于2023年5月10日支付，没有写明险种，不知从哪项基金列支"
    )
    without = [name for name in payment("1") if name != "kind"]
    asked = outcome(code, {"insurance.benefit_payment": rows}, fields={"insurance.benefit_payment": without})
    assert asked.status == "no-ledger"


@pytest.mark.seed("S10-30", "S10-45", "S10-46")
def test_payments_without_review_or_before_it_are_found() -> None:
    rows = [
        payment("1", reviewer=None, reviewed_on=None),
        payment("2", reviewer=" "),
        payment("3", reviewed_on="2023-05-11", kind="养老"),
        payment("4"),
        payment("5", reviewer=None, paid_on=None),
        payment("6", reviewed_on=None),
    ]
    found = ask("insurance.benefit-not-reviewed", {"insurance.benefit_payment": rows})
    assert subjects(found) == {"1", "2", "3"}
    assert found[0].amount == Decimal("1200.00")


@pytest.mark.seed("S10-45", "S10-46", "S10-68")
def test_a_review_by_the_handler_is_none() -> None:
    rows = [payment("1", reviewer="甲"), payment("2"), payment("3", handler=None, reviewer=None)]
    found = ask("insurance.benefit-reviewed-by-handler", {"insurance.benefit_payment": rows})
    assert subjects(found) == {"1"}


@pytest.mark.seed("S10-30", "S10-45", "S10-46")
def test_payments_name_the_documents_reviewed() -> None:
    rows = [payment("1", documents=None), payment("2", documents="  "), payment("3")]
    found = ask("insurance.benefit-without-documents", {"insurance.benefit_payment": rows})
    assert subjects(found) == {"1", "2"}


@pytest.mark.seed("S10-88")
def test_a_problem_found_in_review_names_the_rule_broken() -> None:
    rows = [
        payment("1", problem="发票重复"),
        payment("2", problem="发票重复", broken_rule="社会保险法第八十八条"),
        payment("3", problem="无"),
        payment("4"),
    ]
    found = ask("insurance.review-rule-missing", {"insurance.benefit_payment": rows})
    assert subjects(found) == {"1"}


def audit(number: str, **more: Any) -> dict[str, Any]:
    """An audit of a unit's contributions that found nothing."""
    row = {
        "audit_no": number,
        "audited_on": "2023-06-01",
        "scope": "缴费",
        "unit": f"单位{number}",
        "declared_number": 10,
        "verified_number": 10,
        "declared_base": 50000,
        "verified_base": 50000,
    }
    return row | more


@pytest.mark.seed("S10-43", "S10-44", "S10-60")
def test_numbers_and_bases_declared_too_low_are_found_until_made_good() -> None:
    rows = [
        audit("1", verified_number=12, amount="5000.00", recovered="1000.00"),
        audit("2", verified_base=60000, amount=None),
        audit("3", verified_number=12, amount=5000, recovered=5000),
        audit("4"),
        audit("5", verified_number=None, verified_base=None),
        audit("6", verified_number=9),
        audit("7", verified_number=12, closed_on="2023-07-01"),
    ]
    found = by_subject(ask("insurance.audit-found-fewer", {"insurance.audit": rows}))
    assert set(found) == {"单位1", "单位2"}
    assert found["单位1"].amount == Decimal("4000.00")


@pytest.mark.seed("S10-60", "S10-73", "S10-74")
def test_what_an_audit_found_and_did_not_come_in_is_listed() -> None:
    rows = [
        audit("1", amount="5000.00", recovered="4999.99"),
        audit("2", amount=5000, recovered=5000),
        audit("3", amount=None, recovered=None),
        audit("4", scope="待遇", amount="300.00", recovered=None),
    ]
    found = by_subject(ask("insurance.audit-amount-open", {"insurance.audit": rows}))
    assert {number: f.amount for number, f in found.items()} == {"1": Decimal("0.01"), "4": Decimal("300.00")}


@pytest.mark.seed("S10-43", "S10-44", "S10-60")
def test_an_audit_that_verified_nothing_stays_on_the_surface() -> None:
    nothing = {"verified_number": None, "verified_base": None}
    rows = [
        audit("1", **nothing),
        audit("2", **nothing, scope="待遇"),
        audit("3", **nothing, problem="少报3人"),
        audit("4", verified_base=None),
        audit("5", **nothing, scope=None),
    ]
    assert subjects(ask("insurance.audit-on-surface", {"insurance.audit": rows})) == {"1", "5"}


@pytest.mark.seed("S10-60", "S10-74")
def test_a_year_that_audits_one_side_only_is_found() -> None:
    def of(year: int, scope: str | None, division: str) -> dict[str, Any]:
        return audit(f"{division}{year}", audited_on=f"{year}-06-01", scope=scope, division=division)

    rows = [
        of(2023, "缴费", "云溪社区"),
        of(2023, "缴费", "云溪社区"),
        of(2023, None, "云溪社区"),
        of(2023, "缴费", "柳岸社区"),
        of(2023, "待遇", "柳岸社区"),
        of(2024, "待遇", "柳岸社区"),
    ]
    found = ask("insurance.audit-one-sided", {"insurance.audit": rows}, as_of="2024-06-30")
    assert [(f.subject_id, f.key, f.rows) for f in found] == [("云溪社区", "2023", 2)]
    later = ask("insurance.audit-one-sided", {"insurance.audit": rows}, as_of="2024-12-31")
    assert [(f.subject_id, f.key) for f in later] == [("云溪社区", "2023"), ("柳岸社区", "2024")]


@pytest.mark.seed("S10-60", "S10-74", "S10-85")
def test_coverage_below_the_floor_lists_the_units_not_audited() -> None:
    units = [{"unit": f"单位{i}", "division": "云溪社区"} for i in range(1, 5)]
    units += [{"unit": f"单位{i}", "division": "柳岸社区"} for i in range(5, 9)]
    units += [{"unit": "单位9", "division": "云溪社区", "status": "注销"}]
    audits = [
        audit("1"),
        audit("2", audited_on="2022-12-31"),
        audit("5"),
        audit("6"),
    ]
    tables = {"insurance.insured_unit": units, "insurance.audit": audits}
    parameters = {"insurance.audit_coverage_floor": "0.5"}
    found = by_subject(ask("insurance.audit-coverage-low", tables, parameters=parameters))
    assert set(found) == {"云溪社区"}
    assert found["云溪社区"].rows == 3
    assert "参保单位4家，本年稽核1家" in found["云溪社区"].because


@pytest.mark.seed("S10-88")
def test_a_problem_found_in_an_audit_names_the_rule_broken() -> None:
    rows = [
        audit("1", problems=2),
        audit("2", problem="少报人数"),
        audit("3", problems=2, broken_rule="社会保险法第六十条"),
        audit("4", problems=0),
        audit("5", problem="未发现问题"),
        audit("6"),
    ]
    assert subjects(ask("insurance.broken-rule-missing", {"insurance.audit": rows})) == {"1", "2"}


def complaint(number: str, **more: Any) -> dict[str, Any]:
    """A complaint, investigated and closed."""
    row = {
        "complaint_no": number,
        "received_on": "2023-03-01",
        "accused": "某药店",
        "investigated_on": "2023-03-10",
        "handled_on": "2023-03-20",
        "outcome": "属实，追回",
    }
    return row | more


@pytest.mark.seed("S10-31", "S10-47")
def test_complaints_are_investigated_before_they_are_closed() -> None:
    rows = [
        complaint("1", investigated_on=None),
        complaint("2", investigated_on="2023-03-21"),
        complaint("3", investigated_on="2023-03-20"),
        complaint("4", investigated_on=None, findings="经查属实"),
        complaint("5", investigated_on=None, handled_on=None),
    ]
    found = ask("insurance.complaint-without-investigation", {"insurance.complaint": rows})
    assert subjects(found) == {"1", "2"}


@pytest.mark.seed("S10-31", "S10-47")
def test_complaints_open_beyond_the_days_are_found() -> None:
    rows = [
        complaint("1", handled_on="2023-05-01"),
        complaint("2", handled_on="2023-04-30"),
        complaint("3", handled_on=None),
        complaint("4", received_on="2023-12-01", handled_on=None),
    ]
    parameters = {"insurance.complaint_days": 60}
    found = ask("insurance.complaint-open", {"insurance.complaint": rows}, parameters=parameters)
    assert subjects(found) == {"1", "3"}


@pytest.mark.seed("S10-31", "S10-47")
def test_closed_complaints_have_an_outcome() -> None:
    rows = [complaint("1", outcome=""), complaint("2"), complaint("3", outcome=None, handled_on=None)]
    assert subjects(ask("insurance.complaint-without-outcome", {"insurance.complaint": rows})) == {"1"}
