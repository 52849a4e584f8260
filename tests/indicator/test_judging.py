"""Reached, near or missed: boundaries follow the words 达到 (≥) and 不超过 (≤)."""

import datetime as dt
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.indicator.judging import ends, is_breach, judge, saved


@pytest.mark.parametrize(
    ("direction", "value", "warn", "state"),
    [
        ("up", 100, 90, "good"), ("up", 99, 90, "warn"), ("up", 90, 90, "warn"), ("up", 89, 90, "bad"),
        ("up", 99, None, "bad"), ("down", 100, 90, "warn"), ("down", 89, 90, "good"),
        ("down", 101, 90, "bad"), ("down", 100, None, "good"), ("", 100, None, ""),
    ],
)  # fmt: skip
@pytest.mark.seed("S7-48", "S7-59")
def test_the_colour_of_a_value(direction: str, value: int, warn: int | None, state: str) -> None:
    mark = None if warn is None else D(warn)
    assert judge(direction, D(value), D(100), mark) == state  # type: ignore[arg-type]


def test_nothing_is_judged_without_value_or_target() -> None:
    assert judge("up", None, D(1)) == judge("up", D(1), None) == ""


@given(st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2))
def test_a_target_is_missed_exactly_when_something_is_lacking(value: D, target: D) -> None:
    for way in ("up", "down"):
        lacking = saved(way, value, target)  # type: ignore[arg-type]
        assert lacking is not None
        assert (judge(way, value, target) == "bad") == (lacking < 0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "end"),
    [("2023", (2023, 12, 31)), ("2024-02", (2024, 2, 29)), ("2023-06 电", (2023, 6, 30)), ("上半年", None),
     ("2023-13", None), ("20231", None), ("0000", None)],
)  # fmt: skip
def test_the_end_of_a_period(period: str, end: tuple[int, int, int] | None) -> None:
    assert ends(period) == (dt.date(*end) if end else None)


def test_a_limit_is_broken_at_once_and_a_goal_at_the_end_of_its_period() -> None:
    june = dt.date(2023, 6, 30)
    assert is_breach("down", "bad", "2023", june)
    assert not is_breach("up", "bad", "2023", june)
    assert is_breach("up", "bad", "2023-06", june)
    assert is_breach("up", "bad", "2023", dt.date(2023, 12, 31))
    assert not is_breach("down", "warn", "2023", june)
