"""Changes of parameters: what an office sets, from when, why, on whose word, and who agreed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwang.trail.tracking import Trailed


class ParameterChange(Trailed):
    """A value that somebody proposes for a parameter from a day on; in force once somebody else approved it.

    ``start`` None means from ever, ``division`` (a name as ledgers write it) empty means everywhere.
    ``cancels`` proposes instead to take an approved value out of force. ``preview`` is what it would do to
    the findings, as :mod:`shouwang.risk.whatif` computed it.
    """

    class Status(models.TextChoices):
        """How far it got."""

        PROPOSED = "proposed", _("待批准")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")
        WITHDRAWN = "withdrawn", _("已撤回")

    name = models.CharField(_("参数"), max_length=100)
    division = models.CharField(_("只用于"), max_length=200, blank=True, default="")
    start = models.DateField(_("起"), null=True, blank=True)
    raw = models.TextField(_("值"), blank=True, default="")
    source = models.CharField(_("依据"), max_length=500)
    reason = models.TextField(_("理由"))
    cancels = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cancelled_by",
        verbose_name=_("撤销"),
    )
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    proposed_at = models.DateTimeField(_("提出时间"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("批准人"),
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    decision = models.TextField(_("批准意见"), blank=True, default="")
    scan = models.ForeignKey(
        "risk.ScanRun",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("批准后的扫描"),
        db_index=False,
    )
    """The scan that the approval asked for; none where no rule uses the parameter."""
    preview = models.JSONField(_("影响预览"), null=True, blank=True)

    class Meta:
        verbose_name = _("参数变更")
        indexes = [models.Index(fields=["status", "name"], name="risk_parameter_status")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="risk_parameter_two_persons",
            )
        ]
