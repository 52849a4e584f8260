"""A folder of workbooks: every file, every sheet, one account."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import polars as pl
import pyarrow as pa

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.reading.accounts import FileReading, Note, Problem, Reading, SheetReading
from shouwang.ledger.reading.files import PROBLEMS, Found, Limits, find, problem
from shouwang.ledger.reading.grid import Grid, load
from shouwang.ledger.reading.mapping import SheetMappings, load_mapping, sheet_key
from shouwang.ledger.reading.records import Judge, SheetResult
from shouwang.ledger.reading.sheet import WHY, read_sheet
from shouwang.ledger.reading.tables import as_one, carry_on, leave_out, move_down, said_below
from shouwang.ledger.reading.vocabulary import Vocabulary, vocabulary

logger = logging.getLogger(__name__)

Sink = Callable[[SheetSpec, str, str, pa.Table, Sequence[str]], None]
"""Takes the records of one sheet: ledger, file, sheet, table with ``_row``, the columns the sheet has."""


class Parts(Protocol):
    """A snapshot, as far as reading needs one (:class:`shouwang.snapshot.store.Snapshot`)."""

    def add_source(self, file: str, sheet: str) -> Any:
        """Register a sheet."""

    def add_part(self, name: str, source: Any, rows: pa.Table, fields: Sequence[str]) -> Any:
        """Write the rows of one sheet for one ledger."""


def into(parts: Parts) -> Sink:
    """A sink that writes into a snapshot."""

    def write(spec: SheetSpec, file: str, sheet: str, rows: pa.Table, fields: Sequence[str]) -> None:
        parts.add_part(spec.name, parts.add_source(file, sheet), rows, fields)

    return write


def read_folder(
    folder: Path,
    *,
    out_snapshot: Parts | Sink | None = None,
    mapping: Path | None = None,
    progress: Callable[[str], None] | None = None,
    limits: Limits | None = None,
    unmask: str = "",
    judge: Judge | None = None,
) -> Reading:
    """Read every workbook of a folder and below.

    The records of each recognised sheet go to ``out_snapshot`` (a snapshot, or a function of the shape of
    ``Sink``); the answer is the account of every row. ``mapping`` is an edited mapping file, ``progress`` is
    called with each file's name, ``unmask`` is the reason for which personal values are shown. ``judge`` may
    refuse records for reasons beyond the sheet, such as whose they are.

    Raises ``MappingError`` for a mapping file that cannot be obeyed, and nothing else for the sake of a file.
    """
    limits = limits or Limits()
    specs = ledgers()
    words = vocabulary(specs.values())
    said = load_mapping(mapping, specs) if mapping else SheetMappings()
    sink = out_snapshot if callable(out_snapshot) or out_snapshot is None else into(out_snapshot)
    reading = Reading(unmask=unmask)
    seen: dict[str, str] = {}
    for found in find(folder, limits):
        if isinstance(found, Problem):
            reading.problems.append(found)
            continue
        if progress:
            progress(found.name)
        reading.files.append(_read_file(found, words, said, sink, limits, reading, seen, judge))
    if not reading.files and not reading.problems:
        reading.problems.append(problem(str(folder), "nothing"))
    return reading


def _read_file(
    found: Found,
    words: Vocabulary,
    said: SheetMappings,
    sink: Sink | None,
    limits: Limits,
    reading: Reading,
    seen: dict[str, str],
    judge: Judge | None,
) -> FileReading:
    with found.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    file = FileReading(found.name, found.format, digest, notes=list(found.notes))
    for grid in load(found, limits):
        if isinstance(grid, Problem):
            reading.problems.append(grid)
            continue
        file.encoding = file.encoding or grid.encoding
        results = _tables(grid, found.name, words, said, reading, judge)
        _keep(results, found.name, reading, sink, seen)
        file.sheets += [result.reading for result in results]
    return file


def _tables(
    grid: Grid, file: str, words: Vocabulary, said: SheetMappings, reading: Reading, judge: Judge | None
) -> list[SheetResult]:
    """The tables of a sheet, nearly always one; what is no ledger is accounted for with the one above."""
    results: list[SheetResult] = []
    rest: Grid | None = grid
    by = 0
    while rest is not None:
        mapping = said.find(file, sheet_key(grid.name, len(results) + 1))
        height = rest.height
        try:
            result = read_sheet(rest, file, words, said_below(mapping, by), judge)
        except Exception:
            # A defect of ours must not cost the office its other sheets. The traceback may quote cells.
            logger.debug("cannot read %s", file, exc_info=True)
            result = SheetResult(SheetReading(grid.name, grid.hidden, rows=rest.height))
            result.reading.give_up("unreadable", PROBLEMS["internal"].text)
            reading.problems.append(problem(file, "internal", grid.name))
        rest = result.rest
        if by:
            move_down(result, by, len(results) + 1)
        by += height - (rest.height if rest else 0)
        if results and result.reading.status in ("ignored", "unrecognised"):
            leave_out(results[-1], result)
            continue
        if results:
            carry_on(results[-1], result)
        results.append(result)
    return results


def _keep(
    results: list[SheetResult], file: str, reading: Reading, sink: Sink | None, seen: dict[str, str]
) -> None:
    """Hand the records on, unless the very same ones were read from another sheet."""
    kept: dict[str, list[SheetResult]] = {}
    for result in results:
        sheet = result.reading
        if result.spec is None or result.records is None or sheet.status != "loaded":
            continue
        if result.records.height:
            here = f"{file} · {sheet_key(sheet.name, sheet.table)}"
            first = seen.setdefault(result.fingerprint, here)
            if first != here:
                _is_copy(sheet, first)
                continue
            kept.setdefault(result.spec.name, []).append(result)
        reading.rejected += [replace(refused, file=file) for refused in result.rejected]
    for alike in kept.values():
        one = as_one(alike)
        if sink and one.spec and one.records is not None:
            sink(one.spec, file, one.reading.name, as_table(one.records, one.spec), one.fields)


def _is_copy(sheet: SheetReading, first: str) -> None:
    """Account for a table that another one has told already."""
    rows = [row for found in sheet.skipped.values() for row in found] + sheet.rejected
    other = sorted(set(range(min(rows, default=1), min(rows, default=1) + sheet.rows)))
    sheet.give_up("ignored", WHY["copy"])
    sheet.skipped = {"sheet_ignored": other}
    sheet.notes.append(Note("copy", WHY["copy"], {"same_as": first}))
    sheet.settle()


def as_table(records: pl.DataFrame, spec: SheetSpec) -> pa.Table:
    """The records in the types of the ledger's schema, with ``_row``."""
    table = records.to_arrow()
    columns = [table.column(n).cast(spec.fields[n].arrow_type) for n in records.columns if n != "_row"]
    names = [n for n in records.columns if n != "_row"]
    return pa.table([table.column("_row"), *columns], names=["_row", *names])


__all__ = ["Grid", "Parts", "Sink", "as_table", "into", "read_folder"]
