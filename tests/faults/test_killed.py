"""kill -9 in the middle of an import, a step, a scan or a seal: the database stands at the commit before.

The trail verifies after each death, and the work goes on from where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.store import workbook

from tests.faults.killing import WORK, kill
from tests.faults.machine import Machine

Copy = Callable[[Path], Path]


def test_an_import(machine: Machine, blank: Path, copy: Copy, tmp_path: Path) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:town")
    workbook(tmp_path / "in", 60)
    killed = kill(machine, copy, start, "import_folder", str(tmp_path / "in"), draws=14, seed=1)
    # The import is one transaction; asking for the scan of what it changed is the second.
    nothing, imported, asked = killed.stages
    rows = imported["registry_person"]
    assert rows > 50 and nothing["registry_person"] == nothing["ledger_import"] == 0
    assert (imported["ledger_import"], imported["risk_scanrun"], asked["risk_scanrun"]) == (1, 0, 1)
    assert imported["ledger_words_data"] > nothing["ledger_words_data"]
    assert {death.commits for death in killed.deaths} == {0, 1, 2}
    for commits, (done,), end in killed.gone_on:
        # The same import again makes it whole and adds nothing twice.
        assert done["counts"]["registry.person"]["same" if commits else "new"] == rows
        assert end["registry_person"] == rows


def test_the_loop_from_assigned_to_closed(machine: Machine, blank: Path, copy: Copy) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:office", 3)
    killed = kill(machine, copy, start, "drive", draws=20, seed=2)
    # Found and assigned there are already two steps a finding; each of the four that follow is one commit.
    assert [stage["risk_step"] for stage in killed.stages] == [6, 9, 12, 15, 18]
    assert {death.commits for death in killed.deaths} == {0, 1, 2, 3, 4}
    for _commits, standings, end in killed.gone_on:
        assert standings == {"closed": 3} and end["risk_step"] == 18


def test_a_step_on_a_thousand_at_once(machine: Machine, blank: Path, copy: Copy) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:office", 1000)
    killed = kill(machine, copy, start, "step", "start", draws=4, seed=3, repeats=1, thorough=False)
    before, after = killed.stages
    for table in ("risk_step", "trail_event"):
        assert after[table] - before[table] == 1000
    for commits, done, end in killed.gone_on:
        # Who has done it already is told that there is nothing left to do.
        assert done == (0 if commits else 1000) and end["risk_step"] == after["risk_step"]


def test_a_step_with_a_photo(machine: Machine, blank: Path, copy: Copy) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:office", 1)
    machine.do(start, f"{WORK}:step", "start")
    killed = kill(machine, copy, start, "submit_with_photo", "现场", draws=10, seed=4, repeats=6)
    before, after = killed.stages
    assert [stage["evidence_attachment"] for stage in killed.stages] == [0, 1]
    assert after["risk_step"] == before["risk_step"] + 1
    for _commits, said, end in killed.gone_on:
        # The photo that is attached can be read, and there is no more than the one.
        assert said == {"status": "submitted", "readable": 1}
        assert (end["evidence_file"], end["evidence_attachment"]) == (1, 1)


def test_a_scan(machine: Machine, blank: Path, copy: Copy, tmp_path: Path) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:allowances", str(tmp_path / "in"))
    killed = kill(machine, copy, start, "scan", draws=7, seed=5, repeats=3, thorough=False)
    assert {stage["risk_finding"] for stage in killed.stages} == {0, 1}
    for _commits, said, end in killed.gone_on:
        # One scan came to its end, the one that died is noted as failed, nothing half-made is left of it.
        assert (said["status"], said["error"]) == ("done", "")
        assert end["risk_finding"] == 1 and end["risk_number"] == 1
        assert "running" not in said["runs"] and said["runs"]["done"] in (1, 2)
        answers = [name for name in said["files"] if name.endswith(".json")]
        assert len(answers) == said["runs"]["done"] and len(said["files"]) == len(answers) + 1, said


def test_a_seal(machine: Machine, blank: Path, copy: Copy) -> None:
    start = copy(blank)
    machine.do(start, f"{WORK}:happenings", 5)
    killed = kill(machine, copy, start, "seal", draws=11, seed=6, repeats=11)
    assert [stage["trail_seal"] for stage in killed.stages] == [0, 1]
    assert len(killed.deaths) == killed.moments
    for commits, made, end in killed.gone_on:
        assert made == ([] if commits else [1]) and end["trail_seal"] == 1
