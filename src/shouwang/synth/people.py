"""The registered people of a community: households, ages, what each does, deaths, disability."""

from __future__ import annotations

import numpy as np
import polars as pl

from shouwang.synth import vocabulary as words
from shouwang.synth.numbers import Array, block, either, padded, phones, resident_ids, sequences
from shouwang.synth.site import (
    EMPLOYED,
    FLEXIBLE,
    IDLE,
    JOBLESS,
    NEVER,
    PUPIL,
    RETIRED,
    TRADER,
    People,
    Site,
)

WOMEN_RETIRE, MEN_RETIRE = 55, 60


def build(site: Site) -> None:
    """Draw the people and fill the registers of persons, households, deaths and disability."""
    people = _draw(site)
    site.people = people
    _work(site, people)
    _deaths(site, people)
    _registers(site, people)
    _pools(site, people)


def _household_sizes(site: Site) -> Array:
    """Sizes that add up to the residents; small ones where many households draw allowances."""
    # A household draws at most one allowance, so that a high share needs more, smaller households.
    many = site.settings.share_dibao > 0.25
    chances = [0.55, 0.33, 0.12] if many else [0.16, 0.30, 0.28, 0.16, 0.10]
    sizes = site.rng.choice(np.arange(1, len(chances) + 1), size=site.size, p=chances)
    upto = np.cumsum(sizes)
    count = int(np.searchsorted(upto, site.size)) + 1
    sizes = sizes[:count]
    sizes[-1] -= int(upto[count - 1]) - site.size
    return np.asarray(sizes)


def _draw(site: Site) -> People:
    rng, n = site.rng, site.size
    sizes = _household_sizes(site)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    household = np.repeat(np.arange(len(sizes)), sizes)
    position = np.arange(n) - starts[household]
    head_age = np.clip(rng.normal(52, 15, len(sizes)), 24, 92).astype(int)[household]
    head_male = (rng.random(len(sizes)) < 0.62)[household]
    spouse = (position == 1) & (rng.random(len(sizes)) < 0.8)[household]
    parent = (position >= 2) & (head_age < 60) & (rng.random(n) < 0.15)
    child = (position >= 1) & ~spouse & ~parent
    age = head_age.copy()
    age = np.where(spouse, np.maximum(22, head_age + rng.integers(-4, 5, n)), age)
    age = np.where(child, np.maximum(0, head_age - rng.integers(23, 36, n)), age)
    age = np.where(parent, np.minimum(96, head_age + rng.integers(22, 31, n)), age)
    male = np.where(position == 0, head_male, np.where(spouse, ~head_male, rng.random(n) < 0.51))
    born = np.datetime64(site.as_of, "D") - (age * 365.25 + rng.integers(3, 362, n)).astype(int)
    days = yyyymmdd(born)
    region, first = block(site.index, floating=False)
    ids = resident_ids(region, days, sequences(days, male, first))
    poor = np.zeros(len(sizes), bool)
    poor[rng.permutation(len(sizes))[: round(n * site.settings.share_dibao)]] = True
    return People(
        household=household,
        position=position,
        male=male,
        born=born,
        age=(int(site.as_of.strftime("%Y%m%d")) - days) // 10_000,
        work=np.full(n, IDLE),
        died=np.full(n, NEVER),
        names=_names(site, household, child, male),
        ids=ids,
        starts=starts,
        sizes=sizes,
        poor=poor,
    )


def yyyymmdd(days: Array) -> Array:
    """Days as whole numbers of eight digits."""
    year = days.astype("datetime64[Y]").astype(int) + 1970
    month = days.astype("datetime64[M]").astype(int) % 12 + 1
    day = (days - days.astype("datetime64[M]")).astype(int) + 1
    return np.asarray(year * 10_000 + month * 100 + day, np.int64)


def names(site: Site, male: Array, surnames: Array | None = None) -> pl.Series:
    """Names of a surname and one or two characters."""
    n = len(male)
    rng = site.rng
    if surnames is None:
        surnames = rng.integers(0, len(words.SURNAMES), n)
    first_m, second_m = rng.integers(0, len(words.MALE), (2, n))
    first_f, second_f = rng.integers(0, len(words.FEMALE), (2, n))
    table = pl.DataFrame(
        {
            "s": words.SURNAMES.gather(surnames),
            "m": words.MALE.gather(first_m),
            "mm": words.MALE.gather(second_m),
            "f": words.FEMALE.gather(first_f),
            "ff": words.FEMALE.gather(second_f),
            "male": male,
            "short": rng.random(n) < 0.2,
        }
    )
    male_name = pl.col("m") + pl.when("short").then(pl.lit("")).otherwise("mm")
    female_name = pl.col("f") + pl.when("short").then(pl.lit("")).otherwise("ff")
    return table.select(pl.col("s") + pl.when("male").then(male_name).otherwise(female_name)).to_series()


def _names(site: Site, household: Array, child: Array, male: Array) -> pl.Series:
    count = int(household[-1]) + 1
    family = site.rng.integers(0, len(words.SURNAMES), count)[household]
    own = site.rng.integers(0, len(words.SURNAMES), len(household))
    head = np.concatenate([[True], household[1:] != household[:-1]])
    return names(site, male, np.where(child | head, family, own))


def _work(site: Site, people: People) -> None:
    """Who works how. Members of dibao households keep to jobs that leave them poor."""
    chance = site.rng.random(len(people))
    old = people.age >= np.where(people.male, MEN_RETIRE, WOMEN_RETIRE)
    grown = (people.age >= 22) & ~old
    free = ~people.poor_person
    steps = [(EMPLOYED, 0.30), (FLEXIBLE, 0.38), (TRADER, 0.43), (JOBLESS, 0.47)]
    work = np.where(people.age < 18, PUPIL, IDLE)
    floor = 0.0
    for kind, upto in steps:
        work = np.where(grown & free & (chance >= floor) & (chance < upto), kind, work)
        floor = upto
    work = np.where(old & (chance < np.where(free, 0.8, 0.45)), RETIRED, work)
    people.work = work


def _deaths(site: Site, people: People) -> None:
    """Old people outside dibao who died between January and mid-November, so that all is settled."""
    old = np.flatnonzero((people.age >= 66) & ~people.poor_person)
    dead = site.rng.permutation(old)[: max(2, len(people) // 150)]
    first = np.datetime64(site.day(1, 3), "D")
    people.died[dead] = first + site.rng.integers(0, 310, len(dead))


def _registers(site: Site, people: People) -> None:
    rng, n = site.rng, len(people)
    count = len(people.sizes)
    homes = np.arange(count)
    compound = site.name.removesuffix("社区") + site.one(words.COMPOUNDS)
    short = f"{site.index + 1:03d}"
    dwelling = short + "-" + padded(homes + 1, 5)
    block_no = padded(homes // 60 + 1, 1)
    unit = padded(homes % 60 // 15 + 1, 1)
    room = padded((homes % 15 // 3 + 1) * 100 + homes % 3 + 1, 1)
    address = compound + block_no + "幢" + unit + "单元" + room + "室"
    grid = pl.Series(site.grids).gather(homes * len(site.grids) // count)
    numbers = "HK" + short + padded(homes + 1, 5)
    phone = phones(rng.integers(0, 10_000, n))
    heads = people.starts
    site.dwelling = {"compound": compound, "dwelling": dwelling, "address": address, "grid": grid}
    site.put(
        "registry.household",
        {
            "household_no": numbers,
            "name": people.names.gather(heads),
            "person": people.ids.gather(heads),
            "members": people.sizes,
            "dwelling": dwelling,
            "address": address,
            "grid": grid,
            "phone": phone.gather(heads),
        },
        count,
    )
    dead = people.died != NEVER
    told = np.minimum(people.died + rng.integers(2, 26, n), np.datetime64(site.as_of, "D"))
    gone = (
        (rng.random(n) < 0.01) & (people.position > 0) & (people.work == IDLE) & ~people.poor_person & ~dead
    )
    moved_on = np.datetime64(site.day(1, 1, -2), "D") + rng.integers(0, 700, n)
    status_on = pl.Series(np.where(dead, told, moved_on)).cast(pl.Date)
    relation = np.where(
        people.position == 0,
        "户主",
        np.where(
            (people.position == 1) & (np.abs(people.age - people.age[heads][people.household]) < 15),
            np.where(people.male, "夫", "妻"),
            np.where(
                people.age > people.age[heads][people.household],
                np.where(people.male, "父", "母"),
                np.where(people.male, "子", "女"),
            ),
        ),
    )
    of = people.household
    site.put(
        "registry.person",
        {
            "household_no": numbers.gather(of),
            "head": people.names.gather(heads[of]),
            "name": people.names,
            "relation": pl.Series(relation),
            "sex": either(people.male, "男", "女"),
            "person": people.ids,
            "birth_date": pl.Series(people.born),
            "compound": compound,
            "dwelling": dwelling.gather(of),
            "address": address.gather(of),
            "grid": grid.gather(of),
            "phone": phone,
            "status": pl.Series(np.where(dead, "死亡", np.where(gone, "迁出", "正常"))),
            "status_on": pl.select(pl.when(pl.Series(dead | gone)).then(status_on)).to_series(),
            "note": None,
        },
        n,
    )
    # Who moved out stands in no other ledger.
    people.work = np.where(gone, PUPIL, people.work)
    for i in np.flatnonzero(dead):
        site.add(
            "registry.death",
            name=people.names[int(i)],
            sex="男" if people.male[i] else "女",
            person=people.ids[int(i)],
            died_on=people.died[i].item(),
            address=address[int(of[i])],
            cause=site.one(words.CAUSES),
            certificate_no=site.number("SW"),
            cancelled_on=told[i].item(),
            kin_name=people.names[int(heads[of[i]])],
            phone=phone[int(heads[of[i]])],
        )
    _disabled(site, people)


def _disabled(site: Site, people: People) -> None:
    """One in twenty-five holds a card: 20 characters, the ID with the kind and the level."""
    rng = site.rng
    chance = np.where(people.poor_person, 0.15, 0.03)
    some = np.flatnonzero((rng.random(len(people)) < chance) & (people.age >= 6) & (people.died == NEVER))
    kinds = ["视力", "听力", "言语", "肢体", "智力", "精神"]
    kind, level = rng.integers(0, len(kinds), len(some)), rng.integers(1, 5, len(some))
    ids = people.ids.gather(some)
    issued = np.datetime64(site.day(1, 5, -9), "D") + rng.integers(0, 3000, len(some))
    site.put(
        "registry.disability",
        {
            "name": people.names.gather(some),
            "sex": either(people.male[some], "男", "女"),
            "person": ids,
            "card_no": ids + padded(kind + 1, 1) + padded(level, 1),
            "kind": pl.Series(kinds).gather(kind),
            "level": pl.Series(["一级", "二级", "三级", "四级"]).gather(level - 1),
            "issued_on": pl.Series(issued),
            "valid_until": pl.Series(issued + 3652),
            "phone": phones(rng.integers(0, 10_000, len(some))),
        },
        len(some),
    )
    site.dwelling["disabled"] = np.isin(np.arange(len(people)), some)


def _pools(site: Site, people: People) -> None:
    """Persons whom plants may use: nobody is drawn twice, nobody is drawn who died."""
    alive = (people.died == NEVER) & ~site.dwelling["disabled"]
    idle = alive & (people.work == IDLE) & (people.age >= 22) & (people.age < 52) & ~people.poor_person
    site.pool("idle", np.flatnonzero(idle))
    retired = alive & (people.work == RETIRED) & ~people.poor_person & (people.age >= 62)
    site.pool("retired", np.flatnonzero(retired & (people.age < 90)))
    others = alive & ~people.poor_person & (people.age >= 18) & (people.age < 90)
    others &= np.isin(people.work, (EMPLOYED, TRADER, JOBLESS))
    site.pool("patient", np.flatnonzero(others & (people.household % 2 == 0)))
    site.pool("man", np.flatnonzero(others & people.male & (people.household % 2 == 1)))
    site.pool("woman", np.flatnonzero(others & ~people.male & (people.household % 2 == 1)))
    site.pool("flexible", np.flatnonzero(alive & (people.work == FLEXIBLE)))
