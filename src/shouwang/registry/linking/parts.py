"""What linking takes and gives: parts of ledgers, and matches between their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import polars as pl
import pyarrow as pa

PartKey = tuple[str, str, str]
"""Ledger, file and sheet."""

State = Literal["automatic", "open", "same", "different"]


class LinkPart(Protocol):
    """The rows that one sheet gave to one ledger."""

    @property
    def key(self) -> PartKey:
        """Ledger, file, sheet."""

    @property
    def columns(self) -> list[str]:
        """The columns the sheet really has."""

    @property
    def schema(self) -> pa.Schema:
        """All columns of the ledger, ``_ref`` last."""

    @property
    def organisations(self) -> tuple[str, ...]:
        """The columns that name organisations."""

    def read(self, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows, or only these columns of them."""


class Frames(Protocol):
    """The parts as frames, with the changes made so far."""

    parts: list[LinkPart]

    def read(self, part: LinkPart, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """The rows of a part, or only these columns of them."""

    def replace(self, part: LinkPart, frame: pl.DataFrame) -> None:
        """Use these rows of the part from now on."""


@dataclass(frozen=True)
class Match:
    """A pair that is, may be or is decided to be the same.

    ``where`` is the row in question, ``candidate_where`` a row that shows the candidate; ``key``
    identifies the pair without revealing it (see ``decisions``).
    """

    what: Literal["person", "organisation"]
    where: tuple[str, str, str, int]
    name: str
    candidate: str
    candidate_name: str
    candidate_where: tuple[str, str, str, int]
    probability: float
    reason: str
    state: State
    key: str

    @property
    def order(self) -> tuple[object, ...]:
        """Where the pair stands in the list: people first, then by row, best candidate first."""
        return (self.what != "person", self.where, -self.probability, self.key)
