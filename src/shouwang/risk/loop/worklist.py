"""What waits for somebody: the findings on which a user has something to do, the most urgent first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from shouwang.access.models import User
from shouwang.risk.loop.chores import soon
from shouwang.risk.loop.first import ORDERS, first
from shouwang.risk.loop.machine import OPEN, UNDER_WAY, Status
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import Finding, Step
from shouwang.standards.reading import N_

SHOWN: Final = 8
MOST: Final = 100
"""Beyond so many a section says only that there are more."""


SECTIONS: Final = {
    "overdue": N_("逾期未整改"),
    "due": N_("即将到期"),
    "mine": N_("分派给我，待整改"),
    "verify": N_("待我核验"),
    "close": N_("待我销号"),
    "assign": N_("待我分派"),
    "extension": N_("申请延期，待我答复"),
    "escalated": N_("逾期上报给我"),
}
"""The sections with their Chinese names, in the order in which they are shown."""


_JUDGED: Final = {
    "verify": ("finding.verify", Status.SUBMITTED),
    "close": ("finding.close", Status.VERIFIED),
    "assign": ("finding.assign", Status.NEW),
}
"""The sections of what waits for anybody with a right; the others hold what is one's own."""


@dataclass(frozen=True)
class Section:
    """One part of a work-list: how many there are (up to :data:`MOST`), and the first of them."""

    code: str
    label: str
    count: int
    rows: list[Finding]

    @property
    def many(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > MOST


class WorkList:
    """The work-list of one user."""

    def __init__(self, user: User, *, today: dt.date | None = None) -> None:
        self.sight = Sight(user)
        self.user = user
        self.today = today or timezone.localdate()

    @cached_property
    def _mine(self) -> Q:
        """What the user answers for: by name, or at a post of theirs where nobody is named."""
        # The state stands in each branch: beside them both, SQLite would read all that is under way instead.
        under_way = sorted(UNDER_WAY)
        mine = Q(holder=self.user, status__in=under_way)
        if self.sight.posts:
            mine |= Q(post__in=self.sight.posts, holder__isnull=True, status__in=under_way)
        return mine

    def rows(self, code: str) -> QuerySet[Finding]:
        """The findings of a section, ordered."""
        return self._queries[code]()

    @cached_property
    def _queries(self) -> dict[str, Callable[[], QuerySet[Finding]]]:
        mine = Finding.objects.filter(self._mine)
        near = soon(self.today)
        return {
            "overdue": lambda: mine.filter(due__lt=self.today).order_by("due", "rank", "id"),
            "due": lambda: mine.filter(due__gte=self.today, due__lte=near).order_by("due", "rank", "id"),
            "mine": lambda: mine.filter(Q(due__gt=near) | Q(due__isnull=True)).order_by("rank", "id"),
            **{code: partial(self._waiting, code) for code in _JUDGED},
            "extension": lambda: (
                self.sight.visible("finding.assign")
                .filter(asked_due__isnull=False)
                .exclude(asked_by=self.user)
                .order_by("asked_due", "id")
            ),
            "escalated": lambda: Finding.objects.filter(
                above__in=self.sight.posts, status__in=sorted(UNDER_WAY)
            ).order_by("due", "id"),
        }

    def _waiting(self, code: str) -> QuerySet[Finding]:
        return self._judged(code).filter(status=_JUDGED[code][1].value).order_by(*ORDERS["grave"])

    def _judged(self, code: str) -> QuerySet[Finding]:
        """What the user may judge in whatever status, without their own work: few have worked on many."""
        right, status = _JUDGED[code]
        rows = self.sight.visible(right)
        if status is Status.NEW:
            return rows
        worked = Step.objects.filter(
            by=self.user, action__in=("start", "progress", "submit"), finding__status=status.value
        )
        return rows.exclude(pk__in=worked.values("finding"))

    def sections(self, shown: int = SHOWN) -> list[Section]:
        """The sections that hold anything. Few queries a section, whatever lies in them."""
        found = []
        for code, label in SECTIONS.items():
            # Of those that are only counted nothing but the number is read.
            keys = self._first(code)
            if keys:
                read = Finding.objects.select_related("post__area", "holder").in_bulk(keys[:shown])
                rows = [read[key] for key in keys[:shown] if key in read]
                found.append(Section(code, label, len(keys), rows))
        return found

    def statuses(self, code: str) -> frozenset[Status]:
        """The statuses of what stands in a section."""
        if code in _JUDGED:
            return frozenset({_JUDGED[code][1]})
        return OPEN if code == "extension" else UNDER_WAY

    def _first(self, code: str) -> list[int]:
        """The first of a section, one more than :data:`MOST`."""
        if code in _JUDGED:
            return first(self._judged(code), self.statuses(code), ORDERS["grave"], MOST + 1)
        return list(self.rows(code).values_list("pk", flat=True)[: MOST + 1])

    def counts(self) -> dict[str, int]:
        """How many wait by section, up to one more than :data:`MOST`; for the digest."""
        return {code: len(self._first(code)) for code in SECTIONS}


def digest(user: User) -> list[tuple[str, dict[str, Any]]]:
    """The lines of a user's daily digest."""
    texts = {
        "overdue": N_("逾期未整改{count}件"),
        "due": N_("即将到期{count}件"),
        "mine": N_("待整改{count}件"),
        "verify": N_("待核验{count}件"),
        "close": N_("待销号{count}件"),
        "assign": N_("待分派{count}件"),
        "extension": N_("延期申请待答复{count}件"),
        "escalated": N_("逾期上报{count}件"),
    }
    counts = WorkList(user).counts()
    return [(texts[code], {"count": f"{MOST}+" if n > MOST else n}) for code, n in counts.items() if n]
