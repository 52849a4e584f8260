"""One scan of the small office, and its outputs, for all tests of the report."""

from __future__ import annotations

import csv
import html
import logging
import zipfile
from pathlib import Path

import pytest
from tests.risk.report import office

from shouwang.risk.report import write_report
from shouwang.risk.scan import Scan


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Scan:
    """The office now, compared with a scan in which another resident was dead."""
    logging.disable(logging.CRITICAL)  # one rule of the office is broken on purpose
    folder = tmp_path_factory.mktemp("office")
    earlier = office.people(("死亡", "死亡", "正常", None))
    before = office.scan_of(folder / "before", office.rows(**{"registry.person": earlier}))
    found = office.scan_of(folder / "now", previous=before)
    logging.disable(logging.NOTSET)
    return found


@pytest.fixture(scope="session")
def outputs(scan: Scan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The masked outputs in Chinese."""
    folder = tmp_path_factory.mktemp("outputs")
    write_report(scan, folder, reading=office.READING, office="望河街道云溪社区", scan_id="abc")
    return folder


@pytest.fixture(scope="session")
def clear(scan: Scan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs with persons in clear."""
    folder = tmp_path_factory.mktemp("clear")
    write_report(scan, folder, reading=office.READING, unmask="内部 <审计>")
    return folder


def everything_in(folder: Path) -> dict[str, str]:
    """All text of all outputs, also of the parts inside workbooks, without HTML entities."""
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as package:
                for name in package.namelist():
                    found[f"{path.name}!{name}"] = html.unescape(package.read(name).decode())
        else:
            found[path.name] = html.unescape(path.read_text(encoding="utf-8"))
    return found


def csv_rows(folder: Path) -> list[dict[str, str]]:
    """The lines of findings.csv."""
    with (folder / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
