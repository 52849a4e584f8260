"""Handling: two pairs of eyes, control points, errors, steps and materials nobody needs."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.insurance.people import by_subject, subjects


def case(number: str, **more: Any) -> dict[str, Any]:
    """A case entered by one, reviewed by another, finished."""
    row = {
        "case_no": number,
        "office": "宿城",
        "item": "退休审批",
        "accepted_on": "2023-05-01",
        "entry_by": "甲",
        "review_by": "乙",
        "reviewed_on": "2023-05-03",
        "finished_on": "2023-05-03",
    }
    return row | more


@pytest.mark.seed("S10-68")
def test_no_one_person_does_entry_and_review() -> None:
    rows = [
        case("1", review_by="甲"),
        case("2"),
        case("3", entry_by=None, review_by=None),
        case("4", review_by=None),
    ]
    assert subjects(ask("insurance.entry-and-review-same", {"insurance.handling": rows})) == {"1"}


@pytest.mark.seed("S10-68")
def test_a_case_is_reviewed_before_it_is_finished() -> None:
    rows = [
        case("1", review_by=None),
        case("2", reviewed_on="2023-05-04"),
        case("3"),
        case("4", review_by=None, finished_on=None),
    ]
    assert subjects(ask("insurance.finished-without-review", {"insurance.handling": rows})) == {"1", "2"}


@pytest.mark.seed("S10-67")
def test_errors_are_corrected() -> None:
    rows = [
        case("1", errors=1, error_note="工龄算错"),
        case("2", errors=1, corrected_on="2023-05-09"),
        case("3", errors=0),
        case("4", errors=None),
    ]
    assert subjects(ask("insurance.error-not-corrected", {"insurance.handling": rows})) == {"1"}


def step(item: str, name: str, **more: Any) -> dict[str, Any]:
    """A step of an item in the office of 宿城."""
    return {"handbook": "2009版", "office": "宿城", "item": item, "step": name} | more


@pytest.mark.seed("S10-70")
def test_a_finished_case_has_passed_every_control_point() -> None:
    def done(number: str, *names: str, **more: Any) -> list[dict[str, Any]]:
        return [{"case_no": number, "step": name} | more for name in names]

    tables = {
        "insurance.process_step": [
            step("退休审批", "受理"),
            step("退休审批", "档案复核", control_point=True),
            step("退休审批", "集体会审", control_point=True),
            step("退休审批", "局长签批", control_point=True, office="泗阳"),
        ],
        "insurance.handling": [
            case("1"),
            case("2"),
            case("3", finished_on=None),
            case("4"),
            case("5"),
        ],
        "insurance.handling_step": [
            *done("1", "受理", "档案复核"),
            *done("2", "档案复核", "集体会审"),
            *done("3", "受理"),
            *done("5", "档案复核"),
            *done("5", "集体会审", outcome="跳过"),
        ],
    }
    found = by_subject(ask("insurance.control-point-skipped", tables))
    assert set(found) == {"1", "5"}
    assert "没有经过关键控制点：集体会审" in found["1"].because


@pytest.mark.seed("S10-70", "S10-75")
def test_a_change_that_removes_a_control_point_is_found() -> None:
    def change(name: str, **more: Any) -> dict[str, Any]:
        return {"item": "退休审批", "kind": "取消环节", "step": name, "changed_on": "2023-05-01"} | more

    tables = {
        "insurance.process_step": [
            step("退休审批", "档案复核", control_point=True),
            step("退休审批", "集体会审", control_point=True),
            step("退休审批", "盖章"),
        ],
        "insurance.process_change": [
            change("档案复核"),
            change("集体会审", decision="不批准"),
            change("盖章"),
            change("档案复核", item="失业金申领"),
            change("集体会审", kind="增加环节"),
        ],
    }
    found = ask("insurance.control-removed", tables)
    assert [(f.subject_id, f.key) for f in found] == [("退休审批", "档案复核")]


@pytest.mark.seed("S10-92", "S10-93")
def test_a_change_records_reason_and_effects() -> None:
    full = {"item": "甲", "reason": "提速", "effect_on_control": "无", "effect_on_steps": "减1个环节"}
    rows = [
        full | {"change_no": "1", "reason": None},
        full | {"change_no": "2", "effect_on_control": " "},
        full | {"change_no": "3"},
    ]
    found = ask("insurance.change-without-reason", {"insurance.process_change": rows})
    assert [f.key for f in found] == ["1", "2"]


@pytest.mark.seed("S10-66", "S10-92")
def test_a_split_step_has_a_reason() -> None:
    rows = [
        step("甲", "初审一", split_from="初审"),
        step("甲", "初审二", split_from="初审", split_reason="金额大的另审"),
        step("甲", "受理"),
    ]
    found = ask("insurance.split-step-without-reason", {"insurance.process_step": rows})
    assert [f.key for f in found] == ["初审一"]


@pytest.mark.seed("S10-66")
def test_a_process_cut_too_fine_is_found() -> None:
    rows = [step("甲", f"环节{i}", step_no=i) for i in range(4)]
    rows += [step("乙", f"环节{i}", step_no=i) for i in range(3)]
    rows += [step("乙", f"环节{i}", office="泗阳") for i in range(3)]
    parameters = {"insurance.max_steps_per_item": 3}
    found = by_subject(
        ask("insurance.process-too-long", {"insurance.process_step": rows}, parameters=parameters)
    )
    assert set(found) == {"甲"}
    assert "共4个环节" in found["甲"].because
    waiting = outcome("insurance.process-too-long", {"insurance.process_step": rows})
    assert waiting.missing == ("insurance.max_steps_per_item",)


@pytest.mark.seed("S10-66", "S10-71")
def test_steps_that_serve_nothing_are_listed_unless_they_are_control_points() -> None:
    rows = [
        step("甲", "登记二次", serves="无"),
        step("甲", "抄录", serves=None),
        step("甲", "复核", serves=None, control_point=True),
        step("甲", "受理", serves="业务"),
    ]
    found = ask("insurance.step-without-purpose", {"insurance.process_step": rows})
    assert {f.key for f in found} == {"宿城登记二次", "宿城抄录"}


@pytest.mark.seed("S10-72")
def test_materials_that_no_step_uses_are_listed() -> None:
    def material(item: str, name: str, **more: Any) -> dict[str, Any]:
        return {"office": "宿城", "item": item, "material": name} | more

    tables = {
        "insurance.item_material": [
            material("甲", "户口本"),
            material("甲", "身份证", used_in_step="受理"),
            material("甲", "照片", used_in_step="制证"),
            material("甲", "承诺书", purpose="防止冒领"),
            material("乙", "照片", used_in_step="制证"),
        ],
        "insurance.process_step": [step("甲", "受理")],
    }
    found = ask("insurance.material-not-used", tables)
    assert {f.key for f in found} == {"宿城户口本", "宿城照片"}
    # Without the steps only what is left blank can be judged.
    del tables["insurance.process_step"]
    assert {f.key for f in ask("insurance.material-not-used", tables)} == {"宿城户口本"}


@pytest.mark.seed("S10-28")
def test_steps_name_the_post_that_does_them() -> None:
    rows = [step("甲", "受理", post="窗口岗"), step("甲", "复核", post=None)]
    found = ask("insurance.step-without-post", {"insurance.process_step": rows})
    assert [f.key for f in found] == ["宿城复核"]
