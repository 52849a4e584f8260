"""The same rows as different offices would keep them: a generator of sheets in many styles.

``make_rows`` invents rows for any ledger, ``write`` lays them out in a :class:`Style` and returns what a
reader must load. Everything follows from the seed.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.fields import LedgerField
from shouwang.standards.resident_id import check_character

Row = dict[str, Any]

SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚英华文玉建国红梅桂兰秀珍婷鹏飞雪慧"
WORDS = [
    "正常",
    "已处理",
    "现场查看",
    "电话联系",
    "已整改",
    "按期完成",
    "情况属实",
    "待跟进",
    "已告知本人",
    "第一季度",
    "生活困难",
    "长期患病",
]
PLACES = [
    "云溪花园",
    "听泉小区",
    "锦程新村",
    "桂苑里",
    "望河农贸市场",
    "云溪小学",
    "样织纺织厂",
    "望河卫生院",
]


@dataclass(frozen=True)
class Style:
    """How an office keeps a sheet."""

    name: str
    format: str = "xlsx"
    encoding: str = "utf-8"
    separator: str = ","
    title: bool = True
    unit_line: bool = True
    blank_top: int = 0
    offset: int = 0
    serial: str = "序号"
    wording: str = "label"
    decorate: bool = False
    groups: bool = False
    dates: str = "date"
    money: str = "number"
    factor: int = 1
    ids: str = "plain"
    merged: bool = False
    blank_below: bool = False
    totals: bool = False
    repeat_header: int = 0
    blank_every: int = 0
    footer: bool = True
    drop: float = 0.0
    shuffle: bool = False


@dataclass
class Sheet:
    """Cells and merges before they are written; rows and columns are 0-based."""

    cells: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)


def resident_id(rng: random.Random) -> str:
    """A valid number of an invented region."""
    born = date(1940, 1, 1) + timedelta(days=rng.randrange(25000))
    first = f"9999{rng.randrange(1, 20):02d}{born:%Y%m%d}{rng.randrange(1000):03d}"
    return first + check_character(first)


def name(rng: random.Random) -> str:
    """A name of two or three characters."""
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))


def value(column: LedgerField, index: int, rng: random.Random) -> Any:
    """A plausible value for a column."""
    day = date(2023, 1, 1) + timedelta(days=rng.randrange(364))
    match column.kind:
        case "id":
            return resident_id(rng)
        case "name":
            return name(rng)
        case "date":
            return day
        case "month":
            return day.replace(day=1)
        case "datetime":
            return datetime(day.year, day.month, day.day, rng.randrange(8, 20), rng.randrange(60))
        case "money":
            return (
                Decimal(rng.randrange(1, 500_000)) / 100
                if rng.random() < 0.5
                else Decimal(rng.randrange(1, 9000))
            )
        case "number":
            return Decimal(rng.randrange(1, 100_000)) / 100
        case "percent":
            return Decimal(rng.randrange(100, 9900)) / 100
        case "int":
            return rng.randrange(1, 400)
        case "bool":
            return rng.random() < 0.5
        case "phone":
            return f"190-0000-{rng.randrange(10000):04d}"
        case "account":
            return f"99{rng.randrange(10**16, 10**17)}"
        case "code":
            return f"{column.name[:2].upper()}2023-{index + 1:04d}"
        case _:
            if column.values:
                return rng.choice(list(column.values))
            if column.stands_in == "division":
                return "云溪社区"
            return f"{rng.choice(PLACES)}{rng.choice(WORDS)}{index % 7}"


def make_rows(spec: SheetSpec, count: int, seed: int, group: int = 1) -> list[Row]:
    """Rows with every column filled, optional ones now and then left empty.

    With ``group`` > 1 the columns that the ledger fills down have one value for that many rows.
    """
    rng = random.Random(f"{spec.name}{seed}")
    rows = []
    for index in range(count):
        row = {n: value(c, index, rng) for n, c in spec.fields.items()}
        for n, c in spec.fields.items():
            if not c.required and n not in spec.key and n not in spec.fill_down and rng.random() < 0.12:
                row[n] = None
        row["division"] = "云溪社区"
        if group > 1 and index % group:
            row |= {n: rows[-1][n] for n in spec.fill_down}
        rows.append({n: canonical(spec.fields[n], v) for n, v in row.items()})
    return rows


def canonical(column: LedgerField, value: Any) -> Any:
    """The value as a snapshot holds it."""
    if value is None:
        return None
    if column.kind == "money":
        return Decimal(value).quantize(Decimal("0.01"))
    if column.kind in ("number", "percent"):
        return Decimal(value).quantize(Decimal("0.0001"))
    return value


def headers(spec: SheetSpec, columns: list[str], style: Style, rng: random.Random) -> list[str]:
    """What the sheet calls its columns; two columns never get the same header."""
    taken: set[str] = set()
    found = []
    for n in columns:
        column = spec.fields[n]
        # A spelling that another column of the ledger also has would be ambiguous to anybody.
        others = {a for m, c in spec.fields.items() if m != n for a in (c.label, *c.aliases)}
        spellings = [column.label, *(a for a in column.aliases if a not in others and "/" not in a)]
        text = column.label if style.wording == "label" else rng.choice(spellings)
        if text in taken:
            text = next(t for t in spellings if t not in taken)
        taken.add(text)
        if style.factor != 1 and column.kind == "money":
            text = f"{text}（{'万元' if style.factor == 10_000 else '千元'}）"
        elif style.decorate and column.kind == "money" and rng.random() < 0.5:
            text = f"{text}(元)"
        if style.decorate:
            spot = rng.random()
            if len(text) == 2 and spot < 0.5:
                text = f"{text[0]} {text[1]}"
            elif len(text) > 4 and spot < 0.3 and "(" not in text and "（" not in text:
                text = f"{text[:2]}\n{text[2:]}"
            elif spot > 0.9:
                text = f"*{text}"
        found.append(text)
    return found


def cell(column: LedgerField, value: Any, style: Style, rng: random.Random) -> Any:
    """A value as the office types it."""
    if value is None:
        return None if rng.random() < 0.8 else rng.choice(("/", "—", "  "))
    match column.kind:
        case "date" | "month" | "datetime":
            return _date_cell(column.kind, value, style, rng)
        case "money":
            amount = value / style.factor
            if style.factor != 1:
                return float(amount)
            return {
                "number": lambda: float(amount),
                "text": lambda: f"{amount:,.2f}",
                "yuan": lambda: f"¥{amount:,.2f}",
                "suffix": lambda: f"{amount}元",
                "wide": lambda: _wide(f"{amount:.2f}"),
            }[style.money]()
        case "number" | "percent":
            return float(value) if style.money == "number" else f"{value.normalize():f}"
        case "int":
            return float(value) if style.money == "number" else str(value)
        case "bool":
            return {True: rng.choice(("是", "√")), False: rng.choice(("否", "×"))}[value]
        case "id":
            return {
                "plain": lambda: value,
                "spaced": lambda: f"{value[:6]} {value[6:14]} {value[14:]}",
                "wide": lambda: _wide(value),
                "quoted": lambda: f"'{value}",
                "lower": lambda: value.replace("X", "x") + " ",
            }[style.ids]()
        case "name":
            return (
                f"{value[0]} {value[1]}"
                if len(value) == 2 and style.decorate and rng.random() < 0.5
                else value
            )
        case _:
            return f" {value}" if style.decorate and rng.random() < 0.1 else value


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _date_cell(kind: str, value: Any, style: Style, rng: random.Random) -> Any:
    forms = {
        "date": value,
        "iso": f"{value:%Y-%m-%d}",
        "dots": f"{value.year}.{value.month}.{value.day}",
        "slashes": f"{value.year}/{value.month}/{value.day}",
        "chinese": f"{value.year}年{value.month}月{value.day}日",
        "compact": f"{value:%Y%m%d}",
    }
    chosen = rng.choice(list(forms)) if style.dates == "mixed" else style.dates
    if kind == "datetime":
        return value if chosen == "date" else f"{forms[chosen]} {value:%H:%M}"
    if kind == "month":
        return {
            "date": f"{value:%Y%m}",
            "iso": f"{value:%Y-%m}",
            "dots": f"{value:%Y.%m}",
            "slashes": f"{value:%Y/%m}",
            "chinese": f"{value.year}年{value.month}月",
            "compact": f"{value:%Y%m}",
        }[chosen]
    return forms[chosen]


def write(
    path: Path, spec: SheetSpec, rows: list[Row], style: Style, seed: int = 0
) -> tuple[Path, list[str], list[Row]]:
    """Write the sheet; returns the file, the columns it has, and the rows a reader must load."""
    rng = random.Random(f"{spec.name}{style.name}{seed}")
    columns = [n for n, c in spec.fields.items() if n != "division" or c.required]
    if style.drop:
        columns = [
            n for n in columns if spec.fields[n].required or n in spec.key or rng.random() > style.drop
        ]
    if style.shuffle:
        rng.shuffle(columns)
    sheet = Sheet()
    phrase = spec.title if style.wording == "label" else rng.choice((spec.title, *spec.aliases))
    width = style.offset + len(columns) + bool(style.serial)
    for _ in range(style.blank_top):
        sheet.cells.append([])
    if style.title:
        sheet.cells.append([None] * style.offset + [f"望河街道云溪社区2023年{phrase}"])
        sheet.merges.append((len(sheet.cells) - 1, style.offset, len(sheet.cells) - 1, width - 1))
    if style.unit_line:
        sheet.cells.append(
            [None] * style.offset + ["填报单位：望河街道云溪社区", None, "填表日期：2023年12月31日"]
        )
    words = headers(spec, columns, style, rng)
    header = [None] * style.offset + ([style.serial] if style.serial else []) + words
    header_rows = _header_rows(sheet, header, columns, style)
    filled = [n for n in spec.fill_down if n in columns]
    group_start: dict[int, int] = {}
    for index, row in enumerate(rows):
        if style.repeat_header and index and index % style.repeat_header == 0:
            sheet.cells += [list(r) for r in header_rows]
        if style.blank_every and index and index % style.blank_every == 0:
            sheet.cells.append([])
        same = index > 0 and filled and all(row[n] == rows[index - 1][n] for n in filled)
        continued = same and (style.merged or style.blank_below)
        at = len(sheet.cells)
        line: list[Any] = [None] * style.offset
        if style.serial:
            line.append(float(index + 1))
        for n in columns:
            column = spec.fields[n]
            position = len(line)
            if continued and n in filled:
                line.append(None)
                if style.merged:
                    group_start.setdefault(position, at - 1)
            else:
                if position in group_start:
                    sheet.merges.append((group_start.pop(position), position, at - 1, position))
                line.append(cell(column, row[n], style, rng))
        sheet.cells.append(line)
        if style.totals and index % 9 == 8 and not continued:
            for position, start in list(group_start.items()):
                sheet.merges.append((start, position, at, position))
                del group_start[position]
            sheet.cells.append(_total(spec, columns, rows, style, "小计"))
    for position, start in group_start.items():
        sheet.merges.append((start, position, len(sheet.cells) - 1, position))
    if style.totals:
        sheet.cells.append(_total(spec, columns, rows, style, "合 计"))
    if style.footer:
        sheet.cells += [[], [None] * style.offset + ["制表人：王敏", None, None, "审核人：李强"],
            [None] * style.offset + ["说明：1.本表由社区填报；2.数据以年末为准。"]]  # fmt: skip
    target = path / f"{spec.title.replace('/', '')}2023.{_extension(style)}"
    _WRITERS[style.format](target, sheet, style, "云溪社区" if style.format != "csv" else "")
    return target, columns, rows


def _extension(style: Style) -> str:
    return style.format if style.format != "csv" else ("tsv" if style.separator == "\t" else "csv")


def _header_rows(sheet: Sheet, header: list[Any], columns: list[str], style: Style) -> list[list[Any]]:
    """One header row, or two with the last third of the columns under a group."""
    start = style.offset + bool(style.serial)
    if not style.groups or len(columns) < 4:
        sheet.cells.append(header)
        return [header]
    first = start + len(columns) - len(columns) // 3 - 1
    last = start + len(columns) - 2
    upper = [c if not first <= i <= last else None for i, c in enumerate(header)]
    lower = [c if first <= i <= last else None for i, c in enumerate(header)]
    upper[first] = "有关情况"
    at = len(sheet.cells)
    sheet.cells += [upper, lower]
    sheet.merges.append((at, first, at, last))
    for index, text in enumerate(upper):
        if text is not None and not first <= index <= last:
            sheet.merges.append((at, index, at + 1, index))
    return [upper, lower]


def _total(spec: SheetSpec, columns: list[str], rows: list[Row], style: Style, word: str) -> list[Any]:
    line: list[Any] = [None] * style.offset
    if style.serial:
        line.append(word)
    for index, n in enumerate(columns):
        amounts = [r[n] for r in rows if r[n] is not None]
        is_sum = spec.fields[n].kind == "money"
        line.append(float(sum(amounts)) if is_sum else (word if not style.serial and index == 0 else None))
    return line


def _write_xlsx(path: Path, sheet: Sheet, style: Style, name: str) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    page = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for r, row in enumerate(sheet.cells):
        for c, item in enumerate(row):
            if isinstance(item, datetime):
                page.write_datetime(r, c, item, moment)
            elif isinstance(item, date):
                page.write_datetime(r, c, item, day)
            elif isinstance(item, float):
                page.write_number(r, c, item)
            elif item is not None:
                page.write_string(r, c, item)
    for top, left, bottom, right in sheet.merges:
        if (top, left) != (bottom, right):
            item = sheet.cells[top][left]
            page.merge_range(top, left, bottom, right, "", day if isinstance(item, date) else None)
            if isinstance(item, float):
                page.write_number(top, left, item)
            elif isinstance(item, date):
                page.write_datetime(top, left, item, day)
            elif item is not None:
                page.write_string(top, left, item)
    book.close()


def _write_xls(path: Path, sheet: Sheet, style: Style, name: str) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet(name, cell_overwrite_ok=True)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    moment = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    plain = xlwt.easyxf()

    def look(item: Any) -> Any:
        return moment if isinstance(item, datetime) else day if isinstance(item, date) else plain

    inside = {(r, c) for t, le, b, ri in sheet.merges for r in range(t, b + 1) for c in range(le, ri + 1)}
    for r, row in enumerate(sheet.cells):
        for c, item in enumerate(row):
            if item is not None and (r, c) not in inside:
                page.write(r, c, item, look(item))
    for top, left, bottom, right in sheet.merges:
        item = sheet.cells[top][left]
        page.write_merge(top, bottom, left, right, item, look(item))
    book.save(str(path))


def _write_ods(path: Path, sheet: Sheet, style: Style, name: str) -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name=name)
    spans = {(t, le): (b - t + 1, ri - le + 1) for t, le, b, ri in sheet.merges}
    covered = {
        (r, c)
        for t, le, b, ri in sheet.merges
        for r in range(t, b + 1)
        for c in range(le, ri + 1)
        if (r, c) != (t, le)
    }
    width = max((len(row) for row in sheet.cells), default=0)
    for r, row in enumerate(sheet.cells):
        line = TableRow()
        for c in range(width):
            item = row[c] if c < len(row) else None
            extra: dict[str, Any] = {}
            if (r, c) in spans:
                extra = {"numberrowsspanned": spans[r, c][0], "numbercolumnsspanned": spans[r, c][1]}
            if (r, c) in covered:
                line.addElement(CoveredTableCell())
                continue
            if isinstance(item, (date, datetime)):
                element = TableCell(valuetype="date", datevalue=item.isoformat(), **extra)
            elif isinstance(item, float):
                element = TableCell(valuetype="float", value=repr(item), **extra)
            elif item is None:
                element = TableCell(**extra)
            else:
                element = TableCell(valuetype="string", **extra)
            if item is not None:
                element.addElement(P(text=str(item)))
            line.addElement(element)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))


def _write_csv(path: Path, sheet: Sheet, style: Style, name: str) -> None:
    with path.open("w", encoding=style.encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=style.separator)
        for row in sheet.cells:
            writer.writerow([_csv_cell(item) for item in row])


def _csv_cell(item: Any) -> str:
    if item is None:
        return ""
    if isinstance(item, float):
        return f"{item:g}" if item == int(item) and abs(item) < 1e6 else repr(item)
    if isinstance(item, datetime):
        return f"{item.year}/{item.month}/{item.day} {item:%H:%M}"
    return f"{item.year}/{item.month}/{item.day}" if isinstance(item, date) else str(item)


_WRITERS = {"xlsx": _write_xlsx, "xls": _write_xls, "ods": _write_ods, "csv": _write_csv}

STYLES = (
    Style("plain"),
    Style("aliases", wording="alias", decorate=True, shuffle=True, dates="mixed", ids="spaced"),
    Style("grouped", groups=True, wording="alias", dates="dots", money="text", totals=True, ids="lower"),
    Style("bare", title=False, unit_line=False, footer=False, serial="", dates="iso"),
    Style(
        "aside",
        offset=2,
        blank_top=2,
        serial="编号",
        dates="chinese",
        money="yuan",
        ids="wide",
        repeat_header=10,
    ),
    Style("ten-thousands", factor=10_000, wording="alias", dates="slashes", blank_every=7, totals=True),
    Style("merged", merged=True, decorate=True, dates="compact", money="suffix", drop=0.3),
    Style("blank-below", blank_below=True, wording="alias", drop=0.4, money="wide", ids="quoted"),
    Style("old", format="xls", wording="alias", dates="date", groups=True, totals=True),
    Style("open", format="ods", wording="alias", decorate=True, dates="date", merged=True),
    Style("comma", format="csv", encoding="gb18030", dates="slashes", title=False, unit_line=False),
    Style(
        "tabs", format="csv", encoding="utf-16", separator="\t", dates="mixed", wording="alias", decorate=True
    ),
    Style(
        "bom", format="csv", encoding="utf-8-sig", separator=";", money="text", wording="alias", shuffle=True
    ),
)
