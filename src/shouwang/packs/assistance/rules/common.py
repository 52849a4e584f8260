"""What the rules of the pack share: who counts when, which payments are the regular ones."""

from __future__ import annotations

import datetime as dt

import ibis
from ibis.expr import types as ir

from shouwang.packs.assistance.means_test import MONEY, money
from shouwang.risk.expressions import mentions, month_start
from shouwang.risk.parameters import MissingParameter, ParameterView

HEAD = "户主"
ABLE = "有"
UNEMPLOYED, IDLE = "失业", "无业"
WORKING = ("在职", "灵活就业", "个体经营", "公益性岗位", "务农")


def no_money() -> ir.DecimalValue:
    """A null amount."""
    return ibis.null(MONEY)


def zero() -> ir.DecimalValue:
    """Nought yuan."""
    return money(ibis.literal(0))


def later(day: ir.DateValue, days: int) -> ir.DateValue:
    """The day so many days later (earlier where negative).

    DuckDB makes a time stamp of it, and Ibis drops the cast to the type it believes to have.
    """
    return (day + ibis.interval(days=days)).cast("timestamp").cast("date")


def next_month(day: ir.DateValue) -> ir.DateValue:
    """The first day of the month after the day's month."""
    return month_start(later(month_start(day), 31))


def day(value: dt.date) -> ir.DateScalar:
    """A date as a literal."""
    return ibis.literal(value, "date")


def this_month(p: ParameterView) -> ir.DateScalar:
    """The month of the day the ledgers are looked at."""
    return day(p.as_of.replace(day=1))


def covered(
    rows: ir.Table, month: ir.DateValue, start: str = "start_month", stop: str = "stop_month"
) -> ir.BooleanValue:
    """Whether the household is on dibao in a month: from 起保年月, before 停保年月.

    A blank start is taken as "long since", a blank stop as "still".
    """
    return (rows[start].isnull() | (rows[start] <= month)) & (rows[stop].isnull() | (rows[stop] > month))


def counted(rows: ir.Table, month: ir.DateValue) -> ir.BooleanValue:
    """Whether the member counts in a month: the household is covered and he is not cut (核减) yet."""
    return covered(rows, month) & (rows.cut_month.isnull() | (rows.cut_month > month))


def cover_end(rows: ir.Table) -> ir.DateValue:
    """The first month in which the member no longer counts; null while he does."""
    return ibis.least(rows.stop_month.coalesce(rows.cut_month), rows.cut_month.coalesce(rows.stop_month))


def is_head(rows: ir.Table) -> ir.BooleanValue:
    """Whether a roster row is the head's: by 与户主关系, else by the same name as the head's."""
    by_name = (rows.name == rows["head"]).fill_null(False)
    return (rows.relation == HEAD).fill_null(by_name)


def _still_stopped(rows: ir.Table) -> ir.DateValue:
    """The last stop of the roster sheets together, null where the household was admitted again after it.

    Last year's sheet says 停保, this year's a new 起保: what lies between is given the benefit of the doubt.
    """
    last_stop = rows.stop_month.max()
    again = (rows.start_month.max() >= last_stop) & (rows.start_month.min() < last_stop)
    return again.fill_null(False).ifelse(ibis.null("date"), last_stop)


def members(recipient: ir.Table) -> ir.Table:
    """One row for each member of each household, however many roster sheets name him.

    An office may hand in the roster of each quarter; joining those as they are would count an
    overlap, and its money, several times.
    """
    return recipient.group_by("certificate", "person").aggregate(
        division=recipient.division.max(),
        category=recipient.category.max(),
        name=recipient.name.max(),
        head=recipient["head"].max(),
        relation=recipient.relation.max(),
        ability=recipient.ability.max(),
        job=recipient.job.max(),
        income=recipient.income.max(),
        persons=recipient.persons.max(),
        household_income=recipient.household_income.max(),
        top_up=recipient.top_up.max(),
        amount=recipient.amount.max(),
        start_month=recipient.start_month.min(),
        stop_month=_still_stopped(recipient),
        cut_month=recipient.cut_month.max(),
        ref_recipient=recipient.ref_recipient.min(),
    )


def households(recipient: ir.Table, month: ir.DateValue) -> ir.Table:
    """One row for each household, with what is written of it and what its members add up to.

    ``living`` and ``earned`` count the members that are not cut by ``month``; ``persons`` and
    ``household_income`` are the written figures, ``size`` and ``means`` the written ones or, where
    blank, those added up. ``start_month`` is the first admission, ``admitted`` the last one.
    ``ref_recipient`` is the household's first row.
    """
    uncut = recipient.cut_month.isnull() | (recipient.cut_month > month)
    head = is_head(recipient)
    rows = recipient.mutate(_uncut=uncut.fill_null(True), _head=head)
    found = rows.group_by("certificate").aggregate(
        division=rows.division.max(),
        category=rows.category.max(),
        head=rows["head"].max(),
        head_name=rows.name.max(where=rows._head),
        head_person=rows.person.max(where=rows._head),
        persons=rows.persons.max(),
        living=rows.person.nunique(where=rows._uncut),
        household_income=rows.household_income.max(),
        income_per_head=rows.income_per_head.max(),
        earned=money(rows.income.sum(where=rows._uncut)),
        top_up=rows.top_up.max(),
        amount=rows.amount.max(),
        start_month=rows.start_month.min(),
        admitted=rows.start_month.max(),
        stop_month=_still_stopped(rows),
        basis=rows.basis.max(),
        note=rows.note.max(),
        ref_recipient=rows.ref_recipient.min(),
    )
    return found.mutate(
        name=found["head"].coalesce(found.head_name),
        size=found.persons.coalesce(found.living),
        means=found.household_income.coalesce(found.earned),
    )


def regular(payment: ir.Table) -> ir.BooleanValue:
    """Whether a payment is the month's own: not arrears, a recovery or a one-off.

    By 发放类型 where the sheet has it, and by what the remark says: offices without that column
    write 补发 or 追回 there.
    """
    of_month = payment.kind.isnull() | ~payment.kind.isin(["补发", "追回", "一次性"])
    return of_month & ~mentions(payment.note, "补发", "追回", "退回", "扣回", "一次性")


def arrears(payment: ir.Table) -> ir.BooleanValue:
    """Whether a payment makes up for an earlier one (补发)."""
    return (payment.kind == "补发").fill_null(False) | mentions(payment.note, "补发")


def standard(p: ParameterView, on: ir.DateValue, division: ir.StringValue | None = None) -> ir.DecimalValue:
    """The standard in force on each row's day, null where the office has set none.

    For an amount at stake only: a rule that decides by the standard asks ``p.at`` and waits.
    """
    try:
        return money(p.at("assistance.standard", on, division))
    except MissingParameter:
        return no_money()


def deaths(t_death: ir.Table, t_person: ir.Table | None = None) -> ir.Table:
    """Who died when: the death list, and the population register for those not on it.

    One row a person with ``person, died_on, ref_death, ref_person``. The register's day is that
    of the change of status, which is never before the death.
    """
    listed = t_death.group_by("person").aggregate(
        died_on=t_death.died_on.min(), ref_death=t_death.ref_death.min()
    )
    if t_person is None:
        return listed.mutate(ref_person=ibis.null("int64"))
    marked = t_person.filter((t_person.status == "死亡") & t_person.status_on.notnull())
    marked = marked.anti_join(t_death, "person")
    registered = marked.group_by("person").aggregate(
        died_on=marked.status_on.min(), ref_person=marked.ref_person.min()
    )
    return (
        listed.mutate(ref_person=ibis.null("int64"))
        .select("person", "died_on", "ref_death", "ref_person")
        .union(
            registered.mutate(ref_death=ibis.null("int64")).select(
                "person", "died_on", "ref_death", "ref_person"
            )
        )
    )
