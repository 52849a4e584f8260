"""Which rows of a part changed, without reading what did not.

The same rows give the same bytes, so the columns of two versions of a part are compared as they
lie in the files, compressed. Only columns that differ are decoded, and of the others only those
that are asked for, where something differs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

REF = "_ref"


def changed_rows(old: Path, new: Path, columns: Sequence[str]) -> pa.Table | None:
    """The given columns of the rows that differ between two versions of a part.

    Rows are compared place by place, so both versions must have the same references in the same
    order; None where they have not. A row whose given columns changed comes with its old and its
    new values, any other once.
    """
    with pq.ParquetFile(old) as before, pq.ParquetFile(new) as after:
        if not _alike(before.metadata, after.metadata):
            return None
        found = []
        for group in range(before.metadata.num_row_groups):
            differing = _differing(old, new, before.metadata, after.metadata, group)
            if REF in differing:
                return None
            if differing:
                found.append(_rows(before, after, group, differing, list(columns)))
    empty = before.schema_arrow.empty_table().select(list(columns))
    return pa.concat_tables([empty, *found])


def all_changed(
    pairs: Sequence[tuple[Path, Path]], columns: Sequence[str], threads: int
) -> list[pa.Table | None]:
    """:func:`changed_rows` of many pairs, in order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda pair: changed_rows(pair[0], pair[1], columns), pairs))


def _alike(before: pq.FileMetaData, after: pq.FileMetaData) -> bool:
    sizes = [[m.row_group(g).num_rows for g in range(m.num_row_groups)] for m in (before, after)]
    return bool(sizes[0] == sizes[1] and before.schema.equals(after.schema))


def _differing(
    old: Path, new: Path, before: pq.FileMetaData, after: pq.FileMetaData, group: int
) -> list[str]:
    """The columns whose bytes differ in one row group."""
    found = []
    with old.open("rb") as one, new.open("rb") as other:
        for index in range(before.num_columns):
            chunks = [meta.row_group(group).column(index) for meta in (before, after)]
            if _bytes(one.fileno(), chunks[0]) != _bytes(other.fileno(), chunks[1]):
                found.append(chunks[0].path_in_schema)
    return found


def _bytes(file: int, chunk: pq.ColumnChunkMetaData) -> bytes:
    start = chunk.data_page_offset
    if chunk.dictionary_page_offset is not None:
        start = min(start, chunk.dictionary_page_offset)
    return os.pread(file, chunk.total_compressed_size, start)


def _rows(
    before: pq.ParquetFile, after: pq.ParquetFile, group: int, differing: list[str], columns: list[str]
) -> pa.Table:
    old = before.read_row_group(group, columns=differing, use_threads=False)
    new = after.read_row_group(group, columns=differing, use_threads=False)
    here = pl.Series([False]).new_from_index(0, old.num_rows)
    for name in differing:
        here = here | pl.Series(old.column(name)).ne_missing(pl.Series(new.column(name)))
    places = here.arg_true().to_arrow()
    told = after.read_row_group(group, columns=columns, use_threads=False).take(places)
    if set(columns) & set(differing):
        earlier = before.read_row_group(group, columns=columns, use_threads=False).take(places)
        told = pa.concat_tables([told, earlier])
    return told
