"""Spark and DuckDB answer alike: every rule of the catalogue, every field of every finding."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import ibis
import pytest
from tests import asking, office_parameters
from tests.risk import anything

from shouwang.ledger.reading import read_folder
from shouwang.risk import catalogue
from shouwang.risk.engine import Engine, Outcome, ask
from shouwang.risk.parameters import Parameter
from shouwang.snapshot.store import Snapshot

pytestmark = pytest.mark.spark
AS_OF = dt.date(2023, 12, 31)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One engine for all: the session behind it is shared by the whole run."""
    return asking.engine("spark", tmp_path_factory.mktemp("spark"))


def answers(engine: Engine, snapshot: Snapshot, parameters: dict[str, Parameter]) -> dict[str, Outcome]:
    """What became of every rule."""
    outcomes = ask(engine, snapshot, catalogue.rules().values(), parameters, AS_OF)
    return {outcome.rule.code: outcome for outcome in outcomes}


def compare(spark: Engine, snapshot: Snapshot, parameters: dict[str, Parameter], folder: Path) -> int:
    """Hold both engines' outcomes against each other; the number of rules that found something."""
    duckdb = asking.engine("duckdb", folder)
    expected = answers(duckdb, snapshot, parameters)
    duckdb.close()
    found = answers(spark, snapshot, parameters)
    assert {c: o.error for c, o in (expected | found).items() if o.status == "failed"} == {}
    assert {c: (o.status, o.missing) for c, o in found.items()} == {
        c: (o.status, o.missing) for c, o in expected.items()
    }
    differing = [code for code, outcome in expected.items() if found[code].findings != outcome.findings]
    for code in differing:  # one rule at a time, so that a failure shows the finding
        assert found[code].findings == expected[code].findings
    return sum(1 for outcome in found.values() if outcome.findings)


def test_every_rule_on_an_office_of_anything(spark: Engine, tmp_path: Path) -> None:
    parameters = asking.with_values(anything.parameters(catalogue.parameters()))
    rules = catalogue.rules()
    snapshot = anything.snapshot(tmp_path, rules.values(), parameters)
    # Agreeing on silence shows little: most rules must have something to say.
    assert compare(spark, snapshot, parameters, tmp_path) >= 0.6 * len(rules)


@pytest.mark.thorough
def test_every_rule_on_the_sample_office(spark: Engine, tmp_path: Path, office_a: Path) -> None:
    parameters = asking.with_values(office_parameters.values(office_a))
    snapshot = Snapshot(tmp_path / "snapshot")
    read_folder(office_a, out_snapshot=snapshot)
    snapshot.save()
    assert compare(spark, snapshot, parameters, tmp_path) > 0


def test_a_reference_with_gaps_keeps_every_digit(spark: Engine, tmp_path: Path) -> None:
    made = asking.snapshot({"registry.place": [{"name": "一幢"}, {"name": "二幢"}]}, tmp_path / "snapshot")
    refs = [(made.sources[0].id << 32) + row for row in (1, 2)]
    assert [int(float(ref)) for ref in refs] != refs  # they are not to be had in floating point
    places = spark.table(made, "registry.place", made.parts_of("registry.place")).select("ref_place")
    rows = spark.run(places.union(places.mutate(ref_place=ibis.null("int64"))))
    found = rows.column("ref_place").to_pylist()
    assert sorted(ref for ref in found if ref is not None) == refs
    assert found.count(None) == 2
