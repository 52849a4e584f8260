"""One sheet from grid to records: recognise it, tell its rows apart, read them, account for every one."""

from __future__ import annotations

from typing import Final

import polars as pl

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.reading import match as matching
from shouwang.ledger.reading.accounts import ColumnReading, Note, SheetReading, column_index, letter
from shouwang.ledger.reading.content import evidence
from shouwang.ledger.reading.context import MONEY_UNITS, Surroundings
from shouwang.ledger.reading.filling import fill
from shouwang.ledger.reading.grid import Grid
from shouwang.ledger.reading.layout import Layout, find_layout, fixed_layout
from shouwang.ledger.reading.mapping import IGNORE, SheetMapping
from shouwang.ledger.reading.match import Candidate, Match
from shouwang.ledger.reading.records import Judge, SheetResult, heading_columns, make_records, read_columns
from shouwang.ledger.reading.rows import classify, numbers, strip_tail
from shouwang.ledger.reading.tables import next_table, part
from shouwang.ledger.reading.vocabulary import Vocabulary, full_key
from shouwang.standards.reading import N_

HEAD: Final = 60
CLEARER: Final = 0.1
"""By how much more of the columns one of two ledgers must explain to be preferred."""
QUANTITIES: Final = ("money", "number", "percent", "int")

WHY: Final = {
    "empty": N_("空表"),
    "no_table": N_("没有表头，不是表格"),
    "void": N_("名称或标题注明作废或样表"),
    "hidden_copy": N_("隐藏的备份或旧表"),
    "reference": N_("代码字典或填表说明"),
    "summary": N_("汇总统计，不是逐条登记的台账"),
    "mapping": N_("对照文件要求不读"),
    "copy": N_("与另一张表内容完全相同"),
    "no_rows": N_("只有表头，没有数据"),
}
"""Why a sheet is ignored."""


def read_sheet(
    grid: Grid,
    path: str,
    words: Vocabulary,
    said: SheetMapping | None = None,
    judge: Judge | None = None,
) -> SheetResult:
    """Read one sheet of the file at ``path`` (relative to the folder); ``judge`` may refuse records."""
    reading = SheetReading(grid.name, grid.hidden, rows=grid.height, notes=list(grid.notes))
    result = SheetResult(reading)
    if said and said.ledger == IGNORE:
        return _ignored(result, "mapping")
    if grid.height == 0:
        return _ignored(result, "empty")
    head = grid.head(HEAD if not said or not said.header else max(HEAD, said.header[-1] + 12))
    if said and said.header:
        layout: Layout | None = fixed_layout(head, grid.merges, said.header[0] - 1, len(said.header))
    else:
        layout = find_layout(head, grid.merges, words)
    if layout is None:
        return _ignored(result, "no_table")
    if (below := next_table(grid, layout, words)) is not None:
        result.rest = part(grid, below, grid.height, layout.title)
        grid = part(grid, 0, below)
        reading.rows = grid.height
    around = Surroundings(path, grid.name, (*layout.title, *grid.lines_before))
    reading.title = around.title
    if not said and (why := matching.void_reason(grid.name, [around.title], grid.hidden)):
        return _ignored(result, why)
    columns = {
        i: (header, evidence(grid.frame[grid.frame.columns[i]].slice(layout.data), header.parts))
        for i, header in layout.headers.items()
        if i < grid.width
    }
    best = _recognise(result, columns, words, around, said, layout)
    if best is None:
        return result
    _read(result, grid, layout, best, around, matching.serial_column(columns), said, judge)
    return result


def _ignored(result: SheetResult, why: str) -> SheetResult:
    result.reading.give_up("ignored", WHY[why])
    result.reading.settle()
    return result


def _recognise(
    result: SheetResult,
    columns: matching.Columns,
    words: Vocabulary,
    around: Surroundings,
    said: SheetMapping | None,
    layout: Layout,
) -> Candidate | None:
    """The ledger that the sheet is, or the account of why it is none."""
    reading = result.reading
    found = matching.candidates(columns, words, around, (said.ledger,) if said else ())
    best = found[0]
    if said:
        if said.columns is not None:
            best.matches = _given(said)
        used = {m.field for m in best.matches.values()}
        if any(m.month for m in best.matches.values()) and best.spec.spread:
            used.add(best.spec.spread.over)
        best.context = {k: v for k, v in best.context.items() if k not in used} | dict(said.context)
        return best
    rival = next((c for c in found[1:] if c.acceptable), None)
    close = rival and best.score - rival.score < 0.02 and best.title <= rival.title
    if best.acceptable and rival and close and abs(best.cover - rival.cover) >= CLEARER:
        # A name that fits another ledger may be the whole workbook's: the columns decide.
        return max(best, rival, key=lambda c: c.cover)
    if best.acceptable and not close:
        return best
    if best.acceptable and rival:
        why = N_("分不清是哪本台账：{first}还是{second}").format(
            first=best.spec.title, second=rival.spec.title
        )
        reading.give_up("unrecognised", why)
    elif matching.is_summary(around.sheet, [around.title]):
        _ignored(result, "summary")
        return None
    elif len(layout.headers) < 2 or layout.score < 1.0:
        _ignored(result, "no_table")
        return None
    else:
        reading.give_up("unrecognised", N_("没有认出是哪本台账"))
    reading.nearest = f"{best.spec.name}（{best.spec.title}）" if best.score > 0.1 else ""
    reading.missing = best.missing if reading.nearest else ()
    reading.header_rows = tuple(r + 1 for r in layout.rows)
    # Where hardly a header is known, the "header" may be a row of data: it is not shown.
    if layout.score >= 0.5 * len(layout.headers):
        reading.columns = [ColumnReading(letter(i), h.path) for i, (h, _) in columns.items()]
    reading.settle()
    return None


def _given(said: SheetMapping) -> dict[int, Match]:
    matches = {}
    for letters, column in (said.columns or {}).items():
        if column is not None:
            month = None
            if column.month:
                year, _, number = column.month.partition("-")
                month = (int(year), int(number)) if number else (None, int(year))
            matches[column_index(letters)] = Match(column.field, "mapping", 1.0, "", month)
    return matches


def _identity(spec: SheetSpec, matches: dict[int, Match]) -> list[int]:
    """The columns without which a row is no record."""
    required = {n for n, c in spec.fields.items() if c.required and c.kind not in QUANTITIES}
    chosen = [i for i, m in matches.items() if m.field in required]
    if not chosen:
        keys = {n for n in spec.key if spec.fields[n].kind not in QUANTITIES and n != "division"}
        chosen = [i for i, m in matches.items() if m.field in keys]
    return sorted(chosen)


def _read(
    result: SheetResult,
    grid: Grid,
    layout: Layout,
    best: Candidate,
    around: Surroundings,
    serial: int | None,
    said: SheetMapping | None,
    judge: Judge | None,
) -> None:
    reading, spec = result.reading, best.spec
    matches = {i: m for i, m in best.matches.items() if i < grid.width}
    reading.ledger, reading.label = spec.name, spec.title
    result.spec = spec
    reading.header_rows = tuple(r + 1 for r in layout.rows)
    if serial in matches:
        serial = None
    identity = _identity(spec, matches)
    notes = [i for i, m in matches.items() if m.field == "note"]
    rows = classify(grid, layout, identity, serial, notes)
    strip_tail(rows, grid, layout, identity or list(matches), serial)
    positions = rows.data.arg_true()
    reading.skipped = numbers(rows.skipped)
    if len(positions) == 0:
        reading.columns = _columns(layout, matches, {}, around, said, serial)
        reading.notes.append(Note("no_rows", WHY["no_rows"]))
        reading.settle()
        result.records = pl.DataFrame({"_row": []}, schema={"_row": pl.Int64})
        return
    reading.first_data_row, reading.last_data_row = rows.first + 1, rows.last + 1
    frame, how = fill(grid, positions, spec, {i: m.field for i, m in matches.items() if not m.month})
    reading.columns = _columns(layout, matches, how, around, said, serial)
    _note_duplicates(reading, layout, matches, grid)
    read = read_columns(result, grid, frame, positions, matches, spec, around)
    headings = heading_columns(rows.headings, positions, spec)
    make_records(result, grid, frame, positions, matches, read, best, around, headings, judge)
    reading.settle()


def _columns(
    layout: Layout,
    matches: dict[int, Match],
    how: dict[int, str],
    around: Surroundings,
    said: SheetMapping | None,
    serial: int | None,
) -> list[ColumnReading]:
    """The account of the columns; the unit of a money column is its own or the one stated above the table."""
    columns = []
    for index, header in sorted(layout.headers.items()):
        match = matches.get(index)
        column = ColumnReading(letter(index), header.path)
        if match:
            column.field, column.how, column.fill_down = match.field, match.how, how.get(index, "")
        elif index == serial:
            column.how = "serial"
        columns.append(column)
    for column in columns:
        given = (said.columns or {}).get(column.letter) if said else None
        header = layout.headers[column_index(column.letter)]
        if given:
            column.factor = given.factor
        elif column.field:
            unit = header.unit
            if unit in MONEY_UNITS:
                column.factor = MONEY_UNITS[unit]
            elif around.factor and unit is None:
                column.factor = around.factor[1]
    return columns


def _note_duplicates(reading: SheetReading, layout: Layout, matches: dict[int, Match], grid: Grid) -> None:
    """Say when a header stands twice and the second column was not used."""
    used = {full_key(layout.headers[i].path): i for i in matches if i in layout.headers}
    for index, header in sorted(layout.headers.items()):
        first = used.get(full_key(header.path))
        if index not in matches and first is not None and first != index:
            reading.notes.append(
                Note(
                    "duplicate_header",
                    N_("表头重复，只用前一列"),
                    {"header": header.path, "used": letter(first), "unused": letter(index)},
                )
            )
