"""Merkle roots and paths against the printed vectors of Certificate Transparency, and their laws."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.trail import merkle

# The test vectors of the reference implementation of Certificate Transparency (merkle_tree_test): inputs in
# hex, and the root over the first n of them.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def defined(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, word by word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + defined(leaves[:k]) + defined(leaves[k:])).digest()


def test_printed_vectors() -> None:
    assert merkle.root([]).hex() == EMPTY
    for count, expected in enumerate(ROOTS, start=1):
        assert merkle.root(INPUTS[:count]).hex() == expected


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_streamed_root_is_the_defined_one(leaves: list[bytes]) -> None:
    assert merkle.root(iter(leaves)) == defined(leaves)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.data())
def test_a_path_proves_its_leaf_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    path = merkle.path(hashes, index)
    proven = merkle.root_from_path(leaves[index], index, len(leaves), path)
    assert proven == merkle.root(leaves)
    assert merkle.root_from_path(leaves[index] + b"!", index, len(leaves), path) != proven


def test_what_is_no_path_is_refused() -> None:
    hashes = [merkle.leaf_hash(leaf) for leaf in INPUTS]
    path = merkle.path(hashes, 2)
    with pytest.raises(ValueError, match="too short"):
        merkle.root_from_path(INPUTS[2], 2, 8, path[:-1])
    with pytest.raises(ValueError, match="too long"):
        merkle.root_from_path(INPUTS[2], 2, 8, [*path, path[0]])
    with pytest.raises(ValueError, match="no leaf 8"):
        merkle.root_from_path(INPUTS[2], 8, 8, path)
    with pytest.raises(IndexError):
        merkle.path(hashes, 8)
