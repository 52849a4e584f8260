"""Guaranteed micro-loans: one borrower's whole file at a time, lawful unless a case says otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from shouwang.synth import vocabulary as words
from shouwang.synth.site import NEVER, TRADER, Site, yuan
from shouwang.synth.table import Row

BANKER, GUARANTOR, SCREENER = "信贷员严", "担保员葛", "初审员柯"
BANKS = ("云川农村商业银行", "云川县邮政储蓄银行")
GUARANTORS = ("云川县小额贷款担保中心", "云川惠民担保公司")
INTERMEDIARY = "望河贷款服务社"


def bodies(site: Site, loan_no: str) -> Row:
    """The bank, guarantor and intermediary of a loan: by its number, so that none is drawn by chance."""
    turn = site.index + int(loan_no[-4:])
    return {
        "bank": BANKS[turn % len(BANKS)],
        "guarantor": GUARANTORS[turn // 2 % len(GUARANTORS)],
        "intermediary": INTERMEDIARY if turn % 3 else None,
    }


@dataclass
class File:
    """The rows of one borrower: numbers of rows by ledger, and the keys."""

    application_no: str
    loan_no: str
    person: str
    name: str
    rows: dict[str, int] = field(default_factory=dict)


def build(site: Site) -> None:
    """Lend to some of the traders, and list what the pack asks of the community."""
    people = site.people
    traders = np.flatnonzero((people.work == TRADER) & (people.died == NEVER))
    some = traders[: max(3, round(site.size * 0.006))]
    businesses = {row["person"]: row for _, row in _shops(site)}
    for k, person in enumerate(some.tolist()):
        name, number = site.who(person)
        shop = businesses[number]
        lend(site, name, number, shop["credit_code"], shop["scope"], credit=k == 0, settled=k % 4 == 3)
    site.add(
        "microcredit.credit_community",
        division=site.division,
        pilot_since=site.day(6, 1, -3),
        qualification="正常",
        assessed_on=site.day(3, 10),
        head=site.staff["desk"][0],
    )


def catalogue(site: Site) -> None:
    """The ledgers of the pack that the whole town has once."""
    for project in words.PROJECTS:
        site.add("microcredit.micro_profit_item", name=project, category="微利", division=None)


def _shops(site: Site) -> list[tuple[int, Row]]:
    table = site.table("registry.business")
    return [(i, table.row(i)) for i in range(table.base.height)]


def trader(site: Site) -> tuple[str, str, str, str]:
    """An idle resident who opens a shop: name, ID, credit code and trade."""
    name, number = site.who(site.draw("idle"))
    title, scope = site.one(words.SHOPS)
    code = site.credit_code("92")
    site.add(
        "registry.business",
        shop=site.name.removesuffix("社区") + name[0] + "家" + title,
        credit_code=code,
        name=name,
        person=number,
        scope=scope,
        place=f"{site.name.removesuffix('社区')}路{site.serial()}号",
        opened_on=site.day(5, 8, -4),
        status="存续",
        phone=site.phone(),
    )
    return name, number, code, scope


def borrower(site: Site, **more: Any) -> File:
    """A new trader with a lawful loan; the options are those of :func:`lend`."""
    return lend(site, *trader(site), **more)


def lend(
    site: Site,
    name: str,
    person: str,
    licence: str | None,
    project: str,
    *,
    applied: dt.date | None = None,
    amount: int = 20_000,
    credit: bool = False,
    settled: bool = False,
    small: bool = False,
    paid_out: bool = True,
    application: Row | None = None,
    loan: Row | None = None,
) -> File:
    """Add application, training, loan and visit of one borrower.

    ``small`` leaves 100 yuan outstanding, so that an overdue loan does not move its community's
    ratio of bad loans. ``application`` and ``loan`` replace cells. The loan runs for two years from
    about a month after ``applied`` (by default early the year before, so that it is not yet due).
    """
    applied = applied or site.day(site.any(3, 8), site.any(1, 20), -1)
    later = [applied + dt.timedelta(days=d) for d in (0, 5, 9, 16, 22, 29, 36)]
    file = File(site.number("SQ"), site.number("DK"), person, name)
    kind = "信用贷款" if credit else "自主创业个体经营" if amount > 20_000 else "一般"
    row: Row = {
        "application_no": file.application_no,
        "name": name,
        "person": person,
        "phone": site.phone(),
        "address": site.name,
        "applied_on": applied,
        "kind": kind,
        "project": project,
        "startup_money": yuan(amount + 10_000),
        "asked": yuan(amount),
        "certificate": site.number("YHZ"),
        "licence": licence,
        "tax_registration": "已办",
        "premises_proof": "租赁合同",
        "checked_on": later[1],
        "check_result": "属实",
        "recommended_by": site.staff["desk"][0],
        "recommended_on": later[1],
        "prescreened_by": SCREENER,
        "prescreened_on": later[2],
        "notice_from": later[2],
        "notice_to": later[3],
        "guaranteed_by": GUARANTOR,
        "guaranteed_on": later[4],
        "counter_guarantee": "无",
        "approved_by": BANKER,
        "approved_on": later[5],
        "approved": yuan(amount),
        "rate": yuan("4.35"),
        "result": "批准",
        "commitment": "已签",
        "informal_proof": None,
        "refusal_reason": None,
        **bodies(site, file.loan_no),
    }
    file.rows["application"] = site.add("microcredit.application", None, **{**row, **(application or {})})
    file.rows["training"] = site.add(
        "microcredit.training",
        course=f"{applied.year - 1}年创业培训",
        name=name,
        person=person,
        completed_on=applied - dt.timedelta(days=40),
        result="合格",
        certificate_no=site.number("HG"),
        project=project,
    )
    if paid_out:
        _pay_out(site, file, later[6], amount, settled, small, loan or {})
    return file


def _pay_out(
    site: Site, file: File, day: dt.date, amount: int, settled: bool, small: bool, changes: Row
) -> None:
    outstanding = 0 if settled else 100 if small else amount
    row: Row = {
        "loan_no": file.loan_no,
        "application_no": file.application_no,
        "name": file.name,
        "person": file.person,
        "paid_out_on": day,
        "due_on": day.replace(year=day.year + 2, day=min(day.day, 28)),
        "amount": yuan(amount),
        "rate": yuan("4.35"),
        "repayment_method": "到期还本",
        "repaid": yuan(amount - outstanding),
        "outstanding": yuan(outstanding),
        "settled_on": site.day(10, 12) if settled else None,
        "overdue_kind": None,
        "deadline_on": None,
        "certificate_withdrawn_on": None,
        "collector": site.staff["desk"][1],
        "penalty": None,
        "sued_on": None,
        "breach_published_on": None,
        **bodies(site, file.loan_no),
    }
    file.rows["loan"] = site.add("microcredit.loan", None, **{**row, **changes})
    file.rows["visit"] = site.add(
        "microcredit.visit",
        visited_on=site.day(site.any(2, 11), site.any(1, 20)),
        loan_no=file.loan_no,
        name=file.name,
        person=file.person,
        visitor=site.staff["desk"][0],
        condition="经营正常",
        fund_use="用于经营",
    )
    reported = site.day(site.any(2, 11), site.any(1, 20))
    file.rows["business_report"] = site.add(
        "microcredit.business_report",
        reported_on=reported,
        loan_no=file.loan_no,
        name=file.name,
        person=file.person,
        kind="定期报告",
        content="经营正常",
        agency_told_on=reported,
        guarantor_told_on=reported,
        bank_told_on=reported,
        received_by=site.staff["desk"][0],
    )


def overdue(site: Site, **more: Any) -> File:
    """A lawful file of a borrower whose loan fell due in spring and was dealt with as the rules ask."""
    due = site.day(5, 15)
    changes: Row = {
        "due_on": due,
        "overdue_kind": "一般逾期",
        "penalty": yuan(12),
        **more.pop("loan", {}),
    }
    file = borrower(site, applied=site.day(4, 2, -2), small=True, loan=changes, **more)
    file.rows["collection"] = site.add(
        "microcredit.collection",
        collected_on=due + dt.timedelta(days=20),
        loan_no=file.loan_no,
        name=file.name,
        method="上门催收",
        collector=site.staff["desk"][1],
        outcome="承诺分期归还",
    )
    file.rows["bad_record"] = site.add(
        "microcredit.bad_record",
        record_no=site.number("BL"),
        name=file.name,
        person=file.person,
        loan_no=file.loan_no,
        recorded_on=due + dt.timedelta(days=1),
        breach="贷款逾期",
        recorded_by=bodies(site, file.loan_no)["bank"],
    )
    return file
