"""kill -9 at 100 random moments: is an acknowledged write lost, is one done twice, does the trail hold?

The real ``shouwang serve`` runs with its web, worker and clock. Clients report findings, take them through
the loop, add records over the API, and import workbooks over the pages, half of them through the worker;
each import sets off a scan, and the clock seals every minute. Meanwhile a process chosen by chance is killed
with SIGKILL a random time after it has come up. Whoever gets no answer sends the same request again with the
same ``Idempotency-Key``, as the documentation says. In the end every acknowledged write is looked up.

Only the pause of the supervisor before it starts a dead process again is cut to half a second: it would grow
to 30 s under such treatment, and the processes would spend the time away that they are to be killed in.

Run: ``python benchmarks/faults.py [KILLS] [SEED] [MINUTES]``; needs Linux. It ends after so many kills, or
after so many minutes.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.ports import free_port  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")

FINDINGS = 400
ROWS = 60
SERVE = (
    "from shouwang.cli.serving import supervise; supervise.LONGEST_WAIT = 0.5\n"
    "from shouwang.cli.main import main; main()"
)
STEPS = (
    ("assign", "chief"), ("start", "chief"), ("submit", "chief"), ("verify", "chief2"), ("close", "leader"),
)  # fmt: skip


def prepare() -> dict[str, Any]:
    """An office with findings, tokens and a session, in the home of the environment."""
    import django

    from shouwang.home import first_start

    first_start()
    django.setup()
    from django.core.management import call_command
    from tests.risk.loop import office as made
    from tests.workbench.people import session_of

    from shouwang.api import tokens
    from shouwang.risk.loop.intake import BY_HAND
    from shouwang.risk.models import Finding

    call_command("migrate", verbosity=0)
    office = made.build()
    made.found(*(made.noticed(subject=f"人{n}", evidence=()) for n in range(FINDINGS)))
    rights = [
        "finding.view", "finding.report", "finding.assign", "finding.rectify", "finding.verify",
        "finding.close", "ledger.view", "ledger.add",
    ]  # fmt: skip
    told = {}
    for name in ("chief", "chief2", "leader"):
        with made.signed_in(office.users[name]):
            told[name] = tokens.issue(office.users[name], "faults", rights)[1]
    return {
        "tokens": told, "session": session_of(office.chief), "post": office.posts["chief"].pk,
        "findings": list(Finding.objects.order_by("pk").values_list("pk", flat=True)), "division": made.ONE,
        "due": made.days(30).isoformat(), "source": BY_HAND[0].value,
    }  # fmt: skip


class Office:
    """What the clients know, and what was acknowledged to them."""

    def __init__(self, port: int, prepared: dict[str, Any], folder: Path) -> None:
        self.address, self.prepared, self.folder = f"http://127.0.0.1:{port}", prepared, folder
        self.stop = threading.Event()
        self.steps: Counter[tuple[int, str]] = Counter()
        self.reports: dict[str, int] = {}
        self.records: dict[str, int] = {}
        self.imports: list[str] = []
        self.asked = Counter[str]()
        self.unanswered = Counter[str]()
        self.unexpected: list[str] = []

    def send(self, client: Any, kind: str, who: str, path: str, body: dict[str, Any], key: str) -> Any:
        """Send until it is answered; None when all stop."""
        import httpx

        headers = {"authorization": f"Bearer {self.prepared['tokens'][who]}", "idempotency-key": key}
        self.asked[kind] += 1
        while not self.stop.is_set():
            try:
                answer = client.post(f"{self.address}/api/v1{path}", json=body, headers=headers)
            except httpx.HTTPError as error:
                self.unanswered[f"{kind}: {type(error).__name__}"] += 1
                self.stop.wait(0.3)
                continue
            if answer.status_code in (429, 502, 503, 507):
                self.unanswered[f"{kind}: {answer.status_code}"] += 1
                self.stop.wait(0.5)
                continue
            if answer.status_code >= 400:
                self.unexpected.append(f"{kind} {answer.status_code} {answer.text[:200]}")
            return answer
        return None

    def loop(self) -> None:
        """Take findings through the loop, one after the other."""
        import httpx

        with httpx.Client(timeout=60) as client:
            for number in self.prepared["findings"]:
                version = None
                for action, who in STEPS:
                    if version is None:
                        version = 1
                    body = {"version": version, "measures": "停发", "proof": "收据"}
                    if action == "assign":
                        body |= {"post": self.prepared["post"], "due": self.prepared["due"]}
                    path = f"/findings/{number}/steps/{action}"
                    answer = self.send(client, "step", who, path, body, f"{number}-{action}")
                    if answer is None or answer.status_code != 200:
                        break
                    self.steps[number, action] += 1
                    version = answer.json()["version"]
                if self.stop.is_set():
                    return

    def write(self) -> None:
        """Report findings and add records in turn."""
        import httpx

        with httpx.Client(timeout=60) as client:
            for at, person in enumerate(numbers()):
                if self.stop.is_set():
                    return
                division = self.prepared["division"]
                if at % 2:
                    title = f"报告{at}"
                    body = {"division_code": division, "title": title, "text": title, "severity": "low"}
                    body["source"] = self.prepared["source"]
                    answer = self.send(client, "report", "chief", "/findings", body, f"report-{at}")
                    if answer is not None and answer.status_code == 201:
                        self.reports[title] = answer.json()["id"]
                else:
                    values = {"name": "某人", "person": person, "died_on": "2023-07-05"}
                    body = {"division_code": division, "values": values}
                    answer = self.send(client, "record", "chief", "/ledgers/registry.death", body, person)
                    if answer is not None and answer.status_code == 201:
                        self.records[person] = answer.json()["id"]
                self.stop.wait(0.05)

    def lay_in(self) -> None:
        """Import workbooks as a person does: lay in, look, agree."""
        import httpx

        cookies = {"sessionid": self.prepared["session"]}
        number = 0
        while not self.stop.is_set():
            number += 1
            name = f"户籍{number}.xlsx"
            book(self.folder / name, number)
            self.asked["import"] += 1
            place = ""
            while not self.stop.is_set():
                try:
                    with httpx.Client(timeout=120, cookies=cookies) as client:
                        place = place or self._laid(client, name)
                        if place and self._agreed(client, place, later=number % 2 == 0):
                            self.imports.append(name)
                            break
                except httpx.HTTPError:
                    pass
                self.unanswered["import"] += 1
                self.stop.wait(0.5)
            self.stop.wait(1)

    def _post(self, client: Any, path: str, **given: Any) -> Any:
        page = client.get(f"{self.address}/imports/")
        token = client.cookies.get("csrftoken") or ""
        if page.status_code != 200 or not token:
            return page
        headers = {"x-csrftoken": token, "referer": f"{self.address}/imports/"}
        return client.post(f"{self.address}{path}", headers=headers, **given)

    def _laid(self, client: Any, name: str) -> str:
        content = (self.folder / name).read_bytes()
        data = {"division": self.prepared["division"]}
        answer = self._post(client, "/imports/", files={"files": (name, content)}, data=data)
        return answer.headers.get("location", "") if answer.status_code == 302 else ""

    def _agreed(self, client: Any, place: str, *, later: bool) -> bool:
        page = client.get(self.address + place)
        if page.status_code == 404:
            return True  # it is no open import any more: an earlier attempt was carried out
        found = re.search(r'name="token" value="(\w+)"', page.text)
        if found is None:
            return False
        data = {"token": found[1], "records": "1000000" if later else "1"}
        answer = self._post(client, f"{place}commit/", data=data)
        return bool(answer.status_code == 302 and answer.headers["location"] == "/imports/")


def numbers() -> Iterator[str]:
    """ID numbers of people who do not exist, each another."""
    from shouwang.standards.resident_id import check_character

    for day in range(20_000):
        born = dt.date(1940, 1, 1) + dt.timedelta(day)
        digits = f"999901{born:%Y%m%d}001"
        yield digits + check_character(digits)


def book(path: Path, seed: int) -> None:
    """A register of some residents whom no other seed has."""
    from benchmarks.reading import HEADERS, residents

    from shouwang.ledger.workbook import Book, write_row

    with Book(path) as made:
        sheet = made.sheet("户籍人口台账")
        write_row(sheet, 0, ["户籍人口台账"])
        write_row(sheet, 1, HEADERS)
        for at, line in enumerate(residents(ROWS, 1000 + seed)):
            write_row(sheet, at + 2, line)


class Processes:
    """The processes below a running ``shouwang serve``."""

    def __init__(self, supervisor: int) -> None:
        self.supervisor = supervisor

    def roles(self) -> dict[str, int]:
        """The process of each role that does its work: of the web's two the one that the master started."""
        from tests.cli.test_serving import below

        found: dict[str, int] = {}
        for pid, called in sorted(below(self.supervisor).items()):
            words = called.split("shouwang.cli.serving ")
            if len(words) == 2:
                found[words[1].split()[0]] = pid
        return found

    @staticmethod
    def processor(pid: int) -> float:
        """Seconds of processor time a process has had."""
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def answers(address: str) -> bool:
    """Whether the pages are there."""
    try:
        with urllib.request.urlopen(f"{address}/health/", timeout=5) as answer:  # noqa: S310
            return bool(answer.read() == b"ok\n")
    except OSError:
        return False


def kill_many(processes: Processes, address: str, kills: int, seed: int, until: float, say: Any) -> Any:
    """Kill processes that have come up, each a random time later; how many of which role."""
    chance = random.Random(seed)
    done: Counter[str] = Counter()
    due: dict[int, float] = {}
    while sum(done.values()) < kills and time.monotonic() < until:
        now = time.monotonic()
        for role, pid in processes.roles().items():
            # Two and a half seconds of processor is what loading takes; the web is up when it answers.
            is_new = pid not in due and processes.processor(pid) > 2.5
            if is_new and (role != "web" or answers(address)):
                due[pid] = now + chance.uniform(0, {"web": 30, "worker": 10, "clock": 30}[role])
            elif now >= due.get(pid, now + 1):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
                due[pid] = now + 1e9
                done[role] += 1
                if sum(done.values()) % 10 == 0:
                    say(f"{sum(done.values())} kills")
                if sum(done.values()) == kills:
                    break
        time.sleep(0.05)
    return done


def judge(folder: str, told: str) -> dict[str, Any]:
    """What is in the database of what was acknowledged."""
    import django

    django.setup()
    from django.db.models import Count

    from shouwang import trail
    from shouwang.ledger.models import Import, Upload
    from shouwang.ledger.store.importing import prepare as read
    from shouwang.registry.models import Death, Person
    from shouwang.risk.models import Finding, ScanRun, Step
    from shouwang.trail.models import Event, Seal
    from shouwang.trail.verify import verify

    known = json.loads(Path(told).read_text(encoding="utf-8"))
    steps = Counter(Step.objects.filter(by__isnull=False).values_list("finding_id", "action"))
    wanted = {(number, action) for number, action in known["steps"]}
    lost = [one for one in wanted if not steps[one]]
    doubled = [one for one, count in steps.items() if count > 1]
    titles = Counter(Finding.objects.filter(title__startswith="报告").values_list("title", flat=True))
    lost += [title for title in known["reports"] if not titles[title]]
    doubled += [title for title, count in titles.items() if count > 1]
    dead = Counter(Death.objects.values_list("key_digest", flat=True))
    kept = set(Death.objects.values_list("pk", flat=True))
    lost += [person for person, number in known["records"].items() if number not in kept]
    doubled += [key for key, count in dead.items() if count > 1]
    with trail.acting(trail.Actor("command:benchmark", "benchmark")):
        looked = read(Path(folder), division=known["division"])
        for plan in looked.plans:
            counts = plan.counts().get("registry.person", {})
            if plan.file in known["imports"] and (counts["new"] or counts["changed"]):
                lost.append((plan.file, counts))
    twice = Person.objects.values("key_digest").annotate(n=Count("id")).filter(n__gt=1).count()
    doubled += ["registry.person"] * twice
    report = verify()
    return {
        "lost": [str(one) for one in lost], "doubled": [str(one) for one in doubled],
        "persons": Person.objects.count(), "imports": Import.objects.count(),
        "uploads": dict(Counter(Upload.objects.values_list("state", flat=True))),
        "scans": dict(Counter(ScanRun.objects.values_list("status", flat=True))),
        "interrupted": ScanRun.objects.filter(error="interrupted").count(),
        "events": Event.objects.count(), "seals": Seal.objects.count(),
        "faults": [fault.text for fault in report.faults],
    }  # fmt: skip


def child(role: str, *arguments: str) -> dict[str, Any]:
    """Run a part of this program in a process of its own, on the home of the environment."""
    run = [sys.executable, __file__, role, *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def main(kills: int, seed: int, minutes: int) -> None:
    """Run it and say what came of it."""
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", flush=True)

    with tempfile.TemporaryDirectory(prefix="shouwang-faults-") as root:
        os.environ |= {"SHOUWANG_HOME": f"{root}/home", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        os.environ.pop("SHOUWANG_DATABASE", None)
        prepared = child("prepare")
        import django

        django.setup()
        port, folder = free_port(), Path(root) / "in"
        folder.mkdir()
        with Path(root, "log").open("wb") as log:
            serve = subprocess.Popen(
                [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--workers", "1"],
                stdout=log,
                stderr=log,
            )
        office = Office(port, prepared, folder)
        clients = [threading.Thread(target=work) for work in (office.loop, office.write, office.lay_in)]
        try:
            for thread in clients:
                thread.start()
            until = time.monotonic() + minutes * 60
            done = kill_many(Processes(serve.pid), office.address, kills, seed, until, say)
            say(f"killed: {dict(done)}; now all is left in peace")
            while not answers(office.address):
                time.sleep(1)
            time.sleep(20)
            office.stop.set()
            for thread in clients:
                thread.join()
            say("waiting for what the worker still has to do")
            time.sleep(60)
        finally:
            office.stop.set()
            serve.terminate()
            serve.wait(60)
        known = {
            "steps": [list(one) for one in office.steps], "reports": office.reports,
            "records": office.records, "imports": office.imports, "division": prepared["division"],
        }  # fmt: skip
        told = Path(root) / "told.json"
        told.write_text(json.dumps(known), encoding="utf-8")
        found = child("judge", str(folder), str(told))
        acknowledged = Counter(
            step=len(office.steps), report=len(office.reports), record=len(office.records),
        )  # fmt: skip
        acknowledged["import"] = len(office.imports)
        print(f"kills                 {sum(done.values())} ({dict(done)})")
        print(f"acknowledged          {acknowledged.total()} ({dict(acknowledged)})")
        print(f"sent again            {office.unanswered.total()} ({dict(office.unanswered)})")
        print(f"lost                  {len(found['lost'])} {found['lost'][:5]}")
        print(f"doubled               {len(found['doubled'])} {found['doubled'][:5]}")
        print(f"answers not expected  {len(office.unexpected)} {office.unexpected[:3]}")
        print(f"residents             {found['persons']}, imports on record {found['imports']}")
        print(f"uploads               {found['uploads']}")
        print(f"scans                 {found['scans']}, of them interrupted {found['interrupted']}")
        print(f"trail                 {found['events']} events, {found['seals']} seals, {found['faults']}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["prepare"]:
        print(json.dumps(prepare()))
    elif sys.argv[1:2] == ["judge"]:
        print(json.dumps(judge(*sys.argv[2:])))
    else:
        numbers_given = [int(text) for text in sys.argv[1:]]
        main(*(numbers_given + [100, 1, 30][len(numbers_given) :]))
