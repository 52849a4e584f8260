"""The numbers of the pack: risk points found, answers in time, items without their decision."""

from __future__ import annotations

import ibis

from shouwang.indicator.indicator import Values, indicator, values, year
from shouwang.packs.integrity.rules.funds import decided
from shouwang.packs.integrity.rules.points import kept
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables, absent
from shouwang.risk.working_days import with_deadline

#: The five focus aspects (S3-36 … S3-40) and the five key points (S3-41 … S3-45) with their words.
ASPECTS = {
    "干部选拔任用": ("选拔", "任用", "人事", "任免"),
    "城市环境整治工程款": ("环境整治", "整治工程", "工程款", "工程发包"),
    "社区建设经费、社保基金": ("社区建设经费", "社保基金", "社会保险基金"),
    "低保审核和发放": ("低保", "最低生活保障"),
    "廉租房、经济适用房审核": ("廉租", "经济适用"),
    "大额资金使用": ("大额资金", "大额"),
    "行政审批项目": ("行政审批",),
    "为民服务事项": ("为民服务", "惠民", "便民"),
    "政务公开": ("政务公开", "信息公开", "信息不公开"),
    "城市危旧房改造": ("危旧房", "旧房改造"),
}


@indicator(
    "integrity.risk-points-by-leader",
    "每人风险点数（按查找方式）",
    unit="个",
    digits=0,
    seeds=["S3-51"],
    reads=["integrity.risk_point"],
    needs={"integrity.risk_point": ("name", "found_by")},
    formula="未筛除的风险点数，按人和查找方式",
)
def risk_points_by_leader(t: Tables, p: ParameterView) -> Values:
    """Kept risk points per person (in the place of the division) and way of finding (of the period)."""
    rows = t.risk_point.filter(kept(t.risk_point))
    return values(rows, division=rows.name, period=rows.found_by, numerator=rows.count())


@indicator(
    "integrity.risk-points-by-aspect",
    "重点领域风险点数",
    unit="个",
    digits=0,
    seeds=["S3-36", "S3-37", "S3-38", "S3-39", "S3-40", "S3-41", "S3-42", "S3-43", "S3-44", "S3-45"],
    reads=["integrity.risk_point"],
    direction="up",
    target=1,
    formula="未筛除的风险点中，领域、权力环节或风险内容提到该领域的个数；十个领域逐一列出",
)
def risk_points_by_aspect(t: Tables, p: ParameterView) -> Values:
    """Kept risk points of each focus aspect and key point, 0 where there is none."""
    rows = t.risk_point.filter(kept(t.risk_point))
    empty = ibis.literal("")
    text = rows.aspect.fill_null(empty) + " " + rows.step.fill_null(empty) + " " + rows.risk.fill_null(empty)
    counted = None
    for aspect, words in ASPECTS.items():
        one = rows.aggregate(points=mentions(text, *words).cast("int64").sum().fill_null(0))
        one = one.mutate(aspect=ibis.literal(aspect))
        counted = one if counted is None else counted.union(one)
    if counted is None:
        raise AssertionError("there are aspects")
    return values(counted, division=ibis.literal(""), period=counted.aspect, numerator=counted.points.sum())


@indicator(
    "integrity.answered-in-time",
    "三个工作日内答复率",
    unit="%",
    scale=100,
    seeds=["S3-52"],
    reads=["integrity.petition"],
    needs={"integrity.petition": ("answered_on",)},
    uses=["integrity.reply_days"],
    direction="up",
    target=100,
    formula="按期答复的件数 ÷（已答复件数＋已过期限未答复件数）",
)
def answered_in_time(t: Tables, p: ParameterView) -> Values:
    """Answered by the deadline over all that were answered or whose deadline has passed, per year."""
    rows = with_deadline(t.petition, "received_on", p["integrity.reply_days"], p.as_of)
    due = rows.filter(rows.answered_on.notnull() | (rows.deadline < ibis.literal(p.as_of)))
    in_time = (due.answered_on <= due.deadline).fill_null(False)
    return values(
        due,
        period=year(due.received_on),
        numerator=in_time.cast("int64").sum(),
        denominator=due.count(),
    )


@indicator(
    "integrity.petitions-pending",
    "期限内待答复件数",
    unit="件",
    digits=0,
    seeds=["S3-31"],
    reads=["integrity.petition"],
    needs={"integrity.petition": ("answered_on",)},
    uses=["integrity.reply_days"],
    formula="尚未答复、期限未过的件数，逐件提醒承办科室",
)
def petitions_pending(t: Tables, p: ParameterView) -> Values:
    """Unanswered and still within the limit: the warning before it passes, per section."""
    rows = with_deadline(t.petition, "received_on", p["integrity.reply_days"], p.as_of)
    waiting = rows.filter(rows.answered_on.isnull() & (rows.deadline >= ibis.literal(p.as_of)))
    return values(waiting, division=waiting.section, period=year(p.as_of), numerator=waiting.count())


@indicator(
    "integrity.undecided-items",
    "超限额而无相应决定的事项数",
    unit="项",
    digits=0,
    seeds=["S3-53"],
    reads=["integrity.fund_item"],
    optional=["integrity.meeting_decision"],
    needs={"integrity.fund_item": ("decided_by",)},
    uses=["integrity.meeting_above", "integrity.committee_above"],
    direction="down",
    target=0,
    formula="超过主任办公会限额无集体决定，或超过工委会限额无工委会决定的事项数",
)
def undecided_items(t: Tables, p: ParameterView) -> Values:
    """Items above a money limit that lack its decision, per year; the target is none."""
    rows = decided(t.fund_item, t.meeting_decision)
    meeting = (rows.amount > ibis.literal(p["integrity.meeting_above"], "decimal(18, 2)")) & ~rows.collective
    limit = ibis.literal(p["integrity.committee_above"], "decimal(18, 2)")
    committee = (rows.amount > limit) & ~rows.committee
    return values(
        rows,
        period=year(ibis.coalesce(rows.paid_on, rows.applied_on)),
        numerator=(meeting | committee).fill_null(False).cast("int64").sum(),
    )


@indicator(
    "integrity.risk-points-screened-out",
    "筛除的风险点数（按理由）",
    unit="个",
    digits=0,
    seeds=["S3-21"],
    reads=["integrity.risk_point"],
    needs={"integrity.risk_point": ("screening", "screening_reason")},
    formula="筛除的风险点数，按筛除理由；没有写理由的另列",
)
def risk_points_screened_out(t: Tables, p: ParameterView) -> Values:
    """Rejected risk points by the reason given (in the place of the period)."""
    rows = t.risk_point.filter(~kept(t.risk_point))
    reason = ibis.ifelse(absent(rows.screening_reason), ibis.literal("没有写理由"), rows.screening_reason)
    return values(rows, period=reason, numerator=rows.count())
