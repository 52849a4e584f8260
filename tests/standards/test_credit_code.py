"""Unified social credit codes of GB 32100-2015 and the numbers they replaced."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.standards import credit_code
from shouwang.standards.credit_code import ALPHABET, check_character, organisation_check, parse

# GB 32100-2015 annex A works this example: base 91350100M000100Y4, check character 3.
PRINTED = "91350100M000100Y43"


@st.composite
def codes(draw: st.DrawFn) -> str:
    """A valid code with an invented region."""
    kind = draw(st.sampled_from(sorted(credit_code.CLASSES)))
    eight = "".join(draw(st.lists(st.sampled_from(ALPHABET), min_size=8, max_size=8)))
    first17 = f"{kind}9999{draw(st.integers(1, 19)):02}{eight}{organisation_check(eight)}"
    return first17 + check_character(first17)


def test_the_printed_example() -> None:
    found = parse(PRINTED)
    assert found.value is not None
    assert found.value.department == "9"
    assert found.value.class_name == "企业"
    assert found.value.region == "350100"
    assert found.value.organisation == "M000100Y4"


def test_the_printed_organisation_code() -> None:
    # GB 11714-1997: the body code D2143569 has the check character X.
    assert organisation_check("D2143569") == "X"


@pytest.mark.parametrize(
    "cell",
    [
        "91350100m000100y43",
        " 9135 0100 M000 100Y43 ",
        "'91350100M000100Y43",
        "９１３５０１００Ｍ０００１００Ｙ４３",
    ],
)
def test_ways_of_typing_one_code(cell: str) -> None:
    found = parse(cell)
    assert found.value is not None and found.value.code == PRINTED


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, "credit_code_missing"),
        ("—", "credit_code_missing"),
        (float("nan"), "credit_code_missing"),
        ("91350100M000100Y4", "credit_code_length"),
        ("91350100M000100Y44", "credit_code_checksum"),
        ("9135O100M000100Y43", "credit_code_characters"),
        ("91350100M00010OY43", "credit_code_characters"),
        ("个体工商户", "credit_code_characters"),
        (True, "credit_code_characters"),
        (1.5, "credit_code_characters"),
        (9.1350100e17, "credit_code_lost_digits"),
        ("9.1350100E+17", "credit_code_lost_digits"),
        ("911100006000373000.0", "credit_code_lost_digits"),
        ("110108013050141", "credit_code_checksum"),
    ],
)
def test_refused_with_a_reason(cell: object, code: str) -> None:
    found = parse(cell)
    assert (found.value, found.code) == (None, code)


def test_an_unknown_department_with_a_right_check() -> None:
    first17 = "B1350100M000100Y4"
    assert parse(first17 + check_character(first17)).code == "credit_code_department"


@pytest.mark.parametrize(
    ("kind", "name"), [("N2", "村级集体经济组织"), ("54", "基层群众性自治组织"), ("A1", "军队事业单位")]
)
def test_departments_that_other_libraries_refuse(kind: str, name: str) -> None:
    first17 = f"{kind}350100M000100Y4"
    found = parse(first17 + check_character(first17))
    assert found.value is not None and found.value.class_name == name


def test_notes_on_accepted_codes() -> None:
    unlisted = "97350100M000100Y4"
    assert parse(unlisted + check_character(unlisted)).note_code == "credit_code_class"
    inner = "91350100M000100Y5"
    assert parse(inner + check_character(inner)).note_code == "credit_code_organisation"


@pytest.mark.parametrize("cell", ["110108013050140", 110108013050140, 110108013050140.0])
def test_an_old_registration_number_is_kept_as_it_is(cell: object) -> None:
    found = parse(cell)
    assert found.value is not None
    assert (found.value.code, found.value.old_number, found.value.region) == (
        "110108013050140",
        True,
        "110108",
    )
    assert found.note_code == "credit_code_old_number"


def test_a_self_employed_trader() -> None:
    first17 = "92350100M000100Y4"
    found = parse(first17 + check_character(first17)).value
    company = parse(PRINTED).value
    assert found is not None and found.is_self_employed
    assert company is not None and not company.is_self_employed


@given(codes(), st.integers(0, 16), st.integers(1, 30))
def test_any_single_wrong_character_is_found(code: str, place: int, shift: int) -> None:
    other = ALPHABET[(ALPHABET.index(code[place]) + shift) % len(ALPHABET)]
    changed = code[:place] + other + code[place + 1 :]
    assert not parse(changed).ok
    assert credit_code.are_valid(pl.Series([changed])).to_list() == [False]


@given(
    st.lists(
        st.none() | codes() | st.sampled_from(["", PRINTED.lower(), PRINTED[:-1] + "4", "110108013050140"])
    )
)
def test_columns_equal_scalars(cells: list[str | None]) -> None:
    column = pl.Series(cells, dtype=pl.String)
    frame = credit_code.parse_column(column)
    answers = [parse(cell) for cell in cells]
    assert frame["code"].to_list() == [found.value and found.value.code for found in answers]
    assert frame["problem"].to_list() == [found.code for found in answers]
    assert frame["note"].to_list() == [found.note_code for found in answers]
    strict = [found.value is not None and found.value.code == cell and len(cell) == 18
              for found, cell in zip(answers, cells, strict=True)]  # fmt: skip
    assert credit_code.are_valid(column).to_list() == strict
