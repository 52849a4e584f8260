"""Who sees which events: by what their roles name and the divisions of their posts."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang import trail
from shouwang.access.models import User
from shouwang.access.trails import about_person, history, visible_events
from shouwang.trail.models import Event
from tests.workbench.people import appoint

TOWN, EAST, WEST = "110101001000000", "110101001001000", "110101001002000"
PERSON = "ab" * 16


@pytest.fixture(autouse=True)
def people(db: None) -> dict[str, User]:
    made = {
        "all": appoint("all", "全", "trail_keeper", TOWN),
        "admin": appoint("admin", "管", "administrator", TOWN),
        "east": appoint("east", "东", "dibao_worker", EAST),
        "grid": appoint("grid", "格", "grid_worker", EAST),
        "body": appoint("body", "保", "guarantor", TOWN, organisation="甲"),
    }
    with trail.acting(trail.Actor("command:tests", "tests")):
        for target, code in (
            ("assistance.payment", EAST),
            ("assistance.payment", WEST),
            ("accounting.voucher", EAST),
            ("access.user", ""),
            ("", ""),
        ):
            trail.record("ledger.unmask", target, 7, division_code=code, person=PERSON, reason="核实")
    return made


def seen(user: User) -> set[tuple[str, str]]:
    found = visible_events(user).filter(action="ledger.unmask")
    return set(found.values_list("target", "division_code"))


def test_each_sees_what_is_theirs(people: dict[str, User]) -> None:
    assert len(seen(people["all"])) == 5
    assert seen(people["east"]) == {("assistance.payment", EAST)}
    assert seen(people["admin"]) == {("access.user", "")}
    assert seen(people["grid"]) == set() == seen(people["body"])


def test_what_belongs_nowhere_is_for_those_over_all(people: dict[str, User]) -> None:
    local = appoint("local", "社", "administrator", EAST)
    assert seen(local) == set()
    assert seen(appoint("keeper", "审", "trail_keeper", EAST)) == {
        ("assistance.payment", EAST),
        ("accounting.voucher", EAST),
    }


def test_a_pattern_within_a_name_is_understood(
    people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    from shouwang.access import scope
    from shouwang.access.roles import Grant, Role, roles

    odd = Role("odd", "怪", (Grant(frozenset({"trail.view"}), ("*.pay?ent", "access.user")),))
    monkeypatch.setattr(scope, "roles", lambda: {**roles(), "odd": odd})
    assert seen(appoint("odd", "怪", "odd", TOWN)) == {
        ("assistance.payment", EAST),
        ("assistance.payment", WEST),
        ("access.user", ""),
    }


def test_who_saw_a_persons_file_is_one_query(people: dict[str, User]) -> None:
    user = people["all"]
    visible_events(user).exists()  # the posts are known now
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = list(about_person(user, PERSON))
    events = [query["sql"] for query in asked.captured_queries if "trail_event" in query["sql"]]
    assert len(events) == 1 and len(found) == 5
    assert [event.pk for event in found] == sorted((event.pk for event in found), reverse=True)
    assert not about_person(user, "").exists()


def test_history_is_of_one_record() -> None:
    assert {event.target_id for event in history("assistance.payment", 7)} == {"7"}
    assert history("assistance.payment", 7).count() == 2
    assert not history("assistance.payment", 8).exists()
    assert Event.objects.count() > 2
