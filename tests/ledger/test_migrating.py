"""The upgrade from the state before the database side, on tables that are filled."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from shouwang.home import keys

ID, OTHER = "999901199302086027", "999914200911266389"
CHECK = """
import django; django.setup()
from django.db import connection
from shouwang.registry.models import Death, Person
from shouwang.ledger.store import index
rows = list(Person.objects.order_by("id"))
print([(r.person, r.name, r.division_code, r.row_version, r.key_digest[-1]) for r in rows])
print(Death.objects.get(person=rows[0].person).died_on, Person.objects.filter(person=rows[1].person).count())
found = index.matching(Person.objects.all(), [["张三"], ["d110101001001"]])
print(found.count(), len({r.key_digest for r in rows}))
row = rows[0]
before = row.key_digest
row.derive()
print(row.key_digest == before)
"""


def run(home: Path, *arguments: str) -> str:
    environment = {**os.environ, "SHOUWANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "shouwang.settings"}
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_rows_of_before_are_sealed_placed_and_keyed(tmp_path: Path) -> None:
    migrate = ("-m", "django", "migrate", "-v0")
    run(tmp_path, *migrate, "registry", "0001")
    run(tmp_path, *migrate, "access")
    database = sqlite3.connect(tmp_path / "shouwang.sqlite3")
    database.execute(
        "INSERT INTO access_area(code, name, aliases) VALUES ('110101001001000', '云溪社区', '云溪')"
    )
    for number, name, division in ((ID, "张三", "云溪"), (OTHER, "李四", None), (OTHER, "李四", None)):
        database.execute(
            "INSERT INTO registry_person(person, name, division, source_file, source_sheet) "
            "VALUES (?, ?, ?, '', '')",
            (number, name, division),
        )
    database.execute(
        "INSERT INTO registry_death(person, died_on, source_file, source_sheet) "
        "VALUES (?, '2023-05-01', '', '')",
        (ID,),
    )
    database.commit()
    run(tmp_path, "-c", "from shouwang.home import first_start; first_start()")
    run(tmp_path, *migrate, "registry")
    people, death, found, same = run(tmp_path, "-c", CHECK).splitlines()
    assert people == str(
        [
            (ID, "张三", "110101001001000", 1, "1"),
            (OTHER, "李四", "0" * 15, 1, "1"),
            (OTHER, "李四", "0" * 15, 1, "2"),
        ]
    )
    assert (death, found, same) == ("2023-05-01 2", "1 3", "True")
    raw = (tmp_path / "shouwang.sqlite3").read_bytes()
    database.close()
    stored = (
        sqlite3.connect(tmp_path / "shouwang.sqlite3")
        .execute("SELECT person FROM registry_person")
        .fetchall()
    )
    assert not any(ID in cell or OTHER in cell for (cell,) in stored)
    assert raw and keys()


BEFORE = {
    "access": "",
    "evidence": "",
    "inbox": "",
    "ledger": "",
    "risk": "",
    "snapshot": "",
    "trail": "",
    "office": "0002",
    "accounting": "0004",
    "insurance": "0002",
    "assistance": "0002",
    "population": "0002",
    "safety": "0003",
}
"""The state in which packs kept trainings, publicity and archives each for itself."""
FILL = """
import json, sqlite3, sys
ID, *empty = sys.argv[1:]
import django; django.setup()
from shouwang.home import first_start; first_start()
from shouwang.home import home
from shouwang.ledger.identity import key_digest, person_index
from shouwang.ledger.secret import keyring, seal
base = sqlite3.connect(home() / "shouwang.sqlite3")
def put(table, **row):
    ledger = "division" in row
    if ledger:
        code = "110101001001000"
        natural = keyring().index(table, repr(row))
        row |= dict(source_file="a.xlsx", source_sheet="s", division_code=code, import_no=7, row_version=3,
                    key_digest=key_digest(natural, code), words="old",
                    changed_at="2023-06-01 08:00:00")
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    done = base.execute(f"INSERT INTO {table}({names}) VALUES ({marks})", [*row.values()])
    return done.lastrowid
def sealed(place, number):
    return seal(number, place, person_index(number))
here = dict(division="云溪社区")
same = dict(name="张三", trained_on="2023-03-01")
put("accounting_training", topic="新会计制度", organiser="财政局", passed=True, **same, **here)
second = put("accounting_training", topic="旧制度", passed=None, **same, **here)
put("insurance_training", course="抽样", kind="抽样", office="社保中心", passed=False, hours="16.0000",
    person=sealed("insurance_training.person", ID), **same, **here)
put("insurance_training", course="新会计制度", **same, **here)
put("assistance_workertraining", topic="个案", method="个案工作", result="合格",
    **same, **here)
put("population_publicitysession", session_no="XC1", topic="防盗", place="广场", staff="郭良",
    residents=40, **here)
put("safety_publicity", held_on="2023-06-01", topic="安全生产月", reached=200, by="志愿者",
    audience="居民", **here)
put("accounting_archive", archive_no="1", year=2023, month="2023-01-01", content="1月凭证", **here)
put("safety_archive", archive_no="1", title="组织机构", level="一级", **here)
user = put("access_user", username="wang", name="王敏", password="x", is_superuser=0, is_staff=0, is_active=1,
           date_joined="2023-01-01", **{n: "" for n in empty})
file = put("evidence_file", sha256="0" * 64, size=1, media_type="image/png")
put("evidence_attachment", file_id=file, target="accounting.training", target_id=str(second),
    name="a.png", division_code="", added_at="2023-01-01")
said = {"v-passed": "1", "order": "-trained_on"}
for ledger, said in (("accounting.training", said), ("insurance.training", {})):
    put("ledger_savedview", user_id=user, ledger=ledger, title="今年",
        query=json.dumps({"said": said, "columns": ["name", "passed"]}))
put("snapshot_sheetcolumns", ledger="accounting.archive", file="a.xlsx", sheet="s",
    columns=json.dumps(["content", "month"]))
number = put("ledger_import", batch="b", file="a.xlsx", sha256="", actor="", name="", at="2023-01-01",
             division_code="", counts="{}", root="")
for ledger, at in (("accounting.training", "2023-01-01"), ("insurance.training", "2023-02-01")):
    put("ledger_lastimport", ledger=ledger, imported_id=number, at=at)
base.commit()
"""
MOVED = """
import django; django.setup()
from django.db import connection
from shouwang.evidence.models import Attachment
from shouwang.ledger.models import LastImport, SavedView
from shouwang.ledger.store import index
from shouwang.office.models import Archive, Publicity, Training
from shouwang.snapshot.models import SheetColumns
for r in Training.objects.order_by("line", "topic"):
    print(r.line, r.topic, r.kind, r.unit, r.result, r.hours, r.person, r.organiser, r.key_digest[41:])
for r in Publicity.objects.order_by("kind"):
    print(r.kind, r.session_no, r.held_on, r.topic, r.place, r.staff, r.residents, r.audience)
for r in Archive.objects.order_by("kind"):
    print(r.kind, r.archive_no, r.title, r.month, r.level)
rows = [*Training.objects.all(), *Publicity.objects.all(), *Archive.objects.all()]
print({(r.division_code, r.import_no, r.row_version, r.source_file, r.changed_at.isoformat()) for r in rows})
kept = [(r.key_digest, r.words) for r in rows]
for r in rows: r.derive()
print(kept == [(r.key_digest, r.words) for r in rows])
attached = Attachment.objects.get()
print(attached.target, Training.objects.get(pk=attached.target_id).topic)
print(sorted((v.ledger, v.title, str(v.query)) for v in SavedView.objects.all()))
print([(s.ledger, s.columns) for s in SheetColumns.objects.all()])
print([(i.ledger, i.at.date().isoformat()) for i in LastImport.objects.all()])
print(index.matching(Training.objects.all(), [["张三"], ["vline财会"]]).count())
ends = ("training", "_archive", "_publicity", "publicitysession")
print([n for n in connection.introspection.table_names() if n.endswith(ends)])
"""


def former(home: Path, states: dict[str, str]) -> None:
    """The database of an earlier state."""
    steps = [(app, number) if number else (app,) for app, number in states.items()]
    run(
        home,
        "-c",
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        f"for step in {steps!r}: call_command('migrate', *step, verbosity=0)",
    )


def test_rows_of_packs_move_into_the_ledgers_of_the_office(tmp_path: Path) -> None:
    former(tmp_path, BEFORE)
    table = sqlite3.connect(tmp_path / "shouwang.sqlite3")
    known = {"id", "username", "name", "password", "is_superuser", "is_staff", "is_active", "date_joined"}
    asked = table.execute(
        "SELECT name FROM pragma_table_info('access_user') WHERE \"notnull\" = 1"
    ).fetchall()
    table.close()
    run(tmp_path, "-c", FILL, ID, *[name for (name,) in asked if name not in known])
    run(tmp_path, "-m", "django", "migrate", "-v0")
    told = run(tmp_path, "-c", MOVED).splitlines()
    assert told[:5] == [
        f"社会保障 抽样 抽样 社保中心 不合格 16.0000 {ID} None 1",
        "社会保障 新会计制度 None None None None None None 2",
        "社会救助 个案 个案工作 None 合格 None None None 1",
        "财会 新会计制度 None None 合格 None None 财政局 1",
        "财会 旧制度 None None None None None None 1",
    ]
    assert told[5:7] == [
        "安全社区 None 2023-06-01 安全生产月 None 志愿者 200 居民",
        "平安法治 XC1 None 防盗 广场 郭良 40 None",
    ]
    assert told[7:9] == [
        "会计档案 1 1月凭证 2023-01-01 None",
        "安全社区档案 1 组织机构 None 一级",
    ]
    assert told[9] == str({("110101001001000", 7, 3, "a.xlsx", "2023-06-01T08:00:00+00:00")})
    assert told[10:] == [
        "True",
        "office.training 旧制度",
        str(
            [
                (
                    "office.training",
                    "今年",
                    str(
                        {
                            "said": {"v-result": "合格", "order": "-trained_on"},
                            "columns": ["name", "result"],
                        }
                    ),
                ),
                ("office.training", "今年（2）", str({"said": {}, "columns": ["name", "result"]})),
            ]
        ),
        str([("office.archive", ["title", "month"])]),
        str([("office.training", "2023-02-01")]),
        "2",
        str(
            [
                "microcredit_training",
                "office_archive",
                "office_publicity",
                "office_training",
                "safety_training",
            ]
        ),
    ]


def test_clear_rows_of_a_ledger_that_is_gone_are_sealed_on_their_way(tmp_path: Path) -> None:
    former(tmp_path, {"access": "", "insurance": "0001"})
    database = sqlite3.connect(tmp_path / "shouwang.sqlite3")
    for number in (ID, OTHER):
        database.execute(
            "INSERT INTO insurance_training(name, trained_on, course, person, division, source_file, "
            "source_sheet) VALUES ('张三', '2023-03-01', '统计', ?, '云溪社区', '', '')",
            (number,),
        )
    database.commit()
    database.close()
    run(tmp_path, "-c", "from shouwang.home import first_start; first_start()")
    run(tmp_path, "-m", "django", "migrate", "-v0")
    check = (
        "import django; django.setup()\n"
        "from shouwang.office.models import Training\n"
        "for r in Training.objects.order_by('id'):\n"
        "    print(r.person, r.line, r.topic, r.key_digest[-1], r.words)"
    )
    assert run(tmp_path, "-c", check).splitlines() == [
        f"{ID} 社会保障 统计 1 mtrainedon202303 vline社会保障 统计 张三 云溪 溪社 社区",
        f"{OTHER} 社会保障 统计 2 mtrainedon202303 vline社会保障 统计 张三 云溪 溪社 社区",
    ]
    stored = (
        sqlite3.connect(tmp_path / "shouwang.sqlite3")
        .execute("SELECT person FROM office_training")
        .fetchall()
    )
    assert len(stored) == 2 and not any(ID in cell or OTHER in cell for (cell,) in stored)
