"""Text files with separated values: encoding and separator are found out, the text is read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

import polars as pl

BLOCK: Final = 50_000
SEPARATORS: Final = ",\t;|，"


@dataclass(frozen=True)
class TextTable:
    """The cells of a text file; ``cut`` says that columns beyond the limit were left out."""

    frame: pl.DataFrame
    encoding: str
    separator: str
    cut: bool


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its byte order mark, else UTF-8 when all of it decodes, else GB18030.

    Raises ``UnicodeDecodeError`` when it is neither.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while data := stream.read(1 << 20):
                decoder.decode(data)
            decoder.decode(b"", final=True)
            return "utf-8"
        except UnicodeDecodeError:
            pass
        stream.seek(0)
        other = codecs.getincrementaldecoder("gb18030")()
        while data := stream.read(1 << 20):
            other.decode(data)
        other.decode(b"", final=True)
    return "gb18030"


def separator_of(sample: str) -> str:
    """The separator that parts most lines of the sample into the same number of cells, more than one."""
    lines = [line for line in sample.splitlines() if line.strip()][:60]
    best, score = ",", 0.0
    for candidate in SEPARATORS:
        counts = [_outside_quotes(line, candidate) for line in lines]
        filled = [count for count in counts if count]
        if filled:
            common = max(set(filled), key=filled.count)
            worth = filled.count(common) / len(lines) * (1 + common / 100)
            if worth > score:
                best, score = candidate, worth
    return best


def _outside_quotes(line: str, separator: str) -> int:
    return sum(part.count(separator) for part in line.split('"')[::2])


def read_text(path: Path, columns: int) -> TextTable:
    """Read a text file; no row is dropped, a short row is filled with empty cells.

    A record in quotes may span lines: it counts as one row, as spreadsheet programs show it.
    """
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as stream:
        separator = separator_of(stream.read(1 << 16))
    with path.open(encoding=encoding, newline="") as stream:
        blocks, cut = [], False
        for frame, over in _blocks(stream, separator, columns):
            blocks.append(frame)
            cut |= over
    frame = pl.concat(blocks, how="diagonal") if blocks else pl.DataFrame()
    return TextTable(frame, encoding, separator, cut)


def _blocks(stream: TextIO, separator: str, columns: int) -> Iterator[tuple[pl.DataFrame, bool]]:
    limit = csv.field_size_limit(1 << 24)
    try:
        rows: list[list[str]] = []
        over = False
        for row in csv.reader(_without_nulls(stream), delimiter=separator):
            if len(row) > columns:
                over = over or any(cell.strip() for cell in row[columns:])
                row = row[:columns]
            rows.append(row)
            if len(rows) == BLOCK:
                yield _frame(rows), over
                rows = []
        if rows:
            yield _frame(rows), over
    except csv.Error as error:
        raise UnicodeError(str(error)) from error
    finally:
        csv.field_size_limit(limit)


def _without_nulls(stream: TextIO) -> Iterator[str]:
    for line in stream:
        yield line.replace("\0", "") if "\0" in line else line


def _frame(rows: list[list[str]]) -> pl.DataFrame:
    width = max(map(len, rows), default=0) or 1
    padded = [row + [""] * (width - len(row)) for row in rows]
    return pl.DataFrame(
        {f"c{i}": column for i, column in enumerate(zip(*padded, strict=True))},
        schema={f"c{i}": pl.String for i in range(width)},
    )


def as_stream(text: str) -> TextIO:
    """A stream over text, for tests of the block reader."""
    return io.StringIO(text, newline="")
