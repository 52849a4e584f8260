"""Seals (封印): the events so far under one hash, each seal chained to the one before.

A seal covers the events from the one after the last seal to a *horizon* below which nothing can appear any
more. On SQLite, with its one writer, that is the last event. On PostgreSQL numbers are given before the
transactions commit, so a smaller number may come to light later than a larger one: the horizon is the last
number that was given, as soon as everybody who was writing events at that moment is done. Nobody is kept
waiting for a seal; while a writer takes too long, no seal is made, and the next minute tries again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import IntegrityError, connection, transaction

from shouwang.home import home
from shouwang.trail import guard, merkle
from shouwang.trail.models import SEPARATOR, Event, Seal

log = logging.getLogger(__name__)

ANCHOR = "last-seal.json"
"""Outside of the database, in the home: the last seal that this computer made."""
PATIENCE = 10.0
"""So long a seal waits for those who are writing events (seconds)."""
AT_ONCE = 1_000_000
"""So many events go under one seal; more are sealed by several."""


def seal_digest(previous: str, moment: int, first: int, last: int, count: int, root: str) -> str:
    """SHA-256 (hex) over what a seal says: its parts joined by U+001F."""
    parts = (previous, str(moment), str(first), str(last), str(count), root)
    return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()


def leaf(number: int, digest: str) -> bytes:
    """What the Merkle tree of a seal holds of one event."""
    return f"{number}{SEPARATOR}{digest}".encode()


def said_by(seal: Seal) -> str:
    """The digest of what a seal says now; differs from ``digest`` when somebody changed it."""
    return seal_digest(seal.previous, seal.moment, seal.first, seal.last, seal.count, seal.root)


def last_seal() -> Seal | None:
    """The end of the chain."""
    return Seal.objects.order_by("-pk").first()


def horizon(patience: float = PATIENCE) -> int | None:
    """The number up to which no event can appear any more; None where a writer takes too long."""
    if connection.vendor != "postgresql":
        return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value, is_called FROM trail_event_id_seq")
        number, called = cursor.fetchone()
        # An INSERT takes its lock on the table before it draws a number, so who drew one up to now and is not
        # done holds the lock now.
        waiting = _writers(cursor)
        until = time.monotonic() + patience
        while waiting and time.monotonic() < until:
            time.sleep(0.02)
            waiting &= _writers(cursor)
    return None if waiting else number if called else 0


def _writers(cursor: object) -> set[str]:
    """The transactions of others that hold a lock to write events."""
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND granted"
        " AND relation = 'trail_event'::regclass AND mode = 'RowExclusiveLock'"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND (pid IS NULL OR pid <> pg_backend_pid())"
    )
    return {row[0] for row in cursor.fetchall()}  # type: ignore[attr-defined]


def seal(patience: float = PATIENCE) -> list[Seal]:
    """Seal all events that are not sealed yet; the seals made, none where there is nothing to seal.

    Two sealers at once make one chain: the second finds the first one's seal and leaves it at that.
    """
    end = horizon(patience)
    if end is None:
        log.warning("the trail is not sealed now: a writer takes too long")
        return []
    made: list[Seal] = []
    while True:
        last = last_seal()
        first = last.last + 1 if last else 1
        if first > end:
            break
        done = _seal_range(last, first, end)
        if done is None:
            break
        made.append(done)
    return made


def _seal_range(last: Seal | None, first: int, until: int) -> Seal | None:
    """One seal; None where there is nothing, or where somebody else was quicker."""
    found = Event.objects.filter(pk__gte=first, pk__lte=until).order_by("pk")
    rows = found.values_list("pk", "digest")[: AT_ONCE + 1]
    hashes, numbers = [], []
    for number, digest in rows.iterator(chunk_size=10_000):
        hashes.append(merkle.leaf_hash(leaf(number, digest)))
        numbers.append(number)
    if not hashes:
        return None
    if len(hashes) > AT_ONCE:
        hashes, until = hashes[:AT_ONCE], numbers[AT_ONCE - 1]
    now = time.time_ns() // 1000
    root = merkle.root_of_hashes(hashes).hex()
    previous = last.digest if last else ""
    new = Seal(moment=now, first=first, last=until, count=len(hashes), root=root, previous=previous)
    new.digest = said_by(new)
    try:
        with transaction.atomic(), guard.paused():
            new.save(force_insert=True)
    except IntegrityError:
        return None
    transaction.on_commit(lambda: remember(new))
    return new


@dataclass(frozen=True)
class Anchor:
    """The last seal as this computer remembers it."""

    seal: int
    last: int
    digest: str


def anchor_path() -> Path:
    """Where the last seal is remembered."""
    return home() / ANCHOR


def anchor() -> Anchor | None:
    """What this computer remembers; None where it never sealed. ``ValueError`` for a broken file."""
    try:
        body = json.loads(anchor_path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Anchor(**body)


def remember(made: Seal, *, anew: bool = False) -> None:
    """Remember a seal outside of the database, unless a later one is remembered.

    ``anew`` forgets what was: after a backup was restored on purpose.
    """
    try:
        known = None if anew else anchor()
    except ValueError:
        known = None
    if known is not None and known.seal >= made.pk:
        return
    path = anchor_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(asdict(Anchor(made.pk, made.last, made.digest))), encoding="utf-8")
    temporary.replace(path)


def forget() -> None:
    """Forget the remembered seal: the database was replaced on purpose, by one that ends earlier."""
    anchor_path().unlink(missing_ok=True)
