"""A migrated, empty SQLite database, made once and then copied: running all migrations takes ten seconds.

It lies in pytest's cache under a name that changes with whatever a migration does: the migrations themselves,
what they and the signals after them call, and the versions of the libraries that bring migrations.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core import management
from django.core.management import call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.sqlite3.base import DatabaseWrapper

SOURCE = Path(__file__).resolve().parents[1] / "src" / "shouwang"
LOCK_FILE = SOURCE.parents[1] / "requirements.lock"


def name() -> str:
    """What the database is called that the sources of now would make."""
    told = hashlib.sha256()
    sources = {
        *SOURCE.rglob("migrations/*.py"), *SOURCE.rglob("models.py"), *SOURCE.rglob("models/*.py"),
        *SOURCE.rglob("apps.py"), *SOURCE.glob("*.py"), *SOURCE.glob("trail/*.py"),
        *SOURCE.glob("ledger/**/*.py"), *SOURCE.glob("standards/**/*.py"),
    }  # fmt: skip
    for source in [LOCK_FILE, *sorted(sources)]:
        told.update(f"{source.relative_to(SOURCE.parents[1])}\0".encode() + source.read_bytes() + b"\0")
    return f"{told.hexdigest()[:24]}.sqlite3"


@contextmanager
def once(folder: Path) -> Iterator[None]:
    """One process at a time; the others wait for what it makes."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(source: sqlite3.Connection, target: Path) -> None:
    """Write a database into a file, which is whole when it is there."""
    half = target.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(half)) as file:
        source.backup(file)
    half.replace(target)


def remembering(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Have the test databases of this process copied from the one in ``folder``, which is made if missing."""
    from django.db import connections

    def command(task: str, *arguments: Any, **options: Any) -> Any:
        connection: BaseDatabaseWrapper = connections[options.get("database", "default")]
        if task != "migrate" or not isinstance(connection, DatabaseWrapper):
            return call_command(task, *arguments, **options)
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / name()
        with once(folder):
            if not kept.exists():
                for old in folder.glob("*.sqlite3"):
                    old.unlink()
                call_command(task, *arguments, **options)
                connection.ensure_connection()
                write(connection.connection, kept)
                return None
        connection.ensure_connection()
        with closing(sqlite3.connect(kept)) as file:
            file.backup(connection.connection)
        return None

    create = BaseDatabaseCreation.create_test_db

    def quickly(*arguments: Any, **options: Any) -> Any:
        with pytest.MonkeyPatch.context() as meanwhile:
            meanwhile.setattr(management, "call_command", command)
            return create(*arguments, **options)

    patch.setattr(BaseDatabaseCreation, "create_test_db", quickly)
