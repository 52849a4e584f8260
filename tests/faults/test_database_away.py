"""PostgreSQL goes down under a running installation and comes back: it says so, and goes on by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from shouwang.clock.running import INTERVAL
from tests import postgres
from tests.cli.test_serving import SHOUWANG, Served, is_running, until

ROOT = Path(__file__).resolve().parents[2]
ASK_FOR_A_SCAN = """
import django; django.setup()
from shouwang import trail
from shouwang.risk.models import ScanRun
from shouwang.risk.scans import requests
with trail.acting(trail.Actor("command:tests", "tests")):
    print(requests.request(ScanRun.Trigger.PERSON).pk)
"""
# Durable settings, as an office has them: what was acknowledged outlives the fall.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@pytest.fixture
def database() -> Iterator[postgres.Server]:
    try:
        with postgres.server(DURABLE) as running:
            yield running
    except postgres.NoPostgres as reason:
        pytest.skip(str(reason))


def run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.once
def test_a_database_that_goes_away_and_comes_back(database: postgres.Server, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SHOUWANG_", "PYTEST_"))}
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "shouwang.settings",
        "SHOUWANG_HOME": str(tmp_path / "home"), "SHOUWANG_DATABASE": database.create(),
    }  # fmt: skip
    prepared = json.loads(run(environment, "benchmarks/faults.py", "prepare").splitlines()[-1])
    served = Served(environment, tmp_path / "log")
    try:
        until(served.is_whole, 90)
        roles = served.roles()
        client = httpx.Client(
            base_url=f"http://127.0.0.1:{served.port}", timeout=60,
            headers={"authorization": f"Bearer {prepared['tokens']['chief']}"},
        )  # fmt: skip

        def report(title: str) -> httpx.Response:
            body: dict[str, Any] = {"division_code": prepared["division"], "title": title, "text": title}
            body |= {"severity": "low", "source": prepared["source"]}
            return client.post("/api/v1/findings", json=body, headers={"idempotency-key": title})

        first = report("first")
        assert first.status_code == 201
        database.stop()
        for _attempt in range(3):
            refused = report("second")
            assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
            assert refused.headers["retry-after"] == "30" and "数据库暂时不能用" in refused.text
        page = client.get("/findings/", headers={"cookie": f"sessionid={prepared['session']}"})
        assert page.status_code == 503 and "数据库暂时不能用" in page.text and "psycopg" not in page.text
        # Long enough for the clock to look at the database in vain, and for the worker to ask for tasks.
        until(lambda: "clock" in served.log.read_text(encoding="utf-8"), INTERVAL * 3)
        assert served.roles() == roles and all(is_running(pid) for pids in roles.values() for pid in pids)

        database.start()
        until(lambda: report("second").status_code == 201)
        again = [report("second"), report("first")]
        assert again[1].json()["id"] == first.json()["id"]
        assert len({again[0].json()["id"], report("second").json()["id"]}) == 1
        # The same processes, and each of them works: the worker scans, the clock seals.
        scan = run(environment, "-c", ASK_FOR_A_SCAN).strip()

        def is_scanned() -> bool:
            with psycopg.connect(environment["SHOUWANG_DATABASE"]) as connection:
                return connection.execute(
                    "SELECT status FROM risk_scanrun WHERE id = %s", [scan]
                ).fetchone() == ("done",)

        until(is_scanned, 120)
        assert served.roles() == roles
        run(environment, *SHOUWANG[1:], "verify")
    finally:
        served.process.terminate()
        served.process.wait(60)
