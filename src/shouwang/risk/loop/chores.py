"""What time does to findings: deadlines come near and pass, dismissals end.

Thousands may be overdue at once, and whoever else writes waits for a transaction: each is of a few hundred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shouwang import inbox, trail
from shouwang.access.models import code_range
from shouwang.risk.loop.intake import allot
from shouwang.risk.loop.machine import UNDER_WAY, Status
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.steps import take_by_system
from shouwang.risk.models import Finding
from shouwang.risk.values import in_force
from shouwang.standards import workdays
from shouwang.standards.batches import batches
from shouwang.standards.reading import N_

SOON: Final = 3
"""So many working days before its deadline a finding is called due soon, on pages and in notices."""
BATCH: Final = 500
"""So many findings are done in one transaction."""


def soon(day: dt.date) -> dt.date:
    """The last deadline that is near, seen from a day."""
    return workdays.add_working_days(day, SOON).value


def daily(day: dt.date | None = None) -> dict[str, int]:
    """All that a day brings; how many findings each concerned. Doing it twice a day does nothing more."""
    today = day or timezone.localdate()
    register = Register(today)
    return {
        "expired": expire(today, register),
        "escalated": escalate(today, register),
        "warned": warn(today, register),
    }


def _in_batches(rows: QuerySet[Finding], write: Callable[[list[Finding]], int]) -> int:
    """Write findings in batches, each in a transaction of its own, as they are when their turn has come."""
    count = 0
    for keys in batches(list(rows.values_list("pk", flat=True)), BATCH):
        with transaction.atomic():
            found = list(rows.filter(pk__in=keys).select_for_update())
            count += write(found) if found else 0
    return count


def expire(today: dt.date, register: Register) -> int:
    """Bring back dismissed findings whose dismissal ended and which the last scan still found.

    Those that only people noticed come back as well: nobody else would look again.
    """

    def write(found: list[Finding]) -> int:
        with trail.change("finding.expire") as doing:
            back = take_by_system("expire", found, doing=doing, register=register, on=today)
            allot(back, doing=doing, register=register, parameters=in_force())
        return len(found)

    ended = Finding.objects.filter(present=True, status=Status.DISMISSED.value, until__lt=today)
    return _in_batches(ended.order_by("pk"), write)


def escalate(today: dt.date, register: Register) -> int:
    """Take overdue findings to the post above, once; again after the interval that the office set."""
    again = in_force()["risk.days-between-escalations"].at(today)
    late = Finding.objects.filter(status__in=sorted(UNDER_WAY), due__lt=today)
    if again is None:
        late = late.filter(level=0)

    def write(found: list[Finding]) -> int:
        wanted: dict[int, dict[str, int]] = {}
        ready = []
        for finding in found:
            if finding.level and again is not None and today < _next(finding, int(again.value)):
                continue
            post = register.above(finding.above_id or finding.post_id or 0)
            if post is not None:
                wanted[finding.pk] = {"above": post.pk}
                ready.append(finding)
        if ready:
            with trail.change("finding.escalate") as doing:
                take_by_system("escalate", ready, wanted, doing=doing, register=register, on=today)
                _tell_groups(ready)
        return len(ready)

    return _in_batches(late.order_by("level", "pk"), write)


def _next(finding: Finding, days: int) -> dt.date:
    """The day on which a finding that was escalated before goes one level higher."""
    assert finding.due is not None  # noqa: S101 asked for
    first = workdays.add_working_days(finding.due, 1).value
    return workdays.add_working_days(first, days * finding.level).value


def _tell_groups(findings: list[Finding]) -> None:
    """One message a township to the groups whose robots answer for it."""
    towns: dict[str, int] = {}
    for finding in findings:
        if not finding.sensitive:
            town = code_range(finding.division_code[:9])[0]
            towns[town] = towns.get(town, 0) + 1
    for town, count in sorted(towns.items()):
        inbox.announce(town, "finding.escalated", N_("{count}个问题逾期未整改，已逐级上报"), {"count": count})


def warn(today: dt.date, register: Register) -> int:
    """Tell those responsible, once a deadline, that it is near."""
    near = Finding.objects.filter(
        status__in=sorted(UNDER_WAY), due__gte=today, due__lte=soon(today), warned__isnull=True
    )

    def write(found: list[Finding]) -> int:
        with trail.change("finding.warn") as doing:
            _tell_responsible(found, register)
            Finding._base_manager.filter(pk__in=[f.pk for f in found]).update(warned=today)
            doing.note("risk.finding", "", warned=len(found), day=today)
        return len(found)

    return _in_batches(near.order_by("pk"), write)


def _tell_responsible(findings: list[Finding], register: Register) -> None:
    """One notice a user, of all that are near."""
    about: dict[int, list[Finding]] = {}
    for finding in findings:
        users = {finding.holder_id} if finding.holder_id else set(register.users(finding.post_id))
        for user in users:
            about.setdefault(user, []).append(finding)
    for user, those in about.items():
        count = len(those)
        inbox.notify(
            [user],
            "finding.due",
            N_("即将到期：{name}") if count == 1 else N_("{count}个问题即将到期"),
            {"name": those[0].name, "count": count},
            target="risk.finding" if count == 1 else "risk.findings",
            target_id=those[0].pk if count == 1 else "",
        )
