"""Rotating data keys: what older keys sealed is sealed anew, in batches, any time it was interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from shouwang import trail
from shouwang.ledger import secret
from shouwang.ledger.catalogue import ledgers

BATCH = 500


@dataclass(frozen=True)
class Progress:
    """A batch that was done: ledger, column, rows so far."""

    ledger: str
    column: str
    rows: int


@dataclass(frozen=True)
class Sealed:
    """A column of sealed text (:mod:`shouwang.ledger.secret`): what it is called, and where it lies."""

    what: str
    name: str
    table: str
    column: str

    @property
    def place(self) -> str:
        """The place its values are sealed for."""
        return f"{self.table}.{self.column}"


_others: list[Sealed] = []


def register(column: Sealed) -> None:
    """Have a column outside of the ledgers rotated with theirs."""
    if column not in _others:
        _others.append(column)


def columns() -> Iterator[Sealed]:
    """All sealed columns."""
    for spec in ledgers().values():
        for name in spec.persons:
            yield Sealed(spec.name, name, spec.model._meta.db_table, str(spec.fields[name].column))
    yield from _others


def _stale(where: Sealed, version: int, after: int) -> list[tuple[int, str]]:
    """Rows beyond an id that another key than the current one sealed."""
    start = secret.INDEX_WIDTH + 1
    mark = f"{version}."
    column = connection.ops.quote_name(where.column)
    with connection.cursor() as cursor:
        # What bears no dot after the index was not sealed with a data key: no rotation can open it.
        cursor.execute(
            f"SELECT id, {column} FROM {where.table} WHERE id > %s AND substr({column}, {start}, 1) = '.' "  # noqa: S608
            f"AND substr({column}, {start + 1}, {len(mark)}) <> %s ORDER BY id LIMIT {BATCH}",
            [after, mark],
        )
        return [(number, stored) for number, stored in cursor.fetchall()]


def unfinished() -> bool:
    """Whether some value is still sealed with an older key: an earlier rotation was interrupted."""
    version = secret.keyring().current
    return any(_stale(where, version, 0) for where in columns())


def rotate(*, told: Callable[[Progress], None] | None = None) -> int:
    """Seal everything anew with a new key; how many values that were.

    Where an earlier rotation was interrupted, it goes on with that one's key instead of making another. Each
    batch is one transaction with its event; a value that changes meanwhile is left to its writer, who seals
    with the current key. Old keys stay in the key file: backups need them.
    """
    if not unfinished():
        version = secret.add_data_key()
        trail.record("ledger.rotate", "ledger.key", version, started=True)
    version = secret.keyring().current
    total = 0
    for where in columns():
        total += _column(where, version, told)
    trail.record("ledger.rotate", "ledger.key", version, values=total)
    return total


def _column(where: Sealed, version: int, told: Callable[[Progress], None] | None) -> int:
    column = connection.ops.quote_name(where.column)
    last = done = 0
    while rows := _stale(where, version, last):
        last = rows[-1][0]
        sealed = [(_anew(stored, where.place), number, stored) for number, stored in rows]
        with trail.change("ledger.rotate") as doing, connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {where.table} SET {column} = %s WHERE id = %s AND {column} = %s",  # noqa: S608
                sealed,
            )
            doing.note(
                where.what, "", column=where.name, key=version, first=rows[0][0], last=last, rows=len(rows)
            )
        done += len(rows)
        if told:
            told(Progress(where.what, where.name, done))
    return done


def _anew(stored: str, place: str) -> str:
    return secret.seal(secret.unseal(stored, place), place, secret.index_of(stored))
