"""Rules on joint prevention: information judged, hazards treated, requests answered, publicity."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.population.models.prevention import RISK_LEVELS
from shouwang.risk.expressions import days_between, mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


@rule(
    "population.information-not-assessed",
    "动态信息逾期未研判",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S1-26", "S1-28", "S1-39"],
    reads={"population.dynamic_information": "content"},
    needs={"population.dynamic_information": ("assessed_on",)},
    uses=["population.assess_days"],
    remedy="管片民警立即研判，属隐患的列入隐患台账",
    risk_point="population.public-security",
    looks_alike="正好在期限当天研判的；截至扫描日尚未满期限的；民警本人记录、无须研判的",
)
def information_not_assessed(t: Tables, p: ParameterView) -> Hits:
    """An item not of the officer's own that waited longer than allowed for its assessment."""
    rows = t.dynamic_information
    days = p["population.assess_days"]
    sent_on = ibis.coalesce(rows.reported_on, rows.happened_on)
    waited = days_between(ibis.coalesce(rows.assessed_on, ibis.literal(p.as_of, "date")), sent_on)
    return hits(
        rows,
        where=(waited > days) & (rows.role != "民警").fill_null(True),
        subject=ibis.coalesce(rows.info_no, rows.content),
        name=rows.place,
        on=sent_on,
        because="{reporter}于{sent_on}上报的“{content}”，研判日期{assessed_on}，等待{waited}天，超过{days}天",
        facts={"sent_on": sent_on, "waited": waited, "days": ibis.literal(days)},
    )


@rule(
    "population.information-incomplete",
    "动态信息要素不全",
    severity=Severity.LOW,
    subject="record",
    seeds=["S1-19"],
    reads={"population.dynamic_information": "content"},
    needs={"population.dynamic_information": ("reporter", "place", "happened_on")},
    remedy="补填上报人、地点和时间",
    risk_point="population.public-security",
    looks_alike="台账本身没有这些栏的",
)
def information_incomplete(t: Tables, p: ParameterView) -> Hits:
    """An item without its reporter, place or time."""
    rows = t.dynamic_information
    return hits(
        rows,
        where=absent(rows.reporter) | absent(rows.place) | rows.happened_on.isnull(),
        subject=ibis.coalesce(rows.info_no, rows.content),
        name=rows.place,
        on=rows.happened_on,
        because="“{content}”要素不全：上报人{reporter}，地点{place}，时间{happened_on}",
    )


@rule(
    "population.hazard-not-registered",
    "研判为隐患而未列入隐患台账",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S1-20", "S1-28"],
    reads={"population.dynamic_information": None, "population.hazard": None},
    remedy="补登隐患台账，写明预防措施和责任人",
    risk_point="population.public-security",
    looks_alike="隐患台账以信息编号关联、信息台账未填隐患编号的",
)
def hazard_not_registered(t: Tables, p: ParameterView) -> Hits:
    """Judged to be a hazard, but the register knows neither its number nor the item's."""
    judged = t.dynamic_information.filter(t.dynamic_information.hazard == "是")
    by_number = t.hazard.filter(~absent(t.hazard.hazard_no)).select("hazard_no")
    by_source = t.hazard.filter(~absent(t.hazard.info_no)).select("info_no")
    missing = judged.anti_join(by_number, "hazard_no").anti_join(by_source, "info_no")
    return hits(
        missing,
        subject=ibis.coalesce(missing.info_no, missing.content),
        name=missing.place,
        on=missing.assessed_on,
        because="“{content}”研判构成隐患（隐患编号{hazard_no}），隐患台账中没有",
    )


@rule(
    "population.hazard-without-action",
    "隐患没有预防措施",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S1-38"],
    reads={"population.hazard": "description"},
    needs={"population.hazard": ("action",)},
    remedy="立即确定预防措施、责任人和日期",
    risk_point="population.public-security",
    looks_alike="台账本身没有措施栏的",
)
def hazard_without_action(t: Tables, p: ParameterView) -> Hits:
    """An assessed hazard for which nothing is to be done."""
    rows = t.hazard
    return hits(
        rows,
        where=absent(rows.action),
        subject=ibis.coalesce(rows.hazard_no, rows.description),
        name=rows.place,
        on=rows.assessed_on,
        because="{place}“{description}”{assessed_on}研判，没有预防措施",
    )


@rule(
    "population.hazard-without-levels",
    "隐患未评处置前后风险等级",
    severity=Severity.LOW,
    subject="record",
    seeds=["S1-38"],
    reads={"population.hazard": "description"},
    needs={"population.hazard": ("level_before", "level_after")},
    remedy="补评处置前、处置后风险等级",
    risk_point="population.public-security",
    looks_alike="措施尚未落实、还不能评处置后等级的",
)
def hazard_without_levels(t: Tables, p: ParameterView) -> Hits:
    """No level before, or no level after an action that is written down."""
    rows = t.hazard
    return hits(
        rows,
        where=absent(rows.level_before) | (~absent(rows.action) & absent(rows.level_after)),
        subject=ibis.coalesce(rows.hazard_no, rows.description),
        name=rows.place,
        on=rows.assessed_on,
        because="“{description}”处置前风险等级{level_before}，措施“{action}”，处置后风险等级{level_after}",
    )


def _rank(level: ir.StringValue) -> ir.IntegerValue:
    return ibis.cases(
        *[(level == name, rank) for rank, name in enumerate(RISK_LEVELS)], else_=ibis.null("int8")
    )


@rule(
    "population.hazard-not-lowered",
    "采取措施后风险等级未降低",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S1-38"],
    reads={"population.hazard": "description"},
    needs={"population.hazard": ("level_before", "level_after")},
    remedy="重新研判并加强措施，直到风险降至最低",
    risk_point="population.public-security",
    looks_alike="处置前已是最低等级的；等级写法不在四级之内、不能比较的",
)
def hazard_not_lowered(t: Tables, p: ParameterView) -> Hits:
    """The level after the action is no lower than before, though it could be."""
    rows = t.hazard
    before, after = _rank(rows.level_before), _rank(rows.level_after)
    return hits(
        rows,
        where=(after >= before) & (before > 0),
        subject=ibis.coalesce(rows.hazard_no, rows.description),
        name=rows.place,
        on=rows.acted_on,
        because="“{description}”处置前风险等级{level_before}，采取“{action}”后仍为{level_after}",
    )


@rule(
    "population.request-unanswered",
    "工作配合事项无响应",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S1-18", "S1-41"],
    reads={"population.cooperation_request": "matter"},
    needs={"population.cooperation_request": ("response",)},
    uses=["population.response_days"],
    remedy="联系管片民警响应，并记录响应情况",
    risk_point="population.public-security",
    looks_alike="扫描当天才提出的；只填了响应日期的；本单位设有响应期限而尚未满的",
)
def request_unanswered(t: Tables, p: ParameterView) -> Hits:
    """No response and no day of one, after the days allowed (none, where the office set none)."""
    rows = t.cooperation_request
    waited = days_between(ibis.literal(p.as_of, "date"), rows.requested_on)
    due = (waited > p.get("population.response_days", 0)).fill_null(True)
    return hits(
        rows,
        where=absent(rows.response) & rows.responded_on.isnull() & due,
        subject=ibis.coalesce(rows.request_no, rows.matter),
        name=rows.officer,
        on=rows.requested_on,
        because="{requested_on}向{officer}提出的“{matter}”没有响应记录",
    )


@rule(
    "population.session-incomplete",
    "宣传场次要素不全",
    severity=Severity.LOW,
    subject="record",
    seeds=["S1-21", "S1-30"],
    reads={"office.publicity": "topic"},
    needs={"office.publicity": ("held_on", "place", "staff")},
    remedy="补填日期、地点和参加人员",
    risk_point="population.public-security",
    looks_alike="没有居民提问的场次；台账本身没有这些栏的；安全社区的宣传（只要求主题、对象和人数）",
)
def session_incomplete(t: Tables, p: ParameterView) -> Hits:
    """A session without its date, place or staff."""
    rows = t.publicity
    return hits(
        rows,
        where=~mentions(rows.kind, "安全社区")
        & (rows.held_on.isnull() | absent(rows.place) | absent(rows.staff)),
        subject=ibis.coalesce(rows.session_no, rows.topic),
        name=rows.topic,
        on=rows.held_on,
        because="“{topic}”要素不全：日期{held_on}，地点{place}，参加人员{staff}",
    )
