"""The report of a scan of the database: the same page and working paper as the scan of a folder gives.

It holds what its reader may see and nothing else: the findings within their sight, narrowed by division and
period, and of the evidence the cells of rows that lie in their scope; of other rows only the place is named.
Persons are masked unless there is a right and a reason. Every copy says whose it is, and leaves an event.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.models import User, code_range
from shouwang.access.scope import Scope, scope_of
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.store.exporting import PERSONS, mark
from shouwang.ledger.store.places import everywhere
from shouwang.risk import catalogue
from shouwang.risk.engine import Outcome
from shouwang.risk.findings import Evidence, Fact
from shouwang.risk.findings import Finding as Found
from shouwang.risk.loop.intake import identity
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import Finding, ScanRun, Source
from shouwang.risk.report import WRITERS
from shouwang.risk.report.evidence import Places, Row
from shouwang.risk.report.privacy import Privacy
from shouwang.risk.report.view import View
from shouwang.risk.scan import Scan
from shouwang.risk.scans import comparing, keeping
from shouwang.risk.scans.numbers import CHUNK, numbers_behind
from shouwang.snapshot.database import ORIGIN, Origin, origins
from shouwang.snapshot.store import RowRef, Snapshot
from shouwang.standards.batches import batches
from shouwang.trail.tracking import common_division

FORMATS: Final = tuple(WRITERS)
"""The files there are: the page and the working paper."""
MOST: Final = 20_000
"""So many findings a page writes into a report while somebody waits for it; a command has no limit."""

Where = Callable[[str], Scope]
"""The scope in which the rows of a ledger may be seen."""


class NotReported(ValueError):
    """A report that can't be made; says why and what to do."""


@dataclass(frozen=True)
class Ask:
    """What a report is narrowed to. A period leaves out what has no date; both of its ends belong to it."""

    division: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def narrowed(self, rows: QuerySet[Finding]) -> QuerySet[Finding]:
        """The findings that fit."""
        if self.division:
            rows = rows.filter(division_code__range=code_range(self.division))
        if self.since:
            rows = rows.filter(on__gte=self.since)
        return rows.filter(on__lte=self.until) if self.until else rows

    @property
    def told(self) -> dict[str, str]:
        """The filters for the trail."""
        ends = {"since": self.since, "until": self.until}
        given = {name: day.isoformat() for name, day in ends.items() if day}
        return {**given, **({"division": self.division} if self.division else {})}


@dataclass(frozen=True)
class Reader:
    """Who a report is for.

    ``findings`` are all that they may see, ``rows`` says where they may see the rows of a ledger. ``clear``
    and ``clear_rows`` are the same for what they may see unmasked. ``whole`` is who has all of the database
    in hand, and is told also of sheets that no finding rests on.
    """

    findings: QuerySet[Finding]
    rows: Where
    clear: QuerySet[Finding]
    clear_rows: Where
    whole: bool = False


def reader_of(user: User) -> Reader:
    """What a user may be told, masked and in clear."""
    sight = Sight(user)
    return Reader(
        findings=sight.visible(),
        rows=lambda ledger: scope_of(user, "ledger.view", ledger),
        clear=sight.visible("ledger.unmask"),
        clear_rows=lambda ledger: scope_of(user, "ledger.unmask", ledger),
    )


def commanding() -> Reader:
    """Who runs a command on the machine has all of the database in hand."""

    def all_(_ledger: str) -> Scope:
        return everywhere()

    return Reader(Finding.objects.all(), all_, Finding.objects.all(), all_, whole=True)


def kept(run: ScanRun) -> bool:
    """Whether the answers of a scan are still there to be reported."""
    return run.status == ScanRun.Status.DONE and keeping.has(run)


def report(
    run: ScanRun,
    reader: Reader,
    path: Path,
    kind: str,
    *,
    ask: Ask | None = None,
    reason: str = "",
    most: int = MOST,
) -> int:
    """Write the report of a done scan to ``path`` in the active language; how many findings it holds.

    ``kind`` is one of :data:`FORMATS`. With a ``reason`` persons are shown in clear: then all findings of the
    report must be among those that the reader may see so. :class:`NotReported` where that is not so, where
    the answers are no longer kept, or where there are more than ``most``.
    """
    ask = ask or Ask()
    rules = catalogue.rules()
    scan = keeping.load(run, rules) if run.status == ScanRun.Status.DONE else None
    if scan is None:
        raise NotReported(
            _("这次扫描的底数已不保留（只保留最近{count}次），请报告较近的一次").format(count=keeping.KEPT)
        )
    reason = " ".join(reason.split())
    rows = ask.narrowed(reader.findings)
    if reason and rows.exclude(pk__in=reader.clear.values("pk")).exists():
        raise NotReported(_("其中有些问题您不能看明文，请缩小区划或期间，或导出隐去个人信息的"))
    made = _Report(run, scan, reader, rows, reason, most)
    with trail.change("scan.report", reason=reason) as doing:
        WRITERS[kind](made.view(), path)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        division = common_division(sorted(made.divisions)) if made.divisions else ""
        doing.note(
            "risk.scanrun",
            run.pk,
            division_code=division,
            format=kind,
            findings=made.count,
            filters=ask.told,
            clear=bool(reason),
            sha256=digest,
        )
        for person in sorted(made.persons if reason else ())[:PERSONS]:
            doing.note("risk.scanrun", run.pk, division_code=division, person=person, clear=True)
    path.chmod(0o600)
    return made.count


class _Origins(Places):
    """Where the rows of a snapshot of the database come from: the line of the sheet, not the record."""

    def __init__(self, snapshot: Snapshot, found: Mapping[tuple[str, int], Origin]) -> None:
        super().__init__(snapshot)
        self._found = {ref: origin for (_ledger, ref), origin in found.items()}

    def __call__(self, ref: int) -> RowRef | None:
        """File, sheet and line; of a row that was typed in the number of the record."""
        origin = self._found.get(ref)
        return RowRef(origin.file, origin.sheet, origin.row or origin.record) if origin else None


class _Report:
    """One report: what of the scan belongs into it, with numbers in the place of pseudonyms."""

    def __init__(
        self,
        run: ScanRun,
        scan: Scan,
        reader: Reader,
        rows: QuerySet[Finding],
        reason: str,
        most: int,
    ) -> None:
        self.run, self.scan, self.reader, self.reason = run, scan, reader, reason
        self.recorded = {
            record.identity: record
            for record in rows.filter(source=Source.RULE.value, first_run__lte=run.pk)
            .only("identity", "number", "first_run", "division_code", "person")
            .iterator(chunk_size=5000)
        }
        found = [(f, self.recorded.get(identity(f.rule, f.subject_id, f.key))) for f in scan.findings]
        taken = [(f, record) for f, record in found if record is not None]
        self.count = len(taken)
        if self.count > most:
            raise NotReported(
                _("共{count}个问题，一次最多{most}个：请缩小区划或期间，或用 shouwang report 命令").format(
                    count=f"{self.count:,}", most=f"{most:,}"
                )
            )
        self.divisions = {record.division_code for _f, record in taken}
        self.persons = {record.person for _f, record in taken if record.person}
        self.origins = origins(scan.snapshot, {(e.ledger, e.ref) for f, _r in taken for e in f.evidence})
        self.numbers = numbers_behind(self.origins)
        self.previous = comparing.before(run)
        self.findings = [
            replace(self._named(f), number=record.number, known=record.first_run_id != run.pk)
            for f, record in taken
        ]
        self.rows = rows

    def view(self) -> View:
        """What the report says."""
        scan = replace(
            self.scan,
            findings=self.findings,
            outcomes=[self._outcome(o) for o in self.scan.outcomes],
            gone=self._gone(self.previous) if self.previous else [],
            compared=self.previous.as_of if self.previous else None,
        )
        return View(
            scan,
            reading=self._reading(),
            unmask=self.reason,
            shown=self._shown,
            places=_Origins(scan.snapshot, self.origins),
            mark=mark(),
        )

    def _outcome(self, outcome: Outcome) -> Outcome:
        """The outcome of a rule; what sheets it left alone is told only to who may know of all sheets."""
        return outcome if self.reader.whole else replace(outcome, left_out=())

    def _named(self, found: Found) -> Found:
        """A finding with the numbers of persons, so that it is masked, or told, as that of a folder."""
        return replace(
            found,
            subject_id=self.numbers.get(found.subject_id, found.subject_id),
            key=self.numbers.get(found.key, found.key),
            facts={name: self._fact(fact) for name, fact in found.facts.items()},
        )

    def _fact(self, fact: Fact) -> Fact:
        def named(value: Any) -> Any:
            return self.numbers.get(value, value) if isinstance(value, str) else value

        return replace(
            fact, values=tuple(map(named, fact.values)), first=named(fact.first), last=named(fact.last)
        )

    def _gone(self, previous: ScanRun) -> list[Found]:
        """What the scan before found and this one did not, in the masked words of the record."""
        rules = catalogue.rules()
        gone = comparing.compared(previous, self.run, self.rows).filter(difference="gone")
        english = get_language() == "en"
        return [
            Found(
                rule=record.code,
                subject_id="",
                subject_name=record.subject_name,
                division="",
                on=record.on,
                amount=record.amount,
                key="",
                sentence="{said}",
                rows=record.rows,
                facts={"said": Fact((text,), 1, text, text, None)},
                evidence=(),
                number=record.number,
            )
            for record in gone.order_by("code", "number")
            if record.code in rules
            for text in ((english and record.sentence_en) or record.sentence,)
        ]

    def _shown(self, rows: dict[Evidence, Row]) -> dict[Evidence, Row]:
        """The rows that the reader may see; in a clear report those they may not see clear stay masked."""
        by_ledger: dict[str, list[Evidence]] = {}
        for item in rows:
            if (item.ledger, item.ref) in self.origins:
                by_ledger.setdefault(item.ledger, []).append(item)
        places = _Origins(self.scan.snapshot, self.origins)
        cover = Privacy()
        shown = {}
        for name, items in by_ledger.items():
            records = {self.origins[name, item.ref].record for item in items}
            seen = _within(name, self.reader.rows(name), records)
            clear = _within(name, self.reader.clear_rows(name), records) if self.reason else set()
            for item in items:
                record = self.origins[name, item.ref].record
                if record not in seen:
                    continue
                row = rows[item]
                values = {column: self._value(value) for column, value in row.values.items()}
                if self.reason and record not in clear:
                    fields = ledgers()[name].fields
                    values = {column: cover.value(fields[column], v) for column, v in values.items()}
                shown[item] = replace(row, values=values, place=places(item.ref))
        return {item: shown[item] for item in rows if item in shown}

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(one) for one in value]
        return self.numbers.get(value, value) if isinstance(value, str) else value

    def _reading(self) -> dict[str, Any]:
        """The rows that the scan looked at, by ledger, as far as they lie in the reader's scope."""
        counts = _rows_within(self.scan.snapshot, self.reader.rows)
        sheets = [
            {"name": ledgers()[name].title, "ledger": name, "rows": rows, "loaded": rows}
            for name, rows in counts.items()
        ]
        total = sum(counts.values())
        totals = {"files": 0, "sheets": len(sheets), "rows": total, "loaded": total}
        return {"totals": totals, "files": [{"path": "数据库", "sheets": sheets}], "database": True}


def _within(ledger: str, scope: Scope, records: set[int]) -> set[int]:
    """Which of these records lie in the scope."""
    if not scope:
        return set()
    found: set[int] = set()
    for some in batches(sorted(records), CHUNK):
        rows = ledgers()[ledger].model._default_manager.filter(pk__in=some)
        found.update(scope.filter(rows).values_list("pk", flat=True))
    return found


def _rows_within(snapshot: Snapshot, where: Where) -> dict[str, int]:
    """How many lines of each ledger of a snapshot lie in the reader's area; where there are any."""
    import duckdb

    paths: dict[str, list[str]] = {}
    for part in snapshot.parts:
        paths.setdefault(part.ledger, []).append(str(snapshot.root / ORIGIN / part.path))
    counts: Counter[str] = Counter()
    with duckdb.connect() as session:
        for name, files in sorted(paths.items()):
            for low, high in where(name).ranges if name in ledgers() else ():
                told = session.execute(
                    "SELECT count(*) FROM read_parquet(?) WHERE division BETWEEN ? AND ?", [files, low, high]
                ).fetchone()
                counts[name] += told[0] if told else 0
    return {name: count for name, count in counts.items() if count}
