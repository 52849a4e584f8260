"""Every route × every role × inside and outside of the scope, reading and writing, pages and API.

:data:`ROUTES` says of each route how it is tried. What must come out follows from the role alone:

- a visitor is sent to the sign-in (the API says 401);
- who lacks the right, or has it on other things only, gets 403;
- who has it gets through, but not to what lies elsewhere: that is 404, as if it were not there,
  no list tells of it, and nothing is written.

A route that is not in the table fails the test: say how it is to be tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from shouwang.access.checks import routes
from shouwang.access.rights import OPEN, SIGNED_IN
from shouwang.access.roles import Role, roles
from shouwang.access.scope import holdings
from shouwang.access.trails import visible_events
from shouwang.ledger.catalogue import ledgers
from tests.access.world import (
    FAR,
    MARKS,
    World,
    build,
    indicator_for,
    ledger_against,
    ledger_for,
    parameter_for,
    risk_point_for,
    written_to_far,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Try:
    """One way to call a route.

    ``right`` is what it needs, ``thing`` the kind of object its address names, ``mine`` that only one's own
    may be touched (nothing of the world is the holder's own), ``method`` GET or POST with ``data``.
    ``lists`` says that the page shows what there is: then it shows nothing from far away.
    """

    right: str
    thing: str = ""
    method: str = "GET"
    data: dict[str, Any] | None = None
    mine: bool = False
    lists: bool = False


def of_row(right: str, *more: Try) -> list[Try]:
    """A page of a record: read, or with ``post`` written."""
    return [Try(right, f"row:{right}"), *more]


def posted(right: str, thing: str = "", *, mine: bool = False, lists: bool = False, **data: Any) -> Try:
    """A call that sends a form."""
    return Try(right, thing, "POST", {"reason": "核实", **data}, mine, lists)


RECORD = Try("ledger.add", "ledger", "POST", {"division_code": FAR, "values": {}})
REPORT = posted(
    "finding.report", source="inspection", division_code=FAR, title="某", text="某", severity="high"
)
ROUTES: dict[str, list[Try]] = {
    # ------------------------------------------------------------------------------------------- signing in
    "account/login/": [Try(OPEN), posted(OPEN, login="nobody", password="x")],
    "account/logout/": [Try(OPEN)],
    "account/inactive/": [Try(OPEN)],
    "account/reauthenticate/": [Try(SIGNED_IN), posted(SIGNED_IN)],
    "account/password/": [Try(SIGNED_IN), posted(SIGNED_IN)],
    "account/factor/": [Try(SIGNED_IN)],
    "account/factor/authenticate/": [Try(OPEN)],
    "account/factor/reauthenticate/": [Try(SIGNED_IN)],
    "account/factor/activate/": [Try(SIGNED_IN)],
    "account/factor/deactivate/": [Try(SIGNED_IN, mine=True)],
    "account/factor/codes/": [Try(SIGNED_IN, mine=True)],
    "account/factor/codes/generate/": [Try(SIGNED_IN)],
    "account/factor/codes/download/": [Try(SIGNED_IN, mine=True)],
    # ------------------------------------------------------------------------------------------------ shell
    "": [Try(SIGNED_IN, lists=True)],
    "home/numbers/": [Try("finding.view", lists=True)],
    "language/": [posted(OPEN, language="zh-hans", next="/")],
    "health/": [Try(OPEN)],
    # ----------------------------------------------------------------------------------------------- people
    "account/mine/": [Try(SIGNED_IN, lists=True)],
    "account/mine/sign-out/": [posted(SIGNED_IN)],
    "account/mine/sign-out/<int:pk>/": [posted(SIGNED_IN, "session", mine=True)],
    "people/users/": [Try("access.view", lists=True), posted("access.view", q="他", lists=True)],
    "people/users/add/": [Try("access.manage", lists=True), posted("access.manage", username="")],
    "people/users/<int:pk>/": [Try("access.view", "user")],
    "people/users/<int:pk>/edit/": [
        Try("access.manage", "user"),
        posted("access.manage", "user", username=""),
    ],
    "people/users/<int:pk>/do/<slug:action>/": [posted("access.manage", "user")],
    "people/posts/": [Try("access.view", lists=True), posted("access.view", q="网格员", lists=True)],
    "people/posts/add/": [Try("access.manage", lists=True), posted("access.manage", role="leader", area=FAR)],
    "people/posts/gaps/": [Try("access.view", lists=True)],
    "people/posts/<int:pk>/": [Try("access.view", "post")],
    "people/posts/<int:pk>/edit/": [
        Try("access.manage", "post"),
        posted("access.manage", "post", title="新"),
    ],
    "people/posts/<int:pk>/appoint/": [Try("access.manage", "post"), posted("access.manage", "post")],
    "people/appointments/<int:pk>/end/": [
        Try("access.manage", "appointment"),
        posted("access.manage", "appointment", until="2020-01-02"),
    ],
    "people/appointments/<int:pk>/hand-over/": [
        Try("access.manage", "appointment"),
        posted("access.manage", "appointment", to="me", day="2024-01-01"),
    ],
    "people/roles/": [Try("access.view")],
    "people/roles/<slug:code>/": [Try("access.view")],
    "people/areas/": [Try("access.view", lists=True), posted("access.view", q="地", lists=True)],
    "people/areas/add/": [Try("access.manage"), posted("access.manage", code="2202010030041", name="远")],
    "people/areas/<int:pk>/edit/": [
        Try("access.manage", "area"),
        posted("access.manage", "area", name="新名"),
    ],
    "people/sign-ins/": [Try("access.view", lists=True), posted("access.view", lists=True)],
    # ---------------------------------------------------------------------------------------------- ledgers
    "ledgers/": [Try("ledger.view", lists=True)],
    "ledgers/<str:ledger>/": [
        Try("ledger.view", "ledger", lists=True),
        posted("ledger.view", "ledger", lists=True),
    ],
    "ledgers/<str:ledger>/template/": [Try("ledger.view", "ledger")],
    "ledgers/<str:ledger>/export/": [posted("ledger.export", "ledger", lists=True)],
    "ledgers/<str:ledger>/save/": [posted("ledger.view", "ledger", title="我的")],
    "ledgers/<str:ledger>/drop/<int:pk>/": [posted("ledger.view", "view", mine=True)],
    "ledgers/<str:ledger>/add/": [Try("ledger.add", "ledger"), posted("ledger.add", "ledger", division=FAR)],
    "ledgers/<str:ledger>/check/": [posted("ledger.view", "ledger")],
    "ledgers/<str:ledger>/<int:pk>/": of_row("ledger.view"),
    "ledgers/<str:ledger>/<int:pk>/related/": of_row("ledger.view"),
    "ledgers/<str:ledger>/<int:pk>/change/": of_row(
        "ledger.change", posted("ledger.change", "row:ledger.change")
    ),
    "ledgers/<str:ledger>/<int:pk>/delete/": [posted("ledger.delete", "row:ledger.delete")],
    "ledgers/<str:ledger>/<int:pk>/unmask/": [posted("ledger.unmask", "row:ledger.unmask")],
    "ledgers/<str:ledger>/<int:pk>/attach/": [posted("evidence.add", "row:evidence.add")],
    "attachments/<int:pk>/": [Try("evidence.view", "attachment")],
    "attachments/<int:pk>/small/": [Try("evidence.view", "attachment")],
    "imports/": [Try("ledger.import", lists=True), posted("ledger.import", division=FAR)],
    "imports/<uuid:key>/": [Try("ledger.import", "upload", mine=True)],
    "imports/<uuid:key>/correct/": [
        Try("ledger.import", "upload", mine=True),
        posted("ledger.import", "upload", mine=True),
    ],
    "imports/<uuid:key>/commit/": [posted("ledger.import", "upload", mine=True)],
    "imports/<uuid:key>/discard/": [posted("ledger.import", "upload", mine=True)],
    "imports/<uuid:key>/rejected/": [posted("ledger.import", "upload", mine=True)],
    "households/": [Try("ledger.view"), posted("ledger.view", lists=True)],
    # --------------------------------------------------------------------------------------------- findings
    "work/": [Try("finding.view", lists=True)],
    "findings/": [Try("finding.view", lists=True), posted("finding.view", q="标记", lists=True)],
    "findings/batch/": [posted("finding.view", "finding in form", action="assign", lists=True)],
    "findings/report/": [Try("finding.report", lists=True), posted("finding.report", division=FAR)],
    "findings/<int:pk>/": [Try("finding.view", "finding")],
    "findings/<int:pk>/step/<slug:action>/": [posted("finding.view", "finding")],
    "findings/<int:pk>/clear/": [posted("ledger.unmask", "finding")],
    "notices/": [Try(SIGNED_IN, lists=True)],
    "notices/read/": [posted(SIGNED_IN)],
    "notices/preferences/": [Try(SIGNED_IN), posted(SIGNED_IN)],
    # ---------------------------------------------------------------------------------------------- figures
    "dashboard/": [Try("finding.view", lists=True), Try("finding.view", "division in query", lists=True)],
    "dashboard/<slug:figure>.csv": [Try("finding.view", "division in query", lists=True)],
    "map/": [Try("finding.view", lists=True), Try("finding.view", "division in query", lists=True)],
    "map/boundaries/": [Try("access.manage", lists=True), posted("access.manage")],
    # ------------------------------------------------------------------------------------------------ trail
    "trail/": [Try("trail.view", lists=True), posted("trail.view", lists=True)],
    "trail/seen/": [Try("trail.view"), posted("trail.view", id_number="", lists=True)],
    "trail/seals/": [Try("trail.view")],
    "trail/<str:target>/<str:number>/": [Try("trail.view", "trail.view")],
    "trail/<str:target>/<str:number>/evidence/": [posted("trail.export", "trail.export")],
    # -------------------------------------------------------------------------------------------------- API
    "api/v1/openapi.json": [Try(OPEN)],
    "api/v1/": [],  # the name of the root, no page
    "api/v1/me": [Try("token.own")],
    "api/v1/findings": [Try("finding.view", lists=True), REPORT],
    "api/v1/findings/<int:number>": [Try("finding.view", "finding")],
    "api/v1/findings/<int:number>/steps/<action>": [posted("finding.view", "finding", version=1)],
    "api/v1/ledgers": [Try("ledger.view", lists=True)],
    "api/v1/ledgers/<name>": [
        Try("ledger.view", "ledger", lists=True),
        RECORD,
    ],
    "api/v1/ledgers/<name>/search": [posted("ledger.view", "ledger", lists=True, text="标记")],
    "api/v1/ledgers/<name>/<int:number>": [
        Try("ledger.view", "row:ledger.view"),
        Try("ledger.change", "row:ledger.change", "PUT", {"division_code": FAR, "values": {}, "version": 1}),
    ],
    "api/v1/scans": [Try("scan.view", lists=True)],
    "api/v1/scans/compare": [Try("scan.view", data={"a": 1, "b": 2}, lists=True)],
    "connect/tokens/": [Try("token.own", lists=True), posted("token.own")],
    "connect/tokens/<int:pk>/revoke/": [posted("token.own", "token", mine=True)],
    "connect/webhooks/": [Try("webhook.manage", lists=True)],
    "connect/webhooks/add/": [Try("webhook.manage", lists=True), posted("webhook.manage", division_code=FAR)],
    "connect/webhooks/<int:pk>/": [Try("webhook.manage", "webhook"), posted("webhook.manage", "webhook")],
    "connect/webhooks/<int:pk>/again/": [posted("webhook.manage", "webhook")],
    "connect/webhooks/<int:pk>/undelivered/": [
        Try("webhook.manage", "webhook"),
        posted("webhook.manage", "webhook", act="drop"),
    ],
    # ------------------------------------------------------------------------------ what leaves the house
    "robots/": [Try("webhook.manage", lists=True)],
    "robots/add/": [Try("webhook.manage", lists=True), posted("webhook.manage", name="")],
    "robots/<int:pk>/": [Try("webhook.manage", "robot"), posted("webhook.manage", "robot", name="")],
    "robots/<int:pk>/do/<slug:action>/": [posted("webhook.manage", "robot")],
    "undelivered/": [
        Try("webhook.manage", lists=True),
        posted("webhook.manage", "delivery in form", act="drop", lists=True),
    ],
    # ------------------------------------------------------------- scans, parameters, register, bulletins
    "samples/": [Try("sample.make", lists=True)],
    "samples/choose/": [Try("sample.make", lists=True)],
    "samples/add/<str:ledger>/": [
        Try("sample.make", "ledger", lists=True),
        posted("sample.make", "ledger", division=FAR, method="random", size=1, purpose="核查"),
    ],
    "samples/<int:pk>/": [Try("sample.make", "sample")],
    "samples/<int:pk>/redraw/": [posted("sample.make", "sample")],
    "samples/<int:pk>/items/<int:number>/": [
        Try("sample.make", "sample"),
        posted("sample.make", "sample", result="ok", version=0),
    ],
    "scans/": [Try("scan.view", lists=True)],
    "scans/run/": [posted("scan.run")],
    "scans/<int:pk>/": [Try("scan.view", "nothing", mine=True)],
    "scans/<int:pk>/report/<slug:kind>/": [posted("scan.view", "nothing", mine=True)],
    "scans/compare/": [Try("scan.view", lists=True)],
    "parameters/": [Try("parameter.view")],
    "parameters/<str:name>/": [Try("parameter.view", "parameter"), posted("parameter.view", "parameter")],
    "parameters/change/<int:pk>/": [Try("parameter.view", "nothing", mine=True)],
    "parameters/change/<int:pk>/cancel/": [posted("parameter.view", "nothing", mine=True, source="文件")],
    "parameters/change/<int:pk>/act/": [posted("parameter.view", "nothing", mine=True, action="approve")],
    "register/": [Try("risk_point.view", lists=True)],
    "register/matrix/": [Try("risk_point.change"), posted("risk_point.change")],
    "register/<str:code>/": [
        Try("risk_point.view", "risk_point", lists=True),
        posted("risk_point.view", "risk_point"),
    ],
    "indicators/": [Try("indicator.view", lists=True)],
    "indicators/<str:code>/": [Try("indicator.view", "indicator", lists=True)],
    "indicators/<str:code>/change/": [
        posted("indicator.change", "indicator", division=FAR),
    ],
    "bulletins/": [Try("bulletin.view", lists=True), posted("bulletin.view", division=FAR, month="2023-05")],
    "bulletins/<int:pk>/": [Try("bulletin.view", "bulletin")],
    "bulletins/<int:pk>/file/": [Try("bulletin.view", "bulletin")],
    "bulletins/template/": [Try("bulletin.write"), posted("bulletin.write")],
    "bulletins/template/file/": [Try("bulletin.write")],
}
SLUGS = {"code": "leader", "figure": "pack", "kind": "html"}
EVERYWHERE = ("", "ledger", "parameter", "risk_point", "indicator", "finding in form", "delivery in form")
"""Things that an address may name and that lie in no division."""


def test_every_route_is_in_the_table() -> None:
    known = {pattern for pattern, _view in routes()}
    assert known - set(ROUTES) == set(), "say in ROUTES how these are tried"
    assert set(ROUTES) - known == set(), "these routes are gone"


class Call:
    """A route, a try and a role: the request, and what must come of it."""

    def __init__(self, pattern: str, attempt: Try, world: World, inside: bool) -> None:
        self.pattern, self.attempt, self.world, self.inside = pattern, attempt, world, inside

    def __str__(self) -> str:
        where = "inside" if self.inside else "far away"
        return f"{self.attempt.method} {self.pattern} [{self.attempt.right}, {where}]"

    @property
    def api(self) -> bool:
        """Whether it is asked with a token."""
        return self.pattern.startswith("api/")

    @property
    def thing(self) -> Any:
        """The object that the address names."""
        kind = self.attempt.thing.removesuffix(" in form")
        return self.world.objects.get((kind, self.inside))

    @property
    def subject(self) -> str:
        """On what the right is needed: a ledger or rule, where the address names one."""
        kind = self.attempt.thing
        if kind == "parameter":
            return parameter_for(self.world.role)
        if kind == "indicator":
            return indicator_for(self.world.role, self.attempt.right)
        if kind == "risk_point":
            return risk_point_for(self.world.role)
        if kind in ("ledger", "view") or kind.startswith("row:"):
            return ledger_for(self.world.role, self.attempt.right if kind != "view" else "ledger.view")
        return ""

    def path(self) -> str:
        """The address."""
        action = "assign" if "findings" in self.pattern else "off" if "robots" in self.pattern else "unlock"
        given = {**SLUGS, "action": action, "ledger": self.subject, "name": self.subject}
        if self.attempt.thing in ("risk_point", "indicator"):
            given["code"] = self.subject
        if self.attempt.thing == "nothing":
            given["pk"] = "987654321"
        thing = self.thing
        if thing is not None and self.attempt.thing in ("trail.view", "trail.export"):
            given["target"], given["number"] = thing
        elif thing is not None:
            given["pk"] = given["number"] = str(thing.pk)
            if self.attempt.thing == "sample":
                given["number"] = "1"
            given["key"] = str(getattr(thing, "key", ""))
        path = self.pattern
        for name, value in given.items():
            for kind in ("", "int:", "str:", "slug:", "uuid:"):
                path = path.replace(f"<{kind}{name}>", value)
        assert "<" not in path, path
        query = ""
        if self.attempt.thing == "division in query":
            query = f"?division={self.world['area', self.inside].code}"
        elif self.attempt.method == "GET" and self.attempt.data:
            query = f"?{urlencode(self.attempt.data)}"
        return f"/{path}{query}"

    def ask(self, client: Client, token: str = "") -> Any:
        """Send it."""
        options: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token else {}
        if self.attempt.method == "GET":
            return client.get(self.path(), **options)
        data = dict(self.attempt.data or {})
        if self.attempt.thing == "finding in form":
            data["f"] = f"{self.thing.pk}:{self.thing.version}"
        if self.attempt.thing == "delivery in form":
            data["d"] = str(self.thing.pk)
        if self.api:
            send = client.put if self.attempt.method == "PUT" else client.post
            return send(self.path(), data, content_type="application/json", **options)
        return client.post(self.path(), data, **options)

    def allowed(self, role: Role) -> bool:
        """Whether the role has the right that the address asks for."""
        right = self.attempt.right
        return right in (OPEN, SIGNED_IN) or role.may(right, self.subject)

    def wrong(self, role: Role) -> str:
        """What is wrong with the answer; nothing where it is right."""
        answer = self.ask(self.world.client, self.world.token if self.api else "")
        status, body = answer.status_code, b"" if answer.streaming else answer.content
        seen = MARKS[False].encode() in body
        if status >= 500:
            return f"{status}"
        if seen:
            return "shows what is far away"
        if not self.allowed(role):
            return "" if status == 403 else f"{status} instead of 403"
        gone = self.attempt.mine or (self._names_something and not (self.inside and self._reaches(role)))
        if gone:
            return (
                ""
                if status in (404, 302 if self.attempt.thing == "" else 404)
                else f"{status} instead of 404"
            )
        if status in (401, 403, 404) and not self._refused_otherwise(status):
            return f"{status} though allowed"
        if status == 302 and answer["Location"].startswith("/account/login"):
            return "sent to the sign-in"
        return ""

    @property
    def _names_something(self) -> bool:
        return self.attempt.thing not in EVERYWHERE

    def _reaches(self, role: Role) -> bool:
        """Whether what lies inside is the holder's to see: bodies and helpers see only what is theirs."""
        if role.sees == "own" and self.attempt.thing.startswith("row:"):
            return bool(self.thing.spec.bodies)
        if role.sees == "own" and self.attempt.thing == "attachment":
            return bool(ledgers()[self.thing.target].bodies) and role.may("evidence.view", self.thing.target)
        if role.sees != "area":
            return False
        if self.attempt.thing == "finding":
            return role.may("finding.view", self.thing.code)
        if self.attempt.thing == "attachment":
            ledger = self.thing.target
            return role.may("evidence.view", ledger) and role.may("ledger.view", ledger)
        if self.attempt.thing in ("trail.view", "trail.export"):
            return visible_events(self.world.user, self.attempt.thing).filter(target=self.thing[0]).exists()
        return True

    def _refused_otherwise(self, status: int) -> bool:
        """Refusals that have other grounds than the right to the route."""
        if FAR in (self.attempt.data or {}).values():  # the form names what is far away
            return status in (403, 404)
        # What is done there has a right of its own besides that of the page.
        steps = self.attempt.method == "POST" and any(
            part in self.pattern for part in ("step", "clear", "parameters/", "register/")
        )
        own = self.attempt.thing == "user" and self.attempt.right == "access.manage"  # holds more elsewhere
        missing = self.pattern.endswith(("small/", "scans/compare"))  # no picture, no two scans
        return (steps and status in (403, 404)) or (own and status == 403) or (missing and status == 404)


def calls(world: World) -> list[Call]:
    """All tries on both sides."""
    return [
        Call(pattern, attempt, world, inside)
        for pattern, attempts in ROUTES.items()
        for attempt in attempts
        for inside in ((True, False) if attempt.thing not in EVERYWHERE[:5] else (True,))
    ]


# Rights are the same on every database; one role of each way of seeing asks PostgreSQL for its SQL.
ROLES = ("leader", "bank", "volunteer", "auditor") if connection.vendor == "postgresql" else sorted(roles())


@pytest.mark.parametrize("code", ROLES)
def test_a_role_gets_what_it_may_and_nothing_else(code: str) -> None:
    role = roles()[code]
    world = build(role)
    assert [held.role.code for held in holdings(world.user)] == [code]
    before = written_to_far(world)
    wrong = []
    for call in calls(world):
        said = call.wrong(role)
        if said:
            wrong.append(f"{call}: {said}")
        if written_to_far(world) != before:
            wrong.append(f"{call}: wrote to what is far away")
            before = written_to_far(world)
        if call.pattern == "account/logout/":
            continue
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("code", ["section_chief", "dibao_worker", "guarantor", "resident", "cashier"])
def test_a_ledger_that_is_not_the_roles_is_closed(code: str) -> None:
    role = roles()[code]
    world = build(role)
    for right in ("ledger.view", "ledger.add", "ledger.export"):
        name = ledger_against(role, right)
        assert name is not None
        page = {"ledger.view": "", "ledger.add": "add/", "ledger.export": "export/"}[right]
        answer = (
            world.client.post(f"/ledgers/{name}/{page}")
            if page == "export/"
            else world.client.get(f"/ledgers/{name}/{page}")
        )
        assert answer.status_code == 403, (code, right, name)


def test_a_visitor_is_sent_to_the_sign_in() -> None:
    world = build(roles()["section_chief"])
    wrong = []
    for call in calls(world):
        answer = call.ask(Client())
        body = b"" if answer.streaming else answer.content
        if any(mark.encode() in body for mark in MARKS.values()):
            wrong.append(f"{call}: shows something")
        if call.attempt.right == OPEN:
            expected = answer.status_code < 500
        elif call.api:
            expected = answer.status_code == 401
        elif call.attempt.method == "POST" and answer.status_code == 405:
            expected = True
        else:
            expected = answer.status_code == 302 and answer["Location"].startswith("/account/login/")
        if not expected:
            wrong.append(f"{call}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_who_holds_no_post_gets_nowhere() -> None:
    world = build(roles()["section_chief"])
    nobody = world["user", True]
    from shouwang import trail
    from shouwang.access.models import Appointment
    from tests.workbench.people import signed_in

    with trail.acting(trail.Actor("command:tests", "t")), trail.change("test.leave"):
        Appointment.objects.filter(user=nobody).delete()
    client = signed_in(nobody)
    for call in calls(world):
        if call.attempt.right in (OPEN, SIGNED_IN) or call.api:
            continue
        assert call.ask(client).status_code == 403, str(call)
