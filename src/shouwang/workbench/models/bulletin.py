"""Bulletins that were made, and the templates they are made from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.access.models import User
from shouwang.trail.tracking import Trailed


class Bulletin(Trailed):
    """A bulletin (简报) of a month and a division, as it was made: the file stays what it was.

    ``facts`` are the figures and texts it was made of; no identifier is among them, names are masked.
    """

    month = models.DateField(_("月份"))
    division_code = models.CharField(_("区划代码"), max_length=15)
    title = models.CharField(_("标题"), max_length=200)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("编制人"))
    made_at = models.DateTimeField(_("编制时间"), auto_now_add=True)
    facts = models.JSONField(_("内容"))
    content = models.BinaryField(_("文件"))
    sha256 = models.CharField(_("文件摘要"), max_length=64)

    trail_hidden: ClassVar[frozenset[str]] = frozenset({"content", "facts"})

    class Meta:
        verbose_name = _("简报")
        indexes = [models.Index(fields=["division_code", "-id"], name="workbench_bulletin_place")]

    def __str__(self) -> str:
        return self.title


class BulletinTemplate(Trailed):
    """A template that the office handed in; the newest counts. Without content: back to the built-in one."""

    name = models.CharField(_("文件名"), max_length=200)
    content = models.BinaryField(_("文件"), null=True)
    sha256 = models.CharField(_("文件摘要"), max_length=64, blank=True, default="")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("上传人"))
    made_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    trail_hidden: ClassVar[frozenset[str]] = frozenset({"content"})

    class Meta:
        verbose_name = _("简报模板")
