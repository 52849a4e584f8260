"""Numbers of persons, bodies, telephones and accounts that look right and belong to nobody.

All have the region codes 9999xx, which no place has (GB/T 2260), and right check characters.
Columns are made at once: ten million numbers take seconds.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Array = NDArray[Any]

_ID_WEIGHTS: Final = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.int64)
_ID_CHECK: Final = pl.Series(list("10X98765432"))
_CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS: Final = np.array([pow(3, i, 31) for i in range(17)], np.int64)
_BODY_WEIGHTS: Final = np.array([3, 7, 9, 10, 5, 8, 4, 2], np.int64)

SEQUENCES: Final = 10
"""Persons of one sex born on one day that one block of sequence numbers can tell apart."""
_BLOCKS: Final = 49


def block(community: int, floating: bool) -> tuple[int, int]:
    """Region code and first sequence number that only this community's persons have."""
    region = (999950 if floating else 999901) + community // _BLOCKS
    return region, 20 * (1 + community % _BLOCKS)


def _digits(values: Array, width: int) -> Array:
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return values[:, None] // powers % 10


def resident_ids(region: int, births: Array, sequences: Array) -> pl.Series:
    """Resident ID numbers (GB 11643) of a region code, birth dates as yyyymmdd, and sequences 0-999."""
    first17 = (np.int64(region) * 10**8 + births) * 1000 + sequences
    check = _digits(first17, 17) @ _ID_WEIGHTS % 11
    return pl.Series(first17).cast(pl.String) + _ID_CHECK.gather(check)


def sequences(births: Array, male: Array, first: int) -> Array:
    """Sequence numbers from ``first`` on: odd for men, different for those born on one day.

    ``ValueError`` when more than :data:`SEQUENCES` persons of one sex share a day.
    """
    order = pl.DataFrame({"b": births, "m": male})
    rank = order.select(pl.int_range(pl.len()).over("b", "m")).to_series().to_numpy()
    if len(rank) and rank.max() >= SEQUENCES:
        raise ValueError("too many persons share a birth date")
    return np.asarray(first + rank * 2 + male, np.int64)


def credit_codes(kind: str, serials: Array) -> pl.Series:
    """Unified social credit codes (GB 32100): department and class ``kind`` (``91``, ``92`` …)."""
    body = _digits(serials.astype(np.int64), 8)
    eleventh = 11 - body @ _BODY_WEIGHTS % 11
    # 10 is written X, which stands at 28 in the alphabet of the code; 11 is written 0.
    last = np.where(eleventh == 10, _CODE_ALPHABET.index("X"), np.where(eleventh == 11, 0, eleventh))
    head = np.array([_CODE_ALPHABET.index(c) for c in f"{kind}999901"], np.int64)
    values = np.concatenate([np.tile(head, (len(serials), 1)), body, last[:, None]], axis=1)
    check = (31 - values @ _CODE_WEIGHTS % 31) % 31
    alphabet = pl.Series(list(_CODE_ALPHABET))
    text = pl.Series([f"{kind}999901"] * len(serials), dtype=pl.String)
    return text + padded(serials, 8) + alphabet.gather(last) + alphabet.gather(check)


def padded(values: Array, width: int) -> pl.Series:
    """Whole numbers as text with leading zeros."""
    return pl.Series(values).cast(pl.String).str.zfill(width)


def phones(serials: Array) -> pl.Series:
    """Mobile numbers 190-0000-xxxx."""
    return "1900000" + padded(serials % 10_000, 4)


def accounts(serials: Array) -> pl.Series:
    """Bank accounts of 19 digits that begin with 99."""
    return "99" + padded(serials, 17)


def either(mask: Array | pl.Series, yes: str | pl.Series, no: str | pl.Series | None = None) -> pl.Series:
    """A column of text: ``yes`` where the mask holds, else ``no`` (nothing where that is None)."""
    chosen = pl.when(mask if isinstance(mask, pl.Series) else pl.Series(mask))
    values = [pl.lit(v, pl.String) if v is None or isinstance(v, str) else v for v in (yes, no)]
    return pl.select(chosen.then(values[0]).otherwise(values[1])).to_series()


def money(fen: Array) -> pl.Series:
    """Whole fen as a column of yuan, DECIMAL(18,2), without a detour over text or floats."""
    return _decimal(fen, 2)


def quantity(parts: Array) -> pl.Series:
    """Whole ten-thousandths as a column of DECIMAL(18,4)."""
    return _decimal(parts, 4)


def _decimal(values: Array, scale: int) -> pl.Series:
    low = np.ascontiguousarray(values, dtype=np.int64)
    both = np.empty((len(low), 2), np.int64)
    both[:, 0], both[:, 1] = low, low >> 63
    array = pa.Array.from_buffers(pa.decimal128(18, scale), len(low), [None, pa.py_buffer(both)])
    made = pl.from_arrow(array)
    assert isinstance(made, pl.Series)  # noqa: S101 - an array gives a series
    return made
