"""Masking of personal data in everything that is shown, printed or published.

What stays is what lets a clerk tell two cases apart, and no more:

- name: the surname (张*, 欧阳**);
- resident ID: the first three and the last two characters. Region below the province's city, birth date and
  the sequence are hidden; 110*************4X cannot be completed from the birth date alone;
- mobile phone: the first three and last four digits (138****1234), land line: area code and last four;
- bank card or account: the last four digits;
- address: up to the compound, village or road; building, unit and room are hidden.

GB/T 35273-2020 (个人信息安全规范) 7.2 asks for de-identification on display; it prescribes no widths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import polars as pl

from shouwang.standards import credit_code
from shouwang.standards.columns import map_text
from shouwang.standards.text import clean_name, normalise

_COMPOUND_WORDS = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政
濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马
公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌
微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙
南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 归海 爱新觉罗 叶赫那拉 那拉 完颜 耶律 富察 钮祜禄
"""
COMPOUND_SURNAMES: Final = frozenset(_COMPOUND_WORDS.split())
"""Surnames of two or more characters, from 《百家姓》 and those in use today."""

_LONGEST_SURNAME = max(map(len, COMPOUND_SURNAMES))
STAR: Final = "*"


def surname(name: str) -> str:
    """The surname of a Chinese name in its clean form: compound surnames first, else the first character."""
    for width in range(min(_LONGEST_SURNAME, len(name) - 1), 1, -1):
        if name[:width] in COMPOUND_SURNAMES:
            return name[:width]
    return name[:1]


def mask_name(name: str) -> str:
    """The surname and a star for each further character; every part of a transcribed or Latin name likewise.

    >>> mask_name("张三"), mask_name("欧阳娜娜"), mask_name("阿卜杜拉·买买提"), mask_name("李")
    ('张*', '欧阳**', '阿***·***', '*')
    """
    name = clean_name(name)
    parts = re.split("([· ])", name)
    if len(parts) > 1:
        first = parts[0][:1] + STAR * max(1, len(parts[0]) - 1)
        return first + "".join(part if part in "· " else STAR * len(part) for part in parts[1:])
    if len(name) <= 1:
        return STAR * len(name)
    kept = surname(name)
    return kept + STAR * (len(name) - len(kept))


def _keep(text: str, head: int, tail: int) -> str:
    """``text`` with stars between its first ``head`` and last ``tail`` characters; short texts all stars."""
    hidden = len(text) - head - tail
    if hidden < min(3, max(head + tail, 1)):
        return STAR * len(text)
    return text[:head] + STAR * hidden + text[len(text) - tail :]


def mask_id(number: str) -> str:
    """The first three and last two characters; also of old, too long and too short numbers.

    >>> mask_id("11010519491231002X")
    '110*************2X'
    """
    return _keep(re.sub(r"[\s'\-]", "", normalise(number)), 3, 2)


def mask_phone(number: str) -> str:
    """A mobile number as 138****1234, a land line as 010-****5678.

    >>> mask_phone("138 0013 1234"), mask_phone("010-12345678")
    ('138****1234', '010-****5678')
    """
    text = re.sub(r"^\+?86-?", "", re.sub(r"[\s()]", "", normalise(number)))
    if re.fullmatch("1[0-9]{2}-?[0-9]{4}-?[0-9]{4}", text):
        return _keep(text.replace("-", ""), 3, 4)
    if match := re.fullmatch("(0[0-9]{2,3})-?([0-9]{7,8})", text):
        return f"{match[1]}-{_keep(match[2], 0, 4)}"
    return _keep(text, 0, 2)


def mask_card(number: str) -> str:
    """A bank card or account number: the last four digits.

    >>> mask_card("6222 0212 3456 7890 123")
    '***************0123'
    """
    return _keep(re.sub(r"[\s\-]", "", normalise(number)), 0, 4)


_BUILDING = re.compile(
    r"[甲乙丙丁]?[0-9]"
    r"|[零一二三四五六七八九十百甲乙丙丁A-Za-z]+(?:号楼|号院|号|幢|栋|座|楼|单元|室|弄|层|组|队|片|区|户)"
)


def mask_address(address: str) -> str:
    """The address up to the first house number, then three stars.

    An address without any number is shown as it is: it names a place, not a dwelling.

    >>> mask_address("望河街道云溪花园39幢1单元202室"), mask_address("中山路三号院二楼")
    ('望河街道云溪花园***', '中山路***')
    """
    text = normalise(address)
    match = _BUILDING.search(text)
    return text if match is None else text[: match.start()].rstrip(" -－,，") + STAR * 3


# ------------------------------------------------------------------------------------------- free text

# Full-width digits and X one by one, so that positions stay those of the original text.
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ－　\u00a0", "0123456789XX-  ")
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<id>[0-9]{6}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9Xx](?:[0-9]{2}(?:B[0-9])?)?)"
    r"|(?P<card>[0-9]{15,19}|[0-9]{4}(?:[ -][0-9]{4}){2,3}(?:[ -][0-9]{1,4})?)"
    r"|(?P<phone>(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|0[0-9]{2,3}-[0-9]{7,8})"
    r")(?![0-9A-Za-z])"
)


def _mask_number(match: re.Match[str]) -> str:
    digits = re.sub("[ -]", "", match[0])
    if match["phone"]:
        return mask_phone(match[0])
    if len(digits) == 18 and credit_code.parse(digits).ok and not 1 <= int(digits[10:12]) <= 12:
        return match[0]  # a credit code of digits only names an organisation, not a person
    if match["id"] or len(digits) in (15, 17):
        return mask_id(digits)
    return mask_card(digits)


def mask_text(text: str) -> str:
    """``text`` with every resident ID, phone, bank card and account number in it masked.

    Found by shape, full-width digits and grouped writing included; also numbers with a wrong check digit or
    one digit short. Dates, amounts, credit codes and document numbers with letters stay.
    """
    plain = text.translate(_WIDE)
    pieces, at = [], 0
    for match in _NUMBERS.finditer(plain):
        masked = _mask_number(match)
        pieces += [
            text[at : match.start()],
            text[match.start() : match.end()] if masked == match[0] else masked,
        ]
        at = match.end()
    return "".join([*pieces, text[at:]])


def mask_names(text: str, names: Iterable[str]) -> str:
    """``text`` with each of ``names`` in it masked; longer names first, so that 张三丰 is not cut to 张三."""
    known = {name: mask_name(name) for name in names if len(name) > 1}
    if not known:
        return text
    pattern = "|".join(re.escape(name) for name in sorted(known, key=lambda name: (-len(name), name)))
    return re.sub(pattern, lambda match: known[match[0]], text)


# -------------------------------------------------------------------------------------------- columns


def mask_name_column(names: pl.Series) -> pl.Series:
    """``mask_name`` for a String column; null stays null."""
    plain = names.str.contains("^[\u4e00-\u9fff]{2}$").fill_null(False)
    return map_text(names.set(plain, None), "", mask_name).zip_with(~plain, names.str.slice(0, 1) + STAR)


def mask_id_column(numbers: pl.Series) -> pl.Series:
    """``mask_id`` for a String column; null stays null."""
    plain = numbers.str.contains("^[0-9]{17}[0-9Xx]$").fill_null(False)
    quick = numbers.str.slice(0, 3) + STAR * 13 + numbers.str.slice(16, 2)
    return map_text(numbers.set(plain, None), "", mask_id).zip_with(~plain, quick)


def mask_phone_column(numbers: pl.Series) -> pl.Series:
    """``mask_phone`` for a String column; null stays null."""
    plain = numbers.str.contains("^1[0-9]{10}$").fill_null(False)
    quick = numbers.str.slice(0, 3) + STAR * 4 + numbers.str.slice(7, 4)
    return map_text(numbers.set(plain, None), "", mask_phone).zip_with(~plain, quick)


def mask_card_column(numbers: pl.Series) -> pl.Series:
    """``mask_card`` for a String column; null stays null."""
    return map_text(numbers, "", mask_card)


def mask_address_column(addresses: pl.Series) -> pl.Series:
    """``mask_address`` for a String column; null stays null."""
    return map_text(addresses, "", mask_address)


def mask_text_column(texts: pl.Series) -> pl.Series:
    """``mask_text`` for a String column; only texts with seven digits or more are looked at."""
    return map_text(texts, "(?:[0-9０-９][- －　\u00a0]*){7}", mask_text)
