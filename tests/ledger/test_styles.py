"""The same rows in the styles of many offices give the same records, for every ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from shouwang.ledger.catalogue import ledgers

from .offices import only, read
from .styles import STYLES, Style, make_rows, write

MAIN = [
    "registry.person", "registry.death", "registry.disability", "registry.unemployment", "registry.business",
    "registry.employment", "population.floating_person", "population.visit", "assistance.recipient",
    "assistance.payment", "insurance.contribution", "insurance.pension_payment", "insurance.inpatient_stay",
    "insurance.pharmacy_purchase", "microcredit.loan", "accounting.voucher",
]  # fmt: skip
NAMES = sorted(ledgers())


def check(folder: Path, name: str, style: Style, seed: int) -> None:
    """Write rows in the style, read them, and compare every cell of every column that was written."""
    spec = ledgers()[name]
    rows = make_rows(spec, 24, seed, group=3 if spec.fill_down else 1)
    path, columns, rows = write(folder, spec, rows, style, seed)
    reading, tables = read(folder)
    sheet = only(reading)
    assert (sheet.status, sheet.ledger) == ("loaded", name), (
        path.name,
        sheet.why,
        sheet.nearest,
        sheet.missing,
    )
    assert not reading.rejected
    (table,) = tables.values()
    for column in columns:
        assert column in table.columns, (column, [c.header for c in sheet.columns if not c.field])
        assert table[column].to_list() == [row[column] for row in rows], column
    if style.format != "csv" and "division" not in columns:
        assert set(table["division"]) == {"云溪社区"}


@pytest.mark.parametrize("style", STYLES, ids=lambda s: s.name)
@pytest.mark.parametrize("name", [n for n in MAIN if n in NAMES])
def test_main_ledgers_in_every_style(tmp_path: Path, name: str, style: Style) -> None:
    check(tmp_path, name, style, seed=1)


@pytest.mark.parametrize("name", NAMES)
def test_every_ledger_in_one_style(tmp_path: Path, name: str) -> None:
    """The style goes round with the ledgers, so that each is tried by a dozen of them."""
    check(tmp_path, name, STYLES[NAMES.index(name) % len(STYLES)], seed=2)


def test_every_format_and_trait_is_among_the_styles() -> None:
    assert {s.format for s in STYLES} == {"xlsx", "xls", "ods", "csv"}
    assert {s.encoding for s in STYLES} >= {"utf-8-sig", "gb18030", "utf-16"}
    assert {s.dates for s in STYLES} >= {"date", "iso", "dots", "slashes", "chinese", "compact", "mixed"}
    assert {s.ids for s in STYLES} >= {"plain", "spaced", "wide", "quoted", "lower"}
