"""The outputs are the same bytes wherever and whenever they are written, and the manifest names them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shouwang import __version__
from shouwang.risk.scan import Scan

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import logging, os, sys
from pathlib import Path
import django
django.setup()
logging.disable(logging.CRITICAL)
from tests.risk.report import office
from shouwang.risk.report import write_report
folder = Path(sys.argv[1])
scan = office.scan_of(folder / "state")
write_report(scan, folder / "out", reading=office.READING, office="云溪社区", language=sys.argv[2])
"""


def digests(folder: Path, language: str, **environment: str) -> dict[str, str]:
    folder.mkdir()
    paths = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    given = {"PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "shouwang.settings", **environment}
    command = [sys.executable, "-c", PROGRAM, str(folder), language]
    subprocess.run(command, check=True, env={**os.environ, **given}, cwd=folder)
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((folder / "out").iterdir())}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_same_input_same_bytes_under_other_hash_seeds_and_time_zones(tmp_path: Path, language: str) -> None:
    first = digests(tmp_path / "a", language, PYTHONHASHSEED="1", TZ="UTC")
    second = digests(tmp_path / "b", language, PYTHONHASHSEED="2", TZ="America/Los_Angeles")
    assert first == second
    assert sorted(first) == ["findings.csv", "findings.xlsx", "manifest.json", "report.html"]


def test_names_input_snapshot_rules_parameters_and_outputs_by_hash(outputs: Path, scan: Scan) -> None:
    body = json.loads((outputs / "manifest.json").read_text(encoding="utf-8"))
    assert (body["version"], body["as_of"], body["scan"]) == (__version__, "2023-12-31", "abc")
    assert body["snapshot"] == scan.snapshot.hash
    assert body["input"] == {"registry.person.xlsx": "a" * 64, "其他<b>.xlsx": "b" * 64}
    assert body["rules"]["test.paid-low"]["sha256"] == scan.fingerprints["test.paid-low"]
    assert body["rules"]["test.crowded"]["missing"] == ["test.most"]
    least = body["parameters"]["test.least"]
    assert [v["value"] for v in least["values"]] == ["1900", "2010"]
    assert least["values"][1]["division"] == "柳岸社区"
    assert len(least["sha256"]) == 64
    assert body["findings"] == {"total": 5, "new": 1, "gone": 1}
    for name, digest in body["output"].items():
        assert hashlib.sha256((outputs / name).read_bytes()).hexdigest() == digest
    assert sorted(body["output"]) == ["findings.csv", "findings.xlsx", "report.html"]


def test_holds_no_path_of_the_machine(outputs: Path, scan: Scan) -> None:
    for path in outputs.iterdir():
        if path.suffix != ".xlsx":
            text = path.read_text(encoding="utf-8")
            assert str(scan.snapshot.root) not in text
            assert str(outputs) not in text
            assert str(ROOT) not in text
