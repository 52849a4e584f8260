"""Print the requirements of the seed texts that no test shows: ``make seeds SECTIONS="S1 S2"``.

A test shows a requirement when it carries ``@pytest.mark.seed("S2-31")``. The tests are collected, not run.
The sentences come from ``../shared/seeds/requirements.md`` where that file is at hand; without it the numbers
and kinds come from ``tests/seeds/requirements.csv``.

Of the kinds that ledgers, rules and indicators answer (:data:`ASKED`), a requirement without a test is either
carried elsewhere, as ``tests/seeds/elsewhere.csv`` says with the reason and the room, or a gap.

usage: python scripts/seeds.py [SECTION ...]   (for instance S1 S2; all when none is named)
"""

import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
TEXT = ROOT.parent / "shared" / "seeds" / "requirements.md"
LIST = ROOT / "tests" / "seeds" / "requirements.csv"
ELSEWHERE = ROOT / "tests" / "seeds" / "elsewhere.csv"
ASKED = ("data", "risk", "gate", "limit", "rule", "control", "metric")
"""The kinds of requirement that ledgers can answer."""
ROOMS = ("access", "office", "risk", "process", "notice", "evaluation", "workbench")
"""The rooms that can carry what no ledger answers."""
LINE = re.compile(r"- \*\*(?P<number>S\d+-\d+)\*\* \[(?P<kind>\w+)(?P<derived>, derived)?\] (?P<sentence>.*)")


class Requirement(NamedTuple):
    """One numbered requirement; ``sentence`` is empty where only the list is at hand."""

    number: str
    kind: str
    derived: bool
    sentence: str

    @property
    def section(self) -> str:
        """The piece it comes from, such as ``S2``."""
        return self.number.split("-")[0]


def requirements() -> list[Requirement]:
    """Every requirement in the order of the texts."""
    if TEXT.is_file():
        found = (LINE.match(line) for line in TEXT.read_text(encoding="utf-8").splitlines())
        return [
            Requirement(line["number"], line["kind"], bool(line["derived"]), line["sentence"])
            for line in found
            if line
        ]
    with LIST.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return [Requirement(row["number"], row["kind"], row["derived"] == "1", "") for row in rows]


def tested() -> dict[str, list[str]]:
    """Requirement number to the tests that show it, by collecting the test suite."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "seeds.json"
        collect = [sys.executable, "-m", "pytest", "--collect-only", "-q", f"--seeds-out={book}"]
        done = subprocess.run(collect, cwd=ROOT, capture_output=True, text=True)
        # 5: nothing collected, which is an honest state of a young tree.
        if done.returncode not in (0, 5) or not book.is_file():
            raise SystemExit(f"the tests cannot be collected:\n{done.stdout}{done.stderr}")
        result: dict[str, list[str]] = json.loads(book.read_text(encoding="utf-8"))
        return result


class Elsewhere(NamedTuple):
    """Where a requirement is carried that ledgers can't answer, and why they can't."""

    room: str
    reason: str


def elsewhere() -> dict[str, Elsewhere]:
    """By number, what other rooms carry."""
    with ELSEWHERE.open(encoding="utf-8", newline="") as stream:
        return {row["number"]: Elsewhere(row["room"], row["reason"]) for row in csv.DictReader(stream)}


def gaps(known: list[Requirement], shown: dict[str, list[str]]) -> list[Requirement]:
    """Those that ledgers should answer, that no test shows and no other room carries."""
    carried = elsewhere()
    return [x for x in known if x.kind in ASKED and x.number not in shown and x.number not in carried]


def line(each: Requirement) -> str:
    """Number, kind and sentence."""
    kind = each.kind + (", derived" if each.derived else "")
    return f"{each.number} [{kind}] {each.sentence}".rstrip()


def main(sections: list[str]) -> None:
    """Print the requirements without a test, by what is to be done about them, then the count by section."""
    known = requirements()
    unknown = set(sections) - {each.section for each in known}
    if unknown:
        raise SystemExit(f"no such section: {', '.join(sorted(unknown))}")
    chosen = [each for each in known if not sections or each.section in sections]
    shown = tested()
    carried, missing = elsewhere(), {each.number for each in gaps(chosen, shown)}
    untested = [each for each in chosen if each.number not in shown]
    parts = {
        "gaps: ledgers could answer, no test shows it": [x for x in untested if x.number in missing],
        "carried elsewhere": [x for x in untested if x.number in carried],
        "other kinds without a test": [
            x for x in untested if x.kind not in ASKED and x.number not in carried
        ],
    }
    for title, part in parts.items():
        print(f"{title} ({len(part)})")
        for each in part:
            print(line(each))
            if each.number in carried:
                print(f"    {carried[each.number].room}: {carried[each.number].reason}")
        print()
    total = Counter(each.section for each in chosen)
    have = Counter(each.section for each in chosen if each.number in shown)
    asked = Counter(each.section for each in chosen if each.kind in ASKED)
    of_asked = Counter(each.section for each in chosen if each.kind in ASKED and each.number in shown)
    for section, count in total.items():
        print(
            f"{section:>4}: {have[section]:3} of {count:3} requirements have a test,"
            f" {of_asked[section]:3} of {asked[section]:3} of those that ledgers answer"
        )
    print(f" all: {sum(have.values()):3} of {sum(total.values()):3}, {len(missing)} gaps")


if __name__ == "__main__":
    main(sys.argv[1:])
