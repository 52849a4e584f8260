"""Tables that stand for the ledgers narrowed to what a change can have touched.

Rules whose ledgers are narrowed by the same columns form a domain. They read the same narrowed
tables, filled once for the new snapshot and once for the old; as the tables keep their names, a
question is put into words once for both. Rows of parts that did not change are narrowed once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import pyarrow as pa
from ibis.expr import types as ir

from shouwang.risk.engine import Engine, Narrow
from shouwang.risk.rule import Narrowing, Rule, Via
from shouwang.snapshot.store import Part, Snapshot

Domain = tuple[str, ...]
"""The columns by which rules narrow their ledgers."""


def changed_parts(
    old: Snapshot, new: Snapshot, name: str, needing: Sequence[str] = ()
) -> tuple[list[Part], list[Part]]:
    """The parts of a ledger that only the old and only the new snapshot has."""
    before = {(p.path, p.sha256): p for p in old.parts_of(name, needing)}
    after = {(p.path, p.sha256): p for p in new.parts_of(name, needing)}
    gone = [p for k, p in before.items() if k not in after]
    come = [p for k, p in after.items() if k not in before]
    return gone, come


def domain(rule: Rule) -> Domain:
    """The domain of a rule."""
    columns = {n.key if isinstance(n, Via) else n for n in rule.ledgers.values() if n is not None}
    return tuple(sorted(columns))


def by_domain(narrowed: Mapping[str, pa.Array], rules: Mapping[str, Rule]) -> dict[Domain, pa.Array]:
    """All affected keys of each domain. More keys than a rule needs change no answer of it."""
    pieces: dict[Domain, list[pa.Array]] = {}
    for code, keys in narrowed.items():
        pieces.setdefault(domain(rules[code]), []).append(keys)
    return {where: pa.concat_arrays(keys).unique() for where, keys in pieces.items()}


@dataclass(frozen=True)
class _Spec:
    """What a narrowed table holds: a ledger's rows from sheets with these columns, narrowed so."""

    ledger: str
    needs: tuple[str, ...]
    narrowing: Narrowing
    domain: Domain


@dataclass
class Narrowed:
    """The narrowed tables of two snapshots; they stand for the new one until :meth:`turn`."""

    engine: Engine
    old: Snapshot
    new: Snapshot
    keys: Mapping[Domain, pa.Array]
    _tables: dict[_Spec, ir.Table] = field(default_factory=dict)
    _unchanged: dict[_Spec, ir.Table] = field(default_factory=dict)
    _affected: dict[Domain, ir.Table] = field(default_factory=dict)

    def narrow(self, rule: Rule) -> Narrow:
        """What narrows each ledger of a rule to the affected values of its key."""

        def narrow(name: str, table: ir.Table) -> ir.Table:
            spec = _Spec(name, rule.needs.get(name, ()), rule.ledgers[name], domain(rule))
            if spec.narrowing is None and changed_parts(self.old, self.new, name) == ([], []):
                return table
            if spec not in self._tables:
                self._tables[spec] = self._fill(spec, f"narrowed_{len(self._tables)}", self.new)
            return self._tables[spec]

        return narrow

    def turn(self) -> None:
        """Let all tables stand for the old snapshot."""
        for number, spec in enumerate(self._tables):
            self._fill(spec, f"narrowed_{number}", self.old)

    def _fill(self, spec: _Spec, name: str, side: Snapshot) -> ir.Table:
        parts = side.parts_of(spec.ledger, spec.needs)
        if spec.narrowing is None:
            return self.engine.stand_in(name, self.engine.table(side, spec.ledger, parts), lasting=False)
        if isinstance(spec.narrowing, Via):
            table = self.engine.table(side, spec.ledger, parts)
            return self.engine.stand_in(name, self._reached(table, spec.narrowing, spec.domain, side))
        gone, come = changed_parts(self.old, self.new, spec.ledger, spec.needs)
        changed = come if side is self.new else gone
        still = [p for p in parts if p not in changed]
        rows = self._touched(side, spec, changed)
        if still:
            if spec not in self._unchanged:
                kept = self.engine.stand_in(f"un{name}", self._touched(side, spec, still))
                self._unchanged[spec] = kept
            rows = self._unchanged[spec].union(rows) if changed else self._unchanged[spec]
        return self.engine.stand_in(name, rows)

    def _touched(self, side: Snapshot, spec: _Spec, parts: Sequence[Part]) -> ir.Table:
        """The rows of these parts whose key is affected."""
        table = self.engine.table(side, spec.ledger, parts)
        column = table[str(spec.narrowing)]
        affected = self._affected_keys(spec.domain)
        kept = table.semi_join(affected, column.cast("string") == affected.affected_key)
        without = self.keys[spec.domain].null_count
        return kept.union(table.filter(column.isnull())) if without else kept

    def _reached(self, table: ir.Table, via: Via, where: Domain, side: Snapshot) -> ir.Table:
        """The rows that reach an affected key over the bridge, and those that reach none at all."""
        affected = self._affected_keys(where)
        bridge = self.engine.table(side, via.bridge, side.parts_of(via.bridge))
        crossed = bridge.semi_join(affected, bridge[via.key].cast("string") == affected.affected_key)
        crossed = crossed.select(crossing=crossed[via.column].cast("string")).distinct()
        column = table[via.column]
        kept = table.semi_join(crossed, column.cast("string") == crossed.crossing)
        return kept.union(table.filter(column.isnull()))

    def _affected_keys(self, where: Domain) -> ir.Table:
        if where not in self._affected:
            rows = ibis.memtable(pa.table({"affected_key": self.keys[where].drop_null()}))
            self._affected[where] = self.engine.stand_in(f"affected_{len(self._affected)}", rows)
        return self._affected[where]
