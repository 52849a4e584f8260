"""Which users, posts and divisions an administrator of one place sees, and which they may change.

An administrator of a community manages its people. Whoever also holds a post elsewhere is seen but not
touched: a new password for the mayor, given by a community's administrator, would be the mayor's power.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from shouwang.access.models import Appointment, Area, Post, User
from shouwang.access.scope import Scope
from shouwang.access.trails import covers_everything


def over_all(scope: Scope) -> bool:
    """Whether a scope holds every division of the installation."""
    return any(covers_everything(low, high) for low, high in scope.ranges)


def posts_in(scope: Scope) -> QuerySet[Post]:
    """The posts of the scope's divisions."""
    return Post.objects.filter(scope.within("area__code")).select_related("area")


def appointments_in(scope: Scope) -> QuerySet[Appointment]:
    """The appointments to these posts, past and present."""
    return Appointment.objects.filter(scope.within("post__area__code")).select_related("post__area", "user")


def areas_in(scope: Scope) -> QuerySet[Area]:
    """The divisions of the scope."""
    return Area.objects.filter(scope.within("code"))


def users_in(scope: Scope) -> QuerySet[User]:
    """Users who hold or held a post there; who never held any belongs to those over all divisions."""
    found: QuerySet[User] = User.objects.all()
    if over_all(scope):
        return found
    inside = Appointment.objects.filter(scope.within("post__area__code"), user=OuterRef("pk"))
    return found.filter(Exists(inside))


def manageable(scope: Scope, user: User, day: dt.date | None = None) -> bool:
    """Whether all that the user holds from a day (today) on lies within the scope."""
    day = day or timezone.localdate()
    still = Appointment.objects.filter(Q(until__isnull=True) | Q(until__gte=day), user=user)
    if still.exclude(scope.within("post__area__code")).exists():
        return False
    return users_in(scope).filter(pk=user.pk).exists()
