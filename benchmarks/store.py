"""Storing: a register of 15 columns into SQLite beside django-import-export, and the same import again.

Ours reads the workbook, finds the ledger, checks every ID and date, places every row in a division the
importer may write in, seals ID numbers, keys each record, makes the words of the search index, and writes one
transaction with its event. django-import-export gets the same cells as a dataset that is already in memory,
into a plain model of the same columns, by natural key with its own defaults (a row at a time), which is how
it checks rows; its ``use_bulk`` is shown too. It does 2,000 rows and its rate is compared. All in one run,
each in a process of its own.

Run: ``python benchmarks/store.py [ROWS]``. Needs openpyxl, and django-import-export for the peer: it is no
dependency of the project, so install it beside: ``pip install --target PEERS django-import-export`` and set
``PYTHONPATH=PEERS`` (without it the peer is left out).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")

from benchmarks.measure import child, peak_gib  # noqa: E402
from benchmarks.reading import HEADERS, residents  # noqa: E402

PEER_ROWS = 2000
TOWN = "110101001000000"


def workbook(folder: Path, rows: int) -> None:
    """The register as an office sends it."""
    from shouwang.ledger.workbook import Book, write_row

    folder.mkdir(parents=True, exist_ok=True)
    with Book(folder / "户籍人口.xlsx") as book:
        sheet = book.sheet("户籍人口台账")
        write_row(sheet, 0, ["户籍人口台账"])
        write_row(sheet, 1, HEADERS)
        for at, line in enumerate(residents(rows, 1)):
            write_row(sheet, at + 2, line)


def ours(rows: int) -> dict[str, float]:
    """Seconds of reading and planning, of writing, and of the same import again."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["SHOUWANG_HOME"] = home
        folder = Path(home) / "in"
        import django

        django.setup()
        from django.core.management import call_command

        from shouwang import trail
        from shouwang.access.models import Area
        from shouwang.home import first_start
        from shouwang.ledger.store import importing
        from shouwang.registry.models import Person

        first_start()
        call_command("migrate", verbosity=0)
        workbook(folder, rows)
        with trail.acting(trail.Actor("command:benchmark", "benchmark")):
            with trail.change("benchmark.setup"):
                Area(code=TOWN, name="望河街道").save()
            began = time.perf_counter()
            incoming = importing.prepare(folder, division=TOWN)
            read = time.perf_counter() - began
            began = time.perf_counter()
            plans = incoming.plans
            planned = time.perf_counter() - began
            began = time.perf_counter()
            (done,) = importing.commit(incoming, seen=incoming.fingerprints)
            written = time.perf_counter() - began
            stored = Person.objects.count()
            assert done.counts["registry.person"]["new"] == stored == incoming.reading.loaded
            assert plans[0].counts()["registry.person"]["new"] == stored
            began = time.perf_counter()
            (again,) = importing.commit(importing.prepare(folder, division=TOWN))
            repeated = time.perf_counter() - began
            assert again.counts["registry.person"]["same"] == stored
        size = (Path(home) / "shouwang.sqlite3").stat().st_size
        return {
            "rows": stored, "read": read, "preview": planned, "write": written, "again": repeated,
            "bytes": size / stored, "gib": peak_gib(),
        }  # fmt: skip


def theirs(rows: int, bulk: bool) -> dict[str, float]:
    """Seconds of django-import-export for the same rows."""
    from django.conf import settings

    with tempfile.TemporaryDirectory() as home:
        settings.configure(
            INSTALLED_APPS=["import_export"],
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{home}/peer.sqlite3"}},
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        )
        import django

        django.setup()
        import tablib
        from django.db import connection, models
        from import_export import resources

        names = [f"c{at}" for at in range(len(HEADERS))]
        key = names[HEADERS.index("身份证号码")]
        columns = {name: models.CharField(max_length=200, null=True, db_index=name == key) for name in names}
        model = type(
            "Peer",
            (models.Model,),
            {"__module__": "benchmarks", **columns, "Meta": type("Meta", (), {"app_label": "import_export"})},
        )
        with connection.schema_editor() as editor:
            editor.create_model(model)
        meta = type(
            "Meta", (), {"model": model, "import_id_fields": [key], "fields": names, "use_bulk": bulk}
        )
        resource = type("PeerResource", (resources.ModelResource,), {"Meta": meta})()
        data = tablib.Dataset(*[[str(cell) for cell in line] for line in residents(rows, 1)], headers=names)
        began = time.perf_counter()
        result = resource.import_data(data, dry_run=False)
        seconds = time.perf_counter() - began
        assert not result.has_errors() and model._default_manager.count() >= rows * 0.9
        return {"rows": rows, "seconds": seconds}


def main() -> None:
    """Measure and print the ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    mine = child(__file__, "ours", str(rows))
    stored = mine["rows"]
    rate = stored / mine["write"]
    whole = stored / (mine["read"] + mine["write"])
    print(f"shouwang: {stored:,.0f} rows of {len(HEADERS)} columns; peak {mine['gib']:.2f} GiB")
    print(f"  read and checked  {mine['read']:6.1f} s   {stored / mine['read']:9,.0f} rows/s")
    print(f"  preview           {mine['preview']:6.1f} s   {stored / mine['preview']:9,.0f} rows/s")
    print(
        f"  stored            {mine['write']:6.1f} s   {rate:9,.0f} rows/s   "
        f"promise: 20,000 rows/s, ratio {rate / 20_000:.2f}"
    )
    print(f"  workbook to rows  {mine['read'] + mine['write']:6.1f} s   {whole:9,.0f} rows/s")
    print(f"  the same again    {mine['again']:6.1f} s   nothing changed")
    print(f"  database          {mine['bytes']:6,.0f} bytes a row, index of words included")
    for bulk in (False, True):
        try:
            peer = child(__file__, "theirs", str(PEER_ROWS), str(int(bulk)))
        except RuntimeError as error:
            print(f"django-import-export is left out: {str(error).splitlines()[-1]}")
            return
        speed = peer["rows"] / peer["seconds"]
        name = "django-import-export" + (" use_bulk" if bulk else "")
        print(
            f"{name}: {speed:,.0f} rows/s; ours stores {rate / speed:,.0f} × as fast, "
            f"with reading {whole / speed:,.0f} ×"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["ours"]:
        print(json.dumps(ours(int(sys.argv[2]))))
    elif sys.argv[1:2] == ["theirs"]:
        print(json.dumps(theirs(int(sys.argv[2]), sys.argv[3] == "1")))
    else:
        main()
