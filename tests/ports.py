"""A port for a server that a test, a benchmark or a script starts."""

from __future__ import annotations

import random
import socket

# Below those that systems hand out to clients: between the choice and the start of the server, which takes
# seconds, none of the many connections of other tests can come to sit on it.
FIRST, BEYOND = 20_000, 30_000


def free_port() -> int:
    """A port that nobody listens on."""
    for port in random.SystemRandom().sample(range(FIRST, BEYOND), 100):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no port from {FIRST} to {BEYOND - 1} is free")
