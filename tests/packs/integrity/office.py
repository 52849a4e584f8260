"""Rows of a small sub-district office; every rule of the pack finds something in :data:`ROWS`."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
HERE = "望河街道"
PARAMETERS: dict[str, Any] = {"integrity.split_days": 10}


def item(number: str, amount: object = 5000, **more: Any) -> Row:
    """A use of funds below all limits, without a decision."""
    base = {
        "item_no": number,
        "applied_on": "2023-06-01",
        "section": "城管科",
        "category": "维修",
        "purpose": f"事项{number}",
        "amount": amount,
        "payee": "建工程队",
        "approver": "贺云兰",
        "paid_on": "2023-06-20",
        "division": HERE,
    }
    return base | more


def decided(number: str, amount: object, **more: Any) -> Row:
    """One that the director's office meeting decided before payment."""
    base = {"decided_by": "主任办公会", "decision_no": "主办〔2023〕5号", "decided_on": "2023-06-10"}
    return item(number, amount, **(base | more))


def minutes(purpose: str, amount: object = None, **more: Any) -> Row:
    """An item agreed at the fifth office meeting."""
    base = {
        "body": "主任办公会",
        "meeting_no": "主办〔2023〕5号",
        "held_on": "2023-06-10",
        "item": purpose,
        "amount": amount,
        "present": "袁伟、贺云兰",
        "result": "同意",
        "division": HERE,
    }
    return base | more


def petition(number: str, received: str, answered: str | None = None, **more: Any) -> Row:
    """A letter."""
    base = {
        "petition_no": number,
        "received_on": received,
        "answered_on": answered,
        "source": "来信",
        "name": "范庆",
        "content": "反映停车难",
        "section": "城管科",
        "result": "已答复" if answered else None,
        "division": HERE,
    }
    return base | more


def point(number: str, **more: Any) -> Row:
    """A risk point with all three lines of control."""
    base = {
        "point_no": number,
        "name": "袁伟",
        "post": "工委书记",
        "step": "印章管理",
        "risk": "印章管理中信息不公开",
        "found_by": "自己找",
        "education": "谈话",
        "institution": "双人经办",
        "supervision": "抽查",
        "measure_review": "通过",
        "duty": "主持工委工作",
        "screening": "采用",
        "aspect": "政务公开",
        "division": HERE,
    }
    return base | more


def staff(number: str, name: str, **more: Any) -> Row:
    """A staff member in post."""
    base = {"staff_no": number, "name": name, "post": "民政科科员", "section": "民政科", "state": "在岗"}
    return base | more


def approval(number: str, **more: Any) -> Row:
    """A housing application approved in three steps by three people."""
    base = {
        "case_no": number,
        "kind": "经济适用房",
        "name": "李婷",
        "accepted_on": "2023-03-01",
        "prescreened_by": "甲",
        "prescreened_on": "2023-03-05",
        "reviewed_by": "乙",
        "reviewed_on": "2023-03-10",
        "approved_by": "丙",
        "approved_on": "2023-03-15",
        "result": "批准",
    }
    return base | more


ROWS: dict[str, list[Row]] = {
    "integrity.fund_item": [
        item("Z1", "20000.01"),
        item("Z2", 120000, category="工程发包"),
        item("Z3", 15000, purpose="清扫费"),
        item("Z4", 15000, purpose="清扫费", paid_on="2023-06-25"),
        decided("Z5", 30000, paid_on="2023-06-01"),
        decided("Z6", 30000, decision_no="主办〔2023〕99号"),
        decided("Z7", 31000),
        decided("Z8", 32000, purpose="购车", payee="河畔商行"),
    ],
    "integrity.meeting_decision": [
        minutes("事项Z5", 30000, held_on="2023-01-10"),
        minutes("购车", 32000, result="不同意", present=None),
    ],
    "integrity.relative_declaration": [
        {"name": "袁伟", "relative": "袁强", "relation": "弟", "organisation": "河畔商行"}
    ],
    "integrity.petition": [petition("X1", "2023-04-03", "2023-04-11"), petition("X2", "2023-03-21")],
    "integrity.risk_point": [
        point("F1", education=None, measure_review=None, duty=None),
        point("F2", screening="筛除"),
    ],
    "integrity.supervision_record": [{"supervised_on": "2022-05-01", "aspect": "政务公开"}],
    "integrity.power_step": [
        {"step_no": "H1", "matter": "采购", "step": "询价", "post": "财政所"},
    ],
    "integrity.staff": [
        staff("G1", "陈涛", authority="低保"),
        staff("G2", "丙", authority="低保"),
        staff("G3", "贺云兰", post="办事处主任"),
    ],
    "integrity.commitment": [
        {"name": "袁伟", "post": "工委书记", "commitment": "不收礼", "signed_on": "2023-01-05"}
    ],
    "integrity.approval": [approval("S1", prescreened_on=None, reviewed_by="甲")],
}
