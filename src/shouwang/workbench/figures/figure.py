"""A figure: a table, and a picture drawn of exactly that table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

Kind = Literal["stacked", "columns", "lines", "ranked"]
"""Bars beside names, bars over time, lines over time, one bar a name."""

Number = int | Decimal | None

RISKY = "=+-@\t\r"
"""Signs at which a spreadsheet takes a text for a formula."""


@dataclass(frozen=True)
class Series:
    """One kind of number: its key names the colour, its label stands in the head of the column."""

    key: str
    label: str


@dataclass(frozen=True)
class Row:
    """A name with its numbers, and where a click on it leads."""

    label: str
    values: tuple[Number, ...]
    link: str = ""

    @property
    def total(self) -> Number:
        """All of them added."""
        return sum((value or 0 for value in self.values), 0)


@dataclass(frozen=True)
class Figure:
    """What is shown: ``head`` names the first column, ``series`` the others."""

    key: str
    title: str
    head: str
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    kind: Kind = "stacked"
    note: str = ""
    totals: bool = True
    more: int = 0
    """So many rows are left out of the picture and the table."""

    @property
    def data_id(self) -> str:
        """The id of the element that holds the picture's numbers."""
        return f"d-{self.key}"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but zeros."""
        return not any(value for row in self.rows for value in row.values)

    @property
    def sums(self) -> tuple[Number, ...]:
        """The sum of each column."""
        return tuple(sum(((row.values[i] or 0) for row in self.rows), 0) for i in range(len(self.series)))

    @property
    def across(self) -> bool:
        """Whether the rows have a sum of their own."""
        return self.totals and len(self.series) > 1

    @property
    def grand(self) -> Number:
        """The sum of all."""
        return sum((value or 0 for value in self.sums), 0)

    def data(self) -> dict[str, Any]:
        """The picture's numbers, for the script that draws it."""
        return {
            "kind": self.kind,
            "labels": [row.label for row in self.rows],
            "links": [row.link for row in self.rows],
            "series": [
                {
                    "key": each.key,
                    "label": each.label,
                    "values": [_plain(row.values[i]) for row in self.rows],
                }
                for i, each in enumerate(self.series)
            ],
        }

    def csv(self) -> str:
        """The table as csv for a spreadsheet; no cell can be taken for a formula."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([_safe(text) for text in (self.head, *(each.label for each in self.series))])
        for row in self.rows:
            writer.writerow([_safe(row.label), *("" if value is None else value for value in row.values)])
        if self.totals:
            writer.writerow([_("合计"), *self.sums])
        return "\ufeff" + out.getvalue()


def _plain(value: Number) -> float | int | None:
    return float(value) if isinstance(value, Decimal) else value


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in RISKY else text


def top(rows: Sequence[Row], limit: int) -> tuple[tuple[Row, ...], int]:
    """The rows with the largest totals, and how many are left out."""
    ordered = sorted(rows, key=lambda row: (-(row.total or 0), row.label))
    return tuple(ordered[:limit]), max(0, len(ordered) - limit)
