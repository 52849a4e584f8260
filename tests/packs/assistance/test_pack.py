"""The pack as a whole: both engines, asking again, and declarations that name only what exists."""

from __future__ import annotations

import copy
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from tests import asking
from tests.named_problems import named_problems
from tests.packs.assistance import (
    test_deaths,
    test_fund,
    test_hidden_income,
    test_households,
    test_inclusion,
    test_payments,
    test_social_work,
    test_work,
)
from tests.packs.assistance.rows import Case, Row

from shouwang.indicator.catalogue import indicators
from shouwang.ledger.catalogue import ledgers
from shouwang.risk import catalogue, risk_points
from shouwang.risk.engine import ask
from shouwang.risk.rule import Rule
from shouwang.risk.scan import Scan, run

TODAY = dt.date(2023, 12, 31)
RULES: dict[str, Rule] = {c: r for c, r in catalogue.rules().items() if r.pack == "assistance"}
PARAMETERS = {
    "assistance.standard": [{"from": "2021-01-01", "value": 900}, {"from": "2022-07-01", "value": 930}],
    "assistance.due_day": 10,
    "assistance.dependence_months": 36,
    "assistance.skill_months": 24,
    "assistance.conflict_days": 30,
}
MODULES = (
    test_deaths,
    test_fund,
    test_hidden_income,
    test_households,
    test_inclusion,
    test_payments,
    test_social_work,
    test_work,
)


def office() -> dict[str, list[Row]]:
    """One office that holds the rows of every case, each case with people and households of its own."""
    everything: dict[str, list[Row]] = {}
    cases: list[Case] = [parameter.values[0] for module in MODULES for parameter in module.CASES]
    for number, made in enumerate(cases):

        def own(value: Any, number: int = number) -> Any:
            if isinstance(value, str) and re.fullmatch(r"\d{18}", value):
                return f"{number + 1:06d}{value[6:]}"
            return f"{number}-{value}" if isinstance(value, str) and re.fullmatch(r"DB\d", value) else value

        for name, rows in made.rows.items():
            everything.setdefault(name, []).extend({k: own(v) for k, v in row.items()} for row in rows)
    return everything


def answers(name: str, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What each rule finds on one engine."""
    engine = asking.engine(name, folder)
    try:
        made = asking.snapshot(office(), folder / "snapshot")
        outcomes = ask(engine, made, RULES.values(), asking.with_values(PARAMETERS), TODAY)
    finally:
        engine.close()
    assert {o.rule.code: (o.status, o.missing, o.error) for o in outcomes if o.status != "asked"} == {}
    return {
        o.rule.code: [(f.identity, f.division, f.on, f.amount, f.because, f.evidence) for f in o.findings]
        for o in outcomes
    }


def test_every_rule_has_cases_and_finds_something(tmp_path: Path) -> None:
    cases = [parameter.values[0] for module in MODULES for parameter in module.CASES]
    for code in RULES:
        mine = [made for made in cases if made.rule == code]
        assert any(made.expected for made in mine), f"{code}: no hit"
        assert any(not made.expected for made in mine), f"{code}: no near miss"
    found = answers("duckdb", tmp_path)
    assert set(found) == set(RULES)
    assert [code for code, findings in found.items() if not findings] == []


@pytest.mark.thorough
@pytest.mark.spark
def test_both_engines_find_the_same(tmp_path: Path) -> None:
    ours, theirs = answers("duckdb", tmp_path / "duckdb"), answers("spark", tmp_path / "spark")
    for code in RULES:
        assert theirs[code] == ours[code], code


def scan(rows: dict[str, list[Row]], folder: Path, previous: Scan | None = None) -> Scan:
    """A scan by all rules of the pack, compared with the one before."""
    engine = asking.engine("duckdb", folder)
    try:
        made = asking.snapshot(rows, folder / "snapshot")
        return run(engine, made, RULES.values(), asking.with_values(PARAMETERS), TODAY, previous=previous)
    finally:
        engine.close()


def test_asking_again_after_a_change_equals_asking_anew(tmp_path: Path) -> None:
    before = office()
    first = scan(before, tmp_path / "1")
    changed = copy.deepcopy(before)
    payments, roster = changed["assistance.payment"], changed["assistance.recipient"]
    payments[0]["paid"] = 100
    payments[5]["person"] = None
    payments.append(copy.deepcopy(payments[9]))
    roster[0]["stop_month"] = "2023-06"
    roster[3]["income"] = 4000
    roster[7]["person"] = roster[8]["person"]
    changed["registry.death"][0]["person"] = roster[2]["person"]
    changed["registry.business"].pop()
    changed["insurance.contribution"][0]["person"] = roster[4]["person"]
    again, anew = scan(changed, tmp_path / "2", first), scan(changed, tmp_path / "3")

    def told(result: Scan) -> set[tuple[Any, ...]]:
        return {(f.identity, f.amount, f.because, tuple(f.evidence)) for f in result.findings}

    assert told(again) == told(anew)
    assert told(anew) != told(first)


def test_every_parameter_is_used_and_none_has_a_default() -> None:
    declared = {n: p for n, p in catalogue.parameters().items() if n.startswith("assistance.")}
    used = {name for rule in RULES.values() for name in rule.uses}
    assert used == set(declared)
    assert [name for name, p in declared.items() if p.values] == [], "the text gives no numbers"


def test_rules_read_and_need_what_ledgers_have() -> None:
    for code, rule in RULES.items():
        for name, key in rule.ledgers.items():
            column = key if isinstance(key, str) else getattr(key, "column", None)
            assert column is None or column in ledgers()[name].fields, (code, name)
        for name, columns in rule.needs.items():
            assert set(columns) <= set(ledgers()[name].fields), (code, name)
        assert rule.remedy and rule.looks_alike, code


def test_risk_points_and_rules_name_each_other() -> None:
    points = {code: point for code, point in risk_points.risk_points().items() if point.pack == "assistance"}
    assert {rule for point in points.values() for rule in point.rules} == set(RULES)
    for code, rule in RULES.items():
        assert code in points[rule.risk_point].rules, code


@pytest.mark.seed("S2-53", "S2-66")
def test_every_named_problem_is_a_risk_point() -> None:
    points = [p for p in risk_points.risk_points().values() if p.pack == "assistance"]
    assert {seed for point in points for seed in point.seeds} >= named_problems("S2")
    judged = {seed for p in points if p.judged_by_people for seed in p.seeds}
    assert {"S2-53", "S2-66"} <= judged


def test_the_page_names_every_ledger_rule_indicator_and_parameter() -> None:
    folder = Path(risk_points.__file__).parents[1] / "packs" / "assistance"
    page = (folder / "README.md").read_text(encoding="utf-8")
    titles = [spec.title for spec in ledgers().values() if spec.pack == "assistance"]
    rules = [rule.title for rule in RULES.values()]
    numbers = [i.label for i in indicators().values() if i.pack == "assistance"]
    labels = [p.label for name, p in catalogue.parameters().items() if name.startswith("assistance.")]
    assert [term for term in (*titles, *rules, *numbers, *labels) if term not in page] == []
