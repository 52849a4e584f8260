"""Phases of the plan, contracts with weights, wages by result, mass discussions."""

from __future__ import annotations

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.energy.office import Row, quota, twelve

PHASE, CONTRACT, WAGE = "energy.plan_phase", "energy.contract_indicator", "energy.wage_settlement"
DISCUSSION, QUOTA = "energy.discussion", "energy.quota"
seed = pytest.mark.seed


def phase(number: int, begins: str | None, ends: str | None = "2023-12-31", **more: object) -> Row:
    """A phase of a community's plan."""
    base: Row = {"year": 2023, "phase_no": number, "phase": f"{begins}起", "division": "云溪社区"}
    return {**base, "from_on": begins, "to_on": ends, **more}


@seed("S6-38")
def test_the_phases_of_a_plan_follow_each_other() -> None:
    rows = {
        PHASE: [
            phase(1, "2023-03-01"),
            phase(2, "2023-02-28"),
            phase(3, "2023-02-28"),
            phase(4, "2023-06-01", "2023-05-31"),
            phase(5, None),
            phase(2, "2023-01-01", division="听泉社区"),
            phase(1, "2023-01-01", division="听泉社区"),
            phase(1, "2022-01-01", year=2022),
        ]
    }
    assert subjects("energy.plan-phases-disordered", rows) == ["2023-02-28起", "2023-06-01起", "None起"]


@seed("S6-38")
def test_a_plan_marks_its_key_points() -> None:
    rows = {
        PHASE: [
            phase(1, "2023-01-01", key_point=False),
            phase(2, "2023-02-01"),
            phase(1, "2022-01-01", year=2022, key_point=True),
            phase(2, "2022-02-01", year=2022),
        ]
    }
    code = "energy.plan-without-key-points"
    (found,) = ask(code, rows)
    assert found.because == "云溪社区2023年计划的2个阶段没有一个标为重点"
    assert outcome(code, rows, fields={PHASE: ["year", "phase_no", "phase"]}).status == "no-ledger"


def contract(unit: str, indicator: str, weight: object) -> Row:
    """An indicator of this year's contract."""
    return {"year": 2023, "unit": unit, "indicator": indicator, "weight": weight}


@seed("S6-52")
def test_energy_is_part_of_the_economic_contract() -> None:
    rows = {
        QUOTA: [
            *[quota(n, "2023-01", 100) for n in ("whole", "water", "none", "weightless", "absent")],
            quota("total", "2023-01", 500, level="总指标"),
        ],
        CONTRACT: [
            contract("单位whole", "节能指标", 30),
            contract("单位water", "用水用电", 30),
            contract("单位none", "服务质量", 100),
            contract("单位weightless", "节能指标", None),
        ],
    }
    code = "energy.contract-without-energy"
    assert subjects(code, rows) == ["单位absent", "单位none", "单位weightless"]
    assert outcome(code, {QUOTA: rows[QUOTA]}).missing == (CONTRACT,)


@seed("S6-52")
def test_weights_make_a_hundred() -> None:
    rows = {
        CONTRACT: [
            *[contract("hundred", str(n), 50) for n in range(2)],
            *[contract("shares", str(n), "0.5") for n in range(2)],
            *[contract("ninety", str(n), 45) for n in range(2)],
            contract("unsaid", "1", None),
        ]
    }
    (found,) = ask("energy.contract-weights-wrong", rows)
    assert found.because == "ninety2023年2项承包指标的权重之和为90"


@seed("S6-54")
def test_results_reach_the_wages_of_who_bears_them() -> None:
    rows = {
        QUOTA: [
            *twelve("Q1", bearer="汪峰"),
            *twelve("Q2", bearer="常辉"),
            *twelve("Q3"),
            quota("Q4", "2024-01", 100, bearer="康生"),
        ],
        WAGE: [
            {"name": "汪峰", "month": "2023-03", "saved": 0, "amount": 0},
            {"name": "常辉", "month": "2022-12", "saved": 5, "amount": 10},
        ],
    }
    code = "energy.bearer-not-settled"
    assert subjects(code, rows) == ["常辉"]
    assert subjects(code, rows, as_of="2023-12-30") == []
    assert subjects(code, rows, as_of="2024-12-31") == ["常辉", "康生"]
    assert outcome(code, {QUOTA: rows[QUOTA]}).missing == (WAGE,)


@seed("S6-54")
def test_wages_go_the_way_of_the_result() -> None:
    def wage(name: str, saved: object, amount: object) -> Row:
        return {"name": name, "month": "2023-12", "saved": saved, "amount": amount}

    rows = {
        WAGE: [
            wage("saved", 5, 100),
            wage("exceeded", -5, -100),
            wage("rewarded", -5, 100),
            wage("punished", 5, "-0.01"),
            wage("nothing", -5, 0),
            wage("even", 0, 100),
            wage("unsaid", None, 100),
        ]
    }
    assert subjects("energy.settlement-against-result", rows) == ["punished", "rewarded"]


@seed("S6-48", "S6-73")
def test_waste_is_talked_about_every_year_with_a_result() -> None:
    def talk(place: str, day: str, people: int | None = 30, outcome: str | None = "八条措施") -> Row:
        return {"held_on": day, "topic": f"{place}{day}", "unit": "物业处", "division": place,
                "participants": people, "outcome": outcome}  # fmt: skip

    rows = {
        DISCUSSION: [
            talk("旧", "2022-12-31"),
            talk("新", "2021-05-01"),
            talk("新", "2023-01-01"),
            talk("后", "2022-05-01"),
            talk("后", "2024-01-01", None),
            talk("空", "2023-05-01", 0),
            talk("空", "2023-06-01", 30, " "),
        ]
    }
    assert subjects("energy.no-mass-discussion", rows) == ["后", "旧"]
    assert subjects("energy.discussion-without-result", rows) == [
        "后2024-01-01",
        "空2023-05-01",
        "空2023-06-01",
    ]
