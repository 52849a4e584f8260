"""Same person, household or organisation over ledgers is one record.

Exact identifiers come first: the resident ID, the household number, the credit code. What is
left is compared by probability (Splink, on pinyin); a certain match is used, an uncertain one is
listed for a person to decide, and the decision is kept in ``matches.csv``, which the next scan
reads. Rows that carry an ID are never touched, and two different valid IDs are two persons: the
check character of GB 11643 finds every single wrong digit and every swapped pair, so a mistyped
ID is refused when read and never reaches this room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow as pa

from shouwang.registry.linking import decisions as kept
from shouwang.registry.linking import households, organisations, people
from shouwang.registry.linking.parts import LinkPart, Match, PartKey


@dataclass
class Linking:
    """What linking did: the parts it rewrote, every match it used or leaves to a person."""

    rewritten: dict[PartKey, pa.Table] = field(default_factory=dict)
    matches: list[Match] = field(default_factory=list)

    def write(self, path: Path, *, unmask: bool = False) -> None:
        """Write ``matches.csv`` with the decisions made so far; nothing when there is no match."""
        if self.matches:
            kept.write(path, self.matches, unmask=unmask)

    @property
    def undecided(self) -> int:
        """How many pairs wait for a person."""
        return sum(m.state == "open" for m in self.matches)


def link(parts: Sequence[LinkPart], decisions: Path | None = None) -> Linking:
    """Find what is the same over all parts and fill it in.

    ``decisions`` is an earlier ``matches.csv``; :class:`decisions.DecisionError` says what is
    wrong with it. The order of ``parts`` does not matter to the result.
    """
    decided = kept.read(decisions) if decisions else {}
    ordered = sorted(parts, key=lambda p: p.key)
    frames = _Frames(ordered)
    matches = [
        *people.link(frames, decided),
        *organisations.link(frames, decided),
    ]
    households.fill(frames)
    return Linking(frames.changed(), sorted(matches, key=lambda m: m.order))


class _Frames:
    """The parts as frames, opened when asked for; remembers which were changed."""

    def __init__(self, parts: Iterable[LinkPart]) -> None:
        self.parts = list(parts)
        self._changed: dict[PartKey, pl.DataFrame] = {}

    def read(self, part: LinkPart, columns: Sequence[str] | None = None) -> pl.DataFrame:
        if part.key in self._changed:
            frame = self._changed[part.key]
            return frame.select(columns) if columns else frame
        return pl.DataFrame(part.read(columns))

    def replace(self, part: LinkPart, frame: pl.DataFrame) -> None:
        self._changed[part.key] = frame

    def changed(self) -> dict[PartKey, pa.Table]:
        out = {}
        for part in self.parts:
            if part.key in self._changed:
                schema = part.schema
                out[part.key] = self._changed[part.key].to_arrow().select(schema.names).cast(schema)
        return out


__all__ = ["LinkPart", "Linking", "Match", "PartKey", "link"]
