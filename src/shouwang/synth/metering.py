"""Water meters of households with a year of readings, and the master meter above them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from shouwang.synth.numbers import Array, padded, quantity
from shouwang.synth.site import Site

LOSS = 5
"""Per cent of the supplied water that reaches no meter."""


def build(site: Site) -> None:
    """Fill the ledgers of meters and readings for some of the dwellings. People must be there."""
    homes = _homes(site)
    n = len(homes)
    reader = site.official()
    site.staff["meter"] = [reader]
    site.add(
        "energy.meter_reader",
        name=reader,
        certificate_no=site.number("JL"),
        kind="计量员证",
        issued_on=site.day(5, 1, -2),
        valid_until=site.day(4, 30, 2),
        trained_on=site.day(3, 20),
        unit="能源办公室",
    )
    numbers = f"SB{site.index:04d}" + padded(np.arange(n) + 1, 5)
    master = f"SB{site.index:04d}00000"
    address = site.dwelling["address"].gather(homes)
    verified = np.datetime64(site.day(2, 1), "D") + site.rng.integers(0, 200, n)
    site.put(
        "energy.meter",
        {
            "meter_no": numbers,
            "level": "三级",
            "kind": "水",
            "model": "LXS-15",
            "place": address,
            "unit": f"{site.name}居民",
            "parent": master,
            "dwelling": site.dwelling["dwelling"].gather(homes),
            "purpose": "居民生活",
            "installed_on": np.datetime64(site.day(3, 1, -5), "D") + site.rng.integers(0, 900, n),
            "verified_on": verified,
            "cycle_months": 24,
            "next_due_on": verified + 730,
            "service_years": pl.Series([10] * n).cast(pl.Decimal(18, 4)),
            "digits": 5,
            "state": "在用",
        },
        n,
    )
    site.add("energy.meter", **top_meter(site, master, kind="水", place=f"{site.name}总表", level="二级"))
    used = site.rng.integers(3, 16, (12, n))
    closing = site.rng.integers(60, 700, n) + np.cumsum(used, axis=0)
    month = np.array([site.month(m) for m in range(1, 13)], "datetime64[D]")
    site.put(
        "energy.meter_reading",
        {
            "kind": "水",
            "month": np.repeat(month, n),
            "read_on": np.repeat(month + 26, n),
            "meter_no": pl.concat([numbers] * 12),
            "place": pl.concat([address] * 12),
            "previous": quantity((closing - used).ravel() * 10_000),
            "current": quantity(closing.ravel() * 10_000),
            "usage": quantity(used.ravel() * 10_000),
            "reader": reader,
            "note": None,
        },
        12 * n,
    )
    supplied = [-(-int(total) * (100 + LOSS) // 100) for total in used.sum(axis=1)]
    read(site, master, supplied, place=f"{site.name}总表")


def _homes(site: Site) -> Array:
    """Dwellings with a meter: large households first, since one that dies out leaves a dwelling in use."""
    living = site.table("registry.person").base.filter(pl.col("status") == "正常")
    people = living.group_by("dwelling").len()
    homes = pl.DataFrame({"dwelling": site.dwelling["dwelling"]}).with_row_index("home")
    lived_in = homes.join(people, on="dwelling").sort("home")
    several = lived_in.filter(pl.col("len") > 2)["home"].to_numpy()
    wanted = max(4, round(homes.height * site.settings.share_metered))
    return np.sort(site.rng.permutation(several)[:wanted])


def top_meter(site: Site, number: str, **changes: object) -> dict[str, object]:
    """A meter under no other, verified this year."""
    verified = site.day(4, 12)
    return {
        "meter_no": number,
        "level": "二级",
        "kind": "电",
        "model": "DTS634",
        "place": f"{site.name}配电间",
        "unit": None,
        "parent": None,
        "dwelling": None,
        "purpose": "公共用能",
        "installed_on": site.day(4, 12, -3),
        "verified_on": verified,
        "cycle_months": 24,
        "next_due_on": verified.replace(year=verified.year + 2),
        "service_years": 15,
        "state": "在用",
        **changes,
    }


def read(
    site: Site, number: str, used: list[int], *, begins: int = 1, start: int = 1000, **changes: object
) -> list[int]:
    """Add a reading a month from ``begins`` on; answers the numbers of the rows."""
    rows = []
    for month, usage in enumerate(used, start=begins):
        day = site.month(month)
        rows.append(
            site.add(
                "energy.meter_reading",
                **{
                    "kind": "电",
                    "month": day,
                    "read_on": day + dt.timedelta(days=26),
                    "meter_no": number,
                    "place": f"{site.name}配电间",
                    "previous": start,
                    "current": start + usage,
                    "usage": usage,
                    "reader": site.staff["meter"][0],
                    "note": None,
                    **changes,
                },
            )
        )
        start += usage
    return rows
