"""Lawful rows of auditing, benefit review, complaints, bedside checks and the community's platform."""

from __future__ import annotations

import datetime as dt

from shouwang.synth import vocabulary as words
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row


def audit(site: Site) -> Row:
    """An audit of a unit's contributions that verified what was declared."""
    unit, code, _ = site.one(site.employers)
    number, base = site.any(20, 60), yuan(site.any(10, 40) * 10_000)
    return {
        "audit_no": site.number("JH"),
        "audited_on": site.day(site.any(1, 12), site.any(1, 28)),
        "scope": "缴费",
        "unit": unit,
        "credit_code": code,
        "declared_number": number,
        "verified_number": number,
        "declared_base": base,
        "verified_base": base,
        "problems": 0,
        "problem": "未发现问题",
        "broken_rule": None,
        "amount": None,
        "recovered": None,
        "auditor": site.staff["desk"][0],
        "closed_on": None,
    }


def benefit_payment(site: Site) -> Row:
    """A benefit handled by one person, reviewed by another, paid the day after."""
    name, person, _ = site.stranger()
    day = site.day(site.any(1, 11), site.any(1, 25))
    return {
        "payment_no": site.number("ZF"),
        "kind": "养老",
        "benefit": "丧葬补助金",
        "name": name,
        "person": person,
        "amount": yuan(site.any(10, 60) * 100),
        "paid_on": day + dt.timedelta(days=1),
        "documents": "申请表、证明",
        "handler": site.staff["desk"][0],
        "handled_on": day,
        "reviewer": site.staff["reviewer"][0],
        "reviewed_on": day,
        "problem": "无误",
        "broken_rule": None,
    }


def complaint(site: Site) -> Row:
    """A complaint investigated and answered within the days allowed."""
    day = site.day(site.any(1, 10), site.any(1, 25))
    return {
        "complaint_no": site.number("TS"),
        "received_on": day,
        "kind": "举报",
        "name": site.person_name(True),
        "phone": site.phone(),
        "accused": site.one(words.PHARMACIES),
        "content": "串换药品",
        "accepted_on": day + dt.timedelta(days=1),
        "investigated_on": day + dt.timedelta(days=20),
        "findings": "经查不属实",
        "outcome": "已答复",
        "handled_on": day + dt.timedelta(days=40),
        "handler": site.staff["desk"][0],
        "amount": None,
    }


def ward_check(site: Site) -> Row:
    """A patient at the bedside who is who the card says."""
    table = site.table("insurance.inpatient_stay")
    stay = table.base.row(site.any(0, table.base.height - 1), named=True)
    return {
        "checked_on": stay["admitted_on"] + dt.timedelta(days=1),
        "hospital": stay["hospital"],
        "bed": f"{site.any(1, 60)}床",
        "name": stay["name"],
        "person": stay["person"],
        "identity_matches": True,
        "in_bed": True,
        "reason": stay["diagnosis"],
        "meets_indication": True,
        "treatment": "对症治疗",
        "checker": site.staff["desk"][1],
        "outcome": "无异常",
    }


def platform(site: Site) -> Row:
    """A platform with staff, duties, means and services."""
    return {
        "platform": f"{site.name}{site.serial()}号社会保障工作平台",
        "established_on": site.day(3, 1, -6),
        "staff": 2,
        "established": 2,
        "duties": "退休人员社会化管理服务",
        "funding": yuan(30_000),
        "retirees": site.any(100, 600),
        "services": site.any(10, 60),
        "agreement": "职责分工协议",
        "year": site.year,
    }


def platform_service(site: Site) -> Row:
    """A service of the platform for the retired."""
    return {
        "platform": f"{site.name}社会保障工作平台",
        "served_on": site.day(site.any(1, 12), site.any(1, 28)),
        "service": "上门探望",
        "attendance": 1,
        "served_by": site.staff["desk"][1],
    }


def matter(site: Site) -> Row:
    """A matter between sections that is settled in writing."""
    day = site.day(site.any(1, 10), site.any(1, 25))
    return {
        "matter_no": site.number("GX"),
        "kind": "社区职责不清",
        "parties": "社区、社保中心",
        "matter": "退休人员认证由谁上门" + site.number(""),
        "raised_on": day,
        "owner": site.staff["desk"][0],
        "document": "职责分工备忘录",
        "settled_on": day + dt.timedelta(days=30),
    }


def supervision(site: Site) -> Row:
    """A supervision by sample with method, size and result."""
    return {
        "supervision_no": site.number("JG"),
        "supervised_on": site.day(site.any(1, 12), site.any(1, 28)),
        "provider": site.one(words.HOSPITALS)[0],
        "method": "抽样监管",
        "sampling": "简单随机抽样",
        "population": 400,
        "sample_size": 40,
        "problems": 0,
        "findings": "未发现问题",
        "broken_rule": None,
        "amount": None,
        "inspectors": site.staff["desk"][0],
        "planned": True,
    }


def build(site: Site) -> None:
    """Audits of a third of the units and more, of contributions and of benefits."""
    count = len(site.employers)
    for unit, code, _ in site.employers[: -(-count // 3) + 1]:
        site.table("insurance.audit").add(
            {"division": site.division, **audit(site), "unit": unit, "credit_code": code}
        )
    row = audit(site) | {"scope": "待遇", "unit": None, "credit_code": None}
    row |= {"name": site.person_name(True), "person": site.stranger()[1]}
    site.table("insurance.audit").add({"division": site.division, **row})


MAKERS = {
    "insurance.audit": audit,
    "insurance.benefit_payment": benefit_payment,
    "insurance.complaint": complaint,
    "insurance.ward_check": ward_check,
    "insurance.community_platform": platform,
    "insurance.platform_service": platform_service,
    "insurance.coordination_matter": matter,
    "insurance.supervision": supervision,
}
