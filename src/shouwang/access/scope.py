"""What a user may see: ranges of division codes by right and subject. The one place that decides it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from shouwang.access.models import Post, code_range, current, staffing_version
from shouwang.access.roles import Grant, Role, roles

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Holding:
    """A post held today, with its role."""

    post: Post
    role: Role


@dataclass(frozen=True)
class Scope:
    """Where a right holds.

    ``ranges`` are division codes from–to; ``organisations`` and ``persons`` name those who see only what is
    theirs; ``posts`` those who see what is assigned to them. An empty scope sees nothing.
    """

    ranges: tuple[tuple[str, str], ...] = ()
    organisations: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    posts: tuple[int, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.ranges or self.organisations or self.persons or self.posts)

    def covers(self, code: str) -> bool:
        """Whether a division lies in the area; an unknown one (empty) lies nowhere."""
        return bool(code) and any(low <= code <= high for low, high in self.ranges)

    def within(self, column: str = "division_code") -> Q:
        """The condition on a division code column; never true where the scope has no area."""
        condition = Q(pk__in=[])
        for low, high in self.ranges:
            condition |= Q(**{f"{column}__gte": low, f"{column}__lte": high})
        return condition

    def filter(self, rows: QuerySet[M], column: str = "division_code") -> QuerySet[M]:
        """The rows of the area. A model that can belong to a body or person declares how (``own_rows``).

        ``own_rows(scope) -> Q`` is a class method of such a model; without one, a scope without area sees
        nothing of it.
        """
        condition = self.within(column) if self.ranges else Q(pk__in=[])
        own = getattr(rows.model, "own_rows", None)
        if own is not None and (self.organisations or self.persons or self.posts):
            condition |= own(self)
        return rows.filter(condition)


def holdings(user: Any, day: dt.date | None = None) -> list[Holding]:
    """The posts a user holds on a day (today); kept on the user for the length of a request."""
    if not user.is_authenticated or not user.is_active:
        return []
    day = day or timezone.localdate()
    kept = user.__dict__.setdefault("_holdings", {})
    if (day, staffing_version()) not in kept:
        catalogue = roles()
        found = current(day, user=user)
        kept.clear()
        kept[day, staffing_version()] = [
            Holding(a.post, catalogue[a.post.role]) for a in found if a.post.role in catalogue
        ]
    limit: Grant | None = user.__dict__.get("_limit")
    held = kept[day, staffing_version()]
    return list(held) if limit is None else [Holding(h.post, h.role.within(limit)) for h in held]


def limit_to(user: Any, grant: Grant) -> None:
    """Let this user object have no more than the grant, whatever their posts give: they act by a token."""
    user.__dict__["_limit"] = grant


def may(user: Any, right: str, subject: str = "", day: dt.date | None = None) -> bool:
    """Whether the user has the right anywhere, on that subject (on anything at all when empty)."""
    return any(h.role.may(right, subject) for h in holdings(user, day))


def scope_of(user: Any, right: str, subject: str = "", day: dt.date | None = None) -> Scope:
    """Where the user has the right on that subject; an empty scope where they have it nowhere."""
    return _scope(held for held in holdings(user, day) if held.role.may(right, subject))


def _scope(held: Iterable[Holding]) -> Scope:
    """What the holders of these posts see."""
    ranges: set[tuple[str, str]] = set()
    organisations: set[str] = set()
    persons: set[str] = set()
    posts: set[int] = set()
    for one in held:
        if one.role.sees == "area":
            ranges.add(code_range(one.post.area.code))
        elif one.role.sees == "assigned":
            posts.add(one.post.pk)
        else:
            organisations |= {one.post.organisation} - {""}
            persons |= {one.post.person} - {""}
    return Scope(
        tuple(sorted(ranges)), tuple(sorted(organisations)), tuple(sorted(persons)), tuple(sorted(posts))
    )


def scopes_by_subject(
    user: Any, right: str, day: dt.date | None = None
) -> list[tuple[tuple[str, ...], Scope]]:
    """Where the user has the right, by the patterns of subjects it is granted on: for lists over many.

    A row is in scope where its subject matches one of the patterns and the scope beside them covers it.
    """
    found: dict[tuple[str, ...], list[Holding]] = {}
    for held in holdings(user, day):
        for grant in held.role.grants:
            if right in grant.may:
                found.setdefault(grant.on, []).append(held)
    return [(patterns, _scope(held)) for patterns, held in found.items()]
