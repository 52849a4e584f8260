"""Events and the seals over them. Both are append-only: triggers in the database refuse anything else."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

SEPARATOR = "\x1f"


class Event(models.Model):
    """One act: who, when, to which record, why, and what became of it.

    ``digest`` is SHA-256 (hex) over what it says in a form that any program can rebuild: the parts joined by
    U+001F, which no part may hold; :func:`shouwang.trail.change.clean` takes it out before.

    ``moment`` counts microseconds since 1970 UTC: a whole number is the same on every database, which the
    digest needs. ``person`` is the keyed index of the person concerned, never the ID number. ``batch`` is
    shared by the events of one act. ``body`` is JSON: ``{"changes": {field: [old, new]}, ...facts}``.
    """

    moment = models.BigIntegerField(_("时间"), db_index=True)
    actor = models.CharField(_("操作人标识"), max_length=64, db_index=True)
    name = models.CharField(_("操作人"), max_length=100)
    post = models.CharField(_("岗位"), max_length=200, blank=True, default="")
    action = models.CharField(_("动作"), max_length=100, db_index=True)
    target = models.CharField(_("对象类别"), max_length=100, blank=True, default="")
    target_id = models.CharField(_("对象编号"), max_length=64, blank=True, default="")
    division_code = models.CharField(_("区划代码"), max_length=15, blank=True, default="", db_index=True)
    person = models.CharField(_("涉及人员索引"), max_length=64, blank=True, default="")
    batch = models.CharField(_("批次"), max_length=36, blank=True, default="")
    reason = models.TextField(_("原因"), blank=True, default="")
    body = models.TextField(_("内容"), blank=True, default="{}")
    digest = models.CharField(_("摘要"), max_length=64)

    class Meta:
        verbose_name = _("留痕")
        indexes = [
            models.Index(fields=["target", "target_id"], name="trail_event_target"),
            models.Index(fields=["person", "moment"], name="trail_event_person"),
        ]

    @property
    def at(self) -> dt.datetime:
        """The moment as an aware date and time (UTC)."""
        return dt.datetime.fromtimestamp(self.moment / 1_000_000, dt.UTC)

    def parts(self) -> list[str]:
        """What the event says, in the order in which the digest takes it."""
        return [
            str(self.moment), self.actor, self.name, self.post, self.action, self.target, self.target_id,
            self.division_code, self.person, self.batch, self.reason, self.body,
        ]  # fmt: skip

    def said(self) -> str:
        """The digest of what the row says now; differs from ``digest`` when somebody changed it."""
        return hashlib.sha256(SEPARATOR.join(self.parts()).encode()).hexdigest()


class Seal(models.Model):
    """A seal over the events ``first`` to ``last``, chained to the seal before.

    ``root`` is the Merkle root of (id, digest) of these events in order of id, ``digest`` the hash over the
    previous seal's digest and everything this one says.
    """

    moment = models.BigIntegerField(_("时间"))
    first = models.BigIntegerField(_("首条"))
    last = models.BigIntegerField(_("末条"))
    count = models.BigIntegerField(_("条数"))
    root = models.CharField(_("默克尔根"), max_length=64)
    previous = models.CharField(_("上一封印"), max_length=64, blank=True, default="", unique=True)
    digest = models.CharField(_("封印"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("封印")
