"""Verifying the trail: events a second, and the ratio to reading and hashing the same rows without any tree.

The peer is the least that any check of stored digests must do: read every row of the table through the same
driver, put its columns together and take one SHA-256 of them, with no order, no seals and no report.
Promise: at least 200,000 events a second.

Run: ``python benchmarks/verify.py [EVENTS]`` (1,000,000 by default; ``SHOUWANG_DATABASE`` chooses the
database, by default SQLite in a temporary folder). ``verified_per_cpu_s`` counts the processor's time,
which a busy computer changes less.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
HOME = tempfile.mkdtemp(prefix="shouwang-verify-")
os.environ["SHOUWANG_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")

import django  # noqa: E402 - the settings must be named first

BATCH = 10_000


def fill(count: int) -> None:
    """Write events as the workbench writes them, a seal over every 5,000 (some minutes of a busy office)."""
    from shouwang import trail
    from shouwang.trail.seal import seal

    reasons = ("核实身份", "补录遗漏的发放记录", "每月例行核对", "")
    with trail.acting(trail.Actor("user:7", "王敏", "云溪社区低保工作人员")):
        for start in range(0, count, BATCH):
            for half in range(2):
                with trail.change("ledger.change", reason=reasons[half]) as change:
                    for number in range(start + half * BATCH // 2, start + (half + 1) * BATCH // 2):
                        change.note(
                            "assistance.payment",
                            number,
                            {"amount": ["560.00", "580.00"], "remark": [None, "三月起调标"]},
                            division_code="110101001001000",
                            person=f"{number % 5000:032x}",
                        )
                seal()


def processor_seconds() -> float:
    """What this process and those it started and waited for have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def plain() -> int:
    """The peer: read and hash every row."""
    from django.db import connection

    hashed = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trail_event ORDER BY id")
        while rows := cursor.fetchmany(20_000):
            for row in rows:
                sha256("\x1f".join(map(str, row)).encode()).hexdigest()
            hashed += len(rows)
    return hashed


def main(count: int) -> None:
    """Fill, verify, hash; three rounds by turns, the best of each."""
    django.setup()
    from django.core.management import call_command

    from shouwang.trail.verify import verify

    call_command("migrate", "trail", verbosity=0)
    began = time.perf_counter()
    fill(count)
    written = time.perf_counter() - began
    ours, peer, cpu = [], [], []
    for _ in range(3):
        began, busy = time.perf_counter(), processor_seconds()
        report = verify()
        ours.append(time.perf_counter() - began)
        cpu.append(processor_seconds() - busy)
        assert report.intact and report.events == count and not report.unsealed, report
        began = time.perf_counter()
        assert plain() == count
        peer.append(time.perf_counter() - began)
    result = {
        "events": count,
        "seals": report.seals,
        "written_per_s": round(count / written),
        "verified_per_s": round(count / min(ours)),
        "verified_per_cpu_s": round(count / min(cpu)),
        "peer_per_s": round(count / min(peer)),
        "ratio": round(min(ours) / min(peer), 2),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
