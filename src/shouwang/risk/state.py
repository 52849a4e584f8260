"""What a scan leaves behind for the next one: its snapshot and findings, in clear, kept private.

The folder belongs to the user alone (mode 700) and never lies among the outputs. It is found
again by the scan's id, which the outputs' manifest names. Only the last :data:`KEPT` are kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from shouwang.risk.engine import Outcome
from shouwang.risk.findings import Evidence, Fact, Finding
from shouwang.risk.parameters import Parameter, Value
from shouwang.risk.rule import Rule
from shouwang.risk.scan import Scan
from shouwang.snapshot.store import Snapshot

FORMAT = "shouwang-state/1"
KEPT = 5
"""So many scans are kept; older ones are deleted when a new one is saved."""
ABANDONED = 24 * 3600
"""Seconds after which a half-made folder is nobody's any more."""

_ID = re.compile("[0-9a-f]{32}")
_HALF = re.compile(r"\.[0-9a-f]{32}\.[0-9]+")


def default_folder() -> Path:
    """``$XDG_STATE_HOME/shouwang``, or ``.local/state/shouwang`` below the user's home."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "shouwang"


def scan_id(scan: Scan) -> str:
    """The identity of a scan: snapshot, day, rules and parameters, and what it was compared with."""
    known = [f.id for f in scan.findings if f.known] + [f.id for f in scan.gone]
    body = [scan.snapshot.hash, scan.as_of.isoformat(), sorted(scan.fingerprints.items()), known]
    body.append(sorted((p.name, repr(p.values)) for p in scan.parameters.values()))
    return hashlib.sha256(json.dumps(body, default=str).encode()).hexdigest()[:32]


def save(scan: Scan, folder: Path) -> Path:
    """Keep a scan below ``folder``; its snapshot is moved there if it is not there yet."""
    if not folder.is_dir():
        # A folder that the user names may be anything: its rights are changed only when it is ours.
        folder.mkdir(parents=True)
        folder.chmod(0o700)
    target = folder / scan_id(scan)
    making = folder / f".{target.name}.{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    shutil.copytree(scan.snapshot.root, making / "snapshot")
    (making / "scan.json").write_text(written(scan), encoding="utf-8")
    # The rename is the moment from which the scan counts: a crash before leaves only a dot folder.
    shutil.rmtree(target, ignore_errors=True)
    try:
        making.rename(target)
    except OSError:
        # The same scan, made at the same time, came first: its id says that it holds the same.
        shutil.rmtree(making, ignore_errors=True)
        if not (target / "scan.json").is_file():
            raise
    _forget_old(folder)
    return target


def _forget_old(folder: Path) -> None:
    """Delete what was kept longest; whatever else lies in the folder is the user's and stays."""
    ours = [p for p in folder.iterdir() if _ID.fullmatch(p.name) and (p / "scan.json").is_file()]
    for path in sorted(ours, key=lambda p: p.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
    # What a scan that was killed left half made.
    halves = [p for p in folder.iterdir() if _HALF.fullmatch(p.name)]
    for path in halves:
        if time.time() - path.stat().st_mtime > ABANDONED:
            shutil.rmtree(path, ignore_errors=True)


def load(identifier: str, folder: Path, rules: Mapping[str, Rule]) -> Scan:
    """The kept scan of that id; ``FileNotFoundError`` when this machine does not have it."""
    root = folder / identifier
    snapshot = Snapshot.load(root / "snapshot")
    return read(root / "scan.json", snapshot, rules, identifier)


def written(scan: Scan) -> str:
    """A scan as JSON, without its snapshot: what :func:`read` reads."""
    body = {
        "format": FORMAT,
        "as_of": scan.as_of.isoformat(),
        "fingerprints": scan.fingerprints,
        "numbers": scan.numbers,
        "outcomes": [_outcome(o) for o in scan.outcomes],
        "findings": [[f.rule, f.subject_id, f.key, f.number, f.known] for f in scan.findings],
    }
    return json.dumps(body, ensure_ascii=False, default=_encode)


def read(path: Path, snapshot: Snapshot, rules: Mapping[str, Rule], identifier: str = "") -> Scan:
    """The scan that a file tells of, on its snapshot. ``ValueError`` for a file that is none."""
    body = json.loads(path.read_text(encoding="utf-8"), object_hook=_decode)
    if body.get("format") != FORMAT:
        raise ValueError(f"{path}: not a state of format {FORMAT}")
    outcomes = [_read_outcome(o, rules[o["rule"]]) for o in body["outcomes"] if o["rule"] in rules]
    found = {f.identity: f for o in outcomes for f in o.findings}
    findings = []
    for code, subject, key, number, known in body["findings"]:
        finding = found.get((code, subject, key))
        if finding is not None:
            findings.append(replace(finding, number=number, known=known))
    return Scan(
        as_of=dt.date.fromisoformat(body["as_of"]),
        snapshot=snapshot,
        parameters={},
        outcomes=outcomes,
        findings=findings,
        fingerprints=body["fingerprints"],
        numbers=body["numbers"],
        kept_as=identifier,
    )


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "rule": outcome.rule.code,
        "status": outcome.status,
        "missing": outcome.missing,
        "left_out": outcome.left_out,
        "used": {name: _parameter(p) for name, p in outcome.used.items()},
        "clock": outcome.clock,
        "error": outcome.error,
        "findings": [_finding(f) for f in outcome.findings],
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    body = {k: getattr(parameter, k) for k in ("name", "label", "kind", "unit", "seeds", "about")}
    return body | {"values": [[v.start, v.value, v.source, v.division] for v in parameter.values]}


def _read_parameter(body: dict[str, Any]) -> Parameter:
    values = tuple(
        Value(s, tuple(v) if isinstance(v, list) else v, src, d) for s, v, src, d in body["values"]
    )
    return Parameter(**{**body, "seeds": tuple(body["seeds"]), "values": values})


def _finding(finding: Finding) -> dict[str, Any]:
    body = {k: getattr(finding, k) for k in _PLAIN}
    body["facts"] = {
        name: [f.values, f.distinct, f.first, f.last, f.total, f.mask] for name, f in finding.facts.items()
    }
    body["evidence"] = [[e.ledger, e.ref] for e in finding.evidence]
    return body


_PLAIN = (
    "rule",
    "subject_id",
    "subject_name",
    "division",
    "on",
    "amount",
    "key",
    "sentence",
    "rows",
)


def _read_outcome(body: dict[str, Any], rule: Rule) -> Outcome:
    return Outcome(
        rule=rule,
        status=body["status"],
        missing=tuple(body["missing"]),
        left_out=tuple(body["left_out"]),
        used={name: _read_parameter(p) for name, p in body["used"].items()},
        clock=body["clock"],
        findings=[_read_finding(f) for f in body["findings"]],
        error=body["error"],
    )


def _read_finding(body: dict[str, Any]) -> Finding:
    facts = {
        name: Fact(tuple(values), distinct, first, last, total, mask)
        for name, (values, distinct, first, last, total, mask) in body["facts"].items()
    }
    evidence = tuple(Evidence(ledger, ref) for ledger, ref in body["evidence"])
    return Finding(**{k: body[k] for k in _PLAIN}, facts=facts, evidence=evidence)


def _encode(value: Any) -> Any:
    """Types that JSON lacks, each with its name; :func:`_decode` reads them back."""
    if isinstance(value, dt.datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, dt.date):
        return {"$date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    raise TypeError(f"cannot keep a {type(value).__name__}")


def _decode(body: dict[str, Any]) -> Any:
    if len(body) == 1:
        ((name, text),) = body.items()
        if name == "$date":
            return dt.date.fromisoformat(text)
        if name == "$datetime":
            return dt.datetime.fromisoformat(text)
        if name == "$decimal":
            return Decimal(text)
    return body
