"""Pages of the trail: what happened, within one's scope; evidence; who saw a person's file; the seals."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shouwang import trail
from shouwang.access.models import User
from shouwang.ledger.identity import person_index
from shouwang.trail.models import Event
from shouwang.trail.seal import forget, seal
from tests.workbench.people import appoint, signed_in

TOWN, EAST, WEST = "110101001000000", "110101001001000", "110101001002000"
NUMBER = "110101199003077758"


@pytest.fixture
def keeper(db: None) -> User:
    forget()
    with trail.acting(trail.Actor("user:3", "赵敏", "低保工作人员")):
        for number, code in ((1, EAST), (2, WEST)):
            with trail.change("ledger.change", reason=f"调标{number}") as change:
                change.note(
                    "assistance.payment",
                    number,
                    {"amount": ["560.00", "580.00"]},
                    division_code=code,
                    person=person_index(NUMBER),
                )
    return appoint("keeper", "审计员", "trail_keeper", TOWN)


@pytest.fixture
def client(keeper: User) -> Client:
    return signed_in(keeper)


@pytest.fixture
def worker(keeper: User) -> Client:
    return signed_in(appoint("dong", "东工", "dibao_worker", EAST))


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_shows_who_did_what_and_why(client: Client) -> None:
    page = text(client.get("/trail/"))
    assert "赵敏" in page and "调标1" in page and "调标2" in page and "560.00 → 580.00" in page


def test_the_list_is_narrowed_and_paged(client: Client) -> None:
    assert "调标1" in text(client.post("/trail/", {"who": "赵敏", "action": ""}))
    assert "调标1" not in text(client.post("/trail/", {"who": "别人"}))
    assert "调标1" not in text(client.post("/trail/", {"until": "2001-01-01", "since": "2000-01-01"}))
    assert "调标1" not in text(client.post("/trail/", {"action": "access.appoint"}))
    with trail.acting(trail.Actor("user:3", "赵敏")):
        for _ in range(60):
            trail.record("ledger.unmask")
    first = client.get("/trail/")
    second = client.post("/trail/", {"before": first.context["before"]})
    shown = [event.pk for page in (first, second) for event in page.context["rows"]]
    assert shown == sorted(set(shown), reverse=True) and len(shown) == Event.objects.count()


def test_who_is_elsewhere_sees_nothing_of_it(worker: Client) -> None:
    page = text(worker.get("/trail/"))
    assert "调标1" in page and "调标2" not in page
    assert worker.get("/trail/assistance.payment/1/").status_code == 200
    assert worker.get("/trail/assistance.payment/2/").status_code == 404
    assert worker.get("/trail/assistance.payment/99/").status_code == 404


def test_a_record_is_exported_as_evidence_with_a_reason(client: Client, worker: Client) -> None:
    there = "/trail/assistance.payment/1/evidence/"
    assert client.post(there, {"reason": ""})["Location"] == "/trail/assistance.payment/1/"
    answer = client.post(there, {"reason": "信访复核"})
    assert answer["Content-Type"] == "application/zip" and NUMBER not in answer["Content-Disposition"]
    names = zipfile.ZipFile(BytesIO(answer.content)).namelist()
    assert names == ["evidence.json", "evidence.html", "check_evidence.py"]
    assert Event.objects.get(action="trail.evidence").reason == "信访复核"
    assert worker.post(there, {"reason": "x"}).status_code == 403
    forget()


def test_who_saw_a_person_is_asked_by_post_and_leaves_an_event(client: Client, worker: Client) -> None:
    assert client.get("/trail/seen/").status_code == 200
    answer = client.post("/trail/seen/", {"id_number": NUMBER, "reason": "本人申请"})
    page = text(answer)
    assert "调标1" in page and "调标2" in page
    assert NUMBER not in page, "the number does not come back"
    event = Event.objects.get(action="trail.seen")
    assert event.person == person_index(NUMBER) and NUMBER not in event.body + event.reason
    theirs = text(worker.post("/trail/seen/", {"id_number": NUMBER, "reason": "核实"}))
    assert "调标1" in theirs and "调标2" not in theirs
    wrong = client.post("/trail/seen/", {"id_number": "110101199003077759", "reason": "x"})
    assert "校验码" in text(wrong)
    assert Event.objects.filter(action="trail.seen").count() == 2


def test_the_seals_of_the_days_are_shown(client: Client) -> None:
    assert "还没有封印" in text(client.get("/trail/seals/"))
    seal()
    page = text(client.get("/trail/seals/"))
    assert timezone.localdate().isoformat() in page and re.search(r"<code>([0-9a-f]{8} ?){8}</code>", page)
    forget()


def test_they_speak_english(client: Client) -> None:
    client.post("/language/", {"language": "en"})
    for path in ("/trail/", "/trail/seen/", "/trail/seals/", "/trail/access.user/1/"):
        body = text(client.get(path))
        for data in (
            "云溪街道",
            "审计员",
            "赵敏",
            "调标1",
            "调标2",
            "低保工作人员",
            "简体中文",
            "中文",
            "低保金发放表",
        ):
            body = body.replace(data, "")
        assert not re.findall("[\u3400-\u9fff]{2,}", body), path
