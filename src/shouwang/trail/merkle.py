"""Merkle trees as RFC 6962 (Certificate Transparency), section 2.1, has them, over SHA-256.

A leaf is hashed with a byte 0 before it, an inner node with a byte 1, so that neither can pass for the other;
``n`` leaves are split at the largest power of two below ``n``. A proof of one leaf among a million is twenty
hashes, and checking it needs nothing but SHA-256.

>>> from hashlib import sha256
>>> root([]) == sha256(b"").digest()
True
>>> root([b"a", b"b"]) == sha256(bytes([1]) + leaf_hash(b"a") + leaf_hash(b"b")).digest()
True
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over ``leaves`` in their order, 32 bytes; leaves are hashed here and may come from a stream.

    Never holds more than one hash a level, so ten million rows need no memory.
    """
    return root_of_hashes(sha256(b"\x00" + leaf).digest() for leaf in leaves)


def root_of_hashes(hashes: Iterable[bytes]) -> bytes:
    """The root over leaves that are hashed already."""
    # A binary counter of perfect subtrees: ``full[k]`` is one of 2**k leaves. The count's trailing ones tell
    # how many of them the next leaf completes.
    full: list[bytes] = []
    for count, node in enumerate(hashes):
        carried = count
        while carried & 1:
            node = sha256(b"\x01" + full.pop() + node).digest()
            carried >>= 1
        full.append(node)
    if not full:
        return sha256(b"").digest()
    top = full.pop()
    while full:
        top = sha256(b"\x01" + full.pop() + top).digest()
    return top


def _split(count: int) -> int:
    """The largest power of two below ``count``."""
    return 1 << ((count - 1).bit_length() - 1)


def path(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of the leaf at ``index`` (from 0) among leaves that are hashed already, lowest first.

    ``IndexError`` where there is no such leaf.
    """
    if not 0 <= index < len(hashes):
        raise IndexError(f"no leaf {index} among {len(hashes)}")
    if len(hashes) == 1:
        return []
    split = _split(len(hashes))
    if index < split:
        return [*path(hashes[:split], index), root_of_hashes(hashes[split:])]
    return [*path(hashes[split:], index - split), root_of_hashes(hashes[:split])]


def sided_paths(hashes: Sequence[bytes], indices: Sequence[int]) -> list[list[tuple[str, bytes]]]:
    """The audit paths of several leaves at once, each node with the side it stands on (``left``, ``right``).

    Builds every level once, so that many leaves of a large tree cost hardly more than one.
    """
    paths: list[list[tuple[str, bytes]]] = [[] for _ in indices]
    level, places = list(hashes), list(indices)
    while len(level) > 1:
        for number, place in enumerate(places):
            other = place ^ 1
            if other < len(level):  # the last of an odd level goes up alone
                paths[number].append(("left" if other < place else "right", level[other]))
            places[number] = place // 2
        pairs = [sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[-1:] if len(level) & 1 else pairs
    return paths


def root_from_path(leaf: bytes, index: int, count: int, audit_path: Sequence[bytes]) -> bytes:
    """The root that a leaf (not hashed) at ``index`` of ``count`` has under its audit path.

    As in RFC 9162, section 2.1.3.2. Compare it with the root that was published. ``ValueError`` where the
    path has the wrong length.
    """
    if not 0 <= index < count:
        raise ValueError(f"no leaf {index} among {count}")
    node, position, last = leaf_hash(leaf), index, count - 1
    for other in audit_path:
        if last == 0:
            raise ValueError("the path is too long")
        if position & 1 or position == last:
            node = sha256(b"\x01" + other + node).digest()
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + other).digest()
        position, last = position >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return node


__all__ = ["leaf_hash", "path", "root", "root_from_path", "root_of_hashes", "sided_paths"]
