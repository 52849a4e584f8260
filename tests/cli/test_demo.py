"""``shouwang demo``: the example office becomes an installation, with an account for each role."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LOOK = """
import json
from shouwang.cli.main import set_up_django
set_up_django()
from django_tasks_db.models import DBTaskResult
from shouwang.access.models import User
from shouwang.access.scope import holdings
from shouwang.indicator.models import RecordedValue
from shouwang.risk.models import Finding, ParameterChange, ScanRun
from shouwang.access.scope import scope_of
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.loop.sight import Sight
run = ScanRun.objects.get()
def seen(user, name):
    rows, user = ledgers()[name].model._default_manager, User.objects.get(username=user)
    return [scope_of(user, "ledger.view", name).filter(rows.all()).count(), rows.count()]
print(json.dumps({
    "own": {f"{u} {n}": seen(u, n) for u, n in [
        ("bank", "microcredit.loan"), ("bank", "microcredit.repayment"), ("guarantor", "microcredit.loan"),
        ("guarantor", "microcredit.application"), ("loan_intermediary", "microcredit.visit"),
        ("resident", "registry.person"), ("resident", "microcredit.loan"), ("provider", "insurance.provider"),
        ("insured_unit", "insurance.contribution"), ("culture_organisation", "culture.evaluation"),
    ]},
    "bank's": Sight(User.objects.get(username="bank")).visible().count(),
    "users": {u.username: u.check_password(PASSWORDS.get(u.username, "")) for u in User.objects.all()},
    "posts": all(holdings(u) for u in User.objects.all()),
    "findings": Finding.objects.count(), "assigned": Finding.objects.exclude(post=None).count(),
    "due": Finding.objects.exclude(due=None).count(), "values": RecordedValue.objects.count(),
    "clear": Finding.objects.filter(sentence__regex="9999[0-9]{13}[0-9X]").count(),  # not credit codes
    "limits": ParameterChange.objects.filter(status="approved").count(),
    "scan": [run.status, run.as_of.isoformat()], "tasks": DBTaskResult.objects.filter(status="READY").count(),
}))
"""


def environment(home: Path | None = None) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SHOUWANG_", "PYTEST_"))}
    kept |= {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"}
    return kept | ({"SHOUWANG_HOME": str(home)} if home else {})


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "shouwang.cli.main", *arguments],
        env=environment(), cwd=ROOT, capture_output=True, text=True, timeout=900,
    )  # fmt: skip


def test_everything_is_there_and_every_account_works(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made = run("demo", "--home", str(home), "--no-serve")
    assert made.returncode == 0, made.stderr
    said = made.stdout + made.stderr
    passwords = dict(re.findall(r"^([a-z_]+)\s+([a-z0-9]{4}(?:-[a-z0-9]{4}){3})\s", said, re.M))
    assert {"leader", "section_chief", "grid_worker", "administrator", "resident"} <= set(passwords)
    done = subprocess.run(
        [sys.executable, "-c", LOOK.replace("PASSWORDS", repr(passwords))],
        env=environment(home), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["users"] == dict.fromkeys(passwords, True)
    assert found["posts"]
    assert found["findings"] > 100
    assert found["assigned"] > found["findings"] * 0.8
    assert found["due"] > 100
    assert found["values"] > 100
    assert found["limits"] > 20
    assert found["clear"] == 0
    assert found["scan"] == ["done", "2023-12-31"]
    assert found["tasks"] <= 1
    for who, (own, all_there_are) in found["own"].items():
        assert 0 < own < all_there_are, who
    assert 0 < found["bank's"] < found["findings"]
    # No password lies about: neither in a file nor in the database.
    for path in home.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            assert not [p for p in passwords.values() if p.encode() in body], path


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = run("demo", "--home", str(tmp_path), "--no-serve")
    assert done.returncode == 3
    assert "--home" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
