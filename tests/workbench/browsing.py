"""What tests in a browser share: a server on a staged home, and pages whose complaints are kept."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
PATIENCE = 120_000
"""Milliseconds that a page may take: the machine is busy with other tests."""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Site:
    """A running installation, its home, and what its stage printed: by role a session or a password."""

    address: str
    sessions: dict[str, str]
    environment: dict[str, str]


@dataclass
class Seen:
    """What a page said while it was open."""

    problems: list[str] = field(default_factory=list)


@contextmanager
def served(folder: Path, stage: str) -> Iterator[Site]:
    """``shouwang serve`` on a home that the module ``stage`` makes; it must end without a traceback."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SHOUWANG_", "PYTEST_"))}
    environment |= {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "SHOUWANG_HOME": str(folder / "home"),
    }
    staged = subprocess.run(
        [sys.executable, "-m", stage],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert staged.returncode == 0, staged.stderr
    port = free_port()
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "shouwang.cli.main", "serve", "--port", str(port), "--workers", "1"],
            env=environment, cwd=folder, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/health/")
        yield Site(address, json.loads(staged.stdout), environment)
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(120)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
    assert "Traceback" not in (folder / "log").read_text(encoding="utf-8"), (folder / "log").read_text()


def wait_for(address: str) -> None:
    end = time.monotonic() + 300
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.2)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, which asks nobody else for anything."""
    with sync_playwright() as play:
        launched = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        yield launched
        launched.close()


def watched(context: BrowserContext) -> tuple[Page, Seen]:
    """A page whose complaints are kept."""
    context.set_default_timeout(PATIENCE)
    page, seen = context.new_page(), Seen()
    page.on(
        "console",
        lambda message: seen.problems.append(f"console: {message.text}") if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: seen.problems.append(f"script: {error}"))
    page.on(
        "response",
        lambda answer: (
            seen.problems.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
        ),
    )
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective))"
    )
    return page, seen


def faults(page: Page) -> list[str]:
    """Serious and critical faults that axe-core finds."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations'],"
        " runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
    )
    return [
        f"axe {each['impact']} {each['id']}: {each['nodes'][0]['html'][:160]} ({len(each['nodes'])})"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]


def choose(page: Page, site: Site, language: str) -> None:
    """Choose a language as a user does, unless it is spoken already."""
    button = page.locator(f".sw-language button[value='{language}']")
    if button.count():
        button.first.click()
        page.wait_for_load_state()
