"""A snapshot: the rows of all ledgers as Parquet parts, with a manifest that names each by hash.

A part is what one sheet gave to one ledger. Its rows carry ``_ref``, the number of the source
(sheet) times 2**32 plus the row's number in the sheet, so that every finding can be traced to
file, sheet and row. The same rows give the same bytes: parts are written without time stamps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from shouwang.ledger.catalogue import ledger
from shouwang.ledger.fields import OrganisationField

ROW_BITS = 32
FORMAT = "shouwang-snapshot/1"


@dataclass(frozen=True)
class Source:
    """Where rows come from: a sheet of a file, path relative to the folder that was read."""

    id: int
    file: str
    sheet: str


@dataclass(frozen=True)
class Part:
    """The rows that one source gave to one ledger.

    ``fields`` are the columns the source really has; the others are empty for every row, so a
    rule that asks about an absent column must leave the part alone.
    """

    ledger: str
    source: int
    path: str
    rows: int
    sha256: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class RowRef:
    """A row of a sheet, as a finding cites it."""

    file: str
    sheet: str
    row: int


@dataclass
class Snapshot:
    """A folder of Parquet parts with its manifest (``manifest.json``)."""

    root: Path
    sources: list[Source] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    _by_id: dict[int, Source] = field(default_factory=dict, repr=False, compare=False)

    @property
    def hash(self) -> str:
        """SHA-256 over the parts' and sources' descriptions: the identity of the content."""
        return hashlib.sha256(self._manifest().encode()).hexdigest()

    def _manifest(self) -> str:
        body = {
            "format": FORMAT,
            "sources": [asdict(s) for s in self.sources],
            "parts": [asdict(p) for p in self.parts],
        }
        return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True)

    def add_source(self, file: str, sheet: str) -> Source:
        """Register a sheet.

        The id comes from the names alone, so that an unchanged sheet keeps its references, and
        thereby its part's hash, when other files come or go.
        """
        digest = hashlib.sha256(f"{file}\0{sheet}".encode()).digest()
        number = int.from_bytes(digest[:4], "big") >> 2
        taken = {s.id for s in self.sources}
        while number in taken:
            number += 1
        source = Source(number, file, sheet)
        self.sources.append(source)
        return source

    def add_part(self, name: str, source: Source, rows: pa.Table, fields: Sequence[str]) -> Part:
        """Write the rows of one sheet for one ledger.

        ``rows`` holds the ledger's columns (missing ones are filled with nulls) and a column
        ``_row`` (int, the 1-based row of the sheet).
        """
        schema = ledger(name).schema
        numbers = rows.column("_row").cast(pa.int64())
        refs = pa.compute.add(numbers, pa.scalar(source.id << ROW_BITS, pa.int64()))
        columns = [
            refs
            if f.name == "_ref"
            else rows.column(f.name).cast(f.type)
            if f.name in rows.column_names
            else pa.nulls(rows.num_rows, f.type)
            for f in schema
        ]
        table = pa.table(columns, schema=schema)
        path = f"{name}/{source.id:010d}.parquet"
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, target, compression="zstd")
        part = Part(
            ledger=name,
            source=source.id,
            path=path,
            rows=table.num_rows,
            sha256=file_hash(target),
            fields=tuple(sorted(set(fields) & set(schema.names))),
        )
        self.parts.append(part)
        return part

    def take(self, name: str, file: str, sheet: str, rows: pa.Table, fields: Sequence[str]) -> Part:
        """Register the sheet if it is new and write its rows for one ledger: what a reader calls."""
        known = next((s for s in self.sources if (s.file, s.sheet) == (file, sheet)), None)
        return self.add_part(name, known or self.add_source(file, sheet), rows, fields)

    def read(self, part: Part) -> pa.Table:
        """The rows of a part, ``_ref`` included."""
        return pq.read_table(self.root / part.path)

    def rewrite(self, part: Part, rows: pa.Table) -> Part:
        """Replace the rows of a part by others of the same schema."""
        target = self.root / part.path
        pq.write_table(rows.cast(ledger(part.ledger).schema), target, compression="zstd")
        new = replace(part, rows=rows.num_rows, sha256=file_hash(target))
        self.parts[self.parts.index(part)] = new
        return new

    def source(self, number: int) -> Source:
        """The source of that id."""
        if len(self._by_id) != len(self.sources):
            self._by_id = {s.id: s for s in self.sources}
        return self._by_id[number]

    def parts_of(self, name: str, needing: Iterable[str] = ()) -> list[Part]:
        """The parts of a ledger whose source has all the columns in ``needing``."""
        wanted = set(needing)
        return [p for p in self.parts if p.ledger == name and wanted <= set(p.fields)]

    def span(self, name: str, column: str, needing: Iterable[str] = ()) -> tuple[Any, Any] | None:
        """The smallest and greatest value of a ledger's column, from the footers of its parts.

        None where no row has a value. No row is read, so it costs the same for any number of them.
        """
        bounds: list[Any] = []
        for part in self.parts_of(name, needing):
            footer = pq.read_metadata(self.root / part.path)
            place = footer.schema.to_arrow_schema().get_field_index(column)
            for group in range(footer.num_row_groups):
                statistics = footer.row_group(group).column(place).statistics
                if statistics is not None and statistics.has_min_max:
                    bounds += [statistics.min, statistics.max]
        return (min(bounds), max(bounds)) if bounds else None

    def locate(self, ref: int) -> RowRef:
        """The sheet row behind a ``_ref``."""
        source = self.source(ref >> ROW_BITS)
        return RowRef(source.file, source.sheet, ref & ((1 << ROW_BITS) - 1))

    def save(self) -> None:
        """Write the manifest; without it the folder is no snapshot."""
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "manifest.json").write_text(self._manifest() + "\n", encoding="utf-8")

    @classmethod
    def load(cls, root: Path) -> Snapshot:
        """Read a snapshot's manifest; the parts stay on disk until asked for."""
        body = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
        if body.get("format") != FORMAT:
            raise ValueError(f"{root}: not a snapshot of format {FORMAT}")
        parts = [Part(**{**p, "fields": tuple(p["fields"])}) for p in body["parts"]]
        return cls(root, [Source(**s) for s in body["sources"]], parts)


@dataclass(frozen=True)
class PartView:
    """A part as linking sees it: who it is, which columns it has, and its rows on demand."""

    snapshot: Snapshot
    part: Part

    @property
    def key(self) -> tuple[str, str, str]:
        """Ledger, file, sheet."""
        source = self.snapshot.source(self.part.source)
        return (self.part.ledger, source.file, source.sheet)

    @property
    def columns(self) -> list[str]:
        """The columns the sheet really has."""
        return list(self.part.fields)

    @property
    def schema(self) -> pa.Schema:
        """All columns of the ledger."""
        return ledger(self.part.ledger).schema

    @property
    def organisations(self) -> tuple[str, ...]:
        """The columns that name organisations and that the sheet really has."""
        fields = ledger(self.part.ledger).fields
        return tuple(c for c in self.part.fields if isinstance(fields.get(c), OrganisationField))

    def read(self, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows, or only these columns of them."""
        return pq.read_table(self.snapshot.root / self.part.path, columns=list(columns) if columns else None)


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
