"""What is about the same person, household or organisation, over all ledgers, found by their declarations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from django.db.models import Q, QuerySet

from shouwang.access.scope import Scope, scope_of
from shouwang.ledger import headers, identity
from shouwang.ledger.base import Ledger, SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.store import index
from shouwang.ledger.words import DATES, asked

MOST: Final = 200
"""Rows of one ledger that are shown together."""
HOUSEHOLD: Final = "户号"
"""What a column is called, or may be called, that numbers a household as the register does."""


@dataclass(frozen=True)
class Line:
    """A row of some ledger that is about the one looked at."""

    spec: SheetSpec
    row: Ledger
    day: dt.date | None
    what: str = ""
    """Which date it is."""


@dataclass
class About:
    """Who or what is looked at: persons by index, households by number, organisations by name or code."""

    persons: set[str] = field(default_factory=set)
    households: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.persons or self.households or self.organisations or self.codes)


@cache
def household_columns(name: str) -> tuple[str, ...]:
    """The columns of a ledger about people that hold the number of a household (meters have a 户号 of their
    own).
    """
    spec = ledgers()[name]
    if not (spec.persons or spec.subject in ("person", "household")):
        return ()
    found = (n for n, f in spec.fields.items() if f.kind == "code" and HOUSEHOLD in (f.label, *f.aliases))
    return tuple(found)


@cache
def code_columns(name: str) -> tuple[str, ...]:
    """The columns of a ledger that hold an organisation's credit code."""
    known = {"统一社会信用代码", *headers.CREDIT_CODE[:1]}
    return tuple(n for n, f in ledgers()[name].fields.items() if f.kind == "code" and f.label in known)


@cache
def organisation_columns(name: str) -> tuple[str, ...]:
    """The columns of a ledger that name an organisation it is about."""
    spec = ledgers()[name]
    own = [n for n in ("employer", "unit", "organisation", "name") if n in spec.fields and n in spec.key]
    return tuple(dict.fromkeys([*spec.organisations, *(own if spec.subject == "organisation" else ())]))


def rows_about(spec: SheetSpec, about: About, scope: Scope) -> QuerySet[Any] | None:
    """The rows of a ledger in a scope that are about it; None where the ledger has no column that could say.

    Persons are found by their index, numbers and names by the index of words: no ledger is read through.
    """
    if not scope:
        return None
    rows = scope.filter(spec.model._default_manager.all())
    named = (
        [(name, about.households) for name in household_columns(spec.name)]
        + [(name, about.organisations) for name in organisation_columns(spec.name)]
        + [(name, about.codes) for name in code_columns(spec.name)]
    )
    named = [(name, values) for name, values in named if values]
    persons = spec.persons if about.persons else ()
    if not named and not persons:
        return None
    found: Q = Q(pk__in=[])
    for name in persons:
        found |= Q(**{f"{name}__index_in": sorted(about.persons)})
    numbers: set[int] = set()
    for name, values in named:
        for value in sorted(values):
            if words := asked(value):
                ids = index.ids(spec, [[word] for word in words], 0, MOST * 25)
                exact = spec.model._default_manager.filter(pk__in=ids, **{name: value})
                numbers.update(exact.values_list("pk", flat=True))
    return rows.filter(found | Q(pk__in=numbers))


def day_of(spec: SheetSpec, row: Ledger) -> tuple[dt.date | None, str]:
    """The day a row stands at on a time line: its first date that is no birthday, and what that is."""
    for name, column in spec.fields.items():
        value = getattr(row, name)
        if column.kind in DATES and value is not None and not name.startswith("birth"):
            return (value.date() if isinstance(value, dt.datetime) else value), column.label
    return None, ""


def lines(user: Any, about: About, *, without: Ledger | None = None, most: int = MOST) -> Iterator[Line]:
    """The rows of all ledgers about it that the user may see, by ledger."""
    if not about:
        return
    for spec in ledgers().values():
        rows = rows_about(spec, about, scope_of(user, "ledger.view", spec.name))
        if rows is None:
            continue
        for row in rows.order_by("pk")[:most]:
            if without is None or not (row.pk == without.pk and type(row) is type(without)):
                yield Line(spec, row, *day_of(spec, row))


def persons_of(row: Ledger) -> list[str]:
    """The keyed indexes of the persons a row names."""
    numbers = (getattr(row, name) for name in row.spec.persons)
    return [identity.person_index(number) for number in numbers if number]


def of_row(user: Any, row: Ledger) -> list[tuple[SheetSpec, list[Line]]]:
    """What else is known about the persons and household of a row, by ledger, ten lines each."""
    about = About(
        persons=set(persons_of(row)),
        households={v for n in household_columns(row.spec.name) if (v := getattr(row, n))},
        codes={v for n in code_columns(row.spec.name) if (v := getattr(row, n))},
    )
    return grouped(lines(user, about, without=row, most=10))


def grouped(found: Iterable[Line]) -> list[tuple[SheetSpec, list[Line]]]:
    """Lines by ledger."""
    by: dict[str, tuple[SheetSpec, list[Line]]] = {}
    for line in found:
        by.setdefault(line.spec.name, (line.spec, []))[1].append(line)
    return list(by.values())


def household_of(user: Any, numbers: Iterable[str] = (), persons: Iterable[str] = ()) -> About:
    """A household as the registers know it: by its number, or by one of its members.

    Every ledger that has both a person and a household number says who belongs together. Only rows that the
    user may see are asked.
    """
    about = About(persons=set(persons), households={n for n in numbers if n})
    for _step in range(2):
        members, known = set(about.persons), set(about.households)
        for spec in ledgers().values():
            columns = household_columns(spec.name)
            if not columns or not spec.persons:
                continue
            asking = About(about.persons if not about.households else set(), about.households)
            rows = rows_about(spec, asking, scope_of(user, "ledger.view", spec.name))
            for row in rows[:MOST] if rows is not None else ():
                members |= set(persons_of(row))
                known |= {v for n in columns if (v := getattr(row, n))}
        about.persons, about.households = members, known
    return about
