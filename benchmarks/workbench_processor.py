"""The pages of ``workbench.py`` without a server: processor time, queries, size, beside plain admin.

For a busy machine, where seconds on the clock tell of the other programs. Both sides answer in a process
of their own through Django's test client, on a home that ``workbench_fill.py`` has filled.

Run: ``SHOUWANG_HOME=FOLDER python benchmarks/workbench_processor.py``.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

ROLES = ("communitystaff0", "sectionchief0", "leader0")
ROUNDS = 3


def measure(peer: bool) -> None:
    """One side; a line of JSON a page and role."""
    import django

    django.setup()
    from benchmarks import workbench
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from tests.workbench.people import session_of

    from shouwang.access.models import User
    from shouwang.registry.models import Person

    rows = Person.objects.filter(division_code__startswith="110101001001").order_by("pk")
    some = list(rows[12_000:12_020] or rows[200:220])
    code = some[0].division_code
    stand_in: Any = type("Asking", (), {})()
    stand_in.random, stand_in.division = random.Random(1), code
    stand_in.facts = {
        "deep": {code: f"{code}:{some[0].pk}"},
        "stored": Person.objects.order_by("-pk").values_list("pk", flat=True)[0],
    }  # fmt: skip
    picks = {"records": [r.pk for r in some], "numbers": [r.person for r in some]}
    stand_in.one_of = lambda name: stand_in.random.choice(picks[name])
    for user in ROLES[1:2] if peer else ROLES:
        client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        client.cookies["sessionid"] = session_of(User.objects.get(username=user))
        for name, (mine, theirs) in workbench.PAGES.items():
            make = theirs if peer else mine
            if make is None or name == "finding":
                continue
            spent, size, queries = [], 0, 0
            for _ in range(ROUNDS + 1):
                method, path, data = make(stand_in)
                with CaptureQueriesContext(connection) as captured:
                    began = time.process_time()
                    answer = client.get(path, data) if method == "GET" else client.post(path, data)
                    spent.append((time.process_time() - began) * 1000)
                size, queries = max(size, len(answer.content)), len(captured)
                if time.process_time() - began > 5:
                    break
            told = {
                "page": name,
                "user": user,
                "ms": statistics.median(spent[1:] or spent),
                "kb": size / 1024,
            }
            print(json.dumps({**told, "queries": queries, "status": answer.status_code}), flush=True)


def main() -> None:
    """Both sides after each other, then the ratios."""
    found: dict[bool, list[dict[str, Any]]] = {}
    for peer in (False, True):
        settings = "benchmarks.plain_admin.settings" if peer else "shouwang.settings"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        }
        run = [sys.executable, __file__, "peer" if peer else "ours"]
        done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
        found[peer] = [json.loads(line) for line in done.stdout.splitlines()]
        print(done.stderr[-1500:], file=sys.stderr)
    beside = {each["page"]: each for each in found[True]}
    for each in found[False]:
        other = beside.get(each["page"])
        line = f"{each['page']:28}{each['user']:16}{each['ms']:8.0f} ms{each['kb']:7.1f} kB"
        line += f"{each['queries']:4} queries"
        if other:
            line += f"   admin {other['ms']:8.0f} ms{other['kb']:6.0f} kB   {other['ms'] / each['ms']:.2f} ×"
        print(line + ("" if each["status"] == 200 else f"  status {each['status']}"))


if __name__ == "__main__":
    if sys.argv[1:]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")
        measure(sys.argv[1] == "peer")
    else:
        main()
