"""The pack's numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests import asking
from tests.packs.insurance.office import PARAMETERS, ROWS
from tests.packs.insurance.people import MAN, MAN_2, MAN_3, MILL

from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import Evaluation, IndicatorValue, evaluate

TODAY = dt.date(2023, 12, 31)
Rows = dict[str, list[dict[str, Any]]]


def answers(rows: Rows, codes: list[str], folder: Path) -> dict[str, Evaluation]:
    """What became of these indicators, by the code without the pack."""
    engine = asking.engine("duckdb", folder)
    try:
        made = asking.snapshot(rows, folder / "snapshot")
        chosen = [indicators()[f"insurance.{code}"] for code in codes]
        found = evaluate(engine, made, chosen, asking.with_values(PARAMETERS), TODAY)
    finally:
        engine.close()
    assert [(e.indicator.code, e.error) for e in found if e.status == "failed"] == []
    return {e.indicator.code.removeprefix("insurance."): e for e in found}


def values(rows: Rows, code: str, folder: Path) -> dict[tuple[str, str], Decimal | None]:
    """The values of one indicator by division and period."""
    return {(v.division, v.period): v.value for v in figures(rows, code, folder)}


def figures(rows: Rows, code: str, folder: Path) -> list[IndicatorValue]:
    """The full values of one indicator."""
    evaluation = answers(rows, [code], folder)[code]
    assert evaluation.status == "asked", (evaluation.status, evaluation.missing)
    return evaluation.values


def test_every_indicator_has_a_value_in_the_small_office(tmp_path: Path) -> None:
    codes = [c.removeprefix("insurance.") for c in indicators() if c.startswith("insurance.")]
    found = answers(ROWS, codes, tmp_path)
    assert {code: e.status for code, e in found.items() if e.status != "asked" or not e.values} == {}


@pytest.mark.seed("S10-67", "S10-81")
def test_the_error_rate_aims_at_zero(tmp_path: Path) -> None:
    rows: Rows = {
        "insurance.handling": [
            {"case_no": "1", "accepted_on": "2023-01-01", "finished_on": "2023-01-05", "errors": 2},
            {"case_no": "2", "accepted_on": "2023-01-01", "finished_on": "2023-01-05", "errors": 0},
            {"case_no": "3", "accepted_on": "2023-01-01", "finished_on": "2023-01-05", "errors": None},
            {"case_no": "4", "accepted_on": "2023-01-01", "finished_on": None, "errors": 1},
            {"case_no": "5", "accepted_on": "2022-01-01", "finished_on": "2022-01-05", "errors": 0},
        ]
    }
    found = {v.period: (v.value, v.met) for v in figures(rows, "error-rate", tmp_path / "1")}
    assert found == {"2022": (Decimal("0.00"), True), "2023": (Decimal("33.33"), False)}
    assert values(rows, "errors-recorded", tmp_path / "2") == {
        ("", "2022"): Decimal(0),
        ("", "2023"): Decimal(3),
    }


@pytest.mark.seed("S10-73", "S10-82")
def test_the_collection_rate_does_not_set_one_units_surplus_against_anothers_debt(tmp_path: Path) -> None:
    def month(unit: str, due: Any, collected: Any) -> dict[str, Any]:
        return {"unit": unit, "month": "2023-05", "due": due, "collected": collected}

    rows: Rows = {
        "insurance.unit_collection": [
            month("甲", 1000, 1500),
            month("乙", 1000, 500),
            month("丙", 1000, None),
            month("丁", None, 900),
        ]
    }
    assert values(rows, "collection-rate", tmp_path / "1") == {("", "2023"): Decimal("50.00")}
    detail: Rows = {
        "insurance.contribution": [
            {"person": MAN, "month": "2023-05", "base": 5000, "due": 1000, "paid": 1000},
            {"person": MAN_2, "month": "2023-05", "base": 5000, "due": 1000, "paid": "999.99"},
        ]
    }
    (value,) = figures(detail, "personal-collection-rate", tmp_path / "2")
    assert (value.value, value.met) == (Decimal("100.00"), True)
    assert (value.numerator, value.denominator) == (Decimal("1999.99"), Decimal(2000))


@pytest.mark.seed("S10-29")
def test_insured_persons_are_counted_once_a_month(tmp_path: Path) -> None:
    rows: Rows = {
        "insurance.contribution": [
            {"person": MAN, "month": "2023-05", "base": 5000, "kind": "养老"},
            {"person": MAN, "month": "2023-05", "base": 5000, "kind": "医疗"},
            {"person": MAN_2, "month": "2023-05", "base": 5000},
            {"person": MAN_2, "month": "2023-06", "base": 5000},
        ]
    }
    assert values(rows, "insured-persons", tmp_path) == {
        ("", "2023-05"): Decimal(2),
        ("", "2023-06"): Decimal(1),
    }


@pytest.mark.seed("S10-83", "S10-84")
def test_time_materials_and_expense_are_told_per_business_item(tmp_path: Path) -> None:
    def case(number: str, item: str, finished: str | None, **more: Any) -> dict[str, Any]:
        return {"case_no": number, "item": item, "accepted_on": "2023-05-01", "finished_on": finished} | more

    rows: Rows = {
        "insurance.handling": [
            case("1", "退休审批", "2023-05-06", materials=4, expense="10.00"),
            case("2", "退休审批", "2023-05-09", materials=5, expense="11.25"),
            case("3", "退休审批", None, materials=None, expense=None),
            case("4", "参保登记", "2023-05-01", materials=1),
            case("5", "参保登记", "2023-04-01"),
        ]
    }
    assert values(rows, "handling-days", tmp_path / "1") == {
        ("", "2023 退休审批"): Decimal("6.50"),
        ("", "2023 参保登记"): Decimal("0.00"),
    }
    assert values(rows, "materials-per-case", tmp_path / "2")[("", "2023 退休审批")] == Decimal("4.50")
    assert values(rows, "expense-per-case", tmp_path / "3") == {("", "2023 退休审批"): Decimal("10.63")}
    lists: Rows = {
        "insurance.item_material": [
            {"office": "宿城", "item": "退休审批", "material": "身份证"},
            {"office": "宿城", "item": "退休审批", "material": "档案"},
            {"office": "泗阳", "item": "退休审批", "material": "身份证"},
            {"office": "泗阳", "item": "退休审批", "material": "身份证"},
        ]
    }
    assert values(lists, "materials-per-item", tmp_path / "4") == {("", "退休审批"): Decimal("1.50")}


@pytest.mark.seed("S10-60", "S10-74", "S10-85")
def test_audit_coverage_is_shown_for_contributions_and_for_benefits(tmp_path: Path) -> None:
    rows: Rows = {
        "insurance.insured_unit": [
            {"unit": "甲"},
            {"unit": "乙"},
            {"unit": "丙"},
            {"unit": "丁"},
            {"unit": "戊", "status": "注销"},
        ],
        "insurance.pension_payment": [
            {"person": MAN, "month": "2023-01", "amount": 2000},
            {"person": MAN, "month": "2023-02", "amount": 2000},
            {"person": MAN_2, "month": "2023-01", "amount": 2000},
            {"person": MAN_3, "month": "2022-01", "amount": 2000},
        ],
        "insurance.audit": [
            {"audited_on": "2023-05-01", "scope": "缴费", "unit": "甲", "problems": 3},
            {"audited_on": "2023-06-01", "scope": "缴费", "unit": "甲", "problems": None},
            {"audited_on": "2022-06-01", "scope": "缴费", "unit": "乙", "problems": 0},
            {"audited_on": "2023-06-01", "scope": "待遇", "unit": "丙", "person": MAN, "problems": 0},
        ],
    }
    assert values(rows, "audit-coverage-contributions", tmp_path / "1") == {("", "2023"): Decimal("25.00")}
    assert values(rows, "audit-coverage-benefits", tmp_path / "2") == {("", "2023"): Decimal("50.00")}
    assert values(rows, "findings-per-audit", tmp_path / "3") == {
        ("", "2022"): Decimal("0.00"),
        ("", "2023"): Decimal("1.00"),
    }


@pytest.mark.seed("S10-14", "S10-85")
def test_workload_per_person_is_shown_by_section(tmp_path: Path) -> None:
    rows: Rows = {
        "insurance.section": [
            {"office": "宿城", "section": "稽核科", "staff": 2, "workload": 4001},
            {"office": "宿城", "section": "监管科", "staff": 0, "workload": 10},
            {"office": "宿城", "section": "财务科", "staff": 3, "workload": None},
        ]
    }
    found = values(rows, "workload-per-person", tmp_path)
    # Work and nobody to do it has no number per person; the rule on overloaded sections says so.
    assert found == {("宿城", "稽核科"): Decimal("2000.50"), ("宿城", "监管科"): None}


@pytest.mark.seed("S10-79", "S10-80")
def test_handbooks_are_compared_by_their_steps(tmp_path: Path) -> None:
    steps = [{"handbook": "2008年版", "item": "甲", "step": f"环节{i}"} for i in range(873)]
    steps += [{"handbook": "2009年版", "item": "甲", "step": f"环节{i}"} for i in range(311)]
    rows: Rows = {"insurance.process_step": steps}
    assert values(rows, "handbook-steps", tmp_path / "1") == {
        ("", "2008年版"): Decimal(873),
        ("", "2009年版"): Decimal(311),
    }
    assert values(rows, "handbook-steps-against-reference", tmp_path / "2") == {
        ("", "2008年版"): Decimal("291.00"),
        ("", "2009年版"): Decimal("103.67"),
    }
    assert values(rows, "steps-per-item", tmp_path / "3") == {("", "甲"): Decimal(1184)}


@pytest.mark.seed("S10-65")
def test_new_retirees_are_counted_by_year(tmp_path: Path) -> None:
    rows: Rows = {
        "registry.retirement": [
            {"person": MAN, "name": "甲", "retired_on": "2022-05-01", "former_employer": MILL},
            {"person": MAN_2, "name": "乙", "retired_on": "2023-05-01"},
            {"person": MAN_3, "name": "丙", "retired_on": None},
        ]
    }
    assert values(rows, "new-retirees", tmp_path) == {("", "2022"): Decimal(1), ("", "2023"): Decimal(1)}


@pytest.mark.seed("S10-59", "S10-76", "S10-77")
def test_evaluation_grades_and_samples_of_providers(tmp_path: Path) -> None:
    rows: Rows = {
        "insurance.provider": [
            {"provider": "一院", "grade": "A级"},
            {"provider": "二院", "grade": "B级"},
            {"provider": "三院", "grade": None},
            {"provider": "四院", "grade": "B级", "agreed_until": "2022-12-31"},
        ],
        "insurance.provider_evaluation": [
            {"provider": "一院", "year": 2023, "indicator_system": "考核办法"},
            {"provider": "二院", "year": 2023, "indicator_system": None},
            {"provider": "三院", "year": 2022, "indicator_system": "考核办法"},
        ],
        "insurance.supervision": [
            {
                "provider": "二院",
                "supervised_on": "2023-05-01",
                "method": "抽样监管",
                "population": 200,
                "sample_size": 30,
            },
            {
                "provider": "二院",
                "supervised_on": "2023-06-01",
                "method": "抽样监管",
                "population": None,
                "sample_size": 9,
            },
            {
                "provider": "二院",
                "supervised_on": "2022-06-01",
                "method": "现场检查",
                "population": 10,
                "sample_size": 9,
            },
        ],
    }
    assert values(rows, "providers-evaluated", tmp_path / "1") == {("", "2023"): Decimal("33.33")}
    assert values(rows, "supervision-by-grade", tmp_path / "2") == {
        ("", "A级"): Decimal("0.00"),
        ("", "B级"): Decimal("1.00"),
        ("", "未定等级"): Decimal("0.00"),
    }
    assert values(rows, "sample-share", tmp_path / "3") == {("", "2023"): Decimal("15.00")}
