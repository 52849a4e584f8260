"""A scan of a made town beside hand-written SQL, Polars and pandas, with the cost of every rule.

The town is a snapshot that ``shouwang synth`` has written (``--residents 1000000 --share-dibao 0.5
--claims 2`` and ten times as many; the folder is given here). Each measurement runs in a process of
its own with two threads and 7 GB for DuckDB; the best of the rounds counts. For the rules of
``scan_peers.SQL`` the subjects that SQL finds must be the ones the rules find.

Run: ``python benchmarks/scan.py [--rounds=2] TOWN [TOWN …]``; ``--per-rule TOWN`` lists as CSV what each
rule costs alone (``docs/rule-costs.csv``), ``--one all TOWN`` asks all rules together, once.
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
MEMORY = "7GB"
ROUNDS = 2
LOCAL = 20
TOLD = ("seconds", "cpu", "peak_gib", "rules", "findings", "failed")
COUNTED = ("assistance.payment", "insurance.inpatient_stay", "insurance.pharmacy_purchase")


def digest(subjects: set[str]) -> str:
    """A short name for a set of subjects."""
    return hashlib.sha256("\n".join(sorted(subjects)).encode()).hexdigest()[:16]


def ours(town: Path, codes: list[str], *, fuse: bool) -> dict[str, Any]:
    """Ask these rules (all when none is named), together or one by one."""
    import django

    django.setup()
    from shouwang.risk import catalogue
    from shouwang.risk.engine import DuckDB, ask
    from shouwang.risk.parameters import with_office_file
    from shouwang.snapshot.store import Snapshot

    rules = [rule for code, rule in catalogue.rules().items() if not codes or code in codes]
    parameters = with_office_file(catalogue.parameters(), town / "parameters.yaml")
    snapshot = Snapshot.load(town / "snapshot")
    with tempfile.TemporaryDirectory() as scratch:
        engine = DuckDB(Path(scratch), MEMORY, 2)
        if fuse:
            start, burnt = time.perf_counter(), time.process_time()
            outcomes = ask(engine, snapshot, rules, parameters, AS_OF)
            whole, processor = time.perf_counter() - start, time.process_time() - burnt
            single, costs = {}, {}
        else:
            outcomes, single, costs = [], {}, {}
            for rule in rules:
                start, burnt = time.perf_counter(), time.process_time()
                outcomes += ask(engine, snapshot, [rule], parameters, AS_OF, fuse=False)
                single[rule.code] = round(time.perf_counter() - start, 3)
                costs[rule.code] = round(time.process_time() - burnt, 3)
            whole, processor = sum(single.values()), sum(costs.values())
        engine.close()
    asked = [o for o in outcomes if o.status == "asked"]
    return {
        "seconds": whole, "cpu": processor, "rules": len(asked), "single": single,
        "costs": costs, "found": {o.rule.code: len(o.findings) for o in asked},
        "findings": sum(len(o.findings) for o in asked), "peak_gib": peak_gib(),
        "failed": [o.rule.code for o in outcomes if o.status == "failed"],
        "subjects": {o.rule.code: digest({f.subject_id for f in o.findings}) for o in asked},
    }  # fmt: skip


def by_sql(town: Path) -> dict[str, Any]:
    """The SQL of each question, one after the other."""
    import duckdb

    with tempfile.TemporaryDirectory() as scratch:
        options = {"memory_limit": MEMORY, "threads": 2, "temp_directory": scratch}
        connection = duckdb.connect(config={**options, "preserve_insertion_order": False})
        scan_peers.views(connection, town / "snapshot")
        single, subjects = {}, {}
        burnt = time.process_time()
        for code, query in scan_peers.SQL.items():
            start = time.perf_counter()
            rows = connection.sql(query).to_arrow_table()
            single[code] = round(time.perf_counter() - start, 3)
            subjects[code] = digest(set(rows.column("subject").to_pylist()))
        processor = time.process_time() - burnt
    return {"seconds": sum(single.values()), "cpu": processor, "single": single, "subjects": subjects,
            "peak_gib": peak_gib()}  # fmt: skip


def by_frames(town: Path, library: str) -> dict[str, Any]:
    """Five questions in Polars or pandas."""
    make = scan_peers.polars_questions if library == "polars" else scan_peers.pandas_questions
    single, subjects = {}, {}
    burnt = time.process_time()
    for code, question in make(town / "snapshot").items():
        start = time.perf_counter()
        found = question()
        single[code] = round(time.perf_counter() - start, 3)
        subjects[code] = digest(found)
    return {"seconds": sum(single.values()), "cpu": time.process_time() - burnt, "single": single,
            "subjects": subjects, "peak_gib": peak_gib()}  # fmt: skip


def local(town: Path, count: int) -> dict[str, Any]:
    """So many row-local rules on the payments, asked together."""
    import django

    django.setup()
    from shouwang.risk.engine import DuckDB, ask
    from shouwang.risk.rule import Hits, Rule, Severity, Tables, hits
    from shouwang.snapshot.store import Snapshot

    def made(number: int) -> Rule:
        def question(t: Tables, p: Any) -> Hits:
            rows = t.payment
            # Every rule looks at several columns and finds next to nothing.
            where = (rows.paid > 900_000 + number) | (rows.paid_on > dt.date(2030, 1, 1 + number))
            where = where | ((rows.persons > 40 + number) & (rows.due < rows.paid))
            return hits(rows, where=where, subject=rows.certificate, name=rows.name, because="{paid}")

        return Rule(
            code=f"bench.local-{number}", title="", severity=Severity.LOW, subject="household", seeds=(),
            reads={"assistance.payment": "certificate"}, optional={}, needs={}, spans={}, uses=(),
            remedy="", risk_point="", looks_alike="", basis="", function=question,
        )  # fmt: skip

    snapshot = Snapshot.load(town / "snapshot")
    with tempfile.TemporaryDirectory() as scratch:
        engine = DuckDB(Path(scratch), MEMORY, 2)
        seconds = []
        for _round in range(3):
            start = time.perf_counter()
            outcomes = ask(engine, snapshot, [made(n) for n in range(count)], {}, AS_OF)
            seconds.append(time.perf_counter() - start)
        engine.close()
    assert all(o.status == "asked" for o in outcomes)
    return {"seconds": min(seconds), "peak_gib": peak_gib()}


def one(what: str, town: Path) -> dict[str, Any]:
    """What a child process measures."""
    known = list(scan_peers.SQL)
    if what == "all":
        return ours(town, [], fuse=True)
    if what == "per-rule":
        return ours(town, [], fuse=False)
    if what == "together":
        return ours(town, known, fuse=True)
    if what == "alone":
        return ours(town, known, fuse=False)
    if what == "sql":
        return by_sql(town)
    if what in ("polars", "pandas"):
        return by_frames(town, what)
    return local(town, int(what.removeprefix("local-")))


def best(what: str, town: Path, rounds: int) -> dict[str, Any]:
    """The fastest of some rounds, with the greatest memory."""
    runs = [child(__file__, "--one", what, str(town)) for _round in range(rounds)]
    chosen = min(runs, key=lambda run: run["seconds"])
    singles = [run["single"] for run in runs if run.get("single")]
    if singles:
        chosen["single"] = {code: min(s[code] for s in singles) for code in singles[0]}
        chosen["seconds"] = sum(chosen["single"].values())
    chosen["peak_gib"] = max(run["peak_gib"] for run in runs)
    for key in ("seconds", "cpu", "peak_gib"):
        chosen[key] = round(chosen[key], 2)
    print(town.name, what, {key: chosen[key] for key in TOLD if key in chosen}, file=sys.stderr, flush=True)
    return chosen


def compare(town: Path, rounds: int) -> dict[str, Any]:
    """All figures of one town."""
    runs = {what: best(what, town, rounds) for what in ("sql", "alone", "together", "polars")}
    residents = sum(p["rows"] for p in _parts(town) if p["ledger"] == "registry.person")
    if residents < 3_000_000:  # ten million do not fit
        runs["pandas"] = best("pandas", town, 1)
    runs["all"] = best("all", town, 1)
    runs |= {f"local-{n}": child(__file__, "--one", f"local-{n}", str(town)) for n in (1, LOCAL)}
    different = [
        (what, code)
        for what in ("alone", "together", "polars", "pandas")
        for code, found in runs.get(what, {}).get("subjects", {}).items()
        if found != runs["sql"]["subjects"][code]
    ]
    sql, alone = runs["sql"]["single"], runs["alone"]["single"]
    five = runs["polars"]["single"]
    ratios = {
        "together_against_sql": runs["together"]["seconds"] / runs["sql"]["seconds"],
        "alone_against_sql": runs["alone"]["seconds"] / runs["sql"]["seconds"],
        "alone_against_sql_worst": max(alone[code] / sql[code] for code in sql),
        "polars_against_alone": runs["polars"]["seconds"] / sum(alone[code] for code in five),
        f"local_{LOCAL}_against_1": runs[f"local-{LOCAL}"]["seconds"] / runs["local-1"]["seconds"],
    }
    if "pandas" in runs:
        ratios["pandas_against_alone"] = runs["pandas"]["seconds"] / sum(alone[code] for code in five)
    return {
        "town": town.name, "residents": residents,
        "rows": {name: sum(p["rows"] for p in _parts(town) if p["ledger"] == name) for name in COUNTED},
        "ratios": {name: round(value, 2) for name, value in ratios.items()},
        "rules": {code: {"sql": sql[code], "alone": alone[code]} for code in sql},
        "subjects_differ": different,
        "runs": {what: {key: run[key] for key in TOLD if key in run} for what, run in runs.items()},
    }  # fmt: skip


def _parts(town: Path) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = json.loads((town / "snapshot" / "manifest.json").read_text("utf-8"))[
        "parts"
    ]
    return parts


def main() -> None:
    """Print the figures of each town and the growth between the first and the last."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(sys.argv[2], Path(sys.argv[3]))))
        return
    if sys.argv[1:2] == ["--per-rule"]:
        run = child(__file__, "--one", "per-rule", sys.argv[2])
        print("rule,processor_seconds,findings")
        for code, seconds in sorted(run["costs"].items(), key=lambda item: (-item[1], item[0])):
            print(f"{code},{seconds:.3f},{run['found'].get(code, '')}")
        return
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--rounds=")]
    rounds = next((int(a.partition("=")[2]) for a in sys.argv[1:] if a.startswith("--rounds=")), ROUNDS)
    towns = [compare(Path(path).resolve(), rounds) for path in given]
    result: dict[str, Any] = {"towns": towns}
    if len(towns) > 1:
        first, last = towns[0], towns[-1]
        result["growth"] = {
            "residents": round(last["residents"] / first["residents"], 2),
            "seconds": round(last["runs"]["all"]["seconds"] / first["runs"]["all"]["seconds"], 2),
        }
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
