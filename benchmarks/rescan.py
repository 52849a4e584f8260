"""Asking again after 0.1 % of the residents changed, clustered in communities and scattered over all.

The town is a folder that ``shouwang synth`` has written. Two changed copies of its snapshot are made
beside it (unchanged parts are hard links). One process scans the town in full, asks again on each copy
with the first scan as the one before, and with ``--prove`` scans each copy in full too: the findings
must be the same ones.

Run: ``python benchmarks/rescan.py TOWN [--prove]``.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")

from benchmarks.measure import child, peak_gib  # noqa: E402

AS_OF = dt.date(2023, 12, 31)
MEMORY = "7GB"
SHARE = 0.001
WAYS = ("clustered", "scattered")
PROMISE = {"clustered": 0.01, "scattered": 0.03}


def copies(town: Path) -> dict[str, int]:
    """Make the changed copies that are not there yet; the persons changed in each."""
    import django

    django.setup()
    from shouwang.snapshot.store import Snapshot
    from shouwang.synth.change import change

    original = Snapshot.load(town / "snapshot")
    persons = sum(part.rows for part in original.parts_of("registry.person"))
    for how in WAYS:
        if not (town / how).exists():
            change(original, town / how, SHARE, how)  # type: ignore[arg-type]
    return dict.fromkeys(WAYS, round(persons * SHARE))


def measure(town: Path, prove: bool) -> dict[str, Any]:
    """Full scan, then asking again on each copy."""
    import django

    django.setup()
    from shouwang.risk import catalogue, scan
    from shouwang.risk.engine import DuckDB
    from shouwang.risk.parameters import with_office_file
    from shouwang.snapshot.store import Snapshot

    rules = list(catalogue.rules().values())
    parameters = with_office_file(catalogue.parameters(), town / "parameters.yaml")
    answer: dict[str, Any] = {}

    def timed(name: str, folder: str, previous: scan.Scan | None = None) -> scan.Scan:
        with tempfile.TemporaryDirectory() as scratch:
            engine = DuckDB(Path(scratch), MEMORY, 2)
            start, burnt = time.perf_counter(), time.process_time()
            snapshot = Snapshot.load(town / folder)
            result = scan.run(engine, snapshot, rules, parameters, AS_OF, previous=previous)
            answer[name] = {
                "seconds": round(time.perf_counter() - start, 2),
                "cpu": round(time.process_time() - burnt, 2),
                "findings": len(result.findings),
                "new": sum(not f.known for f in result.findings) if previous else 0,
                "gone": len(result.gone),
            }
            engine.close()
        return result

    first = timed("full", "snapshot")
    for how in WAYS:
        again = timed(how, how, first)
        if prove:
            anew = timed(f"{how} in full", how)
            answer[how]["same_findings"] = _plain(again) == _plain(anew)
    answer["peak_gib"] = round(peak_gib(), 2)
    return answer


def _plain(result: Any) -> list[Any]:
    """The findings without their running numbers, which the scan before decides."""
    return [(f.identity, f.rows, f.amount, f.on, f.facts, f.evidence) for f in result.findings]


def main() -> None:
    """Print the share of a full scan that asking again takes."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(Path(sys.argv[2]), "--prove" in sys.argv)))
        return
    town = Path(sys.argv[1]).resolve()
    persons = copies(town)
    result = child(__file__, "--one", str(town), *sys.argv[2:])
    for how in WAYS:
        result[how]["persons_changed"] = persons[how]
        result[how]["share_of_full"] = round(result[how]["seconds"] / result["full"]["seconds"], 4)
        result[how]["share_of_full_cpu"] = round(result[how]["cpu"] / result["full"]["cpu"], 4)
        result[how]["promise"] = PROMISE[how]
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
