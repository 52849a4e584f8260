"""The sample office as the reader reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from shouwang.ledger.reading import Reading, read_folder


@dataclass(frozen=True)
class SampleRead:
    """The account, and each sheet's records under its ledger, file and name."""

    reading: Reading
    sheets: list[tuple[str, str, str, pa.Table]]


def sample_read(folder: Path) -> SampleRead:
    """Read the folder of the office."""
    sheets: list[tuple[str, str, str, pa.Table]] = []
    reading = read_folder(
        folder, out_snapshot=lambda spec, file, sheet, rows, _: sheets.append((spec.name, file, sheet, rows))
    )
    return SampleRead(reading, sheets)
