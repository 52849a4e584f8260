"""Asks rules of a snapshot: DuckDB in this process by default, PySpark for a province.

The engine gives each rule its ledgers as Ibis tables, asks row-local rules together in one pass
(see ``fusion``), and folds the rows into findings. A rule that can't be asked (its ledger or
parameter is missing) or fails never stops the others: each has an :class:`Outcome`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
import pickle
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends import BaseBackend
from ibis.expr import types as ir

from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.fields import Mask
from shouwang.risk import fusion, sharing
from shouwang.risk.findings import Finding, fold, ref_column
from shouwang.risk.parameters import MissingParameter, Parameter, ParameterView
from shouwang.risk.rule import Hits, Rule, Tables
from shouwang.snapshot.store import Part, Snapshot
from shouwang.standards import masking

log = logging.getLogger(__name__)

Status = Literal["asked", "no-ledger", "no-parameter", "failed"]


@dataclass
class Outcome:
    """What became of one rule in a scan.

    ``missing`` names the absent ledgers or the parameter waited for, ``left_out`` the sheets
    that lack a column the rule needs, ``used`` the parameter values it rests on, ``clock``
    whether the day of the scan itself decided.
    """

    rule: Rule
    status: Status = "asked"
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    used: dict[str, Any] = field(default_factory=dict)
    clock: bool = False
    findings: list[Finding] = field(default_factory=list)
    error: str = ""


class _Spelled(pickle.Pickler):
    """Writes a query down with all that its SQL depends on: everything but the connection it is asked on."""

    def persistent_id(self, obj: object) -> str | None:
        return "connection" if isinstance(obj, BaseBackend) else None


_TEXTS: dict[tuple[str, bytes], str] = {}
"""The SQL of queries that were put into words in this process, by dialect and a hash of the query."""
MOST_TEXTS = 3000
"""So many are kept, the latest: some scans of all rules, a few kilobytes each."""


def _worded(backend: Any, query: ir.Table) -> str:
    """The SQL of a query, from an earlier engine of this process where that had the same query."""
    spelled = io.BytesIO()
    try:
        _Spelled(spelled, pickle.HIGHEST_PROTOCOL).dump(query.op())
    except Exception:  # something in it that can't be written down
        return str(backend.compile(query))
    key = (backend.name, hashlib.sha256(spelled.getbuffer()).digest())
    if key not in _TEXTS:
        while len(_TEXTS) >= MOST_TEXTS:
            _TEXTS.pop(next(iter(_TEXTS)), None)
        _TEXTS[key] = backend.compile(query)
    return _TEXTS[key]


class Engine:
    """A connection that turns snapshot parts into tables and runs queries.

    ``memory`` is a bound such as ``"4GB"``; what does not fit is spilled below ``scratch``.
    """

    def __init__(self, backend: Any, scratch: Path) -> None:
        self.backend = backend
        self.scratch = scratch
        self._tables: dict[tuple[str, tuple[str, ...]], ir.Table] = {}
        self._texts: dict[ops.Node, str] = {}

    def table(self, snapshot: Snapshot, name: str, parts: Sequence[Part]) -> ir.Table:
        """The rows of these parts as a table with the ledger's columns and ``ref_<name>``."""
        paths = tuple(str(snapshot.root / part.path) for part in parts) or (self._empty(name),)
        key = (name, paths)
        if key not in self._tables:
            # Named by what it holds, not by when it was first wanted: the next scan finds its SQL again.
            times = sum(known == name for known, _paths in self._tables)
            view = f"{name.replace('.', '_')}_{times}"
            self._create(view, paths, name)
            self._tables[key] = self.backend.table(view)
        return self._tables[key]

    def _empty(self, name: str) -> str:
        path = self.scratch / f"{name}.empty.parquet"
        if not path.exists():
            pq.write_table(ledgers()[name].schema.empty_table(), path)
        return str(path)

    def _create(self, view: str, paths: Sequence[str], name: str) -> None:
        raise NotImplementedError

    def text(self, query: ir.Table) -> str:
        """The SQL of a query. The same query is put into words once, which takes longer than asking it."""
        node = query.op()
        if node not in self._texts:
            self.backend._run_pre_execute_hooks(query)
            self._texts[node] = _worded(self.backend, query)
        return self._texts[node]

    def run(self, query: ir.Table) -> pa.Table:
        """Run a query; the result as an Arrow table."""
        return self._fetch(self.text(query)).cast(query.schema().to_pyarrow())

    def _fetch(self, text: str) -> pa.Table:
        raise NotImplementedError

    def stand_in(self, name: str, query: ir.Table, *, lasting: bool = True) -> ir.Table:
        """A table of that name with the rows of the query; asked again, it stands for other rows.

        With ``lasting`` the rows are kept, where the engine does that, else looked up each time.
        """
        raise NotImplementedError

    def keep(self, query: ir.Table) -> ir.Table | None:
        """Run a query and keep its rows for others to read; None where the engine does not."""
        return None

    def forget(self) -> None:
        """Drop what was kept."""

    def close(self) -> None:
        """Let go of the connection."""
        self.backend.disconnect()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class DuckDB(Engine):
    """The engine in this process."""

    def __init__(self, scratch: Path, memory: str | None = None, threads: int | None = None) -> None:
        options: dict[str, Any] = {
            "temp_directory": str(scratch / "spill"),
            "preserve_insertion_order": False,
        }
        if memory:
            options["memory_limit"] = memory
        if threads:
            options["threads"] = threads
        super().__init__(ibis.duckdb.connect(**options), scratch)
        self._kept: list[str] = []

    def keep(self, query: ir.Table) -> ir.Table:
        """Run a query and keep its rows in a temporary table, spilled when memory is short."""
        name = f"kept_{len(self._kept)}"
        self._kept.append(name)
        return self.stand_in(name, query)

    def stand_in(self, name: str, query: ir.Table, *, lasting: bool = True) -> ir.Table:
        """A temporary table or view of that name on the query, in place of an earlier one."""
        kind = "TABLE" if lasting else "VIEW"
        # Ibis would leave a half-made table behind when the query fails.
        self.backend.raw_sql(f'CREATE OR REPLACE TEMP {kind} "{name}" AS {self.text(query)}')
        return self.backend.table(name, database=("temp", "main"))

    def _fetch(self, text: str) -> pa.Table:
        return self.backend.con.sql(text).to_arrow_table()

    def forget(self) -> None:
        """Drop what was kept."""
        while self._kept:
            self.backend.raw_sql(f'DROP TABLE IF EXISTS "{self._kept.pop()}"')

    def _create(self, view: str, paths: Sequence[str], name: str) -> None:
        files = ", ".join(_quoted(p) for p in paths)
        self.backend.raw_sql(
            f'CREATE VIEW "{view}" AS SELECT * EXCLUDE (_ref), _ref AS "{ref_column(name)}" '  # noqa: S608
            f"FROM read_parquet([{files}])"
        )


class Spark(Engine):
    """The engine on a Spark session; results are fetched by Arrow."""

    def __init__(self, session: Any, scratch: Path) -> None:
        session.conf.set("spark.sql.execution.arrow.pyspark.enabled", "true")
        session.conf.set("spark.sql.session.timeZone", "UTC")
        super().__init__(ibis.pyspark.connect(session), scratch)
        self.session = session

    def _create(self, view: str, paths: Sequence[str], name: str) -> None:
        frame = self.session.read.parquet(*paths)
        frame.withColumnRenamed("_ref", ref_column(name)).createOrReplaceTempView(view)

    def _fetch(self, text: str) -> pa.Table:
        # Ibis would fetch it by pandas, where a reference column with a gap turns into floating
        # point and loses its last digits.
        return self.session.sql(text).toArrow()

    def stand_in(self, name: str, query: ir.Table, *, lasting: bool = True) -> ir.Table:
        """A view of that name on the query, in place of an earlier one."""
        self.session.sql(self.text(query)).createOrReplaceTempView(name)
        return self.backend.table(name)

    def close(self) -> None:
        """Views go with the session, which belongs to the caller."""


def open_engine(name: str, *, memory: str | None = None, scratch: Path | None = None) -> Engine:
    """The engine called ``duckdb`` or ``spark``.

    Raises ``RuntimeError`` with advice when Spark or Java is not there.
    """
    folder = scratch or Path(tempfile.mkdtemp(prefix="shouwang-"))
    if name == "duckdb":
        return DuckDB(folder, memory)
    if name == "spark":
        from shouwang.risk.spark import session

        return Spark(session(memory), folder)
    raise ValueError(f"no engine called {name}")


Narrow = Callable[[str, ir.Table], ir.Table]


@dataclass
class Question:
    """A rule with its tables bound, ready to be asked."""

    rule: Rule
    hits: Hits
    outcome: Outcome


@dataclass(frozen=True)
class Bound:
    """Ledgers bound to a snapshot; ``missing`` says which of them are absent or lack a needed column."""

    tables: Tables
    missing: tuple[str, ...]
    left_out: tuple[str, ...]


def bind(
    engine: Engine,
    snapshot: Snapshot,
    reads: Iterable[str],
    optional: Iterable[str],
    needs: Mapping[str, tuple[str, ...]],
    narrow: Narrow | None = None,
) -> Bound:
    """The tables of these ledgers, from the sheets that have the columns in ``needs``."""
    required = list(reads)
    names = [*required, *(name for name in optional if name not in required)]
    absent = [n for n in required if n not in ledgers() or not snapshot.parts_of(n)]
    absent = absent or [n for n in names if n not in ledgers()]
    if absent:
        return Bound(Tables({}), tuple(absent), ())
    tables: dict[str, ir.Table] = {}
    left_out: list[str] = []
    for name in names:
        parts = snapshot.parts_of(name, needs.get(name, ()))
        if len(parts) < len(snapshot.parts_of(name)):
            kept = {p.source for p in parts}
            ids = {p.source for p in snapshot.parts_of(name)} - kept
            left_out += [f"{s.file} / {s.sheet}" for s in snapshot.sources if s.id in ids]
        if not parts and name in required:
            lacking = ", ".join(ledgers()[name].fields[f].label for f in needs.get(name, ()))
            return Bound(Tables({}), (f"{name}: {lacking}",), tuple(left_out))
        table = engine.table(snapshot, name, parts)
        tables[name] = narrow(name, table) if narrow else table
    return Bound(Tables(tables), (), tuple(left_out))


def prepare(
    engine: Engine,
    snapshot: Snapshot,
    rule: Rule,
    parameters: Mapping[str, Parameter],
    as_of: dt.date,
    narrow: Narrow | None = None,
) -> Outcome | Question:
    """Bind a rule to a snapshot, or say why it can't be asked."""
    outcome = Outcome(rule)
    bound = bind(engine, snapshot, rule.reads, rule.optional, rule.needs, narrow)
    if bound.missing:
        outcome.status, outcome.missing = "no-ledger", bound.missing
        return outcome
    outcome.left_out = bound.left_out
    view = ParameterView(parameters, as_of, frozenset(rule.uses))
    spans = {n: snapshot.span(n, column, rule.needs.get(n, ())) for n, column in rule.spans.items()}
    try:
        hits = rule.function(bound.tables.reaching(spans), view)
    except MissingParameter as missing:
        outcome.status, outcome.missing = "no-parameter", (missing.name,)
        return outcome
    except Exception as error:  # a rule's defect must not hide the other rules' findings
        _fail(outcome, error)
        return outcome
    outcome.used = {name: parameters[name] for name in sorted(view.used)}
    outcome.clock = view.clock_used
    return Question(rule, hits, outcome)


def masks(rule: Rule, hits: Hits) -> dict[str, Mask]:
    """How each fact is masked: as its rule says, else as the ledger column it comes from."""
    declared: dict[str, Mask] = {}
    for name in rule.ledgers:
        for field_name, column in ledgers()[name].fields.items():
            if column.mask:
                declared.setdefault(field_name, column.mask)
    out: dict[str, Mask] = {}
    for fact, value in hits.facts.items():
        if fact in hits.mask:
            out[fact] = hits.mask[fact]
            continue
        # A fact computed from a personal column stays personal: the strictest column decides.
        found = {declared[column] for column in _columns_behind(value.op(), set(declared), set())}
        if found and value.type().is_string():
            out[fact] = "id" if "id" in found else sorted(found)[0]
    return out


def _columns_behind(value: ops.Node, wanted: set[str], seen: set[ops.Node]) -> set[str]:
    """The columns of ``wanted`` that a value is made of, through every projection and join.

    Only the value itself is followed, not the conditions under which its rows were chosen.
    """
    found: set[str] = set()
    for node in value.find(ops.Field, filter=ops.Value):
        column = node.name.removesuffix("_right")
        if column in wanted:
            found.add(column)
        elif node not in seen:
            seen.add(node)
            behind = getattr(node.rel, "values", {}).get(node.name)
            if behind is not None and behind != node:
                found |= _columns_behind(behind, wanted, seen)
    return found


def ask(
    engine: Engine,
    snapshot: Snapshot,
    rules: Iterable[Rule],
    parameters: Mapping[str, Parameter],
    as_of: dt.date,
    *,
    fuse: bool = True,
    narrow: Mapping[str, Narrow] | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Outcome]:
    """Ask all rules; one :class:`Outcome` each, in the order of their codes.

    ``narrow`` gives, by rule code, the function that narrows each of its ledgers.
    ``progress`` is told the code of each rule that is done.
    """
    questions: list[Question] = []
    outcomes: list[Outcome] = []
    for rule in sorted(rules, key=lambda r: r.code):
        bound = prepare(engine, snapshot, rule, parameters, as_of, (narrow or {}).get(rule.code))
        if isinstance(bound, Question):
            questions.append(bound)
        else:
            outcomes.append(bound)
            if progress:
                progress(rule.code)
    groups = _groups(questions) if fuse else [[q] for q in questions]
    queries = _queries(engine, groups, share=fuse)
    for group, query in zip(groups, queries, strict=True):
        _ask_group(engine, group, query)
        outcomes += [q.outcome for q in group]
        if progress:
            for question in group:
                progress(question.rule.code)
    engine.forget()
    return sorted(outcomes, key=lambda o: o.rule.code)


def _groups(questions: Sequence[Question]) -> list[list[Question]]:
    fused: dict[Any, list[Question]] = {}
    single: list[list[Question]] = []
    for question in questions:
        if fusion.is_row_local(question.hits):
            fused.setdefault(question.hits.rows.op(), []).append(question)
        else:
            single.append([question])
    return [*fused.values(), *single]


def _queries(engine: Engine, groups: Sequence[Sequence[Question]], *, share: bool) -> list[ir.Table]:
    """The query of each group; with ``share``, what several compute alike is computed once."""
    queries = [
        fusion.alone(group[0].hits) if len(group) == 1 else fusion.together([q.hits for q in group])
        for group in groups
    ]
    return sharing.share(queries, engine.keep) if share else queries


def _ask_group(engine: Engine, group: Sequence[Question], query: ir.Table) -> None:
    if len(group) == 1:
        _settle(group[0], lambda: engine.run(query))
        return
    try:
        rows = engine.run(query)
    except Exception:
        # One of them is at fault: asked one by one, the others still answer, and it is named.
        log.debug("rules asked together failed; asking one by one", exc_info=True)
        for question in group:
            _ask_group(engine, [question], fusion.alone(question.hits))
        return
    for i, question in enumerate(group):
        prefix = f"r{i}_"
        own = rows.filter(rows.column(f"{prefix}hit")).select(
            [c for c in rows.column_names if c.startswith(prefix) and c != f"{prefix}hit"]
        )
        renamed = own.rename_columns([c.removeprefix(prefix) for c in own.column_names])
        _settle(question, lambda renamed=renamed: renamed)  # type: ignore[misc]


def _settle(question: Question, fetch: Callable[[], pa.Table]) -> None:
    try:
        rows = fetch()
        question.outcome.findings = fold(
            question.rule, question.hits, rows, masks(question.rule, question.hits)
        )
    except Exception as error:
        _fail(question.outcome, error)


_QUOTED = re.compile(r"'[^'\n]*[^\x00-\x7f][^'\n]*'|\"[^\"\n]*[^\x00-\x7f][^\"\n]*\"")
"""What an error message quotes that is no name of ours: a cell's text."""


def told(error: Exception) -> str:
    """What may be said of an error in reports and logs: without the cells that its message quotes."""
    text = masking.mask_text(_QUOTED.sub("'…'", str(error)))
    return f"{type(error).__name__}: {text}"


def _fail(outcome: Outcome, error: Exception) -> None:
    outcome.status, outcome.error = "failed", told(error)
    log.error("rule %s failed: %s", outcome.rule.code, outcome.error)
    log.debug("rule %s failed", outcome.rule.code, exc_info=True)
