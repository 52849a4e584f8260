"""Making, finding and revoking tokens. A token is ``sw_`` and 43 characters; only its SHA-256 is kept.

A plain hash is enough: a token holds 256 random bits, which nobody tries through.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from shouwang import trail
from shouwang.api.models import Token

PREFIX = "sw_"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def issue(
    user: Any, name: str, rights: Sequence[str], *, subjects: Sequence[str] = (), days: int = 90
) -> tuple[Token, str]:
    """Make a token for a user; the record, and the token's text, which nobody can ever see again.

    ``ValidationError`` for rights that do not exist and for more than a year.
    """
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token(
        user=user,
        name=name,
        digest=_digest(text),
        rights=list(rights),
        subjects=list(subjects),
        expires=timezone.now() + dt.timedelta(days=days),
    )
    with trail.change("token.issue"):
        token.full_clean()
        token.save()
    return token, text


def find(text: str) -> Token | None:
    """The usable token of that text, with its user."""
    if not text.startswith(PREFIX) or len(text) > 100:
        return None
    token = Token.objects.select_related("user").filter(digest=_digest(text)).first()
    return token if token is not None and token.usable else None


def revoke(token: Token) -> None:
    """End a token; harmless when it was ended before."""
    if token.revoked is None:
        with trail.change("token.revoke"):
            token.revoked = timezone.now()
            token.save(update_fields=["revoked"])
