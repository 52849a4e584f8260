"""The map: an administrator hands in the outlines of the own area, everybody sees the own findings on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from tests.workbench.people import appoint, signed_in
from tests.workbench.recorded import finding

from shouwang import trail
from shouwang.access.models import Area, User
from shouwang.trail.models import Event
from shouwang.workbench.models import Boundary

OFFICE, CLOUD, EAST = "110101001000000", "110101001001000", "110101001002000"
GRID = "110101001001001"
SQUARE = [[[120.0, 38.0], [120.1, 38.0], [120.1, 38.1], [120.0, 38.1], [120.0, 38.0]]]


@pytest.fixture
def admin(db: None) -> User:
    for code in (CLOUD, EAST):
        appoint(f"head{code[11]}", "负责人", "community_head", code)
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("access.test"):
        Area(code=GRID, name="第一网格", aliases="云溪一网格").save()
    return appoint("admin", "管理员", "administrator", OFFICE)


def body(*named: dict[str, str], shift: float = 0.2) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": one,
            "geometry": {"type": "Polygon", "coordinates": [[[x + shift * k, y] for x, y in SQUARE[0]]]},
        }
        for k, one in enumerate(named)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def send(user: User, content: bytes, **fields: str) -> HttpResponse:
    file = SimpleUploadedFile("网格.geojson", content)
    return signed_in(user).post("/map/boundaries/", {"file": file, **fields})  # type: ignore[return-value]


def kept() -> list[str]:
    return sorted(Boundary.objects.values_list("area__code", flat=True))


def test_outlines_are_matched_by_code_name_or_alias(admin: User) -> None:
    answer = send(admin, body({"code": EAST[:12]}, {"name": "云溪社区"}, {"name": "云溪一网格"}))
    assert (answer.status_code, answer["Location"]) == (302, "/map/boundaries/")
    assert kept() == sorted([GRID, CLOUD, EAST])
    event = Event.objects.get(action="area.boundary", target="workbench.boundary", target_id="")
    assert json.loads(event.body)["kept"] == 3
    assert "120.1" not in "".join(Event.objects.values_list("body", flat=True))


def test_what_fits_no_division_stops_all_unless_skipped(admin: User) -> None:
    content = body({"code": CLOUD}, {"name": "别处"}, {"code": "110102001"}, {"code": CLOUD})
    refused = send(admin, content)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "第 2 个要素" in page and "第 3 个要素" in page and "第 4 个要素" in page
    assert kept() == []
    assert send(admin, content, skip="1").status_code == 302
    assert kept() == [CLOUD]


def test_outlines_of_others_fit_nothing(admin: User) -> None:
    elsewhere = appoint("other", "别处管理员", "administrator", "110102001000000")
    assert send(elsewhere, body({"code": CLOUD}), skip="1").status_code == 422
    assert kept() == []


@pytest.mark.parametrize("content", [b"", b"no json", b'{"type": "FeatureCollection", "features": [1]}'])
def test_a_broken_file_is_told(admin: User, content: bytes) -> None:
    answer = send(admin, content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_only_an_administrator_hands_in_outlines(admin: User) -> None:
    leader = appoint("wang", "王敏", "leader", OFFICE)
    assert send(leader, body({"code": CLOUD})).status_code == 403
    assert kept() == []


def test_the_map_shows_the_lowest_divisions_with_the_users_findings(admin: User) -> None:
    leader = appoint("wang", "王敏", "leader", OFFICE)
    client = signed_in(leader)
    assert "还没有区划的范围" in client.get("/map/").content.decode()
    send(admin, body({"code": CLOUD}, {"code": GRID}, {"code": EAST}))
    for _ in range(3):
        finding("assistance.paid-after-death", GRID)
    finding("assistance.paid-after-death", CLOUD)
    page = client.get("/map/").content.decode()
    # The community's outline would hide its grid: what is on record for the whole community is told below.
    assert page.count('class="sw-area c') == 2 + 1 + 3  # shapes, then none and the numbers from 1 to 3
    assert "<title>第一网格：3</title>" in page
    assert "<title>东溪社区：0</title>" in page
    assert "另有 1 个问题" in page
    head = User.objects.get(username=f"head{EAST[11]}")
    own = signed_in(head).get("/map/").content.decode()
    assert "第一网格" not in own
    assert "<title>东溪社区：0</title>" in own


def test_the_example_fits_the_example_divisions(db: None) -> None:
    from shouwang.cli import founding
    from shouwang.workbench.figures import boundaries

    examples = Path(__file__).resolve().parents[3] / "examples"
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("access.test"):
        founding.settle(founding.read_divisions(examples / "divisions.csv"))
        taken = boundaries.take(
            (examples / "grids.geojson").read_bytes(), "x", ranges=[("0", "9" * 15)], skip=False
        )
    assert (taken.kept, taken.unmatched) == (6, [])
