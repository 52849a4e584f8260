"""A database that somebody else writes just now: how to tell, how to wait for it, and how not to.

SQLite lets one write at a time, and a long transaction makes all others wait (``timeout`` in the settings).
Readers never wait. What a person asked for waits; what can as well be written a minute later does not
(:func:`hastily`); what nobody waits for is begun again (:func:`patiently`).
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import DatabaseError, connections, transaction
from django.db.utils import DEFAULT_DB_ALIAS

log = logging.getLogger(__name__)

SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
PG_BUSY = ("40", "55P03")
"""SQLSTATEs by their beginning: to be repeated, locked."""
HASTE = 0.05
"""So many seconds waits who is in haste."""
ATTEMPTS = 5
"""So often is begun what may wait; each time the settings' whole time is waited."""

Result = TypeVar("Result")


def behind(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and what caused it, to the last."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def is_busy(error: BaseException | None) -> bool:
    """Whether the database was only busy: the same may succeed in a moment."""
    for one in behind(error):
        if isinstance(one, sqlite3.Error) and getattr(one, "sqlite_errorcode", 0) & 0xFF in SQLITE_BUSY:
            return True
        state = getattr(one, "sqlstate", None)
        if isinstance(state, str) and state.startswith(PG_BUSY):
            return True
    return False


@contextmanager
def hastily(seconds: float = HASTE, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction that gives up soon where somebody else writes; see :func:`is_busy` for its error."""
    connection = connections[using]
    milliseconds = int(seconds * 1000)
    if connection.vendor != "sqlite":
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {milliseconds}")
            yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
        try:
            with transaction.atomic(using=using):
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def patiently(write: Callable[[], Result], *, using: str = DEFAULT_DB_ALIAS) -> Result:
    """Call what writes in a transaction of its own, again where the database was busy.

    Within a transaction it is called once: what went before is lost with it, and cannot be begun again here.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            return write()
        except DatabaseError as error:
            if connections[using].in_atomic_block or not is_busy(error):
                raise
            log.warning("the database is busy; trying again: %s", error)
    return write()
