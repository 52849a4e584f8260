"""A process on a leash: when its parent is gone, it ends.

Whoever starts processes can be killed in a way that leaves no time to stop them. Nobody would then know of
them, and the port, the tasks and the clock would stay taken.
"""

from __future__ import annotations

import os
import signal
import threading
import time

LOOK = 0.3
"""Seconds between two looks at the parent."""
GRACE = 10.0
"""So many seconds a process has to end in order once its parent is gone."""


def leash(parent: int | None = None) -> None:
    """End this process soon after its parent: asked first (SIGTERM), made to after :data:`GRACE`.

    ``parent`` is the process that must be the parent still; by default the one that is now.
    """
    known = parent or os.getppid()

    def watch() -> None:
        while os.getppid() == known:
            time.sleep(LOOK)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, name="leash", daemon=True).start()
