"""Hidden dangers, and what must happen once a quarter or a year."""

from __future__ import annotations

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.safety.office import Row, drill, hazard, inspection, unfinished, unit

HAZARD, QUARTER = "safety.hazard", "safety.quarter-without-joint-inspection"
seed = pytest.mark.seed


@pytest.mark.parametrize(
    ("code", "found", "left"),
    [
        pytest.param(
            "hazard-overdue",
            [unfinished("1"), hazard("2", done_on="2023-05-25"), unfinished("3", deadline_on="2023-12-30")],
            [
                hazard("4", done_on="2023-05-24"),
                unfinished("5", deadline_on="2024-01-09"),
                unfinished("6", deadline_on="2023-12-31"),
                unfinished("7", deadline_on=None),
                hazard("8", done_on=None),
            ],
            marks=seed("S7-15", "S7-41", "S7-58"),
        ),
        pytest.param(
            "hazard-not-rechecked",
            [hazard("1", rechecked_on=None), hazard("2", done_on=None, rechecked_on=None)],
            [hazard("3", rechecked_on="2023-05-20"), unfinished("4"), hazard("5", rechecked_by=None)],
            marks=seed("S7-50"),
        ),
        pytest.param(
            "hazard-without-plan",
            [unfinished("1", measures=None), hazard("2", responsible=" "), unfinished("3", deadline_on=None)],
            [
                hazard("4", at_once=True, measures=None, responsible=None, deadline_on=None),
                hazard("5", at_once=None, measures=None),
                hazard("6"),
            ],
            marks=seed("S7-41", "S7-15"),
        ),
        pytest.param(
            "at-once-not-done",
            [hazard("1", at_once=True, done_on="2023-05-12"), unfinished("2", at_once=True)],
            [
                hazard("3", at_once=True, done_on="2023-05-11"),
                hazard("4"),
                hazard("5", at_once=True, done_on=None),
                unfinished("6", at_once=None),
            ],
            marks=seed("S7-40"),
        ),
        pytest.param(
            "self-recheck",
            [hazard("1", rechecked_by="常辉")],
            [hazard("2"), hazard("3", responsible=None, rechecked_by=None)],
            marks=seed("S7-50"),
        ),
        pytest.param(
            "rechecked-before-done",
            [hazard("1", rechecked_on="2023-05-19")],
            [hazard("2", rechecked_on="2023-05-20"), unfinished("3", rechecked_on="2023-05-19")],
            marks=seed("S7-50"),
        ),
    ],
)
def test_rules_on_one_hidden_danger(code: str, found: list[Row], left: list[Row]) -> None:
    answered = subjects(f"safety.{code}", {HAZARD: [*found, *left]}, parameters={"safety.at_once_days": 1})
    assert answered == [r["hazard_no"] for r in found]


def test_the_sentence_counts_the_days() -> None:
    late, never = ask(
        "safety.hazard-overdue", {HAZARD: [hazard("H1", done_on="2023-05-25"), unfinished("H2")]}
    )
    assert late.because == (
        "香饭店“应急灯损坏”（H1）期限2023年5月24日，完成日期：2023年5月25日，逾期1天，责任人常辉"
    )
    assert "完成日期：（空），逾期221天" in never.because


@seed("S7-39")
def test_a_joint_inspection_each_quarter() -> None:
    rows = {
        "safety.inspection": [
            inspection("2023-03-31"),
            inspection("2023-06-07"),
            inspection("2023-09-19"),
            inspection("2023-11-09", "部门检查"),
            inspection("2023-12-09", "日常巡查"),
        ]
    }
    (found,) = ask(QUARTER, rows)
    assert (found.subject_id, found.subject_name) == ("2023Q4", "2023年第四季度")
    assert found.because == "全辖区2023年第四季度没有安全联合大检查（其他检查2次）"
    assert len(found.evidence) == 2
    assert ask(QUARTER, rows, as_of="2023-12-30") == []
    assert subjects(QUARTER, rows, as_of="2024-02-01") == ["2023Q4"]
    rows["safety.inspection"].append(inspection("2023-12-31", "安全联合检查"))
    assert ask(QUARTER, rows) == []
    assert subjects(QUARTER, {"safety.inspection": [inspection("2023-09-19")]}) == [
        "2023Q1",
        "2023Q2",
        "2023Q4",
    ]


@seed("S7-39")
def test_each_community_that_inspects_by_itself_is_asked() -> None:
    def at(place: str | None, *days: str, kind: str = "联合大检查") -> list[Row]:
        return [inspection(day, kind, division=place) for day in days]

    ends = ("2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31")
    own = [*at("望河街道云溪社区", *ends), *at("柳岸社区", *ends[:2]), *at("柳岸社区居委会", "2023-10-01")]
    (found,) = ask(QUARTER, {"safety.inspection": own})
    assert (found.subject_id, found.key, found.division) == ("2023Q3", "柳岸", "柳岸社区")
    assert found.because == "柳岸社区2023年第三季度没有安全联合大检查（其他检查0次）"
    # One that only has inspections of another kind is asked too, unless the town inspects for all.
    rows = [*own, *at("石桥村", "2023-08-01", kind="日常巡查")]
    keys = [(f.subject_id, f.key) for f in ask(QUARTER, {"safety.inspection": rows})]
    assert keys == [
        ("2023Q1", "石桥"),
        ("2023Q2", "石桥"),
        ("2023Q3", "柳岸"),
        ("2023Q3", "石桥"),
        ("2023Q4", "石桥"),
    ]
    rows += at("望河街道", *ends[:3])
    keys = [(f.subject_id, f.key) for f in ask(QUARTER, {"safety.inspection": rows})]
    assert keys == []
    town = [*at(None, *ends[:3]), *at("石桥村", "2023-08-01", kind="日常巡查"), *at("柳岸社区", *ends[:2])]
    keys = [(f.subject_id, f.key) for f in ask(QUARTER, {"safety.inspection": town})]
    assert keys == [("2023Q4", ""), ("2023Q4", "柳岸")]


@seed("S7-39")
def test_a_warning_before_the_quarter_ends() -> None:
    code = "safety.joint-inspection-still-due"
    rows = {"safety.inspection": [inspection("2023-09-19"), inspection("2023-11-09", "部门检查")]}
    given = {"safety.reminder_days": 30}
    assert subjects(code, rows, parameters=given, as_of="2023-12-01") == ["2023Q4"]
    assert subjects(code, rows, parameters=given, as_of="2023-11-30") == []
    assert subjects(code, rows, parameters=given, as_of="2023-12-31") == []
    assert outcome(code, rows).missing == ("safety.reminder_days",)
    rows["safety.inspection"].append(inspection("2023-10-09", division="云溪社区"))
    rows["safety.inspection"].append(inspection("2023-09-09", division="柳岸社区"))
    (found,) = ask(code, rows, parameters=given, as_of="2023-12-01")
    assert (found.key, found.because[:13]) == ("柳岸", "柳岸社区2023年第四季度")
    assert len(found.evidence) == 1


@seed("S7-37")
def test_a_drill_of_each_unit_each_year() -> None:
    rows = {
        "safety.unit": [
            unit("none"),
            unit("last-days"),
            unit("by-name"),
            unit("last-year"),
            unit("closed", state="已关停"),
            unit("closed-on", closed_on="2023-02-01"),
            unit("unknown-state", state=None),
        ],
        "safety.drill": [
            drill("last-days", "2023-12-29"),
            drill(None, "2023-05-01", unit="单位by-name"),
            drill("last-year", "2022-12-31"),
            drill("last-year", "2024-01-01"),
        ],
    }
    code = "safety.unit-without-drill"
    assert subjects(code, rows) == ["last-year", "none", "unknown-state"]
    found = ask(code, rows)[1]
    assert found.because == "企业单位单位none（none）2023年没有应急疏散演练"
    assert subjects(code, rows, as_of="2023-12-30") == [
        "by-name",
        "closed-on",
        "last-days",
        "none",
        "unknown-state",
    ]
    assert subjects(code, rows, as_of="2022-12-30") == []
    given = {"safety.reminder_days": 30}
    due = "safety.drill-still-due"
    assert subjects(due, rows, parameters=given, as_of="2023-12-15") == [
        "last-days",
        "last-year",
        "none",
        "unknown-state",
    ]
    assert subjects(due, rows, parameters=given, as_of="2023-11-30") == []
    assert subjects(due, rows, parameters=given, as_of="2023-12-31") == []


@seed("S7-49", "S7-54", "S7-36")
def test_inspections_duties_and_training() -> None:
    rows = {
        "safety.inspection": [
            inspection("2023-03-31"),
            inspection("2023-04-01", unit="乙店", departments=" "),
        ],
        "safety.unit": [unit("whole"), unit("partial"), unit("none"), unit("closed", state="已关停")],
        "safety.duty": [
            {"unit": "单位whole", "document": kind, "title": kind} for kind in ("任务分工", "职责", "制度")
        ]
        + [{"unit": "单位partial", "document": "职责", "title": "职责"}],
        "safety.training": [
            {"trained_on": "2023-03-01", "level": "领导小组"},
            {"trained_on": "2023-03-01", "level": "工作组"},
            {"trained_on": "2023-02-28", "level": "工作组"},
            {"trained_on": "2023-02-27", "level": "全员"},
            {"trained_on": "2023-04-01", "level": "全员"},
        ],
    }
    assert subjects("safety.inspection-without-departments", rows) == ["乙店"]
    assert subjects("safety.duty-missing", rows) == ["none", "partial"]
    early = ask("safety.training-out-of-order", rows)
    assert [(f.subject_id, f.key) for f in early] == [("全员", "2023-02-27"), ("工作组", "2023-02-28")]


@seed("S7-36")
def test_a_community_is_trained_after_its_own_leaders() -> None:
    def trained(day: str, level: str, place: str | None) -> Row:
        return {"trained_on": day, "level": level, "division": place}

    code = "safety.training-out-of-order"
    rows = [
        trained("2023-03-01", "领导小组", "云溪社区"),
        trained("2023-03-02", "工作组", "望河街道云溪社区"),
        trained("2023-03-02", "工作组", "柳岸社区"),
        trained("2023-04-01", "领导小组", "柳岸社区"),
        trained("2023-03-02", "工作组", "石桥村"),
    ]
    found = ask(code, {"safety.training": rows})
    assert [(f.key, f.division) for f in found] == [
        ("2023-03-02 柳岸", "柳岸社区"),
        ("2023-03-02 石桥", "石桥村"),
    ]
    assert found[1].because == "2023年3月2日培训工作组时，上一层次的首次培训：（空）"
    # Leaders of the town were trained for all.
    assert ask(code, {"safety.training": [*rows, trained("2023-03-02", "领导小组", "望河街道")]}) == []


@seed("S7-50", "S7-47")
def test_what_inspections_found_is_on_the_list() -> None:
    rows = {
        "safety.inspection": [
            inspection("2023-05-10", unit="香饭店", problems=2),
            inspection("2023-05-10", unit="福饭店", problems=2),
            inspection("2023-05-10", unit="和饭店", problems=1),
            inspection("2023-05-10", unit="味饭店", problems=0),
            inspection("2023-05-10", unit="顺饭店", problems=None),
            inspection("2023-05-10", unit=None, problems=3),
            inspection("2023-04-30", unit="源饭店", problems=3),
        ],
        HAZARD: [
            hazard("1", unit="香饭店", found_on="2023-05-10"),
            hazard("2", unit="香饭店", found_on="2023-05-09"),
            hazard("3", unit="望河福饭店", found_on="2023-05-10"),
            hazard("4", unit="福饭店", found_on="2023-06-10"),
            hazard("5", unit=None, found_on="2023-05-01"),
        ],
    }
    code = "safety.problems-not-listed"
    assert subjects(code, rows) == ["和饭店", "香饭店"]
    assert ask(code, rows)[1].because == ("2023年5月10日对香饭店的联合大检查发现隐患2处，其后列入隐患台账1处")
    only = {"safety.inspection": rows["safety.inspection"]}
    assert outcome(code, only).missing == (HAZARD,)
