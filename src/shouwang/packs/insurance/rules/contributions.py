"""Contributions: bases, double insurance, workers left out, amounts due (S10-43, S10-44, S10-73)."""

from __future__ import annotations

import ibis

from shouwang.packs.insurance.rules.common import beyond_work_injury, by_employer, deaths
from shouwang.risk.expressions import age, is_male, mentions, month_start, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


@rule(
    "insurance.base-below-floor",
    "缴费基数低于下限",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-29", "S10-44", "S10-73"],
    reads={"insurance.contribution": "person"},
    uses=["insurance.contribution_floor"],
    remedy="核实工资收入，按不低于下限的基数补缴差额",
    risk_point="insurance.contribution",
    looks_alike="基数等于下限；停保月份基数与缴费均为0",
)
def base_below_floor(t: Tables, p: ParameterView) -> Hits:
    """The base of a month is below the floor in force that month."""
    paid = t.contribution
    floor = p.at("insurance.contribution_floor", paid.month, paid.division)
    something = (paid.base > 0) | (paid.total.fill_null(0) > 0)
    return hits(
        paid,
        where=(paid.base < floor) & something,
        subject=paid.person,
        name=paid.name,
        on=paid.month,
        facts={"floor": floor},
        because="{unit}为{name}申报的缴费基数{base}元，低于下限{floor}元，涉及{month.span:month}共{n}笔",
    )


@rule(
    "insurance.base-above-cap",
    "缴费基数高于上限",
    severity=Severity.LOW,
    subject="person",
    seeds=["S10-29", "S10-44"],
    reads={"insurance.contribution": "person"},
    uses=["insurance.contribution_cap"],
    remedy="核实基数，多缴部分按规定退还或抵缴",
    risk_point="insurance.contribution",
    looks_alike="基数等于上限",
)
def base_above_cap(t: Tables, p: ParameterView) -> Hits:
    """The base of a month is above the cap in force that month."""
    paid = t.contribution
    cap = p.at("insurance.contribution_cap", paid.month, paid.division)
    return hits(
        paid,
        where=paid.base > cap,
        subject=paid.person,
        name=paid.name,
        on=paid.month,
        facts={"cap": cap},
        because="{unit}为{name}申报的缴费基数{base}元，高于上限{cap}元，涉及{month.span:month}共{n}笔",
    )


@rule(
    "insurance.base-differs-from-wage",
    "缴费基数与工资花名册不符",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-44", "S10-69"],
    reads={"insurance.contribution": "person", "registry.employment": "person"},
    uses=["insurance.contribution_floor", "insurance.contribution_cap"],
    remedy="按上年月平均工资（在上下限之内）核定基数，补缴差额",
    risk_point="insurance.contribution",
    looks_alike="工资高于上限按上限缴费，低于下限按下限缴费；尾数取整相差不到一元",
    basis="社会保险费申报缴纳管理规定：缴费基数为上年度月平均工资，在上下限之间",
)
def base_differs_from_wage(t: Tables, p: ParameterView) -> Hits:
    """The base is not last year's mean monthly wage held between floor and cap."""
    paid = t.contribution
    worker = t.employment.filter(t.employment.monthly_wage > 0)
    both = paid.join(
        worker.select(
            "person", "employer", "monthly_wage", "ref_employment", employer_code=worker.credit_code
        ),
        "person",
    )
    floor = p.at("insurance.contribution_floor", both.month, both.division)
    cap = p.at("insurance.contribution_cap", both.month, both.division)
    rows = both.mutate(expected=ibis.least(ibis.greatest(both.monthly_wage, floor), cap))
    differs = (rows.base > 0) & ((rows.base - rows.expected).abs() >= 1)
    # A second job has a wage of its own: only the employer whose roster it is can be measured by it.
    same_unit = (
        (rows.credit_code == rows.employer_code).fill_null(False)
        | same_text(rows.unit, rows.employer)
        | absent(rows.employer)
        | absent(rows.unit)
    )
    # Almost all bases are right, and in a case expression the costly question is asked of the rest only.
    rows = rows.filter(ibis.ifelse(differs, by_employer(rows) & same_unit, False))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        because="{unit}的{name}上年月平均工资{monthly_wage}元，应按{expected}元缴费，"
        "申报基数{base}元，{month.span:month}",
    )


@rule(
    "insurance.two-employers",
    "同月两个单位参保",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-15", "S10-69"],
    reads={"insurance.contribution": "person"},
    remedy="核实劳动关系，保留一个单位参保，另一单位的重复缴费退还",
    risk_point="insurance.contribution",
    looks_alike="离开一个单位，次月由另一单位接续；第二个单位只缴工伤保险",
)
def two_employers(t: Tables, p: ParameterView) -> Hits:
    """One person, one month, two units that pay more than work-injury insurance."""
    # Few persons ever have two units: they are found first, by the cheapest question.
    known = t.contribution
    units = known.group_by("person").agg(
        unit_low=known.unit.min(),
        unit_high=known.unit.max(),
        code_low=known.credit_code.min(),
        code_high=known.credit_code.max(),
    )
    several = units.filter(
        (units.unit_low != units.unit_high).fill_null(False)
        | (units.code_low != units.code_high).fill_null(False)
    )
    paid = known.semi_join(several, "person")
    paid = paid.filter(by_employer(paid) & beyond_work_injury(paid))
    months = paid.group_by("person", "month").agg(
        codes_low=paid.credit_code.min(),
        codes_high=paid.credit_code.max(),
        no_code=absent(paid.credit_code).cast("int64").sum(),
        units_low=paid.unit.min(),
        units_high=paid.unit.max(),
    )
    # Two spellings of one unit share their credit code; only without codes do the names decide.
    double = months.filter(
        (months.codes_low != months.codes_high).fill_null(False)
        | ((months.no_code > 0) & (months.units_low != months.units_high).fill_null(False))
    )
    rows = paid.semi_join(double, ["person", "month"])
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        because="{name}在{unit}同月参保缴费，涉及{month:month}",
    )


@rule(
    "insurance.worker-not-insured",
    "在职职工未参保",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-43", "S10-73"],
    reads={"registry.employment": "person", "insurance.contribution": "person"},
    optional={"insurance.pension_payment": "person", "registry.retirement": "person"},
    spans={"insurance.contribution": "month"},
    uses=["insurance.retirement_age_men", "insurance.retirement_age_women"],
    remedy="责令用人单位办理参保登记并补缴",
    risk_point="insurance.contribution",
    looks_alike="退休返聘人员；刚入职、自次月起参保的职工；已离职人员",
    basis="社会保险法第五十八条：用工之日起三十日内办理参保登记",
)
def worker_not_insured(t: Tables, p: ParameterView) -> Hits:
    """A worker in service without any contribution, though contributions of later months are on file."""
    workers = t.employment
    reach = t.span("insurance.contribution")
    women, men = p["insurance.retirement_age_women"], p["insurance.retirement_age_men"]
    today = ibis.literal(p.as_of)
    retired_age = age(workers.person, today) >= ibis.ifelse(is_male(workers.person), men, women)
    in_service = (workers.joined_on.isnull() | (workers.joined_on <= today)) & (
        workers.left_on.isnull() | (workers.left_on > today)
    )
    rows = (
        workers.filter(in_service & ~retired_age & ~mentions(workers.note, "返聘", "退休"))
        .anti_join(t.contribution, "person")
        .anti_join(t.pension_payment, "person")
        .anti_join(t.retirement, "person")
    )
    # Insured from the month after joining: that month must lie within the months on file.
    last_month = ibis.literal(reach[1] if reach else None, "date")
    started = rows.joined_on.isnull() | (month_start(rows.joined_on) < last_month)
    rows = rows.filter(started.fill_null(False))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.joined_on,
        because="{employer}在职职工{name}（工号{worker_no}）{joined_on}入职，没有任何参保缴费记录",
    )


@rule(
    "insurance.worker-insured-alone",
    "职工以灵活就业身份自行参保",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-43", "S10-69"],
    reads={"registry.employment": "person", "insurance.contribution": "person"},
    remedy="责令用人单位以单位职工身份为其参保",
    risk_point="insurance.contribution",
    looks_alike="入职以前以灵活就业身份缴费，入职后由单位接续",
    basis="社会保险法第五十八条、第六十条",
)
def worker_insured_alone(t: Tables, p: ParameterView) -> Hits:
    """A worker in service whom no unit insures pays alone in months after joining."""
    workers = t.employment.filter(~mentions(t.employment.note, "返聘", "退休", "非全日制"))
    paid = t.contribution
    alone = paid.filter(~by_employer(paid) & (paid.identity == "灵活就业"))
    alone = alone.anti_join(paid.filter(by_employer(paid)), "person")
    rows = workers.join(alone.select("person", "month", "ref_contribution"), "person")
    rows = rows.filter(
        (rows.month > month_start(rows.joined_on))
        & (rows.left_on.isnull() | (rows.month < month_start(rows.left_on)))
    )
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        because="{name}是{employer}在职职工，{month.span:month}以灵活就业身份自行缴费",
    )


@rule(
    "insurance.contribution-after-death",
    "死亡人员仍在参保缴费",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-43", "S10-69"],
    reads={"insurance.contribution": "person", "registry.death": "person"},
    remedy="办理停保，死亡次月起的缴费退还，核查死亡信息为何未传递",
    risk_point="insurance.contribution",
    looks_alike="死亡当月的缴费",
)
def contribution_after_death(t: Tables, p: ParameterView) -> Hits:
    """Contributions for months after the month of death."""
    both = t.contribution.join(deaths(t), "person")
    rows = both.filter(both.month > month_start(both.died_on))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=rows.paid.coalesce(rows.total),
        because="{name}于{died_on}死亡，{unit}仍为其缴费，涉及{month.span:month}",
    )


@rule(
    "insurance.contribution-not-collected",
    "个人明细应缴未缴",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-73"],
    reads={"insurance.contribution": "person"},
    needs={"insurance.contribution": ["due", "paid"]},
    remedy="催缴欠费，按规定加收滞纳金",
    risk_point="insurance.collection",
    looks_alike="实缴等于应缴；当月费款尚未到缴费期",
)
def contribution_not_collected(t: Tables, p: ParameterView) -> Hits:
    """Less was paid than was due, for months before that of the scan."""
    paid = t.contribution
    received = paid.paid.fill_null(0)
    past = paid.month < month_start(ibis.literal(p.as_of))
    return hits(
        paid,
        where=(paid.due > received) & past,
        subject=paid.person,
        name=paid.name,
        on=paid.month,
        amount=paid.due - received,
        because="{unit}为{name}应缴{due.sum}元，实缴{paid.sum}元，涉及{month.span:month}",
    )


@rule(
    "insurance.unit-not-collected",
    "单位应缴未收",
    severity=Severity.HIGH,
    subject="organisation",
    seeds=["S10-73"],
    reads={"insurance.unit_collection": "unit"},
    needs={"insurance.unit_collection": ["due", "collected"]},
    remedy="催缴欠费，按规定加收滞纳金，拒不缴纳的移送征收",
    risk_point="insurance.collection",
    looks_alike="缴费期限未到；足额到账",
)
def unit_not_collected(t: Tables, p: ParameterView) -> Hits:
    """A unit paid less than was due by the day the period to pay had ended."""
    rows = t.unit_collection
    today = ibis.literal(p.as_of)
    ended = ibis.ifelse(rows.due_on.isnull(), rows.month < month_start(today), rows.due_on < today)
    received = rows.collected.fill_null(0)
    return hits(
        rows,
        where=(rows.due > received) & ended,
        subject=rows.unit,
        name=rows.unit,
        on=rows.month,
        amount=rows.due - received,
        because="{unit}应缴{due.sum}元，实缴{collected.sum}元，涉及{month.span:month}",
    )


@rule(
    "insurance.total-wrong",
    "缴费合计少于各险种之和",
    severity=Severity.LOW,
    subject="person",
    seeds=["S10-36", "S10-69"],
    reads={"insurance.contribution": "person"},
    needs={"insurance.contribution": ["unit_pension", "own_pension", "total"]},
    remedy="核对各险种金额，更正合计",
    risk_point="insurance.contribution",
    looks_alike="各险种分别四舍五入造成的几分钱尾差；合计另含补充医疗等其他项目",
)
def total_wrong(t: Tables, p: ParameterView) -> Hits:
    """The total is less than its shares make; a rounding of up to five fen is left alone.

    More than the shares is lawful: other insurances may stand beside the five.
    """
    paid = t.contribution
    parts = (
        paid.unit_pension.fill_null(0)
        + paid.unit_medical.fill_null(0)
        + paid.unit_unemployment.fill_null(0)
        + paid.unit_injury.fill_null(0)
        + paid.unit_maternity.fill_null(0)
        + paid.own_pension.fill_null(0)
        + paid.own_medical.fill_null(0)
        + paid.own_unemployment.fill_null(0)
    )
    return hits(
        paid,
        where=parts - paid.total > ibis.literal("0.05").cast("decimal(18, 2)"),
        subject=paid.person,
        name=paid.name,
        on=paid.month,
        amount=parts - paid.total,
        key=paid.month,
        facts={"parts": parts},
        because="{unit}为{name}缴{month:month}费款，合计{total}元，各险种相加{parts}元",
    )
