"""What every test may use, and the book-keeping of ``@pytest.mark.seed``."""

import csv
import json
import os
import re
import shutil
import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
REQUIREMENTS = ROOT / "tests" / "seeds" / "requirements.csv"

# The same examples in every run: a check that fails now and then teaches people to ignore it.
# HYPOTHESIS_PROFILE=explore looks for new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--seeds-out FILE`` writes, after collection, which requirement has which tests."""
    parser.addoption("--seeds-out", metavar="FILE", help="write {requirement: [tests]} as JSON to FILE")


def _requirement_numbers() -> set[str]:
    with REQUIREMENTS.open(encoding="utf-8", newline="") as stream:
        return {row["number"] for row in csv.DictReader(stream)}


def _seeds(item: pytest.Item) -> list[str]:
    return [str(number) for mark in item.iter_markers("seed") for number in mark.args]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse marks that name no requirement; keep the Spark tests together and skip them without Java."""
    known = _requirement_numbers()
    wrong = [f"{item.nodeid}: {number!r}" for item in items for number in _seeds(item) if number not in known]
    empty = [item.nodeid for item in items for mark in item.iter_markers("seed") if not mark.args]
    if wrong or empty:
        raise pytest.UsageError("seed marks that name no requirement:\n  " + "\n  ".join(wrong + empty))
    java = shutil.which("java") or os.environ.get("JAVA_HOME")
    for item in items:
        if item.get_closest_marker("spark"):
            # One worker starts one Java machine; two of them would fight for the memory of a small computer.
            item.add_marker(pytest.mark.xdist_group("spark"))
            if not java:
                item.add_marker(pytest.mark.skip(reason="Spark needs Java (default-jre-headless)"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write the book of requirements and tests where ``--seeds-out`` says."""
    target = session.config.getoption("--seeds-out")
    if not target:
        return
    book: dict[str, list[str]] = {}
    for item in session.items:
        for number in _seeds(item):
            book.setdefault(number, []).append(re.sub(r"\[.*", "", item.nodeid))
    tidy = {number: sorted(set(tests)) for number, tests in sorted(book.items())}
    Path(target).write_text(json.dumps(tidy, ensure_ascii=False, indent=1), encoding="utf-8")


@pytest.fixture(scope="session")
def office_a() -> Path:
    """The folder of the sample office "a" with its truth; it lies beside the repository, not in it."""
    folder = SHARED / "samples" / "office-a"
    if not (folder / "manifest.json").is_file():
        pytest.skip("the sample office ../shared/samples/office-a is not on this machine")
    return folder


def pytest_sessionfinish() -> None:
    """Close the connection that the rules' tests share, if one was opened."""
    asking = sys.modules.get("tests.asking")
    if asking is not None:
        asking.let_go()
