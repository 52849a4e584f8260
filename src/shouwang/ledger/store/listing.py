"""Lists of a ledger: what a user asks for, and pages of it that stay fast at any depth.

Text, listed values, months and divisions are words of the index (:mod:`shouwang.ledger.words`): asked for
together they cost the rows that have them all, not the rows there are. A page begins behind the last row of
the one before (keyset), and a count stops at a thousand.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from django.db.models import Q, QuerySet

from shouwang.access.models import code_range
from shouwang.access.scope import Scope
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.fields import PersonField
from shouwang.ledger.store import index
from shouwang.ledger.words import DATES, WIDTHS, asked, month_word, months_between, value_word
from shouwang.standards import resident_id
from shouwang.standards.division import significant

COUNTED: Final = 1000
"""Counts go so far; beyond it says "1000+"."""
SORTED: Final = 5000
"""Lists of up to so many rows are sorted by any column; longer ones by place or age."""
SEARCHED: Final = 200_000
"""So many rows with the words are looked at for one page at most."""
MONTHS: Final = 60
"""Date ranges of up to so many months are asked for by words."""


@dataclass(frozen=True)
class Ask:
    """What a user wants to see of a ledger.

    ``values`` by column of a listed or yes-no column ("1", "0"), ``dates`` from–to by date column,
    ``division`` a code (15 digits), ``order`` is "place" (the default), "new", or a column with "-" before
    it for falling.
    """

    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, tuple[dt.date | None, dt.date | None]] = field(default_factory=dict)
    division: str = ""
    order: str = "place"

    @property
    def narrow(self) -> bool:
        """Whether it asks for less than all."""
        return bool(self.text or self.values or self.dates or self.division)


@dataclass(frozen=True)
class Page:
    """Rows of a list; ``after`` is where the next page begins, empty on the last one."""

    rows: list[Any]
    after: str = ""
    short: bool = False
    """Whether the search gave up before it had looked at everything."""


class Listing:
    """A ledger within a scope, as asked for."""

    def __init__(self, spec: SheetSpec, scope: Scope, ask: Ask) -> None:
        self.spec, self.scope, self.ask = spec, scope, ask
        self.number = _number(spec, ask.text)

    @cached_property
    def words(self) -> list[list[str]]:
        """What the index is asked for, in groups of which a row has at least one word each."""
        ask = self.ask
        groups = [] if self.number else [[word] for word in asked(ask.text)]
        groups += [[value_word(name, value)] for name, value in ask.values.items()]
        for name, (first, last) in ask.dates.items():
            if first and last and first <= last:
                months = [month_word(name, month) for month in months_between(first, last)]
                groups += [months] if len(months) <= MONTHS else []
        if groups:
            codes = [ask.division] if ask.division else [low for low, _ in self.scope.ranges]
            words = [word for code in codes if (word := _division_word(code))]
            own = self.scope.organisations or self.scope.persons or self.scope.posts
            if words and len(words) == len(codes) and not (own and not ask.division):
                groups.append(words)
        return groups

    @cached_property
    def empty(self) -> bool:
        """Whether nothing can be found: a text without any word in it, such as one character."""
        return bool(self.ask.text.strip()) and not self.number and not asked(self.ask.text)

    @cached_property
    def exact(self) -> QuerySet[Any]:
        """The rows within the scope that fulfil all conditions but the words of the text."""
        ask = self.ask
        rows = self.scope.filter(self.spec.model._default_manager.all())
        if ask.division:
            low, high = code_range(ask.division)
            rows = rows.filter(division_code__gte=low, division_code__lte=high)
        if self.number:
            # Found by the number alone first: beside a wide area SQLite would rather read all rows of that.
            everyone, named = self.spec.model._default_manager.order_by(), Q(pk__in=[])
            for name in self.spec.persons:
                named |= Q(pk__in=everyone.filter(**{name: self.number}).values("pk"))
            rows = rows.filter(named)
        for name, value in ask.values.items():
            rows = rows.filter(**{name: value == "1" if self.spec.fields[name].kind == "bool" else value})
        for name, (first, last) in ask.dates.items():
            kind = self.spec.fields[name].kind
            if first:
                rows = rows.filter(**{f"{name}__gte": _at(kind, first)})
            if last:
                # Up to the end of that day; the last day there is has no next one.
                end = dt.datetime.combine(last, dt.time.max) if kind == "datetime" else last
                rows = rows.filter(**{f"{name}__lte": end})
        return rows

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """All rows of the list, not in any order: for exports and counts."""
        if self.empty:
            return self.exact.none()
        return index.matching(self.exact, self.words) if self.words else self.exact

    def count(self, most: int = COUNTED) -> tuple[int, bool]:
        """How many rows, counted to ``most``; whether there are more."""
        if self.words and not self.empty:
            found = len((self._first if most == COUNTED else self._by_words(0, most + 1))[0])
        else:
            found = self.rows.order_by()[: most + 1].count()
        return min(found, most), found > most

    @cached_property
    def _first(self) -> tuple[list[int], bool]:
        """The ids that are counted, of which the first page shows the first."""
        return self._by_words(0, COUNTED + 1)

    def _by_words(self, after: int, size: int) -> tuple[list[int], bool]:
        """Ids of up to ``size`` rows of the list beyond an id; whether the search gave up."""
        found: list[int] = []
        step, looked = max(200, size), 0
        while len(found) < size and looked < SEARCHED:
            ids = index.ids(self.spec, self.words, after, step)
            if not ids:
                return found[:size], False
            after, looked = ids[-1], looked + len(ids)
            found += self.exact.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
            step = min(step * 4, 10_000)
        return found[:size], len(found) < size

    @property
    def sortable(self) -> bool:
        """Whether the list is short enough to be sorted by any column."""
        return not self.count(SORTED)[1]

    def page(self, after: str = "", size: int = 50) -> Page:
        """A page of the list. ValueError for a place that is none."""
        if self.empty:
            return Page([])
        order = self.ask.order
        name = order.removeprefix("-")
        if name in self.spec.fields and not isinstance(self.spec.fields[name], PersonField) and self.sortable:
            start = int(after or 0)
            found = list(self.rows.order_by(order, "pk")[start : start + size + 1])
            return Page(found[:size], str(start + size) if len(found) > size else "")
        if self.words:
            counted = not after and size <= COUNTED
            ids, short = self._first if counted else self._by_words(int(after or 0), size + 1)
            known = self.spec.model._default_manager.in_bulk(ids[:size])
            rows = [known[number] for number in ids[:size] if number in known]
            return Page(rows, str(ids[size - 1]) if len(ids) > size else "", short)
        if order == "new":
            chosen = self.exact.filter(pk__lt=int(after)) if after else self.exact
            found = list(chosen.order_by("-pk")[: size + 1])
            return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "")
        parts = [self.exact]
        if after:
            # One after the other, as each begins in the index at the place itself: together they would be
            # read from where the division begins.
            code, _, number = after.partition(":")
            parts = [
                self.exact.filter(division_code=code, pk__gt=int(number)),
                self.exact.filter(division_code__gt=code),
            ]
        found = []
        for part in parts:
            found += part.order_by("division_code", "pk")[: size + 1 - len(found)]
        last = found[size - 1] if len(found) > size else None
        return Page(found[:size], f"{last.division_code}:{last.pk}" if last else "")


def _at(kind: str, day: dt.date) -> Any:
    return dt.datetime.combine(day, dt.time()) if kind == "datetime" else day


def _number(spec: SheetSpec, text: str) -> str:
    """The resident ID number that a search is for, or nothing."""
    if not spec.persons or len(text.strip()) < 15:
        return ""
    read = resident_id.parse(text)
    return str(read.value.number) if read.ok and read.value is not None else ""


def _division_word(code: str) -> str:
    """The word all rows of a division have; nothing for one above the sub-district."""
    width = len(significant(code))
    return f"d{code[:width]}" if width in WIDTHS else ""


def ask_of(spec: SheetSpec, said: Mapping[str, str], text: str = "") -> Ask:
    """What a form or a saved view asks for; what makes no sense is left out.

    ``said``: ``v-column`` a value, ``from-column`` and ``to-column`` dates (YYYY-MM-DD or YYYY-MM),
    ``division``, ``order``.
    """
    values, dates = {}, {}
    for name, column in spec.fields.items():
        value = said.get(f"v-{name}", "")
        if value and (value in column.values or (column.kind == "bool" and value in ("0", "1"))):
            values[name] = value
        if column.kind in DATES:
            first, last = _day(said.get(f"from-{name}", "")), _day(said.get(f"to-{name}", ""), end=True)
            if first or last:
                dates[name] = (first, last)
    division = said.get("division", "")
    order = said.get("order", "place")
    known = order in ("place", "new") or order.removeprefix("-") in spec.fields
    return Ask(
        text.strip()[:100],
        values,
        dates,
        division if division.isdigit() and len(division) == 15 else "",
        order if known else "place",
    )


def _day(text: str, *, end: bool = False) -> dt.date | None:
    try:
        if len(text) == 7:
            first = dt.date.fromisoformat(f"{text}-01")
            return first.replace(day=calendar.monthrange(first.year, first.month)[1]) if end else first
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def without_text(ask: Ask) -> Ask:
    """The same without its text: what may stand in a URL."""
    return replace(ask, text="")


def shown_columns(spec: SheetSpec, chosen: Sequence[str] = ()) -> list[str]:
    """The columns of a list: those chosen, else the first that say most."""
    known = [name for name in chosen if name in spec.fields]
    if known:
        return known
    first = [name for name in spec.fields if name in spec.key or spec.fields[name].required]
    rest = [
        n for n in spec.fields if n not in first and n not in ("note",) and spec.fields[n].mask != "address"
    ]
    wanted = {*first, *rest[: max(0, 8 - len(first))]}
    return [name for name in spec.fields if name in wanted]
