"""The index of words over all ledgers, kept by the database itself, whatever path a row is written by.

SQLite: one FTS5 table without content for all ledgers; a row's place in it is its ledger's number times
2**40 plus its id, so that a ledger is a range. Triggers on every ledger's table keep it. PostgreSQL: a GIN
index over ``string_to_array(words, ' ')`` on every ledger's table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, QuerySet

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers

TABLE: Final = "ledger_words"
BITS: Final = 40
NEAR: Final = 20_000
"""So many keys are walked along in the hope for rows with words that most rows have."""

_MADE: Final = (
    # The words come cut already: whatever is beyond ASCII belongs to one.
    f"CREATE VIRTUAL TABLE {TABLE} "
    "USING fts5(words, content='', detail='none', columnsize=0, tokenize='ascii')"
)

Words = Sequence[Sequence[str]]
"""What is asked for: of each group at least one word."""


@cache
def number(name: str) -> int:
    """The number of a ledger in the index: 22 bits of its name's hash, none twice (a test holds it)."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:3], "big") >> 2


def _triggers(spec: SheetSpec) -> dict[str, str]:
    table, base = spec.model._meta.db_table, number(spec.name) << BITS
    into = f"INSERT INTO {TABLE}"
    add = f"{into}(rowid, words) VALUES ({base} + new.id, new.words);"
    drop = f"{into}({TABLE}, rowid, words) VALUES ('delete', {base} + old.id, old.words);"
    said = {
        "add": f"AFTER INSERT ON {table} BEGIN {add} END",
        "drop": f"AFTER DELETE ON {table} BEGIN {drop} END",
        "change": f"AFTER UPDATE OF words ON {table} WHEN old.words <> new.words BEGIN {drop} {add} END",
    }
    return {f"{table}_words_{verb}": text for verb, text in said.items()}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index and what keeps it; where something of it was missing, fill it anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND instr(sql, 'words') > 0")
        else:
            cursor.execute(
                "SELECT table_name FROM information_schema.columns "
                "WHERE column_name = 'words' AND table_schema = current_schema()"
            )
        ready = {name for (name,) in cursor.fetchall()}
        present = [spec for spec in ledgers().values() if spec.model._meta.db_table in ready]
        if connection.vendor == "sqlite":
            _install_sqlite(cursor, present)
            return
        for spec in present:
            table = spec.model._meta.db_table
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {_short(table)}_words ON {table} "
                "USING gin (string_to_array(words, ' '))"
            )


def _short(table: str) -> str:
    return table if len(table) <= 50 else table[:40] + hashlib.sha256(table.encode()).hexdigest()[:8]


def _install_sqlite(cursor: Any, present: Iterable[SheetSpec]) -> None:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR name = %s", [TABLE])
    there = dict(cursor.fetchall())
    said = [trigger for spec in present for trigger in _triggers(spec).items()]
    wanted = {name: f"CREATE TRIGGER {name} {text}" for name, text in said}
    missing = [name for name in wanted if there.get(name) != wanted[name]]
    if there.get(TABLE) == _MADE and not missing:
        return
    cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
    cursor.execute(_MADE)
    for name in missing:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(wanted[name])
    for spec in present:
        cursor.execute(
            f"INSERT INTO {TABLE}(rowid, words) SELECT {number(spec.name) << BITS} + id, words "  # noqa: S608
            f"FROM {spec.model._meta.db_table}"
        )


def after_migrations(*, using: str, app_config: Any, **_signal: Any) -> None:
    """Once all apps are migrated (the signal comes for each of them)."""
    if app_config.label == "ledger":
        install(connections[using])


def _query(words: Words) -> str:
    groups = (" OR ".join(f'"{word}"' for word in group) for group in words)
    return " AND ".join(f"({group})" for group in groups)


def matching(rows: QuerySet[Any], words: Words) -> QuerySet[Any]:
    """The rows of a ledger that have of each group at least one word."""
    spec: SheetSpec = rows.model.spec
    table = spec.model._meta.db_table
    if connections[rows.db].vendor == "sqlite":
        base = number(spec.name) << BITS
        return rows.extra(  # noqa: S610
            where=[
                f"{table}.id IN (SELECT rowid - {base} FROM {TABLE} "  # noqa: S608
                f"WHERE {TABLE} MATCH %s AND rowid BETWEEN {base + 1} AND {base + (1 << BITS) - 1})"
            ],
            params=[_query(words)],
        )
    # What must all be there is asked at once: a server that goes through rows splits each of them only once.
    needed = [group[0] for group in words if len(group) == 1]
    asked = [("@>", needed)] if needed else []
    asked += [("&&", list(group)) for group in words if len(group) != 1]
    for operator, given in asked:
        rows = rows.extra(  # noqa: S610
            where=[f"string_to_array({table}.words, ' ') {operator} %s::text[]"], params=[given]
        )
    return rows


def ids(spec: SheetSpec, words: Words, after: int, size: int, using: str = "default") -> list[int]:
    """The ids of up to ``size`` rows that have the words, in order, beyond ``after``. No row is read."""
    if connections[using].vendor != "sqlite":
        found = matching(spec.model._default_manager.using(using), words).values_list("pk", flat=True)
        # A server takes the rows that have the words for evenly spread and would walk along the keys to the
        # first of them, which may be millions of rows away. It walks so far; beyond it asks for the words.
        first = list(found.filter(pk__gt=after, pk__lte=after + NEAR).order_by("pk")[:size])
        if len(first) < size:
            beyond = found.filter(pk__gt=after + NEAR).order_by(F("pk") + 0)
            first += beyond[: size - len(first)]
        return first
    base = number(spec.name) << BITS
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT rowid - {base} FROM {TABLE} WHERE {TABLE} MATCH %s "  # noqa: S608
            f"AND rowid > %s AND rowid < {base + (1 << BITS)} ORDER BY rowid LIMIT %s",
            [_query(words), base + after, size],
        )
        return [number for (number,) in cursor.fetchall()]
