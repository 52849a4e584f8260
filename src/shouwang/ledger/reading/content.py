"""What the cells of a column look like, so that a header is believed only where the contents agree."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import polars as pl

from shouwang.ledger.fields import LedgerField
from shouwang.ledger.reading.vocabulary import full_key
from shouwang.standards.text import EMPTY_MARKS, squeeze

SAMPLE: Final = 300
FIRST: Final = 400
"""So many cells tell whether a column only numbers the rows."""

_ID = re.compile(r"^\d{15}$|^\d{17,18}$|^\d{17}[Xx*]$|^\d\.\d{6,}[eE]\+?17$")
_NUMBER = re.compile(
    r"^[-+(]?[¥$]?-?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?\)?(?:元|万元|万|%|人|户|度|吨|次|个|套|件|天|岁|分|张|处|㎡|平方米)?$"
)
_DATE = re.compile(
    r"^(?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}[日号])?|[-./]\d{1,2}(?:[-./]\d{1,2})?|(?:0[1-9]|1[0-2])(?:[0-3]\d)?)"
    r"(?:\d{1,2}[:时点].*|\D.*)?$"  # a time may follow, without the space that was squeezed out
    r"|^\d{1,2}月\d{1,2}[日号]$|^[34]\d{4}(?:\.\d+)?$|^\d{2}[-./]\d{1,2}[-./]\d{1,2}$|^[一二〇○零].{2,}年.*[月日]$"
)
_MONTH = re.compile(r"^(?:19|20)\d\d(?:年\d{1,2}月.*|[-./]\d{1,2}.*|(?:0[1-9]|1[0-2]).*)$|^\d{1,2}月(?:份)?$")
_PHONE = re.compile(r"^\+?[\d-]{7,18}(?:[/、,]\+?[\d-]{7,18})*$")
_NAME = re.compile(r"^[\u3400-\u9fff○〇·*×]{2,6}$|^[\u3400-\u9fff]{2,10}·[\u3400-\u9fff·]+$")
_LABELLED = re.compile(r"^[\u3400-\u9fff]{2,10}[:：]")
"""A signature below the table (审核人：…), whichever column it happens to stand in."""
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\Z", re.ASCII)
_COLON = re.compile("[:：]")
_YES = frozenset(
    (
        "是", "否", "有", "无", "√", "×", "对", "错", "已", "未", "Y", "N", "y", "n", "yes", "no", "true",
        "false", "1", "0", "能", "不能", "✓", "✔", "✗", "合格", "不合格",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """Shares (0 to 1) of the filled cells of a column that look like something; ``filled`` counts them."""

    filled: int
    id: float = 0.0
    number: float = 0.0
    date: float = 0.0
    month: float = 0.0
    phone: float = 0.0
    name: float = 0.0
    yes: float = 0.0
    distinct: float = 0.0
    running: bool = False
    values: frozenset[str] = frozenset()
    length: float = 0.0

    def fits(self, column: LedgerField) -> float:
        """How well the contents agree with what the ledger's column should hold: 0 excludes, 1 agrees."""
        if self.filled == 0:
            return 0.9
        measure = {
            "id": self.id,
            "date": max(self.date, self.month * 0.9),
            "datetime": self.date,
            "month": max(self.month, self.date * 0.9, self.number * 0.5),
            "money": self.number,
            "number": self.number,
            "percent": self.number,
            "int": self.number,
            "bool": max(self.yes, 0.2),
            "phone": max(self.phone, 0.3),
            "account": max(self.number, self.phone, self.id, 0.3),
            "name": max(self.name, 0.4),
        }.get(column.kind)
        if measure is not None:
            if column.kind == "id" and self.filled >= 3 and measure < 0.2:
                # Numbers of another kind under 证件号. Where the ledger cannot do without, the rows are
                # refused one by one, which says more than that the sheet is not recognised.
                return 0.2 if column.required else 0.0
            if (
                column.kind in ("date", "datetime", "money", "number", "percent", "int", "month")
                and measure < 0.2
            ):
                return 0.1
            return 0.4 + 0.6 * measure if measure < 0.9 else 1.0
        if column.kind == "text" and self.id > 0.5:
            return 0.2
        if (
            column.kind == "text"
            and not column.values
            and max(self.date, self.number) > 0.95
            and self.length > 3
        ):
            return 0.6
        if column.values and self.values:
            known = {full_key(v) for k, vs in column.values.items() for v in (k, *vs)}
            share = len(self.values & known) / len(self.values)
            return 0.6 + 0.4 * share
        return 1.0


def evidence(cells: pl.Series, header: Collection[str] = ()) -> Evidence:
    """Look at up to ``SAMPLE`` filled cells, taken evenly from the whole column.

    Cells that repeat the ``header``, as at the top of each printed page, say nothing.
    """
    filled = cells.drop_nulls()
    repeated = {part.strip() for part in header}
    if len(filled) <= SAMPLE:  # most sheets are short; a question to Polars costs more than the whole column
        raw = [cell for cell in filled.to_list() if cell.strip() not in repeated]
        count, first = len(raw), raw
    else:
        if repeated:
            filled = filled.filter(~filled.str.strip_chars().is_in(list(repeated)))
        count, first = len(filled), filled.head(FIRST).to_list()
        raw = filled.gather_every(max(1, count // SAMPLE)).to_list()
    if not raw:
        return Evidence(0)
    sample = [
        text
        for text in (squeeze(c).strip("'") for c in raw)
        if (text not in EMPTY_MARKS or text == "无") and not _LABELLED.match(text)
    ]
    if not sample:
        return Evidence(0)
    sampled = len(sample)

    def share(pattern: re.Pattern[str]) -> float:
        return sum(1 for text in sample if pattern.match(text)) / sampled

    different = set(sample)
    return Evidence(
        filled=count,
        id=share(_ID),
        number=share(_NUMBER),
        date=share(_DATE),
        month=share(_MONTH),
        phone=share(_PHONE),
        name=share(_NAME),
        yes=sum(1 for text in sample if text in _YES) / sampled,
        distinct=len(different) / sampled,
        running=_is_running(first),
        values=frozenset(map(full_key, different)) if len(different) <= 40 else frozenset(),
        length=sum(map(len, sample)) / sampled,
    )


def _is_running(cells: Sequence[str]) -> bool:
    """Whether the cells count 1, 2, 3 … (gaps and restarts allowed)."""
    texts = [text for cell in cells if len(text := cell.strip()) <= 6 and not _COLON.search(text)]
    numbers = [float(text) for text in texts if _PLAIN.match(text)]  # no remarks below it
    if len(texts) - len(numbers) > 0.2 * len(texts) or not numbers or numbers[0] not in (0.0, 1.0):
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return not steps or steps.count(1.0) >= 0.6 * len(steps)
