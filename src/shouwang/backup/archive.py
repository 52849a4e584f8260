"""The backup file: a compressed tar of the home without its keys, ending with every file's hash.

The keys are left out on purpose. Whoever finds a backup must not be able to read ID numbers; whoever restores
it needs the keys, kept elsewhere. The manifest names their fingerprint, so wrong keys are noticed at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from shouwang import __version__
from shouwang.backup import database
from shouwang.home import KEYS, home, keys

FORMAT = "shouwang-backup/1"
MANIFEST = "manifest.json"
LEFT_OUT = ("static", "tmp", "run")
"""Folders of the home that are made anew by themselves."""


class BackupError(RuntimeError):
    """A backup that can't be made, read or restored; the text names the file and what to do."""


@dataclass
class Manifest:
    """What a backup holds: file names with their SHA-256 and size, and what it was taken of."""

    made_at: str
    version: str
    vendor: str
    keys: str
    migrations: list[list[str]]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """The manifest as it stands in the archive."""
        return json.dumps({"format": FORMAT, **vars(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes, path: Path) -> Manifest:
        """Read it back; :class:`BackupError` for something else."""
        try:
            body = json.loads(text)
            if body.pop("format") != FORMAT:
                raise ValueError("format")
            return cls(**body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BackupError(_("{path} 不是守望的备份").format(path=path)) from error


def fingerprint(body: dict[str, Any]) -> str:
    """A short hash by which two sets of keys can be told apart; tells nothing of them."""
    if not body:
        return ""
    text = json.dumps(body, sort_keys=True).encode()
    return hashlib.sha256(b"shouwang keys\0" + text).hexdigest()[:16]


class _Hashing(io.RawIOBase):
    """Reads through to a file and hashes what passes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        return data


def make(target: Path, *, using: str = "default") -> Manifest:
    """Write a backup to ``target``, at once when it is complete; what it holds.

    The database is copied first and the files after it: a file is stored before the row that names it is
    committed, so every file that the copy names is there.
    """
    connection = connections[using]
    applied = sorted([list(key) for key in MigrationRecorder(connection).applied_migrations()])
    if not applied:
        raise BackupError(_("数据库还没有建立，没有可备份的内容。请先运行 shouwang init"))
    manifest = Manifest(
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        version=__version__,
        vendor=connection.vendor,
        keys=fingerprint(keys()),
        migrations=applied,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    making = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with (
            _private_folder(target.parent) as scratch,
            os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream,
        ):
            with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1) as archive:
                _add(archive, manifest, database.copy(connection, scratch), "")
                for path in sorted(_files(home())):
                    _add(archive, manifest, path, "home/" + path.relative_to(home()).as_posix())
                body = manifest.to_json()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(body)
                archive.addfile(entry, io.BytesIO(body))
            stream.flush()
            os.fsync(stream.fileno())
        making.replace(target)
    except OSError as error:
        raise BackupError(_("写不进 {path}：{error}").format(path=target, error=error.strerror)) from error
    finally:
        making.unlink(missing_ok=True)
    return manifest


def _files(root: Path) -> Iterator[Path]:
    """The files of a home that belong into a backup: no keys, no live database, nothing half made."""
    for folder, names, files in os.walk(root):
        here = Path(folder)
        if here == root:
            names[:] = [n for n in names if n not in LEFT_OUT]
            files = [f for f in files if f != KEYS and ".sqlite3" not in f]
        names[:] = [n for n in names if not n.startswith(".")]
        yield from (here / f for f in files if not f.startswith(".") and not f.endswith(".tmp"))


def _add(archive: tarfile.TarFile, manifest: Manifest, path: Path, name: str) -> None:
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return  # deleted since it was listed: by retention, or a snapshot that made room
    with stream:
        entry = archive.gettarinfo(arcname=name or path.name, fileobj=stream)
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        hashing = _Hashing(stream)
        archive.addfile(entry, hashing)
        manifest.files[entry.name] = {"sha256": hashing.digest.hexdigest(), "size": entry.size}


@contextmanager
def _private_folder(parent: Path) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix=".shouwang-backup-", dir=parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def unpack(path: Path, folder: Path) -> Manifest:
    """Unpack a backup into an empty folder and check every file against the manifest; the manifest.

    Nothing is written outside of ``folder``, whatever the archive says.
    """
    found: dict[str, str] = {}
    body = b""
    try:
        with tarfile.open(path, "r:gz") as archive:
            for entry in archive:
                name = PurePosixPath(entry.name)
                if not entry.isfile() or name.is_absolute() or ".." in name.parts:
                    raise BackupError(_("{path} 含有不应有的内容：{name}").format(path=path, name=entry.name))
                stream = archive.extractfile(entry)
                if stream is None:
                    raise BackupError(_("{path} 已损坏").format(path=path))
                if entry.name == MANIFEST:
                    body = stream.read()
                    continue
                target = folder.joinpath(*name.parts)
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                hashing = _Hashing(stream)
                with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                    shutil.copyfileobj(hashing, out, 1 << 20)
                found[entry.name] = hashing.digest.hexdigest()
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupError(_("{path} 已损坏或不是备份：{error}").format(path=path, error=error)) from error
    manifest = Manifest.from_json(body or b"null", path)
    expected = {name: entry["sha256"] for name, entry in manifest.files.items()}
    if found != expected:
        wrong = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
        raise BackupError(
            _("{path}：{n} 个文件与清单不符，如 {name}。请换一份备份").format(
                path=path, n=len(wrong), name=wrong[0]
            )
        )
    return manifest
