"""``report.html``: one file that needs nothing else, neither network nor server.

Scripts are allowed by their hash alone (Content-Security-Policy), data travels as JSON that no
script text can break out of, and everything else passes Django's escaping.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang import __version__
from shouwang.ledger.base import SheetSpec
from shouwang.risk.engine import Outcome
from shouwang.risk.findings import Evidence
from shouwang.risk.report import words
from shouwang.risk.report.evidence import SHOWN
from shouwang.risk.report.reading import REFUSALS_SHOWN
from shouwang.risk.report.view import Line, Tally, View
from shouwang.risk.rule import Rule, Severity

HERE = Path(__file__).parent
CHART_LIBRARY = HERE / "static" / "vendor" / "echarts.min.js"
LISTED = 100_000
"""So many findings are listed in the page, gravest first; the tables have them all."""
WITH_ROWS = 20_000
"""So many of them carry their evidence rows; a page of some hundred megabytes opens nowhere."""
BARS = 12

Links = Callable[[Tally], str]


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(HERE / "templates")],
        libraries={"i18n": "django.templatetags.i18n", "report": "shouwang.risk.report.filters"},
    )


def _static(name: str) -> str:
    # A browser hashes a script with line feeds only.
    return (HERE / "static" / name).read_text(encoding="utf-8").replace("\r\n", "\n").replace("</", "<\\/")


def scripts() -> list[str]:
    """The scripts of the page. Without the built chart library the tables stand without pictures."""
    library = [_static("vendor/echarts.min.js")] if CHART_LIBRARY.is_file() else []
    return [*library, _static("charts.js"), _static("report.js")]


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def policy(script: Iterable[str], style: str) -> str:
    """The Content-Security-Policy: these scripts, this style, and nothing from anywhere."""
    allowed = " ".join(map(_hash, script))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def as_json(body: Any) -> str:
    """JSON that may stand inside a script element: no ``<``, and no line ends that scripts dislike."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    for char in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int((amount * 100).to_integral_value(ROUND_HALF_UP))


class _Numbered:
    """Gives each distinct value a running number in order of first use."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def __call__(self, value: Any) -> int:
        return self.numbers.setdefault(value, len(self.numbers))

    def __iter__(self) -> Any:
        return iter(self.numbers)


def _kind(spec: SheetSpec, field: str) -> int:
    """How a column is laid out: 1 as a number, 2 as a remark that may wrap, 0 as a word."""
    column = spec.fields[field]
    if column.kind in ("money", "number", "percent", "int"):
        return 1
    return 2 if column.kind == "text" and not column.values and not column.stands_in else 0


def page_data(view: View) -> dict[str, Any]:
    """The findings with their evidence, as compact arrays; ``report.js`` names the places."""
    lines = [*view.lines[:LISTED], *view.gone[: max(0, LISTED - len(view.lines))]]
    rules, files, ledgers, rows = _Numbered(), _Numbered(), _Numbered(), _Numbered()
    divisions = _Numbered()
    for row in view.by_division:
        divisions(row.code)
    found = [_finding(line, rules, divisions, rows, with_rows=i < WITH_ROWS) for i, line in enumerate(lines)]
    columns = _columns(view, rows)
    body = {
        "rows": [_row(view, item, columns, ledgers, files) for item in rows],
        "rules": [_rule(view.rules[code]) for code in rules],
        "divisions": [code or _("（未注明）") for code in divisions],
        "files": [list(pair) for pair in files],
        "ledgers": [
            [
                _(spec.title),
                [words.translated(spec.fields[c].label) for c in columns[spec.name]],
                [_kind(spec, c) for c in columns[spec.name]],
            ]
            for spec in (view_spec(view, name, rows) for name in ledgers)
        ],
        "findings": found,
        "compared": bool(view.scan.compared),
        "title": view.title,
        "asOf": view.as_of.isoformat(),
        "masking": view.privacy.statement(),
        "charts": charts(view),
        "text": texts(),
    }
    return body


def view_spec(view: View, name: str, rows: Iterable[Evidence]) -> SheetSpec:
    """The declaration of a ledger of which at least one row is shown."""
    return next(view.rows[item].spec for item in rows if item.ledger == name)


def _finding(
    line: Line, rules: _Numbered, divisions: _Numbered, rows: _Numbered, *, with_rows: bool
) -> list[Any]:
    finding = line.finding
    return [
        rules(line.rule.code),
        finding.number,
        list(words.STATES).index(line.state),
        line.subject,
        line.subject_id,
        divisions(line.division),
        finding.on.isoformat() if finding.on else None,
        _cents(finding.amount),
        line.sentence,
        line.key,
        len(finding.evidence),
        [rows(item) for item in line.cited] if with_rows else [],
    ]


def _columns(view: View, rows: Iterable[Evidence]) -> dict[str, list[str]]:
    """By ledger the columns that hold anything in the rows shown, in the order of declaration."""
    held: dict[str, set[str]] = {}
    specs: dict[str, SheetSpec] = {}
    for item in rows:
        shown = view.rows[item]
        specs[item.ledger] = shown.spec
        held.setdefault(item.ledger, set()).update(name for name, text in shown.cells.items() if text)
    return {name: [f for f in spec.fields if f in held[name]] for name, spec in specs.items()}


def _row(
    view: View, item: Evidence, columns: Mapping[str, Sequence[str]], ledgers: _Numbered, files: _Numbered
) -> list[Any]:
    shown = view.rows[item]
    cells = [shown.cells.get(name, "") for name in columns[item.ledger]]
    return [ledgers(item.ledger), files((shown.file, shown.sheet)), shown.row, cells]


def _rule(rule: Rule) -> list[str]:
    return [
        rule.code,
        words.translated(rule.title),
        rule.pack,
        rule.severity.value,
        rule.subject,
        words.translated(rule.remedy),
        words.translated(rule.looks_alike),
    ]


def charts(view: View) -> dict[str, Any]:
    """The numbers of the pictures, with the filter that each bar opens."""
    top = view.by_rule[:BARS]
    return {
        "pack": _bars([t for t in view.by_pack if t.count], lambda t: f"pack={t.code}"),
        "division": _bars(view.by_division[:BARS], lambda t: f"division={view.by_division.index(t)}"),
        "month": _bars(view.by_month),
        "trend": _bars(view.trend, lambda t: f"state={t.code}"),
        "rule": {
            "labels": [t.label for t in top],
            "values": [t.count for t in top],
            "severity": [view.rules[t.code].severity.value for t in top],
            "links": [f"rule={t.code}" for t in top],
        },
    }


def _bars(rows: Sequence[Tally], link: Links | None = None) -> dict[str, Any]:
    bars: dict[str, Any] = {"labels": [row.label for row in rows]}
    for severity in Severity:
        bars[severity.value] = [row.counts[severity] for row in rows]
    return bars | ({"links": [link(row) for row in rows]} if link else {})


def texts() -> dict[str, Any]:
    """The words that ``report.js`` writes."""
    return {
        "severity": {s.value: _(s.label) for s in Severity},
        "states": {state: _(label) for state, label in words.STATES.items()},
        "result": _("{count} 条，合计 {amount} 元"),
        "count": _("条数"),
        "findings": _("问题清单"),
        "subject": _("对象"),
        "division": _("所属社区"),
        "on": _("日期"),
        "amount": _("金额"),
        "yuan": _("元"),
        "key": _("区分"),
        "remedy": _("怎么办"),
        "lookalike": _("先排除合法情形"),
        "rule": _("规则和参数"),
        "evidence": _("证据（{count} 行）"),
        "place": _("出处"),
        "placeRow": _("{file} / {sheet} 第 {row} 行"),
        "moreRows": _("只列出 {shown} 行，共 {count} 行；其余见 findings.csv 的 evidence 栏。"),
        "noRows": _("证据 {count} 行，见 findings.xlsx，或用 shouwang explain 查看。"),
        "goneRows": _("上次扫描有、这次没有的问题，证据行见上次的报告。"),
        "printPlain": _("超过 {most} 条，只印清单不印证据；先筛选再打印，可以连证据一起印。"),
        "back": _("返回清单"),
        "previous": _("上一条"),
        "next": _("下一条"),
        "light": _("浅色"),
        "dark": _("深色"),
    }


def _groups(view: View) -> list[dict[str, Any]]:
    """The rules by pack, each with what its page shows."""
    sentences = {line.rule.code: line.finding.sentence for line in (*view.gone, *view.lines)}
    counts = {tally.code: tally.count for tally in view.by_rule}

    def entry(outcome: Outcome) -> dict[str, Any]:
        rule = outcome.rule
        sentence = sentences.get(rule.code, "")
        return {
            "rule": rule,
            "outcome": outcome,
            "count": counts.get(rule.code, 0),
            "words": words.sentence_in_words(rule, sentence) if sentence else "",
            "parameters": [parameter for _name, parameter in sorted(outcome.used.items())],
            "source": words.source_text(rule),
            "fingerprint": view.scan.fingerprints.get(rule.code, ""),
        }

    packs = dict.fromkeys(o.rule.pack for o in view.scan.outcomes)
    return [
        {
            "label": words.pack_label(pack),
            "rules": [entry(o) for o in view.scan.outcomes if o.rule.pack == pack],
        }
        for pack in packs
    ]


def render(view: View) -> str:
    """The page as text."""
    script, style = scripts(), _static("report.css")
    lines = len(view.lines) + len(view.gone)
    found = [
        {
            "code": t.code,
            "label": t.label,
            "severity": view.rules[t.code].severity.value,
            "count": t.count,
            "amount": t.amount,
        }
        for t in view.by_rule
    ]
    listed = dict.fromkeys(line.rule.code for line in (*view.lines, *view.gone))
    gaps = (
        view.unasked
        + len(view.left_out)
        + len(view.reading.unrecognised)
        + len(view.reading.troubles)
        + view.reading.totals["rejected"]
    )
    notice = ""
    if lines > LISTED:
        notice = _("页面只列出前 {most} 条，全部问题见 findings.csv 和 findings.xlsx").format(
            most=f"{LISTED:,}"
        )
    elif lines > WITH_ROWS:
        notice = _("前 {most} 条问题附有证据行，其余见 findings.xlsx").format(most=f"{WITH_ROWS:,}")
    context = {
        "view": view,
        "language": get_language() or "zh-hans",
        "version": __version__,
        "policy": policy(script, style),
        "css": mark_safe(style),  # noqa: S308 our own file
        "scripts": [mark_safe(s) for s in script],  # noqa: S308 our own and the chart library's
        "data": mark_safe(as_json(page_data(view))),  # noqa: S308 escaped by as_json
        "drawn": len(script) > 2,
        "gaps": gaps,
        "notice": notice,
        "rules_found": found,
        "rules_listed": [view.rules[code] for code in listed],
        "divisions": [(i, t.label) for i, t in enumerate(view.by_division)],
        "rule_groups": _groups(view),
        "refusals_shown": view.reading.refusals[:REFUSALS_SHOWN],
        "refusals_more": max(0, len(view.reading.refusals) - REFUSALS_SHOWN),
        "trend_head": _("状态"),
        "division_head": _("社区"),
        "month_head": _("月份"),
        "evidence_most": SHOWN,
    }
    return _engine().get_template("report.html").render(Context(context))


def write_html(view: View, path: Path) -> None:
    """Write the page."""
    path.write_text(render(view), encoding="utf-8", newline="\n")
