"""A private PostgreSQL for tests and benchmarks: started for them, gone after them.

``python -m tests.postgres COMMAND…`` runs a command with ``SHOUWANG_DATABASE`` pointing to a fresh server;
this is what ``make test-postgres`` does. The server listens on a socket in a folder of its own and on no
network, and runs as a user without privileges, since PostgreSQL refuses root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "shouwang"
# What a test writes need not survive a power cut; that makes the server several times faster.
HASTE = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


class NoPostgres(RuntimeError):
    """No PostgreSQL server program is on this machine."""


def binaries() -> Path:
    """The folder with ``postgres`` and ``initdb``, the newest first; :class:`NoPostgres` without one."""

    def version(folder: Path) -> float:
        try:
            return float(folder.parent.name)
        except ValueError:
            return 0.0

    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    for folder in [*packaged, *on_path]:
        if all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl")):
            return folder
    raise NoPostgres("no PostgreSQL server programs (postgres, initdb): install the package postgresql")


def _unprivileged() -> dict[str, int]:
    """Under whom the server runs: this user, or for root one without privileges."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid}
    raise NoPostgres("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


class Server:
    """A server; databases are made in it by name. It can be stopped without notice, and started again."""

    def __init__(self, socket: Path, start: Callable[[], None], stop: Callable[[], None]) -> None:
        self.socket, self.start, self.stop = socket, start, stop

    def address(self, name: str) -> str:
        """The value for ``SHOUWANG_DATABASE``."""
        return f"postgres://{USER}@/{name}?host={quote(str(self.socket))}"

    def create(self, name: str = "") -> str:
        """Make an empty database; its address."""
        import psycopg
        from psycopg import sql

        name = name or f"private_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(
            host=str(self.socket), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.address(name)


@contextmanager
def server(options: dict[str, str] | None = None) -> Iterator[Server]:
    """Start a server and stop it at the end, without leaving a file. ``options`` go over :data:`HASTE`."""
    programs, user = binaries(), _unprivileged()
    # A socket's path may have 107 bytes, so not below a deep temporary folder.
    folder = Path(tempfile.mkdtemp(prefix="swpg", dir="/tmp"))
    data, log = folder / "data", folder / "log"
    log.touch()
    if user:
        for path in (folder, log):
            os.chown(path, user["user"], user["group"])

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(programs / program), *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            text=True,
            **user,  # type: ignore[call-overload]
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}\n{log.read_text(encoding='utf-8')}")

    settings = [f"-c {name}={value}" for name, value in {**HASTE, **(options or {})}.items()]
    given = " ".join(["-c listen_addresses=", f"-c unix_socket_directories={folder}", *settings])

    def start() -> None:
        run("pg_ctl", "-D", str(data), "-l", str(log), "-w", "-t", "60", "-o", given, "start")

    def stop() -> None:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")

    try:
        run("initdb", "-D", str(data), "-U", USER, "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync")
        start()
        try:
            yield Server(folder, start, stop)
        finally:
            if (data / "postmaster.pid").exists():
                stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run a command on a fresh server; its exit code. Without PostgreSQL nothing is run, and it is said."""
    try:
        with server() as running:
            environment = {**os.environ, "SHOUWANG_DATABASE": running.create("shouwang")}
            return subprocess.run(command, env=environment).returncode
    except NoPostgres as reason:
        print(f"没有在 PostgreSQL 上测试 not tested on PostgreSQL: {reason}", file=sys.stderr)
        return 3 if os.environ.get("SHOUWANG_POSTGRES") == "required" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
