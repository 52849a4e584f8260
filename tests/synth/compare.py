"""Hold what a scan finds against the truth of an invented town."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from shouwang.risk import catalogue
from shouwang.risk.engine import DuckDB, Outcome, ask
from shouwang.risk.parameters import with_office_file
from shouwang.risk.rule import Rule
from shouwang.snapshot.store import Snapshot
from shouwang.synth import truth

NOT_PLANTED = {
    # One answer for the whole town: no case can stand beside a lawful one.
    "microcredit.guarantee-fund-too-small",
    # One fund for the whole town: what it has left follows from the losses of every community.
    "microcredit.guarantee-fund-differs",
    # Asked in the days before a quarter or a year ends; the town's ledgers stand at the end.
    "safety.joint-inspection-still-due",
    "safety.drill-still-due",
    # Asked once of all communities of a town together, and one of them always tells.
    "safety.source-silent",
}
"""Rules of which the town can have no case, and why."""


def asked() -> list[Rule]:
    """The rules of all packs."""
    return list(catalogue.rules().values())


def scan(snapshot: Snapshot, folder: Path, scratch: Path, as_of: dt.date) -> list[Outcome]:
    """Ask the rules with the town's own parameters."""
    parameters = with_office_file(catalogue.parameters(), folder / "parameters.yaml")
    engine = DuckDB(scratch, "2GB", 2)
    try:
        return ask(engine, snapshot, asked(), parameters, as_of)
    finally:
        engine.close()


def differences(outcomes: Iterable[Outcome], folder: Path) -> list[str]:
    """What was missed, what was flagged though lawful, what else was flagged, what was not asked."""
    lines = truth.read(folder / "truth.csv")
    hits = [(x["rule"], set(x["subject_id"].split("|"))) for x in lines if x["is_near_miss"] == "0"]
    near = {(x["rule"], s) for x in lines if x["is_near_miss"] == "1" for s in x["subject_id"].split("|")}
    known = {(rule, subject) for rule, subjects in hits for subject in subjects}
    found: set[tuple[str, str]] = set()
    wrong: list[str] = []
    for outcome in outcomes:
        if outcome.status != "asked":
            wrong.append(f"{outcome.status}: {outcome.rule.code} {outcome.missing} {outcome.error}")
        for finding in outcome.findings:
            key = (finding.rule, finding.subject_id)
            here = (finding.rule, f"{finding.subject_id}@{finding.division}")
            found |= {key, here}
            if not known & {key, here}:
                kind = "near miss flagged" if near & {key, here} else "flagged besides"
                wrong.append(f"{kind}: {finding.rule} {finding.because}")
    for rule, subjects in hits:
        if not any((rule, subject) in found for subject in subjects):
            wrong.append(f"missed: {rule} {sorted(subjects)}")
    return wrong


def kinds(folder: Path, near: bool) -> set[str]:
    """The rules that have a case (or a near miss) in the truth."""
    return {x["rule"] for x in truth.read(folder / "truth.csv") if x["is_near_miss"] == str(int(near))}
