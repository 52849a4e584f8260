"""Calendar periods that have ended, the one that is running, and what they are called."""

from __future__ import annotations

import datetime as dt

import ibis
import pytest

from shouwang.risk.periods import code, ended, label, running, table

D = dt.date


def test_a_period_has_ended_in_the_evening_of_its_last_day() -> None:
    assert [first for first, _ in ended(D(2023, 9, 30), 3, D(2023, 1, 1))] == [
        D(2023, 1, 1),
        D(2023, 4, 1),
        D(2023, 7, 1),
    ]
    assert [last for _, last in ended(D(2023, 9, 29), 3, D(2023, 1, 1))] == [D(2023, 3, 31), D(2023, 6, 30)]
    assert ended(D(2023, 12, 31), 12, D(2022, 5, 1)) == [
        (D(2022, 1, 1), D(2022, 12, 31)),
        (D(2023, 1, 1), D(2023, 12, 31)),
    ]
    assert ended(D(2023, 1, 30), 1, D(2023, 1, 1)) == []


def test_periods_that_ended_before_the_beginning_are_left_out() -> None:
    assert [first for first, _ in ended(D(2023, 12, 31), 3, D(2023, 8, 15))] == [
        D(2023, 7, 1),
        D(2023, 10, 1),
    ]


def test_the_running_period() -> None:
    assert running(D(2023, 8, 15), 3) == (D(2023, 7, 1), D(2023, 9, 30))
    assert running(D(2023, 9, 30), 3) is None
    assert running(D(2024, 2, 28), 1) == (D(2024, 2, 1), D(2024, 2, 29))
    assert running(D(2023, 12, 30), 12) == (D(2023, 1, 1), D(2023, 12, 31))


@pytest.mark.parametrize(
    ("months", "name"), [(12, "2023年"), (3, "2023年第三季度"), (1, "2023年7月"), (2, "2023年7—8月")]
)
def test_periods_have_the_names_offices_use(months: int, name: str) -> None:
    assert label(D(2023, 7, 1) if months < 12 else D(2023, 1, 1), months) == name


def test_periods_as_a_table() -> None:
    rows = ibis.duckdb.connect().to_pyarrow(table(ended(D(2023, 3, 31), 3, D(2023, 1, 1)), 3)).to_pylist()
    assert rows == [
        {"period": "2023年第一季度", "code": "2023Q1", "begins": D(2023, 1, 1), "ends": D(2023, 3, 31)}
    ]
    assert ibis.duckdb.connect().to_pyarrow(table([], 3)).num_rows == 0


def test_periods_have_short_names_for_keys() -> None:
    assert [code(D(2023, 10, 1), months) for months in (3, 2, 1)] == ["2023Q4", "2023-10", "2023-10"]
    assert code(D(2023, 1, 1), 12) == "2023"
