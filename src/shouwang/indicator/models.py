"""What indicators said, and what they are to reach: recorded values, and targets that decompose."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.access.models import Area, Post
from shouwang.trail.tracking import Trailed


class RecordedValue(Trailed):
    """A number of an indicator by division, unit and period, as a scan found it.

    ``unit`` names the bearer where the indicator counts by unit and not by division; the row then lies in the
    division of the office. A scan that finds the same number writes nothing; one that finds another writes a
    new row, and the one before is ``current`` no more.
    """

    code = models.CharField(_("指标"), max_length=100)
    division_code = models.CharField(_("区划代码"), max_length=15)
    unit = models.CharField(_("单位"), max_length=200, blank=True, default="")
    period = models.CharField(_("期间"), max_length=60)
    numerator = models.DecimalField(_("分子"), max_digits=24, decimal_places=6)
    denominator = models.DecimalField(_("分母"), max_digits=24, decimal_places=6, null=True, blank=True)
    value = models.DecimalField(_("值"), max_digits=24, decimal_places=6, null=True, blank=True)
    declared = models.DecimalField(_("规定目标"), max_digits=24, decimal_places=6, null=True, blank=True)
    """The target that the indicator declares or a parameter gives, where there was one."""
    scan = models.BigIntegerField(_("扫描"), null=True, blank=True)
    as_of = models.DateField(_("基准日"))
    recorded_at = models.DateTimeField(_("记录时间"), auto_now_add=True)
    current = models.BooleanField(_("现值"), default=True)

    class Meta:
        verbose_name = _("指标值")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "division_code", "unit", "period"],
                condition=Q(current=True),
                name="indicator_value_current",
            )
        ]
        indexes = [models.Index(fields=["current", "division_code", "code"], name="indicator_value_place")]

    def __str__(self) -> str:
        return f"{self.code} {self.division_code} {self.unit} {self.period}"


class Target(Trailed):
    """What a bearer is to reach in a period: a division, a unit in it, or the holder of a post.

    ``direction`` is ``up`` (达到) or ``down`` (不超过), as the indicator declares or the office says where it
    declares none. ``parent`` is the target it is a part of (逐级分解). ``warn`` is where the warning colour
    begins: below a target that is to be reached, and below a limit the mark from which it is near.
    ``reported`` is what the bearer reports where no scan counts it.
    """

    class Direction(models.TextChoices):
        """Which way is good."""

        UP = "up", _("达到")
        DOWN = "down", _("不超过")

    code = models.CharField(_("指标"), max_length=100)
    period = models.CharField(_("期间"), max_length=60)
    division_code = models.CharField(_("区划代码"), max_length=15)
    unit = models.CharField(_("单位"), max_length=200, blank=True, default="")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("岗位")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("上级目标"),
    )
    direction = models.CharField(_("要求"), max_length=4, choices=Direction.choices)
    value = models.DecimalField(_("目标值"), max_digits=24, decimal_places=6)
    warn = models.DecimalField(_("预警值"), max_digits=24, decimal_places=6, null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=300, blank=True, default="")
    reported = models.DecimalField(_("上报值"), max_digits=24, decimal_places=6, null=True, blank=True)
    reported_on = models.DateField(_("上报日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("指标目标")
        ordering: ClassVar = ["code", "period", "division_code", "unit", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "period", "division_code", "unit"],
                condition=Q(post__isnull=True),
                name="indicator_target_once",
            ),
            models.UniqueConstraint(
                fields=["code", "period", "post"],
                condition=Q(post__isnull=False),
                name="indicator_target_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.period} {self.bearer}"

    @property
    def bearer(self) -> str:
        """Who bears it, in words."""
        if self.post is not None:
            return str(self.post)
        if self.unit:
            return self.unit
        area = Area.objects.filter(code=self.division_code).first()
        return area.name if area else self.division_code
