"""Letters, visits and online appeals: answered in time (S3-31), and right by the ledgers of other packs."""

from __future__ import annotations

import ibis

from shouwang.risk.expressions import mentions, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule
from shouwang.risk.working_days import with_deadline

PETITION = {"integrity.petition": "petition_no"}
DANGER = (
    "隐患",
    "消防",
    "火灾",
    "起火",
    "燃气",
    "漏气",
    "漏电",
    "电线",
    "坍塌",
    "坠落",
    "安全通道",
    "疏散通道",
)
DIBAO = ("低保", "生活保障", "保障金", "救济")


@rule(
    "integrity.petition-late",
    "来信来访逾期答复",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S3-31", "S3-52"],
    reads=PETITION,
    uses=["integrity.reply_days"],
    remedy="说明迟延原因，督促承办科室按期答复",
    risk_point="integrity.petitions",
    looks_alike="跨节假日、调休上班日，恰在第三个工作日答复",
)
def petition_late(t: Tables, p: ParameterView) -> Hits:
    """Answered after the last of the working days allowed."""
    rows = with_deadline(t.petition, "received_on", p["integrity.reply_days"], p.as_of)
    return hits(
        rows,
        where=(rows.answered_on > rows.deadline).fill_null(False),
        subject=rows.petition_no,
        name=rows.name,
        on=rows.answered_on,
        because="{petition_no}{source}“{content}”{received_on}受理，应于{deadline}前答复，"
        "{section}于{answered_on}才答复",
    )


@rule(
    "integrity.petition-unanswered",
    "来信来访逾期未答复",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-31", "S3-52"],
    reads=PETITION,
    needs={"integrity.petition": ("answered_on",)},
    uses=["integrity.reply_days"],
    remedy="立即答复",
    risk_point="integrity.petitions",
    looks_alike="截止日未满三个工作日；已答复而漏填日期",
)
def petition_unanswered(t: Tables, p: ParameterView) -> Hits:
    """No answer although the last of the working days allowed has passed."""
    rows = with_deadline(t.petition, "received_on", p["integrity.reply_days"], p.as_of)
    answered = mentions(rows.result, "已答复", "已回复", "已办结", "已办理", "办结", "已解决")
    answered = answered & ~mentions(rows.result, "未")
    overdue = (rows.deadline < ibis.literal(p.as_of)).fill_null(False)
    return hits(
        rows,
        where=rows.answered_on.isnull() & ~answered & overdue,
        subject=rows.petition_no,
        name=rows.name,
        on=rows.deadline,
        because="{petition_no}{source}“{content}”{received_on}受理，应于{deadline}前答复，{section}至今没有答复",
    )


@rule(
    "integrity.petition-hazard-not-listed",
    "群众反映的隐患没有列入隐患台账",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-14", "S7-47"],
    reads={"integrity.petition": None, "safety.unit": None, "safety.hazard": None},
    uses=["integrity.reply_days"],
    remedy="到现场核实，属实的列入隐患台账限期整改",
    risk_point="integrity.petitions",
    looks_alike="受理之前已列入、尚未整改；受理之后列入；答复期限未到；没有写明单位的反映",
)
def petition_hazard_not_listed(t: Tables, p: ParameterView) -> Hits:
    """A petition tells of a danger in a listed unit that has no hidden danger open then or found since."""
    rows = with_deadline(t.petition, "received_on", p["integrity.reply_days"], p.as_of)
    rows = rows.filter(mentions(rows.content, *DANGER) & (rows.deadline < ibis.literal(p.as_of)))
    units = t.unit.filter(t.unit.unit.length() >= 3).select("ref_unit", "unit")
    told = rows.join(units, rows.content.contains(units.unit))
    hazards = t.hazard.filter(~absent(t.hazard.unit))
    hazards = hazards.select("found_on", "done_on", at=hazards.unit)
    open_then = hazards.done_on.isnull() | (hazards.done_on >= told.received_on)
    found = told.anti_join(
        hazards,
        [same_text(hazards.at, told.unit), (hazards.found_on >= told.received_on) | open_then],
    )
    return hits(
        found,
        subject=found.petition_no,
        name=found.unit,
        on=found.received_on,
        because="{petition_no}{source}“{content}”{received_on}受理，隐患台账中{unit}没有未整改或其后发现的隐患",
    )


@rule(
    "integrity.petition-short-payment",
    "低保来信来访人确有少发",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-14", "S3-39"],
    reads={"integrity.petition": None, "assistance.recipient": None, "assistance.payment": None},
    needs={"integrity.petition": ("phone",), "assistance.recipient": ("phone",)},
    remedy="补发差额，向来信来访人说明并追究责任",
    risk_point="integrity.petitions",
    looks_alike="已补发足额；受理之后的月份；同名而电话不同；反映其他事项",
)
def petition_short_payment(t: Tables, p: ParameterView) -> Hits:
    """Whoever asks about the allowance, by name and telephone, was paid less than was due before that day.

    What was paid for a month, made up later or not, is taken together.
    """
    rows = t.petition.filter(mentions(t.petition.content, *DIBAO))
    members = t.recipient.select("certificate", "name", "phone", "ref_recipient")
    asked = rows.join(members, ["name", "phone"])
    payments = t.payment.semi_join(asked, "certificate")
    months = payments.group_by("certificate", "month").aggregate(
        due=payments.due.max(),
        paid=payments.paid.sum().cast("decimal(18, 2)"),
        ref_payment=payments.ref_payment.min(),
    )
    found = asked.join(months, "certificate")
    return hits(
        found,
        where=(found.paid < found.due) & (found.month <= found.received_on),
        subject=found.petition_no,
        name=found.name,
        on=found.received_on,
        amount=found.due - found.paid,
        once=found.ref_payment,
        because="{petition_no}“{content}”{received_on}受理，{name}（{certificate}）{month:month}应发{due}元，"
        "实发{paid}元",
    )
