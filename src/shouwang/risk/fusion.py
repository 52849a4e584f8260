"""Which rules can be asked together in one pass over one ledger.

A rule is row-local when its rows are a ledger itself and neither its condition nor any of its
columns looks beyond the row: no join, aggregate, window or subquery. Such rules on the same
table are fused: one filter that is the disjunction of their conditions, one projection that
carries a flag and the columns of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import ibis
import ibis.expr.operations as ops
from ibis.expr import types as ir

from shouwang.risk.rule import Hits

BEYOND_THE_ROW = (ops.Reduction, ops.Analytic, ops.WindowFunction, ops.Subquery)


def columns_of(hits: Hits) -> dict[str, ir.Value]:
    """The output columns of a rule: subject, name, division, on, amount, key, facts, evidence."""

    def given(value: ir.Value | None, dtype: str) -> ir.Value:
        return (ibis.null(dtype) if value is None else value).cast(dtype)

    return {
        "subject": given(hits.subject, "string"),
        "name": given(hits.name, "string"),
        "division": given(hits.division, "string"),
        "on": given(hits.on, "date"),
        "amount": given(hits.amount, "decimal(18, 2)"),
        "key": given(hits.key, "string"),
        **({} if hits.once is None else {"once": given(hits.once, "string")}),
        **{f"f_{fact}": value for fact, value in hits.facts.items()},
        **{f"e_{i}": hits.rows[column] for i, column in enumerate(hits.evidence)},
    }


def alone(hits: Hits) -> ir.Table:
    """The query of one rule asked by itself."""
    rows = hits.rows if hits.where is None else hits.rows.filter(hits.where)
    # Ibis resolves columns of the unfiltered parent against its filtered child by itself.
    return rows.select(**columns_of(hits))


def is_row_local(hits: Hits) -> bool:
    """Whether the rule can be fused with others on the same table."""
    base = hits.rows.op()
    if hits.where is None or not isinstance(base, ops.PhysicalTable):
        return False
    for value in _values(hits):
        node = value.op()
        if node.find(BEYOND_THE_ROW) or any(r is not base and r != base for r in node.find(ops.Relation)):
            return False
    return True


def _values(hits: Hits) -> Iterator[ir.Value]:
    if hits.where is not None:
        yield hits.where
    yield from columns_of(hits).values()


def together(group: Sequence[Hits]) -> ir.Table:
    """The query of several row-local rules on the same table, asked in one pass.

    Rule ``i`` has the columns ``r<i>_hit`` (boolean) and ``r<i>_<column>``.
    """
    conditions = [hits.where for hits in group if hits.where is not None]
    # A filter takes "unknown" for no: only the flags of the rows that are left have to say it.
    condition = conditions[0]
    for other in conditions[1:]:
        condition = condition | other
    flags = [one.fill_null(False) for one in conditions]
    columns: dict[str, ir.Value] = {}
    for i, (hits, flag) in enumerate(zip(group, flags, strict=True)):
        columns[f"r{i}_hit"] = flag
        columns |= {f"r{i}_{name}": value for name, value in columns_of(hits).items()}
    return group[0].rows.filter(condition).select(**columns)
