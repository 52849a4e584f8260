"""Whatever people, scans and the clock try in whatever order: the record agrees with its steps and events."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.risk.loop.office import SYSTEM, TWO, Office, build, days, found, noticed, signed_in

from shouwang.access.models import User
from shouwang.risk.loop import chores
from shouwang.risk.loop.machine import ACTIONS, FOUND, Refused, replay
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.sight import Sight
from shouwang.risk.loop.steps import possible, take, take_by_system
from shouwang.risk.models import Finding, Number, Step
from shouwang.trail import acting, change
from shouwang.trail.models import Event

BY_HAND = sorted(code for code, action in ACTIONS.items() if not action.system)
POSTS = ["dibao", "chief", "grid", "other"]
WHO = ["leader", "chief", "chief2", "dibao", "dibao2", "other", "inspector", "grid"]


class Loop(RuleBasedStateMachine):
    """Three findings, eight people, and time."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.office = build()
        self.keys = [
            f.pk for f in found(noticed(subject="甲"), noticed(subject="乙"), noticed("safety.x", "丙", TWO))
        ]
        self.taken = 0
        self.refused = 0

    def teardown(self) -> None:
        """Leave nothing behind."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def _given(self, post: str, due: int, into: int, user: User) -> dict[str, Any]:
        return {
            "post": self.office.posts[post].pk,
            "due": days(due),
            "until": days(due),
            "measures": "措施",
            "proof": "佐证",
            "into": self.keys[into],
            "text": "留言",
            "users": [user.pk],
        }

    def _take(self, user: User, action: str, finding: Finding, version: int, given: dict[str, Any]) -> None:
        before = Finding.objects.values().get(pk=finding.pk)
        began = self._began(finding)
        try:
            with signed_in(user), transaction.atomic():
                done = take(user, action, finding.pk, version, reason="理由", **given)
        except Refused:
            self.refused += 1
            assert Finding.objects.values().get(pk=finding.pk) == before
            return
        self.taken += 1
        assert ACTIONS[action].noted or version == before["version"]
        if action in ("verify", "close", "return", "dismiss"):
            worked = Step.objects.filter(
                finding=finding, action__in=("start", "progress", "submit"), by=user, pk__gt=began
            )
            assert not worked.exists()
        assert done.state == Finding.objects.get(pk=finding.pk).state

    @rule(
        which=st.integers(0, 2),
        who=st.sampled_from(WHO),
        action=st.sampled_from(BY_HAND),
        post=st.sampled_from(POSTS),
        due=st.integers(-1, 40),
        into=st.integers(0, 2),
        behind=st.integers(0, 1),
    )
    def somebody_tries(
        self, which: int, who: str, action: str, post: str, due: int, into: int, behind: int
    ) -> None:
        """Any step by anybody, sometimes from a page that is one version behind."""
        finding = Finding.objects.get(pk=self.keys[which])
        user = self.office.users[who]
        self._take(user, action, finding, finding.version - behind, self._given(post, due, into, user))

    @rule(
        which=st.integers(0, 2),
        pick=st.integers(0, 1000),
        post=st.sampled_from(POSTS),
        due=st.integers(1, 40),
        into=st.integers(0, 2),
    )
    def somebody_does_what_is_offered(self, which: int, pick: int, post: str, due: int, into: int) -> None:
        """A step that the page offers to somebody, remarks left out: this is how a finding gets on."""
        finding = Finding.objects.get(pk=self.keys[which])
        offered = [
            (user, action.code)
            for name in WHO
            if Sight(user := self.office.users[name]).visible().filter(pk=finding.pk).exists()
            for action in possible(user, finding)
            if not action.noted
        ]
        if offered:
            user, action = offered[pick % len(offered)]
            self._take(user, action, finding, finding.version, self._given(post, due, into, user))

    def _began(self, finding: Finding) -> int:
        anew = Step.objects.filter(finding=finding, action__in=("recur", "reopen", "expire")).order_by("-pk")
        last = anew.first()
        return last.pk if last else 0

    @rule(day=st.integers(0, 60))
    def time_passes(self, day: int) -> None:
        """The clock's chores; a second time they find nothing to do."""
        with acting(SYSTEM):
            chores.daily(days(day))
            assert not any(chores.daily(days(day)).values())

    @rule(which=st.integers(0, 2), action=st.sampled_from(["gone", "back", "recur"]))
    def a_scan_sees_it(self, which: int, action: str) -> None:
        """What a scan may note of a finding."""
        finding = Finding.objects.get(pk=self.keys[which])
        try:
            with acting(SYSTEM), transaction.atomic(), change("scan.record") as doing:
                take_by_system(action, [finding], doing=doing, register=Register())
        except Refused:
            self.refused += 1

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        """Findings are conserved and each is what its steps and its events say."""
        assert Finding.objects.count() == 3
        assert sum(Number.objects.values_list("last", flat=True)) == 3
        for finding in Finding.objects.all():
            steps = list(Step.objects.filter(finding=finding).exclude(action="found").order_by("pk"))
            assert replay([s.act for s in steps], FOUND) == finding.state
            versions = [s.version for s in steps if s.version is not None]
            assert versions == list(range(1, finding.version + 1))
            told: dict[str, Any] = {}
            events = Event.objects.filter(target="risk.finding", target_id=str(finding.pk)).order_by("pk")
            for body in events.values_list("body", flat=True):
                told |= {n: new for n, (_old, new) in json.loads(body).get("changes", {}).items()}
            for name in (
                "status",
                "occurrence",
                "post_id",
                "due",
                "rectifiers",
                "into_id",
                "level",
                "present",
            ):
                if name in told:
                    now = getattr(finding, name)
                    assert told[name] == (now.isoformat() if isinstance(now, dt.date) else now), name
            assert len(events) == len(steps) + 1


@pytest.mark.django_db
@pytest.mark.seed("S7-44", "S7-50")
def test_the_record_agrees_with_steps_and_events() -> None:
    run_state_machine_as_test(
        Loop,
        settings=settings(
            max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
