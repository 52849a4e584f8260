"""How findings stand: what is open, by what a figure asks for, and what was found and closed by month.

Each figure is one query that the database counts to the end: with a million findings, a finer count that
several figures could share has nearly as many cells as there are findings, and takes ten times as long.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from django.db.models import Case, Count, F, IntegerField, QuerySet, Sum, Value, When
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from shouwang.access.models import Area, Post, code_range
from shouwang.indicator.catalogue import indicators
from shouwang.risk.catalogue import rules
from shouwang.risk.loop.machine import OPEN, Status
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import Finding, Source
from shouwang.risk.report import words
from shouwang.risk.risk_points import risk_points
from shouwang.risk.rule import Severity
from shouwang.standards.division import significant
from shouwang.workbench.figures.figure import Figure, Row, Series, top
from shouwang.workbench.figures.keeping import kept

AGES = (7, 30, 90)
"""Days at which the classes of age end: up to 7, 8 to 30, 31 to 90, more."""
MONTHS = 12
SHOWN = 12
"""Rows of a ranking."""

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Cell:
    """So many open findings of one ``key`` (a pack, a post…) and severity, in their term or past it."""

    key: Any
    severity: str
    overdue: bool
    count: int
    amount: Decimal


@dataclass
class View:
    """Whose figures, of which division and pack. Empty: everything the user may see."""

    user: Any
    division: str = ""
    pack: str = ""
    today: dt.date | None = None
    counted: dt.datetime | None = None
    """When the oldest of the numbers shown was counted."""
    _answers: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> dt.date:
        """The day the figures are of."""
        return self.today or timezone.localdate()

    @cached_property
    def findings(self) -> QuerySet[Finding]:
        """The findings that the figures count: within the user's areas, sensitive ones only for the named."""
        sight = Sight(self.user)
        rows: QuerySet[Finding] = Finding.objects.filter(sight.within("finding.view"))
        if self.division:
            low, high = code_range(self.division)
            rows = rows.filter(division_code__gte=low, division_code__lte=high)
        if self.pack:
            rows = rows.filter(pack=self.pack)
        # Who sees nothing sensitive asks what everybody of the same place asks: it is counted once for all.
        if rows.filter(sight.open_to, sensitive=True).exists():
            return rows.filter(sight.open_to)
        return rows.filter(sensitive=False)

    def kept(self, kind: str, rows: QuerySet[Any], count: Callable[[], Answer]) -> Answer:
        """What ``count`` answers, or answered a while ago; :attr:`counted` says when."""
        if kind not in self._answers:
            found = kept(kind, rows, count)
            self.counted = min(self.counted or found.at, found.at)
            self._answers[kind] = found.answer
        answer: Answer = self._answers[kind]
        return answer

    def link(self, **filters: str) -> str:
        """The address of the list of these findings; empty where there is no such page."""
        try:
            address = reverse("workbench:finding-list")
        except NoReverseMatch:
            return ""
        wanted = {"division": self.division, "pack": self.pack, **filters}
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"{address}?{query}" if query else address


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _age(today: dt.date) -> Case:
    """The class of age of a finding: 0 up to the last of :data:`AGES`, more than that the next."""
    return Case(
        *(
            When(found_at__gte=_midnight(today - dt.timedelta(days=days)), then=Value(k))
            for k, days in enumerate(AGES)
        ),
        default=Value(len(AGES)),
        output_field=IntegerField(),
    )


def cells(view: View, by: str) -> list[Cell]:
    """What is open, counted by ``by`` (a column of the finding, or ``age``), severity and term."""
    today = view.day
    key = _age(today) if by == "age" else F(by)
    overdue = Case(When(due__lt=today, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = (
        view.findings.filter(status__in=[status.value for status in OPEN])
        .order_by()
        .values("severity", of=key, late=overdue)
        .annotate(n=Count("pk"), money=Sum("amount"))
    )
    return view.kept(f"cells {by}", rows, lambda: _cells(rows))


def _cells(rows: Iterable[Any]) -> list[Cell]:
    return [Cell(r["of"], r["severity"], bool(r["late"]), r["n"], r["money"] or Decimal(0)) for r in rows]


def months(day: dt.date, count: int = MONTHS) -> list[dt.date]:
    """The first days of the last months, that of ``day`` included, and of the one after."""
    number = day.year * 12 + day.month - 1
    return [dt.date((n := number - count + 1 + k) // 12, n % 12 + 1, 1) for k in range(count + 1)]


def flow(view: View, count: int = MONTHS) -> list[tuple[dt.date, int, int]]:
    """By month how many were found and how many closed: a query each."""
    starts = months(view.day, count)
    marks = [_midnight(day) for day in starts]
    found, closed = (_by_month(view, column, marks) for column in ("found_at", "closed_at"))
    return [(starts[k], found[k], closed[k]) for k in range(count)]


def _by_month(view: View, column: str, marks: list[dt.datetime]) -> Counter[int]:
    """How many findings have a moment between one mark and the next, by the number of the mark."""
    month = Case(
        *(When(**{f"{column}__lt": end}, then=Value(k)) for k, end in enumerate(marks[1:])),
        output_field=IntegerField(),
    )
    within = {f"{column}__gte": marks[0], f"{column}__lt": marks[-1]}
    rows = view.findings.filter(**within).order_by().values(month=month).annotate(n=Count("pk"))
    return view.kept(column, rows, lambda: Counter({row["month"]: row["n"] for row in rows}))


def packs(view: View) -> list[str]:
    """The packs that have open findings where the user looks, also beside the one they chose."""
    every = View(view.user, view.division, today=view.today) if view.pack else view
    return sorted({str(cell.key) for cell in cells(every, "pack")} | ({view.pack} if view.pack else set()))


# --- figures ---


def severities() -> tuple[Series, ...]:
    """A column for each severity, gravest first."""
    return tuple(Series(s.value, _(s.label)) for s in Severity)


def _by(found: Iterable[Cell], key: Callable[[Cell], Any] = lambda cell: cell.key) -> dict[Any, Counter[str]]:
    counted: dict[Any, Counter[str]] = {}
    for cell in found:
        counted.setdefault(key(cell), Counter())[cell.severity] += cell.count
    return counted


def _values(counts: Counter[str]) -> tuple[int, ...]:
    return tuple(counts[s.value] for s in Severity)


def by_pack(view: View) -> Figure:
    """Open findings by pack and severity."""
    counted = _by(cells(view, "pack"))
    rows = [Row(words.pack_label(pack), _values(c), view.link(pack=pack)) for pack, c in counted.items()]
    shown, more = top(rows, 40)
    return Figure("pack", _("各项业务的问题"), _("业务"), severities(), shown, more=more)


def by_age(view: View) -> Figure:
    """Open findings by how long ago they were found."""
    counted = _by(cells(view, "age"))
    labels = [
        _("{days}天以内").format(days=AGES[0]),
        *(_("{first}–{last}天").format(first=a + 1, last=b) for a, b in pairwise(AGES)),
        _("{days}天以上").format(days=AGES[-1]),
    ]
    rows = tuple(Row(label, _values(counted.get(k, Counter()))) for k, label in enumerate(labels))
    return Figure("age", _("未办结问题的账龄"), _("发现至今"), severities(), rows)


def by_owner(view: View) -> Figure:
    """Overdue findings by the post that answers for them."""
    counted = _by(cell for cell in cells(view, "post") if cell.overdue)
    posts = Post.objects.select_related("area").in_bulk([post for post in counted if post])
    rows = [
        Row(str(posts[post]) if post in posts else _("（未分派）"), _values(counts))
        for post, counts in counted.items()
    ]
    shown, more = top(rows, SHOWN)
    return Figure("owner", _("逾期问题的责任岗位"), _("岗位"), severities(), shown, more=more)


def by_rule(view: View) -> Figure:
    """Open findings by what they are of, the most frequent: rules, but also indicators and risk points."""
    counted = _by(cells(view, "code"))
    rows = [Row(_title(code), _values(c), view.link(code=code)) for code, c in counted.items()]
    shown, more = top(rows, SHOWN)
    return Figure("rule", _("最多的问题"), _("规则"), severities(), shown, more=more)


def _title(code: str) -> str:
    """What a code of findings is called; the code itself where nobody declares it any more."""
    if code in rules():
        return words.translated(rules()[code].title)
    if code in indicators():
        return words.translated(indicators()[code].label)
    if code in risk_points():
        return words.translated(risk_points()[code].title)
    pack, _dot, source = code.partition(".")
    return f"{words.pack_label(pack)} · {Source(source).label}" if source in Source.values else code


def below(code: str, top_code: str) -> str:
    """The division right below ``top_code`` that ``code`` lies in, or ``top_code`` where there is none."""
    above, own = significant(top_code), significant(code)
    if own == above or not own.startswith(above):
        return top_code
    width = next(w for w in (2, 4, 6, 9, 12, 15) if w > len(above))
    cut = own[:width]
    # A level that is skipped: the division begins with zeros there, take the next that is named.
    while not cut[len(above) :].strip("0") and len(cut) < len(own):
        width = next(w for w in (4, 6, 9, 12, 15) if w > len(cut))
        cut = own[:width]
    return cut.ljust(15, "0")


def by_division(view: View, root: Area) -> Figure:
    """Open findings by the divisions right below ``root``."""
    counted = _by(cells(view, "division_code"), lambda cell: below(cell.key, root.code))
    names = dict(Area.objects.filter(code__in=list(counted)).values_list("code", "name"))
    rows = []
    for code, counts in counted.items():
        own = code == root.code
        label = _("{name}本级").format(name=root.name) if own else names.get(code, code)
        rows.append(Row(label, _values(counts), "" if own else view.link(division=code)))
    shown, more = top(rows, 30)
    return Figure("division", _("各区划的问题"), _("区划"), severities(), shown, more=more)


def trend(view: View) -> Figure:
    """Found and closed by month."""
    rows = tuple(Row(f"{day:%Y-%m}", (found, closed)) for day, found, closed in flow(view))
    series = (Series("found", _("新发现")), Series("closed", _("已销号")))
    return Figure("trend", _("逐月发现与销号"), _("月份"), series, rows, kind="columns", totals=False)


@dataclass(frozen=True)
class Heads:
    """The numbers at the head of the page."""

    open: int
    high: int
    overdue: int
    waiting: int
    amount: Decimal
    found: int
    closed: int


def heads(view: View, by_month: Figure) -> Heads:
    """The numbers at the head; those of this month come from the trend."""
    found = cells(view, "status")
    latest = by_month.rows[-1].values if by_month.rows else (0, 0)
    return Heads(
        open=sum(cell.count for cell in found),
        high=sum(cell.count for cell in found if cell.severity == Severity.HIGH.value),
        overdue=sum(cell.count for cell in found if cell.overdue),
        waiting=sum(cell.count for cell in found if cell.key == Status.NEW.value),
        amount=sum((cell.amount for cell in found), Decimal(0)),
        found=int(latest[0] or 0),
        closed=int(latest[1] or 0),
    )


def root_of(user: Any, division: str) -> Area | None:
    """The division that is looked at: the one chosen, else the highest one the user has a post in."""
    from shouwang.access.scope import holdings

    if division:
        return Area.objects.filter(code=division).first()
    areas = sorted(
        (held.post.area for held in holdings(user)), key=lambda a: (len(significant(a.code)), a.code)
    )
    return areas[0] if areas else None
