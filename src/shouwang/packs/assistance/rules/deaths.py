"""The dead who are still paid or counted: S2-14, S2-28, S2-30, S2-48."""

from __future__ import annotations

import ibis

from shouwang.packs.assistance.means_test import money
from shouwang.packs.assistance.rules.common import (
    covered,
    deaths,
    is_head,
    members,
    next_month,
    no_money,
    regular,
    standard,
    this_month,
    zero,
)
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, Via, hits, rule


def _after_death(paid: ibis.Table) -> ibis.Table:
    """Payments and recoveries for months after the death, where more was paid than taken back.

    ``paid`` has the columns of payments with ``payee`` and ``died_on``. Arrears are left alone:
    they may be for months of life.
    """
    back = (paid.kind == "追回").fill_null(False) | mentions(paid.note, "追回", "退回", "扣回")
    rows = paid.filter((paid.month > paid.died_on) & paid.paid.notnull() & (regular(paid) | back))
    rows = rows.mutate(stake=back.ifelse(-rows.paid.abs(), rows.paid))
    rows = rows.mutate(net=rows.stake.sum().over(ibis.window(group_by=[rows.payee])))
    return rows.filter(rows.net > 0)


@rule(
    "assistance.paid-after-death",
    "死亡人员继续领取低保金",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S2-14", "S2-30", "S2-48", "S3-39", "S10-69"],
    reads={"assistance.payment": "person", "registry.death": "person"},
    optional={"registry.person": "person"},
    remedy="自死亡次月起停发，追回多发的低保金；同住家属仍符合条件的重新核定",
    risk_point="assistance.payment-integrity",
    looks_alike="死亡当月的低保金照发；多发的已全部追回；同名而证件号不同的人",
)
def paid_after_death(t: Tables, p: ParameterView) -> Hits:
    """Payments for months after the death month, in the dead person's name (net of recoveries)."""
    dead = deaths(t.death, t.person)
    paid = t.payment.join(dead, "person")
    rows = _after_death(paid.mutate(payee=paid.person))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=rows.stake,
        because="{certificate}户主{name}于{died_on}死亡，{month.first:month}至{month.last:month}"
        "仍以其名义发放低保金，合计{stake.sum}元",
    )


@rule(
    "assistance.household-of-dead-head-paid",
    "户主死亡后仍按原户发放低保金",
    severity=Severity.HIGH,
    subject="household",
    seeds=["S2-14", "S2-30", "S2-48"],
    reads={
        "assistance.payment": "certificate",
        "assistance.recipient": "certificate",
        "registry.death": Via("person", "assistance.recipient", "certificate"),
    },
    remedy="自死亡次月起停发或重新核定，追回多发的低保金",
    risk_point="assistance.payment-integrity",
    looks_alike="死亡当月的低保金照发；发放表写有领取人证件号的，由“死亡人员继续领取低保金”核查",
)
def household_of_dead_head_paid(t: Tables, p: ParameterView) -> Hits:
    """The same question for payment rows that name no ID: the roster says who the head is."""
    heads = members(t.recipient)
    heads = heads.filter(is_head(heads)).join(deaths(t.death), "person")
    heads = heads.select("certificate", "died_on", "ref_death", "ref_recipient", payee=heads.person)
    blank = t.payment.filter(t.payment.person.isnull())
    rows = _after_death(blank.join(heads, "certificate"))
    return hits(
        rows,
        subject=rows.certificate,
        name=rows.name,
        on=rows.month,
        amount=rows.stake,
        because="{certificate}户主{name}于{died_on}死亡，{month.first:month}至{month.last:month}"
        "仍发放低保金，合计{stake.sum}元",
    )


@rule(
    "assistance.dead-member-counted",
    "低保家庭成员死亡未核减",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S2-14", "S2-28", "S3-39", "S10-69"],
    reads={
        "assistance.recipient": "certificate",
        "registry.death": Via("person", "assistance.recipient", "certificate"),
    },
    optional={
        "assistance.payment": "certificate",
        "registry.person": Via("person", "assistance.recipient", "certificate"),
    },
    uses=["assistance.standard"],
    remedy="自死亡次月起核减保障人数，重新核定补差，追回多发金额",
    risk_point="assistance.payment-integrity",
    looks_alike="死亡次月起已核减；发放人数已减少；户主死亡由“死亡人员继续领取低保金”核查",
)
def dead_member_counted(t: Tables, p: ParameterView) -> Hits:
    """A member other than the head died and the household is still paid for him.

    The payment sheet says for how many it pays; where it does not, the roster's number of persons
    against the living members does.
    """
    all_members = members(t.recipient)
    dead = deaths(t.death, t.person)
    known = all_members.left_join(dead, "person").drop("person_right")
    gone = known.filter(known.died_on.notnull() & ~is_head(known))
    gone = gone.mutate(
        since=ibis.greatest(next_month(gone.died_on), gone.start_month.coalesce(next_month(gone.died_on)))
    )
    gone = gone.filter(
        (gone.since <= this_month(p))
        & covered(gone, gone.since)
        & (gone.cut_month.isnull() | (gone.cut_month > gone.since))
    )
    fellow = known.select(
        "certificate",
        fellow=known.person,
        fellow_cut=known.cut_month,
        fellow_gone=next_month(known.died_on),
    )

    pays = t.payment.filter(regular(t.payment) & t.payment.persons.notnull())
    pays = pays.select(
        "certificate", "month", "ref_payment", paid_persons=pays.persons, paid_division=pays.division
    )
    months = gone.join(pays, [gone.certificate == pays.certificate, pays.month >= gone.since])
    months = months.drop("certificate_right")
    alive = months.join(fellow, "certificate")
    alive = (
        alive.filter(
            (alive.fellow_cut.isnull() | (alive.fellow_cut > alive.month))
            & (alive.fellow_gone.isnull() | (alive.fellow_gone > alive.month))
        )
        .group_by("certificate", "person", "month")
        .aggregate(living=lambda r: r.fellow.nunique())
    )
    paid_for = months.left_join(alive, ["certificate", "person", "month"])
    living = paid_for.living.fill_null(0)
    over = paid_for.filter(paid_for.paid_persons > living)
    share = standard(p, over.month, over.paid_division) - money(over.income).fill_null(zero())
    by_payment = over.select(
        "certificate", "person", "name", "division", "died_on", "since", "ref_recipient", "ref_death",
        "ref_person", "ref_payment", "month", counted_persons=over.paid_persons,
        stake=ibis.greatest(money(share), zero()).nullif(zero()),
    )  # fmt: skip

    # Where no payment row says for how many, the roster itself must answer.
    unsaid = gone.anti_join(pays, [gone.certificate == pays.certificate, pays.month >= gone.since])
    left = unsaid.join(fellow, "certificate")
    left = (
        left.filter(
            (left.fellow_cut.isnull() | (left.fellow_cut > this_month(p))) & left.fellow_gone.isnull()
        )
        .group_by("certificate", "person")
        .aggregate(living=lambda r: r.fellow.nunique())
    )
    said = unsaid.left_join(left, ["certificate", "person"])
    said = said.filter(said.persons > said.living.fill_null(0))
    by_roster = said.select(
        "certificate", "person", "name", "division", "died_on", "since", "ref_recipient", "ref_death",
        "ref_person", ref_payment=ibis.null("int64"), month=ibis.null("date"), counted_persons=said.persons,
        stake=no_money(),
    )  # fmt: skip
    rows = by_payment.union(by_roster.select(by_payment.columns))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.since,
        amount=rows.stake,
        key=rows.certificate,
        once=rows.month,
        because="{certificate}成员{name}于{died_on}死亡，自{since:month}起应核减，保障人数仍为{counted_persons}人",
    )
