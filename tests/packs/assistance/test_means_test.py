"""The means test: one household, columns, and a table of persons give the same answer."""

from __future__ import annotations

from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.packs.assistance.means_test import (
    allowance,
    assess,
    is_below,
    means_test,
    per_head,
)

YUAN = st.decimals(min_value=0, max_value=20000, places=2)


@pytest.mark.seed("S2-28", "S2-45")
@pytest.mark.parametrize(
    ("persons", "income", "top_up", "expected"),
    [
        (3, "850", "0", ("283.33", True, "1940.00")),
        (3, "850", "93", ("283.33", True, "2033.00")),
        (3, "2789.99", "93", ("930.00", True, "93.01")),
        (3, "2790", "93", ("930.00", False, "0.00")),
        (1, "0", "0", ("0.00", True, "930.00")),
        (8, "0.04", "0", ("0.01", True, "7439.96")),  # half a fen goes up
    ],
)
def test_one_household(persons: int, income: str, top_up: str, expected: tuple[str, bool, str]) -> None:
    got = means_test(Decimal(930), persons, Decimal(income), Decimal(top_up))
    assert (str(got.per_head), got.below, str(got.allowance)) == expected


def test_a_household_without_persons_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one person"):
        means_test(Decimal(930), 0, Decimal(0))


@given(st.lists(st.tuples(YUAN, st.integers(1, 12), YUAN, YUAN), min_size=1, max_size=40))
def test_columns_say_what_the_function_says(
    households: list[tuple[Decimal, int, Decimal, Decimal]],
) -> None:
    money = pa.decimal128(18, 2)
    table = pa.table(
        {
            "standard": pa.array([h[0] for h in households], money),
            "persons": pa.array([h[1] for h in households], pa.int64()),
            "income": pa.array([h[2] for h in households], money),
            "top_up": pa.array([h[3] for h in households], money),
        }
    )
    t = ibis.memtable(table)
    answer = t.select(
        per_head=per_head(t.income, t.persons),
        below=is_below(t.standard, t.persons, t.income),
        allowance=allowance(t.standard, t.persons, t.income, t.top_up),
    ).to_pyarrow()
    expected = [means_test(*h) for h in households]
    assert answer.column("per_head").to_pylist() == [e.per_head for e in expected]
    assert answer.column("below").to_pylist() == [e.below for e in expected]
    assert answer.column("allowance").to_pylist() == [e.allowance for e in expected]


def test_what_is_unknown_stays_unknown() -> None:
    t = ibis.memtable(
        pa.table(
            {
                "persons": pa.array([None, 0, 2], pa.int64()),
                "income": pa.array([Decimal(100), Decimal(100), None], pa.decimal128(18, 2)),
            }
        )
    )
    line = ibis.literal(Decimal(930), "decimal(18, 2)")
    rows = (
        t.select(
            per_head=per_head(t.income, t.persons),
            allowance=allowance(line, t.persons, t.income),
        )
        .to_pyarrow()
        .to_pylist()
    )
    assert [r["per_head"] for r in rows] == [None, None, None]
    assert [r["allowance"] for r in rows] == [None, Decimal("0.00"), None]


@pytest.mark.seed("S2-10", "S2-28")
def test_a_table_of_persons_is_tested_by_household() -> None:
    people = ibis.memtable(
        pa.table(
            {
                "household": ["A", "A", "A", "B", "C"],
                "income": pa.array(
                    [Decimal(600), None, Decimal(900), Decimal(930), Decimal(500)], pa.decimal128(18, 2)
                ),
                "counted": [True, True, False, True, False],
            }
        )
    )
    rows = (
        assess(people, ibis.literal(Decimal(930), "decimal(18, 2)"))
        .order_by("household")
        .to_pyarrow()
        .to_pylist()
    )
    assert [(r["household"], r["persons"], r["income"], r["below"], r["allowance"]) for r in rows] == [
        ("A", 2, Decimal("600.00"), True, Decimal("1260.00")),
        ("B", 1, Decimal("930.00"), False, Decimal("0.00")),
        ("C", 0, Decimal("0.00"), False, Decimal("0.00")),
    ]
