"""What an office adds to the packs' risk points: levels before and after, measures, points of its own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.risk.models.finding import SEVERITIES
from shouwang.trail.tracking import Trailed

DEGREES = 5
"""Degrees of likelihood and of impact; the matrix has the square of it."""

LIKELIHOODS = ((1, _("极少")), (2, _("偶有")), (3, _("可能")), (4, _("经常")), (5, _("几乎必然")))
IMPACTS = ((1, _("轻微")), (2, _("较小")), (3, _("中等")), (4, _("重大")), (5, _("特别重大")))
_WITHIN = [MinValueValidator(1), MaxValueValidator(DEGREES)]


def _degree(label: Any, choices: Any) -> Any:
    return models.PositiveSmallIntegerField(label, choices=choices, null=True, blank=True, validators=_WITHIN)


class PointCard(Trailed):
    """An office's card of a risk point: how likely and how grave before and after its measures, who owns it.

    Of a pack's risk point it holds what the office says otherwise; with ``own`` the office keeps the point
    itself, under the code ``<pack>.own-<number>``.
    """

    code = models.CharField(_("风险点"), max_length=100, unique=True)
    own = models.BooleanField(_("本单位自定"), default=False)
    title = models.CharField(_("名称"), max_length=300, blank=True, default="")
    owner = models.CharField(_("责任岗位"), max_length=200, blank=True, default="")
    inherent_likelihood = _degree(_("固有可能性"), LIKELIHOODS)
    inherent_impact = _degree(_("固有影响"), IMPACTS)
    residual_likelihood = _degree(_("剩余可能性"), LIKELIHOODS)
    residual_impact = _degree(_("剩余影响"), IMPACTS)
    note = models.TextField(_("评估说明"), blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("风险点评估")

    def clean(self) -> None:
        """Refuse half a level, and a residual level without the inherent one."""
        for part in ("inherent", "residual"):
            pair = (getattr(self, f"{part}_likelihood"), getattr(self, f"{part}_impact"))
            if (pair[0] is None) != (pair[1] is None):
                raise ValidationError({f"{part}_impact": _("可能性和影响要一起填")})
        if self.residual_likelihood is not None and self.inherent_likelihood is None:
            raise ValidationError({"inherent_likelihood": _("先评固有等级，再评采取措施之后的剩余等级")})
        if self.own and not self.title.strip():
            raise ValidationError({"title": _("请写明风险点名称")})


class Measure(Trailed):
    """A measure of an office against a risk point, beside those that the pack names."""

    class Kind(models.TextChoices):
        """By what it works (示范带廉、责任促廉、机制保廉), for those who report by it."""

        EXAMPLE = "example", _("示范带动")
        DUTY = "duty", _("责任落实")
        MECHANISM = "mechanism", _("机制保障")

    code = models.CharField(_("风险点"), max_length=100, db_index=True)
    text = models.CharField(_("措施"), max_length=500)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, blank=True, default="")
    responsible = models.CharField(_("责任人或岗位"), max_length=200, blank=True, default="")
    due = models.DateField(_("完成期限"), null=True, blank=True)
    done = models.DateField(_("完成日期"), null=True, blank=True)
    active = models.BooleanField(_("有效"), default=True)

    class Meta:
        verbose_name = _("防范措施")
        ordering: ClassVar = ["code", "id"]


class Matrix(Trailed):
    """The risk matrix of the office: the level of each pair of likelihood and impact. There is one."""

    cells = models.JSONField(_("等级"))
    """Rows by likelihood from 1, columns by impact from 1: low, medium or high."""

    class Meta:
        verbose_name = _("风险矩阵")

    def clean(self) -> None:
        """Refuse what is no matrix, and one in which more likely or graver would be less bad."""
        levels = [value for value, _label in SEVERITIES][::-1]
        cells = self.cells
        shaped = isinstance(cells, list) and len(cells) == DEGREES
        shaped = shaped and all(isinstance(row, list) and len(row) == DEGREES for row in cells)
        if not shaped or any(cell not in levels for row in cells for cell in row):
            raise ValidationError({"cells": _("每一格须为低、中、高之一")})
        ranks = [[levels.index(cell) for cell in row] for row in cells]
        for i in range(DEGREES):
            for j in range(DEGREES - 1):
                if ranks[i][j] > ranks[i][j + 1] or ranks[j][i] > ranks[j + 1][i]:
                    raise ValidationError({"cells": _("可能性或影响更大时，等级不能更低")})
