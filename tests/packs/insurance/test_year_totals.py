"""A sheet with month columns: the total of the row against its months."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from tests.packs.insurance.people import MAN, MAN_2, MAN_3, MAN_4, by_subject

from shouwang.risk import catalogue
from shouwang.risk.engine import DuckDB
from shouwang.risk.engine import ask as ask_rules
from shouwang.snapshot.store import Snapshot

MONTHS = [dt.date(2023, m, 1) for m in range(1, 13)]


def spread(root: Path, people: dict[str, tuple[int, list[int]]]) -> Snapshot:
    """A sheet as the reader hands it over: one row a person, one record a month."""
    made = Snapshot(root)
    source = made.add_source("养老金.xlsx", "养老金发放")
    records = [
        {
            "_row": row,
            "person": person,
            "month": month,
            "amount": Decimal(amount),
            "year_total": Decimal(total),
        }
        for row, (person, (total, amounts)) in enumerate(people.items(), start=5)
        for month, amount in zip(MONTHS, amounts, strict=False)
    ]
    columns = {name: [r[name] for r in records] for name in records[0]}
    columns["name"] = ["李四"] * len(records)
    made.add_part(
        "insurance.pension_payment", source, pa.table(columns), ["person", "month", "amount", "year_total"]
    )
    made.save()
    return made


@pytest.mark.seed("S10-69")
def test_a_total_less_than_its_months_is_found_and_one_with_arrears_is_not(tmp_path: Path) -> None:
    people = {
        MAN: (23900, [2000] * 12),
        MAN_2: (8000, [2000] * 4),
        MAN_3: (1000, [2000]),
        MAN_4: (24500, [2000] * 12),
    }
    snapshot = spread(tmp_path / "snapshot", people)
    engine = DuckDB(tmp_path, "1GB", 2)
    rule = catalogue.rules()["insurance.pension-year-total-wrong"]
    (result,) = ask_rules(engine, snapshot, [rule], catalogue.parameters(), dt.date(2023, 12, 31))
    engine.close()
    assert result.status == "asked", result.error
    found = by_subject(result.findings)
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("100.00")
