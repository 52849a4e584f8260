"""What SQLite and PostgreSQL do differently, as far as ledgers need it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from shouwang.ledger.fields import LedgerField, PersonField


def lock(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Let nobody else import into these ledgers until the transaction ends.

    On SQLite the transaction itself is alone from its start (IMMEDIATE).
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            digest = hashlib.sha256(f"ledger/{name}".encode()).digest()
            number = int.from_bytes(digest[:8], "big", signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _iso(value: dt.date | None) -> str | None:
    return None if value is None else value.isoformat()


def _stamp(value: dt.datetime | None) -> Any:
    return None if value is None else value.isoformat(sep=" ")


def _aware(value: dt.datetime | None) -> Any:
    return None if value is None else value.replace(tzinfo=dt.UTC)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def adapter(field: LedgerField, connection: BaseDatabaseWrapper) -> Callable[[Any], Any] | None:
    """How values of a column are handed to the driver; None where they pass as they are."""
    if isinstance(field, PersonField):
        return lambda value: field.sealed(value) if value else None
    if connection.vendor == "postgresql":
        return _aware if field.kind == "datetime" else None
    if field.kind in ("date", "month"):
        return _iso
    if field.kind == "datetime":
        return _stamp
    if field.kind in ("money", "number", "percent"):
        return _text
    return None


def moment(connection: BaseDatabaseWrapper, value: dt.datetime) -> Any:
    """An aware time as the driver takes it."""
    return connection.ops.adapt_datetimefield_value(value)


def estimate(connection: BaseDatabaseWrapper, table: str) -> int | None:
    """About how many rows a table has, without counting them; None where the engine keeps no such number."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)", [table])
            found = cursor.fetchone()
            return int(found[0]) if found and found[0] >= 0 else None
    return None
