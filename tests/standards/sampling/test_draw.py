"""Draws: what the seed decides can be redone by hand, on any machine, from a list in any order."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.standards.sampling.draw import allocate, number, place, simple, stratified
from shouwang.standards.sampling.exact import MESSAGES, SamplingError

KEYS = [f"V-{n:03d}" for n in range(1, 21)]


def test_the_draw_of_these_twenty_vouchers_never_changes() -> None:
    """Worked out with sha256sum; a change of Python, of this code or of a library must not move it."""
    assert simple(KEYS, 5, "2023-12-31 凭证抽查") == ["V-005", "V-001", "V-012", "V-013", "V-007"]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the program of the auditor's shell")
def test_a_place_is_what_the_auditors_shell_says() -> None:
    text = "2023-12-31 凭证抽查\nV-002".encode()
    said = subprocess.run(["sha256sum"], input=text, capture_output=True, check=True).stdout.split()[0]
    assert place(" 2023-12-31 凭证抽查 ", "V-002") == said.decode()


def test_a_number_is_the_hash_scaled() -> None:
    digest = int(hashlib.sha256("种子\nstart".encode()).hexdigest(), 16)
    assert number("种子", "start", 788326) == digest * 788326 // 2**256 + 1
    assert number("种子", "start", 1) == 1


@given(st.permutations(KEYS), st.integers(1, 20), st.text(min_size=1).filter(str.strip))
def test_order_does_not_matter_and_a_longer_draw_begins_with_the_shorter(
    order: list[str], size: int, seed: str
) -> None:
    drawn = simple(order, size, seed)
    assert drawn == simple(KEYS, 20, seed)[:size]
    assert len(set(drawn)) == size


def test_composed_and_decomposed_letters_are_one_seed() -> None:
    assert place("é", "k") == place("e\u0301", "k")


def test_every_item_is_drawn_as_often_as_any_other() -> None:
    times = dict.fromkeys(KEYS, 0)
    for n in range(2000):
        for key in simple(KEYS, 5, f"seed {n}"):
            times[key] += 1
    assert all(times[key] == pytest.approx(500, abs=85) for key in KEYS)  # 4.4 standard deviations


def test_strata_are_drawn_apart() -> None:
    strata = {key: "甲" if key < "V-006" else "乙" for key in KEYS}
    drawn = stratified(strata, {"甲": 2, "乙": 3}, "s")
    assert list(drawn) == ["乙", "甲"]
    assert drawn["甲"] == simple(KEYS[:5], 2, "s") and drawn["乙"] == simple(KEYS[5:], 3, "s")


def test_a_sample_is_shared_by_numbers_or_by_weights() -> None:
    assert allocate({"甲": 70, "乙": 20, "丙": 10}, 12) == {"丙": 1, "乙": 3, "甲": 8}
    assert allocate({"甲": 50, "乙": 50}, 10, {"甲": 1, "乙": 1}) == {"乙": 5, "甲": 5}
    assert allocate({"甲": 50, "乙": 50}, 10, {"甲": Fraction(9, 10), "乙": Fraction(1, 10)}) == {
        "乙": 1,
        "甲": 9,
    }
    # A stratum gives no more than it has, and every one gives something.
    assert allocate({"大": 1000, "小": 2}, 10, {"大": 1, "小": 9}) == {"大": 8, "小": 2}
    assert allocate({"大": 1000, "小": 2}, 10) == {"大": 9, "小": 1}
    assert allocate({"有": 3, "空": 0}, 2) == {"有": 2}


@given(
    sizes=st.dictionaries(st.text("甲乙丙丁戊", min_size=1, max_size=3), st.integers(1, 200), min_size=1),
    data=st.data(),
)
def test_an_allocation_adds_up_within_its_limits(sizes: dict[str, int], data: st.DataObject) -> None:
    size = data.draw(st.integers(len(sizes), sum(sizes.values())))
    weights = data.draw(st.none() | st.fixed_dictionaries({name: st.integers(0, 50) for name in sizes}))
    if weights is not None and not any(weights.values()):
        return
    found = allocate(sizes, size, weights)
    assert sum(found.values()) == size
    assert all(1 <= found[name] <= sizes[name] for name in sizes)
    if weights is None and all(s * size // sum(sizes.values()) >= 1 for s in sizes.values()):
        # Proportional to the nearest whole item.
        assert all(abs(found[n] - Fraction(s * size, sum(sizes.values()))) < 1 for n, s in sizes.items())


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: simple([], 1, "s"), "sampling_population"),
        (lambda: simple(KEYS, 21, "s"), "sampling_size"),
        (lambda: simple(KEYS, 0, "s"), "sampling_size"),
        (lambda: simple(["a", "a"], 1, "s"), "sampling_keys"),
        (lambda: simple(KEYS, 1, " \t"), "sampling_seed"),
        (lambda: number("s", "start", 0), "sampling_size"),
        (lambda: allocate({}, 1), "sampling_population"),
        (lambda: allocate({"甲": 5, "乙": 5}, 1), "sampling_strata"),
        (lambda: allocate({"甲": 5}, 6), "sampling_size"),
        (lambda: allocate({"甲": 5}, 2, {"甲": 0}), "sampling_strata"),
        (lambda: stratified({"a": "甲"}, {"甲": 2}, "s"), "sampling_size"),
        (lambda: stratified({"é": "甲", "e\u0301": "甲"}, {"甲": 1}, "s"), "sampling_keys"),
    ],
)
def test_what_cannot_be_drawn_says_why(call: object, code: str) -> None:
    with pytest.raises(SamplingError) as error:
        call()  # type: ignore[operator]
    assert error.value.message == MESSAGES[code]
