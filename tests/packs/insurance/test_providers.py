"""Designated providers: evaluation, grades, plans, samples, workload."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.insurance.people import MAN, by_subject, subjects


def provider(name: str, **more: Any) -> dict[str, Any]:
    """A hospital with an agreement since 2020."""
    return {"provider": name, "kind": "医院", "agreed_on": "2020-01-01", "grade": "A级"} | more


@pytest.mark.seed("S10-12", "S10-59")
def test_providers_are_evaluated_by_indicators_each_year() -> None:
    def evaluated(name: str, year: int | None, **more: Any) -> dict[str, Any]:
        return {"provider": name, "year": year, "indicator_system": "两定点考核办法"} | more

    tables = {
        "insurance.provider": [
            provider("一院"),
            provider("二院"),
            provider("三院"),
            provider("四院", agreed_on="2023-06-01"),
            provider("五院", agreed_until="2023-06-01"),
            provider("六院"),
            provider("七院", agreed_on=None),
        ],
        "insurance.provider_evaluation": [
            evaluated("二院", 2023),
            evaluated("三院", 2022),
            evaluated("六院", None, evaluated_on="2023-11-11"),
            evaluated("七院", 2023, indicator_system=None),
        ],
    }
    assert subjects(ask("insurance.provider-not-evaluated", tables)) == {"一院", "三院", "七院"}
    # In the middle of 2024 the evaluation of 2023 still counts.
    half_year = ask("insurance.provider-not-evaluated", tables, as_of="2024-06-30")
    assert subjects(half_year) == {"一院", "三院", "七院"}
    next_year = ask("insurance.provider-not-evaluated", tables, as_of="2024-12-31")
    assert subjects(next_year) == {"一院", "二院", "三院", "四院", "六院", "七院"}


@pytest.mark.seed("S10-59")
def test_an_evaluation_without_indicators_is_found() -> None:
    rows = [
        {"provider": "一院", "year": 2023, "indicator_system": None},
        {"provider": "二院", "year": 2023, "indicator_system": "考核办法"},
    ]
    found = ask("insurance.evaluation-without-indicators", {"insurance.provider_evaluation": rows})
    assert subjects(found) == {"一院"}


@pytest.mark.seed("S10-77")
def test_providers_have_a_grade_in_the_register_or_in_an_evaluation() -> None:
    tables = {
        "insurance.provider": [
            provider("一院", grade=None),
            provider("二院"),
            provider("三院", grade=" "),
            provider("四院", grade=None, agreed_until="2022-12-31"),
        ],
        "insurance.provider_evaluation": [{"provider": "三院", "year": 2023, "grade": "B级"}],
    }
    assert subjects(ask("insurance.provider-not-graded", tables)) == {"一院"}


@pytest.mark.seed("S10-12", "S10-56", "S10-78")
def test_stays_outside_the_agreements_are_found() -> None:
    def stay(hospital: str | None, day: str = "2023-05-01") -> dict[str, Any]:
        return {"person": MAN, "hospital": hospital, "admitted_on": day, "fund": 100}

    tables = {
        "insurance.inpatient_stay": [
            stay("一院"),
            stay("游医院"),
            stay("游医院"),
            stay("二院", "2023-06-30"),
            stay("二院", "2023-07-01"),
            stay(None),
        ],
        "insurance.provider": [provider("一院", agreed_on=None), provider("二院", agreed_until="2023-06-30")],
    }
    found = by_subject(ask("insurance.stay-at-undesignated", tables))
    assert {name: f.rows for name, f in found.items()} == {"游医院": 2, "二院": 1}


@pytest.mark.seed("S10-58")
def test_a_year_supervised_without_a_plan_is_found() -> None:
    def supervised(day: str) -> dict[str, Any]:
        return {"supervised_on": day, "provider": "一院", "division": "望河街道"}

    tables = {
        "insurance.supervision": [
            supervised("2022-05-01"),
            supervised("2023-05-01"),
            supervised("2023-06-01"),
        ],
        "insurance.supervision_plan": [{"title": "2022年监管计划", "approved_on": "2022-01-10"}],
    }
    found = ask("insurance.supervision-without-plan", tables)
    assert [(f.key, f.rows) for f in found] == [("2023", 2)]
    # No ledger of plans at all: then no year has one.
    del tables["insurance.supervision_plan"]
    assert {f.key for f in ask("insurance.supervision-without-plan", tables)} == {"2022", "2023"}


@pytest.mark.seed("S10-58")
def test_a_plan_names_indicators_and_method() -> None:
    rows = [
        {"title": "甲", "year": 2023, "indicators": "次均费用", "method": None},
        {"title": "乙", "year": 2023, "indicators": "", "method": "抽样"},
        {"title": "丙", "year": 2023, "indicators": "次均费用", "method": "抽样"},
    ]
    assert subjects(ask("insurance.plan-incomplete", {"insurance.supervision_plan": rows})) == {"甲", "乙"}


def supervised(number: str, **more: Any) -> dict[str, Any]:
    """A supervision by sample with all that S10-76 asks for."""
    row = {
        "supervision_no": number,
        "supervised_on": "2023-05-01",
        "provider": "一院",
        "method": "抽样监管",
        "sampling": "随机",
        "sample_size": 30,
        "problems": 0,
    }
    return row | more


@pytest.mark.seed("S10-60", "S10-76")
def test_a_sample_records_method_size_and_findings() -> None:
    rows = [
        supervised("1", sampling=None),
        supervised("2", sample_size=None),
        supervised("3", problems=None),
        supervised("4"),
        supervised("5", problems=None, findings="未发现问题"),
        supervised("6", method="现场检查", sampling=None, sample_size=None),
        supervised("7", method=None, sampling=None),
    ]
    assert subjects(ask("insurance.sample-incomplete", {"insurance.supervision": rows})) == {"1", "2", "3"}


@pytest.mark.seed("S10-76", "S10-88")
def test_problems_found_name_the_rule_broken() -> None:
    rows = [
        supervised("1", problems=2),
        supervised("2", problems=2, broken_rule="医保协议第八条"),
        supervised("3"),
        supervised("4", problems=None),
    ]
    assert subjects(ask("insurance.supervision-rule-missing", {"insurance.supervision": rows})) == {"1"}


@pytest.mark.seed("S10-08", "S10-57", "S10-85")
def test_supervision_with_three_persons_for_a_huge_workload_is_found() -> None:
    def section(name: str, staff: int | None, workload: int | None, **more: Any) -> dict[str, Any]:
        return {
            "office": "市社保中心",
            "section": name,
            "staff": staff,
            "workload": workload,
            "year": 2023,
        } | more

    rows = [section("医疗保险监管科", 3, 3001), section("征缴科", 1, 999999)]
    parameters = {"insurance.supervision_workload_per_person": 1000}
    found = ask("insurance.supervision-workload", {"insurance.section": rows}, parameters=parameters)
    assert [f.subject_name for f in found] == ["医疗保险监管科"]
    near = [section("医疗保险监管科", 3, 3000), section("监管二科", 3, None)]
    assert not ask("insurance.supervision-workload", {"insurance.section": near}, parameters=parameters)
    nobody = [section("综合科", None, 5, function="医保监管与稽核")]
    assert ask("insurance.supervision-workload", {"insurance.section": nobody}, parameters=parameters)
    assert outcome("insurance.supervision-workload", {"insurance.section": rows}).status == "no-parameter"
