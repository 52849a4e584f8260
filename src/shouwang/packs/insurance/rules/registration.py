"""Registration and declaration: who is registered, and whether the numbers agree (S10-15, S10-43, S10-69)."""

from __future__ import annotations

import ibis

from shouwang.packs.insurance.rules.common import deaths
from shouwang.risk.expressions import mentions, month_start
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule


@rule(
    "insurance.unit-insures-fewer",
    "单位参保人数少于职工人数",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S10-29", "S10-43"],
    reads={"insurance.insured_unit": "unit"},
    needs={"insurance.insured_unit": ["employees", "insured"]},
    remedy="核对职工名册，督促全员参保",
    risk_point="insurance.contribution",
    looks_alike="职工人数与参保人数相等",
)
def unit_insures_fewer(t: Tables, p: ParameterView) -> Hits:
    """A unit's register shows more workers than insured persons."""
    units = t.insured_unit
    return hits(
        units,
        where=(units.insured < units.employees) & (units.status.fill_null("正常") == "正常"),
        subject=units.unit,
        name=units.unit,
        facts={"missing": units.employees - units.insured},
        because="{unit}职工{employees}人，参保{insured}人，少{missing}人",
    )


@rule(
    "insurance.declared-fewer-than-roster",
    "申报参保人数少于在职职工",
    severity=Severity.HIGH,
    subject="organisation",
    seeds=["S10-43", "S10-69"],
    reads={"insurance.unit_collection": "unit", "registry.employment": "employer"},
    needs={"insurance.unit_collection": ["declared_number"]},
    remedy="稽核单位参保人数，补办参保并补缴",
    risk_point="insurance.contribution",
    looks_alike="退休返聘人员不计；入职当月的职工不计",
)
def declared_fewer_than_roster(t: Tables, p: ParameterView) -> Hits:
    """A unit declares fewer insured persons in a month than its roster had in service all that month."""
    declared = t.unit_collection.filter(t.unit_collection.declared_number > 0)
    months = declared.group_by("unit", "month").agg(
        declared=declared.declared_number.max(),
        division=declared.division.max(),
        ref_unit_collection=declared.ref_unit_collection.min(),
    )
    workers = t.employment.filter(~mentions(t.employment.note, "返聘", "退休"))
    both = months.join(
        workers.select("employer", "person", "joined_on", "left_on"),
        months.unit == workers.employer,
    )
    serving = both.filter(
        (both.joined_on.isnull() | (month_start(both.joined_on) < both.month))
        & (both.left_on.isnull() | (month_start(both.left_on) > both.month))
    )
    counted = serving.group_by("unit", "month", "declared", "division", "ref_unit_collection").agg(
        workers=serving.person.nunique()
    )
    rows = counted.filter(counted.declared < counted.workers)
    return hits(
        rows,
        subject=rows.unit,
        name=rows.unit,
        on=rows.month,
        because="{unit}申报参保{declared}人，花名册在职{workers}人，涉及{month.span:month}",
    )


@rule(
    "insurance.declared-differs-from-detail",
    "申报人数或基数与缴费明细不符",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S10-36", "S10-43", "S10-44", "S10-69"],
    reads={"insurance.unit_collection": "unit", "insurance.contribution": "unit"},
    remedy="核对申报表与缴费明细，更正人数和基数",
    risk_point="insurance.contribution",
    looks_alike="按险种分行申报的同一单位；缴费明细没有该单位该月",
)
def declared_differs_from_detail(t: Tables, p: ParameterView) -> Hits:
    """The number or the sum of bases a unit declared is not that of its contributions in detail."""
    declared = t.unit_collection.group_by("unit", "month").agg(
        declared=t.unit_collection.declared_number.max(),
        declared_base=t.unit_collection.declared_base.max(),
        division=t.unit_collection.division.max(),
        ref_unit_collection=t.unit_collection.ref_unit_collection.min(),
    )
    # A detail with one line per insurance names a person several times a month.
    persons = t.contribution.group_by("unit", "month", "person").agg(base=t.contribution.base.max())
    detail = persons.group_by("unit", "month").agg(persons=persons.person.count(), bases=persons.base.sum())
    both = declared.join(detail, ["unit", "month"])
    rows = both.filter(
        (both.declared != both.persons).fill_null(False)
        | ((both.declared_base - both.bases).abs() >= 1).fill_null(False)
    )
    return hits(
        rows,
        subject=rows.unit,
        name=rows.unit,
        on=rows.month,
        key=rows.month,
        because="{unit}{month:month}申报{declared}人、基数合计{declared_base}元，缴费明细{persons}人、基数合计{bases}元",
    )


@rule(
    "insurance.not-registered",
    "有缴费而无参保登记",
    severity=Severity.LOW,
    subject="person",
    seeds=["S10-15", "S10-34", "S10-69"],
    reads={"insurance.contribution": "person", "insurance.participation": "person"},
    remedy="补办参保登记",
    risk_point="insurance.registration",
    looks_alike="登记在另一单位名下的同一人",
)
def not_registered(t: Tables, p: ParameterView) -> Hits:
    """Someone contributes who is not in the participation register."""
    rows = t.contribution.anti_join(t.participation, "person")
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        because="{name}由{unit}缴费（{month.span:month}），参保登记台账中没有此人",
    )


@rule(
    "insurance.not-all-five",
    "单位职工未参加全部五险",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-15", "S10-34"],
    reads={"insurance.participation": "person"},
    needs={"insurance.participation": ["pension", "unemployment", "medical", "work_injury", "maternity"]},
    remedy="补办所缺险种的参保登记",
    risk_point="insurance.registration",
    looks_alike="灵活就业人员只参加养老和医疗；险种栏空白（未填不等于未参保）",
)
def not_all_five(t: Tables, p: ParameterView) -> Hits:
    """A unit's worker is registered with one of the five insurances marked as not joined."""
    rows = t.participation
    lacks = (
        ~rows.pension.fill_null(True)
        | ~rows.unemployment.fill_null(True)
        | ~rows.medical.fill_null(True)
        | ~rows.work_injury.fill_null(True)
        | ~rows.maternity.fill_null(True)
    )
    missing = ibis.literal("")
    for column, label in (
        (rows.pension, "养老"),
        (rows.unemployment, "失业"),
        (rows.medical, "医疗"),
        (rows.work_injury, "工伤"),
        (rows.maternity, "生育"),
    ):
        missing = missing + ibis.ifelse(column.fill_null(True), "", label)
    in_force = (rows.status.fill_null("正常") == "正常") & rows.stopped_on.isnull()
    return hits(
        rows,
        where=lacks & in_force & (rows.identity == "单位职工"),
        subject=rows.person,
        name=rows.name,
        on=rows.registered_on,
        facts={"missing": missing},
        because="{unit}职工{name}未参加{missing}保险",
    )


@rule(
    "insurance.registered-after-death",
    "死亡人员参保状态未终止",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-15", "S10-69"],
    reads={"insurance.participation": "person", "registry.death": "person"},
    remedy="终止参保关系，核查是否仍有缴费或待遇",
    risk_point="insurance.registration",
    looks_alike="死亡当月尚未办理；已停保或终止",
)
def registered_after_death(t: Tables, p: ParameterView) -> Hits:
    """A dead person's participation is still in force after the month of death."""
    live = t.participation.filter(
        t.participation.stopped_on.isnull() & (t.participation.status.fill_null("正常") == "正常")
    )
    both = live.join(deaths(t), "person")
    rows = both.filter(month_start(both.died_on) < month_start(ibis.literal(p.as_of)))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.died_on,
        because="{name}于{died_on}死亡，参保登记状态仍为{status}",
    )


@rule(
    "insurance.registered-twice",
    "同一人重复参保登记",
    severity=Severity.LOW,
    subject="person",
    seeds=["S10-15", "S10-34"],
    reads={"insurance.participation": "person"},
    remedy="合并为一条登记，五个险种登记一次",
    risk_point="insurance.registration",
    looks_alike="原单位已停保后在新单位登记；同一登记按险种分行",
)
def registered_twice(t: Tables, p: ParameterView) -> Hits:
    """One person has registrations in force with two units: registration is once for all five."""
    rows = t.participation
    live = rows.filter(rows.stopped_on.isnull() & (rows.status.fill_null("正常") == "正常"))
    window = ibis.window(group_by=live.person)
    marked = live.mutate(first_unit=live.unit.min().over(window), last_unit=live.unit.max().over(window))
    double = marked.filter((marked.first_unit != marked.last_unit).fill_null(False))
    return hits(
        double,
        subject=double.person,
        name=double.name,
        on=double.registered_on,
        because="{name}同时登记在{unit}",
    )


@rule(
    "insurance.not-unified",
    "五险没有统一申报核定",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S10-35", "S10-36", "S10-37", "S10-38"],
    reads={"insurance.unit_collection": "unit"},
    needs={"insurance.unit_collection": ["kind"]},
    remedy="五个险种一次申报、一个基数核定、一并征缴和结算",
    risk_point="insurance.registration",
    looks_alike="五险一行合并申报；各险种人数、基数、日期一致",
)
def not_unified(t: Tables, p: ParameterView) -> Hits:
    """In one month the insurances of a unit differ in number, base, or a day of the four steps."""
    rows = t.unit_collection.filter(t.unit_collection.kind.notnull())
    window = ibis.window(group_by=[rows.unit, rows.month])
    differs = ibis.literal(False)
    for column in (
        rows.declared_number,
        rows.declared_base,
        rows.declared_on,
        rows.assessed_on,
        rows.collected_on,
        rows.settled_on,
    ):
        differs = differs | (column.min().over(window) != column.max().over(window)).fill_null(False)
    apart = rows.mutate(differs=differs)
    apart = apart.filter(apart.differs)
    return hits(
        apart,
        subject=apart.unit,
        name=apart.unit,
        on=apart.month,
        key=apart.month,
        because="{unit}{month:month}各险种（{kind}）分别申报：人数{declared_number}，基数{declared_base}，"
        "申报日期{declared_on}，到账日期{collected_on}",
    )
