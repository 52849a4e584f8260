"""Whether an installation can start, and what to do where it can't."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator

from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from shouwang.home import home, keys


def obstacles(host: str, port: int) -> Iterator[str]:
    """What stands in the way, each with what to do about it; nothing where all is well."""
    try:
        known = os.environ.get("SHOUWANG_SECRET_KEY") or keys().get("secret_key")
    except ValueError as error:
        yield _("密钥文件已损坏：{error}。请从备份恢复。").format(error=error)
        return
    if not known:
        yield _("{home} 里还没有建立系统，请先执行 shouwang init").format(home=home())
        return
    yield from _of_checks()
    yield from _of_database()
    yield from _of_port(host, port)


def _of_checks() -> Iterator[str]:
    for found in checks.run_checks():
        if found.is_serious() and not found.is_silenced():
            yield f"{found.id}: {found.msg}" + (f"\n    {found.hint}" if found.hint else "")


def _of_database() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield _("数据库打不开：{error}").format(error=str(error).strip())
        return
    finally:
        connection.close()
    if pending:
        names = "、".join(f"{migration.app_label}.{migration.name}" for migration, _back in pending[:3])
        yield _(
            "数据库还没有升级到这个版本（{count} 步，如 {names}）。请先备份，再执行 shouwang init"
        ).format(count=len(pending), names=names)


def _of_port(host: str, port: int) -> Iterator[str]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                yield _("端口 {port} 已被占用：守望可能已经在运行；也可用 --port 换一个").format(port=port)
            elif error.errno == errno.EACCES:
                yield _("没有权限使用端口 {port}，请用 --port 换一个 1024 以上的").format(port=port)
            else:
                yield _("地址 {host} 不能使用：{error}").format(host=host, error=error.strerror)
