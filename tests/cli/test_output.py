"""What the listing commands share: folding of Chinese text, labelled texts, days on the command line."""

import datetime as dt

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from shouwang.cli.output import Day, facts, wrapped


def test_a_list_is_broken_behind_its_commas() -> None:
    assert wrapped("身份证号、公民身份号码、证件号", 16) == ["身份证号、", "公民身份号码、", "证件号"]
    assert wrapped("one two three", 8) == ["one two", "three"]


def test_a_word_longer_than_the_line_is_broken_anywhere() -> None:
    assert wrapped("最低生活保障证编号", 8) == ["最低生活", "保障证编", "号"]


@given(st.text("甲乙、，；。 ab"), st.integers(2, 30))
def test_folding_loses_no_sign_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


def test_labels_stand_in_one_column_and_what_is_empty_is_left_out() -> None:
    assert facts([("程度", "高"), ("依据", ""), ("怎么办啊", "停发、追回")], 40) == [
        "程度      高",
        "怎么办啊  停发、追回",
    ]
    assert facts([("程度", "")], 40) == []


def test_a_day() -> None:
    assert Day().convert("2024-02-29", None, None) == dt.date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2023-02-29", "2023/1/1", "today", ""])
def test_no_day(text: str) -> None:
    with pytest.raises(click.BadParameter, match="2023-12-31"):
        Day().convert(text, None, None)
