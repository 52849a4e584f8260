"""What an import would do: every record of a file held against the database, nothing written.

A record is known by its key digest: natural key, division, and the how manieth with both it is in its sheet
(see :func:`shouwang.ledger.identity.key_digest`). Where two sheets of a file state one record, the later
sheet's word counts, field by field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl
import pyarrow as pa

from shouwang.ledger import identity, secret
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.fields import PersonField
from shouwang.ledger.models import Import
from shouwang.ledger.store.places import Placing
from shouwang.standards.batches import batches

CHUNK = 900
SEPARATOR = "\x1f"

Kind = Literal["new", "changed", "same"]


@dataclass(frozen=True)
class Stated:
    """The records that one sheet states for one ledger, as the reader gives them."""

    spec: SheetSpec
    file: str
    sheet: str
    rows: pa.Table
    fields: tuple[str, ...]


@dataclass(slots=True)
class Existing:
    """A row that is in the database already."""

    id: int
    row_version: int
    division: str
    values: dict[str, Any]


@dataclass(slots=True)
class Planned:
    """What the import says of one record."""

    sheet: str
    row: int
    code: str
    fields: tuple[str, ...]
    values: tuple[Any, ...]
    said: bytes
    """SHA-256 of what the sheet states, see :func:`statement`."""
    before: Existing | None = None

    def changes(self) -> dict[str, tuple[Any, Any]]:
        """Old and new value of the fields that differ from the database."""
        if self.before is None:
            return {}
        old = self.before.values
        return {
            name: (old[name], value)
            for name, value in zip(self.fields, self.values, strict=True)
            if old[name] != value
        }

    def say(self, later: Planned, spec: SheetSpec) -> None:
        """Let a later sheet of the same file have its word."""
        said = dict(zip(self.fields, self.values, strict=True))
        said |= dict(zip(later.fields, later.values, strict=True))
        self.fields, self.values = tuple(said), tuple(said.values())
        self.sheet, self.row = later.sheet, later.row
        self.said = hashlib.sha256(statement(spec, self.fields, self.values).encode()).digest()


@dataclass
class LedgerPlan:
    """What a file does to one ledger. ``records`` by key digest, in the order of the sheets."""

    spec: SheetSpec
    records: dict[str, Planned] = field(default_factory=dict)
    removed: list[Existing] = field(default_factory=list)
    absent: int = 0
    """Rows that came from these sheets earlier and stand there no more; removed only where that is asked."""

    def of(self, kind: Kind) -> Iterator[tuple[str, Planned]]:
        """The records of a kind with their keys."""
        for key, planned in self.records.items():
            if self.kind(planned) == kind:
                yield key, planned

    @staticmethod
    def kind(planned: Planned) -> Kind:
        """New, changed, or the same as in the database."""
        if planned.before is None:
            return "new"
        return "changed" if planned.changes() else "same"

    def counts(self) -> dict[str, int]:
        """How many records are of which kind."""
        found = {"new": 0, "changed": 0, "same": 0, "removed": len(self.removed)}
        for planned in self.records.values():
            found[self.kind(planned)] += 1
        return found


@dataclass
class FilePlan:
    """What one file does."""

    file: str
    sha256: str
    ledgers: dict[str, LedgerPlan] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What this plan rests on: the keys it states and the versions of the rows it found.

        Differs as soon as somebody else changed one of these rows, or added one of these records.
        """
        digest = hashlib.sha256(self.sha256.encode())
        for name, plan in sorted(self.ledgers.items()):
            digest.update(name.encode())
            for key, planned in plan.records.items():
                row = planned.before
                digest.update(f"{key} {row.id} {row.row_version}\n".encode() if row else key.encode())
            for row in plan.removed:
                digest.update(f"- {row.id} {row.row_version}\n".encode())
            digest.update(f"{plan.absent}".encode())
        return digest.hexdigest()

    def counts(self) -> dict[str, dict[str, int]]:
        """By ledger, how many records are new, changed, the same, removed."""
        return {name: plan.counts() for name, plan in sorted(self.ledgers.items())}


def statement(spec: SheetSpec, fields: Sequence[str], values: Sequence[Any]) -> str:
    """What a sheet states of a record as one text: ``name=value`` by name, joined by U+001F.

    A resident ID number stands in it by its keyed index, so that a hash of it tells nobody the number.
    """
    told = zip(fields, identity.plains(spec, fields, values), strict=True)
    return SEPARATOR.join(f"{name}={text}" for name, text in sorted(told))


def _texts(spec: SheetSpec, values: pl.Series) -> pl.Series:
    """A column as :func:`~shouwang.ledger.identity.plains` has its values, all at once."""
    if isinstance(spec.fields[values.name], PersonField):
        index = identity.person_index
        return pl.Series([index(v) if v else "\0" for v in values.to_list()], dtype=pl.String)
    if values.dtype == pl.Datetime:
        values = values.dt.strftime("%Y-%m-%d %H:%M:%S")
    return values.cast(pl.String).fill_null("\0")


def _keys(spec: SheetSpec, frame: pl.DataFrame, texts: dict[str, pl.Series]) -> list[str]:
    """The natural keys of all rows (:func:`~shouwang.ledger.identity.natural_key`)."""
    blank = pl.repeat("\0", frame.height, dtype=pl.String, eager=True)
    parts = [texts.get(name, blank) for name in spec.identity]
    keyed = secret.keyring().keyed_for(f"key/{spec.name}")
    if not parts:
        return [keyed("")] * frame.height
    joined = pl.select(pl.concat_str(parts, separator=SEPARATOR)).to_series()
    return [keyed(text) for text in joined.to_list()]


def _statements(texts: dict[str, pl.Series]) -> list[bytes]:
    """The hashes of what all rows state (:func:`statement`)."""
    parts = [pl.lit(f"{name}=") + text for name, text in sorted(texts.items())]
    joined = pl.select(pl.concat_str(parts, separator=SEPARATOR)).to_series()
    return [hashlib.sha256(text.encode()).digest() for text in joined.to_list()]


def plan_file(
    file: str, sha256: str, sheets: Sequence[Stated], placing: Placing, *, removing: bool = False
) -> FilePlan:
    """Hold the sheets of a file against the database as it is now."""
    plan = FilePlan(file, sha256)
    for stated in sheets:
        if stated.file == file:
            ledger = plan.ledgers.setdefault(stated.spec.name, LedgerPlan(stated.spec))
            _take(ledger, stated, placing)
    for ledger in plan.ledgers.values():
        _find(ledger)
        _missing(ledger, file, {s.sheet for s in sheets if s.spec is ledger.spec}, placing, removing)
    return plan


def _take(plan: LedgerPlan, stated: Stated, placing: Placing) -> None:
    spec, frame = stated.spec, pl.from_arrow(stated.rows)
    if not isinstance(frame, pl.DataFrame) or frame.is_empty():
        return
    codes, problems = placing.codes(spec, frame)
    if problems.is_not_null().any():
        raise ValueError(f"{stated.file} · {stated.sheet}: rows that the judge should have refused")
    fields = tuple(name for name in frame.columns if name != "_row")
    columns = [frame[name].to_list() for name in fields]
    texts = {name: _texts(spec, frame[name]) for name in fields}
    naturals, saids = _keys(spec, frame, texts), _statements(texts)
    seen: dict[tuple[str, str], int] = {}
    rows = zip(
        frame["_row"].to_list(), codes.to_list(), naturals, saids, zip(*columns, strict=True), strict=True
    )
    for row, code, natural, said, values in rows:
        copy = seen[natural, code] = seen.get((natural, code), 0) + 1
        planned = Planned(stated.sheet, row, code, fields, values, said)
        key = identity.key_digest(natural, code, copy)
        if key in plan.records:
            plan.records[key].say(planned, spec)
        else:
            plan.records[key] = planned


def _find(plan: LedgerPlan) -> None:
    """Look up which of the records are in the database."""
    rows = plan.spec.model._default_manager
    if not rows.exists():
        return
    names = list(plan.spec.fields)
    for keys in batches(list(plan.records), CHUNK):
        found = rows.filter(key_digest__in=keys).order_by()
        for key, number, version, code, *values in found.values_list(
            "key_digest", "id", "row_version", "division_code", *names
        ):
            plan.records[key].before = Existing(number, version, code, dict(zip(names, values, strict=True)))


def _missing(plan: LedgerPlan, file: str, sheets: set[str], placing: Placing, removing: bool) -> None:
    """Rows that earlier came from these sheets of a file of this name and are not in it now."""
    imports = list(Import.objects.filter(file=file).values_list("pk", flat=True))
    if not imports:
        return
    stated = {planned.before.id for planned in plan.records.values() if planned.before}
    scope = placing.scope_of(plan.spec.name)
    earlier = plan.spec.model._default_manager.filter(import_no__in=imports, source_sheet__in=sheets)
    rows = scope.filter(earlier)
    gone = [
        Existing(number, version, code, {})
        for number, version, code in rows.order_by("id").values_list("id", "row_version", "division_code")
        if number not in stated
    ]
    plan.absent = len(gone)
    if removing:
        plan.removed = gone
