"""Registration: one register of five insurances, numbers declared against rosters and details."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask
from tests.packs.insurance.people import MAN, MAN_2, MAN_3, MAN_4, MILL, SHOP, WOMAN, WOMAN_2, subjects


@pytest.mark.seed("S10-29", "S10-43")
def test_a_unit_with_fewer_insured_than_workers_is_found() -> None:
    units = [
        {"unit": "甲厂", "employees": 100, "insured": 99},
        {"unit": "乙厂", "employees": 100, "insured": 100},
        {"unit": "丙厂", "employees": None, "insured": 5},
        {"unit": "丁厂", "employees": 10, "insured": 0, "status": "注销"},
    ]
    found = ask("insurance.unit-insures-fewer", {"insurance.insured_unit": units})
    assert subjects(found) == {"甲厂"}
    assert "少1人" in found[0].because


@pytest.mark.seed("S10-43", "S10-69")
def test_declared_numbers_are_held_against_the_roster_of_the_month() -> None:
    roster = [
        {"employer": MILL, "person": MAN, "name": "甲", "joined_on": "2020-01-01"},
        {"employer": MILL, "person": MAN_2, "name": "乙", "joined_on": "2020-01-01"},
        {"employer": MILL, "person": MAN_3, "name": "丙", "joined_on": "2023-06-05"},
        {"employer": MILL, "person": MAN_4, "name": "丁", "left_on": "2023-06-20"},
        {"employer": SHOP, "person": WOMAN, "name": "戊", "joined_on": "2020-01-01"},
        {"employer": SHOP, "person": WOMAN_2, "name": "己", "note": "退休返聘"},
    ]
    declared = [
        {"unit": MILL, "month": "2023-06", "declared_number": 1},
        {"unit": MILL, "month": "2023-05", "declared_number": 3},
        {"unit": SHOP, "month": "2023-06", "declared_number": 1},
        {"unit": SHOP, "month": "2023-07", "declared_number": None},
    ]
    tables = {"insurance.unit_collection": declared, "registry.employment": roster}
    found = ask("insurance.declared-fewer-than-roster", tables)
    assert subjects(found) == {MILL}
    assert "申报参保1人，花名册在职2人" in found[0].because


@pytest.mark.seed("S10-36", "S10-43", "S10-44", "S10-69")
def test_declared_numbers_and_bases_are_held_against_the_detail() -> None:
    def paid(unit: str, person: str, base: int, **more: Any) -> dict[str, Any]:
        return {"unit": unit, "person": person, "month": "2023-06", "base": base} | more

    detail = [
        paid("甲厂", MAN, 5000),
        paid("甲厂", MAN_2, 5000),
        paid("乙厂", MAN_3, 5000, kind="养老"),
        paid("乙厂", MAN_3, 5000, kind="医疗"),
        paid("丙厂", MAN_4, 5000),
    ]
    declared = [
        {"unit": "甲厂", "month": "2023-06", "declared_number": 3, "declared_base": 10000},
        {"unit": "乙厂", "month": "2023-06", "declared_number": 1, "declared_base": 5000},
        {"unit": "丙厂", "month": "2023-06", "declared_number": 1, "declared_base": 5001},
        {"unit": "丁厂", "month": "2023-06", "declared_number": 9, "declared_base": 5001},
        {"unit": "丙厂", "month": "2023-07", "declared_number": None, "declared_base": None},
    ]
    tables = {"insurance.unit_collection": declared, "insurance.contribution": detail}
    assert subjects(ask("insurance.declared-differs-from-detail", tables)) == {"甲厂", "丙厂"}


@pytest.mark.seed("S10-15", "S10-34", "S10-69")
def test_someone_who_contributes_without_registration_is_found() -> None:
    tables = {
        "insurance.contribution": [
            {"unit": MILL, "person": MAN, "name": "甲", "month": "2023-01", "base": 5000},
            {"unit": MILL, "person": MAN_2, "name": "乙", "month": "2023-01", "base": 5000},
        ],
        "insurance.participation": [{"unit": SHOP, "person": MAN_2}],
    }
    assert subjects(ask("insurance.not-registered", tables)) == {MAN}


@pytest.mark.seed("S10-15", "S10-34")
def test_a_worker_without_all_five_insurances_is_found() -> None:
    five = dict.fromkeys(("pension", "unemployment", "medical", "work_injury", "maternity"), True)

    def registered(person: str, **more: Any) -> dict[str, Any]:
        return {"person": person, "name": "甲", "unit": MILL, "identity": "单位职工"} | five | more

    rows = [
        registered(MAN, maternity=False, work_injury=False),
        registered(MAN_2),
        registered(MAN_3, maternity=None),
        registered(MAN_4, identity="灵活就业", work_injury=False),
        registered(WOMAN, maternity=False, status="停保"),
    ]
    found = ask("insurance.not-all-five", {"insurance.participation": rows})
    assert subjects(found) == {MAN}
    assert "未参加工伤生育保险" in found[0].because


@pytest.mark.seed("S10-15", "S10-69")
def test_the_dead_leave_the_register_by_the_month_after() -> None:
    tables = {
        "insurance.participation": [
            {"person": MAN, "name": "甲", "status": "正常"},
            {"person": MAN_2, "name": "乙", "status": "终止"},
            {"person": MAN_3, "name": "丙", "stopped_on": "2023-06-30"},
            {"person": MAN_4, "name": "丁", "status": None},
        ],
        "registry.death": [
            {"person": MAN, "died_on": "2023-11-30"},
            {"person": MAN_2, "died_on": "2023-06-01"},
            {"person": MAN_3, "died_on": "2023-06-01"},
            {"person": MAN_4, "died_on": "2023-12-02"},
        ],
    }
    assert subjects(ask("insurance.registered-after-death", tables)) == {MAN}


@pytest.mark.seed("S10-15", "S10-34")
def test_registration_is_once_for_all_five() -> None:
    rows = [
        {"person": MAN, "name": "甲", "unit": MILL},
        {"person": MAN, "name": "甲", "unit": SHOP},
        {"person": MAN_2, "name": "乙", "unit": MILL, "stopped_on": "2023-05-31"},
        {"person": MAN_2, "name": "乙", "unit": SHOP},
        {"person": MAN_3, "name": "丙", "unit": MILL, "kinds": "养老"},
        {"person": MAN_3, "name": "丙", "unit": MILL, "kinds": "医疗"},
        {"person": MAN_4, "name": "丁", "unit": MILL},
        {"person": MAN_4, "name": "丁", "unit": None},
        {"person": WOMAN, "name": "戊", "unit": MILL, "status": "终止"},
        {"person": WOMAN, "name": "戊", "unit": SHOP},
    ]
    assert subjects(ask("insurance.registered-twice", {"insurance.participation": rows})) == {MAN}


@pytest.mark.seed("S10-35", "S10-36", "S10-37", "S10-38")
def test_the_five_insurances_go_together_from_declaration_to_settlement() -> None:
    def one(unit: str, kind: str | None, **more: Any) -> dict[str, Any]:
        row = {
            "unit": unit,
            "kind": kind,
            "month": "2023-06",
            "declared_number": 10,
            "declared_base": 50000,
            "declared_on": "2023-06-05",
            "collected_on": "2023-06-20",
        }
        return row | more

    rows = [
        one("甲厂", "养老"),
        one("甲厂", "医疗", declared_base=48000),
        one("乙厂", "养老"),
        one("乙厂", "医疗"),
        one("丙厂", "养老"),
        one("丙厂", "医疗", collected_on="2023-06-25"),
        one("丁厂", "养老"),
        one("丁厂", "医疗", declared_number=None, declared_on=None),
        one("戊厂", None),
        one("戊厂", None, declared_number=9),
        one("己厂", "养老"),
        one("己厂", "养老", month="2023-07", declared_on="2023-07-05", collected_on="2023-07-20"),
    ]
    found = ask("insurance.not-unified", {"insurance.unit_collection": rows})
    assert subjects(found) == {"甲厂", "丙厂"}
