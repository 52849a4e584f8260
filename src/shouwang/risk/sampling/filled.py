"""Reading a filled working paper back: the plan, the rows, and every cell that is missing or contradicts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.reading.accounts import Problem
from shouwang.ledger.reading.files import Limits, examine
from shouwang.ledger.reading.grid import load
from shouwang.risk.sampling.paper import (
    FILLS,
    FIRST_ROW,
    PLAN_MARK,
    RESULTS,
    ROWS_MARK,
    as_texts,
    check_code,
)
from shouwang.risk.sampling.plan import (
    ALLOCATIONS,
    DISTRIBUTIONS,
    METHODS,
    SELECTIONS,
    Plan,
)
from shouwang.risk.sampling.population import Where
from shouwang.standards.money import parse_money


class PaperError(ValueError):
    """A file that is no working paper, or one that was changed where it must not be; the text says where."""


@dataclass(frozen=True)
class FilledRow:
    """A drawn row as the auditor left it; ``book`` and ``audited`` in yuan, None where there is no amount."""

    sheet_row: int
    number: int
    stratum: str
    hits: int
    whole: bool
    file: str
    sheet: str
    row: int
    book: Decimal | None
    result: str
    audited: Decimal | None
    remark: str


@dataclass
class Filled:
    """A paper read back: ``problems`` name row, column and what to do; empty when it can be evaluated."""

    plan: Plan
    rows: list[FilledRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


Cells = Sequence[Sequence[str | None]]


def read_paper(path: Path) -> Filled:
    """Read a working paper. PaperError where the file is none, or plan or rows are not as drawn."""
    sheets = _sheets(path)
    plan_cells = next((c for c in sheets if c and PLAN_MARK in c[0]), None)
    rows_cells = next((c for c in sheets if c and ROWS_MARK in c[0]), None)
    if plan_cells is None or rows_cells is None:
        raise PaperError(_("{file} 不是抽样底稿：没有抽样计划和样本两张表").format(file=path.name))
    texts = {_text(row[2]): _text(row[3]) for row in plan_cells[1:] if len(row) > 3 and _text(row[2])}
    code = texts.pop("check", "")
    try:
        plan = plan_of(texts)
    except (KeyError, ValueError, TypeError, InvalidOperation, ArithmeticError) as error:
        raise PaperError(
            _("{file} 的抽样计划读不出来：{error}").format(file=path.name, error=error)
        ) from error
    filled = Filled(plan)
    fixed = _rows(rows_cells, filled)
    if check_code(as_texts(plan), fixed) != code or as_texts(plan) != texts:
        raise PaperError(
            _("{file} 的抽样计划或样本行与抽取时不同（核对码不符）：请恢复原行，只填写黄色各栏").format(
                file=path.name
            )
        )
    return filled


def _sheets(path: Path) -> list[Cells]:
    """All sheets as rows of text, read as carefully as a ledger."""
    limits = Limits(file=64 << 20, unpacked=512 << 20, cells=5_000_000)
    found = examine(path, path.name, limits)
    grids = [found] if isinstance(found, Problem) else list(load(found, limits))
    sheets: list[Cells] = []
    for grid in grids:
        if isinstance(grid, Problem):
            raise PaperError(f"{grid.file}：{_(grid.text)}。{_(grid.advice) if grid.advice else ''}")
        sheets.append(grid.frame.rows())
    return sheets


def _text(cell: str | None) -> str:
    return cell.strip() if cell is not None else ""


def plan_of(texts: Mapping[str, str]) -> Plan:
    """The plan that the texts tell. ValueError or KeyError where one is missing or no such thing."""
    spec = ledgers()[texts["ledger"]]
    choices = {
        "method": METHODS,
        "selection": SELECTIONS,
        "distribution": DISTRIBUTIONS,
        "allocation": ALLOCATIONS,
    }
    for key, known in choices.items():
        if key in texts and texts[key] not in known:
            raise ValueError(texts[key])
    values: dict[str, Any] = {
        key: texts[key]
        for key in ("ledger", *choices, "seed", "confidence", "tolerable", "expected", "amount", "strata")
        if key in texts
    }
    values["purpose"] = texts.get("purpose", "")
    for name in (values.get("amount"), values.get("strata")):
        if name and name not in spec.fields:
            raise KeyError(name)
    values["where"] = tuple(Where(str(f), str(t)) for f, t in json.loads(texts.get("where", "[]")))
    for key in ("sizes", "members"):
        values[key] = {str(n): int(c) for n, c in json.loads(texts.get(key, "{}")).items()}
    values["bands"] = tuple(Decimal(part) for part in texts.get("bands", "").split(", ") if part)
    for key in ("size", "population", "units", "outside"):
        values[key] = int(texts.get(key, "0"))
    for key in ("total", "interval", "sampled_total", "outside_total"):
        values[key] = Decimal(texts.get(key, "0"))
    return Plan(**values)


def _rows(cells: Cells, filled: Filled) -> list[list[str]]:
    """Read the drawn rows into ``filled``; what the check code covers of each."""
    keys = {_text(cell): at for at, cell in enumerate(cells[0]) if _text(cell)}
    needed = {"no", "stratum", "hits", "file", "sheet", "row", "result", "remark"}
    needed |= {"book"} if filled.plan.amount else set()
    needed |= {"audited"} if filled.plan.method == "mus" else set()
    if missing := needed - set(keys):
        labels = "、".join(_(FILLS[key][0]) if key in FILLS else key for key in sorted(missing))
        raise PaperError(_("样本表缺少栏目：{columns}").format(columns=labels))
    fixed = []
    for at, row in enumerate(cells[FIRST_ROW:], FIRST_ROW + 1):
        said = {key: row[column] if column < len(row) else None for key, column in keys.items()}
        if not _text(said["no"]):
            if any(_text(said[key]) for key in ("file", "row", "result")):
                raise PaperError(_("样本表第 {row} 行没有序号：请勿增加行").format(row=at))
            continue
        whole = not _text(said["hits"]).isdigit()
        book = _amount(said.get("book"))
        fixed.append(
            [
                _text(said["no"]),
                _text(said["stratum"]),
                "" if whole else _text(said["hits"]),
                _text(said["file"]),
                _text(said["sheet"]),
                _text(said["row"]),
                "" if book is None else f"{book:.2f}",
            ]
        )
        try:
            filled.rows.append(_row(at, said, book, whole, filled))
        except ValueError as error:
            raise PaperError(_("样本表第 {row} 行的序号、命中次数或行号不是数字").format(row=at)) from error
    # The auditor may have sorted the rows.
    return sorted(fixed, key=lambda line: int(line[0]) if line[0].isdigit() else 0)


def _row(
    at: int, said: Mapping[str, str | None], book: Decimal | None, whole: bool, filled: Filled
) -> FilledRow:
    result = _result(_text(said["result"]))
    audited = _amount(said.get("audited"))
    problems = filled.problems
    if not _text(said["result"]):
        problems.append(_("样本表第 {row} 行没有填核查结果").format(row=at))
    elif not result:
        choices = "、".join(_(label) for label in RESULTS.values())
        problems.append(
            _("样本表第 {row} 行的核查结果“{text}”不认得，请填 {choices}").format(
                row=at, text=_text(said["result"])[:20], choices=choices
            )
        )
    if filled.plan.method == "mus":
        if _text(said["audited"]) and audited is None:
            problems.append(
                _("样本表第 {row} 行的审定金额“{text}”不是金额").format(
                    row=at, text=_text(said["audited"])[:20]
                )
            )
        elif result == "wrong" and audited is None:
            problems.append(_("样本表第 {row} 行有偏差而没有填审定金额").format(row=at))
        elif result == "wrong" and audited == book:
            problems.append(_("样本表第 {row} 行有偏差而审定金额等于账面金额").format(row=at))
        elif result == "ok" and audited is not None and audited != book:
            problems.append(_("样本表第 {row} 行相符而审定金额不等于账面金额").format(row=at))
    if result == "ok":
        audited = book
    elif result == "unseen":
        # What can't be examined counts against the conclusion: as misstated by all of it.
        audited = Decimal(0) if book is not None else None
    return FilledRow(
        at,
        int(_text(said["no"])),
        _text(said["stratum"]),
        0 if whole else int(_text(said["hits"])),
        whole,
        _text(said["file"]),
        _text(said["sheet"]),
        int(_text(said["row"])),
        book,
        result,
        audited,
        _text(said["remark"]),
    )


def _result(text: str) -> str:
    """The result that a text names in any of our languages; empty where none."""
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for code, label in RESULTS.items():
                if text.casefold() == _(label).casefold():
                    return code
    return ""


def _amount(cell: str | None) -> Decimal | None:
    if cell is None or _text(cell) == "":
        return None
    return parse_money(cell).value
