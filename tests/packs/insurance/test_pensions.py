"""Pensions against deaths, contributions, the register of retirees, and themselves."""

from __future__ import annotations

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
    WOMAN,
    WOMAN_2,
    WOMAN_3,
    by_subject,
    subjects,
)


def pension(person: str, month: str, amount: str = "2689.50", **more: Any) -> dict[str, Any]:
    """One month's pension."""
    return {"person": person, "name": "李四", "month": month, "amount": amount} | more


EXCESS = {"insurance.pension_excess": "0.05"}


@pytest.mark.seed("S10-45", "S10-69", "S10-74")
def test_pensions_after_the_month_of_death_are_found_to_the_fen() -> None:
    tables = {
        "insurance.pension_payment": [
            pension(MAN, "2023-06"),
            pension(MAN, "2023-07"),
            pension(MAN, "2023-08", "2689.55"),
            # The table of the year tells the payment of the table of the month again.
            pension(MAN, "2023-08", "2689.55"),
            pension(MAN_2, "2023-06"),
            pension(MAN_3, "2023-07", kind="丧葬抚恤"),
            pension(MAN_3, "2023-08", kind="补发"),
            pension(MAN_4, "2023-07"),
            pension(MAN_4, "2023-08", "-2689.50", kind="追回"),
            pension(WOMAN, "2023-07", "0"),
            pension(WOMAN_2, "2023-07"),
            # Two lists with two dates: the later one counts.
            pension(WOMAN_3, "2023-07"),
        ],
        "registry.death": [
            {"person": MAN, "died_on": "2023-06-30"},
            {"person": MAN_2, "died_on": "2023-06-01"},
            {"person": MAN_3, "died_on": "2023-06-15"},
            {"person": MAN_4, "died_on": "2023-06-15"},
            {"person": WOMAN, "died_on": "2023-06-15"},
            {"person": WOMAN_3, "died_on": "2023-06-15"},
            {"person": WOMAN_3, "died_on": "2023-07-15"},
        ],
    }
    found = by_subject(ask("insurance.pension-after-death", tables))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("5379.05")
    assert "2023年6月30日死亡，2023年7月至2023年8月仍发放养老金5,379.05元" in found[MAN].because
    assert len(found[MAN].evidence) == 4


@pytest.mark.seed("S10-45", "S10-69", "S10-74")
def test_a_pension_in_a_month_in_which_a_unit_contributes_is_found() -> None:
    def paid(person: str, month: str, **more: Any) -> dict[str, Any]:
        return {"unit": MILL, "person": person, "month": month, "base": 5000, "identity": "单位职工"} | more

    tables = {
        "insurance.pension_payment": [
            pension(MAN, "2023-06"),
            pension(MAN, "2023-07"),
            pension(MAN, "2023-08"),
            pension(MAN_2, "2023-10"),
            pension(MAN_3, "2023-06"),
            pension(MAN_4, "2023-06"),
            pension(WOMAN, "2023-06", "0"),
        ],
        "insurance.contribution": [
            paid(MAN, "2023-06", kind="养老"),
            paid(MAN, "2023-06", kind="医疗"),
            paid(MAN, "2023-07"),
            paid(MAN_2, "2023-09"),
            paid(MAN_3, "2023-06", identity="灵活就业", unit="灵活就业人员"),
            paid(MAN_4, "2023-06", unit_injury=20, unit_pension=0),
            paid(WOMAN, "2023-06"),
        ],
    }
    found = by_subject(ask("insurance.pension-while-contributing", tables))
    assert set(found) == {MAN}
    # Two lines of June, one for each insurance, do not double June's pension.
    assert found[MAN].amount == Decimal("5379.00")


@pytest.mark.seed("S10-45", "S10-69")
def test_a_pension_before_the_month_of_retirement_is_found() -> None:
    rows = [
        pension(MAN, "2023-08", retired_month="2023-09"),
        pension(MAN_2, "2023-09", retired_month="2023-09"),
        pension(MAN_3, "2023-09", retired_month=None),
    ]
    found = by_subject(ask("insurance.pension-before-retirement", {"insurance.pension_payment": rows}))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("2689.50")


@pytest.mark.seed("S10-45", "S10-69")
def test_a_second_pension_for_one_month_is_at_stake_once() -> None:
    rows = [
        pension(MAN, "2023-06", "2000"),
        pension(MAN, "2023-06", "2500"),
        pension(MAN, "2023-07", "2000"),
        pension(MAN_2, "2023-06"),
        pension(MAN_2, "2023-06", "300", kind="补发"),
        pension(MAN_3, "2023-06"),
        pension(MAN_3, "2023-06", "0"),
    ]
    found = by_subject(ask("insurance.pension-paid-twice", {"insurance.pension_payment": rows}))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("2000.00")
    assert found[MAN].key == "2023-06-01"
    assert "共4,500元" in found[MAN].because


@pytest.mark.seed("S10-33", "S10-45", "S10-69")
def test_a_pension_for_someone_the_register_does_not_know_is_found() -> None:
    tables = {
        "insurance.pension_payment": [
            pension(MAN, "2023-06"),
            pension(MAN_2, "2023-06"),
            pension(MAN_3, "2023-06", "0"),
        ],
        "registry.retirement": [{"person": MAN_2, "name": "王五"}],
    }
    assert subjects(ask("insurance.pension-not-in-register", tables)) == {MAN}
    # A register of one community says nothing of another's retirees, nor of the whole sub-district's.
    for division, asked in (("云溪社区", {MAN}), ("柳岸社区", set()), ("望河街道", set())):
        there = {
            "insurance.pension_payment": [
                r | {"division": division} for r in tables["insurance.pension_payment"]
            ],
            "registry.retirement": [r | {"division": "云溪社区"} for r in tables["registry.retirement"]],
        }
        assert subjects(ask("insurance.pension-not-in-register", there)) == asked


@pytest.mark.seed("S10-45", "S10-69")
def test_more_than_the_register_states_is_found() -> None:
    tables = {
        "insurance.pension_payment": [
            pension(MAN, "2023-06", "2730.10"),
            pension(MAN_2, "2023-06", "2730"),
            pension(MAN_3, "2023-06", "9000", kind="补发"),
            pension(MAN_4, "2023-06", "9000"),
        ],
        "registry.retirement": [
            {"person": MAN, "pension": 2600},
            {"person": MAN_2, "pension": 2600},
            {"person": MAN_3, "pension": 2600},
            {"person": MAN_4, "pension": None},
        ],
    }
    found = by_subject(ask("insurance.pension-differs-from-register", tables, parameters=EXCESS))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("130.10")


@pytest.mark.seed("S10-45", "S10-69")
def test_more_than_the_rows_own_standard_is_found_unless_a_reason_is_noted() -> None:
    rows = [
        pension(MAN, "2023-06", "2730.01", monthly_pension=2600),
        pension(MAN_2, "2023-06", "2730", monthly_pension=2600),
        pension(MAN_3, "2023-06", "2800", monthly_pension=2600, note="含补发5月200元"),
        pension(MAN_4, "2023-06", "2800", monthly_pension=None),
        pension(WOMAN, "2023-06", "2800", monthly_pension=2600, kind="补发"),
    ]
    tables = {"insurance.pension_payment": rows}
    found = by_subject(ask("insurance.pension-over-standard", tables, parameters=EXCESS))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("130.01")
    assert outcome("insurance.pension-over-standard", tables).status == "no-parameter"


@pytest.mark.seed("S10-33", "S10-48", "S10-69")
def test_a_dead_retiree_without_a_word_in_the_register_is_found() -> None:
    tables = {
        "registry.retirement": [
            {"person": MAN, "name": "甲"},
            {"person": MAN_2, "name": "乙", "note": "2023年6月死亡"},
            {"person": MAN_3, "name": "丙"},
            {"person": MAN_4, "name": "丁"},
        ],
        "registry.death": [
            {"person": MAN, "died_on": "2023-11-30"},
            {"person": MAN_2, "died_on": "2023-06-30"},
            {"person": MAN_3, "died_on": "2023-12-01"},
        ],
    }
    assert subjects(ask("insurance.retiree-death-not-reported", tables)) == {MAN}


@pytest.mark.seed("S10-65")
def test_growth_of_retirees_above_the_limit_is_found_by_community() -> None:
    def retired(division: str, before: int, added: int) -> list[dict[str, Any]]:
        days = ["2020-05-01"] * before + ["2023-04-01"] * added
        return [
            {"person": f"99990119600101{i:04d}", "name": "甲", "retired_on": day, "division": division}
            for i, day in enumerate(days)
        ]

    rows = [*retired("云溪社区", 10, 2), *retired("柳岸社区", 10, 1), *retired("新社区", 0, 3)]
    rows += [{"person": MAN, "name": "乙", "retired_on": None, "division": "柳岸社区"}]
    found = ask(
        "insurance.retiree-growth",
        {"registry.retirement": rows},
        parameters={"insurance.retiree_growth_limit": "0.10"},
    )
    assert subjects(found) == {"云溪社区"}
    assert "上年末退休人员10人，本年新增2人" in found[0].because
    assert len(found[0].evidence) == 2
