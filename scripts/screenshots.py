"""The pictures of the documentation, taken from the report of the sample office: ``make screenshots``.

usage: python scripts/screenshots.py [REPORT.html]   (default: out/demo/report.html of ``make demo``)

Needs the browser chromium (Debian: ``apt-get install chromium fonts-noto-cjk``). Pictures are written to
``docs/images/``; one of more than 300 kB is refused.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
REPORT = ROOT / "out" / "demo" / "report.html"
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
        sys.exit(f"no report at {report}: run make demo first")
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
            body = picture(browser, report.resolve(), part, width, height, scheme)
            if len(body) > LARGEST:
                sys.exit(f"{name} has {len(body)} bytes, more than {LARGEST}")
            (IMAGES / name).write_bytes(body)
            print(f"{name}\t{len(body) // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT)
