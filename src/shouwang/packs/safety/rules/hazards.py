"""Hidden dangers from finding to recheck (S7-15, S7-40, S7-41, S7-47, S7-50)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import days_between, mentions, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

HAZARD = {"safety.hazard": "hazard_no"}


def rectified(hazard: ir.Table) -> ir.BooleanValue:
    """Has a day of completion, or a state that says so."""
    said = mentions(hazard.state, "已整改", "已完成", "完成", "销号", "闭环") & ~mentions(
        hazard.state, "未", "中"
    )
    return hazard.done_on.notnull() | said


@rule(
    "safety.hazard-overdue",
    "隐患逾期未整改",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S7-15", "S7-41", "S7-58"],
    reads=HAZARD,
    remedy="立即整改，逾期的挂牌督办",
    risk_point="safety.hidden-dangers",
    looks_alike="期限当日完成；期限未到；已整改而漏填完成日期",
)
def hazard_overdue(t: Tables, p: ParameterView) -> Hits:
    """The deadline has passed without rectification, or rectification came after it."""
    rows = t.hazard
    open_past = ~rectified(rows) & (rows.deadline_on < p.as_of).fill_null(False)
    late = (rows.done_on > rows.deadline_on).fill_null(False)
    until = ibis.coalesce(rows.done_on, ibis.literal(p.as_of))
    return hits(
        rows,
        where=open_past | late,
        subject=rows.hazard_no,
        name=rows.unit,
        on=rows.deadline_on,
        facts={"days": days_between(until, rows.deadline_on)},
        because="{unit}“{description}”（{hazard_no}）期限{deadline_on}，完成日期：{done_on}，逾期{days}天，责任人{responsible}",
    )


@rule(
    "safety.hazard-not-rechecked",
    "整改后未复查",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S7-50"],
    reads=HAZARD,
    needs={"safety.hazard": ("rechecked_on",)},
    remedy="到现场复查，不合格的重新整改",
    risk_point="safety.hidden-dangers",
    looks_alike="完成当日即复查；尚未整改的",
)
def hazard_not_rechecked(t: Tables, p: ParameterView) -> Hits:
    """Rectified, and nobody verified it."""
    rows = t.hazard
    return hits(
        rows,
        where=rectified(rows) & rows.rechecked_on.isnull(),
        subject=rows.hazard_no,
        name=rows.unit,
        on=rows.done_on,
        because="{unit}“{description}”（{hazard_no}）{done_on}完成整改，没有复查",
    )


@rule(
    "safety.hazard-without-plan",
    "不能立即整改而无措施、责任人或期限",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S7-41", "S7-15"],
    reads=HAZARD,
    needs={"safety.hazard": ("at_once", "measures", "responsible", "deadline_on")},
    remedy="落实措施、责任人和期限",
    risk_point="safety.hidden-dangers",
    looks_alike="当场立即整改，未另填措施",
)
def hazard_without_plan(t: Tables, p: ParameterView) -> Hits:
    """It can't be rectified at once, and measures, responsible person or deadline is lacking."""
    rows = t.hazard
    missing = ibis.literal("")
    for word, lacks in (
        ("措施", absent(rows.measures)),
        ("责任人", absent(rows.responsible)),
        ("期限", rows.deadline_on.isnull()),
    ):
        missing = missing + ibis.ifelse(lacks, ibis.literal(word), ibis.literal(""))
    return hits(
        rows,
        where=(~rows.at_once).fill_null(False) & (missing != ""),
        subject=rows.hazard_no,
        name=rows.unit,
        on=rows.found_on,
        facts={"missing": missing},
        because="{unit}“{description}”（{hazard_no}）不能立即整改，缺{missing}",
    )


@rule(
    "safety.at-once-not-done",
    "能立即整改的未立即整改",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S7-40"],
    reads=HAZARD,
    needs={"safety.hazard": ("at_once", "done_on")},
    uses=["safety.at_once_days"],
    remedy="立即整改",
    risk_point="safety.hidden-dangers",
    looks_alike="发现当日整改；不能立即整改的按期限",
)
def at_once_not_done(t: Tables, p: ParameterView) -> Hits:
    """What can be rectified at once was not, within the days that count as at once."""
    rows = t.hazard
    until = ibis.coalesce(rows.done_on, ibis.literal(p.as_of))
    days = days_between(until, rows.found_on)
    waiting = rows.done_on.notnull() | ~rectified(rows)
    return hits(
        rows,
        where=rows.at_once.fill_null(False) & waiting & (days > p["safety.at_once_days"]),
        subject=rows.hazard_no,
        name=rows.unit,
        on=rows.found_on,
        facts={"days": days},
        because="{unit}“{description}”（{hazard_no}）能立即整改，{found_on}发现，完成日期：{done_on}，已{days}天",
    )


@rule(
    "safety.self-recheck",
    "整改责任人自己复查",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S7-50"],
    reads=HAZARD,
    remedy="由其他人员复查",
    risk_point="safety.hidden-dangers",
    looks_alike="复查人与责任人不同",
)
def self_recheck(t: Tables, p: ParameterView) -> Hits:
    """Who answers for the rectification verified it too."""
    rows = t.hazard
    return hits(
        rows,
        where=(rows.rechecked_by == rows.responsible).fill_null(False),
        subject=rows.hazard_no,
        name=rows.unit,
        on=rows.rechecked_on,
        because="{unit}“{description}”（{hazard_no}）由责任人{responsible}自己复查",
    )


@rule(
    "safety.rechecked-before-done",
    "复查早于整改完成",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-50"],
    reads=HAZARD,
    remedy="重新复查",
    risk_point="safety.hidden-dangers",
    looks_alike="完成当日复查",
)
def rechecked_before_done(t: Tables, p: ParameterView) -> Hits:
    """Verified on a day before completion."""
    rows = t.hazard
    return hits(
        rows,
        where=(rows.rechecked_on < rows.done_on).fill_null(False),
        subject=rows.hazard_no,
        name=rows.unit,
        on=rows.rechecked_on,
        because="{unit}“{description}”（{hazard_no}）{done_on}完成，{rechecked_on}已复查",
    )


@rule(
    "safety.problems-not-listed",
    "检查发现的隐患没有列入台账",
    severity=Severity.LOW,
    subject="record",
    seeds=["S7-50", "S7-47"],
    reads={"safety.inspection": None, "safety.hazard": None},
    needs={"safety.inspection": ("problems", "unit")},
    remedy="逐处列入隐患台账，落实整改和复查",
    risk_point="safety.hidden-dangers",
    looks_alike="当日或以后列入台账；发现0处；台账开始之前的检查",
)
def problems_not_listed(t: Tables, p: ParameterView) -> Hits:
    """An inspection found so many problems in a unit, and fewer hidden dangers of it are on file since then.

    Inspections from before the first hidden danger on file are not asked about.
    """
    begun = t.hazard.aggregate(begun=t.hazard.found_on.min())
    checks = t.inspection.filter((t.inspection.problems > 0) & ~absent(t.inspection.unit))
    checks = checks.cross_join(begun).filter(lambda r: r.inspected_on >= r.begun)
    hazards = t.hazard.filter(~absent(t.hazard.unit)).select("found_on", "ref_hazard", at=t.hazard.unit)
    since = checks.join(
        hazards, [same_text(hazards.at, checks.unit), hazards.found_on >= checks.inspected_on]
    )
    listed = since.group_by("ref_inspection").aggregate(
        listed=since.ref_hazard.nunique(), ref_hazard=since.ref_hazard.min()
    )
    found = checks.left_join(listed, "ref_inspection").drop("ref_inspection_right")
    count = found.listed.fill_null(0)
    return hits(
        found,
        where=count < found.problems,
        subject=found.unit,
        name=found.unit,
        on=found.inspected_on,
        key=found.inspected_on.cast("string"),
        facts={"count": count},
        because="{inspected_on}对{unit}的{kind}发现隐患{problems}处，其后列入隐患台账{count}处",
    )
