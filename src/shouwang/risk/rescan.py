"""Asking again after a change: only what the changed rows can have touched.

Between two snapshots the changed rows of each ledger are found (unchanged parts are known by
their hash and not opened). For a rule they give the affected values of its narrowing key; both
snapshots are narrowed to them on every *input*, and the findings of the old narrowed snapshot
are replaced by those of the new one. All other findings of the rule stay as they were. A rule
whose code, parameters or day changed, or that reads a changed ledger without a key, is asked
again in full.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis
import pyarrow as pa

from shouwang.ledger.catalogue import ledgers
from shouwang.risk.engine import Engine, Outcome, ask
from shouwang.risk.narrowing import Narrowed, by_domain, changed_parts, domain
from shouwang.risk.parameters import Parameter
from shouwang.risk.rule import Rule, Via
from shouwang.snapshot import compare
from shouwang.snapshot.store import Snapshot

MANY = 0.2
"""Above this share of rows a narrowed question costs more than a whole one."""
SAMPLE = 8
"""So many parts of a ledger tell how much of it the affected keys hold."""


@dataclass(frozen=True)
class Previous:
    """An earlier scan: its snapshot, the day, and what became of each rule (by code)."""

    snapshot: Snapshot
    as_of: dt.date
    outcomes: Mapping[str, Outcome]
    fingerprints: Mapping[str, str]
    """By rule code, the hash of the rule's text when it was asked."""


Changes = Mapping[str, pa.Table]


def changes(
    engine: Engine, old: Snapshot, new: Snapshot, keys: Mapping[str, Sequence[str]]
) -> dict[str, pa.Table]:
    """By ledger, these columns of the rows that only one of the two snapshots has.

    A row that moved to another line of its sheet counts as changed: the findings cite its line.
    """
    found: dict[str, pa.Table] = {}
    for name, columns in keys.items():
        gone, come = changed_parts(old, new, name)
        if not gone and not come:
            continue
        now = {part.path: part for part in come}
        pairs = [(part, now[part.path]) for part in gone if part.path in now]
        paths = [(old.root / before.path, new.root / after.path) for before, after in pairs]
        told = compare.all_changed(paths, columns, os.cpu_count() or 1)
        compared = {pair[0].path for pair, rows in zip(pairs, told, strict=True) if rows is not None}
        pieces = [rows for rows in told if rows is not None]
        gone = [part for part in gone if part.path not in compared]
        come = [part for part in come if part.path not in compared]
        if gone or come:
            before, after = engine.table(old, name, gone), engine.table(new, name, come)
            rows = before.difference(after, distinct=False).union(after.difference(before, distinct=False))
            pieces.append(engine.run(rows.select(list(columns))))
        table = pa.concat_tables(pieces)
        if table.num_rows:
            found[name] = table
    return found


def key_columns(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """By ledger, the columns by which rules narrow it."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        for name, narrowing in rule.ledgers.items():
            columns = found.setdefault(name, set())
            if narrowing is not None and name in ledgers():
                columns.add(narrowing.column if isinstance(narrowing, Via) else narrowing)
    first = {name: next(iter(ledgers()[name].fields)) for name in found if name in ledgers()}
    return {
        name: sorted(columns) or [first[name]] for name, columns in sorted(found.items()) if name in first
    }


def affected_keys(
    engine: Engine, old: Snapshot, new: Snapshot, rule: Rule, changed: Changes
) -> pa.Array | None:
    """The values of the rule's key that the changed rows touch; None: ask the rule in full."""
    keys: list[pa.Array] = []
    for name, narrowing in rule.ledgers.items():
        if name not in changed:
            continue
        if narrowing is None or changed[name].num_rows > MANY * max(1, _rows(new, name)):
            return None
        column = narrowing.column if isinstance(narrowing, Via) else narrowing
        values = changed[name].column(column).combine_chunks()
        if isinstance(narrowing, Via):
            values = _bridged(engine, (old, new), narrowing, values)
        keys.append(values.cast(pa.string()))
    return pa.concat_arrays(keys).unique() if keys else pa.array([], pa.string())


def _rows(snapshot: Snapshot, name: str) -> int:
    return sum(p.rows for p in snapshot.parts_of(name))


def wide(engine: Engine, snapshot: Snapshot, rule: Rule, keys: pa.Array, seen: dict[Any, float]) -> bool:
    """Whether the affected keys hold so much of a ledger that a whole question costs less.

    Told by a few parts of each ledger, taken evenly; ``seen`` remembers what was looked at.
    """
    for name, column in rule.ledgers.items():
        parts = snapshot.parts_of(name, rule.needs.get(name, ()))
        some = parts[:: max(1, len(parts) // SAMPLE)]
        if not isinstance(column, str) or not some:
            continue
        asked = (name, column, tuple(p.path for p in some), domain(rule))
        if asked not in seen:
            table = engine.table(snapshot, name, some)
            wanted = ibis.memtable(pa.table({"wanted": keys}))
            met = table.semi_join(wanted, table[column].cast("string") == wanted.wanted)
            count = engine.run(met.aggregate(n=met.count()))["n"][0].as_py()
            seen[asked] = count / max(1, sum(p.rows for p in some))
        if seen[asked] > MANY:
            return True
    return False


def _bridged(engine: Engine, snapshots: Iterable[Snapshot], via: Via, values: pa.Array) -> pa.Array:
    wanted = ibis.memtable(pa.table({"wanted": values.cast(pa.string()).unique()}))
    found = []
    for snapshot in snapshots:
        bridge = engine.table(snapshot, via.bridge, snapshot.parts_of(via.bridge))
        touched = bridge.semi_join(wanted, bridge[via.column].cast("string") == wanted.wanted)
        found.append(engine.run(touched.select(key=touched[via.key].cast("string"))).column("key"))
    return pa.chunked_array([c for f in found for c in f.chunks], pa.string()).combine_chunks()


def rescan(
    engine: Engine,
    snapshot: Snapshot,
    rules: Iterable[Rule],
    parameters: Mapping[str, Parameter],
    as_of: dt.date,
    previous: Previous,
    fingerprints: Mapping[str, str],
    *,
    progress: Callable[[str], None] | None = None,
) -> list[Outcome]:
    """The outcome of every rule on ``snapshot``, the same as asking all in full."""
    old = previous.snapshot
    chosen = sorted(rules, key=lambda r: r.code)
    changed = changes(engine, old, snapshot, key_columns(chosen))
    full: list[Rule] = []
    kept: list[Outcome] = []
    narrowed: dict[str, pa.Array] = {}
    for rule in chosen:
        before = previous.outcomes.get(rule.code)
        if before is None or not _still_holds(
            rule, before, previous, snapshot, parameters, as_of, fingerprints
        ):
            full.append(rule)
            continue
        keys = affected_keys(engine, old, snapshot, rule, changed)
        if keys is None:
            full.append(rule)
        elif len(keys) == 0:
            kept.append(before)
        else:
            narrowed[rule.code] = keys
    keys_of, seen = by_domain(narrowed, {r.code: r for r in chosen}), dict[Any, float]()
    far = {
        r.code for r in chosen if r.code in narrowed and wide(engine, snapshot, r, keys_of[domain(r)], seen)
    }
    full += [r for r in chosen if r.code in far]
    again = {r.code: r for r in chosen if r.code in narrowed and r.code not in far}
    tables = Narrowed(engine, old, snapshot, keys_of)
    narrow = {code: tables.narrow(rule) for code, rule in again.items()}
    come = ask(engine, snapshot, again.values(), parameters, as_of, narrow=narrow, progress=progress)
    tables.turn()
    gone = {o.rule.code: o for o in ask(engine, old, again.values(), parameters, as_of, narrow=narrow)}
    for outcome in come:
        before = previous.outcomes[outcome.rule.code]
        if outcome.status == "asked" and gone[outcome.rule.code].status == "asked":
            replaced = {f.identity for f in gone[outcome.rule.code].findings}
            stay = [f for f in before.findings if f.identity not in replaced]
            findings = sorted([*stay, *outcome.findings], key=lambda f: f.identity)
            kept.append(replace(outcome, findings=findings))
        else:
            kept.append(outcome)
    outcomes = [*kept, *ask(engine, snapshot, full, parameters, as_of, progress=progress)]
    return sorted(outcomes, key=lambda o: o.rule.code)


def _still_holds(
    rule: Rule,
    before: Outcome,
    previous: Previous,
    snapshot: Snapshot,
    parameters: Mapping[str, Parameter],
    as_of: dt.date,
    fingerprints: Mapping[str, str],
) -> bool:
    """Whether the earlier answer can serve: same text, sheets left out, reach, parameters and day."""
    if before.status != "asked" or previous.fingerprints.get(rule.code) != fingerprints[rule.code]:
        return False
    if any(parameters[name] != value for name, value in before.used.items()):
        return False
    if as_of != previous.as_of and (before.clock or before.used):
        return False
    if any(
        previous.snapshot.span(n, column, rule.needs.get(n, ()))
        != snapshot.span(n, column, rule.needs.get(n, ()))
        for n, column in rule.spans.items()
    ):
        return False
    had = {n: _asked_parts(previous.snapshot, rule, n) for n in rule.ledgers}
    return had == {n: _asked_parts(snapshot, rule, n) for n in rule.ledgers}


def _asked_parts(snapshot: Snapshot, rule: Rule, name: str) -> tuple[Any, ...]:
    # A sheet that gained or lost a needed column changes what the rule may be asked of.
    needs = rule.needs.get(name, ())
    wanted = snapshot.parts_of(name, needs)
    left_out = {p.path for p in snapshot.parts_of(name)} - {p.path for p in wanted}
    return (bool(wanted), tuple(sorted(left_out)))
