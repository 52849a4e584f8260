"""The shell of all pages: navigation by right, languages, errors, headers, icons."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from shouwang.access.models import User
from shouwang.access.rights import OPEN, requires
from shouwang.workbench import navigation
from shouwang.workbench.navigation import Item
from tests.workbench.people import appoint, signed_in

ROOT = Path(__file__).resolve().parents[2]
WORKBENCH = ROOT / "src" / "shouwang" / "workbench"


@pytest.fixture
def user(db: None) -> User:
    return appoint("wang", "王敏", "leader", "110101001000000")


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


@requires(OPEN)
def breaks(request: HttpRequest, how: str) -> HttpResponse:
    raise {"500": ValueError, "403": PermissionDenied, "400": SuspiciousOperation}[how](how)


urlpatterns = [path("breaks/<how>/", breaks), path("", include("shouwang.urls"))]
handler400 = "shouwang.workbench.errors.bad_request"
handler403 = "shouwang.workbench.errors.forbidden"
handler404 = "shouwang.workbench.errors.not_found"
handler500 = "shouwang.workbench.errors.failed"


def test_home_names_the_user_and_the_posts(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "王敏" in page
    assert "云溪街道" in page


def test_a_visitor_is_sent_to_the_sign_in(db: None) -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


def test_the_navigation_shows_what_the_user_may_open(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = (
        Item("home", "首页", "home"),
        Item("language", "可以", "scan", right="scan.view"),
        Item("language", "不可以", "scan", right="scan.run"),
    )
    monkeypatch.setattr(navigation, "items", lambda: offered)
    entries = [entry for _label, group in navigation.navigation(user, "/") for entry in group]
    assert [entry.label for entry in entries] == ["首页", "可以"]


def test_the_entry_nearest_to_the_page_is_the_current_one(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = (Item("home", "首页", "home"), Item("language", "语言", "language"))
    monkeypatch.setattr(navigation, "items", lambda: offered)

    def current(path: str) -> list[str]:
        return [e.label for _label, group in navigation.navigation(user, path) for e in group if e.current]

    assert current("/") == ["首页"]
    assert current("/language/of/mine/") == ["语言"]
    assert current("/elsewhere/") == []


def test_every_entry_leads_somewhere_and_has_an_icon() -> None:
    icons = json.loads((ROOT / "frontend" / "icons.json").read_text(encoding="utf-8"))
    for item in navigation.items():
        assert item.address
        assert item.icon in icons


def test_every_icon_of_a_template_is_bundled() -> None:
    icons = set(json.loads((ROOT / "frontend" / "icons.json").read_text(encoding="utf-8")))
    used = {
        name
        for source in (ROOT / "src" / "shouwang").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', source.read_text(encoding="utf-8"))
    }
    assert used
    assert sorted(used - icons) == [], "add them to frontend/icons.json"


def test_templates_hold_no_script_no_style_and_no_foreign_address() -> None:
    wrong = []
    for source in (WORKBENCH / "templates").rglob("*.html"):
        text = re.sub(r"{% comment %}.*?{% endcomment %}", "", source.read_text(encoding="utf-8"), flags=re.S)
        for pattern in (
            r"<script(?![^>]*\b(?:src=|type=\"application/json\"))",
            r"<style\b",
            r"\sstyle=",
            r"\son\w+=",
            r"https?://",
        ):
            wrong += [(source.name, found) for found in re.findall(pattern, text)]
    assert wrong == []


def test_the_language_is_the_users_own_choice(client: Client, user: User) -> None:
    assert 'lang="zh-Hans"' in client.get("/", headers={"accept-language": "en"}).content.decode()
    answer = client.post("/language/", {"language": "en", "next": "/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/?a=1")
    user.refresh_from_db()
    assert user.language == "en"
    page = client.get("/").content.decode()
    assert '<html lang="en">' in page
    assert "Home" in page


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_the_language_switch_leads_nowhere_else(client: Client, back: str) -> None:
    assert client.post("/language/", {"language": "en", "next": back})["Location"] == "/"


def test_an_unknown_language_is_refused_and_nothing_is_kept(client: Client, user: User) -> None:
    assert client.post("/language/", {"language": "xx"}).status_code == 400
    assert client.get("/language/").status_code == 405
    user.refresh_from_db()
    assert user.language == ""


def test_a_visitor_chooses_a_language_too(db: None) -> None:
    visitor = Client()
    visitor.post("/language/", {"language": "en"})
    assert "Not found" in visitor.get("/no-such-page/").content.decode()


@override_settings(ROOT_URLCONF="tests.workbench.test_shell")
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/breaks/400/", 400, "请求有误"),
        ("/breaks/403/", 403, "没有权限"),
        ("/no-such-page/", 404, "没有找到"),
        ("/breaks/500/", 500, "系统出错"),
    ],
)
def test_errors_are_told_in_the_language_of_the_product(
    client: Client, address: str, status: int, words: str
) -> None:
    client.raise_request_exception = False
    answer = client.get(address)
    assert answer.status_code == status
    assert words in answer.content.decode()
    part = client.get(address, headers={"hx-request": "true"})
    assert (part.status_code, part["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert words in part.content.decode()


def test_a_stale_form_is_told(user: User) -> None:
    strict = signed_in(user, enforce_csrf_checks=True)
    answer = strict.post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_every_page_carries_the_headers(client: Client) -> None:
    answer = client.get("/")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == policy["style-src"] == policy["default-src"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "geolocation=(self)" in answer["Permissions-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert "microphone=()" in Client().get("/account/login/")["Permissions-Policy"]


def test_static_files_are_served_packed_and_change_their_address_with_their_content(db: None) -> None:
    from django.templatetags.static import static

    address = static("workbench/workbench.css")
    assert re.search(r"\?v=[0-9a-f]{10}$", address)
    answer = Client().get(address)
    assert answer.status_code == 200
    assert "max-age=31536000" in answer["Cache-Control"]
    packed = Client().get(static("workbench/vendor/tabler.min.css"), headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "?v=" not in static("workbench/no-such-file.css")
