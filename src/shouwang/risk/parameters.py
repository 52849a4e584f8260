"""Dated parameters: limits, rates and standards with the source of each value.

A pack declares its parameters in ``parameters.yaml``; an office sets or overrides values in one
file of its own. Where the requirements give no number there is no default, and a rule that asks
for it waits::

    assistance.standard:
      label: 最低生活保障标准
      kind: money
      unit: 元/人·月
      seeds: [S2-11]
      about: 当地每人每月的保障线
      values:
        - {from: 2023-07-01, value: 930, source: 市民政局〔2023〕12号}
        - {from: 2023-07-01, value: 900, division: 柳岸社区, source: ...}

The office file is ``name: value`` (in force from ever) or ``name: [{from, value, source}]``.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import ibis
import yaml
from django.utils.translation import gettext as _
from ibis.expr import types as ir

from shouwang.standards.reading import N_

KINDS = ("money", "number", "percent", "ratio", "integer", "days", "months", "date", "month", "text", "list")
SINCE_EVER = dt.date.min


FORMS = {
    "money": N_("以元为单位的数字，如 930 或 930.50"),
    "number": N_("数字，如 12.5"),
    "percent": N_("百分数，如 4.35 或 4.35%"),
    "ratio": N_("小数或百分数，如 0.1 或 10%"),
    "integer": N_("整数，如 3"),
    "days": N_("天数，如 30"),
    "months": N_("月数，如 6"),
    "date": N_("日期，如 2023-07-01"),
    "month": N_("月份的第一天，如 2023-07-01"),
    "text": N_("文字"),
    "list": N_("列表，如 [甲, 乙]"),
}
"""How an office writes a value of each kind."""


class ParameterError(ValueError):
    """A parameter file that can't be read as such: names file, parameter, value and what to do."""


class MissingParameter(LookupError):
    """A rule asked for a parameter that has no value on the day: the rule waits for it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Value:
    """One value in force from a day on, in one division or (empty) everywhere."""

    start: dt.date
    value: Any
    source: str
    division: str = ""


@dataclass(frozen=True)
class Parameter:
    """A named number of the rules, with its history."""

    name: str
    label: str
    kind: str
    unit: str
    seeds: tuple[str, ...]
    about: str
    values: tuple[Value, ...] = field(default=())

    def at(self, day: dt.date, division: str = "") -> Value | None:
        """The value in force on that day; a division's own value comes before the general one."""
        in_force = [v for v in self.values if v.start <= day and v.division in ("", division)]
        return max(in_force, key=lambda v: (v.division != "", v.start), default=None)


def convert(kind: str, raw: Any, where: str) -> Any:
    """The Python value of a parameter: Decimal, int, date, str or tuple of str."""
    try:
        if kind in ("money", "number", "percent", "ratio"):
            number = Decimal(str(raw).strip().rstrip("%")) / (100 if str(raw).strip().endswith("%") else 1)
            if not number.is_finite():
                raise ValueError(raw)
            return number if kind != "percent" or "%" not in str(raw) else number * 100
        if kind in ("integer", "days", "months"):
            if isinstance(raw, bool) or Decimal(str(raw)) != int(raw):
                raise ValueError(raw)
            return int(raw)
        if kind in ("date", "month"):
            day = raw if isinstance(raw, dt.date) else dt.date.fromisoformat(str(raw))
            return day.replace(day=1) if kind == "month" else day
        if kind == "list":
            if not isinstance(raw, list):
                raise ValueError(raw)
            return tuple(str(item) for item in raw)
    except (ValueError, TypeError, InvalidOperation) as error:
        message = _("{where}：值写的是“{value}”，应写成{form}").format(
            where=where, value=raw, form=_(FORMS[kind])
        )
        raise ParameterError(message) from error
    return str(raw)


def _values(kind: str, raw: Any, where: str) -> tuple[Value, ...]:
    entries = (
        raw if isinstance(raw, list) and raw and all(isinstance(e, dict) for e in raw) else [{"value": raw}]
    )
    if raw is None or raw == []:
        return ()
    found = []
    for entry in entries:
        unknown = set(entry) - {"from", "value", "source", "division"}
        if unknown or "value" not in entry:
            message = _("{where}：每项须有 value，可有 from、source、division；不认识 {unknown}")
            raise ParameterError(message.format(where=where, unknown="、".join(map(str, sorted(unknown)))))
        start = convert("date", entry["from"], where) if "from" in entry else SINCE_EVER
        found.append(
            Value(
                start,
                convert(kind, entry["value"], where),
                str(entry.get("source", "")),
                str(entry.get("division", "")),
            )
        )
    return tuple(sorted(found, key=lambda v: (v.division, v.start)))


def _load(path: Path) -> dict[str, Any]:
    try:
        body = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = _("{path}：第 {line} 行附近的写法不对，请照原文件的样子缩进，冒号后留空格，不用制表符")
        raise ParameterError(message.format(path=path, line=line)) from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ParameterError(_("{path}：不能读取参数文件：{error}").format(path=path, error=error)) from error
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise ParameterError(_("{path}：参数文件应是“名称: 值”的列表").format(path=path))
    return body


def read_declarations(path: Path) -> dict[str, Parameter]:
    """The parameters that a pack declares in its ``parameters.yaml``."""
    found = {}
    for name, entry in _load(path).items():
        where = f"{path.name}: {name}"
        if entry["kind"] not in KINDS:
            raise ParameterError(f"{where}: kind {entry['kind']!r} 不在 {KINDS}")
        found[name] = Parameter(
            name=name,
            label=entry["label"],
            kind=entry["kind"],
            unit=entry.get("unit", ""),
            seeds=tuple(entry.get("seeds", ())),
            about=entry.get("about", ""),
            values=_values(entry["kind"], entry.get("values"), where),
        )
    return found


def with_office_file(declared: Mapping[str, Parameter], path: Path) -> dict[str, Parameter]:
    """The declared parameters with the office's own values, which replace a pack's of that name.

    A name may be written without its pack (``due_day``) where only one pack has it.
    """
    merged = dict(declared)
    short: dict[str, list[str]] = {}
    for full in declared:
        short.setdefault(full.partition(".")[2], []).append(full)
    for written, raw in _load(path).items():
        where = f"{path.name}: {written}"
        candidates = [written] if written in declared else short.get(written, [])
        if len(candidates) > 1:
            message = _("{where}：有几个参数叫这个名称，请写全：{names}")
            raise ParameterError(message.format(where=where, names="、".join(candidates)))
        name = candidates[0] if candidates else written
        if name not in declared:
            close = difflib.get_close_matches(written, [*declared, *short], n=1, cutoff=0.6)
            hint = _("（是否指 {name}？）").format(name=close[0]) if close else ""
            message = _("{where}：没有这个参数{hint}，shouwang parameters 可列出全部名称")
            raise ParameterError(message.format(where=where, hint=hint))
        values = _values(declared[name].kind, raw, where)
        values = tuple(v if v.source else replace(v, source=f"本单位参数文件 {path.name}") for v in values)
        if values:
            merged[name] = replace(declared[name], values=values)
    return merged


@dataclass
class ParameterView:
    """What a rule sees of the parameters on the day of the scan; notes which ones it used."""

    parameters: Mapping[str, Parameter]
    today: dt.date
    allowed: frozenset[str] | None = None
    used: set[str] = field(default_factory=set)
    clock_used: bool = False

    @property
    def as_of(self) -> dt.date:
        """The day as of which the ledgers are looked at; noted, since it may change an answer."""
        self.clock_used = True
        return self.today

    def _parameter(self, name: str) -> Parameter:
        if self.allowed is not None and name not in self.allowed:
            raise KeyError(f"rule uses parameter {name} without declaring it")
        self.used.add(name)
        return self.parameters[name]

    def __getitem__(self, name: str) -> Any:
        """The value in force on the scan's day; :class:`MissingParameter` when there is none."""
        value = self._parameter(name).at(self.today)
        if value is None:
            raise MissingParameter(name)
        return value.value

    def get(self, name: str, default: Any = None) -> Any:
        """The value in force on the scan's day, or ``default``."""
        value = self._parameter(name).at(self.today)
        return default if value is None else value.value

    def at(
        self,
        name: str,
        day: ir.DateValue,
        division: ir.StringValue | None = None,
        made: Callable[[Any], ir.Value] | None = None,
    ) -> ir.Value:
        """The value in force on each row's day (and division), as an expression.

        ``made`` turns a value into what is asked for where that is not the value itself. Null
        before the first value. :class:`MissingParameter` when there is no value at all.
        """
        parameter = self._parameter(name)
        if not parameter.values:
            raise MissingParameter(name)
        cases = []
        for value in sorted(parameter.values, key=lambda v: (v.division != "", v.start), reverse=True):
            literal = made(value.value) if made else _literal(parameter.kind, value.value)
            if value.division and division is None:
                continue
            since = ibis.literal(True) if value.start == SINCE_EVER else day >= ibis.literal(value.start)
            here = since & (division == value.division) if value.division and division is not None else since
            cases.append((here, literal))
        return ibis.cases(*cases, else_=ibis.null(cases[0][1].type())) if cases else ibis.null("string")


def _literal(kind: str, value: Any) -> ir.Value:
    if kind == "money":
        return ibis.literal(value, "decimal(18, 2)")
    if kind in ("number", "percent", "ratio"):
        return ibis.literal(value, "decimal(18, 6)")
    return ibis.literal(value)
