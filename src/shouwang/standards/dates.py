"""Dates and months as Chinese offices write them.

A date is a ``datetime.date``; a month is its first day. Nothing is guessed: an impossible date is
``date_impossible``, a text that is no date ``date_unreadable``, a number that can be read two ways
(2023.1 stored as a number is January or October) ``date_ambiguous``. "长期", "至今" have no value and the
note ``date_open``; empty marks have neither value nor note.

Serial numbers follow ECMA-376 part 1, 18.17.4.1 (the 1900 and the 1904 date systems).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

import polars as pl

from shouwang.standards.columns import Cells, map_records
from shouwang.standards.reading import N_, Message, Reading, table
from shouwang.standards.text import EMPTY_MARKS, fold

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2199, 12, 31)

MESSAGES: Final = table(
    Message("date_impossible", N_("日期不存在"), N_("请核对年、月、日，例如四月没有31日、一年没有13月。")),
    Message("date_unreadable", N_("日期无法识别"), N_("请写成2023-04-05或2023年4月5日的样子。")),
    Message(
        "date_ambiguous",
        N_("日期有两种读法"),
        N_("以数字存储的2023.1分不清1月和10月，请改为文本2023-01。"),
    ),
    Message("date_without_year", N_("日期缺年份"), N_("请补写年份。")),
    Message("date_without_day", N_("日期缺日"), N_("此处需要具体日期，请补写日。")),
    Message("date_out_of_range", N_("日期超出范围"), N_("年份应在1900至2199之间，请核对。")),
    Message("date_open", N_("长期有效或至今"), N_("没有截止日期。")),
    Message("date_first_of_month", N_("只有年月，按当月1日"), N_("如需要具体日期请补写日。")),
    Message("date_short_year", N_("年份只有两位"), N_("已按不晚于当年末的最近年份理解，请写四位年份。")),
)
"""Problems (first six) and notes (last three) by code."""

_OPEN_WORDS = """
长期 长期有效 长期在册 永久 永久有效 永久居住 无固定期限 无期限 无限期 不限 至今 现在 目前 今 在保 在职 未到期
"""
OPEN_MARKS: Final = frozenset(_OPEN_WORDS.split())
"""Words that say: no end date."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a text says; 0 stands for "not said"."""

    year: int
    month: int
    day: int
    at: time | None = None
    short_year: bool = False


_DIGIT = dict(zip("〇一二三四五六七八九", "0123456789", strict=True))
_DIGIT |= dict(zip("○零两壹贰叁肆伍陆柒捌玖", "002123456789", strict=True))
_NUMERAL = "〇○零一二三四五六七八九十两廿卅壹贰叁肆伍陆柒捌玖拾元正"
_NUMERAL_RUN = re.compile(f"[{_NUMERAL}]+(?=[年月日号时点分])")
_CONVERT = str.maketrans({"拾": "十", "廿": "二十", "卅": "三十", "○": "〇"})


def _numeral(match: re.Match[str]) -> str:
    """Chinese numerals before 年月日 as digits: digit by digit for years, by value for the rest."""
    text = match[0]
    after = match.string[match.end()]
    if after == "月" and text == "正":  # 正月 is lunar; leave it unreadable
        return text
    if text == "元" and after == "年":
        return text
    plain = text.translate(_CONVERT)
    if "十" not in plain:
        digits = "".join(_DIGIT.get(character, character) for character in plain)
        if after == "年" and len(plain) == 1:
            return text
        return digits
    # 零伍, 零壹拾: the leading zero of cheque dates (支付结算办法) has no value
    plain = plain.lstrip("零〇")
    import cn2an  # its tables take a twelfth of the start of every command, and few sheets have such dates

    try:
        return str(cn2an.cn2an(plain, "smart"))
    except ValueError:
        return text


_TIME = re.compile(
    r"[T ]?(?:(上午|下午|中午|晚上|晚|早上|早)\s?)?"
    r"([0-9]{1,2})(?:[:时点]([0-9]{1,2})?分?(?:[:]?([0-9]{1,2})(?:\.[0-9]+)?秒?)?)"
    r"(?:\s?(AM|PM|am|pm))?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_WEEKDAY = re.compile(r"[(\[]?(?:星期|周|礼拜)[一二三四五六日天1-7][)\]]?")
_ABOUT = re.compile(r"(?:左右|前后|起|止|许|前|后|生|出生|卒)$")
_YMD = re.compile(r"([0-9]{4}|[0-9]{2})\s?年\s?([0-9]{1,2})\s?月(?:份)?\s?([0-9]{1,2})\s?[日号]?")
_YM = re.compile(r"([0-9]{4}|[0-9]{2})\s?年\s?([0-9]{1,2})\s?月?(?:份|底|末)?")
_MD = re.compile(r"([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?[日号]?")
_M = re.compile(r"([0-9]{1,2})\s?月(?:份)?")
_SEPARATED = re.compile(r"([0-9]{4}|[0-9]{2})\s?([-./,\\])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,2})\s?[.日]?")
_SEPARATED_YM = re.compile(r"([0-9]{4})\s?[-./,\\]\s?([0-9]{1,2})\s?[.月]?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_COMPACT_TIME = re.compile(r"((?:19|20|21)[0-9]{6})([0-9]{2})([0-9]{2})([0-9]{2})?")
_COMPACT_YM = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})")
_Y = re.compile(r"([0-9]{4})\s?年")


def _split_time(text: str) -> tuple[str, time | None, bool]:
    """The text without a time at its end, the time, and whether the time was impossible."""
    match = _TIME.search(text)
    if match is None or match.start() == 0:
        return text, None, False
    hour, minute, second = (int(part or 0) for part in match.group(2, 3, 4))
    late = match[1] in ("下午", "晚上", "晚") or (match[5] or "").upper() == "PM"
    if late and hour < 12:
        hour += 12
    if hour == 24 and minute == second == 0:
        hour = 0
        # 24:00 is the end of the named day; the day is what a ledger wants
    try:
        return text[: match.start()].rstrip(), time(hour, minute, second), False
    except ValueError:
        return text, None, True


def _parts(text: str) -> _Parts | Message:
    text = _WEEKDAY.sub("", text)
    text = _NUMERAL_RUN.sub(_numeral, text).strip()
    if match := _COMPACT_TIME.fullmatch(text):
        text = f"{match[1]} {match[2]}:{match[3]}:{match[4] or '00'}"
    text, at, wrong_time = _split_time(text)
    if wrong_time:
        return MESSAGES["date_impossible"]
    text = _ABOUT.sub("", text).strip(" ,.;:")
    if text.startswith("公元"):
        text = text[2:].strip()
    for pattern in (_YMD, _COMPACT):
        if match := pattern.fullmatch(text):
            return _full(match[1], match[2], match[3], at)
    if match := _SEPARATED.fullmatch(text):
        return _full(match[1], match[3], match[4], at)
    for pattern in (_YM, _SEPARATED_YM, _COMPACT_YM):
        if match := pattern.fullmatch(text):
            return _full(match[1], match[2], None, at)
    if match := _MD.fullmatch(text):
        return _Parts(0, int(match[1]), int(match[2]) or 99, at)
    if match := _M.fullmatch(text):
        return _Parts(0, int(match[1]), 0)
    if match := _Y.fullmatch(text):
        return _Parts(int(match[1]), 0, 0)
    return MESSAGES["date_unreadable"]


def _full(year: str, month: str, day: str | None, at: time | None) -> _Parts:
    # A month or day written as 0 must fail as impossible, not pass as "not said".
    return _Parts(int(year), int(month) or 99, 0 if day is None else int(day) or 99, at, len(year) == 2)


def _long_year(year: int, today: date | None) -> int:
    """A two-digit year as the latest year that ends with it and is not after the year of ``today``.

    Without ``today`` the pivot is 2000 to 2068, as POSIX strptime has it.
    """
    if today is None:
        return year + (2000 if year <= 68 else 1900)
    century = today.year // 100 * 100
    return century + year if century + year <= today.year else century - 100 + year


def _from_serial(number: float, *, epoch_1904: bool) -> Reading[datetime]:
    """A spreadsheet serial number.

    Below 1 it is a time without a date; the days of the first year are refused too, because a small number
    in a date column is a count or a month, and no ledger holds a date of 1900. That also avoids serial 60.
    """
    days = int(number)
    if days < 367 or days > 109574:
        return Reading(problem=MESSAGES["date_unreadable"])
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    seconds = round((number - days) * 86400)
    return Reading(datetime.combine(start + timedelta(days=days), time()) + timedelta(seconds=seconds))


def _number(value: float, *, epoch_1904: bool) -> Reading[datetime] | str:
    """A number cell: compact forms as text, else a serial, else a problem."""
    if value != value:
        return Reading()
    if value == int(value):
        whole = int(value)
        if 19000000 <= whole <= 21991299 or 190001 <= whole <= 219912:
            return str(whole)
        if 19000101000000 <= whole <= 21991231235959 or 190001010000 <= whole <= 219912312359:
            return str(whole)  # 20230109153300 or 202301091533, as machines write times
        if 1900 <= whole <= 2199:
            # A bare year; as a serial it would be a day of 1905 or 1906.
            return f"{whole}年"
        return _from_serial(value, epoch_1904=epoch_1904)
    if 1900 <= value < 2200:
        # 2023.04 stored as a number. One digit behind the point is January or, for .1, October.
        shown = repr(round(value, 6))
        year, _, fraction = shown.partition(".")
        if fraction == "1":
            return Reading(problem=MESSAGES["date_ambiguous"])
        if len(fraction) <= 2:
            return f"{year}-{fraction.rjust(2, '0') if len(fraction) == 2 else '0' + fraction}"
        return Reading(problem=MESSAGES["date_unreadable"])
    return _from_serial(value, epoch_1904=epoch_1904)


def _read(
    value: object, *, today: date | None, year: int | None, epoch_1904: bool
) -> Reading[datetime] | tuple[_Parts, Message | None]:
    """What a cell says: an answer already, or the parts of a date and a note."""
    if value is None or (isinstance(value, float) and value != value):
        return Reading()
    if isinstance(value, datetime):
        return Reading(value.replace(tzinfo=None))
    if isinstance(value, date):
        return Reading(datetime.combine(value, time()))
    if isinstance(value, bool):
        return Reading(problem=MESSAGES["date_unreadable"])
    if isinstance(value, (int, float)):
        if abs(value) >= 10**15:
            return Reading(problem=MESSAGES["date_unreadable"])
        found = _number(float(value), epoch_1904=epoch_1904)
        if isinstance(found, Reading):
            return found
        value = found
    if not isinstance(value, str):
        return Reading(problem=MESSAGES["date_unreadable"])
    text = fold(value).lstrip("'")
    if text in EMPTY_MARKS or text.replace(" ", "") in ("年月日", "年月"):
        return Reading()
    if text.replace(" ", "") in OPEN_MARKS:
        return Reading(note=MESSAGES["date_open"])
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text):
        return _from_serial(float(text), epoch_1904=epoch_1904)
    parts = _parts(text)
    if isinstance(parts, Message):
        return Reading(problem=parts)
    note = None
    said = parts.year
    if parts.short_year:
        said, note = _long_year(parts.year, today), MESSAGES["date_short_year"]
    elif said == 0:
        if year is None:
            return Reading(problem=MESSAGES["date_without_year"])
        said = year
    return _Parts(said, parts.month, parts.day, parts.at), note


def parse_datetime(
    value: object, *, today: date | None = None, year: int | None = None, epoch_1904: bool = False
) -> Reading[datetime]:
    """Read one cell as date and time; a text without a time is midnight.

    ``today`` bounds two-digit years, ``year`` completes texts such as "4月5日" (from the sheet's name or
    title), ``epoch_1904`` says that the workbook counts from 1904. Problems and notes: ``MESSAGES``.
    """
    found = _read(value, today=today, year=year, epoch_1904=epoch_1904)
    if isinstance(found, Reading):
        return _checked(found)
    parts, note = found
    if parts.month == 0 or parts.day == 0:
        problem = "date_without_day"
        if parts.month and not 1 <= parts.month <= 12:
            problem = "date_impossible"
        return Reading(problem=MESSAGES[problem])
    try:
        day = date(parts.year, parts.month, parts.day)
    except ValueError:
        return Reading(problem=MESSAGES["date_impossible"])
    return _checked(Reading(datetime.combine(day, parts.at or time()), note=note))


def _checked(reading: Reading[datetime]) -> Reading[datetime]:
    if reading.value is not None and not EARLIEST <= reading.value.date() <= LATEST:
        return Reading(problem=MESSAGES["date_out_of_range"])
    return reading


def parse_date(
    value: object,
    *,
    today: date | None = None,
    year: int | None = None,
    epoch_1904: bool = False,
    month_as_first: bool = False,
) -> Reading[date]:
    """Read one cell as a date; a time in it is dropped. Parameters as for ``parse_datetime``.

    A text that only has year and month is ``date_without_day``, or with ``month_as_first`` the first day of
    that month with the note ``date_first_of_month``.

    >>> parse_date("2023年4月5日").value
    datetime.date(2023, 4, 5)
    >>> parse_date("2023年4月31日").code
    'date_impossible'
    """
    found = parse_datetime(value, today=today, year=year, epoch_1904=epoch_1904)
    if found.code == "date_without_day" and month_as_first:
        month = parse_month(value, today=today, year=year, epoch_1904=epoch_1904)
        if month.value is not None:
            return Reading(month.value, note=MESSAGES["date_first_of_month"])
        return month
    if found.value is None:
        return Reading(problem=found.problem, note=found.note)
    return Reading(found.value.date(), note=found.note)


def _bare_month(value: object) -> int | None:
    """A cell in a month column that holds nothing but 1 to 12."""
    if isinstance(value, str):
        text = fold(value)
        value = int(text) if re.fullmatch(r"[0-9]{1,2}", text) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value not in range(1, 13):
        return None
    return int(value)


def parse_month(
    value: object, *, today: date | None = None, year: int | None = None, epoch_1904: bool = False
) -> Reading[date]:
    """Read one cell as a month (its first day); a day in it is checked and dropped.

    >>> parse_month("2023.10").value, parse_month(2023.1).code, parse_month("5月份", year=2023).value
    (datetime.date(2023, 10, 1), 'date_ambiguous', datetime.date(2023, 5, 1))
    """
    bare = _bare_month(value)
    if bare is not None:
        value = f"{bare}月"
    found = _read(value, today=today, year=year, epoch_1904=epoch_1904)
    if isinstance(found, Reading):
        checked = _checked(found)
        if checked.value is None:
            return Reading(problem=checked.problem, note=checked.note)
        return Reading(checked.value.date().replace(day=1))
    parts, note = found
    if parts.month == 0:
        return Reading(problem=MESSAGES["date_unreadable"])
    if not EARLIEST.year <= parts.year <= LATEST.year:
        return Reading(problem=MESSAGES["date_out_of_range"])
    if not 1 <= parts.month <= 12 or parts.day > monthrange(parts.year, parts.month)[1]:
        return Reading(problem=MESSAGES["date_impossible"])
    return Reading(date(parts.year, parts.month, 1), note=note)


# -------------------------------------------------------------------------------------------- columns


def _columns(kind: pl.DataType) -> dict[str, pl.DataType]:
    return {"value": kind, "problem": pl.String(), "note": pl.String()}


def _temporal(cells: Cells, kind: pl.DataType) -> pl.DataFrame | None:
    """The answer for a column that already holds dates, None for any other."""
    if not isinstance(cells, pl.Series) or not isinstance(cells.dtype, (pl.Date, pl.Datetime)):
        return None
    days = cells.dt.date() if isinstance(cells.dtype, pl.Datetime) else cells
    value = days if isinstance(kind, pl.Date) else cells.cast(kind)
    frame = pl.DataFrame({"value": value, "inside": days.is_between(EARLIEST, LATEST)})
    return frame.select(
        value=pl.when("inside").then("value"),
        problem=pl.when(~pl.col("inside")).then(pl.lit("date_out_of_range")),
        note=pl.lit(None, dtype=pl.String),
    )


_DAY = r"^([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.|年([0-9]{1,2})月)([0-9]{1,2})日?"
_CLOCK = r"(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-5][0-9]))?)?$"
_PLAIN = _DAY + _CLOCK
"""The common ways to write a day or moment, read a column at a time; the meaning is that of ``_parts``."""


def _plain_moments(cells: pl.Series) -> pl.Series:
    """The moment of each text that is plainly written and exists, null for every other cell."""
    parts = cells.str.extract_groups(_PLAIN).struct.unnest()
    day = [pl.col("1"), pl.coalesce("2", "3", "4", "5").str.zfill(2), pl.col("6").str.zfill(2)]
    clock = [pl.col(c).fill_null("0").str.zfill(2) for c in ("7", "8", "9")]
    text = parts.select(pl.concat_str(*day, *clock, separator="-")).to_series()
    moments = text.str.to_datetime("%Y-%m-%d-%H-%M-%S", strict=False, time_unit="us")
    return moments.set(~moments.dt.date().is_between(EARLIEST, LATEST).fill_null(True), None)


def _around_plain(
    cells: Cells, kind: pl.DataType, record: Callable[[object], tuple[object, ...]]
) -> pl.DataFrame:
    """Plainly written cells all at once, the others one by one through ``record``."""
    if not isinstance(cells, pl.Series) or not isinstance(cells.dtype, pl.String):
        return map_records(cells, record, _columns(kind))
    moments = _plain_moments(cells)
    read = moments.is_not_null()
    if not read.any():
        return map_records(cells, record, _columns(kind))
    value = moments.dt.date() if isinstance(kind, pl.Date) else moments
    nothing = pl.lit(None, dtype=pl.String)
    plain = pl.DataFrame({"value": value}).with_columns(problem=nothing, note=nothing)
    if read.all():
        return plain
    others = map_records(cells.filter(~read), record, _columns(kind))
    back = pl.concat([read.arg_true(), (~read).arg_true()]).arg_sort()
    return pl.concat([plain.filter(read), others])[back]


def parse_dates(
    cells: Cells,
    *,
    today: date | None = None,
    year: int | None = None,
    epoch_1904: bool = False,
    month_as_first: bool = False,
) -> pl.DataFrame:
    """``parse_date`` for a column: a frame with value (Date), problem and note (codes).

    Each distinct cell is parsed once; a Date or Datetime column is only checked for its range.
    """
    if (ready := _temporal(cells, pl.Date())) is not None:
        return ready

    def record(value: object) -> tuple[object, ...]:
        found = parse_date(
            value, today=today, year=year, epoch_1904=epoch_1904, month_as_first=month_as_first
        )
        return found.value, found.code, found.note_code

    return _around_plain(cells, pl.Date(), record)


def parse_months(
    cells: Cells, *, today: date | None = None, year: int | None = None, epoch_1904: bool = False
) -> pl.DataFrame:
    """``parse_month`` for a column: a frame with value (Date, the first), problem and note (codes)."""
    if (ready := _temporal(cells, pl.Date())) is not None:
        return ready.with_columns(pl.col("value").dt.month_start())

    def record(value: object) -> tuple[object, ...]:
        found = parse_month(value, today=today, year=year, epoch_1904=epoch_1904)
        return found.value, found.code, found.note_code

    return map_records(cells, record, _columns(pl.Date()))


def parse_datetimes(
    cells: Cells, *, today: date | None = None, year: int | None = None, epoch_1904: bool = False
) -> pl.DataFrame:
    """``parse_datetime`` for a column: a frame with value (Datetime, μs), problem and note (codes)."""
    if (ready := _temporal(cells, pl.Datetime("us"))) is not None:
        return ready

    def record(value: object) -> tuple[object, ...]:
        found = parse_datetime(value, today=today, year=year, epoch_1904=epoch_1904)
        return found.value, found.code, found.note_code

    return _around_plain(cells, pl.Datetime("us"), record)
