"""Scans of the database: what was asked of which snapshot, when, by whom, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwang.trail.tracking import Trailed


class ScanRun(Trailed):
    """One scan of the database."""

    class Status(models.TextChoices):
        """How far it got."""

        WAITING = "waiting", _("等待")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")

    class Trigger(models.TextChoices):
        """What set it off."""

        PERSON = "person", _("人工")
        IMPORT = "import", _("导入之后")
        CLOCK = "clock", _("定时")
        PARAMETER = "parameter", _("参数变更")

    trigger = models.CharField(_("起因"), max_length=10, choices=Trigger.choices)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("发起人"),
    )
    requested_at = models.DateTimeField(_("发起时间"), default=timezone.now)
    as_of = models.DateField(_("基准日"))
    whole = models.BooleanField(_("全量"), default=False)
    """Asked in full by wish; without it, what did not change since the scan before is not asked again."""
    engine = models.CharField(_("计算引擎"), max_length=10, default="duckdb")
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.WAITING)
    started = models.DateTimeField(_("开始"), null=True, blank=True)
    ended = models.DateTimeField(_("结束"), null=True, blank=True)
    snapshot = models.CharField(_("快照"), max_length=64, blank=True, default="")
    """SHA-256 of the snapshot, which is also the name of its folder."""
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("对比的扫描"),
    )
    rules = models.JSONField(_("规则"), default=dict, blank=True)
    """By outcome: asked, no-ledger, no-parameter, failed: how many rules."""
    waits = models.JSONField(_("没有检查的规则"), default=dict, blank=True)
    """By rule that was not asked: why, and what is missing."""
    found = models.PositiveIntegerField(_("问题"), default=0)
    new = models.PositiveIntegerField(_("新增"), default=0)
    known = models.PositiveIntegerField(_("仍在"), default=0)
    changed = models.PositiveIntegerField(_("有变化"), default=0)
    gone = models.PositiveIntegerField(_("不再发现"), default=0)
    back = models.PositiveIntegerField(_("再次发生"), default=0)
    rows = models.BigIntegerField(_("台账行数"), default=0)
    timings = models.JSONField(_("用时"), default=dict, blank=True)
    """Seconds by step: snapshot, rules, prepare, record (the transaction that others wait for)."""
    error = models.TextField(_("错误"), blank=True, default="")

    class Meta:
        verbose_name = _("扫描")
        indexes = [models.Index(fields=["status", "id"], name="risk_scan_status")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ScanLock(models.Model):
    """The one row that says which scan runs now; a scan whose beat stopped has lost it."""

    run = models.ForeignKey(ScanRun, on_delete=models.CASCADE, null=True, blank=True)
    beat = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("扫描锁")
