"""Who may see what is attached to which kind of record. Unknown kinds are seen by nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shouwang.access.scope import may

Sees = Callable[[Any, str], bool]

_SEES: dict[str, Sees] = {}


def register(target: str, sees: Sees) -> None:
    """Let a room say who sees a kind of record: ``sees(user, target_id)``. Called when its app is ready."""
    _SEES[target] = sees


def visible(user: Any, target: str, target_id: str) -> bool:
    """Whether the user may see what is attached to that record."""
    sees = _SEES.get(target)
    return sees is not None and may(user, "evidence.view") and sees(user, target_id)
