"""Rows of a small cultural year; every rule of the pack finds something in :data:`ROWS`."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
PARAMETERS: dict[str, Any] = {
    "culture.low_attendance": 15,
    "culture.elderly_share": "0.6",
    "culture.project_days": 10,
}


def project(number: str, **more: Any) -> Row:
    """A closed project, published before it began, judged by a third party."""
    base = {
        "project_no": number,
        "title": f"项目{number}",
        "organisation": "墨香书画社",
        "leader": "贾红",
        "serves": "退休居民",
        "goal": "丰富居民生活",
        "format": "讲座、展览",
        "needs": "问卷300份",
        "features": "老年人多",
        "methods": "小组工作",
        "risks": "人多拥挤",
        "evaluation_plan": "量表",
        "policy": "文件1号",
        "budget": 8000,
        "approved_on": "2023-02-10",
        "started_on": "2023-03-01",
        "ended_on": "2023-06-30",
        "published_on": "2023-02-20",
        "state": "已结项",
        "evaluating_body": "正源评估中心",
        "evaluator": "吴林",
        "evaluation_method": "评估会",
        "evaluated_on": "2023-07-10",
        "score": 85,
        "division": "云溪社区",
    }
    return base | more


def spending(project_no: str, amount: object, **more: Any) -> Row:
    """Money spent by somebody for a project."""
    base = {
        "spending_no": f"ZC-{project_no}-{amount}",
        "project_no": project_no,
        "spent_on": "2023-04-04",
        "item": "材料费",
        "amount": amount,
        "payee": "超市",
        "handler": "周武",
    }
    return base | more


def activity(number: str, participants: int | None = 40, **more: Any) -> Row:
    """A planned, published and supervised activity in a hall of 80."""
    base = {
        "activity_no": number,
        "project_no": "P1",
        "title": f"活动{number}",
        "held_on": "2023-04-10",
        "prepared_from": "2023-04-01",
        "place": "活动室",
        "form": "讲座",
        "capacity": 80,
        "participants": participants,
        "ordered": False,
        "planned": True,
        "published_on": "2023-04-05",
        "supervised_by": "李阿姨",
        "division": "云溪社区",
    }
    return base | more


def plan(place: str | None = "云溪社区", **more: Any) -> Row:
    """The plan of a community for 2023."""
    return {"year": 2023, "plan": "年度计划", "officer": "王", "division": place, **more}


ROWS: dict[str, list[Row]] = {
    "culture.project": [
        project(
            "P1",
            budget=100,
            evaluating_body="墨香书画社",
            format="讲座",
            goal=None,
            policy=None,
            features=None,
        ),
        project(
            "P2", published_on=None, evaluating_body=None, evaluation_method="自评", score=None, needs=None
        ),
        project("P3", published_on="2023-03-02", ended_on="2023-03-04", serves=None),
    ],
    "culture.budget_item": [{"project_no": "P1", "item": "材料费", "amount": 90}],
    "culture.management_body": [
        {"body": "社区项目办", "level": "社区"},
        {"body": "区分中心", "level": "区县", "above": "无此中心"},
    ],
    "culture.spending": [
        spending("P1", 101, handler=None),
        spending("P2", 50),
        spending("P1", 20, item="餐费"),
        spending("P9", 50),
    ],
    "culture.special_fund": [
        {"fund_no": "ZX1", "source": "区财政", "amount": 100, "received_on": "2023-01-05", "project_no": "P1"}
    ],
    "culture.activity": [
        activity("A1", 10, prepared_from="2023-03-01", aged_60=9, aged_18=1, aged_0=0),
        activity("A2", 90, ordered=True, planned=False, published_on=None, supervised_by=None, aged_60=80),
    ],
    "culture.plan": [plan("柳岸社区", officer=None)],
    "culture.participation": [
        {"year": 2023, "residents": 1000, "regular": 50, "division": "云溪社区"},
        {"year": 2023, "residents": 1000, "regular": 1001, "division": "听泉社区"},
    ],
    "culture.organisation": [
        {"organisation": "墨香书画社", "scale": "弱", "using": "较差", "rated_on": "2023-01-05"}
    ],
    "culture.team_member": [{"project_no": "P1", "name": "周武", "post": "干事", "social_worker": False}],
    "culture.evaluation": [
        {"project_no": "P1", "stage": "结束", "evaluator_kind": "第三方", "evaluator": "周武"}
    ],
}
