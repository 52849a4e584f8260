"""What a parser answers: a value, or a problem that a clerk can act upon.

Messages are static Chinese text marked with ``N_`` for the gettext catalogue; whoever prints them
translates them. The value itself is never part of a message, because it may be personal data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


def N_(text: str) -> str:
    """Mark ``text`` for the translation catalogue and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A reason with a stable ``code``, its Chinese ``text`` and the ``advice`` what to do about it."""

    code: str
    text: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """The answer of a scalar parser.

    ``value`` is None when the cell is empty, means "open" (then ``note`` says so) or has a ``problem``.
    A ``problem`` refuses the cell; a ``note`` goes along with an accepted value.
    """

    value: T | None = None
    problem: Message | None = None
    note: Message | None = None

    @property
    def ok(self) -> bool:
        """True when the cell is not refused."""
        return self.problem is None

    @property
    def code(self) -> str | None:
        """The code of the problem, None when there is none."""
        return None if self.problem is None else self.problem.code

    @property
    def note_code(self) -> str | None:
        """The code of the note, None when there is none."""
        return None if self.note is None else self.note.code


def table(*messages: Message) -> dict[str, Message]:
    """Messages by their code; codes must be unique."""
    result = {message.code: message for message in messages}
    if len(result) != len(messages):
        raise ValueError("two messages share a code")
    return result
