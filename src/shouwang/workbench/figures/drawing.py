"""Draws outlines as SVG paths: plain shapes that a page holds and a printer prints, without any network."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH = 960
"""Units of the drawing's width; the page scales it."""
MARGIN = 12


@dataclass(frozen=True)
class Projection:
    """From degrees to the drawing: equirectangular about the middle latitude, true enough for a town."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: int

    def __call__(self, position: Sequence[float]) -> tuple[float, float]:
        """The place in the drawing: x to the right, y down."""
        x = (position[0] - self.west) * self.squeeze * self.scale + MARGIN
        y = (self.north - position[1]) * self.scale + MARGIN
        return round(x, 1), round(y, 1)


def fit(rings: Iterable[Sequence[Sequence[float]]]) -> Projection:
    """The projection in which all rings just fit into :data:`WIDTH`; the height follows."""
    points = [point for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.01)
    across, up = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    inner = WIDTH - 2 * MARGIN
    # Never taller than wide: a drawing that fills two screens is no overview.
    scale = min(inner / across, inner * 0.72 / up)
    return Projection(west, north, scale, squeeze, math.ceil(up * scale) + 2 * MARGIN)


def path(polygons: Iterable[Iterable[Sequence[Sequence[float]]]], projection: Projection) -> str:
    """The polygons as one SVG path; holes stay open with ``fill-rule="evenodd"``."""
    parts = []
    for polygon in polygons:
        for ring in polygon:
            places = [projection(position) for position in ring[:-1]]
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in places) + "Z")
    return "".join(parts)


def middle(
    polygons: Sequence[Sequence[Sequence[Sequence[float]]]], projection: Projection
) -> tuple[float, float]:
    """Where the name stands: the centre of gravity of the largest outer ring."""
    largest, best = polygons[0][0], -1.0
    for polygon in polygons:
        size = abs(_moments(polygon[0])[0])
        if size > best:
            largest, best = polygon[0], size
    area, x, y = _moments(largest)
    return projection((x / (3 * area), y / (3 * area)) if area else largest[0])


def _moments(ring: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Twice the area, and six times the first moments over two, about the first point for accuracy."""
    x0, y0 = ring[0]
    area = mx = my = 0.0
    for a, b in pairwise(ring):
        ax, ay, bx, by = a[0] - x0, a[1] - y0, b[0] - x0, b[1] - y0
        cross = ax * by - bx * ay
        area += cross
        mx += (ax + bx) * cross
        my += (ay + by) * cross
    return area, mx + 3 * area * x0, my + 3 * area * y0
