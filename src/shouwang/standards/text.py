"""Cell text as offices type it: full-width forms, every kind of space, remarks in brackets, units in headers.

``normalise`` is the display form (Chinese punctuation stays), ``fold`` the form for comparing, where
full-width punctuation becomes ASCII too. Letters keep their case. Full-width forms are those of the
Unicode block U+FF01 to U+FF5E; NFKC is not used because it rewrites characters that carry meaning
(㎡, ①, compatibility ideographs in names).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from shouwang.standards.columns import map_text

_EMPTY_WORDS = """
- -- --- — —— – ― － / // \\ 、 . 。 … …… 〃 无 空 暂无 未填 不详 没有 N/A n/a #N/A NA null NULL None nan NaN
"""
EMPTY_MARKS: Final = frozenset(["", *_EMPTY_WORDS.split()])
"""What clerks and programs write into a cell that has no value (after ``normalise``)."""

# Zero-width and format characters: soft hyphen, ZWSP..RLM, bidi embeddings and isolates, word joiner, BOM.
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# Spaces and controls, the line break included. Kept explicit: Python's and Rust's \s differ.
_SPACE = "\\x00-\\x20\\x7f-\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u3164"
_ALNUM_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
_ALL_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PUNCTUATION = _ALL_WIDE | {
    ord("。"): ".", ord("、"): ",", ord("【"): "[", ord("】"): "]", ord("〔"): "[", ord("〕"): "]",
    ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'", ord("—"): "-", ord("–"): "-",
    ord("―"): "-", ord("−"): "-", ord("‐"): "-", ord("‑"): "-", ord("￥"): "¥",
}  # fmt: skip

_INVISIBLE_RE = re.compile(f"[{_INVISIBLE}]")
_SPACES_RE = re.compile(f"[{_SPACE}]+")
_FOLDED_RE = re.compile(f"[{_INVISIBLE}{_SPACE}\uff01-\uff5e。、【】〔〕“”‘’—–―−‐‑￥]")
_DIRTY_TEXT = (
    f"[{_INVISIBLE}\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
    f"|[{_SPACE}]{{2}}|^[{_SPACE}]|[{_SPACE}]$|[{_SPACE}--\\x20]"  # [a--b] is Rust's set difference
)
_DIRTY_FOLD = f"{_DIRTY_TEXT}|[\uff01-\uff5e。、【】〔〕“”‘’—–―−‐‑￥]"


def normalise(text: str) -> str:
    """The display form: half-width letters and digits, single plain spaces, no invisible characters.

    >>> normalise(" ９９９９０１\\u3000Ｘ\\u200b ")
    '999901 X'
    """
    text = _INVISIBLE_RE.sub("", text).translate(_ALNUM_WIDE)
    return _SPACES_RE.sub(" ", text).strip(" ")


def fold(text: str) -> str:
    """The form for comparing: ``normalise`` and full-width punctuation made ASCII.

    >>> fold("应发（元）：")
    '应发(元):'
    """
    if not _FOLDED_RE.search(text):  # most cells, and this is asked of every one
        return text
    return normalise(normalise(text).translate(_PUNCTUATION))


def squeeze(text: str) -> str:
    """``fold`` without any space: the form of codes, account numbers and headers."""
    return fold(text).replace(" ", "")


def is_empty_mark(text: str) -> bool:
    """True when the text only says that there is no value: "—", "/", "无", blanks."""
    return normalise(text) in EMPTY_MARKS


# ---------------------------------------------------------------------------------------------- names

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af\u3007"
_OPEN, _CLOSE = "([{（［｛【〔〈《「『<＜", ")]}）］｝】〕〉》」』>＞"
_BRACKETED = re.compile(f"[{re.escape(_OPEN)}][^{re.escape(_OPEN + _CLOSE)}]*(?:[{re.escape(_CLOSE)}]|$)")
_BRACKETS = re.compile(f"[{re.escape(_OPEN + _CLOSE)}]")
# Marks that lists put beside a name. The masks * ○ × stay: a masked name is not the bare surname.
_MARKS = "△▲▽▼★☆●◆◇■□※√#"
_NAME_MARKS = re.compile(f"[{_MARKS}]")
_DOTS = re.compile("[•‧∙⋅・･᛫.．·]")
_NAME_EDGES = " ,，;；:：、。·'\"‘’“”`"
_DIRTY_NAME = f"[^{_HAN}]"


def clean_name(text: str) -> str:
    """A person's name without inner spaces and bracketed remarks; "" when nothing is left.

    A name without Chinese characters keeps single spaces between its words. The dot in transcribed
    names is unified to "·" (U+00B7). When the whole cell is bracketed, the inside is the name.

    >>> clean_name("张 三（户主）"), clean_name("阿卜杜拉．买买提"), clean_name("John  Smith")
    ('张三', '阿卜杜拉·买买提', 'John Smith')
    """
    text = normalise(text)
    bare = text
    while (shorter := _BRACKETED.sub(" ", bare)) != bare:
        bare = shorter
    bare = bare if bare.strip(" ") else _BRACKETS.sub(" ", text)
    bare = _NAME_MARKS.sub("", _BRACKETS.sub(" ", bare))
    if re.search(f"[{_HAN}]", bare):
        bare = _DOTS.sub("·", bare.replace(" ", ""))
        return bare.strip(_NAME_EDGES)
    return normalise(bare).strip(_NAME_EDGES)


# -------------------------------------------------------------------------------------------- headers

_UNIT_WORDS = """
元 万元 千元 百元 亿元 角 分 人民币 ¥ 元/月 元/年 元/人 元/人·月 元/吨 元/度 % ‰
人 万人 人次 户 户次 次 件 份 场 个 套 间 栋 名 天 日 月 年 个月 工作日 小时 时 分钟 岁 周岁
吨 万吨 t T kg KG 千克 公斤 克 g 斤 升 L l 毫升 ml m 米 公里 km m² m2 ㎡ 平方米 平米 亩 公顷
m³ m3 ㎥ 立方米 立方 方 度 万度 kWh KWH kwh 千瓦时 万千瓦时 kW 千瓦 GJ 吉焦 MJ kgce tce 吨标准煤
"""
UNITS: Final = frozenset(_UNIT_WORDS.split())
"""Units that headers carry in brackets or after a slash."""

_HEADER_EDGES = " *:：,，;；、。.-_"


@dataclass(frozen=True, slots=True)
class Header:
    """A header split into its ``label``, the ``unit`` of the column and other bracketed ``remarks``."""

    label: str
    unit: str | None = None
    remarks: tuple[str, ...] = ()


def _as_unit(text: str) -> str | None:
    text = re.sub("^(?:计量)?单位:?", "", text)
    return text if text in UNITS else None


def clean_header(text: str) -> Header:
    """The header without spaces, line breaks and brackets; their contents kept apart.

    >>> clean_header("应发\\n金额（元）")
    Header(label='应发金额', unit='元', remarks=())
    >>> clean_header("营业执照（信用代码）").remarks
    ('信用代码',)
    """
    folded = squeeze(text)
    unit: str | None = None
    remarks: list[str] = []
    bare = folded
    while match := _BRACKETED.search(bare):
        inside = match.group()[1:].rstrip(_CLOSE)
        found = _as_unit(inside)
        if found is not None and unit is None:
            unit = found
        elif inside:
            remarks.append(inside)
        bare = bare[: match.start()] + bare[match.end() :]
    bare = _BRACKETS.sub("", bare).strip(_HEADER_EDGES)
    if unit is None and "/" in bare:
        label, _, tail = bare.rpartition("/")
        if label and tail in UNITS:
            bare, unit = label.strip(_HEADER_EDGES), tail
    if not bare and remarks:  # the whole header stood in brackets
        bare, remarks = remarks[0], remarks[1:]
    return Header(bare, unit, tuple(remarks))


# -------------------------------------------------------------------------------------------- columns


def normalise_column(series: pl.Series) -> pl.Series:
    """``normalise`` for a String column; null stays null."""
    return map_text(series, _DIRTY_TEXT, normalise)


def fold_column(series: pl.Series) -> pl.Series:
    """``fold`` for a String column; null stays null."""
    return map_text(series, _DIRTY_FOLD, fold)


def squeeze_column(series: pl.Series) -> pl.Series:
    """``squeeze`` for a String column; null stays null."""
    return map_text(series, f"{_DIRTY_FOLD}|\\x20", squeeze)


def clean_names(series: pl.Series) -> pl.Series:
    """``clean_name`` for a String column; empty names and empty marks become null."""
    cleaned = map_text(series, f"{_DIRTY_NAME}|^(?:无|空|暂无|未填|不详|没有)$", _name_or_none)
    return cleaned.replace("", None)


def blank_to_null(series: pl.Series) -> pl.Series:
    """``normalise`` for a String column with empty marks made null."""
    cleaned = normalise_column(series)
    return cleaned.set(cleaned.is_in(sorted(EMPTY_MARKS)), None)


def _name_or_none(text: str) -> str | None:
    return None if is_empty_mark(text) else clean_name(text) or None
