"""A project is not an activity; budget by item; bodies that manage; rates with what they rest on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.culture.office import Row, activity, project, spending

PROJECT, ITEM, SPENDING = "culture.project", "culture.budget_item", "culture.spending"
EVALUATION, BODY, PEOPLE = "culture.evaluation", "culture.management_body", "culture.participation"
seed = pytest.mark.seed


@seed("S4-61")
def test_a_project_has_an_object_an_approval_and_an_end() -> None:
    rows = {
        PROJECT: [
            project("whole"),
            project("no-object", serves=" "),
            project("no-end", ended_on=None),
            project("bare", serves=None, approved_on=None, ended_on=None),
            project("called-off", serves=None, state="已取消"),
        ]
    }
    code = "culture.project-traits-missing"
    assert subjects(code, rows) == ["bare", "no-end", "no-object"]
    assert ask(code, rows)[0].because == "项目bare（bare）没有“服务对象”“审批”“结束时间”，不具备项目的特征"
    without = {PROJECT: ["project_no", "title", "ended_on", "approved_on"]}
    assert outcome(code, rows, fields=without).status == "no-ledger"


@seed("S4-12", "S4-13")
def test_what_lasts_a_day_is_no_project() -> None:
    rows = {
        PROJECT: [
            project("day", ended_on="2023-03-01"),
            project("short", ended_on="2023-03-29"),
            project("just", ended_on="2023-03-30"),
            project("open", ended_on=None),
            project("backwards", ended_on="2023-02-01"),
            project("called-off", ended_on="2023-03-01", state="已取消"),
        ]
    }
    code = "culture.project-is-activity"
    assert subjects(code, rows, parameters={"culture.project_days": 30}) == ["day", "short"]
    assert outcome(code, rows).missing == ("culture.project_days",)


@seed("S4-16", "S4-50")
def test_spending_is_held_against_the_budget_item_by_item() -> None:
    def planned(number: str, item: str, amount: object) -> Row:
        return {"project_no": number, "item": item, "amount": amount}

    rows = {
        PROJECT: [project("P1", budget=6000), project("P2", budget=6000), project("P3", budget=6000)],
        ITEM: [
            planned("P1", "材料", 3000),
            planned("P1", "讲师费", 3000),
            planned("P2", "材料", 3000),
            planned("P2", "讲师费", "2999.99"),
        ],
        SPENDING: [
            spending("P1", 2000, item="材料费"),
            spending("P1", "1000.01", item="材料"),
            spending("P1", 3000, item="讲师费"),
            spending("P1", 200, item="餐费"),
            spending("P2", 3000, item="材料"),
            spending("P3", 9000, item="材料"),
            spending("P1", 10, item=None),
        ],
    }
    (over,) = ask("culture.item-over-budget", rows)
    assert over.because == "项目P1“材料”预算3,000元，支出3,000.01元，超0.01元"
    assert (over.amount, over.rows) == (Decimal("0.01"), 1)
    (outside,) = ask("culture.item-not-in-budget", rows)
    assert outside.because == "项目P1的预算没有“餐费”，却支出1笔共200元"
    assert subjects("culture.budget-items-do-not-add-up", rows) == ["P2"]
    assert outcome("culture.item-over-budget", {SPENDING: rows[SPENDING]}).missing == (ITEM,)


@seed("S4-28", "S4-65")
def test_evaluation_runs_through_all_stages() -> None:
    def judged(number: str, *stages: str) -> list[Row]:
        return [{"project_no": number, "stage": stage, "evaluator": "吴林"} for stage in stages]

    rows = {
        PROJECT: [project("whole"), project("part"), project("running", state="进行中")],
        EVALUATION: [
            *judged("whole", "调查", "策划", "申报", "执行", "结束"),
            *judged("part", "策划", "结束"),
        ],
    }
    code = "culture.stage-not-evaluated"
    (found,) = ask(code, rows)
    assert (found.subject_id, found.rows) == ("part", 3)
    assert found.because == "项目part（part）没有执行、申报、调查阶段的评估"
    assert outcome(code, {PROJECT: rows[PROJECT]}).missing == (EVALUATION,)


@seed("S4-05")
def test_projects_are_managed_at_province_city_and_district() -> None:
    def body(name: str, level: str, above: str | None = None, **more: object) -> Row:
        return {"body": name, "level": level, "above": above, **more}

    rows = {
        BODY: [
            body("省中心", "省"),
            body("市中心", "市", "省中心"),
            body("区分中心", "区县", "市中心"),
            body("无主分中心", "区县", "某中心"),
            body("空白分中心", "区县"),
            body("撤销分中心", "区县", abolished_on="2023-05-01"),
            body("社区项目办", "社区", "区分中心"),
            body("街道项目办", "街道", "区分中心"),
            body("撤销项目办", "社区", abolished_on="2023-12-31"),
        ]
    }
    assert subjects("culture.body-in-community", rows) == ["社区项目办", "街道项目办"]
    code = "culture.branch-without-body-above"
    assert subjects(code, rows) == ["无主分中心", "空白分中心"]
    assert outcome(code, rows, fields={BODY: ["body", "level"]}).status == "no-ledger"


@seed("S4-62", "S4-78", "S4-17")
def test_rates_rest_on_the_population_and_on_a_sample() -> None:
    def place(name: str, residents: int, regular: int, **more: object) -> Row:
        return {"year": 2023, "residents": residents, "regular": regular, "division": name, **more}

    rows = {
        PEOPLE: [
            place("云溪社区", 2000, 2001),
            place("听泉社区", 2000, 2000, sample=100, satisfied=100),
            place("柳岸社区", 2000, 90, sample=100, satisfied=101),
            place("望河社区", 200, 90, sample=200, satisfied=180),
        ],
        "culture.activity": [
            activity("A1", 40, division="望河街道听泉社区"),
            activity("A2", 60, division="听泉社区"),
            activity("A3", None, division="听泉社区"),
            activity("A4", 60, division="听泉社区", held_on="2022-05-01"),
        ],
    }
    assert subjects("culture.participation-impossible", rows) == ["云溪社区", "柳岸社区"]
    assert measured("culture.attendance-rate", rows) == {("听泉社区", "2023"): (Decimal("5.0"), None)}
    bounds = measured("culture.satisfaction-interval", rows)
    # All of a hundred of two thousand: 96.4 to 100 %; all residents asked: no error.
    assert bounds[("听泉社区", "2023上限")][0] == Decimal("100.0")
    assert Decimal("96.3") <= (bounds[("听泉社区", "2023下限")][0] or 0) <= Decimal("96.6")
    assert {bounds[("望河社区", f"2023{b}限")][0] for b in "上下"} == {Decimal("90.0")}
    assert ("柳岸社区", "2023上限") not in bounds
    assert measured("culture.satisfaction-sample", rows)[("望河社区", "2023")][0] == 200
