"""Blank template workbooks: one a ledger, with drop-downs, checks and a sheet that explains each column.

The reader reads a filled template back without a mapping: the title and the headers are the declared ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.fields import LedgerField
from shouwang.ledger.workbook import Book, write_cell, write_row
from shouwang.standards.reading import N_

ROWS: Final = 2000
"""For how many rows the checks are laid."""
HEADER: Final = 1
"""The 0-based row of the headers; the title stands above."""
EXPLANATION: Final = N_("填表说明")
OPTIONS: Final = N_("选项")

KINDS: Final = {
    "id": N_("公民身份号码，十八位，文本"),
    "code": N_("编号，文本"),
    "phone": N_("电话，文本"),
    "account": N_("账号，文本"),
    "name": N_("姓名"),
    "text": N_("文字"),
    "date": N_("日期"),
    "month": N_("年月"),
    "datetime": N_("日期和时间"),
    "money": N_("金额，两位小数"),
    "number": N_("数字"),
    "percent": N_("百分数，4.35%写4.35"),
    "int": N_("整数"),
    "bool": N_("是或否"),
}
EXAMPLES: Final = {
    "id": "110101199003070011",
    "date": "2023-04-05",
    "month": "2023-04",
    "datetime": "2023-04-05 09:30",
    "money": "1234.56",
    "number": "12.5",
    "percent": "4.35",
    "int": "3",
    "bool": "是",
    "name": "张三",
    "phone": "138-0000-0000",
}
"""An example for each kind whose field declares none."""

Rows = Iterable[Mapping[str, Any]]


def header_of(column: LedgerField) -> str:
    """The header of a column: its label, with the unit where there is one."""
    return f"{column.label}（{column.unit}）" if column.unit else column.label


def write_template(path: Path, spec: SheetSpec, rows: Rows = ()) -> None:
    """Write the template of a ledger, with ``rows`` (values by field) already filled in."""
    with Book(path) as book:
        page = book.sheet(spec.title)
        columns = list(spec.fields.values())
        title = book.style(bold=True, font_size=16, align="center")
        write_cell(page, 0, 0, spec.title, title)
        heads = {
            False: book.style(bold=True, bg_color="#EEEEEE", border=1, text_wrap=True, valign="vcenter"),
            True: book.style(
                bold=True,
                bg_color="#EEEEEE",
                border=1,
                text_wrap=True,
                valign="vcenter",
                font_color="#C00000",
            ),
        }
        formats = [_format(book, column) for column in columns]
        for index, column in enumerate(columns):
            write_cell(page, HEADER, index, header_of(column), heads[column.required])
            page.set_column(index, index, max(10, min(30, 2 * len(header_of(column)) + 4)), formats[index])
        for at, row in enumerate(rows, HEADER + 1):
            for index, column in enumerate(columns):
                write_cell(page, at, index, as_cell(column, row.get(column.name)), formats[index])
        page.freeze_panes(HEADER + 1, 0)
        page.set_row(HEADER, 32)
        _explain(book, spec)
        _checks(book, page, columns)


def as_cell(column: LedgerField, value: Any) -> object:
    """A value as the template's cell holds it."""
    if value is None:
        return None
    match column.kind:
        case "bool":
            return "是" if value else "否"
        case "month" if isinstance(value, date):
            return f"{value:%Y-%m}"
        case "datetime" if isinstance(value, datetime):
            return value.isoformat(sep=" ")
        case "money" | "number" | "percent" if isinstance(value, Decimal):
            # A spreadsheet keeps fifteen digits; what has more stays exact as text.
            return value if len(value.normalize().as_tuple().digits) <= 15 else f"{value:f}"
        case _:
            return value


def _format(book: Book, column: LedgerField) -> Any:
    match column.kind:
        case "date":
            return book.style(num_format="yyyy-mm-dd")
        case "money":
            return book.style(num_format="#,##0.00")
        case "number" | "percent" | "int":
            return book.style(num_format="General")
        case _:
            return book.style(num_format="@")


def _explain(book: Book, spec: SheetSpec) -> None:
    """The sheet that says what each column is for."""
    page = book.sheet(EXPLANATION)
    bold = book.style(bold=True, bg_color="#EEEEEE", border=1)
    wrap = book.style(text_wrap=True, valign="top")
    write_cell(page, 0, 0, f"{spec.title}：{EXPLANATION}", book.style(bold=True, font_size=14))
    write_cell(page, 1, 0, spec.about)
    write_cell(page, 2, 0, N_("红色表头为必填。一行一条记录，不要合并单元格，不要插入小计。"))
    write_row(
        page, 4, (N_("栏目"), N_("必填"), N_("内容"), N_("单位"), N_("例"), N_("可选值"), N_("说明")), bold
    )
    for at, column in enumerate(spec.fields.values(), 5):
        cells = (
            column.label,
            "是" if column.required else "",
            KINDS.get(column.kind, ""),
            column.unit,
            example(column),
            "、".join(column.values),
            column.note,
        )
        write_row(page, at, cells, wrap)
    for index, width in enumerate((18, 6, 22, 8, 22, 40, 50)):
        page.set_column(index, index, width)


def example(column: LedgerField) -> str:
    """An example value: the declared one, the first of the values, or one of its kind."""
    return column.example or next(iter(column.values), "") or EXAMPLES.get(column.kind, "")


def _checks(book: Book, page: Worksheet, columns: Sequence[LedgerField]) -> None:
    options: Worksheet | None = None
    used = 0
    for index, column in enumerate(columns):
        area = (HEADER + 1, index, HEADER + ROWS, index)
        rule: dict[str, Any] | None = None
        choices = ["是", "否"] if column.kind == "bool" else list(column.values)
        if choices:
            # A list in the rule itself may have 255 characters; columns of a hidden sheet have no such limit.
            if options is None:
                options = book.sheet(OPTIONS)
                options.hide()
            for at, choice in enumerate(choices):
                write_cell(options, at, used, choice)
            column_letter = xl_col_to_name(used)
            source = f"='{OPTIONS}'!${column_letter}$1:${column_letter}${len(choices)}"
            strict = column.kind == "bool"
            rule = {"validate": "list", "source": source, "error_type": "stop" if strict else "warning"}
            used += 1
        elif column.kind == "date":
            first, last = date(1900, 1, 1), date(2199, 12, 31)
            rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        elif column.kind in ("money", "number", "percent"):
            rule = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
        elif column.kind == "int":
            rule = {"validate": "integer", "criteria": "between", "minimum": -(10**15), "maximum": 10**15}
        elif column.kind == "id":
            rule = {"validate": "length", "criteria": "==", "value": 18}
        if rule:
            rule |= {
                "input_title": column.label[:32],
                "input_message": KINDS.get(column.kind, "")[:255],
                "error_title": N_("请核对"),
                "error_message": f"{column.label}：{KINDS.get(column.kind, '')}"[:255],
            }
            page.data_validation(*area, rule)


def file_name(spec: SheetSpec) -> str:
    """The name of a ledger's template file."""
    return f"{spec.title.replace('/', '、')}.xlsx"


def write_templates(folder: Path, specs: Iterable[SheetSpec]) -> list[Path]:
    """Write the templates of several ledgers into a folder; two of the same title get their ledger's name."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for spec in specs:
        path = folder / file_name(spec)
        if path in written:
            path = folder / f"{path.stem}（{spec.name}）.xlsx"
        write_template(path, spec)
        written.append(path)
    return written
