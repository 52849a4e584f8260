"""Whatever somebody with the database in their hands does to the trail is found and named."""

# ruff: noqa: S608 - the statements are those of somebody who tampers

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from shouwang import trail
from shouwang.trail import triggers
from shouwang.trail.guard import paused
from shouwang.trail.models import Event, Seal
from shouwang.trail.seal import anchor_path, forget, said_by, seal
from shouwang.trail.verify import Report, verify

ME = trail.Actor("command:tests", "测试")


@pytest.fixture(autouse=True)
def sealed(transactional_db: None) -> Iterator[list[int]]:
    """Three seals over four events each, and two events without a seal; the numbers of the events."""
    forget()
    with trail.acting(ME):
        for _ in range(3):
            for number in range(4):
                trail.record("ledger.unmask", "registry.person", number, reason="核实身份", person="ab12")
            seal()
        for _ in range(2):
            trail.record("ledger.export", "registry.person")
    yield list(Event.objects.order_by("pk").values_list("pk", flat=True))
    forget()


def tamper(*statements: str) -> None:
    """Do it as one who owns the database: without triggers, which are put back."""
    triggers.remove(connection)
    with paused(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    triggers.install(connection)


def kinds(report: Report) -> list[str]:
    return [fault.kind for fault in report.faults]


def test_an_honest_trail_is_intact() -> None:
    report = verify()
    assert (report.intact, report.events, report.seals, report.unsealed) == (True, 14, 3, 2)


def test_dropped_triggers_are_told() -> None:
    triggers.remove(connection)
    report = verify()
    names = " ".join(fault.text for fault in report.faults)
    assert set(kinds(report)) == {"trigger"}
    assert "trail_event" in names and "trail_seal" in names


def test_a_trigger_that_does_nothing_is_told() -> None:
    triggers.remove(connection)
    with paused(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in (
                "CREATE TRIGGER trail_event_no_update BEFORE UPDATE ON trail_event BEGIN SELECT 1; END",
                "CREATE TRIGGER trail_event_no_delete BEFORE DELETE ON trail_event WHEN 0 BEGIN"
                f" SELECT RAISE(ABORT, '{triggers.REFUSED}'); END",
            ):
                cursor.execute(statement)
        else:
            triggers.install(connection)
            cursor.execute("ALTER TABLE trail_event DISABLE TRIGGER trail_event_no_change")
            cursor.execute(
                "CREATE OR REPLACE FUNCTION trail_seal_refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RETURN NULL; END $$"
            )
    assert set(kinds(verify())) == {"trigger"}
    triggers.remove(connection)
    triggers.install(connection)


@pytest.mark.parametrize(
    "change",
    [
        "moment = moment + 1",
        "actor = 'user:9'",
        "name = '别人'",
        "post = '科长'",
        "action = 'ledger.export'",
        "target = 'registry.household'",
        "target_id = '99'",
        "division_code = '110101001000000'",
        "person = 'cd34'",
        "batch = 'x'",
        "reason = '核实身份。'",
        "body = '{ }'",
    ],
)
def test_one_byte_of_an_event_is_found(sealed: list[int], change: str) -> None:
    tamper(f"UPDATE trail_event SET {change} WHERE id = {sealed[5]}")
    report = verify()
    assert kinds(report) == ["event-changed"]
    assert report.faults[0].event == sealed[5] and str(sealed[5]) in report.faults[0].text


def rewrite(number: int, change: Callable[[Event], None]) -> None:
    """Change an event and its digest with it, as one who knows how it is made."""
    event = Event.objects.get(pk=number)
    change(event)
    digest = event.said()
    tamper(f"UPDATE trail_event SET reason = '{event.reason}', digest = '{digest}' WHERE id = {number}")


def test_an_event_rewritten_with_its_digest_is_found_by_its_seal(sealed: list[int]) -> None:
    rewrite(sealed[5], lambda event: setattr(event, "reason", "上级要求"))
    report = verify()
    assert kinds(report) == ["root"]
    assert report.faults[0].seal == Seal.objects.order_by("pk")[1].pk


def test_a_deleted_event_is_found(sealed: list[int]) -> None:
    tamper(f"DELETE FROM trail_event WHERE id = {sealed[6]}")
    report = verify()
    assert "count" in kinds(report) and not report.intact
    assert "应有4条留痕，现有3条" in " ".join(fault.text for fault in report.faults)
    if connection.vendor == "sqlite":
        assert ("event-missing", sealed[6]) in [(fault.kind, fault.event) for fault in report.faults]


def test_events_that_changed_places_are_found(sealed: list[int]) -> None:
    one, other = sealed[4], sealed[5]
    tamper(
        f"UPDATE trail_event SET id = 900000 WHERE id = {one}",
        f"UPDATE trail_event SET id = {one} WHERE id = {other}",
        f"UPDATE trail_event SET id = {other} WHERE id = 900000",
    )
    assert kinds(verify()) == ["root"]


COLUMNS = (
    "moment, actor, name, post, action, target, target_id, division_code, person, batch, reason, body, digest"
)


def copy_of(number: int, to: int) -> str:
    return (
        f"INSERT INTO trail_event (id, {COLUMNS}) SELECT {to}, {COLUMNS} FROM trail_event WHERE id = {number}"
    )


@pytest.mark.parametrize("number", [-3, 0])
def test_an_event_slipped_in_before_the_first_is_found(sealed: list[int], number: int) -> None:
    tamper(
        copy_of(sealed[0], number),
    )
    assert kinds(verify()) == ["event-added"]


def test_an_event_slipped_into_a_gap_is_found(sealed: list[int]) -> None:
    seals = Seal.objects.order_by("pk")
    tamper(
        f"UPDATE trail_event SET id = {sealed[3] + 5000} WHERE id = {sealed[3]}",
        copy_of(sealed[0], sealed[3]),
    )
    found = [fault for fault in verify().faults if fault.kind == "root"]
    assert [fault.seal for fault in found] == [seals[0].pk]


def test_a_tail_cut_off_below_its_seal_is_found(sealed: list[int]) -> None:
    tamper(f"DELETE FROM trail_event WHERE id >= {sealed[10]}")
    report = verify()
    assert "count" in kinds(report)
    assert "应有4条留痕，现有2条" in " ".join(fault.text for fault in report.faults)


def test_a_tail_cut_off_together_with_its_seal_is_found(sealed: list[int]) -> None:
    last = Seal.objects.order_by("pk").last()
    assert last is not None
    tamper(
        f"DELETE FROM trail_event WHERE id >= {last.first}", f"DELETE FROM trail_seal WHERE id = {last.pk}"
    )
    report = verify()
    assert "cut" in kinds(report) and f"第{last.pk}号" in " ".join(fault.text for fault in report.faults)
    forget()
    assert "published" in kinds(verify(published=last.digest)), "nor does it pass for the published one"


def test_an_unsealed_event_that_is_gone_is_found_where_numbers_have_no_gaps(sealed: list[int]) -> None:
    tamper(f"DELETE FROM trail_event WHERE id = {sealed[-1]}")
    report = verify()
    assert report.unsealed == 1
    if connection.vendor == "sqlite":
        assert [(fault.kind, fault.event) for fault in report.faults] == [("event-missing", sealed[-1])]


@pytest.mark.parametrize(
    "change", ["moment = moment + 1", "count = 5", "root = 'aa'", "last = last - 1", "first = 2"]
)
def test_a_changed_seal_is_found(change: str) -> None:
    middle = Seal.objects.order_by("pk")[1]
    tamper(f"UPDATE trail_seal SET {change} WHERE id = {middle.pk}")
    found = {fault.kind: fault.seal for fault in verify().faults}
    assert found["seal-changed"] == middle.pk


def test_a_seal_made_anew_breaks_the_chain(sealed: list[int]) -> None:
    """Who rewrites an event and its seal must rewrite all seals after it, and the published ones."""
    from shouwang.trail import merkle
    from shouwang.trail.seal import leaf

    middle = Seal.objects.order_by("pk")[1]
    rewrite(sealed[5], lambda event: setattr(event, "reason", "上级要求"))
    rows = (
        Event.objects.filter(pk__gte=middle.first, pk__lte=middle.last)
        .order_by("pk")
        .values_list("pk", "digest")
    )
    old = middle.digest
    middle.root = merkle.root(leaf(*row) for row in rows).hex()
    middle.digest = said_by(middle)
    tamper(f"UPDATE trail_seal SET root = '{middle.root}', digest = '{middle.digest}' WHERE id = {middle.pk}")
    report = verify()
    assert kinds(report) == ["chain"] and report.faults[0].seal == middle.pk + 1
    assert "published" in kinds(verify(published=old))


def test_a_deleted_seal_is_found() -> None:
    middle = Seal.objects.order_by("pk")[1]
    tamper(f"DELETE FROM trail_seal WHERE id = {middle.pk}")
    report = verify()
    assert "chain" in kinds(report)


def test_a_broken_note_of_the_last_seal_is_told() -> None:
    anchor_path().write_text("{", encoding="utf-8")
    assert kinds(verify()) == ["anchor"]
    anchor_path().write_text(json.dumps({"seal": 1}), encoding="utf-8")
    assert kinds(verify()) == ["anchor"]


def test_a_published_seal_is_found_however_it_was_typed() -> None:
    digest = Seal.objects.order_by("pk")[0].digest
    spaced = " ".join(digest[i : i + 8] for i in range(0, 64, 8)).upper()
    assert verify(published=spaced).intact


def test_many_faults_are_counted_rather_than_listed() -> None:
    from shouwang.trail import verify as module

    tamper("UPDATE trail_event SET name = '别人'")
    module.NAMED, kept = 3, module.NAMED
    try:
        report = verify()
    finally:
        module.NAMED = kept
    assert len(report.faults) == 3 and report.more == 11
