"""The way out through work: measures, dependence, skills, fair jobs (S2-31, S2-42, S2-63 … S2-65)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.assistance.rules.common import (
    ABLE,
    IDLE,
    UNEMPLOYED,
    counted,
    day,
    later,
    members,
    this_month,
)
from shouwang.risk.expressions import age, is_female, month_index
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

EMPLOYMENT = "assistance.employment"
WORKING_AGE = 16
RETIRED = {"male": 60, "female": 55}
YEAR = 365


def able_unemployed(recipient: ir.Table, p: ParameterView) -> ir.Table:
    """Members who count today, are able to work and without work.

    Whom the roster calls unemployed (失业) is looking for work at any age; who merely has none
    (无业) counts while of working age.
    """
    rows = members(recipient)
    years = age(rows.person, day(p.as_of))
    limit = is_female(rows.person).ifelse(RETIRED["female"], RETIRED["male"])
    of_age = (years >= WORKING_AGE) & (years < limit)
    return rows.filter(
        counted(rows, this_month(p))
        & (rows.ability == ABLE)
        & ((rows.job == UNEMPLOYED) | ((rows.job == IDLE) & of_age))
    )


def helped(t: Tables, p: ParameterView) -> ir.Table:
    """Whom an employment measure reached within the year before the scan's day."""
    since = later(day(p.as_of), -YEAR)
    served = t.employment_service
    served = served.filter((served.served_on > since) & (served.served_on <= day(p.as_of)))
    matched = t.job_opportunity
    matched = matched.filter((matched.matched_on > since) & matched.person.notnull())
    return served.select("person").union(matched.select("person")).distinct()


@rule(
    "assistance.able-no-service",
    "有劳动能力未就业且无就业服务",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S2-31", "S2-63", "S2-64"],
    reads={"assistance.recipient": "person", "assistance.employment_service": "person"},
    optional={"assistance.job_opportunity": "person"},
    remedy="纳入就业服务：职业指导、技能培训、岗位推荐，并登记",
    risk_point=EMPLOYMENT,
    looks_alike="年内有一次就业服务；已灵活就业并申报收入；在校生；已到退休年龄",
)
def able_no_service(t: Tables, p: ParameterView) -> Hits:
    """A member able to work and without work whom no employment measure reached in a year."""
    rows = able_unemployed(t.recipient, p).anti_join(helped(t, p), "person")
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.start_month,
        key=rows.certificate,
        because="{certificate}成员{name}有劳动能力，{job}，近一年没有就业服务记录",
    )


@rule(
    "assistance.dependence",
    "长期依赖低保",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S2-15", "S2-63"],
    reads={
        "assistance.recipient": "person",
        "assistance.linked_benefit": "person",
        "assistance.employment_service": "person",
    },
    optional={"assistance.job_opportunity": "person"},
    uses=["assistance.dependence_months"],
    remedy="制定就业计划，明确就业目标和退出时间",
    risk_point="assistance.dependence",
    looks_alike="近一年有就业服务；没有享受配套待遇；享受时间未达到规定长度",
)
def dependence(t: Tables, p: ParameterView) -> Hits:
    """Able to work, long on dibao, with linked benefits, and no step towards employment."""
    long = p["assistance.dependence_months"]
    rows = able_unemployed(t.recipient, p)
    months = month_index(this_month(p)) - month_index(rows.start_month)
    rows = rows.mutate(months=months)
    rows = rows.filter(rows.months >= long).anti_join(helped(t, p), "person")
    benefit = t.linked_benefit
    benefit = benefit.filter(benefit.until_on.isnull() | (benefit.until_on >= day(p.as_of)))
    benefit = benefit.select("person", "ref_linked_benefit", benefit=benefit.kind)
    rows = rows.join(benefit, "person")
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.start_month,
        key=rows.certificate,
        because="{certificate}成员{name}有劳动能力，享受低保{months}个月并享受{benefit}待遇，没有走向就业的措施",
    )


@rule(
    "assistance.skills-not-demanded",
    "低保对象技能不符合市场需求",
    severity=Severity.LOW,
    subject="person",
    seeds=["S2-16", "S2-65"],
    reads={"assistance.employment_profile": "person"},
    needs={"assistance.employment_profile": ("demanded",)},
    remedy="按市场需求安排技能培训",
    risk_point=EMPLOYMENT,
    looks_alike="无劳动能力的成员；未填写的不作判断",
)
def skills_not_demanded(t: Tables, p: ParameterView) -> Hits:
    """A profile says that a recipient's skills do not meet the market's demand."""
    rows = t.employment_profile
    return hits(
        rows,
        where=(rows.demanded == ibis.literal(False)) & (rows.ability.isnull() | (rows.ability != "无")),
        subject=rows.person,
        name=rows.name,
        on=rows.filed_on,
        because="{name}的技能“{skills}”不符合市场需求，最近更新{skills_updated_on}",
    )


@rule(
    "assistance.skills-outdated",
    "低保对象技能长期未更新",
    severity=Severity.LOW,
    subject="person",
    seeds=["S2-16", "S2-65"],
    reads={"assistance.employment_profile": "person"},
    needs={"assistance.employment_profile": ("skills_updated_on",)},
    uses=["assistance.skill_months"],
    remedy="安排技能培训并更新就业档案",
    risk_point=EMPLOYMENT,
    looks_alike="无劳动能力的成员；规定期限内参加过培训",
)
def skills_outdated(t: Tables, p: ParameterView) -> Hits:
    """No update of skills is on record, or the last is older than the office allows."""
    rows = t.employment_profile
    age_in_months = month_index(this_month(p)) - month_index(rows.skills_updated_on)
    old = (age_in_months > p["assistance.skill_months"]).fill_null(True)
    return hits(
        rows,
        where=old & (rows.ability.isnull() | (rows.ability != "无")),
        subject=rows.person,
        name=rows.name,
        on=rows.skills_updated_on,
        because="{name}的知识技能最近更新{skills_updated_on}，已超过规定期限",
    )


@rule(
    "assistance.job-not-fair",
    "推荐岗位未作公平就业审查",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S2-42"],
    reads={"assistance.job_opportunity": "job_no"},
    needs={"assistance.job_opportunity": ("fair_checked_on",)},
    remedy="先作公平就业审查，去除歧视性条件后再推荐",
    risk_point=EMPLOYMENT,
    looks_alike="尚未推荐给低保对象的岗位",
)
def job_not_fair(t: Tables, p: ParameterView) -> Hits:
    """A job failed the check for fair employment, or a recipient was sent to it before the check."""
    rows = t.job_opportunity
    failed = (rows.fair == ibis.literal(False)).fill_null(False)
    sent = rows.matched_on.notnull()
    unchecked = rows.fair_checked_on.isnull() | (rows.fair_checked_on > rows.matched_on).fill_null(False)
    return hits(
        rows,
        where=failed | (sent & unchecked),
        subject=rows.job_no,
        name=rows.title,
        on=rows.matched_on.coalesce(rows.posted_on),
        because="岗位{job_no}“{title}”（{employer}），推荐日期{matched_on}，公平就业审查日期{fair_checked_on}，"
        "是否符合公平就业：{fair}，招聘条件：{terms}",
    )
