"""Which events a user may see: those on what their roles name, in the divisions of their posts."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from shouwang.access.models import Area, code_range
from shouwang.access.roles import as_regex
from shouwang.access.scope import holdings
from shouwang.trail.models import Event

NOTHING = Q(pk__in=[])


def _on(pattern: str) -> Q:
    """The condition that an event is on what a pattern of a grant names."""
    if pattern == "*":
        return Q(pk__isnull=False)
    if pattern.endswith(".*") and not set("*?[") & set(pattern[:-1]):
        return Q(target__startswith=pattern[:-1])
    if set("*?[") & set(pattern):
        return Q(target__regex=as_regex(pattern))
    return Q(target=pattern)


def covers_everything(low: str, high: str) -> bool:
    """Whether all divisions of the installation lie in a range of codes."""
    return not Area.objects.exclude(code__gte=low, code__lte=high).exists()


def visible_events(user: Any, right: str = "trail.view") -> QuerySet[Event]:
    """The events that the user may see by that right.

    What belongs to no division (a sign-in of nobody, a seal, a job over all of them) is seen by those whose
    post is over all divisions there are.
    """
    condition = NOTHING
    for held in holdings(user):
        patterns = held.role.patterns(right)
        if not patterns or held.role.sees != "area":
            continue
        low, high = code_range(held.post.area.code)
        everywhere = covers_everything(low, high)
        if everywhere and "*" in patterns:
            return Event.objects.all()
        where = Q() if everywhere else Q(division_code__gte=low, division_code__lte=high)
        condition |= where & reduce(or_, (_on(pattern) for pattern in patterns))
    return Event.objects.filter(condition)


def history(target: str, target_id: object) -> QuerySet[Event]:
    """All events on a record, the newest first, for a page whose user may see the record itself."""
    return Event.objects.filter(target=target, target_id=str(target_id)).order_by("-pk")


def about_person(user: Any, person: str) -> QuerySet[Event]:
    """Who read or changed what on a person, the newest first; ``person`` is the keyed index. One query."""
    return (
        visible_events(user).filter(person=person).order_by("-moment", "-pk")
        if person
        else Event.objects.none()
    )
