"""Keeps what took long to count for a while, so that a page that is opened again and again costs once.

What is quick is counted anew each time: a small office sees what it has just done. The key is the query
itself with all its conditions, so that nobody is ever shown what was counted for somebody who sees more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

SLOW = 0.04
"""Seconds from which an answer is kept, :data:`MOST` of them a process."""
KEPT = 60.0
"""Seconds an answer is kept, or :data:`SHARE` times as long as it took where that is more."""
SHARE = 20
MOST = 256

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Counted(Generic[Answer]):
    """An answer, when it was counted, and how many seconds it need not be counted anew."""

    answer: Answer
    at: dt.datetime
    term: float

    @property
    def age(self) -> float:
        """Seconds since it was counted; negative where the clock was set back, and then it is not used."""
        return (timezone.now() - self.at).total_seconds()


_kept: OrderedDict[str, Counted[Any]] = OrderedDict()
_counting: dict[str, threading.Lock] = {}
_lock = threading.Lock()


def kept(kind: str, rows: QuerySet[Any], count: Callable[[], Answer]) -> Counted[Answer]:
    """What ``count`` answers for these rows, or what it answered a while ago.

    Where several ask the same at once, one counts; the others get what was kept last, if it is not older
    than two terms, and wait only where there is nothing.
    """
    sql, given = rows.query.sql_with_params()
    said = f"{kind}\0{connection.settings_dict['NAME']}\0{sql}\0{given!r}"
    key = hashlib.sha256(said.encode()).hexdigest()
    last = _last(key, terms=2)
    if last is not None and last.age < last.term:
        return last
    with _lock:
        turn = _counting.setdefault(key, threading.Lock())
    if not turn.acquire(blocking=last is None) and last is not None:
        return last
    try:
        return _last(key, terms=1) or _count(key, count)
    finally:
        turn.release()
        with _lock:
            _counting.pop(key, None)


def _last(key: str, *, terms: int) -> Counted[Any] | None:
    with _lock:
        found = _kept.get(key)
    return found if found is not None and 0 <= found.age < terms * found.term else None


def _count(key: str, count: Callable[[], Answer]) -> Counted[Answer]:
    at, began = timezone.now(), time.monotonic()
    answer = count()
    took = time.monotonic() - began
    counted = Counted(answer, at, max(KEPT, SHARE * took))
    with _lock:
        _kept.pop(key, None)
        if took >= SLOW:
            _kept[key] = counted
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return counted


def forget() -> None:
    """Keep nothing."""
    with _lock:
        _kept.clear()
