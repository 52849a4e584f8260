"""The checkers of others: beancount and hledger, called as programs, and what they add up."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

HLEDGER = shutil.which("hledger")
needs_hledger = pytest.mark.skipif(
    HLEDGER is None, reason="hledger is not on this machine (Debian package hledger)"
)

_TOTALS = """
import csv, sys
from beancount import loader
from beancount.core import realization
entries, errors, options = loader.load_file(sys.argv[1])
if errors:
    sys.exit(f"{len(errors)} errors")
writer = csv.writer(sys.stdout)
for real in realization.iter_children(realization.realize(entries), leaf_only=False):
    for position in real.balance:
        writer.writerow([real.account, position.units.number, position.units.currency])
"""


def bean_check(path: Path) -> None:
    """Have ``bean-check`` judge the file; an error of the test where it finds one."""
    program = Path(sys.executable).with_name("bean-check")
    done = subprocess.run([str(program), str(path)], capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), done.stdout + done.stderr


def beancount_totals(path: Path) -> dict[str, Decimal]:
    """The balance of every account as beancount adds it up, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _TOTALS, str(path)], capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert {row[2] for row in rows} <= {"CNY"}
    return {row[0]: Decimal(row[1]) for row in rows if Decimal(row[1])}


def hledger_check(path: Path) -> None:
    """Have ``hledger check --strict`` judge the journal, and that entries stand in order."""
    assert HLEDGER
    done = subprocess.run(
        [HLEDGER, "-f", str(path), "check", "--strict"], capture_output=True, text=True, timeout=600
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), done.stdout + done.stderr


def hledger_totals(path: Path) -> dict[str, Decimal]:
    """The balance of every account as ``hledger balance`` adds it up."""
    assert HLEDGER
    done = subprocess.run(
        [HLEDGER, "-f", str(path), "balance", "--flat", "--no-total", "-O", "csv"],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    rows = csv.DictReader(io.StringIO(done.stdout))
    return {
        row["account"]: Decimal(row["balance"].removesuffix(" CNY")) for row in rows if row["balance"] != "0"
    }
