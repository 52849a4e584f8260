"""Which division a row belongs to: what a sheet calls it, what is known, and where one may write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from shouwang.access.models import Area, code_range, full
from shouwang.access.scope import Scope
from shouwang.ledger.base import SheetSpec
from shouwang.standards.text import squeeze

_TAILS: Final = ("社区居民委员会", "居民委员会", "村民委员会", "社区居委会", "居委会", "村委会")
_SHORTEST: Final = 2

Finding = tuple[str | None, str | None]
"""Division code, or the code of the problem."""


def everywhere() -> Scope:
    """The scope of a command: whoever can run it on the machine has the database in hand."""
    return Scope((("0" * 15, "9" * 15),))


@dataclass
class Places:
    """The divisions of the installation by the words for them."""

    codes: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Places:
        """All divisions of the database."""
        found = cls()
        for code, name, aliases in Area.objects.values_list("code", "name", "aliases"):
            found.add(code, name, *aliases.splitlines())
        return found

    def add(self, code: str, *names: str) -> None:
        """Take in a division under its code and names."""
        shorts = [code[:width] for width in (6, 9, 12) if full(code[:width]) == code]
        for word in (code, *shorts, *names):
            for form in _forms(word):
                self.codes.setdefault(form, set()).add(code)

    def find(self, text: str) -> set[str]:
        """The divisions that a text may mean: its whole, else the longest name it ends with."""
        for form in _forms(text):
            if form in self.codes:
                return self.codes[form]
        word = squeeze(text)
        for start in range(1, len(word) - _SHORTEST + 1):
            for form in _forms(word[start:]):
                if form in self.codes and not form.isdigit():
                    return self._below(word[:start], self.codes[form])
        return set()

    def _below(self, before: str, found: set[str]) -> set[str]:
        """Of several divisions of one name those that lie in the one named before it (望河街道云溪社区)."""
        if len(found) > 1 and (above := self.find(before)):
            inside = {c for c in found for a in above if code_range(a)[0] <= c <= code_range(a)[1]}
            return inside or found
        return found


def _forms(text: str) -> list[str]:
    word = squeeze(text)
    forms = [word]
    for tail in _TAILS:
        if word.endswith(tail) and len(word) - len(tail) >= _SHORTEST:
            bare = word.removesuffix(tail)
            forms += [bare, f"{bare}社区", f"{bare}村"]
            break
    return [form for form in forms if form]


@dataclass
class Placing:
    """Places rows for one importer.

    ``scope_of`` gives the scope in which a ledger's rows may be written; ``chosen`` is the division that the
    importer names for rows which name no division that is known: a sheet of one community often calls its
    own parts by words that no division has (东片、3组). It must lie in the scope, else it is not used.
    """

    places: Places
    scope_of: Callable[[str], Scope]
    chosen: str = ""
    _known: dict[tuple[str, str, str], Finding] = field(default_factory=dict)

    def place(self, ledger: str, division: str | None, grid: str | None) -> Finding:
        """The division of a row that says this, or why it can't be taken."""
        key = (ledger, division or "", grid or "")
        if key not in self._known:
            self._known[key] = self._place(self.scope_of(ledger), *key[1:])
        return self._known[key]

    def _place(self, scope: Scope, division: str, grid: str) -> Finding:
        chosen = self.chosen if scope.covers(self.chosen) else ""
        found = self.places.find(division) if division else set()
        within = {code for code in found if scope.covers(code)}
        if len(within) > 1 and chosen:
            low, high = code_range(chosen)
            within = {code for code in within if low <= code <= high} or within
        if len(within) > 1:
            return None, "division_ambiguous"
        if within:
            return self._finer(within.pop(), grid, scope), None
        if found:
            return None, "division_outside"
        if chosen:
            return self._finer(chosen, grid, scope), None
        if not division and grid:
            grids = {code for code in self.places.find(grid) if scope.covers(code)}
            if len(grids) == 1:
                return grids.pop(), None
        if not scope.ranges:
            return None, "division_outside"
        return None, "division_unknown" if division else "division_missing"

    def _finer(self, code: str, grid: str, scope: Scope) -> str:
        """The grid within the division, where the row names one that is known."""
        if not grid:
            return code
        low, high = code_range(code)
        inside = {c for c in self.places.find(grid) if low < c <= high and scope.covers(c)}
        return inside.pop() if len(inside) == 1 else code

    def codes(self, spec: SheetSpec, records: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
        """Division codes and problems of all records of a sheet."""
        columns = [name for name in ("division", "grid") if name in records.columns and name in spec.fields]
        if not columns:
            code, problem = self.place(spec.name, None, None)
            return pl.repeat(code, records.height, dtype=pl.String, eager=True), pl.repeat(
                problem, records.height, dtype=pl.String, eager=True
            )
        asked = records.select(columns)
        said: dict[tuple[str | None, ...], Finding] = {}
        for row in asked.unique().iter_rows():
            named: Mapping[str, str | None] = dict(zip(columns, row, strict=True))
            said[row] = self.place(spec.name, named.get("division"), named.get("grid"))
        found = [said[row] for row in asked.iter_rows()]
        return (
            pl.Series("code", [code for code, _ in found], dtype=pl.String),
            pl.Series("problem", [problem for _, problem in found], dtype=pl.String),
        )

    def judge(self, spec: SheetSpec, records: pl.DataFrame) -> pl.Series:
        """What the reader asks: the problem of each record, null where it can be taken."""
        return self.codes(spec, records)[1]
