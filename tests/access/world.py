"""A small world for one role: its holder, and two of everything, one within reach and one far away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone
from PIL import Image

from shouwang import trail
from shouwang.access.models import Appointment, Area, Post, User
from shouwang.access.rights import RIGHTS
from shouwang.access.roles import Role
from shouwang.api import tokens
from shouwang.api.models import Webhook
from shouwang.evidence import store
from shouwang.inbox.models import Delivery, Robot
from shouwang.indicator.catalogue import indicators
from shouwang.ledger.base import Ledger
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.models import SavedView, Upload
from shouwang.risk.catalogue import parameters, rules
from shouwang.risk.models import AuditSample, SampleItem
from shouwang.risk.risk_points import risk_points
from shouwang.risk.sampling.paper import as_texts
from shouwang.risk.sampling.plan import Plan
from shouwang.trail.models import Event
from shouwang.workbench.bulletin.facts import sample
from shouwang.workbench.models import Bulletin
from tests.workbench.people import signed_in
from tests.workbench.recorded import finding

# The place of a post by the level of its role: each holds the grid inside, none the grid far away.
PLACES = {
    "province": "110000000000000",
    "prefecture": "110100000000000",
    "county": "110101000000000",
    "township": "110101001000000",
    "community": "110101001001000",
    "grid": "110101001001001",
}
INSIDE, FAR = PLACES["grid"], "220201003004001"
MARKS = {True: "近处标记", False: "远处标记"}
ME = trail.Actor("command:tests", "测试")
MINE, OTHERS = "甲机构", "乙机构"
"""The body that the holder of a role of bodies stands for, and another one in the same place."""


def picture() -> BytesIO:
    """A small photo."""
    made = BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, "PNG")
    made.seek(0)
    return made


SAMPLES: dict[str, Any] = {
    **dict.fromkeys(("text", "code", "name", "phone", "account"), "某"),
    "id": "110101199003077758",
    **dict.fromkeys(("date", "month"), dt.date(2023, 5, 1)),
    "datetime": dt.datetime(2023, 5, 1, 9, tzinfo=dt.UTC),
    **dict.fromkeys(("money", "number", "percent", "int"), 1),
    "bool": False,
}


@dataclass
class World:
    """What a route is tried on. Objects are by kind and by whether they lie inside."""

    role: Role
    user: User
    client: Client
    token: str
    objects: dict[tuple[str, bool], Any] = field(default_factory=dict)

    def __getitem__(self, key: tuple[str, bool]) -> Any:
        return self.objects[key]


def ledger_for(role: Role, right: str) -> str:
    """A ledger on which the role has the right, or any at all."""
    return next((name for name in ledgers() if role.may(right, name)), "registry.person")


def ledger_against(role: Role, right: str) -> str | None:
    """A ledger on which the role does not have the right."""
    return next((name for name in ledgers() if not role.may(right, name)), None)


def rule_for(role: Role, right: str) -> str:
    """A rule on whose findings the role has the right, or any at all."""
    return next((code for code in rules() if role.may(right, code)), "assistance.paid-after-death")


def parameter_for(role: Role) -> str:
    """A parameter that the role may view, or any at all."""
    return next((name for name in parameters() if role.may("parameter.view", name)), next(iter(parameters())))


def risk_point_for(role: Role) -> str:
    """A risk point that the role may view, or any at all."""
    return next((c for c in risk_points() if role.may("risk_point.view", c)), next(iter(risk_points())))


def indicator_for(role: Role, right: str) -> str:
    """An indicator on which the role has the right, or any at all."""
    return next((code for code in indicators() if role.may(right, code)), next(iter(indicators())))


def trailed_for(role: Role, right: str) -> str:
    """Something on whose events the role has the right, or any at all."""
    known = [*ledgers(), "access.user"]
    return next((name for name in known if role.may(right, name)), "registry.person")


def row(name: str, code: str, mark: str, body: str = "", /, **given: Any) -> Ledger:
    """A row of a ledger that says ``mark``, and is the body's where the ledger names bodies."""
    spec = ledgers()[name]
    values: dict[str, Any] = {n: SAMPLES[f.kind] for n, f in spec.fields.items() if not f.null}
    values |= {n: next(iter(f.values)) for n, f in spec.fields.items() if not f.null and f.values}
    plain = [n for n, f in spec.fields.items() if f.kind == "text" and n != "division" and not f.values]
    text = next((n for n in plain if n not in spec.bodies), "")
    if text:
        values[text] = mark
    values |= {n: body for n in spec.bodies if body}
    values |= {"division": mark, "division_code": code, **given}
    made: Ledger = spec.model(**values)
    made.save()
    return made


def _another(name: str) -> dict[str, Any]:
    """What makes a row of a ledger another record than the sample."""
    spec = ledgers()[name]
    codes = [n for n in spec.key if n in spec.fields and spec.fields[n].kind in ("code", "name", "text")]
    told = {n: "另" for n in codes if n != "division" and n not in spec.bodies and not spec.fields[n].values}
    return told | {n: "110101196005014421" for n in spec.key if n in spec.persons}


def rows_for_sample(role: Role, rows: dict[str, Ledger], code: str, mark: str) -> Ledger:
    """A row of a ledger that the role may sample, or of any."""
    name = ledger_for(role, "sample.make")
    return rows.setdefault(name, rows.get(name) or row(name, code, mark))


def sample_of(drawn: Ledger, maker: User, mark: str) -> AuditSample:
    """A sample of that row alone."""
    plan = Plan(drawn.spec.name, "random", "种子", size=1, population=1)
    sample = AuditSample(ledger=plan.ledger, division_code=drawn.division_code, plan=as_texts(plan))
    sample.seed, sample.frame, sample.population = plan.seed, "0" * 64, 1
    sample.made_by, sample.purpose = maker, mark
    sample.save()
    SampleItem(sample=sample, number=1, record=drawn.pk).save()
    return sample


def _person(name: str, code: str) -> tuple[User, Post, Appointment]:
    user = User(username=f"{name}-{code}", name=f"{name}{MARKS[code == INSIDE]}")
    user.set_unusable_password()
    user.save()
    post = Post(role="grid_worker", title=f"网格员{MARKS[code == INSIDE]}", area=Area.objects.get(code=code))
    post.save()
    held = Appointment(post=post, user=user, start=dt.date(2020, 1, 1))
    held.save()
    return user, post, held


def build(role: Role) -> World:
    """The world of a role."""
    with trail.acting(ME), trail.change("test.setup"):
        for code in (*PLACES.values(), FAR):
            Area(code=code, name=f"地{code[:3]}{len(code.rstrip('0'))}").save()
        place = PLACES[role.levels[0] if role.levels else "community"]
        user = User(username="me", name="本人")
        user.set_password("a-password-of-the-world")
        user.save()
        own = {"organisation": MINE} if role.sees == "own" or role.needs_organisation else {}
        post = Post(role=role.code, title=role.label, area=Area.objects.get(code=place), **own)
        post.full_clean()
        post.save()
        Appointment(post=post, user=user, start=dt.date(2020, 1, 1)).save()
        _token, text = tokens.issue(user, "t", list(RIGHTS))
        world = World(role, user, signed_in(user, raise_request_exception=False), text)
        for inside in (True, False):
            _fill(world, inside)
    return world


def _fill(world: World, inside: bool) -> None:
    code, mark, role, things = INSIDE if inside else FAR, MARKS[inside], world.role, world.objects
    rights = ("view", "add", "change", "delete", "export", "unmask")
    wanted = [*(f"ledger.{right}" for right in rights), "evidence.view", "evidence.add"]
    rows: dict[str, Ledger] = {}
    for right in wanted:
        name = ledger_for(role, right)
        if name not in rows:
            rows[name] = row(name, code, mark, MINE if inside else OTHERS)
            if inside and role.sees == "own" and ledgers()[name].bodies:  # in the same place lies another's
                row(name, code, MARKS[False], OTHERS, **_another(name))
        things[f"row:{right}", inside] = rows[name]
    cited = rows[ledger_for(role, "evidence.view")]
    kept = store.keep(picture(), f"{mark}.png")
    things["attachment", inside] = store.attach(kept, cited.spec.name, cited.pk, division_code=code)
    things["finding", inside] = finding(rule_for(role, "finding.view"), code, title=mark, sentence=mark)
    things["user", inside], things["post", inside], things["appointment", inside] = _person("他", code)
    things["area", inside] = Area.objects.get(code=code)
    for right in ("trail.view", "trail.export"):
        target = trailed_for(role, right)
        things[right, inside] = (target, f"{mark}-{right}")
        trail.record("ledger.unmask", target, f"{mark}-{right}", division_code=code, reason=mark)
    other = things["user", inside]
    things["sample", inside] = sample_of(rows_for_sample(role, rows, code, mark), other, mark)
    about = {
        "month": dt.date(2023, 5, 1),
        "title": mark,
        "facts": sample(),
        "content": b"PK",
        "sha256": "0" * 64,
    }
    things["bulletin", inside] = Bulletin(division_code=code, made_by=other, **about)
    things["bulletin", inside].save()
    things["webhook", inside] = Webhook(name=mark, url="https://example.org/", division_code=code)
    things["webhook", inside].owner = world.user
    things["webhook", inside].save()
    robot = Robot(name=mark, vendor="wecom", division_code=code, kinds=["digest"])
    robot.address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x"
    robot.save()
    things["robot", inside] = robot
    things["delivery", inside] = Delivery.objects.create(
        robot=robot, subject=mark, body=mark, status="dead", error=mark, next_try=timezone.now()
    )
    things["token", inside] = tokens.issue(other, mark, ["token.own"])[0]
    things["view", inside] = SavedView(user=other, ledger=ledger_for(role, "ledger.view"), title=mark)
    things["view", inside].save()
    things["upload", inside] = Upload(user=other)
    things["upload", inside].save()
    things["session", inside] = UserSession.objects.create(
        user=other, ip="10.0.0.1", session_key=f"other{inside}", user_agent=mark, created_at=timezone.now()
    )


def written_to_far(world: World) -> int:
    """How many events there are in the division far away: none may be added by any try."""
    return Event.objects.filter(division_code=FAR).exclude(action="ledger.unmask").count()
