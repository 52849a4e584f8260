"""An installation for the tests in a browser: the example's divisions, a user for every role, some findings.

``python -m tests.workbench.stage`` makes it in ``SHOUWANG_HOME`` and prints ``{role: session key}`` as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LEVELS = ("township", "community", "county", "grid", "prefecture")
FINDINGS = 90


def main() -> None:
    """Make it and print the sessions."""
    from shouwang.cli.main import set_up_django

    set_up_django()
    from shouwang import trail
    from shouwang.cli.init import make_home

    make_home()
    with trail.acting(trail.Actor("command:tests", "tests")):
        sessions = people()
        findings()
        scans()
        undelivered()
    print(json.dumps(sessions))


def people() -> dict[str, str]:
    """Divisions, outlines, and one user a role where the role may be."""
    from shouwang import trail
    from shouwang.access.models import Area
    from shouwang.access.roles import roles
    from shouwang.cli import founding
    from shouwang.workbench.figures import boundaries
    from tests.workbench.people import appoint, session_of

    with trail.change("access.test"):
        founding.settle(founding.read_divisions(EXAMPLES / "divisions.csv"))
    boundaries.take((EXAMPLES / "grids.geojson").read_bytes(), "x", ranges=[("0", "9" * 15)], skip=False)
    areas: dict[str, Area] = {}
    for area in Area.objects.order_by("code"):
        areas.setdefault(area.level.name.lower(), area)
    sessions = {}
    for role in roles().values():
        level = next((name for name in LEVELS if name in (role.levels or LEVELS) and name in areas), None)
        if level is not None:
            body = "某单位" if role.sees == "own" or role.needs_organisation else ""
            user = appoint(role.code, role.label, role.code, areas[level].code, organisation=body)
            sessions[role.code] = session_of(user)
    return sessions


def findings() -> None:
    """Findings of many rules, places and ages, in several states; a row of a ledger proves them."""
    from django.utils import timezone

    from shouwang import trail
    from shouwang.access.models import Area, Post
    from shouwang.registry.models import Person
    from shouwang.risk.catalogue import rules
    from shouwang.risk.models import EvidenceRow
    from tests.workbench.recorded import finding

    codes = sorted(rules())
    places = [a.code for a in Area.objects.order_by("code") if a.level.name in ("COMMUNITY", "GRID")]
    posts = list(Post.objects.filter(role__in=["community_staff", "dibao_worker", "grid_worker"]))
    today = timezone.localdate()
    with trail.change("ledger.test"):
        person = Person(
            division_code=places[0], person="999901199302086027", name="张三丰", household_no="HK00100001",
            relation="户主", address="云溪路一号一幢一单元一〇一室", phone="19000000000",
        )  # fmt: skip
        person.save()
    for k in range(FINDINGS):
        rule = rules()[codes[k * 7 % len(codes)]]
        found = today - dt.timedelta(days=k * 4)
        status = ("new", "assigned", "rectifying", "submitted", "verified")[k % 5]
        made = finding(
            rule.code,
            places[k % len(places)],
            title=rule.title,
            severity=rule.severity.value,
            found=found,
            status=status,
            post=None if status == "new" else posts[k % len(posts)],
            due=found + dt.timedelta(days=30),
            **({"closed": today} if k % 6 == 0 else {}),
        )
        with trail.change("finding.test"):
            EvidenceRow.objects.create(
                finding=made, ledger="registry.person", record=person.pk, file="01户籍.xlsx", sheet="户籍",
                row=3,
            )  # fmt: skip


def scans() -> None:
    """Two scans, so that there is a report to take and something to compare."""
    from shouwang.risk.models import ScanRun
    from shouwang.risk.scans import requests, running

    for _k in range(2):
        running.run_scan(requests.request(ScanRun.Trigger.PERSON, whole=True).pk)


def undelivered() -> None:
    """A robot, and messages to its group and to a webhook that could not be delivered."""
    from django.utils import timezone

    from shouwang import trail
    from shouwang.access.models import Appointment
    from shouwang.api.models import Push, Webhook
    from shouwang.inbox.models import Delivery, Robot

    held = Appointment.objects.select_related("post__area", "user").get(user__username="administrator")
    code = held.post.area.code
    with trail.change("test.sending"):
        robot = Robot(name="街道办公室群", vendor="wecom", division_code=code, kinds=["digest"])
        robot.address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=invented"
        robot.save()
        hook = Webhook(name="市级平台", url="https://example.org/hook", division_code=code, owner=held.user)
        hook.secret = "whsec_invented"
        hook.save()
    for status in ("dead", "dead", "waiting"):
        Delivery.objects.create(
            robot=robot, subject="x", body="x", status=status, attempts=5, error="ConnectTimeout",
            next_try=timezone.now(),
        )  # fmt: skip
    Push.objects.create(
        webhook=hook, event=1, body='{"type": "finding.assign"}', status="dead", attempts=5, error="HTTP 404"
    )


if __name__ == "__main__":
    main()
