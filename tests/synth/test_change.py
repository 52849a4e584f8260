"""A changed copy differs in the rows of few persons, and leaves the original alone."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from shouwang.snapshot.store import Snapshot, file_hash
from shouwang.synth import parquet
from shouwang.synth.change import change
from shouwang.synth.settings import Settings


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("town")
    parquet.write(Settings(4000, 6, cases=0, claims=0.5), folder)
    return Snapshot.load(folder / "snapshot")


def rows(snapshot: Snapshot, name: str) -> pl.DataFrame:
    return pl.concat([pl.read_parquet(snapshot.root / p.path) for p in snapshot.parts_of(name)])


@pytest.mark.parametrize("how", ["clustered", "scattered"])
def test_only_the_chosen_persons_change(original: Snapshot, tmp_path: Path, how: str) -> None:
    copy, persons = change(original, tmp_path / "copy", 0.01, how, seed=3)  # type: ignore[arg-type]
    assert 10 < persons < 90
    before, after = rows(original, "registry.person"), rows(copy, "registry.person")
    changed = before.filter(before["phone"] != after["phone"])
    assert 0 < changed.height <= persons
    assert before.drop("phone").equals(after.drop("phone"))
    loaded = Snapshot.load(tmp_path / "copy")
    assert loaded.hash == copy.hash != original.hash
    for part in loaded.parts:
        assert file_hash(loaded.root / part.path) == part.sha256
    for part in original.parts:
        assert file_hash(original.root / part.path) == part.sha256


def test_clustered_changes_meet_fewer_communities(original: Snapshot, tmp_path: Path) -> None:
    def communities(how: str) -> int:
        copy, _ = change(original, tmp_path / how, 0.01, how, seed=3)  # type: ignore[arg-type]
        before, after = rows(original, "registry.person"), rows(copy, "registry.person")
        return int(before.filter(before["phone"] != after["phone"])["division"].n_unique())

    assert communities("clustered") == 1
    assert communities("scattered") == rows(original, "registry.person")["division"].n_unique()


def test_an_existing_folder_is_not_overwritten(original: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="exists already"):
        change(original, tmp_path)
