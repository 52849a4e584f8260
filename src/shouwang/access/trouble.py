"""What went wrong around us rather than in us: a full disk, a database that is away; and what is our fault.

Whoever uses the system is told so in words, with what to do; a program is told by the status whether it may
try again. Nothing was written then: what was begun is a transaction that did not end.
"""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass

from django import db
from django.utils.translation import gettext as _

from shouwang.clock.busy import SQLITE_BUSY, behind

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
RETRY_AFTER = 30
"""Seconds after which a program may ask again."""

SQLITE_FULL = {sqlite3.SQLITE_FULL}
SQLITE_BROKEN = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}
PG_FULL = {"53100"}
PG_AWAY = ("08", "53", "57P", "40", "55P03")
"""SQLSTATEs by their beginning: no connection, no room, shut down, to be repeated, locked."""


@dataclass(frozen=True)
class Trouble:
    """A mishap with its HTTP status: 507 the disk is full, 503 the database is away, 500 it is our fault."""

    status: int
    title: str
    advice: str

    @property
    def headers(self) -> dict[str, str]:
        """What a program is told beside the status: when to ask again."""
        return {"Retry-After": str(RETRY_AFTER)} if self.status == 503 else {}


def trouble(error: BaseException | None) -> Trouble | None:
    """What is behind an exception; None where the fault is our own."""
    for one in behind(error):
        if isinstance(one, OSError) and one.errno in FULL:
            return _full()
        found = _of_database(one)
        if found is not None:
            return found
    return None


def mishap(error: BaseException | None) -> Trouble:
    """What whoever asked is told of an exception that nobody expected."""
    return trouble(error) or Trouble(
        500,
        _("系统出错"),
        _("刚才的操作没有完成，也没有留下一半。请稍后再试；还是不行的，请联系本单位的系统管理员。"),
    )


def _of_database(error: BaseException) -> Trouble | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in SQLITE_FULL:
            return _full()
        if code in SQLITE_BUSY:
            return _away()
        return _broken() if code in SQLITE_BROKEN else None
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        if state in PG_FULL:
            return _full()
        return _away() if state.startswith(PG_AWAY) else None
    # A driver that has lost its server, or never reached it, has no state to tell.
    if isinstance(error, db.OperationalError | db.InterfaceError) and not isinstance(
        error.__cause__, sqlite3.Error
    ):
        return _away() if getattr(error.__cause__, "sqlstate", None) is None else None
    return None


def _full() -> Trouble:
    return Trouble(
        507,
        _("磁盘已满"),
        _("刚才的操作没有完成，也没有留下一半，原有数据不受影响。请系统管理员腾出磁盘空间，再做一遍。"),
    )


def _away() -> Trouble:
    return Trouble(
        503,
        _("数据库暂时不能用"),
        _("刚才的操作没有完成，也没有留下一半。请过一会儿再试；一直这样的，请联系本单位的系统管理员。"),
    )


def _broken() -> Trouble:
    return Trouble(
        503,
        _("数据库文件读写出错"),
        _("刚才的操作没有完成。请系统管理员检查磁盘空间、文件权限和数据库文件，见文档“故障与恢复”。"),
    )
