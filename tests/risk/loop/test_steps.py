"""Steps on record: rights, scope, versions, events, notices, and a thousand at once."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.risk.loop.office import ONE, RULE, SECRET, TOWN, TWO, Office, days, found, noticed, signed_in

from shouwang.access.models import User
from shouwang.inbox.models import Notice
from shouwang.risk.loop.machine import Act, Refused, Stale, replay
from shouwang.risk.loop.sight import Sight
from shouwang.risk.loop.steps import MOST, NotFound, possible, take, take_many
from shouwang.risk.models import Finding, Step, Viewer
from shouwang.trail.models import Event

PROOF = {"measures": "已停发并追回", "proof": "收据12号"}


def do(user: User, action: str, finding: Finding, version: int | None = None, **given: Any) -> Finding:
    with signed_in(user):
        return take(user, action, finding.pk, version, **given)


def closed(office: Office, finding: Finding) -> Finding:
    do(office.dibao, "start", finding, measures="停发", due=days(10))
    do(office.dibao, "submit", finding, **PROOF)
    do(office.chief, "verify", finding)
    return do(office.leader, "close", finding)


def told(user: User) -> list[str]:
    return [n.kind for n in Notice.objects.filter(user=user).order_by("pk")]


@pytest.mark.seed("S9-64", "S10-42", "S7-47")
def test_a_finding_is_assigned_by_rule_and_driven_until_closed(office: Office) -> None:
    (finding,) = found(noticed())
    assert finding.status == "assigned" and finding.post == office.posts["dibao"]
    assert finding.name == f"{RULE}-0001"
    after = closed(office, finding)
    stored = Finding.objects.get(pk=finding.pk)
    assert (stored.status, stored.version, stored.rectifiers) == ("closed", 5, [office.dibao.pk])
    assert after.state == stored.state and stored.closed_at is not None
    steps = list(stored.steps.order_by("pk"))
    assert [s.action for s in steps] == ["found", "assign", "start", "submit", "verify", "close"]
    assert [s.name for s in steps][2:] == ["dibao", "dibao", "chief", "leader"]
    assert steps[2].duty == "云溪社区低保专干" and steps[3].data == PROOF
    assert told(office.dibao) == ["finding.assigned"]
    assert "finding.submitted" in told(office.chief) and "finding.submitted" in told(office.leader)


def test_every_step_leaves_an_event_from_which_the_state_can_be_rebuilt(office: Office) -> None:
    (finding,) = found(noticed(person="ab12"))
    closed(office, finding)
    events = Event.objects.filter(target="risk.finding", target_id=str(finding.pk)).order_by("pk")
    assert [e.action for e in events][2:] == [
        "finding.start",
        "finding.submit",
        "finding.verify",
        "finding.close",
    ]
    assert {(e.division_code, e.person) for e in events} == {(ONE, "ab12")}
    bodies = [json.loads(e.body) for e in events]
    rebuilt: dict[str, Any] = {}
    for body in bodies:
        rebuilt |= {name: new for name, (_old, new) in body.get("changes", {}).items()}
    stored = Finding.objects.get(pk=finding.pk)
    assert rebuilt["status"] == stored.status and rebuilt["rectifiers"] == stored.rectifiers
    assert rebuilt["due"] == str(stored.due)
    acts = [
        Act(b["step"], dt.date.fromisoformat(b["on"]), _user(e), b["answers"], "x", _dates(b["data"]))
        for b, e in zip(bodies, events, strict=True)
        if b["step"] != "found"
    ]
    assert replay(acts) == stored.state
    assert replay([s.act for s in stored.steps.exclude(action="found").order_by("pk")]) == stored.state


def _user(event: Event) -> int | None:
    return int(event.actor.partition(":")[2]) if event.actor.startswith("user:") else None


def _dates(data: dict[str, Any]) -> dict[str, Any]:
    return {k: dt.date.fromisoformat(v) if k in ("due", "until") and v else v for k, v in data.items()}


@pytest.mark.seed("S7-50")
def test_who_rectified_does_not_verify_even_with_the_right(office: Office) -> None:
    (finding,) = found(noticed())
    do(office.chief, "assign", finding, post=office.posts["chief"].pk, due=days(5))
    do(office.chief, "start", finding, measures="停发")
    do(office.chief, "submit", finding, **PROOF)
    for action in ("verify", "return"):
        with pytest.raises(Refused, match="参与整改"):
            do(office.chief, action, finding, reason="x")
    assert do(office.chief2, "verify", finding).status == "verified"
    with pytest.raises(Refused, match="参与整改"):
        do(office.chief, "close", finding)


def test_outside_of_the_scope_there_is_no_such_finding(office: Office) -> None:
    (finding,) = found(noticed())
    for stranger in (office.other, office.grid, office.admin, office.safety):
        with pytest.raises(NotFound):
            do(stranger, "comment", finding, text="?")
    with pytest.raises(Refused, match="不能"):
        do(office.dibao2, "verify", finding)
    assert [f.pk for f in Sight(office.chief).visible()] == [finding.pk]
    assert not Sight(office.other).visible().exists()


def test_sensitive_findings_are_seen_by_those_named_alone(office: Office) -> None:
    (secret,) = found(noticed(SECRET, division_code=TOWN))
    assert secret.sensitive and secret.status == "new" and secret.post is None
    assert [f.pk for f in Sight(office.inspector).visible()] == [secret.pk]
    for blind in (office.leader, office.chief, office.dibao):
        assert not Sight(blind).visible().exists()
    assert told(office.inspector) == ["finding.found"] and told(office.leader) == []
    with pytest.raises(Refused, match="看不到"):
        do(office.inspector, "comment", secret, text="请看", mentions=[office.leader.pk])
    do(office.inspector, "name", secret, users=[office.leader.pk])
    assert [f.pk for f in Sight(office.leader).visible()] == [secret.pk]
    assert not Sight(office.leader).visible("finding.close").filter(status="closed").exists()
    do(office.inspector, "comment", secret, text="请看", mentions=[office.leader.pk])
    assert told(office.leader) == ["finding.mention", "finding.mention"]
    assert Viewer.objects.count() == 1


def test_a_stale_page_is_refused_and_a_second_click_never_doubles(office: Office) -> None:
    (finding,) = found(noticed())
    assert do(office.dibao, "start", finding, 1, measures="停发", due=days(9)).version == 2
    with pytest.raises(Stale):
        do(office.dibao, "start", finding, 1, measures="停发", due=days(9))
    with pytest.raises(Stale, match="刷新"):
        do(office.dibao, "submit", finding, 1, **PROOF)
    assert Step.objects.filter(finding=finding).count() == 3
    do(office.chief, "comment", finding, 1, token="a", text="抓紧")  # a remark rests on no version
    with pytest.raises(Stale, match="已经提交"):
        do(office.chief, "comment", finding, 1, token="a", text="抓紧")
    assert Step.objects.filter(action="comment").count() == 1


def test_a_refused_step_writes_nothing(office: Office) -> None:
    (finding,) = found(noticed())
    before = Finding.objects.values().get(pk=finding.pk), Event.objects.count(), Step.objects.count()
    for action, given in {
        "assign": {"post": office.posts["other"].pk, "due": days(3)},
        "dismiss": {"reason": "x", "until": days(3)},
        "close": {},
        "merge": {"into": finding.pk},
        "escalate": {"above": 1},
        "nonsense": {},
    }.items():
        with pytest.raises(Refused):
            do(office.chief, action, finding, **given)
    assert before == (
        Finding.objects.values().get(pk=finding.pk),
        Event.objects.count(),
        Step.objects.count(),
    )


def test_assignment_is_checked_against_post_area_and_holder(office: Office) -> None:
    (finding,) = found(noticed())
    for post in ("other", "grid", "admin"):
        with pytest.raises(Refused, match="这个岗位不能"):
            do(office.chief, "assign", finding, post=office.posts[post].pk, due=days(3))
    with pytest.raises(Refused, match="不在这个岗位"):
        do(
            office.chief,
            "assign",
            finding,
            post=office.posts["dibao"].pk,
            holder=office.other.pk,
            due=days(3),
        )
    named = do(
        office.chief, "assign", finding, post=office.posts["dibao"].pk, holder=office.dibao2.pk, due=days(3)
    )
    assert named.holder == office.dibao2
    with pytest.raises(Refused, match="别的岗位"):
        do(office.dibao, "start", finding, measures="停发")
    assert told(office.dibao2)[-1] == "finding.assigned"


def test_an_extension_goes_to_those_who_assign(office: Office) -> None:
    (finding,) = found(noticed())
    do(office.chief, "assign", finding, post=office.posts["dibao"].pk, due=days(3))
    do(office.dibao, "ask-extension", finding, reason="材料未到", due=days(30))
    assert "finding.extension" in told(office.chief)
    assert [a.code for a in possible(office.chief, Finding.objects.get(pk=finding.pk))][:1] == ["assign"]
    assert do(office.chief, "grant-extension", finding).due == days(30)
    assert told(office.dibao)[-1] == "finding.extension"


def test_duplicates_are_merged_and_parted_again(office: Office) -> None:
    head, twin, third = found(noticed(subject="甲"), noticed(subject="乙"), noticed(subject="丙"))
    merged = do(office.chief, "merge", twin, into=head.pk, reason="同一家")
    assert (merged.status, merged.into) == ("merged", head)
    with pytest.raises(Refused, match="已并入"):
        do(office.chief, "merge", head, into=third.pk)
    with pytest.raises(Refused, match="已办结"):
        do(office.chief, "merge", third, into=twin.pk)
    apart = do(office.chief, "unmerge", twin)
    assert (apart.status, apart.into_id, apart.post) == ("assigned", None, office.posts["dibao"])


def test_dismissal_by_somebody_who_does_not_answer_for_it(office: Office) -> None:
    (finding,) = found(noticed())
    out = do(office.chief, "dismiss", finding, reason="去世当月照发", proof="文件", until=days(90))
    assert (out.status, out.until) == ("dismissed", days(90))
    assert do(office.chief, "reopen", finding, reason="依据失效").status == "new"


def test_numbers_are_never_given_twice(office: Office) -> None:
    first = found(noticed(subject="甲"), noticed(subject="乙"))
    (other,) = found(noticed(SECRET, division_code=TOWN))
    assert [f.number for f in first] == [1, 2] and other.number == 1
    assert found(noticed(subject="丙"))[0].number == 3


def test_a_thousand_at_once_in_few_queries_and_one_transaction(office: Office) -> None:
    many = found(*(noticed(subject=f"人{i}", evidence=()) for i in range(MOST)))
    few = many[:10]
    counts = []
    for those in (few, many[10:]):
        wishes = {f.pk: f.version for f in those}
        with signed_in(office.chief), CaptureQueriesContext(connection) as queries:
            result = take_many(office.chief, "assign", wishes, post=office.posts["chief"].pk, due=days(20))
        assert len(result.done) == len(those) and not result.refused
        counts.append([q["sql"] for q in queries if not q["sql"].startswith("INSERT")])
    assert len(counts[0]) == len(counts[1]) <= 20
    assert Finding.objects.filter(status="assigned", post=office.posts["chief"], due=days(20)).count() == MOST
    assert Step.objects.filter(action="assign").count() == 2 * MOST
    assert (
        Event.objects.filter(action="finding.assign", target="risk.finding").exclude(target_id="").count()
        == MOST
    )
    one = Notice.objects.filter(user=office.chief2).order_by("-pk").first()
    assert (one is not None and str(one) == f"分派给您整改{MOST - 10}个问题") or one is None


def test_of_many_those_that_do_not_fit_are_told_and_the_others_done(office: Office) -> None:
    one, two, three, far = found(
        noticed(subject="甲"),
        noticed(subject="乙"),
        noticed(subject="丙"),
        noticed(subject="丁", division_code=TWO),
    )
    do(office.dibao, "start", one, measures="停发", due=days(4))
    wishes = {one.pk: 1, two.pk: 1, three.pk: 1, far.pk: 1}
    with signed_in(office.dibao):
        result = take_many(office.dibao, "start", wishes, measures="统一停发", due=days(4))
    assert [f.pk for f in result.done] == [two.pk, three.pk]
    assert [(f.pk, "刷新" in why) for f, why in result.refused] == [(one.pk, True)]
    assert result.missing == 1
    with signed_in(office.dibao), pytest.raises(Refused, match="一次最多"):
        take_many(office.dibao, "start", dict.fromkeys(range(MOST + 1)))


def test_personal_numbers_in_what_people_write_do_not_reach_the_trail(office: Office) -> None:
    (finding,) = found(noticed())
    do(
        office.chief,
        "comment",
        finding,
        text="已联系 11010519491231002X 本人，电话13800131234",
        reason="11010519491231002X",
    )
    event = Event.objects.filter(action="finding.comment").latest("pk")
    assert "19491231" not in event.body + event.reason and "0013123" not in event.body


def test_what_a_page_offers_is_what_can_be_done(office: Office) -> None:
    (finding,) = found(noticed())
    for user in office.users.values():
        offered = {a.code for a in possible(user, finding)} if Sight(user).visible().exists() else set()
        for action in ("assign", "start", "verify", "dismiss", "comment"):
            given = {
                "post": office.posts["dibao"].pk,
                "due": days(9),
                "measures": "m",
                "text": "t",
                "reason": "r",
                "proof": "p",
                "until": days(9),
            }
            from django.db import transaction

            try:
                with transaction.atomic():
                    do(user, action, finding, **given)
                    done = True
                    transaction.set_rollback(True)
            except Refused:
                done = False
            assert done == (action in offered), (user.username, action)
