"""Divisions, users, posts and who holds them from when to when."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang import trail
from shouwang.standards import division as standard
from shouwang.trail.tracking import Trailed, TrailedQuerySet

WIDTH = standard.LONGEST
"""Division codes are kept in full width: a division and all that lies in it is one range of codes."""


def full(code: str) -> str:
    """A code of 2, 4, 6, 9, 12 or 15 digits in full width, filled with zeros."""
    return code.ljust(WIDTH, "0")


def code_range(code: str) -> tuple[str, str]:
    """The first and the last code of a division and everything in it.

    >>> code_range("110101001000000")
    ('110101001000000', '110101001999999')
    """
    prefix = standard.significant(full(code))
    return prefix.ljust(WIDTH, "0"), prefix.ljust(WIDTH, "9")


class Area(Trailed):
    """A division this installation works in (区划): from the province down to the grid, by code.

    The ledger ``registry.division`` is what the office writes about its grids; this is the tree that scope
    rests on. ``aliases`` are other names under which ledgers know it, one a line.
    """

    code = models.CharField(_("区划代码"), max_length=WIDTH, unique=True)
    name = models.CharField(_("名称"), max_length=100, db_index=True)
    aliases = models.TextField(_("别名"), blank=True, default="")

    class Meta:
        verbose_name = _("区划")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> standard.Level:
        """The level that the code names."""
        return standard.Division(self.code).level

    @property
    def trail_division(self) -> str:
        return self.code

    def clean(self) -> None:
        """Bring the code to full width; refuse what is no division code."""
        read = standard.parse(self.code)
        if read.problem is not None:
            raise ValidationError({"code": str(read.problem.text)})
        self.code = full(self.code)


class Users(UserManager.from_queryset(TrailedQuerySet)):  # type: ignore[misc]
    """Users; made and changed within a change like everything else."""


class User(AbstractUser, Trailed):
    """A person who signs in. What they may do follows from the posts they hold, never from flags here."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=100)
    phone = models.CharField(_("手机"), max_length=20, blank=True, default="")
    language = models.CharField(_("语言"), max_length=10, blank=True, default="")
    must_change_password = models.BooleanField(_("须改密码"), default=False)

    REQUIRED_FIELDS = ["name"]
    trail_hidden = frozenset({"password"})
    objects = Users()  # type: ignore[misc]

    class Meta:
        verbose_name = _("用户")

    def __str__(self) -> str:
        return self.name or self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password; one that was hashed the old way is hashed anew, within the trail."""

        def hash_anew(password: str) -> None:
            self.set_password(password)
            with trail.change("account.password-rehash", actor=trail.Actor("system", "系统")):
                self.save(update_fields=["password"])

        return bool(check_password(raw_password, self.password, hash_anew))

    def get_full_name(self) -> str:
        """The name as written."""
        return self.name

    def get_short_name(self) -> str:
        """The name as written."""
        return self.name


class Post(Trailed):
    """A post (岗位): a role in a division, for a body outside the office also its organisation."""

    role = models.CharField(_("角色"), max_length=50, db_index=True)
    title = models.CharField(_("岗位名称"), max_length=100)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, verbose_name=_("区划"))
    organisation = models.CharField(_("所属机构"), max_length=200, blank=True, default="")
    person = models.CharField(_("本人索引"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("岗位")
        ordering: ClassVar = ["area__code", "role", "title"]

    def __str__(self) -> str:
        return f"{self.area.name}{self.title}"

    @property
    def trail_division(self) -> str:
        return str(self.area.code)

    def clean(self) -> None:
        """Refuse a role that is not in the catalogue, or one held at a level where it does not exist."""
        from shouwang.access.roles import roles

        role = roles().get(self.role)
        if role is None:
            raise ValidationError({"role": _("没有这个角色")})
        try:
            area = self.area
        except Area.DoesNotExist:
            return  # the field itself says so
        if role.levels and area.level.name.lower() not in role.levels:
            raise ValidationError({"area": _("这个角色不设在这一级")})
        if role.sees == "own" and not (self.organisation or self.person):
            raise ValidationError({"organisation": _("机构类角色须写明机构，居民须指明本人")})
        if role.needs_organisation and not self.organisation:
            raise ValidationError({"organisation": _("这个角色须写明所属机构，如民警所属的派出所")})


class Appointment(Trailed):
    """Who holds a post from when to when (任职); the past stays on file."""

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("岗位")
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("任职人")
    )
    start = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        ordering: ClassVar = ["-start"]
        indexes = [models.Index(fields=["user", "start"], name="access_appointment_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.post} {self.start}–{self.until or ''}"

    @property
    def trail_division(self) -> str:
        return str(self.post.area.code)

    def clean(self) -> None:
        """Refuse an end before the beginning, one person twice at a post, and what the roles forbid.

        The catalogue of roles says what one person may not hold together and where there is one holder.
        """
        from shouwang.access.staffing import clash

        if self.until is not None and self.until < self.start:
            raise ValidationError({"until": _("止期早于起期")})
        same = Appointment.objects.filter(post=self.post, user=self.user).exclude(pk=self.pk)
        last = self.until or dt.date.max
        for other in same:
            if other.start <= last and self.start <= (other.until or dt.date.max):
                raise ValidationError(_("此人在这个岗位上已有时间重叠的任职"))
        found = clash(self)
        if found is not None:
            raise ValidationError(found.text)


_version = 0


def staffing_version() -> int:
    """Grows with every post or appointment this process writes: what was kept of them is read again."""
    return _version


def _staffing_changed(**_signal: Any) -> None:
    global _version
    _version += 1


for _model in (Post, Appointment):
    models.signals.post_save.connect(_staffing_changed, sender=_model)
    models.signals.post_delete.connect(_staffing_changed, sender=_model)


def current(day: dt.date, **where: Any) -> models.QuerySet[Appointment]:
    """The appointments in force on a day, with post and area."""
    within = models.Q(until__isnull=True) | models.Q(until__gte=day)
    found: models.QuerySet[Appointment] = Appointment.objects.filter(within, start__lte=day, **where)
    return found.select_related("post", "post__area")
