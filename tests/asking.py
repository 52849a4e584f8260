"""Ask one rule of a handful of rows: how packs test their rules."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from ibis.expr import types as ir

from shouwang.ledger.catalogue import ledger
from shouwang.ledger.fields import LedgerField
from shouwang.risk import catalogue
from shouwang.risk.engine import DuckDB, Engine, Outcome, Spark
from shouwang.risk.engine import ask as ask_rules
from shouwang.risk.findings import Finding
from shouwang.risk.parameters import Parameter, _values
from shouwang.risk.rule import Rule
from shouwang.snapshot.store import Part, Snapshot

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
}
"""On a handful of rows Spark would spend its time on compiling and splitting; no answer depends on it."""
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Nor would the Java machine live long enough for its better compiler to pay."""


def value(field: LedgerField, raw: Any) -> Any:
    """A test's shorthand as the column's value: ISO dates as text, money as int or text."""
    if raw is None:
        return None
    if field.kind in ("date", "month") and isinstance(raw, str):
        return dt.date.fromisoformat(raw if len(raw) > 7 else f"{raw}-01")
    if field.kind == "datetime" and isinstance(raw, str):
        return dt.datetime.fromisoformat(raw)
    if field.kind in ("money", "number", "percent"):
        return Decimal(str(raw)).quantize(Decimal(1).scaleb(-field.arrow_type.scale))
    return raw


def snapshot(rows: Rows, root: Path, fields: Mapping[str, Sequence[str]] | None = None) -> Snapshot:
    """A snapshot of these rows: one source a ledger, row 1 is the first."""
    made = Snapshot(root)
    for name, records in rows.items():
        spec = ledger(name)
        unknown = {c for r in records for c in r} - set(spec.fields)
        if unknown:
            raise KeyError(f"{name} has no column {sorted(unknown)}")
        columns = {
            c: pa.array([value(f, r.get(c)) for r in records], f.arrow_type) for c, f in spec.fields.items()
        }
        columns["_row"] = pa.array(range(1, len(records) + 1), pa.int64())
        source = made.add_source(f"{name}.xlsx", "Sheet1")
        made.add_part(name, source, pa.table(columns), (fields or {}).get(name, list(spec.fields)))
    made.save()
    return made


def with_values(given: Mapping[str, Any]) -> dict[str, Parameter]:
    """The packs' parameters with these values in force from ever."""
    declared = dict(catalogue.parameters())
    for name, raw in given.items():
        declared[name] = replace(declared[name], values=_values(declared[name].kind, raw, name))
    return declared


class _Lasting(DuckDB):
    """One connection for all questions of a process.

    A ledger's view keeps its name while its rows change, so that a rule that is asked again, of
    other rows, is put into SQL once: that takes longer than asking it.
    """

    def table(self, snapshot: Snapshot, name: str, parts: Sequence[Part]) -> ir.Table:
        view = name.replace(".", "_")
        paths = tuple(str(snapshot.root / part.path) for part in parts) or (self._empty(name),)
        self.backend.raw_sql(f'DROP VIEW IF EXISTS "{view}"')
        self._create(view, paths, name)
        key = (name, ())
        if key not in self._tables:
            self._tables[key] = self.backend.table(view)
        return self._tables[key]


_lasting: list[_Lasting] = []


def lasting() -> _Lasting:
    """The connection of this process."""
    if not _lasting:
        _lasting.append(_Lasting(Path(tempfile.mkdtemp(prefix="shouwang-tests-")), "1GB", 2))
    return _lasting[0]


def let_go() -> None:
    """Close the connection of this process; called when the tests are over."""
    while _lasting:
        used = _lasting.pop()
        used.close()
        shutil.rmtree(used.scratch, ignore_errors=True)


def engine(name: str, scratch: Path) -> Engine:
    """The engine of that name for a test."""
    if name == "spark":
        from shouwang.risk.spark import session

        os.environ.setdefault("JDK_JAVA_OPTIONS", JAVA)
        made = session("1g")
        for option, setting in SMALL.items():
            made.conf.set(option, setting)
        return Spark(made, scratch)
    return DuckDB(scratch, "1GB", 2)


def outcome(
    code: str | Rule,
    rows: Rows,
    *,
    parameters: Mapping[str, Any] | None = None,
    as_of: str = "2023-12-31",
    fields: Mapping[str, Sequence[str]] | None = None,
    engine_name: str = "duckdb",
) -> Outcome:
    """What became of the rule: asked, waiting for a ledger or a parameter, or failed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = snapshot(rows, root / "snapshot", fields)
        used = lasting() if engine_name == "duckdb" else engine(engine_name, root)
        try:
            (result,) = ask_rules(
                used,
                made,
                [catalogue.rules()[code] if isinstance(code, str) else code],
                with_values(parameters or {}),
                dt.date.fromisoformat(as_of),
            )
        finally:
            if engine_name != "duckdb":
                used.close()
    return result


def ask(code: str | Rule, rows: Rows, **options: Any) -> list[Finding]:
    """The findings of one rule; a rule that could not be asked is an error of the test."""
    result = outcome(code, rows, **options)
    if result.status != "asked":
        raise AssertionError(f"{code}: {result.status} {result.missing} {result.error}")
    return result.findings
