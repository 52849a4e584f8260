"""Kills work at moments drawn by chance and holds what is left against the commits of a run that lived."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.machine import Machine

WORK = "tests.faults.work"


@dataclass(frozen=True)
class Death:
    """One death: at which moment, how many commits came before, and what :func:`work.afterwards` told.

    ``said`` and ``end`` are None where nobody went on.
    """

    moment: int
    commits: int
    found: dict[str, Any]
    said: Any
    end: dict[str, Any] | None


@dataclass(frozen=True)
class Deaths:
    """All deaths of a work; ``stages`` are the rows by table after each commit of the run that lived."""

    stages: list[dict[str, int]]
    deaths: list[Death]
    moments: int

    @property
    def gone_on(self) -> Iterator[tuple[int, Any, dict[str, int]]]:
        """Of the deaths after which somebody went on: commits before, what was said, rows at the end."""
        for death in self.deaths:
            if death.end is not None:
                yield death.commits, death.said, death.end["rows"]


def intact(state: dict[str, Any]) -> None:
    """The database is whole and its trail verifies."""
    assert state["whole"] == "ok" and state["faults"] == [], state


def kill(
    machine: Machine,
    copy: Callable[[Path], Path],
    start: Path,
    work: str,
    *arguments: Any,
    draws: int,
    seed: int,
    repeats: int = 4,
    thorough: bool = True,
) -> Deaths:
    """Let ``work`` die on copies of a home, at ``draws`` moments of its run and after each commit.

    After each death the database is whole, its trail verifies, and it stands exactly where the last COMMIT
    before the death left it: rows by table, and before the first commit every row as it was. After some of
    the deaths the same work is done again, to its end, and leaves a whole database too. ``thorough`` kills
    right before each commit as well, and goes on after every commit.
    """
    lived = machine.do(copy(start), f"{WORK}:{work}", *arguments)
    committed = lived.at("committed")
    chance = random.Random(seed)
    chosen = chance.sample(range(1, len(lived.moments) + 1), min(draws, len(lived.moments)))
    going_on = {*chosen[:repeats], *(committed if thorough else [])}
    others = {*chosen, *(lived.at("commit") if thorough else [])} - {*committed}
    before = machine.do(start, f"{WORK}:state").said
    stages = [before["rows"]]
    deaths = []
    # Those right after a COMMIT come first: they say what every later death is held against.
    for moment in [*committed, *sorted(others)]:
        home = copy(start)
        dead = machine.run(home, f"{WORK}:{work}", *arguments, die_at=moment)
        assert dead.killed, (moment, dead.error)
        told = machine.do(home, f"{WORK}:afterwards", work if moment in going_on else "", *arguments).said
        done = sum(number <= moment for number in committed)
        intact(told["found"])
        if moment in committed:
            stages.append(told["found"]["rows"])
        assert told["found"]["rows"] == stages[done], (moment, done)
        assert done or told["found"]["digest"] == before["digest"], moment
        if told["end"] is not None:
            intact(told["end"])
        deaths.append(Death(moment, done, told["found"], told["said"], told["end"]))
    return Deaths(stages, deaths, len(lived.moments))
