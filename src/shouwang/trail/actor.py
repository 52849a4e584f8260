"""Who acts: a person at a post, a job or a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


class NoActor(RuntimeError):
    """Something is to be recorded and nobody is acting: wrap the work in ``trail.acting``."""


@dataclass(frozen=True)
class Actor:
    """Who does something.

    ``handle`` names them for good (``user:12``, ``job:scan``, ``command:alice``), ``name`` and ``post`` are
    what they were called at the time. ``user`` is the key of the user, where it is one.
    """

    handle: str
    name: str
    post: str = ""

    @property
    def user(self) -> int | None:
        """The primary key of the user; None for jobs and commands."""
        kind, _, key = self.handle.partition(":")
        return int(key) if kind == "user" else None


_acting: ContextVar[Actor | None] = ContextVar("shouwang_actor", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Let ``actor`` be the one who acts; may be nested, the innermost counts."""
    token = _acting.set(actor)
    try:
        yield actor
    finally:
        _acting.reset(token)


def act_from_here(actor: Actor) -> None:
    """Let ``actor`` act for the rest of the current ``acting`` block: who is known only once inside of it."""
    _acting.set(actor)


def current_actor() -> Actor:
    """Who acts now; :class:`NoActor` where nobody does."""
    actor = _acting.get()
    if actor is None:
        raise NoActor("nobody is acting: wrap this in trail.acting(Actor(...))")
    return actor
