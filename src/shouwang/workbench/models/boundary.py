"""Where a division lies, for the map."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.access.models import Area
from shouwang.trail.tracking import Trailed


class Boundary(Trailed):
    """The outline of a division: polygons in degrees (CGCS2000 or WGS 84), outer ring first, then its holes.

    ``polygons`` is ``[[[[longitude, latitude], …], …], …]``, as in a GeoJSON MultiPolygon. Only what came out
    of :func:`shouwang.workbench.figures.geojson.read` is kept.
    """

    area = models.OneToOneField(
        Area, on_delete=models.CASCADE, related_name="boundary", verbose_name=_("区划")
    )
    polygons = models.JSONField(_("范围"))
    file = models.CharField(_("文件"), max_length=200)

    # Thousands of numbers would bury what matters; the file's name and the moment say enough.
    trail_hidden: ClassVar[frozenset[str]] = frozenset({"polygons"})

    class Meta:
        verbose_name = _("区划范围")

    def __str__(self) -> str:
        return str(self.area)

    @property
    def trail_division(self) -> str:
        return str(self.area.code)

    def rings(self) -> Any:
        """All rings, outer and inner."""
        return [ring for polygon in self.polygons for ring in polygon]
