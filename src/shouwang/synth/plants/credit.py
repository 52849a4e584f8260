"""Cases of credit communities and of the guarantee fund (S5-70 to S5-73, S8-36, S8-44 to S8-47, S8-62)."""

from __future__ import annotations

import datetime as dt

from shouwang.synth import records
from shouwang.synth.loans import lend
from shouwang.synth.plants.areas import hamlet
from shouwang.synth.plants.registry import plant
from shouwang.synth.records import microcredit
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row


def credit_community(site: Site, name: str, **changes: object) -> None:
    """Register a community that nothing is wrong with."""
    row: Row = {
        "pilot_since": site.day(6, 1, -3),
        "qualification": "正常",
        "assessed_on": site.day(3, 10),
        "suspended_on": None,
        "restored_on": None,
        "notified_on": None,
        "head": site.official(),
    }
    site.add("microcredit.credit_community", None, **{**row, **changes, "division": name})


def member(
    site: Site, name: str, outstanding: int, late: bool, kind: str = "信用贷款", **application: object
) -> str:
    """Lend to somebody of that community: so much is outstanding, overdue or not."""
    own, person, _ = site.stranger()
    paper: Row = {
        "tax_registration": None,
        "informal_proof": site.number("FZG"),
        "kind": kind,
        "division": name,
    }
    loan: Row = {"division": name, "repaid": yuan(20_000 - outstanding), "outstanding": yuan(outstanding)}
    if late:
        loan |= {"due_on": site.day(5, 15), "overdue_kind": "一般逾期", "penalty": yuan(9)}
    file = lend(
        site,
        own,
        person,
        None,
        "餐饮服务",
        applied=site.day(4, 2, -2) if late else None,
        application={**paper, **application},
        loan=loan,
    )
    for ledger in ("training", "visit", "business_report"):
        site.table(f"microcredit.{ledger}").set(file.rows[ledger], division=name)
    if late:
        site.add(
            "microcredit.collection",
            collected_on=site.day(6, 6),
            loan_no=file.loan_no,
            name=own,
            method="上门催收",
            division=name,
        )
        site.add(
            "microcredit.bad_record",
            record_no=site.number("BL"),
            name=own,
            person=person,
            loan_no=file.loan_no,
            recorded_on=site.day(5, 16),
            breach="贷款逾期",
            division=name,
        )
    return file.application_no


@plant("microcredit.npl-reached")
def npl_reached(site: Site, near: bool) -> tuple[str, str]:
    """A tenth of the balance is overdue, which is the limit; a little less for the near miss."""
    name = hamlet(site)
    credit_community(site, name)
    member(site, name, 18_000, late=False)
    member(site, name, 1_990 if near else 2_000, late=True)
    return name, "不良率" + ("略低于" if near else "达到") + "百分之十"


@plant("microcredit.control-ratio-exceeded")
def control_ratio_exceeded(site: Site, near: bool) -> tuple[str, str]:
    """Above the agreed ratio in a community already suspended; exactly at it for the near miss."""
    name = hamlet(site)
    credit_community(
        site, name, qualification="暂停", suspended_on=site.day(10, 1), notified_on=site.day(10, 3)
    )
    member(site, name, 17_000, late=False)
    member(site, name, 3_000 if near else 3_500, late=True)
    return name.removesuffix("社区"), "不良资产率" + ("恰等于" if near else "超过") + "控制率"


@plant("microcredit.guaranteed-while-suspended")
def guaranteed_while_suspended(site: Site, near: bool) -> tuple[str, str]:
    """Guaranteed on the day of suspension; on the day before for the near miss."""
    name, day = hamlet(site), site.day(5, 20, -1)
    credit_community(site, name, suspended_on=day, restored_on=site.day(11, 1, -1), notified_on=day)
    guaranteed = day - dt.timedelta(days=1 if near else 0)
    dates = {
        "applied_on": day - dt.timedelta(days=30),
        "prescreened_on": day - dt.timedelta(days=20),
        "notice_from": day - dt.timedelta(days=20),
        "notice_to": day - dt.timedelta(days=10),
        "guaranteed_on": guaranteed,
        "approved_on": day + dt.timedelta(days=5),
    }
    number = _early(site, name, dates)
    return number, "暂停" + ("前一日" if near else "当日") + "担保"


def _early(site: Site, name: str, dates: dict[str, dt.date]) -> str:
    own, person, _ = site.stranger()
    paper: Row = {
        "tax_registration": None,
        "informal_proof": site.number("FZG"),
        "kind": "信用贷款",
        "division": name,
    }
    applied = dates["applied_on"]
    return lend(
        site,
        own,
        person,
        None,
        "餐饮服务",
        applied=applied,
        application={**paper, **dates},
        loan={"division": name},
    ).application_no


@plant("microcredit.suspension-not-notified")
def suspension_not_notified(site: Site, near: bool) -> tuple[str, str]:
    """Suspended and nobody was told; told for the near miss."""
    name, day = hamlet(site), site.day(4, 9)
    credit_community(site, name, qualification="暂停", suspended_on=day, notified_on=day if near else None)
    return name, "暂停担保资格" + ("已" if near else "未") + "通报"


@plant("microcredit.community-not-assessed")
def community_not_assessed(site: Site, near: bool) -> tuple[str, str]:
    """Not assessed for more than a year; a pilot of this year for the near miss."""
    name = hamlet(site)
    pilot = site.day(4, 1) if near else site.day(6, 1, -3)
    credit_community(site, name, pilot_since=pilot, assessed_on=None if near else site.day(5, 5, -1))
    return name, "试点不满一年" if near else "上年五月后未评估"


@plant("microcredit.no-credit-loans")
def no_credit_loans(site: Site, near: bool) -> tuple[str, str]:
    """No loan on credit alone in a community; one for the near miss."""
    name = hamlet(site)
    member(site, name, 20_000, late=False, kind="一般")
    if near:
        member(site, name, 20_000, late=False)
    return name, "信用贷款" + ("有一笔" if near else "没有")


@plant("microcredit.guarantee-fund-late")
def guarantee_fund_late(site: Site, near: bool) -> tuple[str, str]:
    """Arrived after the planned day; on that day for the near miss."""
    row = microcredit.guarantee_fund(site)
    late = dt.timedelta(days=0 if near else 20)
    site.add(
        "microcredit.guarantee_fund", **{**row, "arrived_on": row["planned_on"] + late, "division": None}
    )
    return str(row["entry_no"]), "担保基金" + ("按期" if near else "迟20天") + "到位"


@plant("microcredit.guarantee-fund-single-source")
def guarantee_fund_single_source(site: Site, near: bool) -> tuple[str, str]:
    """One source for all the money of a fund; two for the near miss."""
    name = hamlet(site)
    for source in ("县财政", "社会资金") if near else ("县财政", "县财政"):
        row = microcredit.guarantee_fund(site) | {"source": source, "division": name}
        site.add("microcredit.guarantee_fund", **row)
    return name, "担保基金" + ("两个" if near else "一个") + "来源"


@plant("microcredit.no-inspection")
def no_inspection(site: Site, near: bool) -> tuple[str, str]:
    """The latest inspection is a year back; one this year for the near miss."""
    name = hamlet(site)
    for years in (-1, 0) if near else (-1,):
        day = site.day(12, 30 if years else 2, years)
        records.add(site, "microcredit.inspection", inspected_on=day, division=name)
    return name, "最近一次检查在" + ("本年" if near else "上年")
