"""``shouwang serve``: it starts only when it can, restarts what dies, and leaves nothing running behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from tests.ports import free_port

from shouwang.cli.serving import ready, tasks
from shouwang.cli.serving.supervise import Child, Supervisor

SRC = str(Path(__file__).resolve().parents[2] / "src")
SHOUWANG = [sys.executable, "-m", "shouwang.cli.main"]


def until(true: Callable[[], object], seconds: float = 180.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def below(pid: int) -> dict[int, str]:
    """The processes below one, with what they were called with."""
    found: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if entry.name.isdigit() and parent == pid:
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        except (OSError, ValueError, IndexError):
            continue
    for child in list(found):
        found |= below(child)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an installation of its own."""
    folder = tmp_path_factory.mktemp("served")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SHOUWANG_", "PYTEST_"))}
    environment |= {"PYTHONPATH": SRC, "SHOUWANG_HOME": str(folder)}
    done = subprocess.run(
        [*SHOUWANG, "init", "--office", "云溪街道", "--code", "110101001"],
        env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return environment


class Served:
    """A running ``shouwang serve``."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.log = log
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                [*SHOUWANG, "serve", "--port", str(self.port), "--workers", "1"],
                env=environment, stdout=stream, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5) as answer:
                return bool(answer.read() == b"ok\n")
        except (urllib.error.URLError, OSError):
            return False

    def roles(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for pid, called in sorted(below(self.process.pid).items()):
            words = called.split("shouwang.cli.serving ")
            if len(words) == 2:
                found.setdefault(words[1].split()[0], []).append(pid)
        return found

    def is_whole(self) -> bool:
        roles = self.roles()
        return set(roles) == {"web", "worker", "clock"} and len(roles["web"]) == 2 and self.answers()


@pytest.fixture
def served(home: dict[str, str], tmp_path: Path) -> Iterator[Served]:
    running = Served(home, tmp_path / "log")
    try:
        until(running.is_whole)
        yield running
    finally:
        left = below(running.process.pid)
        running.process.kill()
        running.process.wait()
        for pid in left:
            if is_running(pid):
                os.kill(pid, signal.SIGKILL)


def test_whatever_is_killed_comes_back_and_nothing_outlives_the_supervisor(served: Served) -> None:
    # The address is said by a thread of its own, which looks every now and then whether the pages answer.
    until(lambda: f"http://127.0.0.1:{served.port}/" in served.log.read_text(encoding="utf-8"))
    for role in ("worker", "clock", "web"):
        before = served.roles()[role]
        # Of the web's two processes the lower is the master: its worker is to end with it.
        os.kill(before[0], signal.SIGKILL)
        until(lambda before=before: not any(map(is_running, before)))  # type: ignore[misc]
        until(served.is_whole, 90)
    web = served.roles()["web"][1]
    os.kill(web, signal.SIGKILL)
    until(lambda: not is_running(web))
    until(served.is_whole, 90)
    everything = below(served.process.pid)
    served.process.kill()
    until(lambda: not any(map(is_running, everything)), 20)
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", served.port))


def test_a_request_to_end_ends_all_in_order(served: Served, home: dict[str, str]) -> None:
    everything = below(served.process.pid)
    second = subprocess.run(
        [*SHOUWANG, "serve", "--port", str(served.port)],
        env=home,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (second.returncode, f"端口 {served.port} 已被占用" in second.stderr) == (3, True), second.stderr
    served.process.terminate()
    assert served.process.wait(180) == 0
    assert not [pid for pid in everything if is_running(pid)]
    assert "已停止" in served.log.read_text(encoding="utf-8")


def test_nothing_is_served_before_the_first_start(tmp_path: Path, home: dict[str, str]) -> None:
    done = subprocess.run(
        [*SHOUWANG, "serve"], env={**home, "SHOUWANG_HOME": str(tmp_path / "none")},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 3
    assert "shouwang init" in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_behind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(ready._of_database()) == []
    from django.db.migrations.recorder import MigrationRecorder

    noted = MigrationRecorder.Migration.objects.filter(app="access").order_by("-id").first()
    assert noted is not None
    MigrationRecorder.Migration.objects.filter(pk=noted.pk).delete()
    try:
        (said,) = ready._of_database()
    finally:
        MigrationRecorder.Migration.objects.create(app=noted.app, name=noted.name)
    assert f"access.{noted.name}" in said
    assert "备份" in said


def test_a_failing_check_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.checks import Error, Warning

    monkeypatch.setattr(
        ready.checks, "run_checks", lambda: [Error("bad", id="a.E001"), Warning("so so", id="a.W001")]
    )
    assert list(ready._of_checks()) == ["a.E001: bad"]


# --- the supervisor with children of our own ---


def supervised(*children: Child, grace: float = 5.0) -> tuple[Supervisor, list[str]]:
    said: list[str] = []
    return Supervisor(children, grace=grace, say=said.append), said


def run_for(supervisor: Supervisor, seconds: float) -> int:
    threading.Timer(seconds, supervisor.stopping.set).start()
    return supervisor.run()


def test_a_child_that_keeps_dying_is_tried_at_longer_and_longer_intervals() -> None:
    child = Child("bad", [sys.executable, "-c", "raise SystemExit(7)"])
    supervisor, said = supervised(child)
    assert run_for(supervisor, 2.5) == 0
    assert 2 <= len(said) <= 4
    assert all(line.startswith("bad: ended with 7") for line in said)
    assert [Child("x", [], attempts=n).wait() for n in (1, 2, 3, 4, 20)] == [0.5, 1, 2, 4, 30]


def test_a_child_that_will_not_end_is_killed_with_what_it_started(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    stubborn = (
        "import os, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "grandchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(note)!r}, 'w').write(f'{{os.getpid()}} {{grandchild.pid}}')\n"
        "time.sleep(600)\n"
    )
    supervisor, _said = supervised(Child("stubborn", [sys.executable, "-c", stubborn]), grace=0.5)
    waiting = threading.Thread(
        target=lambda: (until(lambda: note.exists() and note.read_text()), supervisor.stopping.set())
    )
    waiting.start()
    assert supervisor.run() == 1
    waiting.join()
    until(lambda: not any(is_running(int(pid)) for pid in note.read_text().split()), 10)


# --- tasks whose worker died ---


def begun(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING, args_kwargs={"args": [], "kwargs": {}}, backend_name="default",
        task_path="shouwang.no.such_task", run_after=get_date_max(), worker_ids=list(workers),
        exception_class_path="", traceback="",
    )  # fmt: skip


@pytest.mark.django_db
def test_what_a_dead_worker_had_begun_is_begun_again_but_not_for_ever() -> None:
    here = socket.gethostname()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = f"{here}:{gone.pid}"
    lost, hopeless = begun(dead), begun("elsewhere:1", dead, dead)
    busy, far, unknown = begun(f"{here}:{os.getppid()}"), begun("elsewhere:1"), begun()
    assert tasks.resume() == 1
    for task in (lost, hopeless, busy, far, unknown):
        task.refresh_from_db()
    assert (lost.status, lost.started_at) == (TaskResultStatus.READY, None)
    assert hopeless.status == TaskResultStatus.FAILED
    assert {busy.status, far.status, unknown.status} == {TaskResultStatus.RUNNING}
