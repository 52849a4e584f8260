"""``findings.xlsx``: a working paper (审计工作底稿) with a sheet per rule and columns to fill in by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from shouwang import __version__
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledger as ledger_named
from shouwang.risk.report import words
from shouwang.risk.report.tables import plain
from shouwang.risk.report.view import Line, View
from shouwang.standards.reading import N_

CELL_LIMIT = 32_000
"""Excel takes 32,767 characters in a cell."""
SHEET_LIMIT = 1_048_000
"""Excel takes 1,048,576 rows in a sheet; the head needs a few of them."""
VERDICTS = (N_("属实"), N_("部分属实"), N_("不属实"), N_("待核"))

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FIRST_ROW = 5


class Names:
    """Sheet names that Excel accepts: at most 31 characters, none of ``[]:*?/\\``, none twice."""

    def __init__(self) -> None:
        self._taken = {"history"}

    def __call__(self, wanted: str) -> str:
        """The nearest name that is still free."""
        base = _FORBIDDEN.sub("", plain(wanted)).strip("' ") or "Sheet"
        name, number = base[:31].rstrip("' "), 1
        while name.casefold() in self._taken:
            number += 1
            tail = f"~{number}"
            name = base[: 31 - len(tail)] + tail
        self._taken.add(name.casefold())
        return name


class WorkingPaper:
    """Writes the workbook of one view."""

    def __init__(self, view: View, path: Path) -> None:
        self.view = view
        # Text stays text: nothing that a ledger holds becomes a formula, a link or a number.
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_format_properties": {"font_name": "宋体", "font_size": 10, "valign": "top"},
        }
        self.book = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties(
            {
                "title": _("守望 风险核查工作底稿"),
                "comments": " ".join(filter(None, (view.privacy.statement(), view.mark))),
                "author": f"shouwang {__version__}",
                # The day of the scan, not the moment of writing: same input, same bytes.
                "created": dt.datetime.combine(view.as_of, dt.time()),
            }
        )
        shared = {"text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        make = self.book.add_format
        self.title = make({"bold": True, "font_size": 14})
        self.quiet = make({"font_color": "#595959"})
        self.warning = make({"bold": True, "font_color": "#9C0006" if not view.privacy.masked else "#595959"})
        self.head = make(
            {**shared, "bold": True, "bg_color": "#DCE6E4", "align": "center", "valign": "vcenter"}
        )
        self.fill_head = make({**shared, "bold": True, "bg_color": "#FFF2CC", "align": "center"})
        self.cell = make(shared)
        self.fill = make({**shared, "bg_color": "#FFFDF5"})
        self.fill_date = make({**shared, "bg_color": "#FFFDF5", "num_format": "yyyy-mm-dd"})
        self.date = make({**shared, "num_format": "yyyy-mm-dd"})
        self.money = make({**shared, "num_format": "#,##0.00"})
        self.number = make({**shared, "num_format": "General"})
        self.link = make({**shared, "font_color": "#0B5C6B", "underline": 1})
        self._names = Names()

    def write(self) -> None:
        """Write cover, one sheet per rule, what was not checked, and close the file."""
        cover = self.book.add_worksheet(self._names(_("封面")))
        groups = [
            (code, list(lines)) for code, lines in groupby(self.view.lines, lambda line: line.rule.code)
        ]
        sheets = [
            (self._names(f"{i:02d} {words.translated(self.view.rules[code].title)}"), code, lines)
            for i, (code, lines) in enumerate(groups, 1)
        ]
        unchecked = self._names(_("未能检查"))
        self._cover(cover, sheets, unchecked)
        for name, code, lines in sheets:
            self._rule(self.book.add_worksheet(name), code, lines)
        if self.view.gone:
            self._gone(self.book.add_worksheet(self._names(_("已消失"))))
        self._unchecked(self.book.add_worksheet(unchecked))
        self.book.close()

    # One cell

    def _text(self, sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
        text = plain(text)
        if len(text) > CELL_LIMIT:
            text = text[:CELL_LIMIT] + "…"
        if text:
            sheet.write_string(row, column, text, style or self.cell)
        else:
            sheet.write_blank(row, column, None, style or self.cell)

    def _value(self, sheet: Any, row: int, column: int, kind: str, text: str) -> None:
        """A shown cell; a lone amount or quantity is written as a number, so that it can be summed."""
        if kind in ("money", "number", "percent", "int") and re.fullmatch(r"-?[\d,]+(\.\d+)?", text):
            number = float(Decimal(text.replace(",", "")))
            sheet.write_number(row, column, number, self.money if kind == "money" else self.number)
        else:
            self._text(sheet, row, column, text)

    def _print_setup(self, sheet: Any, *, landscape: bool = True) -> None:
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        # Codes of a header begin with "&"; in a name it is one.
        line = self.view.mark.replace("&", "&&")[:200]
        if line:
            sheet.set_header(f"&L{line}")
        sheet.set_footer("&L&A&R&P / &N")

    def _top(self, sheet: Any, title: str, *lines: str) -> None:
        """The first three rows of a sheet: what it is, a word on it, the statement on masking."""
        self._text(sheet, 0, 0, title, self.title)
        self._text(sheet, 1, 0, " ".join(filter(None, lines)), self.quiet)
        told = " ".join(filter(None, (self.view.privacy.statement(), self.view.mark)))
        self._text(sheet, 2, 0, told, self.warning)

    # Sheets

    def _cover(self, sheet: Any, sheets: Sequence[tuple[str, str, list[Line]]], unchecked: str) -> None:
        view, totals = self.view, self.view.reading.totals
        self._print_setup(sheet, landscape=False)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 46)
        sheet.set_column(2, 6, 13)
        self._top(sheet, _("守望 风险核查工作底稿"), view.office)
        facts = [
            (_("截至日期"), view.as_of.isoformat()),
            (_("与上次比较"), view.scan.compared.isoformat() if view.scan.compared else _("没有上次的扫描")),
            (_("问题"), str(len(view.lines))),
            (_("涉及金额（元，各问题之和，可能重复）"), words.money(view.total.amount)),
            (_("读入的表"), f"{len(view.reading.recognised)} / {totals['sheets']}"),
            (_("读入的行"), f"{totals['loaded']} / {totals['rows']}"),
            (_("退回的行"), str(totals["rejected"])),
            (_("已问的规则"), f"{len(view.asked)} / {len(view.scan.outcomes)}"),
            (_("未能检查的规则"), str(view.unasked)),
            (_("数据快照"), view.scan.snapshot.hash),
            (_("程序版本"), f"shouwang {__version__}"),
        ]
        at = 4
        for label, text in facts:
            self._text(sheet, at, 0, label, self.head)
            self._text(sheet, at, 1, text)
            at += 1
        at += 1
        heads = (_("工作表"), _("规则"), _("严重程度"), _("条数"), _("新增"), _("金额（元）"))
        for column, label in enumerate(heads):
            self._text(sheet, at, column, label, self.head)
        for name, code, lines in sheets:
            at += 1
            rule = view.rules[code]
            target = name.replace("'", "''")
            sheet.write_url(at, 0, f"internal:'{target}'!A1", self.link, name)
            self._text(sheet, at, 1, f"{words.translated(rule.title)}（{code}）")
            self._text(sheet, at, 2, _(rule.severity.label))
            sheet.write_number(at, 3, len(lines), self.number)
            sheet.write_number(at, 4, sum(line.state == "new" for line in lines), self.number)
            total = sum((line.finding.amount or Decimal(0) for line in lines), Decimal(0))
            sheet.write_number(at, 5, float(total), self.money)
        sheet.write_url(at + 2, 0, f"internal:'{unchecked}'!A1", self.link, unchecked)
        at += 4
        for label in (_("编制人："), _("复核人："), _("日期：")):
            self._text(sheet, at, 0, label, self.head)
            self._text(sheet, at, 1, "", self.fill)
            at += 1

    def _rule(self, sheet: Any, code: str, lines: list[Line]) -> None:
        rule = self.view.rules[code]
        own = [
            (_("编号"), 26),
            (_("状态"), 7),
            (_("对象"), 12),
            (_("证件号或编号"), 21),
            (_("所属社区"), 13),
            (_("日期"), 11),
            (_("金额（元）"), 13),
            (_("问题"), 46),
        ]
        fills = [
            (_("核实结果"), 10),
            (_("情况说明"), 26),
            (_("责任人"), 10),
            (_("整改措施"), 26),
            (_("完成时限"), 11),
            (_("核实人"), 10),
            (_("核实日期"), 11),
        ]
        columns = self._evidence_columns(lines)
        first_fill, first_evidence = len(own), len(own) + len(fills)
        widths = [w for _l, w in own + fills] + [32] + [_width(spec, f) for spec, f in columns]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self._print_setup(sheet)
        sheet.repeat_rows(_FIRST_ROW - 2, _FIRST_ROW - 1)
        sheet.freeze_panes(_FIRST_ROW, 3)
        seeds = _("依据要求 {seeds}").format(seeds="、".join(rule.seeds)) if rule.seeds else ""
        remedy = words.translated(rule.remedy)
        self._top(
            sheet,
            f"{words.MARKS[rule.severity]} {words.translated(rule.title)}（{code}）",
            _("严重程度：{level}。").format(level=_(rule.severity.label)),
            _("处理：{remedy}。").format(remedy=remedy.rstrip("。.")) if remedy else "",
            seeds,
        )
        self._groups(sheet, len(own), len(fills), columns)
        labels = [label for label, _w in own + fills]
        labels += [
            _("证据出处（文件/表/行）"),
            *(words.translated(spec.fields[f].label) for spec, f in columns),
        ]
        for column, label in enumerate(labels):
            is_fill = first_fill <= column < first_evidence
            self._text(sheet, _FIRST_ROW - 1, column, label, self.fill_head if is_fill else self.head)
        last = _FIRST_ROW
        for last, line in enumerate(lines[:SHEET_LIMIT], _FIRST_ROW):
            self._line(sheet, last, line, first_fill)
            for column in range(first_fill, first_evidence):
                style = self.fill_date if column in (first_fill + 4, first_fill + 6) else self.fill
                sheet.write_blank(last, column, None, style)
            self._text(sheet, last, first_evidence, self._places(line))
            for column, (spec, name) in enumerate(columns, first_evidence + 1):
                text = self._joined(line, spec, name)
                self._value(sheet, last, column, spec.fields[name].kind, text)
        sheet.autofilter(_FIRST_ROW - 1, 0, last, len(widths) - 1)
        self._checks(sheet, first_fill, last)

    def _groups(self, sheet: Any, own: int, fills: int, columns: Sequence[tuple[SheetSpec, str]]) -> None:
        """The row above the header: what was found, what people fill in, whose columns the others are."""
        row = _FIRST_ROW - 2
        spans = [(_("发现的问题"), own, self.head), (_("核实与整改（人工填写）"), fills, self.fill_head)]
        spans.append((_("证据"), 1, self.head))
        for spec, group in groupby(columns, lambda c: c[0]):
            spans.append((_(spec.title), len(list(group)), self.head))
        at = 0
        for label, width, style in spans:
            if width > 1:
                sheet.merge_range(row, at, row, at + width - 1, "", style)
            self._text(sheet, row, at, label, style)
            at += width

    def _line(self, sheet: Any, row: int, line: Line, first_fill: int, second: str = "") -> None:
        """The columns of a finding; the second one is its state, or what ``second`` says."""
        finding = line.finding
        second = second or _(words.STATES[line.state])
        texts = (finding.id, second, line.subject, line.subject_id, line.division)
        for column, text in enumerate(texts):
            self._text(sheet, row, column, text)
        if finding.on and finding.on.year >= 1900:
            sheet.write_datetime(row, 5, dt.datetime.combine(finding.on, dt.time()), self.date)
        else:
            self._text(sheet, row, 5, finding.on.isoformat() if finding.on else "")
        if finding.amount is not None:
            sheet.write_number(row, 6, float(finding.amount), self.money)
        else:
            sheet.write_blank(row, 6, None, self.money)
        self._text(sheet, row, first_fill - 1, line.sentence)

    def _checks(self, sheet: Any, first_fill: int, last: int) -> None:
        verdicts = {
            "validate": "list",
            "source": [_(verdict) for verdict in VERDICTS],
            "input_title": _("核实结果"),
            "input_message": _("从列表中选一项"),
            "error_title": _("请从列表中选择"),
            "error_message": "、".join(_(verdict) for verdict in VERDICTS),
        }
        sheet.data_validation(_FIRST_ROW, first_fill, last, first_fill, verdicts)
        dates = {
            "validate": "date",
            "criteria": ">=",
            "value": dt.date(2000, 1, 1),
            "error_title": _("请填日期"),
            "error_message": _("写成 2024-01-31 的样子"),
        }
        for column in (first_fill + 4, first_fill + 6):
            sheet.data_validation(_FIRST_ROW, column, last, column, dates)

    def _evidence_columns(self, lines: Sequence[Line]) -> list[tuple[SheetSpec, str]]:
        """The columns of the ledgers cited that hold anything, by ledger in the order of declaration."""
        held: dict[str, set[str]] = {}
        for line in lines:
            for item in line.cited:
                cells = self.view.rows[item].cells
                held.setdefault(item.ledger, set()).update(n for n, text in cells.items() if text)
        return [
            (ledger_named(name), field)
            for name, fields in sorted(held.items())
            for field in ledger_named(name).fields
            if field in fields
        ]

    def _joined(self, line: Line, spec: SheetSpec, field: str) -> str:
        """What the rows shown say in one column: their distinct values."""
        rows = [self.view.rows[item] for item in line.cited if item.ledger == spec.name]
        return "；".join(dict.fromkeys(text for row in rows if (text := row.cells.get(field))))

    def _places(self, line: Line) -> str:
        return "\n".join(line.places[:30]) + (
            "\n" + _("…共{count}行").format(count=len(line.places)) if len(line.places) > 30 else ""
        )

    def _gone(self, sheet: Any) -> None:
        self._top(sheet, _("已消失"), _("上次有、这次没有的问题"))
        self._print_setup(sheet)
        heads = [
            (_("编号"), 30),
            (_("规则"), 30),
            (_("对象"), 12),
            (_("证件号或编号"), 21),
            (_("所属社区"), 13),
            (_("日期"), 11),
            (_("金额（元）"), 13),
            (_("问题"), 60),
        ]
        for column, (label, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            self._text(sheet, _FIRST_ROW - 1, column, label, self.head)
        sheet.freeze_panes(_FIRST_ROW, 1)
        for row, line in enumerate(self.view.gone[:SHEET_LIMIT], _FIRST_ROW):
            self._line(sheet, row, line, len(heads), words.translated(line.rule.title))
        sheet.autofilter(_FIRST_ROW - 1, 0, _FIRST_ROW - 1 + len(self.view.gone), len(heads) - 1)

    def _unchecked(self, sheet: Any) -> None:
        view = self.view
        self._top(sheet, _("未能检查"), _("没有查到问题不等于没有问题：以下各项这次没有检查"))
        self._print_setup(sheet)
        heads = ((_("原因"), 18), (_("缺什么"), 46), (_("涉及的规则或内容"), 60), (_("怎么办"), 50))
        for column, (label, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            self._text(sheet, _FIRST_ROW - 1, column, label, self.head)
        sheet.freeze_panes(_FIRST_ROW, 0)
        for row, cells in enumerate(unchecked(view), _FIRST_ROW):
            for column, text in enumerate(cells):
                self._text(sheet, row, column, text)


def _width(spec: SheetSpec, field: str) -> int:
    return {"id": 21, "name": 10, "date": 12, "month": 10, "money": 12, "int": 8}.get(
        spec.fields[field].kind, 16
    )


def unchecked(view: View) -> list[tuple[str, str, str, str]]:
    """What was not checked: why, what is missing, what is concerned, what to do."""

    def titles(rules: Sequence[Any]) -> str:
        return "、".join(f"{words.translated(rule.title)}（{rule.code}）" for rule in rules)

    ledger_wanted = _("把这本台账放进文件夹再扫描")
    if view.reading.database:
        ledger_wanted = _("导入或录入这本台账再扫描")
    found = [
        (
            _("参数未设置"),
            f"{wait.label}（{wait.name}） {wait.about}".strip(),
            titles(wait.rules),
            _("在“参数”页提出它的值，经批准后再扫描")
            if view.reading.database
            else _("在参数文件中写明它的值，用 --parameters 指定"),
        )
        for wait in view.waiting_for_parameters
    ]
    found += [
        (
            _("没有台账") if not wait.about else _("台账缺栏目"),
            f"{wait.label}（{wait.name}）",
            titles(wait.rules),
            ledger_wanted if not wait.about else _("补上缺的栏目再扫描"),
        )
        for wait in view.waiting_for_ledgers
    ]
    found += [
        (_("表缺栏目"), sheet, titles([rule for rule, _c in rules]), _("补上缺的栏目再扫描"))
        for sheet, rules in view.left_out
    ]
    found += [
        (_("规则出错"), error, titles([rule]), _("请把错误信息报告给程序维护者"))
        for rule, error in view.failed
    ]
    found += [
        (_("表未认出"), f"{sheet.file}/{sheet.sheet}", sheet.why or sheet.nearest, "、".join(sheet.missing))
        for sheet in view.reading.unrecognised
    ]
    found += [
        (_("文件读不了"), f"{one.file}/{one.sheet}".rstrip("/"), one.text, one.advice)
        for one in view.reading.troubles
    ]
    found += [
        (_("行被退回"), reason, _("{count}处").format(count=count), advice or _("见 rejected.xlsx"))
        for reason, advice, count in view.reading.reasons
    ]
    return found


def write_xlsx(view: View, path: Path) -> None:
    """Write the working paper."""
    WorkingPaper(view, path).write()
