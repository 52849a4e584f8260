"""What the clock does for the pages."""

from __future__ import annotations

from shouwang.clock import every
from shouwang.workbench.ledgers import uploads


@every(minutes=10, label="清理导入文件", why="files that belong to no import hold persons in clear")
def forgotten_uploads() -> None:
    """Give back imports that a dead worker held, remove files that no open import names."""
    uploads.tidy()
