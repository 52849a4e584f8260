"""The records of a recognised sheet: columns read, context added, months spread, totals taken."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.fields import LedgerField
from shouwang.ledger.reading.accounts import ColumnReading, Note, Rejected, SheetReading, column_index, letter
from shouwang.ledger.reading.context import Surroundings, heading_values
from shouwang.ledger.reading.grid import Grid
from shouwang.ledger.reading.match import Candidate, Match
from shouwang.ledger.reading.values import MESSAGES, Asked, Values, carry_ditto, polars_type, read_column
from shouwang.standards.reading import N_

MANY: Final = 20_000
"""From so many rows on it pays to read columns side by side."""


Judge = Callable[[SheetSpec, pl.DataFrame], pl.Series]
"""Says of each record of a sheet (with ``_row``) why it can't be taken: a problem code, null where it can."""


@dataclass
class SheetResult:
    """What came of a sheet: its account, and for a ledger its records with the columns it really has."""

    reading: SheetReading
    spec: SheetSpec | None = None
    records: pl.DataFrame | None = None
    fields: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rest: Grid | None = None
    """What stands below in the same sheet and is another table."""

    @property
    def fingerprint(self) -> str:
        """The identity of the records, whatever rows they stand in and in whatever order."""
        if self.records is None or self.spec is None:
            return ""
        ordered = self.records.select(sorted(c for c in self.records.columns if c != "_row"))
        hashed = ordered.hash_rows().sort().to_numpy().tobytes()
        return self.spec.name + ",".join(sorted(self.fields)) + hashlib.sha256(hashed).hexdigest()


_Column = tuple[pl.Series, bool, Values]
"""The cells of a column, whether its percentages are fractions, and the values."""


@dataclass
class ColumnsRead:
    """The values of the columns by position, and which rows they refuse."""

    values: dict[int, Values] = field(default_factory=dict)
    refused: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Boolean))


def read_columns(
    result: SheetResult,
    grid: Grid,
    frame: pl.DataFrame,
    positions: pl.Series,
    matches: dict[int, Match],
    spec: SheetSpec,
    around: Surroundings,
) -> ColumnsRead:
    """Read every matched column and list the refused cells."""
    reading = result.reading
    found = ColumnsRead(refused=pl.Series([False] * frame.height, dtype=pl.Boolean))
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


def make_records(
    result: SheetResult,
    grid: Grid,
    frame: pl.DataFrame,
    positions: pl.Series,
    matches: dict[int, Match],
    read: ColumnsRead,
    best: Candidate,
    around: Surroundings,
    headings: dict[str, pl.Series],
    judge: Judge | None = None,
) -> None:
    """Part loaded from rejected rows, add the context, spread months, and sum up."""
    reading, spec = result.reading, best.spec
    kept = ~read.refused
    row_numbers = (positions + 1).cast(pl.Int64)
    plain = {m.field: i for i, m in matches.items() if not m.month}
    data = {name: read.values[i].values.filter(kept) for name, i in plain.items()}
    records = pl.DataFrame({"_row": row_numbers.filter(kept), **data})
    constants = _constants(reading, spec, best, around, set(plain))
    by_heading = {n: v.filter(kept) for n, v in headings.items() if n not in plain}
    constants = {n: v for n, v in constants.items() if n not in by_heading}
    records = records.with_columns([v.alias(n) for n, v in by_heading.items()])
    records = records.with_columns(
        [pl.lit(v, dtype=polars_type(spec.fields[n])).alias(n) for n, v in constants.items()]
    )
    fields = [*plain, *constants, *by_heading]
    if judge is not None and records.height:
        records, kept = _judged(result, records, judge(spec, records), kept, read)
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


def _judged(
    result: SheetResult, records: pl.DataFrame, codes: pl.Series, kept: pl.Series, read: ColumnsRead
) -> tuple[pl.DataFrame, pl.Series]:
    """Refuse the records that the judge does not take; what is left of them, and which rows that are."""
    refused = codes.is_not_null()
    if not refused.any():
        return records, kept
    reading, spec = result.reading, result.spec
    account = next((c for c in reading.columns if c.field == "division"), ColumnReading("", ""))
    column = spec.fields["division"] if spec else None
    nothing = pl.repeat("", records.height, eager=True)
    values = records["division"] if "division" in records.columns else nothing
    for row, value, code in zip(
        records["_row"].filter(refused), values.filter(refused), codes.filter(refused), strict=True
    ):
        said = MESSAGES[code]
        header = account.header or (column.label if column else "")
        result.rejected.append(
            Rejected(
                "", reading.name, row, account.letter, header, "division", value or "", code,
                said.text, said.advice,
            )
        )  # fmt: skip
    read.refused = read.refused.scatter(kept.arg_true().filter(refused), True)
    return records.filter(~refused), ~read.refused


def heading_columns(found: dict[int, str], positions: pl.Series, spec: SheetSpec) -> dict[str, pl.Series]:
    """Columns for what headings inside the table say (一、云溪社区)."""
    values: dict[str, pl.Series] = {}
    for name, column in spec.fields.items():
        said = {row: v for row, text in found.items() if (v := heading_values(text).get(column.stands_in))}
        if said:
            marks = pl.DataFrame({"row": list(said), "said": list(said.values())}).with_columns(
                pl.col("row").cast(pl.Int64)
            )
            rows = pl.DataFrame({"row": positions.cast(pl.Int64)})
            values[name] = rows.join_asof(marks.sort("row"), on="row")["said"]
    return values


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
    read: ColumnsRead,
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


def _control(reading: SheetReading, matches: dict[int, Match], read: ColumnsRead, kept: pl.Series) -> None:
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
