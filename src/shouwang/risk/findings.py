"""Findings: what rules found, folded to one per (rule, subject, key), in a fixed order.

The facts of a finding are kept as values, so that its sentence can be written in clear or
masked, in Chinese or in English, without asking the rule again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from string import Formatter
from typing import Any

import polars as pl
import pyarrow as pa
from django.utils.translation import gettext as _

from shouwang.ledger.fields import Mask
from shouwang.risk.rule import Hits, Rule

LISTED = 6
"""So many distinct values of a fact are written out in a sentence."""


@dataclass(frozen=True)
class Fact:
    """The values one placeholder took over the rows of a finding.

    ``values`` are the smallest :data:`LISTED` distinct ones, ``distinct`` how many there are,
    ``first``/``last`` the smallest and greatest, ``total`` the sum of numbers.
    """

    values: tuple[Any, ...]
    distinct: int
    first: Any
    last: Any
    total: Any
    mask: Mask = ""


@dataclass(frozen=True)
class Evidence:
    """A row that proves a finding: a ledger and the reference into its snapshot."""

    ledger: str
    ref: int


@dataclass(frozen=True)
class Finding:
    """One occurrence of a risk point. ``number`` is its running number within the rule."""

    rule: str
    subject_id: str
    subject_name: str
    division: str
    on: dt.date | None
    amount: Decimal | None
    key: str
    sentence: str
    rows: int
    facts: Mapping[str, Fact] = field(hash=False)
    evidence: tuple[Evidence, ...]
    number: int = 0
    known: bool = False

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes two findings of two scans the same one."""
        return (self.rule, self.subject_id, self.key)

    @property
    def id(self) -> str:
        """The name of the finding: rule and running number."""
        return f"{self.rule}-{self.number:04d}"

    @property
    def because(self) -> str:
        """The sentence in clear, in the active language."""
        return self.say(masked=False)

    def say(self, *, masked: bool) -> str:
        """The sentence in the active language; ``masked`` hides names, numbers and addresses."""
        text = _Sentence(self.facts, self.rows, masked).vformat(_(self.sentence), (), {})
        if not masked:
            return text
        from shouwang.standards import masking

        return masking.mask_text(text)


class _Sentence(Formatter):
    """Writes ``{fact}``, ``{fact.first}``, ``{fact.last}``, ``{fact.span}``, ``{fact.sum}``, ``{n}``.

    Each but ``{n}`` may carry the style ``:month``.
    """

    def __init__(self, facts: Mapping[str, Fact], rows: int, masked: bool) -> None:
        self.facts, self.rows, self.masked = facts, rows, masked

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        name, _dot, part = field_name.partition(".")
        if name == "n":
            return self.rows, name
        fact = self.facts[name]
        chosen: Any = {
            "": fact.values,
            "first": (fact.first,),
            "last": (fact.last,),
            "span": (fact.first,) if fact.first == fact.last else (fact.first, fact.last),
            "sum": (fact.total,),
        }[part]
        between = _("至") if part == "span" else "、"
        return (chosen, fact.distinct if part == "" else 1, fact.mask, between), name

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, int):
            return str(value)
        chosen, distinct, mask, between = value
        texts = [self._mask(write(v, format_spec), mask) for v in chosen]
        joined = between.join(texts) if texts else write(None)
        return (
            joined
            if distinct <= len(chosen)
            else _("{listed}等{count}项").format(listed=joined, count=distinct)
        )

    def _mask(self, text: str, mask: Mask) -> str:
        return mask_value(text, mask) if self.masked else text


def mask_value(text: str, mask: Mask) -> str:
    """Mask one value by its kind; kind "" is left to the free-text masking of the sentence."""
    from shouwang.standards import masking

    if not mask or not text:
        return text
    return {
        "name": masking.mask_name,
        "id": masking.mask_id,
        "phone": masking.mask_phone,
        "account": masking.mask_card,
        "address": masking.mask_address,
    }[mask](text)


def write(value: Any, style: str = "") -> str:
    """A value as a reader of the report writes it: 2023年7月5日, 1,860, 4.35, 是."""
    if value is None or value == "":
        return _("（空）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dt.datetime):
        return f"{write(value.date())} {value:%H:%M}"
    if isinstance(value, dt.date):
        if style == "month":
            return _("{y}年{m}月").format(y=value.year, m=value.month)
        return _("{y}年{m}月{d}日").format(y=value.year, m=value.month, d=value.day)
    if isinstance(value, Decimal | float):
        number = Decimal(str(value))
        if not number.is_finite():  # a quotient by nought
            return _("（空）")
        text = f"{number:,.2f}" if number == round(number, 2) else f"{number.normalize():,f}"
        return text.rstrip("0").rstrip(".") if "." in text and text.endswith("00") else text
    return str(value)


def fold(rule: Rule, hits: Hits, rows: pa.Table, masks: Mapping[str, Mask]) -> list[Finding]:
    """Fold the rows a rule found into findings, ordered by subject and key.

    ``rows`` has the columns ``subject, name, division, on, amount, key``, ``once`` where the rule
    names it, one ``f_<fact>`` for each fact and one ``e_<i>`` for each evidence column of
    ``hits``; ``masks`` says how each fact is masked.
    """
    if rows.num_rows == 0:
        return []
    ledgers = evidence_ledgers(rule, hits)
    facts = list(hits.facts)
    frame = pl.DataFrame(rows)
    texts = ("subject", "name", "division", "key")
    frame = frame.with_columns([pl.col(c).cast(pl.String).fill_null("") for c in texts])
    frame = _marked(frame)
    counts = pl.col("counts")
    aggregated = (
        frame.group_by("subject", "key")
        .agg(
            pl.col("name").filter(pl.col("name") != "").min(),
            pl.col("division").filter(pl.col("division") != "").min(),
            pl.col("on").min(),
            pl.col("amount").filter(counts).sum().alias("amount"),
            pl.col("amount").filter(counts).count().alias("amounts"),
            counts.sum().alias("rows"),
            *[pl.col(f"e_{i}").drop_nulls().unique().sort() for i in range(len(ledgers))],
            *[agg for fact in facts for agg in _aggregations(fact, frame.schema[f"f_{fact}"])],
        )
        .sort("subject", "key")
    )
    found = []
    for row in aggregated.iter_rows(named=True):
        evidence = {Evidence(ledger, ref) for i, ledger in enumerate(ledgers) for ref in row[f"e_{i}"]}
        found.append(
            Finding(
                rule=rule.code,
                subject_id=row["subject"],
                subject_name=row["name"] or "",
                division=row["division"] or "",
                on=row["on"],
                amount=row["amount"] if row["amounts"] else None,
                key=row["key"],
                sentence=hits.because,
                rows=row["rows"],
                facts={
                    fact: Fact(
                        values=tuple(row[f"v_{fact}"]),
                        distinct=row[f"d_{fact}"],
                        first=row[f"a_{fact}"],
                        last=row[f"z_{fact}"],
                        total=row.get(f"s_{fact}"),
                        mask=masks.get(fact, ""),
                    )
                    for fact in facts
                },
                evidence=tuple(sorted(evidence, key=lambda e: (e.ledger, e.ref))),
            )
        )
    return found


def _marked(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with ``counts``: whether a row's money counts, or is told by another row already.

    Of the rows of a finding that agree in ``once`` the first by amount counts, greatest first.
    """
    if "once" not in frame.columns:
        return frame.with_columns(pl.lit(True).alias("counts"))
    figures = ["amount", *sorted(c for c in frame.columns if c.startswith("f_"))]
    ordered = frame.sort(figures, descending=True, nulls_last=True)
    first = pl.struct("subject", "key", "once").is_first_distinct()
    return ordered.with_columns((first | pl.col("once").is_null()).alias("counts"))


def _aggregations(fact: str, dtype: pl.DataType) -> list[pl.Expr]:
    column = pl.col(f"f_{fact}")
    distinct = column.drop_nulls().unique().sort()
    out = [
        distinct.head(LISTED).alias(f"v_{fact}"),
        distinct.len().alias(f"d_{fact}"),
        column.min().alias(f"a_{fact}"),
        column.max().alias(f"z_{fact}"),
    ]
    if dtype.is_numeric():
        out.append(column.filter(pl.col("counts")).sum().alias(f"s_{fact}"))
    return out


def evidence_ledgers(rule: Rule, hits: Hits) -> list[str]:
    """The ledger behind each evidence column: ``ref_payment_right`` is of the ledger ``….payment``."""
    by_short: dict[str, str] = {}
    for name in rule.ledgers:
        by_short.setdefault(ref_column(name), name)
    out = []
    for column in hits.evidence:
        matches = [short for short in by_short if column == short or column.startswith(short + "_")]
        if not matches:
            raise KeyError(f"{rule.code}: evidence column {column} belongs to no ledger the rule reads")
        out.append(by_short[max(matches, key=len)])
    return out


def ref_column(ledger: str) -> str:
    """The name of a ledger's reference column in rules."""
    return "ref_" + ledger.partition(".")[2]


def numbered(
    found: Iterable[Finding], previous: Iterable[Finding] = (), last: Mapping[str, int] | None = None
) -> tuple[list[Finding], dict[str, int]]:
    """Give each finding its running number; a finding known from before keeps its own.

    New ones are numbered on from ``last``, the greatest number each rule ever gave, in order of
    subject and key: same input, same numbers, and no number is ever given twice. The new
    greatest numbers come second.
    """
    before = {f.identity: f.number for f in previous}
    given = dict(last or {})
    out = []
    for finding in sorted(found, key=lambda f: f.identity):
        if finding.identity in before:
            out.append(replace(finding, number=before[finding.identity], known=True))
        else:
            given[finding.rule] = given.get(finding.rule, 0) + 1
            out.append(replace(finding, number=given[finding.rule], known=False))
    return out, given
