"""The headers and titles that the declared ledgers know, in one form for comparing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from shouwang.ledger import headers
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.reading.stems import stem
from shouwang.standards.text import clean_header, squeeze

SERIAL: Final = frozenset(
    {"序号", "编号", "序", "号", "行号", "行次", "顺序号", "排序", "项次", "NO", "No", "no", "ID"}
)
"""Headers of a running number."""

_BRACKETS = re.compile(r"[()\[\]{}<>《》「」『』]")
_MONTH = re.compile(r"^(?:(?P<year>(?:19|20)\d\d)[年./-]?)?(?P<month>0?[1-9]|1[0-2])月?(?:份)?$")
_MONTH_WORDS = {f"{w}月": str(i) for i, w in enumerate("一二三四五六七八九", 1)} | {
    "十月": "10",
    "十一月": "11",
    "十二月": "12",
}


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """A header or alias without brackets, their contents, units and spaces."""
    return clean_header(text).label


@lru_cache(maxsize=65536)
def full_key(text: str) -> str:
    """A header or alias without spaces and bracket characters, their contents kept."""
    return _BRACKETS.sub("", squeeze(text)).strip("*:：,，、.")


@lru_cache(maxsize=8192)
def month_of(text: str) -> tuple[int | None, int] | None:
    """The (year, month) a header names, the year None when it is not said; None for other headers.

    >>> month_of("03月"), month_of("2023年6月份"), month_of("十一月"), month_of("6")
    ((None, 3), (2023, 6), (None, 11), None)
    """
    key = full_key(text)
    for word, number in _MONTH_WORDS.items():
        if key in (word, word + "份"):
            return None, int(number)
    found = _MONTH.match(key)
    if found is None or not ("月" in key or found["year"]):
        return None
    return (int(found["year"]) if found["year"] else None), int(found["month"])


@dataclass(frozen=True)
class Header:
    """The header of a column from the top down: ("单位缴纳", "养老")."""

    parts: tuple[str, ...]

    @property
    def path(self) -> str:
        """The header as it is shown and written in a mapping."""
        return "/".join(part.replace("\n", "").strip() for part in self.parts)

    @cached_property
    def leaf(self) -> str:
        """The lowest part."""
        return self.parts[-1] if self.parts else ""

    @cached_property
    def unit(self) -> str | None:
        """The unit in brackets, of the lowest part that has one."""
        return next((u for p in reversed(self.parts) if (u := clean_header(p).unit)), None)

    @cached_property
    def keys(self) -> list[tuple[str, float]]:
        """What to look for in a vocabulary, best first, each with how much a match by it is worth."""
        return _keys(self.parts)


@lru_cache(maxsize=16384)
def _keys(parts: tuple[str, ...]) -> list[tuple[str, float]]:
    """``Header.keys``; the same header is tried again and again while the header rows are looked for."""
    labels = [label_key(p) for p in parts]
    full = [full_key(p) for p in parts]
    keys = [("/".join(full), 1.0), ("/".join(labels), 0.98)]
    if len(parts) > 1:
        keys += [("".join(full), 0.97), ("".join(labels), 0.96)]
        keys += [("/".join(labels[-2:]), 0.95), ("".join(labels[-2:]), 0.93)]
    keys += [(full[-1], 0.92 if len(full) > 1 else 1.0), (labels[-1], 0.9 if len(full) > 1 else 0.98)]
    if len(parts) > 1:  # 单位应缴/失业 is 单位失业, 伤害人数/上年 is 上年伤害人数
        keys += [(labels[-2][:2] + labels[-1], 0.9), (labels[-1] + labels[-2], 0.9)]
    for remark in map(full_key, clean_header(parts[-1]).remarks):
        keys += [(remark + labels[-1], 0.9), (remark, 0.7)]  # 工伤(单位) is 单位工伤
    seen: dict[str, float] = {}
    for key, worth in keys:
        if key:
            seen.setdefault(key, worth)
    return list(seen.items())


LONGEST: Final = 24
"""No header is longer than so many characters; cells of data are not worth a stem."""
STEM: Final = 0.9
"""What a match by the stem is worth beside one letter by letter."""

EVERYWHERE: Final = {
    "person": headers.PERSON,
    "name": headers.NAME,
    "sex": headers.SEX,
    "phone": headers.PHONE,
    "note": headers.NOTE,
    "grid": headers.GRID,
    "address": headers.ADDRESS,
    "dwelling": headers.DWELLING,
    "credit_code": headers.CREDIT_CODE,
}
"""Headers of the columns that are called alike in every ledger, by the name of the column."""


Spelling = tuple[str, float, float, str]
"""A spelling that contains a header or is contained in it: field, quality, worth, spelling."""


@dataclass
class Words:
    """What one ledger calls its columns and itself.

    ``exact`` leads from a spelling to (field, worth), ``stems`` from a stem to these and the spelling.
    """

    spec: SheetSpec
    exact: dict[str, tuple[str, float]] = field(default_factory=dict)
    stems: dict[str, tuple[str, float, str]] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    pairs: frozenset[str] = frozenset()
    """Every two characters that stand side by side in a phrase, and the phrases of one character."""
    titles: dict[str, float] = field(default_factory=dict)
    """How well the phrases fit a title, as far as it was asked; like the next two it spares asking again."""
    spellings: dict[str, list[Spelling]] = field(default_factory=dict)
    likest: dict[str, tuple[str, float, str] | None] = field(default_factory=dict)

    def find(self, header: Header, leaf_counts: Mapping[str, int]) -> tuple[str, float, str] | None:
        """The field with exactly this header: (field, quality, key), None when there is none.

        A lowest part that several columns share (养老 under 单位缴纳 and 个人缴纳) says nothing alone.
        """
        for key, worth in header.keys:
            alone = len(header.parts) > 1 and key in (full_key(header.leaf), label_key(header.leaf))
            if alone and leaf_counts.get(label_key(header.leaf), 0) > 1:
                continue
            if found := self.exact.get(key):
                return found[0], worth * found[1], key
            if found_stem := self.stems.get(stem(key)):
                return found_stem[0], worth * found_stem[1] * STEM, found_stem[2]
        return None


@dataclass
class Vocabulary:
    """The words of all ledgers, and which ledgers know each header (``owners``) or its stem (``stems``)."""

    words: dict[str, Words]
    owners: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)

    def knows(self, header: Header) -> bool:
        """Whether any ledger has this header."""
        return any(key in self.owners or self._has_stem(key) for key, _ in header.keys)

    def _has_stem(self, key: str) -> bool:
        return len(key) <= LONGEST and stem(key) in self.stems

    def knowing(self, header: Header) -> set[str]:
        """The ledgers that have this header."""
        found: set[str] = set()
        for key, _ in header.keys:
            found.update(self.owners.get(key, ()), self.stems.get(stem(key), ()))
        return found

    def weight(self, key: str) -> float:
        """How telling a header is: 1 when one ledger has it, little when most have it."""
        ledgers = max(1, len(self.owners.get(key, ())))
        return 1.0 / (1.0 + 0.45 * math.log(ledgers))


@lru_cache(maxsize=8192)
def phrase_key(text: str) -> str:
    """A title or phrase for comparing: without spaces, brackets, digits and marks."""
    return re.sub(r"[\W_\d]+", "", full_key(text))


def pairs(text: str) -> Iterator[str]:
    """Every two characters that stand side by side."""
    return (text[i : i + 2] for i in range(len(text) - 1))


def vocabulary(ledgers: Iterable[SheetSpec]) -> Vocabulary:
    """Collect the words of these ledgers."""
    every = Vocabulary({})
    for spec in ledgers:
        words = Words(spec)
        for name, column in spec.fields.items():
            spellings = [(column.label, 1.0), *((alias, 0.97) for alias in column.aliases)]
            for text, worth in spellings:
                for key in (full_key(text), "/".join(map(full_key, text.split("/"))), label_key(text)):
                    if key and words.exact.get(key, ("", 0.0))[1] < worth:
                        words.exact[key] = (name, worth)
        for name, usual in EVERYWHERE.items():
            if name in spec.fields:
                for text in usual:
                    words.exact.setdefault(full_key(text), (name, 0.9))
        words.stems = _stems(words)
        names = (spec.title, *spec.aliases)
        words.phrases = tuple(sorted({phrase_key(n) for n in names if phrase_key(n)}, key=len, reverse=True))
        words.pairs = frozenset(
            part for phrase in words.phrases for part in (pairs(phrase) if len(phrase) > 1 else [phrase])
        )
        every.words[spec.name] = words
        for key in words.stems:
            every.stems.setdefault(key, []).append(spec.name)
        for key in words.exact:
            every.owners.setdefault(key, []).append(spec.name)
    return every


def _stems(words: Words) -> dict[str, tuple[str, float, str]]:
    """The stems that belong to one column only: one that two columns share says nothing."""
    found: dict[str, tuple[str, float, str]] = {}
    shared: set[str] = set()
    for key, (name, worth) in words.exact.items():
        for text in {stem(key), *_month_stems(key, words.spec.fields[name].kind)}:
            known = found.get(text)
            if known is not None and known[0] != name:
                shared.add(text)
            elif len(text) >= 2 and (known is None or known[1] < worth):
                found[text] = (name, worth, key)
    return {text: entry for text, entry in found.items() if text not in shared}


def _month_stems(key: str, kind: str) -> list[str]:
    """A month is asked for as 起保年月, 起保月份, 起保时间 or 起保日期."""
    if kind != "month":
        return []
    bare = re.sub("(?:年月|月份|时间|日期)$", "", key)
    return [stem(bare + end) for end in ("年月", "时间")] if len(bare) >= 2 and bare != key else []
