"""Rows of a small safety community; every rule of the pack finds something in :data:`ROWS`."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
PARAMETERS: dict[str, Any] = {
    "safety.reminder_days": 30,
    "safety.at_once_days": 1,
    "safety.status_goal": "2015-12-31",
}
#: A day on which quarter and year are about to end.
TODAY = "2023-12-15"


def hazard(number: str, **more: Any) -> Row:
    """A hidden danger rectified in time and verified by another."""
    base = {
        "hazard_no": number,
        "found_on": "2023-05-10",
        "unit": "香饭店",
        "description": "应急灯损坏",
        "at_once": False,
        "measures": "更换设备",
        "responsible": "常辉",
        "deadline_on": "2023-05-24",
        "done_on": "2023-05-20",
        "rechecked_on": "2023-05-22",
        "rechecked_by": "康生",
        "state": "已整改",
        "division": "望河街道",
    }
    return base | more


def unfinished(number: str, **more: Any) -> Row:
    """One that is being rectified."""
    base = {"done_on": None, "rechecked_on": None, "rechecked_by": None, "state": "整改中"}
    return hazard(number, **(base | more))


def inspection(day: str, kind: str = "联合大检查", **more: Any) -> Row:
    """An inspection by two departments."""
    return {"inspected_on": day, "kind": kind, "departments": "安监站、派出所", "unit": "香饭店", **more}


def unit(number: str, **more: Any) -> Row:
    """A unit in business."""
    return {"unit_no": number, "unit": f"单位{number}", "kind": "企业", "state": "正常经营", **more}


def drill(number: str | None, day: str, **more: Any) -> Row:
    """A drill of the unit with that number."""
    return {"unit_no": number, "unit": f"单位{number}", "drilled_on": day, "kind": "消防疏散", **more}


def statistic(category: str, before: object, now: object, limit: object = None, **more: Any) -> Row:
    """The accidents of a category, last year and this."""
    return {"category": category, "accidents_before": before, "accidents": now, "limit": limit, **more}


def accident(day: str, category: str = "消防", **more: Any) -> Row:
    """An accident with one injured, told by one source."""
    base = {"happened_on": day, "category": category, "place": "府前路口", "injured": 1}
    return base | {"cause": "违章", "source": "消防站", **more}


def project(number: str, **more: Any) -> Row:
    """A promotion project with scheme, comparison, judgement and next review."""
    base = {
        "project_no": number,
        "title": f"项目{number}",
        "scheme_on": "2023-01-01",
        "started_on": "2023-02-01",
        "finished_on": "2023-06-30",
        "before_value": 10,
        "after_value": 4,
        "judged": "有效",
        "next_review_on": "2024-06-30",
    }
    return base | more


ROWS: dict[str, list[Row]] = {
    "safety.hazard": [
        unfinished("H1", at_once=True, responsible=None),
        unfinished("H2", measures=None),
        hazard("H3", rechecked_on=None),
        hazard("H4", rechecked_by="常辉", rechecked_on="2023-05-19"),
    ],
    "safety.inspection": [
        inspection("2023-02-01"),
        inspection("2023-11-01", "日常巡查", departments=None, problems=2),
    ],
    "safety.unit": [unit("D1"), unit("D2")],
    "safety.drill": [drill("D2", "2022-05-01")],
    "safety.training": [{"trained_on": "2023-03-01", "level": "全员", "topic": "消防"}],
    "safety.duty": [{"unit": "单位D1", "document": "职责", "title": "安全职责"}],
    "safety.accident_statistic": [
        statistic("消防", 10, 10, 9, injured_before=5, injured=5, year=2023),
    ],
    "safety.accident": [
        accident("2023-01-31"),
        accident("2023-01-31", source="派出所"),
        accident("2023-02-01", cause=None),
    ],
    "safety.hazard_source": [
        {
            "source_no": "W1",
            "place": "锅炉房",
            "hazard": "爆炸",
            "likelihood": 1,
            "exposure": 6,
            "consequence": 15,
            "stated_danger": 91,
        },
        {
            "source_no": "W2",
            "place": "油库",
            "hazard": "火灾",
            "likelihood": 6,
            "exposure": 6,
            "consequence": 15,
        },
        {"source_no": "W3", "place": "泵房", "hazard": "触电", "method": "LEC", "likelihood": 5},
    ],
    "safety.post": [
        {
            "body": "促委会办公室",
            "post": "主任",
            "name": "康生",
            "position": "安监站站长",
            "division": "望河街道",
        }
    ],
    "safety.model_check": [{"heading": "政府引导", "met": False, "checked_on": "2023-06-01"}],
    "safety.site_evaluation": [{"standard": "省级标准", "item": "组织", "full": 10, "score": 11}],
    "safety.acceptance": [{"level": "省级", "applied_on": "2015-03-01", "division": "望河街道"}],
    "safety.satisfaction_survey": [
        {"surveyed_on": "2023-11-01", "sample": 100, "satisfied": 90, "aware": 101, "division": "望河街道"}
    ],
    "safety.baseline": [{"surveyed_on": "2023-01-05", "kind": "问题差距", "content": "消火栓不足"}],
    "safety.promotion_project": [project("P1", scheme_on=None, judged=None, next_review_on=None)],
    "safety.project_stage": [{"project_no": "P1", "stage": "实施", "recorded_on": "2023-03-01"}],
    "safety.element_check": [{"project_no": "P1", "element": "有目标", "met": False}],
    "safety.plan": [{"title": "消防预案", "unit": "单位D1", "prevention": "有"}],
    "safety.vulnerable_group": [{"kind": "脆弱群体", "title": "独居老人"}],
}
