"""The numbers of the pack: falls against last year, rectified, satisfied, aware, standardised."""

from __future__ import annotations

import ibis

from shouwang.indicator.indicator import Values, indicator, month, values, year
from shouwang.packs.safety.rules.accidents import told_once
from shouwang.packs.safety.rules.hazards import rectified
from shouwang.packs.safety.rules.sources import danger, grade
from shouwang.packs.safety.rules.surveys import possible
from shouwang.risk.expressions import mentions
from shouwang.risk.intervals import bounds, fall, wilson
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables

STATISTIC = ["safety.accident_statistic"]


@indicator(
    "safety.accidents-fall",
    "事故起数下降比例",
    digits=4,
    seeds=["S7-55"],
    reads=STATISTIC,
    needs={"safety.accident_statistic": ("accidents_before", "accidents")},
    direction="up",
    target="safety.accident_fall",
    formula="（上年同期起数－本年起数）÷ 上年同期起数，以同一张表的上年同期为基数",
)
def accidents_fall(t: Tables, p: ParameterView) -> Values:
    """The fall of all accidents against last year as a share."""
    rows = t.accident_statistic
    rows = rows.filter(rows.accidents_before.notnull() & ~mentions(rows.category, "合计", "总计"))
    return values(
        rows,
        period=ibis.coalesce(rows["year"].cast("string"), ibis.literal(str(p.as_of.year))),
        numerator=rows.accidents_before.sum() - rows.accidents.sum(),
        denominator=rows.accidents_before.sum(),
    )


@indicator(
    "safety.injured-fall",
    "事故伤害人数下降比例",
    digits=4,
    seeds=["S7-56"],
    reads=STATISTIC,
    needs={"safety.accident_statistic": ("injured_before", "injured")},
    direction="up",
    target="safety.injury_fall",
    formula="（上年同期伤害人数－本年伤害人数）÷ 上年同期伤害人数",
)
def injured_fall(t: Tables, p: ParameterView) -> Values:
    """The fall of all injured against last year as a share."""
    rows = t.accident_statistic
    rows = rows.filter(rows.injured_before.notnull() & ~mentions(rows.category, "合计", "总计"))
    return values(
        rows,
        period=ibis.coalesce(rows["year"].cast("string"), ibis.literal(str(p.as_of.year))),
        numerator=rows.injured_before.sum() - rows.injured.sum(),
        denominator=rows.injured_before.sum(),
    )


@indicator(
    "safety.against-control-indicator",
    "事故起数占控制指标比例",
    unit="%",
    scale=100,
    digits=1,
    seeds=["S7-59"],
    reads=STATISTIC,
    needs={"safety.accident_statistic": ("limit",)},
    direction="down",
    target=100,
    formula="本年起数 ÷ 控制指标，按事故类别",
)
def against_control_indicator(t: Tables, p: ParameterView) -> Values:
    """Accidents over the indicator set from above, per category (in the place of the period)."""
    rows = t.accident_statistic.filter(t.accident_statistic["limit"].notnull())
    return values(rows, period=rows.category, numerator=rows.accidents.sum(), denominator=rows["limit"].sum())


@indicator(
    "safety.hazards-rectified",
    "隐患整改率",
    unit="%",
    scale=100,
    digits=1,
    seeds=["S7-58"],
    reads=["safety.hazard"],
    direction="up",
    target="safety.rectified_target",
    formula="已整改隐患数 ÷ 排查出的隐患数",
)
def hazards_rectified(t: Tables, p: ParameterView) -> Values:
    """Hidden dangers rectified over those found, per year of finding; the target is 90 %."""
    rows = t.hazard
    return values(
        rows,
        period=year(rows.found_on),
        numerator=rectified(rows).cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "safety.satisfaction",
    "居民综合安全满意度",
    unit="%",
    scale=100,
    digits=1,
    seeds=["S7-57", "S7-61"],
    reads=["safety.satisfaction_survey"],
    needs={"safety.satisfaction_survey": ("satisfied",)},
    direction="up",
    target="safety.satisfaction_target",
    formula="满意人数 ÷ 有效问卷数，按调查年份和阶段",
)
def satisfaction(t: Tables, p: ParameterView) -> Values:
    """Satisfied over asked, per year and phase (before and after publicity); the target is 92 %."""
    rows = t.satisfaction_survey.filter(possible(t.satisfaction_survey, "satisfied"))
    return values(
        rows,
        period=year(rows.surveyed_on) + rows.phase.fill_null(""),
        numerator=rows.satisfied.sum(),
        denominator=rows["sample"].sum(),
    )


@indicator(
    "safety.satisfaction-interval",
    "满意度95%置信区间",
    unit="%",
    digits=1,
    seeds=["S7-57"],
    reads=["safety.satisfaction_survey"],
    needs={"safety.satisfaction_survey": ("satisfied",)},
    formula="威尔逊区间，样本占居民总数较大时按有限总体校正；目标在上下限之间时，这次抽样不能断定是否达到",
)
def satisfaction_interval(t: Tables, p: ParameterView) -> Values:
    """Lower and upper bound of the satisfaction rate at 95 %, per year and phase, in per cent."""
    rows = t.satisfaction_survey.filter(possible(t.satisfaction_survey, "satisfied"))
    whole = rows.group_by("division", of=year(rows.surveyed_on) + rows.phase.fill_null("")).aggregate(
        satisfied=rows.satisfied.sum(), asked=rows["sample"].sum(), population=rows.population.max()
    )
    low, high = wilson(whole.satisfied, whole.asked, whole.population)
    both = bounds(whole, low, high, whole.of, 100)
    return values(both, period=both.period, numerator=both.value.max())


@indicator(
    "safety.awareness",
    "群众安全知识知晓度",
    unit="%",
    scale=100,
    digits=1,
    seeds=["S7-61"],
    reads=["safety.satisfaction_survey"],
    needs={"safety.satisfaction_survey": ("aware",)},
    formula="知晓人数 ÷ 有效问卷数，按调查年份和阶段（宣传前、宣传后）",
)
def awareness(t: Tables, p: ParameterView) -> Values:
    """Aware over asked, per year and phase."""
    rows = t.satisfaction_survey.filter(possible(t.satisfaction_survey, "aware"))
    return values(
        rows,
        period=year(rows.surveyed_on) + rows.phase.fill_null(""),
        numerator=rows.aware.sum(),
        denominator=rows["sample"].sum(),
    )


@indicator(
    "safety.standardised",
    "场所单位规范管理率",
    unit="%",
    scale=100,
    digits=1,
    seeds=["S7-62"],
    reads=["safety.unit"],
    needs={"safety.unit": ("standardised",)},
    direction="up",
    target=100,
    formula="规范管理达标的在营单位 ÷ 全部在营单位",
)
def standardised(t: Tables, p: ParameterView) -> Values:
    """Units in business under standardised management over all of them."""
    rows = t.unit.filter(~mentions(t.unit.state, "停", "关", "注销", "歇业"))
    return values(
        rows,
        period=year(p.as_of),
        numerator=rows.standardised.fill_null(False).cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "safety.injured",
    "事故伤害人数",
    unit="人",
    digits=0,
    seeds=["S7-59"],
    reads=["safety.accident"],
    formula="明细中的伤害人数之和，几个来源重复报送的计一次，按月和事故类别",
)
def injured(t: Tables, p: ParameterView) -> Values:
    """Persons injured per month and category, from the detail; told by several sources, counted once."""
    rows = told_once(t.accident)
    return values(
        rows,
        period=month(rows.happened_on) + " " + rows.category.fill_null(""),
        numerator=rows.injured.fill_null(0).sum(),
    )


@indicator(
    "safety.fall-interval",
    "事故下降比例的95%区间",
    unit="%",
    digits=1,
    seeds=["S7-55", "S7-56"],
    reads=STATISTIC,
    needs={"safety.accident_statistic": ("accidents_before", "accidents")},
    formula="由两年起数之和中本年所占比例的威尔逊区间换算；目标在上下限之间时，起伏可能出于偶然",
)
def fall_interval(t: Tables, p: ParameterView) -> Values:
    """Lower and upper bound of the fall of accidents at 95 %, per year, in per cent."""
    rows = t.accident_statistic
    rows = rows.filter(rows.accidents_before.notnull() & ~mentions(rows.category, "合计", "总计"))
    of = ibis.coalesce(rows["year"].cast("string"), ibis.literal(str(p.as_of.year)))
    whole = rows.group_by("division", of=of).aggregate(
        before=rows.accidents_before.sum(), now=rows.accidents.sum()
    )
    whole = whole.filter(whole.before > 0)
    low, high = fall(whole.before, whole.now)
    both = bounds(whole, low, high, whole.of, 100)
    return values(both, period=both.period, numerator=both.value.max())


@indicator(
    "safety.sources-by-danger",
    "危险源数（按危险性等级）",
    unit="处",
    digits=0,
    seeds=["S7-25", "S7-12"],
    reads=["safety.hazard_source"],
    formula="危险性 D = L × E × C，由三项分值算出；按 D 的等级计数",
)
def sources_by_danger(t: Tables, p: ParameterView) -> Values:
    """Hazard sources of each grade of the computed danger (in the place of the period)."""
    rows = t.hazard_source
    rows = rows.mutate(of=grade(danger(rows)).fill_null("未作LEC评价"))
    return values(rows, period=rows.of, numerator=rows.count())


@indicator(
    "safety.status-reached",
    "按目标日期达到省级安全社区",
    unit="个",
    digits=0,
    seeds=["S7-60"],
    reads=["safety.acceptance"],
    uses=["safety.status_goal"],
    direction="up",
    target=1,
    formula="在目标日期之前通过省级以上评定验收的次数，按目标年份",
)
def status_reached(t: Tables, p: ParameterView) -> Values:
    """Acceptances at provincial or national level by the day of the goal, in the goal's year."""
    goal = p["safety.status_goal"]
    rows = t.acceptance
    reached = mentions(rows.level, "省", "国家") & (rows.accepted_on <= goal).fill_null(False)
    return values(rows, period=year(goal), numerator=reached.cast("int64").sum())
