"""Activities as held, and the numbers of the pack."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.culture.office import Row, activity, project, spending

ACTIVITY = "culture.activity"
seed = pytest.mark.seed


@seed("S4-17", "S4-40")
def test_attendance_that_cannot_be() -> None:
    rows = {
        ACTIVITY: [
            activity("too-many", 81),
            activity("full", 80),
            activity("ages-above", 60, aged_60=40, aged_18=20, aged_0=12),
            activity("ages-below", 60, aged_60=40, aged_18=10, aged_0=0),
            activity("ages-fit", 60, aged_60=40, aged_18=20, aged_0=0),
            activity("some-ages", 60, aged_60=40),
            activity("some-ages-above", 60, aged_60=61),
            activity("no-number", None, aged_60=1, aged_18=1, aged_0=1),
            activity("no-capacity", 900, capacity=None),
        ]
    }
    code = "culture.attendance-impossible"
    assert subjects(code, rows) == ["ages-above", "ages-below", "some-ages-above", "too-many"]
    assert ask(code, rows)[0].because == (
        "2023年4月10日在活动室（容量80）的讲座（ages-above）参加60人，各年龄段合计72人"
    )


@seed("S4-40")
def test_long_preparation_for_a_dozen() -> None:
    rows = {
        ACTIVITY: [
            activity("both", 15, prepared_from="2023-03-11"),
            activity("one-more", 16, prepared_from="2023-02-01"),
            activity("one-day-less", 5, prepared_from="2023-03-12"),
            activity("unknown", 5, prepared_from=None),
            activity("uncounted", None, prepared_from="2023-01-01"),
        ]
    }
    code = "culture.long-preparation-low-attendance"
    assert subjects(code, rows, parameters={"culture.low_attendance": 15}) == ["both"]
    assert outcome(code, rows).missing == ("culture.low_attendance",)


@seed("S4-35", "S4-47", "S4-48")
def test_activities_by_order_unpublished_unsupervised() -> None:
    rows = {
        ACTIVITY: [
            activity("1"),
            activity("2", ordered=True, planned=False),
            activity("3", ordered=True),
            activity("4", ordered=True, planned=None),
            activity("5", ordered=None, planned=False),
            activity("6", published_on=None),
            activity("7", supervised_by=" "),
        ]
    }
    assert subjects("culture.only-by-order", rows) == ["2", "4"]
    assert subjects("culture.activity-not-public", rows) == ["6"]
    assert subjects("culture.activity-not-supervised", rows) == ["7"]


@seed("S4-45", "S4-44")
def test_one_form_and_one_age() -> None:
    rows = {
        ACTIVITY: [
            activity("1", 10, aged_60=6),
            activity("2", 10, aged_60=6),
            activity("3", 10, aged_60=6, division="柳岸社区"),
            activity("4", 10, aged_60=7, division="柳岸社区", form="演出"),
            activity("5", 10, aged_60=None, division="松涛社区"),
            activity("6", 10, division="槐荫社区", form=None),
            activity("7", 10, division="槐荫社区"),
        ]
    }
    (found,) = ask("culture.single-form", rows)
    assert found.because == "云溪社区的2次活动形式都是讲座"
    given = {"culture.elderly_share": "0.6"}
    (old,) = ask("culture.mostly-elderly", rows, parameters=given)
    assert old.because == "柳岸社区2次活动共20人次，60岁以上13人次，占65%"
    assert outcome("culture.mostly-elderly", rows).missing == ("culture.elderly_share",)


@seed("S4-43", "S4-62", "S4-78")
def test_residents_who_take_part_regularly() -> None:
    def year(place: str, residents: int, regular: int, **more: object) -> Row:
        return {"year": 2023, "residents": residents, "regular": regular, "division": place, **more}

    rows = {
        "culture.participation": [
            year("甲", 1000, 50, sample=200, satisfied=150),
            year("乙", 1000, 51),
            year("丙", 0, 0),
        ]
    }
    (found,) = ask("culture.few-take-part", rows)
    assert found.because == "甲2023年经常参与文化活动的居民50人，占1000人的5%"
    share = measured("culture.regular-share", rows)
    assert share[("乙", "2023")][0] == Decimal("5.10")
    assert share[("丙", "2023")][0] is None
    assert measured("culture.satisfaction", rows) == {("甲", "2023"): (Decimal("75.00"), None)}


@seed("S4-37", "S4-41", "S4-46", "S4-63", "S4-69")
def test_attendance_cost_and_openness() -> None:
    rows = {
        ACTIVITY: [
            activity("1", 40),
            activity("2", 10, ordered=True, cause="不了解"),
            activity("3", 20, published_on=None, project_no="P2", cause="不了解"),
            activity("4", 30, published_on="2023-04-11", project_no=None),
            activity("5", None),
        ],
        "culture.project": [project("P1"), project("P2", published_on=None), project("P3", state="未开展")],
        "culture.spending": [spending("P1", 100), spending("P1", 400), spending("P2", 50)],
    }
    here = "云溪社区"
    ordered = measured("culture.attendance-by-order", rows)
    assert (ordered[(here, "2023上级指令")][0], ordered[(here, "2023其他")][0]) == (
        Decimal("10.0"),
        Decimal("30.0"),
    )
    public = measured("culture.attendance-by-openness", rows)
    assert (public[(here, "2023公开")][0], public[(here, "2023未公开")][0]) == (
        Decimal("25.0"),
        Decimal("25.0"),
    )
    cost = measured("culture.cost-per-participant", rows)
    assert (cost[("", "P1")][0], cost[("", "P2")][0]) == (Decimal("10.00"), Decimal("2.50"))
    assert measured("culture.causes", rows) == {(here, "不了解"): (Decimal(2), None)}
    assert measured("culture.published-share", rows) == {(here, "2023"): (Decimal("50.00"), False)}


@seed("S4-64", "S4-65", "S4-66", "S4-67", "S4-68")
def test_evaluation_by_source_stage_and_effect() -> None:
    def judged(stage: str, source: str | None, goal: object, **more: object) -> Row:
        return {"project_no": "P1", "stage": stage, "source": source, "goal_score": goal, **more}

    rows = {
        "culture.evaluation": [
            judged("策划", "工作人员", 70),
            judged("结束", "服务对象", 80, needs_score=60, growth_score=50),
            judged("结束", "工作人员", 90, needs_score=80),
            judged("结束", None, None),
        ]
    }
    source = measured("culture.evaluation-by-source", rows)
    assert (source[("", "服务对象")][0], source[("", "工作人员")][0]) == (Decimal("80.00"), Decimal("80.00"))
    stage = measured("culture.evaluation-by-stage", rows)
    assert (stage[("", "策划")][0], stage[("", "结束")][0]) == (Decimal("70.00"), Decimal("85.00"))
    assert measured("culture.goal-score", rows)[("", "P1")][0] == Decimal("85.00")
    assert measured("culture.needs-score", rows)[("", "P1")][0] == Decimal("70.00")
    assert measured("culture.growth-score", rows)[("", "P1")][0] == Decimal("50.00")


@seed("S4-07")
def test_staff_are_social_workers_but_for_finance_and_technical_posts() -> None:
    def member(name: str, post: str, social_worker: bool | None) -> Row:
        return {"project_no": "P1", "name": name, "post": post, "social_worker": social_worker}

    rows = {
        "culture.team_member": [
            member("甲", "社工", True),
            member("乙", "干事", None),
            member("丙", "财务", False),
            member("丁", "技术员", False),
        ]
    }
    assert measured("culture.social-workers", rows) == {("", "2023"): (Decimal("50.00"), False)}
