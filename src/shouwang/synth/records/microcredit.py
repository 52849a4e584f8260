"""Lawful rows around the loans: credit files, promises, subsidies, losses, help, the guarantee fund."""

from __future__ import annotations

import datetime as dt
from itertools import count

from shouwang.packs.microcredit.repayment import Method, Terms, schedule
from shouwang.synth.loans import BANKS, GUARANTORS, bodies
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row


def _loan(site: Site) -> Row:
    """Key and borrower of one of the community's loans."""
    row = site.one(site.table("microcredit.loan").own)
    return {"loan_no": row["loan_no"], "name": row["name"]}


def _borrower(site: Site) -> Row:
    row = site.one(site.table("microcredit.loan").own)
    return {"name": row["name"], "person": row["person"]}


def bad_debt(site: Site) -> Row:
    """A loss verified, then shared out whole."""
    loss = site.any(10, 50) * 100
    day = site.day(site.any(1, 8), 15)
    return {
        "loan_no": site.number("DKH"),
        "name": site.person_name(True),
        "loss": yuan(loss),
        "found_on": day,
        "verified_on": day + dt.timedelta(days=30),
        "verified_by": "担保机构、财政局、银行",
        "opinion": "同意核销",
        "government_share": yuan(loss // 2),
        "bank_share": yuan(loss - loss // 2),
        "community_share": yuan(0),
        "shared_on": day + dt.timedelta(days=30),
    }


def collection(site: Site) -> Row:
    """A reminder before the loan is due."""
    return {
        "collected_on": site.day(site.any(1, 12), 11),
        **_loan(site),
        "method": "电话提醒",
        "collector": site.staff["desk"][1],
        "outcome": "表示按期归还",
    }


def commitment(site: Site) -> Row:
    """A promise that consents to publication."""
    return {
        **_borrower(site),
        "signed_on": site.day(3, 1, -2),
        "true_information": True,
        "voluntary": True,
        "repay_on_time": True,
        "consent_to_publish": True,
    }


def credit_file(site: Site) -> Row:
    """A clean entry of a borrower's credit file."""
    return {
        "entry_no": site.number("XD"),
        **_borrower(site),
        "recorded_on": site.day(2, 1, -2),
        "recorded_by": site.staff["desk"][0],
        "source": "社区",
        "overdue_elsewhere": yuan(0),
        "unpaid_taxes": yuan(0),
        "operation": "正常",
        "intention": "愿意按期还款",
    }


def credit_rating(site: Site) -> Row:
    """A rating."""
    return {
        **_borrower(site),
        "rated_on": site.day(1, 15),
        "score": yuan(86),
        "grade": "良好",
        "method": "评分办法一版",
        "basis": "还款记录、经济档案",
        "rated_by": site.staff["desk"][0],
    }


def difficulty(site: Site) -> Row:
    """A difficulty helped within ten days."""
    day = site.day(site.any(1, 10), site.any(1, 20))
    return {
        "reported_on": day,
        **_loan(site),
        "stage": "拓展市场",
        "difficulty": "客源不足" + site.number(""),
        "helper": "就业局",
        "helped_on": day + dt.timedelta(days=10),
        "outcome": "已协助上线平台",
    }


def economic_file(site: Site) -> Row:
    """A household's file."""
    return {
        "file_no": site.number("JJ"),
        **_borrower(site),
        "members": 3,
        "family_status": "稳定",
        "yearly_income": yuan(60_000),
        "debts": yuan(0),
        "opened_on": site.day(2, 1, -2),
    }


def enterprise_credit(site: Site) -> Row:
    """An enterprise's rating."""
    unit, code, _ = site.one(site.employers)
    return {
        "organisation": unit,
        "credit_code": code,
        "grade": "A",
        "rated_on": site.day(1, 15),
        "breaches": 0,
    }


def interest_subsidy(site: Site) -> Row:
    """A subsidy paid on the day it was due."""
    day = site.day(site.any(1, 12), 20)
    return {
        **_loan(site),
        "period": f"{site.year}年第{(day.month + 2) // 3}季度",
        "subsidy": yuan(site.any(50, 220)),
        "declared_on": day - dt.timedelta(days=15),
        "due_on": day,
        "paid_on": day,
        "materials": "借款合同、还款凭证",
    }


def joint_conference(site: Site) -> Row:
    """A meeting on a loan."""
    loan = _loan(site)
    return {
        "held_on": site.day(site.any(1, 12), 9),
        "meeting_no": site.number("LX"),
        "loan_no": loan["loan_no"],
        "borrower": loan["name"],
        "topic": "扶持措施",
        "measure": "介绍货源",
        "helper": "就业局",
        "members": "就业局、银行、社区",
    }


def repayment(site: Site) -> Row:
    """A month's interest paid on its day, once for each loan and month."""
    loan = site.one([row for row in site.table("microcredit.loan").own if row["amount"] and row["rate"]])
    rows = site.table("microcredit.repayment").own
    taken = {row["instalment"] for row in rows if row["loan_no"] == loan["loan_no"]}
    month = next(n for n in count(1) if str(n) not in taken)
    terms = Terms(loan["amount"], loan["rate"], loan["paid_out_on"], month, Method.INTEREST_FIRST)
    due = schedule(terms)[-1]
    return {
        "loan_no": loan["loan_no"],
        "name": loan["name"],
        "instalment": str(month),
        "due_on": due.due_on,
        "repaid_on": due.due_on,
        "principal": yuan(0),
        "interest": due.interest,
        "penalty": yuan(0),
        "channel": "银行代扣",
    }


def signed_schedule(site: Site) -> Row:
    """The schedule of a loan repaid at once with its interest, both paid long ago."""
    out = site.day(3, 1, -3)
    terms = Terms(yuan(10_000), yuan("4.35"), out, 12, Method.BULLET)
    (due,) = schedule(terms)
    name, number = site.person_name(True), site.number("DKS")
    site.add(
        "microcredit.loan",
        None,
        loan_no=number,
        name=name,
        person=site.stranger()[1],
        paid_out_on=out,
        due_on=due.due_on,
        amount=yuan(10_000),
        rate=yuan("4.35"),
        repayment_method=Method.BULLET.value,
        repaid=yuan(10_000),
        outstanding=yuan(0),
        settled_on=due.due_on,
        collector=site.staff["desk"][1],
        division=site.division,
        **bodies(site, number),
    )
    return {
        "loan_no": number,
        "name": name,
        "instalment": 1,
        "due_on": due.due_on,
        "principal": due.principal,
        "interest": due.interest,
        "payment": due.payment,
        "balance": due.balance,
        "signed_on": out,
    }


def business_report(site: Site) -> Row:
    """A regular report that reached all three bodies on the day."""
    day = site.day(site.any(1, 12), 8)
    told = dict.fromkeys(("agency_told_on", "guarantor_told_on", "bank_told_on"), day)
    return {"reported_on": day, **_loan(site), "kind": "定期报告", "content": "经营正常", **told}


def visit(site: Site) -> Row:
    """A visit that found a problem and helped."""
    return {
        "visited_on": site.day(site.any(1, 12), 12),
        **_loan(site),
        "visitor": site.staff["desk"][0],
        "condition": "客源不足",
        "problem": "客源不足",
        "help_given": "介绍货源",
    }


def guarantee_fund(site: Site) -> Row:
    """Money that arrived on the planned day."""
    day = site.day(site.any(1, 9), 20, -1)
    return {
        "entry_no": site.number("DB"),
        "source": "县财政",
        "level": "县",
        "amount": yuan(800_000),
        "planned_on": day,
        "arrived_on": day,
        "guarantor": GUARANTORS[0],
        "bank": BANKS[0],
    }


def inspection(site: Site) -> Row:
    """An inspection of this year that found nothing."""
    return {
        "inspected_on": site.day(site.any(3, 11), 16),
        "kind": "检查",
        "inspector": "审计局" + site.number("第") + "组",
        "loans_checked": 20,
        "favour_loans": 0,
        "bad_loans": 0,
        "findings": "未发现问题",
        "published_on": None,
    }


def subsidy_transfer(site: Site) -> Row:
    """Money in the special account a week before it was needed."""
    day = site.day(site.any(1, 11), 20)
    return {
        "entry_no": site.number("TX"),
        "account": site.account(),
        "amount": yuan(60_000),
        "needed_on": day,
        "received_on": day - dt.timedelta(days=7),
    }


def town(site: Site) -> None:
    """The guarantee fund of two sources, and the transfers for subsidies."""
    count = len(site.settings.sizes)
    for source in ("县财政", "市财政"):
        row = guarantee_fund(site) | {"source": source, "amount": yuan(count * 4_000_000)}
        # One balance only: what it is held against are the losses of every community.
        balance = row["amount"] if source == "县财政" else None
        site.add("microcredit.guarantee_fund", **{**row, "balance": balance, "division": None})


MAKERS = {
    "microcredit.bad_debt": bad_debt,
    "microcredit.business_report": business_report,
    "microcredit.collection": collection,
    "microcredit.commitment": commitment,
    "microcredit.credit_file": credit_file,
    "microcredit.credit_rating": credit_rating,
    "microcredit.difficulty": difficulty,
    "microcredit.economic_file": economic_file,
    "microcredit.enterprise_credit": enterprise_credit,
    "microcredit.interest_subsidy": interest_subsidy,
    "microcredit.joint_conference": joint_conference,
    "microcredit.repayment": repayment,
    "microcredit.schedule": signed_schedule,
    "microcredit.subsidy_transfer": subsidy_transfer,
    "microcredit.inspection": inspection,
    "microcredit.visit": visit,
}
