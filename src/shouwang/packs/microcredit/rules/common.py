"""What several rules of the pack mean by granted, refused, overdue, and by a loan's community."""

from __future__ import annotations

import datetime as dt

import ibis
from ibis.expr import types as ir

from shouwang.risk.areas import community_key
from shouwang.risk.expressions import days_between, mentions


def _says_yes(result: ir.StringValue) -> ir.BooleanValue:
    yes = mentions(result, "批准", "同意", "通过", "准予", "获批", "发放", "放款")
    return yes & ~mentions(result, "不", "未", "拒", "否", "待", "退")


def granted(application: ir.Table) -> ir.BooleanValue:
    """Approved by the bank: says so, or has no result but an approved amount and an approval date."""
    said = _says_yes(application.result)
    shown = application.result.isnull() & application.approved_on.notnull() & (application.approved > 0)
    return said | shown.fill_null(False)


def turned_down(application: ir.Table) -> ir.BooleanValue:
    """Refused, or given up by the applicant."""
    said_no = mentions(application.result, "不", "未", "拒", "否", "退", "放弃", "撤回", "终止")
    return said_no & ~mentions(application.result, "未办结", "未审", "未批复")


def unsettled(loan: ir.Table) -> ir.BooleanValue:
    """Not yet repaid in full: no settlement date, and no balance of 0."""
    return loan.settled_on.isnull() & (loan.outstanding.isnull() | (loan.outstanding > 0))


def overdue(loan: ir.Table, day: dt.date) -> ir.BooleanValue:
    """Past its due date and not repaid; on the due date itself a loan is not overdue."""
    return (loan.due_on < day).fill_null(False) & unsettled(loan)


def in_community(loan: ir.Table, application: ir.Table) -> ir.Table:
    """Loans with ``community_key``: their own community, else that of their application."""
    homes = application.filter(application.application_no.notnull())
    homes = homes.group_by("application_no").aggregate(home=community_key(homes.division).min())
    placed = loan.left_join(homes, "application_no").drop("application_no_right")
    return placed.mutate(community_key=ibis.coalesce(community_key(placed.division), placed.home)).drop(
        "home"
    )


def wilful(loan: ir.Table) -> ir.BooleanValue:
    """Marked as wilful default (恶意), not as 非恶意."""
    return mentions(loan.overdue_kind, "恶意") & ~mentions(loan.overdue_kind, "非恶意", "无恶意", "不属恶意")


def communities_of(*tables: ir.Table) -> ir.Table:
    """The communities (``community_key``) whose people or shops these registers list."""
    one, *others = [
        table.select(community_key=community_key(table.division)).filter(lambda r: r.community_key.notnull())
        for table in tables
    ]
    for other in others:
        one = one.union(other)
    return one.distinct()


def repaid_principal(loan: ir.Table, repayment: ir.Table, day: dt.date) -> ir.Table:
    """Loans with ``repaid_by_then``: what the repayments say up to the day, or the loan's column if more."""
    came = repayment.filter((repayment.repaid_on <= day) & (repayment.principal > 0))
    came = came.group_by("loan_no").aggregate(came_in=came.principal.sum())
    rows = loan.left_join(came, "loan_no").drop("loan_no_right")
    both = ibis.greatest(rows.came_in.fill_null(0), rows.repaid.fill_null(0))
    return rows.mutate(repaid_by_then=both.cast("decimal(18, 2)")).drop("came_in")


def days_overdue(loan: ir.Table, schedule: ir.Table, repayment: ir.Table, day: dt.date) -> ir.Table:
    """Loans with ``days_overdue``: days since the oldest unpaid instalment, else since the loan's due day.

    An instalment is unpaid when the principal due up to it is more than what was repaid; 0 when nothing is
    late.
    """
    rows = repaid_principal(loan, repayment, day)
    order = ibis.cumulative_window(group_by=schedule.loan_no, order_by=["due_on", "instalment"])
    plan = schedule.mutate(due_by_then=schedule.principal.sum().over(order))
    plan = plan.filter((plan.due_on < day) & (plan.principal > 0)).select(
        "loan_no", "due_by_then", since="due_on"
    )
    known = rows.select("loan_no", "repaid_by_then").distinct()
    late = plan.join(known, "loan_no")
    late = late.filter(late.due_by_then > late.repaid_by_then)
    late = late.group_by("loan_no").aggregate(since=late.since.min())
    rows = rows.left_join(late, "loan_no").drop("loan_no_right")
    whole = ibis.ifelse(overdue(rows, day), rows.due_on, ibis.null("date"))
    since = ibis.ifelse(unsettled(rows), ibis.coalesce(rows.since, whole), ibis.null("date"))
    return rows.mutate(days_overdue=days_between(ibis.literal(day), since).fill_null(0)).drop("since")
