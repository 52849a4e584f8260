"""What several rules of the pack ask of the same ledgers."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import mentions
from shouwang.risk.rule import Tables, absent

#: Names under which persons without an employer are listed where a unit's name belongs.
NO_EMPLOYER = ("灵活就业", "个人参保", "个人缴费", "自由职业", "城乡居民", "城镇居民", "个体参保", "个人窗口")


def deaths(t: Tables) -> ir.Table:
    """One line per dead person: ``person``, ``died_on``, ``ref_death``.

    Two lists may name the same person with two dates; the later one accuses nobody wrongly.
    """
    return t.death.group_by("person").agg(died_on=t.death.died_on.max(), ref_death=t.death.ref_death.min())


def by_employer(paid: ir.Table) -> ir.BooleanValue:
    """Whether a contribution was paid by a unit for its worker, not by the person alone.

    The declared identity decides; where it is blank, a credit code, a unit's share or the name
    of a unit does.
    """
    named = ~absent(paid.unit) & ~mentions(paid.unit, *NO_EMPLOYER)
    shared = (paid.unit_pension.fill_null(0) > 0) | (paid.unit_amount.fill_null(0) > 0)
    return ibis.cases(
        (paid.identity == "单位职工", True),
        (paid.identity.isin(["灵活就业", "城乡居民"]), False),
        else_=~absent(paid.credit_code) | shared | named,
    )


def beyond_work_injury(paid: ir.Table) -> ir.BooleanValue:
    """Whether more than work-injury insurance was paid.

    Work injury alone may lawfully be paid by a second employer or for a rehired retiree
    (工伤保险条例: 职工在两个单位同时就业的，各单位分别缴纳工伤保险费).
    """
    others = (
        paid.unit_pension.fill_null(0)
        + paid.unit_medical.fill_null(0)
        + paid.unit_unemployment.fill_null(0)
        + paid.own_pension.fill_null(0)
        + paid.own_medical.fill_null(0)
    )
    only = (others == 0) & (paid.unit_injury.fill_null(0) > 0)
    return ~only & (paid.kind.fill_null("") != "工伤")


def counted_once(rows: ir.Table, ref: str, *within: str) -> ir.DecimalValue:
    """The pension of each row, 0 where another sheet has told the same payment already.

    Offices keep a table for the month and one for the year: what agrees in person, month, kind
    and amount (the ledger's natural key) is one payment; ``within`` are columns it must agree in
    besides.
    """
    key = ("person", "month", "kind", "amount", *within)
    same = ibis.window(group_by=[rows[column] for column in key], order_by=rows[ref])
    first = ibis.row_number().over(same) == 0
    return ibis.ifelse(first, rows.amount, ibis.literal(0).cast("decimal(18, 2)"))
