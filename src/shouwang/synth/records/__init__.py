"""The small ledgers of the office: a handful of lawful rows each.

A maker answers one clean row with numbers of its own; the background and the planted cases take
their rows from the same makers, so that a case differs from the lawful rows in one thing only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shouwang.synth.records import assistance, insurance, microcredit, offices, population
from shouwang.synth.site import Site
from shouwang.synth.table import Row

Maker = Callable[[Site], Row]

MAKERS: dict[str, Maker] = {
    **population.MAKERS,
    **assistance.MAKERS,
    **insurance.MAKERS,
    **offices.MAKERS,
    **microcredit.MAKERS,
}

COUNTS = {
    "assistance.volunteer_service": 6,
    "assistance.employment_profile": 0,
    "insurance.handling": 6,
    "insurance.audit": 0,
}
"""Rows of a ledger in each community where it is not 3."""


def clean(site: Site, name: str) -> Row:
    """A lawful row of the ledger, not yet in it."""
    return {"division": site.division, **MAKERS[name](site)}


def add(site: Site, name: str, /, **changes: Any) -> Row:
    """Add a lawful row with these cells changed; answers the row."""
    row = {**clean(site, name), **changes}
    site.table(name).add(row)
    return row


def build(site: Site) -> None:
    """The background of every community."""
    for name in MAKERS:
        for _ in range(COUNTS.get(name, 3)):
            add(site, name)
    assistance.build(site)
    insurance.build(site)
    offices.build(site)


def town(site: Site) -> None:
    """What the whole town has once."""
    assistance.town(site)
    offices.town(site)
    microcredit.town(site)
