"""Supervision of designated hospitals and pharmacies (S10-12, S10-57 – S10-59, S10-76, S10-77)."""

from __future__ import annotations

import ibis

from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


@rule(
    "insurance.provider-not-evaluated",
    "两定点机构未按指标体系评价",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S10-12", "S10-59"],
    reads={"insurance.provider": "provider", "insurance.provider_evaluation": "provider"},
    remedy="按评价指标体系组织年度评价",
    risk_point="insurance.supervision",
    looks_alike="本年签约的新机构；协议已终止的机构",
)
def provider_not_evaluated(t: Tables, p: ParameterView) -> Hits:
    """A provider in service all of last twelve months has no evaluation by a system of indicators.

    An evaluation counts for the year of the scan or, before that year has ended, the year before.
    """
    today = p.as_of
    since = today.year if (today.month, today.day) == (12, 31) else today.year - 1
    done = t.provider_evaluation
    year = done.year.coalesce(done.evaluated_on.year().cast("int64"))
    valid = done.filter((year >= since) & ~absent(done.indicator_system)).select("provider").distinct()
    day = ibis.literal(today)
    started = t.provider.agreed_on.isnull() | (
        t.provider.agreed_on < ibis.literal(today.replace(year=since, month=1, day=2))
    )
    ended = (t.provider.agreed_until < day).fill_null(False)
    rows = t.provider.filter(started & ~ended).anti_join(valid, "provider")
    return hits(
        rows,
        subject=rows.provider,
        name=rows.provider,
        on=rows.agreed_on,
        facts={"since": ibis.literal(since)},
        because="{kind}{provider}自{since}年起没有按指标体系作过评价",
    )


@rule(
    "insurance.evaluation-without-indicators",
    "评价没有指标体系",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S10-59"],
    reads={"insurance.provider_evaluation": "provider"},
    needs={"insurance.provider_evaluation": ["indicator_system"]},
    remedy="制定评价指标体系后重新评价",
    risk_point="insurance.supervision",
    looks_alike="注明了指标体系或评分标准",
)
def evaluation_without_indicators(t: Tables, p: ParameterView) -> Hits:
    """An evaluation names no system of indicators."""
    done = t.provider_evaluation
    return hits(
        done,
        where=absent(done.indicator_system),
        subject=done.provider,
        name=done.provider,
        on=done.evaluated_on,
        key=done.year,
        because="对{provider}的{year}年评价没有指标体系",
    )


@rule(
    "insurance.provider-not-graded",
    "两定点机构未定监管等级",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S10-77"],
    reads={"insurance.provider": "provider"},
    needs={"insurance.provider": ["grade"]},
    optional={"insurance.provider_evaluation": "provider"},
    remedy="评定监管等级，按等级安排检查",
    risk_point="insurance.supervision",
    looks_alike="评价中已评定等级；协议已终止",
)
def provider_not_graded(t: Tables, p: ParameterView) -> Hits:
    """A provider in service has no grade, neither in the register nor in an evaluation."""
    graded = t.provider_evaluation.filter(~absent(t.provider_evaluation.grade)).select("provider").distinct()
    ended = (t.provider.agreed_until < ibis.literal(p.as_of)).fill_null(False)
    rows = t.provider.filter(absent(t.provider.grade) & ~ended).anti_join(graded, "provider")
    return hits(
        rows,
        subject=rows.provider,
        name=rows.provider,
        on=rows.agreed_on,
        because="{kind}{provider}没有监管等级",
    )


@rule(
    "insurance.stay-at-undesignated",
    "在非定点医疗机构结算",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S10-12", "S10-56", "S10-78"],
    reads={"insurance.inpatient_stay": "hospital", "insurance.provider": "provider"},
    remedy="核对定点协议，拒付非定点期间费用",
    risk_point="insurance.inpatient",
    looks_alike="异地就医；医院名称简写",
)
def stay_at_undesignated(t: Tables, p: ParameterView) -> Hits:
    """A stay was settled with a hospital that had no agreement on the day of admission."""
    stays = t.inpatient_stay.filter(~absent(t.inpatient_stay.hospital))
    known = t.provider.select("provider", "agreed_on", "agreed_until")
    in_force = stays.join(
        known,
        [
            stays.hospital == known.provider,
            known.agreed_on.isnull() | (stays.admitted_on >= known.agreed_on),
            known.agreed_until.isnull() | (stays.admitted_on <= known.agreed_until),
        ],
        how="semi",
    )
    rows = stays.anti_join(in_force.select("ref_inpatient_stay"), "ref_inpatient_stay")
    return hits(
        rows,
        subject=rows.hospital,
        name=rows.hospital,
        on=rows.admitted_on,
        amount=rows.fund,
        because="{hospital}不在两定点机构名册或协议期外，{admitted_on.span}结算住院{n}次，统筹支付{fund.sum}元",
    )


@rule(
    "insurance.supervision-without-plan",
    "医保监管没有计划",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S10-58"],
    reads={"insurance.supervision": None},
    optional={"insurance.supervision_plan": None},
    remedy="制定年度监管计划，写明指标和方法",
    risk_point="insurance.supervision-method",
    looks_alike="当年有书面计划",
)
def supervision_without_plan(t: Tables, p: ParameterView) -> Hits:
    """Providers were supervised in a year for which there is no written plan."""
    done = t.supervision.mutate(year=t.supervision.supervised_on.year().cast("int64"))
    plan = t.supervision_plan
    planned = plan.select(year=plan.year.coalesce(plan.approved_on.year().cast("int64"))).distinct()
    rows = done.anti_join(planned, "year")
    return hits(
        rows,
        subject=rows.division.fill_null("全部"),
        name=rows.division,
        on=rows.supervised_on,
        key=rows.year,
        because="{year}年监管检查{n}次，没有该年度的书面监管计划",
    )


@rule(
    "insurance.plan-incomplete",
    "监管计划缺指标或方法",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-58"],
    reads={"insurance.supervision_plan": "title"},
    needs={"insurance.supervision_plan": ["indicators", "method"]},
    remedy="补充监管指标和科学的监管方法",
    risk_point="insurance.supervision-method",
    looks_alike="指标、方法齐全",
)
def plan_incomplete(t: Tables, p: ParameterView) -> Hits:
    """A plan of supervision names no indicators or no method."""
    plan = t.supervision_plan
    return hits(
        plan,
        where=absent(plan.indicators) | absent(plan.method),
        subject=plan.title,
        name=plan.title,
        on=plan.approved_on,
        key=plan.year,
        because="《{title}》的监管指标：{indicators}；监管方法：{method}",
    )


@rule(
    "insurance.sample-incomplete",
    "抽样监管记录不全",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-60", "S10-76"],
    reads={"insurance.supervision": "supervision_no"},
    remedy="补记抽样方法、样本量和结果",
    risk_point="insurance.supervision-method",
    looks_alike="现场检查、网络监管不要求抽样方法；没有问题写明“未发现问题”",
)
def sample_incomplete(t: Tables, p: ParameterView) -> Hits:
    """A supervision by sample lacks its method, its size or its findings."""
    s = t.supervision
    no_result = absent(s.findings) & s.problems.isnull()
    return hits(
        s,
        where=(s.method == "抽样监管") & (absent(s.sampling) | s.sample_size.isnull() | no_result),
        subject=s.supervision_no.coalesce(s.provider),
        name=s.provider,
        on=s.supervised_on,
        key=s.supervised_on,
        because="{supervised_on}对{provider}抽样监管：方法{sampling}，样本量{sample_size}，结果{findings}",
    )


@rule(
    "insurance.supervision-rule-missing",
    "监管发现问题未注明违反的规定",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-76", "S10-88"],
    reads={"insurance.supervision": "supervision_no"},
    needs={"insurance.supervision": ["problems", "broken_rule"]},
    remedy="补记违反的条款",
    risk_point="insurance.supervision-method",
    looks_alike="发现问题数为0",
)
def supervision_rule_missing(t: Tables, p: ParameterView) -> Hits:
    """A supervision found problems without naming the rule that was broken."""
    s = t.supervision
    return hits(
        s,
        where=(s.problems > 0) & absent(s.broken_rule),
        subject=s.supervision_no.coalesce(s.provider),
        name=s.provider,
        on=s.supervised_on,
        amount=s.amount,
        key=s.supervised_on,
        because="{supervised_on}监管{provider}发现问题{problems}个，没有注明违反的规定",
    )


@rule(
    "insurance.supervision-workload",
    "医保监管人员与业务量不相称",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S10-08", "S10-57", "S10-85"],
    reads={"insurance.section": "section"},
    needs={"insurance.section": ["staff", "workload"]},
    uses=["insurance.supervision_workload_per_person"],
    remedy="增配监管人员，或以抽样、等级、网络监管减轻工作量",
    risk_point="insurance.supervision-load",
    looks_alike="人均业务量等于上限；非监管科室",
)
def supervision_workload(t: Tables, p: ParameterView) -> Hits:
    """The section that supervises medical insurance has more work per person than the limit."""
    limit = ibis.literal(p["insurance.supervision_workload_per_person"])
    s = t.section
    supervises = mentions(s.section, "监管", "监督") | mentions(s.function, "医保监管", "医疗保险监管")
    return hits(
        s,
        where=supervises & (s.workload > s.staff.fill_null(0) * limit),
        subject=s.office.coalesce(s.section),
        name=s.section,
        key=s.section + s.year.cast("string").fill_null(""),
        because="{office}{section}在岗{staff}人，业务量{workload}，超过人均上限",
    )
