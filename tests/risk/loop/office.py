"""A small office for tests of the loop: a town with two communities, its posts and who holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from shouwang.access.middleware import actor_of
from shouwang.access.models import Appointment, Area, Post, User
from shouwang.risk import values
from shouwang.risk.loop.intake import Cited, Noticed, enter, identity
from shouwang.risk.loop.responsible import Register
from shouwang.risk.models import Finding, Source
from shouwang.trail import Actor, acting, change

TOWN, ONE, TWO = "110101001000000", "110101001001000", "110101001002000"
GRID = "110101001001001"
RULE = "assistance.paid-after-death"
SECRET = "integrity.no-office-meeting"

PEOPLE = {
    # name: (role, title, area)
    "leader": ("leader", "主任", TOWN),
    "chief": ("section_chief", "民政科长", TOWN),
    "chief2": ("section_chief", "民政科副科长", TOWN),
    "dibao": ("dibao_worker", "低保专干", ONE),
    "dibao2": ("dibao_worker", "低保专干", ONE),
    "other": ("dibao_worker", "低保专干", TWO),
    "grid": ("grid_worker", "网格员", GRID),
    "inspector": ("discipline_inspector", "纪工委干部", TOWN),
    "safety": ("safety_office", "安监站长", TOWN),
    "admin": ("administrator", "管理员", TOWN),
}
SYSTEM = Actor("job:tests", "测试")


@dataclass
class Office:
    """The office; people and posts by name."""

    users: dict[str, User] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None


def build() -> Office:
    """Make areas, posts and appointments."""
    made = Office()
    with acting(SYSTEM), change("access.setup"):
        names = {TOWN: "望河街道", ONE: "云溪社区", TWO: "柳岸社区", GRID: "第一网格"}
        areas = {code: Area.objects.create(code=code, name=name) for code, name in names.items()}
        for name, (role, title, code) in PEOPLE.items():
            user = User.objects.create(username=name, name=name)
            same = [p for p in made.posts.values() if (p.role, p.title, p.area.code) == (role, title, code)]
            post = same[0] if same else Post.objects.create(role=role, title=title, area=areas[code])
            Appointment.objects.create(post=post, user=user, start=dt.date(2020, 1, 1))
            made.users[name], made.posts[name] = user, post
    return made


@contextmanager
def signed_in(user: User) -> Iterator[None]:
    """Act as a user, as a request does."""
    with acting(actor_of(user)):
        yield


def noticed(code: str = RULE, subject: str = "甲", division_code: str = ONE, **given: Any) -> Noticed:
    """What a scan would have found."""
    values_ = {
        "source": Source.RULE.value,
        "code": code,
        "identity": identity(code, subject, ""),
        "subject": subject,
        "title": "已故人员仍领取低保金",
        "sentence": f"{subject}*于2023年7月去世，仍发放",
        "severity": "high",
        "division_code": division_code,
        "on": dt.date(2023, 7, 1),
    }
    evidence = given.pop("evidence", (Cited("assistance.payment", 1, "发放表.xlsx", "7月", 12),))
    return Noticed({**values_, **given}, evidence)


def found(*these: Noticed) -> list[Finding]:
    """Let findings in as a scan does."""
    with acting(SYSTEM), change("scan.record") as doing:
        return enter(these, doing=doing, register=Register(), parameters=values.in_force())


def days(count: int) -> dt.date:
    """So many days from today."""
    return timezone.localdate() + dt.timedelta(days=count)
