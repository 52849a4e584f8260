"""Money in yuan: reading, rounding to the fen, and amounts in words (人民币大写).

Words follow 《支付结算办法》 (银发〔1997〕393号) annex 1 《正确填写票据和结算凭证的基本规定》. Where it
allows two forms, ``to_words`` writes the first one printed and ``from_words`` reads both. cn2an is not used
for amounts: it leaves out the 零 before 角 that the printed example ¥107,000.53 has.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Final

import numpy as np
import polars as pl
import pyarrow as pa

from shouwang.standards.columns import Cells, map_records
from shouwang.standards.quantity import Quantity, formal, integer_from_words, integer_words, parse_quantity
from shouwang.standards.reading import N_, Message, Reading, table
from shouwang.standards.text import squeeze

MESSAGES: Final = table(
    Message("money_unreadable", N_("金额无法识别"), N_("请只写数字，单位为元，例如1234.56。")),
    Message("money_out_of_range", N_("金额超出范围"), N_("请核对位数和单位。")),
    Message("money_rounded", N_("金额不足一分的部分已四舍五入"), N_("请写到分为止。")),
)
"""Problems (first two) and a note (the last) by code."""

FEN: Final = Decimal("0.01")
LIMIT: Final = Decimal(10) ** 16
"""Amounts must be below this to fit DECIMAL(18,2)."""
NOISE: Final = Decimal("0.000001")
"""A difference to the full fen up to this (yuan) comes from reckoning in floats and is not worth a note."""

DECIMAL: Final = pl.Decimal(18, 2)

UNIT_FACTORS: Final = {
    "元": Decimal(1), "人民币": Decimal(1), "¥": Decimal(1), "角": Decimal("0.1"), "分": FEN,
    "百元": Decimal(100), "千元": Decimal(1000), "万元": Decimal(10000), "亿元": Decimal(10**8),
    "元/月": Decimal(1), "元/年": Decimal(1), "元/人": Decimal(1), "元/人·月": Decimal(1),
}  # fmt: skip
"""Yuan per unit, for units behind a figure and in headers."""


def round_fen(amount: Decimal) -> Decimal:
    """Round to the fen, half away from zero (四舍五入)."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def parse_money(value: object, factor: int | Decimal = 1) -> Reading[Decimal]:
    """Read one cell as an amount in yuan with two decimals.

    ``factor`` is the yuan value of the column's unit (10000 for 万元); a unit typed in the cell itself
    (1.2万元, 35元) overrides it. Accepted beside the forms of ``parse_quantity``: ¥1234, RMB, 1234元整 and
    amounts in words. A part below the fen is rounded half up, with the note ``money_rounded`` where
    it is more than ``NOISE``. Problems: ``money_unreadable``, ``money_out_of_range``.

    >>> parse_money("1,234.5万元").value, parse_money("壹万贰仟叁佰元整").value, parse_money("(12.30)").value
    (Decimal('12345000.00'), Decimal('12300.00'), Decimal('-12.30'))
    """
    found = parse_quantity(value)
    if found.problem is not None:
        words = from_words(value) if isinstance(value, str) else None
        if words is None:
            return Reading(problem=MESSAGES["money_unreadable"])
        found = Reading(Quantity(words, "元"))
    if found.value is None:
        return Reading()
    unit = found.value.unit
    if unit is not None and unit not in UNIT_FACTORS:
        return Reading(problem=MESSAGES["money_unreadable"])
    # "1.2万" says its size itself, also in a column of 万元
    unsaid = Decimal(1) if found.value.scaled else Decimal(factor)
    exact = found.value.number * (unsaid if unit is None else UNIT_FACTORS[unit])
    if abs(exact) >= LIMIT:
        return Reading(problem=MESSAGES["money_out_of_range"])
    amount = round_fen(exact)
    if amount == 0:
        amount = abs(amount)  # no negative zero
    if abs(amount) >= LIMIT:
        return Reading(problem=MESSAGES["money_out_of_range"])
    return Reading(amount, note=MESSAGES["money_rounded"] if abs(amount - exact) > NOISE else None)


# ---------------------------------------------------------------------------------------------- words


def _words(amount: Decimal, *, group_zero: bool, jiao_zero: bool) -> str:
    """A positive amount in words without 整."""
    fen = int(amount * 100)
    yuan, jiao, fen = fen // 100, fen // 10 % 10, fen % 10
    text = integer_words(yuan, group_zero=group_zero) + "元" if yuan else ""
    if jiao:
        zero = "零" if yuan and yuan % 10 == 0 and jiao_zero else ""
        text += zero + integer_words(jiao) + "角"
    if fen:
        text += ("零" if yuan and not jiao else "") + integer_words(fen) + "分"
    return text or "零元"


def to_words(amount: Decimal, *, prefix: bool = False) -> str:
    """An amount in words; ``prefix`` puts 人民币 before it. Below zero begins with 负.

    整 closes an amount that ends with the yuan and is left out after 角 and 分, as in the printed examples.
    Raises ValueError for an amount that is not in full fen or not below 10^16.

    >>> to_words(Decimal("107000.53"))
    '壹拾万柒仟元零伍角叁分'
    """
    if amount != round_fen(amount) or abs(amount) >= LIMIT:
        raise ValueError("an amount in words needs full fen and less than 10^16 yuan")
    text = _words(abs(amount), group_zero=False, jiao_zero=True)
    if text.endswith("元"):
        text += "整"
    return ("人民币" if prefix else "") + ("负" if amount < 0 else "") + text


def from_words(text: str) -> Decimal | None:
    """The value of an amount in words, None when it is not written by the rules.

    Reads formal and everyday numerals, 圆 for 元, 正 for 整, with or without 人民币 and 整; a missing 零 that
    the rules demand refuses the text, because 一万二元 may mean 10002 or 12000.
    """
    words = squeeze(text).strip(":").removeprefix("人民币").strip(":")
    sign = -1 if words.startswith("负") else 1
    words = formal(words.removeprefix("负")).removesuffix("整")
    if not words:
        return None
    yuan, mark, rest = words.rpartition("元")
    if not mark:
        yuan, rest = ("", words) if words[-1] in "角分" else (words, "")
    whole = 0 if not yuan and rest else integer_from_words(yuan)
    if whole is None:
        return None
    cents = 0
    for unit, size in (("角", 10), ("分", 1)):
        head, mark, tail = rest.partition(unit)
        if not mark:
            continue
        digit = integer_from_words(head.removeprefix("零"))
        if digit is None or not 1 <= digit <= 9:
            return None
        cents, rest = cents + digit * size, tail
    if rest:
        return None
    amount = round_fen(Decimal(whole) + Decimal(cents) / 100)
    written = words if yuan == "" or "元" in words else words + "元"
    if amount >= LIMIT or not _follows_rules(amount, written):
        return None
    return sign * amount if amount else amount


def _follows_rules(amount: Decimal, written: str) -> bool:
    forms = product((False, True), repeat=2)
    return any(written == _words(amount, group_zero=group, jiao_zero=jiao) for group, jiao in forms)


# -------------------------------------------------------------------------------------------- columns

_SCHEMA: Final = {"value": DECIMAL, "problem": pl.String, "note": pl.String}
_PLAIN_TEXT = r"^-?[0-9]{1,13}(?:\.[0-9]{1,2})?$"


def _from_fen(fen: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pl.Series:
    """Whole fen as a DECIMAL(18,2) column, without passing through text or float."""
    pairs = np.empty((len(fen), 2), dtype="<i8")
    pairs[:, 0], pairs[:, 1] = fen, fen >> 63  # 128-bit two's complement, low word first
    array = pa.Array.from_buffers(pa.decimal128(18, 2), len(fen), [None, pa.py_buffer(pairs.tobytes())])
    return pl.Series(pl.from_arrow(array))


def parse_column(cells: Cells, factor: int | Decimal = 1) -> pl.DataFrame:
    """``parse_money`` for a column: a frame with value (DECIMAL(18,2)), problem and note (codes)."""

    def record(value: object) -> tuple[object, ...]:
        found = parse_money(value, factor)
        return found.value, found.code, found.note_code

    if not isinstance(cells, pl.Series):
        return map_records(cells, record, _SCHEMA)
    if cells.dtype.is_float():
        with np.errstate(over="ignore", invalid="ignore"):
            fen = cells.cast(pl.Float64).to_numpy() * (float(factor) * 100)
            whole = np.rint(fen)
        # Within this distance of a full fen, and small enough that the product is that exact, there is
        # nothing to decide; the rest goes through the scalar form.
        with np.errstate(invalid="ignore"):
            plain = (np.abs(fen) < 1e11) & (np.abs(fen - whole) < 5e-5)
        ready = _from_fen(np.where(plain, whole, 0).astype(np.int64))
    elif cells.dtype == pl.String and factor == 1:
        plain = cells.str.contains(_PLAIN_TEXT).fill_null(False).to_numpy()
        ready = cells.set(~pl.Series(plain), None).cast(DECIMAL)
    else:
        return map_records(cells, record, _SCHEMA)
    mask = pl.Series(plain)
    frame = pl.DataFrame({"value": ready}).with_columns(
        problem=pl.lit(None, dtype=pl.String), note=pl.lit(None, dtype=pl.String)
    )
    if mask.all():
        return frame
    order = pl.int_range(len(cells), eager=True, dtype=pl.UInt32)
    both = pl.concat([frame.filter(mask), map_records(cells.filter(~mask), record, _SCHEMA)])
    return both[pl.concat([order.filter(mask), order.filter(~mask)]).arg_sort()]


def words_column(amounts: pl.Series | Sequence[Decimal | None]) -> pl.Series:
    """``to_words`` for a column; null stays null."""
    frame = map_records(
        amounts, lambda value: (None if value is None else to_words(value),), {"words": pl.String}
    )
    return frame["words"]
