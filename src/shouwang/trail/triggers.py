"""Triggers that refuse to change or delete events and seals, for SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("trail_event", "trail_seal")
REFUSED = "the trail is append-only"


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers; harmless where they stand."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only to undo the migration, and between tests."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that should be there and are not, or are switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            wanted = {f"{table}_no_{verb}" for table in TABLES for verb in ("update", "delete")}
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            # One of that name that does something else, or only under a condition, protects nothing.
            found = {
                name for name, sql in cursor.fetchall() if REFUSED in sql and " WHEN " not in sql.upper()
            }
        else:
            wanted = {f"{table}_no_{what}" for table in TABLES for what in ("change", "truncate")}
            cursor.execute(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE t.tgenabled IN ('O', 'A') AND p.prosrc LIKE %s AND t.tgqual IS NULL",
                [f"%RAISE EXCEPTION '{REFUSED}'%"],
            )
            found = {name for (name,) in cursor.fetchall()}
    return sorted(wanted - found)


def last_number(connection: BaseDatabaseWrapper) -> int:
    """The last number that SQLite gave to an event, be the event there or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'trail_event'")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def forwards(_apps: Any, schema_editor: Any) -> None:
    """The migration's step."""
    install(schema_editor.connection)


def backwards(_apps: Any, schema_editor: Any) -> None:
    """The migration's step back."""
    remove(schema_editor.connection)
