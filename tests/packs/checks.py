"""What the tests of several packs ask alike: subjects found, numbers measured, declarations whole."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests import asking

from shouwang.indicator import catalogue as indicators
from shouwang.indicator.evaluation import evaluate
from shouwang.ledger.catalogue import ledgers
from shouwang.risk import catalogue, risk_points
from shouwang.risk.engine import ask

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
ROOT = Path(__file__).resolve().parents[2]


def subjects(code: str, rows: Rows, **options: Any) -> list[str]:
    """The subjects of the findings of one rule, sorted."""
    return sorted(f.subject_id for f in asking.ask(code, rows, **options))


def measured(
    code: str, rows: Rows, *, parameters: Mapping[str, Any] | None = None, as_of: str = "2023-12-31"
) -> dict[tuple[str, str], tuple[Decimal | None, bool | None]]:
    """By division and period, the value of one indicator and whether its target is met."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        engine = asking.engine("duckdb", root)
        try:
            (result,) = evaluate(
                engine,
                asking.snapshot(rows, root / "snapshot"),
                [indicators.indicators()[code]],
                asking.with_values(parameters or {}),
                dt.date.fromisoformat(as_of),
            )
        finally:
            engine.close()
    if result.status != "asked":
        raise AssertionError(f"{code}: {result.status} {result.missing} {result.error}")
    return {(v.division, v.period): (v.value, v.met) for v in result.values}


def answers(
    pack: str, rows: Rows, parameters: Mapping[str, Any], name: str, folder: Path, as_of: str = "2023-12-31"
) -> dict[str, list[tuple[Any, ...]]]:
    """What each rule of a pack finds on one engine; a rule that could not be asked is an error."""
    engine = asking.engine(name, folder)
    rules = [rule for rule in catalogue.rules().values() if rule.pack == pack]
    try:
        made = asking.snapshot(rows, folder / "snapshot")
        outcomes = ask(engine, made, rules, asking.with_values(parameters), dt.date.fromisoformat(as_of))
    finally:
        engine.close()
    wrong = {o.rule.code: (o.status, o.missing, o.error) for o in outcomes if o.status != "asked"}
    if wrong:
        raise AssertionError(wrong)
    return {
        o.rule.code: [(f.identity, f.division, f.on, f.amount, f.because, f.evidence) for f in o.findings]
        for o in outcomes
    }


def declarations(pack: str, seeds: Sequence[str]) -> None:
    """Rules, parameters, indicators, risk points and the page of a pack name only what exists, and all of it.

    Every requirement of ``seeds`` (``"S5"``) that names a problem must be a risk point.
    """
    rules = {code: rule for code, rule in catalogue.rules().items() if rule.pack == pack}
    numbers = [one for one in indicators.indicators().values() if one.pack == pack]
    known = ledgers()
    for code, rule in rules.items():
        for name, key in rule.ledgers.items():
            columns = known[name].fields
            named = key if isinstance(key, str) or key is None else key.column
            assert named is None or named in columns, (code, name)
        for name, needed in rule.needs.items():
            assert set(needed) <= set(known[name].fields), (code, name)
        assert rule.remedy and rule.looks_alike, code
    for one in numbers:
        for name, needed in one.needs.items():
            assert set(needed) <= set(known[name].fields), (one.code, name)
    used = {name for rule in rules.values() for name in rule.uses}
    used |= {name for one in numbers for name in one.uses}
    used |= {one.target for one in numbers if isinstance(one.target, str)}
    parameters = {n: p for n, p in catalogue.parameters().items() if n.startswith(f"{pack}.")}
    assert {name for name in used if name.startswith(f"{pack}.")} == set(parameters)
    points = {code: point for code, point in risk_points.risk_points().items() if point.pack == pack}
    assert {code for point in points.values() for code in point.rules} == set(rules)
    for code, rule in rules.items():
        assert rule.risk_point in points, code
        assert code in points[rule.risk_point].rules, code
    with (ROOT / "tests" / "seeds" / "requirements.csv").open(encoding="utf-8", newline="") as stream:
        named = {r["number"] for r in csv.DictReader(stream) if r["kind"] == "risk"}
    named = {number for number in named if number.partition("-")[0] in seeds}
    assert named - {seed for point in points.values() for seed in point.seeds} == set()
    page = (ROOT / "src" / "shouwang" / "packs" / pack / "README.md").read_text(encoding="utf-8")
    terms = [spec.title for spec in known.values() if spec.pack == pack]
    terms += [rule.title for rule in rules.values()]
    terms += [p.label for p in parameters.values()]
    terms += [one.label for one in numbers]
    assert [term for term in terms if term not in page] == []


def judged_by_people(pack: str) -> set[str]:
    """The requirements whose problem no ledger can answer; each such risk point names its record."""
    points = [p for p in risk_points.risk_points().values() if p.pack == pack and p.judged_by_people]
    assert all(point.record.strip() and point.measures for point in points)
    return {seed for point in points for seed in point.seeds}
