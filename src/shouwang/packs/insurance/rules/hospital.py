"""Hospital stays against deaths, each other, sex and place (S10-32, S10-55, S10-56, S10-78).

A rule that compares stays with each other first keeps the few stays that lie close to another of
the same person (one window), and only then joins them: a self-join of all stays would cost much
more than all other rules together.
"""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.insurance.rules.common import deaths
from shouwang.packs.insurance.rules.diagnoses import category, of_one_sex, planned, transferred
from shouwang.risk.expressions import days_between, is_female, is_male
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

_EARLIER = (
    "hospital",
    "admitted_on",
    "discharged_on",
    "icd",
    "diagnosis",
    "settlement_no",
    "cost",
    "ref_inpatient_stay",
)


def near_pairs(stays: ir.Table, days: int) -> ir.Table:
    """Pairs of stays of one person, the later admitted at most ``days`` after the other's discharge.

    ``days=-1`` gives the pairs that overlap. The columns of the later stay keep their names, those
    of the earlier one end in ``_before``. Of two stays admitted on one day the one discharged first
    is the earlier.
    """
    dates = stays.select("person", "admitted_on", "discharged_on", "ref_inpatient_stay")
    # Most persons have one stay: they are left out by a count before anything is sorted.
    often = dates.group_by("person").agg(stays=dates.count())
    dates = dates.semi_join(often.filter(often.stays > 1), "person")
    order = [dates.admitted_on, dates.discharged_on, dates.ref_inpatient_stay]
    marked = dates.mutate(
        next_on=dates.admitted_on.lead().over(ibis.window(group_by=dates.person, order_by=order)),
        until=dates.discharged_on.max().over(
            ibis.window(rows=(None, -1), group_by=dates.person, order_by=order)
        ),
    )
    near = marked.filter(
        (days_between(marked.next_on, marked.discharged_on) <= days)
        | (days_between(marked.admitted_on, marked.until) <= days)
    )
    later = stays.semi_join(near, "ref_inpatient_stay")
    earlier = later.select(person_before=later.person, **{f"{c}_before": later[c] for c in _EARLIER})
    pairs = later.join(earlier, later.person == earlier.person_before)
    same_day = pairs.admitted_on == pairs.admitted_on_before
    first = (
        (pairs.admitted_on > pairs.admitted_on_before)
        | (same_day & (pairs.discharged_on > pairs.discharged_on_before))
        | (
            same_day
            & (pairs.discharged_on == pairs.discharged_on_before)
            & (pairs.ref_inpatient_stay > pairs.ref_inpatient_stay_before)
        )
    )
    return pairs.filter(first & (days_between(pairs.admitted_on, pairs.discharged_on_before) <= days))


def closest(pairs: ir.Table) -> ir.Table:
    """Of the pairs of each later stay the one whose earlier stay ended last.

    What is at stake is the later stay, and it counts once.
    """
    ranked = pairs.mutate(
        place=ibis.row_number().over(
            ibis.window(
                group_by=pairs.ref_inpatient_stay,
                order_by=[pairs.discharged_on_before.desc(), pairs.ref_inpatient_stay_before],
            )
        )
    )
    return ranked.filter(ranked.place == 0).drop("place")


def settled(stays: ir.Table) -> ir.StringValue:
    """The settlement a stay stands for, by the ledger's natural key; null where it has no number.

    The list of a quarter and that of the year tell one settlement twice, and its money counts once.
    """
    # Adding, unlike joining, gives null where one part is null.
    return stays.settlement_no + "/" + stays.hospital.fill_null("") + "/" + stays.admitted_on.cast("string")


def _same_hospital(pairs: ir.Table) -> ir.BooleanValue:
    return (pairs.hospital == pairs.hospital_before).fill_null(False)


@rule(
    "insurance.inpatient-overlap",
    "住院时间重叠",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-55", "S10-56", "S10-78"],
    reads={"insurance.inpatient_stay": "person"},
    remedy="调阅两院病历核实是否本人住院，追回不实住院的统筹支付",
    risk_point="insurance.inpatient",
    looks_alike="出院当日转入另一医院，首尾相接；同一次住院分两次结算",
)
def inpatient_overlap(t: Tables, p: ParameterView) -> Hits:
    """Two stays of one person share at least one night or day besides the day of transfer."""
    pairs = near_pairs(t.inpatient_stay, -1)
    # One stay settled in two parts has one hospital and one day of admission.
    settled_twice = _same_hospital(pairs) & (pairs.admitted_on == pairs.admitted_on_before)
    rows = closest(pairs.filter(~settled_twice))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.admitted_on,
        amount=rows.fund,
        once=settled(rows),
        key=rows.admitted_on,
        because="{name}{admitted_on_before}至{discharged_on_before}在{hospital_before}住院期间，"
        "又于{admitted_on}至{discharged_on}在{hospital}住院，后一次统筹支付{fund.sum}元",
    )


@rule(
    "insurance.split-hospitalisation",
    "分解住院",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-56", "S10-78"],
    reads={"insurance.inpatient_stay": "person"},
    uses=["insurance.readmit_days"],
    remedy="核查病历，属分解住院的拒付后一次统筹支付并按协议处理",
    risk_point="insurance.inpatient",
    looks_alike="化疗、放疗、透析等计划性治疗；不同疾病；出院当日转往另一医院；间隔超过规定天数",
)
def split_hospitalisation(t: Tables, p: ParameterView) -> Hits:
    """The same person is admitted again for the same disease within the days after discharge."""
    days = p["insurance.readmit_days"]
    pairs = near_pairs(t.inpatient_stay, days)
    gap = days_between(pairs.admitted_on, pairs.discharged_on_before)
    same_disease = (category(pairs.icd) == category(pairs.icd_before)).fill_null(False) | (
        pairs.diagnosis == pairs.diagnosis_before
    ).fill_null(False)
    other = ~_same_hospital(pairs) & ~absent(pairs.hospital) & ~absent(pairs.hospital_before)
    handed_over = other & ((gap == 0) | transferred(pairs))
    rows = pairs.mutate(gap=gap).filter(same_disease & (gap >= 0) & ~handed_over & ~planned(pairs))
    rows = closest(rows)
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.admitted_on,
        amount=rows.fund,
        once=settled(rows),
        key=rows.admitted_on,
        because="{name}因{diagnosis}于{discharged_on_before}从{hospital_before}出院，{gap}天后"
        "又因同一疾病入{hospital}，后一次统筹支付{fund.sum}元",
    )


@rule(
    "insurance.stay-settled-twice",
    "同一次住院重复结算",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-46", "S10-56", "S10-78"],
    reads={"insurance.inpatient_stay": "person"},
    needs={"insurance.inpatient_stay": ["settlement_no", "cost"]},
    remedy="核对结算单，追回重复支付的统筹基金",
    risk_point="insurance.inpatient",
    looks_alike="同一次住院跨年分段结算，金额不同；同一结算单列在两张表",
)
def stay_settled_twice(t: Tables, p: ParameterView) -> Hits:
    """One stay in one hospital with the same dates and cost under two settlement numbers."""
    pairs = near_pairs(t.inpatient_stay, 0)
    rows = pairs.filter(
        _same_hospital(pairs)
        & (pairs.admitted_on == pairs.admitted_on_before)
        & (pairs.discharged_on == pairs.discharged_on_before)
        & (pairs.cost == pairs.cost_before)
        & (pairs.settlement_no != pairs.settlement_no_before)
    )
    rows = closest(rows)
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.admitted_on,
        amount=rows.fund,
        once=settled(rows),
        key=rows.admitted_on,
        because="{name}{admitted_on}至{discharged_on}在{hospital}的同一次住院，以{settlement_no_before}和"
        "{settlement_no}两次结算，重复统筹支付{fund.sum}元",
    )


@rule(
    "insurance.inpatient-after-death",
    "死亡后住院",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-55", "S10-78"],
    reads={"insurance.inpatient_stay": "person", "registry.death": "person"},
    remedy="核查是否冒名住院，追回统筹支付",
    risk_point="insurance.inpatient",
    looks_alike="住院至死亡当日；死亡以后才结算",
)
def inpatient_after_death(t: Tables, p: ParameterView) -> Hits:
    """Admission or discharge lies after the day of death."""
    both = t.inpatient_stay.join(deaths(t), "person")
    rows = both.filter(
        (both.admitted_on > both.died_on) | (both.discharged_on > both.died_on).fill_null(False)
    )
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.admitted_on,
        amount=rows.fund,
        once=settled(rows),
        because="{name}于{died_on}死亡，{admitted_on}入院、{discharged_on}出院（{hospital}），统筹支付{fund.sum}元",
    )


@rule(
    "insurance.male-obstetric",
    "男性妇产科诊断",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-55", "S10-78"],
    reads={"insurance.inpatient_stay": "person"},
    remedy="核查是否冒名住院或编码错误，追回统筹支付",
    risk_point="insurance.inpatient",
    looks_alike="证件号为女性而性别栏误填男；男婴的新生儿疾病",
)
def male_obstetric(t: Tables, p: ParameterView) -> Hits:
    """The identity number is a man's, the diagnosis one that only women have."""
    stays = t.inpatient_stay
    return hits(
        stays,
        where=is_male(stays.person) & of_one_sex("female", stays.icd, stays.diagnosis),
        subject=stays.person,
        name=stays.name,
        on=stays.admitted_on,
        amount=stays.fund,
        once=settled(stays),
        because="{name}证件号为男性，{admitted_on}入{hospital}，诊断为{diagnosis}（{icd}），统筹支付{fund.sum}元",
    )


@rule(
    "insurance.female-andrology",
    "女性男科诊断",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-55", "S10-78"],
    reads={"insurance.inpatient_stay": "person"},
    remedy="核查是否冒名住院或编码错误，追回统筹支付",
    risk_point="insurance.inpatient",
    looks_alike="证件号为男性而性别栏误填女",
)
def female_andrology(t: Tables, p: ParameterView) -> Hits:
    """The identity number is a woman's, the diagnosis one that only men have."""
    stays = t.inpatient_stay
    return hits(
        stays,
        where=is_female(stays.person) & of_one_sex("male", stays.icd, stays.diagnosis),
        subject=stays.person,
        name=stays.name,
        on=stays.admitted_on,
        amount=stays.fund,
        once=settled(stays),
        because="{name}证件号为女性，{admitted_on}入{hospital}，诊断为{diagnosis}（{icd}），统筹支付{fund.sum}元",
    )


@rule(
    "insurance.frequent-admission",
    "一年住院次数过多",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-56", "S10-78"],
    reads={"insurance.inpatient_stay": "person"},
    uses=["insurance.max_stays_per_year"],
    remedy="核查住院指征和病历",
    risk_point="insurance.inpatient",
    looks_alike="化疗、放疗、透析等按疗程住院；次数等于上限",
)
def frequent_admission(t: Tables, p: ParameterView) -> Hits:
    """More stays in one calendar year than the limit, planned courses of treatment left out."""
    limit = p["insurance.max_stays_per_year"]
    stays = t.inpatient_stay.filter(~planned(t.inpatient_stay))
    yearly = stays.mutate(year=stays.admitted_on.year())
    counted = yearly.mutate(
        stays=yearly.count().over(ibis.window(group_by=[yearly.person, yearly.year])),
    )
    rows = counted.filter(counted.stays > limit)
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.admitted_on,
        amount=rows.fund,
        once=settled(rows),
        key=rows.year,
        because="{name}{year}年住院{stays}次，统筹支付共{fund.sum}元",
    )


@rule(
    "insurance.stay-dates-wrong",
    "住院日期与天数矛盾",
    severity=Severity.LOW,
    subject="person",
    seeds=["S10-46", "S10-69"],
    reads={"insurance.inpatient_stay": "person"},
    remedy="核对病历，更正日期或天数，重新核定费用",
    risk_point="insurance.inpatient",
    looks_alike="入院当日计一天的算法；当日出院计0天或1天",
)
def stay_dates_wrong(t: Tables, p: ParameterView) -> Hits:
    """Discharge before admission, or a number of days that neither way of counting gives."""
    stays = t.inpatient_stay
    nights = days_between(stays.discharged_on, stays.admitted_on)
    wrong_days = (stays.days != nights) & (stays.days != nights + 1)
    return hits(
        stays,
        where=(nights < 0) | wrong_days.fill_null(False),
        subject=stays.person,
        name=stays.name,
        on=stays.admitted_on,
        amount=stays.fund,
        once=settled(stays),
        key=stays.admitted_on,
        because="{name}{admitted_on}入院、{discharged_on}出院（{hospital}），填报住院{days}天",
    )


@rule(
    "insurance.stay-fund-exceeds-cost",
    "基金支付与个人支付之和超过总费用",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-46", "S10-69"],
    reads={"insurance.inpatient_stay": "person"},
    needs={"insurance.inpatient_stay": ["cost", "fund"]},
    remedy="核对结算单，追回多付的统筹基金",
    risk_point="insurance.inpatient",
    looks_alike="另有大病保险、救助等支付，三者之和小于总费用",
)
def stay_fund_exceeds_cost(t: Tables, p: ParameterView) -> Hits:
    """What the fund and the person paid is more than the stay cost."""
    stays = t.inpatient_stay
    surplus = stays.fund + stays.own.fill_null(0) - stays.cost
    return hits(
        stays,
        where=surplus >= 1,
        subject=stays.person,
        name=stays.name,
        on=stays.admitted_on,
        amount=surplus,
        key=stays.admitted_on,
        because="{name}{admitted_on}入{hospital}，总费用{cost}元，统筹支付{fund}元，个人自付{own}元",
    )


@rule(
    "insurance.identity-not-checked",
    "住院未核验身份",
    severity=Severity.LOW,
    subject="person",
    seeds=["S10-32", "S10-55"],
    reads={"insurance.inpatient_stay": "person"},
    needs={"insurance.inpatient_stay": ["identity_checked"]},
    remedy="责令医疗机构入院时核对人、证、卡",
    risk_point="insurance.inpatient",
    looks_alike="核验栏空白（未填不等于未核验）",
)
def identity_not_checked(t: Tables, p: ParameterView) -> Hits:
    """The record says that the identity was not checked at admission."""
    stays = t.inpatient_stay
    return hits(
        stays,
        where=~stays.identity_checked,
        subject=stays.person,
        name=stays.name,
        on=stays.admitted_on,
        amount=stays.fund,
        once=settled(stays),
        key=stays.admitted_on,
        because="{name}{admitted_on}入{hospital}，未核验身份",
    )


@rule(
    "insurance.ward-check-impersonation",
    "床前核查人证不符",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-32", "S10-55"],
    reads={"insurance.ward_check": "person"},
    optional={"insurance.inpatient_stay": "person"},
    remedy="按冒名顶替处理，追回统筹支付，追究持卡人和医疗机构责任",
    risk_point="insurance.inpatient",
    looks_alike="人证相符；未填写核对结果",
)
def ward_check_impersonation(t: Tables, p: ParameterView) -> Hits:
    """At the bedside lay somebody other than the insured person."""
    found = t.ward_check.filter(~t.ward_check.identity_matches)
    return _ward_hits(
        found,
        t,
        "{name}{checked_on}在{hospital}床前核查人证不符（{checker}查），该次住院统筹支付{fund.sum}元",
    )


@rule(
    "insurance.ward-check-empty-bed",
    "挂床或不符合入院指征",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-32", "S10-56"],
    reads={"insurance.ward_check": "person"},
    optional={"insurance.inpatient_stay": "person"},
    remedy="按违规入院处理，拒付或追回统筹支付",
    risk_point="insurance.inpatient",
    looks_alike="在床且符合入院指征；未填写",
)
def ward_check_empty_bed(t: Tables, p: ParameterView) -> Hits:
    """The bed was empty, or the patient had no need of a hospital."""
    check = t.ward_check
    found = check.filter((~check.in_bed).fill_null(False) | (~check.meets_indication).fill_null(False))
    return _ward_hits(
        found,
        t,
        "{name}{checked_on}在{hospital}床前核查：在床{in_bed}，符合入院指征{meets_indication}，该次住院统筹支付{fund.sum}元",
    )


def _ward_hits(found: ir.Table, t: Tables, because: str) -> Hits:
    """Findings of bedside checks, with the stay they fell in (if it is on file) as the sum at stake."""
    stay = t.inpatient_stay.select(
        "person", "admitted_on", "discharged_on", "fund", "ref_inpatient_stay", stay_hospital="hospital"
    )
    rows = found.join(
        stay,
        [
            found.person == stay.person,
            found.checked_on >= stay.admitted_on,
            stay.discharged_on.isnull() | (found.checked_on <= stay.discharged_on),
            (found.hospital == stay.stay_hospital) | found.hospital.isnull(),
        ],
        how="left",
    )
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.checked_on,
        amount=rows.fund,
        key=rows.checked_on,
        once=rows.ref_inpatient_stay,
        because=because,
    )
