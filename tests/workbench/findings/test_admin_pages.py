"""Pages of scans, parameters and the register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from shouwang.access.models import User
from shouwang.risk import catalogue
from shouwang.risk.models import Finding, Measure, ParameterChange, PointCard, ScanRun
from shouwang.risk.report import words
from shouwang.risk.risk_points import watched
from shouwang.risk.scans import keeping, running
from shouwang.trail import Actor, acting, change
from shouwang.trail.models import Event
from shouwang.workbench.findings import not_asked
from tests.risk.loop.office import Office, found, noticed, signed_in
from tests.risk.scans.allowance import few_rules
from tests.workbench.findings.test_pages import page, send
from tests.workbench.people import signed_in as client_of

RULE = "assistance.paid-after-death"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "home", lambda: tmp_path)


def status(user: User, name: str, *args: Any) -> int:
    return client_of(user).get(reverse(f"workbench:{name}", args=args)).status_code


def test_a_scan_is_asked_for_and_its_figures_are_shown(office: Office) -> None:
    assert "还没有扫描过" in page(office.chief, "scan-list")
    send(office.chief, "scan-run", whole="1")
    run = ScanRun.objects.get()
    assert run.whole and run.requested_by == office.chief and run.status == "waiting"
    with acting(Actor("job:tests", "测试")):
        running.run_scan(run.pk)
    shown = page(office.chief, "scan", run.pk)
    assert "完成" in shown and "缺少台账" in shown and "没有检查的规则" in shown
    assert status(office.dibao, "scan-list") == 403
    assert client_of(office.leader).post(reverse("workbench:scan-run")).status_code == 403


def test_the_page_of_a_scan_tells_in_short_what_rules_wait_for(office: Office) -> None:
    """Of an office that has given nothing yet all rules wait: one by one they fill a hundred kilobytes."""
    send(office.chief, "scan-run", whole="1")
    run = ScanRun.objects.get()
    with acting(Actor("job:tests", "测试")):
        running.run_scan(run.pk)
    run.refresh_from_db()
    assert len(run.waits) == len(catalogue.rules()) > 300
    shown = page(office.chief, "scan", run.pk)
    assert len(shown.encode()) < 60_000
    assert f"没有检查的规则（{len(run.waits):,}）" in shown
    listed = not_asked.groups(run.waits)
    assert {code for group in listed for code in group.codes} == set(run.waits)
    assert 10 < len(listed) < len(run.waits) / 2
    rule = catalogue.rules()[RULE]
    missing = run.waits[RULE]["missing"]
    assert missing and words.translated(rule.title) not in shown
    for name in missing:
        group = next(g for g in listed if g.missing == name)
        assert words.ledger_title(name) in shown and f"?{escape(group.query)}#rules" in shown
        address = f"{reverse('workbench:scan', args=[run.pk])}?{group.query}"
        told = client_of(office.chief).get(address).content.decode()
        assert words.translated(rule.title) in told and len(told.encode()) < 60_000


def test_what_rules_wait_for_is_said_in_words_and_page_by_page() -> None:
    parameter = next(iter(catalogue.parameters().values()))
    waits: dict[str, dict[str, Any]] = {
        f"x.rule-{n:03}": {"status": "failed", "missing": [], "error": f"error {n}"} for n in range(150)
    }
    waits |= {
        "x.columns": {"status": "no-ledger", "missing": ["assistance.payment: 姓名, 发放月份"], "error": ""},
        RULE: {"status": "no-ledger", "missing": ["assistance.payment", "x.no-such"], "error": ""},
        "x.parameter": {"status": "no-parameter", "missing": [parameter.name], "error": ""},
    }
    listed = not_asked.groups(waits)
    assert [(g.why, g.what, len(g.codes)) for g in listed] == [
        ("规则出错", "", 150),
        ("缺少台账", words.ledger_title("assistance.payment"), 1),
        ("缺少台账", words.ledger_title("assistance.payment") + "缺栏目：姓名、发放月份", 1),
        ("缺少台账", "x.no-such", 1),
        ("等待参数", words.translated(parameter.label), 1),
    ]
    first = not_asked.opened(waits, listed, {"why": "failed", "missing": ""})
    assert first is not None and first.rows[0] == (None, "x.rule-000", "error 0")
    assert len(first.rows) == not_asked.PAGE and first.following.endswith(f"&from={not_asked.PAGE}")
    last = not_asked.opened(waits, listed, {"why": "failed", "from": str(not_asked.PAGE)})
    assert last is not None and last.rows[-1][2] == "error 149" and last.following == ""
    for wrong in ({}, {"why": "failed", "missing": "x"}, {"why": "x"}):
        assert not_asked.opened(waits, listed, wrong) is None
    odd = not_asked.opened(waits, listed, {"why": "failed", "from": "-1"})
    assert odd is not None and odd.start == 0


def test_a_parameter_is_changed_by_two_persons_on_the_pages(office: Office) -> None:
    name = next(
        p.name
        for p in catalogue.parameters().values()
        if p.kind == "money" and p.name.startswith("assistance.")
    )
    assert name in page(office.chief, "parameter", name)
    given = {"raw": "九百", "start": "2030-01-01", "source": "文件", "reason": "调整"}
    assert "应写成" in send(office.chief, "parameter", name, **given).content.decode()
    send(office.chief, "parameter", name, **{**given, "raw": "960"})
    change = ParameterChange.objects.get()
    assert "待批准的变更" in page(office.leader, "parameter-list")
    own = send(office.chief, "parameter-act", change.pk, act="approve").content.decode()
    assert "不能批准" in own or "另一人" in own
    done = send(office.leader, "parameter-act", change.pk, act="approve").content.decode()
    change.refresh_from_db()
    assert change.status == "approved" or "先预览" in done
    assert status(office.dibao, "parameter", name) == 403


def test_what_if_is_computed_on_the_last_snapshot(office: Office) -> None:
    from shouwang.risk import whatif

    used = next(u for r in catalogue.rules().values() for u in r.uses if u.startswith("assistance."))
    kinds = {"text": "x", "list": "甲", "date": "2024-01-01", "month": "2024-01-01"}
    raw = kinds.get(catalogue.parameters()[used].kind, "1")
    send(office.chief, "parameter", used, raw=raw, start="2024-01-01", source="文件", reason="调整")
    change = ParameterChange.objects.get()
    assert "没有规则用到它，或还没有扫描过" in page(office.leader, "parameter-change", change.pk)
    with acting(Actor("job:tests", "测试")):
        with pytest.raises(whatif.ChangeRefused, match="先执行一次扫描"):
            whatif.preview(change.pk)
        send(office.chief, "scan-run")
        running.run_scan(ScanRun.objects.get().pk)
        told = whatif.preview(change.pk)
    assert {r["code"] for r in told["rules"]} == {
        r.code for r in catalogue.rules().values() if used in r.uses
    }
    assert "如果改了会怎样" in page(office.leader, "parameter-change", change.pk)


@pytest.mark.seed("S1-38")
def test_the_register_is_assessed_on_its_pages(office: Office) -> None:
    code = watched()[RULE]
    found(noticed(risk_point=code))
    shown = page(office.chief, "risk-register")
    assert "未评剩余等级" in shown and code.partition(".")[0] in shown
    levels = {
        "inherent_likelihood": 4,
        "inherent_impact": 4,
        "residual_likelihood": 2,
        "residual_impact": 2,
        "reason": "年度评估",
        "form": "card",
        "version": 0,
    }
    send(office.chief, "risk-point", code, **levels)
    assert PointCard.objects.get().residual_impact == 2
    assert "刷新" in send(office.chief, "risk-point", code, **levels).content.decode()
    send(office.chief, "risk-point", code, form="measure", text="逐月比对殡葬名单", kind="mechanism")
    assert Measure.objects.get().code == code
    assert "逐月比对殡葬名单" in page(office.leader, "risk-point", code)
    assert (
        client_of(office.leader).post(reverse("workbench:risk-point", args=[code]), levels).status_code == 404
    )
    with signed_in(office.chief):
        cells = {f"c{i}{j}": "low" for i in range(1, 6) for j in range(1, 6)}
    send(office.chief, "risk-matrix", reason="从宽", **cells)
    assert "低" in page(office.chief, "risk-point", code)
    assert status(office.dibao, "risk-register") == 403


def test_a_report_is_downloaded_and_two_scans_are_compared(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_rules(monkeypatch)
    runs = []
    for _k in range(2):
        send(office.chief, "scan-run", whole="1")
        runs.append(ScanRun.objects.order_by("-pk")[0])
        with acting(Actor("job:tests", "测试")):
            running.run_scan(runs[-1].pk)
    first, second = runs
    shown = page(office.chief, "scan", second.pk)
    assert "下载报告" in shown and f"a={first.pk}&amp;b={second.pk}" in shown
    client = client_of(office.chief)
    made = client.post(reverse("workbench:scan-report", args=[second.pk, "html"]))
    assert made.status_code == 200 and f"report-{second.pk}.html" in made["Content-Disposition"]
    assert office.chief.name in made.content.decode() and made["X-Content-Type-Options"] == "nosniff"
    paper = client.post(reverse("workbench:scan-report", args=[second.pk, "xlsx"]))
    assert paper.content[:2] == b"PK" and Event.objects.filter(action="scan.report").count() == 2
    # No clear report without a reason, no period that ends before it begins, no format that there is not.
    for wrong in (
        {"report-clear": "on"},
        {"report-since": "2024-02-01", "report-until": "2024-01-01"},
        {"report-division": "220201000000000"},
    ):
        assert (
            client.post(reverse("workbench:scan-report", args=[second.pk, "html"]), wrong).status_code == 302
        )
    assert Event.objects.filter(action="scan.report").count() == 2
    assert client.post(reverse("workbench:scan-report", args=[second.pk, "pdf"])).status_code == 404
    assert (
        client_of(office.dibao).post(reverse("workbench:scan-report", args=[second.pk, "html"])).status_code
        == 403
    )
    # What the first scan had and the second has not; whoever may not see it is not told.
    with acting(Actor("job:tests", "测试")), change("scan.record"):
        (finding,) = found(noticed())
        Finding.objects.filter(pk=finding.pk).update(first_run=second)
        (secret,) = found(noticed("integrity.no-office-meeting", "乙"))
        Finding.objects.filter(pk=secret.pk).update(first_run=second, sensitive=True)
    address = reverse("workbench:scan-compare")
    shown = client.get(address, {"a": second.pk, "b": first.pk}).content.decode()
    assert finding.name in shown and reverse("workbench:finding", args=[finding.pk]) in shown
    assert secret.name not in shown and "合计" in shown
    shown = client.get(address, {"a": first.pk, "b": second.pk, "state": "gone"}).content.decode()
    assert finding.name not in shown
    shown = client.get(address, {"a": first.pk, "b": second.pk, "rule": RULE, "after": finding.pk + 1})
    assert finding.name in shown.content.decode()
    for a, b in (("x", "1"), (first.pk, first.pk), (first.pk, 98765)):
        answer = client.get(address, {"a": a, "b": b})
        assert answer.status_code == 200 and "请选两次不同的" in answer.content.decode()
    assert client.get(address, {"a": first.pk, "b": second.pk, "state": "x"}).status_code == 400
    assert client_of(office.dibao).get(address).status_code == 403


def test_a_scan_of_long_ago_offers_no_report(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    few_rules(monkeypatch)
    send(office.chief, "scan-run")
    run = ScanRun.objects.get()
    with acting(Actor("job:tests", "测试")):
        running.run_scan(run.pk)
    (keeping.home() / "scans" / f"{run.pk}.json").unlink()
    assert "底数已不保留" in page(office.chief, "scan", run.pk)
    told = send(office.chief, "scan-report", run.pk, "html").content.decode()
    assert "底数已不保留" in told


def test_an_approved_value_is_taken_back_by_two_persons_and_a_scan_follows(office: Office) -> None:
    used = next(u for r in catalogue.rules().values() for u in r.uses if u.startswith("assistance."))
    kinds = {"text": "x", "list": "甲", "date": "2024-01-01", "month": "2024-01-01"}
    raw = kinds.get(catalogue.parameters()[used].kind, "7")
    send(office.chief, "parameter", used, raw=raw, start="2024-01-01", source="文件", reason="调整")
    first = ParameterChange.objects.get()
    # What is only proposed can't be taken back, it is withdrawn.
    address = reverse("workbench:parameter-cancel", args=[first.pk])
    assert client_of(office.chief).post(address).status_code == 404
    said = send(office.leader, "parameter-act", first.pk, act="approve").content.decode()
    first.refresh_from_db()
    assert first.scan is not None and f"已安排扫描 {first.scan}" in said
    shown = page(office.chief, "parameter", used)
    assert "撤销批准过的值" in shown and f"/scans/{first.scan_id}/" in shown
    assert "撤销批准过的值" not in page(office.leader, "parameter", used)
    assert (
        "理由" in send(office.chief, "parameter-cancel", first.pk, source="会议", reason=" ").content.decode()
    )
    assert ParameterChange.objects.count() == 1
    send(office.chief, "parameter-cancel", first.pk, source="会议纪要", reason="填错了")
    back = ParameterChange.objects.get(cancels=first)
    assert back.status == "proposed" and back.reason == "填错了"
    twice = send(office.chief, "parameter-cancel", first.pk, source="会议纪要", reason="填错了")
    assert "已有人提出撤销" in twice.content.decode() and ParameterChange.objects.count() == 2
    own = send(office.chief, "parameter-act", back.pk, act="approve").content.decode()
    assert "不能批准" in own and ParameterChange.objects.get(pk=back.pk).status == "proposed"
    send(office.leader, "parameter-act", back.pk, act="approve")
    back.refresh_from_db()
    assert back.status == "approved" and back.scan is not None
    assert "撤销批准过的值" not in page(office.chief, "parameter", used)
    assert "批准后的扫描" in page(office.leader, "parameter-change", back.pk)
    assert client_of(office.leader).post(address).status_code == 404
