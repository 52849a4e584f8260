"""Reports that an office keeps among its ledgers are not taken for ledgers; what was corrected is."""

import json
from pathlib import Path

from shouwang.ledger.reading import Limits
from shouwang.ledger.reading.files import Problem, find
from shouwang.snapshot.store import file_hash

from .offices import death_book


def report(folder: Path) -> Path:
    """A folder as a scan leaves it, with a working paper from an earlier one set aside."""
    folder.mkdir()
    for name in ("findings.xlsx", "findings.edited.xlsx", "rejected.xlsx"):
        death_book(folder / name)
    for name in ("findings.csv", "matches.csv", "reading.json", "mapping.yaml"):
        (folder / name).write_text("a,b\n1,2\n", encoding="utf-8")
    body = {"output": {"rejected.xlsx": file_hash(folder / "rejected.xlsx")}}
    (folder / "manifest.json").write_text(json.dumps(body), encoding="utf-8")
    return folder


def names(folder: Path) -> list[str]:
    """What is found to read below a folder."""
    found = list(find(folder, Limits()))
    assert not any(isinstance(one, Problem) for one in found)
    return [one.name for one in found]


def test_the_outputs_of_a_scan_are_left_alone_and_ledgers_beside_them_are_read(tmp_path: Path) -> None:
    death_book(tmp_path / "死亡人员名单.xlsx")
    death_book(report(tmp_path / "报告") / "另一本.xlsx")
    assert names(tmp_path) == ["报告/另一本.xlsx", "死亡人员名单.xlsx"]


def test_rejected_rows_that_were_corrected_in_place_are_read(tmp_path: Path) -> None:
    with (report(tmp_path / "报告") / "rejected.xlsx").open("ab") as stream:
        stream.write(b"corrected")
    assert names(tmp_path) == ["报告/rejected.xlsx"]


def test_the_outputs_of_a_mere_reading_are_left_alone(tmp_path: Path) -> None:
    (report(tmp_path / "读取结果") / "manifest.json").unlink()
    assert names(tmp_path) == []


def test_files_of_these_names_without_a_report_beside_them_are_ledgers(tmp_path: Path) -> None:
    death_book(tmp_path / "rejected.xlsx")
    assert names(tmp_path) == ["rejected.xlsx"]
