"""Reference data of the pack: the phases of the dibao system (S2-21 … S2-26).

The facts are those of the seed text; what it leaves open (a later end, a date of a count) is
left empty here too.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class PhaseFacts:
    """One phase. ``bodies`` are the authorities, ``standard`` yuan per person and month."""

    number: int
    title: str
    starts: dt.date
    ends: dt.date | None
    area: str
    bodies: tuple[str, ...]
    standard: Decimal | None
    cities: int | None
    counties: int | None
    recipients: int | None
    counted_on: dt.date | None
    seed: str
    note: str


@cache
def phases() -> tuple[PhaseFacts, ...]:
    """All phases in order of time."""
    text = files(__package__).joinpath("phases.csv").read_text(encoding="utf-8")
    return tuple(_phase(row) for row in csv.DictReader(text.splitlines()))


def phase_on(day: dt.date) -> PhaseFacts | None:
    """The phase of a day; the later one where two meet, ``None`` before the first."""
    begun = [p for p in phases() if p.starts <= day and (p.ends is None or day <= p.ends)]
    return begun[-1] if begun else None


def _phase(row: dict[str, str]) -> PhaseFacts:
    def day(text: str) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    def count(text: str) -> int | None:
        return int(text) if text else None

    return PhaseFacts(
        number=int(row["phase_no"]),
        title=row["title"],
        starts=dt.date.fromisoformat(row["from_on"]),
        ends=day(row["until_on"]),
        area=row["area"],
        bodies=tuple(row["body"].split("、")) if row["body"] else (),
        standard=Decimal(row["standard"]) if row["standard"] else None,
        cities=count(row["cities"]),
        counties=count(row["counties"]),
        recipients=count(row["recipients"]),
        counted_on=day(row["counted_on"]),
        seed=row["seed"],
        note=row["note"],
    )
