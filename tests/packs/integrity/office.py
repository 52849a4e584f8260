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


def declared(business: str, code: str | None = None, person: str | None = None, **more: Any) -> Row:
    """A leader's brother and what he runs."""
    base = {"name": "袁伟", "relative": "袁强", "relation": "弟"}
    return base | {"organisation": business, "credit_code": code, "relative_person": person, **more}


def voucher(number: str, amount: object = 30000, **more: Any) -> Row:
    """A payment of a community, entered in its books."""
    base = {
        "voucher_no": number,
        "voucher_on": "2023-06-20",
        "direction": "支出",
        "amount": amount,
        "payee": "建工程队",
        "use": "事项Z7",
        "state": "已入账",
        "division": "云溪社区",
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
    "integrity.relative_declaration": [declared("河畔商行", person="9001")],
    "accounting.voucher": [
        voucher("P1", voucher_on="2023-06-08"),
        voucher("P2", 2000),
        voucher("P3", payee="河畔商行", use="茶叶"),
    ],
    "culture.spending": [
        {"spending_no": "C1", "project_no": "W1", "amount": 300, "payee": "河畔商行", "division": "云溪社区"}
    ],
    "assistance.recipient": [
        {"certificate": "DB1", "name": "袁强", "person": "9001", "phone": "19000000001", "relation": "户主"}
    ],
    "assistance.payment": [{"certificate": "DB1", "month": "2023-03", "due": 930, "paid": 900}],
    "microcredit.loan": [{"loan_no": "DK1", "name": "袁强", "person": "9001", "amount": 20000}],
    "safety.unit": [{"unit_no": "D1", "unit": "香饭店"}],
    "safety.hazard": [{"hazard_no": "H1", "unit": "福饭店", "found_on": "2023-05-01"}],
    "integrity.petition": [
        petition("X1", "2023-04-03", "2023-04-11"),
        petition("X2", "2023-03-21"),
        petition("X3", "2023-05-04", "2023-05-05", content="香饭店疏散通道堵塞"),
        petition("X4", "2023-05-04", "2023-05-05", content="低保金少了", name="袁强", phone="19000000001"),
    ],
    "integrity.risk_point": [
        point("F1", education=None, measure_review=None, duty=None),
        point("F2", screening="筛除"),
        point("F3", name="贺云兰"),
        point("F4", found_by="上级找"),
    ],
    "integrity.programme_task": [
        {"task_no": "T1", "task": "查找风险点", "section": "纪工委", "due_on": "2023-06-30"}
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
    "integrity.commitment": [{"name": "袁伟", "post": "工委书记", "commitment": "不收礼"}],
    "integrity.approval": [approval("S1", prescreened_on=None, reviewed_by="甲")],
}
