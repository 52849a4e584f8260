"""The steps of a finding: its timeline, from which its state can be rebuilt."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwang.risk.loop.machine import ACTIONS, Act
from shouwang.risk.models.finding import STATUSES, Finding
from shouwang.trail.tracking import Trailed

DATES = ("due", "until")
FOUND = "found"


class Step(Trailed):
    """Something that was done about a finding. Steps are never changed.

    ``version`` is that of the finding after a step that changes it; a remark (comment, escalation, what a
    scan noted) has none. ``token`` comes from the form, so that a second click on the same form is known.
    """

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(_("步骤"), max_length=20)
    at = models.DateTimeField(_("时间"), default=timezone.now)
    on = models.DateField(_("日期"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    name = models.CharField(_("办理人姓名"), max_length=100)
    duty = models.CharField(_("岗位"), max_length=200, blank=True, default="")
    answers = models.BooleanField(default=False)
    version = models.PositiveIntegerField(null=True, blank=True)
    before = models.CharField(max_length=10, blank=True, default="", choices=STATUSES)
    after = models.CharField(max_length=10, choices=STATUSES)
    reason = models.TextField(_("理由"), blank=True, default="")
    data = models.JSONField(_("内容"), default=dict, blank=True)
    token = models.CharField(max_length=36, null=True, blank=True)

    class Meta:
        verbose_name = _("办理步骤")
        constraints = [
            models.UniqueConstraint(fields=["finding", "version"], name="risk_step_version"),
            models.UniqueConstraint(fields=["finding", "token"], name="risk_step_token"),
        ]
        indexes = [models.Index(fields=["finding", "id"], name="risk_step_finding")]

    @property
    def label(self) -> Any:
        """What was done, in Chinese, a message of the catalogue."""
        return ACTIONS[self.action].label if self.action in ACTIONS else _("发现")

    @property
    def act(self) -> Act:
        """The step as the machine takes it."""
        data = {k: dt.date.fromisoformat(v) if k in DATES and v else v for k, v in self.data.items()}
        return Act(self.action, self.on, self.by_id, self.answers, self.reason, data)

    @property
    def trail_division(self) -> str:
        return self.finding.division_code
