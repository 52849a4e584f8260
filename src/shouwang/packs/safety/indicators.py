"""The numbers of the pack: falls against last year, rectified, satisfied, aware, standardised."""

from __future__ import annotations

import ibis

from shouwang.indicator.indicator import Values, indicator, month, values, year
from shouwang.packs.safety.rules.hazards import rectified
from shouwang.risk.expressions import mentions
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
    target=90,
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
    target=92,
    formula="满意人数 ÷ 有效问卷数，按调查年份和阶段",
)
def satisfaction(t: Tables, p: ParameterView) -> Values:
    """Satisfied over asked, per year and phase (before and after publicity); the target is 92 %."""
    rows = t.satisfaction_survey.filter(t.satisfaction_survey.satisfied.notnull())
    return values(
        rows,
        period=year(rows.surveyed_on) + rows.phase.fill_null(""),
        numerator=rows.satisfied.sum(),
        denominator=rows["sample"].sum(),
    )


@indicator(
    "safety.satisfaction-error",
    "满意度抽样误差",
    unit="个百分点",
    digits=1,
    seeds=["S7-57"],
    reads=["safety.satisfaction_survey"],
    needs={"safety.satisfaction_survey": ("satisfied",)},
    formula="1.96 × √（满意率 ×（1－满意率）÷ 有效问卷数），95%置信",
)
def satisfaction_error(t: Tables, p: ParameterView) -> Values:
    """Half the width of the 95 % interval of the satisfaction rate (normal approximation), in points."""
    rows = t.satisfaction_survey.filter(t.satisfaction_survey.satisfied.notnull())
    asked = rows["sample"].sum().cast("float64")
    rate = rows.satisfied.sum().cast("float64") / asked
    return values(
        rows,
        period=year(rows.surveyed_on) + rows.phase.fill_null(""),
        numerator=(196 * (rate * (1 - rate) / asked).sqrt()).round(4),
    )


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
    rows = t.satisfaction_survey.filter(t.satisfaction_survey.aware.notnull())
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
    formula="明细中的伤害人数之和，按月和事故类别",
)
def injured(t: Tables, p: ParameterView) -> Values:
    """Persons injured per month and category, from the detail."""
    rows = t.accident
    return values(
        rows,
        period=month(rows.happened_on) + " " + rows.category.fill_null(""),
        numerator=rows.injured.fill_null(0).sum(),
    )
