"""What tests of scans scan: an allowance that is paid on after a death."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.ledger.store.office import IDS
from tests.workbooks import write_workbook

from shouwang.risk import catalogue
from shouwang.risk.models import ScanRun
from shouwang.risk.scans import requests, running

DAY = dt.date(2023, 12, 31)
DEAD = ["姓名", "身份证号", "死亡日期"]
PAID = ["低保证号", "姓名", "身份证号", "发放月份", "发放金额", "发放日期"]


def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have scans ask the rules of the allowance's payments alone, and those of the register of persons."""
    few = {
        code: rule
        for code, rule in catalogue.rules().items()
        if set(rule.ledgers) <= {"assistance.payment", "registry.person"}
    }
    few |= {code: catalogue.rules()[code] for code in ("assistance.paid-after-death",)}
    monkeypatch.setattr(catalogue, "rules", lambda: few)


def folder(root: Path, months: int = 9, paid: str = "500") -> Path:
    """An allowance that is paid on after a death in May."""
    root.mkdir(exist_ok=True)
    write_workbook(root / "死亡.xlsx", {"死亡": [["死亡人员名单"], DEAD, ["张三丰", IDS[0], "2023-05-06"]]})
    rows = [["DB01", "张三丰", IDS[0], f"2023-{m:02}", paid, f"2023-{m:02}-10"] for m in range(1, months + 1)]
    write_workbook(root / "发放.xlsx", {"发放": [["低保金发放表"], PAID, *rows]})
    return root


def scan(*, whole: bool = False) -> ScanRun:
    run = requests.request(ScanRun.Trigger.PERSON, as_of=DAY, whole=whole)
    running.run_scan(run.pk)
    run.refresh_from_db()
    assert run.status == ScanRun.Status.DONE, run.error
    return run
