"""The columns of imported sheets, remembered in the transaction of the import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.snapshot.models import SheetColumns


def remember(*, sheets: Iterable[Any], **_signal: Any) -> None:
    """Note the columns of the sheets of one file (see ``ledger.store.importing.stated``)."""
    for one in sheets:
        SheetColumns.objects.update_or_create(
            ledger=one.spec.name, file=one.file, sheet=one.sheet, defaults={"columns": sorted(one.fields)}
        )


def columns_of_sheets() -> dict[tuple[str, str, str], tuple[str, ...]]:
    """By ledger, file and sheet, the columns that the sheet had."""
    return {(s.ledger, s.file, s.sheet): tuple(s.columns) for s in SheetColumns.objects.all()}
