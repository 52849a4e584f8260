"""Somebody else writes for long: pages are read all the same, clock and worker go on afterwards."""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.onfile import PATIENCE, on_file, writing
from tests.workbench.people import appoint

from shouwang import clock, trail
from shouwang.access.signin import sessions
from shouwang.cli.serving import working
from shouwang.clock import busy, running, schedule
from shouwang.clock.models import Run

PASSWORD = "quite-a-long-secret-7"
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def path(migrated_home: Path, tmp_path: Path, db: None) -> Iterator[Path]:
    """The database of an installation, in a file that others may write."""
    with on_file(migrated_home, tmp_path) as path:
        yield path


def test_connections_are_set_for_several_who_write(path: Path) -> None:
    with connection.cursor() as cursor:
        told = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2}
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]


class TestPages:
    @pytest.fixture
    def client(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
        """Somebody signed in, who was last there two minutes ago."""
        user = appoint("wang", "王敏", "dibao_worker", "110101001001000")
        with trail.acting(trail.Actor("command:tests", "tests")), trail.change("access.password"):
            user.set_password(PASSWORD)
            user.save()
        client = Client()
        client.post("/account/login/", {"login": "wang", "password": PASSWORD})
        assert client.get("/").status_code == 200
        UserSession.objects.update(last_seen_at=LONG_AGO)
        now = time.time() + 2 * sessions.STEP
        monkeypatch.setattr(sessions.time, "time", lambda: now)
        return client

    def test_are_read_while_somebody_writes(self, client: Client, path: Path) -> None:
        before = Session.objects.get().session_data
        with writing(path):
            answer = client.get("/")
            assert answer.status_code == 200 and "王敏" in answer.content.decode()
            assert client.get("/account/mine/").status_code == 200
            assert UserSession.objects.get().last_seen_at == LONG_AGO
            assert Session.objects.get().session_data == before
        assert client.get("/").status_code == 200
        assert UserSession.objects.get().last_seen_at > LONG_AGO
        assert Session.objects.get().get_decoded()[sessions.SEEN] == sessions.time.time()

    def test_note_the_last_use_once_a_minute(self, client: Client, path: Path) -> None:
        client.get("/")
        UserSession.objects.update(last_seen_at=LONG_AGO)
        client.get("/")
        assert UserSession.objects.get().last_seen_at == LONG_AGO

    def test_of_a_session_that_is_no_more_are_no_longer_shown(
        self, client: Client, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Somebody ends it between the moment it is read and the moment its use is noted."""
        over = sessions.SessionLimits.over

        def ended(limits: Any, session: Any, now: float) -> str:
            session.get(sessions.SEEN)
            Session.objects.all().delete()
            return over(limits, session, now)

        monkeypatch.setattr(sessions.SessionLimits, "over", ended)
        assert client.get("/").status_code == 400
        monkeypatch.undo()
        assert client.get("/").status_code == 302


class TestHaste:
    def test_gives_up_and_leaves_the_time_others_wait_as_it_was(self, path: Path) -> None:
        with writing(path), pytest.raises(OperationalError) as caught, busy.hastily():
            pass
        assert busy.is_busy(caught.value)
        with busy.hastily(), connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == busy.HASTE * 1000
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == PATIENCE * 1000

    def test_patience_tries_again_but_not_for_ever(self, path: Path) -> None:
        met: list[str] = []

        def write() -> str:
            met.append("x")
            if len(met) == 1:
                with writing(path), busy.hastily():
                    pass
            return "done"

        assert (busy.patiently(write), len(met)) == ("done", 2)

        def never() -> None:
            met.append("y")
            with writing(path), busy.hastily():
                pass

        with pytest.raises(OperationalError):
            busy.patiently(never)
        assert met.count("y") == busy.ATTEMPTS

        def wrong() -> None:
            met.append("z")
            raise DatabaseError("no such column")

        with pytest.raises(DatabaseError, match="column"):
            busy.patiently(wrong)
        assert met.count("z") == 1


def test_the_clock_comes_again_to_a_job_it_could_not_begin(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock.scheduled()
    monkeypatch.setattr(schedule, "_JOBS", {})
    did = []

    @clock.every(minutes=60)
    def hourly() -> None:
        did.append("x")

    moment = timezone.now()
    with writing(path):
        for _ in range(running.ATTEMPTS + 1):
            with pytest.raises(OperationalError):
                clock.tick(moment)
        assert not Run.objects.exists()
    assert len(clock.tick(moment)) == 1
    assert did == ["x"] and Run.objects.get().attempts == 1


CALLS: list[str] = []
BETWEEN: dict[str, Path] = {}


@task()
def noted(text: str) -> str:
    """A task that notes that it was called; the first time it meets a database that somebody else writes."""
    CALLS.append(text)
    if text in BETWEEN:
        met = BETWEEN[text] if text == "always" else BETWEEN.pop(text)
        with writing(met), busy.hastily():
            pass
    return text


class TestWorker:
    @pytest.fixture
    def worker(self, path: Path) -> working.PatientWorker:
        CALLS.clear()
        BETWEEN.clear()
        return working.PatientWorker(f"{socket.gethostname()}:{os.getpid()}")

    def go(self, worker: working.PatientWorker, monkeypatch: pytest.MonkeyPatch, *then: Any) -> None:
        """Run the worker; at each pause the next of ``then`` is done, after the last it is stopped."""
        steps = iter(then)

        def pause(_seconds: float) -> None:
            step = next(steps, None)
            if step is None:
                worker.running = False
            else:
                step()

        monkeypatch.setattr(working.time, "sleep", pause)
        worker.run()

    def test_goes_on_after_it_met_a_busy_database(
        self, worker: working.PatientWorker, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        noted.enqueue("a")
        other = writing(path)
        other.__enter__()
        self.go(worker, monkeypatch, lambda: None, lambda: other.__exit__(None, None, None))
        assert CALLS == ["a"]
        done = DBTaskResult.objects.get()
        assert (done.status, done.worker_ids) == (TaskResultStatus.SUCCESSFUL, [worker.worker_id])

    def test_begins_a_task_again_that_met_one(
        self, worker: working.PatientWorker, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        BETWEEN["b"] = path
        noted.enqueue("b")
        noted.enqueue("c")
        self.go(worker, monkeypatch)
        assert sorted(CALLS) == ["b", "b", "c"]
        assert {one.status for one in DBTaskResult.objects.all()} == {TaskResultStatus.SUCCESSFUL}

    def test_gives_a_task_up_that_always_meets_one(
        self, worker: working.PatientWorker, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        BETWEEN["always"] = path
        noted.enqueue("always")
        self.go(worker, monkeypatch)
        failed = DBTaskResult.objects.get()
        assert (failed.status, len(CALLS)) == (TaskResultStatus.FAILED, working.ATTEMPTS)
        assert "locked" in failed.traceback

    def test_does_a_task_again_whose_end_it_could_not_note(
        self, worker: working.PatientWorker, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The task is done, and just then somebody begins a long write."""
        other = writing(path)
        ends = DBTaskResult.set_successful

        def then(one: DBTaskResult[..., Any], value: Any) -> None:
            if CALLS == ["d"]:
                other.__enter__()
                CALLS.append("busy")
            ends(one, value)

        monkeypatch.setattr(DBTaskResult, "set_successful", then)
        noted.enqueue("d")

        # The library pauses between its attempts to note an end; so do we. Only our own pauses count.
        def free() -> None:
            if worker.running_task:
                return
            other.__exit__(None, None, None)
            CALLS.append("free")

        self.go(worker, monkeypatch, free, free, free, free, free)
        assert [call for call in CALLS if call != "free"] == ["d", "busy", "d"]
        assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL

    def test_takes_no_lock_to_see_that_there_is_nothing(
        self, worker: working.PatientWorker, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with writing(path), caplog.at_level(logging.WARNING):
            assert not worker.work()
        assert not caplog.records
