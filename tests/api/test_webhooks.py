"""Webhooks: thin, signed, in order, once; tried again, and dead in the end."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shouwang.api import pushing
from shouwang.api.models import Push, Token, Webhook
from shouwang.trail import change as trail_change
from shouwang.trail import seal
from shouwang.trail.models import Event
from tests.risk.loop.office import ONE, TOWN, TWO, Office, build, found, noticed, signed_in
from tests.workbench.people import signed_in as client_of


class Receiver:
    """A server on this machine that checks signatures as the standard says and keeps what it was told."""

    def __init__(self) -> None:
        self.secret, self.told, self.status = "", [], 204  # type: ignore[var-annotated]
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                said = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
                key = base64.b64decode(receiver.secret.removeprefix("whsec_"))
                right = "v1," + base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
                genuine = hmac.compare_digest(right, self.headers["webhook-signature"])
                receiver.told.append((genuine, self.headers["webhook-id"], json.loads(body)))
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *_arguments: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.server.shutdown()


@pytest.fixture
def office(db: None) -> Office:
    return build()


def hook(
    office: Office, receiver: Receiver, owner: str = "leader", area: str = TOWN, **given: Any
) -> Webhook:
    receiver.secret = pushing.new_secret()
    made = Webhook(
        name="对接", url=receiver.url, events=["finding.*"], division_code=area, owner=office.users[owner]
    )
    for name, value in given.items():
        setattr(made, name, value)
    made.secret = receiver.secret
    with signed_in(office.admin), trail_change("webhook.add"):
        made.save()
    return made


def act(office: Office, number: int) -> None:
    """Somebody comments on a finding: an event of that finding."""
    from shouwang.risk.loop import steps

    with signed_in(office.chief):
        steps.take(office.chief, "comment", number, text="请尽快")


def test_an_event_is_told_once_thin_and_signed(office: Office, receiver: Receiver) -> None:
    hook(office, receiver)
    (finding,) = found(noticed())
    act(office, finding.pk)
    assert pushing.collect() == 0, "unsealed events are not told"
    seal.seal()
    assert pushing.collect() > 0 and pushing.collect() == 0
    pushing.send_waiting()
    assert receiver.told and all(genuine for genuine, _id, _body in receiver.told)
    said = next(body for _g, _i, body in receiver.told if body["type"] == "finding.comment")
    assert said["data"]["id"] == str(finding.pk) and said["data"]["division_code"] == ONE
    assert set(said) == {"id", "type", "timestamp", "data"} and "请尽快" not in json.dumps(receiver.told)
    told = len(receiver.told)
    pushing.send_waiting()
    assert len(receiver.told) == told


def test_only_what_lies_in_its_area_and_its_owner_may_see(office: Office, receiver: Receiver) -> None:
    hook(office, receiver, owner="leader", area=TWO)
    (finding,) = found(noticed())
    act(office, finding.pk)
    seal.seal()
    assert pushing.collect() == 0
    hook(office, receiver, owner="admin", area=TOWN)
    act(office, finding.pk)
    seal.seal()
    assert pushing.collect() == 0, "an administrator sees no findings, so is told of none"


def test_what_is_not_taken_is_tried_again_and_dead_in_the_end(office: Office, receiver: Receiver) -> None:
    made = hook(office, receiver)
    receiver.status = 500
    (finding,) = found(noticed())
    act(office, finding.pk)
    seal.seal()
    pushing.collect()
    first = Push.objects.filter(webhook=made).order_by("pk").first()
    assert first is not None
    for _turn in range(len(pushing.PAUSES)):
        pushing.send_waiting()
        Push.objects.update(next_try=timezone.now() - timedelta(minutes=1))
    first.refresh_from_db()
    assert first.status == Push.Status.DEAD and first.attempts == len(pushing.PAUSES)
    assert len({i for _g, i, _b in receiver.told}) == Push.objects.count(), "each keeps its id over all tries"
    receiver.status = 204
    with signed_in(office.admin):
        assert pushing.again(made) == Push.objects.count()
    pushing.send_waiting()
    first.refresh_from_db()
    assert first.status == Push.Status.SENT


def test_signatures_are_those_of_the_standard() -> None:
    # The example of the specification (standardwebhooks.com, symmetric signature).
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    made = pushing.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_pages_make_and_end_tokens(office: Office) -> None:
    client = Client()
    client.force_login(office.leader)
    if client.get("/connect/tokens/").status_code == 403:
        client.force_login(office.inspector)
    page = client.get("/connect/tokens/")
    assert page.status_code == 200, page
    made = client.post(
        "/connect/tokens/", {"name": "大屏", "rights": ["finding.view"], "subjects": "", "days": 30}
    )
    token = Token.objects.get()
    assert b"sw_" in made.content and made["cache-control"] == "no-store"
    assert b"sw_" not in client.get("/connect/tokens/").content
    client.post(f"/connect/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert not token.usable
    more = {"name": "x", "rights": ["access.manage"], "days": 30}
    assert client.post("/connect/tokens/", more).status_code == 200 and Token.objects.count() == 1
    client.force_login(office.grid)
    assert client.post(f"/connect/tokens/{token.pk}/revoke/").status_code in (403, 404)


def test_the_secret_of_a_webhook_is_shown_once(office: Office) -> None:
    client = Client()
    client.force_login(office.admin)
    area = office.posts["admin"].area
    body = {
        "name": "大屏",
        "url": "https://example.test/h",
        "events": ["finding.*"],
        "area": area.pk,
        "active": "on",
    }
    made = client.post("/connect/webhooks/add/", body)
    kept = Webhook.objects.get()
    assert kept.secret.encode() in made.content and kept.secret not in kept.sealed_secret
    assert kept.secret.encode() not in client.get(f"/connect/webhooks/{kept.pk}/").content
    assert client.post("/connect/webhooks/add/", {**body, "url": "file:///etc/passwd"}).status_code == 200
    assert Webhook.objects.count() == 1
    client.force_login(office.dibao)
    assert client.get("/connect/webhooks/").status_code == 403


def test_what_could_not_be_told_is_seen_tried_again_or_given_up_with_a_reason(
    office: Office, receiver: Receiver
) -> None:
    made = hook(office, receiver)
    receiver.status = 404
    for finding in found(noticed(), noticed(subject="乙")):
        act(office, finding.pk)
    seal.seal()
    pushing.collect()
    for _turn in range(len(pushing.PAUSES)):
        pushing.send_waiting()
        Push.objects.update(next_try=timezone.now() - timedelta(minutes=1))
    dead = list(pushing.dead_of(made))
    assert len(dead) >= 2 and {push.error for push in dead} == {"HTTP 404"}  # and no address
    client = client_of(office.admin)
    address = f"/connect/webhooks/{made.pk}/undelivered/"
    page = client.get(address).content.decode()
    assert f"{dead[0].event} · " in page and "HTTP 404" in page and made.url not in page
    first, second = dead[:2]
    told = client.post(address, {"act": "drop", "d": [first.pk], "reason": " "}, follow=True)
    assert "放弃须写明理由" in told.content.decode()
    assert "没有选中" in client.post(address, {"act": "again"}, follow=True).content.decode()
    assert {p.status for p in Push.objects.filter(webhook=made)} == {"dead"}
    client.post(address, {"act": "drop", "d": [first.pk], "reason": "对方系统已停用"})
    client.post(address, {"act": "again", "d": [second.pk, "x"]})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status, second.attempts) == ("dropped", "waiting", 0)
    event = Event.objects.get(action="webhook.drop")
    assert event.reason == "对方系统已停用" and json.loads(event.body)["events"] == [first.event]
    # What was given up is not put on its way again.
    with signed_in(office.admin):
        pushing.again(made)
    first.refresh_from_db()
    assert first.status == "dropped"
    with pytest.raises(ValueError, match="reason"):
        pushing.drop(made, [second.pk], " ")
