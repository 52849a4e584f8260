"""Pages of robots and of what could not be delivered: secrets stay sealed, nobody's message is shown."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from shouwang import trail
from shouwang.access.models import Area
from shouwang.inbox import sending
from shouwang.inbox.models import Delivery, Robot
from shouwang.trail.models import Event
from tests.inbox.vendors import SECRET, TOKEN, Vendors, vendors
from tests.risk.loop.office import ONE, SYSTEM, TOWN, Office, build
from tests.workbench.people import appoint, signed_in


@pytest.fixture
def office(db: None) -> Office:
    return build()


@pytest.fixture
def groups(settings: Any) -> Iterator[Vendors]:
    with vendors() as state:
        settings.ROBOT_HOSTS = [state.host]
        yield state


@pytest.fixture
def client(office: Office) -> Client:
    return signed_in(office.admin)


def text(response: Any) -> str:
    return str(response.content.decode())


def given(groups: Vendors, **more: Any) -> dict[str, Any]:
    """What an administrator fills in."""
    return {
        "name": "办公室群",
        "vendor": "dingtalk",
        "area": str(Area.objects.get(code=TOWN).pk),
        "address": groups.url("dingtalk"),
        "secret": SECRET,
        "kinds": ["finding.escalated", "digest"],
        **more,
    }


def test_a_robot_is_added_tested_and_switched_off(client: Client, groups: Vendors) -> None:
    added = client.post("/robots/add/", given(groups), follow=True)
    robot = Robot.objects.get()
    page = text(added)
    assert "已保存" in page and robot.division_code == TOWN and robot.active
    # What was entered is sealed, and never shown again.
    assert TOKEN not in page and SECRET not in page and "已封存，不再显示" in page
    assert robot.address == groups.url("dingtalk") and TOKEN not in robot.sealed_address
    assert "测试消息已发出" in text(client.post(f"/robots/{robot.pk}/do/test/", follow=True))
    assert len(groups.taken) == 1 and "办公室群" in groups.taken[0][1]
    # Left empty, address and secret stay as they are.
    client.post(f"/robots/{robot.pk}/", given(groups, name="新群", address="", secret=""))
    robot.refresh_from_db()
    assert (robot.name, robot.address, robot.secret) == ("新群", groups.url("dingtalk"), SECRET)
    assert "已停用" in text(client.post(f"/robots/{robot.pk}/do/off/", follow=True))
    robot.refresh_from_db()
    assert not robot.active and "停用" in text(client.get("/robots/"))
    client.post(f"/robots/{robot.pk}/do/on/")
    robot.refresh_from_db()
    assert robot.active and client.post(f"/robots/{robot.pk}/do/else/").status_code == 404
    actions = set(Event.objects.filter(target="inbox.robot").values_list("action", flat=True))
    assert actions == {"robot.add", "robot.change", "robot.switch", "robot.test"}
    told = " ".join(Event.objects.values_list("body", flat=True))
    assert TOKEN not in told and SECRET not in told


def test_a_test_message_that_is_refused_says_why_and_not_where(client: Client, groups: Vendors) -> None:
    client.post("/robots/add/", given(groups, secret="wrong"))
    robot = Robot.objects.get()
    page = text(client.post(f"/robots/{robot.pk}/do/test/", follow=True))
    assert "测试消息没有发出" in page and "sign not match" in page and TOKEN not in page
    assert json.loads(Event.objects.get(action="robot.test").body)["why"]
    with trail.acting(SYSTEM), trail.change("test.seal"):
        robot.sealed_address = "AAAA"
        robot.save()
    assert "请重新填写" in text(client.post(f"/robots/{robot.pk}/do/test/", follow=True))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"address": "https://example.org/hook"}, "oapi.dingtalk.com"),
        ({"address": ""}, "invalid-feedback"),
        ({"kinds": ["finding.mention"]}, "invalid-feedback"),
        ({"area": "987654"}, "invalid-feedback"),
        ({"vendor": "smoke"}, "invalid-feedback"),
    ],
)
def test_what_can_not_be_is_said_beside_the_field(
    client: Client, groups: Vendors, wrong: dict[str, Any], said: str
) -> None:
    assert said in text(client.post("/robots/add/", given(groups, **wrong)))
    assert not Robot.objects.exists()


def test_another_vendor_needs_another_address(client: Client, groups: Vendors) -> None:
    client.post("/robots/add/", given(groups))
    robot = Robot.objects.get()
    page = text(client.post(f"/robots/{robot.pk}/", given(groups, vendor="wecom", address="", secret="")))
    assert "请填写新的地址" in page
    robot.refresh_from_db()
    assert robot.vendor == "dingtalk"


def dead(office: Office, groups: Vendors) -> tuple[Delivery, Delivery]:
    """A message to a group and one to a person that were given up, with personal words in them."""
    with trail.acting(SYSTEM), trail.change("test.robot"):
        robot = Robot(name="群", vendor="wecom", division_code=ONE, kinds=["digest"])
        robot.address = groups.url("wecom", token="gone")
        robot.save()
        office.dibao.email = "li.si@example.org"
        office.dibao.save()
    one = sending.dispatch("主题甲", "正文甲", robot=robot)
    assert not sending.attempt(one.pk)
    other = sending.dispatch("主题乙", "正文乙", user=office.dibao)
    return one, other


def test_what_could_not_be_sent_is_seen_without_its_words(
    office: Office, client: Client, groups: Vendors, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({"li.si@example.org": (550, b"li.si@example.org unknown")})

    one, other = dead(office, groups)
    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    monkeypatch.setattr(sending, "PAUSES", (0,))
    assert not sending.attempt(other.pk)
    page = text(client.get("/undelivered/"))
    assert "93000" in page and "SMTPRecipientsRefused" in page and page.count("sw-sev") == 0
    for hidden in ("主题甲", "正文甲", "主题乙", "正文乙", "li.si", "gone"):
        assert hidden not in page, hidden
    # Whoever manages another place sees neither.
    elsewhere = signed_in(appoint("elsewhere", "别处", "administrator", "220201003004000"))
    assert "93000" not in text(elsewhere.get("/undelivered/"))
    elsewhere.post("/undelivered/", {"act": "drop", "d": [one.pk, other.pk], "reason": "x"})
    assert Delivery.objects.filter(status="dead").count() == 2
    assert signed_in(office.chief).get("/undelivered/").status_code == 403


def test_it_is_tried_again_or_given_up_with_a_reason(office: Office, client: Client, groups: Vendors) -> None:
    one, other = dead(office, groups)
    Delivery.objects.filter(pk=other.pk).update(status="dead", attempts=5, error="ConnectionError")
    assert "没有选中消息" in text(client.post("/undelivered/", {"act": "again"}, follow=True))
    kept = client.post("/undelivered/", {"act": "drop", "d": [one.pk], "reason": ""}, follow=True)
    assert "放弃须写明理由" in text(kept) and Delivery.objects.filter(status="dead").count() == 2
    client.post("/undelivered/", {"act": "drop", "d": [one.pk], "reason": "群已解散"})
    client.post("/undelivered/", {"act": "again", "d": [other.pk]})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, other.status, other.attempts) == ("dropped", "waiting", 0)
    event = Event.objects.get(action="delivery.drop")
    assert event.reason == "群已解散" and event.division_code == ONE and event.target_id == str(one.pk)
    # Who comes second does nothing.
    with trail.acting(SYSTEM):
        assert sending.drop("又一次", one) == 0 and sending.again(one, other) == 0
        with pytest.raises(ValueError, match="reason"):
            sending.drop(" ", one)
    assert sending.attempt(other.pk) and mail.outbox[-1].to == ["li.si@example.org"]
    assert "没有未能发出的消息" in text(client.get("/undelivered/"))
