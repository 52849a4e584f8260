"""The pack as a whole: both engines, and declarations that name only what exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packs import checks
from tests.packs.safety.office import PARAMETERS, ROWS, TODAY


def test_every_rule_finds_something_in_the_small_office(tmp_path: Path) -> None:
    found = checks.answers("safety", ROWS, PARAMETERS, "duckdb", tmp_path, TODAY)
    assert [code for code, findings in found.items() if not findings] == []


@pytest.mark.thorough
@pytest.mark.spark
def test_both_engines_find_the_same(tmp_path: Path) -> None:
    on_duckdb = checks.answers("safety", ROWS, PARAMETERS, "duckdb", tmp_path / "duckdb", TODAY)
    assert checks.answers("safety", ROWS, PARAMETERS, "spark", tmp_path / "spark", TODAY) == on_duckdb


def test_declarations_name_what_exists_and_the_page_names_them_all() -> None:
    checks.declarations("safety", ["S7"])
