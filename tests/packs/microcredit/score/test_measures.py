"""PSI, Gini and KS against printed figures and other programs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ks_2samp, mannwhitneyu

from shouwang.packs.microcredit.score.measures import separation, stability

counts = st.lists(st.integers(0, 500), min_size=2, max_size=12)


def test_the_printed_example_of_another_program() -> None:
    # The R package KAscore, reference page of psi(): 0.3404592. Its random draws (set.seed(123); 1000 of four
    # score ranges with equal chances, 200 with chances .1 .2 .3 .4) come to these numbers of persons.
    found = stability([248, 247, 260, 245], [13, 43, 63, 81])
    assert round(found.index, 7) == 0.3404592
    assert (found.word, found.shifted) == ("shifted", True)
    assert sum(found.parts) == pytest.approx(found.index)


def test_against_the_divergence_of_optbinning() -> None:
    metrics = pytest.importorskip("optbinning.binning.metrics", reason="the extra score is not installed")
    before, now = [120, 300, 80, 55], [90, 310, 110, 20]
    shares = [np.array(part) / sum(part) for part in (now, before)]
    assert stability(before, now).index == pytest.approx(float(metrics.jeffrey(*shares, return_sum=True)))


def test_empty_cells_count_as_half_a_person() -> None:
    found = stability([10, 0, 90], [10, 5, 85])
    e, a = 0.5 / 100, 5 / 100
    assert found.parts[1] == pytest.approx((a - e) * math.log(a / e))
    assert stability([10, 0, 90], [20, 0, 180]).index == 0


@pytest.mark.parametrize("wrong", [([1], [1, 2]), ([0, 0], [1, 2]), ([1, 2], [0, 0])])
def test_distributions_that_cannot_be_compared(wrong: tuple[list[int], list[int]]) -> None:
    with pytest.raises(ValueError, match="distribution"):
        stability(*wrong)


@given(counts.filter(any), st.integers(1, 9))
def test_the_same_shares_are_stable(before: list[int], times: int) -> None:
    found = stability(before, [n * times for n in before])
    assert found.index == pytest.approx(0, abs=1e-12) and found.chance == 1
    assert not found.shifted


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(1, 500)), min_size=2, max_size=12))
def test_the_index_is_not_negative_and_knows_no_direction(cells: list[tuple[int, int]]) -> None:
    before, now = ([cell[k] for cell in cells] for k in (0, 1))
    assert stability(before, now).index >= 0
    assert stability(before, now).index == pytest.approx(stability(now, before).index)


def test_a_few_persons_who_differ_are_no_shift() -> None:
    # PSI far above 0.25, and nothing that chance could not do with eight people.
    found = stability([250, 250, 250, 250], [4, 2, 1, 1])
    assert found.index > 0.25
    assert found.chance > 0.05 and not found.shifted


@given(
    st.lists(st.integers(0, 30), min_size=2, max_size=40),
    st.lists(st.integers(0, 30), min_size=2, max_size=40),
)
def test_gini_and_ks_are_those_of_scipy(good: list[int], bad: list[int]) -> None:
    found = separation([*good, *bad], [False] * len(good) + [True] * len(bad))
    area = mannwhitneyu(good, bad).statistic / (len(good) * len(bad))
    assert found.gini == pytest.approx(2 * area - 1)
    assert found.ks == pytest.approx(ks_2samp(good, bad, method="asymp").statistic)
    assert -1 <= found.low <= found.gini <= found.high <= 1


def test_the_interval_is_that_of_delong() -> None:
    """The variance from its definition: of the shares that each good one beats, and each bad one loses to."""
    good, bad = [3.0, 5.0, 5.0, 8.0, 9.0], [1.0, 5.0, 4.0, 7.0]
    beats = [[1.0 if g > b else 0.5 if g == b else 0.0 for b in bad] for g in good]
    of_good = [sum(row) / len(bad) for row in beats]
    of_bad = [sum(row[k] for row in beats) / len(good) for k in range(len(bad))]
    spread = math.sqrt(np.var(of_good, ddof=1) / len(good) + np.var(of_bad, ddof=1) / len(bad))
    area = sum(of_good) / len(good)
    found = separation([*good, *bad], [False] * 5 + [True] * 4)
    assert found.gini == pytest.approx(2 * area - 1)
    assert found.low == pytest.approx(max(-1, 2 * (area - 1.959963984540054 * spread) - 1))
    assert found.high == pytest.approx(min(1, 2 * (area + 1.959963984540054 * spread) - 1))


def test_one_of_a_kind_is_no_sample() -> None:
    with pytest.raises(ValueError, match="two good and two bad"):
        separation([1, 2, 3], [False, False, True])
