"""Rows without an ID number are linked to known persons by what else they tell.

Known persons are the distinct ID numbers of all ledgers with the names, telephones, dwellings
and household numbers seen with them. A stray row has a name but no ID. Its candidates share its
pinyin, telephone, birth date, dwelling or household; Splink weighs how far they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from shouwang.registry.linking.decisions import Decision, pair_key
from shouwang.registry.linking.parts import Frames, LinkPart, Match, State
from shouwang.registry.linking.pinyin import toneless
from shouwang.registry.linking.weighing import Population, weigh

CERTAIN = 0.99
"""From this probability on a match is used without asking, if nothing else speaks against it."""
LISTED = 0.50
"""Below this probability a pair is not worth a person's time."""
MARGIN = 0.20
"""A certain match must be so much more probable than the next candidate."""
INDEPENDENT = 2
"""So many attributes besides name and sex must agree for a certain match."""
ROW = (1 << 32) - 1

ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "phones": ("phone",),
    "dwellings": ("dwelling", "address"),
    "households": ("household_no", "certificate"),
    "areas": ("division", "grid"),
}
"""What is compared, and the columns of the ledgers that tell it."""

WEAK = ("name", "sex", "areas")
"""Attributes that many persons share: they support a match, they found none."""

LABELS = {
    "name": "姓名",
    "sex": "性别",
    "birth": "出生日期",
    "phones": "电话",
    "dwellings": "住址",
    "households": "户号或证号",
    "areas": "所属社区",
}


def link(frames: Frames, decided: Mapping[str, Decision]) -> list[Match]:
    """Fill the ``person`` of strays that certainly are a known person; list the other pairs."""
    stray_parts = [part for part in frames.parts if _may_stray(part)]
    strays = [(part, frame) for part in stray_parts if not (frame := _strays(frames, part)).is_empty()]
    if not strays:
        return []
    everyone = pl.concat([frame.with_columns(part=pl.lit(i)) for i, (_part, frame) in enumerate(strays)])
    everyone = everyone.with_row_index("id").with_columns(pl.col("id").cast(pl.String))
    known, population = _known(frames, everyone)
    if known.is_empty():
        return []
    pairs = weigh(everyone, known, population)
    matches: list[Match] = []
    chosen: dict[int, dict[int, str]] = {}
    names = {row["person"]: row for row in known.iter_rows(named=True)}
    rows = {row["id"]: row for row in everyone.iter_rows(named=True)}
    for stray, candidates in _by_stray(pairs):
        row = rows[stray]
        part = strays[row["part"]][0]
        states = _judge(row, candidates, decided)
        for (candidate, probability, agreed, differs), (state, key) in zip(candidates, states, strict=True):
            person = names[candidate]
            if state in ("automatic", "same"):
                chosen.setdefault(row["part"], {})[row["_ref"]] = candidate
            matches.append(
                Match(
                    what="person",
                    where=(*part.key, row["_ref"] & ROW),
                    name=row["name"],
                    candidate=candidate,
                    candidate_name=person["name"],
                    candidate_where=(*frames.parts[person["part"]].key, person["_ref"] & ROW),
                    probability=probability,
                    reason=_reason(agreed, differs),
                    state=state,
                    key=key,
                )
            )
    for i, persons in chosen.items():
        _fill(frames, strays[i][0], persons)
    return matches


Candidate = tuple[str, float, tuple[str, ...], tuple[str, ...]]


def _judge(
    row: Mapping[str, object], candidates: list[Candidate], decided: Mapping[str, Decision]
) -> list[tuple[State, str]]:
    """The state of each candidate of one stray, best first: a person's word comes before all."""
    keys = [pair_key(_content(row), candidate) for candidate, *_rest in candidates]
    said = [decided.get(key) for key in keys]
    out: list[tuple[State, str]] = []
    taken = "same" in said
    for i, ((_candidate, probability, agreed, differs), key, word) in enumerate(
        zip(candidates, keys, said, strict=True)
    ):
        others = [c[1] for j, c in enumerate(candidates) if j != i and said[j] != "different"]
        independent = [a for a in agreed if a not in WEAK]
        certain = (
            probability >= CERTAIN
            and probability - max(others, default=0.0) >= MARGIN
            and len(independent) >= INDEPENDENT
            and not differs
        )
        state: State = word or ("automatic" if certain and not taken else "open")
        out.append((state, key))
    if said.count("same") > 1:
        # One row can't be two persons: both decisions are put back for a person to settle.
        out = [("open" if s == "same" else s, key) for s, key in out]
    return out


def _content(row: Mapping[str, object]) -> str:
    """What identifies a stray wherever its row stands."""
    values = (row[c] for c in ("name", "sex", "birth", "phones", "dwellings", "households"))
    return "\x1e".join(",".join(v) if isinstance(v, list) else str(v or "") for v in values)


def _reason(agreed: tuple[str, ...], differs: tuple[str, ...]) -> str:
    parts = []
    if agreed:
        parts.append("、".join(LABELS[a] for a in agreed) + "相符")
    if differs:
        parts.append("、".join(LABELS[a] for a in differs) + "不符")
    return "，".join(parts)


def _by_stray(pairs: pl.DataFrame) -> Iterator[tuple[str, list[Candidate]]]:
    # A name alone, however rare, is no ground to bother a person with.
    grounds = pl.col("agreed").list.set_difference(list(WEAK)).list.len() > 0
    kept = pairs.filter((pl.col("probability") >= LISTED) & grounds).sort(
        "id", "probability", "person", descending=[False, True, False]
    )
    for (stray,), group in kept.group_by("id", maintain_order=True):
        yield (
            str(stray),
            [
                (r["person"], r["probability"], tuple(r["agreed"]), tuple(r["differs"]))
                for r in group.iter_rows(named=True)
            ],
        )


def _may_stray(part: LinkPart) -> bool:
    return {"person", "name"} <= set(part.schema.names) and "name" in part.columns


def _strays(frames: Frames, part: LinkPart) -> pl.DataFrame:
    """The rows of a part with a name but no ID, in the columns that are compared."""
    empty = frames.read(part, ["person", "name"]).select(
        (pl.col("person").is_null() & pl.col("name").is_not_null()).any()
    )
    if not empty.item():
        return pl.DataFrame()
    return _compared(frames.read(part)).filter(pl.col("person").is_null() & pl.col("name").is_not_null())


def _compared(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows in the columns that are compared; absent ones are empty."""

    def texts(columns: tuple[str, ...]) -> pl.Expr:
        there = [pl.col(c).cast(pl.String) for c in columns if c in frame.columns]
        return pl.concat_list(there).list.drop_nulls() if there else pl.lit([], dtype=pl.List(pl.String))

    birth = pl.col("person").str.slice(6, 8)
    if "birth_date" in frame.columns:
        birth = pl.coalesce(birth, pl.col("birth_date").dt.strftime("%Y%m%d"))
    by_number = (
        pl.when(pl.col("person").str.slice(16, 1).str.contains("[13579]"))
        .then(pl.lit("男"))
        .when(pl.col("person").is_not_null())
        .then(pl.lit("女"))
    )
    return frame.select(
        "_ref",
        "person",
        "name",
        by_number.otherwise(pl.col("sex") if "sex" in frame.columns else None).alias("sex"),
        birth.alias("birth"),
        *[texts(columns).alias(name) for name, columns in ATTRIBUTES.items()],
    ).with_columns(toneless(frame["name"]).alias("pinyin"))


def _known(frames: Frames, strays: pl.DataFrame) -> tuple[pl.DataFrame, Population]:
    """The persons who share anything with a stray, and what is common among all persons.

    The first has one row a person with all that is seen of them.
    """
    wanted = {
        column: (strays[column].explode() if column in ATTRIBUTES else strays[column]).drop_nulls().unique()
        for column in ("pinyin", "birth", "phones", "dwellings", "households")
    }
    found = []
    population = Population()
    for i, part in enumerate(frames.parts):
        if not {"person", "name"} <= set(part.schema.names):
            continue
        identified = _compared(frames.read(part)).filter(pl.col("person").is_not_null())
        population.see(identified)
        rows = identified.filter(
            pl.any_horizontal(
                [
                    pl.col(c).list.eval(pl.element().is_in(values.implode())).list.any()
                    if c in ATTRIBUTES
                    else pl.col(c).is_in(values.implode())
                    for c, values in wanted.items()
                ]
            )
        )
        found.append(rows.with_columns(part=pl.lit(i)))
    if not found:
        return pl.DataFrame(), population
    known = (
        pl.concat(found)
        .sort("part", "_ref")
        .group_by("person", maintain_order=True)
        .agg(
            pl.col("name").drop_nulls().first(),
            pl.col("pinyin").drop_nulls().first(),
            pl.col("sex").first(),
            pl.col("birth").first(),
            *[pl.col(a).explode().drop_nulls().unique().sort() for a in ATTRIBUTES],
            pl.col("part").first(),
            pl.col("_ref").first(),
        )
        .filter(pl.col("name").is_not_null())
        .sort("person")
    )
    return known, population


def _fill(frames: Frames, part: LinkPart, persons: Mapping[int, str]) -> None:
    frame = frames.read(part)
    filled = pl.coalesce(
        "person", pl.col("_ref").replace_strict(persons, default=None, return_dtype=pl.String)
    )
    frames.replace(part, frame.with_columns(filled.alias("person")))
