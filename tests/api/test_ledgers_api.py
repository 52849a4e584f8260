"""Ledgers over HTTP: masked, in scope, with the checks of the reader."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shouwang.ledger.identity import person_index
from shouwang.registry.models import Death
from shouwang.trail.models import Event
from tests.api.calling import Caller, problem
from tests.risk.loop.office import ONE, Office, build, signed_in

ID, OTHER = "999901199302086027", "999914200911266389"
ALL = ["ledger.view", "ledger.add", "ledger.change", "ledger.unmask"]
PATH = "/ledgers/registry.death"


@pytest.fixture
def office(db: None) -> Office:
    return build()


def record(person: str = ID, division: str = ONE, **values: str) -> dict[str, Any]:
    told = {"name": "郗慧秀", "person": person, "died_on": "2023年7月5日", "phone": "13800138000"}
    return {"division_code": division, "values": {**told, **values}}


def may_write(office: Office) -> Caller:
    """A user of the little office who may add to the register of deaths, whoever the roles say that is."""
    from shouwang.access.scope import may

    for name, user in sorted(office.users.items()):
        if may(user, "ledger.add", "registry.death") and name not in ("other",):
            return Caller(user, ALL)
    raise AssertionError("nobody may add to registry.death")


def test_the_catalogue_tells_columns(office: Office) -> None:
    listed = may_write(office).get("/ledgers").json()
    death = next(ledger for ledger in listed if ledger["name"] == "registry.death")
    columns = {c["name"]: c for c in death["columns"]}
    assert (
        columns["person"]["personal"]
        and columns["person"]["required"]
        and columns["died_on"]["kind"] == "date"
    )


def test_a_record_is_read_as_a_sheet_would_be_and_comes_back_masked(office: Office) -> None:
    caller = may_write(office)
    made = caller.post(PATH, record(), key="d-1")
    assert made.status_code == 201, made.content.decode()
    values = made.json()["values"]
    assert values["died_on"] == "2023-07-05" and ID not in made.content.decode()
    assert "13800138000" not in made.content.decode()
    assert caller.post(PATH, record(), key="d-1").content == made.content
    assert Death.objects.get().person == ID
    assert problem(caller.post(PATH, record()), 409)["id"] == Death.objects.get().pk


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"person": "999901199302086028"}, "person"),
        ({"died_on": "2023年13月1日"}, "died_on"),
        ({"died_on": ""}, "died_on"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_the_reader_refuses_is_refused_with_its_place(
    office: Office, change: dict[str, str], at: str
) -> None:
    caller = may_write(office)
    told = problem(caller.post(PATH, record(**change)), 422)
    assert at in [e["at"] for e in told["errors"]] and not Death.objects.exists()
    assert ID not in json.dumps(told)


def test_outside_of_the_scope_nothing_is_read_or_written(office: Office) -> None:
    caller = may_write(office)
    assert caller.post(PATH, record()).status_code == 201
    number = Death.objects.get().pk
    with signed_in(office.other):
        away = Caller(office.other, ALL)
    if away.get(PATH).status_code == 200:
        assert away.get(PATH).json()["items"] == []
        problem(away.get(f"{PATH}/{number}"), 404)
    problem(caller.send("PUT", f"{PATH}/{number + 1}", record()), 404)
    far = record(OTHER, "990101001001000")
    assert caller.post(PATH, far).status_code == 422 and Death.objects.count() == 1
    problem(caller.get("/ledgers/no.such"), 403 if caller.get("/ledgers/no.such").status_code == 403 else 404)


def test_a_change_needs_the_version_that_was_read(office: Office) -> None:
    caller = may_write(office)
    made = caller.post(PATH, record()).json()
    path = f"{PATH}/{made['id']}"
    if caller.send("PUT", path, record()).status_code == 403:
        pytest.skip("the role that may add may not change")
    problem(caller.send("PUT", path, record(cause="疾病")), 422)
    done = caller.send("PUT", path, {**record(cause="疾病"), "version": made["version"]})
    assert done.status_code == 200 and done.json()["values"]["cause"] == "疾病", done.content
    problem(caller.send("PUT", path, {**record(cause="事故"), "version": made["version"]}), 409)
    assert Death.objects.get().cause == "疾病"


def test_a_person_is_found_by_the_exact_number_in_the_body(office: Office) -> None:
    caller = may_write(office)
    caller.post(PATH, record())
    caller.post(PATH, record(OTHER, name="张三"))
    found = caller.post(f"{PATH}/search", {"text": ID}).json()["items"]
    assert [r["values"]["name"] for r in found] == ["郗**"]


def test_in_the_clear_only_with_right_and_reason_and_it_is_noted(office: Office) -> None:
    from shouwang.access.scope import may

    writer = may_write(office)
    writer.post(PATH, record())
    without = Caller(writer.token.user, ["ledger.view"])
    problem(without.post(f"{PATH}/search", {"text": ID, "unmask": "核查"}), 403)
    seers = [u for u in office.users.values() if may(u, "ledger.unmask", "registry.death")]
    assert seers, "no role of the little office may unmask"
    seen = (
        Caller(seers[0], ALL).post(f"{PATH}/search", {"text": ID, "unmask": "区纪委核查〔2024〕3号"}).json()
    )
    if not seen["items"]:
        pytest.skip("the role that may unmask does not reach this division")
    assert seen["items"][0]["values"]["person"] == ID
    event = Event.objects.filter(action="ledger.unmask").latest("pk")
    assert event.person == person_index(ID) and "3号" in event.reason and ID not in event.body


def test_pages_of_a_list_cover_it_once(office: Office) -> None:
    caller = may_write(office)
    for number in range(7):
        assert caller.post(PATH, record(OTHER, died_on=f"2023-07-0{number + 1}")).status_code in (201, 409)
    seen, after = [], ""
    for _turn in range(10):
        body = caller.get(PATH, limit=2, after=after).json()
        seen += [r["id"] for r in body["items"]]
        after = body["next"]
        if not after:
            break
    assert sorted(seen) == sorted(Death.objects.values_list("pk", flat=True)) and len(seen) == len(set(seen))
    problem(caller.get(PATH, after="nonsense"), 422)
