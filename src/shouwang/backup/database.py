"""A consistent copy of the database, and the way back.

SQLite is copied by its backup interface, PostgreSQL by its own programs. Neither stops the installation: both
read one moment, beside which others go on writing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

SQLITE, POSTGRES = "database.sqlite3", "database.pgdump"


class DatabaseError(RuntimeError):
    """The database could not be copied or put back; the text says why and what to do."""


def copy(connection: BaseDatabaseWrapper, folder: Path) -> Path:
    """Write a consistent copy of the database into ``folder``; its path."""
    if connection.vendor == "sqlite":
        target = folder / SQLITE
        source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True, timeout=60)
        with closing(source), closing(sqlite3.connect(target)) as copied:
            # All in one step: in WAL mode a reader keeps nobody from writing, and a copy in portions would
            # begin anew whenever somebody writes between two of them.
            source.backup(copied)
            # One file, without the log beside it: the copy is not written to any more.
            copied.execute("PRAGMA journal_mode=DELETE")
        return target
    target = folder / POSTGRES
    _run("pg_dump", connection.settings_dict, ["--format=custom", "--no-owner", "--file", str(target)])
    return target


def check(path: Path) -> None:
    """Refuse a SQLite copy that is damaged (``PRAGMA integrity_check``)."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        try:
            said = [row[0] for row in database.execute("PRAGMA integrity_check(5)")]
        except sqlite3.DatabaseError as error:
            said = [str(error)]
    if said != ["ok"]:
        raise DatabaseError(_("备份里的数据库已损坏：{said}").format(said="; ".join(said)))


def put_back(connection: BaseDatabaseWrapper, dump: Path) -> None:
    """Restore a PostgreSQL dump into an empty database, in one transaction."""
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise DatabaseError(_("目标数据库不是空的：请新建一个空库，用 SHOUWANG_DATABASE 指向它"))
    connection.close()
    arguments = ["--no-owner", "--single-transaction", "--exit-on-error", str(dump)]
    _run("pg_restore", connection.settings_dict, ["--dbname", connection.settings_dict["NAME"], *arguments])


def _run(program: str, settings: dict[str, Any], arguments: list[str]) -> None:
    """Run a PostgreSQL program on the database of the settings; the password goes by the environment."""
    found = shutil.which(program)
    if found is None:
        raise DatabaseError(_("没有找到 {program}，请安装 postgresql-client").format(program=program))
    environment = {
        **os.environ,
        "PGHOST": settings.get("HOST", ""),
        "PGPORT": str(settings.get("PORT", "")),
        "PGUSER": settings.get("USER", ""),
        "PGPASSWORD": settings.get("PASSWORD", ""),
        "PGDATABASE": settings["NAME"],
    }
    environment = {name: value for name, value in environment.items() if value}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()[-3:]
        raise DatabaseError(_("{program} 没有成功：{said}").format(program=program, said="; ".join(said)))
