"""Scans over the API: the list, and two beside each other within the scope."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from shouwang.risk.models import Finding, ScanRun
from shouwang.trail import acting, change
from tests.api.calling import Caller, problem
from tests.risk.loop.office import ONE, RULE, SYSTEM, TWO, Office, build, found, noticed


@pytest.fixture
def office(db: None) -> Office:
    return build()


def run(**given: object) -> ScanRun:
    """A done scan."""
    with acting(SYSTEM), change("test.scan"):
        made = ScanRun(
            trigger="clock", as_of=dt.date(2023, 12, 31), status="done", ended=timezone.now(), **given
        )
        made.save()
    return made


def test_two_scans_are_compared_within_the_scope(office: Office) -> None:
    first = run()
    here, there = found(noticed(division_code=ONE, amount=500), noticed(subject="乙", division_code=TWO))
    second = run(found=2, new=2)
    with acting(SYSTEM), change("test.scan"):
        Finding.objects.filter(pk__in=[here.pk, there.pk]).update(first_run=second)
    caller = Caller(office.chief, ["scan.view", "finding.view"])
    listed = caller.get("/scans").json()["items"]
    assert [one["id"] for one in listed] == [second.pk, first.pk] and listed[0]["new"] == 2
    told = caller.get("/scans/compare", a=second.pk, b=first.pk).json()
    assert (told["earlier"]["id"], told["later"]["id"]) == (first.pk, second.pk)
    (rule,) = told["rules"]
    assert rule["code"] == RULE and rule["counts"] == {"new": 2, "known": 0, "gone": 0, "unchecked": 0}
    assert rule["amounts"]["new"] == "500.00"
    # A token that may not see findings is told of none.
    blind = Caller(office.chief, ["scan.view"])
    assert blind.get("/scans/compare", a=first.pk, b=second.pk).json()["rules"] == []


def test_only_two_different_done_scans_can_be_compared(office: Office) -> None:
    first, other = run(), run()
    with acting(SYSTEM), change("test.scan"):
        ScanRun.objects.filter(pk=other.pk).update(status="failed")
    caller = Caller(office.chief, ["scan.view", "finding.view"])
    for a, b in ((first.pk, first.pk), (first.pk, other.pk), (first.pk, 98765)):
        problem(caller.get("/scans/compare", a=a, b=b), 404)
    problem(caller.get("/scans/compare", a="x", b=first.pk), 422)
    problem(Caller(office.dibao, ["scan.view"]).get("/scans"), 403)
