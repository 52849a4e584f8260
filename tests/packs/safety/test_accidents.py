"""Accidents, the building of the community, and the numbers of the pack."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask
from tests.packs.checks import measured, subjects
from tests.packs.safety.office import Row, accident, hazard, project, statistic, unfinished, unit

seed = pytest.mark.seed
STATISTIC, ACCIDENT = "safety.accident_statistic", "safety.accident"


@seed("S7-48", "S7-59")
def test_control_indicators_are_not_exceeded() -> None:
    rows = {
        STATISTIC: [
            statistic("道路交通", 24, 22, 20),
            statistic("消防", 9, 9, 9),
            statistic("公共场所", 11, 8, 10),
            statistic("校园", 5, 6),
        ]
    }
    (found,) = ask("safety.control-indicator-exceeded", rows)
    assert found.because == "道路交通本年22起，超过控制指标20起"
    share = measured("safety.against-control-indicator", rows)
    assert share[("", "道路交通")] == (Decimal("110.0"), False)
    assert share[("", "消防")] == (Decimal("100.0"), True)


@seed("S7-55", "S7-56")
@pytest.mark.parametrize(
    ("before", "after", "accidents", "injured"),
    [
        ([60, 40], [50, 40], 0, 1),
        ([60, 40], [50, 41], 1, 1),
        ([60, 40], [48, 40], 0, 0),
        ([60, 40], [49, 40], 0, 1),
        ([0, 0], [3, 0], 0, 0),
        ([60, None], [60, 0], 1, 1),
        ([None, None], [60, 1], 0, 0),
    ],
)
def test_accidents_and_injured_fall_each_year(
    before: list[int | None], after: list[int], accidents: int, injured: int
) -> None:
    rows = {
        STATISTIC: [
            statistic(f"类{i}", b, a, injured_before=b, injured=a)
            for i, (b, a) in enumerate(zip(before, after, strict=True))
        ]
        + [statistic("合计", 1000, 1, injured_before=1000, injured=1)]
    }
    assert len(ask("safety.accidents-not-falling", rows)) == accidents
    assert len(ask("safety.injured-not-falling", rows)) == injured


@seed("S7-55", "S7-56")
def test_the_fall_in_words_and_numbers() -> None:
    rows = {
        STATISTIC: [statistic("消防", 57, 52, injured_before=58, injured=50, year=2023, division="望河街道")]
    }
    (found,) = ask("safety.accidents-not-falling", rows)
    assert (found.subject_id, found.key) == ("事故起数", "望河街道2023")
    assert found.because == "事故起数由57起变为52起，下降8.80%（95%区间-33%至37%），不足10%"
    bounds = measured("safety.fall-interval", rows)
    assert (bounds[("望河街道", "2023下限")][0], bounds[("望河街道", "2023上限")][0]) == (
        Decimal("-32.6"),
        Decimal("37.2"),
    )
    assert measured("safety.accidents-fall", rows)[("望河街道", "2023")] == (Decimal("0.0877"), False)
    assert measured("safety.injured-fall", rows)[("望河街道", "2023")] == (Decimal("0.1379"), True)


@seed("S7-17", "S7-16", "S7-42")
def test_injuries_from_several_sources_are_counted_once() -> None:
    rows = {
        ACCIDENT: [
            accident("2023-01-31"),
            accident("2023-01-31", source="派出所"),
            accident("2023-02-01"),
            accident("2023-02-01", source="派出所", injured=2),
            accident("2023-03-01", "校园", cause=None),
            accident("2022-03-01", "校园"),
        ],
        STATISTIC: [
            statistic("消防", 9, 4),
            statistic("校园", 1, 1, injured=1),
            statistic("工矿商贸", 1, 0),
            statistic("道路交通", 1, None),
        ],
    }
    twice = ask("safety.accident-counted-twice", rows)
    assert [f.because for f in twice] == [
        "2023年1月31日府前路口的消防事故（违章）由派出所、消防站各登记一次，统计时计一次"
    ]
    assert len(ask("safety.accident-without-source", rows)) == 1
    (differs,) = ask("safety.statistics-differ-from-detail", rows)
    assert differs.because.startswith("消防统计4起、伤（空）人，明细3起、伤4人")
    right = {**rows, STATISTIC: [statistic("消防", 9, 3, injured=4)]}
    assert subjects("safety.statistics-differ-from-detail", right) == []
    assert subjects(
        "safety.statistics-differ-from-detail", {**rows, STATISTIC: [statistic("消防", 9, 3, injured=5)]}
    ) == ["消防"]
    injured = measured("safety.injured", rows)
    assert (injured[("", "2023-01 消防")][0], injured[("", "2023-02 消防")][0]) == (1, 3)


@seed("S7-17")
def test_one_person_hurt_is_one_injury_whatever_the_sources_call_it() -> None:
    hurt = {"victim": "李婷", "place": "校门口"}
    rows = {
        ACCIDENT: [
            accident("2023-01-31", "校园", source="学校", cause="奔跑", **hurt),
            accident("2023-01-31", "道路交通", source="交警中队", **{**hurt, "place": "府前路"}),
            accident("2023-02-01", source="学校", **hurt),
            accident("2023-03-01", source="学校", victim="王芳"),
            accident("2023-03-01", source="学校", victim="张明"),
            accident("2023-04-01", source="学校", place=None),
            accident("2023-04-01", source="派出所", place=None),
        ]
    }
    (found,) = ask("safety.accident-counted-twice", rows)
    assert (found.rows, found.key) == (2, "2023-01-31")
    assert sum(value[0] or 0 for value in measured("safety.injured", rows).values()) == 6


@seed("S7-17")
def test_all_four_sources_tell_of_the_year() -> None:
    told = [accident("2023-01-31", source=source) for source in ("安监站", "派出所", "中心小学")]
    code = "safety.source-silent"
    assert subjects(code, {ACCIDENT: told}) == ["道路交通"]
    assert subjects(code, {ACCIDENT: [*told, accident("2023-12-31", source="交警中队")]}) == []
    assert subjects(code, {ACCIDENT: [*told, accident("2024-01-01", source="交警中队")]}) == ["道路交通"]
    assert subjects(code, {ACCIDENT: [accident("2022-01-31")]}) == []
    here = [row | {"division": "望河街道云溪社区"} for row in told]
    there = [
        accident("2023-02-01", source=source, division="青山镇柳岸社区") for source in ("交警中队", "学校")
    ]
    found = ask(code, {ACCIDENT: [*here, *there]})
    assert [(f.subject_id, f.key) for f in found] == [
        ("公安", "2023 青山镇"),
        ("安全生产", "2023 青山镇"),
        ("道路交通", "2023 望河街道"),
    ]
    assert found[2].because == "本年望河街道3起事故中，没有一起来自道路交通部门"
    assert found[0].division == "青山镇"
    everybody = [accident("2023-12-31", source=source) for source in ("交警中队", "安监站", "派出所")]
    assert subjects(code, {ACCIDENT: [*here, *there, *everybody]}) == []


@seed("S7-17", "S7-48", "S7-59")
def test_the_figures_of_two_communities_are_two_matters() -> None:
    rows = {
        STATISTIC: [
            statistic("消防", 9, 3, 2, year=2023, division="望河街道云溪社区"),
            statistic("消防", 9, 4, 2, year=2023, division="听泉社区"),
            statistic("校园", 9, 1, 2, year=2023, division="听泉社区"),
        ],
        ACCIDENT: [
            *[accident(f"2023-02-0{day}", division="云溪社区") for day in range(1, 4)],
            *[accident(f"2023-03-0{day}", division="听泉社区") for day in range(1, 4)],
            accident("2023-05-04", "校园"),
        ],
    }
    exceeded = ask("safety.control-indicator-exceeded", rows)
    assert [f.division for f in exceeded] == ["听泉社区", "望河街道云溪社区"]
    (differs,) = ask("safety.statistics-differ-from-detail", rows)
    assert differs.division == "听泉社区"
    assert differs.because == "消防统计4起、伤（空）人，明细3起、伤3人（几个来源重复报送的计一次）"


@seed("S7-30", "S7-32", "S7-70", "S7-52", "S7-31", "S7-21")
def test_promotion_projects_from_scheme_to_review() -> None:
    rows = {
        "safety.promotion_project": [
            project("whole"),
            project("no-scheme", scheme_on=None),
            project("late-scheme", scheme_on="2023-02-02"),
            project("same-day", scheme_on="2023-02-01"),
            project("no-comparison", before_value=None),
            project("not-judged", judged=" "),
            project("no-review", next_review_on=None),
            project("running", finished_on="2024-06-30", judged=None, next_review_on=None),
            project("planned", started_on=None, scheme_on=None, finished_on=None, judged=None),
        ],
        "safety.project_stage": [
            {
                "project_no": n,
                "stage": "实施",
                "recorded_on": "2023-03-01",
                "checked_by": "康",
                "key_data": "30",
            }
            for n in (
                "whole",
                "no-scheme",
                "late-scheme",
                "same-day",
                "no-comparison",
                "not-judged",
                "no-review",
            )
        ]
        + [{"project_no": "running", "stage": "实施", "recorded_on": "2023-03-01", "checked_by": "康"}],
        "safety.element_check": [
            {"project_no": "whole", "element": "有目标", "met": True},
            {"project_no": "running", "element": "有目标", "met": False},
            {"project_no": "running", "element": "有评估", "met": False},
            {"project_no": "planned", "element": "有目标", "met": None},
        ],
    }
    assert subjects("safety.project-without-scheme", rows) == ["late-scheme", "no-scheme"]
    assert subjects("safety.project-without-effect", rows) == ["no-comparison", "not-judged"]
    assert subjects("safety.project-without-next-review", rows) == ["no-review"]
    assert subjects("safety.project-not-checked", rows) == ["running"]
    (found,) = ask("safety.element-not-met", rows)
    assert found.because == "促进项目running不符合2项要素：有目标、有评估"


@seed("S7-46", "S7-51", "S7-13")
def test_weak_links_plans_and_vulnerable_groups() -> None:
    whole = {"prevention": "有", "response": "有", "normal_state": "有", "exceptional_state": "有"}
    rows = {
        "safety.baseline": [
            {"surveyed_on": "2023-01-05", "kind": "问题差距", "content": "消火栓不足"},
            {"surveyed_on": "2023-01-05", "kind": "问题差距", "content": "电线老化", "answered_by": "P1"},
            {"surveyed_on": "2023-01-05", "kind": "成绩", "content": "无事故"},
        ],
        "safety.plan": [
            {"title": "全", "unit": "甲", **whole},
            {"title": "缺", "unit": "甲", **{**whole, "normal_state": None}},
        ],
        "safety.vulnerable_group": [
            {"kind": "脆弱群体", "title": "独居老人"},
            {"kind": "高危人群", "title": "外卖骑手", "project_no": "P1"},
        ],
    }
    assert subjects("safety.weak-link-unanswered", rows) == ["消火栓不足"]
    assert subjects("safety.plan-one-sided", rows) == ["缺"]
    assert subjects("safety.vulnerable-without-project", rows) == ["独居老人"]


@seed("S7-57", "S7-58", "S7-61", "S7-62")
def test_the_targets_of_the_year() -> None:
    def survey(day: str, sample: int, satisfied: int | None, aware: int | None = None, **more: object) -> Row:
        return {"surveyed_on": day, "sample": sample, "satisfied": satisfied, "aware": aware, **more}

    rows = {
        "safety.hazard": [hazard(str(i)) for i in range(9)] + [unfinished("9")],
        "safety.satisfaction_survey": [
            survey("2023-06-01", 400, 368, 200, phase="宣传前"),
            survey("2023-12-01", 400, 367, 300, phase="宣传后"),
            survey("2022-12-01", 400, None),
        ],
        "safety.unit": [
            unit("1", standardised=True),
            unit("2"),
            unit("3", state="已关停", standardised=True),
        ],
    }
    assert measured("safety.hazards-rectified", rows)[("望河街道", "2023")] == (Decimal("90.0"), True)
    satisfied = measured("safety.satisfaction", rows)
    assert satisfied == {
        ("", "2023宣传前"): (Decimal("92.0"), True),
        ("", "2023宣传后"): (Decimal("91.8"), False),
    }
    aware = measured("safety.awareness", rows)
    assert (aware[("", "2023宣传前")][0], aware[("", "2023宣传后")][0]) == (Decimal("50.0"), Decimal("75.0"))
    assert measured("safety.standardised", rows)[("", "2023")] == (Decimal("50.0"), False)
