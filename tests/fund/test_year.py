"""A year of 29 villages: ours, beancount's and hledger's totals are the same, to the fen, month by month."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shouwang.cli import main
from shouwang.fund.export.names import component
from tests.fund.programs import HLEDGER, bean_check, hledger_check, needs_hledger
from tests.fund.villages import COMMUNITIES, VILLAGES, Office, invent, owners, write

Fen = dict[tuple[str, str], int]
pytestmark = pytest.mark.xdist_group("year")

MONTHLY = """
import json, sys
from collections import defaultdict
from beancount import loader
from beancount.core.data import Transaction
entries, errors, options = loader.load_file(sys.argv[1])
assert not errors, errors[:3]
moved = defaultdict(lambda: defaultdict(int))
for entry in entries:
    if isinstance(entry, Transaction):
        for posting in entry.postings:
            moved[entry.date.strftime("%Y-%m")][posting.account] += int(posting.units.number * 100)
json.dump(moved, sys.stdout)
"""


def books(folder: Path, out: Path, form: str) -> Result:
    arguments = ["books", str(folder), "--format", form, "--out", str(out)]
    return CliRunner().invoke(main.shouwang, arguments, prog_name="shouwang")


@pytest.fixture(scope="module")
def office() -> Office:
    return invent(29)


@pytest.fixture(scope="module")
def folder(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(office, tmp_path_factory.mktemp("villages") / "office")


def by_code(account: str) -> tuple[str, str]:
    """Owner and code of an account's name: 资产:V石桥村:102银行存款:A9181."""
    owner, name = account.split(":")[1:3]
    return owner.removeprefix("V"), name[:3]


def closings(moved: dict[str, dict[str, int]]) -> dict[str, Fen]:
    """The balance by the end of each month out of what moved in it."""
    now: Fen = defaultdict(int)
    found = {}
    for month in sorted(moved):
        for account, fen in moved[month].items():
            now[by_code(account)] += fen
        found[month] = {key: fen for key, fen in now.items() if fen}
    return found


def expected(office: Office) -> dict[str, Fen]:
    """The same as it was invented."""
    return {
        day.strftime("%Y-%m"): {
            (component(owner), code): fen for (owner, code), fen in closing.items() if fen
        }
        for day, closing in office.closings.items()
    }


@pytest.mark.seed("S9-04", "S9-13")
def test_a_year_of_29_villages_ties_to_the_fen_in_beancount(office: Office, folder: Path) -> None:
    assert (len(owners()), VILLAGES + COMMUNITIES) == (29, 29)
    out = folder.parent / "year.beancount"
    result = books(folder, out, "beancount")
    assert result.exit_code == 0, result.output
    assert "没有入账" not in result.output
    bean_check(out)
    done = subprocess.run(
        [sys.executable, "-c", MONTHLY, str(out)], capture_output=True, text=True, check=True, timeout=600
    )
    theirs = closings(json.loads(done.stdout))
    assert len(theirs) == 12
    assert theirs == expected(office)
    assert {owner for owner, _code in theirs["2024-12"]} == {component(owner) for owner in owners()}


@pytest.mark.seed("S9-04", "S9-13")
@needs_hledger
def test_a_year_of_29_villages_ties_to_the_fen_in_hledger(office: Office, folder: Path) -> None:
    out = folder.parent / "year.hledger"
    result = books(folder, out, "hledger")
    assert result.exit_code == 0, result.output
    hledger_check(out)
    done = subprocess.run(
        [str(HLEDGER), "-f", str(out), "balance", "-M", "-H", "--flat", "-N", "-E", "-O", "csv"],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    theirs: dict[str, Fen] = defaultdict(lambda: defaultdict(int))
    for row in csv.DictReader(io.StringIO(done.stdout)):
        for day, written in row.items():
            if day != "account":
                fen = int(Decimal(written.removesuffix(" CNY")) * 100)
                theirs[day[:7]][by_code(row["account"])] += fen
    found = {month: {key: fen for key, fen in closing.items() if fen} for month, closing in theirs.items()}
    assert found == expected(office)


@pytest.mark.seed("S9-42")
def test_one_fen_in_one_of_all_vouchers_is_told_with_its_row(tmp_path: Path) -> None:
    office = invent(7, villages=owners()[:3], per_month=3)
    index = next(n for n, row in enumerate(office.vouchers) if row[12] == "银行" and n > 50)
    office.vouchers[index][5] = round(office.vouchers[index][5] + 0.01, 2)
    out = tmp_path / "books.beancount"
    result = books(write(office, tmp_path / "office"), out, "beancount")
    assert result.exit_code == 1
    assert f"凭证审核登记.xlsx / 凭证审核登记 第 {index + 3} 行" in result.output
    assert "相差0.01元" in result.output
    bean_check(out)
    listed = (tmp_path / "books-未入账.csv").read_text(encoding="utf-8-sig")
    assert str(office.vouchers[index][1]) in listed
