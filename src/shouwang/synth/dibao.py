"""Dibao: the roster of poor households with their means test, and what each is paid month by month."""

from __future__ import annotations

import numpy as np
import polars as pl

from shouwang.synth.numbers import Array, accounts, either, money, padded, phones
from shouwang.synth.people import MEN_RETIRE, WOMEN_RETIRE
from shouwang.synth.settings import STANDARD
from shouwang.synth.site import RETIRED, Site

TOP_UP = STANDARD // 10
"""The top-up for each disabled member, yuan a month."""


def build(site: Site) -> None:
    """Fill roster, payments and employment services. People and pensions must be there."""
    roster, homes = _means(site)
    _roster(site, roster, homes)
    _payments(site, homes)
    _services(site, roster)
    _profiles(site, roster)
    ready = ((homes["stop"] == 0) & (homes["start"] < 0)).to_numpy() & (
        homes["category"] != "一类"
    ).to_numpy()
    site.pool("poor", np.flatnonzero(ready))
    site.homes = homes


def _means(site: Site) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Members (in the order of the register) and households with what they earn and are due."""
    people, rng = site.people, site.rng
    member = np.flatnonzero(people.poor_person)
    of = people.household[member]
    age, disabled = people.age[member], site.dwelling["disabled"][member]
    old = age >= np.where(people.male[member], MEN_RETIRE, WOMEN_RETIRE)
    able = (age >= 16) & ~old & ~disabled
    pension = np.array([site.pensions.get(int(i), 0.0) for i in member])
    grown = able & (age >= 22)
    works = grown & (rng.random(len(member)) < 0.6)
    jobless = np.where(rng.random(len(member)) < 0.5, "失业", "无业")
    job = np.where(works, "灵活就业", jobless)
    job = np.where(~grown, "无业", job)
    job = np.where(people.work[member] == RETIRED, "退休", job)
    job = np.where(age < 22, "在校", job)
    job = np.where(age < 6, "学龄前", job)
    income = np.where(works, rng.integers(30, 70, len(member)) * 10, pension).astype(np.int64)
    members = pl.DataFrame(
        {
            "index": member,
            "of": of,
            "ability": np.where(able, "有", "无"),
            "job": job,
            "income": income,
            "pension": pension > 0,
            "disabled": disabled,
        }
    )
    homes = members.group_by("of", maintain_order=True).agg(
        size=pl.len(),
        income=pl.col("income").sum(),
        top_up=pl.col("disabled").sum() * TOP_UP,
        earns=(pl.col("income") > 0).any(),
        alone=(pl.len() == 1) & (pl.col("ability") == "无").all() & ~pl.col("pension").any(),
        first=pl.col("index").first(),
        retired=pl.col("pension").any(),
        seeking=((pl.col("ability") == "有") & pl.col("job").is_in(["失业", "无业"])).any(),
        working=(pl.col("job") == "灵活就业").any(),
    )
    n = homes.height
    # Months counted from January of the year: earlier ones are below 0.
    start = np.where(rng.random(n) < 0.88, -rng.integers(1, 96, n), rng.integers(0, 10, n))
    stop = np.where((start < 0) & (rng.random(n) < 0.03), rng.integers(4, 12, n), 0)
    homes = homes.with_columns(
        start=pl.Series(start),
        stop=pl.Series(stop),
        category=pl.when("alone")
        .then(pl.lit("一类"))
        .when("earns")
        .then(pl.lit("二类"))
        .otherwise(pl.lit("三类")),
        amount=STANDARD * pl.col("size").cast(pl.Int64) - pl.col("income") + pl.col("top_up"),
        certificate=f"DB{site.index:04d}" + padded(np.arange(n) + 1, 5),
        account=accounts(site.index * 10**6 + 500_000 + np.arange(n)),
    )
    return members, homes


def _months(site: Site, offsets: Array) -> Array:
    """First days of months counted from January of the year."""
    january = np.datetime64(site.month(1), "M")
    return np.asarray((january + offsets).astype("datetime64[D]"))


def _roster(site: Site, members: pl.DataFrame, homes: pl.DataFrame) -> None:
    people, rng = site.people, site.rng
    index = members["index"].to_numpy()
    sizes = homes["size"].to_numpy().astype(int)
    of = np.repeat(np.arange(homes.height), sizes)
    n = homes.height
    start = _months(site, homes["start"].to_numpy())
    approved = start - rng.integers(6, 22, n)
    reviewed = approved - rng.integers(0, 12, n)
    screened = reviewed - rng.integers(0, 12, n)
    stopped = homes["stop"].to_numpy() > 0
    stop = pl.select(
        pl.when(pl.Series(stopped)).then(pl.Series(_months(site, homes["stop"].to_numpy())).cast(pl.Date))
    ).to_series()
    income = homes["income"].to_numpy()
    persons = people.ids.gather(index)
    disabled = members["disabled"].to_numpy()
    cards = site.table("registry.disability").base.select("person", "card_no")
    numbers = pl.DataFrame({"person": persons}).join(cards, on="person", how="left", maintain_order="left")[
        "card_no"
    ]
    first = homes["first"].to_numpy()
    where = people.household[first]

    def each(values: pl.Series) -> pl.Series:
        return values.gather(of)

    source = either(members["pension"], "居民养老待遇", either(members["income"] > 0, "打零工"))
    site.put(
        "assistance.recipient",
        {
            "certificate": each(homes["certificate"]),
            "category": each(homes["category"]),
            "head": each(people.names.gather(first)),
            "persons": sizes[of],
            "name": people.names.gather(index),
            "relation": site.table("registry.person").base["relation"].gather(index),
            "sex": site.table("registry.person").base["sex"].gather(index),
            "person": persons,
            "ability": members["ability"],
            "job": members["job"],
            "income": money(members["income"].to_numpy() * 100),
            "income_source": source,
            "disability_no": either(disabled, numbers),
            "cut_month": None,
            "household_income": money((income * 100)[of]),
            "income_per_head": money(((income * 200 + sizes) // (2 * sizes))[of]),
            "top_up": money((homes["top_up"].to_numpy() * 100)[of]),
            "amount": money((homes["amount"].to_numpy() * 100)[of]),
            "applied_on": (screened - 15)[of],
            "screened_on": screened[of],
            "reviewed_on": reviewed[of],
            "approved_on": approved[of],
            "posted_on": (approved + 3)[of],
            "start_month": start[of],
            "stop_month": each(stop),
            "stop_reason": each(either(stopped, "家庭收入增加")),
            "basis": each("核对报告" + padded(np.arange(n) + 1, 5) + "号"),
            "fixed_income": False,
            "supporters": each(either(homes["category"] == "一类", "无")),
            "account": each(homes["account"]),
            "address": each(site.dwelling["address"].gather(where)),
            "grid": each(site.dwelling["grid"].gather(where)),
            "phone": each(phones(rng.integers(0, 10_000, n))),
            "note": None,
        },
        len(index),
    )


def _payments(site: Site, homes: pl.DataFrame) -> None:
    """One row a household and month, paid between the 3rd and the 9th."""
    people = site.people
    start, stop = homes["start"].to_numpy(), homes["stop"].to_numpy()
    months = np.arange(12)
    paid = (months[:, None] >= start) & ((stop == 0) | (months[:, None] < stop))
    at, of = np.nonzero(paid)
    # All households of a community are paid on one day of the month, as banks do.
    days = site.rng.integers(3, 10, 12)
    month = _months(site, at)
    first = homes["first"].to_numpy()
    amount = money((homes["amount"].to_numpy() * 100)[of])
    site.put(
        "assistance.payment",
        {
            "certificate": homes["certificate"].gather(of),
            "name": people.names.gather(first).gather(of),
            "person": people.ids.gather(first).gather(of),
            "category": homes["category"].gather(of),
            "persons": homes["size"].to_numpy().astype(int)[of],
            "month": month,
            "due": amount,
            "paid": amount,
            "kind": "正常",
            "due_on": None,
            "paid_on": month + (days[at] - 1),
            "account": homes["account"].gather(of),
            "note": None,
        },
        len(of),
    )


def _services(site: Site, members: pl.DataFrame) -> None:
    """One employment service in the year for whoever is able and without work."""
    people = site.people
    idle = members.filter((pl.col("ability") == "有") & pl.col("job").is_in(["失业", "无业"]))
    index = idle["index"].to_numpy()
    n = len(index)
    kinds = pl.Series(["技能培训", "职业指导", "岗位推荐", "职业介绍"])
    site.put(
        "assistance.employment_service",
        {
            "served_on": np.datetime64(site.day(1, 20), "D") + site.rng.integers(0, 320, n),
            "name": people.names.gather(index),
            "person": people.ids.gather(index),
            "kind": kinds.gather(site.rng.integers(0, 4, n)),
            "result": "已登记",
            "handler": site.staff["desk"][0],
            "note": None,
        },
        n,
    )


def _profiles(site: Site, members: pl.DataFrame) -> None:
    """A file on work for whoever is able: skills that the market asks for, renewed of late."""
    people = site.people
    able = members.filter((pl.col("ability") == "有") & (pl.col("job") != "在校"))["index"].to_numpy()[:200]
    n = len(able)
    certificate = site.table("assistance.recipient").base.select("person", "certificate")
    ids = people.ids.gather(able)
    found = pl.DataFrame({"person": ids}).join(certificate, on="person", how="left", maintain_order="left")
    site.put(
        "assistance.employment_profile",
        {
            "certificate": found["certificate"],
            "name": people.names.gather(able),
            "person": ids,
            "ability": "有",
            "education": pl.Series(["初中", "高中", "中专"]).gather(site.rng.integers(0, 3, n)),
            "skills": pl.Series(["家政服务", "电工", "烹饪", "缝纫"]).gather(site.rng.integers(0, 4, n)),
            "skills_updated_on": np.datetime64(site.day(2, 1, -1), "D") + site.rng.integers(0, 500, n),
            "demanded": True,
            "attitude": "积极",
            "target_job": "就近就业",
            "filed_on": np.datetime64(site.day(2, 1, -1), "D") + site.rng.integers(0, 500, n),
        },
        n,
    )
