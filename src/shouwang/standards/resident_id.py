"""Citizen identification numbers (公民身份号码), GB 11643-1999, and the 15-digit form of 1984 to 1999.

Eighteen characters: six digits of the place of first registration, eight of the birth date, three of the
sequence (the last one odd for men), one check character by ISO 7064 MOD 11-2. The old form has a
two-digit year (19yy) and no check character; it lapsed on 2013-01-01 but lives on in paper ledgers.

Spreadsheet programs keep fifteen significant digits, so a number stored as a number has lost its end:
it is refused (``id_lost_digits``) and never repaired. A region that is on no list is accepted with a note,
because regions are abolished and renamed (python-stdnum refuses those, so only its table is used).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl
from stdnum import numdb
from stdnum.iso7064 import mod_11_2

from shouwang.standards.columns import Cells, map_records
from shouwang.standards.reading import N_, Message, Reading, table
from shouwang.standards.text import EMPTY_MARKS, squeeze

EARLIEST_BIRTH: Final = date(1900, 1, 1)

MESSAGES: Final = table(
    Message("id_missing", N_("证件号空"), N_("补填十八位公民身份号码。")),
    Message("id_length", N_("证件号位数不符"), N_("公民身份号码应为十八位，请对照身份证件补全。")),
    Message("id_checksum", N_("证件号校验码不符"), N_("号码中至少有一位录错，请对照身份证件核对。")),
    Message(
        "id_birth_date", N_("证件号中的出生日期不成立"), N_("第七至十四位应为真实的出生年月日，请核对。")
    ),
    Message(
        "id_characters", N_("证件号含有不应有的字符"), N_("号码只含数字，末位可为X；请核对证件种类和号码。")
    ),
    Message(
        "id_lost_digits",
        N_("证件号以数字存储，末位丢失，不能恢复"),
        N_("把该列设为文本格式，对照身份证件重新录入全部十八位。"),
    ),
    Message(
        "id_region_unknown", N_("证件号的行政区划代码不在代码表中"), N_("区划可能已撤销或更名，请留意核对。")
    ),
    Message("id_old_form", N_("十五位旧号码，已升为十八位"), N_("请按现行身份证件更新为十八位号码。")),
)
"""Problems (first six) and notes (last two) by code."""


class Sex(StrEnum):
    """Sex by the parity of the sequence number (GB 11643-1999); the values are what ledgers hold."""

    MALE = "男"
    FEMALE = "女"


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A valid number in the 18-character form; ``repr`` hides it, so that it never lands in a log."""

    number: str = field(repr=False)
    region: str
    birth_date: date = field(repr=False)
    sex: Sex
    old_form: bool = False

    @property
    def sequence(self) -> str:
        """The three digits that part persons born on one day in one region."""
        return self.number[14:17]

    def age_on(self, day: date) -> int:
        """Full years (周岁) on ``day``; who was born on 29 February ages on 1 March in other years.

        The year counts from the birthday itself here; criminal and administrative law count from the
        day after (周岁 "从生日的第二天起算"), which a rule that rests on such a law must add.
        """
        birth = self.birth_date
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def check_character(first17: str) -> str:
    """The check character for seventeen digits (ISO 7064 MOD 11-2, GB 11643-1999)."""
    return str(mod_11_2.calc_check_digit(first17))


def upgrade(old: str) -> str:
    """The 18-character form of a 15-digit number: born 19yy (GB 11643-1989 had two digits for it)."""
    first17 = f"{old[:6]}19{old[6:]}"
    return first17 + check_character(first17)


@lru_cache(maxsize=16384)
def region_name(region: str) -> str | None:
    """Province and county of a 6-digit code, abolished ones included; None when it is on no list.

    The table is python-stdnum's (GB/T 2260 with the years of abolished codes).
    """
    parts = [properties for _, properties in numdb.get("cn/loc").info(region)]
    if len(parts) < 2 or "county" not in parts[1]:
        return None
    county = re.sub(r"\[[^\]]*\]", "", parts[1]["county"].split(",")[-1])
    return f"{parts[0]['province']}{county}"


_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]*)?[eE]\+?[0-9]{1,2}")
_FLOAT_TEXT = re.compile(r"([0-9]+)\.0*")
_NOISE = re.compile(r"['\"`´‘’“”\-\s]")
# What is typed for the final X: multiplication signs, Roman ten, Cyrillic and Greek look-alikes.
_X_ALIKE = str.maketrans(dict.fromkeys("x×✕✖Ⅹⅹ╳ХхΧχ", "X"))


def _digits_of(value: object) -> str | Message:
    """The text of a cell, or the reason why it cannot carry a number."""
    if value is None:
        return MESSAGES["id_missing"]
    if isinstance(value, bool):
        return MESSAGES["id_characters"]
    if isinstance(value, (int, float, Decimal)):
        if value != value:  # NaN is how some readers say "empty"
            return MESSAGES["id_missing"]
        if value >= 10**15 or value <= -(10**15):
            return MESSAGES["id_lost_digits"]
        if value != int(value) or value < 0:
            return MESSAGES["id_characters"]
        return str(int(value))
    if not isinstance(value, str):
        return MESSAGES["id_characters"]
    text = squeeze(value)
    if text in EMPTY_MARKS:
        return MESSAGES["id_missing"]
    if _SCIENTIFIC.fullmatch(text):
        return MESSAGES["id_lost_digits"]
    if match := _FLOAT_TEXT.fullmatch(text):
        if len(match[1]) > 15:
            return MESSAGES["id_lost_digits"]
        text = match[1]
    text = _NOISE.sub("", text)
    if not text:
        return MESSAGES["id_missing"]
    if text[-1:].translate(_X_ALIKE) == "X":
        text = text[:-1] + "X"
    if not re.fullmatch(r"[0-9]+X?", text):
        return MESSAGES["id_characters"]
    return text


def _as_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _is_cut_off(text: str) -> bool:
    """Fifteen digits may be an old number or eighteen that lost three; True when the latter is possible.

    Only numbers whose seventh and eighth digit are 19 or 20 are in doubt: an old number of someone born in
    1919 or 1920, or a cut one of anybody.
    """
    return text[6:8] in ("19", "20") and _as_date(text[6:14]) is not None


def parse(value: object, *, as_of: date | None = None) -> Reading[ResidentId]:
    """Read one cell (text, number or empty) as a citizen identification number.

    Accepted: full-width digits, inner spaces and hyphens, a leading apostrophe, lower-case x, the 15-digit
    old form (note ``id_old_form``), a region on no list (note ``id_region_unknown``). Refused with the codes
    of ``MESSAGES``; a birth date before 1900 or after ``as_of`` is ``id_birth_date``.
    """
    text = _digits_of(value)
    if isinstance(text, Message):
        return Reading(problem=text)
    old_form = len(text) == 15
    if len(text) not in (15, 18) or (old_form and (text.endswith("X") or _is_cut_off(text))):
        return Reading(problem=MESSAGES["id_length"])
    number = upgrade(text) if old_form else text
    if number[17] != check_character(number[:17]):
        # First of all: any wrong digit breaks the check, one in the birth date too. Three zeros at the end
        # are what a program leaves that keeps fifteen digits and prints eighteen.
        return Reading(problem=MESSAGES["id_lost_digits" if number.endswith("000") else "id_checksum"])
    birth_date = _as_date(number[6:14])
    if birth_date is None or birth_date < EARLIEST_BIRTH or (as_of is not None and birth_date > as_of):
        cut = old_form and text[6:8] in ("19", "20")
        return Reading(problem=MESSAGES["id_length" if cut else "id_birth_date"])
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    note = None
    if old_form:
        note = MESSAGES["id_old_form"]
    elif region_name(number[:6]) is None:
        note = MESSAGES["id_region_unknown"]
    return Reading(ResidentId(number, number[:6], birth_date, sex, old_form), note=note)


def disability_certificate(value: object) -> Reading[tuple[ResidentId, str, str]]:
    """A disabled person's certificate number (残疾人证号, 20 characters): identity, kind 1-7, grade 1-4.

    Source: 《中华人民共和国残疾人证管理办法》 (2017): the identity number followed by one digit for the
    kind of disability and one for its grade. The B1, B2 … of a re-issued certificate is ignored.
    """
    text = _digits_of(re.sub(r"[BbＢｂ][0-9０-９]\s*$", "", value) if isinstance(value, str) else value)
    if isinstance(text, Message) and not (isinstance(value, str) and text.code == "id_characters"):
        return Reading(problem=text)
    plain = _NOISE.sub("", squeeze(str(value))).upper()
    match = re.fullmatch(r"([0-9]{17}[0-9X])([1-7])([1-4])(?:B[0-9])?", plain)
    if match is None:
        right_length = len(plain) in (20, 22)
        return Reading(problem=MESSAGES["id_characters" if right_length else "id_length"])
    person = parse(match[1])
    if person.value is None:
        return Reading(problem=person.problem)
    return Reading((person.value, match[2], match[3]), note=person.note)


# -------------------------------------------------------------------------------------------- columns

_SCHEMA: Final = {
    "number": pl.String,
    "region": pl.String,
    "birth_date": pl.Date,
    "sex": pl.String,
    "old_form": pl.Boolean,
    "problem": pl.String,
    "note": pl.String,
}
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1], dtype=np.float32)
_CANONICAL = r"^[0-9]{17}[0-9X]$"


def _matrix(numbers: pl.Series) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Canonical numbers as an (n, 18) matrix of digit values, X as 10."""
    flat = np.frombuffer(str(numbers.str.join("").item()).encode("ascii"), dtype=np.uint8)
    digits = flat.reshape(len(numbers), 18) - np.uint8(48)
    digits[digits == ord("X") - 48] = 10
    return digits


def _birth_days(
    digits: np.ndarray[tuple[int, int], np.dtype[np.uint8]],
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int32]], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Days since 1970 of the birth dates in ``digits``, and whether each date exists."""
    tens = digits[:, 6:14].astype(np.int32)
    year = tens[:, 0] * 1000 + tens[:, 1] * 100 + tens[:, 2] * 10 + tens[:, 3]
    month = tens[:, 4] * 10 + tens[:, 5]
    day = tens[:, 6] * 10 + tens[:, 7]
    right_month = (month >= 1) & (month <= 12) & (year >= EARLIEST_BIRTH.year)
    months = np.where(right_month, (year - 1970) * 12 + month - 1, 0)
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    length = ((months + 1).astype("datetime64[M]").astype("datetime64[D]") - first).astype(np.int32)
    exists = right_month & (day >= 1) & (day <= length)
    return first.astype(np.int32) + day - 1, exists


def _parse_canonical(numbers: pl.Series, as_of: date | None) -> pl.DataFrame:
    """The records of distinct 18-character numbers without null."""
    digits = _matrix(numbers)
    days, right_date = _birth_days(digits)
    if as_of is not None:
        right_date &= days <= (as_of - date(1970, 1, 1)).days
    # float32 goes through BLAS and is exact for sums this small
    right_check = (digits.astype(np.float32) @ _WEIGHTS).astype(np.int32) % 11 == 1
    ends_000 = (digits[:, 15:18] == 0).all(axis=1)
    ok = pl.Series(right_date & right_check)
    region = numbers.str.slice(0, 6)
    codes = region.filter(ok).unique()
    unlisted = [code for code in codes.to_list() if region_name(code) is None]
    frame = pl.DataFrame(
        {
            "number": numbers,
            "region": region,
            "birth_date": pl.Series(days).cast(pl.Date),
            "male": pl.Series(digits[:, 16] % 2 == 1),
            "right_check": pl.Series(right_check),
            "ends_000": pl.Series(ends_000),
            "ok": ok,
        }
    )
    kept = pl.col("ok")
    return frame.select(
        pl.when(kept).then("number"),
        pl.when(kept).then("region"),
        pl.when(kept).then("birth_date"),
        sex=pl.when(kept & pl.col("male"))
        .then(pl.lit(Sex.MALE.value))
        .when(kept)
        .then(pl.lit(Sex.FEMALE.value)),
        old_form=pl.when(kept).then(pl.lit(False)),
        problem=pl.when(kept)
        .then(None)
        .when("right_check")
        .then(pl.lit("id_birth_date"))
        .when("ends_000")
        .then(pl.lit("id_lost_digits"))
        .otherwise(pl.lit("id_checksum")),
        note=pl.when(kept & pl.col("region").is_in(unlisted)).then(pl.lit("id_region_unknown")),
    )


def _record(value: object, as_of: date | None) -> tuple[object, ...]:
    reading = parse(value, as_of=as_of)
    found = reading.value
    if found is None:
        return (None, None, None, None, None, reading.code, None)
    person = (found.number, found.region, found.birth_date, found.sex.value, found.old_form)
    return (*person, None, reading.note_code)


def parse_column(cells: Cells, *, as_of: date | None = None) -> pl.DataFrame:
    """``parse`` for a column: a frame with number, region, birth_date, sex, old_form, problem, note.

    ``problem`` and ``note`` are codes of ``MESSAGES`` or null; the other columns are null where refused.
    """
    if not isinstance(cells, pl.Series) or cells.dtype != pl.String:
        return map_records(cells, lambda value: _record(value, as_of), _SCHEMA)
    canonical = cells.str.contains(_CANONICAL).fill_null(False)
    if canonical.all():
        return _parse_canonical(cells, as_of)
    order = pl.int_range(len(cells), eager=True, dtype=pl.UInt32)
    plain = _parse_canonical(cells.filter(canonical), as_of)
    other = map_records(cells.filter(~canonical), lambda value: _record(value, as_of), _SCHEMA)
    both = pl.concat([plain, other])
    rows = pl.concat([order.filter(canonical), order.filter(~canonical)])
    return both[rows.arg_sort()]


def birth_dates(numbers: pl.Series) -> pl.Series:
    """Birth dates of a column of accepted 18-character numbers (null for others)."""
    return numbers.str.slice(6, 8).str.to_date("%Y%m%d", strict=False).alias("birth_date")


def sexes(numbers: pl.Series) -> pl.Series:
    """``Sex`` values of a column of accepted 18-character numbers (null for others)."""
    parity = numbers.str.slice(16, 1).cast(pl.UInt8, strict=False) % 2
    return parity.replace_strict({1: Sex.MALE.value, 0: Sex.FEMALE.value}, return_dtype=pl.String).alias(
        "sex"
    )


def regions(numbers: pl.Series) -> pl.Series:
    """The 6-digit region codes of a column of accepted 18-character numbers."""
    return numbers.str.slice(0, 6).alias("region")
