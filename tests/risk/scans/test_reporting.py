"""The report of a scan of the database: as that of the folder, and no more than its reader may see."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from django.utils import translation
from tests.ledger.store.office import IDS, ME, QINGYUAN, TOWN, YUNXI, load, town, worker
from tests.ledger.store.office import _roles as _roles
from tests.risk.scans.allowance import few_rules, folder, scan

from shouwang import trail
from shouwang.access.middleware import actor_of
from shouwang.access.models import User
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.models import Finding, ScanRun
from shouwang.risk.scans import keeping
from shouwang.risk.scans.reporting import Ask, NotReported, commanding, kept, reader_of, report
from shouwang.standards.masking import mask_id
from shouwang.trail.models import Event

RULE = "assistance.paid-after-death"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    monkeypatch.setattr(keeping, "home", lambda: tmp_path)
    few_rules(monkeypatch)
    with trail.acting(ME):
        yield


@pytest.fixture
def run(tmp_path: Path) -> ScanRun:
    """A scan of the allowance in one community; the dead are kept by the town."""
    town()
    source = folder(tmp_path / "in")
    for name, division in (("发放.xlsx", YUNXI), ("死亡.xlsx", TOWN)):
        part = tmp_path / name.removesuffix(".xlsx")
        part.mkdir()
        (source / name).rename(part / name)
        load(part, division=division)
    done = scan()
    finding = Finding.objects.get(code=RULE)
    with trail.change("test.place"):
        Finding.objects.filter(pk=finding.pk).update(division_code=YUNXI)
    return done


def page(run: ScanRun, user: User | None, tmp_path: Path, **given: Any) -> str:
    """The page as text, made by a user or by a command."""
    out = tmp_path / "report.html"
    if user is None:
        report(run, commanding(), out, "html", **given)
    else:
        with trail.acting(actor_of(user)):
            report(run, reader_of(user), out, "html", **given)
    return out.read_text(encoding="utf-8")


def data(text: str) -> dict[str, Any]:
    """The findings in a page."""
    found = re.search(r'<script type="application/json" id="report-data">(.*?)</script>', text, re.S)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_the_report_says_what_that_of_a_folder_says(run: ScanRun, tmp_path: Path) -> None:
    told = data(page(run, None, tmp_path))
    codes = [rule[0] for rule in told["rules"]]
    (finding,) = [f for f in told["findings"] if codes[f[0]] == RULE]
    assert finding[1] == Finding.objects.get(code=RULE).number and finding[7] == 200_000
    assert "张**" in finding[3] and finding[4] == mask_id(IDS[0])
    # The rows are those of the sheets, by file, sheet and line, not by the record's number.
    places = {(*told["files"][told["rows"][r][1]], told["rows"][r][2]) for r in finding[11]}
    assert ("发放.xlsx", "发放", 8) in places and ("死亡.xlsx", "死亡", 3) in places and len(places) == 5
    assert len(told["findings"]) == run.found


def test_no_identifier_is_shown_and_it_says_whose_it_is(run: ScanRun, tmp_path: Path, _roles: None) -> None:
    user = worker(TOWN, "scan.view", "finding.view", "ledger.view")
    text = page(run, user, tmp_path)
    assert IDS[0] not in text and "张三丰" not in text
    assert "王敏" in text and "导出，仅限本职工作使用" in text and 'class="watermark"' in text
    event = Event.objects.get(action="scan.report")
    body = json.loads(event.body)
    assert event.target_id == str(run.pk) and event.name == "王敏" and body["findings"] == run.found
    assert not body["clear"] and len(body["sha256"]) == 64


def test_the_working_paper_holds_the_same_and_the_mark_on_every_page(run: ScanRun, tmp_path: Path) -> None:
    out = tmp_path / "findings.xlsx"
    count = report(run, commanding(), out, "xlsx")
    assert count == run.found and out.stat().st_mode & 0o077 == 0
    book = openpyxl.load_workbook(out)
    rule = next(s for s in book if RULE in str(s["A1"].value))
    assert "测试" in str(rule["A3"].value) and "测试" in str(rule.oddHeader.left.text)
    cells = [str(c.value) for row in rule.iter_rows() for c in row if c.value is not None]
    assert any("发放.xlsx/发放/8" in c for c in cells) and not any(IDS[0] in c for c in cells)
    assert "测试" in str(book.properties.description)
    everything = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert any("在“参数”页提出" in c for c in everything) and not any("--parameters" in c for c in everything)


def test_only_what_lies_in_the_scope_is_in_it(run: ScanRun, tmp_path: Path, _roles: None) -> None:
    elsewhere = worker(QINGYUAN, "scan.view", "finding.view", "ledger.view")
    told = data(page(run, elsewhere, tmp_path))
    assert told["findings"] == [] and told["rows"] == [] and "张" not in json.dumps(told["findings"])
    # Who sees the payments of their community, but not the dead of the town, has the cells of the payments.
    here = worker(YUNXI, "scan.view", "finding.view", "ledger.view", role="here")
    text = page(run, here, tmp_path)
    told = data(text)
    assert {told["ledgers"][row[0]][0] for row in told["rows"]} == {ledgers()["assistance.payment"].title}
    assert len(told["rows"]) == 4
    # Nine payments are in their area, the dead man is not.
    assert "读到的表" in text and ">9<" in text and ">10<" not in text
    # Without the ledger itself no cell at all, though the finding is theirs to see.
    blind = worker(YUNXI, "scan.view", "finding.view", role="blind")
    told = data(page(run, blind, tmp_path))
    assert len(told["findings"]) == 1 and told["rows"] == []


def test_division_and_period_narrow_it(run: ScanRun, tmp_path: Path) -> None:
    def count(**given: Any) -> int:
        return len(data(page(run, None, tmp_path, ask=Ask(**given)))["findings"])

    on = Finding.objects.get(code=RULE).on
    assert on is not None
    day = dt.timedelta(days=1)
    assert count(division=YUNXI) == 1 and count(division=QINGYUAN) == 0 and count(division=TOWN) == run.found
    assert count(division=YUNXI, since=on, until=on) == 1
    assert count(division=YUNXI, since=on + day) == 0 and count(division=YUNXI, until=on - day) == 0
    body = json.loads(Event.objects.filter(action="scan.report").order_by("-pk")[0].body)
    assert body["filters"] == {"division": YUNXI, "until": (on - day).isoformat()}


def test_in_clear_only_by_right_and_reason_and_everybody_is_named_in_the_trail(
    run: ScanRun, tmp_path: Path, _roles: None
) -> None:
    rights = ("scan.view", "finding.view", "ledger.view")
    without = worker(TOWN, *rights)
    with pytest.raises(NotReported, match="不能看明文"):
        page(run, without, tmp_path, reason="核实")
    assert not Event.objects.filter(action="scan.report").exists()
    user = worker(TOWN, *rights, "ledger.unmask", role="clear")
    text = page(run, user, tmp_path, reason="入户核实")
    assert IDS[0] in text and "张三丰" in text and "入户核实" in text
    events = Event.objects.filter(action="scan.report", reason="入户核实")
    assert events.filter(person=Finding.objects.get(code=RULE).person).count() == 1


def test_rows_that_may_not_be_seen_in_clear_stay_masked(run: ScanRun, tmp_path: Path, _roles: None) -> None:
    from shouwang.access import roles
    from shouwang.access.roles import Grant, Role

    user = worker(TOWN, "scan.view", "finding.view", "ledger.view", role="some")
    roles.roles()["some"] = Role(
        "some",
        "some",
        (
            Grant(frozenset({"scan.view", "finding.view", "ledger.view"}), ("*",)),
            Grant(frozenset({"ledger.unmask"}), ("assistance.*",)),
        ),
    )
    told = data(page(run, user, tmp_path, reason="核实", ask=Ask(division=YUNXI)))
    shown = {told["ledgers"][row[0]][0]: row[3] for row in told["rows"]}
    assert IDS[0] in shown[ledgers()["assistance.payment"].title]
    (others,) = [cells for title, cells in shown.items() if title != ledgers()["assistance.payment"].title]
    assert IDS[0] not in others and "张三丰" not in others and any("*" in cell for cell in others)


def test_what_is_gone_and_what_was_known_is_told(run: ScanRun, tmp_path: Path) -> None:
    with trail.change("test.correct"):
        ledgers()["assistance.payment"].model.objects.filter(paid_on__gt=dt.date(2023, 5, 31)).delete()
    later = scan()
    told = data(page(later, None, tmp_path))
    codes = [rule[0] for rule in told["rules"]]
    states = {codes[f[0]]: f[2] for f in told["findings"]}
    assert told["compared"] and states[RULE] == 2  # gone
    assert IDS[0] not in json.dumps(told) and "张三丰" not in json.dumps(told, ensure_ascii=False)
    again = data(page(run, None, tmp_path))
    assert not again["compared"] and {f[2] for f in again["findings"]} == {0}


def test_in_english_too(run: ScanRun, tmp_path: Path) -> None:
    with translation.override("en"):
        text = page(run, None, tmp_path)
    assert 'lang="en"' in text and "official use" in text


def test_a_scan_whose_answers_are_gone_says_so(run: ScanRun, tmp_path: Path) -> None:
    assert kept(run)
    (tmp_path / "scans" / f"{run.pk}.json").unlink()
    assert not kept(run)
    with pytest.raises(NotReported, match="最近5次"):
        page(run, None, tmp_path)


def test_too_many_to_wait_for_are_refused_before_anything_is_read(run: ScanRun, tmp_path: Path) -> None:
    with pytest.raises(NotReported, match="shouwang report"):
        page(run, None, tmp_path, most=0)


def test_the_command_writes_both_and_says_what_is_wrong(run: ScanRun, tmp_path: Path) -> None:
    from shouwang.cli.report import command

    runner = CliRunner()
    made = runner.invoke(command, [str(tmp_path / "a.html"), "--division", "云溪社区"])
    assert made.exit_code == 0, made.output
    assert "写出1个问题" in made.output and len(data((tmp_path / "a.html").read_text())["findings"]) == 1
    made = runner.invoke(command, [str(tmp_path / "a.xlsx"), "--scan", str(run.pk), "--since", "2030-01-01"])
    assert made.exit_code == 0 and "写出0个问题" in made.output and (tmp_path / "a.xlsx").is_file()
    assert runner.invoke(command, [str(tmp_path / "a.pdf")]).exit_code != 0
    assert runner.invoke(command, [str(tmp_path / "b.html"), "--scan", "98765"]).exit_code != 0
    assert Event.objects.filter(action="scan.report", actor__startswith="command:").count() == 2
