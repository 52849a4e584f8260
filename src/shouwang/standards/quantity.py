"""Numbers as offices type them: separators, full-width digits, 万 and 亿, units behind the figure, numerals.

A number is a ``Decimal``, never rounded here. A float is taken at fifteen significant digits, as spreadsheet
programs show it: that removes binary noise (1234.5600000000001) and keeps every digit that was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from shouwang.standards.columns import Cells, map_records
from shouwang.standards.reading import N_, Message, Reading, table
from shouwang.standards.text import EMPTY_MARKS, UNITS, squeeze

MESSAGES: Final = table(
    Message("number_unreadable", N_("数字无法识别"), N_("请只写数字，例如1234.56。")),
    Message("number_not_whole", N_("应为整数"), N_("人数、户数、次数等请写整数。")),
    Message("number_out_of_range", N_("数字超出范围"), N_("请核对位数和单位。")),
)
"""Problems by code."""

LARGE_UNITS: Final = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
"""Multipliers that may stand between a figure and its unit (1.2万)."""

_EVERYDAY = "一二三四五六七八九十百千〇○两兩貳貮弍參叄陸萬億圆圓块正"
_FORMALS = "壹贰叁肆伍陆柒捌玖拾佰仟零零贰贰贰贰贰叁叁陆万亿元元元整"
_TO_FORMAL = str.maketrans(_EVERYDAY, _FORMALS)
_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_WORD = re.compile("[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+")


def formal(text: str) -> str:
    """Chinese numerals in their formal shape (大写): 一万二千 becomes 壹万贰仟, 十二 becomes 壹拾贰."""
    return re.sub("(?<![壹贰叁肆伍陆柒捌玖])拾", "壹拾", text.translate(_TO_FORMAL))


def integer_words(number: int, *, group_zero: bool = False) -> str:
    """A whole number below 10^16 in formal numerals; "零" for 0.

    ``group_zero`` writes the optional 零 before a full group of four when the group above ends in 0
    (壹拾万零柒仟), which 《支付结算办法》 annex 1 allows beside 壹拾万柒仟.
    """
    if number == 0:
        return "零"
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        return integer_words(high, group_zero=group_zero) + "亿" + _tail(high, low, 10**7, group_zero)
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return _section(high) + "万" + _tail(high, low, 10**3, group_zero)
    return _section(number)


def _tail(high: int, low: int, full: int, group_zero: bool) -> str:
    """The group after 万 or 亿, with the 零 that its missing thousands need."""
    if low == 0:
        return ""
    zero = low < full or (group_zero and high % 10 == 0)
    return ("零" if zero else "") + integer_words(low, group_zero=group_zero)


def _section(number: int) -> str:
    """1 to 9999 in formal numerals."""
    words = ""
    for digit, unit in zip(f"{number:04}", "仟佰拾 ", strict=True):
        if digit != "0":
            words += _DIGITS[int(digit)] + unit.strip()
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")


def _value(words: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            high, _, low = words.rpartition(unit)
            return _value(high) * size + _value(low)
    total, digit = 0, 0
    for word in words:
        if word in _DIGITS:
            digit = _DIGITS.index(word)
        else:
            total += digit * {"拾": 10, "佰": 100, "仟": 1000}[word]
            digit = 0
    return total + digit


def integer_from_words(words: str) -> int | None:
    """The value of Chinese numerals, None when they are not written by the rules (一万二 is ambiguous).

    >>> integer_from_words("一千零一十"), integer_from_words("两千零五"), integer_from_words("一万二")
    (1010, 2005, None)
    """
    words = formal(words)
    if not _WORD.fullmatch(words):
        return None
    number = _value(words)
    if number >= 10**16:
        return None
    allowed = {integer_words(number), integer_words(number, group_zero=True)}
    return number if words in allowed else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure, the unit typed behind it (None without one), and whether 万 or the like was applied."""

    number: Decimal
    unit: str | None = None
    scaled: bool = False


_FIGURE = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?(?:[eE]([+-]?[0-9]{1,2}))?")
# 千 before 克 or 瓦 belongs to the unit: 3500千瓦时 is 3500, not 3,500,000.
_LARGE = "|".join(sorted(LARGE_UNITS, key=len, reverse=True)).replace("千|", "千(?![克瓦])|")
_TEXT = re.compile(
    rf"(?P<figure>[0-9][0-9,]*(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{{1,2}})?|\.[0-9]+)(?P<large>{_LARGE})?(?P<unit>\D.*)?"
)
_SUFFIX_OF_AMOUNT = re.compile("(?:整|正)$")


def from_number(value: int | float | Decimal) -> Decimal | None:
    """A numeric cell as ``Decimal``: floats at fifteen significant digits; None for NaN and infinity."""
    if isinstance(value, float):
        number = Decimal(f"{value:.15g}") if value == value else Decimal("NaN")
    else:
        number = Decimal(value)
    return number if number.is_finite() else None


def _figure(text: str) -> Decimal | None:
    text = text.removesuffix(".")
    match = _FIGURE.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    return Decimal(text.replace(",", ""))


def parse_quantity(value: object) -> Reading[Quantity]:
    """Read one cell as a figure with an optional unit.

    Accepted: 1,234.5 · １２３ · 1.2万 · 3500千瓦时 · 12人 · -5 · (1,234.00) as negative · 4.35% · numerals by
    the rules (一千零一十). Empty marks have no value. Refused: ``number_unreadable`` (wrong grouping such as
    1,23 included, it may be a decimal comma). The unit must be one of ``text.UNITS``.
    """
    if value is None or (isinstance(value, (float, Decimal)) and value != value):
        return Reading()
    if isinstance(value, bool):
        return Reading(problem=MESSAGES["number_unreadable"])
    if isinstance(value, (int, float, Decimal)):
        number = from_number(value)
        if number is None:
            return Reading(problem=MESSAGES["number_unreadable"])
        return Reading(Quantity(number))
    if not isinstance(value, str):
        return Reading(problem=MESSAGES["number_unreadable"])
    text = squeeze(value).strip("'\"")
    if text in EMPTY_MARKS:
        return Reading()
    found = _quantity_text(text)
    return Reading(found) if found is not None else Reading(problem=MESSAGES["number_unreadable"])


def _quantity_text(text: str) -> Quantity | None:
    sign = 1
    if match := re.fullmatch(r"\((.+)\)(\D*)", text):
        sign, text = -1, match[1] + match[2]
    text = re.sub("^(?:人民币|RMB|CNY)", "", text)
    if match := re.match(r"¥?([-+负])¥?", text):
        sign, text = (sign if match[1] == "+" else -sign), text[match.end() :]
    currency = text.startswith("¥")
    text = text.removeprefix("¥")
    if match := _TEXT.fullmatch(text):
        number = _figure(match["figure"])
        unit = match["unit"]
        if unit is not None:
            unit = _SUFFIX_OF_AMOUNT.sub("", unit)
            if unit and unit not in UNITS:
                return None
        if number is None:
            return None
        if match["large"]:
            number *= LARGE_UNITS[match["large"]]
        return Quantity(
            sign * number, unit or ("元" if currency else None), scaled=match["large"] is not None
        )
    whole = integer_from_words(text)
    return None if whole is None else Quantity(Decimal(sign * whole), None)


def parse_number(value: object) -> Reading[Decimal]:
    """Read one cell as a number; a unit behind it is dropped (see ``parse_quantity``)."""
    found = parse_quantity(value)
    if found.value is None:
        return Reading(problem=found.problem)
    return Reading(found.value.number)


def parse_integer(value: object) -> Reading[int]:
    """Read one cell as a whole number (persons, times); 3.5 is ``number_not_whole``."""
    found = parse_number(value)
    if found.value is None:
        return Reading(problem=found.problem)
    if found.value != found.value.to_integral_value():
        return Reading(problem=MESSAGES["number_not_whole"])
    if abs(found.value) >= 2**63:
        return Reading(problem=MESSAGES["number_out_of_range"])
    return Reading(int(found.value))


def parse_percent(value: object, *, fraction: bool = False) -> Reading[Decimal]:
    """Read one cell as percentage points: "4.35%" and 4.35 are 4.35, "5‰" is 0.5.

    ``fraction`` says that numeric cells hold the fraction (0.0435, shown as 4.35% by the cell's format).
    """
    found = parse_quantity(value)
    if found.value is None:
        return Reading(problem=found.problem)
    number = found.value.number
    if found.value.unit == "‰":
        number /= 10
    elif found.value.unit not in ("%", None):
        return Reading(problem=MESSAGES["number_unreadable"])
    elif fraction and not isinstance(value, str):
        number *= 100
    return Reading(number)


# -------------------------------------------------------------------------------------------- columns


def parse_numbers(cells: Cells) -> pl.DataFrame:
    """``parse_number`` for a column: a frame with value (Float64) and problem.

    Quantities other than money are floats in tables; a numeric column passes through.
    """
    schema = {"value": pl.Float64, "problem": pl.String}
    if isinstance(cells, pl.Series) and cells.dtype.is_numeric():
        value = cells.cast(pl.Float64).fill_nan(None)
        finite = value.is_finite().fill_null(True)
        frame = pl.DataFrame({"value": value, "finite": finite})
        return frame.select(
            value=pl.when("finite").then("value"),
            problem=pl.when(~pl.col("finite")).then(pl.lit("number_unreadable")),
        )

    def record(value: object) -> tuple[object, ...]:
        found = parse_number(value)
        return (None if found.value is None else float(found.value), found.code)

    return map_records(cells, record, schema)


def parse_integers(cells: Cells) -> pl.DataFrame:
    """``parse_integer`` for a column: a frame with value (Int64) and problem."""

    def record(value: object) -> tuple[object, ...]:
        found = parse_integer(value)
        return found.value, found.code

    return map_records(cells, record, {"value": pl.Int64, "problem": pl.String})
