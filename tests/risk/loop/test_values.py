"""Parameters of the office: a value from a day on, with its source, on two persons' word."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.risk.loop.office import Office, signed_in

from shouwang.access.roles import roles
from shouwang.inbox.models import Notice
from shouwang.risk import catalogue
from shouwang.risk.models import ParameterChange, ScanRun
from shouwang.risk.values import ChangeRefused, decide, in_force, propose, withdraw
from shouwang.trail import change
from shouwang.trail.models import Event

NAME = "assistance.standard"
DAY = dt.date(2024, 7, 1)


@pytest.fixture
def name() -> str:
    """A money parameter of the allowance pack."""
    found = [
        p.name
        for p in catalogue.parameters().values()
        if p.kind == "money" and p.name.startswith("assistance.")
    ]
    return found[0]


def suggest(office: Office, name: str, raw: str = "960", **given: Any) -> ParameterChange:
    what = {"start": DAY, "source": "民政局〔2024〕3号", "reason": "标准调整", **given}
    with signed_in(office.chief):
        return propose(office.chief, name, raw, **what)


def agree(office: Office, made: ParameterChange) -> ParameterChange:
    with signed_in(office.leader):
        return decide(office.leader, made.pk, agree=True)


def test_a_value_counts_from_its_day_once_a_second_person_agreed(office: Office, name: str) -> None:
    before = in_force()[name]
    made = suggest(office, name)
    assert in_force()[name] == before
    assert [n.kind for n in Notice.objects.filter(user=office.leader)] == ["parameter.proposed"]
    agree(office, made)
    now = in_force()[name]
    assert now.at(DAY).value == Decimal("960") and now.at(DAY).source == "民政局〔2024〕3号"
    assert now.at(DAY - dt.timedelta(days=1)) == before.at(DAY - dt.timedelta(days=1))
    assert [n.kind for n in Notice.objects.filter(user=office.chief)] == ["parameter.decided"]
    assert Event.objects.filter(action="parameter.approve", target="risk.parameterchange").count() == 1


def test_what_is_approved_starts_a_scan_of_what_depends_on_it(office: Office) -> None:
    used = next(u for r in catalogue.rules().values() for u in r.uses if u.startswith("assistance."))
    raw = {"text": "x", "list": "甲", "date": "2024-01-01", "month": "2024-01-01"}
    made = suggest(office, used, raw.get(catalogue.parameters()[used].kind, "1"))
    assert not ScanRun.objects.exists()
    done = agree(office, made)
    run = ScanRun.objects.get()
    assert done.scan == run and run.trigger == "parameter" and run.requested_by == office.leader
    assert run.status == "waiting" and not run.whole
    # One that waits already serves the next change too.
    again = agree(office, suggest(office, used, raw.get(catalogue.parameters()[used].kind, "2")))
    assert again.scan == run and ScanRun.objects.count() == 1


def test_a_parameter_of_an_indicator_starts_a_scan_and_one_of_nobody_does_not(office: Office) -> None:
    from shouwang.indicator.catalogue import uses
    from shouwang.risk.values import users_of

    target = "microcredit.loans_target"
    assert uses(target) and not users_of(target)
    assert agree(office, suggest(office, target, "12")).scan == ScanRun.objects.get()
    assert not uses("risk.days-to-rectify-high")
    assert agree(office, suggest(office, "risk.days-to-rectify-high", "15")).scan is None
    assert ScanRun.objects.count() == 1


def test_a_refused_change_starts_nothing(office: Office, name: str) -> None:
    made = suggest(office, name)
    with signed_in(office.leader):
        assert decide(office.leader, made.pk, agree=False, opinion="依据不足").scan is None
    assert not ScanRun.objects.exists()


def test_every_parameter_can_be_proposed_by_one_role_and_approved_by_another() -> None:
    known = roles().values()
    for name in catalogue.parameters():
        proposing = {r.code for r in known if r.may("parameter.propose", name)}
        approving = {r.code for r in known if r.may("parameter.approve", name)}
        assert proposing and approving - proposing, name
        # Whoever proposes or approves can open the page.
        assert all(roles()[code].may("parameter.view", name) for code in proposing | approving), name


def test_nobody_approves_their_own_change(office: Office, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from shouwang.risk import values

    monkeypatch.setattr(values, "may", lambda *_args: True)
    made = suggest(office, name)
    with signed_in(office.chief), pytest.raises(ChangeRefused, match="另一人"):
        decide(office.chief, made.pk, agree=True)
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        signed_in(office.chief),
        change("parameter.approve"),
    ):
        made.decided_by = office.chief
        made.save()


@pytest.mark.parametrize(
    ("raw", "given", "said"),
    [
        ("九百", {}, "应写成"),
        ("", {}, "应写成"),
        ("960", {"source": " "}, "依据"),
        ("960", {"reason": ""}, "理由"),
        ("960", {"cancels": 77}, "不存在"),
    ],
)
def test_a_proposal_that_can_not_be_is_refused(
    office: Office, name: str, raw: str, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(ChangeRefused, match=said):
        suggest(office, name, raw, **given)
    assert not ParameterChange.objects.exists()


def test_rights_are_asked_for(office: Office, name: str) -> None:
    with signed_in(office.dibao), pytest.raises(ChangeRefused, match="不能提出"):
        propose(office.dibao, name, "1", start=DAY, source="x", reason="x")
    made = suggest(office, name)
    with signed_in(office.dibao), pytest.raises(ChangeRefused, match="不能批准"):
        decide(office.dibao, made.pk, agree=True)
    with signed_in(office.chief), pytest.raises(ChangeRefused, match="没有这个参数"):
        propose(office.chief, "assistance.nonsense", "1", start=DAY, source="x", reason="x")


def test_a_refusal_has_a_reason_and_a_decision_is_made_once(office: Office, name: str) -> None:
    made = suggest(office, name)
    with signed_in(office.leader), pytest.raises(ChangeRefused, match="写明理由"):
        decide(office.leader, made.pk, agree=False)
    with signed_in(office.leader):
        assert decide(office.leader, made.pk, agree=False, opinion="依据不足").status == "refused"
    with signed_in(office.leader), pytest.raises(ChangeRefused, match="已经有结果"):
        decide(office.leader, made.pk, agree=True)
    assert not any(v.source == made.source for v in in_force()[name].values)


def test_withdrawing(office: Office, name: str) -> None:
    made = suggest(office, name)
    with signed_in(office.leader), pytest.raises(ChangeRefused, match="自己提出"):
        withdraw(office.leader, made.pk)
    with signed_in(office.chief):
        withdraw(office.chief, made.pk)
        with pytest.raises(ChangeRefused):
            withdraw(office.chief, made.pk)


def test_an_approved_value_is_replaced_or_taken_back_by_another_change(office: Office, name: str) -> None:
    before = in_force()[name].at(DAY)
    first = agree(office, suggest(office, name, "960"))
    agree(office, suggest(office, name, "970"))
    assert in_force()[name].at(DAY).value == Decimal("970")
    assert in_force()[name].at(DAY).start == DAY
    agree(office, suggest(office, name, "930", division="柳岸社区"))
    assert in_force()[name].at(DAY, "柳岸社区").value == Decimal("930")
    assert in_force()[name].at(DAY).value == Decimal("970")
    for value in ParameterChange.objects.filter(name=name, cancels=None).order_by("pk"):
        if value.pk != first.pk:
            agree(office, suggest(office, name, "", cancels=value.pk))
    assert in_force()[name].at(DAY).value == Decimal("960")
    agree(office, suggest(office, name, "", cancels=first.pk))
    assert in_force()[name].at(DAY) == before


def test_what_it_does_is_looked_at_first_where_rules_use_it(office: Office, name: str) -> None:
    used = next(u for rule in catalogue.rules().values() for u in rule.uses if u.startswith("assistance."))
    raw = {"money": "1", "text": "x", "list": "甲", "date": "2024-01-01", "month": "2024-01-01"}
    made = suggest(office, used, raw.get(catalogue.parameters()[used].kind, "1"))
    with change("scan.test", actor=None) if False else signed_in(office.chief), change("scan.test"):
        ScanRun.objects.create(trigger="person", as_of=DAY, status="done")
    with signed_in(office.leader), pytest.raises(ChangeRefused, match="先预览"):
        decide(office.leader, made.pk, agree=True)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("money", "930.50", Decimal("930.50")),
        ("percent", "4.35%", Decimal("4.35")),
        ("ratio", "10%", Decimal("0.1")),
        ("days", "30", 30),
        ("integer", "3", 3),
        ("date", "2024-07-01", DAY),
        ("month", "2024-07-15", DAY),
        ("list", "甲、乙，丙,丁", ("甲", "乙", "丙", "丁")),
        ("text", "按户", "按户"),
    ],
)
def test_values_of_each_kind_as_a_form_gives_them(kind: str, raw: str, value: Any) -> None:
    from shouwang.risk.parameters import Parameter
    from shouwang.risk.values import value_of

    parameter = Parameter("p.x", "某标准", kind, "", (), "")
    assert value_of(parameter, ParameterChange(raw=raw, start=DAY, source="s")).value == value
