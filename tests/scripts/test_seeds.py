"""``make seeds``: which requirements no test shows, and what a wrong mark does."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import seeds

ROOT = Path(__file__).resolve().parents[2]


def collect(folder: Path, body: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Collect one test file under this repository's conftest, in a folder of its own."""
    tests = folder / "tests"
    (tests / "seeds").mkdir(parents=True)
    for name in ("conftest.py", "seeds/requirements.csv"):
        (tests / name).write_bytes((ROOT / "tests" / name).read_bytes())
    (tests / "test_it.py").write_text(body)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    seed: requirements\n")
    quiet = ["-p", "no:cacheprovider", "-p", "no:django"]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *quiet, *options, "tests"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_the_shipped_list_has_every_number_once() -> None:
    with seeds.LIST.open(encoding="utf-8", newline="") as stream:
        numbers = [row["number"] for row in csv.DictReader(stream)]
    assert len(numbers) == len(set(numbers)) == 735


@pytest.mark.skipif(not seeds.TEXT.is_file(), reason="the requirement texts are not on this machine")
def test_the_shipped_list_agrees_with_the_texts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with_text = [(each.number, each.kind, each.derived) for each in seeds.requirements()]
    monkeypatch.setattr(seeds, "TEXT", tmp_path / "absent.md")
    assert [(each.number, each.kind, each.derived) for each in seeds.requirements()] == with_text


def test_a_marked_test_is_in_the_book_once_for_all_its_cases(tmp_path: Path) -> None:
    body = (
        "import pytest\n"
        "@pytest.mark.seed('S2-31', 'S1-01')\n"
        "@pytest.mark.parametrize('x', [1, 2])\n"
        "def test_it(x): pass\n"
    )
    book = tmp_path / "book.json"
    done = collect(tmp_path, body, f"--seeds-out={book}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert seeds.json.loads(book.read_text()) == {
        "S1-01": ["tests/test_it.py::test_it"],
        "S2-31": ["tests/test_it.py::test_it"],
    }


@pytest.mark.parametrize("arguments", ["'S2-999'", "'s2-31'", "31", ""])
def test_a_mark_that_names_no_requirement_is_refused(tmp_path: Path, arguments: str) -> None:
    done = collect(tmp_path, f"import pytest\n@pytest.mark.seed({arguments})\ndef test_it(): pass\n")
    assert done.returncode == 4
    assert "seed marks that name no requirement" in done.stderr
    assert "tests/test_it.py::test_it" in done.stderr


def test_only_requirements_without_a_test_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(seeds, "tested", lambda: {"S1-01": ["tests/test_x.py::test_x"]})
    seeds.main(["S1"])
    lines = capsys.readouterr().out.splitlines()
    assert not any(line.startswith("S1-01 ") for line in lines)
    assert sum(line.startswith("S1-") for line in lines) == 47
    assert not any(line.startswith("S2-") for line in lines)
    assert lines[-1].split()[:4] == ["all:", "1", "of", "48,"]


def test_each_is_a_gap_or_carried_elsewhere_or_of_another_kind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    carried = tmp_path / "elsewhere.csv"
    carried.write_text("number,room,reason\nS4-42,risk,people only\n", encoding="utf-8")
    monkeypatch.setattr(seeds, "ELSEWHERE", carried)
    monkeypatch.setattr(seeds, "tested", lambda: {"S4-41": ["tests/test_x.py::test_x"]})
    seeds.main(["S4"])
    parts = capsys.readouterr().out.split("\n\n")
    assert [part.split(" (")[0] for part in parts[:3]] == [
        "gaps: ledgers could answer, no test shows it",
        "carried elsewhere",
        "other kinds without a test",
    ]
    assert "S4-43 [risk, derived]" in parts[0]
    assert "S4-42" not in parts[0]
    assert "S4-41" not in "".join(parts)
    assert parts[1].splitlines()[1].startswith("S4-42 [risk]")
    assert parts[1].splitlines()[2] == "    risk: people only"
    assert "S4-01 [role]" in parts[2]


def test_what_is_carried_elsewhere_has_no_test_a_reason_and_a_room_that_can() -> None:
    shown, carried = seeds.tested(), seeds.elsewhere()
    known = {each.number: each for each in seeds.requirements()}
    assert set(carried) <= set(known)
    assert set(carried) & set(shown) == set()
    for number, where in carried.items():
        assert known[number].kind in seeds.ASKED, number
        assert where.room in seeds.ROOMS, number
        assert len(where.reason) > 20, number


def test_an_unknown_section_is_named() -> None:
    with pytest.raises(SystemExit, match="S11"):
        seeds.main(["S11"])
