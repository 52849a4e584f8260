"""Petitions, risk points, commitments, approvals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.integrity.office import Row, approval, petition, point, staff

seed = pytest.mark.seed
PETITION, POINT, STAFF = "integrity.petition", "integrity.risk_point", "integrity.staff"


@seed("S3-31", "S3-52")
def test_answers_within_three_working_days() -> None:
    rows = {
        PETITION: [
            petition("plain-late", "2023-03-22", "2023-03-28"),
            petition("plain-last", "2023-03-22", "2023-03-27"),
            petition("spring-last", "2023-01-18", "2023-01-28"),
            petition("spring-late", "2023-01-19", "2023-01-30"),
            petition("autumn-last", "2023-09-28", "2023-10-09"),
            petition("make-up-day-counts", "2023-05-04", "2023-05-09"),
            petition("same-day", "2023-03-22", "2023-03-22"),
            petition("undated", "2023-03-22"),
        ]
    }
    code = "integrity.petition-late"
    assert subjects(code, rows) == ["make-up-day-counts", "plain-late", "spring-late"]
    found = {f.subject_id: f for f in ask(code, rows)}["spring-late"]
    assert found.because == (
        "spring-late来信“反映停车难”2023年1月19日受理，应于2023年1月29日前答复，城管科于2023年1月30日才答复"
    )
    assert subjects(code, rows, parameters={"integrity.reply_days": 4}) == []
    share = measured("integrity.answered-in-time", rows)[("望河街道", "2023")]
    assert share == (Decimal("50.00"), False)


@seed("S3-31")
def test_nothing_stays_unanswered() -> None:
    rows = {
        PETITION: [
            petition("forgotten", "2023-03-21"),
            petition("due-on-the-day", "2023-12-26"),
            petition("day-after", "2023-12-25"),
            petition("recent", "2023-12-29"),
            petition("answered", "2023-03-21", "2023-06-01"),
            petition("said-answered", "2023-03-21", result="已答复"),
            petition("said-not", "2023-03-21", result="未答复"),
        ]
    }
    code = "integrity.petition-unanswered"
    assert subjects(code, rows, as_of="2023-12-29") == ["day-after", "forgotten", "said-not"]
    assert measured("integrity.petitions-pending", rows, as_of="2023-12-29") == {
        ("城管科", "2023"): (Decimal(2), None)
    }
    fields = {PETITION: ["petition_no", "received_on"]}
    assert outcome(code, rows, fields=fields).status == "no-ledger"


@seed("S3-50")
def test_three_lines_of_control() -> None:
    rows = {
        POINT: [
            point("whole"),
            point("no-education", education=None),
            point("two-missing", institution=" ", supervision=None),
            point("screened-out", education=None, screening="筛除"),
            point("unsaid", supervision=None, screening=None),
        ]
    }
    found = ask("integrity.control-line-missing", rows)
    assert [f.subject_id for f in found] == ["no-education", "two-missing", "unsaid"]
    assert found[0].because == "no-education袁伟“印章管理中信息不公开”缺教育措施"
    assert "缺制度监督措施" in found[1].because


@seed("S3-46")
def test_everyone_in_post_finds_risk_points() -> None:
    rows = {
        STAFF: [
            staff("G1", "袁伟"),
            staff("G2", "陈涛"),
            staff("G3", "蒋琴", state="退休"),
            staff("G4", "董桂", state="不在岗"),
            staff("G5", "邓磊", state=None),
            staff("G6", "离了", state=None, left_on="2023-02-01"),
        ],
        POINT: [point("F1")],
    }
    code = "integrity.staff-without-risk-point"
    assert subjects(code, rows) == ["G2", "G5"]
    assert ask(code, rows)[0].because == "民政科民政科科员陈涛没有一条廉政风险点"


@seed("S3-47")
def test_every_step_of_power_is_assessed() -> None:
    def step(number: str, text: str | None) -> Row:
        return {"step_no": number, "matter": "采购事项", "step": text}

    rows = {
        "integrity.power_step": [
            step("1", "询价"),
            step("2", "印章管理审核"),
            step("3", None),
            step("4", "验收"),
        ],
        POINT: [point("F1"), point("F2", step="询价", screening="筛除"), point("F3", step=None)],
    }
    assert subjects("integrity.step-without-risk-point", rows) == ["1", "4"]


@seed("S3-48", "S3-49", "S3-21")
def test_measures_accepted_tied_to_duty_and_rejections_explained() -> None:
    rows = {
        POINT: [
            point("whole"),
            point("refused", measure_review="不通过"),
            point("unseen", measure_review=None, duty=None),
            point("out", screening="筛除", measure_review=None, duty=None),
            point("out-with-reason", screening="筛除", screening_reason="重复"),
        ]
    }
    assert subjects("integrity.measure-not-accepted", rows) == ["refused", "unseen"]
    assert subjects("integrity.not-tied-to-duty", rows) == ["unseen"]
    assert subjects("integrity.screened-out-without-reason", rows) == ["out"]


@seed("S3-12", "S3-23", "S3-24")
def test_leaders_commit_in_public() -> None:
    rows = {
        STAFF: [
            staff("G1", "袁伟", post="工委书记"),
            staff("G2", "贺云", post="副主任"),
            staff("G3", "罗斌", post="调研员", rank="副处级"),
            staff("G4", "魏梅", post="办公室主任"),
            staff("G5", "雷勇", post="办事处主任", state="退休"),
            staff("G6", "陈涛", post="副主任", rank="科级"),
        ],
        "integrity.commitment": [
            {"name": "袁伟", "post": "工委书记", "commitment": "不收礼", "published_on": "2023-02-01"},
            {"name": "外人", "post": "科长", "commitment": "不收礼"},
        ],
    }
    assert subjects("integrity.leader-without-commitment", rows) == ["G2", "G3"]
    assert subjects("integrity.commitment-not-public", rows) == ["外人"]


@seed("S3-34", "S3-35", "S3-40")
def test_approvals_in_three_steps_by_three_people() -> None:
    rows = {
        "integrity.approval": [
            approval("whole"),
            approval("same-day", prescreened_on="2023-03-15", reviewed_on="2023-03-15"),
            approval("skipped", reviewed_on=None),
            approval("reversed", approved_on="2023-03-09"),
            approval("early", prescreened_on="2023-02-28"),
            approval("refused", reviewed_on=None, result="不批准"),
            approval("twice", approved_by="甲"),
            approval("unknown", prescreened_by=None, reviewed_by=None),
        ]
    }
    assert subjects("integrity.approval-step-skipped", rows) == ["early", "reversed", "skipped"]
    assert subjects("integrity.approval-by-one-person", rows) == ["twice"]


@seed("S3-33", "S3-34", "S3-35")
def test_only_who_holds_the_authority_approves() -> None:
    rows = {
        "integrity.approval": [
            approval("outside", approved_by="陈涛"),
            approval("blank", approved_by="董桂"),
            approval("inside", approved_by="袁伟"),
            approval("all", approved_by="贺云"),
            approval("district", approved_by="区里的人"),
            approval("nobody", approved_by=None),
        ],
        STAFF: [
            staff("G1", "陈涛", authority="低保"),
            staff("G2", "董桂"),
            staff("G3", "袁伟", authority="低保、经济适用房"),
            staff("G4", "贺云", authority="全部事项"),
        ],
    }
    assert subjects("integrity.approver-without-authority", rows) == ["blank", "outside"]


@seed("S3-41", "S3-42", "S3-43", "S3-44", "S3-45")
def test_key_areas_are_supervised_and_have_risk_points() -> None:
    rows = {
        POINT: [
            point("F1"),
            point("F2", aspect="行政审批项目"),
            point("F3", aspect=None),
            point("F4", aspect="大额资金使用", step="大额资金审批"),
        ],
        "integrity.supervision_record": [
            {"supervised_on": "2023-05-01", "aspect": "行政审批项目"},
            {"supervised_on": "2022-05-01", "aspect": "政务公开"},
            {"supervised_on": "2024-01-01", "aspect": "大额资金使用"},
        ],
    }
    assert subjects("integrity.aspect-not-supervised", rows) == ["大额资金使用", "政务公开"]


@seed("S3-36", "S3-37", "S3-38", "S3-39", "S3-40", "S3-41", "S3-42", "S3-43", "S3-44", "S3-45", "S3-51")
def test_risk_points_counted_by_leader_and_by_aspect() -> None:
    rows = {
        POINT: [
            point("F1"),
            point("F2", found_by="上级找", step="低保金发放", risk="优亲厚友", aspect=None),
            point("F3", screening="筛除", step="人事调配"),
        ]
    }
    by_leader = measured("integrity.risk-points-by-leader", rows)
    assert {k: v[0] for k, v in by_leader.items()} == {("袁伟", "自己找"): 1, ("袁伟", "上级找"): 1}
    by_aspect = measured("integrity.risk-points-by-aspect", rows)
    assert len(by_aspect) == 10
    assert by_aspect[("", "低保审核和发放")] == (Decimal(1), True)
    assert by_aspect[("", "政务公开")] == (Decimal(1), True)
    assert by_aspect[("", "干部选拔任用")] == (Decimal(0), False)
