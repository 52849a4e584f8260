"""A scan: all rules asked of one snapshot, compared with the scan before.

The result holds everything a report needs; it knows nothing of how it is written. What must be
kept for the next scan (the snapshot in clear and the findings) lives in a private state folder
on this machine, never among the outputs, which are masked and may be handed on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from shouwang.risk.engine import Engine, Outcome, ask
from shouwang.risk.findings import Finding, numbered
from shouwang.risk.parameters import Parameter
from shouwang.risk.rescan import Previous, rescan
from shouwang.risk.rule import Rule
from shouwang.snapshot.store import Snapshot


@dataclass
class Scan:
    """All rules asked of a snapshot as of a day.

    ``findings`` are those of now, numbered, with ``known`` set where the scan before had them;
    ``gone`` are those that only the scan before had; ``compared`` says whether there was one;
    ``numbers`` are the greatest numbers given so far, by rule; ``kept_as`` is the id under which
    a scan of before was kept.
    """

    as_of: dt.date
    snapshot: Snapshot
    parameters: Mapping[str, Parameter]
    outcomes: list[Outcome]
    findings: list[Finding]
    gone: list[Finding] = field(default_factory=list)
    compared: dt.date | None = None
    fingerprints: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    kept_as: str = ""

    @property
    def rules(self) -> dict[str, Rule]:
        """The rules of the scan by code."""
        return {o.rule.code: o.rule for o in self.outcomes}

    def finding(self, identifier: str) -> Finding:
        """The finding of that number; ``KeyError`` when there is none."""
        for finding in self.findings:
            if finding.id == identifier:
                return finding
        raise KeyError(identifier)


def fingerprint(rule: Rule) -> str:
    """The hash of a rule's text: of all code of its pack and of what rules share, helpers included.

    An answer of a version whose helpers were others must not be taken over.
    """
    source = inspect.getsourcefile(rule.function)
    home = _home(Path(source)) if source else None
    body = _code(home) + _code(Path(__file__).parent) if home else ""
    return hashlib.sha256(f"{rule.code}\0{body}".encode()).hexdigest()


def _home(source: Path) -> Path:
    """The pack a rule stands in: the folder above ``rules/``, that of ``rules.py``, else the file alone."""
    if source.parent.name == "rules":
        return source.parent.parent
    return source.parent if source.name == "rules.py" else source


@cache
def _code(home: Path) -> str:
    """The hash of a Python file, or of all below a folder."""
    digest = hashlib.sha256()
    for path in sorted(home.rglob("*.py")) if home.is_dir() else [home]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def run(
    engine: Engine,
    snapshot: Snapshot,
    rules: Iterable[Rule],
    parameters: Mapping[str, Parameter],
    as_of: dt.date,
    *,
    previous: Scan | None = None,
    progress: Callable[[str], None] | None = None,
) -> Scan:
    """Ask all rules; with ``previous`` only what the changes since can have touched."""
    chosen = list(rules)
    prints = {rule.code: fingerprint(rule) for rule in chosen}
    if previous is None:
        outcomes = ask(engine, snapshot, chosen, parameters, as_of, progress=progress)
    else:
        before = Previous(
            previous.snapshot,
            previous.as_of,
            {o.rule.code: o for o in previous.outcomes},
            previous.fingerprints,
        )
        outcomes = rescan(engine, snapshot, chosen, parameters, as_of, before, prints, progress=progress)
    earlier = previous.findings if previous else []
    findings, numbers = numbered(
        (f for o in outcomes for f in o.findings), earlier, previous.numbers if previous else None
    )
    now = {f.identity for f in findings}
    return Scan(
        as_of=as_of,
        snapshot=snapshot,
        parameters=parameters,
        outcomes=outcomes,
        findings=findings,
        gone=[f for f in earlier if f.identity not in now],
        compared=previous.as_of if previous else None,
        fingerprints=prints,
        numbers=numbers,
    )
