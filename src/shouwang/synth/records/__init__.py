"""The small ledgers of the office: a handful of lawful rows each.

A maker answers one clean row with numbers of its own; the background and the planted cases take
their rows from the same makers, so that a case differs from the lawful rows in one thing only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shouwang.synth.records import (
    accounting,
    assistance,
    culture,
    energy,
    insurance,
    integrity,
    microcredit,
    office,
    offices,
    population,
    safe_town,
    safety,
)
from shouwang.synth.site import Site
from shouwang.synth.table import Row

Maker = Callable[[Site], Row]

MAKERS: dict[str, Maker] = {
    **population.MAKERS,
    **assistance.MAKERS,
    **insurance.MAKERS,
    **offices.MAKERS,
    **microcredit.MAKERS,
    **accounting.MAKERS,
    **integrity.MAKERS,
    **energy.MAKERS,
    **safety.MAKERS,
    **safe_town.MAKERS,
    **culture.MAKERS,
}

COUNTS = {
    "assistance.volunteer_service": 6,
    "assistance.employment_profile": 0,
    "insurance.handling": 6,
    "insurance.audit": 0,
    # These need more than the row: a journal, a project, documents, a risk point of one's own.
    "accounting.bank_account": 0,
    "accounting.voucher": 0,
    "culture.evaluation": 0,
    "culture.plan": 0,
    "culture.project": 0,
    "culture.spending": 0,
    "culture.team_member": 0,
    "integrity.staff": 0,
    "safety.promotion_project": 0,
    "safety.unit": 0,
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
    for pack in (office, assistance, insurance, offices, integrity, energy, safety, culture):
        pack.build(site)


def town(site: Site) -> None:
    """What the whole town has once."""
    for pack in (office, assistance, offices, microcredit, integrity, energy, safety, safe_town, culture):
        pack.town(site)
