"""Round and repeated amounts: found where there are too many, not where an office pays in whole yuan."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from scipy import stats

from shouwang.standards.sampling.patterns import average_frequency, repeated, round_test


def test_round_amounts_are_held_against_one_in_ten() -> None:
    amounts = [Decimal(n) for n in range(100, 1100)]  # 100 … 1099, whole yuan
    by_unit = {r.unit: r for r in round_test(amounts)}
    assert (by_unit[10].count, by_unit[10].of) == (100, 1000)
    assert (by_unit[100].count, by_unit[100].of, by_unit[100].share) == (10, 100, Fraction(1, 10))
    assert by_unit[10].p_value > 0.4 and by_unit[100].p_value > 0.4
    assert (by_unit[10000].count, by_unit[10000].of, by_unit[10000].p_value) == (0, 0, 1.0)
    assert by_unit[10000].share == 0


def test_too_many_round_thousands() -> None:
    amounts = [Decimal(n) * 1000 for n in range(1, 31)] + [Decimal(n) * 100 + 100 for n in range(10, 110)]
    thousand = {r.unit: r for r in round_test(amounts)}[1000]
    base = [a for a in amounts if a >= 1000 and a % 100 == 0]
    count = sum(a % 1000 == 0 for a in base)
    assert (thousand.count, thousand.of) == (count, len(base))
    other = stats.binomtest(count, len(base), 0.1, alternative="greater").pvalue
    assert thousand.p_value == pytest.approx(other, rel=1e-9) and thousand.p_value < 1e-6


def test_the_sign_does_not_count_and_fen_are_no_round_amounts() -> None:
    (ten,) = round_test([Decimal(-20), Decimal("20.01"), Decimal("0.10"), Decimal(5)], units=(10,))
    assert (ten.count, ten.of) == (1, 1)


def test_repeated_amounts_with_the_most_frequent_first() -> None:
    assert repeated(["a", "b", "a", "c", "c", "c"]) == [("c", 3), ("a", 2)]
    assert repeated(["a", "b", "a"], least=3) == []
    rows = [("王芳", Decimal(300)), ("王芳", Decimal(300)), ("王芳", Decimal(301))]
    assert repeated(rows) == [(("王芳", Decimal(300)), 2)]


def test_the_average_frequency() -> None:
    """jfa's page of ``repeated_test`` prints AF = 1 for fifty values of which none comes twice."""
    assert average_frequency(range(50)) == 1
    assert average_frequency([1, 1, 1, 2]) == Fraction(10, 4)
    assert average_frequency([]) == 0
