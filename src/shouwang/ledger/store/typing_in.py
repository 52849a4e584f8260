"""A record typed in: every cell goes through the reader that reads workbooks, so both know the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.ledger import identity
from shouwang.ledger.base import Ledger, SheetSpec
from shouwang.ledger.fields import LedgerField
from shouwang.ledger.reading.values import MESSAGES, Asked, read_column
from shouwang.ledger.store.writing import Moved


@dataclass(frozen=True)
class Problem:
    """Why a cell or a record is not taken, and what to do."""

    text: str
    advice: str = ""


def read_cell(column: LedgerField, text: str) -> tuple[Any, Problem | None]:
    """The value of one cell as typed, or the problem with it; an empty cell is None."""
    cells = pl.Series([text if text.strip() else None], dtype=pl.String)
    found = read_column(column, cells, None, Asked(1, timezone.localdate().year))
    code = found.problems[0]
    if code is not None:
        message = MESSAGES[code]
        return None, Problem(message.text, message.advice)
    return found.values[0], None


@dataclass
class Entry:
    """A record as somebody typed it: the values that could be read, and the problems by field."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)


def read_entry(spec: SheetSpec, typed: Mapping[str, str], *, keep: Mapping[str, Any] | None = None) -> Entry:
    """Read what was typed. A field of ``keep`` that was left empty keeps its value.

    It is masked on the form. A column that is not typed but follows from others (``editable=False``) keeps
    its value too; stating another is a problem.
    """
    entry = Entry()
    for name, column in spec.fields.items():
        text = typed.get(name, "")
        if keep is not None and name in keep and not text.strip():
            entry.values[name] = keep[name]
            continue
        value, problem = read_cell(column, text)
        if not column.editable and problem is None and value != (keep or {}).get(name):
            problem = Problem(_("这一栏不由人填写"), column.note)
        if problem is not None:
            entry.problems[name] = problem
        else:
            entry.values[name] = value
    return entry


def untyped(spec: SheetSpec, row: Ledger | None) -> dict[str, Any]:
    """The values of a record in columns that nobody types."""
    return {n: getattr(row, n) for n, f in spec.fields.items() if row is not None and not f.editable}


def twin(spec: SheetSpec, row: Ledger) -> Ledger | None:
    """Another record of the same natural key in the same division."""
    natural = row.natural_key
    found = spec.model._default_manager.filter(
        key_digest__gte=f"{natural}{row.division_code}0", key_digest__lte=f"{natural}{row.division_code}:"
    )
    other: Ledger | None = found.exclude(pk=row.pk).first()
    return other


def put(row: Ledger, values: Mapping[str, Any], division_code: str, *, version: int | None = None) -> Ledger:
    """Set the values and save, inside an open change.

    ``version`` is the one the writer saw. Moved where the row is another by now: nothing of it is
    overwritten.
    """
    if version is not None:
        now = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
        if now is None or now.row_version != version:
            raise Moved(f"{row.spec.title}: changed meanwhile")
        row = now
    if row.division_code and row.division_code != division_code and row.key_digest:
        natural, _, copy = identity.key_parts(row.key_digest)
        row.key_digest = identity.key_digest(natural, division_code, copy)
    for name, value in values.items():
        setattr(row, name, value)
    row.division_code = division_code
    row.save()
    return row
