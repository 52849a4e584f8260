"""Two processes that do the same at once, and a clock that goes back: nothing is done twice or lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.store import workbook

from tests.faults.killing import WORK, intact
from tests.faults.machine import Job, Machine, Ran

Copy = Callable[[Path], Path]


def together(machine: Machine, home: Path, work: str, *arguments: object, at: int, tmp: Path) -> list[Ran]:
    """Two processes do the same work: the first stands still at its moment ``at`` until the other began."""
    first, second = str(tmp / "first"), str(tmp / "second")
    ran = machine.together(
        Job(str(home), f"{WORK}:{work}", arguments, marks={at: first}, waits={at: second}),
        Job(str(home), f"{WORK}:{work}", arguments, marks={2: second}, waits={1: first}),
    )
    assert [one.error for one in ran] == ["", ""]
    return ran


@pytest.mark.parametrize("where", ["before its transaction", "in its transaction", "before its commit"])
def test_two_imports_of_one_folder(
    machine: Machine, blank: Path, copy: Copy, tmp_path: Path, where: str
) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:town")
    workbook(tmp_path / "in", 60)
    lived = machine.do(copy(start), f"{WORK}:import_folder", str(tmp_path / "in"))
    commit = lived.at("commit")[0]
    at = {"before its transaction": 1, "in its transaction": commit - 3, "before its commit": commit}[where]
    ran = together(machine, start, "import_folder", str(tmp_path / "in"), at=at, tmp=tmp_path)
    counts = [one.said[0]["counts"]["registry.person"] for one in ran]
    rows = lived.said[0]["counts"]["registry.person"]["new"]
    assert rows > 50 and sorted(count["new"] for count in counts) == [0, rows]
    assert sorted(count["same"] for count in counts) == [0, rows]
    found = machine.do(start, f"{WORK}:residents").said
    # The same file twice changes nothing and keeps no second import.
    assert found == {"rows": rows, "imports": 1, "events": 1, "words": rows}
    intact(machine.do(start, f"{WORK}:state").said)


def test_two_imports_of_files_that_overlap(machine: Machine, blank: Path, copy: Copy, tmp_path: Path) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:town")
    for name, rows in (("small", 30), ("large", 60)):
        workbook(tmp_path / name, rows)
    alone = machine.do(copy(start), f"{WORK}:import_folder", str(tmp_path / "large"))
    everybody = alone.said[0]["counts"]["registry.person"]["new"]
    small, large = machine.together(
        *(Job(str(start), f"{WORK}:import_folder", (str(tmp_path / name),)) for name in ("small", "large"))
    )
    assert (small.error, large.error) == ("", "")
    new = [one.said[0]["counts"]["registry.person"]["new"] for one in (small, large)]
    assert sum(new) == everybody
    found = machine.do(start, f"{WORK}:residents").said
    assert (found["rows"], found["words"]) == (everybody, everybody)
    intact(machine.do(start, f"{WORK}:state").said)


def test_two_schedulers(machine: Machine, blank: Path, copy: Copy, tmp_path: Path) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:office", 3)
    # On the first day a job that is due at some hour only takes note of it.
    machine.do(start, f"{WORK}:tick", 0)
    lived = machine.do(copy(start), f"{WORK}:tick", 1)
    assert len(lived.said) > 10 and "risk.nightly_scan" in lived.said
    commits = lived.at("commit")
    # The first stands still before it notes its first job, in the middle of one, before the end of one.
    for number, at in enumerate((1, commits[0] - 1, commits[len(commits) // 2], commits[-1])):
        home, tmp = copy(start), tmp_path / str(number)
        tmp.mkdir()
        before = machine.do(home, f"{WORK}:ran").said
        ran = together(machine, home, "tick", 1, at=at, tmp=tmp)
        both = [job for one in ran for job in one.said]
        # Who was kept out of the database leaves what is left to the next look.
        both += machine.do(home, f"{WORK}:tick", 1).said
        assert sorted(both) == sorted(lived.said), at
        after = machine.do(home, f"{WORK}:ran").said
        assert (after["twice"], after["failed"], after["attempts"]) == ([], [], [1])
        assert sorted(after["done"]) == sorted(before["done"] + lived.said)
        assert after["scans"] == before["scans"] + 1
        intact(machine.do(home, f"{WORK}:state").said)


def test_of_two_schedulers_one_is_killed(machine: Machine, blank: Path, copy: Copy) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:tick", 0)
    lived = machine.do(copy(start), f"{WORK}:tick", 1)
    length = len(lived.moments)
    for die_at in (length // 5, length // 2, length - 3):
        home = copy(start)
        before = machine.do(home, f"{WORK}:ran").said
        killed, other = machine.together(
            Job(str(home), f"{WORK}:tick", (1,), die_at=die_at), Job(str(home), f"{WORK}:tick", (1,))
        )
        machine.do(home, f"{WORK}:tick", 1)
        after = machine.do(home, f"{WORK}:ran").said
        assert other.error == "" and (after["twice"], after["failed"]) == ([], [])
        assert sorted(after["done"]) == sorted(before["done"] + lived.said), (die_at, killed)
        intact(machine.do(home, f"{WORK}:state").said)


@pytest.mark.parametrize("hours", [0.5, 30])
def test_a_clock_that_is_set_back(machine: Machine, blank: Path, copy: Copy, hours: float) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:office", 3)
    for day in (-2, -1, 0):
        assert machine.do(start, f"{WORK}:tick", day).said
    told = machine.do(start, f"{WORK}:set_back", hours).said
    # The step counts, its events come under the next seal in the order of their numbers, no job runs again.
    assert told["moved"] == 3 and len(told["seals"]) == 1 and told["ran"] == []
    intact(told["state"])
    # And when the clock shows the right time again, the work goes on.
    assert [machine.do(start, f"{WORK}:step", action).said for action in ("submit", "verify", "close")] == [
        3,
        3,
        3,
    ]
    assert len(machine.do(start, f"{WORK}:seal").said) == 1
    intact(machine.do(start, f"{WORK}:state").said)
