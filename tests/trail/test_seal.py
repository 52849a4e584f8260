"""Seals cover every event once, in order, also while others write."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from shouwang import trail
from shouwang.trail import merkle
from shouwang.trail.guard import paused
from shouwang.trail.models import Event, Seal
from shouwang.trail.seal import Anchor, anchor, forget, leaf, remember, said_by, seal
from shouwang.trail.verify import verify

ME = trail.Actor("command:tests", "测试")


@pytest.fixture(autouse=True)
def _no_anchor() -> Iterator[None]:
    forget()
    yield
    forget()


def events(count: int, action: str = "ledger.unmask") -> None:
    with trail.acting(ME):
        for number in range(count):
            trail.record(action, "registry.person", number, reason="核实")


@pytest.mark.django_db
def test_seals_follow_each_other_and_cover_all() -> None:
    assert seal() == []
    events(5)
    [first] = seal()
    assert seal() == [], "nothing new, no seal"
    events(3)
    [second] = seal()
    assert (first.first, first.count, first.previous) == (1, 5, "") or connection.vendor == "postgresql"
    assert (second.first, second.count, second.previous) == (first.last + 1, 3, first.digest)
    assert said_by(second) == second.digest
    found = Event.objects.filter(pk__lte=first.last).order_by("pk").values_list("pk", "digest")
    assert merkle.root(leaf(*row) for row in found).hex() == first.root
    assert verify().intact


@pytest.mark.django_db
def test_many_events_go_under_several_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    from shouwang.trail import seal as module

    monkeypatch.setattr(module, "AT_ONCE", 4)
    events(10)
    made = seal()
    assert sum(one.count for one in made) == 10 and len(made) >= 3
    assert verify().intact


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE trail_seal SET count = 0", "DELETE FROM trail_seal"])
def test_seals_are_append_only(statement: str) -> None:
    events(1)
    seal()
    with paused(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(trail.UntrailedWrite):
        Seal.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_the_last_seal_is_remembered_outside_of_the_database() -> None:
    events(2)
    [first] = seal()
    assert anchor() == Anchor(first.pk, first.last, first.digest)
    events(2)
    [second] = seal()
    remember(first)
    assert anchor() == Anchor(second.pk, second.last, second.digest), "never an earlier one"
    remember(first, anew=True)
    assert anchor() == Anchor(first.pk, first.last, first.digest)


@pytest.mark.django_db(transaction=True)
def test_a_seal_that_fails_leaves_none_and_the_next_covers_all(monkeypatch: pytest.MonkeyPatch) -> None:
    events(3)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        seal()
        raise ZeroDivisionError
    assert not Seal.objects.exists() and anchor() is None
    assert [one.count for one in seal()] == [3]


def in_thread(work: Any) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def write_and_seal_at_once() -> None:
    """Three write and two seal, all at once; then the chain is whole and covers every event."""
    stop = threading.Event()

    def keep_sealing() -> None:
        while not stop.is_set():
            seal()
            time.sleep(0.01)

    writers = [in_thread(lambda: [events(1) for _ in range(40)]) for _ in range(3)]
    sealers = [in_thread(keep_sealing) for _ in range(2)]
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    seal()
    report = verify()
    assert report.intact, report.faults
    assert report.events == 120 and report.unsealed == 0
    assert sum(Seal.objects.values_list("count", flat=True)) == 120


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sealers_and_many_writers_make_one_chain() -> None:
    write_and_seal_at_once()


def test_two_sealers_and_many_writers_make_one_chain_in_a_file(tmp_path: Path) -> None:
    """The tests' own SQLite is in memory, where threads lock each other out; a real one is a file."""
    program = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", "trail", verbosity=0)
from tests.trail.test_seal import write_and_seal_at_once
write_and_seal_at_once()
"""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "shouwang.settings",
        "SHOUWANG_HOME": str(tmp_path),
        "SHOUWANG_DATABASE": str(tmp_path / "trail.sqlite3"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_smaller_number_that_commits_later_is_not_left_behind() -> None:
    """The writer draws number 1 and is slow; somebody else draws number 2 and commits. No seal may pass 1."""
    drawn, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with trail.acting(ME), transaction.atomic():
            trail.record("ledger.unmask", "registry.person", "slow")
            drawn.set()
            go_on.wait(120)

    thread = in_thread(slow)
    assert drawn.wait(120)
    events(1)
    assert seal(patience=0.2) == [], "a writer is not done: no seal"
    events(1)
    assert thread.is_alive(), "and nobody waits for the seal, which waits for the slow one"
    go_on.set()
    made = seal()
    thread.join()
    assert [one.count for one in made] == [3]
    assert verify().intact


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_numbers_of_transactions_that_came_to_nothing_are_no_fault() -> None:
    events(1)
    with pytest.raises(ZeroDivisionError), trail.acting(ME), trail.change("ledger.import"):
        trail.record("ledger.unmask", "registry.person", "x")
        raise ZeroDivisionError
    events(1)
    [one] = seal()
    assert one.count == 2 and one.last - one.first >= 2
    assert verify().intact
