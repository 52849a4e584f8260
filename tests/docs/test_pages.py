"""The pages for developers hold what they say: their blocks are written and run, in the order of the pages.

A block whose fence bears a title is a file, or is added to the end of one that exists; a line of a console
block that begins with ``$`` is run, and the lines below it must be found in what it says.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)
#: The Spark cases run where there is Java, and there one Java at a time is enough.
one_java = pytest.mark.xdist_group("spark")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    language: str
    title: str
    text: str


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page of the documentation."""
    found = FENCE.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert found, f"{page} has no blocks"
    return [Block(*parts) for parts in found]


def copy_of_the_project(folder: Path) -> Path:
    """What a developer works in: with what Python compiled, without what else is made there."""
    made = shutil.ignore_patterns(".*_cache", ".hypothesis")
    for name in ("src", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=made)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def command(line: str) -> list[str]:
    """The arguments of a console line; programs of ``.venv/bin`` are those that run this test."""
    program, *arguments = line.split()
    name = program.removeprefix(".venv/bin/")
    assert name != program, f"{line!r} is not a program of .venv/bin"
    module = {"shouwang": "shouwang.cli.main"}.get(name, name)
    return [sys.executable, "-m", module, *arguments]


def follow(page: str, folder: Path, paths: list[Path]) -> None:
    """Do what the page says, below ``folder``, with these folders to import from."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "COLUMNS": "120",
        "SHOUWANG_LANGUAGE": "zh",
        "PYTEST_ADDOPTS": "-p no:cacheprovider -n0",
    }
    for block in blocks(page):
        if block.title:
            target = folder / block.title
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("a", encoding="utf-8") as stream:
                stream.write("\n\n" + block.text if target.stat().st_size else block.text)
        elif block.language == "console":
            for part in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
                line, *expected = part.strip().splitlines()
                done = subprocess.run(
                    command(line), cwd=folder, env=environment, capture_output=True, text=True, timeout=300
                )
                said = done.stdout + done.stderr
                # 1 is no mishap for read (rows were rejected), scan, score stability (something was found);
                # score train may refuse.
                told = re.search(r" (read|scan|score stability) ", line)
                allowed = (0, 1) if told else (0, 3) if " score train " in line else (0,)
                assert done.returncode in allowed, said
                for words in expected:
                    assert "".join(words.split()) in "".join(said.split()), f"{line}: no {words!r} in\n{said}"


@one_java
def test_a_ledger_and_a_rule_are_added_as_the_pages_say(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    follow("add-a-ledger.md", project, [project / "src", project])
    follow("add-a-rule.md", project, [project / "src", project])


@one_java
def test_a_pack_of_ones_own_joins_by_its_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The environment of this test is not touched: pip installs beside it.
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "installed"))
    monkeypatch.setenv("PIP_NO_DEPS", "1")
    (tmp_path / "pack").mkdir()
    follow("add-a-pack.md", tmp_path / "pack", [tmp_path / "installed", ROOT / "src", ROOT])


def test_the_page_for_credit_staff_says_what_the_commands_say(tmp_path: Path) -> None:
    # Of the workbooks those that a score may rest on: the twenty others change nothing but the time it takes.
    others = shutil.ignore_patterns("0[2-9]*", "10*", "1[2-9]*", "20*", "22*", "23*")
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=others)
    assert len(list((tmp_path / "examples" / "office").iterdir())) == 3
    follow("credit.md", tmp_path, [ROOT / "src", ROOT])
