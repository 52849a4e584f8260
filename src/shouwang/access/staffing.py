"""Who holds which post: appointing, ending, handing over; and what is wrong with it today.

"A missing holder is a finding" (pattern X03): :func:`vacancies`. One who holds what one person may not hold
together: :func:`conflicts`. The room of findings turns both into findings.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.dispatch import Signal
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.models import Appointment, Area, Post, User, code_range, current
from shouwang.access.roles import Role, roles

handed_over = Signal()
"""Sent within the change in which a post changes hands: ``post``, ``old`` and ``new`` (users), ``day``."""


def _not_oneself(user: User) -> None:
    if trail.current_actor().user == user.pk:
        raise ValidationError(_("不能给自己任职，请由另一位管理人员办理。"))


def appoint(
    post: Post, user: User, start: dt.date, until: dt.date | None = None, *, reason: str = ""
) -> Appointment:
    """Give a post to a user from a day on. ``ValidationError`` where the rules forbid it, or for oneself."""
    _not_oneself(user)
    made = Appointment(post=post, user=user, start=start, until=until)
    with trail.change("access.appoint", reason=reason):
        made.full_clean()
        made.save()
    return made


def end(appointment: Appointment, until: dt.date, *, reason: str) -> None:
    """End an appointment; ``until`` is its last day. ``ValidationError`` for a day before it began."""
    with trail.change("access.end-appointment", reason=reason):
        appointment.until = until
        appointment.full_clean()
        appointment.save(update_fields=["until"])


def hand_over(appointment: Appointment, to: User, day: dt.date, *, reason: str) -> Appointment:
    """Hand a post over: the old holder's last day is the day before ``day``, the new one's first is ``day``.

    What was assigned to the post stays with the post; :data:`handed_over` tells whoever keeps work-lists.
    """
    _not_oneself(to)
    if to == appointment.user:
        raise ValidationError(_("接任的人就是原任职人。"))
    if appointment.start >= day:
        raise ValidationError(_("交接日要晚于原任职的起期 %(day)s。") % {"day": appointment.start})
    if appointment.until is not None and appointment.until < day - dt.timedelta(days=1):
        raise ValidationError(_("原任职已于 %(day)s 结束。") % {"day": appointment.until})
    made = Appointment(post=appointment.post, user=to, start=day)
    with trail.change("access.hand-over", reason=reason):
        appointment.until = day - dt.timedelta(days=1)
        appointment.save(update_fields=["until"])
        made.full_clean()
        made.save()
        handed_over.send(sender=Appointment, post=appointment.post, old=appointment.user, new=to, day=day)
    return made


@dataclass(frozen=True)
class Vacancy:
    """What nobody answers for. ``post`` is None where there is no such post at all, ``since`` the day after
    the last holder's last, or None where there never was one. ``area`` is None where no post has the role.
    """

    role: Role
    area: Area | None
    post: Post | None
    since: dt.date | None

    @property
    def text(self) -> str:
        """The sentence for people."""
        if self.post is not None and self.since is not None:
            return _("%(post)s自%(day)s起无人任职") % {"post": self.post, "day": self.since}
        if self.post is not None:
            return _("%(post)s无人任职") % {"post": self.post}
        if self.area is not None:
            return _("%(area)s没有设%(role)s岗位") % {"area": self.area, "role": _(self.role.label)}
        return _("没有一处设%(role)s岗位") % {"role": _(self.role.label)}


def vacancies(day: dt.date) -> list[Vacancy]:
    """Posts without a holder on that day, and divisions without a post that each of them must have.

    A role that ``each`` division of a level must have and none has is told once, not for every division.
    """
    catalogue = roles()
    held = set(current(day).filter(user__is_active=True).values_list("post_id", flat=True))
    posts = list(Post.objects.filter(role__in=catalogue).select_related("area"))
    empty = [post for post in posts if post.pk not in held]
    last = dict(
        Appointment.objects.filter(post__in=[post.pk for post in empty], start__lte=day)
        .values_list("post")
        .annotate(Max("until"))
    )
    found = [
        Vacancy(catalogue[post.role], post.area, post, (ended + dt.timedelta(days=1)) if ended else None)
        for post in empty
        for ended in [last.get(post.pk)]
    ]
    areas = list(Area.objects.all())
    for role in catalogue.values():
        wanting = [area for area in areas if role.each and area.level.name.lower() == role.each]
        there = [post.area for post in posts if post.role == role.code]
        if wanting and not there:
            found.append(Vacancy(role, None, None, None))
        elif wanting:
            codes = {area.code for area in there}
            found += [Vacancy(role, area, None, None) for area in wanting if area.code not in codes]
    return found


@dataclass(frozen=True)
class Conflict:
    """Appointments in force together that may not be: of one person, or of several to a post for one."""

    kind: str
    """``segregation``: one person holds both roles; ``surplus``: a role for one person is held by several."""
    first: Appointment
    second: Appointment

    @property
    def text(self) -> str:
        """The sentence for people."""
        words = {"person": self.first.user, "one": self.first.post, "other": self.second.post}
        if self.kind == "surplus":
            return _("%(one)s只应由一人担任，现由%(person)s、%(second)s同时担任") % {
                **words,
                "second": self.second.user,
            }
        return _("%(person)s同时担任%(one)s与%(other)s，这两个岗位不得由一人兼任") % words


def overlap(one: Area, other: Area) -> bool:
    """Whether one division lies in the other, or they are the same."""
    (low, high), (start, end) = code_range(one.code), code_range(other.code)
    return low <= start <= high or start <= low <= end


def _clashes(appointments: list[Appointment]) -> Iterator[Conflict]:
    catalogue = roles()
    by_person: dict[int, list[Appointment]] = defaultdict(list)
    by_place: dict[tuple[str, str], list[Appointment]] = defaultdict(list)
    for held in appointments:
        if held.post.role in catalogue:
            by_person[held.user_id].append(held)
            if catalogue[held.post.role].one:
                by_place[held.post.role, held.post.area.code].append(held)
    for mine in by_person.values():
        for first, second in combinations(mine, 2):
            if catalogue[first.post.role].conflicts(catalogue[second.post.role]) and overlap(
                first.post.area, second.post.area
            ):
                yield Conflict("segregation", first, second)
    for same in by_place.values():
        for first, second in combinations(same, 2):
            if first.user_id != second.user_id:
                yield Conflict("surplus", first, second)


def conflicts(day: dt.date) -> list[Conflict]:
    """Who holds on that day what may not be held together, and posts for one that several hold.

    New appointments of that kind are refused; these are older than the rule, or came by another way.
    """
    held = current(day).select_related("user", "post__area").order_by("pk")
    return list(_clashes(list(held)))


def clash(appointment: Appointment) -> Conflict | None:
    """What an appointment that is about to be made would clash with, on any day it is in force."""
    role = roles().get(appointment.post.role)
    if role is None:
        return None
    others = Appointment.objects.exclude(pk=appointment.pk).select_related("post__area", "user")
    mine = others.filter(user=appointment.user)
    if role.one:
        mine |= others.filter(post__role=role.code, post__area=appointment.post.area)
    last = appointment.until or dt.date.max
    for other in mine:
        if other.start <= last and appointment.start <= (other.until or dt.date.max):
            found = next(_clashes([other, appointment]), None)
            if found is not None:
                return found
    return None
