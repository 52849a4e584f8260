"""The guard: on every connection, statements that write a trailed table outside of a change are refused.

The managers note what they do; the guard catches what goes around them: raw SQL, a related manager, somebody
else's library. The tables of the trail itself are guarded too, so that no event is made but by a change.
Migrations rebuild tables and are let through.

It reads the statements this process sends through Django, on either database. It is no wall against somebody
who opens the database by other means: that is what the triggers, the seals and ``shouwang verify`` are for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from shouwang.trail.change import UntrailedWrite, at_rest, open_change
from shouwang.trail.tracking import link_models, trailed_models

_QUIET = re.compile(
    r"\s*(?:SELECT\b[^;]*\Z|SAVEPOINT\b|RELEASE\b|ROLLBACK\b|BEGIN\b|COMMIT\b|PRAGMA\b)", re.IGNORECASE
)
_NAME = r"""(?:["`\[]?\w+["`\]]?\s*\.\s*)?["`\[]?(\w+)"""
# Strings and comments are taken out before a statement is read: what they say is not done.
_ASIDE = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITE = re.compile(
    r"""\b(?:
        (?:INSERT(?:\s+OR\s+\w+)?|REPLACE|MERGE)\s+INTO
      | UPDATE(?:\s+OR\s+\w+)?(?:\s+ONLY)?
      | DELETE\s+FROM(?:\s+ONLY)?
      | (?:DROP|ALTER)\s+TABLE(?:\s+IF\s+EXISTS)?(?:\s+ONLY)?
      | COPY
    )\s+"""
    + _NAME,
    re.IGNORECASE | re.VERBOSE,
)
_TRUNCATE = re.compile(r"\bTRUNCATE\b(?!\s+ON\b)([^;]*)", re.IGNORECASE)


@cache
def guarded_tables() -> frozenset[str]:
    """The tables of all models that derive from ``Trailed``, of their links, and of the trail itself."""
    tables = {model._meta.db_table.lower() for model in [*trailed_models(), *link_models()]}
    return frozenset(tables | {"trail_event", "trail_seal"})


@contextmanager
def paused() -> Iterator[None]:
    """Let statements through: for migrations and for the flush between tests."""
    token = at_rest.set(True)
    try:
        yield
    finally:
        at_rest.reset(token)


def pause(**_signal: Any) -> None:
    """Let statements through from here on: migrations begin."""
    at_rest.set(True)


def resume(**_signal: Any) -> None:
    """Guard again: migrations are over."""
    at_rest.set(False)


def written(sql: str) -> set[str]:
    """The guarded tables that a text of one or more statements writes.

    >>> sorted(written("WITH a AS (SELECT 1) DELETE FROM public.access_area"))
    ['access_area']
    """
    if _QUIET.match(sql):
        return set()
    bare = _ASIDE.sub(" ", sql)
    names = {found[1].lower() for found in _WRITE.finditer(bare)}
    for found in _TRUNCATE.finditer(bare):
        names |= {name.lower() for name in re.findall(r"\w+", found[1])}
    return names & guarded_tables()


def refuse(sql: Any) -> None:
    """Raise :class:`UntrailedWrite` for a statement that may not run now."""
    if at_rest.get() or open_change() is not None:
        return
    if hasattr(sql, "as_string"):  # a statement composed with psycopg
        sql = sql.as_string(None)
    tables = written(sql.decode() if isinstance(sql, bytes) else str(sql))
    if tables:
        raise UntrailedWrite(f"{', '.join(sorted(tables))} is written outside of trail.change(...)")


def guard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """An execute wrapper (see Django's database instrumentation)."""
    refuse(sql)
    return execute(sql, params, many, context)


def _watch_cursors(connection: BaseDatabaseWrapper) -> None:
    """Guard what a driver's cursor can do past Django's wrappers: COPY, and scripts on SQLite."""
    create = connection.create_cursor
    method = "copy" if connection.vendor == "postgresql" else "executescript"

    def create_cursor(name: str | None = None) -> Any:
        cursor = create(name)
        beyond = getattr(cursor, method, None)

        def checked(sql: Any, *args: Any, **options: Any) -> Any:
            refuse(sql)
            return beyond(sql, *args, **options)  # type: ignore[misc]

        if beyond is not None:
            setattr(cursor, method, checked)
        return cursor

    connection.create_cursor = create_cursor  # type: ignore[method-assign]


def install(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Put the guard on a new connection, once."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
        _watch_cursors(connection)
