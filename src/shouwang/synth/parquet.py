"""Writes a town as a snapshot: Parquet parts by community, one community in memory at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa

from shouwang.ledger.catalogue import ledger
from shouwang.snapshot.store import Snapshot
from shouwang.synth import town
from shouwang.synth.settings import Settings
from shouwang.synth.truth import Truth, write_parameters

Progress = Callable[[int, int], None]
"""Told after each community: how many are done, of how many."""

HEADER_ROWS = 1
GATHERED = 16
"""So many communities' rows of a small ledger are held apart before they are put together."""


@dataclass(frozen=True)
class Made:
    """What was written: rows by ledger, cases and near misses by rule."""

    rows: dict[str, int]
    hits: dict[str, int]
    near: dict[str, int]


def write(settings: Settings, out: Path, progress: Progress | None = None) -> Made:
    """Write the town below ``out``: ``snapshot/``, ``truth.csv`` and ``parameters.yaml``.

    Ledgers of persons give one part a community; the small ones of the office, a few rows a
    community, give one part for the whole town.
    """
    out.mkdir(parents=True, exist_ok=True)
    snapshot = Snapshot(out / "snapshot")
    small: dict[str, list[pl.DataFrame]] = {}
    rows: dict[str, int] = {}
    sizes = settings.sizes
    with Truth(out / "truth.csv") as truth:
        for done, site in enumerate(town.communities(settings), start=1):
            for name, table in sorted(site.tables.items()):
                frame = table.done()
                rows[name] = rows.get(name, 0) + frame.height
                if frame.height == 0:
                    continue
                if table.base.height:
                    _add(snapshot, name, f"{site.code}/{ledger(name).title}.xlsx", site.name, frame)
                else:
                    kept = small.setdefault(name, [])
                    kept.append(frame)
                    if len(kept) == GATHERED:
                        # Many tiny frames weigh far more than their rows.
                        small[name] = [pl.concat(kept, how="diagonal", rechunk=True)]
            truth.add(site.cases)
            if progress:
                progress(done, len(sizes))
        for name, frames in sorted(small.items()):
            frame = pl.concat(frames, how="diagonal")
            _add(snapshot, name, f"{ledger(name).title}.xlsx", "全部社区", frame)
    snapshot.save()
    write_parameters(settings, out / "parameters.yaml")
    return Made(rows, dict(truth.hits), dict(truth.near))


def _add(snapshot: Snapshot, name: str, file: str, sheet: str, frame: pl.DataFrame) -> None:
    if name == "insurance.pension_payment":
        # A pension sheet has one row a person with the months in columns.
        number = frame["person"].rle_id().cast(pl.Int64) + 1 + HEADER_ROWS
    else:
        number = pl.Series(range(1 + HEADER_ROWS, frame.height + 1 + HEADER_ROWS), dtype=pl.Int64)
    rows = frame.to_arrow(compat_level=pl.CompatLevel.oldest()).append_column(
        "_row", pa.array(number.to_numpy())
    )
    snapshot.add_part(name, snapshot.add_source(file, sheet), rows, frame.columns)
