"""Numbers in addresses and forms: what is none, or too long for a row of ours, is no number."""

from __future__ import annotations

import pytest

from shouwang.workbench.asked import DIGITS, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0", 0), ("007", 7), ("１２", 12), ("9" * DIGITS, int("9" * DIGITS))],
)
def test_a_number_is_read(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "-1", "1.5", "1e3", "²", "一", "0x1", "9" * (DIGITS + 1), "9" * 5000]
)
def test_anything_else_is_none(text: str) -> None:
    assert whole(text) is None
