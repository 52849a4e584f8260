"""A snapshot of the database: all ledgers as of one moment, without any ID number.

A part holds the rows that one sheet stated for one ledger (or that were typed in), because a rule may only
be asked of rows whose sheet had the columns it needs. ``_ref`` names the record: the number of the part's
source times 2**32 plus the record's id. Beside the parts lie ``origin`` (division and line of every row),
``raw`` (the rows before persons and organisations were linked) and ``marks.json`` (how much the trail said
of each ledger, and its last import): a ledger of which these say no more than at the snapshot before is
taken over, not read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq
from django.db import connection, transaction
from django.db.models import Count

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.models import LastImport
from shouwang.ledger.store.rows import rows
from shouwang.registry import linking
from shouwang.snapshot.sheets import columns_of_sheets
from shouwang.snapshot.store import ROW_BITS, PartView, Snapshot, Source
from shouwang.trail.models import Event

MARKS: Final = "marks.json"
RAW: Final = "raw"
ORIGIN: Final = "origin"
BLOCK: Final = 200_000
"""Ids of one sheet are cut into parts of this range, so that a change is looked for in few rows."""
TYPED: Final = "录入"
"""The "file" of rows that were typed in."""

_BLOCK = re.compile(r"〔\d+〕$")

Key = tuple[str, str, int]
"""File, sheet, block."""


@dataclass(frozen=True)
class Origin:
    """Where a row of a snapshot comes from."""

    record: int
    file: str
    sheet: str
    row: int | None
    division_code: str


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction that reads all of the database as of one moment and keeps nobody from writing."""
    if connection.in_atomic_block:
        yield
        return
    mode = getattr(connection, "transaction_mode", None)
    try:
        if connection.vendor == "sqlite":
            connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode  # type: ignore[attr-defined]


def take(root: Path, previous: Path | None = None) -> Snapshot:
    """Write a snapshot of the database into the empty folder ``root``.

    ``previous`` is the folder of an earlier one, whose unchanged ledgers are taken over by hard links. The
    same rows give the same parts and the same hash, whether taken over or read.
    """
    raw = Snapshot(root / RAW)
    with one_moment():
        marks = _marks()
        sheets = columns_of_sheets()
        before = _previous(previous, sheets)
        for name, spec in ledgers().items():
            if before is not None and before.marks.get(name) == marks[name]:
                _take_over(raw, before.snapshot, name, previous or root, root)
            else:
                _Reader(raw, spec, sheets, root).read()
    _settle(raw)
    _finish(raw, root)
    marks_file = {"marks": marks, "sheets": _hash_of(sheets)}
    (root / MARKS).write_text(json.dumps(marks_file, sort_keys=True), encoding="utf-8")
    return Snapshot.load(root)


def _settle(raw: Snapshot) -> None:
    raw.sources.sort(key=lambda s: (s.file, s.sheet, s.id))
    raw.parts.sort(key=lambda p: (p.ledger, p.path))
    raw.save()


def _finish(raw: Snapshot, root: Path) -> None:
    """Link persons and organisations over the raw parts; what that leaves as it was is the same file."""
    views = {view.key: view for view in (PartView(raw, part) for part in raw.parts)}
    linked = linking.link(list(views.values()))
    final = Snapshot(root, list(raw.sources), list(raw.parts))
    by_key = {view.key: view.part for view in views.values()}
    changed = {by_key[key].path: table for key, table in linked.rewritten.items()}
    for part in raw.parts:
        if part.path in changed:
            (root / part.path).parent.mkdir(parents=True, exist_ok=True)
            final.rewrite(part, changed[part.path])
        else:
            _link(raw.root / part.path, root / part.path)
    final.save()


@dataclass(frozen=True)
class _Before:
    snapshot: Snapshot
    marks: Mapping[str, list[int]]


def _previous(folder: Path | None, sheets: Mapping[Any, Any]) -> _Before | None:
    """The earlier snapshot with its marks; None where nothing of it can be taken over."""
    if folder is None or not (folder / MARKS).is_file():
        return None
    kept = json.loads((folder / MARKS).read_text(encoding="utf-8"))
    if kept["sheets"] != _hash_of(sheets):
        return None
    return _Before(Snapshot.load(folder / RAW), kept["marks"])


def _hash_of(sheets: Mapping[Any, Any]) -> str:
    told = sorted([*key, *sorted(columns)] for key, columns in sheets.items())
    schemas = [[name, str(spec.schema)] for name, spec in ledgers().items()]
    return hashlib.sha256(json.dumps([told, schemas], ensure_ascii=False).encode()).hexdigest()


def _marks() -> dict[str, list[int]]:
    """By ledger, how many events the trail has of it, and its last import: any write adds to one of them.

    Events are counted, their greatest number would not do: they get their numbers before they commit.
    """
    targets = {spec.model.trail_target(): name for name, spec in ledgers().items()}
    counted = Event.objects.filter(target__in=list(targets)).order_by().values("target")
    found = {targets[row["target"]]: row["count"] for row in counted.annotate(count=Count("pk"))}
    last = dict(LastImport.objects.values_list("ledger", "imported"))
    return {name: [found.get(name, 0), last.get(name, 0)] for name in ledgers()}


def _take_over(raw: Snapshot, before: Snapshot, name: str, old: Path, root: Path) -> None:
    for part in before.parts_of(name):
        source = before.source(part.source)
        if source not in raw.sources:
            raw.sources.append(source)
        raw.parts.append(part)
        _link(before.root / part.path, raw.root / part.path)
        _link(old / ORIGIN / part.path, root / ORIGIN / part.path)


def _link(old: Path, new: Path) -> None:
    """The same file under another name; a copy where the file system has no hard links."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


class _Reader:
    """Reads one ledger into parts."""

    def __init__(
        self, raw: Snapshot, spec: SheetSpec, sheets: Mapping[tuple[str, str, str], Iterable[str]], root: Path
    ) -> None:
        self.raw, self.spec, self.sheets, self.root = raw, spec, sheets, root
        self.first: dict[tuple[str, str], int] = {}
        self.waiting: dict[Key, list[pa.RecordBatch]] = {}

    def read(self) -> None:
        """Write all rows, in order of their ids."""
        for batch in rows(self.spec):
            self._sort(batch)
        for key in sorted(self.waiting):
            self._write(key)

    def _sort(self, batch: pa.RecordBatch) -> None:
        """Put each row to those of its sheet and block."""
        ids = batch.column("_id").to_pylist()
        files, sheets = batch.column("_file").to_pylist(), batch.column("_sheet").to_pylist()
        places: dict[Key, list[int]] = {}
        for at, (number, file, sheet) in enumerate(zip(ids, files, sheets, strict=True)):
            named = (file, sheet) if file else (TYPED, self.spec.title)
            first = self.first.setdefault(named, number)
            places.setdefault((*named, (number - first) // BLOCK), []).append(at)
        for key, found in places.items():
            whole = len(found) == batch.num_rows
            self.waiting.setdefault(key, []).append(batch if whole else batch.take(pa.array(found)))
            if key[2]:
                self._write((*key[:2], key[2] - 1))

    def _write(self, key: Key) -> None:
        batches = self.waiting.pop(key, None)
        if not batches:
            return
        file, sheet, block = key
        table = pa.Table.from_batches(batches)
        source = self._source(file, sheet, block)
        told = self.sheets.get((self.spec.name, file, sheet))
        named = self._named(table)
        part = self.raw.add_part(
            self.spec.name,
            source,
            table.drop_columns(["_row"]).append_column("_row", named),
            list(self.spec.fields) if told is None else list(told),
        )
        refs = pa.compute.add(named, pa.scalar(source.id << ROW_BITS, pa.int64()))
        lines = pl.DataFrame(
            {
                "_ref": pl.Series(refs),
                "row": pl.Series(table.column("_row")),
                "division": pl.Series(table.column("_division_code")),
            }
        )
        origin = self.root / ORIGIN / part.path
        origin.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(lines.unique("_ref", keep="first", maintain_order=True).to_arrow(), origin)

    def _named(self, table: pa.Table) -> pa.ChunkedArray:
        """The id by which each row is referred to: its own, or that of the first of the records (twelve
        months) over which one line was spread. Rules tell by the reference what stood in one line.
        """
        if self.spec.spread is None:
            return table.column("_id")
        frame = pl.DataFrame({"id": pl.Series(table.column("_id")), "row": pl.Series(table.column("_row"))})
        first = pl.when(pl.col("row").is_null()).then("id").otherwise(pl.col("id").min().over("row"))
        return pa.chunked_array([frame.select(first.alias("id"))["id"].to_arrow()])

    def _source(self, file: str, sheet: str, block: int) -> Source:
        """A source of its own for each ledger, sheet and block: a reference then names one record."""
        told = f"{self.spec.name}\0{file}\0{sheet}\0{block}"
        number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:4], "big") >> 2
        taken = {source.id for source in self.raw.sources}
        while number in taken:
            number += 1
        source = Source(number, file, f"{sheet}〔{block + 1}〕" if block else sheet)
        self.raw.sources.append(source)
        return source


def origins(snapshot: Snapshot, refs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Origin]:
    """Where these rows (ledger and reference) come from; what the snapshot does not have is left out."""
    import duckdb

    wanted: dict[str, set[int]] = {}
    for name, ref in refs:
        wanted.setdefault(name, set()).add(ref)
    found: dict[tuple[str, int], Origin] = {}
    with duckdb.connect() as session:
        for name, numbers in wanted.items():
            sources = {ref >> ROW_BITS for ref in numbers}
            parts = [part for part in snapshot.parts_of(name) if part.source in sources]
            if not parts:
                continue
            session.register("wanted", pa.table({"_ref": pa.array(sorted(numbers), pa.int64())}))
            paths = [str(snapshot.root / ORIGIN / part.path) for part in parts]
            told = session.execute(
                "SELECT _ref, row, division FROM read_parquet(?) SEMI JOIN wanted USING (_ref)", [paths]
            ).fetchall()
            session.unregister("wanted")
            for ref, row, division in told:
                source = snapshot.source(ref >> ROW_BITS)
                record = ref & ((1 << ROW_BITS) - 1)
                found[name, ref] = Origin(record, source.file, _BLOCK.sub("", source.sheet), row, division)
    return found
