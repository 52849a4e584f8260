"""The sample office taken apart with its manifest: tables of plain values, by ledger."""

from __future__ import annotations

import csv
import json
import zlib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineWorkbook

from shouwang.standards.dates import parse_date, parse_datetime, parse_month
from shouwang.standards.money import parse_money
from shouwang.standards.quantity import parse_integer, parse_percent
from shouwang.standards.text import clean_name, is_empty_mark, normalise, squeeze

Row = dict[str, Any]

MONTHS: Final = tuple(f"m{i:02d}" for i in range(1, 13))
HOUSEHOLD: Final = (
    "seq", "no", "cat", "head", "n", "fam", "avg", "topup", "amount",
    "d1", "d2", "d3", "start", "stop", "evid",
)  # fmt: skip
"""Columns of the roster that belong to the household."""
CORE: Final = (
    "dibao_roster",
    "dibao_payment",
    "loan_application",
    "loan_ledger",
    "loan_training",
    "death_list",
)
"""Ledgers that are kept whole when the sample is thinned."""


@dataclass
class Table:
    """All rows of one ledger; a row may carry ``_refused``: (field, raw cell, reason)."""

    ledger: str
    kinds: dict[str, str]
    rows: list[Row] = field(default_factory=list)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(column: int) -> str:
    """The letters of a 0-based column."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _grids(path: Path) -> dict[str, list[list[Any]]]:
    if path.suffix == ".csv":
        with path.open(encoding="gb18030", newline="") as stream:
            return {"": list(csv.reader(stream))}
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _value(kind: str, raw: Any) -> Any:
    if raw is None or (isinstance(raw, str) and (not raw.strip() or is_empty_mark(raw))):
        return normalise(raw) or None if kind == "text" and isinstance(raw, str) else None
    match kind:
        case "date":
            return parse_date(raw, year=2023).value
        case "dt":
            return parse_datetime(raw, year=2023).value
        case "ym" | "period":
            return parse_month(
                str(raw).removesuffix(".0") if isinstance(raw, float) else raw, year=2023
            ).value
        case "money":
            return parse_money(raw).value
        case "int":
            return parse_integer(raw).value
        case "pct":
            return parse_percent(raw).value
        case "id":
            return squeeze(str(raw)).strip("'").upper()
        case "name":
            return clean_name(str(raw)) or None
        case "code" | "account" | "phone":
            return (
                squeeze(str(raw).removesuffix(".0") if isinstance(raw, float) else str(raw)).strip("'")
                or None
            )
        case _:
            return normalise(str(raw)) or None


@cache
def load(office: Path) -> dict[str, Table]:
    """The tables of the sample office, those of one ledger put together."""
    manifest = json.loads((office / "manifest.json").read_text(encoding="utf-8"))
    with (office / "rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        refused = {(r["file"], r["sheet"], int(r["row"])): r for r in csv.DictReader(stream)}
    tables: dict[str, Table] = {}
    for file in manifest["files"]:
        grids = _grids(office / file["file"])
        for sheet in file["sheets"]:
            if sheet["use"] != "ledger":
                continue
            grid = grids.get(sheet["sheet"], grids.get("", []))
            context = {k: v for k, v in sheet.get("context", {}).items() if k != "enterprise"}
            if sheet["ledger"] == "dibao_payment":
                context["month"] = parse_month(context["month"]).value
            kinds = {c["field"]: c["type"] for c in sheet["columns"]}
            extra = {name: "period" if name == "month" else "text" for name in context}
            table = tables.setdefault(sheet["ledger"], Table(sheet["ledger"], kinds | extra))
            skip = {r for rows in sheet["not_data_rows"].values() for r in rows}
            above: Row = {}
            for number in range(sheet["first_data_row"], sheet["last_data_row"] + 1):
                if number in skip:
                    continue
                cells = grid[number - 1]
                row: Row = dict(context)
                for c in sheet["columns"]:
                    at = _column(c["col"])
                    row[c["field"]] = _value(c["type"], cells[at] if at < len(cells) else None)
                if sheet["ledger"] == "dibao_roster" and row["no"] is None:
                    row |= {name: above[name] for name in HOUSEHOLD}
                above = row
                if wrong := refused.get((file["file"], sheet["sheet"], number)):
                    row["_refused"] = (wrong["field"], wrong["raw_value"], wrong["reason"])
                table.rows.append(row)
    return tables


def hash_of(text: str) -> int:
    """The same number for the same text in every run."""
    return zlib.crc32(text.encode())


def thin(tables: dict[str, Table], truth: Path, every: int) -> dict[str, Table]:
    """Without most of the persons who are in no core ledger and no planted case: one of ``every`` stays.

    A person goes from all ledgers or from none, so that nothing seems missing.
    """
    with truth.open(encoding="utf-8-sig", newline="") as stream:
        cases = list(csv.DictReader(stream))
    keys = {key for case in cases for key in case["subject_key"].split("|")}
    text = " ".join(case["detail_zh"] for case in cases)
    metered = {str(row["house"]) for row in tables["meter_ledger"].rows if row["house"]}
    wanted = {row["id"] for name in CORE for row in tables[name].rows}
    wanted |= {
        row["id"] for table in tables.values() for row in table.rows if _wanted(row, keys, metered, text)
    }

    def stays(row: Row) -> bool:
        number = row["id"] or ""
        return number in wanted or "_refused" in row or hash_of(number) % every == 0

    return {
        name: replace(table, rows=[row for row in table.rows if stays(row)])
        if "id" in table.kinds and name not in CORE
        else table
        for name, table in tables.items()
    }


def _wanted(row: Row, keys: set[str], metered: set[str], text: str) -> bool:
    """Whether a planted case needs the row: by person, household, dwelling or address."""
    if not row.get("id"):
        return False
    named = row["id"] in keys or row.get("hh_no") in keys or row.get("house") in keys | metered
    return named or (row.get("addr") or "—") in text
