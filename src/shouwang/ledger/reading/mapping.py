"""The mapping file: how each sheet was taken, for a person to read and edit; obeyed when given.

::

    files:
      "07低保金发放表2023.xlsx":
        "1月":
          ledger: assistance.payment      # 低保金发放表; ignore 表示不读
          header: [3]
          context: {month: 2023-01}
          columns:
            B: division                   # 所属社区
            G: {field: due, factor: 10000}
            H: {field: amount, month: 2023-05}
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.reading.accounts import Reading, SheetReading
from shouwang.standards.reading import N_

IGNORE: Final = "ignore"
UNUSED: Final = "~"

_HEAD: Final = N_(
    """# 读取对照：每张表被认作哪本台账，每一列被认作哪一栏。改好后用 --mapping 交回，即按此读取。
# ledger：台账名（shouwang ledgers 列出全部），ignore 表示不读这张表
# header：表头所在行；columns：列号对应的栏目，~ 表示不用这一列
# factor：该列单位折合多少元（万元写10000）；month：该列是哪个月；context：不在列中的值
"""
)


class MappingError(ValueError):
    """A mapping file that cannot be obeyed; the message says where and what is allowed."""


@dataclass(frozen=True)
class ColumnMapping:
    """A column as a mapping file says."""

    field: str
    factor: int = 1
    month: str = ""


@dataclass(frozen=True)
class SheetMapping:
    """A sheet as a mapping file says; ``columns`` is None when the columns are left to the reader."""

    ledger: str
    header: tuple[int, ...] = ()
    columns: Mapping[str, ColumnMapping | None] | None = None
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass
class SheetMappings:
    """A mapping file: sheets by file and name."""

    sheets: dict[tuple[str, str], SheetMapping] = field(default_factory=dict)

    def find(self, file: str, sheet: str) -> SheetMapping | None:
        """What is said about a sheet, None when nothing is."""
        return self.sheets.get((file, sheet)) or self.sheets.get((file, "*"))


def load_mapping(path: Path, ledgers: Mapping[str, SheetSpec]) -> SheetMappings:
    """Read and check a mapping file; every error names file, sheet and column."""
    try:
        body = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MappingError(f"{path}：读不了（{error.strerror}）") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MappingError(f"{path}：不是合格的YAML：{error}") from error
    if not isinstance(body, dict) or not isinstance(body.get("files"), dict):
        raise MappingError(f"{path}：应以 files: 开头，下列各文件")
    found = SheetMappings()
    for file, sheets in body["files"].items():
        if not isinstance(sheets, dict):
            raise MappingError(f"{path}：{file}：应列出工作表")
        for sheet, said in sheets.items():
            where = f"{path}：{file}：{sheet}"
            found.sheets[str(file), str(sheet)] = _sheet(where, said, ledgers)
    return found


def _sheet(where: str, said: Any, ledgers: Mapping[str, SheetSpec]) -> SheetMapping:
    if said == IGNORE:
        return SheetMapping(IGNORE)
    if not isinstance(said, dict):
        raise MappingError(f"{where}：应写 ledger、header、columns")
    if unknown := set(said) - {"ledger", "header", "columns", "context"}:
        raise MappingError(f"{where}：不认识 {'、'.join(sorted(map(str, unknown)))}")
    name = str(said.get("ledger") or IGNORE)
    if name == IGNORE:
        return SheetMapping(IGNORE)
    if name not in ledgers:
        raise MappingError(f"{where}：没有台账 {name}；{_nearest(name, ledgers)}")
    fields = ledgers[name].fields
    header = said.get("header", [])
    header = [header] if isinstance(header, int) else header
    if not isinstance(header, list) or not all(isinstance(r, int) and r > 0 for r in header):
        raise MappingError(f"{where}：header 应为行号，例如 [3, 4]")
    if header and list(header) != list(range(header[0], header[0] + len(header))):
        raise MappingError(f"{where}：header 的行号应相连")
    columns = said.get("columns")
    read: dict[str, ColumnMapping | None] | None = None
    if columns is not None:
        if not isinstance(columns, dict):
            raise MappingError(f"{where}：columns 应写列号对应的栏目")
        read = {str(c).upper(): _column(f"{where}：{c}列", v, fields) for c, v in columns.items()}
        plain = [c.field for c in read.values() if c and not c.month]
        if twice := {f for f in plain if plain.count(f) > 1}:
            raise MappingError(f"{where}：{'、'.join(sorted(twice))} 对应了两列")
    context = said.get("context") or {}
    if not isinstance(context, dict):
        raise MappingError(f"{where}：context 应写栏目和值")
    if wrong := sorted(map(str, set(context) - set(fields))):
        raise MappingError(f"{where}：context：没有栏目 {'、'.join(wrong)}；{_nearest(wrong[0], fields)}")
    return SheetMapping(name, tuple(header), read, {str(k): str(v) for k, v in context.items()})


def _column(where: str, said: Any, fields: Mapping[str, Any]) -> ColumnMapping | None:
    if said is None or said == UNUSED:
        return None
    body = said if isinstance(said, dict) else {"field": said}
    if unknown := set(body) - {"field", "factor", "month"}:
        raise MappingError(f"{where}：不认识 {'、'.join(sorted(map(str, unknown)))}")
    name = str(body.get("field"))
    if name not in fields:
        raise MappingError(f"{where}：没有栏目 {name}；{_nearest(name, fields)}")
    factor = body.get("factor", 1)
    if not isinstance(factor, int) or isinstance(factor, bool) or factor < 1:
        raise MappingError(f"{where}：factor 应为正整数")
    return ColumnMapping(name, factor, str(body.get("month") or ""))


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    close = difflib.get_close_matches(name, list(known), 3, 0.4)
    return f"相近的有 {'、'.join(close)}" if close else f"可用的有 {'、'.join(list(known)[:12])} 等"


def mapping_text(reading: Reading) -> str:
    """The mapping that a reading chose, as a file to edit."""
    lines = [_HEAD.rstrip(), "files:"]
    for file in reading.files:
        if not file.sheets:
            continue
        lines.append(f"  {_quoted(file.path)}:")
        for sheet in file.sheets:
            lines += _sheet_lines(sheet)
    return "\n".join(lines) + "\n" if len(lines) > 2 else f"{lines[0]}\nfiles: {{}}\n"


def sheet_key(name: str, table: int) -> str:
    """How a mapping file calls a table: by the sheet's name, from the second on with its number."""
    return name if table == 1 else f"{name}#{table}"


def _sheet_lines(sheet: SheetReading) -> list[str]:
    key = _quoted(sheet_key(sheet.name, sheet.table))
    if sheet.status != "loaded":
        why = sheet.why or sheet.status
        if sheet.nearest:
            why += N_("；最接近 ") + sheet.nearest
        return [f"    {key}: {IGNORE}  # {_remark(why)}"]
    lines = [
        f"    {key}:",
        f"      ledger: {sheet.ledger}  # {_remark(sheet.label)}",
        f"      header: {list(sheet.header_rows)}",
    ]
    if sheet.context:
        lines.append("      context:")
        lines += [f"        {name}: {_quoted(value)}" for name, value in sheet.context.items()]
    lines.append("      columns:")
    for column in sheet.columns:
        said = column.field or UNUSED
        extra = [f"factor: {column.factor}"] if column.factor != 1 else []
        extra += [f"month: {_quoted(column.month)}"] if column.month else []
        if extra:
            said = "{" + ", ".join([f"field: {said}", *extra]) + "}"
        lines.append(f"        {column.letter}: {said}  # {_remark(column.header)}")
    return lines


def _quoted(text: str) -> str:
    """Text as a double-quoted YAML scalar (JSON strings are YAML)."""
    return json.dumps(text, ensure_ascii=False)


def _remark(text: str) -> str:
    return " ".join(text.split())
