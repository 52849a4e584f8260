"""Random draws that anybody can redo by hand: simple, stratified, and the numbers that other methods need.

No generator of a language or library is used, for those change between versions. What decides is SHA-256
(FIPS 180-4) over text:

- an item's place in the draw is the hash of ``seed``, a line feed and the item's ``key``, in UTF-8; the items
  with the smallest hashes are drawn, the smallest first. The order of the list does not matter, a longer draw
  begins with the shorter one, and ``printf '%s\\n%s' SEED KEY | sha256sum`` shows each place;
- a number between 1 and m is ⌊h·m / 2²⁵⁶⌋ + 1, with h the hash of ``seed``, a line feed and a purpose.

Seed and keys are taken in Unicode's composed form (NFC), the seed without spaces around it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor
from typing import Final, Literal

from shouwang.standards.sampling.exact import SamplingError

Allocation = Literal["proportional", "equal", "value"]
"""How a sample is shared among strata: by their numbers of items, alike, or by their amounts."""

_BITS: Final = 256


def clean_seed(seed: str) -> str:
    """The seed as it is hashed. SamplingError where there is none."""
    text = unicodedata.normalize("NFC", seed).strip()
    if not text:
        raise SamplingError("sampling_seed")
    return text


def place(seed: str, key: str) -> str:
    """The place of an item in the draw: 64 hexadecimal digits, to be compared as text.

    >>> place("2023-12-31", "V-001")[:8]
    '21539a5e'
    """
    text = f"{clean_seed(seed)}\n{unicodedata.normalize('NFC', key)}"
    return hashlib.sha256(text.encode()).hexdigest()


def number(seed: str, purpose: str, upto: int) -> int:
    """A number between 1 and ``upto`` (at most 2¹²⁸) from the seed, for a purpose (``"cell 3"``)."""
    if not 1 <= upto <= 2**128:
        raise SamplingError("sampling_size")
    return (int(place(seed, purpose), 16) * upto >> _BITS) + 1


def _ranked(keys: Iterable[str], seed: str) -> list[str]:
    given = [unicodedata.normalize("NFC", key) for key in keys]
    if len(set(given)) != len(given):
        raise SamplingError("sampling_keys")
    return sorted(given, key=lambda key: (place(seed, key), key))


def simple(keys: Iterable[str], size: int, seed: str) -> list[str]:
    """A simple random sample without replacement, in the order drawn.

    ``keys`` name the items, each by another key. SamplingError where two are alike or there are fewer
    items than ``size``.
    """
    ranked = _ranked(keys, seed)
    if not ranked:
        raise SamplingError("sampling_population")
    if not 1 <= size <= len(ranked):
        raise SamplingError("sampling_size")
    return ranked[:size]


def allocate(
    sizes: Mapping[str, int], size: int, weights: Mapping[str, Fraction | int] | None = None
) -> dict[str, int]:
    """The sample sizes of strata with ``sizes`` items, ``size`` in all, in the order of their names.

    Shared by ``weights`` (by the numbers of items where none are given) with the largest remainders; every
    stratum gets at least one and at most all of its items. SamplingError where ``size`` is smaller than the
    number of strata or greater than the number of items.

    >>> allocate({"甲": 70, "乙": 20, "丙": 10}, 12)
    {'丙': 1, '乙': 3, '甲': 8}
    """
    strata = sorted(name for name, items in sizes.items() if items)
    if not strata:
        raise SamplingError("sampling_population")
    if size < len(strata):
        raise SamplingError("sampling_strata")
    if size > sum(sizes[name] for name in strata):
        raise SamplingError("sampling_size")
    weight = {name: Fraction((weights or sizes)[name]) for name in strata}
    if min(weight.values()) < 0 or not any(weight.values()):
        raise SamplingError("sampling_strata")
    fixed: dict[str, int] = {}
    while True:
        free = [name for name in strata if name not in fixed]
        rest = size - sum(fixed.values())
        whole = sum(weight[name] for name in free)
        # Where no weight is left, those without any share what remains alike.
        share = {n: (weight[n] * rest / whole if whole else Fraction(rest, len(free))) for n in free}
        # Who would get more than it has, or less than one, is settled first; the others share the rest.
        over = {n: sizes[n] for n in free if share[n] >= sizes[n]}
        under = {n: 1 for n in free if share[n] < 1}
        settled = over or under
        if not settled:
            break
        fixed |= settled
        if len(fixed) == len(strata):
            break
    if len(fixed) < len(strata):
        fixed |= {n: floor(share[n]) for n in free}
        left = size - sum(fixed.values())
        by_rest = sorted(free, key=lambda n: (floor(share[n]) - share[n], n))
        for name in by_rest[:left]:
            fixed[name] += 1
    return _settled(fixed, sizes, size)


def _settled(given: dict[str, int], sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """The allocation with exactly ``size`` in all: limits on both sides may have taken or left a few."""
    names = sorted(given)
    while (left := size - sum(given.values())) != 0:
        step = 1 if left > 0 else -1
        room = [n for n in names if (given[n] < sizes[n] if step > 0 else given[n] > 1)]
        chosen = max(room, key=lambda n: (sizes[n] - given[n] if step > 0 else given[n], n))
        given[chosen] += step
    return {name: given[name] for name in names}


def stratified(strata: Mapping[str, str], sizes: Mapping[str, int], seed: str) -> dict[str, list[str]]:
    """A simple random sample of each stratum, by the names of the strata in their order.

    ``strata`` gives the stratum of each key, ``sizes`` the sample size of each stratum.
    """
    members = Counter(strata.values())
    drawn: dict[str, list[str]] = {}
    ranked = _ranked(strata, seed)
    if len(ranked) != len(strata):
        raise SamplingError("sampling_keys")
    of = {unicodedata.normalize("NFC", key): stratum for key, stratum in strata.items()}
    for name in sorted(sizes):
        if not 0 <= sizes[name] <= members[name]:
            raise SamplingError("sampling_size")
        drawn[name] = [key for key in ranked if of[key] == name][: sizes[name]]
    return drawn
