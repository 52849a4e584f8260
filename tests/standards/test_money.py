"""Amounts of money: cells, rounding, and words by the printed examples of the payment rules."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.standards.money import (
    from_words,
    parse_column,
    parse_money,
    round_fen,
    to_words,
    words_column,
)

AMOUNTS = st.decimals(
    min_value=Decimal("-9999999999999.99"), max_value=Decimal("9999999999999.99"), places=2, allow_nan=False
)

# 《支付结算办法》 annex 1, article 五: the printed examples, with every form that it allows.
PRINTED = [
    ("1409.50", "壹仟肆佰零玖元伍角"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
    ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
    ("107000.53", "壹拾万柒仟元零伍角叁分"),
    ("107000.53", "壹拾万零柒仟元伍角叁分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("325.04", "叁佰贰拾伍元零肆分"),
]


@pytest.mark.parametrize(("amount", "words"), PRINTED)
def test_printed_examples_are_read(amount: str, words: str) -> None:
    assert from_words(words) == from_words(f"人民币{words}") == Decimal(amount)
    assert parse_money(words).value == Decimal(amount)


@pytest.mark.parametrize(("amount", "words"), dict(reversed(PRINTED)).items())
def test_the_first_printed_form_is_written(amount: str, words: str) -> None:
    assert to_words(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾元整"),
        ("1001", "壹仟零壹元整"),
        ("1000010", "壹佰万零壹拾元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("-3.20", "负叁元贰角"),
    ],
)
def test_words(amount: str, words: str) -> None:
    assert to_words(Decimal(amount)) == words
    assert from_words(words) == Decimal(amount)


def test_words_with_the_currency() -> None:
    assert to_words(Decimal("-3"), prefix=True) == "人民币负叁元整"


@pytest.mark.parametrize("amount", ["0.001", "10000000000000000", "-10000000000000000"])
def test_no_words_for_what_is_not_in_fen_or_too_large(amount: str) -> None:
    with pytest.raises(ValueError, match="full fen"):
        to_words(Decimal(amount))


@pytest.mark.parametrize("words", ["一万二千三百元", "壹萬貳仟叁佰圓整", "一万二千三百元正", "壹万贰仟叁佰"])
def test_everyday_and_older_characters(words: str) -> None:
    assert from_words(words) == Decimal(12300)


@pytest.mark.parametrize(
    "words", ["", "元", "一万二元", "叁佰贰拾伍元肆分", "伍分壹角", "壹元贰元", "壹元拾角", "整", "人民币"]
)
def test_words_against_the_rules_are_refused(words: str) -> None:
    assert from_words(words) is None


@given(AMOUNTS)
def test_words_there_and_back(amount: Decimal) -> None:
    assert from_words(to_words(amount)) == amount


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,234.56", "1234.56"),
        ("￥1234", "1234"),
        ("¥ 1,234.50", "1234.5"),
        ("1234元", "1234"),
        ("23.98元整", "23.98"),
        ("RMB 12", "12"),
        ("1.2万", "12000"),
        ("1,234.5万元", "12345000"),
        ("3千元", "3000"),
        ("50角", "5"),
        ("(1,234.00)", "-1234"),
        ("-¥5", "-5"),
        ("¥-5", "-5"),
        ("１２３４．５", "1234.5"),
        ("零", "0"),
        ("壹万贰仟叁佰元整", "12300"),
        (930, "930"),
        (1234.5600000001, "1234.56"),
        (0.1 + 0.2, "0.3"),
        (Decimal("2.5"), "2.5"),
        ("-0.00", "0"),
    ],
)
def test_ways_of_writing_amounts(cell: object, amount: str) -> None:
    found = parse_money(cell)
    assert (found.value, found.code, found.note_code) == (Decimal(amount), None, None)


@pytest.mark.parametrize("cell", [None, "", "—", "/", "无", float("nan")])
def test_empty_marks(cell: object) -> None:
    assert (parse_money(cell).value, parse_money(cell).code) == (None, None)


@pytest.mark.parametrize(
    "cell", ["abc", "1,23", "12人", "3-5元", "#VALUE!", True, float("inf"), "一百二", "1.2.3"], ids=str
)
def test_unreadable(cell: object) -> None:
    assert parse_money(cell).code == "money_unreadable"


@pytest.mark.parametrize("cell", [1e16, "9999999999999999.999", "9999999999999999亿"])
def test_out_of_range(cell: object) -> None:
    assert parse_money(cell).code == "money_out_of_range"


@pytest.mark.parametrize(
    ("cell", "amount"),
    [(33.33333, "33.33"), ("2.675", "2.68"), (-2.675, "-2.68"), ("1.004", "1.00"), (2.665, "2.67")],
)
def test_less_than_a_fen_is_rounded_half_up_with_a_note(cell: object, amount: str) -> None:
    found = parse_money(cell)
    assert (found.value, found.note_code) == (Decimal(amount), "money_rounded")


def test_a_column_in_ten_thousands() -> None:
    assert parse_money("1.2", 10000).value == Decimal(12000)
    assert parse_money(0.35, 10000).value == Decimal(3500)
    assert parse_money("壹", 10000).value == Decimal(10000)
    # what the cell says itself goes before the header
    for cell, amount in (("35元", 35), ("1.2万", 12000), ("1.2万元", 12000), ("¥5", 5)):
        assert parse_money(cell, 10000).value == Decimal(amount)


def test_round_fen_is_half_away_from_zero() -> None:
    assert [round_fen(Decimal(x)) for x in ("0.005", "-0.005", "0.015", "0.0149")] == [
        Decimal(x) for x in ("0.01", "-0.01", "0.02", "0.01")
    ]


CELLS = st.sampled_from([None, "", "1.2万", "33.333", "abc", "￥5", "(3)", "1e20"]) | AMOUNTS.map(str)
NUMBERS = (
    st.none()
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.floats(-1e7, 1e7)
    | AMOUNTS.map(float)
    | st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1000)
)


@given(st.lists(CELLS, max_size=8), st.sampled_from([1, 10000]))
def test_text_columns_equal_scalars(cells: list[str | None], factor: int) -> None:
    answers = [parse_money(cell, factor) for cell in cells]
    expected = [(found.value, found.code, found.note_code) for found in answers]
    for column in (pl.Series(cells, dtype=pl.String), cells):
        frame = parse_column(column, factor)
        assert frame.rows() == expected
        assert frame.schema["value"] == pl.Decimal(18, 2)


@given(st.lists(NUMBERS, max_size=8), st.sampled_from([1, 10000]))
def test_number_columns_equal_scalars(cells: list[float | None], factor: int) -> None:
    answers = [parse_money(cell, factor) for cell in cells]
    expected = [(found.value, found.code, found.note_code) for found in answers]
    assert parse_column(pl.Series(cells, dtype=pl.Float64), factor).rows() == expected


def test_words_of_a_column() -> None:
    assert words_column([Decimal("1.05"), None]).to_list() == ["壹元零伍分", None]
