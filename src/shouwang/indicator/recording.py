"""Puts what a scan evaluated on record, and tells which targets are missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shouwang.access.models import Area, code_range, full
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import Evaluation, IndicatorValue
from shouwang.indicator.indicator import Direction, Indicator
from shouwang.indicator.judging import is_breach, judge
from shouwang.indicator.models import RecordedValue, Target
from shouwang.standards.batches import batches
from shouwang.trail import Change

PLACES = Decimal("0.000001")

Key = tuple[str, str, str, str]
"""Indicator, division code, unit, period."""


@dataclass(frozen=True)
class Breach:
    """A target that is missed: for which indicator, where, by whom, when, by what value."""

    indicator: Indicator
    direction: Direction
    division_code: str
    unit: str
    period: str
    value: Decimal
    target: Decimal


def office_code(codes: Sequence[str]) -> str:
    """The division of the office: the lowest one that all others lie in or above; empty without any.

    >>> office_code(["110101000000000", "110101001000000", "110101001001000", "110101001002000"])
    '110101001000000'
    """
    ordered = sorted(codes)
    office = ordered[0] if ordered else ""
    for k, code in enumerate(ordered[1:], 1):
        low, high = code_range(code)
        if not all(low <= other <= high for other in ordered[k:]) or k == len(ordered) - 1:
            break
        office = code
    return office


class Places:
    """Finds the division that a ledger's text names: by code, name or alias; an ambiguous name is none."""

    def __init__(self) -> None:
        areas = list(Area.objects.order_by("code"))
        self.top = office_code([area.code for area in areas])
        self._by_code = {area.code for area in areas}
        named: dict[str, set[str]] = {}
        for area in areas:
            for name in (area.name, *area.aliases.split("\n")):
                if name.strip():
                    named.setdefault(name.strip(), set()).add(area.code)
        self._by_name = {name: codes.pop() for name, codes in named.items() if len(codes) == 1}

    def __call__(self, text: str) -> tuple[str, str]:
        """Division code and unit: a text that names no division is a unit of the whole office."""
        text = text.strip()
        if not text:
            return self.top, ""
        if text in self._by_name:
            return self._by_name[text], ""
        if text.isdigit() and full(text) in self._by_code:
            return full(text), ""
        return self.top, text[:200]


def record(
    evaluations: Iterable[Evaluation], as_of: dt.date, *, doing: Change, scan: int | None = None
) -> int:
    """Put the values on record, within an open change; how many differ from what stood there.

    Needs the divisions of the office. A value that is the same is not written again.
    """
    places = Places()
    if not places.top:
        return 0
    wanted: dict[Key, tuple[IndicatorValue, Decimal, Decimal | None]] = {}
    for evaluation in evaluations:
        for each in evaluation.values:
            division, unit = places(each.division)
            key = (each.code, division, unit, each.period[:60])
            # Two texts for one division (name and alias) would be two values of one key: the first stands.
            wanted.setdefault(key, (each, _fixed(each.numerator), _maybe(each.denominator)))
    codes = {key[0] for key in wanted}
    known = {
        (row.code, row.division_code, row.unit, row.period): row
        for row in RecordedValue.objects.filter(current=True, code__in=sorted(codes))
    }
    fresh, stale = [], []
    for key, (each, numerator, denominator) in wanted.items():
        before = known.get(key)
        value, declared = _maybe(each.value), _maybe(each.target)
        if before is not None:
            same = (before.numerator, before.denominator, before.value, before.declared)
            if same == (numerator, denominator, value, declared):
                continue
            stale.append(before.pk)
        code, division, unit, period = key
        fresh.append(
            RecordedValue(
                code=code, division_code=division, unit=unit, period=period, numerator=numerator,
                denominator=denominator, value=value, declared=declared, scan=scan, as_of=as_of,
            )
        )  # fmt: skip
    # The trail tells of the batch: what each value was is in the rows, which stay.
    for some in batches(stale, 500):
        RecordedValue._base_manager.filter(pk__in=some).update(current=False)
    RecordedValue._base_manager.bulk_create(fresh, batch_size=500)
    if fresh:
        doing.note("indicator.recordedvalue", scan or "", recorded=len(fresh), replaced=len(stale))
    return len(fresh)


def _fixed(number: Decimal) -> Decimal:
    return number.quantize(PLACES)


def _maybe(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.quantize(PLACES)


def direction_of(indicator: Indicator, target: Target | None) -> Direction:
    """Which way is good: as the office said in its target, else as the indicator declares."""
    if target is None:
        return indicator.direction
    return "up" if target.direction == Target.Direction.UP else "down"


def breaches(day: dt.date) -> list[Breach]:
    """The targets that are missed on a day: those set by the office, else those that indicators declare."""
    targets = {(t.code, t.division_code, t.unit, t.period): t for t in Target.objects.filter(post=None)}
    found = []
    catalogue = indicators()
    for row in RecordedValue.objects.filter(current=True, value__isnull=False).order_by(
        "code", "division_code"
    ):
        indicator = catalogue.get(row.code)
        if indicator is None or row.value is None:
            continue
        own = targets.get((row.code, row.division_code, row.unit, row.period))
        goal, warn = (own.value, own.warn) if own else (row.declared, None)
        way = direction_of(indicator, own)
        state = judge(way, row.value, goal, warn)
        if goal is not None and is_breach(way, state, row.period, day):
            found.append(Breach(indicator, way, row.division_code, row.unit, row.period, row.value, goal))
    return found
