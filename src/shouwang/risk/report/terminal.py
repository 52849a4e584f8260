"""The report on a terminal: a summary after a scan, and one finding explained.

Everything is :class:`rich.text.Text` or a plain table cell, never markup: a ledger's text may hold
brackets. Colour is the console's business, which has none where the output is no terminal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from shouwang.ledger.reading import Reading
from shouwang.risk.report import words
from shouwang.risk.report.privacy import Privacy
from shouwang.risk.report.reading import ReadingView, SheetLine
from shouwang.risk.report.view import Line, View
from shouwang.risk.rule import Severity
from shouwang.risk.scan import Scan

TOP_RULES = 10
LISTED = 8
STYLES = {Severity.HIGH: "red", Severity.MEDIUM: "yellow", Severity.LOW: "blue"}


def _table(title: str, *columns: str, right: Sequence[int] = ()) -> Table:
    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for i, column in enumerate(columns):
        made.add_column(column, justify="right" if i in right else "left", overflow="fold")
    return made


def _row(table: Table, *cells: str | Text) -> None:
    table.add_row(*(cell if isinstance(cell, Text) else escape(cell) for cell in cells))


def _severity(severity: Severity) -> Text:
    return Text(f"{words.MARKS[severity]} {_(severity.label)}", STYLES[severity])


def _number(count: int) -> str:
    return f"{count:,}" if count else "—"


def summary(
    scan: Scan,
    reading: Mapping[str, Any] | None,
    indicators: Sequence[Any],
    out: Path,
    console: Console,
    *,
    office: str = "",
) -> None:
    """Print what a scan found and what it could not check, and where the report is."""
    reason = (reading or {}).get("unmask", "")
    view = View(scan, reading=reading, indicators=indicators, unmask=reason, office=office, brief=True)
    console.print(_summary(view))
    console.print(Text.assemble(_("报告："), (str(out / "report.html"), "bold")))


def unreadable(reading: Reading | None, console: Console) -> None:
    """Print why nothing could be read: each file and sheet with its reason and what to do."""
    account = ReadingView(json.loads(reading.to_json()) if reading else {}, Privacy())
    console.print(_heading(_("没有读到任何台账")))
    for trouble in account.troubles:
        where = " / ".join(filter(None, (trouble.file, trouble.sheet)))
        console.print(Text(f"· {where}：{trouble.text} {trouble.advice}".rstrip()))
    for sheet in account.unrecognised:
        console.print(Text(_unrecognised(sheet)))
    if reading and reading.rejected_rows:
        console.print(_("退回 {count} 行，原因和改法见 rejected.xlsx").format(count=reading.rejected_rows))


def explain(scan: Scan, identifier: str, console: Console, *, unmask: str = "") -> None:
    """Print one finding with everything it rests on; ``KeyError`` when the scan does not have it."""
    console.print(explanation(scan, identifier, unmask=unmask))


def _unrecognised(sheet: SheetLine) -> str:
    parts = [f"{sheet.file} / {sheet.sheet}", sheet.why]
    if sheet.nearest:
        parts.append(_("最像 {ledger}").format(ledger=sheet.nearest))
    if sheet.missing:
        parts.append(_("缺 {columns}").format(columns="、".join(sheet.missing)))
    return "  ".join(filter(None, parts))


def _summary(view: View) -> RenderableType:
    parts: list[RenderableType] = [_by_pack(view)]
    if view.trend:
        counts = {row.code: row.count for row in view.trend}
        parts.append(
            Text(
                _("与 {day} 相比：新增 {new}，已知 {known}，已消失 {gone}").format(
                    day=view.scan.compared, new=counts["new"], known=counts["known"], gone=counts["gone"]
                )
            )
        )
    if view.lines:
        parts += [Text(), _top_rules(view)]
    missed = [figure for figure in view.figures if figure.met is False]
    if missed:
        parts += [Text(), _heading(_("未达目标的指标"))]
        parts += _bullets([f"{f.label} {f.division} {f.period} {f.value} {f.unit}" for f in missed])
    parts += list(_unchecked(view))
    parts += [Text(), Text(view.privacy.statement(), "dim" if view.privacy.masked else "bold red")]
    return Group(*parts)


def _heading(text: str) -> Text:
    return Text(text, "bold")


def _bullets(lines: Sequence[str]) -> list[RenderableType]:
    """The first few lines, and how many more there are."""
    shown: list[RenderableType] = [
        Padding(Text(f"· {line}"), (0, 0, 0, 2), expand=False) for line in lines[:LISTED]
    ]
    if len(lines) > LISTED:
        more = _("……另有 {count} 项，见 report.html").format(count=len(lines) - LISTED)
        shown.append(Padding(Text(more, "dim"), (0, 0, 0, 2), expand=False))
    return shown


def _by_pack(view: View) -> Table:
    title = _("{title}  截至 {day}").format(title=view.title, day=view.as_of)
    heads = [f"{words.MARKS[s]} {_(s.label)}" for s in Severity]
    table = _table(
        title, _("业务"), _("风险点"), *heads, _("合计"), _("金额（元）"), right=range(1, len(heads) + 4)
    )
    points: dict[str, int] = {}
    for tally in view.by_rule:
        pack = view.rules[tally.code].pack
        points[pack] = points.get(pack, 0) + 1
    for row in view.by_pack:
        counts = [
            Text(_number(row.counts[s]), STYLES[s] if row.counts[s] else "dim", justify="right")
            for s in Severity
        ]
        _row(
            table,
            row.label,
            _number(points.get(row.code, 0)),
            *counts,
            _number(row.count),
            words.money(row.amount) if row.amount else "",
        )
    table.add_section()
    total = view.total
    _row(
        table,
        _("合计"),
        _number(len(view.by_rule)),
        *(_number(total.counts[s]) for s in Severity),
        _number(total.count),
        words.money(total.amount),
    )
    return table


def _top_rules(view: View) -> Table:
    columns = (_("严重程度"), _("风险点"), _("规则"), _("条数"), _("金额（元）"))
    table = _table(_("最多的风险点"), *columns, right=(3, 4))
    for tally in view.by_rule[:TOP_RULES]:
        severity = view.rules[tally.code].severity
        money = words.money(tally.amount) if tally.amount else ""
        _row(table, _severity(severity), tally.label, tally.code, _number(tally.count), money)
    return table


def _unchecked(view: View) -> Iterator[RenderableType]:
    reading, totals = view.reading, view.reading.totals
    if reading.known:
        yield Text()
        yield Text(
            _("读入 {loaded} 行，跳过 {skipped} 行，退回 {rejected} 行；{sheets} / {all} 张表").format(
                loaded=f"{totals['loaded']:,}",
                skipped=f"{totals['skipped']:,}",
                rejected=f"{totals['rejected']:,}",
                sheets=len(reading.recognised),
                all=totals["sheets"],
            )
        )
    waits = [
        (
            _("等待参数的规则（用 shouwang parameters 写出参数文件，填好后用 --parameters 指定）"),
            [
                _("{label}（{name}）：{count} 条规则").format(label=w.label, name=w.name, count=len(w.rules))
                for w in view.waiting_for_parameters
            ],
        ),
        (
            _("缺少台账或栏目的规则"),
            [
                _("{label}（{name}）：{count} 条规则").format(label=w.label, name=w.name, count=len(w.rules))
                for w in view.waiting_for_ledgers
            ],
        ),
        (
            _("缺栏目而未查的表"),
            [
                _("{sheet}：{count} 条规则").format(sheet=sheet, count=len(rules))
                for sheet, rules in view.left_out
            ],
        ),
        (_("出错的规则"), [f"{rule.code}: {error}" for rule, error in view.failed]),
        (
            _("没有认出的表"),
            [_unrecognised(sheet) for sheet in reading.unrecognised],
        ),
        (
            _("读不了的文件"),
            [f"{t.file} {t.sheet} {t.text} {t.advice}".replace("  ", " ") for t in reading.troubles],
        ),
        (_("退回的行"), [f"{reason}：{count}" for reason, _advice, count in reading.reasons]),
    ]
    for title, lines in waits:
        if lines:
            yield Text()
            yield _heading(title)
            yield from _bullets(lines)


def explanation(scan: Scan, identifier: str, *, unmask: str = "", office: str = "") -> RenderableType:
    """One finding: its sentence, its rows, its rule with parameters, and what to do.

    Raises ``KeyError`` when the scan has no finding of that number.
    """
    finding = scan.finding(identifier)
    view = View(replace(scan, findings=[finding], gone=[]), unmask=unmask, office=office)
    (line,) = view.lines
    return Group(*_explained(view, line))


def _explained(view: View, line: Line) -> Iterator[RenderableType]:
    finding, rule = line.finding, line.rule
    yield Text.assemble(
        _severity(rule.severity), "  ", (words.translated(rule.title), "bold"), f"  {finding.id}"
    )
    yield Text()
    yield Text(line.sentence)
    yield Text()
    facts = _table("", "", "")
    facts.show_header = False
    told = [
        (_("对象"), " ".join(filter(None, (line.subject, line.subject_id)))),
        (_("所属社区"), line.division),
        (_("日期"), finding.on.isoformat() if finding.on else ""),
        (_("金额（元）"), words.money(finding.amount)),
        (_("状态"), _(words.STATES[line.state])),
        (_("怎么办"), words.translated(rule.remedy)),
    ]
    for label, text in told:
        if text:
            _row(facts, label, text)
    yield facts
    yield from _rows(view, line)
    yield Text()
    yield _heading(_("规则"))
    about = _table("", "", "")
    about.show_header = False
    outcome = next((o for o in view.scan.outcomes if o.rule.code == rule.code), None)
    asked = [
        (_("编号"), rule.code),
        (_("问什么"), words.sentence_in_words(rule, finding.sentence)),
        (_("看哪些台账"), "、".join(words.ledger_title(name) for name in rule.ledgers)),
        (_("合法情形"), words.translated(rule.looks_alike)),
        (_("依据"), words.translated(rule.basis)),
        (_("对应要求"), "、".join(rule.seeds)),
        (_("规则指纹"), view.scan.fingerprints.get(rule.code, "")),
        (_("数据快照"), view.scan.snapshot.hash),
    ]
    for label, text in asked:
        if text:
            _row(about, label, text)
    yield about
    if outcome and outcome.used:
        yield Text()
        table = _table(_("用到的参数"), _("参数"), _("值"), _("施行"), _("出处"))
        for name, parameter in sorted(outcome.used.items()):
            for value in parameter.values:
                label = f"{words.translated(parameter.label)}（{name}）"
                worth = words.parameter_value(parameter, value)
                _row(table, label, worth, words.in_force(value), value.source)
        yield table
    if source := words.source_text(rule):
        yield Text()
        yield _heading(_("规则原文（程序）"))
        yield Padding(Text(source), (0, 0, 0, 2), expand=False)
    yield Text()
    yield Text(view.privacy.statement(), "dim" if view.privacy.masked else "bold red")


def _rows(view: View, line: Line) -> Iterator[RenderableType]:
    """The evidence, one block a row: a terminal is too narrow for wide tables."""
    yield Text()
    yield _heading(_("证据（{count} 行）").format(count=len(line.finding.evidence)))
    for item in line.cited:
        row = view.rows[item]
        place = _("{file} / {sheet} 第 {row} 行").format(file=row.file, sheet=row.sheet, row=row.row)
        yield Text.assemble((_(row.spec.title), "bold"), f"  {place}")
        cells = [
            f"{words.translated(row.spec.fields[name].label)}：{text}"
            for name, text in row.cells.items()
            if text
        ]
        yield Padding(Text("；".join(cells)), (0, 0, 0, 2), expand=False)
    if len(line.cited) < len(line.finding.evidence):
        yield Text(
            _("只列出 {shown} 行，共 {count} 行；其余见 findings.csv 的 evidence 栏。").format(
                shown=len(line.cited), count=len(line.finding.evidence)
            )
        )
