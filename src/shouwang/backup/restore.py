"""Restore: unpack beside, check everything, and only then take the place of what is there."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from django.utils.translation import gettext as _

from shouwang.backup import database
from shouwang.backup.archive import BackupError, Manifest, fingerprint, unpack
from shouwang.home import KEYS, home, read_keys


@dataclass(frozen=True)
class Restored:
    """What was restored, what the verification of its trail said, where the home of before was set aside."""

    manifest: Manifest
    trail: str
    set_aside: Path | None


def restore(path: Path, *, key_file: Path | None = None, replace: bool = False) -> Restored:
    """Restore a backup into the home (and the database that ``SHOUWANG_DATABASE`` names).

    Refused with :class:`BackupError`, and nothing touched: a damaged backup, keys that are not its own, a
    trail that does not verify, a home in use unless ``replace``, which sets the old home aside, whole.
    """
    target = home()
    if (target / "shouwang.sqlite3").exists() and not replace:
        message = _("{home} 里已有数据库。恢复到空的 SHOUWANG_HOME，或加 --replace，原来的会整个改名保留")
        raise BackupError(message.format(home=target))
    target.parent.mkdir(parents=True, exist_ok=True)
    making = target.with_name(f".{target.name}.restoring-{os.getpid()}")
    making.mkdir(mode=0o700)
    try:
        manifest = unpack(path, making)
        fresh = making / "home"
        fresh.mkdir(mode=0o700, exist_ok=True)
        _bring_keys(manifest, fresh, key_file or target / KEYS)
        _bring_database(manifest, making, fresh)
        trail = _verify(manifest, fresh)
        aside = None
        if target.exists():
            aside = target.with_name(f"{target.name}.before-{dt.datetime.now():%Y%m%d-%H%M%S}")
            target.rename(aside)
        fresh.rename(target)
        return Restored(manifest, trail, aside)
    except database.DatabaseError as error:
        raise BackupError(str(error)) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _bring_keys(manifest: Manifest, fresh: Path, source: Path) -> None:
    """Put the keys into the restored home; refused where they are not those of the backup."""
    try:
        found = read_keys(source)
    except (OSError, ValueError) as error:
        raise BackupError(_("密钥文件 {path} 读不了：{error}").format(path=source, error=error)) from error
    if fingerprint(found) != manifest.keys:
        raise BackupError(
            _("密钥与备份不符，身份证号将无法还原。请用 --keys 指明备份当时的 {name}").format(name=KEYS)
        )
    if found:
        shutil.copyfile(source, fresh / KEYS)
        (fresh / KEYS).chmod(0o600)


def _bring_database(manifest: Manifest, making: Path, fresh: Path) -> None:
    """Put the database in its place within the restored home, or into an empty PostgreSQL database."""
    if manifest.vendor == "sqlite":
        copied = making / database.SQLITE
        database.check(copied)
        copied.rename(fresh / "shouwang.sqlite3")
        return
    connection = connections["default"]
    if connection.vendor != manifest.vendor:
        raise BackupError(_("这是 PostgreSQL 的备份：请用 SHOUWANG_DATABASE 指向一个空的 PostgreSQL 库"))
    database.put_back(connection, making / database.POSTGRES)


def _verify(manifest: Manifest, fresh: Path) -> str:
    """What ``shouwang verify`` says of the restored copy, asked in a process that knows no other home.

    A program that was set up for one database can't be turned to another half-way.
    """
    environment = {**os.environ, "SHOUWANG_HOME": str(fresh)}
    if manifest.vendor == "sqlite":
        environment.pop("SHOUWANG_DATABASE", None)
    command = [sys.executable, "-m", "shouwang.cli.main", "verify"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise BackupError(_("备份里的留痕核对不上：{what}").format(what=said))
    return done.stdout.strip()
