"""Evidence rows come back from the snapshot with their place, and a fair share of each ledger."""

from __future__ import annotations

from pathlib import Path

from tests import asking

from shouwang.risk.findings import Evidence
from shouwang.risk.report.evidence import SHOWN, Places, chosen, fetch, fetch_for
from shouwang.risk.scan import Scan


def test_rows_come_with_place_and_values(scan: Scan) -> None:
    rows = fetch_for(scan.snapshot, scan.findings)
    paid = next(f for f in scan.findings if f.rule == "test.paid-low")
    row = rows[paid.evidence[0]]
    assert (row.place.file, row.place.sheet, row.place.row) == ("registry.employment.xlsx", "Sheet1", 1)
    assert row.values["name"] == "欧阳娜"
    assert [column.label for column, _value in row.cells][:1] == ["单位名称"]


def test_what_the_snapshot_does_not_have_is_left_out(scan: Scan) -> None:
    stranger = Evidence("registry.person", (7 << 32) + 1)
    beyond = Evidence("registry.person", scan.findings[0].evidence[0].ref + 10_000)
    assert fetch(scan.snapshot, [stranger, beyond, Evidence("registry.death", 1)]) == {}
    assert Places(scan.snapshot)(stranger.ref) is None


def test_columns_the_sheet_does_not_have_are_not_shown_as_empty(tmp_path: Path) -> None:
    made = asking.snapshot(
        {"registry.person": [{"person": "A", "name": "张三"}]},
        tmp_path,
        {"registry.person": ["person", "name"]},
    )
    ref = (made.sources[0].id << 32) + 1
    (row,) = fetch(made, [Evidence("registry.person", ref)]).values()
    assert dict(row.values) == {"name": "张三", "person": "A"}


def test_records_of_one_sheet_row_stand_side_by_side_in_one_order(tmp_path: Path) -> None:
    months = [
        {"certificate": "D1", "name": "张三", "month": f"2023-{m:02d}", "paid": 930 + m % 2}
        for m in (3, 1, 2)
    ]
    made = asking.snapshot({"assistance.payment": months}, tmp_path)
    part = made.parts[0]
    import pyarrow.parquet as pq

    table = pq.read_table(made.root / part.path)
    one_row = table.set_column(
        table.schema.get_field_index("_ref"), "_ref", [[made.sources[0].id << 32 | 1] * table.num_rows]
    )
    pq.write_table(one_row, made.root / part.path)
    (row,) = fetch(made, [Evidence("assistance.payment", made.sources[0].id << 32 | 1)]).values()
    assert [str(m) for m in row.values["month"]] == ["2023-01-01", "2023-02-01", "2023-03-01"]
    assert [str(paid) for paid in row.values["paid"]] == ["930.00", "931.00"]
    assert row.values["certificate"] == "D1"


def test_few_rows_are_all_shown_and_many_are_shared_out() -> None:
    few = [Evidence("a.x", i) for i in range(SHOWN)]
    assert chosen(few) == tuple(few)
    many = [
        *(Evidence("a.x", i) for i in range(1000)),
        Evidence("b.death", 5),
        Evidence("c.y", 1),
        Evidence("c.y", 2),
    ]
    taken = chosen(many)
    assert len(taken) == SHOWN
    assert {e.ledger for e in taken} == {"a.x", "b.death", "c.y"}
    assert list(taken) == sorted(taken, key=lambda e: (e.ledger, e.ref))
    assert [e.ref for e in taken if e.ledger == "a.x"] == list(range(27))
