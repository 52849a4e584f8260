"""The rows of a folder's workbooks as bookkeeping takes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from shouwang.fund.catalogue import Bookkeeper, Row
from shouwang.fund.entries import Place
from shouwang.ledger.base import SheetSpec


class Gathered:
    """A sink of the reader that keeps what bookkeepers ask for (:class:`shouwang.fund.catalogue.Ledgers`).

    The folder also holds registers of residents and more, which nobody needs here.

    What stands word for word in an earlier sheet as well (the whole year beside its quarters) counts once.
    """

    def __init__(self, keepers: Mapping[str, Bookkeeper]) -> None:
        self._keepers = keepers
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._seen: defaultdict[str, Counter[tuple[Any, ...]]] = defaultdict(Counter)
        self.repeated: Counter[tuple[str, str]] = Counter()
        """How many rows of a sheet (file, sheet) were told by an earlier one."""
        self.asked: set[str] = set()
        """The ledgers whose rows were asked for."""

    def __call__(
        self, spec: SheetSpec, file: str, sheet: str, rows: pa.Table, _fields: Sequence[str]
    ) -> None:
        """Take the records of one sheet."""
        keeper = self._keepers.get(spec.pack)
        if keeper is None or (keeper.ledgers and spec.name not in keeper.ledgers):
            return
        names = [name for name in spec.fields if name in rows.column_names]
        absent = {name: None for name in spec.fields if name not in rows.column_names}
        here: Counter[tuple[Any, ...]] = Counter()
        seen = self._seen[spec.name]
        for values in rows.to_pylist():
            record: Mapping[str, Any] = {**absent, **{name: values[name] for name in names}}
            key = tuple(record[name] for name in spec.fields)
            here[key] += 1
            if here[key] <= seen[key]:
                self.repeated[file, sheet] += 1
                continue
            self._rows[spec.name].append(Row(record, Place(file, sheet, int(values["_row"]))))
        for key, count in here.items():
            seen[key] = max(seen[key], count)

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a ledger in the order in which they were read."""
        self.asked.add(name)
        return iter(self._rows[name])
