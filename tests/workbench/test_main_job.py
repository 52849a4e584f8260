"""The main job in a browser over the real server: from a workbook to a closed finding and a report, by three.

Everybody signs in with a password; the photo is taken on a phone; worker and clock run beside the pages.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.ledger.store.office import IDS
from tests.workbench.browsing import CHROMIUM, ROOT, Seen, Site, choose, chromium, served, watched
from tests.workbench.stage_main_job import PEOPLE
from tests.workbooks import write_workbook

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs the browser chromium"),
    pytest.mark.xdist_group("browser"),
]

DESK, PHONE = (1280, 900), (390, 844)
DEAD = ["姓名", "身份证号", "死亡日期"]
PAID = ["低保证号", "姓名", "身份证号", "发放月份", "发放金额", "发放日期"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("job"), "tests.workbench.stage_main_job") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@dataclass
class Words:
    """What the pages say, in the language of the run."""

    language: str
    upload: str
    commit: str
    imported: str
    scan: str
    done: str
    title: str
    steps: dict[str, str]
    closed: str


CHINESE = Words(
    "zh-hans",
    upload="上传并预览",
    commit="导入",
    imported="已导入1个文件",
    scan="执行扫描",
    done="完成",
    title="已故人员仍领取低保金",
    steps={"assign": "分派", "submit": "提交整改结果", "verify": "核验通过", "close": "销号"},
    closed="已销号",
)
ENGLISH = Words(
    "en",
    upload="Upload and preview",
    commit="Import",
    imported="imported",
    scan="Run scans",
    done="done",
    title="",
    steps={"assign": "assign", "submit": "submit", "verify": "verif", "close": "Close"},
    closed="closed",
)


@dataclass
class Job:
    """One run through the job: who speaks which language, and everything pages complained about."""

    site: Site
    browser: Browser
    words: Words
    problems: list[str] = field(default_factory=list)

    @contextmanager
    def person(self, role: str, size: tuple[int, int] = DESK) -> Iterator[Page]:
        """A browser of their own in which somebody has signed in by the page and chosen the language."""
        width, height = size
        with self.browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", locale="zh-CN",
            has_touch=size == PHONE,
        ) as context:  # fmt: skip
            page, seen = watched(context)
            page.goto(f"{self.site.address}/account/login/")
            page.fill("input[name=login]", role)
            page.fill("input[name=password]", self.site.sessions[role])
            page.click("form[action$='/login/'] button[type=submit]")
            page.wait_for_load_state()
            assert "/login/" not in page.url, page.inner_text("main, body")
            choose(page, self.site, self.words.language)
            yield page
            page.wait_for_load_state("networkidle")
            self._keep(role, seen)

    def _keep(self, role: str, seen: Seen) -> None:
        self.problems += [f"{role}: {problem}" for problem in seen.problems]

    def go(self, page: Page, path: str) -> None:
        """Open a page and see that it fits the window."""
        page.goto(self.site.address + path)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} is wider than the window by {wider} px"

    def take(self, page: Page, action: str) -> None:
        """Send the form of a step that is filled in."""
        page.locator(f"form[action$='/step/{action}/'] button[type=submit]").click()
        page.wait_for_load_state()
        said = page.locator(".alert-success").first
        assert said.is_visible(), page.inner_text("main")

    def opened(self, page: Page, path: str, action: str) -> Page:
        """The finding's page with the form of that step open, named in the language of the run."""
        self.go(page, path)
        form = page.locator(f"form[action$='/step/{action}/']")
        assert form.count() == 1, page.inner_text("main")
        summary = page.locator(f"details:has(form[action$='/step/{action}/']) > summary")
        assert self.words.steps[action] in summary.inner_text()
        if not form.is_visible():
            summary.click()
        return page


def workbook(folder: Path, k: int) -> Path:
    """An allowance that is paid on after a death in May, as an office would send it."""
    name = ("张三丰", "李小凤")[k]
    rows = [[f"DB{k}1", name, IDS[k], f"2023-{m:02}", "500", f"2023-{m:02}-10"] for m in range(1, 10)]
    path = folder / f"低保与死亡{k}.xlsx"
    write_workbook(
        path,
        {
            "死亡": [["死亡人员名单"], DEAD, [name, IDS[k], "2023-05-06"]],
            "发放": [["低保金发放表"], PAID, *rows],
        },
    )
    return path


def photo() -> dict[str, object]:
    """A photo as the camera of a phone hands it over."""
    stream = io.BytesIO()
    Image.new("RGB", (1200, 900), (90, 120, 150)).save(stream, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def take_in(job: Job, page: Page, file: Path) -> None:
    """Import a workbook: preview first, then agree."""
    job.go(page, "/imports/")
    page.set_input_files("#files", str(file))
    places = page.locator("#division option").evaluate_all("all => all.map(o => o.value)")
    page.select_option("#division", next(p for p in places if p == PEOPLE["dibao_worker"][2]))
    page.get_by_role("button", name=job.words.upload).click()
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))
    # Nothing is written yet; the two sheets were told apart.
    assert "10" in page.inner_text("main") and page.locator("tbody th[scope=row]").count() == 2
    page.get_by_role("button", name=job.words.commit, exact=True).click()
    page.wait_for_url(re.compile(r"/imports/$"))
    assert job.words.imported in page.locator(".alert-success").first.inner_text()


def scan(job: Job, page: Page) -> None:
    """Ask for a scan and wait until the worker has done it."""
    job.go(page, "/scans/")
    page.get_by_role("button", name=job.words.scan).click()
    page.wait_for_url(re.compile(r"/scans/\d+/$"))
    until = time.monotonic() + 300
    while not page.locator(".sw-state.good").count():
        assert time.monotonic() < until, page.inner_text("main")
        assert not page.locator(".sw-state.bad").count(), page.inner_text("main")
        page.wait_for_timeout(500)
        page.reload()
    assert job.words.done in page.locator(".sw-state.good").first.inner_text()


def found(job: Job, page: Page, months: str) -> str:
    """The address of the finding that the workbook was made for."""
    job.go(page, "/findings/?code=assistance.paid-after-death")
    rows = page.locator("tbody tr").filter(has_text=months)
    assert rows.count() == 1, page.inner_text("main")
    address = rows.locator("a[href^='/findings/']").first.get_attribute("href")
    assert address
    return address


def run(job: Job, folder: Path, k: int) -> str:
    """The whole job; the address of the finding."""
    with job.person("section_chief") as page:
        take_in(job, page, workbook(folder, k))
        scan(job, page)
        path = found(job, page, ("张**", "李**")[k])
        job.opened(page, path, "assign")
        posts = page.locator("#assign_post option").evaluate_all("all => all.map(o => [o.value, o.label])")
        page.select_option("#assign_post", next(v for v, label in posts if "低保专干" in label))
        page.fill("#assign_due", time.strftime("%Y-%m-%d", time.localtime(time.time() + 20 * 86400)))
        page.fill("#assign_reason", "请当面核实")
        job.take(page, "assign")
    with job.person("dibao_worker", PHONE) as page:
        job.go(page, "/work/")
        assert page.locator(f"a[href='{path}']").count() >= 1, page.inner_text("main")
        job.opened(page, path, "submit")
        page.fill("#submit_measures", "已入户核实，停发并追回2000元")
        with page.expect_file_chooser() as chooser:
            page.locator("#submit_uploads").click()
        chooser.value.set_files([photo()])  # type: ignore[list-item]
        job.take(page, "submit")
        assert "IMG_0001" in page.inner_text("main")
        # Nobody verifies or closes their own work.
        assert page.locator("form[action$='/step/verify/'], form[action$='/step/close/']").count() == 0
    with job.person("section_chief") as page:
        job.opened(page, path, "verify")
        page.fill("#verify_reason", "现场核验，属实")
        job.take(page, "verify")
    with job.person("leader") as page:
        job.opened(page, path, "close")
        job.take(page, "close")
        assert job.words.closed in page.locator(".sw-state").all_inner_texts()[0]
        job.go(page, "/findings/?status=closed")
        row = page.locator("tbody tr").filter(has=page.locator(f"a[href='{path}']"))
        assert row.count() == 1 and job.words.closed in row.inner_text()
    return path


def reported(job: Job, page: Page, k: int) -> None:
    """Download the report of the last scan as page and as working paper; open the page."""
    job.go(page, "/scans/")
    page.locator("tbody th a").first.click()
    page.wait_for_url(re.compile(r"/scans/\d+/$"))
    form = page.locator("form[action*='/report/html/']")
    with page.expect_download() as paper:
        form.locator("button[formaction*='/report/xlsx/']").click()
    assert paper.value.suggested_filename.endswith(".xlsx") and paper.value.path().stat().st_size > 5000
    with page.expect_download() as wanted:
        form.locator("button[type=submit]:not([formaction])").click()
    assert re.fullmatch(r"report-\d+\.html", wanted.value.suggested_filename)
    text = wanted.value.path().read_text(encoding="utf-8")
    assert IDS[k] not in text and PEOPLE["section_chief"][0] in text
    with job.browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, offline=True) as context:
        opened, seen = watched(context)
        opened.set_content(text)
        opened.locator("nav a[data-view=findings]").click()
        opened.locator("#list .item").first.wait_for()
        assert ("张**", "李**")[k] in opened.inner_text("#list")
        job._keep("report", seen)


def verified(site: Site) -> dict[str, object]:
    """What ``shouwang verify`` says."""
    done = subprocess.run(
        [sys.executable, "-m", "shouwang.cli.main", "verify", "--json"],
        env=site.environment, cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    report: dict[str, object] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("k", [0, 1], ids=["zh", "en"])
def test_from_a_workbook_to_a_closed_finding(site: Site, browser: Browser, tmp_path: Path, k: int) -> None:
    job = Job(site, browser, (CHINESE, ENGLISH)[k])
    before = verified(site)
    path = run(job, tmp_path, k)
    after = verified(site)
    assert after["intact"] and int(str(after["events"])) > int(str(before["events"])) + 10
    with job.person("section_chief") as page:
        job.go(page, path)
        line = page.inner_text("section[aria-labelledby=timeline]")
        assert all(PEOPLE[role][0] in line for role in PEOPLE), line
        assert IDS[k] not in page.content()
        reported(job, page, k)
        job.go(page, "/dashboard/")
        page.wait_for_selector(".sw-chart svg")
    assert not job.problems, "\n".join(job.problems)
