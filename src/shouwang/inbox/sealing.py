"""Seals what must be read again but not lie about: the addresses and secrets of robots.

AES-256-GCM under a key made of the installation's secret key by HKDF (RFC 5869). Whoever has the database
alone can't post into an office's groups.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


class Unsealable(ValueError):
    """The text was sealed under another key: it must be entered again."""


def _cipher(secret_key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"shouwang.inbox/1").derive(secret_key.encode()))


def seal(text: str) -> str:
    """The text sealed; the empty text stays empty."""
    if not text:
        return ""
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), None)).decode()


def unseal(sealed: str, secret_key: str = "") -> str:
    """The text behind, sealed under this secret key or the present one; else :class:`Unsealable`."""
    if not sealed:
        return ""
    try:
        raw = base64.b64decode(sealed, validate=True)
        return _cipher(secret_key or settings.SECRET_KEY).decrypt(raw[:_NONCE], raw[_NONCE:], None).decode()
    except (InvalidTag, ValueError) as error:
        raise Unsealable("sealed under another key") from error
