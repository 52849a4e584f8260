"""Cases of persons in the registers and in the screening ledger: S1-12 to S1-17, S1-20, S1-24."""

from __future__ import annotations

import datetime as dt

from shouwang.synth.plants.acts import die
from shouwang.synth.plants.posts import change_worker, worker
from shouwang.synth.plants.registry import plant
from shouwang.synth.site import Site
from shouwang.synth.table import Row

FLOATING = "population.floating_person"
REGISTER = "registry.person"


def entry(site: Site, name: str, person: str, **changes: object) -> int:
    """Add an entry of the screening ledger like the first one, for another person."""
    base = site.table(FLOATING).base.row(0, named=True)
    row: Row = {
        **base,
        "name": name,
        "person": person,
        "sex": "男" if int(person[16]) % 2 else "女",
        "employer": None,
        "found_in": "居民小区",
        "dwelling": f"C{site.index + 1:03d}-9{site.serial():04d}",
        "place_name": "租住小区",
        "address": f"租住小区{site.serial()}号",
    }
    return site.table(FLOATING).add({**row, **changes})


@plant("population.in-both-registers")
def in_both_registers(site: Site, near: bool) -> tuple[str, str]:
    """A registered person in the screening ledger; moved out for the near miss."""
    name, person = site.who(site.draw("idle"))
    entry(site, name, person)
    if near:
        (number,) = site.table(REGISTER).where("person", person)
        site.table(REGISTER).set(number, status="迁出", status_on=site.day(1, 15))
    return person, "户籍" + ("已迁出" if near else "在册") + "，又登记为外来人口"


@plant("population.duplicate-entry")
def duplicate_entry(site: Site, near: bool) -> tuple[str, str]:
    """Two entries in one round; one of them in the year before for the near miss."""
    row = site.table(FLOATING).row(site.draw("guest"))
    other: Row = {}
    if near:
        other = {
            "campaign": f"{site.year - 1}年外来人口排查",
            "screened_on": row["screened_on"] - dt.timedelta(days=330),
        }
    entry(site, row["name"], row["person"], **other)
    return row["person"], "两年各登记一次" if near else "同一轮登记两次"


@plant("population.worker-not-in-ledger")
def worker_not_in_ledger(site: Site, near: bool) -> tuple[str, str]:
    """A migrant worker without an entry; left before the screening for the near miss."""
    row = worker(site, "migrant")
    for number in site.table(FLOATING).where("person", row["person"]):
        site.table(FLOATING).drop(number)
    if near:
        change_worker(site, row, left_on=site.day(2, 15))
    return row["person"], "外来职工未登记" + ("，排查前已离职" if near else "")


@plant("population.overcrowded")
def overcrowded(site: Site, near: bool) -> tuple[str, str]:
    """Eleven and more in one dwelling; ten, the limit, for the near miss."""
    dwelling = f"C{site.index + 1:03d}-8{site.serial():04d}"
    count = 10 if near else site.any(11, 14)
    for _ in range(count):
        name, person, _man = site.stranger()
        entry(site, name, person, dwelling=dwelling, address="群租楼" + dwelling[-2:] + "室")
    return dwelling, f"一套房屋登记{count}人"


@plant("population.dead-still-registered")
def dead_still_registered(site: Site, near: bool) -> tuple[str, str]:
    """Dead for more than 30 days and still in the register; for fewer for the near miss."""
    _, person = site.who(site.draw("idle"))
    day = site.day(12, site.any(3, 20)) if near else site.day(site.any(2, 10), site.any(1, 25))
    die(site, person, day, register=False)
    return person, f"{day}死亡，户籍状态正常"


@plant("population.dead-floating")
def dead_floating(site: Site, near: bool) -> tuple[str, str]:
    """A dead person's entry is still open; dead for fewer than 30 days for the near miss."""
    row = site.table(FLOATING).row(site.draw("guest"))
    day = site.day(12, site.any(3, 20)) if near else row["screened_on"] + dt.timedelta(days=10)
    day = min(day, site.day(11, 28)) if not near else day
    site.add(
        "registry.death",
        name=row["name"],
        sex=row["sex"],
        person=row["person"],
        died_on=day,
        cause="疾病",
        certificate_no=site.number("SW"),
    )
    return row["person"], f"{day}死亡，外来人口台账仍在住"


@plant("population.entry-without-place")
def entry_without_place(site: Site, near: bool) -> tuple[str, str]:
    """Neither kind nor name of the place; the name alone for the near miss."""
    name, person, _ = site.stranger()
    entry(site, name, person, found_in=None, place_name="租住小区" if near else None)
    return person, "只写了名称" if near else "没有写明在何处发现"


@plant("population.worker-without-employer")
def worker_without_employer(site: Site, near: bool) -> tuple[str, str]:
    """Found in an enterprise that is not named; named as the place for the near miss."""
    name, person, _ = site.stranger()
    entry(site, name, person, found_in="辖区企业", place_name=site.employers[0][0] if near else None)
    return person, "在企业发现，" + ("名称栏写了企业" if near else "没有用工企业")


@plant("population.employer-not-linked")
def employer_not_linked(site: Site, near: bool) -> tuple[str, str]:
    """On a roster, but the entry names no employer; joined after the screening for the near miss."""
    row = worker(site, "migrant")
    for number in site.table(FLOATING).where("person", row["person"]):
        values: Row = {"employer": None, "found_in": "居民小区", "place_name": "租住小区"}
        if near:
            # Between arrival and joining, the year before: the roster's date is early that November.
            values |= {"screened_on": row["joined_on"] - dt.timedelta(days=3)}
        site.table(FLOATING).set(number, **values)
    return row["person"], "工作单位栏空" + ("，其后才入职" if near else "")
