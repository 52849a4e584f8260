"""Asking again after a change gives what asking all anew would give."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests import asking
from tests.risk.rules_for_tests import ALL
from tests.risk.test_engine import AS_OF, MOST

from shouwang.risk import rescan as rescan_room
from shouwang.risk import scan, state

IDS = st.sampled_from("ABCDEFG")
PERSON = st.fixed_dictionaries(
    {
        "person": IDS,
        "name": st.sampled_from(["张三", "李四"]),
        "status": st.sampled_from(["正常", "死亡", None]),
        "phone": st.sampled_from(["1", "", None]),
        "dwelling": st.sampled_from(["D1", "D2", None]),
    }
)
DEATH = st.fixed_dictionaries(
    {"person": IDS, "name": st.just("张三"), "died_on": st.sampled_from(["2023-05-01", "2024-05-01", None])}
)
JOB = st.fixed_dictionaries(
    {"employer": st.sampled_from(["甲厂", "乙厂"]), "person": IDS, "monthly_wage": st.sampled_from([1, 2])}
)
OFFICE = st.fixed_dictionaries(
    {
        "registry.person": st.lists(PERSON, min_size=1, max_size=8),
        "registry.death": st.lists(DEATH, min_size=1, max_size=4),
        "registry.employment": st.lists(JOB, min_size=1, max_size=4),
    }
)


def answers(made: scan.Scan) -> Any:
    return [(f.identity, f.rows, f.amount, f.on, f.evidence, f.because) for f in made.findings]


@settings(max_examples=25, deadline=None)
@given(before=OFFICE, after=OFFICE)
def test_asking_again_equals_asking_anew(before: asking.Rows, after: asking.Rows) -> None:
    limit = rescan_room.MANY
    rescan_room.MANY = 99.0  # so few rows would all be asked in full
    try:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            engine = asking.engine("duckdb", root)
            old, new = asking.snapshot(before, root / "old"), asking.snapshot(after, root / "new")
            first = scan.run(engine, old, ALL, MOST, AS_OF)
            again = scan.run(engine, new, ALL, MOST, AS_OF, previous=first)
            anew = scan.run(engine, new, ALL, MOST, AS_OF)
            engine.close()
    finally:
        rescan_room.MANY = limit
    assert answers(again) == answers(anew)
    was = {f.identity for f in first.findings}
    assert {f.identity for f in again.findings if f.known} == was & {f.identity for f in anew.findings}
    assert {f.identity for f in again.gone} == was - {f.identity for f in anew.findings}


def test_numbers_stay_and_new_ones_go_on(tmp_path: Path) -> None:
    engine = asking.engine("duckdb", tmp_path)
    people = [{"person": p, "name": "张三", "status": "死亡"} for p in "BD"]
    first = scan.run(engine, asking.snapshot({"registry.person": people}, tmp_path / "1"), ALL, MOST, AS_OF)
    people = [{"person": p, "name": "张三", "status": "死亡"} for p in "ADE"]
    second = scan.run(
        engine, asking.snapshot({"registry.person": people}, tmp_path / "2"), ALL, MOST, AS_OF, previous=first
    )
    third = scan.run(engine, second.snapshot, ALL, MOST, AS_OF, previous=second)
    fewer = asking.snapshot({"registry.person": people[1:2]}, tmp_path / "3")
    fourth = scan.run(engine, fewer, ALL, MOST, AS_OF, previous=third)
    fifth = scan.run(engine, first.snapshot, ALL, MOST, AS_OF, previous=fourth)
    engine.close()
    returned = {f.subject_id: f.number for f in fifth.findings if f.rule == "test.status-dead"}
    assert returned == {"B": 5, "D": 2}, "a number once given is never given to another"
    numbers = {f.subject_id: (f.number, f.known) for f in second.findings if f.rule == "test.status-dead"}
    assert numbers == {"A": (3, False), "D": (2, True), "E": (4, False)}
    assert [f.id for f in second.gone if f.rule == "test.status-dead"] == ["test.status-dead-0001"]


def test_another_day_or_parameter_is_asked_in_full(tmp_path: Path) -> None:
    engine = asking.engine("duckdb", tmp_path)
    rows = {
        "registry.person": [{"person": "A", "name": "张三"}],
        "registry.death": [{"person": "A", "name": "张三", "died_on": "2023-05-01"}],
    }
    made = asking.snapshot(rows, tmp_path / "s")
    early = scan.run(engine, made, ALL, MOST, dt.date(2023, 4, 1))
    late = scan.run(engine, made, ALL, MOST, dt.date(2023, 6, 1), previous=early)
    engine.close()
    assert "test.dead-in-register" not in {f.rule for f in early.findings}
    assert "test.dead-in-register" in {f.rule for f in late.findings}


def test_a_kept_scan_comes_back_as_it_was(tmp_path: Path) -> None:
    engine = asking.engine("duckdb", tmp_path)
    rows = {
        "registry.person": [{"person": "A", "name": "张三", "status": "死亡"}],
        "registry.death": [{"person": "A", "name": "张三", "died_on": "2023-05-01"}],
        "registry.employment": [{"employer": "甲厂", "person": "A", "monthly_wage": "10.50"}],
    }
    made = scan.run(engine, asking.snapshot(rows, tmp_path / "s"), ALL, MOST, AS_OF)
    engine.close()
    kept = state.save(made, tmp_path / "state")
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    back = state.load(kept.name, tmp_path / "state", {r.code: r for r in ALL})
    assert back.findings == made.findings
    assert back.outcomes == made.outcomes
    assert back.snapshot.hash == made.snapshot.hash


def test_only_the_last_scans_are_kept(tmp_path: Path) -> None:
    engine = asking.engine("duckdb", tmp_path)
    made = asking.snapshot({"registry.person": [{"person": "A", "name": "张三"}]}, tmp_path / "s")
    for day in range(1, state.KEPT + 4):
        state.save(scan.run(engine, made, ALL, MOST, dt.date(2023, 1, day)), tmp_path / "state")
    engine.close()
    assert len(list((tmp_path / "state").iterdir())) == state.KEPT


def test_a_folder_that_the_user_names_for_the_state_keeps_what_else_is_in_it(tmp_path: Path) -> None:
    engine = asking.engine("duckdb", tmp_path)
    made = asking.snapshot({"registry.person": [{"person": "A", "name": "张三"}]}, tmp_path / "s")
    folder = tmp_path / "documents"
    for name in ("照片", "2019", "a", "b", "c", "d", "e", "f"):
        (folder / name).mkdir(parents=True)
    folder.chmod(0o755)
    for day in range(1, state.KEPT + 3):
        kept = state.save(scan.run(engine, made, ALL, MOST, dt.date(2023, 1, day)), folder)
    engine.close()
    assert len([p for p in folder.iterdir() if len(p.name) < 32]) == 8
    assert len([p for p in folder.iterdir() if len(p.name) == 32]) == state.KEPT
    assert folder.stat().st_mode & 0o777 == 0o755
    assert kept.stat().st_mode & 0o777 == 0o700


def test_a_helper_of_the_pack_is_part_of_a_rules_fingerprint(tmp_path: Path) -> None:
    from shouwang.risk import catalogue

    rule = catalogue.rules()["assistance.paid-short"]
    home = scan._home(Path(str(scan.inspect.getsourcefile(rule.function))))
    assert {"means_test.py", "common.py", "payments.py"} <= {p.name for p in home.rglob("*.py")}
    assert scan._home(tmp_path / "rules.py") == tmp_path
    assert scan._home(tmp_path / "other.py") == tmp_path / "other.py"
    (tmp_path / "rules.py").write_text("x = 1", encoding="utf-8")
    first = scan._code(tmp_path)
    (tmp_path / "means.py").write_text("y = 1", encoding="utf-8")
    scan._code.cache_clear()
    assert scan._code(tmp_path) != first
