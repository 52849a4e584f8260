"""An office's folder is read to the last row, and a scan of it reports exactly what was planted."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from shouwang.ledger.reading import Reading, read_folder
from shouwang.snapshot.store import Snapshot
from shouwang.synth import office
from shouwang.synth.office.style import Style
from shouwang.synth.parquet import Made
from shouwang.synth.settings import Settings
from tests.synth.compare import differences, scan

SETTINGS = Settings(3000, 7, claims=0.6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    out = tmp_path_factory.mktemp("office")
    return out, office.write(SETTINGS, out)


@pytest.fixture(scope="module")
def reading(folder: tuple[Path, Made], tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, Snapshot]:
    snapshot = Snapshot(tmp_path_factory.mktemp("snapshot"))
    read = read_folder(folder[0] / "office", out_snapshot=snapshot)
    snapshot.save()
    return read, snapshot


def test_every_sheet_is_recognised_and_every_row_loaded(
    folder: tuple[Path, Made], reading: tuple[Reading, Snapshot]
) -> None:
    loaded: dict[str, int] = {}
    for file in reading[0].files:
        for sheet in file.sheets:
            assert sheet.status == "loaded", (file.path, sheet.name, sheet.why)
            loaded[sheet.ledger] = loaded.get(sheet.ledger, 0) + sheet.records
    assert loaded == folder[1].rows


def test_exactly_the_spoiled_rows_are_refused(
    folder: tuple[Path, Made], reading: tuple[Reading, Snapshot]
) -> None:
    with (folder[0] / "rejected.csv").open(encoding="utf-8", newline="") as stream:
        expected = {(x["file"], x["sheet"], int(x["row"])) for x in csv.DictReader(stream)}
    refused = {(f.path, s.name, row) for f in reading[0].files for s in f.sheets for row in s.rejected}
    assert refused == expected
    assert {"id_checksum", "id_length", "id_lost_digits"} == {
        line.rsplit(",", 2)[1] for line in (folder[0] / "rejected.csv").read_text("utf-8").splitlines()[1:]
    }


def test_every_case_is_found_and_nothing_else(
    folder: tuple[Path, Made], reading: tuple[Reading, Snapshot], tmp_path: Path
) -> None:
    outcomes = scan(reading[1], folder[0], tmp_path, SETTINGS.as_of)
    assert differences(outcomes, folder[0]) == []


def test_the_folder_is_kept_as_offices_keep_theirs(folder: tuple[Path, Made]) -> None:
    files = sorted(p.name for p in (folder[0] / "office").iterdir())
    assert len(files) > 12
    (text,) = [p for p in (folder[0] / "office").iterdir() if p.suffix == ".csv"]
    assert "走访" in text.read_text(encoding="gb18030")
    with pytest.raises(UnicodeDecodeError):
        text.read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    def digest(name: str, seed: int) -> dict[str, str]:
        office.write(Settings(700, seed, claims=0.3), tmp_path / name)
        return {
            p.relative_to(tmp_path / name).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted((tmp_path / name).rglob("*"))
            if p.is_file()
        }

    first = digest("a", 3)
    assert first == digest("b", 3)
    assert first != digest("c", 4)


def test_other_seeds_are_other_habits() -> None:
    habits = {
        (
            s.months_apart,
            s.pensions_wide,
            s.communities_apart,
            s.two_row_headers,
            s.merged,
            s.filled,
            s.titles,
        )
        for s in map(Style, range(20))
    }
    assert len(habits) > 8
