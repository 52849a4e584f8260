"""Projects, plans, carriers: a hit, a near miss and a missing value for each rule."""

from __future__ import annotations

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.culture.office import Row, activity, plan, project, spending

PROJECT, SPENDING = "culture.project", "culture.spending"
seed = pytest.mark.seed


@pytest.mark.parametrize(
    ("code", "found", "left"),
    [
        pytest.param(
            "project-not-public",
            [project("1", published_on=None), project("2", published_on=None, state=None)],
            [
                project("3", published_on="2023-03-01"),
                project("4", published_on=None, state="未开展"),
                project("5", published_on=None, state="已取消"),
                project("6", published_on=None, state=None, started_on="2024-01-01"),
            ],
            marks=seed("S4-47"),
        ),
        pytest.param(
            "published-after-start",
            [project("1", published_on="2023-03-02")],
            [project("2", published_on="2023-03-01"), project("3", published_on=None)],
            marks=seed("S4-47"),
        ),
        pytest.param(
            "evaluator-is-organiser",
            [
                project("1", evaluating_body="墨香书画社"),
                project("2", evaluating_body="墨香书画社评估组"),
                project("3", evaluator="贾红"),
                project("4", evaluator="吴林、贾红"),
                project("5", evaluating_body="贾红"),
            ],
            [
                project("6", evaluator="贾伟"),
                project("7", evaluator="贾红伟"),
                project("8", evaluating_body=None, evaluator=None),
                project("9", leader=None, organisation=None),
            ],
            marks=seed("S4-59", "S4-57"),
        ),
        pytest.param(
            "no-third-party",
            [
                project("1", evaluating_body=None),
                project("2", evaluation_method="自评总结"),
                project("3", evaluating_body=" "),
            ],
            [
                project("4"),
                project("5", evaluating_body=None, state="进行中"),
                project("6", evaluating_body=None, state=None),
                project("7", evaluation_method=None),
            ],
            marks=seed("S4-57", "S4-72", "S4-26"),
        ),
        pytest.param(
            "only-self-summary",
            [project("1", evaluation_method="自评总结", score=None)],
            [project("2", evaluation_method="自评总结"), project("3", score=None)],
            marks=seed("S4-56"),
        ),
        pytest.param(
            "plan-too-simple",
            [project("1", needs=None), project("2", risks=" ", methods=None)],
            [project("3"), project("4", needs="有")],
            marks=seed("S4-52", "S4-53"),
        ),
        pytest.param(
            "plan-single-form",
            [project("1", format="讲座")],
            [project("2"), project("3", format="讲座和展览"), project("4", format=None)],
            marks=seed("S4-54"),
        ),
        pytest.param("no-goal", [project("1", goal=None)], [project("2", goal="乐")], marks=seed("S4-55")),
        pytest.param("no-policy", [project("1", policy=" ")], [project("2")], marks=seed("S4-58")),
        pytest.param("no-local-features", [project("1", features=None)], [project("2")], marks=seed("S4-60")),
    ],
)
def test_rules_on_one_project(code: str, found: list[Row], left: list[Row]) -> None:
    assert subjects(f"culture.{code}", {PROJECT: [*found, *left]}) == [r["project_no"] for r in found]


@seed("S4-16", "S4-50")
def test_spending_stays_within_the_budget() -> None:
    rows = {
        PROJECT: [project("over"), project("equal"), project("unknown", budget=None), project("nothing")],
        SPENDING: [
            spending("over", 8000),
            spending("over", "0.50"),
            spending("equal", 3000),
            spending("equal", 5000),
            spending("unknown", 99999),
        ],
    }
    (found,) = ask("culture.over-budget", rows)
    assert found.because == "项目over（over，墨香书画社）预算8,000元，支出2笔共8,000.50元，超0.50元"
    assert {e.ledger for e in found.evidence} == {PROJECT, SPENDING}


@seed("S4-50")
def test_every_spending_has_a_handler_and_a_project() -> None:
    rows = {
        PROJECT: [project("P1")],
        SPENDING: [
            spending("P1", 1),
            spending("P1", 2, handler=None),
            spending("P1", 3, handler=None, note="经手人贺兰"),
            spending("P1", 4, handler=" ", note="补票"),
            spending("P9", 5),
        ],
    }
    assert subjects("culture.spending-without-handler", rows) == ["ZC-P1-2", "ZC-P1-4"]
    assert subjects("culture.spending-without-project", rows) == ["P9"]
    fields = {SPENDING: ["project_no", "amount"]}
    assert outcome("culture.spending-without-handler", rows, fields=fields).status == "no-ledger"


@seed("S4-49")
def test_what_residents_cannot_see() -> None:
    rows = {
        PROJECT: [
            project("hidden", published_on=None),
            project("open"),
            project("unspent", published_on=None),
        ],
        SPENDING: [spending("hidden", 100), spending("hidden", 200), spending("open", 300)],
    }
    (found,) = ask("culture.hidden-from-residents", rows)
    assert found.because == "项目hidden（hidden）没有公开，已支出2笔共300元"


@seed("S4-59", "S4-51")
def test_team_and_evaluators() -> None:
    def member(number: str, name: str, social_worker: bool | None) -> Row:
        return {"project_no": number, "name": name, "post": "干事", "social_worker": social_worker}

    def judged(number: str, name: str | None, kind: str = "第三方") -> Row:
        return {"project_no": number, "stage": "结束", "evaluator_kind": kind, "evaluator": name}

    rows = {
        PROJECT: [project("with"), project("without"), project("nobody"), project("off", state="已取消")],
        "culture.team_member": [
            member("with", "甲", True),
            member("with", "乙", False),
            member("without", "丙", False),
        ],
        "culture.evaluation": [
            judged("with", "乙"),
            judged("with", "甲", "社工自评"),
            judged("without", "乙"),
            judged("without", None),
        ],
    }
    assert subjects("culture.team-without-social-worker", rows) == ["nobody", "without"]
    assert [f.key for f in ask("culture.evaluator-in-team", rows)] == ["乙"]


@seed("S4-36", "S4-03")
def test_communities_plan_their_year() -> None:
    rows = {
        "culture.activity": [
            activity("1", division="望河街道云溪社区"),
            activity("2", division="柳岸社区"),
            activity("3", division="云溪社区", held_on="2022-05-01"),
            activity("4", division=None),
        ],
        "culture.plan": [plan(), plan("松涛社区", officer=" ")],
    }
    code = "culture.community-without-plan"
    assert [(f.subject_id, f.key) for f in ask(code, rows)] == [("云溪社区", "2022"), ("柳岸社区", "2023")]
    assert subjects("culture.community-without-officer", rows) == ["松涛社区"]
    rows["culture.plan"].append(plan(None))
    assert [(f.subject_id, f.key) for f in ask(code, rows)] == [("云溪社区", "2022")]


@seed("S4-38", "S4-39")
def test_carriers_rated_weak() -> None:
    rows = {
        "culture.organisation": [
            {"organisation": "弱基", "scale": "弱", "economic": "不健全"},
            {"organisation": "弱能", "gaining": "较差"},
            {"organisation": "一般", "scale": "中", "gaining": "一般"},
            {"organisation": "未评"},
        ]
    }
    (found,) = ask("culture.carrier-base-weak", rows)
    assert found.because == "弱基的条件评级弱：“组织规模”“经济基础”"
    assert subjects("culture.carrier-ability-weak", rows) == ["弱能"]
