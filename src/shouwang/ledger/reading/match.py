"""Which ledger a sheet is, and which of its columns is which field.

Every declared ledger is scored by how well it explains the columns (a header that few ledgers have tells
more than 姓名), how well its names fit title, sheet and file name, and whether what it requires is there. The
contents have a say in every column: 日期 over a column of names is no date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.reading.content import Evidence
from shouwang.ledger.reading.context import Surroundings
from shouwang.ledger.reading.stems import likeness, stem
from shouwang.ledger.reading.vocabulary import (
    SERIAL,
    Header,
    Spelling,
    Vocabulary,
    Words,
    full_key,
    label_key,
    month_of,
    pairs,
    phrase_key,
)

ACCEPT: Final = 0.5
"""The score from which a sheet is taken for a ledger."""
WIDE: Final = 30
"""How many ledgers are looked at by the number of headers they know."""
SHORTLIST: Final = 8
"""How many ledgers are compared in full."""
LEAST_QUALITY: Final = 0.55
"""How good the match of a column must be at least."""
LEAST_ALIKE: Final = 0.66
"""How alike two headers must be to be taken for one."""
CLEAR: Final = 0.06
"""By how much the likest must lead."""

Columns = Mapping[int, tuple[Header, Evidence]]


@dataclass(frozen=True)
class Match:
    """A column taken for a field: ``how`` is exact, similar or month, ``quality`` is 0 to 1."""

    field: str
    how: str
    quality: float
    key: str = ""
    month: tuple[int | None, int] | None = None


def _in_question(columns: Columns, words: Vocabulary, around: Surroundings) -> list[str]:
    """The ledgers that know most of the headers, and those whose names stand around the table."""
    counts = dict.fromkeys(words.words, 0.0)
    for header, _ in columns.values():
        knowing = words.knowing(header)
        for name in knowing:
            counts[name] += 1.0 / (1.0 + 0.1 * len(knowing))
    ranked = sorted(counts, key=lambda name: -counts[name])
    titled = [name for name in ranked[WIDE:] if title_score(words.words[name], around) > 0.4]
    return ranked[:WIDE] + titled


@dataclass
class Candidate:
    """A ledger as an explanation of a sheet."""

    spec: SheetSpec
    matches: dict[int, Match] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)
    cover: float = 0.0
    title: float = 0.0
    score: float = 0.0
    missing: tuple[str, ...] = ()

    @property
    def acceptable(self) -> bool:
        """Whether the sheet may be read as this ledger."""
        return not self.missing and self.score >= ACCEPT and bool(self.matches)


def serial_column(columns: Columns) -> int | None:
    """The column that only numbers the rows."""
    for index, (header, seen) in sorted(columns.items())[:4]:
        if full_key(header.path) in SERIAL and (seen.running or seen.filled == 0):
            return index
    first = min(columns, default=None)
    if first is not None and full_key(columns[first][0].path) in ("序号", "序", "行次", "项次"):
        return first
    return None


def candidates(
    columns: Columns, words: Vocabulary, around: Surroundings, only: Sequence[str] = ()
) -> list[Candidate]:
    """The ledgers that come into question with their scores, best first."""
    serial = serial_column(columns)
    kept = {i: column for i, column in columns.items() if i != serial}
    chosen = [words.words[name] for name in only or _in_question(kept, words, around)]
    rough = [(explain(kept, words, ledger, around, fuzzy=False), ledger) for ledger in chosen]
    # Comparing spellings that are merely similar is dear, so it is left to those that come into question.
    rough.sort(key=lambda pair: -pair[0].score)
    titled = sorted(rough, key=lambda pair: -pair[0].title)
    near = {pair[0].spec.name for pair in (*rough[:SHORTLIST], *titled[: SHORTLIST // 2])}
    found = [
        explain(kept, words, ledger, around) if candidate.spec.name in near else candidate
        for candidate, ledger in rough
    ]
    return sorted(found, key=lambda c: (-c.score, bool(c.missing), -c.title, c.spec.name))


def explain(
    columns: Columns, words: Vocabulary, ledger: Words, around: Surroundings, fuzzy: bool = True
) -> Candidate:
    """How well one ledger explains the columns."""
    spec = ledger.spec
    found = Candidate(spec, assign(columns, ledger, fuzzy))
    used = {match.field for match in found.matches.values()}
    months = [match.month for match in found.matches.values() if match.month]
    if months and spec.spread and (around.year or all(year for year, _ in months)):
        used.add(spec.spread.over)  # months of no year say nothing
    found.title = title_score(ledger, around)
    found.context = around.values(spec, used, ledger.phrases)
    have = used | set(found.context)
    found.missing = tuple(
        column.label for name, column in spec.fields.items() if column.required and name not in have
    )
    total = explained = 0.0
    for index, (header, seen) in columns.items():
        match = found.matches.get(index)
        if match is None and seen.filled == 0:
            continue
        known = next((key for key, _ in header.keys if key in words.owners), "")
        told = (match.key if match else "") or known
        weight = words.weight(told) if told else 0.7
        if match and match.month:
            weight = 0.15
        elif match is None and month_of(header.leaf):
            weight = 0.3
        total += weight
        explained += weight * match.quality if match else 0.0
    found.cover = explained / total if total else 0.0
    wanted = [name for name, c in spec.fields.items() if c.required or name in spec.key]
    wanted = [name for name in wanted if name != "division"] or [n for n in spec.fields if n != "division"]
    keys = sum(1 for name in wanted if name in have) / len(wanted)
    found.score = 0.55 * found.cover + 0.3 * found.title + 0.15 * keys
    if found.missing:
        found.score *= 0.6
    if found.cover >= 0.9 and len(found.matches) >= 5 and not found.missing:
        found.score = max(found.score, ACCEPT + 0.05 * found.cover)
    return found


def assign(columns: Columns, ledger: Words, fuzzy: bool = True) -> dict[int, Match]:
    """One field a column and one column a field, the best pairs first; months go to a spread field."""
    spec = ledger.spec
    matches: dict[int, Match] = {}
    spread = spec.spread
    months = {i: m for i, (h, _) in columns.items() if (m := month_of(h.leaf))}
    if spread and len(months) >= 2 and len({m[1] for m in months.values()}) == len(months):
        for index, month in months.items():
            matches[index] = Match(spread.value, "month", 1.0, "", month)
    taken = {spread.over, spread.value} if spread and matches else set()
    leaves: dict[str, int] = {}
    for header, _ in columns.values():
        leaves[label_key(header.leaf)] = leaves.get(label_key(header.leaf), 0) + 1
    pairs: list[tuple[float, int, str, str, str]] = []
    for index, (header, seen) in columns.items():
        if index in matches:
            continue
        exact = ledger.find(header, leaves)
        if exact:
            name, quality, key = exact
            fit = seen.fits(spec.fields[name])
            if fit > 0:
                pairs.append((quality * (0.5 + 0.5 * fit) if fit < 1 else quality, index, name, key, "exact"))
        if fuzzy and (exact is None or seen.fits(spec.fields[exact[0]]) < 0.5):
            pairs += [(q, index, name, key, "similar") for q, name, key in similar(header, seen, ledger)]
    for quality, index, name, key, how in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if quality >= LEAST_QUALITY and index not in matches and name not in taken:
            matches[index] = Match(name, how, quality, key)
            taken.add(name)
    return matches


def similar(header: Header, seen: Evidence, ledger: Words) -> list[tuple[float, str, str]]:
    """Fields whose spelling is contained in the header or contains it, where the contents agree.

    The head of a Chinese compound stands last (经营者身份证号 is a 身份证号): a common ending counts more.
    """
    text = label_key(header.leaf)
    if len(text) < 2:
        return []
    found = _alike(stem(text), seen, ledger)
    for name, quality, worth, key in _spellings(text, ledger):
        column = ledger.spec.fields[name]
        if column.kind in ("text", "code") and quality < 0.7:
            continue
        fit = seen.fits(column)
        quality *= worth * fit if fit >= 0.7 else 0.0
        if quality > found.get(name, (0.0, ""))[0]:
            found[name] = (quality, key)
    return [(quality, name, key) for name, (quality, key) in found.items()]


def _spellings(text: str, ledger: Words) -> list[Spelling]:
    """The ledger's spellings that a header contains or that contain it."""
    known = ledger.spellings.get(text)
    if known is not None:
        return known
    found = ledger.spellings[text] = []
    for key, (name, worth) in ledger.exact.items():
        if "/" in key or len(key) < 2 or key == text:
            continue
        if text.endswith(key):
            quality = 0.5 + 0.4 * len(key) / len(text)
        elif key.endswith(text) and len(text) >= 3:
            quality = 0.45 + 0.4 * len(text) / len(key)
        elif (text.startswith(key) and len(key) >= 3) or (key.startswith(text) and len(text) >= 3):
            quality = 0.4 + 0.4 * min(len(key), len(text)) / max(len(key), len(text))
        else:
            continue
        found.append((name, quality, worth, key))
    return found


def _alike(text: str, seen: Evidence, ledger: Words) -> dict[str, tuple[float, str]]:
    """The field whose stem has most characters in common with ``text``; none where two come close."""
    if text not in ledger.likest:
        ledger.likest[text] = _likest(text, ledger)
    likest = ledger.likest[text]
    if likest is None:
        return {}
    name, alike, key = likest
    column = ledger.spec.fields[name]
    fit = seen.fits(column)
    # A wrong yes/no column would refuse every row, so the cells have to look the part.
    if fit < 0.7 or (column.kind == "bool" and seen.yes < 0.8):
        return {}
    return {name: (0.9 * alike * fit, key)}


def _likest(text: str, ledger: Words) -> tuple[str, float, str] | None:
    """The field with the likest stem, how alike it is, and its spelling."""
    best: dict[str, tuple[float, str]] = {}
    for other, (name, worth, key) in ledger.stems.items():
        alike = likeness(text, other)
        if alike > 0 and worth * alike > best.get(name, (0.0, ""))[0]:
            best[name] = (worth * alike, key)
    ranked = sorted(best.items(), key=lambda item: -item[1][0])
    if not ranked or (len(ranked) > 1 and ranked[0][1][0] - ranked[1][1][0] < CLEAR):
        return None
    name, (alike, key) = ranked[0]
    return None if alike < LEAST_ALIKE else (name, alike, key)


def title_score(ledger: Words, around: Surroundings) -> float:
    """How well the ledger's names fit title, sheet name and file name (0 to 1)."""
    return max((weight * best_fit(ledger, text) for text, weight in around.naming), default=0.0)


def best_fit(ledger: Words, text: str) -> float:
    """How well the best of the ledger's phrases fits a title."""
    known = ledger.titles.get(text)
    if known is None:
        target = phrase_key(text)
        known = 0.0
        # What has no two characters in common with any phrase fits none; that is so of most ledgers.
        if len(target) > 1 and not ledger.pairs.isdisjoint(_parts(target)):
            known = max((_fits_title(phrase, target) for phrase in ledger.phrases), default=0.0)
        ledger.titles[text] = known
    return known


def _fits_title(phrase: str, target: str) -> float:
    if phrase in target:
        return 0.75 + 0.25 * min(1.0, len(phrase) / 6)
    if len(target) >= 3 and target in phrase:
        return 0.5 + 0.4 * len(target) / len(phrase)
    parts = frozenset(pairs(phrase))
    if not parts:
        return 0.0
    share = sum(1 for pair in parts if pair in target) / len(parts)
    return 0.7 * share if share >= 0.5 else 0.0


@lru_cache(maxsize=8192)
def _parts(target: str) -> frozenset[str]:
    return frozenset((*target, *pairs(target)))


_VOID_WORD = "(?:作废|草稿|停用|勿用|废弃|样表|范例|示例|样例)"
# In brackets, at the end or before a mark: 收据作废登记 and 停用账户登记 are ledgers of their own.
_VOID = re.compile(rf"[(（【\[〔][^)）】\]〕]*{_VOID_WORD}|{_VOID_WORD}$|^{_VOID_WORD}(?:$|[-_—·\s\d])")
_HIDDEN_VOID = re.compile("备份|副本|旧|底稿|历史|存档|原始|临时|草|上年|copy|bak|old", re.IGNORECASE)
_REFERENCE = re.compile(
    "字典|代码表|码表|编码表|下拉|选项|数据源|数据有效性|填表说明|填报说明|填写说明|使用说明|模板说明|封面|封皮|目次|目录页"
)
_SUMMARY = re.compile("汇总|统计|透视|分析|图表|对比|小结|情况表")


def void_reason(sheet: str, title: Sequence[str], hidden: bool) -> str:
    """Why a sheet must not be read though it may look like a ledger; "" when nothing speaks against it."""
    texts = [sheet, *title[:1]]
    if any(_VOID.search(text) for text in texts):
        return "void"
    if hidden and _HIDDEN_VOID.search(sheet):
        return "hidden_copy"
    if any(_REFERENCE.search(text) for text in texts):
        return "reference"
    return ""


def is_summary(sheet: str, title: Sequence[str]) -> bool:
    """Whether names say that a sheet sums up others."""
    return any(_SUMMARY.search(text) for text in (sheet, *title[:1]))
