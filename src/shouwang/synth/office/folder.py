"""Writes a town as a folder of workbooks, with the truth beside it."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
import xlsxwriter

from shouwang.ledger.catalogue import ledger
from shouwang.risk import catalogue
from shouwang.standards.resident_id import MESSAGES
from shouwang.synth import town
from shouwang.synth import vocabulary as words
from shouwang.synth.numbers import resident_ids
from shouwang.synth.office.sheet import Layout, Sheet, is_day
from shouwang.synth.office.style import Cell, Style
from shouwang.synth.parquet import Made, Progress
from shouwang.synth.settings import Settings
from shouwang.synth.table import Row
from shouwang.synth.truth import Truth, write_parameters

FILES: Final = {
    "户籍人口": ("registry.household", "registry.person"),
    "网格与点位": (
        "registry.division",
        "registry.place",
        "population.beat_assignment",
        "population.joint_mechanism",
        "population.community_profile",
    ),
    "外来人口排查": (
        "population.floating_person",
        "population.screening_task",
        "population.screening_summary",
    ),
    "走访记录": ("population.visit",),
    "信息研判与宣传": (
        "population.dynamic_information",
        "population.hazard",
        "population.cooperation_request",
        "office.publicity",
    ),
    "死亡人员": ("registry.death",),
    "残疾失业退休": ("registry.disability", "registry.unemployment", "registry.retirement"),
    "低保名册": ("assistance.recipient",),
    "低保发放": ("assistance.payment",),
    "低保资金": (
        "assistance.fund_entry",
        "assistance.fund_forecast",
        "assistance.donation",
        "assistance.standard",
        "assistance.economic_indicator",
        "assistance.phase",
    ),
    "单位用工与商户": ("registry.organisation", "registry.employment", "registry.business"),
    "参保缴费": (
        "insurance.participation",
        "insurance.contribution",
        "insurance.insured_unit",
        "insurance.unit_collection",
    ),
    "养老金": ("insurance.pension_payment",),
    "医保结算": (
        "insurance.inpatient_stay",
        "insurance.pharmacy_purchase",
        "insurance.ward_check",
        "insurance.provider",
        "insurance.provider_evaluation",
        "insurance.supervision",
        "insurance.supervision_plan",
    ),
}
REST: Final = {
    "accounting": "村社区会计委托",
    "assistance": "低保社工与就业",
    "culture": "文化活动项目",
    "energy": "能源计量",
    "insurance": "社保经办",
    "integrity": "廉政风险防范",
    "microcredit": "小额担保贷款",
    "office": "岗位任职与档案培训",
    "population": "排查其他",
    "registry": "名册其他",
    "safety": "安全社区",
}
YEAR_TOTAL: Final = "insurance.pension-year-total-wrong"
"""A kind that is there only where the months stand in columns beside their total."""
PLAIN_TEXT: Final = "走访记录"
"""The file that is kept as text separated by commas."""
SPOILED: Final = (
    "registry.person",
    "population.floating_person",
    "registry.disability",
    "insurance.inpatient_stay",
    "insurance.pharmacy_purchase",
)
"""Ledgers to which rows with a broken ID are added; nobody else is meant by them."""


def write(settings: Settings, out: Path, progress: Progress | None = None) -> Made:
    """Write the town below ``out``: ``office/``, ``truth.csv``, ``rejected.csv`` and ``parameters.yaml``."""
    folder = out / "office"
    folder.mkdir(parents=True, exist_ok=True)
    frames: dict[str, list[pl.DataFrame]] = {}
    names: list[str] = []
    style = Style(settings.seed)
    with Truth(out / "truth.csv") as truth:
        for done, site in enumerate(town.communities(settings), start=1):
            names.append(site.name)
            for name, table in site.tables.items():
                frame = table.done()
                if frame.height:
                    frames.setdefault(name, []).append(frame)
            truth.add([c for c in site.cases if style.pensions_wide or c.rule != YEAR_TOTAL])
            if progress:
                progress(done, len(settings.sizes))
    ledgers = {name: pl.concat(parts, how="diagonal") for name, parts in sorted(frames.items())}
    refused = _write_files(settings, style, folder, ledgers, names)
    with (out / "rejected.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("file", "sheet", "row", "field", "header", "raw_value", "reason", "reason_zh"))
        writer.writerows(refused)
    write_parameters(settings, out / "parameters.yaml")
    return Made({n: f.height for n, f in ledgers.items()}, dict(truth.hits), dict(truth.near))


def _write_files(
    settings: Settings,
    style: Style,
    folder: Path,
    ledgers: dict[str, pl.DataFrame],
    communities: list[str],
) -> list[tuple[Any, ...]]:
    known = {name for file in FILES.values() for name in file}
    files = {title: [n for n in names if n in ledgers] for title, names in FILES.items()}
    for name in ledgers:
        if name not in known:
            files.setdefault(REST[name.partition(".")[0]], []).append(name)
    refused: list[tuple[Any, ...]] = []
    written = [(title, names) for title, names in files.items() if names]
    for number, (title, names) in enumerate(written, start=1):
        sheets = [s for name in names for s in _sheets(settings, style, name, ledgers[name], communities)]
        plain = title == PLAIN_TEXT
        file = folder / f"{number:02d}{title}{settings.year}.{'csv' if plain else 'xlsx'}"
        if plain:
            _write_text(file, sheets[0], style.csv_encoding)
        else:
            _write_workbook(file, sheets, settings.year)
        for sheet in sheets:
            for row, field, header, cell, reason in sheet.refused:
                shown = "" if plain else sheet.name
                refused.append((file.name, shown, row, field, header, cell, reason, MESSAGES[reason].text))
    return refused


def _sheets(
    settings: Settings, style: Style, name: str, frame: pl.DataFrame, communities: list[str]
) -> list[Sheet]:
    """The sheets of a ledger: one, or one a month, or one a community."""
    spec = ledger(name)
    asked = {c for rule in catalogue.rules().values() for c in rule.needs.get(name, ())}
    filled = [
        c for c in spec.fields if c in frame.columns and (c in asked or frame[c].null_count() < frame.height)
    ]
    divisions = frame["division"].to_list()
    by_month = name == "assistance.payment" and style.months_apart
    wide = name == "insurance.pension_payment" and style.pensions_wide
    apart = (
        style.communities_apart
        and not wide
        and name not in ("population.visit", "assistance.payment")
        and frame.height > 30
        and set(divisions) <= set(communities)
        and len(communities) > 1
    )
    left_out = {"division"} if apart or set(divisions) == {None} else set()
    left_out |= {"month"} if by_month else set()
    left_out |= {"month", "amount", "paid_on"} if wide else set()
    left_out |= {"year_total"} if name == "insurance.pension_payment" and not wide else set()
    layout = Layout.draw(spec, style, [c for c in filled if c not in left_out])
    street = words.STREETS[settings.seed % len(words.STREETS)]
    rows = frame.rows(named=True)
    year = f"{settings.year}年"
    if by_month:
        return [
            layout.sheet(
                f"{m}月",
                [r for r in rows if r["month"].month == m],
                f"{street}{year}{m}月{layout.title}",
                street,
            )
            for m in range(1, 13)
        ]
    if wide:
        months = [f"{m}月" for m in range(1, 13)]
        return [
            layout.sheet(
                layout.title[:28], _spread(rows), f"{street}{year}{layout.title}", street, months=months
            )
        ]
    if apart:
        groups = [(place, [r for r in rows if r["division"] == place]) for place in communities]
        return [
            layout.sheet(
                f"{place[:6]}{layout.title}"[:28],
                own,
                f"{street}{place}{year}{layout.title}",
                place,
                broken=_spoil(settings, name, own, k),
            )
            for k, (place, own) in enumerate(groups)
            if own
        ]
    broken = _spoil(settings, name, rows, 0)
    return [layout.sheet(layout.title[:28], rows, f"{street}{year}{layout.title}", street, broken=broken)]


def _spread(rows: list[Row]) -> list[Row]:
    """One row a person and kind with the months in columns; a second payment of a month stands below."""
    made: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        month, turn = f"{row['month'].month}月", 0
        while month in made.get((row["person"], row["kind"], turn), {}):
            turn += 1
        own = made.setdefault((row["person"], row["kind"], turn), dict(row))
        amount = row["amount"]
        own[month] = int(amount) if amount == amount.to_integral_value() else float(amount)
        if row["note"]:
            own["note"] = row["note"]
    return list(made.values())


def _spoil(settings: Settings, name: str, rows: list[Row], turn: int) -> dict[int, tuple[str, Cell, str]]:
    """Add rows with an ID that cannot be read; answers by row the cell and the reason."""
    if name not in SPOILED or len(rows) < 20:
        return {}
    rng = random.Random(f"{settings.seed} {name} {turn}")
    broken: dict[int, tuple[str, Cell, str]] = {}
    wrongs: list[tuple[str, Callable[[str], Cell]]] = [
        ("id_checksum", lambda n: n[:17] + str((int(n[17]) if n[17] != "X" else 10) * 3 % 10 + 1)[:1]),
        ("id_length", lambda n: n[:17]),
        ("id_lost_digits", lambda n: float(int(n[:15]) * 1000)),
    ]
    for k, (reason, wrong) in enumerate(wrongs):
        at = rng.randrange(2, len(rows))
        born = dt.date(settings.year - rng.randrange(20, 60), rng.randrange(1, 13), rng.randrange(1, 28))
        region = 999998
        number = str(
            resident_ids(region, np.array([int(born.strftime("%Y%m%d"))]), np.array([rng.randrange(1000)]))[0]
        )
        cell = wrong(number)
        if reason == "id_checksum" and cell == number:
            cell = number[:17] + ("0" if number[17] != "0" else "1")
        moved = {(i + 1 if i >= at else i): value for i, value in broken.items()}
        broken = {**moved, at: ("person", cell, reason)}
        rows.insert(at, {**rows[at - 1], "name": f"未{'甲乙丙'[k]}", "household_no": None, "person": number})
    return broken


def _write_text(file: Path, sheet: Sheet, encoding: str) -> None:
    with file.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        for row in sheet.rows:
            writer.writerow([c.isoformat() if isinstance(c, dt.date) else c for c in row])


def _write_workbook(file: Path, sheets: list[Sheet], year: int) -> None:
    book = xlsxwriter.Workbook(str(file))
    # The day of creation is the only thing that would differ from run to run.
    book.set_properties({"created": dt.datetime(year, 12, 31)})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    taken: set[str] = set()
    for sheet in sheets:
        name = sheet.name
        while name in taken:
            name = f"{name[:26]}{len(taken)}"
        taken.add(name)
        page = book.add_worksheet(name)
        sheet.name = name
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                if is_day(cell):
                    page.write_datetime(r, c, cell, moment if isinstance(cell, dt.datetime) else day)
                elif isinstance(cell, str):
                    page.write_string(r, c, cell)
                else:
                    page.write_number(r, c, cell)
        for top, left, bottom, right in sheet.merges:
            if (top, left) != (bottom, right):
                first = sheet.rows[top][left] if left < len(sheet.rows[top]) else None
                page.merge_range(top, left, bottom, right, None)
                if isinstance(first, str):
                    page.write_string(top, left, first)
                elif is_day(first):
                    page.write_datetime(top, left, first, day)
                elif first is not None:
                    page.write_number(top, left, first)
    book.close()
