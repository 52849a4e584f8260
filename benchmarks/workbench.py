"""The workbench under eight clients: time, size and growth of its pages, beside Django's plain admin.

The server is ``shouwang serve`` as an office starts it (web, worker, clock). Eight clients sign in as
community workers, section chiefs and leaders and ask for one page after another over the loopback, the
same page all at once, for ``--seconds`` or 400 requests. Where Django's admin has such a page, it is
asked for right after by the same clients, from a second server of the same kind on the same database. The
admin shows everything to everybody, unmasked where it can, and works out no scope; only its change lists
are compared.

The last measurement lays a workbook of 20,000 residents in through the import pages while the other
clients read the list. The first clients' time alone (``one``) is the page without waiting for a core.

That is the most that eight can ask. People read what they have asked for: *at work* is the same page asked by
the same eight, each pausing a second on the average in between.

Run: ``python benchmarks/workbench.py --rows 20000,1000000 [--database postgres://…] [--clients 8]
[--seconds 5] [--home FOLDER] [--only PAGE,…]``; each number of rows is measured in the same home, or in one
of its own where ``--home`` and ``--database`` name several with commas, so that the growth is of one run.
``--home`` keeps what was filled, ``--only`` asks for the pages whose names begin so. A PostgreSQL to try it
on: ``python -m tests.postgres python benchmarks/workbench.py …``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.measure import child  # noqa: E402
from tests.ports import free_port  # noqa: E402

PAUSE = 1.0
"""Seconds that a client at work pauses on the average."""
MOST = 400
"""Requests of one page at the most."""
PROMISED_MS, PROMISED_KB = 150, 60
LEDGER = "/ledgers/registry.person/"
PEER = "/admin/registry/person/"
IMPORTED = 20_000

Asked = tuple[str, str, dict[str, str]]
"""Method, path, and form or query."""


class Client:
    """Somebody at a browser: signed in, with what they may ask for."""

    def __init__(self, ours: str, peer: str, user: dict[str, str], facts: dict[str, Any], seed: int) -> None:
        self.web = httpx.Client(base_url=ours, timeout=120)
        self.admin = httpx.Client(base_url=peer, timeout=120)
        self.role, self.facts, self.random = user["role"], facts, random.Random(seed)
        codes = sorted(facts["deep"])
        own = user["division"] in facts["deep"]
        self.division = user["division"] if own else codes[len(codes) // 2]
        form = {"login": user["user"], "password": user["password"], **self.token("/account/login/")}
        answer = self.web.post("/account/login/", data=form)
        if answer.status_code != 302 or "login" in answer.headers["location"]:
            raise RuntimeError(f"{user['user']} could not sign in: {answer.status_code}")
        self.admin.cookies.update(self.web.cookies)
        self.token(LEDGER)

    def token(self, path: str) -> dict[str, str]:
        """The form's protection, fetched with a page."""
        page = self.web.get(path).raise_for_status()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        return {"csrfmiddlewaretoken": found[1]} if found else {}

    def one_of(self, name: str) -> Any:
        """Something of the client's division."""
        return self.random.choice(self.facts[name][self.division])

    def ask(self, asked: Asked, peer: bool = False) -> httpx.Response:
        """Ask, and take no answer but a page."""
        method, path, data = asked
        web = self.admin if peer else self.web
        if method == "GET":
            answer = web.get(path, params=data)
        else:
            answer = web.post(path, data=data, headers={"X-CSRFToken": self.web.cookies["csrftoken"]})
        if answer.status_code != 200:
            raise RuntimeError(f"{method} {path} as {self.role}: {answer.status_code}")
        return answer


PHONES = [f"1900000{n:04d}" for n in range(0, 10_000, 371)]
NAMES = [a + b + c for a in "王李张刘" for b in "伟芳娜敏" for c in "明华国英"]

PAGES: dict[str, tuple[Callable[[Client], Asked], Callable[[Client], Asked] | None]] = {
    "ledger, first page": (lambda c: ("GET", LEDGER, {}), lambda c: ("GET", PEER, {})),
    "ledger, deep page": (
        lambda c: ("GET", LEDGER, {"after": c.facts["deep"][c.division]}),
        lambda c: ("GET", PEER, {"p": str(c.facts["stored"] // 75)}),
    ),
    "search: a telephone": (
        lambda c: ("POST", LEDGER, {"text": c.random.choice(PHONES)}),
        lambda c: ("GET", PEER, {"q": c.random.choice(PHONES)}),
    ),
    "search: a name": (
        lambda c: ("POST", LEDGER, {"text": c.random.choice(NAMES)}),
        lambda c: ("GET", PEER, {"q": c.random.choice(NAMES)}),
    ),
    "search: what all rows have": (
        lambda c: ("POST", LEDGER, {"text": "听泉小区"}),
        lambda c: ("GET", PEER, {"q": "听泉小区"}),
    ),
    "search: an ID number": (
        lambda c: ("POST", LEDGER, {"text": c.one_of("numbers")}),
        lambda c: ("GET", PEER, {"q": c.one_of("numbers")}),
    ),
    "record": (
        lambda c: ("GET", f"{LEDGER}{c.one_of('records')}/", {}),
        lambda c: ("GET", f"{PEER}{c.one_of('records')}/change/", {}),
    ),
    "work-list": (lambda c: ("GET", "/work/", {}), None),
    "finding": (lambda c: ("GET", f"/findings/{c.one_of('shown')}/", {}), None),
    "findings": (lambda c: ("GET", "/findings/", {}), lambda c: ("GET", "/admin/risk/finding/", {})),
    "findings, gravest first": (lambda c: ("GET", "/findings/", {"sort": "grave"}), None),
    "dashboard": (lambda c: ("GET", "/dashboard/", {}), None),
}


@dataclass
class Taken:
    """What a page took: milliseconds by role, bytes of the largest, and what went wrong."""

    by_role: dict[str, list[float]] = field(default_factory=dict)
    size: int = 0
    problems: list[str] = field(default_factory=list)

    def at(self, share: float, role: str = "") -> float:
        """A percentile in milliseconds."""
        found = sorted(self.by_role[role] if role else [ms for each in self.by_role.values() for ms in each])
        return found[min(len(found) - 1, int(len(found) * share))] if found else float("nan")

    @property
    def count(self) -> int:
        """How many were answered."""
        return sum(map(len, self.by_role.values()))

    @property
    def slowest(self) -> str:
        """The role for which it takes longest."""
        return max(self.by_role, key=lambda role: self.at(0.5, role), default="")


def drive(
    clients: list[Client], make: Callable[[Client], Asked], seconds: float, peer: bool, pause: float = 0
) -> Taken:
    """All clients ask for the same kind of page, each the next as soon as one has come and it has paused."""
    taken, lock = Taken(), threading.Lock()
    until = time.perf_counter() + seconds

    def run(client: Client) -> None:
        while time.perf_counter() < until and taken.count < MOST and not taken.problems:
            if pause:
                time.sleep(min(client.random.expovariate(1 / pause), 5 * pause))
            began = time.perf_counter()
            try:
                answer = client.ask(make(client), peer)
            except (RuntimeError, httpx.HTTPError) as error:
                taken.problems.append(f"{type(error).__name__}: {error}")
                return
            spent = (time.perf_counter() - began) * 1000
            with lock:
                taken.by_role.setdefault(client.role, []).append(spent)
                taken.size = max(taken.size, len(answer.content))

    threads = [threading.Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


@contextlib.contextmanager
def serving(command: list[str], port: int, environment: dict[str, str], log: Path) -> Iterator[str]:
    """A server, from its first answer on; stopped at the end."""
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as said:
        server = subprocess.Popen([sys.executable, "-m", *command], env=environment, stdout=said, stderr=said)
        try:
            until = time.monotonic() + 120
            while True:
                with contextlib.suppress(httpx.HTTPError):
                    httpx.get(f"{address}/", timeout=10)
                    break
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{command[0]} does not answer:\n{log.read_text(encoding='utf-8')}")
                time.sleep(0.3)
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(30)
            server.kill()


def import_while_read(clients: list[Client], folder: Path, stored: int, seconds: float) -> dict[str, Any]:
    """A section chief lays a workbook in, looks at it and agrees, while the others read."""
    from benchmarks.store import workbook

    workbook(folder, IMPORTED)
    chief = next(client for client in clients if client.role == "section_chief")
    others = [client for client in clients if client is not chief]
    read = PAGES["ledger, first page"][0]
    quiet = drive(others, read, seconds, peer=False)
    busy: list[Taken] = []
    stop = threading.Event()

    def reading() -> None:
        while not stop.is_set():
            busy.append(drive(others, read, 1, peer=False))

    thread = threading.Thread(target=reading)
    thread.start()
    try:
        began = time.perf_counter()
        form = {**chief.token("/imports/"), "division": sorted(chief.facts["deep"])[-1]}
        file = next(folder.glob("*.xlsx"))
        with file.open("rb") as stream:
            laid = chief.web.post("/imports/", data=form, files={"files": (file.name, stream)})
        preview = chief.web.get(laid.headers["location"]).raise_for_status().text
        looked = time.perf_counter()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview))
        answer = chief.web.post(f"{laid.headers['location']}commit/", data={**form, **hidden})
        done = time.perf_counter()
    finally:
        stop.set()
        thread.join()
    if answer.status_code != 302 or not answer.headers["location"].endswith("/imports/"):
        raise RuntimeError(f"the import was not carried out: {answer.status_code} {answer.headers}")
    during = sorted(ms for taken in busy for each in taken.by_role.values() for ms in each)
    return {
        "preview": looked - began, "commit": done - looked, "records": int(hidden["records"]), "rows": stored,
        "quiet": quiet.at(0.95), "during": during[int(len(during) * 0.95)], "asked": len(during),
        "problems": [problem for taken in busy for problem in taken.problems],
    }  # fmt: skip


def measure(facts: dict[str, Any], home: Path, given: argparse.Namespace, first: dict[str, Taken]) -> None:
    """Start both servers, ask for every page, print a line each."""
    environment = {
        **os.environ, "SHOUWANG_HOME": str(home), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        "SHOUWANG_SUPERVISOR": str(os.getpid()),
    }  # fmt: skip
    plain = {**environment, "DJANGO_SETTINGS_MODULE": "benchmarks.plain_admin.settings"}
    cores, (port, other) = str(min(4, os.cpu_count() or 1)), (free_port(), free_port())
    serve = ["shouwang.cli.main", "serve", "--port", str(port)]
    web = ["shouwang.cli.serving", "web", "127.0.0.1", str(other), cores, "4"]
    with (
        serving(serve, port, environment, home / "serve.log") as ours,
        serving(web, other, plain, home / "admin.log") as peer,
    ):
        users = facts["users"]
        clients = [Client(ours, peer, users[k % len(users)], facts, k) for k in range(given.clients)]
        print(
            f"{'page':28}{'one':>7}{'p50':>7}{'p95':>7}{'at work: p50':>14}{'p95':>7}  ms{'kB':>6}  "
            f"slowest for      admin: p50{'p95':>8}{'kB':>6}  ratio p50",
            flush=True,
        )
        for name, (mine, theirs) in PAGES.items():
            if not name.startswith(tuple(given.only.split(","))):
                continue
            drive(
                clients, mine, min(1, given.seconds), peer=False
            )  # each process has made its templates and connections once
            alone = drive(
                [c for c in clients if c.role == "section_chief"][:1],
                mine,
                min(1.5, given.seconds),
                peer=False,
            )
            taken = drive(clients, mine, given.seconds, peer=False)
            at_work = drive(clients, mine, 2 * given.seconds, peer=False, pause=PAUSE)
            line = (
                f"{name:28}{alone.at(0.5):7.0f}{taken.at(0.5):7.0f}{taken.at(0.95):7.0f}"
                f"{at_work.at(0.5):14.0f}{at_work.at(0.95):7.0f}"
                f"{taken.size / 1024:10.1f}  {taken.slowest:16}"
            )
            if theirs:
                beside = drive(clients, theirs, given.seconds, peer=True)
                line += (
                    f"{beside.at(0.5):11.0f}{beside.at(0.95):8.0f}{beside.size / 1024:6.0f}"
                    f"{beside.at(0.5) / taken.at(0.5):9.2f} ×"
                )
                line += "".join(f"  ADMIN FAILED {problem}" for problem in beside.problems[:1])
            over = [f"over {PROMISED_MS} ms"] if taken.at(0.95) > PROMISED_MS else []
            over += [f"over {PROMISED_KB} kB"] if taken.size > PROMISED_KB * 1024 else []
            over += [f"at work over {PROMISED_MS} ms"] if at_work.at(0.95) > PROMISED_MS else []
            if name in first:
                line += f"  grown {taken.at(0.5) / first[name].at(0.5):.2f} ×"
            print(
                line + "".join(f"  {each}" for each in [*over, *taken.problems[:1]]),
                flush=True,
            )
            first.setdefault(name, taken)
        if given.only:
            return
        with tempfile.TemporaryDirectory() as folder:
            done = import_while_read(clients, Path(folder), facts["stored"], given.seconds)
        print(
            f"import of {done['records']:,} rows: laid in and previewed {done['preview']:.1f} s, carried out "
            f"{done['commit']:.1f} s; the list meanwhile p95 {done['during']:.0f} ms "
            f"({done['asked']} asked), before {done['quiet']:.0f} ms; {len(done['problems'])} failed "
            f"{done['problems'][:1]}"
        )


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", default="20000")
    parser.add_argument("--database", default="")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--home", default="")
    parser.add_argument("--only", default="", help="pages whose name begins so, with commas; no import then")
    given = parser.parse_args()
    sizes = [int(rows) for rows in given.rows.split(",")]
    first: dict[str, Taken] = {}
    with contextlib.ExitStack() as stack:
        made = given.home or stack.enter_context(tempfile.TemporaryDirectory(prefix="shouwang-workbench-"))
        homes = [Path(folder) for folder in made.split(",")]
        databases = given.database.split(",")
        for at, rows in enumerate(sizes):
            home, database = homes[at % len(homes)], databases[at % len(databases)]
            os.environ.update({"SHOUWANG_HOME": str(home), "SHOUWANG_DATABASE": database})
            if not database:
                del os.environ["SHOUWANG_DATABASE"]
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")
            import django

            django.setup()
            facts = child(str(ROOT / "benchmarks" / "workbench_fill.py"), str(rows))
            print(
                f"\n{'PostgreSQL' if database else 'SQLite'}, {facts['stored']:,} residents "
                f"({facts['rate']:,.0f} rows/s in), {facts['findings']:,} findings, {given.clients} clients; "
                f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
                flush=True,
            )
            measure(facts, home, given, first)
            print(f"load of the machine at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
