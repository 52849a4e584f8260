"""Danger of working conditions: products of scores on the scale, grades by their printed bounds."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from shouwang.standards.lec import CONSEQUENCE, EXPOSURE, GRADES, LIKELIHOOD, danger, grade


@pytest.mark.seed("S7-25")
@pytest.mark.parametrize(
    ("scores", "value", "name"),
    [
        (("6", "6", "15"), "540", "一级 极其危险"),
        (("10", "10", "3"), "300", "二级 高度危险"),
        (("3", "6", "7"), "126", "三级 显著危险"),
        (("1", "6", "7"), "42", "四级 一般危险"),
        (("0.5", "6", "3"), "9.0", "五级 稍有危险"),
    ],
)
def test_danger_is_the_product(scores: tuple[str, str, str], value: str, name: str) -> None:
    found = danger(*map(Decimal, scores))
    assert found == Decimal(value)
    assert grade(found) == name


@pytest.mark.seed("S7-25")
@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("320", "一"),
        ("319.9", "二"),
        ("160", "二"),
        ("159", "三"),
        ("70", "三"),
        ("69", "四"),
        ("20", "四"),
        ("19.9", "五"),
        ("0", "五"),
    ],
)
def test_bounds_belong_to_the_higher_grade(value: str, number: str) -> None:
    assert grade(Decimal(value)).startswith(number)


def test_scores_off_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="L = 5 is not one of 10, 6, 3"):
        danger(Decimal(5), Decimal(6), Decimal(7))
    with pytest.raises(ValueError, match="E = 4"):
        danger(Decimal(6), Decimal(4), Decimal(7))
    with pytest.raises(ValueError, match="C = 16"):
        danger(Decimal(6), Decimal(6), Decimal(16))
    with pytest.raises(ValueError, match="not negative"):
        grade(Decimal(-1))


def test_every_grade_can_be_reached() -> None:
    every = {grade(danger(*scores)) for scores in product(LIKELIHOOD, EXPOSURE, CONSEQUENCE)}
    assert every == {name for _, name in GRADES}
