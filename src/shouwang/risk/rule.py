"""What a rule (规则) is: one function with its metadata, asked of the tables of all ledgers.

::

    @rule("assistance.paid-short", "低保金未足额发放",
          severity=Severity.MEDIUM, subject="household", seeds=["S2-57"],
          reads={"assistance.payment": "certificate"},
          remedy="补足差额", looks_alike="应发与实发同时下调")
    def paid_short(t, p):
        rows = t.payment
        return hits(rows, where=rows.paid < rows.due, subject=rows.certificate, name=rows.name,
                    on=rows.paid_on, amount=rows.due - rows.paid, key=rows.month,
                    because="{certificate}于{month:month}应发{due}元，实发{paid}元")

``hits`` is the one output contract. One finding is one ``(rule, subject, key)``; rows that share
it are folded into one finding: amounts are added, the earliest ``on`` counts, and all their
references are its evidence. A rule never sorts, limits or formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from typing import Any

import ibis
from ibis.expr import types as ir

from shouwang.ledger.base import Subject
from shouwang.ledger.fields import Mask
from shouwang.risk.parameters import ParameterView


class Severity(StrEnum):
    """How bad one occurrence is; the order of the members is the order in a report."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"high": "高", "medium": "中", "low": "低"}[self.value]


@dataclass(frozen=True)
class Via:
    """How a change in a ledger without the rule's key reaches it: through a bridge ledger.

    ``Via("person", "assistance.recipient", "certificate")``: the changed rows' ``person`` values
    are looked up in ``assistance.recipient``, whose ``certificate`` values are then affected.
    """

    column: str
    bridge: str
    key: str


Narrowing = str | Via | None


@dataclass(frozen=True)
class Hits:
    """The rows that a rule found, before they are folded into findings."""

    rows: ir.Table
    where: ir.BooleanValue | None
    subject: ir.Value
    name: ir.Value | None
    division: ir.Value | None
    on: ir.Value | None
    amount: ir.Value | None
    key: ir.Value | None
    once: ir.Value | None
    because: str
    facts: Mapping[str, ir.Value]
    mask: Mapping[str, Mask]
    evidence: tuple[str, ...]


def placeholders(because: str) -> list[str]:
    """The names between braces in a sentence, without format, each once, in order."""
    names = [name.partition(".")[0] for _, name, _, _ in Formatter().parse(because) if name]
    return list(dict.fromkeys(names))


def hits(
    rows: ir.Table,
    *,
    where: ir.BooleanValue | None = None,
    subject: ir.Value,
    because: str,
    name: ir.Value | None = None,
    division: ir.Value | None = None,
    on: ir.Value | None = None,
    amount: ir.Value | None = None,
    key: ir.Value | None = None,
    once: ir.Value | None = None,
    facts: Mapping[str, ir.Value] | None = None,
    mask: Mapping[str, Mask] | None = None,
    evidence: Sequence[str] | None = None,
) -> Hits:
    """Declare what a rule found.

    ``rows`` is a table expression, ``where`` the condition on it: a rule whose ``rows`` is a
    ledger itself and whose expressions are row-local is asked together with its like in one
    pass. ``subject`` identifies whom or what the finding is about, ``name`` is how it is called,
    ``on`` the day it happened, ``amount`` the yuan at stake of this row, ``key`` tells several
    findings on one subject apart (month, voucher number …). ``once`` names what the money of a
    finding is counted by: of rows that agree in it only the one with the greatest amount counts
    in the amount, in ``{x.sum}`` and in ``{n}`` (all remain evidence), so that a join with a
    ledger that tells one thing twice multiplies nothing. A row without it counts by itself.

    ``because`` is the sentence in Chinese. A placeholder is a column of ``rows`` or a key of
    ``facts``; over the folded rows ``{x}`` is the value they share (or the list of distinct
    ones), ``{x.first}``/``{x.last}`` the smallest and greatest, ``{x.span}`` from the one to the
    other, ``{x.sum}`` the total, ``{n}`` the number of rows; ``{x:month}`` writes a date as a
    month. ``mask`` says how a computed fact must be masked; facts that are plain ledger columns
    know it from their declaration.

    ``evidence`` names the reference columns; by default every column of ``rows`` whose name
    starts with ``ref_``.
    """
    given = dict(facts or {})
    columns = set(rows.columns)
    for fact in placeholders(because):
        if fact not in given and fact != "n":
            if fact not in columns:
                raise KeyError(f"because uses {{{fact}}}, which is neither a column nor a fact")
            given[fact] = rows[fact]
    refs = tuple(evidence) if evidence is not None else tuple(c for c in rows.columns if c.startswith("ref_"))
    if not refs:
        raise ValueError("a finding needs evidence: keep the ref_… columns of the ledgers in rows")
    if division is None and "division" in columns:
        division = rows["division"]
    return Hits(
        rows, where, subject, name, division, on, amount, key, once, because, given, dict(mask or {}), refs
    )


class Tables:
    """The ledgers a rule reads, as Ibis tables: ``t.payment`` or ``t["assistance.payment"]``.

    Each has the ledger's declared columns and ``ref_<name>`` (``ref_payment``), the reference to
    the sheet row.
    """

    def __init__(
        self, tables: Mapping[str, ir.Table], spans: Mapping[str, tuple[Any, Any] | None] | None = None
    ) -> None:
        self._tables = dict(tables)
        self._spans = dict(spans or {})
        self._short: dict[str, str] = {}
        for name in tables:
            short = name.partition(".")[2]
            self._short[short] = "" if short in self._short else name

    def reaching(self, spans: Mapping[str, tuple[Any, Any] | None]) -> Tables:
        """The same tables with what :meth:`span` tells."""
        return Tables(self._tables, spans)

    def span(self, name: str) -> tuple[Any, Any] | None:
        """First and last value of the column that the rule's ``spans`` name for a whole ledger."""
        return self._spans[name]

    def __getitem__(self, name: str) -> ir.Table:
        return self._tables[name]

    def __getattr__(self, short: str) -> ir.Table:
        name = self.__dict__["_short"].get(short)
        if not name:
            raise AttributeError(f"rule does not read a ledger called {short}, or two of that name")
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)


RuleFunction = Callable[[Tables, ParameterView], Hits]


@dataclass(frozen=True)
class Rule:
    """A declared rule. See :func:`rule` for the meaning of each field."""

    code: str
    title: str
    severity: Severity
    subject: Subject
    seeds: tuple[str, ...]
    reads: Mapping[str, Narrowing]
    optional: Mapping[str, Narrowing]
    needs: Mapping[str, tuple[str, ...]]
    spans: Mapping[str, str]
    uses: tuple[str, ...]
    remedy: str
    risk_point: str
    looks_alike: str
    basis: str
    function: RuleFunction = field(compare=False)

    @property
    def pack(self) -> str:
        """The label of the pack that declares the rule."""
        return self.code.partition(".")[0]

    @property
    def ledgers(self) -> dict[str, Narrowing]:
        """All ledgers the rule may ask, required and optional."""
        return {**self.reads, **self.optional}


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    title: str,
    *,
    severity: Severity,
    subject: Subject,
    seeds: Sequence[str],
    reads: Mapping[str, Narrowing],
    optional: Mapping[str, Narrowing] | None = None,
    needs: Mapping[str, Sequence[str]] | None = None,
    spans: Mapping[str, str] | None = None,
    uses: Sequence[str] = (),
    remedy: str,
    risk_point: str = "",
    looks_alike: str = "",
    basis: str = "",
) -> Callable[[RuleFunction], RuleFunction]:
    """Declare a rule.

    ``code`` is ``<pack>.<kebab-case>``. ``reads`` names each ledger and the column by which its
    rows can be narrowed to the affected ones after a change (all of one domain; a :class:`Via`
    reaches it over a bridge; ``None`` means any change asks the whole rule again). A rule one of
    whose ``reads`` is absent is skipped and the report says so; an absent ``optional`` ledger is
    an empty table. ``needs`` names columns a sheet must really have for its rows to be asked: a
    question about blanks must not be put to a sheet that lacks the column. ``spans`` names a date
    column of a ledger whose first and last value over *all* rows the rule asks by ``t.span``: how
    far a ledger reaches, without which what is absent can't be told from what is not on file yet.
    ``uses`` names the parameters. ``remedy`` says what to do, ``looks_alike`` the lawful case it
    must leave alone, ``basis`` the law or text it rests on beyond ``seeds``.
    """

    def register(function: RuleFunction) -> RuleFunction:
        if code in _RULES and _RULES[code].function.__qualname__ != function.__qualname__:
            raise ValueError(f"two rules are called {code}")
        _RULES[code] = Rule(
            code=code,
            title=title,
            severity=severity,
            subject=subject,
            seeds=tuple(seeds),
            reads=dict(reads),
            optional=dict(optional or {}),
            needs={k: tuple(v) for k, v in (needs or {}).items()},
            spans=dict(spans or {}),
            uses=tuple(uses),
            remedy=remedy,
            risk_point=risk_point,
            looks_alike=looks_alike,
            basis=basis,
            function=function,
        )
        return function

    return register


def registered() -> dict[str, Rule]:
    """All rules declared so far, by code; ``risk.catalogue`` loads the packs first."""
    return dict(sorted(_RULES.items()))


def absent(value: Any) -> ir.BooleanValue:
    """True where a text is null or blank: the question "is it filled in at all"."""
    return value.isnull() | (value.cast("string").strip() == ibis.literal(""))
