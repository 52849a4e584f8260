"""What an address or a form asks for, read as strictly as what strangers send."""

from __future__ import annotations

from typing import Final

DIGITS: Final = 15
"""No number of a row or a place in a list has more."""


def whole(text: str) -> int | None:
    """A number from nought; None for what is none, or too long to be one of ours."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else None
