"""Snapshots and answers of scans lie in the home, readable by its user alone.

``snapshots/<hash>`` is a snapshot, ``scans/<run>.json`` what was answered on it. A snapshot stays while a
scan that counts refers to it: the last :data:`KEPT` done ones, and every one that a finding cites as its
last word.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from shouwang.home import home
from shouwang.risk import state
from shouwang.risk.models import Finding, ScanRun
from shouwang.risk.rule import Rule
from shouwang.risk.scan import Scan
from shouwang.snapshot.store import Snapshot

KEPT = 5
"""So many done scans keep their answers, to be compared with."""
HALF = re.compile(r"^\.making-(\d+)-\d+$|^(\d+)\.\d+\.tmp$")
"""What a scan calls what it has not finished, with its own number in it."""


def snapshots() -> Path:
    """The folder of snapshots."""
    return _private(home() / "snapshots")


def _scans() -> Path:
    return _private(home() / "scans")


def _private(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    return folder


def workplace(run: ScanRun) -> Path:
    """An empty folder in which a snapshot is made."""
    made = snapshots() / f".making-{run.pk}-{os.getpid()}"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(mode=0o700)
    return made


def settle(made: Path, digest: str) -> Snapshot:
    """Give a snapshot that is whole its place; the same one made before is the same."""
    target = snapshots() / digest
    if not (target / "manifest.json").is_file():
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    else:
        shutil.rmtree(made, ignore_errors=True)
    return Snapshot.load(target)


def save(run: ScanRun, scan: Scan) -> None:
    """Keep the answers of a scan for the next one."""
    target = _scans() / f"{run.pk}.json"
    making = target.with_suffix(f".{os.getpid()}.tmp")
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(state.written(scan))
        stream.flush()
        os.fsync(stream.fileno())
    making.replace(target)


def has(run: ScanRun) -> bool:
    """Whether the answers of a scan are still kept, with the snapshot they were given on."""
    return (_scans() / f"{run.pk}.json").is_file() and (
        snapshots() / run.snapshot / "manifest.json"
    ).is_file()


def load(run: ScanRun, rules: Mapping[str, Rule]) -> Scan | None:
    """The answers of a scan with its snapshot; None where they are no longer kept, or can't be read."""
    path = _scans() / f"{run.pk}.json"
    root = snapshots() / run.snapshot
    try:
        return state.read(path, Snapshot.load(root), rules, str(run.pk))
    except (OSError, ValueError, KeyError):
        return None


def tidy() -> int:
    """Remove what no scan that counts refers to; how many snapshots went.

    What a scan that died left half-made goes too: nobody would ever finish it, and it fills the disk.
    """
    done = ScanRun.objects.filter(status=ScanRun.Status.DONE).order_by("-pk")
    recent = set(done.values_list("pk", flat=True)[:KEPT])
    wanted = set(done.filter(pk__in=recent).values_list("snapshot", flat=True))
    cited = ScanRun.objects.filter(pk__in=Finding.objects.values("last_run"))
    wanted |= set(cited.values_list("snapshot", flat=True))
    for path in _scans().glob("*.json"):
        if path.stem.isdecimal() and int(path.stem) not in recent:
            path.unlink(missing_ok=True)
    running = set(ScanRun.objects.filter(status=ScanRun.Status.RUNNING).values_list("pk", flat=True))

    def is_left(path: Path) -> bool:
        half = HALF.match(path.name)
        return half is not None and int(half[1] or half[2]) not in running

    for path in filter(is_left, _scans().iterdir()):
        path.unlink(missing_ok=True)
    gone = 0
    for path in list(snapshots().iterdir()):
        if is_left(path):
            shutil.rmtree(path, ignore_errors=True)
        elif not HALF.match(path.name) and path.name not in wanted:
            shutil.rmtree(path, ignore_errors=True)
            gone += 1
    return gone
