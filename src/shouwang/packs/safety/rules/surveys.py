"""What a sample of residents says, with the error of the sample (S7-57)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import mentions
from shouwang.risk.intervals import wilson
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule


def possible(survey: ir.Table, column: str) -> ir.BooleanValue:
    """Somebody was asked, and no more said yes than were asked."""
    count = survey[column]
    return ((survey["sample"] > 0) & (count >= 0) & (count <= survey["sample"])).fill_null(False)


@rule(
    "safety.satisfaction-below-target",
    "居民安全满意度低于目标",
    severity=Severity.LOW,
    subject="division",
    seeds=["S7-57"],
    reads={"safety.satisfaction_survey": None},
    needs={"safety.satisfaction_survey": ("satisfied",)},
    uses=["safety.satisfaction_target"],
    remedy="分析不满意的原因；目标在区间之内的不能断定未达到，扩大样本再调查",
    risk_point="safety.prevention-lax",
    looks_alike="恰好达到目标；宣传之前的摸底",
)
def satisfaction_below_target(t: Tables, p: ParameterView) -> Hits:
    """Fewer of those asked are satisfied than the target.

    The sentence gives the 95 % interval: where the target lies within it, the sample can't tell.
    """
    target = p["safety.satisfaction_target"]
    rows = t.satisfaction_survey.filter(possible(t.satisfaction_survey, "satisfied"))
    low, high = wilson(rows.satisfied, rows["sample"], rows.population)
    limit = ibis.literal(target, "decimal(18, 6)")
    share = rows.satisfied.cast("float64") * 100 / rows["sample"].cast("float64")
    return hits(
        rows,
        where=(rows.satisfied * 100 < rows["sample"] * limit) & ~mentions(rows.phase, "前"),
        subject=ibis.coalesce(rows.division, ibis.literal("居民满意度")),
        name=rows.division,
        on=rows.surveyed_on,
        key=rows.surveyed_on.cast("string"),
        facts={
            "asked": rows["sample"],
            "share": share.round(1),
            "low": (low * 100).round(1),
            "high": (high * 100).round(1),
            "target": limit,
        },
        because="{surveyed_on}调查{asked}人，{satisfied}人满意，占{share}%（95%区间{low}%至{high}%），目标{target}%",
    )


@rule(
    "safety.survey-impossible",
    "满意度调查的人数不可能",
    severity=Severity.LOW,
    subject="division",
    seeds=["S7-57", "S7-61"],
    reads={"safety.satisfaction_survey": None},
    remedy="核对问卷，更正人数",
    risk_point="safety.injury-data",
    looks_alike="全部满意；全体居民都调查了",
)
def survey_impossible(t: Tables, p: ParameterView) -> Hits:
    """More were satisfied or aware than were asked, or more were asked than live there."""
    rows = t.satisfaction_survey
    asked = rows["sample"]
    wrong = (rows.satisfied > asked) | (rows.aware > asked) | (asked > rows.population)
    return hits(
        rows,
        where=wrong.fill_null(False),
        subject=ibis.coalesce(rows.division, ibis.literal("居民满意度")),
        name=rows.division,
        on=rows.surveyed_on,
        key=rows.surveyed_on.cast("string"),
        facts={"asked": asked},
        because="{surveyed_on}有效问卷{asked}份，满意{satisfied}人，知晓{aware}人，居民总数{population}",
    )
