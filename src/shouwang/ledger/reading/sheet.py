"""One sheet from grid to records: recognise it, tell its rows apart, read them, account for every one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.fields import LedgerField
from shouwang.ledger.reading import match as matching
from shouwang.ledger.reading.accounts import ColumnReading, Note, Rejected, SheetReading, column_index, letter
from shouwang.ledger.reading.content import evidence
from shouwang.ledger.reading.context import MONEY_UNITS, Surroundings
from shouwang.ledger.reading.filling import fill
from shouwang.ledger.reading.grid import Grid
from shouwang.ledger.reading.layout import Layout, find_layout, fixed_layout
from shouwang.ledger.reading.mapping import IGNORE, SheetMapping
from shouwang.ledger.reading.match import Candidate, Match
from shouwang.ledger.reading.rows import classify, numbers, strip_tail
from shouwang.ledger.reading.values import MESSAGES, Asked, Values, carry_ditto, polars_type, read_column
from shouwang.ledger.reading.vocabulary import Vocabulary, full_key
from shouwang.standards.reading import N_

HEAD: Final = 60
MANY: Final = 20_000
"""From so many rows on it pays to read columns side by side."""
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


@dataclass
class SheetResult:
    """What came of a sheet: its account, and for a ledger its records with the columns it really has."""

    reading: SheetReading
    spec: SheetSpec | None = None
    records: pl.DataFrame | None = None
    fields: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """The identity of the records, whatever rows they stand in."""
        if self.records is None or self.spec is None:
            return ""
        hashed = self.records.drop("_row").hash_rows().to_numpy().tobytes()
        return self.spec.name + ",".join(self.fields) + hashlib.sha256(hashed).hexdigest()


def read_sheet(grid: Grid, path: str, words: Vocabulary, said: SheetMapping | None = None) -> SheetResult:
    """Read one sheet of the file at ``path`` (relative to the folder)."""
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
    around = Surroundings(path, grid.name, layout.title)
    reading.title = around.title
    if not said and (why := matching.void_reason(grid.name, [around.title], grid.hidden)):
        return _ignored(result, why)
    columns = {
        i: (header, evidence(grid.frame[grid.frame.columns[i]].slice(layout.data)))
        for i, header in layout.headers.items()
        if i < grid.width
    }
    best = _recognise(result, columns, words, around, said, layout)
    if best is None:
        return result
    _read(result, grid, layout, best, around, matching.serial_column(columns), said)
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
    if best.acceptable and not (rival and best.score - rival.score < 0.02 and best.title <= rival.title):
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
    read = _values(result, grid, frame, positions, matches, spec, around)
    _split(result, grid, frame, positions, matches, read, best, around)
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


_Column = tuple[pl.Series, bool, Values]
"""The cells of a column, whether its percentages are fractions, and the values."""


@dataclass
class _Read:
    """The values of the columns by position, and which rows they refuse."""

    values: dict[int, Values] = field(default_factory=dict)
    refused: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Boolean))


def _values(
    result: SheetResult,
    grid: Grid,
    frame: pl.DataFrame,
    positions: pl.Series,
    matches: dict[int, Match],
    spec: SheetSpec,
    around: Surroundings,
) -> _Read:
    """Read every matched column and list the refused cells."""
    reading = result.reading
    found = _Read(refused=pl.Series([False] * frame.height, dtype=pl.Boolean))
    accounts = {column_index(c.letter): c for c in reading.columns}
    notes: dict[str, dict[str, int]] = {}
    for index, match in sorted(matches.items()):
        column = spec.fields[match.field]
        account = accounts.get(index)
        if account is None:  # a mapping may name a column without header
            account = accounts[index] = ColumnReading(letter(index), "", match.field, how=match.how)
            reading.columns.append(account)
        account.kind = column.kind
        if column.kind != "money":
            account.factor = 1

    def read_one(index: int) -> _Column:
        match = matches[index]
        column, account = spec.fields[match.field], accounts[index]
        cells = carry_ditto(frame[f"c{index}"])
        lost = None
        if index in grid.long_numbers:
            lost = positions.is_in(sorted(grid.long_numbers[index]))
        fraction = _is_fraction(column, cells, account.header)
        asked = Asked(account.factor, around.year, fraction, optional=match.month is not None)
        return cells, fraction, read_column(column, cells, lost, asked)

    for index, (cells, fraction, values) in _each(read_one, sorted(matches), frame.height):
        column, account = spec.fields[matches[index].field], accounts[index]
        if fraction:
            reading.notes.append(
                Note("percent_fraction", N_("百分比以小数存储，已乘以100"), {"column": account.letter})
            )
        for code, count in values.notes.items():
            notes.setdefault(code, {})[account.letter] = count
        refused = values.problems.is_not_null()
        if refused.any():
            found.refused = found.refused | refused
            _list_rejected(result, account, column, cells, values.problems, positions, refused)
        found.values[index] = values
    for code, columns in sorted(notes.items()):
        text = MESSAGES[code].text if code in MESSAGES else NOTES[code]
        reading.notes.append(Note(code, text, columns))
    return found


def _each(
    read: Callable[[int], _Column], columns: Sequence[int], height: int
) -> Iterator[tuple[int, _Column]]:
    """The answer for each column in order; those of a long sheet are read two at a time."""
    if height < MANY:
        yield from ((index, read(index)) for index in columns)
        return
    # Columns are read outside Python for the most part.
    with ThreadPoolExecutor(2) as pool:
        yield from zip(columns, pool.map(read, columns), strict=True)


NOTES: Final = {"value_unknown": N_("写法不在规定的取值中，按原样保留")}
"""Notes that no standard names."""


def _is_fraction(column: LedgerField, cells: pl.Series, header: str) -> bool:
    """Whether a percent column holds 0.0435 for 4.35 %: all figures small, and no "%" typed anywhere."""
    if column.kind != "percent":
        return False
    filled = cells.drop_nulls()
    if filled.is_empty() or filled.str.contains("[%％‰]").any():
        return False
    figures = filled.cast(pl.Float64, strict=False).drop_nulls()
    if figures.is_empty():
        return False
    top = float(figures.abs().max())  # type: ignore[arg-type]
    return 0 < top < (0.2 if "%" in header or "％" in header else 0.4)


def _list_rejected(
    result: SheetResult,
    account: ColumnReading,
    column: LedgerField,
    cells: pl.Series,
    problems: pl.Series,
    positions: pl.Series,
    refused: pl.Series,
) -> None:
    for row, text, code in zip(
        positions.filter(refused).to_list(),
        cells.filter(refused).to_list(),
        problems.filter(refused).to_list(),
        strict=True,
    ):
        said = MESSAGES[code]
        result.rejected.append(
            Rejected(
                "",
                result.reading.name,
                row + 1,
                account.letter,
                account.header,
                account.field or "",
                text or "",
                code,
                said.text,
                said.advice,
                column.mask,
            )
        )


def _split(
    result: SheetResult,
    grid: Grid,
    frame: pl.DataFrame,
    positions: pl.Series,
    matches: dict[int, Match],
    read: _Read,
    best: Candidate,
    around: Surroundings,
) -> None:
    """Part loaded from rejected rows, add the context, spread months, and sum up."""
    reading, spec = result.reading, best.spec
    kept = ~read.refused
    row_numbers = (positions + 1).cast(pl.Int64)
    plain = {m.field: i for i, m in matches.items() if not m.month}
    data = {name: read.values[i].values.filter(kept) for name, i in plain.items()}
    records = pl.DataFrame({"_row": row_numbers.filter(kept), **data})
    constants = _constants(reading, spec, best, around, set(plain))
    records = records.with_columns(
        [pl.lit(v, dtype=polars_type(spec.fields[n])).alias(n) for n, v in constants.items()]
    )
    fields = [*plain, *constants]
    months = {i: m for i, m in matches.items() if m.month}
    no_value: list[int] = []
    if months and spec.spread:
        records, no_value = _spread(records, months, read, kept, spec, around.year)
        fields += [spec.spread.over, spec.spread.value]
    reading.rejected = row_numbers.filter(read.refused).to_list()
    if no_value:
        reading.skipped["no_value"] = no_value
    reading.loaded = int(kept.sum()) - len(no_value)
    reading.records = records.height
    result.fields = list(dict.fromkeys(fields))
    result.records = records
    result.rejected.sort(key=lambda r: (r.row, column_index(r.column)))
    if reading.rejected:
        reading.layout = tuple(grid.frame.row(r - 1) for r in reading.header_rows)
        reading.lines = _title_lines(reading, grid, spec, around)
        cells = frame.filter(read.refused)
        reading.rejected_cells = cells.with_columns(row_numbers.filter(read.refused).alias("_row"))
    _control(reading, matches, read, kept)


def _title_lines(reading: SheetReading, grid: Grid, spec: SheetSpec, around: Surroundings) -> tuple[str, ...]:
    """The lines above the header, and what else a copy of the table must say to be read alike."""
    first = reading.header_rows[0] if reading.header_rows else 1
    lines = ["    ".join(c for c in grid.frame.row(r) if c) for r in range(first - 1)]
    said = Surroundings("", "", tuple(lines))
    lines += [f"{spec.fields[n].label}：{v}" for n, v in reading.context.items() if said.pairs.get(n) != v]
    if around.year and said.year != around.year:
        lines.append(f"年度：{around.year}年")
    if around.factor and said.factor != around.factor:
        lines.append(f"单位：{around.factor[0]}")
    return tuple(line for line in lines if line)


def _constants(
    reading: SheetReading, spec: SheetSpec, best: Candidate, around: Surroundings, have: set[str]
) -> dict[str, object]:
    """The values that hold for every row of the sheet."""
    values: dict[str, object] = {}
    for name, text in best.context.items():
        if name in have:
            continue
        column = spec.fields[name]
        found = read_column(column, pl.Series([text]), None, Asked(1, around.year))
        value = found.values[0]
        if value is None or found.problems[0] is not None:
            continue
        values[name] = value
        reading.context[name] = str(value)[:7] if column.kind == "month" else str(value)
    return values


def _spread(
    records: pl.DataFrame,
    months: dict[int, Match],
    read: _Read,
    kept: pl.Series,
    spec: SheetSpec,
    year: int | None,
) -> tuple[pl.DataFrame, list[int]]:
    """One record for each filled month cell. Returns the records and the rows that have none."""
    if spec.spread is None:
        raise ValueError(f"{spec.name} declares no spread")
    pieces = []
    for index, match in sorted(months.items()):
        said, month = match.month or (None, 1)
        when = f"{said or year or 1900:04d}-{month:02d}-01"
        values = read.values[index].values.filter(kept)
        piece = records.with_columns(
            pl.lit(when).str.to_date().alias(spec.spread.over), values.alias(spec.spread.value)
        )
        pieces.append(piece.filter(values.is_not_null()))
    spread = pl.concat(pieces).sort("_row", spec.spread.over, maintain_order=True)
    without = set(records["_row"].to_list()) - set(spread["_row"].to_list())
    return spread, sorted(without)


def _control(reading: SheetReading, matches: dict[int, Match], read: _Read, kept: pl.Series) -> None:
    """Control totals of the loaded rows, as an auditor would take them from the sheet."""
    for account in reading.columns:
        index = column_index(account.letter)
        match = matches.get(index)
        if match is None:
            continue
        account.month = "{}-{:02d}".format(*match.month).replace("None-", "") if match.month else ""
        values = read.values[index].values.filter(kept).drop_nulls()
        account.count = len(values)
        if values.is_empty():
            continue
        if account.kind in ("money", "int"):
            account.total = str(values.sum())
        elif account.kind in ("date", "month", "datetime"):
            account.least, account.greatest = str(values.min()), str(values.max())
        elif account.kind in ("id", "code", "account", "phone", "name", "text"):
            account.distinct = values.n_unique()
