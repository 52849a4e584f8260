"""The pack as a whole: both engines, asking again, and declarations that name only what exists."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests import asking
from tests.named_problems import named_problems
from tests.packs.population.office import PARAMETERS, ROWS

from shouwang.ledger.catalogue import ledgers
from shouwang.risk import catalogue, risk_points
from shouwang.risk.engine import ask
from shouwang.risk.rule import Rule
from shouwang.risk.scan import Scan, run

TODAY = dt.date(2023, 12, 31)
RULES: dict[str, Rule] = {c: r for c, r in catalogue.rules().items() if r.pack == "population"}


def answers(name: str, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What each rule finds on one engine."""
    engine = asking.engine(name, folder)
    try:
        made = asking.snapshot(ROWS, folder / "snapshot")
        outcomes = ask(engine, made, RULES.values(), asking.with_values(PARAMETERS), TODAY)
    finally:
        engine.close()
    assert {o.rule.code: (o.status, o.missing, o.error) for o in outcomes if o.status != "asked"} == {}
    return {
        o.rule.code: [(f.identity, f.division, f.on, f.because, f.evidence) for f in o.findings]
        for o in outcomes
    }


def test_every_rule_finds_something_in_the_small_office(tmp_path: Path) -> None:
    found = answers("duckdb", tmp_path)
    assert set(found) == set(RULES)
    assert [code for code, findings in found.items() if not findings] == []


@pytest.mark.thorough
@pytest.mark.spark
def test_both_engines_find_the_same(tmp_path: Path) -> None:
    assert answers("spark", tmp_path / "spark") == answers("duckdb", tmp_path / "duckdb")


def scan(rows: dict[str, list[dict[str, Any]]], folder: Path, previous: Scan | None = None) -> Scan:
    """A scan by all rules of the pack, compared with the one before."""
    engine = asking.engine("duckdb", folder)
    try:
        made = asking.snapshot(rows, folder / "snapshot")
        return run(engine, made, RULES.values(), asking.with_values(PARAMETERS), TODAY, previous=previous)
    finally:
        engine.close()


def test_asking_again_after_a_change_equals_asking_anew(tmp_path: Path) -> None:
    many = copy.deepcopy(ROWS)
    many["population.floating_person"] += [
        {
            "person": f"P{i}",
            "name": "某",
            "dwelling": f"P{i}",
            "place_name": "听泉小区",
            "screened_on": "2023-06-01",
        }
        for i in range(40)
    ]
    first = scan(many, tmp_path / "1")
    changed = copy.deepcopy(many)
    entries = changed["population.floating_person"]
    entries[2]["left_on"] = "2023-07-01"  # no longer twice
    entries[10]["dwelling"] = "JC01"  # one more in the crowded dwelling
    entries[11]["person"] = "W1"  # the missing worker is entered
    changed["population.visit"].append({"visited_on": "2023-06-01", "place_no": "B1", "visitor": "郭良"})
    again, anew = scan(changed, tmp_path / "2", first), scan(changed, tmp_path / "3")

    def told(result: Scan) -> set[tuple[Any, ...]]:
        return {(f.identity, f.because, tuple(f.evidence)) for f in result.findings}

    assert told(again) == told(anew)
    assert {f.rule for f in again.gone} == {
        "population.duplicate-entry",
        "population.worker-not-in-ledger",
        "population.place-not-visited",
        "population.grid-without-visits",
    }


def test_every_parameter_that_rules_use_is_declared_and_used() -> None:
    declared = {name for name in catalogue.parameters() if name.startswith("population.")}
    used = {name for rule in RULES.values() for name in rule.uses}
    assert used == declared
    assert all(not p.values for name, p in catalogue.parameters().items() if name in declared), (
        "the text gives no numbers, so there are no defaults"
    )


def test_rules_read_and_need_what_ledgers_have() -> None:
    for code, rule in RULES.items():
        for name, key in rule.ledgers.items():
            assert key is None or key in ledgers()[name].fields, (code, name)
        for name, columns in rule.needs.items():
            assert set(columns) <= set(ledgers()[name].fields), (code, name)
        assert rule.remedy, code
        assert rule.looks_alike, code


def test_risk_points_and_rules_name_each_other() -> None:
    points = {code: point for code, point in risk_points.risk_points().items() if point.pack == "population"}
    watching = {rule for point in points.values() for rule in point.rules}
    assert watching == set(RULES)
    for code, rule in RULES.items():
        assert code in points[rule.risk_point].rules, code


@pytest.mark.seed("S1-33", "S1-34", "S1-35")
def test_every_named_problem_is_a_risk_point() -> None:
    points = [p for p in risk_points.risk_points().values() if p.pack == "population"]
    assert {seed for point in points for seed in point.seeds} >= named_problems("S1")


def test_the_page_names_every_ledger_rule_and_parameter() -> None:
    folder = Path(risk_points.__file__).parents[1] / "packs" / "population"
    page = (folder / "README.md").read_text(encoding="utf-8")
    titles = [spec.title for spec in ledgers().values() if spec.pack == "population"]
    rules = [rule.title for rule in RULES.values()]
    labels = [p.label for name, p in catalogue.parameters().items() if name.startswith("population.")]
    assert [term for term in (*titles, *rules, *labels) if term not in page] == []
