"""What a person has filled in or corrected among the outputs survives the next scan."""

import json
from pathlib import Path

from shouwang.cli.keeping import set_aside
from shouwang.snapshot.store import file_hash


def outputs(out: Path) -> None:
    """A folder as a scan leaves it, as far as it matters here."""
    out.mkdir(exist_ok=True)
    names = ("findings.xlsx", "rejected.xlsx", "mapping.yaml", "matches.csv", "report.html")
    for name in names:
        (out / name).write_text(f"{name} as written")
    body = {"output": {name: file_hash(out / name) for name in names}}
    (out / "manifest.json").write_text(json.dumps(body))


def test_what_is_as_it_was_written_stays(tmp_path: Path) -> None:
    outputs(tmp_path / "out")
    assert set_aside(tmp_path / "out") == []
    assert len(list((tmp_path / "out").iterdir())) == 6


def test_what_was_edited_is_set_aside_each_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    outputs(out)
    (out / "findings.xlsx").write_text("filled in")
    (out / "matches.csv").write_text("decided")
    (out / "report.html").write_text("nobody edits a report")
    assert set_aside(out) == [
        ("findings.xlsx", "findings.edited.xlsx"),
        ("matches.csv", "matches.edited.csv"),
    ]
    outputs(out)
    (out / "findings.xlsx").write_text("filled in again")
    assert set_aside(out) == [("findings.xlsx", "findings.edited-2.xlsx")]
    assert (out / "findings.edited.xlsx").read_text() == "filled in"
    assert (out / "findings.edited-2.xlsx").read_text() == "filled in again"


def test_without_a_manifest_nothing_is_known_and_nothing_moved(tmp_path: Path) -> None:
    (tmp_path / "findings.xlsx").write_text("somebody's own")
    assert set_aside(tmp_path) == []
    (tmp_path / "manifest.json").write_text("{}")
    assert set_aside(tmp_path) == []
    assert (tmp_path / "findings.xlsx").exists()
