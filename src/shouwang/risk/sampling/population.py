"""The population of a sample: the rows of one ledger, each with a key of its own.

A row's key is what names the record (the ledger's natural key), so that the same list gives the same draw
whatever file, sheet or order its rows stand in. Rows whose natural key is alike are told apart by all they
say; rows that say the very same are numbered.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Protocol

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledger
from shouwang.ledger.fields import LedgerField
from shouwang.risk.report.privacy import cell
from shouwang.snapshot.store import RowRef, Snapshot

MISSING: Final = "—"


class PopulationError(ValueError):
    """The rows asked for can't be made out; the text says what is wrong and what there is."""


@dataclass(frozen=True)
class Where:
    """A condition on the population: a column and the text it must show; of days and months the beginning."""

    field: str
    text: str

    def holds(self, column: LedgerField, value: Any) -> bool:
        """Whether a value of the column fulfils the condition; a missing value never does."""
        if value is None:
            return False
        shown = cell(column, value)
        if column.kind in ("date", "month", "datetime"):
            return shown.startswith(self.text)
        return shown == self.text or plain(value) == self.text


class Places(Protocol):
    """What knows where a row stands: a snapshot, or the rows of the database themselves."""

    @property
    def hash(self) -> str:
        """The hash of a snapshot; empty for what is none."""

    def locate(self, ref: int) -> RowRef:
        """File, sheet and row of a reference."""


@dataclass(frozen=True)
class Population:
    """Rows of a ledger: ``keys[i]``, ``amounts[i]`` and ``rows`` at ``i`` belong together.

    ``amounts`` are yuan, None where the row has none; all None without an amount column.
    """

    spec: SheetSpec
    snapshot: Places
    rows: pa.Table
    keys: tuple[str, ...]
    amounts: tuple[Decimal | None, ...]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def total(self) -> Decimal:
        """The sum of the amounts, in yuan."""
        return sum((amount for amount in self.amounts if amount is not None), Decimal(0))

    def texts(self, field: str) -> list[str]:
        """What a column shows in each row; a dash for a missing value."""
        column = self.spec.fields[field]
        return [cell(column, value) or MISSING for value in self.rows.column(field).to_pylist()]

    def place(self, at: int) -> RowRef:
        """Where a row stands."""
        return self.snapshot.locate(self.rows.column("_ref")[at].as_py())


def field_named(spec: SheetSpec, name: str) -> str:
    """The field of a column that a person named by its label, an alias or its name; else PopulationError."""
    wanted = "".join(name.split())
    for field, column in spec.fields.items():
        if wanted in (field, column.label) or wanted in column.aliases:
            return field
    known = "、".join(column.label for column in spec.fields.values())
    raise PopulationError(
        _("{ledger}没有“{name}”这一栏；有 {known}").format(ledger=_(spec.title), name=name, known=known)
    )


def amount_field(spec: SheetSpec, name: str = "") -> str:
    """The column of amounts: the one named, else the only one. PopulationError where it must be named."""
    money = [field for field, column in spec.fields.items() if column.kind == "money"]
    if name:
        field = field_named(spec, name)
        if spec.fields[field].kind not in ("money", "number", "int"):
            raise PopulationError(_("“{name}”不是金额或数量栏").format(name=name))
        return field
    if len(money) == 1:
        return money[0]
    labels = "、".join(_(spec.fields[field].label) for field in money)
    if not money:
        raise PopulationError(_("{ledger}没有金额栏").format(ledger=_(spec.title)))
    raise PopulationError(_("请用 --amount 指明金额栏：{labels}").format(labels=labels))


def population(snapshot: Snapshot, name: str, *, amount: str = "", where: Sequence[Where] = ()) -> Population:
    """The rows of a ledger that fulfil all conditions, in the order of their keys.

    PopulationError where the snapshot has no such rows.
    """
    spec = ledger(name)
    parts = [snapshot.read(part) for part in snapshot.parts_of(name)]
    if not parts:
        raise PopulationError(_("没有读到{ledger}（{name}）").format(ledger=_(spec.title), name=name))
    return of_table(spec, pa.concat_tables(parts), snapshot, amount=amount, where=where)


def of_table(
    spec: SheetSpec, table: pa.Table, places: Places, *, amount: str = "", where: Sequence[Where] = ()
) -> Population:
    """The rows of a table with the ledger's columns and ``_ref`` that fulfil all conditions."""
    kept = table.filter(pa.array(_kept(table, spec, where), pa.bool_())) if where else table
    if not kept.num_rows:
        raise PopulationError(
            _("{ledger}共 {count} 行，没有一行符合筛选条件").format(
                ledger=_(spec.title), count=table.num_rows
            )
        )
    keys = _keys(kept, spec, places)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    rows = kept.take(pa.array(order, pa.int64()))
    amounts: Iterable[Any] = rows.column(amount).to_pylist() if amount else [None] * rows.num_rows
    return Population(
        spec,
        places,
        rows,
        tuple(keys[at] for at in order),
        tuple(None if value is None else Decimal(value) for value in amounts),
    )


def _kept(table: pa.Table, spec: SheetSpec, where: Sequence[Where]) -> list[bool]:
    kept = [True] * table.num_rows
    for condition in where:
        column = spec.fields[condition.field]
        for at, value in enumerate(table.column(condition.field).to_pylist()):
            kept[at] = kept[at] and condition.holds(column, value)
    return kept


def _keys(table: pa.Table, spec: SheetSpec, snapshot: Places) -> list[str]:
    names = [name for name in spec.key if name in table.column_names]
    keys = _joined(table, names)
    alike = {key for key, count in Counter(keys).items() if count > 1}
    if not alike:
        return keys
    again = [at for at, key in enumerate(keys) if key in alike]
    others = [name for name in spec.fields if name not in names]
    said = _joined(table.take(pa.array(again, pa.int64())), others)
    refs = table.column("_ref").to_pylist()
    full = {at: f"{keys[at]}|{text}" for at, text in zip(again, said, strict=True)}

    def stands(at: int) -> tuple[str, str, int]:
        place = snapshot.locate(refs[at])
        return (place.file, place.sheet, place.row)

    seen: Counter[str] = Counter()
    for at in sorted(full, key=lambda at: (full[at], stands(at))):
        seen[full[at]] += 1
        number = seen[full[at]]
        keys[at] = full[at] if number == 1 else f"{full[at]}#{number}"
    return keys


def _joined(table: pa.Table, names: Sequence[str]) -> list[str]:
    columns = [[plain(value) for value in table.column(name).to_pylist()] for name in names]
    return ["|".join(parts) for parts in zip(*columns, strict=True)] if columns else [""] * table.num_rows


def plain(value: Any) -> str:
    """A value as it stands in a key: 2023-07-05, 1860.5, 1; empty where missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return unicodedata.normalize("NFC", str(value))


def filled(table: pa.Table, spec: SheetSpec) -> list[str]:
    """The columns in which any of these rows says something, in the order of declaration."""
    return [name for name in spec.fields if pc.any(table.column(name).is_valid()).as_py()]
