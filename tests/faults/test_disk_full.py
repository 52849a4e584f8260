"""A full disk: who asks is told so in words, nothing is half done, and with room again all goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.store import workbook

from tests.faults.killing import WORK, intact
from tests.faults.machine import Machine

Copy = Callable[[Path], Path]


@pytest.mark.parametrize("what", ["database", "files"])
def test_an_import_on_a_full_disk(
    machine: Machine, blank: Path, copy: Copy, tmp_path: Path, what: str
) -> None:
    home = copy(blank)
    machine.do(home, f"{WORK}:town")
    workbook(tmp_path / "in", 200)
    said = machine.do(home, f"{WORK}:import_on_full", what, str(tmp_path / "in")).said
    # A file that may not grow is for SQLite an error of the disk, not one of room.
    told = {"database": [507, "磁盘已满"], "files": [503, "数据库文件读写出错"]}
    assert said["told"] == told[what]
    assert said["untouched"] and said["after"] > 190
    intact(said["end"])


def test_a_report_over_the_api_on_a_full_disk(machine: Machine, blank: Path, copy: Copy) -> None:
    home = copy(blank)
    machine.do(home, f"{WORK}:office", 0)
    said = machine.do(home, f"{WORK}:report_on_full").said
    assert (said["refused"]["status"], said["refused"]["type"]) == (507, "application/problem+json")
    assert "磁盘已满" in json.loads(said["refused"]["text"])["title"] and said["untouched"]
    # The same key again: done once, answered twice.
    assert (said["done"]["status"], said["again"]["status"], said["count"]) == (201, 201, 1)
    assert json.loads(said["done"]["text"]) == json.loads(said["again"]["text"])
    intact(said["end"])


def test_a_page_on_a_full_disk(machine: Machine, blank: Path, copy: Copy) -> None:
    home = copy(blank)
    machine.do(home, f"{WORK}:office", 0)
    said = machine.do(home, f"{WORK}:upload_on_full").said
    assert said["refused"]["status"] == 507 and said["refused"]["type"].startswith("text/html")
    assert "磁盘已满" in said["refused"]["text"] and "腾出磁盘空间" in said["refused"]["text"]
    assert "Traceback" not in said["refused"]["text"]
    # The file is in clear: nothing of it stays behind.
    assert said["left"] == [] and said["done"] == 302
    intact(said["end"])


def test_a_photo_that_does_not_fit(machine: Machine, blank: Path, copy: Copy) -> None:
    home = copy(blank)
    machine.do(home, f"{WORK}:office", 1)
    machine.do(home, f"{WORK}:step", "start")
    said = machine.do(home, f"{WORK}:photo_on_full").said
    assert (said["told"], said["standing"], said["left"]) == (507, {"rectifying": 1}, [])
    assert said["said"] == {"status": "submitted", "readable": 1}
