"""Every page as the browser shows it: no error, nothing that the policy refuses, no fault of accessibility.

Nothing is wider than the window; on a desk in Chinese and on a phone in English.

The pages are found by walking: what the navigation offers to each role, then what stands in these pages. A
page that is added to the navigation is tested without being named here.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.workbench.browsing import CHROMIUM, Seen, Site, choose, chromium, faults, served, watched

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs the browser chromium"),
    pytest.mark.xdist_group("browser"),
]

WIDTHS = {1280: 900, 390: 844}
DEPTH = 2
"""Steps from the navigation: a list, then a record in it."""
LINKS = 40
"""So many links of a page are looked at."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("browsed"), "tests.workbench.stage") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def signed_in(browser: Browser, site: Site, role: str, width: int) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, reduced_motion="reduce", locale="zh-CN"
    )
    context.add_cookies([{"name": "sessionid", "value": site.sessions[role], "url": site.address}])
    return context


def shape(path: str) -> str:
    """An address without its numbers: pages of one shape are one page with other contents."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27,}|\d+|(?<=/)[a-z_]+\.[a-z_.-]+(?=/)", "*", path)


def links(page: Page, site: Site) -> list[str]:
    """The pages of the installation that this one leads to: of each shape the first."""
    found: dict[str, str] = {}
    for address in page.eval_on_selector_all(
        "a[href]:not([download])",
        f"all => all.slice(0, {LINKS * 10}).map(a => new URL(a.getAttribute('href'), document.baseURI).href)",
    ):
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != site.address or parts.path.startswith("/static/"):
            continue
        if re.search(r"\.(csv|xlsx|docx|json|zip|pdf|jpg|png)$", parts.path) or "export" in parts.path:
            continue
        found.setdefault(shape(parts.path), parts.path)
    return list(found.values())[:LINKS]


def offered(site: Site, role: str) -> list[str]:
    """The addresses that the navigation offers to a role; asked without a browser, which takes its time."""
    request = urllib.request.Request(  # noqa: S310
        f"{site.address}/", headers={"Cookie": f"sessionid={site.sessions[role]}"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        page = answer.read().decode()
    return ["/", *re.findall(r'<a href="(/[^"]*)"', page.partition('id="sw-nav"')[2].partition("</nav>")[0])]


SQUEEZED = """[...document.querySelectorAll('main *')]
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim().length > 3))
  .filter(one => (({width, height}) => width && width < 24 && height > 80)(one.getBoundingClientRect()))
  .map(one => one.textContent.trim().slice(0, 20)).slice(0, 3)"""
"""Texts that stand with one character a line."""


def inspect(page: Page, seen: Seen, site: Site, path: str, language: str) -> list[str]:
    """What is wrong with a page."""
    answer = page.goto(site.address + path)
    # Pictures stand two frames after the page is there; what htmx asks for by then is waited for.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function("!document.querySelector('.htmx-request')")
    problems = [] if answer is not None and answer.status < 400 else [f"{path}: {answer and answer.status}"]
    said = page.evaluate("document.documentElement.lang")
    if said != ("en" if language == "en" else "zh-Hans"):
        problems.append(f"wrong language: {said}")
    if not page.title() or not page.locator("h1").count():
        problems.append("no title or no heading")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 0:
        problems.append(f"wider than the window by {wider} px")
    problems += [f"squeezed: {text}" for text in page.evaluate(SQUEEZED)]
    problems += faults(page)
    # Last, so that what a page says late, while it is looked at, is counted as well.
    problems += seen.problems
    seen.problems.clear()
    return problems


def walk(page: Page, seen: Seen, site: Site, edge: list[str], known: set[str]) -> tuple[list[str], list[str]]:
    """The addresses reached from these, of shapes not known yet, and what is wrong with them as they are."""
    fresh, wrong = [], []
    for _step in range(DEPTH):
        following: list[str] = []
        for path in edge:
            if shape(path) in known:
                continue
            known.add(shape(path))
            fresh.append(path)
            wrong += [f"{path}: {problem}" for problem in inspect(page, seen, site, path, "zh-hans")]
            following += links(page, site)
        edge = following
    return fresh, wrong


def test_every_page_on_a_desk_in_chinese_and_on_a_phone_in_english(site: Site, browser: Browser) -> None:
    """Both languages and both widths; English has the longer words: it is what a phone must have room for."""
    known: set[str] = set()
    wrong: list[str] = []
    visited = 0
    for role in site.sessions:
        edge = offered(site, role)
        if all(shape(path) in known for path in edge):
            continue
        with signed_in(browser, site, role, 1280) as context:
            page, seen = watched(context)
            fresh, problems = walk(page, seen, site, edge, known)
            wrong += [f"{role} 1280 zh {problem}" for problem in problems]
        with signed_in(browser, site, role, 390) as context:
            page, seen = watched(context)
            page.goto(f"{site.address}/")
            choose(page, site, "en")
            for path in fresh:
                visited += 1
                wrong += [f"{role} 390 en {path}: {p}" for p in inspect(page, seen, site, path, "en")]
            choose(page, site, "zh-hans")
    assert visited == len(known) >= 50
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("width", list(WIDTHS))
def test_pages_of_visitors(site: Site, browser: Browser, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": WIDTHS[width]}) as context:
        page, seen = watched(context)
        wrong = inspect(page, seen, site, "/account/login/", "zh-hans")
        answer = page.goto(f"{site.address}/no-such-page/")
        assert answer is not None and answer.status == 404
        wrong += faults(page)
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_the_navigation_of_a_phone_opens_and_closes_by_keyboard(site: Site, browser: Browser) -> None:
    with signed_in(browser, site, "leader", 390) as context:
        page, seen = watched(context)
        page.goto(f"{site.address}/")
        navigation, button = page.locator("#sw-nav"), page.locator(".sw-nav-button")
        assert not navigation.is_visible()
        button.focus()
        page.keyboard.press("Enter")
        assert navigation.is_visible()
        assert button.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        assert not navigation.is_visible()
        assert seen.problems == []


def test_pages_work_without_scripts(site: Site, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        context.add_cookies([{"name": "sessionid", "value": site.sessions["leader"], "url": site.address}])
        page = context.new_page()
        page.goto(f"{site.address}/dashboard/")
        assert page.locator("#sw-nav a").first.is_visible()
        page.locator(".sw-figure-table summary").first.click()
        assert page.locator("#t-pack tbody tr").first.is_visible()


def test_a_table_behind_a_picture_is_opened_and_copied(site: Site, browser: Browser) -> None:
    with signed_in(browser, site, "leader", 1280) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
        page, seen = watched(context)
        page.goto(f"{site.address}/dashboard/")
        page.wait_for_selector(".sw-chart svg")
        page.locator("[data-sw-copy='#t-pack']").click()
        page.wait_for_timeout(200)
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.splitlines()[0].split("\t")[:2] == ["业务", "高"]
        assert seen.problems == []
