"""Cases of integrity work: money and its decisions, petitions, risk points, approvals (S3)."""

from __future__ import annotations

import datetime as dt

from shouwang.standards import workdays
from shouwang.synth import records
from shouwang.synth.plants.registry import plant
from shouwang.synth.plants.rows import days, one_row
from shouwang.synth.records import integrity
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

ITEM, MINUTES, POINT = "integrity.fund_item", "integrity.meeting_decision", "integrity.risk_point"
STAFF, APPROVAL = "integrity.staff", "integrity.approval"
SCREENED_OUT: Row = {"screening": "筛除", "screening_reason": "与另一条重复"}


def _money() -> None:
    one_row(
        "integrity.no-office-meeting",
        ITEM,
        "item_no",
        {"amount": yuan(26_000)},
        {"amount": yuan(20_000)},
        "没有主任办公会决定",
    )
    one_row(
        "integrity.no-committee",
        ITEM,
        "item_no",
        lambda s, r: integrity.decided(s, 130_000),
        lambda s, r: integrity.decided(s, 100_000),
        "只经主任办公会决定",
    )
    one_row(
        "integrity.works-contract-undecided",
        ITEM,
        "item_no",
        {"category": "工程发包", "amount": yuan(9_000)},
        {"category": "设备维修", "amount": yuan(9_000)},
        "小额支出没有集体决策",
    )
    one_row(
        "integrity.decided-after-payment",
        ITEM,
        "item_no",
        lambda s, r: _paid(integrity.decided(s, 45_000), -3),
        lambda s, r: _paid(integrity.decided(s, 45_000), 0),
        "支付日与会议日",
    )
    one_row(
        "integrity.decision-not-in-minutes",
        ITEM,
        "item_no",
        lambda s, r: integrity.decided(s, 45_000, decision_no=f"办纪[{s.year}]{s.index}-9{s.serial()}号"),
        lambda s, r: _spelt(integrity.decided(s, 45_000)),
        "会议文号",
    )
    one_row(
        "integrity.item-not-on-agenda",
        ITEM,
        "item_no",
        lambda s, r: _elsewhere(s, 45_000),
        lambda s, r: _longer(integrity.decided(s, 45_000)),
        "会议记录中的议题",
    )
    one_row(
        "integrity.paid-though-refused",
        ITEM,
        "item_no",
        lambda s, r: _refused(s, again=False),
        lambda s, r: _refused(s, again=True),
        "会议缓议后支付",
    )
    one_row(
        "integrity.minutes-incomplete",
        MINUTES,
        "meeting_no",
        {"present": None},
        {"amount": None},
        "会议决定记录",
    )
    one_row(
        "integrity.payee-is-relative",
        ITEM,
        "item_no",
        lambda s, r: {"payee": _declared(s)},
        lambda s, r: {"payee": _declared(s) + "二店"},
        "收款单位与亲属申报",
    )


def _paid(item: Row, after: int) -> Row:
    """Paid so many days after the meeting (before it, below 0)."""
    return item | {"paid_on": item["decided_on"] + days(after)}


def _spelt(item: Row) -> Row:
    """The same number with other brackets."""
    return item | {"decision_no": item["decision_no"].replace("[", "〔").replace("]", "〕第")}


def _longer(item: Row) -> Row:
    return item | {"purpose": item["purpose"] + "采购一批"}


def _elsewhere(site: Site, amount: int) -> Row:
    """Decided at a meeting whose minutes hold another item and sum."""
    other = integrity.decided(site, amount)
    own = records.clean(site, ITEM)
    return other | {"item_no": own["item_no"], "purpose": "培训费" + site.number(""), "amount": yuan(46_000)}


def _refused(site: Site, *, again: bool) -> Row:
    """Postponed by a meeting; agreed to by the next where ``again``."""
    row = integrity.decided(site, 45_000)
    (minutes,) = site.table(MINUTES).rows("meeting_no", row["decision_no"])
    site.table(MINUTES).set(minutes[0], result="缓议")
    if again:
        later = {**minutes[1], "meeting_no": integrity.decision(site)["meeting_no"]}
        site.table(MINUTES).add(later)
    return row


def _declared(site: Site) -> str:
    """The name of a business that a leader declared as a relative's."""
    return str(records.add(site, "integrity.relative_declaration")["organisation"])


@plant("integrity.split-below-limit")
def split_below_limit(site: Site, near: bool) -> tuple[str, str]:
    """15,000 yuan twice within ten days, one payee and purpose; two purposes for the near miss."""
    first = records.clean(site, ITEM) | {"amount": yuan(15_000), "paid_on": site.day(6, 5)}
    second = {**first, "item_no": site.number("ZJ"), "paid_on": site.day(6, 14)}
    if near:
        second["purpose"] = "绿化养护" + site.number("")
    for row in (first, second):
        site.table(ITEM).add(row)
    return first["item_no"], "同一单位两笔1.5万元，" + ("事项不同" if near else "事项相同")


@plant("integrity.petition-late")
def petition_late(site: Site, near: bool) -> tuple[str, str]:
    """Received before the October holidays; on the last working day allowed for the near miss."""
    day = site.day(9, 28)
    answered = workdays.deadline(day, integrity.REPLY_DAYS + (0 if near else 1)).value
    row = records.add(site, "integrity.petition", received_on=day, answered_on=answered)
    return row["petition_no"], f"{day}受理，{answered}答复"


@plant("integrity.petition-unanswered")
def petition_unanswered(site: Site, near: bool) -> tuple[str, str]:
    """Not answered; received two days before the end for the near miss."""
    day = site.as_of - dt.timedelta(days=1) if near else site.day(8, 8)
    row = records.add(site, "integrity.petition", received_on=day, answered_on=None, result="办理中")
    return row["petition_no"], f"{day}受理，未答复"


def _points() -> None:
    one_row(
        "integrity.control-line-missing",
        POINT,
        "point_no",
        {"supervision": None},
        {"supervision": None, **SCREENED_OUT},
        "缺监督措施",
    )
    one_row(
        "integrity.measure-not-accepted",
        POINT,
        "point_no",
        {"measure_review": "不通过"},
        {"measure_review": "不通过", **SCREENED_OUT},
        "措施审查不通过",
    )
    one_row(
        "integrity.screened-out-without-reason",
        POINT,
        "point_no",
        {"screening": "筛除", "screening_reason": None},
        SCREENED_OUT,
        "筛除的风险点",
    )
    one_row(
        "integrity.not-tied-to-duty",
        POINT,
        "point_no",
        {"duty": None},
        {"duty": None, **SCREENED_OUT},
        "没有对应职责",
    )
    one_row(
        "integrity.staff-without-risk-point",
        STAFF,
        "staff_no",
        {},
        lambda s, r: {"state": "退休", "left_on": s.day(6, 30)},
        "没有风险点",
    )
    one_row(
        "integrity.leader-without-commitment",
        STAFF,
        "staff_no",
        lambda s, r: _with_point(s, r, rank="正处级", post="工委副书记"),
        lambda s, r: _with_point(s, r, rank="正科级", post="科长"),
        "没有公开承诺",
    )
    one_row(
        "integrity.commitment-not-public",
        "integrity.commitment",
        "name",
        {"published_on": None},
        None,
        "承诺未公示",
    )
    one_row(
        "integrity.step-without-risk-point",
        "integrity.power_step",
        "step_no",
        {},
        _covered,
        "权力环节与风险点",
    )
    one_row(
        "integrity.aspect-not-supervised",
        POINT,
        "aspect",
        lambda s, r: {"aspect": "专项领域" + s.number("")},
        _supervised,
        "重点领域的监督",
    )


def _with_point(site: Site, staff: Row, found_by: str = "上级找", **changes: str) -> Row:
    finder = None if found_by == "自己找" else site.official()
    records.add(site, POINT, name=staff["name"], found_by=found_by, found_by_whom=finder)
    return changes


def _leader(site: Site, staff: Row, found_by: str) -> Row:
    """A leader with a commitment and a risk point that was found in this way."""
    records.add(site, "integrity.commitment", name=staff["name"])
    return _with_point(site, staff, found_by, rank="正处级", post="工委副书记")


def _programme() -> None:
    task = "integrity.programme_task"
    one_row("integrity.task-without-responsible", task, "task_no", {"name": None}, None, "没有责任人")
    one_row(
        "integrity.task-overdue",
        task,
        "task_no",
        lambda s, r: {"done_on": r["due_on"] + days(4)},
        lambda s, r: {"done_on": None, "due_on": s.as_of},
        "任务时限",
    )
    one_row(
        "integrity.finder-not-named",
        POINT,
        "point_no",
        {"found_by": "下级找"},
        lambda s, r: {"found_by": "下级找", "found_by_whom": s.official()},
        "提出人",
    )
    one_row(
        "integrity.found-only-by-oneself",
        STAFF,
        "staff_no",
        lambda s, r: _leader(s, r, "自己找"),
        lambda s, r: _leader(s, r, "班子互找"),
        "领导的风险点",
    )
    one_row(
        "integrity.commitment-unsigned",
        "integrity.commitment",
        "name",
        {"signed_on": None},
        None,
        "承诺未签字",
    )


def _covered(site: Site, step: Row) -> Row:
    """A risk point names the step at greater length."""
    records.add(site, POINT, step=step["step"] + "及登记")
    return {}


def _supervised(site: Site, point: Row) -> Row:
    aspect = "专项领域" + site.number("")
    records.add(site, "integrity.supervision_record", aspect=aspect, supervised_on=site.day(1, 1))
    return {"aspect": aspect}


def _approvals() -> None:
    one_row(
        "integrity.approval-step-skipped",
        APPROVAL,
        "case_no",
        {"reviewed_on": None},
        lambda s, r: {"reviewed_on": r["prescreened_on"]},
        "审批步骤",
    )
    one_row(
        "integrity.approval-by-one-person",
        APPROVAL,
        "case_no",
        {"approved_by": "街道审核员"},
        {"approved_by": "街道审核员二"},
        "审核与审批",
    )
    one_row(
        "integrity.approver-without-authority",
        APPROVAL,
        "case_no",
        lambda s, r: {"approved_by": integrity.employ(s)["name"]},
        lambda s, r: {"approved_by": integrity.employ(s, authority="全部事项")["name"]},
        "审批人的权限",
    )


_money()
_points()
_programme()
_approvals()
