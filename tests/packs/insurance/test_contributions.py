"""Contributions: bases against floor, cap and wage; two employers; workers left out; amounts due."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.insurance.people import (
    MAN,
    MAN_2,
    MAN_3,
    MAN_4,
    MILL,
    MILL_CODE,
    OLD_MAN,
    OLD_WOMAN,
    PARAMETERS,
    SHOP,
    SHOP_CODE,
    WOMAN,
    WOMAN_2,
    by_subject,
    subjects,
)


def paid(person: str, month: str = "2023-03", **more: Any) -> dict[str, Any]:
    """A contribution of the mill for one of its workers."""
    row = {
        "unit": MILL,
        "credit_code": MILL_CODE,
        "person": person,
        "name": "张三",
        "month": month,
        "base": 5000,
        "identity": "单位职工",
        "total": 1810,
    }
    return row | more


def worker(person: str, **more: Any) -> dict[str, Any]:
    """A worker on the mill's roster."""
    row = {
        "employer": MILL,
        "person": person,
        "name": "张三",
        "joined_on": "2020-05-01",
        "worker_no": "QY01-1",
    }
    return row | more


@pytest.mark.seed("S10-29", "S10-44", "S10-73")
def test_a_base_below_the_floor_is_found_and_one_at_the_floor_is_not() -> None:
    rows = [
        paid(MAN, "2023-01", base="4070.99"),
        paid(MAN, "2023-02", base=3471),
        paid(MAN_2, base=4071),
        paid(MAN_3, base=0, total=0),
        paid(MAN_4, base=0, total=100),
    ]
    found = by_subject(
        ask("insurance.base-below-floor", {"insurance.contribution": rows}, parameters=PARAMETERS)
    )
    assert set(found) == {MAN, MAN_4}
    assert found[MAN].rows == 2
    assert found[MAN].on == dt.date(2023, 1, 1)
    assert "2023年1月至2023年2月" in found[MAN].because


@pytest.mark.seed("S10-44")
def test_the_floor_in_force_in_the_month_counts() -> None:
    floors = [{"from": "2022-07-01", "value": 3800}, {"from": "2023-07-01", "value": 4071}]
    rows = [paid(MAN, "2023-06", base=3900), paid(MAN_2, "2023-07", base=3900)]
    parameters = {"insurance.contribution_floor": floors}
    found = ask("insurance.base-below-floor", {"insurance.contribution": rows}, parameters=parameters)
    assert subjects(found) == {MAN_2}


def test_without_a_floor_the_rule_waits() -> None:
    result = outcome("insurance.base-below-floor", {"insurance.contribution": [paid(MAN)]})
    assert (result.status, result.missing) == ("no-parameter", ("insurance.contribution_floor",))


@pytest.mark.seed("S10-44")
def test_a_base_above_the_cap_is_found() -> None:
    rows = [paid(MAN, base="20355.01"), paid(MAN_2, base=20355)]
    found = ask("insurance.base-above-cap", {"insurance.contribution": rows}, parameters=PARAMETERS)
    assert subjects(found) == {MAN}


@pytest.mark.seed("S10-44", "S10-69")
def test_a_base_is_measured_by_the_wage_between_floor_and_cap() -> None:
    rows = [
        paid(MAN, base=4451),
        paid(MAN_2, base=20355),
        paid(MAN_3, base=4071),
        paid(MAN_4, base=6000),
        paid(WOMAN, base=4451, unit=SHOP, credit_code=SHOP_CODE),
        paid(WOMAN_2, base=4451, identity="灵活就业", unit="灵活就业人员", credit_code=None),
        paid(OLD_MAN, base=4451),
    ]
    roster = [
        worker(MAN, monthly_wage=7871),
        worker(MAN_2, monthly_wage=23655),
        worker(MAN_3, monthly_wage=3651),
        worker(MAN_4, monthly_wage="6000.40"),
        worker(WOMAN, monthly_wage=7871),
        worker(WOMAN_2, monthly_wage=7871),
        worker(OLD_MAN, monthly_wage=None),
    ]
    tables = {"insurance.contribution": rows, "registry.employment": roster}
    found = by_subject(ask("insurance.base-differs-from-wage", tables, parameters=PARAMETERS))
    assert set(found) == {MAN}
    assert "应按7,871元缴费，申报基数4,451元" in found[MAN].because
    assert {e.ledger for e in found[MAN].evidence} == {"insurance.contribution", "registry.employment"}


@pytest.mark.seed("S10-44")
def test_a_roster_without_the_employers_name_still_measures_the_base() -> None:
    tables = {
        "insurance.contribution": [paid(MAN, base=4451)],
        "registry.employment": [worker(MAN, monthly_wage=7871, employer=None)],
    }
    assert subjects(ask("insurance.base-differs-from-wage", tables, parameters=PARAMETERS)) == {MAN}


@pytest.mark.seed("S10-15", "S10-69")
def test_two_units_in_one_month_are_found_and_a_change_of_unit_is_not() -> None:
    rows = [
        paid(MAN, "2023-01"),
        paid(MAN, "2023-01", unit=SHOP, credit_code=SHOP_CODE),
        paid(MAN, "2023-02"),
        paid(MAN, "2023-02", unit=SHOP, credit_code=SHOP_CODE),
        # The next month another unit takes over.
        paid(MAN_2, "2023-06"),
        paid(MAN_2, "2023-07", unit=SHOP, credit_code=SHOP_CODE),
        # One unit, written in two ways, and one line for each insurance.
        paid(MAN_3, "2023-01", kind="养老"),
        paid(MAN_3, "2023-01", unit=MILL + "有限公司", kind="医疗"),
        # Alone and by a unit.
        paid(MAN_4, "2023-01"),
        paid(MAN_4, "2023-01", unit="灵活就业人员", credit_code=None, identity="灵活就业"),
        # No credit codes: the names decide.
        paid(WOMAN, "2023-01", credit_code=None),
        paid(WOMAN, "2023-01", unit=SHOP, credit_code=None),
        # A second employer that pays work injury alone.
        paid(WOMAN_2, "2023-01"),
        paid(WOMAN_2, "2023-01", unit=SHOP, credit_code=SHOP_CODE, unit_pension=0, unit_injury=20),
    ]
    found = by_subject(ask("insurance.two-employers", {"insurance.contribution": rows}))
    assert set(found) == {MAN, WOMAN}
    assert found[MAN].rows == 4
    assert MILL in found[MAN].because and SHOP in found[MAN].because


@pytest.mark.seed("S10-15")
def test_a_blank_identity_is_judged_by_code_and_unit() -> None:
    rows = [
        paid(MAN, identity=None),
        paid(MAN, identity=None, unit=SHOP, credit_code=SHOP_CODE),
        paid(MAN_2, identity=None),
        paid(MAN_2, identity=None, unit="灵活就业人员窗口", credit_code=None),
    ]
    assert subjects(ask("insurance.two-employers", {"insurance.contribution": rows})) == {MAN}


@pytest.mark.seed("S10-43", "S10-73")
def test_a_worker_without_any_contribution_is_found() -> None:
    tables = {
        "registry.employment": [
            worker(MAN),
            worker(MAN_2),
            worker(MAN_3, joined_on="2023-12-01"),
            worker(MAN_4, left_on="2023-06-30"),
            worker(WOMAN, note="退休返聘"),
            worker(WOMAN_2, joined_on=None),
            worker(OLD_MAN),
            worker(OLD_WOMAN),
        ],
        "insurance.contribution": [paid(MAN_2, "2023-12")],
    }
    found = by_subject(ask("insurance.worker-not-insured", tables))
    assert set(found) == {MAN, WOMAN_2}
    assert "QY01-1" in found[MAN].because


@pytest.mark.seed("S10-43")
def test_retirees_and_months_not_on_file_are_left_alone() -> None:
    tables = {
        "registry.employment": [
            worker(MAN, joined_on="2023-09-20"),
            worker(MAN_2),
            worker(MAN_3),
            worker(MAN_4, joined_on="2023-08-31"),
        ],
        # Only contributions up to September are on file: someone hired in September can't be judged.
        "insurance.contribution": [paid(WOMAN, "2023-09")],
        "insurance.pension_payment": [{"person": MAN_2, "month": "2023-01", "amount": 2000}],
        "registry.retirement": [{"person": MAN_3, "name": "李四"}],
    }
    assert subjects(ask("insurance.worker-not-insured", tables)) == {MAN_4}


@pytest.mark.seed("S10-43", "S10-69")
def test_a_worker_who_pays_alone_is_found() -> None:
    alone = {"identity": "灵活就业", "unit": "灵活就业人员", "credit_code": None}
    tables = {
        "registry.employment": [
            worker(MAN),
            worker(MAN_2, joined_on="2023-03-10"),
            worker(MAN_3),
            worker(MAN_4, note="非全日制"),
        ],
        "insurance.contribution": [
            paid(MAN, "2023-03", **alone),
            paid(MAN_2, "2023-02", **alone),
            paid(MAN_3, "2023-03", **alone),
            paid(MAN_3, "2023-04"),
            paid(MAN_4, "2023-03", **alone),
        ],
    }
    assert subjects(ask("insurance.worker-insured-alone", tables)) == {MAN}


@pytest.mark.seed("S10-69")
def test_contributions_for_the_dead_start_after_the_month_of_death() -> None:
    tables = {
        "insurance.contribution": [
            paid(MAN, "2023-03"),
            paid(MAN, "2023-04", total="1810.55"),
            paid(MAN, "2023-05", total="1810.55", paid="1800.00"),
            paid(MAN_2, "2023-03"),
        ],
        "registry.death": [
            {"person": MAN, "name": "张三", "died_on": "2023-03-31"},
            {"person": MAN_2, "died_on": "2023-03-01"},
        ],
    }
    found = by_subject(ask("insurance.contribution-after-death", tables))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("3610.55")


@pytest.mark.seed("S10-73")
def test_what_was_due_and_not_paid_is_listed_but_not_for_the_running_month() -> None:
    rows = [
        paid(MAN, "2023-10", due="1810.00", paid="1000.00"),
        paid(MAN, "2023-11", due="1810.00", paid=None),
        paid(MAN_2, "2023-10", due="1810.00", paid="1810.00"),
        paid(MAN_3, "2023-12", due="1810.00", paid=0),
        paid(MAN_4, "2023-10", due=None, paid=0),
    ]
    found = by_subject(ask("insurance.contribution-not-collected", {"insurance.contribution": rows}))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("2620.00")


def test_a_sheet_without_the_amount_paid_is_not_asked_what_was_not_paid() -> None:
    fields = {"insurance.contribution": ["person", "month", "base", "due"]}
    result = outcome(
        "insurance.contribution-not-collected", {"insurance.contribution": [paid(MAN, due=5)]}, fields=fields
    )
    assert result.status == "no-ledger"


@pytest.mark.seed("S10-73")
def test_units_that_paid_less_than_due_are_listed_after_the_period() -> None:
    def month(unit: str, **more: Any) -> dict[str, Any]:
        return {"unit": unit, "month": "2023-11", "due": "9000.00", "collected": "8000.50"} | more

    rows = [
        month("甲厂"),
        month("乙厂", collected="9000.00"),
        month("丙厂", month="2023-12"),
        month("丁厂", month="2023-12", due_on="2023-12-15"),
        month("戊厂", due_on="2023-12-31"),
        month("己厂", due=None),
    ]
    found = by_subject(ask("insurance.unit-not-collected", {"insurance.unit_collection": rows}))
    assert set(found) == {"甲厂", "丁厂"}
    assert found["甲厂"].amount == Decimal("999.50")


@pytest.mark.seed("S10-36", "S10-69")
def test_a_total_less_than_its_parts_is_found() -> None:
    parts = {
        "unit_pension": "800.00",
        "unit_medical": "400.00",
        "unit_unemployment": "25.00",
        "unit_injury": "20.00",
        "unit_maternity": "40.00",
        "own_pension": "400.00",
        "own_medical": "100.00",
        "own_unemployment": "25.00",
    }
    rows = [
        paid(MAN, **parts, total="1710.00"),
        paid(MAN_2, **parts, total="1809.95"),
        paid(WOMAN, **parts, total="1900.00"),
        paid(MAN_3, **parts, total=None),
        paid(MAN_4, total="1810.00"),
    ]
    found = by_subject(ask("insurance.total-wrong", {"insurance.contribution": rows}))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("100.00")
