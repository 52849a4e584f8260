"""Codes of administrative divisions and of the grids below them.

GB/T 2260 gives six digits: province (2), prefecture (2), county (2). The statistical code
(国家统计局《统计用区划代码和城乡划分代码编制规则》) adds township or sub-district (3) and village or
community (3). The grid adds three more. A code carries its ancestors: zeros at the end stand for "the whole
of it".

Only the 34 province-level codes are shipped; the rest of the list is a ledger of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Final

import polars as pl

from shouwang.standards.columns import Cells, map_records
from shouwang.standards.reading import N_, Message, Reading, table
from shouwang.standards.text import EMPTY_MARKS, squeeze

PROVINCES: Final = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省",
    "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip
"""Province-level codes and names, GB/T 2260-2007."""

WIDTHS: Final = (2, 4, 6, 9, 12, 15)
LONGEST: Final = 15

MESSAGES: Final = table(
    Message("division_missing", N_("区划代码空"), N_("请填所属区划的代码。")),
    Message("division_length", N_("区划代码位数不符"), N_("应为6位、9位、12位，网格为15位。")),
    Message("division_characters", N_("区划代码含有不应有的字符"), N_("代码只含数字。")),
    Message("division_shape", N_("区划代码省级两位不成立"), N_("前两位不能是00。")),
    Message("division_unknown_province", N_("区划代码的省级两位不在国家标准中"), N_("请留意核对。")),
)
"""Problems (first four) and a note (the last) by code."""


class Level(IntEnum):
    """Levels from province (1) to grid (6)."""

    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    TOWNSHIP = 4
    COMMUNITY = 5
    GRID = 6


@dataclass(frozen=True, slots=True)
class Division:
    """A code in the width it was written in."""

    code: str

    @property
    def significant(self) -> str:
        """The code without the zeros that stand for lower levels: the prefix that all its parts share."""
        return significant(self.code)

    @property
    def level(self) -> Level:
        """The level that the code names."""
        return Level(WIDTHS.index(len(self.significant)) + 1)

    @property
    def parent(self) -> Division | None:
        """The division above, in the same width; None for a province.

        Where a level is skipped (a city without counties) the parent is the next one that is named.
        """
        prefix = self.significant
        if len(prefix) == WIDTHS[0]:
            return None
        above = significant(prefix[: WIDTHS[WIDTHS.index(len(prefix)) - 1]])
        return Division(above.ljust(len(self.code), "0"))

    @property
    def province(self) -> str | None:
        """The name of the province, None when the first two digits are on no list."""
        return PROVINCES.get(self.code[:2])


def significant(code: str) -> str:
    """``code`` without its trailing all-zero levels; the province always stays.

    >>> significant("110101000000"), significant("441900003000"), significant("110000")
    ('110101', '441900003', '11')
    """
    if len(code) not in WIDTHS:
        raise ValueError("a division code has 2, 4, 6, 9, 12 or 15 digits")
    for lower, upper in zip(WIDTHS[-2::-1], WIDTHS[:0:-1], strict=True):
        if len(code) >= upper and not code[lower:upper].strip("0"):
            code = code[:lower]
        elif len(code) >= upper:
            break
    return code


def parse(value: object) -> Reading[Division]:
    """Read one cell as a division code; a province on no list gets the note ``division_unknown_province``."""
    if value is None:
        return Reading(problem=MESSAGES["division_missing"])
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        # fifteen digits are exact in a spreadsheet number
        if not -(10**15) < value < 10**15 or value != int(value):
            return Reading(problem=MESSAGES["division_characters"])
        value = str(int(value))
    if not isinstance(value, str):
        return Reading(problem=MESSAGES["division_characters"])
    text = squeeze(value).strip("'\"")
    if text in EMPTY_MARKS:
        return Reading(problem=MESSAGES["division_missing"])
    text = re.sub(r"\.0+$", "", text)
    if not re.fullmatch("[0-9]+", text):
        return Reading(problem=MESSAGES["division_characters"])
    if len(text) not in WIDTHS:
        return Reading(problem=MESSAGES["division_length"])
    if text.startswith("00"):
        return Reading(problem=MESSAGES["division_shape"])
    note = None if text[:2] in PROVINCES else MESSAGES["division_unknown_province"]
    return Reading(Division(text), note=note)


def code_range(code: str) -> tuple[str, str]:
    """Lowest and highest code inside ``code``, itself included, for ``BETWEEN`` on an indexed text column.

    The bounds hold for codes of any width: the lowest is the bare prefix, which sorts before all that begins
    with it, the highest is the prefix filled up with nines.

    >>> code_range("110101000000")
    ('110101', '110101999999999')
    """
    prefix = significant(code)
    return prefix, prefix.ljust(LONGEST, "9")


def is_within(code: str, scope: str) -> bool:
    """True when ``code`` is ``scope`` or lies inside it."""
    return significant(code).startswith(significant(scope))


# -------------------------------------------------------------------------------------------- columns


def parse_column(cells: Cells) -> pl.DataFrame:
    """``parse`` for a column: a frame with code, level (1-6), problem and note."""

    def record(value: object) -> tuple[object, ...]:
        found = parse(value)
        if found.value is None:
            return None, None, found.code, None
        return found.value.code, int(found.value.level), None, found.note_code

    schema = {"code": pl.String, "level": pl.Int8, "problem": pl.String, "note": pl.String}
    return map_records(cells, record, schema)


def are_within(codes: pl.Series, scope: str) -> pl.Series:
    """``is_within`` for a String column of accepted codes; null stays null.

    A code is inside exactly when it sorts inside ``code_range``: its last named level is never all zeros.
    """
    low, high = code_range(scope)
    return (codes >= low) & (codes <= high)
