"""The ciphers of :mod:`shouwang.ledger.secret`: AES-256-GCM, and the national SM4-GCM with HMAC-SM3."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC

NONCE: Final = 12
TAG: Final = 16


class Aes:
    """AES-256-GCM (NIST SP 800-38D)."""

    def __init__(self, key: bytes) -> None:
        self.cipher = AESGCM(key)

    def close(self, plain: bytes, about: bytes) -> bytes:
        """Nonce, ciphertext and tag."""
        nonce = os.urandom(NONCE)
        return nonce + self.cipher.encrypt(nonce, plain, about)

    def open(self, box: bytes, about: bytes) -> bytes:
        """What was closed; ValueError for anything else."""
        try:
            return self.cipher.decrypt(box[:NONCE], box[NONCE:], about)
        except InvalidTag:
            raise ValueError("changed") from None


class Sm4:
    """SM4-GCM (GB/T 32907-2016; RFC 8998)."""

    def __init__(self, key: bytes) -> None:
        self.key = key

    def close(self, plain: bytes, about: bytes) -> bytes:
        """Nonce, ciphertext and tag."""
        nonce = os.urandom(NONCE)
        doing = Cipher(algorithms.SM4(self.key), modes.GCM(nonce)).encryptor()
        doing.authenticate_additional_data(about)
        return nonce + doing.update(plain) + doing.finalize() + doing.tag

    def open(self, box: bytes, about: bytes) -> bytes:
        """What was closed; ValueError for anything else."""
        nonce, text, tag = box[:NONCE], box[NONCE:-TAG], box[-TAG:]
        doing = Cipher(algorithms.SM4(self.key), modes.GCM(nonce, tag)).decryptor()
        doing.authenticate_additional_data(about)
        try:
            return doing.update(text) + doing.finalize()
        except InvalidTag:
            raise ValueError("changed") from None


def sm3(key: bytes, message: bytes) -> bytes:
    """HMAC-SM3 (GB/T 32905-2016)."""
    doing = HMAC(key, hashes.SM3())
    doing.update(message)
    return doing.finalize()
