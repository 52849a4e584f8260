"""The style of an office, and how it divides its ledgers over sheets; everything is drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tests.restyling.sample import MONTHS, Row, Table


@dataclass
class Style:
    """How an office keeps its tables; everything is drawn from a seed."""

    titles: int
    unit_line: int
    offset: int
    blank_top: int
    serial: str
    decorate: float
    grouped: bool
    repeat: int
    totals: str
    subtotal: int
    blank_every: int
    footer: int
    idle: int
    shuffle: bool
    dates: str
    months: str
    money: str
    wan: str
    ids: str
    names: float
    numbers: str
    percent: str
    fill: str
    packing: str
    sheet_names: str
    file_names: str
    formats: tuple[str, ...]
    split: int

    @classmethod
    def draw(cls, rng: random.Random) -> Style:
        """One office."""
        pick = rng.choice
        return cls(
            titles=pick((0, 1, 1, 1, 2, 3)),
            unit_line=pick((0, 1, 2, 2)),
            offset=pick((0, 0, 0, 1)),
            blank_top=pick((0, 0, 0, 1, 2)),
            serial=pick(("序号", "序号", "序 号", "编号", "No.", "行次", "")),
            decorate=pick((0.0, 0.15, 0.3)),
            grouped=rng.random() < 0.5,
            repeat=pick((0, 0, 0, 50)),
            totals=pick(("", "last", "last", "first", "formula")),
            subtotal=pick((0, 0, 40)),
            blank_every=pick((0, 0, 0, 60, 97)),
            footer=pick((0, 1, 2, 3)),
            idle=pick((0, 0, 1, 2)),
            shuffle=rng.random() < 0.35,
            dates=pick(("cell", "cell", "iso", "short", "dots", "slashes", "chinese", "compact", "number",
                        "serial", "midnight", "stamp", "yy", "mixed")),
            months=pick(("dash", "number", "text", "chinese", "dots", "cell", "slash")),
            money=pick(("number", "number", "number", "commas", "yuan", "sign", "padded", "mixed")),
            wan=pick(("", "", "header", "line")),
            ids=pick(("text", "text", "text", "spaced", "quoted", "wide", "lower", "trailing", "mixed")),
            names=pick((0.0, 0.05, 0.4)),
            numbers=pick(("number", "number", "text", "suffix")),
            percent=pick(("number", "number", "text", "format")),
            fill=pick(("merged", "merged", "blank", "repeat")),
            packing=pick(("topic", "ledger", "sheet", "one", "random")),
            sheet_names=pick(("title", "title", "plain", "number")),
            file_names=pick(("title", "title", "number", "noise")),
            formats=pick(((".xlsx",), (".xlsx",), (".xlsx", ".xls"), (".xls",), (".xlsx", ".csv"),
                          (".ods", ".xlsx"), (".csv", ".tsv"), (".xlsx", ".xls", ".ods", ".csv"))),
            split=pick((1, 1, 1, 2, 3)),
        )  # fmt: skip


@dataclass
class Part:
    """Rows of a ledger that go to one sheet, with what is said outside the columns."""

    table: Table
    rows: list[Row]
    fields: list[str]
    said: dict[str, Any] = field(default_factory=dict)
    label: str = ""


def _by(rows: Sequence[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _long(table: Table) -> Table:
    """Pensions with one row for each month that was paid."""
    kinds = {n: k for n, k in table.kinds.items() if n not in MONTHS and n not in ("sum", "note")}
    rows = []
    for row in table.rows:
        plain = {n: row[n] for n in kinds}
        for index, name in enumerate(MONTHS, 1):
            if row[name] is not None:
                more = {"_refused": row["_refused"]} if "_refused" in row else {}
                rows.append(plain | {"month": date(2023, index, 1), "paid": row[name]} | more)
    return Table(table.ledger, kinds | {"month": "period", "paid": "money"}, rows)


def parts(table: Table, style: Style, rng: random.Random) -> list[Part]:
    """How an office divides a ledger over sheets."""
    name = table.ledger
    if name == "pension_payment" and rng.random() < 0.5:
        table = _long(table)
    fields = [f for f in table.kinds if f != "seq"]
    context = {"dibao_payment": "month", "dibao_roster": "community", "worker_roster": "employer",
               "meter_reading": "kind"}.get(name)  # fmt: skip
    whole = Part(table, table.rows, fields)
    if context:
        without = [f for f in fields if f != context]
        single = [
            Part(table, rows, without, {context: value}, label(value))
            for value, rows in _by(table.rows, lambda row: row[context]).items()
        ]
        if name == "dibao_payment" and rng.random() < 0.3:
            quarters = _by(table.rows, lambda row: (row["month"].month + 2) // 3)
            return [Part(table, rows, fields, {}, f"{'一二三四'[q - 1]}季度") for q, rows in quarters.items()]
        return [replace(whole, fields=[context, *without])] if rng.random() < 0.4 else single
    if name == "contribution_detail":
        way = rng.choice(("quarter", "month", "year", "unit"))
        if way == "quarter":
            groups = _by(table.rows, lambda row: f"{'一二三四'[(row['m'].month - 1) // 3]}季度")
        elif way == "month":
            groups = _by(table.rows, lambda row: f"{row['m'].month}月")
        elif way == "unit":
            groups = _by(table.rows, lambda row: row["unit"])
        else:
            groups = {"": list(table.rows)}
        return [Part(table, rows, fields, {}, label) for label, rows in groups.items()]
    if name in ("household_register", "floating_ledger") and style.split > 1:
        if rng.random() < 0.5:
            step = -(-len(table.rows) // style.split)
            chunks = [table.rows[i : i + step] for i in range(0, len(table.rows), step)]
            return [Part(table, rows, fields, {}, f"（{'一二三四'[i]}）") for i, rows in enumerate(chunks)]
        groups = _by(table.rows, lambda row: row["grid"])
        return [Part(table, rows, fields, {}, label) for label, rows in groups.items()]
    return [whole]


def label(value: Any) -> str:
    return f"{value.year}年{value.month}月" if isinstance(value, date) else str(value)
