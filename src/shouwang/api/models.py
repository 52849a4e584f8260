"""Tokens, answers kept for repeated requests, and webhooks with what is on its way to them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwang.access.rights import RIGHTS
from shouwang.access.roles import Grant
from shouwang.inbox.sealing import seal, unseal
from shouwang.trail.tracking import Trailed


class Token(Trailed):
    """A token by which a program acts for a user, with some of the user's rights, until a day.

    Only a hash of it is kept. What the user loses, the token loses; what the token lacks, it never gains.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("用途"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    rights = models.JSONField(_("权限"), default=list)
    subjects = models.JSONField(_("范围"), default=list, blank=True)
    expires = models.DateTimeField(_("有效期至"))
    revoked = models.DateTimeField(_("停用时间"), null=True, blank=True)
    created = models.DateTimeField(_("创建时间"), auto_now_add=True)

    trail_hidden: ClassVar[frozenset[str]] = frozenset({"digest"})

    class Meta:
        verbose_name = _("接口令牌")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def grant(self) -> Grant:
        """The rights the token is limited to."""
        return Grant(frozenset(self.rights), tuple(self.subjects) or ("*",))

    @property
    def usable(self) -> bool:
        """Whether it still opens anything."""
        return self.revoked is None and self.expires > timezone.now() and self.user.is_active

    def clean(self) -> None:
        """Refuse rights that do not exist, and a token that would last for more than a year."""
        if not self.rights or set(self.rights) - set(RIGHTS):
            raise ValidationError({"rights": _("请选择权限")})
        if self.expires > timezone.now() + dt.timedelta(days=366):
            raise ValidationError({"expires": _("有效期最长一年")})


class Answer(models.Model):
    """What a write answered, kept so that the same request sent again gets it too and does nothing."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE)
    key = models.CharField(max_length=128)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(default="")
    created = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_answer_once")]


class Webhook(Trailed):
    """An address that is told of events of an area, signed with a secret that both sides know."""

    name = models.CharField(_("名称"), max_length=100)
    url = models.CharField(_("地址"), max_length=500)
    sealed_secret = models.TextField(editable=False)
    events = models.JSONField(_("事件"), default=list)
    division_code = models.CharField(_("区划代码"), max_length=15, db_index=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    active = models.BooleanField(_("启用"), default=True)

    trail_hidden: ClassVar[frozenset[str]] = frozenset({"sealed_secret"})

    class Meta:
        verbose_name = _("推送")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """What deliveries are signed with."""
        return unseal(self.sealed_secret)

    @secret.setter
    def secret(self, text: str) -> None:
        self.sealed_secret = seal(text)


class Push(models.Model):
    """One event on its way to a webhook. The same id is sent on every try, so the receiver can tell."""

    class Status(models.TextChoices):
        """How far it got."""

        WAITING = "waiting", _("待发")
        SENT = "sent", _("已发")
        DEAD = "dead", _("未能发出")
        DROPPED = "dropped", _("已放弃")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="pushes")
    event = models.BigIntegerField()
    body = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=300, blank=True, default="")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("推送记录")
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="api_push_once")]
        indexes = [models.Index(fields=["status", "next_try"], name="api_push_waiting")]


class Progress(models.Model):
    """Up to which event the webhooks were told; one row."""

    event = models.BigIntegerField(default=0)
