"""What a workbook reader does not tell about an .xlsx sheet, taken from its XML in one pass.

The fast reader yields text for every cell. Three things get lost on the way that matter here: whether a long
number was stored as a number (then it has lost digits), which cells are merged, and where formulas have no
stored value. They are found by regular expressions over the inflated bytes, a chunk at a time: no XML is
parsed, so no entity is ever resolved, and the memory is that of one chunk. A pass of the same kind finds the
extent of a sheet *before* the reader lays it out densely in memory, which is how a file with two cells a
million columns apart would fill it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.sax.saxutils import unescape

from shouwang.ledger.reading.accounts import column_index

CHUNK: Final = 4 << 20

_EXPONENT = rb"[0-9](?:\.[0-9]+)?[eE]\+?(?:1[5-9]|2[0-9])"
_LONG = re.compile(rb"<(?:\w+:)?v>(?:[0-9]{16,}(?:\.[0-9]*)?|" + _EXPONENT + rb")<")
_LONG_PLAIN = re.compile(rb"<v>(?:[0-9]{16,}(?:\.[0-9]*)?|" + _EXPONENT + rb")<")
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,7})([0-9]{1,9})"([^>]*)>')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,9})"')
_FIRST_CELL = re.compile(
    rb'<(?:\w+:)?row\b[^>]*>\s*(?:<(?:\w+:)?c\b[^>]*/>\s*)*<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,7})[0-9]'
)
_WIDE = re.compile(rb' r="([A-Z]{3,7})[0-9]')
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^>]*?\bref="([A-Z]{1,7}[0-9]+)(?::([A-Z]{1,7})([0-9]+))?"')
_REFERENCE = re.compile(rb' r="([A-Z]{1,7})[0-9]')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_EMPTY_FORMULA = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>")
_TEXT_CELL = re.compile(rb'\bt="(?:s|str|inlineStr|b|e|d)"')


@dataclass
class SheetFacts:
    """What the pass found. Rows and columns are 0-based; a merge is (row, column, row, column)."""

    part: str = ""
    hidden: bool = False
    first_column: int = 0
    last_row: int = -1
    last_column: int = -1
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    long_numbers: set[tuple[int, int]] = field(default_factory=set)
    empty_formulas: int = 0
    errors: int = 0


def sheet_parts(package: zipfile.ZipFile) -> dict[str, tuple[str, bool]]:
    """The sheets of a package by name: the part that holds each, and whether it is hidden."""
    book = _read_small(package, "xl/workbook.xml")
    relations = _read_small(package, "xl/_rels/workbook.xml.rels")
    targets: dict[str, str] = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", relations):
        found = _attributes(tag)
        if "Id" in found and "Target" in found:
            target = found["Target"]
            absolute = target.startswith("/")
            targets[found["Id"]] = target.lstrip("/") if absolute else posixpath.normpath(f"xl/{target}")
    parts: dict[str, tuple[str, bool]] = {}
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        found = _attributes(tag)
        relation = next((v for k, v in found.items() if k.endswith(":id") or k == "id"), "")
        if "name" in found and relation in targets:
            parts[found["name"]] = (targets[relation], found.get("state", "visible") != "visible")
    return parts


def _attributes(tag: str) -> dict[str, str]:
    entities = {"&quot;": '"', "&apos;": "'"}
    return {k: unescape(v, entities) for k, v in re.findall(r'([\w:]+)\s*=\s*"([^"]*)"', tag)}


def _read_small(package: zipfile.ZipFile, name: str, limit: int = 16 << 20) -> str:
    try:
        with package.open(name) as stream:
            return stream.read(limit).decode("utf-8", "replace")
    except KeyError:
        return ""


def _chunks(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part in pieces that end with a whole row wherever the sheet has rows."""
    rest = b""
    with package.open(part) as stream:
        while data := stream.read(CHUNK):
            piece = rest + data if rest else data
            cut = _last(piece, b"</row>", b":row>")
            if cut < 0 and len(piece) < 16 * CHUNK:
                rest = piece
                continue
            cut = len(piece) if cut < 0 else cut + 6
            yield piece[:cut]
            rest = piece[cut:]
    if rest:
        yield rest


def _last(piece: bytes, plain: bytes, prefixed: bytes) -> int:
    """Where the plain spelling stands last, else the one with a namespace prefix; -1 for neither."""
    at = piece.rfind(plain)
    return at if at >= 0 else piece.rfind(prefixed)


def extent(package: zipfile.ZipFile, part: str, hidden: bool = False) -> SheetFacts:
    """The size of a sheet, found without laying it out: run this before a reader opens the sheet."""
    facts = SheetFacts(part, hidden)
    first = True
    for piece in _chunks(package, part):
        if first and (found := _DIMENSION.search(piece[:4096])):
            facts.last_column = column_index(found[2].decode() if found[2] else _letters(found[1]))
        first = False
        for at in (piece.find(b"row "), _last(piece, b"<row ", b":row ")):
            if at > 0 and (row := _ROW.search(piece, at - 1)):
                facts.last_row = max(facts.last_row, int(row[1]) - 1)
        for letters in set(_WIDE.findall(piece)):
            facts.last_column = max(facts.last_column, column_index(letters.decode()))
    return facts


def inspect(path: Path, facts: SheetFacts) -> SheetFacts:
    """Complete the facts of one sheet. Opens the file itself, so that it may run beside a reader."""
    first_column: int | None = None
    long_number: re.Pattern[bytes] | None = None
    with zipfile.ZipFile(path) as package:
        for piece in _chunks(package, facts.part):
            if long_number is None:
                long_number = _LONG if re.search(rb"<\w+:worksheet", piece[:4096]) else _LONG_PLAIN
            if first_column != 0:
                for cell in _FIRST_CELL.finditer(piece):
                    index = column_index(cell[1].decode())
                    first_column = index if first_column is None else min(index, first_column)
                    if index == 0:
                        break
            for value in long_number.finditer(piece):
                _long_number(facts, piece, value.start())
            if b"mergeCell " in piece:
                facts.merges += [
                    (int(r1) - 1, column_index(c1.decode()), int(r2) - 1, column_index(c2.decode()))
                    for c1, r1, c2, r2 in _MERGE.findall(piece)
                ]
            facts.errors += piece.count(b' t="e"')
            if b"f>" in piece:
                facts.empty_formulas += len(_EMPTY_FORMULA.findall(piece))
    facts.first_column = first_column or 0
    return facts


def _letters(reference: bytes) -> str:
    return reference.rstrip(b"0123456789").decode()


def last_columns(package: zipfile.ZipFile, part: str) -> int:
    """The last column that any cell names: exact and slow, for sheets whose stated extent is doubtful."""
    last = -1
    for piece in _chunks(package, part):
        last = max(last, *(column_index(c.decode()) for c in set(_REFERENCE.findall(piece))), -1)
    return last


def _long_number(facts: SheetFacts, piece: bytes, at: int) -> None:
    """Note the cell around a long value, unless the cell says that it is text."""
    start = max(piece.rfind(b"<c ", max(0, at - 4096), at), piece.rfind(b":c ", max(0, at - 4096), at) - 2)
    cell = _CELL.match(piece, max(start, 0)) or _CELL.search(piece, max(start, 0), at)
    if cell and not _TEXT_CELL.search(cell[0]):
        facts.long_numbers.add((int(cell[2]) - 1, column_index(cell[1].decode())))
