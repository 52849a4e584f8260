"""Work in a community: employers and their workers from near and far, contributions, traders, the jobless."""

from __future__ import annotations

import numpy as np
import polars as pl

from shouwang.synth import vocabulary as words
from shouwang.synth.numbers import (
    Array,
    block,
    credit_codes,
    either,
    money,
    padded,
    phones,
    resident_ids,
    sequences,
)
from shouwang.synth.people import names, yyyymmdd
from shouwang.synth.settings import CAP, FLOOR
from shouwang.synth.site import EMPLOYED, FLEXIBLE, JOBLESS, NEVER, TRADER, Site

SHARES = {
    "unit_pension": 1600,
    "unit_medical": 800,
    "unit_unemployment": 50,
    "unit_injury": 20,
    "unit_maternity": 80,
    "own_pension": 800,
    "own_medical": 200,
    "own_unemployment": 50,
}
"""Contributions in ten-thousandths of the base."""


def build(site: Site) -> None:
    """Fill the ledgers of work. People must be there."""
    guests = _floating(site)
    _employers(site, guests)
    workers = _employment(site, guests)
    _contributions(site, workers)
    _traders(site)
    _jobless(site)


def _floating(site: Site) -> pl.DataFrame:
    """Draw the floating persons and fill the screening ledger; employers are added with the roster."""
    rng = site.rng
    n = max(4, round(site.size * site.settings.share_floating))
    age = rng.integers(19, 49, n)
    male = rng.random(n) < 0.55
    born = np.datetime64(site.as_of, "D") - (age * 365.25 + rng.integers(3, 362, n)).astype(int)
    days = yyyymmdd(born)
    region, first = block(site.index, floating=True)
    homes = np.sort(rng.integers(0, max(1, n // 2), n))
    # At most four share a dwelling, whatever chance says.
    rank = pl.DataFrame({"h": homes}).select(pl.int_range(pl.len()).over("h")).to_series().to_numpy()
    homes = homes + (rank // 4) * n
    screened = np.datetime64(site.day(4, 1), "D") + rng.integers(0, 230, n)
    return pl.DataFrame(
        {
            "person": resident_ids(region, days, sequences(days, male, first)),
            "name": names(site, male),
            "male": male,
            "home": homes,
            "screened_on": screened,
            "arrived_on": screened - rng.integers(200, 1500, n),
            "works": rng.random(n) < 0.4,
        }
    )


def _employers(site: Site, guests: pl.DataFrame) -> None:
    """Names and codes of the employers. The last third is left to plants."""
    workers = int((site.people.work == EMPLOYED).sum()) + int(guests["works"].sum())
    count = max(6, workers // 30)
    codes = credit_codes("91", site.index * 10_000 + np.arange(count))
    stem = site.name.removesuffix("社区")
    for i in range(count):
        trade, post = words.TRADES[(i + site.index) % len(words.TRADES)]
        number = "" if i < len(words.TRADES) else str(i // len(words.TRADES) + 1)
        site.employers.append((f"{stem}{trade}{number}有限公司", str(codes[i]), post))
    site.put(
        "registry.organisation",
        {
            "name": pl.Series([e[0] for e in site.employers]),
            "credit_code": codes,
            "kind": "有限责任公司",
            "legal_representative": names(site, site.rng.random(count) < 0.7),
            "address": texts_of(stem + "工业路", count),
            "grid": pl.Series([site.grids[i % len(site.grids)] for i in range(count)]),
            "opened_on": pl.Series(
                np.datetime64(site.day(1, 9, -12), "D") + site.rng.integers(0, 3000, count)
            ),
            "status": "存续",
            "phone": phones(site.rng.integers(0, 10_000, count)),
        },
        count,
    )


def texts_of(stem: str, count: int) -> pl.Series:
    """House numbers on one street."""
    return stem + padded(np.arange(count) * 2 + 1, 1) + "号"


def reserved(site: Site) -> int:
    """The first employer that is left to plants: it declares nothing, so that nothing else is wrong."""
    return len(site.employers) - max(2, len(site.employers) // 3)


def _employment(site: Site, guests: pl.DataFrame) -> pl.DataFrame:
    """The roster of all employers, local and migrant workers; each has worked since before the year."""
    rng, people = site.rng, site.people
    local = np.flatnonzero((people.work == EMPLOYED) & (people.died == NEVER))
    away = guests.filter("works")
    n = len(local) + away.height
    employer = rng.integers(0, len(site.employers), n)
    is_local = np.arange(n) < len(local)
    wage = np.clip(rng.normal(6200, 2200, n), 3200, 24_000).astype(np.int64) // 10 * 10
    joined = np.datetime64(site.day(1, 1, -7), "D") + rng.integers(0, 2400, n)
    arrived = np.concatenate(
        [np.full(len(local), np.datetime64("1980-01-01", "D")), away["arrived_on"].to_numpy()]
    )
    joined = np.maximum(joined, arrived.astype("datetime64[D]") + 20)
    # All are in service from November of the year before, at the latest.
    joined = np.minimum(joined, np.datetime64(site.day(11, 5, -1), "D"))
    male = np.concatenate([people.male[local], away["male"].to_numpy()])
    roster = pl.DataFrame(
        {
            "employer": employer,
            "name": pl.concat([people.names.gather(local), away["name"]]),
            "person": pl.concat([people.ids.gather(local), away["person"]]),
            "male": male,
            "local": is_local,
            "index": np.concatenate([local, np.full(away.height, -1)]),
            "wage": wage,
            "joined_on": joined,
        }
    ).sort("employer", maintain_order=True)
    unit = pl.Series([e[0] for e in site.employers]).gather(roster["employer"])
    site.put(
        "registry.employment",
        {
            "employer": unit,
            "credit_code": pl.Series([e[1] for e in site.employers]).gather(roster["employer"]),
            "worker_no": padded(np.arange(n) + 1, 5),
            "name": roster["name"],
            "sex": either(roster["male"].to_numpy(), "男", "女"),
            "person": roster["person"],
            "local": either(roster["local"], "本地", "外来"),
            "post": pl.Series([e[2] for e in site.employers]).gather(roster["employer"]),
            "joined_on": roster["joined_on"],
            "left_on": None,
            "monthly_wage": money(roster["wage"].to_numpy() * 100),
            "note": None,
        },
        n,
    )
    _screening_ledger(site, guests, roster)
    free = reserved(site)
    table = site.table("registry.employment").base
    kept = roster.with_row_index("row").filter(pl.col("employer") >= free)
    site.pool("worker", kept.filter("local")["row"].to_numpy())
    site.pool("migrant", kept.filter(~pl.col("local"))["row"].to_numpy())
    assert table.height == n  # noqa: S101 - the pools count its rows
    return roster


def _screening_ledger(site: Site, guests: pl.DataFrame, roster: pl.DataFrame) -> None:
    """Everyone found by the screening, with the employer whom the roster knows."""
    n = guests.height
    works = guests.join(roster.select("person", "employer"), on="person", how="left", maintain_order="left")
    of = works["employer"].fill_null(0).to_numpy()
    employer = either(works["employer"].is_not_null(), pl.Series([e[0] for e in site.employers]).gather(of))
    in_firm = (np.arange(n) % 4 == 0) & works["employer"].is_not_null().to_numpy()
    _, homes = np.unique(guests["home"].to_numpy(), return_inverse=True)
    stem = site.name.removesuffix("社区")
    place = stem + "里弄" + padded(homes % 9 + 1, 1) + "号院"
    grid = pl.Series(site.grids).gather(homes % len(site.grids))
    workers = pl.Series(site.staff["workers"]).gather(homes % len(site.grids))
    site.put(
        "population.floating_person",
        {
            "name": guests["name"],
            "sex": either(guests["male"].to_numpy(), "男", "女"),
            "person": guests["person"],
            "origin": pl.Series(words.ORIGINS).gather(homes % len(words.ORIGINS)),
            "found_in": either(in_firm, "辖区企业", either(homes % 3 == 0, "居民点", "居民小区")),
            "place_name": either(in_firm, employer, place),
            "dwelling": f"C{site.index + 1:03d}-" + padded(homes + 1, 5),
            "address": place + padded(homes // 9 + 101, 1) + "室",
            "grid": grid,
            "employer": employer,
            "arrived_on": guests["arrived_on"],
            "left_on": None,
            "campaign": f"{site.year}年外来人口排查",
            "entry": either(homes % 2 == 0, "沿用", "新采集"),
            "screened_on": guests["screened_on"],
            "screener": workers,
            "phone": phones(site.rng.integers(0, 10_000, n)),
            "note": None,
        },
        n,
    )
    idle = np.flatnonzero(works["employer"].is_null().to_numpy())
    site.pool("guest", idle)


def shares(base: Array, by_unit: bool | Array = True) -> dict[str, Array]:
    """The contributions on bases in fen, each rounded half up; none of a unit for the self-insured."""
    made = {}
    for column, rate in SHARES.items():
        amount = (base * rate + 5_000) // 10_000
        if column.startswith("unit_") or column == "own_unemployment":
            amount = amount * by_unit
        made[column] = amount
    return made


def _contributions(site: Site, roster: pl.DataFrame) -> None:
    """Twelve months for every worker, and for those who insure themselves; and who is registered."""
    people = site.people
    alone = np.flatnonzero((people.work == FLEXIBLE) & (people.died == NEVER))
    n = roster.height + len(alone)
    by_unit = np.arange(n) < roster.height
    wage = np.concatenate([roster["wage"].to_numpy(), np.full(len(alone), FLOOR + 300)])
    base = np.clip(wage, FLOOR, CAP).astype(np.int64) * 100
    employer = np.concatenate([roster["employer"].to_numpy(), np.zeros(len(alone), int)])
    unit = either(by_unit, pl.Series([e[0] for e in site.employers]).gather(employer), "灵活就业人员")
    code = either(by_unit, pl.Series([e[1] for e in site.employers]).gather(employer))
    name = pl.concat([roster["name"], people.names.gather(alone)])
    person = pl.concat([roster["person"], people.ids.gather(alone)])
    male = np.concatenate([roster["male"].to_numpy(), people.male[alone]])
    member = f"GR{site.index:04d}" + padded(np.arange(n) + 1, 5)
    identity = either(by_unit, "单位职工", "灵活就业")
    registered = np.datetime64(site.day(2, 1, -6), "D") + site.rng.integers(0, 1500, n)
    yes = pl.Series(by_unit)
    site.put(
        "insurance.participation",
        {
            "member_no": member,
            "name": name,
            "sex": either(male, "男", "女"),
            "person": person,
            "unit": unit,
            "credit_code": code,
            "identity": identity,
            "pension": True,
            "unemployment": yes,
            "medical": True,
            "work_injury": yes,
            "maternity": yes,
            "registered_on": registered,
            "stopped_on": None,
            "status": "正常",
            "note": None,
        },
        n,
    )
    of = np.tile(np.arange(n), 12)
    month = np.repeat(np.array([site.month(m) for m in range(1, 13)], "datetime64[D]"), n)
    parts = shares(base[of], by_unit[of])
    total = sum(parts.values(), np.zeros(n * 12, np.int64))
    site.put(
        "insurance.contribution",
        {
            "unit": unit.gather(of),
            "credit_code": code.gather(of),
            "member_no": member.gather(of),
            "name": name.gather(of),
            "person": person.gather(of),
            "month": month,
            "base": money(base[of]),
            **{column: money(values) for column, values in parts.items()},
            "total": money(total),
            "due": money(total),
            "paid": money(total),
            "paid_on": month + 14,
            "identity": identity.gather(of),
            "note": None,
        },
        n * 12,
    )
    _units(site, employer[by_unit], base[by_unit])


def _units(site: Site, employer: Array, base: Array) -> None:
    """What the employers declare and pay; those left to plants declare elsewhere."""
    count = len(site.employers)
    persons = np.bincount(employer, minlength=count)
    bases = np.bincount(employer, weights=base, minlength=count).astype(np.int64)
    unit_no = f"DW{site.index:04d}" + padded(np.arange(count) + 1, 4)
    unit = pl.Series([e[0] for e in site.employers])
    code = pl.Series([e[1] for e in site.employers])
    site.put(
        "insurance.insured_unit",
        {
            "unit_no": unit_no,
            "unit": unit,
            "credit_code": code,
            "registered_on": site.day(3, 1, -8),
            "kinds": "养老、失业、医疗、工伤、生育",
            "employees": persons,
            "insured": persons,
            "contact": names(site, site.rng.random(count) < 0.5),
            "status": "正常",
        },
        count,
    )
    free = reserved(site)
    declaring = np.flatnonzero((np.arange(count) < free) & (persons > 0))
    of = np.tile(declaring, 12)
    month = np.repeat(np.array([site.month(m) for m in range(1, 13)], "datetime64[D]"), len(declaring))
    due = money((bases[of] * 3600 + 5_000) // 10_000)
    site.put(
        "insurance.unit_collection",
        {
            "unit_no": unit_no.gather(of),
            "unit": unit.gather(of),
            "credit_code": code.gather(of),
            "month": month,
            "declared_number": persons[of],
            "declared_base": money(bases[of]),
            "due": due,
            "collected": due,
            "declared_on": month + 4,
            "due_on": month + 14,
            "collected_on": month + 11,
        },
        len(of),
    )
    # One month of each unit, so that no unit is drawn twice.
    month_of = np.arange(len(declaring)) % 12
    site.pool("unit", month_of * len(declaring) + np.arange(len(declaring)))


def _traders(site: Site) -> None:
    """Shops of registered residents."""
    people = site.people
    some = np.flatnonzero((people.work == TRADER) & (people.died == NEVER))
    n = len(some)
    kind = site.rng.integers(0, len(words.SHOPS), n)
    stem = site.name.removesuffix("社区")
    site.put(
        "registry.business",
        {
            "shop": stem
            + people.names.gather(some).str.slice(0, 1)
            + "记"
            + pl.Series([s for s, _ in words.SHOPS]).gather(kind),
            "credit_code": credit_codes("92", site.index * 10_000 + np.arange(n)),
            "name": people.names.gather(some),
            "person": people.ids.gather(some),
            "scope": pl.Series([s for _, s in words.SHOPS]).gather(kind),
            "place": texts_of(stem + "路", n),
            "opened_on": np.datetime64(site.day(5, 1, -9), "D") + site.rng.integers(0, 2900, n),
            "status": "存续",
            "closed_on": None,
            "phone": phones(site.rng.integers(0, 10_000, n)),
            "note": None,
        },
        n,
    )


def _jobless(site: Site) -> None:
    """Registered unemployed; their benefit may still run, but none is on dibao."""
    people = site.people
    some = np.flatnonzero((people.work == JOBLESS) & (people.died == NEVER))
    n = len(some)
    lost = np.datetime64(site.day(1, 10), "D") + site.rng.integers(-300, 300, n)
    site.put(
        "registry.unemployment",
        {
            "name": people.names.gather(some),
            "sex": either(people.male[some], "男", "女"),
            "person": people.ids.gather(some),
            "former_employer": "外地企业",
            "lost_on": lost,
            "benefit_until": lost + 365,
            "certificate_no": f"YH{site.index:04d}" + padded(np.arange(n) + 1, 4),
            "intention": "有",
            "phone": phones(site.rng.integers(0, 10_000, n)),
        },
        n,
    )
