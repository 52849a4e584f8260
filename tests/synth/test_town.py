"""A scan of an invented town reports exactly what was planted."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from shouwang.snapshot.store import Snapshot
from shouwang.synth import parquet, town
from shouwang.synth.plants import PLANTS
from shouwang.synth.settings import Settings
from tests.synth.compare import NOT_PLANTED, asked, differences, kinds, scan


@pytest.mark.parametrize(
    "settings",
    [
        Settings(2500, 5, claims=0.8),
        Settings(2200, 11, year=2024, share_dibao=0.5, everywhere=True, coded=True),
    ],
    ids=["an office", "a part of a large town"],
)
def test_every_case_is_found_and_nothing_else(settings: Settings, tmp_path: Path) -> None:
    parquet.write(settings, tmp_path / "town")
    snapshot = Snapshot.load(tmp_path / "town" / "snapshot")
    outcomes = scan(snapshot, tmp_path / "town", tmp_path / "scratch", settings.as_of)
    assert differences(outcomes, tmp_path / "town") == []


def test_every_rule_has_a_plant_and_every_plant_a_rule() -> None:
    codes = {rule.code for rule in asked()}
    assert set(PLANTS) == codes - NOT_PLANTED


def test_a_town_of_some_size_has_a_case_of_every_kind(tmp_path: Path) -> None:
    made = parquet.write(Settings(6000, 3, claims=0.3), tmp_path / "town")
    assert kinds(tmp_path / "town", near=False) == set(PLANTS)
    assert kinds(tmp_path / "town", near=True) == {code for code, entry in PLANTS.items() if entry.near}
    assert made.rows["registry.person"] > 6000


def test_a_town_without_cases_has_none(tmp_path: Path) -> None:
    made = parquet.write(Settings(1200, 4, cases=0, claims=0.5), tmp_path / "town")
    assert made.hits == made.near == {}
    assert made.rows["assistance.payment"] > 400


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    hashes = []
    for name, seed in (("a", 8), ("b", 8), ("c", 9)):
        parquet.write(Settings(900, seed, claims=0.3), tmp_path / name)
        hashes.append(
            (Snapshot.load(tmp_path / name / "snapshot").hash, (tmp_path / name / "truth.csv").read_bytes())
        )
    assert hashes[0] == hashes[1]
    assert hashes[0][0] != hashes[2][0]
    assert hashes[0][1] != hashes[2][1]


def test_the_shares_are_kept() -> None:
    settings = Settings(10_000, 2, share_dibao=0.53, claims=2, everywhere=True, coded=True)
    site = town.community(settings, 0, 10_000)
    payments = len(site.table("assistance.payment"))
    claims = len(site.table("insurance.inpatient_stay")) + len(site.table("insurance.pharmacy_purchase"))
    assert payments == pytest.approx(60_000, rel=0.03)
    assert claims == pytest.approx(20_000, rel=0.02)
    assert len(site.table("registry.person")) == 10_000
    assert site.table("registry.person").base["person"].n_unique() == 10_000


def test_communities_share_no_person() -> None:
    settings = Settings(25_000, 2, claims=0.1, everywhere=True)
    ids = [
        town.community(settings, index, 900).table(ledger).base["person"]
        for index in (0, 1, 49, 50)
        for ledger in ("registry.person", "population.floating_person")
    ]
    joined = pl.concat(ids)
    assert joined.n_unique() == len(joined)


@pytest.mark.parametrize("wrong", [{"residents": 10}, {"share_dibao": 0.9}, {"claims": 50}])
def test_impossible_towns_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"residents|share"):
        Settings(**{"residents": 1000, "seed": 1, **wrong})  # type: ignore[arg-type]
