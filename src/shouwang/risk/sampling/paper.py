"""The working paper (审计底稿) of a sample: the plan, the rows drawn with room for the auditor, the method.

Every sheet that is read back carries a hidden first row of keys, so that a paper drawn in one language is
evaluated in another. A check code over plan and rows shows when either was changed by mistake.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from shouwang import __version__
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.template import as_cell
from shouwang.ledger.workbook import Book, write_cell
from shouwang.risk.report.privacy import Privacy
from shouwang.risk.sampling.plan import (
    ALLOCATIONS,
    DISTRIBUTIONS,
    METHODS,
    SELECTIONS,
    Picked,
    Plan,
)
from shouwang.risk.sampling.population import Population, filled
from shouwang.risk.sampling.redoing import explanation
from shouwang.standards.reading import N_

PLAN_MARK: Final = "shouwang-sample-plan/1"
ROWS_MARK: Final = "shouwang-sample-rows/1"
FIRST_ROW: Final = 5
"""The 0-based row of the first drawn item; above stand keys, title, two remarks and the header."""

RESULTS: Final = {"ok": N_("相符"), "wrong": N_("有偏差"), "unseen": N_("无法核查")}
FILLS: Final = {
    "result": (N_("核查结果"), 10),
    "audited": (N_("审定金额"), 13),
    "remark": (N_("偏差说明"), 32),
    "checker": (N_("核查人"), 10),
    "checked_on": (N_("核查日期"), 11),
}
"""The columns that the auditor fills in; ``audited`` only for monetary units."""

PLAN_LABELS: Final = {
    "purpose": N_("核查目的（什么算偏差）"),
    "ledger": N_("台账"),
    "where": N_("筛选条件"),
    "method": N_("抽样方法"),
    "selection": N_("选取方式"),
    "amount": N_("金额栏"),
    "strata": N_("分层依据"),
    "bands": N_("金额分层界限（元）"),
    "allocation": N_("样本分配"),
    "confidence": N_("置信水平"),
    "tolerable": N_("可容忍的偏差"),
    "expected": N_("预计的偏差"),
    "distribution": N_("分布"),
    "population": N_("总体数量"),
    "total": N_("总体金额（元）"),
    "outside": N_("金额不大于零、不在总体内的行"),
    "outside_total": N_("上述各行金额之和（元）"),
    "size": N_("抽样数量"),
    "sizes": N_("各层抽样数量"),
    "members": N_("各层总体数量"),
    "interval": N_("抽样间隔（元）"),
    "units": N_("抽中的货币单元数"),
    "sampled_total": N_("小于间隔的各项金额之和（元）"),
    "seed": N_("抽样种子"),
}


UNITS_PLANNED: Final = N_("计划的货币单元数（一项可含数个）")
MONETARY_ONLY: Final = ("selection", "interval", "units", "sampled_total", "outside", "outside_total")
STRATIFIED_ONLY: Final = ("allocation", "strata", "bands", "sizes", "members")


def as_texts(plan: Plan) -> dict[str, str]:
    """Every part of a plan as the text that the paper holds, by key; what it does not use is left out."""
    texts = {}
    unused: tuple[str, ...] = () if plan.method == "mus" else MONETARY_ONLY
    unused += () if plan.method == "stratified" else STRATIFIED_ONLY
    unused += ("distribution",) if plan.method == "mus" else ()
    for key in PLAN_LABELS:
        if key in unused:
            continue
        value: Any = getattr(plan, key)
        if key == "where":
            value = json.dumps([[w.field, w.text] for w in value], ensure_ascii=False) if value else ""
        elif key == "bands":
            value = ", ".join(f"{limit:f}" for limit in value)
        elif key in ("sizes", "members"):
            value = json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
        elif isinstance(value, Decimal):
            value = f"{value:f}" if value else ""
        if value not in ("", 0):
            texts[key] = str(value)
    return texts


def check_code(texts: dict[str, str], rows: Sequence[Sequence[str]]) -> str:
    """Sixteen hexadecimal digits over the plan and the rows (number, stratum, hits, place, book value)."""
    body = json.dumps([texts, [list(row) for row in rows]], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()[:16]


class Paper:
    """Writes the working paper of one draw; ``reading`` are lines on how completely the ledger was read."""

    def __init__(
        self,
        plan: Plan,
        rows: Population,
        picked: Sequence[Picked],
        privacy: Privacy,
        reading: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.plan, self.rows, self.picked = plan, rows, picked
        self.privacy, self.reading = privacy, reading
        self.monetary = plan.method == "mus"

    def write(self, path: Path) -> None:
        """Write the workbook."""
        with Book(path) as book:
            fixed = {"border": 1, "border_color": "#BFBFBF", "text_wrap": True, "valign": "top"}
            self.title = book.style(bold=True, font_size=14)
            self.quiet = book.style(font_color="#595959")
            self.head = book.style(bold=True, bg_color="#DCE6E4", **fixed)
            self.fill_head = book.style(bold=True, bg_color="#FFF2CC", **fixed)
            self.cell = book.style(**fixed)
            self.money = book.style(num_format="#,##0.00", **fixed)
            self.date = book.style(num_format="yyyy-mm-dd", **fixed)
            self.fill = book.style(bg_color="#FFFDF5", **fixed)
            self.fill_money = book.style(bg_color="#FFFDF5", num_format="#,##0.00", **fixed)
            self.fill_date = book.style(bg_color="#FFFDF5", num_format="yyyy-mm-dd", **fixed)
            lines = [self._fixed(number, one) for number, one in enumerate(self.picked, 1)]
            texts = as_texts(self.plan)
            self._plan(book.sheet(_("抽样计划")), texts, check_code(texts, lines))
            self._sample(book.sheet(_("样本")), lines)
            self._method(book.sheet(_("怎样重抽")))

    def _fixed(self, number: int, one: Picked) -> list[str]:
        """What the check code covers of a drawn row."""
        place = self.rows.place(one.at)
        amount = self.rows.amounts[one.at]
        return [
            str(number),
            one.stratum,
            "" if one.whole else str(one.hits),
            self.privacy.place(place.file),
            self.privacy.place(place.sheet),
            str(place.row),
            "" if amount is None else f"{amount:.2f}",
        ]

    def _plan(self, sheet: Worksheet, texts: dict[str, str], code: str) -> None:
        write_cell(sheet, 0, 0, PLAN_MARK)
        sheet.set_row(0, None, None, {"hidden": True})
        write_cell(sheet, 1, 0, _("审计抽样底稿"), self.title)
        write_cell(sheet, 2, 0, self.privacy.statement(), self.quiet)
        spec = self.rows.spec
        at = 4
        for key, label in PLAN_LABELS.items():
            if key in texts:
                label = UNITS_PLANNED if key == "size" and self.monetary else label
                self._line(sheet, at, _(label), self._shown(spec, key, texts[key]), key, texts[key])
                at += 1
        for label, text in self.reading:
            self._line(sheet, at, label, text)
            at += 1
        self._line(sheet, at, _("数据快照"), self.rows.snapshot.hash)
        self._line(sheet, at + 1, _("程序版本"), f"shouwang {__version__}")
        self._line(sheet, at + 2, _("核对码"), code, "check", code)
        for label in (_("编制人："), _("复核人："), _("日期：")):
            at += 1
            write_cell(sheet, at + 3, 0, label, self.fill_head)
            write_cell(sheet, at + 3, 1, None, self.fill)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 70)
        sheet.set_column(2, 3, 16, None, {"hidden": True})
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _line(self, sheet: Worksheet, row: int, label: str, text: str, key: str = "", kept: str = "") -> None:
        write_cell(sheet, row, 0, label, self.head)
        write_cell(sheet, row, 1, text, self.cell)
        if key:
            write_cell(sheet, row, 2, key)
            write_cell(sheet, row, 3, kept)

    def _shown(self, spec: SheetSpec, key: str, text: str) -> str:
        """A part of the plan in the reader's words."""
        words = {
            "method": METHODS,
            "selection": SELECTIONS,
            "distribution": DISTRIBUTIONS,
            "allocation": ALLOCATIONS,
        }
        if key in words:
            return _(words[key][text])
        if key == "ledger":
            return f"{_(spec.title)}（{text}）"
        if key in ("amount", "strata"):
            return _(spec.fields[text].label)
        if key == "where":
            return "；".join(
                f"{_(spec.fields[f].label)}＝{self.privacy.text(t)}" for f, t in json.loads(text)
            )
        if key in ("sizes", "members"):
            return "；".join(f"{self.privacy.text(n)}：{c}" for n, c in json.loads(text).items())
        return text

    def _sample(self, sheet: Worksheet, lines: Sequence[Sequence[str]]) -> None:
        spec = self.rows.spec
        columns = filled(self.rows.rows.take([one.at for one in self.picked]), spec)
        places = [("no", _("序号"), 6), ("stratum", _("层"), 14), ("hits", _("命中次数"), 8)]
        places += [("file", _("文件"), 24), ("sheet", _("工作表"), 14), ("row", _("行"), 7)]
        if not self.privacy.masked:
            places.append(("key", _("抽样键"), 30))
        heads = [(key, label, width, self.head) for key, label, width in places]
        heads += [("", _(spec.fields[name].label), _width(spec, name), self.head) for name in columns]
        if self.plan.amount:
            heads.append(("book", _("账面金额"), 13, self.head))
        fills = [key for key in FILLS if key != "audited" or self.monetary]
        heads += [(key, _(FILLS[key][0]), FILLS[key][1], self.fill_head) for key in fills]
        for column, (key, label, width, style) in enumerate(heads):
            write_cell(sheet, 0, column, key)
            write_cell(sheet, FIRST_ROW - 1, column, label, style)
            sheet.set_column(column, column, width)
        # The mark stands behind the keys, where no column is lost for it.
        write_cell(sheet, 0, len(heads), ROWS_MARK)
        sheet.set_row(0, None, None, {"hidden": True})
        write_cell(sheet, 1, 0, _("样本：{ledger}").format(ledger=_(spec.title)), self.title)
        write_cell(sheet, 2, 0, _("黄色各栏由核查人填写；其余各栏请勿改动，不要增删行。"), self.quiet)
        write_cell(sheet, 3, 0, self.privacy.statement(), self.quiet)
        for at, (one, line) in enumerate(zip(self.picked, lines, strict=True), FIRST_ROW):
            self._row(sheet, at, one, line, columns, fills)
        last = FIRST_ROW + len(self.picked) - 1
        first_fill = len(heads) - len(fills)
        sheet.data_validation(FIRST_ROW, first_fill, last, first_fill, _choices())
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.autofilter(FIRST_ROW - 1, 0, last, len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST_ROW - 1)

    def _row(
        self,
        sheet: Worksheet,
        at: int,
        one: Picked,
        line: Sequence[str],
        columns: Sequence[str],
        fills: Sequence[str],
    ) -> None:
        number, stratum, hits, file, page, row, book = line
        cells: list[tuple[object, Any]] = [
            (int(number), self.cell),
            (stratum, self.cell),
            (int(hits) if hits else _("整取"), self.cell),
            (file, self.cell),
            (page, self.cell),
            (int(row), self.cell),
        ]
        if not self.privacy.masked:
            cells.append((self.rows.keys[one.at], self.cell))
        cells += [self._value(one.at, name) for name in columns]
        if self.plan.amount:
            cells.append((Decimal(book) if book else None, self.money))
        styles = {"audited": self.fill_money, "checked_on": self.fill_date}
        cells += [(None, styles.get(key, self.fill)) for key in fills]
        for column, (value, style) in enumerate(cells):
            write_cell(sheet, at, column, value, style)

    def _value(self, at: int, name: str) -> tuple[object, Any]:
        """A cell of the ledger: numbers and days as such where nothing of them is hidden."""
        column = self.rows.spec.fields[name]
        value = self.rows.rows.column(name)[at].as_py()
        shown = self.privacy.value(column, value)
        if column.kind == "money":
            return as_cell(column, value), self.money
        if column.kind in ("number", "percent", "int"):
            return as_cell(column, value), self.cell
        if isinstance(value, date) and column.kind == "date" and shown == value.isoformat():
            return value, self.date
        return shown, self.cell

    def _method(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 110)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        wrap = self.cell
        for at, text in enumerate(explanation(self.plan)):
            write_cell(sheet, at, 0, text, self.title if at == 0 else wrap)


def _choices() -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [_(label) for label in RESULTS.values()],
        "error_title": _("请从列表中选择"),
        "error_message": "、".join(_(label) for label in RESULTS.values()),
    }


def _width(spec: SheetSpec, name: str) -> int:
    return {"id": 21, "name": 10, "date": 11, "month": 9, "money": 12, "int": 8}.get(
        spec.fields[name].kind, 16
    )
