"""Reading GeoJSON (RFC 7946) with the outlines of divisions. What is odd is refused with its place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

LARGEST = 10 << 20
"""Bytes a file may have."""
FEATURES = 5_000
POSITIONS = 300_000
"""So many features and positions a file may have; a grid needs some dozens of positions."""
DIGITS = 6
"""Decimals kept of a degree: a tenth of a metre."""

CODES = ("code", "区划代码", "代码", "网格代码", "adcode")
NAMES = ("name", "名称", "区划名称", "网格名称")

Ring = list[list[float]]
Polygon = list[Ring]


class GeoJSONError(ValueError):
    """The file can't be used; says where and what to do."""


@dataclass(frozen=True)
class Feature:
    """One outline with what it is called by in the file; ``number`` counts the features from 1."""

    number: int
    code: str
    name: str
    polygons: list[Polygon]

    @property
    def called(self) -> str:
        """Code or name, for a message."""
        return self.code or self.name


def read(body: bytes) -> list[Feature]:
    """The outlines of a file; :class:`GeoJSONError` for the first thing wrong with it."""
    if len(body) > LARGEST:
        raise GeoJSONError(_("文件超过 {size} MB，请简化边界或分成几个文件").format(size=LARGEST >> 20))
    try:
        root = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise GeoJSONError(_("不是 UTF-8 编码的 GeoJSON 文件")) from error
    features = root.get("features") if isinstance(root, dict) else None
    if (
        not isinstance(root, dict)
        or root.get("type") != "FeatureCollection"
        or not isinstance(features, list)
    ):
        raise GeoJSONError(_("不是 GeoJSON 的要素集合（FeatureCollection）"))
    if not 0 < len(features) <= FEATURES:
        raise GeoJSONError(_("要素应有 1 到 {most} 个").format(most=FEATURES))
    found, left = [], POSITIONS
    for number, feature in enumerate(features, 1):
        one = _feature(number, feature)
        left -= sum(len(ring) for polygon in one.polygons for ring in polygon)
        if left < 0:
            raise GeoJSONError(_("点数超过 {most}，请简化边界").format(most=POSITIONS))
        found.append(one)
    return found


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _feature(number: int, feature: Any) -> Feature:
    where = _("第 {number} 个要素").format(number=number)
    given = feature.get("properties") if isinstance(feature, dict) else None
    shape = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(given, Mapping) or not isinstance(shape, Mapping):
        raise GeoJSONError(_("{where}没有属性或图形").format(where=where))
    code, name = _named(given, CODES), _named(given, NAMES)
    if not code and not name:
        raise GeoJSONError(_("{where}没有 code（区划代码）或 name（名称）属性").format(where=where))
    where = f"{where}（{code or name}）"
    kind, coordinates = shape.get("type"), shape.get("coordinates")
    if kind == "Polygon":
        coordinates = [coordinates]
    elif kind != "MultiPolygon":
        raise GeoJSONError(_("{where}不是面（Polygon 或 MultiPolygon）").format(where=where))
    if not isinstance(coordinates, list) or not coordinates:
        raise GeoJSONError(_("{where}没有坐标").format(where=where))
    return Feature(number, code, name, [_polygon(where, rings) for rings in coordinates])


def _named(given: Mapping[str, Any], keys: Iterable[str]) -> str:
    value = next((given[key] for key in keys if given.get(key) not in (None, "")), "")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:100] if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _polygon(where: str, rings: Any) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise GeoJSONError(_("{where}没有坐标").format(where=where))
    return [_ring(where, ring) for ring in rings]


def _ring(where: str, ring: Any) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4:
        raise GeoJSONError(_("{where}的边界少于 4 个点").format(where=where))
    points = [_position(where, position) for position in ring]
    if points[0] != points[-1]:
        raise GeoJSONError(_("{where}的边界没有闭合：最后一点应与第一点相同").format(where=where))
    if abs(_twice_area(points)) == 0:
        raise GeoJSONError(_("{where}的边界没有面积").format(where=where))
    return points


def _position(where: str, position: Any) -> list[float]:
    if (
        not isinstance(position, list)
        or len(position) < 2
        or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in position[:2])
    ):
        raise GeoJSONError(_("{where}有坐标不是数字").format(where=where))
    longitude, latitude = float(position[0]), float(position[1])
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise GeoJSONError(_("{where}有坐标不是数字").format(where=where))
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise GeoJSONError(
            _(
                "{where}有坐标不是经纬度：{longitude}，{latitude}。请导出为经纬度（CGCS2000 或 WGS 84）"
            ).format(where=where, longitude=longitude, latitude=latitude)
        )
    return [round(longitude, DIGITS), round(latitude, DIGITS)]


def _twice_area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
