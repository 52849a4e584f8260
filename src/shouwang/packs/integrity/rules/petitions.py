"""Letters, visits and online appeals: answered within three working days (S3-31)."""

from __future__ import annotations

import ibis

from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule
from shouwang.risk.working_days import with_deadline

PETITION = {"integrity.petition": "petition_no"}


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
