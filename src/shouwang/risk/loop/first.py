"""The first findings in an order, without sorting all that somebody may see.

A leader may see hundreds of thousands of open findings of which a page shows fifty. Each order of a list
has an index in every status, so the head of a status is read from there and only that is sifted by what the
user may see. Somebody who sees little has nearly nothing in that head; theirs are few, so they are read and
sorted.

Where a query must go by place or by primary key, its status is hidden from the database: SQLite, which has no
statistics of an office, takes a status for rarer than anything else and would read all that are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from shouwang.risk.models import Finding

HEAD: Final = 500
"""So many are few: reading and sorting them takes some milliseconds."""

NEWEST: Final = ("-id",)
ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "new": NEWEST,
    "grave": ("rank", "id"),
    "due": ("due", "id"),
    "money": ("-amount", "-id"),
}
"""The orders with an index (``risk_finding_…`` in :class:`Finding`), as Django's ``order_by`` takes them."""


def first(
    rows: QuerySet[Finding], statuses: Iterable[str], keys: Sequence[str], most: int, where: Q | None = None
) -> list[int]:
    """The primary keys of the first ``most`` of ``rows`` that are in ``statuses``, in one of :data:`ORDERS`.

    ``rows`` have no condition on the status themselves. What lacks a deadline or an amount stands in no order
    by it. ``where`` leaves out what an index can tell, such as all that comes before the page.
    """
    names, wanted = [key.lstrip("-") for key in keys], sorted(statuses)
    where = Q(**{f"{names[0]}__isnull": False}) & (where or Q())
    told = rows.filter(where).order_by().values_list(*names)
    found: list[tuple[Any, ...]] = list(_hidden(told, wanted)[: HEAD + 1])
    if len(found) <= HEAD:
        return _cut(found, keys, most)
    found, sees_much = [], True
    for part in [wanted] if keys == NEWEST else [[status] for status in wanted]:
        narrow = _hidden if keys == NEWEST else _shown
        head = narrow(Finding.objects.filter(where), part).order_by(*keys).values("pk")[:HEAD]
        some = list(told.filter(pk__in=head).order_by(*keys)[:most]) if sees_much else []
        sees_much = len(some) == most
        found += some if sees_much else list(narrow(told, part).order_by(*keys)[:most])
    return _cut(found, keys, most)


def _shown(rows: QuerySet[Any], statuses: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(status__in=statuses)


def _hidden(rows: QuerySet[Any], statuses: Sequence[str]) -> QuerySet[Any]:
    hidden: QuerySet[Any] = rows.alias(standing=Coalesce("status", Value(""))).filter(standing__in=statuses)
    return hidden


def _cut(found: list[tuple[Any, ...]], keys: Sequence[str], most: int) -> list[int]:
    """The primary keys, which stand last, of the first in order."""
    for at in reversed(range(len(keys))):
        found = sorted(found, key=lambda row: row[at], reverse=keys[at].startswith("-"))
    return [row[-1] for row in found[:most]]
