"""What the ledgers of an installation share: where rows came from, and how people like to look at them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.access.models import User
from shouwang.trail.tracking import Trailed


class Import(Trailed):
    """One file that was imported, in one transaction. The files of one upload share a ``batch``."""

    batch = models.CharField(_("批次"), max_length=36, db_index=True)
    file = models.CharField(_("文件"), max_length=500)
    sha256 = models.CharField(_("文件摘要"), max_length=64, db_index=True)
    actor = models.CharField(_("导入人标识"), max_length=64, db_index=True)
    name = models.CharField(_("导入人"), max_length=100)
    at = models.DateTimeField(_("导入时间"), auto_now_add=True)
    division_code = models.CharField(_("区划代码"), max_length=15, blank=True, default="", db_index=True)
    counts = models.JSONField(_("各台账行数"), default=dict)
    """By ledger: {"new": n, "changed": n, "unchanged": n, "removed": n}."""
    root = models.CharField(_("默克尔根"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("导入")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.file


class LastImport(models.Model):
    """When a ledger was last imported; follows from the imports, so the trail says nothing of it."""

    ledger = models.CharField(_("台账"), max_length=100, unique=True)
    imported = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="+", verbose_name=_("导入"))
    at = models.DateTimeField(_("导入时间"))

    class Meta:
        verbose_name = _("最近导入")


class Upload(Trailed):
    """Files laid in for an import: they are looked at, corrected, and imported or thrown away.

    The files lie in the home under ``imports/<key>``; ``mapping`` is the corrected mapping (YAML).
    """

    OPEN, RUNNING, DONE, DISCARDED = "open", "running", "done", "discarded"

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("导入人"))
    at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    division_code = models.CharField(_("默认区划"), max_length=15, blank=True, default="")
    mapping = models.TextField(_("读取对照"), blank=True, default="")
    removing = models.BooleanField(_("删去表中不再有的行"), default=False)
    state = models.CharField(_("状态"), max_length=10, default=OPEN)

    class Meta:
        verbose_name = _("待导入文件")


class SavedView(Trailed):
    """A list as somebody likes to see it: filters, columns, order."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("用户"))
    ledger = models.CharField(_("台账"), max_length=100)
    title = models.CharField(_("名称"), max_length=100)
    query = models.JSONField(_("条件"), default=dict)

    class Meta:
        verbose_name = _("保存的视图")
        constraints = [
            models.UniqueConstraint(fields=["user", "ledger", "title"], name="ledger_saved_view_title")
        ]
