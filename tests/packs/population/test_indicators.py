"""The pack's numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests import asking
from tests.packs.population.office import HERE, PARAMETERS, ROWS

from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import Evaluation, evaluate


def evaluated(
    code: str, rows: asking.Rows, folder: Path, fields: dict[str, list[str]] | None = None
) -> Evaluation:
    """One indicator on these rows, as of the end of 2023."""
    engine = asking.engine("duckdb", folder)
    try:
        made = asking.snapshot(rows, folder / "snapshot", fields)
        (result,) = evaluate(
            engine, made, [indicators()[code]], asking.with_values(PARAMETERS), dt.date(2023, 12, 31)
        )
    finally:
        engine.close()
    return result


def numbers(code: str, rows: asking.Rows, folder: Path) -> list[tuple[Any, ...]]:
    """Division, period, numerator, denominator, value and whether the target is met."""
    result = evaluated(code, rows, folder)
    assert result.status == "asked", (result.missing, result.error)
    return [(v.division, v.period, v.numerator, v.denominator, v.value, v.met) for v in result.values]


@pytest.mark.seed("S1-40")
def test_coverage_aims_at_every_place(tmp_path: Path) -> None:
    code = "population.screening-coverage"
    assert numbers(code, ROWS, tmp_path / "a") == [(HERE, "2023", 1, 2, Decimal("50.00"), False)]
    both = {
        **ROWS,
        "population.visit": [*ROWS["population.visit"], {"visited_on": "2023-06-01", "place_no": "B1"}],
    }
    assert numbers(code, both, tmp_path / "b") == [(HERE, "2023", 2, 2, Decimal("100.00"), True)]


@pytest.mark.seed("S1-41")
def test_the_share_of_requests_that_were_answered(tmp_path: Path) -> None:
    code = "population.requests-answered"
    assert numbers(code, ROWS, tmp_path / "a") == [(HERE, "2023", 1, 2, Decimal("50.00"), False)]
    sheet = {"population.cooperation_request": ["matter", "requested_on"]}
    assert evaluated(code, ROWS, tmp_path / "b", sheet).status == "no-ledger"


@pytest.mark.seed("S1-31", "S1-42")
def test_the_work_that_reuse_saved_by_campaign(tmp_path: Path) -> None:
    rows = [
        *ROWS["population.floating_person"],
        {"person": "F9", "campaign": "第二轮", "entry": "沿用", "division": HERE},
        {"person": "F8", "campaign": "第二轮", "entry": None, "division": HERE},
    ]
    assert numbers("population.entries-reused", {"population.floating_person": rows}, tmp_path) == [
        (HERE, "第一轮", 1, 7, Decimal("14.29"), None),
        (HERE, "第二轮", 1, 1, Decimal("100.00"), None),
    ]


@pytest.mark.seed("S1-12", "S1-13", "S1-33")
def test_registered_and_floating_side_by_side(tmp_path: Path) -> None:
    def only(code: str) -> tuple[Any, ...]:
        (row,) = numbers(code, ROWS, tmp_path / code)
        return row

    assert only("population.registered-persons")[2:5] == (2, None, 2)
    assert only("population.registered-households")[2:5] == (1, None, 1)
    assert only("population.floating-persons")[2:5] == (6, None, 6)
    assert only("population.floating-per-hundred")[2:5] == (6, 2, Decimal("300.00"))


@pytest.mark.seed("S1-39")
def test_reports_judged_in_time(tmp_path: Path) -> None:
    def report(day: str, judged: str | None, reported: str = "是") -> dict[str, Any]:
        return {"visited_on": day, "assessed_on": judged, "reported": reported, "division": HERE}

    visits = [
        report("2023-02-10", "2023-02-17"),
        report("2023-02-10", "2023-02-18"),
        report("2023-02-10", None),
        report("2023-12-28", None),  # its time still runs
        report("2023-02-10", None, "否"),
    ]
    assert numbers("population.reports-assessed-in-time", {"population.visit": visits}, tmp_path) == [
        (HERE, "2023", 1, 3, Decimal("33.33"), False)
    ]
