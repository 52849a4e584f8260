"""The sample office: every planted case of S10 is found, no lawful twin is, and nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import pytest
from tests import asking, office_parameters

from shouwang.ledger.reading import read_folder
from shouwang.risk import catalogue
from shouwang.risk.engine import ask
from shouwang.snapshot.store import Snapshot

KINDS = {
    "dead_paid_pension": "pension-after-death",
    "pension_while_contributing": "pension-while-contributing",
    "contribution_base_below_floor": "base-below-floor",
    "contribution_base_differs_from_wage": "base-differs-from-wage",
    "insured_by_two_employers": "two-employers",
    "worker_not_insured": "worker-not-insured",
    "inpatient_overlap": "inpatient-overlap",
    "inpatient_after_death": "inpatient-after-death",
    "pharmacy_after_death": "pharmacy-after-death",
    "male_obstetric": "male-obstetric",
    "split_hospitalisation": "split-hospitalisation",
    "pharmacy_during_inpatient": "pharmacy-during-inpatient",
    "purchase_two_cities_same_hour": "purchase-two-cities",
}


@pytest.fixture(scope="module")
def found(office_a: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Whom each rule of the pack names in the sheets that the pack reads."""
    folder = tmp_path_factory.mktemp("office")
    for pattern in ("04*", "09*", "10*", "11*"):
        for file in office_a.glob(pattern):
            shutil.copy(file, folder)
    snapshot = Snapshot(tmp_path_factory.mktemp("snapshot"))
    read_folder(folder, out_snapshot=snapshot)
    snapshot.save()
    parameters = asking.with_values(
        {n: v for n, v in office_parameters.values(office_a).items() if n.startswith("insurance.")}
    )
    rules = [r for r in catalogue.rules().values() if r.pack == "insurance"]
    engine = asking.engine("duckdb", tmp_path_factory.mktemp("scratch"))
    outcomes = ask(engine, snapshot, rules, parameters, dt.date(2023, 12, 31))
    engine.close()
    assert [(o.rule.code, o.error) for o in outcomes if o.status == "failed"] == []
    return {o.rule.code.removeprefix("insurance."): {f.subject_id for f in o.findings} for o in outcomes}


def planted(office: Path, kind: str, near_miss: str) -> list[set[str]]:
    """The keys of each case of a kind; any of them names the case."""
    with (office / "truth.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        set(r["subject_key"].split("|")) for r in rows if r["kind"] == kind and r["is_near_miss"] == near_miss
    ]


@pytest.mark.seed("S10-43", "S10-44", "S10-45", "S10-55", "S10-56", "S10-69", "S10-73", "S10-78")
@pytest.mark.parametrize("kind", KINDS)
def test_planted_cases_are_found_and_their_twins_are_not(
    kind: str, found: dict[str, set[str]], office_a: Path
) -> None:
    named = found[KINDS[kind]]
    cases = planted(office_a, kind, "0")
    assert cases
    assert [keys for keys in cases if not keys & named] == []
    assert [keys for keys in planted(office_a, kind, "1") if keys & named] == []
    assert named - set().union(*cases) == set()


def test_no_other_rule_finds_anything_there(found: dict[str, set[str]]) -> None:
    assert {code: who for code, who in found.items() if who and code not in KINDS.values()} == {}
