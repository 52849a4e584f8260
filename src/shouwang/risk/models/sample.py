"""Audit samples on record: the plan with its seed, what was drawn, and what was found of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwang.risk.models.finding import Finding
from shouwang.trail.tracking import Trailed


class AuditSample(Trailed):
    """A sample of the rows that a ledger had in a division: drawn again by the same plan, it is the same.

    ``plan`` are the texts of :func:`shouwang.risk.sampling.paper.as_texts`; ``frame`` the hash of the keys
    and amounts it was drawn of, so that a later draw can tell whether the ledger is still the one it was.
    """

    ledger = models.CharField(_("台账"), max_length=100)
    division_code = models.CharField(_("区划代码"), max_length=15)
    plan = models.JSONField(_("抽样计划"))
    seed = models.CharField(_("抽样种子"), max_length=200)
    frame = models.CharField(max_length=64)
    population = models.PositiveIntegerField(_("总体数量"))
    purpose = models.CharField(_("核查目的（什么算偏差）"), max_length=500, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("抽样人"))
    made_at = models.DateTimeField(_("抽样时间"), default=timezone.now)

    class Meta:
        verbose_name = _("审计样本")
        indexes = [models.Index(fields=["division_code", "ledger", "id"], name="risk_sample_place")]


class SampleItem(Trailed):
    """A row drawn, with what came out of looking at it; ``version`` refuses a stale page."""

    sample = models.ForeignKey(AuditSample, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField(_("序号"))
    record = models.BigIntegerField(_("记录"))
    file = models.CharField(_("文件"), max_length=500, blank=True, default="")
    sheet = models.CharField(_("工作表"), max_length=200, blank=True, default="")
    row = models.PositiveIntegerField(_("行"), null=True, blank=True)
    stratum = models.CharField(_("层"), max_length=200, blank=True, default="")
    hits = models.PositiveIntegerField(default=1)
    whole = models.BooleanField(_("整取"), default=False)
    book = models.DecimalField(_("账面金额"), max_digits=18, decimal_places=2, null=True, blank=True)
    result = models.CharField(_("核查结果"), max_length=8, blank=True, default="")
    audited = models.DecimalField(_("审定金额"), max_digits=18, decimal_places=2, null=True, blank=True)
    remark = models.CharField(_("偏差说明"), max_length=1000, blank=True, default="")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("核查人"),
    )
    checked_at = models.DateTimeField(_("核查时间"), null=True, blank=True)
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(_("版本"), default=0)

    class Meta:
        verbose_name = _("样本项")
        constraints = [models.UniqueConstraint(fields=["sample", "number"], name="risk_sample_item_once")]
