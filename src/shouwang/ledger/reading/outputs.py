"""What a reading leaves behind: the account, the mapping to edit, the refused rows to correct."""

from __future__ import annotations

from pathlib import Path

from shouwang.ledger.reading.accounts import Reading
from shouwang.ledger.reading.mapping import mapping_text
from shouwang.ledger.reading.rejected import write_rejected


def write_outputs(reading: Reading, out: Path) -> list[Path]:
    """Write ``reading.json``, ``mapping.yaml`` and ``rejected.xlsx`` into ``out``; the paths written."""
    out.mkdir(parents=True, exist_ok=True)
    account, mapping, rejected = out / "reading.json", out / "mapping.yaml", out / "rejected.xlsx"
    account.write_text(reading.to_json(), encoding="utf-8")
    mapping.write_text(mapping_text(reading), encoding="utf-8")
    write_rejected(rejected, reading)
    return [account, mapping, rejected]
