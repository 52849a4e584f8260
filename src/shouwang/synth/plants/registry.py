"""The list of plants: one function a rule that makes a case of it, or its lawful look-alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shouwang.synth.site import Case, Site, UsedUpError

Make = Callable[[Site, bool], tuple[str, str]]
"""Plants one case (or, where the flag is set, a near miss) and answers its subject and a sentence."""


@dataclass(frozen=True)
class Plant:
    """How cases of one rule are made; ``near`` says whether there is a look-alike to make.

    ``town`` marks a rule that answers once for the whole town: its cases are made once, in what
    the first community holds for all.
    """

    rule: str
    make: Make
    near: bool
    town: bool

    def turns(self, kind: int, site: Site) -> int:
        """How many cases this community gets."""
        if self.town:
            return int(site.index == 0 and site.settings.cases > 0)
        return site.settings.turns(kind, site.index)


PLANTS: dict[str, Plant] = {}


def plant(rule: str, *, near: bool = True, town: bool = False) -> Callable[[Make], Make]:
    """Register the plant of a rule."""

    def register(make: Make) -> Make:
        if rule in PLANTS:
            raise ValueError(f"two plants for {rule}")
        PLANTS[rule] = Plant(rule, make, near, town)
        return make

    return register


def plant_all(site: Site) -> None:
    """Plant the community's share of the cases of every kind.

    A kind whose pool of persons or households is used up is left out: the truth says what there
    is.
    """
    for number, entry in enumerate(PLANTS[code] for code in sorted(PLANTS)):
        for _ in range(entry.turns(number, site)):
            for near in (False, True) if entry.near else (False,):
                try:
                    subject, detail = entry.make(site, near)
                except UsedUpError:
                    continue
                site.cases.append(Case(entry.rule, subject, near, detail))
