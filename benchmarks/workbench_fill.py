"""Fills an installation for ``workbench.py``: divisions, people, residents, findings.

Residents go in as an import does it (plan, keys, seals, words, one transaction and event a community);
only the workbook is left out, which ``store.py`` measures. That is done for ten communities; the other
forty get their rows copied by one statement each, under their own division, key and words, and the
database indexes them as it does any row. Findings are put on record with their events, but without the
loop's steps. ``python benchmarks/workbench_fill.py ROWS`` brings the home up to that many rows and prints
what the clients need to know as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.reading import residents  # noqa: E402

TOWN = "110101001"
COMMUNITIES = 50
COLUMNS = (
    "household_no", "head", "name", "relation", "sex", "person", "birth_date", "compound", "dwelling",
    "address", "grid", "phone", "status",
)  # fmt: skip
IMPORTED = 10
"""So many communities are imported; the others get the same rows, copied within the database."""
RUN = 20_000
"""Rows of one import."""
PEOPLE = (
    ("community_staff", "社区工作人员", 3),
    ("section_chief", "科长", 3),
    ("leader", "单位领导", 2),
)  # three places at once is the most that a user may be signed in at, so every client has its own user
STATES = ["closed"] * 60 + ["new"] * 10 + ["assigned"] * 10 + ["rectifying"] * 10 + ["submitted"] * 5
STATES += ["verified"] * 5


def code_of(community: int) -> str:
    """The code of a community (from 0) in full width."""
    return f"{TOWN}{community + 1:03d}000"


def people() -> list[dict[str, str]]:
    """Divisions, a post in each community, and a user for each client: name, password, role, division."""
    from shouwang import trail
    from shouwang.access.models import Area, Post
    from shouwang.cli import founding
    from shouwang.cli.founding import Named

    made = []
    with trail.change("access.benchmark"):
        named = [Named(code_of(k), f"望河第{k + 1}社区") for k in range(COMMUNITIES)]
        founding.settle([Named(TOWN.ljust(15, "0"), "望河街道"), *named])
        areas = {area.code: area for area in Area.objects.all()}
        for role, title, count in PEOPLE:
            for at in range(count):
                code = code_of(at) if role == "community_staff" else TOWN.ljust(15, "0")
                user, password = founding.new_user(f"{role.replace('_', '')}{at}", title)
                user.must_change_password = False
                user.save()
                founding.appoint(user, role, title, areas[code])
                made.append({"user": user.username, "password": password, "role": role, "division": code})
        for k in range(PEOPLE[0][2], COMMUNITIES):
            Post(role="community_staff", title=PEOPLE[0][1], area=areas[code_of(k)]).save()
    return made


def table(rows: int, seed: int) -> Any:
    """Residents as the reader hands them to an import."""
    import pyarrow as pa

    from shouwang.registry.models import Person
    from shouwang.standards import resident_id

    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for line in residents(rows, seed):
        number = str(line[6])
        if not resident_id.parse(number).ok:
            continue  # the reader refuses it
        said = [line[1], line[2], line[3], line[4], line[5], number, None, *line[8:14]]
        said[6] = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        for name, value in zip(COLUMNS, said, strict=True):
            columns[name].append(value)
    count = len(columns["person"])
    schema = pa.schema([pa.field("_row", pa.int64()), *(Person.spec.schema.field(n) for n in COLUMNS)])
    return pa.table({"_row": list(range(2, count + 2)), **columns}, schema=schema)


def register(community: int, rows: int, seed: int) -> None:
    """Put residents of a community on record, as one import."""
    from shouwang import trail
    from shouwang.ledger.models import Import
    from shouwang.ledger.store.places import Places, Placing, everywhere
    from shouwang.ledger.store.planning import Stated, plan_file
    from shouwang.ledger.store.writing import Writer
    from shouwang.registry.models import Person

    file = f"{community}-{seed}.xlsx"
    placing = Placing(Places.load(), lambda _ledger: everywhere(), code_of(community))
    stated = Stated(Person.spec, file, "户籍人口台账", table(rows, seed), COLUMNS)
    with trail.change("ledger.import") as doing:
        plan = plan_file(file, "0" * 64, [stated], placing)
        record = Import(batch=file, file=file, sha256="0" * 64, actor=doing.actor.handle, name="benchmark")
        record.division_code, record.counts = code_of(community), plan.counts()
        record.save()
        Writer(plan.ledgers[Person.spec.name], file, record.pk).write(doing)


def copy(source: str, target: str, rows: int) -> None:
    """Copy the latest rows of a community to another; what names the division names the other one."""
    from django.db import connection

    from shouwang import trail
    from shouwang.registry.models import Person

    names = [field.column for field in Person._meta.concrete_fields if field.column != "id"]
    said = {
        "division_code": "%s",
        "key_digest": "substr(key_digest, 1, 26) || %s || substr(key_digest, 42)",
        "words": "replace(words, %s, %s)",
    }
    given = {"division_code": [target], "key_digest": [target], "words": [source[:12], target[:12]]}
    chosen = ", ".join(said.get(name, f'"{name}"') for name in names)
    with trail.change("ledger.import"), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Person._meta.db_table} ({', '.join(names)}) SELECT {chosen} FROM "
            f"(SELECT * FROM {Person._meta.db_table} WHERE division_code = %s ORDER BY id DESC LIMIT %s) "
            "AS latest ORDER BY id",
            [value for name in names for value in given.get(name, [])] + [source, rows],
        )


def findings(first: int, count: int) -> None:
    """Put findings on record: of many rules, two years, all communities; four in ten are open."""
    from django.utils import timezone

    from shouwang import trail
    from shouwang.access.models import Appointment, Post
    from shouwang.risk.catalogue import rules
    from shouwang.risk.models import Finding
    from shouwang.risk.models.finding import RANK

    rng, now = random.Random(first), timezone.now()
    posts = {p.area.code: p for p in Post.objects.filter(role="community_staff").select_related("area")}
    holders = {a.post_id: a.user_id for a in Appointment.objects.all()}
    known = [rule for rule in rules().values() if not rule.code.startswith("integrity.")]

    def one(number: int) -> Finding:
        rule, state = rng.choice(known), rng.choice(STATES)
        place, found = code_of(rng.randrange(COMMUNITIES)), now - dt.timedelta(hours=rng.randrange(24 * 730))
        post = None if state == "new" else posts[place]
        return Finding(
            source="rule", code=rule.code, pack=rule.code.partition(".")[0], number=number,
            title=rule.title, identity=f"{number:064d}", subject=f"{number:018d}", subject_name="王*",
            severity=rule.severity.value,
            sentence=f"王*（第{number % 300}户）与台账不符，涉及{rng.randrange(1, 13)}个月，须入户核实。",
            rank=RANK[rule.severity.value], amount=rng.randrange(100, 90_000), division_code=place,
            found_at=found, status=state, post=post, holder_id=holders.get(post.pk) if post else None,
            due=None if post is None else (now + dt.timedelta(days=rng.randrange(-60, 60))).date(),
            closed_at=found + dt.timedelta(days=20) if state == "closed" else None, stepped_at=found,
        )  # fmt: skip

    for start in range(first, first + count, 5000):
        with (
            trail.acting(trail.Actor("command:benchmark", "benchmark")),
            trail.change("finding.benchmark"),
        ):
            Finding.objects.bulk_create(
                [one(n + 1) for n in range(start, min(start + 5000, first + count))], batch_size=500
            )


def facts() -> dict[str, Any]:
    """What clients ask for: ids by division, deep places, ID numbers, findings."""
    from shouwang.registry.models import Person
    from shouwang.risk.models import Finding

    rng, deep, records, numbers = random.Random(5), {}, {}, {}
    for community in range(COMMUNITIES):
        code = code_of(community)
        ids = list(Person.objects.filter(division_code=code).order_by("pk").values_list("pk", flat=True))
        deep[code] = f"{code}:{ids[len(ids) * 2 // 3]}"
        records[code] = rng.sample(ids, 20)
        numbers[code] = list(Person.objects.filter(pk__in=records[code]).values_list("person", flat=True))
    # A community worker sees few rules, but whatever was assigned to the own post.
    open_ones = Finding.objects.exclude(status__in=["closed", "new"])
    shown = {
        code_of(k): list(open_ones.filter(division_code=code_of(k)).values_list("pk", flat=True)[:20])
        for k in range(COMMUNITIES)
    }
    return {"deep": deep, "records": records, "numbers": numbers, "shown": shown}


def main(rows: int) -> None:
    """Bring the home up to ``rows`` rows."""
    from shouwang.cli.main import set_up_django

    set_up_django()
    from django.db import connection
    from django.db.models import Count

    from shouwang import trail
    from shouwang.access.models import Area
    from shouwang.cli.init import make_home
    from shouwang.home import home
    from shouwang.registry.models import Person
    from shouwang.risk.models import Finding

    make_home()
    began, users = time.perf_counter(), []
    with trail.acting(trail.Actor("command:benchmark", "benchmark")):
        if not Area.objects.exists():
            users = people()
        have = Counter(dict(Person.objects.values_list("division_code").annotate(Count("pk"))))
        seed = have.total() + 1
        imported, importing = 0, time.perf_counter()
        for community in range(IMPORTED):
            # The reader refuses one in a thousand.
            for at in range(0, int(rows / COMMUNITIES * 0.99) - have[code_of(community)], RUN):
                count = min(RUN, rows // COMMUNITIES - have[code_of(community)] - at)
                register(community, count, seed)
                imported, seed = imported + count, seed + 1
        importing = time.perf_counter() - importing
        for community in range(IMPORTED, COMMUNITIES):
            source, target = code_of(community % IMPORTED), code_of(community)
            missing = Person.objects.filter(division_code=source).count() - have[target]
            if missing > 0:
                copy(source, target, missing)
    findings(Finding.objects.count(), max(0, rows // 10 - Finding.objects.count()))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # which the server does by itself some minutes later
    stored = Person.objects.count()
    told = {
        "stored": stored, "rate": imported / importing, "findings": rows // 10,
        "seconds": time.perf_counter() - began,
    }  # fmt: skip
    known = home() / "benchmark.json"  # passwords are shown once, and a home may be filled further
    users = users or json.loads(known.read_text(encoding="utf-8"))
    known.write_text(json.dumps(users), encoding="utf-8")
    print(json.dumps({**told, "users": users, **facts()}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
