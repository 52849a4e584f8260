"""Who a row is about, and which record it is: the keyed names of persons and records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from shouwang.ledger.secret import INDEX_WIDTH, keyring

if TYPE_CHECKING:
    from shouwang.ledger.base import SheetSpec

UNPLACED: Final = "0" * 15
"""The division of a row that nobody could place; it lies in nobody's area."""


@lru_cache(65_536)
def person_index(id_number: str) -> str:
    """The keyed index of a resident ID number (18 characters, as read): 26 characters 0-9a-f.

    It names the person wherever the number itself must not stand: in events, findings, scopes, addresses.
    The same in every table and for good; without the key nobody can make it from the number.
    """
    return keyring().index("person", id_number.strip().upper())


@lru_cache(65_536)
def pseudonym(id_number: str) -> str:
    """A stand-in of 18 characters for a resident ID number, for snapshots that are made of the database.

    It keeps what rules compute: the birth date at [6:14] and the parity of the sex digit at [16]. All else is
    a keyed hash, so that two persons differ and one person is the same everywhere. Other than 18 characters
    (there are none in a ledger) are hashed whole.
    """
    mark = person_index(id_number).upper()
    if len(id_number) != 18:
        return mark[:18]
    sex = "1" if id_number[16] in "13579" else "2"
    return f"{mark[:6]}{id_number[6:14]}{mark[6:8]}{sex}{mark[8]}"


def plain(value: Any) -> str:
    """A value as the text by which keys and digests are made; None is U+0000, which no text holds."""
    if value is None:
        return "\0"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def natural_key(spec: SheetSpec, values: Iterable[Any]) -> str:
    """The keyed hash of the natural key of a record: 26 characters 0-9a-f.

    ``values`` are those of ``spec.identity``: the declared key without ``division``.
    """
    return keyring().index(f"key/{spec.name}", "\x1f".join(plains(spec, spec.identity, values)))


def plains(spec: SheetSpec, fields: Iterable[str], values: Iterable[Any]) -> list[str]:
    """The values of fields as :func:`plain` has them, resident ID numbers by their keyed index."""
    persons = set(spec.persons)
    return [
        person_index(value) if value and name in persons else plain(value)
        for name, value in zip(fields, values, strict=True)
    ]


def key_digest(natural: str, division_code: str, copy: int = 1) -> str:
    """What makes a record one: its natural key, its division, and the how manieth with both it is.

    Two offices may each keep a record under one number; neither sees, moves or overwrites the other's. A
    sheet that lists one record twice keeps both, for the rules to find.
    """
    return f"{natural}{division_code}{copy}"


def key_parts(digest: str) -> tuple[str, str, int]:
    """Natural key, division code and copy number of a key digest."""
    at = INDEX_WIDTH
    return digest[:at], digest[at : at + 15], int(digest[at + 15 :] or 1)
