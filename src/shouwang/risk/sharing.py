"""What several rules compute alike is computed once.

Many rules begin with the same grouping (the members of each household, the first death of each
person). Over millions of rows that is most of their work. Such groupings are found by comparing
the queries, their rows are kept as a table of the engine, and each query reads them from there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import ibis.expr.operations as ops
from ibis.expr import types as ir

log = logging.getLogger(__name__)

Keep = Callable[[ir.Table], ir.Table | None]
"""Runs a query and keeps its rows as a table; None where the engine does not do that."""


def alike(queries: Sequence[ir.Table]) -> list[ops.Relation]:
    """The groupings that at least two of the queries contain, inner before outer ones.

    One that only stands inside another, in the same queries, is left to it.
    """
    users: dict[ops.Relation, set[int]] = {}
    for number, query in enumerate(queries):
        for node in query.op().find((ops.Aggregate, ops.Distinct)):
            users.setdefault(node, set()).add(number)
    shared = {node: who for node, who in users.items() if len(who) > 1}
    parts = {node: set(node.find((ops.Aggregate, ops.Distinct))) for node in shared}
    outer = sorted(shared, key=lambda node: -len(parts[node]))
    kept: list[ops.Relation] = []
    for node in outer:
        if not any(node in parts[other] and shared[node] == shared[other] for other in kept):
            kept.append(node)
    return kept[::-1]


def share(queries: Sequence[ir.Table], keep: Keep) -> list[ir.Table]:
    """The queries with their common groupings replaced by kept tables.

    A grouping that can't be computed is left in place: each rule then fails by itself, with its
    own message.
    """
    found: dict[ops.Node, ops.Node] = {}
    for node in alike(queries):
        try:
            kept = keep(node.replace(found).to_expr() if found else node.to_expr())
        except Exception:
            log.debug("a grouping that rules share can't be kept", exc_info=True)
            continue
        if kept is None:
            return list(queries)
        found[node] = kept.op()
    if not found:
        return list(queries)
    return [query.op().replace(found).to_expr() for query in queries]
