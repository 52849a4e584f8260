"""What an indicator (指标) is: one function with its metadata, whose answer is numbers.

::

    @indicator("population.screening-coverage", "排查覆盖率", unit="%", scale=100,
               seeds=["S1-40"], reads=["registry.place", "population.visit"],
               direction="up", target=100, formula="已走访点位数 ÷ 全部点位数")
    def screening_coverage(t, p):
        places = t.place.mutate(visited=...)
        return values(places, division=places.division, period=year(p.as_of),
                      numerator=places.visited.sum(), denominator=places.count())

An indicator is asked of the same tables as a rule and waits for ledgers and parameters in the
same way. Its value is numerator ÷ denominator (times ``scale``), or the numerator alone where
there is no denominator. A denominator of 0 gives no value: nothing was to be measured.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import ibis
from ibis.expr import types as ir

from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables

Direction = Literal["up", "down", ""]
"""``up``: the target is reached at or above it; ``down``: at or below it; empty: no judgement."""

Target = Decimal | int | str | None
"""A number, or the name of a parameter (which may differ by division)."""


@dataclass(frozen=True)
class Values:
    """The answer of an indicator before it is evaluated; see :func:`values`."""

    rows: ir.Table
    division: ir.Value | None
    period: ir.Value | str
    numerator: ir.Value
    denominator: ir.Value | None


def values(
    rows: ir.Table,
    *,
    division: ir.Value | None = None,
    period: ir.Value | str,
    numerator: ir.Value,
    denominator: ir.Value | None = None,
) -> Values:
    """Declare the numbers of an indicator.

    ``rows`` is a table expression, ``division`` and ``period`` columns of it by which it is
    grouped (``division`` by default its column of that name; ``period`` may be one text for all:
    ``"2023"``, ``"2023-06"``, the name of a campaign). ``numerator`` and ``denominator`` are
    aggregates over the rows of a group: ``rows.count()``, ``rows.amount.sum()``.
    """
    if division is None and "division" in rows.columns:
        division = rows["division"]
    return Values(rows, division, period, numerator, denominator)


def year(day: dt.date | ir.DateValue) -> ir.StringValue:
    """The year of a day as a period: ``"2023"``."""
    return _column(day).year().cast("string")


def month(day: dt.date | ir.DateValue) -> ir.StringValue:
    """The month of a day as a period: ``"2023-06"``."""
    column = _column(day)
    return column.year().cast("string") + "-" + column.month().cast("string").lpad(2, "0")


def _column(day: dt.date | ir.DateValue) -> ir.DateValue:
    return ibis.literal(day, "date") if isinstance(day, dt.date) else day


IndicatorFunction = Callable[[Tables, ParameterView], Values]


@dataclass(frozen=True)
class Indicator:
    """A declared indicator. See :func:`indicator` for the meaning of each field."""

    code: str
    label: str
    unit: str
    seeds: tuple[str, ...]
    reads: tuple[str, ...]
    optional: tuple[str, ...]
    needs: Mapping[str, tuple[str, ...]]
    uses: tuple[str, ...]
    direction: Direction
    target: Target
    formula: str
    scale: int
    digits: int
    function: IndicatorFunction = field(compare=False)

    @property
    def pack(self) -> str:
        """The label of the pack that declares the indicator."""
        return self.code.partition(".")[0]


_INDICATORS: dict[str, Indicator] = {}


def indicator(
    code: str,
    label: str,
    *,
    unit: str = "",
    seeds: Sequence[str],
    reads: Sequence[str],
    optional: Sequence[str] = (),
    needs: Mapping[str, Sequence[str]] | None = None,
    uses: Sequence[str] = (),
    direction: Direction = "",
    target: Target = None,
    formula: str,
    scale: int = 1,
    digits: int = 2,
) -> Callable[[IndicatorFunction], IndicatorFunction]:
    """Declare an indicator.

    ``code`` is ``<pack>.<kebab-case>``; ``reads``, ``optional``, ``needs`` and ``uses`` are those
    of a rule. ``target`` is what ``direction`` speaks of; ``formula`` says in Chinese how the
    number is made. The value is multiplied by ``scale`` (100 for a percentage) and rounded half
    up to ``digits`` decimals.
    """

    def register(function: IndicatorFunction) -> IndicatorFunction:
        if code in _INDICATORS and _INDICATORS[code].function.__qualname__ != function.__qualname__:
            raise ValueError(f"two indicators are called {code}")
        if target is not None and not direction:
            raise ValueError(f"{code}: a target needs a direction")
        _INDICATORS[code] = Indicator(
            code=code,
            label=label,
            unit=unit,
            seeds=tuple(seeds),
            reads=tuple(reads),
            optional=tuple(optional),
            needs={name: tuple(columns) for name, columns in (needs or {}).items()},
            uses=tuple(uses),
            direction=direction,
            target=target,
            formula=formula,
            scale=scale,
            digits=digits,
            function=function,
        )
        return function

    return register


def registered() -> dict[str, Indicator]:
    """All indicators declared so far, by code; ``indicator.catalogue`` loads the packs first."""
    return dict(sorted(_INDICATORS.items()))
