"""A backup made while others write is whole, gives nothing away, and comes back verified or not at all."""

import io
import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from shouwang.backup.archive import BackupError, unpack
from shouwang.backup.restore import restore

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import itertools, sys
from shouwang.cli.main import set_up_django
set_up_django()
from shouwang.access.models import Area
from shouwang.trail import Actor, acting, change
with acting(Actor("command:writer", "写入")):
    for number in itertools.count(int(sys.argv[2])):
        with change("access.setup"):
            Area.objects.create(code=f"1101010010{number:05d}", name=f"第{number}网格")
        print(number, flush=True)
        if number >= int(sys.argv[1]) + int(sys.argv[2]) - 1:
            break
"""


class Installation:
    """A home of its own, driven by commands as an administrator drives it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            "SHOUWANG_HOME": str(home),
            "PYTHONPATH": str(ROOT / "src"),
            "PATH": "/usr/bin:/bin",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "shouwang.cli.main", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def write(self, number: int, first: int = 1) -> subprocess.Popen[str]:
        """A process that writes so many areas, one change each, and says each number once it is committed."""
        command = [sys.executable, "-c", WRITER, str(number), str(first)]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)

    def names(self) -> list[str]:
        with sqlite3.connect(self.home / "shouwang.sqlite3") as database:
            return [row[0] for row in database.execute("SELECT name FROM access_area ORDER BY code")]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with something in it, made once; each test works on a copy."""
    made = Installation(tmp_path_factory.mktemp("founded") / "home")
    (made.home / "evidence").mkdir(parents=True)
    (made.home / "keys.json").write_text(json.dumps({"secret_key": "very secret"}))
    (made.home / "evidence" / "ab12").write_bytes(b"a photo")
    assert made.run("manage", "migrate", "--verbosity", "0").returncode == 0
    made.write(20).wait()
    done = made.run("backup", str(made.home.parent / "b.tar.gz"))
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def office(founded: Installation, tmp_path: Path) -> Installation:
    """A copy of it."""
    shutil.copytree(founded.home, tmp_path / "home")
    return Installation(tmp_path / "home")


@pytest.fixture
def whole(founded: Installation) -> Path:
    """A backup of it."""
    return founded.home.parent / "b.tar.gz"


def refused(home: Path, monkeypatch: pytest.MonkeyPatch, backup: Path, **options: Any) -> str:
    """Why a restore into that home is refused; nothing half done may lie about afterwards."""
    monkeypatch.setenv("SHOUWANG_HOME", str(home))
    with pytest.raises(BackupError) as why:
        restore(backup, **options)
    assert not list(home.parent.glob(".*restoring*")) and not list(home.parent.glob("*.before-*"))
    return str(why.value)


def test_made_while_others_write_it_holds_a_moment_and_no_keys(office: Installation, tmp_path: Path) -> None:
    writer = office.write(5000, 21)
    assert writer.stdout is not None
    for _ in range(30):
        writer.stdout.readline()
    done = office.run("backup", str(tmp_path / "b.tar.gz"))
    still_writing = writer.poll() is None
    writer.kill()
    writer.wait()
    assert done.returncode == 0, done.stderr
    assert still_writing and (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    with tarfile.open(tmp_path / "b.tar.gz") as archive:
        names = archive.getnames()
        assert "home/evidence/ab12" in names and not [n for n in names if "keys" in n]
        assert b"very secret" not in b"".join(archive.extractfile(n).read() for n in names)  # type: ignore[union-attr]
    there = Installation(tmp_path / "elsewhere" / "home")
    restored = there.run("restore", str(tmp_path / "b.tar.gz"), "--keys", str(office.home / "keys.json"))
    assert restored.returncode == 0, restored.stderr
    names = there.names()
    assert len(names) >= 30 and names == [f"第{n}网格" for n in range(1, len(names) + 1)]
    assert (there.home / "evidence" / "ab12").read_bytes() == b"a photo"
    assert there.run("verify").returncode == 0


def test_a_home_in_use_is_set_aside_only_when_asked(
    office: Installation, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "--replace" in refused(office.home, monkeypatch, whole)
    done = office.run("restore", str(whole), "--replace")
    assert done.returncode == 0, done.stderr
    aside = list(office.home.parent.glob("home.before-*"))
    assert len(aside) == 1 and (aside[0] / "shouwang.sqlite3").is_file()


@pytest.mark.parametrize("keys", ['{"secret_key": "another"}', "{}", "no json"])
def test_keys_of_another_installation_are_refused(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    (tmp_path / "other.json").write_text(keys)
    assert "密钥" in refused(tmp_path / "there", monkeypatch, whole, key_file=tmp_path / "other.json")
    assert not (tmp_path / "there").exists()


def repack(source: Path, target: Path, change: dict[str, bytes]) -> None:
    """The archive with the content of some entries replaced."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for entry in old:
            body = old.extractfile(entry).read()  # type: ignore[union-attr]
            body = change.get(entry.name, body)
            entry.size = len(body)
            new.addfile(entry, io.BytesIO(body))


def test_a_damaged_backup_is_refused_and_nothing_is_touched(
    office: Installation, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "keys.json" not in unpack(whole, tmp_path / "checked").files
    (tmp_path / "cut.tar.gz").write_bytes(whole.read_bytes()[:-2000])
    repack(whole, tmp_path / "changed.tar.gz", {"home/evidence/ab12": b"another"})
    repack(whole, tmp_path / "unnamed.tar.gz", {"manifest.json": b"{}"})
    (tmp_path / "text.tar.gz").write_text("not an archive")
    before = office.names()
    for name in ("cut", "changed", "unnamed", "text"):
        why = refused(office.home, monkeypatch, tmp_path / f"{name}.tar.gz", replace=True)
        assert f"{name}.tar.gz" in why
    assert office.names() == before


def test_an_archive_that_reaches_outside_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("../../evil")
        entry.size = 1
        archive.addfile(entry, io.BytesIO(b"x"))
    assert "evil" in refused(tmp_path / "home", monkeypatch, tmp_path / "evil.tar.gz")
    assert not (tmp_path.parent / "evil").exists()


def test_a_trail_that_was_tampered_with_is_not_restored(
    office: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(office.home / "shouwang.sqlite3") as database:
        database.execute("DROP TRIGGER trail_event_no_update")
        database.execute("UPDATE trail_event SET reason = 'other' WHERE id = 3")
    assert office.run("backup", str(tmp_path / "b.tar.gz")).returncode == 0
    there = tmp_path / "there"
    assert "3" in refused(there, monkeypatch, tmp_path / "b.tar.gz", key_file=office.home / "keys.json")
    assert not there.exists()


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    done = Installation(tmp_path / "home").run("backup", str(tmp_path / "b.tar.gz"))
    assert done.returncode == 3 and not (tmp_path / "b.tar.gz").exists()
