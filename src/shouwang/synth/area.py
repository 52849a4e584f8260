"""The area: its grids and officers, the places in it, the visits on foot, the screening and its summaries."""

from __future__ import annotations

import datetime as dt

from shouwang.synth import vocabulary as words
from shouwang.synth.site import Site

ROUNDS = ("上半年排查", "下半年排查")


def staff(site: Site) -> None:
    """Draw who works in the community: a worker for each grid, one beat officer, two at the desk."""
    site.staff = {
        "workers": [site.person_name(True) for _ in site.grids],
        "officer": [site.person_name(True) + "警"],
        "desk": [site.person_name(False), site.person_name(False)],
        "reviewer": [site.person_name(True)],
    }


def build(site: Site) -> None:
    """Fill the ledgers of the area. Staff must be drawn."""
    _divisions(site)
    _places(site)
    _visits(site)
    _summaries(site)
    _task(site)


def round_of(site: Site, number: int) -> tuple[dt.date, dt.date, dt.date]:
    """First day, last day and day of signing of a round of screening."""
    if number == 0:
        return site.day(3, 1), site.day(6, 30), site.day(7, 4)
    return site.day(7, 1), site.day(11, 30), site.day(12, 4)


def _divisions(site: Site) -> None:
    officer, station = site.staff["officer"][0], words.STREETS[site.index % len(words.STREETS)][:2] + "派出所"
    parent = site.division
    site.add(
        "registry.division",
        code=site.code,
        name=site.name,
        level="社区",
        parent=words.STREETS[site.index % len(words.STREETS)],
        beat_officer=officer,
        police_station=station,
    )
    since = site.day(3, 1, -2)
    areas = [site.name, *(site.grids if site.settings.coded else [])]
    for area in areas:
        site.add(
            "population.beat_assignment",
            area=area,
            officer=officer,
            police_no=f"JH{site.index:05d}",
            station=station,
            since=since,
            phone=site.phone(),
        )
        for member, role, duty in (
            (officer, "民警", "研判处置"),
            (site.staff["workers"][0], "网格员", "走访上报"),
            (site.staff["desk"][0], "社区工作人员", "台账汇总"),
        ):
            site.add(
                "population.joint_mechanism",
                area=area + "联防联控机制",
                member=member,
                role=role,
                duty=duty,
                since=since,
                phone=site.phone(),
            )
    for number, (grid, worker) in enumerate(zip(site.grids, site.staff["workers"], strict=True), start=1):
        site.add(
            "registry.division",
            code=f"{site.code}{number:03d}",
            name=grid,
            level="网格",
            parent=parent,
            grid_worker=worker,
            grid_worker_phone=site.phone(),
            beat_officer=officer,
            police_station=station,
        )
    people = site.people
    site.add(
        "population.community_profile",
        boundary_east="东河",
        boundary_south="南环路",
        boundary_west="西山",
        boundary_north="北环路",
        compounds=2,
        schools=1,
        markets=1,
        registered_households=f"{len(people.sizes)}户",
        registered_population=f"{len(people)}余人",
        floating_population=f"约{len(site.table('population.floating_person'))}人",
        stated_on=site.as_of,
    )


def _places(site: Site) -> None:
    count = 6 + min(40, site.size // 250)
    stem = site.name.removesuffix("社区")
    for k in range(count):
        kind = ("居民小区", "居民小区", "居民点", "辖区企业")[k % 4]
        name = (
            site.employers[k % len(site.employers)][0]
            if kind == "辖区企业"
            else f"{stem}{kind[-2:]}{k + 1}号楼"
        )
        site.add(
            "registry.place",
            place_no=f"DW{site.index + 1:03d}-{k + 1:03d}",
            name=name if kind != "辖区企业" else f"{name}（{k + 1}号厂房）",
            kind=kind,
            address=f"{stem}路{k * 2 + 1}号",
            grid=site.grids[k % len(site.grids)],
        )


def visit(site: Site, place: int, day: dt.date, officer: bool, **more: object) -> int:
    """Add a visit to the ``place``-th place."""
    row = site.table("registry.place").row(place)
    grid = site.grids.index(row["grid"])
    return site.add(
        "population.visit",
        **{
            "visited_on": day,
            "grid": row["grid"],
            "place_no": row["place_no"],
            "place_name": row["name"],
            "visitor": site.staff["officer"][0] if officer else site.staff["workers"][grid],
            "role": "民警" if officer else "网格员",
            "found": "未见异常",
            "reported": "否",
            **more,
        },
    )


def _visits(site: Site) -> None:
    """Every place twice by the grid worker, every grid in both rounds by the officer."""
    places = len(site.table("registry.place"))
    for place in range(places):
        for month in (site.any(1, 6), site.any(7, 12)):
            day = site.day(month, site.any(1, 20))
            if site.rng.random() < 0.2:
                site_report(site, place, day, site.any(0, 7))
            else:
                visit(site, place, day, officer=False)
    for place in range(min(places, len(site.grids))):
        visit(site, place, site.day(4, site.any(3, 28)), officer=True)
        visit(site, place, site.day(9, site.any(3, 28)), officer=True)


def site_report(site: Site, place: int, day: dt.date, waited: int | None) -> int:
    """A visit whose find was reported, and assessed so many days later (or never)."""
    return visit(
        site,
        place,
        day,
        officer=False,
        found=site.one(words.FOUND[1:]),
        reported="是",
        report_no=site.number("SB"),
        reported_on=day,
        assessed_on=None if waited is None else day + dt.timedelta(days=waited),
        assessor=None if waited is None else site.staff["officer"][0],
    )


def summary(site: Site, grid: str, number: int, **more: object) -> int:
    """Add the signed summary of a grid's round."""
    begins, ends, signed = round_of(site, number)
    return site.add(
        "population.screening_summary",
        **{
            "summary_no": site.number("HZ"),
            "grid": grid,
            "campaign": ROUNDS[number],
            "period_from": begins,
            "period_to": ends,
            "persons": site.any(20, 200),
            "maker": site.staff["desk"][0],
            "signer": site.staff["officer"][0],
            "signed_on": signed,
            **more,
        },
    )


def _summaries(site: Site) -> None:
    for grid in site.grids:
        for number in (0, 1):
            summary(site, grid, number)


def _task(site: Site) -> None:
    for number in (0, 1):
        begins, ends, _ = round_of(site, number)
        site.add(
            "population.screening_task",
            task_no=site.number("RW"),
            title=f"{site.year}年{ROUNDS[number]}",
            campaign=ROUNDS[number],
            issuer=words.COUNTY + "人民政府",
            scope="全部外来人口",
            issued_on=begins - dt.timedelta(days=9),
            starts_on=begins,
            due_on=ends,
            finished_on=ends - dt.timedelta(days=2),
            responsible=site.staff["desk"][0],
        )
