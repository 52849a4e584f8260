"""What a masked value shows, and above all what it does not."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.standards import credit_code, masking, resident_id
from shouwang.standards.masking import (
    mask_address,
    mask_card,
    mask_id,
    mask_name,
    mask_names,
    mask_phone,
    mask_text,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),  # a two-character name is not all surname
        ("诸葛亮", "诸葛*"),
        ("爱新觉罗溥仪", "爱新觉罗**"),
        ("周䶮", "周*"),
        ("李", "*"),
        ("", ""),
        ("张 三（户主）", "张*"),
        ("阿卜杜拉·买买提", "阿***·***"),
        ("John Smith", "J*** *****"),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "110*************2X"),
        ("110105 19491231 002x", "110*************2x"),
        ("110105491231002", "110**********02"),
        ("99990119910319703", "999************03"),  # one digit short is still a person's number
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_resident_ids(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800131234", "138****1234"),
        ("190-0000-2895", "190****2895"),
        ("+86 138 0013 1234", "138****1234"),
        ("010-12345678", "010-****5678"),
        ("05551234567", "0555-***4567"),
        ("12345", "***45"),
        ("", ""),
    ],
)
def test_phones(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


def test_cards() -> None:
    assert mask_card("6222 0212 3456 7890 123") == "***************0123"
    assert mask_card("123") == "***"


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("望河街道云溪花园39幢1单元202室", "望河街道云溪花园***"),
        ("中巷居民点10号片1号", "中巷居民点***"),
        ("中山路三号院二楼", "中山路***"),
        ("建国路甲3号", "建国路***"),
        ("听泉小区A座1101", "听泉小区***"),
        ("YX39-1-0202", "YX***"),
        ("云溪社区", "云溪社区"),
        ("", ""),
    ],
)
def test_addresses(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证999901196804223585。", "身份证999*************85。"),
        ("９９９９０１１９６２０４１９８４６Ｘ（本人）", "999*************6X（本人）"),
        ("999901 19410522 0562去世", "999*************62去世"),
        ("残疾证99990119420506558X32", "残疾证999***************32"),
        ("少一位99990119910319703", "少一位999************03"),
        ("电话13800131234、190-0000-2895", "电话138****1234、190****2895"),
        ("座机010-12345678", "座机010-****5678"),
        ("账号9913 4075 2619 8975 261", "账号***************5261"),
        ("卡6222021234567890123", "卡***************0123"),
        ("两个：13800131234,13800134321", "两个：138****1234,138****4321"),
    ],
)
def test_numbers_in_free_text(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2023-04-05至2023-12-31共发放1,234,567.89元",
        "凭证PX20204277、主办〔2023〕5号、核对报告2018-180号",
        "统一社会信用代码91999901WKJDY17K9E",
        "单号YD2023000001，表号20230405",
        "共12345678人",
        "张*已于2023年去世",
        "",
    ],
)
def test_what_is_no_personal_number_stays(text: str) -> None:
    assert mask_text(text) == text


def test_a_credit_code_of_digits_stays() -> None:
    bodies = (f"91999901{n}{credit_code.organisation_check(str(n))}" for n in range(12345678, 12345778))
    codes = [body + credit_code.check_character(body) for body in bodies]
    digits = [code for code in codes if code.isdigit()]
    assert digits and all(credit_code.parse(code).ok for code in digits)
    assert [mask_text(f"代码{code}，") for code in digits] == [f"代码{code}，" for code in digits]


def test_names_in_free_text() -> None:
    text = "张三丰与张三同住，欧阳娜娜为监护人"
    assert mask_names(text, ["张三", "张三丰", "欧阳娜娜", "李"]) == "张**与张*同住，欧阳**为监护人"
    assert mask_names(text, []) == text
    assert mask_names("a.c abc", ["a.c"]) == "a** abc"  # a name is no pattern


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A valid resident ID."""
    day = draw(st.dates(dt.date(1900, 1, 1), dt.date(2025, 12, 31)))
    first17 = f"9999{draw(st.integers(1, 19)):02}{day:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first17 + resident_id.check_character(first17)


@given(
    numbers(), st.sampled_from(["", "身份证", "张三，", "（"]), st.sampled_from(["", "。", "，电话空", "）"])
)
def test_no_birth_date_survives(number: str, before: str, after: str) -> None:
    masked = mask_text(before + number + after)
    assert number[6:14] not in masked
    assert masked == before + mask_id(number) + after
    assert mask_text(masked) == masked


TEXTS = st.text("张三欧阳A１1234567890 -X京路号（）·", max_size=24)


@given(st.lists(st.none() | TEXTS | numbers() | st.just("13800131234") | st.just("张三"), max_size=8))
def test_columns_equal_scalars(cells: list[str | None]) -> None:
    column = pl.Series(cells, dtype=pl.String)
    for whole, scalar in (
        (masking.mask_name_column, mask_name),
        (masking.mask_id_column, mask_id),
        (masking.mask_phone_column, mask_phone),
        (masking.mask_card_column, mask_card),
        (masking.mask_address_column, mask_address),
        (masking.mask_text_column, mask_text),
    ):
        assert whole(column).to_list() == [None if cell is None else scalar(cell) for cell in cells]
