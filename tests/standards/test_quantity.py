"""Figures, units and numerals."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.standards import quantity
from shouwang.standards.quantity import Quantity, integer_from_words, integer_words, parse_quantity


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (5, Quantity(Decimal(5))),
        (0.1 + 0.2, Quantity(Decimal("0.3"))),
        (Decimal("1.50"), Quantity(Decimal("1.50"))),
        ("1,234.5", Quantity(Decimal("1234.5"))),
        ("12 345", Quantity(Decimal(12345))),
        ("１２３．５", Quantity(Decimal("123.5"))),
        ("-5", Quantity(Decimal(-5))),
        ("+5", Quantity(Decimal(5))),
        ("(1,234.00)", Quantity(Decimal("-1234.00"))),
        (".5", Quantity(Decimal("0.5"))),
        ("1.2E+05", Quantity(Decimal(120000))),
        ("12人", Quantity(Decimal(12), "人")),
        ("3500千瓦时", Quantity(Decimal(3500), "千瓦时")),
        ("4.35%", Quantity(Decimal("4.35"), "%")),
        ("1.2万", Quantity(Decimal(12000), None, scaled=True)),
        ("1.2万度", Quantity(Decimal(12000), "度", scaled=True)),
        ("一千零一十", Quantity(Decimal(1010))),
    ],
    ids=str,
)
def test_ways_of_writing_numbers(cell: object, expected: Quantity) -> None:
    assert parse_quantity(cell).value == expected


@pytest.mark.parametrize("cell", [None, "", "—", "/", "无", float("nan")])
def test_empty_marks(cell: object) -> None:
    assert (parse_quantity(cell).value, parse_quantity(cell).code) == (None, None)


@pytest.mark.parametrize(
    "cell",
    ["1,23", "1.234.56", "12a", "约12", "3-5", "#DIV/0!", "一万二", True, float("inf"), [1], "5头"],
    ids=str,
)
def test_unreadable(cell: object) -> None:
    assert parse_quantity(cell).code == "number_unreadable"


def test_integers() -> None:
    assert quantity.parse_integer("12人").value == 12
    assert quantity.parse_integer(3.0).value == 3
    assert quantity.parse_integer(3.5).code == "number_not_whole"
    assert quantity.parse_integer(1e30).code == "number_out_of_range"
    assert quantity.parse_integer("x").code == "number_unreadable"


@pytest.mark.parametrize(
    ("cell", "fraction", "points"),
    [
        ("4.35%", False, "4.35"),
        (4.35, False, "4.35"),
        ("5‰", False, "0.5"),
        (0.0435, True, "4.35"),
        ("4.35", True, "4.35"),
    ],
)
def test_percent_is_in_points(cell: object, fraction: bool, points: str) -> None:
    assert quantity.parse_percent(cell, fraction=fraction).value == Decimal(points)


def test_percent_of_something_else() -> None:
    assert quantity.parse_percent("4元").code == "number_unreadable"


# Readings of the numerals as 《支付结算办法》 annex 1 and everyday writing have them.
@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两千零五", 2005),
        ("一万零一百", 10100),
        ("壹拾万柒仟", 107000),
        ("壹拾万零柒仟", 107000),
        ("一百二十万", 1200000),
        ("一亿零一万", 100010000),
        ("零", 0),
    ],
)
def test_numerals(words: str, number: int) -> None:
    assert integer_from_words(words) == number


@pytest.mark.parametrize(
    "words", ["一万二", "一百五", "万", "十十", "一百二百", "一千十", "百", "", "abc", "一二三"]
)
def test_numerals_that_are_not_written_by_the_rules(words: str) -> None:
    assert integer_from_words(words) is None


@given(st.integers(0, 10**16 - 1), st.booleans())
def test_numerals_there_and_back(number: int, group_zero: bool) -> None:
    assert integer_from_words(integer_words(number, group_zero=group_zero)) == number


def test_number_columns() -> None:
    frame = quantity.parse_numbers(["1.5", None, "x", 2])
    assert frame.rows() == [(1.5, None), (None, None), (None, "number_unreadable"), (2.0, None)]
    numeric = quantity.parse_numbers(pl.Series([1.5, None, float("nan"), float("inf")]))
    assert numeric.rows() == [(1.5, None), (None, None), (None, None), (None, "number_unreadable")]
    whole = quantity.parse_integers(["3人", 3.5])
    assert whole.rows() == [(3, None), (None, "number_not_whole")]
