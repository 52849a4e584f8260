"""The rows of a ledger out of the database, in the columns and types of a snapshot, without any ID number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
from django.db import models
from django.db.models import ExpressionWrapper, F, QuerySet

from shouwang.ledger import identity, secret
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.fields import LedgerField, PersonField

SOURCE: Final = pa.schema(
    [
        pa.field("_id", pa.int64()),
        pa.field("_division_code", pa.string()),
        pa.field("_file", pa.string()),
        pa.field("_sheet", pa.string()),
        pa.field("_row", pa.int64()),
    ]
)
"""The columns beside those of the ledger: the row's id and division, and where it came from."""


def stored(column: str) -> Any:
    """A sealed column as it is stored, not opened: an expression for ``values_list``."""
    return ExpressionWrapper(F(column), output_field=models.CharField())


def rows(
    spec: SheetSpec,
    columns: Sequence[str] | None = None,
    *,
    of: QuerySet[Any] | None = None,
    size: int = 20_000,
) -> Iterator[pa.RecordBatch]:
    """The rows of a ledger in order of their ids, as Arrow batches of up to ``size`` rows.

    ``columns`` are names of the ledger's fields (all by default); after them come those of :data:`SOURCE`.
    Resident ID numbers are replaced by :func:`shouwang.ledger.identity.pseudonym`. ``of`` narrows the rows,
    for instance to a scope. Read within one transaction where the whole must be of one moment.
    """
    names = list(spec.fields) if columns is None else list(columns)
    fields = [spec.fields[name] for name in names]
    schema = pa.schema([*(pa.field(f.name, f.arrow_type) for f in fields), *SOURCE])
    wanted = [stored(f.name) if isinstance(f, PersonField) else F(f.name) for f in fields]
    readers = [_reader(f) for f in fields]
    chosen = spec.model._default_manager.all() if of is None else of
    base = chosen.order_by("id").values_list(
        *wanted, "id", "division_code", "source_file", "source_sheet", "source_row"
    )
    last = 0
    while True:
        found = list(base.filter(id__gt=last)[:size])
        if not found:
            return
        last = found[-1][len(fields)]
        cells = list(zip(*found, strict=True))
        arrays = []
        for at, field in enumerate(schema):
            reader = readers[at] if at < len(readers) else None
            values = cells[at] if reader is None else [reader(v) for v in cells[at]]
            arrays.append(pa.array(values, field.type))
        yield pa.record_batch(arrays, schema=schema)


def _reader(field: LedgerField) -> Callable[[Any], Any] | None:
    if isinstance(field, PersonField):
        place = field.place
        return lambda stored: identity.pseudonym(secret.unseal(stored, place)) if stored else None
    if field.arrow_type == pa.timestamp("us"):
        return lambda value: value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
    if pa.types.is_decimal(field.arrow_type):
        places = Decimal(1).scaleb(-field.arrow_type.scale)
        return lambda value: None if value is None else Decimal(value).quantize(places)
    return None
