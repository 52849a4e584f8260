"""Division codes: shape, level, parent, range."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.standards.division import (
    PROVINCES,
    WIDTHS,
    Division,
    Level,
    are_within,
    code_range,
    is_within,
    parse,
    parse_column,
    significant,
)

DIGITS = st.sampled_from("0001234")


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Codes of all widths with many zeros, so that ranges meet."""
    width = draw(st.sampled_from(WIDTHS))
    return "11" + "".join(draw(st.lists(DIGITS, min_size=width - 2, max_size=width - 2)))


def test_the_provinces_of_the_standard() -> None:
    assert len(PROVINCES) == 34
    assert (PROVINCES["11"], PROVINCES["65"], PROVINCES["82"]) == (
        "北京市",
        "新疆维吾尔自治区",
        "澳门特别行政区",
    )


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("110000", Level.PROVINCE, None),
        ("130100", Level.PREFECTURE, "130000"),
        ("110101", Level.COUNTY, "110100"),
        ("110101001", Level.TOWNSHIP, "110101000"),
        ("110101001000", Level.TOWNSHIP, "110101000000"),
        ("110101001001", Level.COMMUNITY, "110101001000"),
        ("110101001001007", Level.GRID, "110101001001000"),
        ("441900003000", Level.TOWNSHIP, "441900000000"),  # 东莞 has no counties
        ("11", Level.PROVINCE, None),
        ("1101", Level.PREFECTURE, "1100"),
    ],
)
def test_level_and_parent(code: str, level: Level, parent: str | None) -> None:
    found = parse(code).value
    assert found is not None
    assert found.level is level
    assert found.parent == (None if parent is None else Division(parent))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, "division_missing"),
        ("—", "division_missing"),
        ("11010", "division_length"),
        ("1101010010010071", "division_length"),
        ("11010A", "division_characters"),
        ("东城区", "division_characters"),
        (1.5, "division_characters"),
        (float("nan"), "division_characters"),
        (float("inf"), "division_characters"),
        (True, "division_characters"),
        ("001101", "division_shape"),
    ],
)
def test_refused_with_a_reason(cell: object, code: str) -> None:
    found = parse(cell)
    assert (found.value, found.code) == (None, code)


@pytest.mark.parametrize(
    "cell", ["110101", " 110 101", "'110101", "１１０１０１", 110101, 110101.0, "110101.0"]
)
def test_ways_of_typing_one_code(cell: object) -> None:
    assert parse(cell).value == Division("110101")


def test_a_province_on_no_list_is_accepted_with_a_note() -> None:
    found = parse("999901")
    assert found.value is not None and found.value.province is None
    assert found.note_code == "division_unknown_province"
    known = parse("110101")
    assert known.note is None and known.value is not None and known.value.province == "北京市"


def test_range_of_a_sub_district() -> None:
    low, high = code_range("110101001000")
    assert (low, high) == ("110101001", "110101001999999")
    inside = ["110101001", "110101001000", "110101001001", "110101001001007", "110101001999999"]
    outside = ["110101", "110101000000", "110101002000", "110102001001", "110100"]
    assert all(low <= code <= high for code in inside)
    assert not any(low <= code <= high for code in outside)


def test_within() -> None:
    assert is_within("110101001001", "110101000000")
    assert is_within("110101", "110101000000000")
    assert is_within("441900003001", "441900")
    assert not is_within("110100", "110101")
    assert not is_within("110102001001", "110101")


def test_a_width_that_no_code_has() -> None:
    with pytest.raises(ValueError, match="digits"):
        significant("1101011")


@given(codes(), codes())
def test_the_range_holds_exactly_what_is_within(code: str, scope: str) -> None:
    low, high = code_range(scope)
    assert (low <= code <= high) == is_within(code, scope)


@given(codes())
def test_parents_lead_up_to_the_province(code: str) -> None:
    division, levels = Division(code), [Division(code).level]
    while (parent := division.parent) is not None:
        assert is_within(division.code, parent.code) and not is_within(parent.code, division.code)
        assert len(parent.code) == len(code)
        division = parent
        levels.append(division.level)
    assert levels == sorted(set(levels), reverse=True) and levels[-1] is Level.PROVINCE


@given(st.lists(st.none() | codes() | st.sampled_from(["x", "99", "1"]), max_size=8), codes())
def test_columns_equal_scalars(cells: list[str | None], scope: str) -> None:
    frame = parse_column(pl.Series(cells, dtype=pl.String))
    answers = [parse(cell) for cell in cells]
    assert frame["code"].to_list() == [a.value and a.value.code for a in answers]
    assert frame["level"].to_list() == [a.value and int(a.value.level) for a in answers]
    assert frame["problem"].to_list() == [a.code for a in answers]
    assert frame["note"].to_list() == [a.note_code for a in answers]
    accepted = frame["code"]
    inside = [None if code is None else is_within(code, scope) for code in accepted.to_list()]
    assert are_within(accepted, scope).to_list() == inside
