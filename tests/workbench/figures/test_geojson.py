"""Outlines are read strictly: whatever is odd is refused with its place, nothing crashes."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.workbench.figures import drawing, geojson
from shouwang.workbench.figures.geojson import GeoJSONError, read

SQUARE = [[120.0, 38.0], [120.1, 38.0], [120.1, 38.1], [120.0, 38.1], [120.0, 38.0]]
EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "grids.geojson"


def collection(coordinates: Any, kind: str = "Polygon", **properties: Any) -> bytes:
    feature = {
        "type": "Feature",
        "properties": properties or {"code": "110101001001"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_the_example_is_read() -> None:
    features = read(EXAMPLE.read_bytes())
    assert [f.name for f in features][:2] == ["青苑社区第一网格", "青苑社区第二网格"]
    assert all(ring[0] == ring[-1] for f in features for polygon in f.polygons for ring in polygon)


def test_polygons_holes_heights_and_names() -> None:
    hole = [[120.02, 38.02], [120.03, 38.02], [120.03, 38.03], [120.02, 38.02]]
    (one,) = read(collection([SQUARE, hole], 名称="东溪社区"))
    assert (one.name, one.code, len(one.polygons), len(one.polygons[0])) == ("东溪社区", "", 1, 2)
    (two,) = read(collection([[[[*p, 12.5] for p in SQUARE]]], "MultiPolygon", code=110101001001.0))
    assert two.code == "110101001001"
    assert two.polygons == [[SQUARE]]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "GeoJSON"),
        (b"\xff\xfe", "GeoJSON"),
        (b"[" * 100_000, "GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "1 到"),
        (b'{"type": "Feature"}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": [null]}', "第 1 个要素没有属性"),
        (collection([SQUARE], other=1), "没有 code"),
        (collection([0, 0], "Point"), "不是面"),
        (collection([SQUARE[:3]]), "少于 4 个点"),
        (collection([[*SQUARE[:4], [0, 0]]]), "没有闭合"),
        (collection([[SQUARE[0]] * 5]), "没有面积"),
        (collection([[["a", 1], *SQUARE[1:]]]), "不是数字"),
        (collection([[[True, 1], *SQUARE[1:]]]), "不是数字"),
        (collection([[[500_000, 4_300_000], *SQUARE[1:]]]), "不是经纬度"),
        (collection([]), "没有坐标"),
        (collection("x"), "没有坐标"),
        (collection([SQUARE]).replace(b"38.1", b"NaN"), "GeoJSON"),
        (collection([SQUARE]).replace(b"38.1", b"1e999"), "不是数字"),
    ],
)  # fmt: skip
def test_what_is_odd_is_refused(body: bytes, said: str) -> None:
    with pytest.raises(GeoJSONError, match=said):
        read(body)


def test_what_is_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "POSITIONS", 4)
    with pytest.raises(GeoJSONError, match="点数超过"):
        read(collection([SQUARE]))
    with pytest.raises(GeoJSONError, match="MB"):
        read(b" " * (geojson.LARGEST + 1))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["type", "features", "geometry", "properties", "coordinates", "code"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_crashes_it(body: Any) -> None:
    with suppress(GeoJSONError):
        read(json.dumps({"type": "FeatureCollection", "features": [body]}).encode())


@given(st.floats(-170, 170), st.floats(-80, 80), st.floats(0.001, 5), st.floats(0.001, 5))
def test_a_drawing_holds_every_shape_and_a_name_stands_inside(
    west: float, south: float, wide: float, high: float
) -> None:
    ring = [
        [west, south],
        [west + wide, south],
        [west + wide, south + high],
        [west, south + high],
        [west, south],
    ]
    projection = drawing.fit([ring])
    places = [projection(point) for point in ring]
    assert all(0 <= x <= drawing.WIDTH and 0 <= y <= projection.height for x, y in places)
    x, y = drawing.middle([[ring]], projection)
    assert min(p[0] for p in places) <= x <= max(p[0] for p in places)
    assert min(p[1] for p in places) <= y <= max(p[1] for p in places)


def test_the_name_of_a_division_in_two_parts_stands_in_the_larger() -> None:
    far = [[[p[0] + 5, p[1]] for p in SQUARE]]
    small = [[[120 + (p[0] - 120) / 10, 38 + (p[1] - 38) / 10] for p in SQUARE]]
    projection = drawing.fit([far[0], small[0]])
    assert drawing.middle([small, far], projection) == projection([125.05, 38.05])
