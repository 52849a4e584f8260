"""Rules on the ledgers of the kernel's own rooms, which lie below this one."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.access.roles import Role, roles
from shouwang.risk.areas import community_key
from shouwang.risk.expressions import mentions, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule


def in_force(appointment: ir.Table, p: ParameterView) -> ir.Table:
    """The appointments of the day of the scan; a blank first or last day leaves that side open."""
    rows = appointment.mutate(owner=community_key(appointment.division))
    begun = rows.since.isnull() | (rows.since <= p.as_of)
    return rows.filter(begun & (rows.until.isnull() | (rows.until >= p.as_of)))


def _vacant(role: Role, places: ir.Table, holding: ir.Table, every: ir.Table) -> ir.Table:
    """Where a role that must have a holder has none: each place, or once where nobody holds it anywhere."""
    held = holding.filter(same_text(holding.post, ibis.literal(role.label)))
    somewhere = held.aggregate(holders=held.count())
    nowhere = every.cross_join(somewhere)
    nowhere = nowhere.filter(nowhere.holders == 0).select(
        "ref_appointment",
        ref_division=ibis.null("int64"),
        division=ibis.literal(""),
        missing_in=ibis.literal(""),
    )
    if role.each != "community":
        return nowhere.mutate(post=ibis.literal(role.label))
    missing = places.anti_join(held.filter(held.owner.notnull()), "owner").cross_join(somewhere)
    missing = missing.filter(missing.holders > 0).select(
        "ref_division", "division", ref_appointment=ibis.null("int64"), missing_in=missing.division
    )
    columns = ["ref_appointment", "ref_division", "division", "missing_in"]
    both = nowhere.select(columns).union(missing.select(columns))
    return both.mutate(post=ibis.literal(role.label))


@rule(
    "office.post-without-holder",
    "责任岗位无人担任",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S1-09", "S4-03", "S7-10", "S9-05", "S9-06"],
    reads={"office.appointment": None, "registry.division": None},
    remedy="落实责任人，补登任职登记",
    risk_point="office.posts-vacant",
    looks_alike="离任当日仍算在任；接任人当日到任；不要求每个社区都设的岗位",
    basis="岗位及其设置层级见角色目录，单位可在 roles.yaml 增减",
)
def post_without_holder(t: Tables, p: ParameterView) -> Hits:
    """A post that every community or the township must have is held by nobody on the day of the scan."""
    places = t.division.filter(mentions(t.division.level, "村", "社区"))
    places = places.mutate(owner=community_key(places.name))
    places = (
        places.filter(places.owner.notnull())
        .group_by("owner")
        .aggregate(division=places.name.min(), ref_division=places.ref_division.min())
    )
    every = t.appointment.aggregate(ref_appointment=t.appointment.ref_appointment.min())
    holding = in_force(t.appointment, p)
    found = None
    for role in sorted(roles().values(), key=lambda role: role.code):
        if role.each:
            rows = _vacant(role, places, holding, every)
            found = rows if found is None else found.union(rows)
    if found is None:
        found = _vacant(Role("", ""), places, holding, every).filter(ibis.literal(False))
    return hits(
        found,
        subject=found.post,
        name=found.post,
        division=found.division,
        on=ibis.literal(p.as_of, "date"),
        key=found.missing_in,
        because="{missing_in}没有人担任{post}",
    )
