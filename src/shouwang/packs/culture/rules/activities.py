"""Activities as held: attendance, preparation, openness, command, form (S4-17, S4-35 … S4-48)."""

from __future__ import annotations

import ibis

from shouwang.risk.expressions import days_between
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

ACTIVITY = {"culture.activity": "activity_no"}


@rule(
    "culture.attendance-impossible",
    "参加人数不可能",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-17", "S4-40"],
    reads=ACTIVITY,
    remedy="核对签到表，更正人数",
    risk_point="culture.covert-dealing",
    looks_alike="人数等于场地容量；没有分年龄登记",
)
def attendance_impossible(t: Tables, p: ParameterView) -> Hits:
    """More people than the place holds, or age groups that do not add up to the number."""
    rows = t.activity
    ages = [rows.aged_60, rows.aged_18, rows.aged_0]
    known = ages[0].notnull() & ages[1].notnull() & ages[2].notnull()
    total = ages[0].fill_null(0) + ages[1].fill_null(0) + ages[2].fill_null(0)
    off = (known & (total != rows.participants)) | (~known & (total > rows.participants))
    over = rows.participants > rows.capacity
    return hits(
        rows,
        where=off.fill_null(False) | over.fill_null(False),
        subject=rows.activity_no,
        name=rows.place,
        on=rows.held_on,
        facts={"total": total},
        because="{held_on}在{place}（容量{capacity}）的{form}（{activity_no}）参加{participants}人，各年龄段合计{total}人",
    )


@rule(
    "culture.long-preparation-low-attendance",
    "长筹备低参与",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-40", "S4-41"],
    reads=ACTIVITY,
    uses=["culture.prep_days", "culture.low_attendance"],
    remedy="先评估需求再筹备，分析参与不足的原因",
    risk_point="culture.poor-attendance",
    looks_alike="人数略多于标准；筹备略短于标准",
)
def long_preparation_low_attendance(t: Tables, p: ParameterView) -> Hits:
    """Prepared for so many days or more, attended by so few or fewer."""
    rows = t.activity
    days = days_between(rows.held_on, rows.prepared_from)
    few = rows.participants <= p["culture.low_attendance"]
    return hits(
        rows,
        where=((days >= p["culture.prep_days"]) & few).fill_null(False),
        subject=rows.activity_no,
        name=rows.place,
        on=rows.held_on,
        facts={"days": days},
        because="{held_on}的{form}（{activity_no}）筹备{days}天，只有{participants}人参加",
    )


@rule(
    "culture.only-by-order",
    "应付上级命令、未列入计划的活动",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-35"],
    reads=ACTIVITY,
    needs={"culture.activity": ("ordered", "planned")},
    remedy="按居民需求列入计划",
    risk_point="culture.by-command",
    looks_alike="上级布置而已列入计划；自发的活动",
)
def only_by_order(t: Tables, p: ParameterView) -> Hits:
    """Held by order from above and not part of a plan."""
    rows = t.activity
    return hits(
        rows,
        where=rows.ordered.fill_null(False) & ~rows.planned.fill_null(False),
        subject=rows.activity_no,
        name=rows.title,
        on=rows.held_on,
        because="{held_on}的{form}（{activity_no}）系上级布置，未列入计划",
    )


@rule(
    "culture.activity-not-public",
    "活动信息未公开",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-47"],
    reads=ACTIVITY,
    needs={"culture.activity": ("published_on",)},
    remedy="活动前公开时间、地点、内容和经费",
    risk_point="culture.not-open",
    looks_alike="已公开",
)
def activity_not_public(t: Tables, p: ParameterView) -> Hits:
    """An activity whose information was not published."""
    rows = t.activity
    return hits(
        rows,
        where=rows.published_on.isnull(),
        subject=rows.activity_no,
        name=rows.title,
        on=rows.held_on,
        because="{held_on}的{form}（{activity_no}）没有公开信息",
    )


@rule(
    "culture.activity-not-supervised",
    "活动没有公众监督",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-48"],
    reads=ACTIVITY,
    needs={"culture.activity": ("supervised_by",)},
    remedy="请居民代表监督资金和过程",
    risk_point="culture.not-open",
    looks_alike="已写明监督人",
)
def activity_not_supervised(t: Tables, p: ParameterView) -> Hits:
    """Money and process of an activity were under nobody's public supervision."""
    rows = t.activity
    return hits(
        rows,
        where=absent(rows.supervised_by),
        subject=rows.activity_no,
        name=rows.title,
        on=rows.held_on,
        because="{held_on}的{form}（{activity_no}）没有居民监督",
    )


@rule(
    "culture.single-form",
    "全部活动形式单一",
    severity=Severity.LOW,
    subject="division",
    seeds=["S4-45"],
    reads={"culture.activity": None},
    remedy="按居民需求丰富活动形式",
    risk_point="culture.poor-attendance",
    looks_alike="只办过一次活动；两种以上形式",
)
def single_form(t: Tables, p: ParameterView) -> Hits:
    """A community with several activities, all of one form."""
    rows = t.activity.filter(~absent(t.activity.form))
    window = ibis.window(group_by="division")
    rows = rows.mutate(
        one=rows.form.min().over(window),
        other=rows.form.max().over(window),
        held=rows.activity_no.count().over(window),
    )
    return hits(
        rows,
        where=(rows.one == rows.other) & (rows.held > 1),
        subject=ibis.coalesce(rows.division, ibis.literal("社区")),
        name=rows.division,
        on=rows.held_on,
        because="{division}的{n}次活动形式都是{form}",
    )


@rule(
    "culture.mostly-elderly",
    "参与集中于老年人群体",
    severity=Severity.LOW,
    subject="division",
    seeds=["S4-44"],
    reads={"culture.activity": None},
    needs={"culture.activity": ("aged_60", "participants")},
    uses=["culture.elderly_share"],
    remedy="设计中青年和儿童愿意参加的项目",
    risk_point="culture.poor-attendance",
    looks_alike="恰等于标准",
)
def mostly_elderly(t: Tables, p: ParameterView) -> Hits:
    """More than the share given of a community's participants are 60 or older."""
    rows = t.activity.filter(t.activity.aged_60.notnull() & (t.activity.participants > 0))
    window = ibis.window(group_by="division")
    rows = rows.mutate(old=rows.aged_60.sum().over(window), everyone=rows.participants.sum().over(window))
    share = ibis.literal(p["culture.elderly_share"], "decimal(18, 6)")
    percent = (rows.old.cast("float64") * 100 / rows.everyone.cast("float64")).round(1)
    return hits(
        rows,
        where=rows.old.cast("decimal(18, 2)") > rows.everyone.cast("decimal(18, 2)") * share,
        subject=ibis.coalesce(rows.division, ibis.literal("社区")),
        name=rows.division,
        on=rows.held_on,
        facts={"percent": percent},
        because="{division}{n}次活动共{everyone}人次，60岁以上{old}人次，占{percent}%",
    )


@rule(
    "culture.few-take-part",
    "经常参与的居民过少",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S4-43"],
    reads={"culture.participation": None},
    uses=["culture.regular_share"],
    remedy="评估需求，改进项目和宣传",
    risk_point="culture.poor-attendance",
    looks_alike="略高于5%",
)
def few_take_part(t: Tables, p: ParameterView) -> Hits:
    """At or below the share of residents who take part regularly that the text observed."""
    rows = t.participation
    share = ibis.literal(p["culture.regular_share"], "decimal(18, 6)")
    percent = (
        rows.regular.cast("float64") * 100 / ibis.ifelse(rows.residents == 0, 1, rows.residents)
    ).round(1)
    few = rows.regular.cast("decimal(18, 2)") <= rows.residents.cast("decimal(18, 2)") * share
    return hits(
        rows,
        where=(few & (rows.residents > 0)).fill_null(False),
        subject=ibis.coalesce(rows.division, ibis.literal("社区")),
        name=rows.division,
        key=rows["year"].cast("string"),
        facts={"percent": percent},
        because="{division}{year}年经常参与文化活动的居民{regular}人，占{residents}人的{percent}%",
    )


@rule(
    "culture.participation-impossible",
    "居民文化参与统计的人数不可能",
    severity=Severity.LOW,
    subject="division",
    seeds=["S4-62", "S4-78"],
    reads={"culture.participation": None},
    remedy="核对统计口径，更正人数",
    risk_point="culture.poor-attendance",
    looks_alike="全部居民经常参与；样本全部满意",
)
def participation_impossible(t: Tables, p: ParameterView) -> Hits:
    """More take part regularly than live there, or more are satisfied than were asked."""
    rows = t.participation
    wrong = (rows.regular > rows.residents) | (rows.satisfied > rows["sample"])
    return hits(
        rows,
        where=wrong.fill_null(False),
        subject=ibis.coalesce(rows.division, ibis.literal("社区")),
        name=rows.division,
        key=rows["year"].cast("string"),
        facts={"asked": rows["sample"]},
        because="{division}{year}年居民{residents}人，经常参与{regular}人；调查{asked}人，满意{satisfied}人",
    )
