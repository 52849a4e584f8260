"""What plants do with work and insurance: put somebody on a roster, insure, contribute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import numpy as np

from shouwang.synth.numbers import Array
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row
from shouwang.synth.work import reserved, shares

CONTRIBUTION = "insurance.contribution"
ALONE = "灵活就业人员"


def employer(site: Site, number: int = 0) -> tuple[str, str, str]:
    """One of the employers that are left to plants: name, code and post."""
    own = site.employers[reserved(site) :]
    return own[number % len(own)]


def parts(base: Decimal, alone: bool = False) -> Row:
    """The shares on a base and what they add up to, as cells."""
    fen: dict[str, Array] = shares(np.array([int(base * 100)]), np.array([not alone]))
    cells: Row = {column: yuan(Decimal(int(values[0])) / 100) for column, values in fen.items()}
    total = sum(cells.values(), yuan(0))
    return {"base": base, **cells, "total": total, "due": total, "paid": total}


def contribute(
    site: Site,
    name: str,
    person: str,
    months: Iterable[int],
    base: float,
    *,
    alone: bool = False,
    by: int = 0,
) -> list[int]:
    """Add contributions of a person for these months, by an employer or by the person alone."""
    unit, code, _ = employer(site, by)
    return [
        site.add(
            CONTRIBUTION,
            unit=ALONE if alone else unit,
            credit_code=None if alone else code,
            name=name,
            person=person,
            month=site.month(month),
            paid_on=site.month(month) + dt.timedelta(days=14),
            identity="灵活就业" if alone else "单位职工",
            **parts(yuan(base), alone),
        )
        for month in months
    ]


def restate(site: Site, person: str, base: Decimal, alone: bool | None = None) -> None:
    """Give all contributions of a person another base."""
    table = site.table(CONTRIBUTION)
    for number, row in table.rows("person", person):
        by_self = row["identity"] == "灵活就业" if alone is None else alone
        table.set(number, **parts(base, by_self))


def insure(site: Site, name: str, person: str, *, alone: bool = False, by: int = 0) -> int:
    """Register a person with the insurances."""
    unit, code, _ = employer(site, by)
    yes = not alone
    return site.add(
        "insurance.participation",
        member_no=site.number("GRX"),
        name=name,
        person=person,
        unit=ALONE if alone else unit,
        credit_code=None if alone else code,
        identity="灵活就业" if alone else "单位职工",
        pension=True,
        unemployment=yes,
        medical=True,
        work_injury=yes,
        maternity=yes,
        registered_on=site.day(2, 1, -1),
        status="正常",
    )


def roster(
    site: Site,
    name: str,
    person: str,
    sex: str,
    joined: dt.date,
    left: dt.date | None,
    wage: int,
    **changes: object,
) -> int:
    """Put a local worker on the roster of an employer that is left to plants."""
    unit, code, post = employer(site)
    row: Row = {
        "employer": unit,
        "credit_code": code,
        "worker_no": f"L{site.serial():04d}",
        "name": name,
        "sex": sex,
        "person": person,
        "local": "本地",
        "post": post,
        "joined_on": joined,
        "left_on": left,
        "monthly_wage": yuan(wage),
    }
    return site.add("registry.employment", None, **{**row, **changes})


def worker(site: Site, pool: str = "worker") -> Row:
    """A worker of an employer that is left to plants: the row of the roster, with its number as ``_row``."""
    number = site.draw(pool)
    return {**site.table("registry.employment").row(number), "_row": number}


def change_worker(site: Site, row: Row, **values: object) -> None:
    """Change cells of the worker's row."""
    site.table("registry.employment").set(row["_row"], **values)


def uninsure(site: Site, person: str, *, contributions: bool = True) -> None:
    """Take out the registration of a person and, unless told otherwise, all contributions."""
    ledgers = ["insurance.participation"] + ([CONTRIBUTION] if contributions else [])
    for ledger in ledgers:
        for number in site.table(ledger).where("person", person):
            site.table(ledger).drop(number)


def alone(site: Site) -> tuple[str, str]:
    """Somebody who insures himself, with twelve months of contributions: name and ID."""
    return site.who(site.draw("flexible"))
