"""The rows behind findings: fetched from the snapshot in one query a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledger as ledger_named
from shouwang.ledger.fields import LedgerField
from shouwang.risk.findings import Evidence, Finding
from shouwang.snapshot.store import ROW_BITS, RowRef, Snapshot

SHOWN = 30
"""So many rows of one finding are shown; the others are counted and named by file, sheet and row."""


@dataclass(frozen=True, eq=False)
class Row:
    """A row that proves something: its ledger, its place in a sheet, its values by field name.

    ``place`` is None where the sheet is not in this snapshot, as for findings of the scan before.
    """

    evidence: Evidence
    place: RowRef | None
    values: Mapping[str, Any]

    @property
    def spec(self) -> SheetSpec:
        """The declaration of the row's ledger."""
        return ledger_named(self.evidence.ledger)

    @property
    def cells(self) -> list[tuple[LedgerField, Any]]:
        """The fields of the row with their values, in the ledger's order."""
        fields = self.spec.fields
        return [(fields[name], value) for name, value in self.values.items()]


def chosen(evidence: Sequence[Evidence], limit: int = SHOWN) -> tuple[Evidence, ...]:
    """The first rows of a finding, with a fair share for each ledger that it rests on.

    Evidence is ordered by ledger, so the plain first thirty could hide the one row (a death, a
    licence) that makes sense of the others.
    """
    if len(evidence) <= limit:
        return tuple(evidence)
    groups: dict[str, list[Evidence]] = {}
    for item in evidence:
        groups.setdefault(item.ledger, []).append(item)
    taken: list[Evidence] = []
    for left, rows in zip(range(len(groups), 0, -1), sorted(groups.values(), key=len), strict=True):
        taken += rows[: max(1, (limit - len(taken)) // left)]
    kept = set(taken)
    return tuple(item for item in evidence if item in kept)


class Places:
    """Finds the sheet row behind a reference; like ``Snapshot.locate`` for many of them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._sources = {source.id: source for source in snapshot.sources}
        self._order = {source.id: i for i, source in enumerate(snapshot.sources)}

    def ordered(self, evidence: Iterable[Evidence]) -> list[Evidence]:
        """Rows as a reader turns the pages: by ledger, then by sheet as it was read, then by row."""
        last = len(self._order)
        return sorted(evidence, key=lambda e: (e.ledger, self._order.get(e.ref >> ROW_BITS, last), e.ref))

    def __call__(self, ref: int) -> RowRef | None:
        """File, sheet and row, or None where the snapshot does not have the sheet."""
        source = self._sources.get(ref >> ROW_BITS)
        return RowRef(source.file, source.sheet, ref & ((1 << ROW_BITS) - 1)) if source else None


def fetch(snapshot: Snapshot, wanted: Iterable[Evidence]) -> dict[Evidence, Row]:
    """The rows that are wanted, by their evidence; what the snapshot does not have is left out.

    One query a ledger reads only the parts that hold a wanted row, and streams: memory grows with
    the rows wanted, not with the ledger.
    """
    import duckdb

    by_ledger: dict[str, set[int]] = {}
    for item in wanted:
        by_ledger.setdefault(item.ledger, set()).add(item.ref)
    places = Places(snapshot)
    found: dict[Evidence, Row] = {}
    with duckdb.connect() as connection:
        for name, refs in sorted(by_ledger.items()):
            sources = {ref >> ROW_BITS for ref in refs}
            parts = [part for part in snapshot.parts_of(name) if part.source in sources]
            if not parts:
                continue
            connection.register("wanted", pa.table({"_ref": pa.array(sorted(refs), pa.int64())}))
            rows = connection.sql(
                "SELECT * FROM read_parquet(?) SEMI JOIN wanted USING (_ref) ORDER BY _ref",
                params=[[str(snapshot.root / part.path) for part in parts]],
            ).to_arrow_table()
            connection.unregister("wanted")
            had = {part.source: set(part.fields) for part in parts}
            fields = [f for f in ledger_named(name).fields if f in rows.column_names]
            columns = [rows.column(f).to_pylist() for f in fields]
            for i, ref in enumerate(rows.column("_ref").to_pylist()):
                kept = had[ref >> ROW_BITS]
                values = {f: column[i] for f, column in zip(fields, columns, strict=True) if f in kept}
                item = Evidence(name, ref)
                # A row spread over month columns is several records of one sheet row.
                earlier = found.get(item)
                found[item] = _joined(earlier, values) if earlier else Row(item, places(ref), values)
    return found


def _joined(row: Row, values: Mapping[str, Any]) -> Row:
    """One row for several records of the same sheet row: values that differ stand side by side."""
    merged = dict(row.values)
    for name, value in values.items():
        before = merged.get(name)
        held = before if isinstance(before, list) else [before]
        if value not in held:
            # The engine promises no order among records of one row, and the same bytes need one.
            merged[name] = sorted([*held, value], key=lambda v: (v is None, str(v)))
    return Row(row.evidence, row.place, merged)


def fetch_for(snapshot: Snapshot, findings: Iterable[Finding], limit: int = SHOWN) -> dict[Evidence, Row]:
    """The rows shown for these findings, by their evidence."""
    places = Places(snapshot)
    return fetch(snapshot, (e for f in findings for e in chosen(places.ordered(f.evidence), limit)))
