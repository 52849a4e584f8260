"""The pictures of the documentation: report and workbench of the sample office, ``make screenshots``.

usage: python scripts/screenshots.py [REPORT.html]   (default: out/report/report.html of ``make report``)

The workbench is set up anew by ``shouwang demo`` in ``out/demo-home`` and served while its pictures are
taken.

Needs the browser chromium (Debian: ``apt-get install chromium fonts-noto-cjk``). Pictures are written to
``docs/images/``; one of more than 300 kB is refused.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.ports import free_port  # noqa: E402

IMAGES = ROOT / "docs" / "images"
REPORT = ROOT / "out" / "report" / "report.html"
LARGEST = 300_000
"""Bytes a picture may have, so that a clone of the repository stays small."""

#: A finding that shows two ledgers side by side; where the report lacks it, its first one is shown.
FINDING = "assistance.paid-after-death-0001"

#: File name: part of the report, width and height of the window, colour scheme.
PICTURES: dict[str, tuple[str, int, int, str]] = {
    "report.png": ("overview", 1280, 860, "light"),
    "report-dark.png": ("overview", 1280, 860, "dark"),
    "finding.png": (FINDING, 1280, 860, "light"),
    "checks.png": ("checks", 1280, 860, "light"),
    "report-phone.png": ("overview", 390, 844, "light"),
    "finding-phone.png": (FINDING, 390, 844, "light"),
}


LARGEST_PAGE = 200_000
DEMO = ROOT / "out" / "demo-home"

#: File name: who is signed in, page, width and height of the window; "first" opens the first of the list.
PAGES: dict[str, tuple[str, str, int, int]] = {
    "home.png": ("section_chief", "/", 1280, 860),
    "dashboard.png": ("section_chief", "/dashboard/", 1280, 860),
    "map.png": ("section_chief", "/map/", 1280, 860),
    "ledger-list.png": ("section_chief", "/ledgers/", 1280, 860),
    "finding-page.png": ("section_chief", "/findings/ first", 1280, 860),
    "indicators.png": ("section_chief", "/indicators/", 1280, 860),
    "home-phone.png": ("section_chief", "/", 390, 844),
    "field-phone.png": ("grid_worker", "/findings/report/", 390, 844),
    "dashboard-phone.png": ("section_chief", "/dashboard/", 390, 844),
}


def accounts() -> dict[str, str]:
    """Set the workbench up; user names with their passwords, as they are shown."""
    done = subprocess.run(
        [sys.executable, "-m", "shouwang.cli.main", "demo", "--home", str(DEMO), "--no-serve"],
        capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    return dict(re.findall(r"^([a-z_]+)\s+([a-z0-9]{4}(?:-[a-z0-9]{4}){3})\s", done.stdout, re.M))


@contextmanager
def serving() -> Iterator[str]:
    """The workbench while it is served; its address."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "shouwang.cli.main", "serve", "--port", str(port), "--workers", "1"],
        env={**os.environ, "SHOUWANG_HOME": str(DEMO)}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _try in range(300):
            try:
                urllib.request.urlopen(f"{address}/health/", timeout=5).close()  # noqa: S310
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(60)


def page_picture(
    browser: Browser, address: str, user: str, password: str, path: str, width: int, height: int
) -> bytes:
    """A picture (PNG) of a page of the workbench, as a user sees it who has just signed in."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce",
        device_scale_factor=1.5 if width < 500 else 1,
    )  # fmt: skip
    try:
        page = context.new_page()
        page.goto(f"{address}/account/login/")
        page.fill("input[name=login]", user)
        page.fill("input[name=password]", password)
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
        page.wait_for_load_state("networkidle")
        where, _space, first = path.partition(" ")
        page.goto(address + where)
        if first:
            page.locator("main table a").first.click()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)
        return smaller(page.screenshot())
    finally:
        context.close()


def smaller(body: bytes) -> bytes:
    """The picture with 256 colours: a page of text has hardly more."""
    out = io.BytesIO()
    Image.open(io.BytesIO(body)).convert("RGB").quantize(256).save(out, "PNG", optimize=True)
    return out.getvalue()


def keep(name: str, body: bytes, largest: int) -> None:
    """Write a picture; one that is too large for a clone of the repository ends the program."""
    if len(body) > largest:
        sys.exit(f"{name} has {len(body)} bytes, more than {largest}")
    (IMAGES / name).write_bytes(body)
    print(f"{name}\t{len(body) // 1000} kB")


def picture(browser: Browser, report: Path, part: str, width: int, height: int, scheme: str) -> bytes:
    """A picture (PNG) of a part of the report: a view, or an opened finding."""
    context = browser.new_context(
        offline=True,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        device_scale_factor=2 if width < 500 else 1,
    )
    try:
        page = context.new_page()
        page.goto(report.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        page.evaluate("part => { location.hash = part }", part)
        if part == FINDING:
            page.wait_for_timeout(500)
            if not page.locator("#detail .evidence").count():
                page.evaluate("location.hash = 'findings'")
                page.locator("#list [role=option]").first.click()
            page.wait_for_selector("#detail .evidence")
        elif part == "overview":
            page.wait_for_selector(".chart svg")
        page.wait_for_timeout(500)  # the charts' first stroke
        return page.screenshot()
    finally:
        context.close()


def main(report: Path) -> None:
    """Take all pictures; end with a clear word where the report or the browser is missing."""
    if not report.is_file():
        sys.exit(f"no report at {report}: run make report first")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("needs the browser chromium: apt-get install chromium fonts-noto-cjk")
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
        )
        for name, (part, width, height, scheme) in PICTURES.items():
            keep(name, picture(browser, report.resolve(), part, width, height, scheme), LARGEST)
        passwords = accounts()
        with serving() as address:
            for name, (user, path, width, height) in PAGES.items():
                body = page_picture(browser, address, user, passwords[user], path, width, height)
                keep(name, body, LARGEST_PAGE)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT)
