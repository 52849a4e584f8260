"""Resident ID numbers against the printed examples of GB 11643-1999 and the cells offices keep."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shouwang.standards import resident_id
from shouwang.standards.resident_id import Sex, check_character, parse, parse_column, upgrade

# GB 11643-1999, the two worked examples of the standard.
PRINTED = "11010519491231002X"
PRINTED_BEFORE_1900 = "440524188001010014"


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A valid number with an invented region."""
    born = draw(st.dates(date(1900, 1, 1), date(2025, 12, 31)))
    first17 = f"9999{draw(st.integers(1, 19)):02}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first17 + check_character(first17)


def test_the_printed_example() -> None:
    found = parse(PRINTED)
    assert found.value is not None
    assert found.value.number == PRINTED
    assert found.value.region == "110105"
    assert found.value.birth_date == date(1949, 12, 31)
    assert found.value.sex is Sex.FEMALE
    assert found.value.sequence == "002"
    assert (found.value.old_form, found.note) == (False, None)


def test_the_other_printed_example_has_a_right_check_but_a_birth_before_1900() -> None:
    assert check_character(PRINTED_BEFORE_1900[:17]) == PRINTED_BEFORE_1900[17]
    assert parse(PRINTED_BEFORE_1900).code == "id_birth_date"


@pytest.mark.parametrize(
    "cell",
    [
        "11010519491231002x",
        " 11010519491231002X\u00a0",
        "'11010519491231002X",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002×",
        "\u200b11010519491231002Х",  # Cyrillic
    ],
)
def test_ways_of_typing_one_number(cell: str) -> None:
    found = parse(cell)
    assert found.value is not None and found.value.number == PRINTED


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, "id_missing"),
        ("", "id_missing"),
        ("  ", "id_missing"),
        ("无", "id_missing"),
        (float("nan"), "id_missing"),
        ("1101051949123100", "id_length"),
        ("99990119910319703", "id_length"),
        ("11010519491231002X1", "id_characters"),
        ("110105194912310021", "id_checksum"),
        ("999906200610379643", "id_checksum"),  # also no such day, but the check character comes first
        ("11010519491231O02X", "id_characters"),
        ("1101051949123X002X", "id_characters"),
        ("11010519491231****", "id_characters"),
        ("E12345678", "id_characters"),
        ("见附件", "id_characters"),
        (True, "id_characters"),
        (date(2023, 1, 1), "id_characters"),
        (-5, "id_characters"),
        (1.5, "id_characters"),
        (9.99901196001109e17, "id_lost_digits"),
        (999901196001108992, "id_lost_digits"),
        (Decimal(999901196001108992), "id_lost_digits"),
        ("9.99901E+17", "id_lost_digits"),
        ("9.99901196001109e+17", "id_lost_digits"),
        ("999901196001108992.0", "id_lost_digits"),
        ("110105194912310000", "id_lost_digits"),  # fifteen digits kept, eighteen shown
        (110105.0, "id_length"),
    ],
)
def test_refused_with_a_reason(cell: object, code: str) -> None:
    found = parse(cell)
    assert (found.value, found.code) == (None, code)


def test_three_zeros_at_the_end_are_fine_where_the_check_is_right() -> None:
    found = parse("999901199109040000")
    assert check_character("99990119910904000") == "0"
    assert found.value is not None


def test_a_birth_after_the_reference_day_is_refused() -> None:
    born = "99990120240229001"
    number = born + check_character(born)
    assert parse(number).ok
    assert parse(number, as_of=date(2024, 2, 29)).ok
    assert parse(number, as_of=date(2024, 2, 28)).code == "id_birth_date"


@pytest.mark.parametrize("birth", ["20230229", "20231301", "20230431", "20230400", "18991231"])
def test_an_impossible_birth_date_with_a_right_check(birth: str) -> None:
    first17 = f"999901{birth}001"
    assert parse(first17 + check_character(first17)).code == "id_birth_date"


def test_an_unlisted_region_is_accepted_with_a_note() -> None:
    found = parse("999901199302086027")
    assert found.value is not None and found.value.region == "999901"
    assert found.note_code == "id_region_unknown"


def test_an_abolished_region_is_known() -> None:
    # 崇文区 was merged into 东城区 in 2010; python-stdnum refuses who was registered there later.
    assert resident_id.region_name("110103") == "北京市崇文区"
    first17 = "11010320150607001"
    assert parse(first17 + check_character(first17)).note is None
    assert resident_id.region_name("999901") is None
    assert resident_id.region_name("110199") is None


def test_the_old_form_is_upgraded_with_a_note() -> None:
    for cell in ("110105491231002", 110105491231002, 110105491231002.0, "110105491231002.0"):
        found = parse(cell)
        assert found.value is not None
        assert (found.value.number, found.value.old_form) == (PRINTED, True)
        assert found.note_code == "id_old_form"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("110105490231002", "id_birth_date"),  # 1949-02-31
        ("11010549123100X", "id_length"),
        # Eighteen digits that lost the last three; read as an old form it would be someone born in 1920.
        ("999901200503151", "id_length"),
        ("999901199308151", "id_length"),
    ],
)
def test_fifteen_characters_that_are_no_old_form(cell: str, code: str) -> None:
    assert parse(cell).code == code


def test_age_in_full_years() -> None:
    found = parse(PRINTED).value
    assert found is not None
    assert [found.age_on(day) for day in (date(2009, 12, 30), date(2009, 12, 31))] == [59, 60]


def test_repr_hides_the_number() -> None:
    assert "1949" not in repr(parse(PRINTED))


def test_disability_certificate() -> None:
    found = resident_id.disability_certificate("99990119420506558X32")
    assert found.value is not None
    person, kind, grade = found.value
    assert (person.number, kind, grade) == ("99990119420506558X", "3", "2")
    again = resident_id.disability_certificate("99990119420506558X32B1")
    assert again.value == found.value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("99990119420506558X", "id_length"),
        ("99990119420506558X82", "id_characters"),  # there are seven kinds
        ("99990119420506558132", "id_checksum"),
        ("", "id_missing"),
        (9.99e19, "id_lost_digits"),
    ],
)
def test_broken_disability_certificates(cell: object, code: str) -> None:
    assert resident_id.disability_certificate(cell).code == code


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(number: str, place: int, shift: int) -> None:
    digit = str((int(number[place]) + shift) % 10)
    assert not parse(number[:place] + digit + number[place + 1 :]).ok


@given(numbers(), st.integers(0, 15))
def test_any_swap_of_neighbours_is_found(number: str, place: int) -> None:
    first, second = number[place], number[place + 1]
    assume(first != second)
    assert not parse(number[:place] + second + first + number[place + 2 :]).ok


@given(st.dates(date(1921, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_upgrading_is_stable(born: date, sequence: int) -> None:
    old = f"110105{born:%y%m%d}{sequence:03}"
    found = parse(old)
    assert found.value is not None
    assert found.value.number == upgrade(old)
    assert found.value.number[:6] + found.value.number[8:17] == old
    again = parse(found.value.number).value
    assert again is not None and again.birth_date == found.value.birth_date == born


BROKEN = ["", "无", "9.99901E+17", "99990119910319703", "110105194912310000", "E12345678"]
CELLS = (
    st.none()
    | numbers()
    | numbers().map(lambda number: number[:-1] + "1")
    | st.sampled_from([*BROKEN, " 11010519491231002x", "110105491231002", PRINTED, PRINTED_BEFORE_1900])
)


@given(st.lists(CELLS, max_size=12))
def test_the_column_form_equals_the_scalar_form(cells: list[str | None]) -> None:
    as_of = date(2010, 6, 1)
    for given_cells in (pl.Series(cells, dtype=pl.String), cells):
        frame = parse_column(given_cells, as_of=as_of)
        expected = []
        for cell in cells:
            found = parse(cell, as_of=as_of)
            v = found.value
            parts = (v.number, v.region, v.birth_date, v.sex.value, v.old_form) if v else (None,) * 5
            expected.append((*parts, found.code, found.note_code))
        assert frame.rows() == expected


def test_number_columns_are_refused_or_old() -> None:
    frame = parse_column(pl.Series([9.99901196001109e17, 110105491231002.0, None]))
    assert frame["problem"].to_list() == ["id_lost_digits", None, "id_missing"]
    assert frame["number"].to_list() == [None, PRINTED, None]


@given(st.lists(st.none() | numbers(), max_size=6))
def test_derived_columns(cells: list[str | None]) -> None:
    column = pl.Series(cells, dtype=pl.String)
    frame = parse_column(column)
    assert resident_id.birth_dates(column).to_list() == frame["birth_date"].to_list()
    assert resident_id.sexes(column).to_list() == frame["sex"].to_list()
    assert resident_id.regions(column).to_list() == frame["region"].to_list()


def test_every_day_of_two_centuries_is_judged_alike() -> None:
    days = [date(1899, 12, 30) + timedelta(days=n) for n in range(0, 80000, 13)]
    texts = [f"999901{day:%Y%m%d}001" for day in days]
    column = pl.Series([text + check_character(text) for text in texts])
    assert parse_column(column)["birth_date"].to_list() == [
        d if d >= date(1900, 1, 1) else None for d in days
    ]
