"""The work of verification that takes time: read events, hash them, build the roots. Knows no Django.

It runs in the process that asked, or for a large trail in one process for each processor; those open the
database by themselves, only to read.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from shouwang.trail.merkle import root_of_hashes

FETCHED = 20_000
KEPT = 100
"""So many numbers of changed events and of gaps are kept a range; more are counted."""
_PARTS = (
    "moment", "actor", "name", "post", "action", "target", "target_id", "division_code", "person", "batch",
    "reason", "body",
)  # fmt: skip

Fetch = Callable[[str], Iterator[Sequence[tuple[int, str, bytes, bytes]]]]
"""Runs a query and gives its rows in chunks."""


@dataclass(frozen=True)
class Range:
    """Events from ``first`` to ``last`` under a seal; ``seal`` is 0 for those that have none yet."""

    seal: int
    first: int
    last: int


@dataclass
class Found:
    """What a range holds now."""

    range: Range
    count: int = 0
    root: str = ""
    changed: list[int] = field(default_factory=list)
    """Events that differ from their digest."""
    more: int = 0
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """Numbers that are not there, from–to; of no meaning where numbers have gaps anyway."""


def query(vendor: str, ranges: Sequence[Range]) -> str:
    """The query for the events of consecutive ranges: number, digest, the bytes it is made of, and the leaf.

    The bytes are put together by the database: a Python string a column would cost more than the hashing.
    """
    if vendor == "postgresql":
        joined = f"convert_to(concat_ws(chr(31), {', '.join(_PARTS)}), 'UTF8')"
        leaf = "convert_to(id || chr(31) || digest, 'UTF8')"
    else:
        joined = f"CAST({' || char(31) || '.join(_PARTS)} AS BLOB)"
        leaf = "CAST(id || char(31) || digest AS BLOB)"
    return (
        f"SELECT id, digest, {joined}, {leaf} FROM trail_event"  # noqa: S608 - numbers and fixed names
        f" WHERE id >= {int(ranges[0].first)} AND id <= {int(ranges[-1].last)} ORDER BY id"
    )


def recompute(fetch: Fetch, vendor: str, ranges: Sequence[Range]) -> list[Found]:
    """What consecutive ranges hold."""
    results = [Found(one) for one in ranges]
    rows = (row for chunk in fetch(query(vendor, ranges)) for row in chunk)
    waiting = iter(results)
    found = next(waiting)
    under: list[bytes] = []
    last, expected = found.range.last, found.range.first
    for number, digest, said, leaf in rows:
        while number > last:
            _close(found, under, expected)
            found, under = next(waiting), []
            last, expected = found.range.last, found.range.first
        if sha256(said).hexdigest() != digest:
            _keep(found, number)
        if number > expected and len(found.gaps) < KEPT:
            found.gaps.append((expected, number - 1))
        expected = number + 1
        under.append(sha256(b"\x00" + leaf).digest())
    _close(found, under, expected)
    for found in waiting:
        _close(found, [], found.range.first)
    return results


def _keep(found: Found, number: int) -> None:
    if len(found.changed) < KEPT:
        found.changed.append(number)
    else:
        found.more += 1


def _close(found: Found, under: list[bytes], expected: int) -> None:
    found.count = len(under)
    found.root = root_of_hashes(under).hex()
    if found.range.seal and expected <= found.range.last:
        found.gaps.append((expected, found.range.last))


def chunks(cursor: Any) -> Iterator[Any]:
    """The rows of a cursor that has executed, in chunks."""
    while rows := cursor.fetchmany(FETCHED):
        yield rows


def _alone(vendor: str, address: dict[str, Any], ranges: Sequence[Range]) -> list[Found]:
    """The work of one process, over a connection of its own."""
    if vendor == "postgresql":
        import psycopg

        with psycopg.connect(**address) as connection:
            return recompute(lambda sql: server_side(connection, sql), vendor, ranges)
    import sqlite3

    database = sqlite3.connect(f"file:{address['database']}?mode=ro", uri=True)
    try:
        return recompute(lambda sql: chunks(database.execute(sql)), vendor, ranges)
    finally:
        database.close()


def server_side(connection: Any, sql: str) -> Iterator[Any]:
    """The rows of a query in chunks, on a psycopg connection, without holding all of them."""
    with connection.cursor(name="shouwang_verify", binary=True) as cursor:
        cursor.itersize = FETCHED
        cursor.execute(sql)
        yield from chunks(cursor)


def split(ranges: Sequence[Range], size: int) -> Iterator[Sequence[Range]]:
    """Consecutive ranges in parts of about ``size`` numbers."""
    start = 0
    for index, one in enumerate(ranges):
        if one.last - ranges[start].first + 1 >= size:
            yield ranges[start : index + 1]
            start = index + 1
    if start < len(ranges):
        yield ranges[start:]


def recompute_in_parallel(vendor: str, address: dict[str, Any], ranges: Sequence[Range]) -> Iterable[Found]:
    """As :func:`recompute`, with a process for each processor (four at most)."""
    workers = min(os.cpu_count() or 1, 4)
    # Not forked: a child must not inherit the connections of this process.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        work = [pool.submit(_alone, vendor, address, part) for part in split(ranges, 200_000)]
        for one in work:
            yield from one.result()
