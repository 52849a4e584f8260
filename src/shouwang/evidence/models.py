"""Files as they lie on disk, and what each is attached to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.trail.tracking import Trailed


class File(Trailed):
    """A file by its content: ``sha256`` is both its identity and its place on disk. It is never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("大小"))
    media_type = models.CharField(_("类型"), max_length=100)

    class Meta:
        verbose_name = _("文件")

    @property
    def is_image(self) -> bool:
        """Whether a page may show it."""
        return self.media_type.startswith("image/")


class Attachment(Trailed):
    """A file attached to a record: ``target`` is its kind (``risk.finding``), ``target_id`` its key.

    ``latitude``, ``longitude`` and ``taken_at`` are what the camera wrote into the picture, kept only where
    the uploader wanted it; the picture itself has no such marks any more.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="attachments")
    target = models.CharField(_("对象类别"), max_length=100)
    target_id = models.CharField(_("对象编号"), max_length=64)
    name = models.CharField(_("文件名"), max_length=200)
    division_code = models.CharField(_("区划代码"), max_length=15, blank=True, default="")
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("附件")
        ordering: ClassVar = ["id"]
        indexes = [models.Index(fields=["target", "target_id"], name="evidence_target")]

    def __str__(self) -> str:
        return self.name
