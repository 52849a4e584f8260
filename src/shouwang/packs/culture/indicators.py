"""The numbers of the pack: participation, cost per participant, evaluation by stage and by effect."""

from __future__ import annotations

import ibis

from shouwang.indicator.indicator import Values, indicator, values, year
from shouwang.packs.culture.rules.projects import begun
from shouwang.risk.areas import community_key
from shouwang.risk.expressions import mentions
from shouwang.risk.intervals import bounds, wilson
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables, absent

EVALUATION = ["culture.evaluation"]


@indicator(
    "culture.regular-share",
    "经常参与居民比例（实际）",
    unit="%",
    scale=100,
    seeds=["S4-62", "S4-43"],
    reads=["culture.participation"],
    formula="经常参与人数 ÷ 居民总数，按社区和年份",
)
def regular_share(t: Tables, p: ParameterView) -> Values:
    """Residents who take part regularly over all residents, per community and year."""
    rows = t.participation
    return values(
        rows,
        period=rows["year"].cast("string"),
        numerator=rows.regular.sum(),
        denominator=rows.residents.sum(),
    )


@indicator(
    "culture.satisfaction",
    "居民文化满意度",
    unit="%",
    scale=100,
    seeds=["S4-78"],
    reads=["culture.participation"],
    needs={"culture.participation": ("satisfied", "sample")},
    formula="满意人数 ÷ 调查样本数，按社区和年份",
)
def satisfaction(t: Tables, p: ParameterView) -> Values:
    """Satisfied over asked, per community and year."""
    rows = t.participation.filter(t.participation["sample"] > 0)
    return values(
        rows,
        period=rows["year"].cast("string"),
        numerator=rows.satisfied.sum(),
        denominator=rows["sample"].sum(),
    )


@indicator(
    "culture.satisfaction-interval",
    "文化满意度95%置信区间",
    unit="%",
    digits=1,
    seeds=["S4-78"],
    reads=["culture.participation"],
    needs={"culture.participation": ("satisfied", "sample")},
    formula="威尔逊区间，样本占居民总数较大时按有限总体校正，按社区和年份",
)
def satisfaction_interval(t: Tables, p: ParameterView) -> Values:
    """Lower and upper bound of cultural satisfaction at 95 %, per community and year, in per cent."""
    rows = t.participation.filter((t.participation["sample"] > 0) & t.participation.satisfied.notnull())
    rows = rows.filter(rows.satisfied <= rows["sample"])
    whole = rows.group_by("division", of=rows["year"].cast("string")).aggregate(
        satisfied=rows.satisfied.sum(), asked=rows["sample"].sum(), population=rows.residents.max()
    )
    low, high = wilson(whole.satisfied, whole.asked, whole.population)
    both = bounds(whole, low, high, whole.of, 100)
    return values(both, period=both.period, numerator=both.value.max())


@indicator(
    "culture.satisfaction-sample",
    "文化满意度调查样本数",
    unit="人",
    digits=0,
    seeds=["S4-78"],
    reads=["culture.participation"],
    needs={"culture.participation": ("sample",)},
    formula="调查样本数，按社区和年份",
)
def satisfaction_sample(t: Tables, p: ParameterView) -> Values:
    """How many were asked, per community and year: what the satisfaction rate rests on."""
    rows = t.participation.filter(t.participation["sample"].notnull())
    return values(rows, period=rows["year"].cast("string"), numerator=rows["sample"].sum())


@indicator(
    "culture.attendance-rate",
    "每百名居民参加活动人次",
    unit="人次",
    scale=100,
    digits=1,
    seeds=["S4-17", "S4-62"],
    reads=["culture.activity", "culture.participation"],
    formula="全年各次活动参加人数之和 ÷ 居民总数 × 100，按社区和年份",
)
def attendance_rate(t: Tables, p: ParameterView) -> Values:
    """Attendances of a year's activities over the community's population."""
    held = t.activity.filter(t.activity.participants.notnull())
    held = held.mutate(of=held.held_on.year().cast("int64"), place=community_key(held.division))
    came = held.group_by("place", "of").aggregate(came=held.participants.sum())
    people = t.participation.filter(t.participation.residents > 0)
    people = people.mutate(place=community_key(people.division), of=people["year"])
    people = people.group_by("place", "of").aggregate(
        division=people.division.max(), residents=people.residents.max()
    )
    both = came.join(people, ["place", "of"])
    return values(
        both,
        period=both.of.cast("string"),
        numerator=both.came.sum(),
        denominator=both.residents.sum(),
    )


@indicator(
    "culture.cost-per-participant",
    "人均活动支出",
    unit="元",
    seeds=["S4-41"],
    reads=["culture.spending", "culture.activity"],
    formula="项目支出之和 ÷ 该项目各次活动参加人次之和，按项目",
)
def cost_per_participant(t: Tables, p: ParameterView) -> Values:
    """Money spent over participants, per project (in the place of the period)."""
    people = t.activity.group_by("project_no").aggregate(people=t.activity.participants.sum())
    spent = t.spending.group_by("project_no").aggregate(spent=t.spending.amount.sum())
    both = spent.join(people, "project_no")
    return values(
        both,
        division=ibis.literal(""),
        period=both.project_no,
        numerator=both.spent.sum(),
        denominator=both.people.sum(),
    )


@indicator(
    "culture.attendance-by-order",
    "命令任务式活动与其他活动的平均人数",
    unit="人",
    digits=1,
    seeds=["S4-37"],
    reads=["culture.activity"],
    needs={"culture.activity": ("ordered",)},
    formula="参加人数之和 ÷ 次数，上级指令与其他分列",
)
def attendance_by_order(t: Tables, p: ParameterView) -> Values:
    """Mean attendance of activities ordered from above and of the others."""
    rows = t.activity.filter(t.activity.participants.notnull())
    ordered = ibis.ifelse(rows.ordered.fill_null(False), ibis.literal("上级指令"), ibis.literal("其他"))
    return values(
        rows,
        period=year(rows.held_on) + ordered,
        numerator=rows.participants.sum(),
        denominator=rows.count(),
    )


@indicator(
    "culture.attendance-by-openness",
    "信息公开与未公开活动的平均人数",
    unit="人",
    digits=1,
    seeds=["S4-63"],
    reads=["culture.activity", "culture.project"],
    formula="参加人数之和 ÷ 次数，活动或其项目在活动前已公开与未公开分列",
)
def attendance_by_openness(t: Tables, p: ParameterView) -> Values:
    """Mean attendance of activities published beforehand, themselves or their project, and of others."""
    projects = t.project.select("project_no", project_public="published_on").distinct()
    rows = t.activity.filter(t.activity.participants.notnull())
    both = rows.left_join(projects, "project_no")
    public = ibis.coalesce(both.published_on, both.project_public)
    kind = ibis.ifelse(
        (public <= both.held_on).fill_null(False), ibis.literal("公开"), ibis.literal("未公开")
    )
    return values(
        both,
        period=year(both.held_on) + kind,
        numerator=both.participants.sum(),
        denominator=both.count(),
    )


@indicator(
    "culture.published-share",
    "项目公开率",
    unit="%",
    scale=100,
    seeds=["S4-69"],
    reads=["culture.project"],
    needs={"culture.project": ("published_on",)},
    direction="up",
    target=100,
    formula="已公开的已开展项目数 ÷ 已开展项目数",
)
def published_share(t: Tables, p: ParameterView) -> Values:
    """Projects published over projects begun, per year of start."""
    rows = t.project.filter(begun(t.project, p))
    return values(
        rows,
        period=year(rows.started_on),
        numerator=rows.published_on.count(),
        denominator=rows.count(),
    )


@indicator(
    "culture.causes",
    "参与不足原因次数",
    unit="次",
    digits=0,
    seeds=["S4-46"],
    reads=["culture.activity"],
    needs={"culture.activity": ("cause",)},
    formula="各种原因出现的次数",
)
def causes(t: Tables, p: ParameterView) -> Values:
    """How often each cause of low attendance is given (the cause in the place of the period)."""
    rows = t.activity.filter(~absent(t.activity.cause))
    return values(rows, period=rows.cause, numerator=rows.count())


@indicator(
    "culture.evaluation-by-source",
    "效果评分（按意见来源）",
    unit="分",
    seeds=["S4-64"],
    reads=EVALUATION,
    needs={"culture.evaluation": ("source",)},
    formula="目标完成得分之和 ÷ 次数，服务对象与工作人员分列",
)
def evaluation_by_source(t: Tables, p: ParameterView) -> Values:
    """Mean score from participants and from staff."""
    rows = t.evaluation.filter(t.evaluation.goal_score.notnull() & ~absent(t.evaluation.source))
    return values(
        rows,
        division=ibis.literal(""),
        period=rows.source,
        numerator=rows.goal_score.sum(),
        denominator=rows.count(),
    )


@indicator(
    "culture.evaluation-by-stage",
    "过程评估得分（按阶段）",
    unit="分",
    seeds=["S4-65"],
    reads=EVALUATION,
    formula="调查、策划、申报、执行、结束各阶段的得分之和 ÷ 次数",
)
def evaluation_by_stage(t: Tables, p: ParameterView) -> Values:
    """Mean score of each of the five stages."""
    rows = t.evaluation.filter(t.evaluation.goal_score.notnull())
    return values(
        rows,
        division=ibis.literal(""),
        period=rows.stage,
        numerator=rows.goal_score.sum(),
        denominator=rows.count(),
    )


@indicator(
    "culture.goal-score",
    "目标完成得分",
    unit="分",
    seeds=["S4-66"],
    reads=EVALUATION,
    formula="结束阶段目标完成得分之和 ÷ 次数，按项目",
)
def goal_score(t: Tables, p: ParameterView) -> Values:
    """Mean outcome score of goal completion, per project."""
    rows = t.evaluation.filter((t.evaluation.stage == "结束") & t.evaluation.goal_score.notnull())
    return values(
        rows,
        division=ibis.literal(""),
        period=rows.project_no,
        numerator=rows.goal_score.sum(),
        denominator=rows.count(),
    )


@indicator(
    "culture.needs-score",
    "文化需求满足得分",
    unit="分",
    seeds=["S4-67"],
    reads=EVALUATION,
    needs={"culture.evaluation": ("needs_score",)},
    formula="结束阶段需求满足得分之和 ÷ 次数，按项目",
)
def needs_score(t: Tables, p: ParameterView) -> Values:
    """Mean outcome score of participants' needs met, per project."""
    rows = t.evaluation.filter((t.evaluation.stage == "结束") & t.evaluation.needs_score.notnull())
    return values(
        rows,
        division=ibis.literal(""),
        period=rows.project_no,
        numerator=rows.needs_score.sum(),
        denominator=rows.count(),
    )


@indicator(
    "culture.growth-score",
    "能力成长得分",
    unit="分",
    seeds=["S4-68"],
    reads=EVALUATION,
    needs={"culture.evaluation": ("growth_score",)},
    formula="结束阶段能力成长得分之和 ÷ 次数，按项目",
)
def growth_score(t: Tables, p: ParameterView) -> Values:
    """Mean outcome score of participants' growth in ability, per project."""
    rows = t.evaluation.filter((t.evaluation.stage == "结束") & t.evaluation.growth_score.notnull())
    return values(
        rows,
        division=ibis.literal(""),
        period=rows.project_no,
        numerator=rows.growth_score.sum(),
        denominator=rows.count(),
    )


@indicator(
    "culture.social-workers",
    "项目人员中专业社工比例",
    unit="%",
    scale=100,
    seeds=["S4-07"],
    reads=["culture.team_member"],
    direction="up",
    target=100,
    formula="专业社工人数 ÷ 项目人员数，财务和技术岗位除外",
)
def social_workers(t: Tables, p: ParameterView) -> Values:
    """Professional social workers over staff, finance and technical posts aside."""
    rows = t.team_member.filter(~mentions(t.team_member.post, "财务", "会计", "出纳", "技术"))
    return values(
        rows,
        division=ibis.literal(""),
        period=year(p.as_of),
        numerator=rows.social_worker.fill_null(False).cast("int64").sum(),
        denominator=rows.count(),
    )
