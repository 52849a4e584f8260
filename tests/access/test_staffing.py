"""Appointing, ending, handing over; who is missing, and who holds what nobody may hold together."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError

from shouwang import trail
from shouwang.access.models import Appointment, Area, Post, User
from shouwang.access.people import create_user
from shouwang.access.scope import may
from shouwang.access.staffing import appoint, conflicts, end, hand_over, handed_over, overlap, vacancies
from shouwang.trail.models import Event

TOWN, EAST, WEST = "110101001000000", "110101001001000", "110101001002000"
DAY = dt.date(2024, 3, 1)


@pytest.fixture(autouse=True)
def office(db: None) -> Iterator[dict[str, Area]]:
    with trail.acting(trail.Actor("command:tests", "tests")):
        with trail.change("access.setup"):
            areas = {code: Area(code=code, name=name) for code, name in NAMES.items()}
            for area in areas.values():
                area.save()
        yield areas


NAMES = {TOWN: "云溪镇", EAST: "东村", WEST: "西村"}


def person(name: str) -> User:
    return create_user(f"u{User.objects.count()}", name)[0]


def post(role: str, code: str, **more: str) -> Post:
    made = Post(role=role, title=role, area=Area.objects.get(code=code), **more)
    made.full_clean()
    with trail.change("access.post"):
        made.save()
    return made


def test_a_post_is_held_from_day_to_day() -> None:
    wang = person("王敏")
    appoint(post("dibao_worker", EAST), wang, DAY, dt.date(2024, 6, 30), reason="聘用")
    held = [may(wang, "ledger.view", "assistance.payment", day) for day in DAYS]
    assert held == [False, True, True, False]


DAYS = [dt.date(2024, 2, 29), DAY, dt.date(2024, 6, 30), dt.date(2024, 7, 1)]


def test_handing_over_leaves_no_day_without_and_none_with_two_holders() -> None:
    old, new = person("王敏"), person("李强")
    first = appoint(post("dibao_worker", EAST), old, DAY)
    told: list[tuple[User, User]] = []

    def listen(old: User, new: User, **_more: object) -> None:
        told.append((old, new))

    handed_over.connect(listen)
    hand_over(first, new, dt.date(2024, 5, 1), reason="岗位轮换")
    assert told == [(old, new)]
    for day, expected in ((dt.date(2024, 4, 30), [True, False]), (dt.date(2024, 5, 1), [False, True])):
        assert [may(user, "ledger.view", "assistance.payment", day) for user in (old, new)] == expected
    events = Event.objects.filter(action="access.hand-over")
    assert {event.target for event in events} == {"access.appointment"} and len(events) == 2
    assert {event.reason for event in events} == {"岗位轮换"}
    assert Appointment.objects.count() == 2, "the past stays on file"


def test_what_is_no_handing_over_is_refused() -> None:
    old, new = person("王敏"), person("李强")
    first = appoint(post("dibao_worker", EAST), old, DAY)
    for to, day in ((old, dt.date(2024, 5, 1)), (new, DAY)):
        with pytest.raises(ValidationError):
            hand_over(first, to, day, reason="x")
    end(first, dt.date(2024, 4, 1), reason="离职")
    with pytest.raises(ValidationError):
        hand_over(first, new, dt.date(2024, 5, 1), reason="x")
    with pytest.raises(ValidationError):
        end(first, dt.date(2024, 2, 1), reason="早于起期")
    assert Appointment.objects.get().until == dt.date(2024, 4, 1)


def test_nobody_appoints_themselves() -> None:
    wang = person("王敏")
    place = post("dibao_worker", EAST)
    with trail.acting(trail.Actor(f"user:{wang.pk}", "王敏")), pytest.raises(ValidationError):
        appoint(place, wang, DAY)
    assert not Appointment.objects.exists()


def told(day: dt.date = DAY) -> set[tuple[str, str | None, bool, dt.date | None]]:
    return {(v.role.code, v.area and v.area.name, v.post is not None, v.since) for v in vacancies(day)}


@pytest.mark.seed("S1-09")
def test_an_area_without_beat_officer_is_told() -> None:
    assert ("beat_officer", None, False, None) in told(), "none anywhere is told once"
    appoint(post("beat_officer", EAST, organisation="城关派出所"), person("张勇"), DAY)
    missing = {row for row in told() if row[0] == "beat_officer"}
    assert missing == {("beat_officer", "西村", False, None)}
    assert {row for row in told(dt.date(2024, 2, 1)) if row[0] == "beat_officer"} == {
        ("beat_officer", "西村", False, None),
        ("beat_officer", "东村", True, None),
    }, "before the first day nobody held the post"


@pytest.mark.seed("S4-03")
def test_a_community_without_culture_officer_is_told() -> None:
    appoint(post("culture_officer", WEST), person("赵云"), DAY)
    assert {row for row in told() if row[0] == "culture_officer"} == {
        ("culture_officer", "东村", False, None)
    }


def test_a_post_that_was_left_is_told_with_its_day() -> None:
    first = appoint(post("dibao_worker", EAST), person("王敏"), DAY, dt.date(2024, 3, 31))
    assert not [row for row in told(dt.date(2024, 3, 31)) if row[0] == "dibao_worker"]
    later = dt.date(2024, 4, 9)
    assert ("dibao_worker", "东村", True, dt.date(2024, 4, 1)) in told(later)
    assert "自2024-04-01起无人任职" in next(v.text for v in vacancies(later) if v.post == first.post)


def test_a_user_who_was_shut_out_holds_nothing() -> None:
    wang = person("王敏")
    appoint(post("dibao_worker", EAST), wang, DAY)
    with trail.change("access.deactivate"):
        wang.is_active = False
        wang.save()
    assert ("dibao_worker", "东村", True, None) in told()
    assert not may(wang, "ledger.view", "assistance.payment", DAY)


@pytest.mark.parametrize(
    ("one", "other", "where"),
    [
        ("accountant", "cashier", EAST),
        ("fund_accountant", "cashier", EAST),
        ("accountant", "fund_accountant", TOWN),
        pytest.param("accountant", "finance_leader", TOWN, marks=pytest.mark.seed("S9-33")),
        ("finance_leader", "finance_supervisor", TOWN),
        ("cashier", "finance_supervisor", EAST),
        ("accountant", "auditor", TOWN),
        ("administrator", "trail_keeper", TOWN),
        ("culture_officer", "evaluator", EAST),
    ],
)
def test_what_one_person_may_not_hold_together_is_refused(one: str, other: str, where: str) -> None:
    from shouwang.access.roles import roles

    wang = person("王敏")
    first = post(one, EAST if "community" in roles()[one].levels[:1] else TOWN)
    appoint(first, wang, DAY, dt.date(2024, 12, 31))
    second = post(other, where)
    with pytest.raises(ValidationError, match="不得由一人兼任"):
        appoint(second, wang, dt.date(2024, 12, 31))
    appoint(second, wang, dt.date(2025, 1, 1))  # not at the same time
    appoint(second, person("李强"), DAY, dt.date(2024, 12, 31))  # not the same person


@pytest.mark.seed("S10-68")
def test_entry_and_review_are_not_one_hand() -> None:
    with trail.change("access.setup"):
        Area(code="110101", name="某区").save()
        area = Area.objects.get(name="某区")
        area.full_clean()
        area.save()
    wang = person("王敏")
    appoint(post("insurance_clerk", "110101000000000"), wang, DAY)
    with pytest.raises(ValidationError, match="不得由一人兼任"):
        appoint(post("reviewer", "110101000000000"), wang, DAY)


@pytest.mark.seed("S5-09")
@pytest.mark.parametrize(
    ("one", "other"), [("agency", "guarantor"), ("guarantor", "bank"), ("bank", "agency")]
)
def test_screening_guarantee_and_lending_are_three_hands(one: str, other: str) -> None:
    wang = person("王敏")
    appoint(post(one, TOWN, organisation="甲"), wang, DAY)
    with pytest.raises(ValidationError, match="不得由一人兼任"):
        appoint(post(other, TOWN, organisation="乙"), wang, DAY)


def test_the_same_person_may_hold_them_in_places_apart() -> None:
    wang = person("王敏")
    appoint(post("cashier", EAST), wang, DAY)
    appoint(post("finance_supervisor", WEST), wang, DAY)
    assert not conflicts(DAY)


@pytest.mark.seed("S9-05", "S9-06")
@pytest.mark.parametrize("role", ["cashier", "reimbursement_clerk"])
def test_a_village_has_one_cashier_and_one_clerk(role: str) -> None:
    first = appoint(post(role, EAST), person("王敏"), DAY)
    with pytest.raises(ValidationError, match="只应由一人担任"):
        appoint(first.post, person("李强"), DAY)
    appoint(post(role, WEST), person("李强"), DAY)
    assert not [row for row in told() if row[0] == role]


@pytest.mark.seed("S9-43")
@pytest.mark.parametrize("role", ["cashier", "reimbursement_clerk"])
def test_there_is_no_general_cashier_in_the_town(role: str) -> None:
    with pytest.raises(ValidationError, match="不设在这一级"):
        post(role, TOWN)


def test_what_came_by_another_way_is_told() -> None:
    wang, li = person("王敏"), person("李强")
    places = [post("cashier", EAST), post("accountant", TOWN), post("cashier", EAST)]
    with trail.change("access.restore"):
        for place, user in zip(places, (wang, wang, li), strict=True):
            Appointment(post=place, user=user, start=DAY).save()
    found = conflicts(DAY)
    assert sorted(conflict.kind for conflict in found) == ["segregation", "surplus"]
    assert all("王敏" in conflict.text for conflict in found)
    assert not conflicts(dt.date(2024, 2, 1))


def test_the_trail_tells_of_every_appointment() -> None:
    wang = person("王敏")
    appoint(post("dibao_worker", EAST), wang, DAY, reason="聘用")
    event = Event.objects.get(action="access.appoint")
    assert (event.division_code, event.reason) == (EAST, "聘用")
    assert json.loads(event.body)["changes"]["user"] == [None, wang.pk]


def test_divisions_overlap_when_one_lies_in_the_other() -> None:
    town, east, west = (Area(code=code, name="") for code in (TOWN, EAST, WEST))
    assert overlap(town, east) and overlap(east, town) and overlap(east, east)
    assert not overlap(east, west)
