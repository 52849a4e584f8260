"""Sheets in the words of other offices: each ledger of a pack is known by headers that are not ours.

A case is one line of text for each column: header, field it must be taken for, a cell.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.sheets import read_sheet

from shouwang.ledger.catalogue import ledgers


def written(ledger: str, title: str, seeds: str, columns: str) -> Any:
    """A sheet of the ledger (``"energy.meter"``); ``columns`` are ``header | field | cell`` lines."""
    rows = [tuple(part.strip() for part in line.split("|")) for line in columns.strip().splitlines()]
    marks = [pytest.mark.seed(*seeds.split())] if seeds else []
    return pytest.param(ledger, title, rows, id=f"{ledger}-{len(rows)}", marks=marks)


def taken(folder: Path, ledger: str, title: str, columns: list[tuple[str, str, str]]) -> dict[str, Any]:
    """The one record read; an error of the test where the sheet or a column is taken for something else."""
    header = [name for name, _, _ in columns]
    account, records = read_sheet(folder, title, header, [[cell for _, _, cell in columns]] * 2)
    if (account.status, account.ledger) != ("loaded", ledger):
        raise AssertionError(f"{title}: {account.status} {account.ledger} {account.why}")
    found = {column.header: column.field for column in account.columns if column.field}
    wanted = {name: field for name, field, _ in columns if field}
    if found != wanted:
        differs = {
            n: (found.get(n), wanted.get(n)) for n in {*found, *wanted} if found.get(n) != wanted.get(n)
        }
        raise AssertionError(f"{title}: {differs}")
    if len(records) != 2:
        raise AssertionError(f"{title}: {len(records)} rows of 2 read")
    blank = [field for name, field, cell in columns if field and cell and records[0][field] is None]
    if blank:
        raise AssertionError(f"{title}: nothing read into {blank}")
    return records[0]


def complete(pack: str, cases: list[Any]) -> None:
    """Every ledger of the pack has a case."""
    known = {parameter.values[0] for parameter in cases}
    assert known == {name for name in ledgers() if name.startswith(f"{pack}.")}


def unambiguous(pack: str) -> None:
    """No header means two columns of one ledger, and keys are columns."""
    for name, spec in ledgers().items():
        if spec.pack != pack:
            continue
        meant: dict[str, str] = {}
        for field, column in spec.fields.items():
            for header in {column.label, *column.aliases}:
                assert meant.setdefault(header, field) == field, (name, header)
        assert set(spec.key) <= set(spec.fields), name
