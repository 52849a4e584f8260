"""Findings over HTTP: the rights of pages, the version of the finding, and a write done once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from shouwang.api import tokens
from shouwang.api.models import Answer
from shouwang.risk.models import Finding
from shouwang.trail.models import Event
from tests.api.calling import Caller as Program
from tests.api.calling import problem
from tests.risk.loop.office import GRID, ONE, SECRET, TWO, Office, build, found, noticed, signed_in

ALL = [
    "finding.view",
    "finding.assign",
    "finding.rectify",
    "finding.verify",
    "finding.close",
    "finding.report",
]


def Caller(user: Any, rights: list[str] | None = None, subjects: tuple[str, ...] = ()) -> Program:
    return Program(user, rights or ALL, subjects)


@pytest.fixture
def office(db: None) -> Office:
    return build()


def test_without_a_token_nothing_is_told(office: Office) -> None:
    for header in ({}, {"authorization": "Bearer sw_nothing"}, {"authorization": "Basic abc"}):
        problem(Client().get("/api/v1/findings", headers=header), 401)


def test_the_token_is_kept_as_a_hash_and_not_told_by_the_trail(office: Office) -> None:
    caller = Caller(office.dibao)
    assert caller.text not in json.dumps(list(Event.objects.values()), default=str)
    assert caller.token.digest != caller.text and caller.get("/findings").status_code == 200


def test_a_list_shows_what_the_user_sees_on_pages_and_no_more(office: Office) -> None:
    found(noticed(), noticed(subject="乙", division_code=TWO), noticed(SECRET, "丙"))
    names = lambda caller: [f["division_code"] for f in caller.get("/findings").json()["items"]]  # noqa: E731
    assert names(Caller(office.dibao)) == [ONE]
    assert names(Caller(office.other)) == [TWO]
    assert names(Caller(office.chief)) == [TWO, ONE]
    assert Caller(office.dibao).get(f"/findings/{Finding.objects.get(code=SECRET).pk}").status_code == 404


def test_a_token_has_no_more_than_its_rights_and_subjects(office: Office) -> None:
    found(noticed())
    blind = Caller(office.dibao, ["finding.report"])
    assert problem(blind.get("/findings"), 403)["right"] == "finding.view"
    elsewhere = Caller(office.chief, ["finding.view"], subjects=("safety.*",))
    assert elsewhere.get("/findings").json()["items"] == []
    here = Caller(office.chief, ["finding.view"], subjects=("assistance.*",))
    assert len(here.get("/findings").json()["items"]) == 1
    only = Caller(office.chief, ["finding.view"])
    number = Finding.objects.get().pk
    assert only.get(f"/findings/{number}").json()["possible"] == ["comment"]


def test_a_revoked_or_expired_token_and_a_dismissed_user_are_shut_out(office: Office) -> None:
    caller = Caller(office.dibao)
    with signed_in(office.dibao):
        tokens.revoke(caller.token)
    problem(caller.get("/findings"), 401)
    with signed_in(office.dibao):
        _old, text = tokens.issue(office.dibao, "旧", ALL, days=-1)
    caller.text = text
    problem(caller.get("/findings"), 401)


def test_pages_hold_together_while_findings_come(office: Office) -> None:
    found(*(noticed(subject=f"{n}") for n in range(25)))
    caller = Caller(office.dibao)
    seen, after = [], ""
    for turn in range(5):
        body = caller.get("/findings", limit=10, after=after).json()
        seen += [f["id"] for f in body["items"]]
        after = body["next"]
        if turn == 0:
            found(noticed(subject="later"))
        if not after:
            break
    assert len(seen) == len(set(seen)) == 25 and seen == sorted(seen, reverse=True)
    for wrong in ("nonsense", "äöü", "aWQ6"):
        problem(caller.get("/findings", after=wrong), 422)
    problem(caller.get("/findings", limit=100000), 422)


def test_filters(office: Office) -> None:
    found(noticed(), noticed("safety.overdue-rectification", "丁"))
    caller = Caller(office.leader)
    assert len(caller.get("/findings").json()["items"]) >= 1
    assert caller.get("/findings", code=noticed().values["code"]).json()["items"][0]["sentence"]
    assert caller.get("/findings", status="closed").json()["items"] == []


def test_a_step_is_taken_with_the_version_that_was_seen(office: Office) -> None:
    found(noticed())
    chief = Caller(office.chief)
    finding = chief.get("/findings").json()["items"][0]
    path = f"/findings/{finding['id']}/steps"
    due = "2099-01-05"
    if finding["status"] == "new":
        body = {"version": finding["version"], "post": office.posts["dibao"].pk, "due": due}
        finding = chief.post(f"{path}/assign", body).json()
    worker = Caller(office.dibao)
    stale = worker.post(
        f"{path}/submit", {"version": finding["version"] + 7, "measures": "停发", "proof": "1号"}
    )
    assert problem(stale, 409)["version"] == finding["version"]
    done = worker.post(
        f"{path}/submit", {"version": finding["version"], "measures": "停发并追回", "proof": "回执1号"}
    )
    assert done.status_code == 200 and done.json()["status"] == "submitted"
    own = worker.post(f"{path}/verify", {"version": done.json()["version"]})
    problem(own, 422)
    detail = chief.get(f"/findings/{finding['id']}").json()
    assert detail["steps"][-1]["action"] == "submit" and detail["evidence"][0]["row"] == 12
    assert "对接系统" in Event.objects.filter(action="finding.submit").latest("pk").post
    problem(chief.post(f"{path}/escalate", {"version": 1}), 422)
    problem(chief.post(f"{path}/fly", {"version": 1}), 404)
    problem(chief.post("/findings/999999/steps/comment", {"version": 0, "text": "x"}), 404)


REPORT = {
    "source": "report",
    "division_code": GRID,
    "title": "楼道堆物",
    "text": "三单元二层堆放纸箱",
    "severity": "medium",
    "pack": "safety",
}


def test_a_report_sent_twice_is_let_in_once(office: Office) -> None:
    caller = Caller(office.grid)
    first = caller.post("/findings", REPORT, key="k-1")
    again = caller.post("/findings", REPORT, key="k-1")
    assert first.status_code == again.status_code == 201, first.content
    assert first.content == again.content and again["Idempotency-Replayed"] == "true"
    assert Finding.objects.count() == 1 and Answer.objects.count() == 1
    problem(caller.post("/findings", {**REPORT, "title": "另一件"}, key="k-1"), 422)
    assert caller.post("/findings", REPORT).status_code == 201 and Finding.objects.count() == 2


def test_a_refused_write_keeps_no_answer_and_can_be_sent_again(office: Office) -> None:
    caller = Caller(office.grid)
    problem(caller.post("/findings", {**REPORT, "division_code": TWO}, key="k-2"), 422)
    assert not Answer.objects.exists()
    assert caller.post("/findings", REPORT, key="k-2").status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        {"division_code": "110101"},
        {"severity": "enormous"},
        {"source": "rule"},
        {"latitude": 123},
        {"title": ""},
        {"amount": -1},
        {"on": "2999-01-01"},
    ],
)
def test_a_wrong_report_is_refused_and_its_values_are_not_repeated(
    office: Office, change: dict[str, Any]
) -> None:
    caller = Caller(office.grid)
    body = problem(caller.post("/findings", {**REPORT, "text": "110101199003070000", **change}), 422)
    assert "110101199003070000" not in json.dumps(body) and not Finding.objects.exists()


def test_broken_json_is_a_problem_too(office: Office) -> None:
    caller = Caller(office.grid)
    problem(caller.send("POST", "/findings", b"{"), 400)
