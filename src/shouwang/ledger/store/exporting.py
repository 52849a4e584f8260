"""A list as a workbook: masked unless there is a right and a reason, marked with who took it and when."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.ledger import identity
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.fields import MASKS, LedgerField
from shouwang.ledger.workbook import Book, write_cell
from shouwang.trail.actor import current_actor
from shouwang.trail.tracking import common_division

SHEET_ROWS: Final = 1_000_000
"""Rows of one sheet; a spreadsheet holds 1,048,576 (ECMA-376)."""
PERSONS: Final = 1000
"""So many persons seen in clear are named one by one in the trail."""


class TooMany(ValueError):
    """More rows than may be exported in clear at once."""


def mark() -> str:
    """The line that says whose copy this is."""
    actor = current_actor()
    who = f"{actor.name}（{actor.post}）" if actor.post else actor.name
    when = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return _("%(who)s 于 %(when)s 导出，仅限本职工作使用") % {"who": who, "when": when}


def export(
    spec: SheetSpec,
    rows: QuerySet[Any],
    path: Path,
    *,
    columns: Sequence[str] = (),
    clear: bool = False,
    reason: str = "",
    filters: dict[str, Any] | None = None,
) -> int:
    """Write the rows of a list into a workbook; how many there were.

    Personal values are masked unless ``clear``, for which the caller has checked the right and asked the
    ``reason``. The exporter's name and the time stand above the table, in header and footer of every printed
    page, and in the properties of the file. Rows are streamed: a million of them need no more memory than a
    thousand. The event tells ledger, filters, columns, count and the file's hash; in clear also the persons.
    """
    names = list(columns) or list(spec.fields)
    fields = [spec.fields[name] for name in names]
    line = mark()
    codes: set[str] = set()
    persons: set[str] = set()
    count = 0
    with trail.change("ledger.export", reason=reason) as doing:
        with Book(path, streaming=True) as book:
            actor = current_actor()
            book.book.set_properties({"title": spec.title, "author": actor.name, "comments": line})
            sheet: Any = None
            persons_at = [at for at, name in enumerate(names) if name in spec.persons]
            found = rows.order_by("division_code", "pk").values_list("division_code", *names)
            for code, *values in found.iterator(chunk_size=2000):
                if count % SHEET_ROWS == 0:
                    sheet = _sheet(book, spec, fields, line, count // SHEET_ROWS)
                at = count % SHEET_ROWS + 3
                for column, (field, value) in enumerate(zip(fields, values, strict=True)):
                    write_cell(sheet, at, column, _shown(field, value, clear), _style(book, field))
                if clear and len(persons) <= PERSONS:
                    persons |= {identity.person_index(values[i]) for i in persons_at if values[i]}
                codes.add(code)
                count += 1
            if sheet is None:
                _sheet(book, spec, fields, line, 0)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        division = common_division(sorted(codes)) if codes else ""
        doing.note(
            spec.name,
            "",
            division_code=division,
            rows=count,
            columns=names,
            filters=filters or {},
            clear=clear,
            sha256=digest,
        )
        for person in sorted(persons)[:PERSONS]:
            doing.note(spec.name, "", division_code=division, person=person, clear=True)
    path.chmod(0o600)
    return count


def _sheet(book: Book, spec: SheetSpec, fields: list[LedgerField], line: str, part: int) -> Any:
    sheet = book.sheet(f"{spec.title}{part + 1 if part else ''}")
    safe = line.replace("&", "&&")[:200]
    sheet.set_header(f"&L{safe}&R&D")
    sheet.set_footer(f"&L{safe}&R&P / &N")
    sheet.set_landscape()
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    bold = book.style(bold=True, bg_color="#EEEEEE", border=1, text_wrap=True)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, {"id": 21, "address": 30}.get(field.kind, 14))
    write_cell(sheet, 0, 0, spec.title, book.style(bold=True, font_size=14))
    write_cell(sheet, 1, 0, _("说明：%(line)s") % {"line": line}, book.style(font_color="#7D4A00"))
    for column, field in enumerate(fields):
        write_cell(sheet, 2, column, field.label, bold)
    return sheet


def _style(book: Book, field: LedgerField) -> Any:
    if field.kind == "money":
        return book.style(num_format="#,##0.00")
    if field.kind in ("date", "datetime"):
        return book.style(num_format="yyyy-mm-dd" if field.kind == "date" else "yyyy-mm-dd hh:mm")
    if field.kind == "month":
        return book.style(num_format="yyyy-mm")
    return book.style(num_format="@") if field.kind not in ("number", "percent", "int", "bool") else None


@lru_cache(65_536)
def _masked(mask: str, value: str) -> str:
    return MASKS[mask](value)


def _shown(field: LedgerField, value: Any, clear: bool) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return _masked(field.mask, str(value)) if field.mask and value and not clear else value
