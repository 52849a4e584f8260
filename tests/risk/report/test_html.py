"""report.html without a browser: one file, strict policy, nothing that breaks out of its place."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.risk.report import office

from shouwang.risk.report import write_report
from shouwang.risk.report.html import CHART_LIBRARY, as_json, charts, render
from shouwang.risk.report.view import View
from shouwang.risk.scan import Scan


class Page(HTMLParser):
    """The parts of a page that tests look at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[dict[str, str | None], str]] = []
        self._in: dict[str, str | None] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = {**dict(attrs), "tag": tag} if tag in ("script", "style") else None

    def handle_endtag(self, tag: str) -> None:
        self._in = None

    def handle_data(self, data: str) -> None:
        if self._in is not None:
            self.raw.append((self._in, data))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def text(outputs: Path) -> str:
    return (outputs / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


@pytest.fixture(scope="module")
def data(page: Page) -> dict[str, Any]:
    (found,) = [json.loads(body) for attributes, body in page.raw if attributes.get("id") == "report-data"]
    return dict(found)


def test_needs_no_other_file(page: Page, text: str) -> None:
    assert not page.named("link") and not page.named("iframe") and not page.named("img")
    assert all("src" not in script for script in page.named("script"))
    # The addresses of SVG name spaces are names: nothing is fetched from them.
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", text)


def test_scripts_and_style_are_allowed_by_hash_alone(page: Page) -> None:
    (policy,) = [m["content"] or "" for m in page.named("meta") if m.get("http-equiv")]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert not {"connect-src", "frame-src", "object-src"} & set(rules)
    for attributes, body in page.raw:
        if attributes.get("type") == "application/json":
            continue
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in rules[f"{attributes['tag']}-src"]
    inline = [name for _tag, attributes in page.tags for name in attributes if name.startswith("on")]
    assert inline == [], "no handlers in attributes"
    assert not [attributes for _tag, attributes in page.tags if "style" in attributes]


@pytest.mark.skipif(not CHART_LIBRARY.is_file(), reason="the charts are not built (make install)")
def test_pictures_have_a_table_each(page: Page) -> None:
    pictures = [d for d in page.named("div") if "data-chart" in d]
    assert {d["data-chart"] for d in pictures} == {"pack", "trend", "rule", "division", "month"}
    assert all(d["role"] == "img" and d["aria-label"] for d in pictures)
    assert len(page.named("table")) >= len(pictures)


def test_hostile_text_stays_text(page: Page, text: str) -> None:
    assert not page.named("b"), "file and address hold <b>"
    assert text.count("</script>") == len(page.named("script"))


def test_json_may_hold_anything() -> None:
    nasty = {"a": "</script><!-- \u2028 \u2029 & <b>"}
    written = as_json(nasty)
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == nasty


def test_findings_are_carried_whole(data: dict[str, Any]) -> None:
    findings = data["findings"]
    assert [f"{data['rules'][f[0]][0]}-{f[1]:04d}" for f in findings] == [
        "test.status-dead-0001",
        "test.status-dead-0003",
        "test.paid-low-0001",
        "test.paid-low-0002",
        "test.account-0001",
        "test.status-dead-0002",
    ]
    paid = findings[2]
    assert paid[7] == 40000, "money in whole cents"
    ledger, file, row, cells = data["rows"][paid[11][0]]
    title, labels, kinds = data["ledgers"][ledger]
    assert (title, data["files"][file], row) == (
        "企业用工工资花名册",
        ["registry.employment.xlsx", "Sheet1"],
        1,
    )
    shown = dict(zip(labels, cells, strict=True))
    assert shown["上年月平均工资"] == "1,500.00"
    assert shown["姓名"] == "欧阳*"
    assert kinds[labels.index("上年月平均工资")] == 1


def test_thirty_rows_are_shown_and_all_are_counted(data: dict[str, Any]) -> None:
    account = data["findings"][4]
    assert account[10] == 48
    assert len(account[11]) == 30


def test_states_and_counts_agree(data: dict[str, Any], scan: Scan) -> None:
    assert [f[2] for f in data["findings"]] == [1, 0, 1, 1, 1, 2]
    bars = data["charts"]["trend"]
    assert [sum(column) for column in zip(bars["high"], bars["medium"], bars["low"], strict=True)] == [
        1,
        4,
        1,
    ]
    view = View(scan)
    assert charts(view)["rule"]["values"] == [2, 2, 1]
    assert [t.label for t in view.by_division] == ["云溪社区", "柳岸社区"]
    assert [t.label for t in view.by_month] == ["2022-03", "2023-05"]


def test_says_what_was_not_checked_and_how_to_change_that(text: str) -> None:
    body = text.split('id="view-checks"')[1].split('id="view-rules"')[0]
    for said in (
        "一套房居住人数上限",
        "test.most:\n  - {from:",
        "死亡人员名单",
        "坏规则",
        "其他&lt;b&gt;.xlsx / 表1",
        "文件有密码",
        "身份证号被表格软件改成了近似数",
    ):
        assert said in body, said


def test_a_rule_tells_its_text_parameters_and_sources(text: str) -> None:
    body = text.split('id="rule/test.paid-low"')[1].split('id="rule/test.status-dead"')[0]
    for said in (
        "〔单位名称〕付〔姓名〕月工资〔上年月平均工资〕元，低于〔…〕元",
        "1,900 元/月",
        "自2022-01-01起",
        "自2023-07-01起 · 柳岸社区",
        "市人社局〔2021〕8号",
        "补足差额",
        "def _paid_low(t: Tables",
    ):
        assert said in body, said


def test_english_page_has_no_chinese_of_its_own(scan: Scan, tmp_path: Path) -> None:
    write_report(scan, tmp_path, reading=office.READING, office="Yunxi", language="en")
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.named("html")[0]["lang"] == "en"
    labels = [v for _t, a in page.tags for k, v in a.items() if k in ("aria-label", "placeholder") and v]
    assert not [label for label in labels if re.search("[\u4e00-\u9fff]", label)]
    (data,) = [json.loads(body) for attributes, body in page.raw if attributes.get("id") == "report-data"]
    assert not re.search("[\u4e00-\u9fff]", json.dumps(data["text"], ensure_ascii=False))


def test_a_scan_without_findings_and_without_account_is_a_page_too(tmp_path: Path) -> None:
    nobody = {"registry.person": [{"person": "A", "name": "张三", "status": "正常", "note": None}]}
    scan = office.scan_of(tmp_path, nobody, rules=[office.DEAD])
    page = render(View(scan))
    assert "没有问题" in page
    view = View(scan)
    assert (view.total.count, view.by_rule, view.by_division, view.figures) == (0, [], [], [])


def test_very_many_findings_are_listed_gravest_first_with_rows_for_the_first(
    scan: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shouwang.risk.report.html.LISTED", 4)
    monkeypatch.setattr("shouwang.risk.report.html.WITH_ROWS", 2)
    page = Page(render(View(scan)))
    (data,) = [json.loads(body) for attributes, body in page.raw if attributes.get("id") == "report-data"]
    assert [len(f[11]) for f in data["findings"]] == [1, 1, 0, 0]
    assert [f[10] for f in data["findings"]] == [1, 1, 1, 1]
