"""Secrets at rest: how a personal identifier is kept in a column, and how it is found again.

A sealed value is text of three parts, ``index.version.box``:

- ``index``: a keyed hash of the value (104 bits of HMAC-SHA-256 or HMAC-SM3, in hexadecimal). The same value
  has the same index in every table, so exact look-up is a prefix range on an ordinary index; without the key
  it says nothing.
- ``version``: the number of the data key.
- ``box``: nonce, ciphertext and tag of AES-256-GCM or SM4-GCM. Table, column, version and index are
  authenticated with it: a value copied into another column, or under another index, does not open.

The keys lie in the home's ``keys.json``. The key of the index is another one than those of the data and stays
for good: the trail names persons by it. Data keys are rotated by ``shouwang rotate-keys``. The cipher of new
keys is the setting ``SHOUWANG_CIPHER``: ``aes`` (default), or ``sm4`` for the national algorithms (GB/T
32907-2016 SM4, GB/T 32905-2016 SM3).
"""

from __future__ import annotations

import base64
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Protocol

from shouwang.home import KEYS, chosen_cipher, home, keys, write_keys

INDEX_WIDTH: Final = 26
"""Characters of an index: 104 bits in hexadecimal."""


class SecretError(RuntimeError):
    """A secret that can't be made or opened; the message says what to do."""


def add_data_key() -> int:
    """Make a new data key the current one; its version. Old ones stay, to read what they sealed."""
    cipher, _, width = chosen_cipher()
    body = keys()
    if "data" not in body:
        raise SecretError(_absent())
    version = max(map(int, body["data"]["keys"])) + 1
    body["data"]["keys"][str(version)] = {"cipher": cipher, "key": secrets.token_hex(width)}
    body["data"]["current"] = version
    write_keys(body)
    _Kept.ring = None
    return version


def _absent() -> str:
    return f"{home() / KEYS}: no keys for personal identifiers; run shouwang init, or put the saved file back"


class _Box(Protocol):
    """One data key. ``open`` raises ValueError for what it did not close."""

    def close(self, plain: bytes, about: bytes) -> bytes:
        """Nonce, ciphertext and tag."""

    def open(self, box: bytes, about: bytes) -> bytes:
        """What was closed."""


def _box(cipher: str, key: bytes) -> _Box:
    from shouwang.ledger import boxes  # a scan of a folder has no use for a cipher and does not wait for one

    return boxes.Aes(key) if cipher == "aes-256-gcm" else boxes.Sm4(key)


def _keyed(hashing: str, key: bytes) -> Callable[[bytes], bytes]:
    if hashing == "sm3":
        from shouwang.ledger import boxes

        return lambda message: boxes.sm3(key, message)
    return lambda message: hmac.digest(key, message, "sha256")


@dataclass(frozen=True)
class Keyring:
    """The keys of this installation."""

    body: Mapping[str, Any]
    stamp: int

    @property
    def current(self) -> int:
        """The version of the data key that seals."""
        return int(self.body["data"]["current"])

    @cached_property
    def boxes(self) -> dict[str, _Box]:
        """Data keys by version."""
        return {v: _box(k["cipher"], bytes.fromhex(k["key"])) for v, k in self.body["data"]["keys"].items()}

    @cached_property
    def keyed(self) -> Callable[[bytes], bytes]:
        """The keyed hash of the index, whole."""
        return _keyed(self.body["index"]["hash"], bytes.fromhex(self.body["index"]["key"]))

    def keyed_for(self, purpose: str) -> Callable[[str], str]:
        """:meth:`index` for many values of one purpose."""
        keyed, start, width = self.keyed, f"{purpose}\0".encode(), INDEX_WIDTH // 2
        return lambda value: keyed(start + value.encode())[:width].hex()

    def index(self, purpose: str, value: str) -> str:
        """The keyed index of a value for a purpose: 26 characters 0-9a-f."""
        return self.keyed(f"{purpose}\0{value}".encode())[: INDEX_WIDTH // 2].hex()


class _Kept:
    ring: Keyring | None = None
    looked = 0.0


def keyring() -> Keyring:
    """The keys; read again within a second after another process changed them. SecretError without any."""
    now = time.monotonic()
    if _Kept.ring is not None and now - _Kept.looked < 1.0:
        return _Kept.ring
    try:
        stamp = (home() / KEYS).stat().st_mtime_ns
    except FileNotFoundError:
        raise SecretError(_absent()) from None
    if _Kept.ring is None or _Kept.ring.stamp != stamp:
        body = keys()
        if "data" not in body or "index" not in body:
            raise SecretError(_absent())
        _Kept.ring = Keyring(body, stamp)
    _Kept.looked = now
    return _Kept.ring


def forget() -> None:
    """Read the keys anew at the next use: the home has changed."""
    _Kept.ring = None


def seal(value: str, place: str, index: str) -> str:
    """``value`` sealed for a place (``table.column``) under its index."""
    ring = keyring()
    version = str(ring.current)
    box = ring.boxes[version].close(value.encode(), f"{place}/{version}/{index}".encode())
    return f"{index}.{version}.{base64.urlsafe_b64encode(box).decode().rstrip('=')}"


def unseal(stored: str, place: str) -> str:
    """The value behind a sealed text.

    Raises SecretError where it was sealed elsewhere, was changed, or its key is gone.
    """
    try:
        index, version, text = stored.split(".")
        box = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise SecretError(f"{place}: not a sealed value") from None
    ring = keyring()
    if version not in ring.boxes:
        forget()
        ring = keyring()
    if version not in ring.boxes:
        raise SecretError(f"{place}: sealed with key {version}, which {home() / KEYS} does not hold")
    try:
        return ring.boxes[version].open(box, f"{place}/{version}/{index}".encode()).decode()
    except ValueError:
        raise SecretError(f"{place}: a sealed value was changed, or copied from another place") from None


def index_of(stored: str) -> str:
    """The index within a sealed text."""
    return stored[:INDEX_WIDTH]


def version_of(stored: str) -> int:
    """The version of the key within a sealed text."""
    return int(stored.split(".", 2)[1])
