"""Unified social credit codes (统一社会信用代码), GB 32100-2015 with amendment 1, and what they replaced.

Eighteen characters of 0-9 and A-Z without I, O, Z, S, V: registration department, class of body, region of
registration (6), organisation code (9, GB 11714-1997), check character (mod 31). A licence older than
October 2015 has a 15-digit registration number instead (check digit by ISO 7064 MOD 11,10); it is
recognised and kept, nothing is upgraded because the two cannot be derived from one another.

python-stdnum reckons the check character; its ``validate`` is not used, because it refuses the departments
A, N and Y of the standard (village collectives have N).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
import polars as pl
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from shouwang.standards.columns import Cells, map_records
from shouwang.standards.reading import N_, Message, Reading, table
from shouwang.standards.text import EMPTY_MARKS, squeeze

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"

DEPARTMENTS: Final = {
    "1": "机构编制", "2": "外交", "3": "司法行政", "4": "文化", "5": "民政", "6": "旅游", "7": "宗教",
    "8": "工会", "9": "工商", "A": "中央军委改革和编制办公室", "N": "农业", "Y": "其他",
}  # fmt: skip
"""Registration departments, GB 32100-2015 table 2 (with amendment 1)."""

CLASSES: Final = {
    "11": "机关", "12": "事业单位", "13": "编办直接管理机构编制的群众团体", "19": "其他",
    "21": "外国常驻新闻机构", "29": "其他",
    "31": "律师执业机构", "32": "公证处", "33": "基层法律服务所", "34": "司法鉴定机构", "35": "仲裁委员会",
    "39": "其他",
    "41": "外国在华文化中心", "49": "其他",
    "51": "社会团体", "52": "民办非企业单位", "53": "基金会", "54": "基层群众性自治组织", "59": "其他",
    "61": "外国旅游部门常驻代表机构", "62": "港澳台地区旅游部门常驻内地（大陆）代表机构", "69": "其他",
    "71": "宗教活动场所", "72": "宗教院校", "79": "其他",
    "81": "基层工会", "89": "其他",
    "91": "企业", "92": "个体工商户", "93": "农民专业合作社", "99": "其他",
    "A1": "军队事业单位", "A9": "其他",
    "N1": "组级集体经济组织", "N2": "村级集体经济组织", "N3": "乡镇级集体经济组织", "N9": "其他",
    "Y1": "其他",
}  # fmt: skip
"""Classes of bodies by department and class, GB 32100-2015 table 3; 54 by the rules of the Ministry of Civil
Affairs for residents' and villagers' committees."""

MESSAGES: Final = table(
    Message("credit_code_missing", N_("统一社会信用代码空"), N_("补填营业执照或登记证书上的十八位代码。")),
    Message("credit_code_length", N_("统一社会信用代码位数不符"), N_("代码应为十八位，请对照证照补全。")),
    Message(
        "credit_code_characters",
        N_("统一社会信用代码含有不应有的字符"),
        N_("代码不用字母I、O、Z、S、V，请核对。"),
    ),
    Message(
        "credit_code_checksum", N_("统一社会信用代码校验码不符"), N_("代码中至少有一位录错，请对照证照核对。")
    ),
    Message(
        "credit_code_department",
        N_("统一社会信用代码的登记管理部门不成立"),
        N_("首位应为1至9、A、N或Y，请核对。"),
    ),
    Message(
        "credit_code_lost_digits",
        N_("代码以数字存储，末位丢失，不能恢复"),
        N_("把该列设为文本格式，对照证照重新录入全部十八位。"),
    ),
    Message(
        "credit_code_old_number", N_("十五位旧工商注册号"), N_("已换发新照的，请填十八位统一社会信用代码。")
    ),
    Message(
        "credit_code_organisation",
        N_("代码中的主体标识码校验位与组织机构代码规则不符"),
        N_("整码校验无误，可以使用；请留意核对。"),
    ),
    Message(
        "credit_code_class",
        N_("统一社会信用代码的机构类别不在代码表中"),
        N_("整码校验无误，可以使用；请留意核对。"),
    ),
)
"""Problems (first six) and notes (last three) by code."""


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A valid code and its parts; an old number has only ``code`` and ``region``."""

    code: str
    department: str
    kind: str
    region: str
    organisation: str
    old_number: bool = False

    @property
    def class_name(self) -> str | None:
        """The Chinese name of the class of body, None when it is on no list or the number is an old one."""
        return CLASSES.get(self.department + self.kind)

    @property
    def is_self_employed(self) -> bool:
        """True for a self-employed trader (个体工商户), as far as the number tells."""
        return self.department + self.kind == "92"


def check_character(first17: str) -> str:
    """The check character for seventeen characters (GB 32100-2015 annex A, mod 31)."""
    return str(uscc.calc_check_digit(first17))


def organisation_check(first8: str) -> str:
    """The check character of an organisation code (GB 11714-1997: mod 11, weights 3 7 9 10 5 8 4 2)."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(character, 36) * weight for character, weight in zip(first8, weights, strict=True))
    return "0X987654321"[total % 11]


def _text_of(value: object) -> str | Message:
    if value is None:
        return MESSAGES["credit_code_missing"]
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        if value != value:
            return MESSAGES["credit_code_missing"]
        if value >= 10**15 or value <= -(10**15):
            return MESSAGES["credit_code_lost_digits"]
        return str(int(value)) if value == int(value) else MESSAGES["credit_code_characters"]
    if not isinstance(value, str):
        return MESSAGES["credit_code_characters"]
    text = squeeze(value).upper()
    if text in EMPTY_MARKS:
        return MESSAGES["credit_code_missing"]
    if re.fullmatch(r"[0-9](?:\.[0-9]*)?E\+[0-9]{1,2}|[0-9]{16,}\.0*", text):
        return MESSAGES["credit_code_lost_digits"]
    text = re.sub(r"['\"`\-\s]", "", re.sub(r"(?<=[0-9])\.0+$", "", text))
    return text or MESSAGES["credit_code_missing"]


def parse(value: object) -> Reading[CreditCode]:
    """Read one cell as a unified social credit code or an old 15-digit registration number.

    Spaces, hyphens, full-width forms, a leading apostrophe and lower case are normalised. Refused with the
    first six codes of ``MESSAGES``. Notes: ``credit_code_old_number``; ``credit_code_class`` (unlisted);
    ``credit_code_organisation`` (the inner check of GB 11714 fails, as it does for some issued codes).
    """
    text = _text_of(value)
    if isinstance(text, Message):
        return Reading(problem=text)
    if not text.isascii() or not text.isalnum():
        return Reading(problem=MESSAGES["credit_code_characters"])
    if len(text) == 15 and text.isdigit():
        if not mod_11_10.is_valid(text):
            return Reading(problem=MESSAGES["credit_code_checksum"])
        old = CreditCode(text, "", "", text[:6], "", old_number=True)
        return Reading(old, note=MESSAGES["credit_code_old_number"])
    if len(text) != 18:
        return Reading(problem=MESSAGES["credit_code_length"])
    if any(character not in ALPHABET for character in text) or not text[2:8].isdigit():
        return Reading(problem=MESSAGES["credit_code_characters"])
    if text[0] not in DEPARTMENTS:
        return Reading(problem=MESSAGES["credit_code_department"])
    if text[17] != check_character(text[:17]):
        return Reading(problem=MESSAGES["credit_code_checksum"])
    note = None
    if text[:2] not in CLASSES:
        note = MESSAGES["credit_code_class"]
    elif text[16] != organisation_check(text[8:16]):
        note = MESSAGES["credit_code_organisation"]
    return Reading(CreditCode(text, text[0], text[1], text[2:8], text[8:17]), note=note)


# -------------------------------------------------------------------------------------------- columns

_SCHEMA: Final = {
    "code": pl.String,
    "department": pl.String,
    "kind": pl.String,
    "region": pl.String,
    "organisation": pl.String,
    "old_number": pl.Boolean,
    "problem": pl.String,
    "note": pl.String,
}


def _record(value: object) -> tuple[object, ...]:
    reading = parse(value)
    found = reading.value
    if found is None:
        return (None, None, None, None, None, None, reading.code, None)
    parts = (found.code, found.department, found.kind, found.region, found.organisation, found.old_number)
    return (*parts, None, reading.note_code)


def parse_column(cells: Cells) -> pl.DataFrame:
    """``parse`` for a column: a frame with the parts, ``problem`` and ``note`` (codes of ``MESSAGES``)."""
    return map_records(cells, _record, _SCHEMA)


_VALUES = np.full(256, -1, dtype=np.int32)
for _value, _character in enumerate(ALPHABET):
    _VALUES[ord(_character)] = _value
_WEIGHTS = np.array([3**place % 31 for place in range(17)] + [1], dtype=np.int32)
_SHAPE = r"^[1-9ANY][0-9A-HJ-NP-RTUWXY][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$"


def are_valid(codes: pl.Series) -> pl.Series:
    """Whether each text of a String column is an 18-character code with the right check character.

    The fast test on columns of distinct codes: no Python call per value, nothing is normalised.
    Null gives False.
    """
    shaped = codes.str.contains(r"^[1-9ANY][0-9A-HJ-NP-RTUWXY][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$").fill_null(
        False
    )
    chosen = codes.filter(shaped)
    flat = np.frombuffer(str(chosen.str.join("").item() or "").encode("ascii"), dtype=np.uint8)
    values = _VALUES[flat].reshape(len(chosen), 18)
    right = (values @ _WEIGHTS) % 31 == 0
    result = np.zeros(len(codes), dtype=np.bool_)
    result[shaped.to_numpy()] = right
    return pl.Series(codes.name, result)
