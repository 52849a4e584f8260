"""The problems that the requirements name: each must be a risk point of its pack's register."""

from __future__ import annotations

import csv
from pathlib import Path


def named_problems(section: str) -> set[str]:
    """The requirements of kind "risk" of one section: ``named_problems("S1")``."""
    table = Path(__file__).parent / "seeds" / "requirements.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {r["number"] for r in rows if r["kind"] == "risk" and r["number"].startswith(f"{section}-")}
