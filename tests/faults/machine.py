"""A machine that fails when it is told to: work runs in processes that die, stop or run full at a set moment.

A kill after so many milliseconds hits something else on every computer. Here a process counts its own
*moments*: every SQL statement, the point before and the point after every COMMIT, and every file below the
home that it opens for writing, renames or removes. It then kills itself with SIGKILL at the moment it was
told, so a moment that was found to be bad is found again.

The processes are forks of one that has loaded everything and touched neither database nor home, so that
hundreds of deaths take seconds. ``python -m tests.faults.machine`` is that one; :class:`Machine` talks to it.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

LONGEST = 120
"""Seconds after which work that hangs is ended; it then counts as failed."""
FILE_EVENTS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR


@dataclass(frozen=True)
class Job:
    """Work for one process: a function (``module:name``) with its arguments, on a home.

    ``die_at`` is the moment at which it kills itself, counted from 1; 0 lets it live. ``marks`` are files it
    makes, ``waits`` files it waits for, by moment: so two processes meet where a test wants them to.
    """

    home: str
    work: str
    arguments: tuple[Any, ...] = ()
    die_at: int = 0
    marks: Mapping[int, str] = field(default_factory=dict)
    waits: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ran:
    """What became of a process: what its work returned, its moments in order, its error, whether it died."""

    said: Any
    moments: tuple[str, ...]
    error: str
    killed: bool

    def at(self, kind: str) -> list[int]:
        """The moments of a kind: ``sql``, ``commit``, ``committed`` or ``file``."""
        return [number for number, one in enumerate(self.moments, 1) if one == kind]


class Failed(AssertionError):
    """Work that was to succeed did not."""


class Machine:
    """Runs jobs. Use as a context; the process behind it ends with the block."""

    def __init__(self) -> None:
        # One thread in each library: what forks must not be in the middle of anything.
        threads = {"OPENBLAS_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
        environment = {**os.environ, **threads, "DJANGO_SETTINGS_MODULE": "shouwang.settings"}
        environment.pop("SHOUWANG_DATABASE", None)
        root = Path(__file__).resolve().parents[2]
        environment["PYTHONPATH"] = os.pathsep.join([str(root / "src"), str(root)])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.machine"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=root,
        )  # fmt: skip

    def __enter__(self) -> Machine:
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(120)

    def together(self, *jobs: Job) -> list[Ran]:
        """Run jobs at the same time, each in a process of its own."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps([asdict(job) for job in jobs]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise Failed(f"the machine itself ended with {self.process.wait()}")
        return [Ran(**{**ran, "moments": tuple(ran["moments"])}) for ran in json.loads(answer)]

    def run(self, home: Path, work: str, *arguments: Any, die_at: int = 0) -> Ran:
        """Run one job."""
        (ran,) = self.together(Job(str(home), work, arguments, die_at))
        return ran

    def do(self, home: Path, work: str, *arguments: Any) -> Ran:
        """Run one job that must succeed."""
        ran = self.run(home, work, *arguments)
        if ran.error or ran.killed:
            raise Failed(f"{work}: {ran.error or 'it was killed'}")
        return ran


# --- in the processes ---


class Moments:
    """Counts the moments of this process, and acts at those it was told."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.seen: list[str] = []
        self._inside = False

    def __call__(self, kind: str) -> None:
        """A moment comes."""
        self.seen.append(kind)
        now = len(self.seen)
        if now == self.job.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        # Making and looking for the files is no moment itself.
        self._inside = True
        if mark := self.job.marks.get(now):
            Path(mark).touch()
        if wait := self.job.waits.get(now):
            until = time.monotonic() + LONGEST / 2
            while not Path(wait).exists() and time.monotonic() < until:
                time.sleep(0.01)
        self._inside = False

    def on_file(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit hook: what is about to be done to files of the home."""
        if self._inside or not arguments or not isinstance(arguments[0], str | os.PathLike):
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITING):
            return
        if event != "open" and event not in FILE_EVENTS:
            return
        if os.fspath(arguments[0]).startswith(self.job.home):
            self("file")

    def on_statement(self, execute: Callable[..., Any], *given: Any) -> Any:
        """An execute wrapper: a statement is about to run."""
        self("sql")
        return execute(*given)

    def watch(self, connection: Any) -> None:
        """Count from here on what this connection and this process do."""
        connection.execute_wrappers.append(self.on_statement)
        commit = connection._commit

        def counted() -> None:
            self("commit")
            commit()
            self("committed")

        connection._commit = counted
        sys.addaudithook(self.on_file)


def _live(job: Job, out: str) -> None:
    """The life of one process: point to the home, do the work, write down how it went."""
    signal.alarm(LONGEST)
    os.environ["SHOUWANG_HOME"] = job.home
    from django.db import connection

    connection.settings_dict["NAME"] = str(Path(job.home) / "shouwang.sqlite3")
    moments = Moments(job)
    moments.watch(connection)
    said, error = None, ""
    try:
        module, _, name = job.work.partition(":")
        said = getattr(importlib.import_module(module), name)(*job.arguments)
    except BaseException:
        error = traceback.format_exc()
    seen = list(moments.seen)
    Path(out).write_text(json.dumps({"said": said, "moments": seen, "error": error}), encoding="utf-8")


def _fork(job: Job, out: str) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            # What the work prints is no answer of the machine.
            os.dup2(2, 1)
            _live(job, out)
        finally:
            os._exit(0)
    return pid


def _ended(pid: int, out: str) -> dict[str, Any]:
    _pid, status = os.waitpid(pid, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    text = Path(out).read_text(encoding="utf-8") if Path(out).exists() else ""
    if killed or not text:
        error = "" if killed else f"no answer, status {status}"
        return {"said": None, "moments": [], "error": error, "killed": killed}
    return {**json.loads(text), "killed": False}


def _job(body: dict[str, Any]) -> Job:
    def numbered(files: dict[str, str]) -> dict[int, str]:
        return {int(moment): path for moment, path in files.items()}

    return Job(
        body["home"],
        body["work"],
        tuple(body["arguments"]),
        body["die_at"],
        numbered(body["marks"]),
        numbered(body["waits"]),
    )


def main() -> None:
    """Answer jobs, a line of JSON each, until the other end is closed."""
    import django

    django.setup()
    from tests.faults import work

    work.warm()
    with tempfile.TemporaryDirectory(prefix="shouwang-machine-") as folder:
        for number, line in enumerate(sys.stdin):
            jobs = [_job(body) for body in json.loads(line)]
            outs = [f"{folder}/{number}-{at}" for at in range(len(jobs))]
            pids = [_fork(job, out) for job, out in zip(jobs, outs, strict=True)]
            told = [_ended(pid, out) for pid, out in zip(pids, outs, strict=True)]
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
