"""How many rows many lists have, asked in one statement: a catalogue of two hundred ledgers is one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from shouwang.standards.batches import batches

TOGETHER: Final = 400
"""So many counts stand in one statement; SQLite joins no more than 500."""


def counts(lists: Mapping[str, QuerySet[Any]], most: int) -> dict[str, tuple[int, bool]]:
    """For each list how many rows it has, counted to ``most``, and whether there are more."""
    found = dict.fromkeys(lists, 0)
    for some in batches(lists, TOGETHER):
        found.update(_asked({name: lists[name] for name in some}, most))
    return {name: (min(count, most), count > most) for name, count in found.items()}


def _asked(lists: Mapping[str, QuerySet[Any]], most: int) -> Iterator[tuple[str, int]]:
    """The counts of some lists, each as it counts ``rows[: most + 1]``; empty ones may be left out."""
    parts: list[str] = []
    values: list[Any] = []
    using = next(iter(lists.values())).db if lists else "default"
    for name, rows in lists.items():
        try:
            inner, given = rows.order_by().values("pk")[: most + 1].query.sql_with_params()
        except EmptyResultSet:  # nobody sees anything of it
            continue
        # The text is what Django made of a query; all values travel beside it.
        parts.append(f"SELECT %s AS name, COUNT(*) AS rows_found FROM ({inner}) AS part{len(parts)}")  # noqa: S608
        values += [name, *given]
    if not parts:
        return
    with connections[using].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        yield from cursor.fetchall()
