"""Notices, what users want to hear of, the robots of groups, and what is on its way out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.inbox.kinds import FOR_GROUPS, KINDS
from shouwang.inbox.sealing import seal, unseal
from shouwang.trail.tracking import Trailed


def said(text: str, facts: dict[str, Any]) -> str:
    """A message with its facts in the active language."""
    return gettext(text).format(**facts)


class Notice(models.Model):
    """Something a user was told. ``text`` is a message of the catalogue, ``facts`` fill it.

    ``target`` and ``target_id`` name the record it is about; the pages know where that is shown.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("类别"), max_length=40)
    text = models.CharField(_("内容"), max_length=300)
    facts = models.JSONField(default=dict, blank=True)
    target = models.CharField(max_length=100, blank=True, default="")
    target_id = models.CharField(max_length=64, blank=True, default="")
    created = models.DateTimeField(_("时间"), auto_now_add=True)
    read = models.DateTimeField(_("已读"), null=True, blank=True)

    class Meta:
        verbose_name = _("消息")
        indexes = [
            models.Index(fields=["user", "-id"], name="inbox_notice_user"),
            models.Index(fields=["user"], condition=models.Q(read__isnull=True), name="inbox_notice_unread"),
            models.Index(fields=["created"], name="inbox_notice_created"),
        ]

    def __str__(self) -> str:
        return said(self.text, self.facts)


class Preference(Trailed):
    """How a user wants to hear of things; a user without one gets the daily digest."""

    class Mail(models.TextChoices):
        """When e-mail is sent."""

        DIGEST = "digest", _("每日一封工作摘要")
        AT_ONCE = "at_once", _("每条消息即时发送，另加每日摘要")
        NONE = "none", _("不发邮件")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference"
    )
    mail = models.CharField(_("邮件"), max_length=10, choices=Mail.choices, default=Mail.DIGEST)
    muted = models.JSONField(_("不再提醒"), default=list, blank=True)

    class Meta:
        verbose_name = _("消息偏好")

    def clean(self) -> None:
        """Refuse kinds that do not exist."""
        if set(self.muted) - set(KINDS):
            raise ValidationError({"muted": _("没有这一类消息")})


class Robot(Trailed):
    """A robot in a group of DingTalk, WeCom or Feishu that may be told what concerns a division.

    Its address (which holds a token) and its secret are sealed; ``address`` and ``secret`` read and set them.
    """

    class Vendor(models.TextChoices):
        """Whose robot it is."""

        DINGTALK = "dingtalk", _("钉钉")
        WECOM = "wecom", _("企业微信")
        FEISHU = "feishu", _("飞书")

    name = models.CharField(_("名称"), max_length=100)
    vendor = models.CharField(_("平台"), max_length=10, choices=Vendor.choices)
    division_code = models.CharField(_("区划代码"), max_length=15, db_index=True)
    sealed_address = models.TextField(_("地址"), default="")
    sealed_secret = models.TextField(_("密钥"), blank=True, default="")
    kinds = models.JSONField(_("发送哪些"), default=list)
    active = models.BooleanField(_("启用"), default=True)

    trail_hidden: ClassVar[frozenset[str]] = frozenset({"sealed_address", "sealed_secret"})

    class Meta:
        verbose_name = _("群机器人")

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where messages are posted."""
        return unseal(self.sealed_address)

    @address.setter
    def address(self, url: str) -> None:
        self.sealed_address = seal(url.strip())

    @property
    def secret(self) -> str:
        """What messages are signed with; empty where the group asks for no signature."""
        return unseal(self.sealed_secret)

    @secret.setter
    def secret(self, text: str) -> None:
        self.sealed_secret = seal(text.strip())

    def clean(self) -> None:
        """Refuse addresses that are not the vendor's, and kinds that are nobody's business."""
        from shouwang.inbox.robots import check_address

        if set(self.kinds) - set(FOR_GROUPS):
            raise ValidationError({"kinds": _("没有这一类消息，或不宜发到群里")})
        check_address(self.vendor, self.address)


class Delivery(models.Model):
    """A message on its way out of the house, by e-mail or to a robot; what could not be sent stays (死信)."""

    class Status(models.TextChoices):
        """How far it got."""

        WAITING = "waiting", _("待发")
        SENT = "sent", _("已发")
        DEAD = "dead", _("未能发出")
        DROPPED = "dropped", _("已放弃")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    robot = models.ForeignKey(Robot, on_delete=models.CASCADE, null=True, blank=True)
    subject = models.CharField(_("主题"), max_length=200)
    body = models.TextField(_("正文"))
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_try = models.DateTimeField(_("下次发送"))
    error = models.CharField(_("错误"), max_length=500, blank=True, default="")
    created = models.DateTimeField(_("时间"), auto_now_add=True)
    sent = models.DateTimeField(_("发出"), null=True, blank=True)

    class Meta:
        verbose_name = _("外发消息")
        indexes = [models.Index(fields=["status", "next_try"], name="inbox_delivery_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) ^ models.Q(robot__isnull=True),
                name="inbox_delivery_one_recipient",
            )
        ]
