"""Who ought to be included and is not: S2-47, S2-60, S2-62."""

from __future__ import annotations

from shouwang.packs.assistance.means_test import is_below, money
from shouwang.packs.assistance.rules.common import counted, day, this_month
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

INCLUSION = "assistance.inclusion"


@rule(
    "assistance.poor-not-included",
    "低于标准的家庭未纳入低保",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S2-45", "S2-47", "S2-72"],
    reads={"assistance.poor_household": "person", "assistance.recipient": "person"},
    uses=["assistance.standard"],
    remedy="主动告知政策，协助申请，符合条件的及时纳入",
    risk_point=INCLUSION,
    looks_alike="人均收入等于标准；户主已是在册低保家庭成员",
)
def poor_not_included(t: Tables, p: ParameterView) -> Hits:
    """A surveyed household below the standard whose head counts in no household of the roster."""
    inside = t.recipient.filter(counted(t.recipient, this_month(p))).select("person")
    rows = t.poor_household.anti_join(inside, "person")
    line = p.at("assistance.standard", rows.surveyed_on.coalesce(day(p.as_of)), rows.division)
    below = is_below(line, rows.persons, rows.household_income)
    below = below.coalesce(money(rows.income_per_head) < money(line))
    rows = rows.mutate(line=money(line), below=below)
    return hits(
        rows,
        where=rows.below,
        subject=rows.person,
        name=rows.name,
        on=rows.surveyed_on,
        because="{name}家{persons}人，家庭月收入{household_income}元，人均{income_per_head}元，低于标准{line}元，未纳入低保",
    )


@rule(
    "assistance.not-applied-for-posting",
    "因张榜公示碍于面子不申请低保",
    severity=Severity.LOW,
    subject="person",
    seeds=["S2-60"],
    reads={"assistance.non_applicant": "person"},
    optional={"assistance.recipient": "person"},
    remedy="上门说明公示只公布必要内容，尊重隐私，动员申请",
    risk_point=INCLUSION,
    looks_alike="因其他原因不申请；后来已纳入低保",
)
def not_applied_for_posting(t: Tables, p: ParameterView) -> Hits:
    """An eligible household that does not apply because recipients are posted publicly."""
    inside = t.recipient.filter(counted(t.recipient, this_month(p))).select("person")
    rows = t.non_applicant.filter(t.non_applicant.reason == "碍于面子").anti_join(inside, "person")
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.asked_on,
        because="{name}符合条件，{asked_on}走访时因“{reason}”不申请低保",
    )


@rule(
    "assistance.application-without-basis",
    "低保申请评定没有依据",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S2-28", "S2-62"],
    reads={"assistance.applicant": "person"},
    needs={"assistance.applicant": ("basis",)},
    remedy="补做家庭经济状况调查核对并登记依据",
    risk_point="assistance.assessment",
    looks_alike="尚未评定的申请",
)
def application_without_basis(t: Tables, p: ParameterView) -> Hits:
    """An application was assessed or decided without any evidence on record."""
    rows = t.applicant
    decided = rows.assessed_on.notnull() | rows.result.notnull()
    return hits(
        rows,
        where=decided & absent(rows.basis),
        subject=rows.person,
        name=rows.name,
        on=rows.assessed_on.coalesce(rows.applied_on),
        key=rows.applied_on,
        because="{name}{applied_on}的低保申请于{assessed_on}评定，结果{result}，没有登记依据",
    )
