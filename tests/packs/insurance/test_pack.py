"""The pack as a whole: both engines, asking again, and declarations that name only what exists."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests import asking
from tests.named_problems import named_problems
from tests.packs.insurance.office import PARAMETERS, ROWS, YEAR_SHEET
from tests.packs.insurance.people import MAN, MAN_2, MAN_3, MILL, WOMAN

from shouwang.indicator.catalogue import indicators
from shouwang.ledger.catalogue import ledgers
from shouwang.risk import catalogue, risk_points
from shouwang.risk.engine import ask
from shouwang.risk.rule import Rule, Via
from shouwang.risk.scan import Scan, run

TODAY = dt.date(2023, 12, 31)
RULES: dict[str, Rule] = {c: r for c, r in catalogue.rules().items() if r.pack == "insurance"}


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
        o.rule.code: [(f.identity, f.division, f.on, f.amount, f.because, f.evidence) for f in o.findings]
        for o in outcomes
    }


def test_every_rule_finds_something_in_the_small_office(tmp_path: Path) -> None:
    found = answers("duckdb", tmp_path)
    assert set(found) == set(RULES)
    assert [code for code, findings in found.items() if not findings] == [YEAR_SHEET]


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
    for i in range(60):
        person = f"99990119800101{i:03d}X"
        many["insurance.contribution"].append({"person": person, "month": "2023-12", "base": 5000})
        many["insurance.inpatient_stay"].append(
            {
                "person": person,
                "admitted_on": "2023-01-01",
                "discharged_on": "2023-01-03",
                "hospital": "样和医院",
            }
        )
        many["insurance.pharmacy_purchase"].append({"person": person, "bought_at": "2023-01-02T10:00"})
        many["insurance.pension_payment"].append({"person": person, "month": "2023-01", "amount": 2000})
        many["registry.employment"].append({"person": person, "employer": SHOPS[i % 3], "name": "某"})
        many["registry.death"].append({"person": f"D{person}", "died_on": "2023-01-01"})
    first = scan(many, tmp_path / "1")
    changed = copy.deepcopy(many)
    changed["insurance.inpatient_stay"][1]["admitted_on"] = "2023-04-10"  # now a transfer
    changed["insurance.pharmacy_purchase"][1]["bought_at"] = "2023-04-03T11:01"  # a minute too late
    changed["insurance.contribution"].append(ROWS["insurance.contribution"][0] | {"person": MAN_3})
    changed["registry.death"].append({"person": MAN_2, "name": "张三", "died_on": "2023-03-01"})
    again, anew = scan(changed, tmp_path / "2", first), scan(changed, tmp_path / "3")

    def told(result: Scan) -> set[tuple[Any, ...]]:
        return {(f.identity, f.amount, f.because, tuple(f.evidence)) for f in result.findings}

    assert told(again) == told(anew)
    gone = {(f.rule, f.subject_id) for f in again.gone}
    assert ("insurance.inpatient-overlap", MAN) in gone
    assert ("insurance.purchase-two-cities", MAN) in gone
    assert ("insurance.worker-not-insured", MAN_3) in gone
    new = {(f.rule, f.subject_id) for f in again.findings if not f.known}
    assert ("insurance.contribution-after-death", MAN_2) in new


def test_a_ledger_that_reaches_further_is_asked_anew_of_all(tmp_path: Path) -> None:
    rows = copy.deepcopy(ROWS)
    late = {"employer": MILL, "person": WOMAN, "name": "某", "joined_on": "2023-12-05"}
    rows["registry.employment"].append(late)
    first = scan(rows, tmp_path / "1")
    changed = copy.deepcopy(rows)
    # Nothing of the worker's own changes: another's contribution shows that January is on file.
    changed["insurance.contribution"].append(ROWS["insurance.contribution"][0] | {"month": "2024-01"})
    again = scan(changed, tmp_path / "2", first)
    asked = "insurance.worker-not-insured"
    assert (asked, WOMAN) not in {(f.rule, f.subject_id) for f in first.findings}
    assert (asked, WOMAN) in {(f.rule, f.subject_id) for f in again.findings}


SHOPS = ("云溪小学", "云溪样益药材行", "云溪样源酒楼")


def test_every_parameter_is_used_and_without_a_number_in_the_text_has_no_default() -> None:
    declared = {n: p for n, p in catalogue.parameters().items() if n.startswith("insurance.")}
    used = {name for rule in RULES.values() for name in rule.uses}
    used |= {n for i in indicators().values() if i.pack == "insurance" for n in i.uses}
    assert used == set(declared)
    defaults = {name: [v.source for v in p.values] for name, p in declared.items() if p.values}
    assert set(defaults) == {
        "insurance.two_city_minutes",
        "insurance.retirement_age_men",
        "insurance.retirement_age_women",
        "insurance.handbook_steps",
    }
    assert all(source for sources in defaults.values() for source in sources)


def test_rules_read_and_need_what_ledgers_have() -> None:
    for code, rule in RULES.items():
        for name, key in rule.ledgers.items():
            column = key.column if isinstance(key, Via) else key
            assert column is None or column in ledgers()[name].fields, (code, name)
        for name, columns in rule.needs.items():
            assert set(columns) <= set(ledgers()[name].fields), (code, name)
        assert rule.remedy, code
        assert rule.looks_alike, code


def test_risk_points_and_rules_name_each_other() -> None:
    points = {code: point for code, point in risk_points.risk_points().items() if point.pack == "insurance"}
    watching = {rule for point in points.values() for rule in point.rules}
    assert watching == set(RULES)
    for code, rule in RULES.items():
        assert code in points[rule.risk_point].rules, code


@pytest.mark.seed(*(f"S10-{n}" for n in (50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66)))
def test_every_named_problem_is_a_risk_point() -> None:
    points = [p for p in risk_points.risk_points().values() if p.pack == "insurance"]
    assert {seed for point in points for seed in point.seeds} >= named_problems("S10")


def test_the_page_names_every_ledger_rule_and_parameter() -> None:
    folder = Path(risk_points.__file__).parents[1] / "packs" / "insurance"
    page = (folder / "README.md").read_text(encoding="utf-8")
    titles = [spec.title for spec in ledgers().values() if spec.pack == "insurance"]
    rules = [rule.title for rule in RULES.values()]
    labels = [p.label for name, p in catalogue.parameters().items() if name.startswith("insurance.")]
    assert [term for term in (*titles, *rules, *labels) if term not in page] == []
