"""Intervals of shares and falls against scipy, at the ends, and on both engines."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import pytest
from scipy.stats import binomtest

from shouwang.risk.intervals import fall, wilson

CASES = [(0, 10), (10, 10), (1, 1), (0, 1), (184, 200), (192, 200), (3, 7), (2, 20_000)]


def asked(rows: Sequence[tuple[int | None, ...]], names: str) -> ibis.expr.types.Table:
    columns = dict.fromkeys(names.split(), "int64")
    return ibis.memtable([dict(zip(columns, row, strict=True)) for row in rows], schema=columns)


def both(
    rows: Sequence[tuple[int | None, ...]], names: str, how: object
) -> list[tuple[float | None, float | None]]:
    table = asked(rows, names)
    low, high = how(table)  # type: ignore[operator]
    found = ibis.duckdb.connect().execute(table.select(low=low, high=high))
    return [(None if a != a else a, None if b != b else b) for a, b in found.itertuples(index=False)]


def test_shares_agree_with_scipy() -> None:
    for (low, high), (hits, n) in zip(both(CASES, "x n", lambda t: wilson(t.x, t.n)), CASES, strict=True):
        known = binomtest(hits, n).proportion_ci(0.95, "wilson")
        assert (low, high) == pytest.approx((known.low, known.high), abs=1e-9)


def test_nobody_asked_says_nothing() -> None:
    assert both([(0, 0), (None, 5)], "x n", lambda t: wilson(t.x, t.n)) == [(None, None)] * 2


def test_a_sample_that_is_most_of_the_population_errs_less() -> None:
    rows = [(184, 200, None), (184, 200, 100_000), (184, 200, 250), (184, 200, 200), (184, 200, 90)]
    found = both(rows, "x n size", lambda t: wilson(t.x, t.n, t.size))
    widths = [high - low for low, high in found if low is not None and high is not None]
    assert widths[0] > widths[1] > widths[2] > widths[3] == 0
    assert found[3] == (0.92, 0.92)
    assert found[4] == found[0]  # a slip: fewer residents than answers


@pytest.mark.parametrize(("before", "after"), [(57, 52), (4, 3), (5, 0), (1, 6)])
def test_a_fall_is_that_of_the_share_of_the_second_period(before: int, after: int) -> None:
    ((low, high),) = both([(before, after)], "x y", lambda t: fall(t.x, t.y))
    share = binomtest(after, before + after).proportion_ci(0.95, "wilson")
    assert low == pytest.approx(1 - share.high / (1 - share.high))
    assert high == pytest.approx(1 - share.low / (1 - share.low))
    assert low < 1 - after / before <= high  # type: ignore[operator]


def test_from_nothing_nothing_can_fall() -> None:
    assert both([(0, 3), (None, 3), (3, None)], "x y", lambda t: fall(t.x, t.y)) == [(None, None)] * 3
