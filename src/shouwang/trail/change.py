"""A change: one transaction together with the events that tell of it."""

from __future__ import annotations

import datetime as dt
import json
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from shouwang.trail.actor import Actor, current_actor

if TYPE_CHECKING:  # the models need the apps, and this module is what the room's front door names
    from shouwang.trail.models import Event

Changes = Mapping[str, Sequence[Any]]
"""Old and new value by field."""

_open: ContextVar[tuple[Change, ...]] = ContextVar("shouwang_changes", default=())
at_rest: ContextVar[bool] = ContextVar("shouwang_trail_at_rest", default=False)
"""True while migrations run: they move rows, nobody acts. See :mod:`shouwang.trail.guard`."""
_CONTROL = {i: None for i in range(32) if i not in (9, 10)}


class UntrailedWrite(RuntimeError):
    """A statement would change a table of the trail's care, and no change is open."""


def clean(text: str) -> str:
    """Text without control characters (line break and tab stay): the digest's separator is one of them.

    Half of a surrogate pair, which no database takes, becomes a question mark.
    """
    return text.translate(_CONTROL).encode("utf-8", "replace").decode()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no place in an event")


def _now() -> int:
    return time.time_ns() // 1000


class Change:
    """What is being done. Collects notes; they are written as events at the end, in the same transaction."""

    def __init__(self, action: str, actor: Actor, reason: str) -> None:
        self.action, self.actor, self.reason = action, actor, clean(reason)
        self.batch = ""
        self._events: list[Event] = []
        self._closed = False

    def note(
        self,
        target: str = "",
        target_id: object = "",
        changes: Changes | None = None,
        *,
        action: str = "",
        division_code: str = "",
        person: str = "",
        **facts: Any,
    ) -> None:
        """Add an event. ``person`` is a keyed index; values in ``changes`` and ``facts`` are plain data.

        The caller keeps personal identifiers out of ``changes``; models that derive from ``Trailed`` do so.
        """
        from shouwang.trail.models import Event

        if self._closed:
            raise RuntimeError(f"{self.action} is over: what is noted now would be lost")
        body: dict[str, Any] = dict(facts)
        if changes:
            body["changes"] = {field: list(pair) for field, pair in changes.items()}
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, default=_plain, separators=(",", ":"))
        event = Event(
            actor=self.actor.handle,
            name=clean(self.actor.name)[:100],
            post=clean(self.actor.post)[:200],
            action=action or self.action,
            target=target,
            target_id=clean(str(target_id)),
            division_code=division_code,
            person=person,
            reason=self.reason,
            body=clean(text),
        )
        self._events.append(event)

    def write(self) -> None:
        """Write the notes as events; an act that noted nothing still leaves one."""
        from shouwang.trail.models import Event

        if not self._events:
            self.note()
        self._closed = True
        if len(self._events) > 1:
            self.batch = uuid.uuid4().hex
        moment = _now()
        for event in self._events:
            event.moment, event.batch = moment, self.batch
            event.digest = event.said()
        Event._default_manager.bulk_create(self._events, batch_size=500)


@contextmanager
def change(
    action: str, *, reason: str = "", actor: Actor | None = None, using: str = "default"
) -> Iterator[Change]:
    """Open a change: a transaction in which trailed tables may be written, and whose events it writes.

    Either all of it happens, events included, or nothing. Raises :class:`~shouwang.trail.actor.NoActor`
    where nobody acts.
    """
    doing = Change(action, actor or current_actor(), reason)
    with transaction.atomic(using=using):
        token = _open.set((*_open.get(), doing))
        try:
            yield doing
            doing.write()
        finally:
            _open.reset(token)


def record(
    action: str, target: str = "", target_id: object = "", *, reason: str = "", **details: Any
) -> None:
    """Write one event that changes nothing else: a reading in the clear, an export, a sign-in."""
    with change(action, reason=reason) as doing:
        doing.note(target, target_id, **details)


def open_change() -> Change | None:
    """The innermost open change, or None."""
    changes = _open.get()
    return changes[-1] if changes else None


__all__ = ["Change", "Changes", "UntrailedWrite", "change", "clean", "open_change", "record"]
