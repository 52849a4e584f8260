"""What "registered", "still here" and "visited" mean to the rules and indicators of this pack."""

from __future__ import annotations

import datetime as dt

import ibis
from ibis.expr import types as ir

from shouwang.risk.areas import community_key, located, matched
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import absent

SHEET_BITS = 32
"""A reference is the sheet's number times 2**32 plus the row; see ``snapshot.store``."""


def sheet_of(ref: ir.IntegerValue) -> ir.IntegerValue:
    """The number of the sheet a row stands in."""
    return ref.cast("int64") >> SHEET_BITS


def registered(person: ir.Table) -> ir.BooleanValue:
    """Whether a resident of the household register is in it as of now (户籍在册).

    A register without a status column lists those who are in it; a remark such as 已迁出 says
    otherwise.
    """
    gone = mentions(person.note, "迁出", "死亡", "注销", "销户", "去世", "病故", "亡故")
    return (person.status == "正常").fill_null(False) | (absent(person.status) & ~gone)


def current(floating: ir.Table) -> ir.BooleanValue:
    """Whether an entry of the screening ledger is open: nobody has noted that the person left."""
    return floating.left_on.isnull()


def side_by_side(person: ir.Table, floating: ir.Table) -> ir.Table:
    """Registered and floating persons of each community in one row (S1-33).

    ``area, division, registered, floating`` and one row of each ledger to point at
    (``ref_person, ref_floating_person``); ``area`` is empty where the ledgers name no community.
    """
    resident = person.filter(registered(person)).mutate(area=community_key(person.division).fill_null(""))
    found = floating.filter(current(floating)).mutate(area=community_key(floating.division).fill_null(""))
    homes = resident.group_by("area").aggregate(
        registered=resident.person.nunique(),
        division=resident.division.min(),
        ref_person=resident.ref_person.min(),
    )
    guests = found.group_by("area").aggregate(
        floating=found.person.nunique(), ref_floating_person=found.ref_floating_person.min()
    )
    return homes.join(guests, "area")


def visits_that_count(visit: ir.Table, p: ParameterView) -> ir.Table:
    """Visits up to the day of the scan; of the last ``population.visit_days`` days where it is set."""
    days = p.get("population.visit_days")
    past = visit.filter(visit.visited_on <= p.as_of)
    return past if days is None else past.filter(past.visited_on > p.as_of - dt.timedelta(days=days))


def place_keys(table: ir.Table, name: str) -> ir.Table:
    """The table with ``number_key`` and ``name_key``, by which places are compared."""
    number = table.place_no.upper().replace(" ", "")
    title = table[name].replace(" ", "")
    return table.mutate(
        number_key=ibis.ifelse(absent(number), ibis.null("string"), number),
        name_key=ibis.ifelse(absent(title), ibis.null("string"), title),
    )


def asked_places(place: ir.Table, visit: ir.Table, p: ParameterView) -> ir.Table:
    """The places of communities whose visit log is there and says which places were visited.

    With ``visited``: whether a visit that counts names the place by its number or, in what may
    be its community, by its name.
    """
    places = place_keys(located(place), "name")
    log = place_keys(located(visit), "place_name")
    log = log.filter(log.number_key.notnull() | log.name_key.notnull())
    logged = matched(places, log.select("community_key").distinct(), "ref_place", [])
    seen = visits_that_count(log, p).select("community_key", "number_key", "name_key").distinct()
    by_number = matched(places, seen.filter(seen.number_key.notnull()), "ref_place", ["number_key"])
    by_name = matched(places, seen.filter(seen.name_key.notnull()), "ref_place", ["name_key"])
    found = by_number.union(by_name).distinct().mutate(visited=ibis.literal(True))
    asked = places.semi_join(logged, "ref_place").left_join(found, "ref_place")
    return asked.mutate(visited=asked.visited.fill_null(False)).drop("ref_place_right")


def grids_reached(visits: ir.Table, place: ir.Table) -> ir.Table:
    """Which grid each visit reached: ``community_key, grid_key, visitor, visited_on``.

    A visit that names only the place reached the grid that the place list puts it in.
    """
    columns = ("community_key", "grid_key", "visitor", "visited_on")
    seen = place_keys(located(visits), "place_name")
    direct = seen.filter(seen.grid_key.notnull()).select(*columns)
    bare = seen.filter(seen.grid_key.isnull()).drop("grid_key")
    listed = place_keys(located(place), "name")
    listed = listed.select("number_key", "name_key", "grid_key", place_community="community_key")
    found = direct
    for key in ("number_key", "name_key"):
        both = bare.join(listed.filter(listed[key].notnull() & listed.grid_key.notnull()), key)
        here = both.community_key.isnull() | both.place_community.isnull()
        both = both.filter(here | (both.community_key == both.place_community))
        found = found.union(both.select(*columns))
    return found.distinct()
