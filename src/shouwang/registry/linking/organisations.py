"""One organisation has one name: spellings of the same body are brought together.

The credit code decides first: names that stand beside the same code are one body. Then names
that differ only in width, brackets, blanks or the form of company (有限责任公司 is 有限公司) are one.
A name that is another with a place before it, or nearly the same, is listed for a person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import polars as pl

from shouwang.registry.linking.decisions import Decision, pair_key
from shouwang.registry.linking.parts import Frames, LinkPart, Match, PartKey, State
from shouwang.standards import text

ROW = (1 << 32) - 1
FORMS = (("有限责任公司", "有限公司"), ("股份有限公司", "股份公司"))
PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{1,8}?(?:省|市|区|县|街道|镇|乡|村|社区))+")


def plain(name: str) -> str:
    """The name without what offices spell differently: width, brackets, blanks, form of company."""
    short = re.sub(r"[\s()（）\[\]【】《》\"'“”‘’·.,，。、-]", "", text.normalise(name))
    for long, form in FORMS:
        short = short.replace(long, form)
    return short


def canonical(names: Mapping[str, int], codes: Mapping[str, set[str]]) -> dict[str, str]:
    """The name each spelling is known by: the most frequent spelling of its body.

    ``names`` counts each spelling, ``codes`` gives the credit codes seen beside it.
    """
    groups = _Groups()
    by_plain: dict[str, str] = {}
    by_code: dict[str, str] = {}
    for name in sorted(names):
        groups.add(name)
        for key, index in [
            (plain(name), by_plain),
            *[(code, by_code) for code in sorted(codes.get(name, ()))],
        ]:
            if key:
                groups.join(name, index.setdefault(key, name))
    members: dict[str, list[str]] = defaultdict(list)
    for name in names:
        members[groups.root(name)].append(name)
    best = {root: min(group, key=lambda n: (-names[n], len(n), n)) for root, group in members.items()}
    return {name: best[groups.root(name)] for name in names}


class _Groups:
    """Disjoint sets of names."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def add(self, name: str) -> None:
        self._up.setdefault(name, name)

    def root(self, name: str) -> str:
        while self._up[name] != name:
            name = self._up[name]
        return name

    def join(self, one: str, other: str) -> None:
        self._up[self.root(one)] = self.root(other)


def near(names: Iterable[str]) -> list[tuple[str, str, str]]:
    """Pairs of canonical names that may be one body, with the reason: shorter name first."""
    by_tail: dict[str, set[str]] = defaultdict(set)
    for name in names:
        bare = PLACE.sub("", plain(name))
        if len(bare) >= 3:
            by_tail[bare].add(name)
    found = []
    for group in by_tail.values():
        ordered = sorted(group, key=lambda n: (len(n), n))
        for other in ordered[1:]:
            # Two bodies of different places share a bare name; only a bare name itself is doubtful.
            if plain(ordered[0]) == PLACE.sub("", plain(other)):
                found.append((ordered[0], other, "去掉地名后名称相同"))
    return sorted(found)


def link(frames: Frames, decided: Mapping[str, Decision]) -> list[Match]:
    """Write each organisation's one name into the declared columns; list the doubtful pairs."""
    counts: Counter[str] = Counter()
    codes: dict[str, set[str]] = defaultdict(set)
    first: dict[str, tuple[PartKey, int]] = {}
    places = [(part, column) for part in frames.parts for column in part.organisations]
    for part, column in places:
        wanted = ["_ref", column, *(["credit_code"] if "credit_code" in part.schema.names else [])]
        frame = frames.read(part, wanted).filter(pl.col(column).is_not_null())
        counts.update(dict(frame[column].value_counts().iter_rows()))
        if "credit_code" in wanted:
            for name, code in frame.select(column, "credit_code").drop_nulls().unique().iter_rows():
                codes[name].add(code)
        for name, ref in frame.group_by(column).agg(pl.col("_ref").min()).iter_rows():
            first.setdefault(name, (part.key, ref & ROW))
    known = canonical(counts, codes)
    matches = []
    for one, other, reason in near(set(known.values())):
        if codes[one] and codes[other]:
            continue  # both have credit codes, and these differ
        key = pair_key(plain(one), plain(other))
        state: State = decided.get(key, "open")
        if state == "same":
            known = {name: one if best == other else best for name, best in known.items()}
        matches.append(_match(one, other, 0.5, reason, state, key, first))
    for name, best in sorted(known.items()):
        if name != best and plain(name) != plain(best) and not any(m.name == name for m in matches):
            matches.append(_match(best, name, 1.0, "统一社会信用代码相同", "automatic", "", first))
    for part, column in places:
        _rename(frames, part, column, known)
    return matches


def _match(
    one: str,
    other: str,
    probability: float,
    reason: str,
    state: State,
    key: str,
    first: Mapping[str, tuple[PartKey, int]],
) -> Match:
    (part, row), (shown, at) = first[other], first[one]
    return Match("organisation", (*part, row), other, "", one, (*shown, at), probability, reason, state, key)


def _rename(frames: Frames, part: LinkPart, column: str, known: Mapping[str, str]) -> None:
    frame = frames.read(part)
    changes = {n: known[n] for n in frame[column].drop_nulls().unique() if known[n] != n}
    if changes:
        frames.replace(part, frame.with_columns(pl.col(column).replace(changes)))
