"""An installation's database in a file, where two connections can meet: the tests' own is in memory."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

PATIENCE = 0.02
"""Seconds: whoever waits for the lock in these tests waits in vain, and need not do so for long."""


@contextmanager
def on_file(home: Path, folder: Path) -> Iterator[Path]:
    """Have this thread's default connection be one to a copy of ``home``'s database, set as ours are."""
    path = folder / "shouwang.sqlite3"
    shutil.copy(home / path.name, path)
    usual = connections["default"]
    given: dict[str, Any] = {**usual.settings_dict, "NAME": str(path)}
    given["OPTIONS"] = {**given["OPTIONS"], "timeout": PATIENCE}
    ours = DatabaseWrapper(given, "default")
    connections["default"] = ours
    try:
        ours.ensure_connection()  # the first connection of an installation is the one that sets WAL
        yield path
    finally:
        connections["default"] = usual
        ours.close()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Somebody else has begun to write, and goes on as long as this lasts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
