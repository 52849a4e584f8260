"""Where an installation keeps what is its own: database, keys, evidence, snapshots.

One folder, ``var`` below the working directory or ``SHOUWANG_HOME``. ``keys.json`` in it (mode 0600) holds
the secrets; it is made at the first start. Back it up apart from the database: who has both can read all.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any, Final

KEYS = "keys.json"
CIPHERS: Final = {"aes": ("aes-256-gcm", "sha256", 32), "sm4": ("sm4-gcm", "sm3", 16)}
"""By ``SHOUWANG_CIPHER``: cipher of the data, hash of the index, bytes of a data key."""


def home() -> Path:
    """The folder of this installation; it need not exist yet."""
    return Path(os.environ.get("SHOUWANG_HOME") or "var").absolute()


def read_keys(path: Path) -> dict[str, Any]:
    """The secrets in a key file; empty where there is none. ``ValueError`` for a broken one."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    body = json.loads(text)
    if not isinstance(body, dict):
        raise ValueError(f"{path}: not a key file")
    return body


def keys() -> dict[str, Any]:
    """The secrets of this installation; empty before the first start."""
    return read_keys(home() / KEYS)


def write_keys(body: dict[str, Any]) -> None:
    """Replace the key file at once; readable by its owner alone."""
    path = home() / KEYS
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = path.with_suffix(f".{os.getpid()}.tmp")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(body, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    made.replace(path)


def chosen_cipher() -> tuple[str, str, int]:
    """Cipher, hash and bytes of a key for new keys; ``ValueError`` for a setting that is none."""
    wish = os.environ.get("SHOUWANG_CIPHER", "aes").lower()
    if wish not in CIPHERS:
        raise ValueError(f"SHOUWANG_CIPHER is {wish!r}: it can be {' or '.join(CIPHERS)}")
    return CIPHERS[wish]


def with_secrets(body: dict[str, Any]) -> dict[str, Any]:
    """A key file's content with a key for each purpose that has none yet.

    ``secret_key`` signs sessions, ``index`` makes the keyed index of persons and stays for good, ``data``
    seals identifiers at rest, by version (see :mod:`shouwang.ledger.secret`).
    """
    cipher, hashing, width = chosen_cipher()
    return {
        "secret_key": secrets.token_urlsafe(50),
        "index": {"hash": hashing, "key": secrets.token_hex(32)},
        "data": {"current": 1, "keys": {"1": {"cipher": cipher, "key": secrets.token_hex(width)}}},
        **body,
    }


def first_start() -> bool:
    """Make the keys where there are none; whether some were made now."""
    body = keys()
    whole = with_secrets(body)
    if whole == body:
        return False
    write_keys(whole)
    return True
