"""Importing into the database: what is looked at is what is done, rows are kept, scope holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang import trail
from shouwang.ledger import identity
from shouwang.ledger.models import Import
from shouwang.ledger.reading.rejected import write_rejected
from shouwang.ledger.store.importing import commit, prepare, told
from shouwang.ledger.store.rows import rows
from shouwang.packs.assistance.models import Payment
from shouwang.registry.models import Person
from shouwang.trail.models import Event
from tests.ledger.store.office import (
    GRID,
    IDS,
    ME,
    QINGYUAN,
    TOWN,
    YUNXI,
    _roles,
    book,
    doing,
    load,
    row,
    town,
    worker,
)
from tests.workbooks import write_workbook

pytestmark = pytest.mark.usefixtures("_roles")
OFFICE = Path(__file__).resolve().parents[3] / "examples" / "office"
__all__ = ["_roles"]


@pytest.fixture(autouse=True)
def _town(db: None) -> None:
    town()


def state() -> list[tuple[Any, ...]]:
    """All residents, without what differs from one run to the next."""
    return list(
        Person.objects.order_by("key_digest").values_list(
            "person", "name", "division_code", "status", "note", "phone", "row_version", "words"
        )
    )


def test_preview_says_what_is_new_changed_same_and_refused(tmp_path: Path) -> None:
    load(book(tmp_path / "a", [row(), row("青苑社区", IDS[1], "李四光")]))
    folder = book(
        tmp_path / "b",
        [
            row(),
            row("青苑社区", IDS[1], "李四光", status="迁出"),
            row(number=IDS[2]),
            row(number="11010119900307"),
        ],
    )
    incoming = prepare(folder)
    (plan,) = incoming.plans
    assert plan.counts() == {"registry.person": {"new": 1, "changed": 1, "same": 1, "removed": 0}}
    ((_, changed),) = plan.ledgers["registry.person"].of("changed")
    assert changed.changes() == {"status": ("正常", "迁出")}
    assert (changed.sheet, changed.row) == ("户籍人口台账", 4)
    assert incoming.reading.rejected_rows == 1
    assert Person.objects.count() == 2  # nothing was written


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    folder = book(tmp_path, [row(), row(number=IDS[1]), row(number=IDS[1])])
    (first,) = load(folder)
    before = state()
    (again,) = load(folder)
    assert first.counts == {"registry.person": {"new": 3, "changed": 0, "same": 0, "removed": 0}}
    assert again.counts == {"registry.person": {"new": 0, "changed": 0, "same": 3, "removed": 0}}
    assert state() == before
    # No second import is kept; that the file was seen again is told, with when and by whom it came in.
    kept = Import.objects.get()
    assert first.number == again.number == kept.pk and first.earlier is None and again.earlier == kept
    assert "由 测试 导入" in told(kept)
    event = Event.objects.get(action="ledger.import-again")
    assert event.target_id == str(kept.pk) and kept.sha256 in event.body
    # A row that was changed meanwhile is brought back by it: then it is an import.
    with doing():
        Person.objects.filter(pk=Person.objects.order_by("pk")[0].pk).update(status="迁出")
    (back,) = load(folder)
    assert back.number != kept.pk and back.earlier is None
    # The same rows in another file are another import.
    (other,) = load(
        book(tmp_path / "other", [row(), row(number=IDS[1]), row(number=IDS[1])], name="另存.xlsx")
    )
    assert other.counts["registry.person"]["same"] == 3


def test_a_record_listed_twice_in_a_sheet_is_kept_twice(tmp_path: Path) -> None:
    load(book(tmp_path, [row(), row()]))
    assert Person.objects.filter(person=IDS[0]).count() == 2
    assert sorted(identity.key_parts(r.key_digest)[2] for r in Person.objects.all()) == [1, 2]


def test_one_event_a_file_with_its_hash_and_root_and_one_a_changed_row(tmp_path: Path) -> None:
    load(book(tmp_path / "a", [row(), row(number=IDS[1])]))
    (done,) = load(book(tmp_path / "b", [row(status="死亡"), row(number=IDS[1])]))
    whole, changed = Event.objects.filter(action="ledger.import").order_by("id")[1:]
    assert changed.person == identity.person_index(IDS[0]) and changed.division_code == YUNXI
    assert json.loads(changed.body)["changes"] == {"status": ["正常", "死亡"]}
    kept = Import.objects.get(pk=done.number)
    assert whole.target_id == str(kept.pk) and kept.sha256 in whole.body and kept.root in whole.body
    assert kept.root and IDS[0] not in whole.body + changed.body


def test_rows_outside_of_the_scope_are_refused_with_a_reason(tmp_path: Path) -> None:
    user = worker(YUNXI, "ledger.import")
    lines = [row(), row("青苑社区", IDS[1]), row("没有的社区", IDS[2]), row("", IDS[2])]
    folder = book(tmp_path / "in", lines)
    with trail.acting(ME):
        incoming = prepare(folder, user=user)
        commit(incoming)
    assert [(r.row, r.code) for r in incoming.reading.rejected] == [
        (4, "division_outside"),
        (5, "division_unknown"),
        (6, "division_missing"),
    ]
    assert [p.division_code for p in Person.objects.all()] == [YUNXI]
    assert write_rejected(tmp_path / "out.xlsx", incoming.reading) == 3
    cells = pl.read_excel(tmp_path / "out.xlsx", engine="calamine", has_header=False).rows()
    assert any("不在您可以导入的范围内" in str(cell) for line in cells for cell in line)
    chosen = prepare(folder, user=user, division=YUNXI)
    assert [(r.row, r.code) for r in chosen.reading.rejected] == [(4, "division_outside")]
    forbidden = prepare(folder, user=worker(YUNXI, "ledger.view", role="reader"), division=YUNXI)
    assert forbidden.reading.loaded == 0 and forbidden.reading.rejected_rows == 4


def test_a_number_of_another_division_is_neither_moved_nor_told(tmp_path: Path) -> None:
    load(book(tmp_path / "a", [row("青苑社区", IDS[0], "真人")]))
    user = worker(YUNXI, "ledger.import")
    folder = book(tmp_path / "b", [row("云溪社区", IDS[0], "改名")])
    with trail.acting(ME):
        incoming = prepare(folder, user=user)
        (plan,) = incoming.plans
        assert plan.counts()["registry.person"] == {"new": 1, "changed": 0, "same": 0, "removed": 0}
        commit(incoming, seen=incoming.fingerprints)
    theirs = Person.objects.get(division_code=QINGYUAN)
    assert (theirs.name, theirs.row_version) == ("真人", 1)
    assert Person.objects.get(division_code=YUNXI).name == "改名"


def test_a_grid_that_is_known_places_the_row_in_it(tmp_path: Path) -> None:
    lines = [
        ["户籍人口台账"],
        ["社区", "所属网格", "姓名", "身份证号"],
        ["云溪社区居委会", "云溪第一网格", "甲", IDS[0]],
        ["望河街道青苑社区", "云溪第一网格", "乙", IDS[1]],
        ["110101001002", "", "丙", IDS[2]],
    ]
    write_workbook(tmp_path / "户籍.xlsx", {"户籍人口台账": lines})
    load(tmp_path)
    assert [p.division_code for p in Person.objects.order_by("id")] == [GRID, QINGYUAN, QINGYUAN]


def test_what_changed_since_the_preview_is_refused(tmp_path: Path) -> None:
    load(book(tmp_path / "a", [row()]))
    incoming = prepare(book(tmp_path / "b", [row(note="迁入")]))
    seen = incoming.fingerprints
    with doing("ledger.change"):
        person = Person.objects.get()
        person.name = "别人改的"
        person.save()
    with trail.acting(ME):
        (done,) = commit(incoming, seen=seen)
    assert done.problem == "moved" and Person.objects.get().note is None
    with trail.acting(ME):
        (done,) = commit(prepare(tmp_path / "b"), seen=prepare(tmp_path / "b").fingerprints)
    assert not done.problem and Person.objects.get().note == "迁入"


def test_rows_that_left_the_sheet_are_told_and_removed_only_when_asked(tmp_path: Path) -> None:
    load(book(tmp_path / "a", [row(), row(number=IDS[1])]))
    folder = book(tmp_path / "b", [row()])
    (plan,) = prepare(folder).plans
    assert (plan.ledgers["registry.person"].absent, plan.counts()["registry.person"]["removed"]) == (1, 0)
    load(folder)
    assert Person.objects.count() == 2
    (done,) = load(folder, removing=True)
    assert done.counts["registry.person"]["removed"] == 1
    assert [p.person for p in Person.objects.all()] == [IDS[0]]


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["云溪社区", "青苑社区"]), st.sampled_from(IDS), st.sampled_from(["甲", "乙丙"]),
        st.sampled_from(["正常", "迁出"]),
    ),
    max_size=6,
)  # fmt: skip


@given(one=PEOPLE, other=PEOPLE)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_of_files_does_not_matter_where_they_state_different_records(
    one: list[Any], other: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """And nothing is lost: the database has as many rows as the sheets, each time they are imported."""
    folder = tmp_path_factory.mktemp("order")
    first = [row(c, n, name, s) for c, n, name, s in one if c == "云溪社区"]
    second = [row(c, n, name, s) for c, n, name, s in other if c == "青苑社区"]
    book(folder / "a", first, "a.xlsx")
    book(folder / "b", second, "b.xlsx")
    seen = []
    for order in (("a", "b", "a"), ("b", "a", "b")):
        with doing():
            Person.objects.all().delete()
        for name in order:
            load(folder / name)
        seen.append(state())
        assert len(seen[-1]) == len(first) + len(second)
    assert seen[0] == seen[1]


@pytest.mark.seed("S2-14")
def test_money_and_rows_of_the_sheets_are_those_of_the_database() -> None:
    with trail.acting(ME):
        incoming = prepare(OFFICE, division=TOWN)
        done = commit(incoming, seen=incoming.fingerprints)
    assert not [d for d in done if d.problem]
    read: dict[str, int] = {}
    paid = 0
    for _, sheet in incoming.reading.sheets:
        if sheet.status == "loaded" and sheet.ledger:
            read[sheet.ledger] = read.get(sheet.ledger, 0) + sheet.records
        for column in sheet.columns if sheet.ledger == Payment.spec.name else ():
            if column.field == "paid" and column.total:
                paid += round(float(column.total) * 100)
    kept = {s.spec.name: s.spec.model._default_manager.count() for s in incoming.sheets}
    assert {n: c for n, c in kept.items() if c} == {n: c for n, c in read.items() if c}
    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(CAST(ROUND(paid * 100) AS INTEGER)) FROM assistance_payment")
        assert cursor.fetchone()[0] == paid
    for sheet in incoming.sheets[:6]:
        out = pl.from_arrow(pa_table(sheet.spec))
        assert isinstance(out, pl.DataFrame) and out.height == kept[sheet.spec.name]
    again = prepare(OFFICE, division=TOWN)
    assert all(k["new"] == k["changed"] == 0 for plan in again.plans for k in plan.counts().values())


def pa_table(spec: Any) -> Any:
    """The rows of a ledger as loop takes them."""
    import pyarrow as pa

    return pa.Table.from_batches(list(rows(spec, size=500)))


def test_rows_for_a_snapshot_carry_pseudonyms_and_sources(tmp_path: Path) -> None:
    load(book(tmp_path, [row(), row("青苑社区", IDS[1])]))
    table = pa_table(Person.spec)
    assert table.column("person").to_pylist() == [identity.pseudonym(IDS[0]), identity.pseudonym(IDS[1])]
    assert table.column("_file").to_pylist() == ["户籍.xlsx"] * 2
    assert table.column("_row").to_pylist() == [3, 4]
    assert table.column("_division_code").to_pylist() == [YUNXI, QINGYUAN]
    assert table.schema.field("birth_date").type == Person.spec.schema.field("birth_date").type
