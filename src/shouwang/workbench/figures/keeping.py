"""Keeps what took long to count for a minute, so that a page that is opened again and again costs once.

What is quick is counted anew each time: a small office sees what it has just done. The key is the query
itself with all its conditions, so that nobody is ever shown what was counted for somebody who sees more.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet

SLOW = 0.2
"""Seconds from which an answer is kept, :data:`KEPT` seconds long, :data:`MOST` of them a process."""
KEPT = 60.0
MOST = 24

Answer = TypeVar("Answer")

_kept: OrderedDict[str, tuple[float, Any]] = OrderedDict()
_lock = threading.Lock()


def kept(kind: str, rows: QuerySet[Any], count: Callable[[], Answer]) -> Answer:
    """What ``count`` answers for these rows, or what it answered less than :data:`KEPT` seconds ago."""
    sql, given = rows.query.sql_with_params()
    said = f"{kind}\0{connection.settings_dict['NAME']}\0{sql}\0{given!r}"
    key = hashlib.sha256(said.encode()).hexdigest()
    now = time.monotonic()
    with _lock:
        found = _kept.get(key)
        if found is not None and now - found[0] < KEPT:
            _kept.move_to_end(key)
            answer: Answer = found[1]
            return answer
    answer = count()
    if time.monotonic() - now >= SLOW:
        with _lock:
            _kept[key] = (time.monotonic(), answer)
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return answer


def forget() -> None:
    """Keep nothing."""
    with _lock:
        _kept.clear()
