"""Monetary-unit samples: sizes of the AICPA guide and jfa, and draws that hit what they should."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standards.sampling import aicpa

from shouwang.standards.sampling.draw import number
from shouwang.standards.sampling.exact import MESSAGES, SamplingError
from shouwang.standards.sampling.monetary import (
    Item,
    Method,
    confidence_factor,
    interval_of,
    plan,
    select,
)

TOTAL = Decimal(10_000_000)


def items(*amounts: object) -> list[Item]:
    return [Item(f"{n:03d}", Decimal(str(amount))) for n, amount in enumerate(amounts, 1)]


def test_sample_sizes_are_those_of_the_aicpa_guide() -> None:
    """Table C-1: 38 rows of 11 sizes, none differs."""
    for risk, ratio, sizes in aicpa.C1:
        found = []
        for percent in aicpa.MUS_TOLERABLE:
            tolerable = TOTAL * Decimal(percent) / 100
            found.append(plan(TOTAL, 1 - Fraction(risk, 100), tolerable, tolerable * ratio / 100).size)
        assert found == list(sizes), (risk, ratio)


def test_confidence_factors_are_those_of_the_aicpa_guide() -> None:
    """Table C-2 at 5 % and 10 % risk, for 0, 5, … 50 % expected over tolerable, rounded up as printed."""

    def column(confidence: str) -> list[float]:
        return [ceil(confidence_factor(confidence, f"{r}%") * 100) / 100 for r in range(0, 55, 5)]

    assert column("95%") == [3.00, 3.31, 3.68, 4.11, 4.63, 5.24, 6.00, 6.92, 8.09, 9.59, 11.54]
    assert column("90%") == [2.31, 2.52, 2.77, 3.07, 3.41, 3.83, 4.33, 4.95, 5.72, 6.71, 7.99]


def test_the_buildit_audit_of_jfa() -> None:
    """jfa's article on the workflow: 1,403,220.82 in 3,500 invoices, risk 5 % ÷ 60 %, 178 items."""
    total = Decimal("1403220.82")
    made = plan(total, 1 - Fraction(5, 60), total * Decimal("0.05"), total * Decimal("0.025"))
    assert (made.size, made.interval) == (178, Decimal("7883.26"))


def test_touw_and_hoogduin() -> None:
    """Statistiek voor audit en controlling (2011), page 23: 100,000 of 5,000,000 at 95 % and 87.5 %."""
    assert [plan(Decimal(5_000_000), c, 100_000).size for c in ("95%", "87.5%")] == [150, 104]


def start_of(seed: str, interval: int) -> int:
    return number(seed, "start", interval)


def test_a_fixed_interval_walks_over_the_items_in_the_order_of_their_keys() -> None:
    """Touw and Hoogduin, page 34: ten items of 45 in all, interval 9, from the second unit on: A C D G I."""
    amounts = (7, 3, 4, 9, 0, 1, 8, 2, 6, 5)
    population = [Item(key, Decimal(amount) / 100) for key, amount in zip("ABCDEFGHIJ", amounts, strict=True)]
    seed = next(str(n) for n in range(100) if start_of(str(n), 9) == 2)
    found = select(population, Decimal("0.09"), seed)
    assert [d.item.key for d in found.drawn] == ["A", "C", "D", "G", "I"]
    # D is as large as the interval, so it is taken whole and the walk goes over the others.
    assert [d.item.key for d in found.drawn if d.whole] == ["D"]
    assert found.outside == 1


def test_large_items_are_taken_whole_and_what_is_not_above_zero_stays_outside() -> None:
    found = select(items(50, 1000, -20, 0, 999.99, 2500), Decimal(1000), "s")
    whole = {d.item.key for d in found.drawn if d.whole}
    assert whole == {"002", "006"}
    assert (found.outside, found.outside_total) == (2, Decimal(-20))
    assert found.sampled_total == Decimal("1049.99")


@pytest.mark.parametrize("method", ["interval", "cell", "random"])
def test_the_order_of_the_list_does_not_matter(method: Method) -> None:
    rng = random.Random(1)
    population = items(*(rng.randint(1, 90_000) for _ in range(300)))
    first = select(population, Decimal(50_000), "2023年度 抽查", method)
    rng.shuffle(population)
    assert select(population, Decimal(50_000), "2023年度 抽查", method) == first
    assert select(population, Decimal(50_000), "另一个种子", method) != first


@given(
    amounts=st.lists(st.integers(1, 10**7), min_size=1, max_size=60),
    parts=st.integers(1, 40),
    seed=st.text("abc", min_size=1, max_size=6),
    method=st.sampled_from(["interval", "cell", "random"]),
)
def test_every_fen_is_reached_and_none_twice(
    amounts: list[int], parts: int, seed: str, method: Method
) -> None:
    population = items(*(Decimal(a) / 100 for a in amounts))
    total = sum((i.amount for i in population), Decimal(0))
    try:
        interval = interval_of(total, parts)
    except SamplingError:
        return
    found = select(population, interval, seed, method)
    assert {d.item.key for d in found.drawn if d.whole} == {i.key for i in population if i.amount >= interval}
    assert sum(d.hits for d in found.drawn) == found.units
    rest = int(found.sampled_total * 100)
    cells = rest / int(interval * 100)
    assert int(cells) <= found.units <= ceil(cells) or (method == "random" and found.units == 1)
    # An item smaller than the interval is hit at most once by a fixed interval, twice by neighbouring cells.
    most = {"interval": 1, "cell": 2, "random": found.units}[method]
    assert all(d.hits <= most for d in found.drawn)


def test_units_fall_alike_on_all_parts() -> None:
    """Over many seeds an item is drawn as often as its amount asks for: 1,500 of 10,000, interval 2,000."""
    population = items(1500, *[500] * 17)
    for method in ("interval", "cell", "random"):
        hits = sum(
            d.hits
            for n in range(2000)
            for d in select(population, Decimal(2000), f"seed {n}", method).drawn  # type: ignore[arg-type]
            if d.item.key == "001"
        )
        assert hits / 2000 == pytest.approx(0.75, abs=0.05), method


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: plan(Decimal(0), "95%", 1), "sampling_amounts"),
        (lambda: plan(TOTAL, "95%", 0), "sampling_tolerable"),
        (lambda: plan(TOTAL, "95%", 100, 100), "sampling_expected"),
        (lambda: plan(TOTAL, "95%", 1), "sampling_too_large"),
        (lambda: plan(TOTAL, "95%", 1000, 999), "sampling_too_large"),
        (lambda: confidence_factor("95%", 1), "sampling_expected"),
        (lambda: interval_of(TOTAL, 0), "sampling_size"),
        (lambda: interval_of(Decimal("0.01"), 2), "sampling_amounts"),
        (lambda: select(items(0, -5), Decimal(10), "s"), "sampling_amounts"),
        (lambda: select([*items(1), *items(2)], Decimal(10), "s"), "sampling_keys"),
        (lambda: select(items(1), Decimal(0), "s"), "sampling_size"),
        (lambda: select(items(1), Decimal(10), "  "), "sampling_seed"),
    ],
)
def test_what_cannot_be_drawn_says_why(call: object, code: str) -> None:
    with pytest.raises(SamplingError) as error:
        call()  # type: ignore[operator]
    assert error.value.message == MESSAGES[code]
