"""The words of a record by which it is found: pairs of characters, runs of letters and digits, facets.

Chinese has no spaces, so a text is cut into overlapping pairs (云溪社区: 云溪 溪社 社区); a search for a text
asks for all its pairs. Runs of letters and digits are kept whole and, where they mix, also in parts
(DB2023001: db 2023001). What lists are narrowed by has words of its own, so that it can be asked for together
with text and without reading rows: a value out of a declared list (``vstatus死亡``), the month of a date
(``mpaidon202305``), the division (``d110101001``, ``d110101001001``). Resident ID numbers are no words: they
are found by their keyed index.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from shouwang.ledger.base import SheetSpec
    from shouwang.ledger.fields import LedgerField

LONGEST: Final = 120
"""So many characters of one value are searched; what follows in a long remark is not."""
TEXTS: Final = ("text", "name", "code", "phone", "account")
DATES: Final = ("date", "month", "datetime")
WIDTHS: Final = (9, 12, 15)
"""Digits of division codes that are words: sub-district, community, grid."""

_RUN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_PART = re.compile(r"[a-z]+|[0-9]+")
_OTHER = re.compile(r"[\W_]+")


@lru_cache(65_536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, in order, each once."""
    found: dict[str, None] = {}
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    for run in _RUN.findall(plain):
        if run[0] < "\u3400":
            found[run] = None
            parts = _PART.findall(run)
            if len(parts) > 1:
                found.update(dict.fromkeys(part for part in parts if len(part) > 2))
        elif len(run) == 1:
            found[run] = None
        else:
            found.update(dict.fromkeys(map("".join, itertools.pairwise(run))))
    return tuple(found)


def asked(text: str) -> Sequence[str]:
    """The words that a search asks for; a single Chinese character asks for nothing (it is in no pair)."""
    return [word for word in words(text) if len(word) > 1 or word < "\u3400"]


@lru_cache(16_384)
def value_word(name: str, value: str) -> str:
    """The word for a value of a column with a list of values, or of a yes-no column."""
    plain = _OTHER.sub("", unicodedata.normalize("NFKC", value).lower())
    return f"v{name.replace('_', '')}{plain}"


@lru_cache(65_536)
def month_word(name: str, day: dt.date) -> str:
    """The word for the month of a date column."""
    return f"m{name.replace('_', '')}{day.year:04d}{day.month:02d}"


@lru_cache(16_384)
def division_words(code: str) -> tuple[str, ...]:
    """The words for the division of a row."""
    return tuple(f"d{code[:width]}" for width in WIDTHS if code[:width].strip("0"))


@lru_cache(65_536)
def _text(value: str) -> str:
    return " ".join(words(value))


@lru_cache(16_384)
def _division(code: str) -> str:
    return " ".join(division_words(code))


Wording = Callable[[Any], str]


def _wording(field: LedgerField) -> Wording | None:
    name = field.name
    if field.kind in DATES:
        return lambda value: month_word(name, value)
    if field.kind == "bool":
        return lambda value: value_word(name, "1" if value else "0")
    if field.values:
        return lambda value: value_word(name, value)
    return _text if field.kind in TEXTS else None


class Wordings:
    """Makes the words of the rows of a ledger that state these columns."""

    def __init__(self, spec: SheetSpec, columns: Sequence[str]) -> None:
        found = ((at, _wording(spec.fields[name])) for at, name in enumerate(columns))
        self.columns = [(at, wording) for at, wording in found if wording is not None]

    def of(self, values: Sequence[Any], code: str) -> str:
        """The words of one row, separated by blanks; two columns that say the same say it twice."""
        found = [_division(code)]
        for at, wording in self.columns:
            value = values[at]
            if value is not None and value != "":
                found.append(wording(value))
        return " ".join(filter(None, found))


def words_of(spec: SheetSpec, values: Mapping[str, Any], code: str) -> str:
    """The words of one row."""
    return Wordings(spec, tuple(values)).of(tuple(values.values()), code)


def months_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first day of each month from that of ``first`` to that of ``last``."""
    at = first.year * 12 + first.month - 1
    while at <= last.year * 12 + last.month - 1:
        yield dt.date(at // 12, at % 12 + 1, 1)
        at += 1
