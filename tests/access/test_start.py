"""Nothing starts with a route, job or task of which nobody said who may, nor with unreadable roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django_tasks import task

from shouwang.access import checks, roles
from shouwang.access.rights import SYSTEM, job
from shouwang.cli.serving import ready
from shouwang.clock import daily, schedule, scheduled
from shouwang.clock.checks import check_jobs


@task()
def nobody_said_who() -> None:
    """A task as a pack might forget to declare it."""


@task()
@job(SYSTEM)
def the_system_itself() -> None:
    """One that does."""


def test_all_that_is_installed_passes() -> None:
    assert scheduled() and all(one.why for one in scheduled().values())
    assert {"shouwang.risk.scans.tasks.scan_database", "shouwang.inbox.tasks.deliver"} <= {
        found.module_path for found in checks.tasks()
    }
    assert [e for e in run_checks() if e.id and e.id.startswith(("access.", "clock.", "api."))] == []


@pytest.mark.parametrize(("why", "told"), [("", 1), ("  ", 1), ("it is owed", 0)])
def test_a_job_says_why_the_system_does_it(monkeypatch: pytest.MonkeyPatch, why: str, told: int) -> None:
    scheduled()
    monkeypatch.setattr(schedule, "_JOBS", {})
    daily("02:00", why=why)(nobody_said_who.func)
    found = check_jobs()
    assert len(found) == told
    if told:
        assert (
            found[0].id == "clock.E001" and "nobody_said_who" in found[0].msg and 'why="…"' in found[0].hint
        )


def test_a_task_without_a_right_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "tasks", lambda: iter([nobody_said_who, the_system_itself]))
    (found,) = checks.check_tasks()
    assert found.id == "access.E002" and "nobody_said_who" in found.msg and "rights.job" in str(found.hint)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cashier: [", "not a YAML file"),
        ("- cashier", "roles by name"),
        ("cashier: {lable: 出纳}", "cashier: no such key: lable"),
        ("cashier: {one: 是}", "cashier: one is true or false"),
        ("cashier: {grants: [{may: [ledger.fly]}]}", "cashier: no such right: ledger.fly"),
        ("cashier: {sees: everything}", "cashier: sees is area, own or assigned"),
        ("cashier: {conflicts_with: [nobody]}", "cashier: conflicts with no role: nobody"),
        ("cashier: {about: 每村一名}", ""),
        ("", ""),
    ],
)
def test_roles_that_cannot_be_read_are_told_with_file_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.setenv("SHOUWANG_HOME", str(tmp_path))
    (tmp_path / "roles.yaml").write_text(text, encoding="utf-8")
    roles.roles.cache_clear()
    try:
        found: list[Any] = list(checks.check_roles())
        told = [line for line in ready._of_checks() if line.startswith("access.E003")]
    finally:
        roles.roles.cache_clear()
    assert bool(found) == bool(told) == bool(said)
    if said:
        assert found[0].id == "access.E003" and str(tmp_path / "roles.yaml") in found[0].msg
        assert said in found[0].msg and "take it away" in told[0]
