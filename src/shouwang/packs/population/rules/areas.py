"""Rules on areas: the officer who answers for each, the joint mechanism, the population's structure."""

from __future__ import annotations

import datetime as dt

import ibis
from ibis.expr import types as ir

from shouwang.packs.population import figures
from shouwang.packs.population.registers import side_by_side
from shouwang.risk.areas import community_key, grid_key, located, matched
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

_MECHANISM = r"(联防联控|警格联动|警网融合).*$"


def _in_force(rows: ir.Table, day: dt.date) -> ir.Table:
    """Rows whose term has begun and not ended on that day."""
    begun = rows.since.isnull() | (rows.since <= day)
    return rows.filter(begun & (rows.until.isnull() | (rows.until >= day)))


def _named(division: ir.Table) -> ir.Table:
    """Communities and grids of the list: ``ref_area, area, community_key, grid_key``.

    ``grid_key`` is null for a community; a community's own key comes from its name.
    """
    grid = (division.level == "网格").fill_null(False) | division.name.endswith("网格")
    below = division.filter(
        grid | (division.level == "社区").fill_null(False) | division.name.endswith("社区")
    )
    grid = (below.level == "网格").fill_null(False) | below.name.endswith("网格")
    return below.mutate(
        area=below.name,
        ref_area=below.ref_division,
        community_key=ibis.ifelse(
            grid,
            ibis.coalesce(community_key(below.parent), community_key(below.division)),
            community_key(below.name),
        ),
        grid_key=ibis.ifelse(grid, grid_key(below.name), ibis.null("string")),
    )


def _covering(rows: ir.Table) -> ir.Table:
    """What assignments and mechanisms cover: a community (``grid_key`` null) or one grid of it.

    The area is the name of a community (云溪社区, 云溪社区联防联控机制) or of a grid.
    """
    name = rows.area.re_replace(_MECHANISM, "")
    whole = name.re_search("(社区|村|居委会|居民委员会)$")
    return rows.mutate(
        community_key=ibis.ifelse(whole, community_key(name), community_key(rows.division)),
        grid_key=ibis.ifelse(whole, ibis.null("string"), grid_key(name)),
    )


def _covered(areas: ir.Table, covering: ir.Table) -> ir.Table:
    """``ref_area`` of the areas that are covered, by themselves or with their whole community."""
    whole = covering.filter(covering.grid_key.isnull() & covering.community_key.notnull())
    grids = covering.filter(covering.grid_key.notnull())
    own = matched(
        areas.filter(areas.grid_key.notnull()),
        grids.select("community_key", "grid_key"),
        "ref_area",
        ["grid_key"],
    )
    community = areas.join(whole.select("community_key").distinct(), "community_key").select("ref_area")
    # A community is covered too when every one of its grids may be: its grids are asked by themselves.
    by_grids = areas.filter(areas.grid_key.isnull()).join(
        grids.select("community_key").distinct(), "community_key"
    )
    return own.union(community).union(by_grids.select("ref_area")).distinct()


@rule(
    "population.area-without-officer",
    "辖区没有管片民警",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S1-01", "S1-09"],
    reads={"registry.division": None},
    optional={"population.beat_assignment": None},
    needs={"registry.division": ("beat_officer",)},
    remedy="商派出所明确一名管片民警负首责，并登记起止日期",
    risk_point="population.public-security",
    looks_alike="网格未单列民警、由所在社区的民警负责的；社区一级空白、民警写在各网格的",
)
def area_without_officer(t: Tables, p: ParameterView) -> Hits:
    """A community or grid for which neither the list of areas nor the assignments name an officer."""
    areas = _named(t.division)
    assigned = _in_force(t.beat_assignment, p.as_of)
    assigned = _covering(assigned.filter(~absent(assigned.officer))).select("community_key", "grid_key")
    listed = areas.filter(~absent(areas.beat_officer)).select("community_key", "grid_key")
    without = areas.anti_join(_covered(areas, assigned.union(listed)), "ref_area")
    return hits(
        without,
        subject=without.area,
        key=without.community_key,
        because="{area}没有写明由哪位管片民警负首责",
        evidence=["ref_division"],
    )


@rule(
    "population.grid-without-officer",
    "网格不在任何民警责任区内",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S1-09"],
    reads={"population.beat_assignment": None, "registry.place": None},
    optional={"registry.division": None},
    remedy="商派出所把该网格划入责任区，明确管片民警",
    risk_point="population.public-security",
    looks_alike="整个社区由一名民警负责的；网格清单里已写明民警的",
)
def grid_without_officer(t: Tables, p: ParameterView) -> Hits:
    """A grid with places to visit that no assignment in force covers; listed grids are asked elsewhere."""
    places = located(t.place)
    grids = places.filter(places.grid_key.notnull()).mutate(ref_area=places.ref_place, area=places.grid)
    assigned = _in_force(t.beat_assignment, p.as_of)
    assigned = _covering(assigned.filter(~absent(assigned.officer))).select("community_key", "grid_key")
    listed = _named(t.division).select("community_key", "grid_key")
    without = grids.anti_join(_covered(grids, assigned), "ref_area").anti_join(
        matched(grids, listed, "ref_area", ["grid_key"]), "ref_area"
    )
    return hits(
        without,
        subject=without.area,
        key=without.community_key,
        because="{area}有点位{n}处，不在任何管片民警的责任区内",
        evidence=["ref_place"],
    )


@rule(
    "population.area-with-two-officers",
    "同一责任区同时有两名民警负首责",
    severity=Severity.LOW,
    subject="division",
    seeds=["S1-09"],
    reads={"population.beat_assignment": "area"},
    remedy="明确其中一名负首责，另一名注明协助或离任日期",
    risk_point="population.public-security",
    looks_alike="前任已离任、后任接任的",
)
def area_with_two_officers(t: Tables, p: ParameterView) -> Hits:
    """One area with more than one officer in force: first responsibility is one person's."""
    rows = _in_force(t.beat_assignment, p.as_of)
    rows = rows.filter(~absent(rows.officer)).mutate(community=community_key(rows.division).fill_null(""))
    counted = rows.group_by("community", "area").aggregate(officers=rows.officer.nunique())
    several = rows.join(counted.filter(counted.officers > 1), ["community", "area"])
    return hits(
        several,
        subject=several.area,
        on=several.since,
        key=several.community,
        because="{area}同时由{officer}负首责",
    )


@rule(
    "population.area-without-mechanism",
    "辖区没有联防联控机制",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S1-37"],
    reads={"population.joint_mechanism": None},
    optional={"registry.division": None, "registry.place": None},
    remedy="由管片民警与网格员建立联防联控机制，登记成员和职责",
    risk_point="population.public-security",
    looks_alike="网格由所在社区的机制覆盖的；机制名称带“联防联控机制”字样的",
)
def area_without_mechanism(t: Tables, p: ParameterView) -> Hits:
    """A community or grid that no mechanism in force covers."""
    columns = ("ref_area", "area", "division", "community_key", "grid_key", "ref_division", "ref_place")
    divisions = _named(t.division).mutate(ref_place=ibis.null("int64")).select(*columns)
    places = located(t.place).mutate(
        area="grid", ref_area=-t.place.ref_place, ref_division=ibis.null("int64")
    )
    listed = divisions.select("community_key", "grid_key")
    places = places.filter(places.grid_key.notnull())
    places = places.anti_join(matched(places, listed, "ref_area", ["grid_key"]), "ref_area").select(*columns)
    areas = divisions.union(places)
    covering = _covering(_in_force(t.joint_mechanism, p.as_of)).select("community_key", "grid_key").distinct()
    without = areas.anti_join(_covered(areas, covering), "ref_area")
    return hits(
        without,
        subject=without.area,
        key=without.community_key,
        because="{area}没有登记联防联控机制",
        evidence=["ref_division", "ref_place"],
    )


@rule(
    "population.mechanism-incomplete",
    "联防联控机制缺民警或网格员",
    severity=Severity.LOW,
    subject="division",
    seeds=["S1-37"],
    reads={"population.joint_mechanism": "area"},
    needs={"population.joint_mechanism": ("role",)},
    remedy="补齐管片民警和网格员成员",
    risk_point="population.public-security",
    looks_alike="另有社区工作人员参加的",
)
def mechanism_incomplete(t: Tables, p: ParameterView) -> Hits:
    """A mechanism in force without an officer or without a grid worker among its members."""
    rows = _in_force(t.joint_mechanism, p.as_of).mutate(
        community=community_key(t.joint_mechanism.division).fill_null("")
    )
    counted = rows.group_by("community", "area").aggregate(
        officers=(rows.role == "民警").fill_null(False).cast("int64").sum(),
        workers=(rows.role == "网格员").fill_null(False).cast("int64").sum(),
    )
    lacking = rows.join(
        counted.filter((counted.officers == 0) | (counted.workers == 0)), ["community", "area"]
    )
    return hits(
        lacking,
        subject=lacking.area,
        on=lacking.since,
        key=lacking.community,
        because="{area}的联防联控机制有民警{officers}人、网格员{workers}人，缺少一方",
    )


@rule(
    "population.complex-structure",
    "人员结构复杂",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S1-33", "S1-34"],
    reads={"registry.person": None, "population.floating_person": None},
    uses=["population.complex_ratio"],
    remedy="列为重点社区，加密走访和研判，配足管片民警与网格员",
    risk_point="population.complex-structure",
    looks_alike="外来人口多但比例未达标准的；两本台账写的不是同一个社区、不能并列的",
)
def complex_structure(t: Tables, p: ParameterView) -> Hits:
    """Floating against registered persons of a community reach the ratio that counts as complex."""
    ratio = p["population.complex_ratio"]
    both = side_by_side(t.person, t.floating_person)
    return hits(
        both,
        where=both.floating >= both.registered * ibis.literal(ratio, "decimal(18, 6)"),
        subject=ibis.ifelse(both.area == "", ibis.literal("未写明社区"), both.area),
        because="户籍人口{registered}人，外来人口{floating}人，外来与户籍之比达到{ratio}",
        facts={"ratio": ibis.literal(ratio, "decimal(18, 6)")},
    )


@rule(
    "population.profile-complex",
    "社区概况显示人员结构复杂",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S1-14", "S1-33", "S1-34"],
    reads={"population.community_profile": "division"},
    needs={"population.community_profile": ("registered_population", "floating_population")},
    uses=["population.complex_ratio"],
    remedy="列为重点社区，加密走访和研判，配足管片民警与网格员",
    risk_point="population.complex-structure",
    looks_alike="外来人口多但比例未达标准的；数字写法不能读出的",
)
def profile_complex(t: Tables, p: ParameterView) -> Hits:
    """The same by the figures of the profile, which keep their qualifier in the sentence."""
    rows = t.community_profile
    ratio = ibis.literal(p["population.complex_ratio"], "decimal(18, 6)")
    floating = figures.number(rows.floating_population)
    return hits(
        rows,
        where=floating >= figures.number(rows.registered_population) * ratio,
        subject=rows.division,
        on=rows.stated_on,
        because="户籍人口{registered_population}，外来人口{floating_population}，外来与户籍之比达到{ratio}",
        facts={"ratio": ratio},
    )
