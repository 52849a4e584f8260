"""Outputs that a person may have filled in or corrected are not overwritten: they are set aside."""

from __future__ import annotations

import json
from pathlib import Path

from shouwang.snapshot.store import file_hash

EDITABLE = ("findings.xlsx", "rejected.xlsx", "mapping.yaml", "matches.csv")
"""The outputs that are meant to be edited."""


def set_aside(out: Path) -> list[tuple[str, str]]:
    """Rename each edited output of the last scan in ``out``; its name and the name it has now.

    Edited is what differs from the hash that the manifest of that scan names. Nothing is renamed where there
    is no such manifest.
    """
    try:
        written = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["output"]
    except (OSError, ValueError, KeyError):
        return []
    moved = []
    for name in EDITABLE:
        path = out / name
        if name in written and path.is_file() and file_hash(path) != written[name]:
            target = _free(path)
            path.rename(target)
            moved.append((name, target.name))
    return moved


def _free(path: Path) -> Path:
    """The first of ``findings.edited.xlsx``, ``findings.edited-2.xlsx`` … that is not taken."""
    number = 1
    while True:
        target = path.with_name(f"{path.stem}.edited{f'-{number}' if number > 1 else ''}{path.suffix}")
        if not target.exists():
            return target
        number += 1
