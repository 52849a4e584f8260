"""Spark with one worker and with two, and its findings beside DuckDB's.

Each cluster is a ``local-cluster`` of workers with one core each: separate processes that exchange data
over sockets, as on several machines. The rules are those of ``scan_peers.SQL``; starting the session
and a first small question are not timed. The town is a folder that ``shouwang synth`` has written.

Run: ``python benchmarks/spark.py TOWN [ROUNDS]``. Needs ``pip install 'shouwang[spark]'`` and Java 17.
"""

from __future__ import annotations

import datetime as dt
import hashlib
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

from benchmarks import scan_peers  # noqa: E402
from benchmarks.measure import child, peak_gib  # noqa: E402

AS_OF = dt.date(2023, 12, 31)
WORKER_MEMORY = 2048
PROMISE = 1.6


def measure(town: Path, engine_name: str) -> dict[str, Any]:
    """Ask the rules once; seconds of each and a digest of all findings."""
    import django

    django.setup()
    from shouwang.risk import catalogue
    from shouwang.risk.engine import ask, open_engine
    from shouwang.risk.parameters import with_office_file
    from shouwang.snapshot.store import Snapshot

    parameters = with_office_file(catalogue.parameters(), town / "parameters.yaml")
    rules = catalogue.rules()
    snapshot = Snapshot.load(town / "snapshot")
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_engine(engine_name, memory="2GB", scratch=Path(scratch))
        # Workers start, and the machine compiles, with the first question.
        ask(engine, snapshot, [rules["insurance.stay-dates-wrong"]], parameters, AS_OF)
        start = time.perf_counter()
        outcomes = ask(engine, snapshot, [rules[code] for code in scan_peers.SQL], parameters, AS_OF)
        seconds = time.perf_counter() - start
        engine.close()
    told = [(o.rule.code, o.status, [repr(finding) for finding in o.findings]) for o in outcomes]
    return {
        "seconds": round(seconds, 2),
        "findings": sum(len(o.findings) for o in outcomes),
        "digest": hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16],
        "driver_peak_gib": round(peak_gib(), 2),
    }


def run(town: Path, workers: int) -> dict[str, Any]:
    """The rules on so many workers, or on DuckDB for none."""
    if not workers:
        return child(__file__, "--one", "duckdb", str(town))
    cluster = {
        "SPARK_MASTER": f"local-cluster[{workers},1,{WORKER_MEMORY}]",
        # Every core gets the same pieces of work in both clusters.
        "SPARK_SHUFFLE_PARTITIONS": "8",
        "PYSPARK_SUBMIT_ARGS": f"--conf spark.executor.memory={WORKER_MEMORY - 512}m pyspark-shell",
    }
    return child(__file__, "--one", "spark", str(town), environment={**os.environ, **cluster})


def main() -> None:
    """Print the gain of the second worker and whether the findings are DuckDB's."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(Path(sys.argv[3]), sys.argv[2])))
        return
    town = Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    runs: dict[int, list[dict[str, Any]]] = {0: [], 1: [], 2: []}
    for _round in range(rounds):
        for workers, measured in runs.items():
            measured.append(run(town, workers))
            print(workers, "workers", measured[-1], file=sys.stderr, flush=True)
    best = {workers: min(r["seconds"] for r in measured) for workers, measured in runs.items()}
    digests = {r["digest"] for measured in runs.values() for r in measured}
    print(json.dumps({
        "town": town.name, "rules": len(scan_peers.SQL), "findings": runs[0][0]["findings"],
        "seconds": {"duckdb": best[0], "1 worker": best[1], "2 workers": best[2]},
        "gain_of_second_worker": round(best[1] / best[2], 2), "promise": PROMISE,
        "findings_identical": len(digests) == 1,
        "driver_peak_gib": max(r["driver_peak_gib"] for m in (runs[1], runs[2]) for r in m),
        "worker_memory_gib": WORKER_MEMORY / 1024,
    }, ensure_ascii=False, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
