"""The pack as a whole: both engines, and declarations that name only what exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packs import checks
from tests.packs.accounting.office import PARAMETERS, ROWS


def test_every_rule_finds_something_in_the_small_office(tmp_path: Path) -> None:
    found = checks.answers("accounting", ROWS, PARAMETERS, "duckdb", tmp_path)
    assert [code for code, findings in found.items() if not findings] == []


@pytest.mark.thorough
@pytest.mark.spark
def test_both_engines_find_the_same(tmp_path: Path) -> None:
    on_duckdb = checks.answers("accounting", ROWS, PARAMETERS, "duckdb", tmp_path / "duckdb")
    assert checks.answers("accounting", ROWS, PARAMETERS, "spark", tmp_path / "spark") == on_duckdb


def test_declarations_name_what_exists_and_the_page_names_them_all() -> None:
    checks.declarations("accounting", ["S9"])


def test_problems_that_only_people_can_judge_name_their_record() -> None:
    assert {"S9-55"} <= checks.judged_by_people("accounting")
