"""Who runs the safety community and how it is judged; what a sample of residents says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.safety.office import Row, project

POST, CHECK, ELEMENT = "safety.post", "safety.model_check", "safety.element_check"
EVALUATION, SURVEY = "safety.site_evaluation", "safety.satisfaction_survey"
PROJECT = "safety.promotion_project"
seed = pytest.mark.seed


def post(body: str, name: str = "郭良", **more: object) -> Row:
    return {"body": body, "post": "组长", "name": name, "position": "镇长", **more}


@seed("S7-22", "S7-01", "S7-02", "S7-03", "S7-04")
def test_committee_group_work_groups_and_office_have_people() -> None:
    rows = {
        POST: [
            *[
                post(body, division="甲镇")
                for body in ("促进委员会", "领导小组", "促进工作组", "促委会办公室")
            ],
            post("促进委员会", division="乙镇"),
            post("领导小组", division="乙镇", until="2023-12-30"),
            post("促进工作组", division="乙镇", since="2024-01-01"),
            post("促委会办公室", division="乙镇", until="2023-12-31"),
        ]
    }
    found = ask("safety.body-missing", rows)
    assert [(f.subject_id, f.division) for f in found] == [("促进工作组", "乙镇"), ("领导小组", "乙镇")]


@seed("S7-05")
def test_the_office_is_directed_by_the_deputy_in_charge_of_safety() -> None:
    def director(name: str, position: str | None, **more: object) -> Row:
        return post("促委会办公室", name, position=position, **{"post": "主任", **more})

    rows = {
        POST: [
            director("right", "分管安全的副镇长"),
            director("street", "安全副主任"),
            director("mayor", "镇长"),
            director("other-deputy", "分管文教的副镇长"),
            director("blank", None),
            director("before", "镇长", until="2023-01-01"),
            director("second", "镇长", post="副主任"),
            post("领导小组", "head", position="镇长", post="主任"),
        ]
    }
    code = "safety.office-director-wrong"
    assert subjects(code, rows) == ["blank", "mayor", "other-deputy"]
    assert outcome(code, rows, fields={POST: ["body", "post", "name"]}).status == "no-ledger"


@seed("S7-45")
def test_the_six_headings_of_the_model_are_met() -> None:
    def check(heading: str, met: bool | None = True, day: str = "2023-06-01") -> Row:
        return {"heading": heading, "met": met, "checked_on": day, "division": "甲镇"}

    rows = {
        CHECK: [
            check("政府引导"),
            check("全员参与机制"),
            check("整体规划", None),
            check("资源整合", False),
            check("动态评估", False),
            check("动态评估", True, "2023-09-01"),
        ]
    }
    code = "safety.model-heading-missing"
    assert subjects(code, rows) == ["持续改进", "整体规划", "资源整合"]
    assert ask(code, rows)[0].because == "甲镇的工作模式“持续改进”没有落实的检查记录"
    own = {"safety.model_headings": ["政府引导", "全员参与"]}
    assert subjects(code, rows, parameters=own) == []


@seed("S7-21")
def test_projects_are_judged_by_the_elements_of_the_office() -> None:
    rows = {
        PROJECT: [project("whole"), project("part"), project("none"), project("running", finished_on=None)],
        ELEMENT: [
            {"project_no": "whole", "element": "组织机构", "met": True},
            {"project_no": "whole", "element": "要素二：事故记录", "met": False},
            {"project_no": "part", "element": "组织机构", "met": True},
            {"project_no": "part", "element": "事故记录", "met": None},
        ],
    }
    own = {"safety.elements": ["组织机构", "事故记录"]}
    found = ask("safety.element-not-judged", rows, parameters=own)
    assert [(f.subject_id, f.rows) for f in found] == [("none", 2), ("part", 1)]
    assert found[1].because == "促进项目“项目part”（part）没有对照1项要素：事故记录"
    assert [f.rows for f in ask("safety.element-not-judged", {**rows, PROJECT: [project("none")]})] == [12]


@seed("S7-53")
def test_projects_are_scored_by_the_on_site_standard() -> None:
    def score(item: str, given: object, full: object = 10, project_no: str = "scored") -> Row:
        base = {"standard": "省级标准", "project_no": project_no, "item": item}
        return {**base, "full": full, "score": given}

    rows = {
        PROJECT: [project("scored"), project("unscored"), project("running", finished_on="2024-02-01")],
        EVALUATION: [
            score("full", 10),
            score("above", "10.5"),
            score("below", -1),
            score("unsaid", 99, None),
        ],
    }
    assert subjects("safety.project-not-evaluated", rows) == ["unscored"]
    assert subjects("safety.score-above-full", rows) == ["above", "below"]
    assert outcome("safety.project-not-evaluated", {PROJECT: rows[PROJECT]}).missing == (EVALUATION,)


@seed("S7-60", "S7-43")
def test_the_status_is_reached_by_the_day_of_the_goal() -> None:
    def applied(place: str, accepted: str | None, level: str = "省级") -> Row:
        return {"level": level, "applied_on": "2015-03-01", "accepted_on": accepted, "division": place}

    rows = {
        "safety.acceptance": [
            applied("甲镇", "2015-12-31"),
            applied("乙镇", "2016-01-01"),
            applied("丙镇", None),
            applied("丁镇", "2015-10-01", "市级"),
            applied("戊镇", "2014-10-01", "国家级"),
        ]
    }
    code, goal = "safety.status-goal-missed", {"safety.status_goal": "2015-12-31"}
    assert subjects(code, rows, parameters=goal) == ["丁镇", "丙镇", "乙镇"]
    assert subjects(code, rows, parameters=goal, as_of="2015-12-31") == []
    assert outcome(code, rows).missing == ("safety.status_goal",)
    reached = measured("safety.status-reached", rows, parameters=goal)
    assert (reached[("甲镇", "2015")], reached[("乙镇", "2015")]) == ((Decimal(1), True), (Decimal(0), False))


def survey(sample: object, satisfied: object, **more: object) -> Row:
    """Answers of November."""
    return {"surveyed_on": "2023-11-01", "sample": sample, "satisfied": satisfied, **more}


@seed("S7-57")
def test_satisfaction_is_given_with_the_error_of_its_sample() -> None:
    rows = {
        SURVEY: [
            survey(400, 367, division="甲镇"),
            survey(400, 368, division="乙镇"),
            survey(400, 200, division="丙镇", phase="宣传前"),
            survey(0, 0, division="丁镇"),
            survey(20, None, division="戊镇"),
        ]
    }
    code = "safety.satisfaction-below-target"
    (found,) = ask(code, rows)
    assert found.because == ("2023年11月1日调查400人，367人满意，占91.80%（95%区间88.60%至94.10%），目标92%")
    assert subjects(code, rows, parameters={"safety.satisfaction_target": 95}) == ["乙镇", "甲镇"]
    bounds = measured("safety.satisfaction-interval", rows)
    assert (bounds[("甲镇", "2023下限")][0], bounds[("甲镇", "2023上限")][0]) == (
        Decimal("88.6"),
        Decimal("94.1"),
    )
    everybody = {SURVEY: [survey(400, 367, population=400)]}
    assert {v[0] for v in measured("safety.satisfaction-interval", everybody).values()} == {Decimal("91.8")}


@seed("S7-57", "S7-61")
def test_nobody_can_be_counted_who_was_not_asked() -> None:
    rows = {
        SURVEY: [
            survey(400, 401, division="satisfied"),
            survey(400, None, aware=401, division="aware"),
            survey(400, 400, population=399, division="asked"),
            survey(400, 400, aware=400, population=400, division="right"),
            survey(400, None, division="blank"),
        ]
    }
    assert subjects("safety.survey-impossible", rows) == ["asked", "aware", "satisfied"]
