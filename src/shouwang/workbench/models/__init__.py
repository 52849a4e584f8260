"""What the workbench itself keeps: boundaries of divisions for the map, bulletins and their templates."""

from shouwang.workbench.models.boundary import Boundary
from shouwang.workbench.models.bulletin import Bulletin, BulletinTemplate

__all__ = ["Boundary", "Bulletin", "BulletinTemplate"]
