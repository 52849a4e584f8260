"""The page on sampling holds what it says: its example is drawn, filled in as told, evaluated."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sampling.md"
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)
#: What the page says was found: the item's number, and the amount on its invoice.
FOUND = {7: 7024, 2: 3375}


def fill_in(paper: Path) -> None:
    """Do what the second section says."""
    book = openpyxl.load_workbook(paper)
    sheet = book["样本"]
    keys = {cell.value: cell.column for cell in sheet[1]}
    numbers = {}
    for row in range(6, sheet.max_row + 1):
        number = sheet.cell(row, keys["no"]).value
        numbers[number] = [cell.value for cell in sheet[row]]
        sheet.cell(row, keys["result"]).value = "有偏差" if number in FOUND else "相符"
        sheet.cell(row, keys["audited"]).value = FOUND.get(number)
    assert "PZ-017" in numbers[7] and 7124 in numbers[7] and "整取" in numbers[7]
    assert "PZ-006" in numbers[2] and 3750 in numbers[2]
    book.save(paper)


def test_the_example_is_as_the_page_says(tmp_path: Path) -> None:
    blocks = FENCE.findall(PAGE.read_text(encoding="utf-8"))
    for _language, title, text in blocks:
        if title:
            (tmp_path / title).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / title).write_text(text, encoding="utf-8")
    environment = {**os.environ, "COLUMNS": "120", "SHOUWANG_LANGUAGE": "zh"}
    environment["PYTHONPATH"] = str(PAGE.parents[1] / "src")
    commands = [text for language, _title, text in blocks if language == "console"]
    assert len(commands) == 3
    for text in commands:
        line, *expected = text.strip().splitlines()
        program, name, *arguments = shlex.split(line.removeprefix("$ "))
        assert (program, name) == ("shouwang", "sample")
        if arguments[0] == "evaluate":
            fill_in(tmp_path / arguments[1])
        done = subprocess.run(
            [sys.executable, "-m", "shouwang.cli.main", name, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        # 1: the sample does not support that the population is acceptable.
        assert done.returncode == (1 if arguments[0] == "evaluate" else 0), done.stdout + done.stderr
        said = "".join((done.stdout + done.stderr).split())
        for words in expected:
            assert "".join(words.split()) in said, words
