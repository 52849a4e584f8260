"""Time: deadlines are told before, overdue ones go up, dismissals end. Twice a day does nothing more."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from tests.risk.loop.office import SYSTEM, Office, days, found, noticed, signed_in

from shouwang.inbox.models import Notice
from shouwang.risk import jobs, values
from shouwang.risk.loop import chores
from shouwang.risk.loop.steps import take
from shouwang.risk.models import Finding, Step
from shouwang.risk.parameters import SINCE_EVER, Value
from shouwang.standards import workdays
from shouwang.trail import acting, guard
from shouwang.trail.models import Event


def pass_to(day: dt.date) -> dict[str, int]:
    with acting(SYSTEM):
        return chores.daily(day)


def told(user: Any) -> list[str]:
    return [n.kind for n in Notice.objects.filter(user=user).order_by("pk")]


@pytest.fixture
def due(office: Office) -> Finding:
    """A finding with its deadline in ten days."""
    (finding,) = found(noticed())
    with signed_in(office.chief):
        take(office.chief, "assign", finding.pk, post=office.posts["dibao"].pk, due=days(30))
    Notice.objects.all().delete()
    return Finding.objects.get()


@pytest.mark.seed("S3-31")
def test_a_deadline_is_told_once_before_it_comes(office: Office, due: Finding) -> None:
    assert due.due is not None
    assert not any(pass_to(workdays.add_working_days(due.due, -5).value).values())
    near = workdays.add_working_days(due.due, -2).value
    assert pass_to(near)["warned"] == 1
    assert told(office.dibao) == told(office.dibao2) == ["finding.due"]
    assert not any(pass_to(near).values())
    assert Step.objects.filter(action="escalate").count() == 0


def test_a_new_deadline_is_told_again(office: Office, due: Finding) -> None:
    pass_to(days(29))
    with signed_in(office.dibao):
        take(office.dibao, "ask-extension", due.pk, reason="材料未到", due=days(90))
    with signed_in(office.chief):
        take(office.chief, "grant-extension", due.pk)
    assert pass_to(days(89))["warned"] == 1


@pytest.mark.seed("S7-41", "S1-39")
def test_what_is_overdue_goes_to_the_post_above_and_is_not_said_twice(office: Office, due: Finding) -> None:
    assert pass_to(days(30))["escalated"] == 0  # the day itself is still in time
    assert pass_to(days(31))["escalated"] == 1
    late = Finding.objects.get()
    assert (late.status, late.level, late.post, late.version) == ("assigned", 1, due.post, due.version)
    assert late.above in (office.posts["chief"], office.posts["chief2"])
    assert told(late.above.appointments.get().user) == ["finding.escalated"]
    assert "finding.due" in told(office.dibao)
    assert not any(pass_to(days(31)).values()) and not any(pass_to(days(300)).values())


def test_it_goes_on_up_where_the_office_says_how_long_each_level_has(
    office: Office, due: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = values.in_force()
    name = "risk.days-between-escalations"
    given = {**declared, name: replace(declared[name], values=(Value(SINCE_EVER, 3, "本办"),))}
    monkeypatch.setattr(chores, "in_force", lambda: given)
    pass_to(days(31))
    assert due.due is not None
    first = workdays.add_working_days(due.due, 1).value
    assert pass_to(workdays.add_working_days(first, 2).value)["escalated"] == 0
    assert pass_to(workdays.add_working_days(first, 3).value)["escalated"] == 1
    assert Finding.objects.get().above == office.posts["leader"]
    assert pass_to(days(300))["escalated"] == 0  # nobody is above the leader


def test_a_dismissal_ends_and_what_is_still_found_comes_back(office: Office) -> None:
    still, gone = found(noticed(subject="甲"), noticed(subject="乙"))
    with signed_in(office.chief):
        for finding in (still, gone):
            take(office.chief, "dismiss", finding.pk, reason="合法", proof="文件", until=days(60))
    with guard.paused():
        Finding._base_manager.filter(pk=gone.pk).update(present=False)
    assert pass_to(days(60))["expired"] == 0
    assert pass_to(days(61))["expired"] == 1
    back = Finding.objects.get(pk=still.pk)
    assert (back.status, back.occurrence, back.post) == ("assigned", 2, office.posts["dibao"])
    assert Finding.objects.get(pk=gone.pk).status == "dismissed"
    assert not any(pass_to(days(61)).values())


def test_thousands_are_done_in_transactions_of_a_few_hundred(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here of two: whoever else writes comes in between."""
    monkeypatch.setattr(chores, "BATCH", 2)
    findings = found(*(noticed(subject=name) for name in "甲乙丙丁戊"))
    with signed_in(office.chief):
        for finding in findings:
            take(office.chief, "assign", finding.pk, post=office.posts["dibao"].pk, due=days(30))
    Notice.objects.all().delete()
    assert pass_to(days(29))["warned"] == 5
    assert told(office.dibao) == ["finding.due"] * 3
    events = Event.objects.filter(action="finding.warn").order_by("pk")
    assert [json.loads(event.body)["warned"] for event in events] == [2, 2, 1]
    assert pass_to(days(31))["escalated"] == 5
    assert set(Finding.objects.values_list("level", flat=True)) == {1}
    assert not any(pass_to(days(31)).values())


def test_what_is_no_longer_due_when_its_turn_comes_is_left_alone(
    office: Office, due: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody submits the result between the look at what is overdue and the step upwards."""

    def atomic() -> Any:
        with guard.paused():
            Finding._base_manager.filter(pk=due.pk).update(status="closed")
        return transaction.atomic()

    monkeypatch.setattr(chores, "transaction", SimpleNamespace(atomic=atomic))
    assert pass_to(days(31))["escalated"] == 0
    assert Finding.objects.get().level == 0 and Finding.objects.get().status == "closed"


def test_the_clock_hands_the_deadlines_to_the_worker(office: Office) -> None:
    with acting(SYSTEM):
        jobs.deadlines()
    waiting = DBTaskResult.objects.get()
    assert waiting.task_path == "shouwang.risk.loop.tasks.keep_deadlines"
    assert waiting.task.call() == {"expired": 0, "escalated": 0, "warned": 0}
