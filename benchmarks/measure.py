"""What the benchmarks share: a measurement in a process of its own, with its peak memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any


def peak_gib() -> float:
    """The most memory that this process has had, in GiB (Linux).

    ``ru_maxrss`` would not do: a child inherits the size its parent had when it was started.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024**2


def child(program: str, *arguments: str, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """Run a benchmark's own program again with these arguments; what its last line of JSON says."""
    run = [sys.executable, program, *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-4000:]}")
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured
