"""A community while it is being made: who is who in it, its tables, and what has been planted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from shouwang.synth import vocabulary as words
from shouwang.synth.numbers import Array, accounts, block, credit_codes, phones, resident_ids
from shouwang.synth.settings import Settings
from shouwang.synth.table import Table, frame

NEVER = np.datetime64("2999-12-31", "D")
OFFICIALS = 400
"""So many names of office staff a community can use; 2,000 communities have different ones."""

IDLE, EMPLOYED, FLEXIBLE, TRADER, JOBLESS, RETIRED, PUPIL = range(7)
"""What a registered person does; only ``IDLE`` adults stand in no other ledger."""


class UsedUpError(Exception):
    """A pool of persons or households is empty: the case can't be planted."""


@dataclass(frozen=True)
class Case:
    """A planted case, or a near miss: what looks like one and is lawful.

    ``subject`` holds one or more equal keys parted by ``|`` (a unit's name and its code); a key
    that several communities share is written ``key@community``.
    """

    rule: str
    subject: str
    near: bool
    detail: str


@dataclass
class People:
    """The registered persons of a community as columns, in the order of the register."""

    household: Array
    position: Array
    male: Array
    born: Array
    age: Array
    work: Array
    died: Array
    names: pl.Series
    ids: pl.Series
    starts: Array
    sizes: Array
    poor: Array

    def __len__(self) -> int:
        return len(self.household)

    @property
    def poor_person(self) -> Array:
        """Whether the person's household is on dibao."""
        return np.asarray(self.poor[self.household])


@dataclass
class Site:
    """One community with its tables (by ledger) and what plants need to find their way."""

    settings: Settings
    index: int
    size: int
    name: str
    code: str
    rng: np.random.Generator
    tables: dict[str, Table] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    people: People = field(init=False)
    dwelling: dict[str, Any] = field(default_factory=dict)
    staff: dict[str, list[str]] = field(default_factory=dict)
    employers: list[tuple[str, str, str]] = field(default_factory=list)
    homes: pl.DataFrame = field(default_factory=pl.DataFrame)
    pensions: dict[int, float] = field(default_factory=dict)
    _pools: dict[str, list[int]] = field(default_factory=dict)
    _serial: int = 0
    _strangers: int = 0
    _officials: int = 0

    @property
    def year(self) -> int:
        """The year of the ledgers."""
        return self.settings.year

    @property
    def as_of(self) -> dt.date:
        """The day the ledgers stand at."""
        return self.settings.as_of

    @property
    def division(self) -> str:
        """What stands in the column of the community."""
        return self.code if self.settings.coded else self.name

    @property
    def grids(self) -> list[str]:
        """The names of the grids."""
        return list(words.GRIDS[: max(2, min(len(words.GRIDS), self.size // 1200))])

    def table(self, name: str) -> Table:
        """The table of a ledger, empty at first."""
        return self.tables.setdefault(name, Table(name))

    def put(self, name: str, columns: Mapping[str, Any], rows: int) -> Table:
        """Fill a ledger with columns; the community's name is added."""
        self.tables[name] = Table(name, frame(name, {**columns, "division": self.division}, rows))
        return self.tables[name]

    def add(self, ledger: str, after: int | None = None, /, **values: Any) -> int:
        """Add a row; the community's name is added unless given."""
        return self.table(ledger).add({"division": self.division, **values}, after)

    def also(self, rule: str, subject: str, detail: str) -> None:
        """What a planted case breaks besides its own rule."""
        self.cases.append(Case(rule, subject, False, detail))

    # Days and chances

    def day(self, month: int, day: int, years: int = 0) -> dt.date:
        """A day of the town's year, or of another so many years away."""
        return dt.date(self.year + years, month, day)

    def month(self, month: int) -> dt.date:
        """The first day of a month of the town's year; 0 is December of the year before."""
        return dt.date(self.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)

    def any(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return int(self.rng.integers(low, high + 1))

    def one(self, choices: Any) -> Any:
        """One of several."""
        return choices[int(self.rng.integers(0, len(choices)))]

    # Numbers

    def serial(self) -> int:
        """A number that this community has not used yet, below 10,000."""
        self._serial += 1
        return self._serial

    def number(self, prefix: str) -> str:
        """A document's number, different over the whole town."""
        return f"{prefix}{self.year}{self.index:04d}{self.serial():04d}"

    def credit_code(self, kind: str = "91") -> str:
        """A credit code that nobody in the town has."""
        return str(credit_codes(kind, np.array([self.index * 10_000 + 9_999 - self.serial()]))[0])

    def phone(self) -> str:
        """A telephone number."""
        return str(phones(np.array([self.any(0, 9999)]))[0])

    def account(self) -> str:
        """A bank account."""
        return str(accounts(np.array([self.index * 10**6 + 900_000 + self.serial()]))[0])

    def stranger(self, male: bool | None = None, age: int | None = None) -> tuple[str, str, bool]:
        """Name, ID and sex of a person from outside, whom no register knows.

        Their region code is one that the community's own floating persons do not have.
        """
        man = bool(self.rng.integers(0, 2)) if male is None else male
        region, first = block(self.index, floating=True)
        years = self.any(25, 50) if age is None else age
        self._strangers += 1
        turn, day = divmod(self._strangers, 300)
        born = self.as_of - dt.timedelta(days=years * 366 + day)
        number = resident_ids(
            region + 25, np.array([int(born.strftime("%Y%m%d"))]), np.array([first + 2 * (turn % 10) + man])
        )[0]
        return self.person_name(man), str(number), man

    def person_name(self, male: bool) -> str:
        """A name."""
        pool = words.MALE if male else words.FEMALE
        return str(self.one(words.SURNAMES)) + str(self.one(pool)) + str(self.one(pool))

    def official(self) -> str:
        """The name of somebody who works in an office; no two in the town share one."""
        number = self.index * OFFICIALS + self._officials
        self._officials += 1
        number, first = divmod(number, len(words.SURNAMES))
        given = [*words.MALE, *words.FEMALE]
        third, second = divmod(number, len(given))
        return str(words.SURNAMES[first]) + str(given[second]) + str(given[third % len(given)])

    # Persons and pools

    def pool(self, name: str, members: Array) -> None:
        """Keep numbers (of persons, households …) to be drawn by plants, in random order."""
        shuffled = self.rng.permutation(np.asarray(members, np.int64))
        self._pools[name] = [int(i) for i in shuffled[:400]]

    def draw(self, name: str) -> int:
        """Take one out of a pool. ``UsedUpError`` when it is empty."""
        if not self._pools.get(name):
            raise UsedUpError(name)
        return self._pools[name].pop()

    def give_back(self, name: str, number: int) -> None:
        """Put one back, to be drawn last."""
        self._pools[name].insert(0, number)

    def who(self, person: int) -> tuple[str, str]:
        """Name and ID of a registered person."""
        return str(self.people.names[person]), str(self.people.ids[person])


def yuan(value: float | str | Decimal | int) -> Decimal:
    """Yuan with two decimals."""
    return Decimal(str(value)).quantize(Decimal("0.01"))
