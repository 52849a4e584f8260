"""Hospital stays and pharmacy purchases: nobody in two places at once, nothing after death."""

from __future__ import annotations

import numpy as np
import polars as pl

from shouwang.synth import vocabulary as words
from shouwang.synth.numbers import either, money, padded
from shouwang.synth.site import Site

STAY_SHARE = 0.2
"""Of the claims, the share that are stays; never more than 0.8 a resident."""
_SECOND_HALF = 190
"""A second stay of the year begins after this day, so that two never come close."""


def build(site: Site) -> None:
    """Fill stays and purchases, ``claims`` in all for each resident."""
    claims = round(site.size * site.settings.claims)
    stays = min(round(claims * STAY_SHARE), round(site.size * 0.8))
    inside = _stays(site, stays)
    _purchases(site, claims - stays, inside)


def _stays(site: Site, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Fill the stays; answers each person's admission and discharge as day numbers, first and second half.

    A person has at most one stay in each half of the year, so that two never overlap nor follow
    closely.
    """
    people, rng, n = site.people, site.rng, site.size
    slots = np.sort(rng.permutation(2 * n)[: min(count, 2 * n)])
    person, half = slots // 2, slots % 2
    january = np.datetime64(site.month(1), "D")
    begins = np.where(
        half == 0, rng.integers(5, 131, len(slots)), rng.integers(_SECOND_HALF, 331, len(slots))
    )
    length = rng.integers(2, 15, len(slots))
    ends = begins + length
    alive = january + ends < people.died[person]
    person, half, begins, ends, length = person[alive], half[alive], begins[alive], ends[alive], length[alive]
    days = np.full((n, 4), -1)
    days[person, half * 2], days[person, half * 2 + 1] = begins, ends
    k = len(person)
    disease = rng.integers(0, len(words.DISEASES), k)
    hospital = rng.integers(0, len(words.HOSPITALS), k)
    cost = rng.integers(1500, 18_000, k).astype(np.int64) * 100
    fund = cost * rng.integers(60, 86, k) // 100
    site.put(
        "insurance.inpatient_stay",
        {
            "settlement_no": f"ZY{site.index:04d}" + padded(np.arange(k) + 1, 6),
            "name": people.names.gather(person),
            "sex": either(people.male[person], "男", "女"),
            "person": people.ids.gather(person),
            "hospital": pl.Series([h for h, _, _ in words.HOSPITALS]).gather(hospital),
            "level": pl.Series([level for _, level, _ in words.HOSPITALS]).gather(hospital),
            "city": words.CITY,
            "kind": "普通住院",
            "admitted_on": january + begins,
            "discharged_on": january + ends,
            "days": length,
            "icd": pl.Series([c for c, _ in words.DISEASES]).gather(disease),
            "diagnosis": pl.Series([d for _, d in words.DISEASES]).gather(disease),
            "identity_checked": True,
            "cost": money(cost),
            "fund": money(fund),
            "own": money(cost - fund),
            "settled_on": january + ends,
            "note": None,
        },
        k,
    )
    return days, people.died


def _purchases(site: Site, count: int, inside: tuple[np.ndarray, np.ndarray]) -> None:
    """Fill the purchases; one that would fall into a stay is made on the day of discharge."""
    people, rng = site.people, site.rng
    stays, died = inside
    person = np.sort(rng.integers(0, site.size, count))
    day = rng.integers(2, 360, count)
    for half in (0, 2):
        begins, ends = stays[person, half], stays[person, half + 1]
        day = np.where((begins >= 0) & (day > begins) & (day < ends), ends, day)
    january = np.datetime64(site.month(1), "D")
    alive = january + day <= died[person]
    person, day = person[alive], day[alive]
    k = len(person)
    drug = rng.integers(0, len(words.DRUGS), k)
    minutes = rng.integers(8 * 60 + 1, 20 * 60, k)
    quantity = rng.integers(1, 4, k)
    site.put(
        "insurance.pharmacy_purchase",
        {
            "transaction_no": f"YD{site.index:04d}" + padded(np.arange(k) + 1, 7),
            "name": people.names.gather(person),
            "person": people.ids.gather(person),
            "city": words.CITY,
            "pharmacy": pl.Series(words.PHARMACIES).gather(rng.integers(0, len(words.PHARMACIES), k)),
            "bought_at": (january + day).astype("datetime64[us]") + minutes.astype("timedelta64[m]"),
            "drug": pl.Series(words.DRUGS).gather(drug),
            "quantity": quantity,
            "amount": money(rng.integers(800, 9000, k).astype(np.int64) * quantity),
            "note": None,
        },
        k,
    )
