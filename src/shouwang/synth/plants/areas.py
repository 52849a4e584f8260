"""Cases of areas and of the screening on foot: S1-01, S1-09, S1-22, S1-23, S1-33 to S1-40.

A case about a whole community needs one of its own: a hamlet that stands in the few ledgers the
case is about, and nowhere else.
"""

from __future__ import annotations

import datetime as dt

from shouwang.synth import area, records
from shouwang.synth.plants.persons import entry
from shouwang.synth.plants.registry import plant
from shouwang.synth.records import assistance, office
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row


def hamlet(site: Site) -> str:
    """The name of a community that nothing else is known of."""
    return f"{site.name.removesuffix('社区')}{site.serial()}组社区"


def stem(site: Site) -> str:
    """The name of the community without its kind."""
    return site.name.removesuffix("社区")


def listed(site: Site, name: str, officer: str | None) -> None:
    """List a community in the town whose posts are all held."""
    office.appoint(site, name, office.posts("community"))
    site.add(
        "registry.division",
        code=site.number("9999"),
        name=name,
        level="社区",
        parent="望河街道",
        beat_officer=officer,
        division=name,
    )


def mechanism(site: Site, name: str, roles: tuple[str, ...] = ("民警", "网格员")) -> None:
    for role in roles:
        site.add(
            "population.joint_mechanism",
            area=name,
            member=site.official(),
            role=role,
            duty="联防",
            since=site.day(1, 5),
            division=name,
        )


@plant("population.area-without-officer")
def area_without_officer(site: Site, near: bool) -> tuple[str, str]:
    """No officer for a community; one assigned elsewhere for the near miss."""
    name = hamlet(site)
    listed(site, name, None)
    mechanism(site, name)
    if near:
        _assign(site, name, site.day(1, 5), None)
    return name, "清单未写民警" + ("，责任区台账已写" if near else "")


def _assign(site: Site, name: str, since: dt.date, until: dt.date | None) -> None:
    site.add(
        "population.beat_assignment",
        area=name,
        officer=site.official(),
        police_no=site.number("JH"),
        station="望河派出所",
        since=since,
        until=until,
        division=name,
    )


@plant("population.grid-without-officer")
def grid_without_officer(site: Site, near: bool) -> tuple[str, str]:
    """A grid with places that no assignment covers; its community is assigned for the near miss."""
    name, grid = hamlet(site), f"{stem(site)}边{site.serial()}网格"
    site.add(
        "registry.place",
        place_no=site.number("DWX"),
        name=f"{name}值守点",
        kind="居民点",
        grid=grid,
        division=name,
    )
    mechanism(site, name)
    if near:
        _assign(site, name, site.day(1, 5), None)
    return grid, "网格不在任何责任区内" if not near else "整个社区由一名民警负责"


@plant("population.area-with-two-officers")
def area_with_two_officers(site: Site, near: bool) -> tuple[str, str]:
    """Two officers in force for one area; the first has left for the near miss."""
    name = hamlet(site)
    _assign(site, name, site.day(1, 5, -2), site.day(3, 31) if near else None)
    _assign(site, name, site.day(4, 1), None)
    return name, "前任已离任" if near else "两名民警同时负首责"


@plant("population.area-without-mechanism")
def area_withoutmechanism(site: Site, near: bool) -> tuple[str, str]:
    """No joint mechanism; one whose name says so for the near miss."""
    name = hamlet(site)
    listed(site, name, site.official())
    if near:
        for role in ("民警", "网格员"):
            site.add(
                "population.joint_mechanism",
                area=name + "警格联动机制",
                member=site.official(),
                role=role,
                since=site.day(1, 5),
                division=name,
            )
    return name, "联防联控机制" + ("名称带后缀" if near else "未建立")


@plant("population.mechanism-incomplete")
def mechanism_incomplete(site: Site, near: bool) -> tuple[str, str]:
    """A mechanism without grid workers; with community workers besides for the near miss."""
    name = hamlet(site)
    mechanism(site, name, ("民警", "网格员", "社区工作人员") if near else ("民警", "社区工作人员"))
    return name, "机制" + ("另有社区工作人员" if near else "缺网格员")


@plant("population.complex-structure")
def complex_structure(site: Site, near: bool) -> tuple[str, str]:
    """Six floating for four registered, which is the ratio; five for the near miss."""
    name = hamlet(site)
    for _ in range(4):
        own, person, man = site.stranger()
        site.add(
            "registry.person",
            household_no=site.number("HKX"),
            head=own,
            name=own,
            relation="户主",
            sex="男" if man else "女",
            person=person,
            status="正常",
            division=name,
        )
    for _ in range(5 if near else 6):
        own, person, man = site.stranger()
        entry(site, own, person, division=name)
    return name.removesuffix("社区"), f"户籍4人，外来{5 if near else 6}人"


@plant("population.profile-complex")
def profile_complex(site: Site, near: bool) -> tuple[str, str]:
    """The same by the figures of a profile, with their qualifiers."""
    name = hamlet(site)
    site.add(
        "population.community_profile",
        registered_households="150户",
        registered_population="400余人",
        floating_population="约590人" if near else "约600人",
        stated_on=site.as_of,
        division=name,
    )
    return name, "外来与户籍之比" + ("略低于标准" if near else "达到标准")


@plant("population.place-not-visited")
def place_not_visited(site: Site, near: bool) -> tuple[str, str]:
    """A place that nobody visited; visited under its name alone for the near miss."""
    number, name = site.number("DWX"), f"{stem(site)}新增{site.serial()}号楼"
    place = site.add("registry.place", place_no=number, name=name, kind="居民小区", grid=site.grids[0])
    if near:
        area.visit(site, place, site.day(11, 14), officer=False, place_no=None)
    return number, "走访记录只写了名称" if near else "没有一次走访"


@plant("population.grid-without-visits")
def grid_without_visits(site: Site, near: bool) -> tuple[str, str]:
    """A grid that nobody visited; visited by the name of its place for the near miss."""
    grid = f"{stem(site)}{site.serial()}片网格"
    site.add(
        "registry.division",
        code=site.number("9999"),
        name=grid,
        level="网格",
        parent=site.division,
        grid_worker=site.official(),
        beat_officer=site.staff["officer"][0],
    )
    if site.settings.coded:
        for role in ("民警", "网格员"):
            site.add(
                "population.joint_mechanism",
                area=grid,
                member=site.official(),
                role=role,
                since=site.day(1, 5),
            )
    if near:
        site.add(
            "registry.place", place_no=site.number("DWX"), name=f"{grid}活动点", kind="居民点", grid=grid
        )
        site.add(
            "population.visit",
            visited_on=site.day(8, 8),
            place_name=f"{grid}活动点",
            role="网格员",
            visitor=site.staff["workers"][0],
            found="未见异常",
            reported="否",
        )
    return grid, "走访记录未写网格" if near else "全年无走访"


@plant("population.signed-without-visit")
def signed_without_visit(site: Site, near: bool) -> tuple[str, str]:
    """Signed by somebody who was never there; there on the day of signing for the near miss."""
    signer = site.official()
    signed = area.round_of(site, 1)[2]
    number = area.summary(site, site.grids[-1], 1, campaign=f"补充排查{site.serial()}", signer=signer)
    if near:
        place = len(site.grids) - 1
        area.visit(site, place, signed, officer=True, visitor=f"{site.staff['workers'][-1]}、{signer}")
    row = site.table("population.screening_summary").row(number)
    return str(row["summary_no"]), "签字当天到过现场" if near else "签字前没有走访"


@plant("population.report-not-assessed")
def report_not_assessed(site: Site, near: bool) -> tuple[str, str]:
    """A report that waited longer than a week, or still waits; exactly a week for the near miss."""
    waited = 7 if near else site.one((None, 8, 15, 30))
    number = area.site_report(site, 0, site.day(site.any(2, 10), site.any(1, 25)), waited)
    row = site.table("population.visit").row(number)
    return str(row["report_no"]), "至今未研判" if waited is None else f"{waited}天后研判"


def _task(site: Site, **changes: object) -> str:
    row: Row = {
        **site.table("population.screening_task").row(0),
        "task_no": site.number("RW"),
        "title": site.number("专项排查"),
        "due_on": site.day(9, 30),
        "finished_on": site.day(9, 28),
    }
    row |= changes
    site.table("population.screening_task").add(row)
    return str(row["task_no"])


@plant("population.task-unfinished")
def task_unfinished(site: Site, near: bool) -> tuple[str, str]:
    """Past its term and not finished; due today for the near miss."""
    due = site.as_of if near else site.day(9, 30)
    return _task(site, due_on=due, finished_on=None), f"应于{due}完成"


@plant("population.task-without-order", near=False)
def task_without_order(site: Site, near: bool) -> tuple[str, str]:
    """Nobody ordered it."""
    return _task(site, issuer=None), "没有下达单位"


@plant("insurance.retiree-growth")
def retiree_growth(site: Site, near: bool) -> tuple[str, str]:
    """Retirees grew by more than a fifth; by exactly a fifth for the near miss."""
    name = hamlet(site)
    for k in range(12 if near else 8):
        own, person, man = site.stranger(age=66)
        site.add(
            "registry.retirement",
            name=own,
            sex="男" if man else "女",
            person=person,
            former_employer="外地企业",
            retired_on=site.day(3, 10, 0 if k < 2 else -4),
            pension=yuan(2000),
            division=name,
        )
    return name, f"上年末{10 if near else 6}人，本年新增2人"


@plant("insurance.audit-one-sided")
def audit_one_sided(site: Site, near: bool) -> tuple[str, str]:
    """All audits of a year on one side; both sides for the near miss."""
    name = hamlet(site)
    for scope in ("缴费", "待遇" if near else "缴费"):
        records.add(site, "insurance.audit", scope=scope, division=name)
    return name, "稽核" + ("缴费、待遇都有" if near else "全部是缴费")


@plant("insurance.audit-coverage-low")
def audit_coverage_low(site: Site, near: bool) -> tuple[str, str]:
    """One unit of four was audited; three of ten, the floor, for the near miss."""
    name = hamlet(site)
    for k in range(10 if near else 4):
        unit, code = f"{name}{k + 1}号单位", site.credit_code()
        site.add(
            "insurance.insured_unit",
            unit_no=site.number("DW"),
            unit=unit,
            credit_code=code,
            employees=5,
            insured=5,
            status="正常",
            division=name,
        )
        if k < (3 if near else 1):
            records.add(site, "insurance.audit", unit=unit, credit_code=code)
    return name, "稽核覆盖" + ("三成" if near else "四分之一")


@plant("insurance.supervision-without-plan")
def supervision_without_plan(site: Site, near: bool) -> tuple[str, str]:
    """Supervised in a year without a plan; in one with a plan for the near miss."""
    name = hamlet(site)
    records.add(
        site, "insurance.supervision", supervised_on=site.day(5, 9, -1 if near else -2), division=name
    )
    return name, f"{site.year - (1 if near else 2)}年监管" + ("有计划" if near else "没有计划")


@plant("assistance.fund-shortfall-ahead")
def fund_shortfall_ahead(site: Site, near: bool) -> tuple[str, str]:
    """The balance does not last three months; it does to the yuan for the near miss."""
    name = hamlet(site)
    assistance.fund(site, name, yuan(450_000 if near else 440_000))
    return name, "结余" + ("刚够三个月" if near else "不够三个月")
