"""Asking a sealed column: exact look-up is a range of the index that the stored text begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from shouwang.ledger.identity import person_index

MOST = 20_000
"""So many persons can be asked for at once."""


def _condition(column: str, vendor: str) -> str:
    # PostgreSQL sorts text by the language of the database: there the index for patterns serves.
    return f"{column} LIKE %s" if vendor == "postgresql" else f"({column} >= %s AND {column} < %s)"


def _bounds(index: str, vendor: str) -> list[str]:
    return [f"{index}.%"] if vendor == "postgresql" else [f"{index}.", f"{index}/"]


def _any(conditions: Sequence[str]) -> str:
    """An OR that is a balanced tree: SQLite takes no deep ones."""
    if len(conditions) == 1:
        return conditions[0]
    half = len(conditions) // 2
    return f"({_any(conditions[:half])} OR {_any(conditions[half:])})"


class _Asked(models.Lookup[Any]):
    """A lookup by indexes; subclasses say how they come from the right-hand side."""

    prepare_rhs = False

    def indexes(self) -> list[str]:
        """The indexes to look for."""
        raise NotImplementedError

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """The condition with its parameters."""
        wanted = sorted(set(self.indexes()))
        if not wanted:
            return "1 = 0", ()
        if len(wanted) > MOST:
            raise FieldError(f"more than {MOST} persons asked for at once")
        column, params = self.process_lhs(compiler, connection)
        if params:
            raise FieldError("a sealed column can be compared only as it is")
        condition = _condition(column, connection.vendor)
        bounds = tuple(bound for index in wanted for bound in _bounds(index, connection.vendor))
        return _any([condition] * len(wanted)), bounds


def _number(value: Any) -> str:
    if hasattr(value, "resolve_expression") or hasattr(value, "query"):
        raise FieldError("a sealed column can be compared with numbers, not with other columns or queries")
    return person_index(str(value))


class Exact(_Asked):
    """``person="…"``: the rows of that resident ID number."""

    lookup_name = "exact"

    def indexes(self) -> list[str]:
        """The index of the number."""
        return [_number(self.rhs)]


class In(_Asked):
    """``person__in=[…]``: the rows of these resident ID numbers."""

    lookup_name = "in"

    def indexes(self) -> list[str]:
        """The indexes of the numbers."""
        if hasattr(self.rhs, "query"):
            raise FieldError("a sealed column can be compared with numbers, not with a query")
        return [_number(value) for value in self.rhs if value]


class Index(_Asked):
    """``person__index="…"``: the rows of the person with that keyed index."""

    lookup_name = "index"

    def indexes(self) -> list[str]:
        """The index itself."""
        return [str(self.rhs)] if self.rhs else []


class IndexIn(_Asked):
    """``person__index_in=[…]``: the rows of the persons with these keyed indexes."""

    lookup_name = "index_in"

    def indexes(self) -> list[str]:
        """The indexes themselves."""
        return [str(value) for value in self.rhs if value]
