"""Cells into values: one typed column for each kind of field, with the reasons for what cannot be read.

``read_column`` answers for a whole column: the values, a problem code where a cell is refused (null
elsewhere) and how often each note occurred. The parsers are those of ``shouwang.standards``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import polars as pl

from shouwang.ledger.fields import LedgerField
from shouwang.ledger.reading.vocabulary import full_key
from shouwang.standards import credit_code, dates, money, quantity, resident_id
from shouwang.standards.columns import map_records
from shouwang.standards.reading import N_, Message, table
from shouwang.standards.text import EMPTY_MARKS, clean_names, normalise_column, squeeze, squeeze_column

OWN: Final = table(
    Message("value_missing", N_("必填项空"), N_("请补填。")),
    Message(
        "digits_lost",
        N_("长号码以数字存储，末位丢失，不能恢复"),
        N_("把该列设为文本格式，对照原件重新录入。"),
    ),
    Message("yesno_unreadable", N_("应填是或否"), N_("请写是或否。")),
    Message("value_too_long", N_("内容太长"), N_("请缩短，详情可写在备注里。")),
    Message(
        "division_missing",
        N_("不知道属于哪个社区"),
        N_("表中没有社区；请补写社区一列，或在导入时选定社区。"),
    ),
    Message(
        "division_unknown",
        N_("没有这个社区或区划"),
        N_("请写区划表中的名称或代码；常用的简称可由管理员登记为别名。"),
    ),
    Message(
        "division_ambiguous",
        N_("叫这个名称的区划不止一个"),
        N_("请写区划代码，或连同上级名称一起写。"),
    ),
    Message(
        "division_outside",
        N_("不在您可以导入的范围内"),
        N_("请交由该区划的人员导入，或核对社区是否写错。"),
    ),
    Message("record_conflict", N_("同一栏有两列，内容不一致"), N_("请只保留一列。")),
)
"""Problems that no standard names."""

MESSAGES: Final[dict[str, Message]] = {
    **resident_id.MESSAGES,
    **dates.MESSAGES,
    **money.MESSAGES,
    **quantity.MESSAGES,
    **credit_code.MESSAGES,
    **OWN,
}
"""All messages by code."""

LARGEST: Final = 10**13
"""From here on a number is not taken: columns have eighteen digits, four of them decimals."""
DITTO: Final = ("同上", "〃", "″", "〞", "同 上", "“", "”", '"', "''")
_YES: Final = frozenset(
    (
        "是", "有", "√", "✓", "✔", "对", "已", "能", "Y", "y", "yes", "YES", "true", "TRUE", "True",
        "1", "合格", "属实", "同意", "Ｙ", "☑",
    )
)  # fmt: skip
_NO: Final = frozenset(
    (
        "否", "无", "×", "✗", "✘", "x", "X", "错", "未", "不", "没有", "不能", "N", "n", "no", "NO",
        "false", "FALSE", "False", "0", "不合格", "不属实", "不同意", "不是", "☐",
    )
)  # fmt: skip
_YES_NO: Final = re.compile("^(?:(未|不|没|无|否|非|尚未)|已|是|有|能|可|同意|完成).{0,8}$")
"""Answers in words: 已上报 and 可以 are yes, 未上报, 不能 and 无需 are no (first group)."""
_DENIED: Final = re.compile("[不未无非没否]$")
_NO_VALUE: Final = sorted(EMPTY_MARKS)


@dataclass
class Values:
    """A column of values with its problems (codes, null where none) and notes (code to count)."""

    values: pl.Series
    problems: pl.Series
    notes: dict[str, int]


@dataclass(frozen=True)
class Asked:
    """What reading a column depends on beside its field: unit, year, whether percent cells are fractions."""

    factor: int = 1
    year: int | None = None
    fraction: bool = False
    optional: bool = False


def polars_type(column: LedgerField) -> pl.DataType:
    """The type of a field's values in a frame."""
    kinds: dict[str, pl.DataType] = {
        "date": pl.Date(),
        "month": pl.Date(),
        "datetime": pl.Datetime("us"),
        "money": pl.Decimal(18, 2),
        "number": pl.Decimal(18, 4),
        "percent": pl.Decimal(18, 4),
        "int": pl.Int64(),
        "bool": pl.Boolean(),
    }
    return kinds.get(column.kind, pl.String())


def read_column(column: LedgerField, cells: pl.Series, lost: pl.Series | None, asked: Asked) -> Values:
    """Read the cells of one column.

    ``lost`` marks cells that were stored as a number of sixteen digits or more. A cell without a value is
    refused when the field is required, unless ``asked.optional``.
    """
    reader = _READERS.get(column.kind, _text)
    found = reader(column, cells, asked)
    if lost is not None and lost.any():
        found = _without_lost(column, found, lost)
    if column.required and not asked.optional:
        missing = found.values.is_null() & found.problems.is_null()
        if missing.any():
            code = "id_missing" if column.kind == "id" else "value_missing"
            found.problems = _set(found.problems, missing, code)
    return found


def _set(problems: pl.Series, where: pl.Series, code: str) -> pl.Series:
    return problems.set(where, code)


def _none(length: int) -> pl.Series:
    return pl.Series("problem", [None] * length, dtype=pl.String)


def _without_lost(column: LedgerField, found: Values, lost: pl.Series) -> Values:
    """Refuse identifiers that lost digits; an optional account or code is left out instead, with a note."""
    if column.kind == "id":
        return Values(found.values.set(lost, None), _set(found.problems, lost, "id_lost_digits"), found.notes)
    if column.kind in ("code", "account", "phone"):
        values = found.values.set(lost, None)
        if column.required:
            return Values(values, _set(found.problems, lost, "digits_lost"), found.notes)
        return Values(values, found.problems, found.notes | {"digits_lost": int(lost.sum())})
    return found


def _count(notes: pl.Series) -> dict[str, int]:
    seen = notes.drop_nulls()
    if seen.is_empty():
        return {}
    counted = seen.value_counts()
    return dict(sorted(zip(counted[seen.name].to_list(), counted["count"].to_list(), strict=True)))


def _id(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    found = resident_id.parse_column(cells)
    problems = found["problem"]
    if not column.required:
        problems = problems.set((problems == "id_missing").fill_null(False), None)
    return Values(found["number"], problems, _count(found["note"]))


def _code(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    text = squeeze_column(cells)
    marked = text.str.contains(r"^['`´‘’]|['`´‘’]$")
    if marked.any():
        text = text.str.strip_chars("'`´‘’")
    text = text.set(text.is_in(_NO_VALUE).fill_null(False), None)
    return Values(text, _too_long(column, text), {})


def _name(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    text = clean_names(cells)
    return Values(text, _too_long(column, text), {})


def _text(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    text = normalise_column(cells)
    if column.values:
        text, unknown = _canonical(column, text)
        nothing = text.is_in([v for v in _NO_VALUE if v not in column.values]).fill_null(False)
        text = text.set(nothing, None) if nothing.any() else text
        return Values(text, _too_long(column, text), {"value_unknown": unknown} if unknown else {})
    nothing = text.is_in(_NO_VALUE).fill_null(False)
    text = text.set(nothing, None) if nothing.any() else text
    return Values(text, _too_long(column, text), {})


def _canonical(column: LedgerField, text: pl.Series) -> tuple[pl.Series, int]:
    """Spellings replaced by the values that the declaration names; the count of cells with another text."""
    known = spellings(column)
    distinct = text.unique().drop_nulls().to_list()
    old, new, strange = [], [], []
    for value in distinct:
        key = full_key(value)
        canonical = known.get(key) or known.get(squeeze(value)) or _contained(key, known)
        if canonical is None:
            if value not in EMPTY_MARKS:
                strange.append(value)
        elif canonical != value:
            old.append(value)
            new.append(canonical)
    unknown = int(text.is_in(strange).sum()) if strange else 0
    return (text.replace(old, new) if old else text), unknown


def _contained(value: str, known: Mapping[str, str]) -> str | None:
    """The canonical value whose spelling a short remark contains: 考核合格 is 合格, 已迁出(外省) is 迁出.

    None where two values are named or the word is denied.
    """
    if len(value) > 14:
        return None
    named = set()
    for text in sorted(known, key=len, reverse=True):  # 不合格 goes before the 合格 inside it
        if len(text) >= 2 and text in value:
            if not _DENIED.search(value.partition(text)[0]):
                named.add(known[text])
            value = value.replace(text, "|")
    return named.pop() if len(named) == 1 else None


def spellings(column: LedgerField) -> dict[str, str]:
    """The canonical value by spelling."""
    known: dict[str, str] = {}
    for canonical, others in column.values.items():
        for text in (canonical, *others):
            known.setdefault(full_key(text), canonical)
            known.setdefault(squeeze(text), canonical)
    return known


def _too_long(column: LedgerField, text: pl.Series) -> pl.Series:
    limit = getattr(column, "max_length", None)
    problems = _none(len(text))
    if limit:
        over = (text.str.len_chars() > limit).fill_null(False)
        if over.any():
            problems = _set(problems, over, "value_too_long")
    return problems


def _date(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    found = dates.parse_dates(cells, year=asked.year, month_as_first=not column.required)
    return Values(found["value"], found["problem"], _count(found["note"]))


def _month(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    found = dates.parse_months(cells, year=asked.year)
    return Values(found["value"], found["problem"], _count(found["note"]))


def _datetime(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    found = dates.parse_datetimes(cells, year=asked.year)
    return Values(found["value"], found["problem"], _count(found["note"]))


def _money(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    found = money.parse_column(cells, asked.factor)
    return Values(found["value"], found["problem"], _count(found["note"]))


def _number(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    found = quantity.parse_numbers(cells)
    value = (found["value"] * asked.factor).round(4) if asked.factor != 1 else found["value"].round(4)
    fits = value.abs() < LARGEST
    problems = _set(found["problem"], ~fits.fill_null(True), "number_out_of_range")
    return Values(value.set(~fits.fill_null(True), None).cast(pl.Decimal(18, 4)), problems, {})


def _percent(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    def record(text: object) -> tuple[object, ...]:
        number: object = text
        if asked.fraction and isinstance(text, str):
            try:
                number = float(text)
            except ValueError:
                number = text
        found = quantity.parse_percent(number, fraction=asked.fraction)
        if found.value is None:
            return (None, found.code)
        if not abs(found.value) < LARGEST:
            return (None, "number_out_of_range")
        return (round(found.value, 4), found.code)

    found = map_records(cells, record, {"value": pl.Decimal(18, 4), "problem": pl.String})
    return Values(found["value"], found["problem"], {})


def _int(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    plain = cells.str.contains(r"^-?[0-9]{1,15}$")
    if plain.fill_null(True).all():
        return Values(cells.cast(pl.Int64), _none(len(cells)), {})
    found = quantity.parse_integers(cells)
    return Values(found["value"], found["problem"], {})


def _bool(column: LedgerField, cells: pl.Series, asked: Asked) -> Values:
    known = spellings(column)
    yes_words, no_words = set(known.values()) & _YES, set(known.values()) & _NO
    answers: dict[str, bool | None] = {}
    wrong = []
    for value in cells.unique().drop_nulls().to_list():
        text = squeeze(value).removesuffix(".0")
        canonical = known.get(full_key(value), text)
        if canonical in _YES or canonical in yes_words:
            answers[value] = True
        elif canonical in _NO or canonical in no_words:
            answers[value] = False
        elif text in EMPTY_MARKS:
            answers[value] = None
        elif found := _YES_NO.match(text):
            answers[value] = found[1] is None
        else:
            wrong.append(value)
            answers[value] = None
    values = cells.replace_strict(
        list(answers), list(answers.values()), default=None, return_dtype=pl.Boolean
    )
    problems = _none(len(cells))
    if wrong:
        problems = _set(problems, cells.is_in(wrong).fill_null(False), "yesno_unreadable")
    return Values(values, problems, {})


_READERS: Final[dict[str, Callable[[LedgerField, pl.Series, Asked], Values]]] = {
    "id": _id,
    "code": _code,
    "phone": _code,
    "account": _code,
    "name": _name,
    "text": _text,
    "date": _date,
    "month": _month,
    "datetime": _datetime,
    "money": _money,
    "number": _number,
    "percent": _percent,
    "int": _int,
    "bool": _bool,
}


@cache
def message(code: str) -> Message:
    """The message of a code; every code has one."""
    return MESSAGES[code]


def carry_ditto(cells: pl.Series) -> pl.Series:
    """“同上” and ditto marks replaced by the cell above."""
    ditto = cells.str.strip_chars().is_in(DITTO).fill_null(False)
    if not ditto.any():
        return cells
    above = cells.set(ditto, None).fill_null(strategy="forward")
    return pl.select(pl.when(ditto).then(above).otherwise(cells)).to_series()
