"""Importing workbooks into the database: look first, then do exactly what was looked at, or nothing.

:func:`prepare` reads a folder with the ordinary reader and holds every record against the database.
:func:`commit` carries that out, one transaction a file: it makes the plan anew inside the transaction and
refuses where it is not the one that was looked at. Rows of divisions in which the importer may not import are
refused by the reader like unreadable ones: they are in the account and in the workbook of refused rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.models import Area, code_range
from shouwang.access.scope import Scope, scope_of
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.models import Import, LastImport
from shouwang.ledger.reading import Limits, Reading, read_folder
from shouwang.ledger.store import engine
from shouwang.ledger.store.places import Places, Placing, everywhere
from shouwang.ledger.store.planning import FilePlan, Stated, plan_file
from shouwang.ledger.store.writing import Moved, Writer, leaf
from shouwang.trail import merkle
from shouwang.trail.tracking import common_division

imported = Signal()
"""Sent after an import is committed: ``number`` (of the import) and ``ledgers`` (names that changed)."""
stated = Signal()
"""Sent within the transaction of each file: ``sheets``, what each of its sheets stated (:class:`Stated`)."""


@dataclass
class Incoming:
    """Workbooks that were read for an importer, and what importing them would do."""

    reading: Reading
    placing: Placing
    removing: bool = False
    sheets: list[Stated] = field(default_factory=list)

    @cached_property
    def plans(self) -> list[FilePlan]:
        """The plan of each file that states records, held against the database at the first call.

        A later file may state what an earlier one of the same folder states: its plan is then made anew when
        its turn comes.
        """
        return [self.plan(file.path, file.sha256) for file in self.reading.files if self._states(file.path)]

    def _states(self, file: str) -> bool:
        return any(sheet.file == file for sheet in self.sheets)

    def plan(self, file: str, sha256: str) -> FilePlan:
        """The plan of one file as the database is now."""
        mine = [sheet for sheet in self.sheets if sheet.file == file]
        return plan_file(file, sha256, mine, self.placing, removing=self.removing)

    @property
    def fingerprints(self) -> dict[str, str]:
        """What the plans rest on, by file: hand it to :func:`commit` to be sure that nothing changed."""
        return {plan.file: plan.fingerprint for plan in self.plans}


@dataclass(frozen=True)
class Done:
    """What became of one file: the import's number and the rows by ledger and kind.

    ``earlier`` is the import of the very same file where this one changed nothing: no further one is kept.
    """

    file: str
    number: int
    counts: dict[str, dict[str, int]]
    problem: str = ""
    earlier: Import | None = None


def scopes_of(user: Any) -> Callable[[str], Scope]:
    """Where a user may import, by ledger."""
    known: dict[str, Scope] = {}

    def scope(ledger: str) -> Scope:
        if ledger not in known:
            known[ledger] = scope_of(user, "ledger.import", ledger)
        return known[ledger]

    return scope


def root_division() -> str:
    """The division that all others of the installation lie in; empty where there is none or no single one."""
    codes = list(Area.objects.order_by("code").values_list("code", flat=True))
    if not codes:
        return ""
    low, high = code_range(codes[0])
    return codes[0] if low <= codes[-1] <= high else ""


def prepare(
    folder: Path,
    *,
    user: Any = None,
    division: str = "",
    mapping: Path | None = None,
    removing: bool = False,
    limits: Limits | None = None,
    progress: Callable[[str], None] | None = None,
) -> Incoming:
    """Read the workbooks of a folder for somebody who wants to import them.

    ``user`` is who imports; None is a command on the machine, which may write everywhere. ``division`` (15
    digits) is where rows belong that do not say. ``removing`` plans to delete rows that came from the same
    sheet earlier and are not in it any more. Raises ``MappingError`` for a mapping that can't be obeyed.
    """
    scope = scopes_of(user) if user is not None else lambda _ledger: everywhere()
    placing = Placing(Places.load(), scope, division)
    sheets: list[Stated] = []

    def keep(spec: SheetSpec, file: str, sheet: str, rows: pa.Table, fields: Sequence[str]) -> None:
        kept = ["_row", *(name for name in rows.column_names if name in fields)]
        sheets.append(Stated(spec, file, sheet, rows.select(kept), tuple(fields)))

    reading = read_folder(
        folder, out_snapshot=keep, mapping=mapping, limits=limits, progress=progress, judge=placing.judge
    )
    return Incoming(reading, placing, removing, sheets)


def commit(incoming: Incoming, *, seen: dict[str, str] | None = None, reason: str = "") -> list[Done]:
    """Carry the import out, one transaction a file; the account of each.

    ``seen`` are the fingerprints of the preview that was agreed to. A file whose plan is another one now is
    left alone, with the problem ``"moved"``; the others go on. A file that several of its folder overlap with
    is held against what the earlier ones left.
    """
    batch = uuid.uuid4().hex
    done: list[Done] = []
    touched: set[str] = set()
    for file in incoming.reading.files:
        mine = {sheet.spec.name for sheet in incoming.sheets if sheet.file == file.path}
        if not mine:
            continue
        # What an earlier file of this very import wrote is no surprise to the preview.
        expected = None if mine & touched else (seen or {}).get(file.path)
        try:
            done.append(_commit_file(incoming, file.path, file.sha256, expected, batch, reason))
            touched |= {name for name, kinds in done[-1].counts.items() if kinds["new"] + kinds["changed"]}
        except Moved:
            done.append(Done(file.path, 0, {}, "moved"))
    return done


def _commit_file(
    incoming: Incoming, file: str, sha256: str, expected: str | None, batch: str, reason: str
) -> Done:
    names = {sheet.spec.name for sheet in incoming.sheets if sheet.file == file}
    with trail.change("ledger.import", reason=reason) as doing:
        engine.lock(connection, names)
        plan = incoming.plan(file, sha256)
        if expected is not None and plan.fingerprint != expected:
            raise Moved(file)
        counts = plan.counts()
        earlier = nothing_new(plan)
        if earlier is not None:
            # The same file twice changes nothing; that it was seen again is a fact.
            doing.note(
                Import.trail_target(),
                earlier.pk,
                action="ledger.import-again",
                division_code=earlier.division_code,
                file=file,
                sha256=sha256,
            )
            stated.send(sender=Import, sheets=[sheet for sheet in incoming.sheets if sheet.file == file])
            return Done(file, earlier.pk, counts, earlier=earlier)
        record = Import(
            batch=batch,
            file=file,
            sha256=sha256,
            actor=doing.actor.handle,
            name=doing.actor.name,
            division_code=_common(plan),
            counts=counts,
            root=merkle.root(_leaves(plan)).hex(),
        )
        record.save()
        for name, one in sorted(plan.ledgers.items()):
            Writer(one, file, record.pk).write(doing)
            LastImport.objects.update_or_create(
                ledger=name, defaults={"imported": record, "at": timezone.now()}
            )
        stated.send(sender=Import, sheets=[sheet for sheet in incoming.sheets if sheet.file == file])
        changed = [
            name for name, kinds in counts.items() if kinds["new"] + kinds["changed"] + kinds["removed"]
        ]
        if changed:
            transaction.on_commit(partial(imported.send, sender=Import, number=record.pk, ledgers=changed))
    return Done(file, record.pk, counts)


def nothing_new(plan: FilePlan) -> Import | None:
    """The import of the very same file, where importing it again changes nothing; else None."""
    if any(kinds["new"] + kinds["changed"] + kinds["removed"] for kinds in plan.counts().values()):
        return None
    return Import.objects.filter(sha256=plan.sha256).first()


def told(earlier: Import) -> str:
    """For people: when and by whom a file was imported that has nothing new."""
    day = timezone.localtime(earlier.at).strftime("%Y-%m-%d %H:%M")
    return _("没有新内容：这份文件已于 %(day)s 由 %(who)s 导入") % {"day": day, "who": earlier.name}


def _leaves(plan: FilePlan) -> Iterator[bytes]:
    for _name, one in sorted(plan.ledgers.items()):
        for key, planned in sorted(one.records.items()):
            yield leaf(one.spec, key, planned)


def _common(plan: FilePlan) -> str:
    """The smallest division that all rows of a file lie in."""
    return common_division([p.code for one in plan.ledgers.values() for p in one.records.values()] or [""])


__all__ = [
    "Done",
    "Incoming",
    "Moved",
    "commit",
    "imported",
    "nothing_new",
    "prepare",
    "root_division",
    "scopes_of",
    "told",
]
