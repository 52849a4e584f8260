"""What the processes of :mod:`tests.faults.machine` do: set up, import, scan, step, seal, tell the state."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import ibis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from PIL import Image

from shouwang import clock, trail
from shouwang.access.models import Area, User, current
from shouwang.access.roles import roles
from shouwang.access.trouble import trouble
from shouwang.api import tokens
from shouwang.evidence import store
from shouwang.home import home
from shouwang.indicator.catalogue import indicators
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.reading import folder
from shouwang.ledger.store import importing
from shouwang.risk import catalogue
from shouwang.risk.loop import intake, steps
from shouwang.risk.models import Finding, ScanLock, ScanRun
from shouwang.risk.scans import keeping, requests, running
from shouwang.trail import seal as sealing
from shouwang.trail.verify import verify
from tests.ledger.store.office import IDS
from tests.risk.loop.office import ONE, build, days, found, noticed, signed_in
from tests.workbench.people import signed_in as page_client
from tests.workbooks import write_workbook

TOWN = "110101001000000"
ME = trail.Actor("command:tests", "测试")


def warm() -> None:
    """Load what every process would load anew: declarations and the words that sheets are known by."""
    words = folder.vocabulary(ledgers().values())
    # They are the same for every folder, and most of the time of a small one.
    folder.vocabulary = lambda _ledgers: words
    catalogue.rules()
    assert catalogue.parameters() and roles() and indicators() and ibis.duckdb
    get_resolver().url_patterns  # noqa: B018 - loads the views


def state() -> dict[str, Any]:
    """What is in the database: a hash of every row of every table, rows by table, whether it is whole."""
    digest = hashlib.sha256()
    rows: dict[str, int] = {}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        # The index of words can't be read row by row; its own tables hold all that it knows.
        for table in sorted(set(tables) - {"ledger_words"}):
            count = 0
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - its own tables
            for row in cursor:
                digest.update(repr(row).encode())
                count += 1
            digest.update(f"{table}{count}".encode())
            rows[table] = count
        cursor.execute("PRAGMA integrity_check")
        whole = cursor.fetchone()[0]
    report = verify()
    faults = [fault.text for fault in report.faults]
    return {"digest": digest.hexdigest(), "rows": rows, "whole": whole, "faults": faults}


def town() -> None:
    """A division to import into."""
    with trail.acting(ME), trail.change("test.setup"):
        Area(code=TOWN, name="望河街道").save()


def import_folder(folder: str, seen: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Import a folder as a command does."""
    with trail.acting(ME):
        done = importing.commit(importing.prepare(Path(folder), division=TOWN), seen=seen)
    return [{"file": one.file, "counts": one.counts, "problem": one.problem} for one in done]


def residents() -> dict[str, int]:
    """The register as it is: rows, imports, their events, entries of the index of words."""
    from shouwang.ledger.models import Import
    from shouwang.registry.models import Person
    from shouwang.trail.models import Event

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM ledger_words WHERE ledger_words MATCH 'd110101001'")
        words = cursor.fetchone()[0]
    return {
        "rows": Person.objects.count(),
        "imports": Import.objects.count(),
        "events": Event.objects.filter(action="ledger.import").count(),
        "words": words,
    }


def afterwards(name: str, *arguments: Any) -> dict[str, Any]:
    """After a death: the state that is found; with a name, that work is done, and the state it leads to."""
    found = state()
    if not name:
        return {"found": found, "said": None, "end": None}
    said = globals()[name](*arguments)
    return {"found": found, "said": said, "end": state()}


# --- the loop ---


def office(findings: int) -> None:
    """An office with posts and users, and findings that wait for a post."""
    build()
    found(*(noticed(subject=f"人{number}", evidence=()) for number in range(findings)))


LOOP = (
    ("assign", "chief", {"post": "dibao", "due": 20}),
    ("start", "dibao", {"measures": "停发", "due": 10}),
    ("submit", "dibao", {"measures": "已停发并追回", "proof": "收据12号"}),
    ("verify", "chief", {}),
    ("close", "leader", {}),
)
"""Who takes which step after which; posts by who holds them, dates by days from today."""
BEFORE = {
    "assign": "new",
    "start": "assigned",
    "submit": "rectifying",
    "verify": "submitted",
    "close": "verified",
}


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _given(data: dict[str, Any]) -> dict[str, Any]:
    given = dict(data)
    if "post" in given:
        given["post"] = current(timezone.localdate(), user=_user(given["post"])).get().post_id
    if "due" in given:
        given["due"] = days(given["due"])
    return given


def drive() -> dict[str, int]:
    """Take every finding from where it stands to its end, all of them at once in each step."""
    for action, name, data in LOOP:
        standing = {f.pk: f.version for f in Finding.objects.filter(status=BEFORE[action])}
        if standing:
            user = _user(name)
            with signed_in(user):
                many = steps.take_many(user, action, standing, **_given(data))
            assert not many.refused and not many.missing, (action, many)
    return standings()


def step(action: str) -> int:
    """Take one step of the loop on every finding that stands before it; how many did."""
    ((name, data),) = [(name, data) for one, name, data in LOOP if one == action]
    standing = {f.pk: f.version for f in Finding.objects.filter(status=BEFORE[action])}
    user = _user(name)
    with signed_in(user):
        return len(steps.take_many(user, action, standing, **_given(data)).done)


def standings() -> dict[str, int]:
    """Findings by status."""
    return dict(Counter(Finding.objects.values_list("status", flat=True)))


def submit_with_photo(content: str) -> dict[str, Any]:
    """Hand in the one finding with a photo as evidence, unless it was; its status and the readable photos."""
    user = _user("dibao")
    finding = Finding.objects.get()
    if finding.status == "rectifying":
        kept = store.keep(io.BytesIO(picture(content)), "现场.png")
        with signed_in(user):
            given = {"measures": "已停发", "files": [kept]}
            finding = steps.take(user, "submit", finding.pk, finding.version, **given)
    readable = [store.read(attached.file) for attached in store.of("risk.finding", finding.pk)]
    return {"status": str(finding.status), "readable": len(readable)}


def picture(content: str) -> bytes:
    """A picture of some size that differs with its content."""
    made = io.BytesIO()
    Image.frombytes("RGB", (200, 200), random.Random(content).randbytes(120_000)).save(made, "PNG")
    return made.getvalue()


# --- scans ---

RULES = ("assistance.paid-after-death", "assistance.paid-twice")


def allowances(folder: str) -> None:
    """Workbooks of an allowance that is paid on after a death, imported."""
    town()
    root = Path(folder)
    dead = ["姓名", "身份证号", "死亡日期"]
    paid = ["低保证号", "姓名", "身份证号", "发放月份", "发放金额", "发放日期"]
    root.mkdir()
    write_workbook(root / "死亡.xlsx", {"死亡": [["死亡人员名单"], dead, ["张三丰", IDS[0], "2023-05-06"]]})
    rows = [["DB01", "张三丰", IDS[0], f"2023-{m:02}", "500", f"2023-{m:02}-10"] for m in range(1, 10)]
    write_workbook(root / "发放.xlsx", {"发放": [["低保金发放表"], paid, *rows]})
    import_folder(folder)


def scan() -> dict[str, Any]:
    """Ask for a scan and run it, of a few rules; what came of it."""
    few = {code: catalogue.rules()[code] for code in RULES}
    catalogue.rules = lambda: few
    with trail.acting(ME):
        # Two minutes go by: nobody believes any more that a scan which gives no sign of life still runs.
        ScanLock.objects.update(beat=timezone.now() - 2 * running.DEAD)
        run = requests.request(ScanRun.Trigger.PERSON, as_of=dt.date(2023, 12, 31))
        running.run_scan(run.pk)
    run.refresh_from_db()
    files = [*keeping.snapshots().iterdir(), *(home() / "scans").iterdir()]
    runs = dict(Counter(ScanRun.objects.values_list("status", flat=True)))
    return {"status": run.status, "error": run.error, "runs": runs, "files": sorted(f.name for f in files)}


# --- the trail ---


def happenings(count: int) -> None:
    """Something to seal."""
    with trail.acting(ME), trail.change("test.happen") as doing:
        for number in range(count):
            doing.note("test", number)


def seal() -> list[int]:
    """Seal what is not sealed, as the clock does; the numbers of the seals made."""
    with trail.acting(ME):
        return [made.pk for made in sealing.seal()]


# --- the clock ---


def tick(days_on: int) -> list[str]:
    """Look at the clock at noon, so many days from today; the jobs this process ran."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return clock.tick(noon + dt.timedelta(days=days_on))


def ran() -> dict[str, Any]:
    """What the clocks noted: jobs that were done more or less than once a moment, and failures."""
    from shouwang.clock.models import Run

    noted = Counter(Run.objects.values_list("job", "due"))
    failed = list(Run.objects.exclude(status__in=["done", "passed"]).values_list("job", "error"))
    done = Run.objects.filter(status="done")
    return {
        "twice": [job for (job, _due), times in noted.items() if times > 1],
        "failed": failed,
        "attempts": sorted(set(Run.objects.values_list("attempts", flat=True))),
        "done": sorted(done.values_list("job", flat=True)),
        "scans": ScanRun.objects.count(),
    }


def set_back(hours: float) -> dict[str, Any]:
    """Work while this computer's clock shows another time: a step of the loop, jobs, a seal."""
    away = dt.timedelta(hours=hours)
    nanoseconds = round(away.total_seconds() * 1e9)
    now, time_ns = timezone.now, time.time_ns
    with (
        mock.patch("django.utils.timezone.now", lambda: now() - away),
        mock.patch("time.time_ns", lambda: time_ns() - nanoseconds),
    ):
        moved = step("start")
        with trail.acting(ME):
            seals = [made.pk for made in sealing.seal()]
        ran = tick(0)
    return {"moved": moved, "seals": seals, "ran": ran, "state": state()}


# --- a disk that runs full ---


@contextmanager
def full_database() -> Iterator[None]:
    """The database can't grow by a single page, as on a full disk: SQLite itself says SQLITE_FULL."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 4294967294")


@contextmanager
def full_files(size: int = 50_000) -> Iterator[None]:
    """No file can be written beyond ``size`` bytes: the system itself refuses, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


LIMITS = {"database": full_database, "files": full_files}


def import_on_full(what: str, folder_: str) -> dict[str, Any]:
    """Import while the disk is full, then with room again."""
    before = state()
    try:
        with LIMITS[what]():
            import_folder(folder_)
    except Exception as error:
        found = trouble(error)
        told = (found.status, found.title) if found else (500, repr(error))
    else:
        told = (200, "")
    after = state()
    (done,) = import_folder(folder_)
    rows = done["counts"]["registry.person"]["new"]
    return {"told": told, "untouched": before == after, "after": rows, "end": state()}


def _answer(response: Any) -> dict[str, Any]:
    text = response.content.decode()
    return {"status": response.status_code, "type": response["content-type"], "text": text}


def report_on_full() -> dict[str, Any]:
    """Report over the API while the database is full, and again with the same key when there is room."""
    user = _user("chief")
    with signed_in(user):
        _token, text = tokens.issue(user, "对接", ["finding.report", "finding.view"])
    client = Client(
        SERVER_NAME="localhost", headers={"authorization": f"Bearer {text}", "idempotency-key": "1"}
    )
    body = {"division_code": ONE, "title": "占道", "text": "长" * 4000, "severity": "low"}
    body["source"] = intake.BY_HAND[0].value
    before = state()
    with full_database():
        refused = client.post("/api/v1/findings", body, content_type="application/json")
    untouched = before == state()
    done = client.post("/api/v1/findings", body, content_type="application/json")
    again = client.post("/api/v1/findings", body, content_type="application/json")
    counts = Finding.objects.count()
    return {
        "refused": _answer(refused), "untouched": untouched, "done": _answer(done), "again": _answer(again),
        "count": counts, "end": state(),
    }  # fmt: skip


def upload_on_full() -> dict[str, Any]:
    """Lay a file in on a page while the disk is full, and again with room."""
    client = page_client(_user("chief"), raise_request_exception=False, SERVER_NAME="localhost")
    upload = SimpleUploadedFile("户籍.xlsx", b"x" * 200_000)
    with full_files():
        refused = client.post("/imports/", {"files": upload})
    left = [str(path) for path in (home() / "imports").rglob("*")] if (home() / "imports").exists() else []
    upload.seek(0)
    done = client.post("/imports/", {"files": upload})
    return {"refused": _answer(refused), "left": left, "done": done.status_code, "end": state()}


def photo_on_full() -> dict[str, Any]:
    """Hand in a step with a photo that does not fit on the disk, then with room."""
    try:
        with full_files():
            submit_with_photo("现场")
    except OSError as error:
        told = trouble(error)
    standing = standings()
    left = [path.name for path in (home() / "evidence").rglob("*") if path.is_file()]
    said = submit_with_photo("现场")
    return {"told": told.status if told else 500, "standing": standing, "left": left, "said": said}
