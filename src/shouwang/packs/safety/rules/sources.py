"""Hazard sources: evaluated by a recorded method, answered by a plan (S7-12, S7-25, S7-26)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule
from shouwang.standards.lec import CONSEQUENCE, EXPOSURE, GRADES, LIKELIHOOD

SOURCE = {"safety.hazard_source": "source_no"}
SCALES = {"likelihood": LIKELIHOOD, "exposure": EXPOSURE, "consequence": CONSEQUENCE}


def danger(source: ir.Table) -> ir.DecimalValue:
    """D = L × E × C, exactly; null where one of the three is missing."""
    product = source.likelihood.cast("decimal(12, 2)") * source.exposure.cast("decimal(12, 2)")
    return (product.cast("decimal(14, 4)") * source.consequence.cast("decimal(12, 2)")).cast("decimal(18, 4)")


def grade(value: ir.DecimalValue) -> ir.StringValue:
    """The grade of a danger (:data:`shouwang.standards.lec.GRADES`); null where there is none."""
    return ibis.cases(*((value >= ibis.literal(least), name) for least, name in GRADES), else_=None)


def by_lec(source: ir.Table) -> ir.BooleanValue:
    """Judged by likelihood, exposure and consequence."""
    scored = source.likelihood.notnull() | source.exposure.notnull() | source.consequence.notnull()
    return mentions(source.method, "LEC", "lec", "作业条件") | scored


@rule(
    "safety.source-without-plan",
    "危险源没有应对方案",
    severity=Severity.MEDIUM,
    subject="place",
    seeds=["S7-26"],
    reads={"safety.hazard_source": "source_no"},
    needs={"safety.hazard_source": ("plan",)},
    remedy="制定可行的应对方案和措施",
    risk_point="safety.weak-links",
    looks_alike="已有方案",
)
def source_without_plan(t: Tables, p: ParameterView) -> Hits:
    """An identified hazard source without a response plan."""
    rows = t.hazard_source
    return hits(
        rows,
        where=absent(rows.plan),
        subject=rows.source_no,
        name=rows.place,
        on=rows.identified_on,
        because="{place}的危险源“{hazard}”（{source_no}）没有应对方案",
    )


@rule(
    "safety.source-not-evaluated",
    "危险源没有评价方法或危险性填错",
    severity=Severity.LOW,
    subject="place",
    seeds=["S7-25", "S7-12"],
    reads=SOURCE,
    needs={"safety.hazard_source": ("method",)},
    remedy="用记录的方法重新评价；危险性由 L×E×C 算出，不需填写",
    risk_point="safety.weak-links",
    looks_alike="填写的危险性等于三项之积；没有填写；用其他方法评价而没有 L、E、C",
)
def source_not_evaluated(t: Tables, p: ParameterView) -> Hits:
    """No method is recorded, or a danger was typed that is not the product of the three scores."""
    rows = t.hazard_source
    computed = danger(rows)
    wrong = (computed != rows.stated_danger.cast("decimal(18, 4)")).fill_null(False)
    return hits(
        rows,
        where=absent(rows.method) | wrong,
        subject=rows.source_no,
        name=rows.place,
        on=rows.identified_on,
        facts={"computed": computed},
        because="{place}的危险源“{hazard}”（{source_no}）评价方法：{method}，"
        "L{likelihood}×E{exposure}×C{consequence}={computed}，表中写{stated_danger}",
    )


@rule(
    "safety.lec-off-scale",
    "作业条件危险性评价缺项或取值不在标准上",
    severity=Severity.LOW,
    subject="place",
    seeds=["S7-25"],
    reads=SOURCE,
    remedy="按标准的分值重新评价",
    risk_point="safety.weak-links",
    looks_alike="0.5、0.2、0.1等小数分值；用其他方法评价而没有 L、E、C",
)
def lec_off_scale(t: Tables, p: ParameterView) -> Hits:
    """One of likelihood, exposure and consequence is missing or is no score of its scale."""
    rows = t.hazard_source
    off = ibis.literal(False)
    for column, scale in SCALES.items():
        known = rows[column].isin([ibis.literal(score, "decimal(18, 4)") for score in scale])
        off = off | ~known.fill_null(False)
    return hits(
        rows,
        where=by_lec(rows) & off,
        subject=rows.source_no,
        name=rows.place,
        on=rows.identified_on,
        because="{place}的危险源“{hazard}”（{source_no}）L{likelihood}、E{exposure}、C{consequence}不在标准的分值上",
    )


@rule(
    "safety.great-danger-unattended",
    "高度危险的危险源没有管控责任人",
    severity=Severity.HIGH,
    subject="place",
    seeds=["S7-26", "S7-49"],
    reads=SOURCE,
    needs={"safety.hazard_source": ("responsible",)},
    remedy="落实管控责任人，危险性在320以上的停止作业",
    risk_point="safety.weak-links",
    looks_alike="显著危险及以下；已落实到人",
)
def great_danger_unattended(t: Tables, p: ParameterView) -> Hits:
    """The computed danger is of one of the two highest grades, and nobody answers for it."""
    rows = t.hazard_source
    computed = danger(rows)
    great = (computed >= ibis.literal(GRADES[1][0])).fill_null(False)
    return hits(
        rows,
        where=great & absent(rows.responsible),
        subject=rows.source_no,
        name=rows.place,
        on=rows.identified_on,
        facts={"computed": computed},
        because="{place}的危险源“{hazard}”（{source_no}）危险性{computed}，没有管控责任人",
    )
