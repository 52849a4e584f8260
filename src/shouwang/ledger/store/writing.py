"""Writing what a plan says: prepared values in long runs, one statement for many rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import connections
from django.utils import timezone

from shouwang.ledger import identity
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.store import engine
from shouwang.ledger.store.planning import LedgerPlan, Planned
from shouwang.ledger.words import Wordings, words_of
from shouwang.standards.batches import batches
from shouwang.trail.change import Change

MOST_VALUES = 30_000
"""Values of one statement; SQLite takes 32,766, PostgreSQL 65,535."""


class Moved(RuntimeError):
    """The database is no longer what the preview saw."""


def leaf(spec: SheetSpec, key: str, planned: Planned) -> bytes:
    """What the Merkle root of an import is made of: ledger, key digest, hash of the statement (hex)."""
    return f"{spec.name}\x1f{key}\x1f{planned.said.hex()}".encode()


class Writer:
    """Writes the plan of one ledger for one import, inside an open change."""

    def __init__(self, plan: LedgerPlan, file: str, import_no: int, using: str = "default") -> None:
        self.plan, self.file, self.import_no = plan, file, import_no
        self.spec = plan.spec
        self.table = plan.spec.model._meta.db_table
        self.connection = connections[using]
        self.now = engine.moment(self.connection, timezone.now())
        self.adapters = {n: engine.adapter(f, self.connection) for n, f in self.spec.fields.items()}

    def _column(self, name: str) -> str:
        return self.connection.ops.quote_name(str(self.spec.fields[name].column))

    def write(self, doing: Change) -> dict[str, int]:
        """Insert, update, delete; note each changed and removed row. How many of each kind."""
        new: dict[tuple[str, ...], list[tuple[str, Planned]]] = {}
        changed: list[tuple[str, Planned]] = []
        same = 0
        for key, planned in self.plan.records.items():
            kind = self.plan.kind(planned)
            if kind == "new":
                new.setdefault(planned.fields, []).append((key, planned))
            elif kind == "changed":
                changed.append((key, planned))
            else:
                same += 1
        inserted = sum(self._insert(fields, rows) for fields, rows in new.items())
        updated = self._update(changed, doing)
        removed = self._remove()
        return {"new": inserted, "changed": updated, "same": same, "removed": removed}

    def _insert(self, fields: tuple[str, ...], rows: list[tuple[str, Planned]]) -> int:
        own = [self._column(name) for name in fields]
        more = (
            "source_file", "source_sheet", "source_row", "division_code", "key_digest", "import_no", "words",
            "row_version", "changed_at",
        )  # fmt: skip
        width = len(own) + len(more)
        line = f"({', '.join(['%s'] * width)})"
        head = f"INSERT INTO {self.table} ({', '.join([*own, *more])}) VALUES "  # noqa: S608
        adapters = [(at, adapt) for at, name in enumerate(fields) if (adapt := self.adapters[name])]
        wordings = Wordings(self.spec, fields)
        file, number, now = self.file, self.import_no, self.now

        def prepared() -> Iterator[tuple[Any, ...]]:
            for key, planned in rows:
                values = planned.values
                words = wordings.of(values, planned.code)
                cells = list(values)
                for at, adapt in adapters:
                    cells[at] = adapt(cells[at])
                yield (*cells, file, planned.sheet, planned.row, planned.code, key, number, words, 1, now)

        with self.connection.cursor() as cursor:
            # Many rows a statement, not many statements: SQLite puts its index of words on disk with each.
            for run in batches(prepared(), MOST_VALUES // width):
                cursor.execute(head + ", ".join([line] * len(run)), list(chain.from_iterable(run)))
        return len(rows)

    def _update(self, rows: list[tuple[str, Planned]], doing: Change) -> int:
        with self.connection.cursor() as cursor:
            for _key, planned in rows:
                changes = planned.changes()
                before = planned.before
                if before is None:
                    raise RuntimeError("a changed row was not there before")
                after = {**before.values, **{name: new for name, (_, new) in changes.items()}}
                cells = [adapt(after[n]) if (adapt := self.adapters[n]) else after[n] for n in changes]
                sets = [f"{self._column(name)} = %s" for name in changes]
                more = ("source_file", "source_sheet", "source_row", "import_no", "words", "changed_at")
                sets += [f"{name} = %s" for name in more]
                words = words_of(self.spec, after, planned.code)
                cursor.execute(
                    f"UPDATE {self.table} SET {', '.join(sets)}, row_version = row_version + 1 "  # noqa: S608
                    "WHERE id = %s AND row_version = %s",
                    [
                        *cells, self.file, planned.sheet, planned.row, self.import_no, words, self.now,
                        before.id, before.row_version,
                    ],
                )  # fmt: skip
                if cursor.rowcount != 1:
                    raise Moved(f"{self.spec.title}: a row was changed meanwhile")
                self._note(doing, planned, after, changes)
        return len(rows)

    def _note(
        self, doing: Change, planned: Planned, after: dict[str, Any], changes: dict[str, tuple[Any, Any]]
    ) -> None:
        told = {
            name: [self.spec.fields[name].value_for_trail(old), self.spec.fields[name].value_for_trail(new)]
            for name, (old, new) in changes.items()
        }
        person = next((after[name] for name in self.spec.persons if after[name]), None)
        doing.note(
            self.spec.name,
            planned.before.id if planned.before else "",
            told,
            division_code=planned.code,
            person=identity.person_index(person) if person else "",
            source={"import": self.import_no, "sheet": planned.sheet, "row": planned.row},
        )

    def _remove(self) -> int:
        if not self.plan.removed:
            return 0
        versions = {row.id: row.row_version for row in self.plan.removed}
        numbers = list(versions)
        for some in batches(numbers, 500):
            found = list(self.spec.model._default_manager.filter(pk__in=some))
            if len(found) != len(some):
                raise Moved(f"{self.spec.title}: a row was deleted meanwhile")
            for row in found:
                if row.row_version != versions[row.pk]:
                    raise Moved(f"{self.spec.title}: a row was changed meanwhile")
                row.delete()
        return len(numbers)
