"""Lawful rows of integrity work: staff and their risk points, money decided before it is paid, petitions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shouwang.standards import workdays
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

ASPECTS = ("大额资金使用", "行政审批项目", "为民服务事项", "政务公开", "城市危旧房改造")
OFFICE_MEETING, COMMITTEE = "主任办公会", "工委会"
REPLY_DAYS = 3


def staff(site: Site) -> Row:
    """A clerk in post."""
    return {
        "staff_no": site.number("GB"),
        "name": site.official(),
        "person": None,
        "post": "科员",
        "section": "党政办",
        "rank": "科员",
        "state": "在岗",
        "since": site.day(3, 1, -4),
        "left_on": None,
        "authority": "无",
        "party_member": True,
    }


def risk_point(site: Site) -> Row:
    """A risk point with three lines of control, tied to a duty, confirmed and reviewed."""
    return {
        "point_no": site.number("FX"),
        "name": site.official(),
        "post": "科员",
        "section": "党政办",
        "step": "公文流转" + site.number(""),
        "risk": "办事拖延",
        "level": "三级",
        "found_by": "自己找",
        "found_by_whom": None,
        "education": "廉政谈话",
        "institution": "限时办结制度",
        "supervision": "季度抽查",
        "aspect": "为民服务事项",
        "duty": "受理群众事项",
        "screening": "采用",
        "screening_reason": None,
        "confirmed_on": site.day(4, 10),
        "measure_review": "通过",
        "tag": "机制保廉",
    }


def task(site: Site) -> Row:
    """A task of the programme, done on the last day."""
    day = site.day(site.any(2, 11), 25)
    return {
        "task_no": site.number("RWF"),
        "round": "第一轮",
        "task": "查找风险点" + site.number(""),
        "section": "纪工委",
        "name": site.official(),
        "due_on": day,
        "done_on": day,
    }


def power_step(site: Site) -> Row:
    """A step of power; :func:`build` gives each its risk point."""
    return {
        "step_no": site.number("HJ"),
        "matter": "印章管理" + site.number(""),
        "step": "用印审批" + site.number(""),
        "post": "科长",
        "name": None,
        "aspect": "行政审批项目",
        "vital": False,
    }


def commitment(site: Site) -> Row:
    """A line of a leader's table, signed and shown to the public."""
    day = site.day(4, 20)
    return {
        "name": site.official(),
        "post": "办事处副主任",
        "risk": "违规干预资金使用",
        "measure": "集体研究",
        "commitment": "不插手工程招标" + site.number(""),
        "signed_on": day,
        "published_on": day + dt.timedelta(days=7),
    }


def job_description(site: Site) -> Row:
    """A description with the duties of party conduct."""
    return {
        "name": site.official(),
        "post": "科长",
        "duties": "主持科室工作",
        "conduct_duties": "落实一岗双责",
        "issued_on": site.day(2, 6),
    }


def regulation(site: Site) -> Row:
    """A rule that was reviewed this year."""
    return {
        "title": "资金管理办法" + site.number(""),
        "document_no": site.number("办发"),
        "effective_on": site.day(1, 1, -2),
        "reviewed_on": site.day(5, 8),
        "section": "财务科",
        "repealed_on": None,
    }


def supervision(site: Site) -> Row:
    """An act of supervision over one of the key areas."""
    return {
        "supervised_on": site.day(site.any(3, 11), 14),
        "aspect": site.one(ASPECTS),
        "supervisor": "纪工委",
        "point_no": None,
        "content": "抽查台账" + site.number(""),
        "outcome": "未发现问题",
    }


def declaration(site: Site) -> Row:
    """A relative's business, which nobody pays."""
    return {
        "name": site.official(),
        "post": "办事处副主任",
        "relative": site.person_name(True),
        "relation": "弟",
        "relative_person": None,
        "organisation": f"邻市{site.number('')}商行",
        "credit_code": site.credit_code(),
        "declared_on": site.day(1, 20),
    }


def petition(site: Site) -> Row:
    """Answered on the last of the working days allowed."""
    day = site.day(site.any(1, 11), site.any(1, 28))
    return {
        "petition_no": site.number("XF"),
        "received_on": day,
        "source": site.one(("来信", "来访", "网上诉求")),
        "name": site.person_name(True),
        "phone": site.phone(),
        "content": site.one(("楼道照明", "噪声扰民", "停车收费", "下水堵塞")),
        "section": site.one(("综治办", "城管科", "民政科")),
        "answered_on": workdays.deadline(day, REPLY_DAYS).value,
        "result": "已答复",
    }


def approval(site: Site) -> Row:
    """Three steps by three persons, in order."""
    day = site.day(site.any(1, 10), site.any(1, 20))
    return {
        "case_no": site.number("SP"),
        "kind": site.one(("经济适用房", "廉租房", "残疾人福利补贴")),
        "name": site.person_name(False),
        "person": None,
        "accepted_on": day,
        "prescreened_by": site.staff["desk"][0],
        "prescreened_on": day + dt.timedelta(days=3),
        "reviewed_by": "街道审核员",
        "reviewed_on": day + dt.timedelta(days=9),
        "approved_by": "区级审批员",
        "approved_on": day + dt.timedelta(days=20),
        "result": "批准",
    }


def fund_item(site: Site) -> Row:
    """A small sum that needs no meeting."""
    day = site.day(site.any(1, 11), site.any(1, 20))
    return {
        "item_no": site.number("ZJ"),
        "applied_on": day,
        "section": "财务科",
        "category": "办公经费",
        "purpose": "办公用品" + site.number(""),
        "amount": yuan(site.any(5, 18) * 100),
        "payee": f"文具行{site.number('')}",
        "payee_code": None,
        "decided_by": None,
        "decision_no": None,
        "decided_on": None,
        "approver": site.staff["reviewer"][0],
        "paid_on": day + dt.timedelta(days=5),
    }


def decision(site: Site) -> Row:
    """An item agreed to by those present."""
    return {
        "body": OFFICE_MEETING,
        "meeting_no": f"办纪[{site.year}]{site.index}-{site.serial()}号",
        "held_on": site.day(site.any(1, 11), site.any(1, 20)),
        "item": "年度工作安排" + site.number(""),
        "amount": None,
        "present": "主任、副主任、纪工委书记",
        "result": "同意",
    }


def decided(site: Site, amount: int, body: str = OFFICE_MEETING, /, **changes: Any) -> Row:
    """A sum that a meeting agreed to before it was paid: the fund item, its minutes already added."""
    row = fund_item(site) | {"amount": yuan(amount), "category": "专项经费"}
    minutes = decision(site) | {
        "body": body,
        "held_on": row["applied_on"] + dt.timedelta(days=2),
        "item": row["purpose"],
        "amount": row["amount"],
    }
    site.add("integrity.meeting_decision", **minutes)
    return (
        row
        | {"decided_by": body, "decision_no": minutes["meeting_no"], "decided_on": minutes["held_on"]}
        | changes
    )


def employ(site: Site, **changes: Any) -> Row:
    """Add a member of staff with a risk point of his own."""
    row = staff(site) | changes
    site.add("integrity.staff", **row)
    site.add(
        "integrity.risk_point",
        **risk_point(site) | {"name": row["name"], "post": row["post"], "section": row["section"]},
    )
    return row


def build(site: Site) -> None:
    """The office's own people, what they decide over, and sums on either side of the limits."""
    leader = employ(site, post="办事处副主任", rank="副处级", authority="全部事项")
    site.add("integrity.commitment", **commitment(site) | {"name": leader["name"]})
    found: Row = {"name": leader["name"], "found_by": "班子互找", "found_by_whom": site.official()}
    site.add("integrity.risk_point", **risk_point(site) | found)
    employ(site, post="民政科科长", section="民政科", rank="正科级")
    employ(site, section="财务科")
    for row in list(site.table("integrity.power_step").own):
        site.add("integrity.risk_point", **risk_point(site) | {"step": row["step"], "aspect": row["aspect"]})
    for amount, body in ((20_000, None), (60_000, OFFICE_MEETING), (240_000, COMMITTEE)):
        row = decided(site, amount, body) if body else fund_item(site) | {"amount": yuan(amount)}
        site.add("integrity.fund_item", **row)
    works = decided(site, 180_000, COMMITTEE, category="工程发包", payee=f"工程公司{site.number('')}")
    site.add("integrity.fund_item", **works)


def town(site: Site) -> None:
    """Every key area is supervised once at least."""
    for aspect in ASPECTS:
        site.add("integrity.supervision_record", **supervision(site) | {"aspect": aspect, "division": None})


MAKERS = {
    "integrity.approval": approval,
    "integrity.commitment": commitment,
    "integrity.fund_item": fund_item,
    "integrity.job_description": job_description,
    "integrity.meeting_decision": decision,
    "integrity.petition": petition,
    "integrity.power_step": power_step,
    "integrity.programme_task": task,
    "integrity.regulation": regulation,
    "integrity.relative_declaration": declaration,
    "integrity.risk_point": risk_point,
    "integrity.staff": staff,
    "integrity.supervision_record": supervision,
}
