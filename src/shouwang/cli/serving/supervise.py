"""Starts processes, starts them again when they die, and stops them all when told to."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

SETTLED = 30.0
"""A process that ran so many seconds has started well: after its death the count of attempts begins anew."""
LONGEST_WAIT = 30.0
"""Seconds between two attempts at the most."""
LOOK = 0.2


@dataclass
class Child:
    """A process to keep running: its name, its command, and what became of it so far."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    attempts: int = 0
    due: float = field(default=0.0)

    def wait(self) -> float:
        """Seconds to wait before the next attempt: 0.5, 1, 2, 4 … :data:`LONGEST_WAIT`."""
        return float(min(0.5 * 2 ** max(self.attempts - 1, 0), LONGEST_WAIT))


class Supervisor:
    """Keeps children running until it is told to stop.

    Each child is given ``grace`` seconds to end in order, then it is killed. Children watch their parent
    (see :mod:`shouwang.cli.serving.leash`), so that none outlives a supervisor that is killed.
    """

    def __init__(
        self, children: Sequence[Child], *, grace: float = 20.0, say: Callable[[str], None] = print
    ) -> None:
        self.children = children
        self.grace = grace
        self.say = say
        self.stopping = threading.Event()

    def run(self) -> int:
        """Start all, look after them until SIGTERM or SIGINT, stop all; 1 where one was killed, else 0."""
        before = {sign: signal.signal(sign, self._stop) for sign in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self.stopping.is_set():
                for child in self.children:
                    self._look_after(child)
                self.stopping.wait(LOOK)
            return self._end()
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler)

    def _stop(self, _sign: int, _frame: object) -> None:
        self.stopping.set()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.due:
                self._start(child)
            return
        code = child.process.poll()
        if code is None:
            if child.attempts > 1 and now - child.started > SETTLED:
                child.attempts = 1
            return
        child.process = None
        child.due = now + child.wait()
        self.say(f"{child.name}: ended with {code}, started again in {child.due - now:g} s")

    def _start(self, child: Child) -> None:
        child.attempts += 1
        child.started = time.monotonic()
        # Its own group: a Ctrl-C at the terminal comes to the supervisor alone, which stops all in order.
        child.process = subprocess.Popen(
            child.command,
            process_group=0,
            env={**os.environ, "SHOUWANG_SUPERVISOR": str(os.getpid())},
        )

    def _end(self) -> int:
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + self.grace
        killed = 0
        for process in running:
            try:
                process.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                killed += 1
                # What a process started itself shares its group.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        return 1 if killed else 0
