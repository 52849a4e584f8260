"""Cell text: full-width forms, spaces, remarks, units."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.standards import text

MESSY = st.text(
    alphabet="张三李Ａｂ１２ \u3000\u00a0\u200b\n\t（）()【】*△·．.-—，、：无/\ufeff\u2003䶮",
    max_size=12,
)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (" ９９９９０１\u3000Ｘ ", "999901 X"),
        ("张\u00a0三\u200b", "张 三"),
        ("第一行\r\n第二行", "第一行 第二行"),
        ("\ufeff编号", "编号"),
        ("（户主），㎡", "（户主），㎡"),  # punctuation and unit signs keep their shape
        ("周䶮", "周䶮"),  # a character beyond the common block is no dirt
        ("", ""),
    ],
)
def test_normalise(cell: str, shown: str) -> None:
    assert text.normalise(cell) == shown


def test_fold_makes_punctuation_comparable() -> None:
    assert text.fold("应发（元）：“甲、乙”——￥５．０") == '应发(元):"甲,乙"--¥5.0'


@pytest.mark.parametrize("cell", ["", " ", "—", "——", "/", "无", "-", "\u3000", "N/A", "暂无"])
def test_empty_marks(cell: str) -> None:
    assert text.is_empty_mark(cell)


@pytest.mark.parametrize("cell", ["0", "无业", "吴", "-1", "否"])
def test_no_empty_marks(cell: str) -> None:
    assert not text.is_empty_mark(cell)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张 三（户主）", "张三"),
        ("田\u3000淑", "田淑"),
        ("李玲 ", "李玲"),
        ("王五(已故", "王五"),  # the closing bracket was forgotten
        ("（赵六）", "赵六"),  # nothing but brackets: the inside is the name
        ("钱七【残[一级]】", "钱七"),
        ("△孙八", "孙八"),
        ("张**", "张**"),  # a masked name is not the bare surname
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("迪丽热巴•迪力木拉提", "迪丽热巴·迪力木拉提"),
        ("John  Smith", "John Smith"),
        ("", ""),
        ("（）", ""),
    ],
)
def test_clean_name(cell: str, name: str) -> None:
    assert text.clean_name(cell) == name


@pytest.mark.parametrize(
    ("cell", "header"),
    [
        ("姓 名", text.Header("姓名")),
        ("月补差\n金额（元）", text.Header("月补差金额", "元")),
        ("贷款金额/万元", text.Header("贷款金额", "万元")),
        ("用电量（kWh）", text.Header("用电量", "kWh")),
        ("金额（单位：万元）", text.Header("金额", "万元")),
        ("营业执照（信用代码）", text.Header("营业执照", None, ("信用代码",))),
        ("*联系电话：", text.Header("联系电话")),
        ("男/女", text.Header("男/女")),  # what follows the slash is no unit
        ("（备注）", text.Header("备注")),
        ("", text.Header("")),
    ],
)
def test_clean_header(cell: str, header: text.Header) -> None:
    assert text.clean_header(cell) == header


@given(MESSY)
def test_normal_forms_are_stable(cell: str) -> None:
    for form in (text.normalise, text.fold, text.squeeze, text.clean_name):
        assert form(form(cell)) == form(cell)


@given(st.lists(st.none() | MESSY, max_size=8))
def test_columns_equal_scalars(cells: list[str | None]) -> None:
    column = pl.Series(cells, dtype=pl.String)
    for whole, scalar in (
        (text.normalise_column, text.normalise),
        (text.fold_column, text.fold),
        (text.squeeze_column, text.squeeze),
    ):
        assert whole(column).to_list() == [None if cell is None else scalar(cell) for cell in cells]
    names = [
        None if cell is None or text.is_empty_mark(cell) else text.clean_name(cell) or None for cell in cells
    ]
    assert text.clean_names(column).to_list() == names
    blanks = [None if cell is None or text.is_empty_mark(cell) else text.normalise(cell) for cell in cells]
    assert text.blank_to_null(column).to_list() == blanks
