"""The commands of the trail and of users."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from django.db import connection
from tests.workbench.people import appoint

from shouwang import trail
from shouwang.access.models import User
from shouwang.cli import evidence, seal, seen, user, verify
from shouwang.ledger.identity import person_index
from shouwang.trail import triggers
from shouwang.trail.guard import paused
from shouwang.trail.models import Event
from shouwang.trail.seal import forget

NUMBER = "110101199003077758"


@pytest.fixture(autouse=True)
def _events(transactional_db: None) -> Iterator[None]:
    forget()
    with trail.acting(trail.Actor("user:3", "王敏", "低保工作人员")):
        trail.record("ledger.unmask", "registry.person", 9, person=person_index(NUMBER), reason="核实身份")
        trail.record("ledger.unmask", "registry.person", 10, person="cd" * 16)
    yield
    forget()


def run(command: click.Command, *arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(command, list(arguments), **options)


def test_seal_then_verify() -> None:
    assert "共2条" in run(seal.command).output
    assert "没有新的" in run(seal.command).output
    line = run(seal.command, "--publish").output
    digest = "".join(line.split()[-8:])
    done = run(verify.command, "--published", digest)
    assert done.exit_code == 0 and "完好" in done.output
    assert run(verify.command, "--published", "00" * 32).exit_code == 1
    assert run(seal.command, "--publish", "--day", "2001-01-01").exit_code == 1


def test_verify_names_what_was_changed_and_ends_with_1() -> None:
    run(seal.command)
    triggers.remove(connection)
    with paused(), connection.cursor() as cursor:
        cursor.execute("UPDATE trail_event SET name = '别人' WHERE target_id = '9'")
    triggers.install(connection)
    number = Event.objects.get(target_id="9").pk
    done = run(verify.command)
    assert done.exit_code == 1 and f"第{number}条留痕的内容被改动过" in done.output
    plain = json.loads(run(verify.command, "--json").output)
    assert plain["intact"] is False and plain["faults"][0]["event"] == number


def test_evidence_is_written_and_leaves_an_event(tmp_path: Path) -> None:
    out = tmp_path / "证据.zip"
    done = run(evidence.command, "registry.person", "9", "--out", str(out), "--reason", "信访复核")
    assert done.exit_code == 0, done.output
    assert out.read_bytes()[:2] == b"PK"
    event = Event.objects.get(action="trail.evidence")
    assert (event.target_id, event.reason) == ("9", "信访复核")
    assert run(evidence.command, "registry.person", "77", "--out", str(out)).exit_code == 1


def test_seen_tells_who_and_keeps_the_number_nowhere() -> None:
    done = run(seen.command, "--reason", "本人查询", input=f"{NUMBER}\n", env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    assert "王敏" in done.output and "核实身份" in done.output and NUMBER not in done.output
    told = Event.objects.get(action="trail.seen")
    assert told.reason == "本人查询" and NUMBER not in told.body
    assert run(seen.command, "--reason", "x", input="110101199003077759\n").exit_code == 1


def test_a_user_is_helped_from_the_computer() -> None:
    who = appoint("wang", "王敏", "leader", "110101001000000")
    assert "wang" in run(user.command, "list").output
    password = run(user.command, "reset", "wang", "--reason", "忘记").output.strip()
    found = User.objects.get(pk=who.pk)
    assert found.check_password(password) and found.must_change_password
    assert run(user.command, "unlock", "wang").exit_code == 0
    assert run(user.command, "factor", "wang").exit_code == 0
    assert run(user.command, "reset", "nobody").exit_code == 1
    actions = set(Event.objects.values_list("action", flat=True))
    assert {"access.reset-password", "access.unlock", "access.reset-factor"} <= actions
    assert Event.objects.filter(action="access.unlock", actor__startswith="command:").exists()
