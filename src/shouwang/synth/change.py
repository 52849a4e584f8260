"""A town a little later: the same snapshot with the rows of a few persons changed, for re-scans."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final, Literal

import numpy as np
import polars as pl
import pyarrow as pa

from shouwang.snapshot.store import Part, Snapshot

CHANGED: Final = {
    "registry.person": ("phone", "19000000000"),
    "assistance.payment": ("paid", -10),
    "insurance.contribution": ("paid", -10),
    "insurance.pension_payment": ("amount", -10),
    "insurance.inpatient_stay": ("fund", -10),
    "insurance.pharmacy_purchase": ("amount", 1),
}
"""What is changed in the rows of a chosen person: a text, or an amount by so many yuan."""


def change(
    snapshot: Snapshot,
    out: Path,
    share: float = 0.001,
    how: Literal["clustered", "scattered"] = "clustered",
    seed: int = 1,
) -> tuple[Snapshot, int]:
    """Write a copy of the snapshot below ``out`` in which a share of the residents have other rows.

    ``clustered`` takes the persons from as few communities as hold them, ``scattered`` from all
    over the town. Parts without any of them are shared with the original by hard links where the
    file system has them. Answers the copy and the number of persons. ``ValueError`` when the
    folder exists.
    """
    if out.exists():
        raise ValueError(f"{out} exists already")
    rng = np.random.default_rng(seed)
    persons = _choose(snapshot, share, how, rng)
    copy = Snapshot(out, list(snapshot.sources), list(snapshot.parts))
    for part in snapshot.parts:
        target = out / part.path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(snapshot.root / part.path, target)
        except OSError:
            shutil.copyfile(snapshot.root / part.path, target)
    for part in snapshot.parts:
        if part.ledger in CHANGED and "person" in part.fields:
            _alter(copy, part, persons)
    copy.save()
    return copy, len(persons)


def _choose(
    snapshot: Snapshot, share: float, how: Literal["clustered", "scattered"], rng: np.random.Generator
) -> pl.Series:
    parts = snapshot.parts_of("registry.person", needing=["person"])
    wanted = max(1, round(sum(p.rows for p in parts) * share))
    chosen: list[pl.Series] = []
    left = wanted
    for i in rng.permutation(len(parts)):
        part = parts[int(i)]
        column = pl.read_parquet(snapshot.root / part.path, columns=["person"])["person"]
        # Scattered, each part gives its share by chance; clustered, the first give all they have.
        take = min(left, part.rows) if how == "clustered" else int(rng.binomial(part.rows, share))
        chosen.append(column.gather(np.sort(rng.permutation(part.rows)[:take])))
        left -= take
        if how == "clustered" and left <= 0:
            break
    return pl.concat(chosen)


def _alter(copy: Snapshot, part: Part, persons: pl.Series) -> None:
    path = copy.root / part.path
    # Only the persons are read first: most parts hold none of the chosen.
    found = pl.read_parquet(path, columns=["person"])["person"].is_in(persons.implode())
    if not found.any():
        return
    column, value = CHANGED[part.ledger]
    rows = copy.read(part)
    old = pl.from_arrow(rows.column(column))
    assert isinstance(old, pl.Series)  # noqa: S101 - a column gives a series
    new = pl.lit(value) if isinstance(value, str) else old + pl.lit(value).cast(pl.Decimal(18, 2))
    mixed = pl.select(pl.when(found).then(new).otherwise(old)).to_series()
    place = rows.schema.get_field_index(column)
    typed = pa.array(mixed.to_arrow(compat_level=pl.CompatLevel.oldest())).cast(
        rows.schema.field(column).type
    )
    # The file may be a link to the original's: write a new one.
    path.unlink()
    copy.rewrite(part, rows.set_column(place, rows.schema.field(column), typed))
