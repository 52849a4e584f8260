"""Two scans beside each other: what only the later one found, what both found, what only the earlier one.

What a scan found is read from the record, so that scans can be compared whose answers are no longer kept: a
finding was there at a scan if it was first found by it or before, and the last scan that noted it gone or
back, up to then, did not note it gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from shouwang.risk.models import Finding, ScanRun, Source, Step
from shouwang.risk.rule import Severity
from shouwang.standards.reading import N_

STATES: Final = {
    "new": N_("新增"),
    "known": N_("仍在"),
    "gone": N_("不再发现"),
    "unchecked": N_("后一次没有检查"),
}
"""What became of a finding between two scans. Of a rule that the later scan did not ask nobody knows whether
its findings are still there."""


CENT: Final = Decimal("0.01")


@dataclass
class Row:
    """One rule with its counts by state, and the money of those."""

    code: str
    severity: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))
    amounts: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(STATES, Decimal("0.00")))
    first_checked: bool = False
    """The earlier scan did not ask the rule: what is new need not have happened since."""

    @property
    def cells(self) -> list[tuple[str, int, Decimal]]:
        """State, count and money."""
        return [(state, self.counts[state], self.amounts[state]) for state in STATES]

    def add(self, state: str, count: int, amount: Decimal) -> None:
        """Count some more."""
        self.counts[state] += count
        self.amounts[state] += amount


def _last_word(run: ScanRun) -> Subquery:
    """The last thing that scans up to this one noted of a finding's presence: gone, back, or null."""
    noted = Step.objects.filter(finding=OuterRef("pk"), action__in=("gone", "back"))
    # A scan notes what it finds before it ends, and never two of them run at once.
    noted = noted.filter(at__lte=run.ended or timezone.now())
    return Subquery(noted.order_by("-pk").values("action")[:1])


def there(run: ScanRun, rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Those of the findings that a done scan found (or, where it did not ask the rule, had not seen gone)."""
    return rows.filter(source=Source.RULE.value).annotate(word=_last_word(run)).filter(_seen_by(run, "word"))


def _seen_by(run: ScanRun, word: str) -> Q:
    """Whether a scan saw a finding, where ``word`` is the column with its :func:`_last_word`."""
    return Q(first_run__lte=run.pk) & (Q(**{f"{word}__isnull": True}) | ~Q(**{word: "gone"}))


def compared(earlier: ScanRun, later: ScanRun, rows: QuerySet[Finding]) -> QuerySet[Any]:
    """The findings that either of two done scans found, each with its ``difference`` (:data:`STATES`)."""
    found = rows.filter(source=Source.RULE.value)
    found = found.annotate(was=_last_word(earlier), now=_last_word(later))
    was, now = _seen_by(earlier, "was"), _seen_by(later, "now")
    difference = Case(
        When(was & now & Q(code__in=sorted(later.waits)), then=Value("unchecked")),
        When(was & now, then=Value("known")),
        When(was, then=Value("gone")),
        default=Value("new"),
        output_field=CharField(),
    )
    return found.filter(was | now).annotate(difference=difference)


def tallied(earlier: ScanRun, later: ScanRun, rows: QuerySet[Finding]) -> list[Row]:
    """The comparison by rule, gravest first: one query, however many findings there are."""
    found: dict[tuple[str, str], Row] = {}
    asked = compared(earlier, later, rows).order_by().values("code", "severity", "difference")
    zero = Value(Decimal(0), output_field=Finding._meta.get_field("amount"))
    for one in asked.annotate(count=Count("pk"), amount_=Coalesce(Sum("amount"), zero)):
        key = (one["code"], one["severity"])
        row = found.setdefault(key, Row(*key, first_checked=one["code"] in earlier.waits))
        row.add(one["difference"], one["count"], one["amount_"].quantize(CENT))
    rank = {s.value: i for i, s in enumerate(Severity)}
    return sorted(found.values(), key=lambda row: (rank[row.severity], row.code))


def by_severity(rows: Iterable[Row]) -> list[Row]:
    """The same by severity, gravest first, with a row of all (``code`` is empty)."""
    told = {s.value: Row("", s.value) for s in Severity}
    told[""] = Row("", "")
    for row in rows:
        for state, count, amount in row.cells:
            told[row.severity].add(state, count, amount)
            told[""].add(state, count, amount)
    return list(told.values())


def pair(one: int, other: int) -> tuple[ScanRun, ScanRun] | None:
    """Two different done scans, the earlier first; None where one of them is not there or not done."""
    runs: list[Any] = list(
        ScanRun.objects.filter(pk__in=[one, other], status=ScanRun.Status.DONE).order_by("pk")
    )
    return (runs[0], runs[1]) if len(runs) == 2 else None


def before(run: ScanRun) -> ScanRun | None:
    """The last done scan before this one."""
    return ScanRun.objects.filter(status=ScanRun.Status.DONE, pk__lt=run.pk).order_by(F("pk").desc()).first()
