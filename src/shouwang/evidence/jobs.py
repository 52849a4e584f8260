"""What the clock does for evidence."""

from __future__ import annotations

from shouwang.clock import daily
from shouwang.evidence import store


@daily("03:20", label="清理无主附件", why="files that belong to nothing may hold persons")
def forget_unnamed() -> None:
    """Remove files that were never attached to anything."""
    store.tidy()
