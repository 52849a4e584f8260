"""The program schemathesis against the API: what the OpenAPI document says is what a program meets.

Of each operation it tries every field at the ends of its range and beyond, leaves fields out, sends other
types, media types and methods, and holds each answer to the document: status, headers, media type, schema.
What the document can't tell, the columns of ledgers, is tried beside it.

None of its checks is left out. Chains of requests (its stateful phase) are left to the tests of findings and
ledgers: every request here begins on the same data, so that a failure can be repeated alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.test import Client
from schemathesis.specs.openapi.checks import ignored_auth

from shouwang.access.models import User
from shouwang.access.problem import MEDIA_TYPE
from shouwang.access.rights import RIGHTS
from shouwang.api.describing import PROBLEMS
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.models import Finding
from shouwang.trail import acting, change
from tests.api.calling import Caller, problem
from tests.api.test_scans_api import run
from tests.risk.loop.office import ONE, SYSTEM, build, found, noticed

pytestmark = pytest.mark.once

REPORT = {
    "source": "inspection",
    "division_code": ONE,
    "title": "占道",
    "text": "占道经营",
    "severity": "low",
}
RECORD = {
    "division_code": ONE,
    "values": {"name": "郗慧秀", "person": "999901199302086027", "died_on": "2023-07-05"},
    "version": 1,
    "reason": "更正",
}
OTHER = RECORD | {"values": {"name": "胡芳", "person": "999914200911266389", "died_on": "2023-08-01"}}
TEXTS = ["\0", "a\0b", "%_'", "9" * 40]
DATES = ["0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
NUMBERS = ["1e999", "-Infinity", "0." + "1" * 60]
MARKS = ["aWQ6MQ", "aWQ6LTE", "aWQ6OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OQ", "999999999999999:-1"]
HARD = [*TEXTS, *NUMBERS, *DATES[:2], "9999-12", "9999年12月31日", "2023-02-30"]
"""What breaks programs: ends of ranges, what no database takes, what only looks like a value."""
LEDGERS = ["registry.death", "registry.person", "assistance.payment", "safety.inspection"]


class World:
    """An office with findings, a record and two scans, and a token with all rights."""

    def __init__(self) -> None:
        office = build()
        found(*(noticed(subject=f"人{n}") for n in range(3)))
        self.scans = [run().pk, run().pk]
        self.caller = Caller(office.chief, list(RIGHTS))
        made = self.caller.post("/ledgers/registry.death", RECORD)
        assert made.status_code == 201
        self.finding, self.other, *_more = Finding.objects.order_by("pk").values_list("pk", flat=True)
        self.record = made.json()["id"]

    @property
    def known(self) -> dict[str, list[Any]]:
        """Values by which something is met: at random nobody finds a ledger, and never gets further."""
        return {
            "path.name": LEDGERS,
            "path.number": [self.finding, self.record],
            "path.action": ["start", "comment", "assign", "dismiss"],
            "body.division_code": [ONE],
            "body.version": [1],
            "query.a": self.scans[:1],
            "query.b": self.scans[1:],
        }

    @property
    def examples(self) -> dict[tuple[str, str], dict[str, Any]]:
        """A request that is taken, of each operation that takes not every one."""
        death, search = {"name": "registry.death"}, {"filters": {"from-died_on": "2023-01"}}
        record = death | {"number": self.record}
        step = {"action": "merge", "body": {"version": 1, "reason": "同一件事", "into": self.other}}
        return {
            ("get", "/api/v1/findings"): {},
            ("get", "/api/v1/findings/{number}"): {"number": self.finding},
            ("post", "/api/v1/findings"): {"body": REPORT},
            ("post", "/api/v1/findings/{number}/steps/{action}"): {"number": self.finding, **step},
            ("get", "/api/v1/ledgers/{name}"): death,
            ("post", "/api/v1/ledgers/{name}"): death | {"body": OTHER},
            ("get", "/api/v1/ledgers/{name}/{number}"): record,
            ("put", "/api/v1/ledgers/{name}/{number}"): record | {"body": RECORD},
            ("post", "/api/v1/ledgers/{name}/search"): death | {"body": search},
            ("get", "/api/v1/scans"): {},
            ("get", "/api/v1/scans/compare"): dict(zip("ab", self.scans, strict=True)),
        }


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def description(world: World) -> Any:
    """The document as it is served, with the examples of this world; so a success is held to it too."""
    settings = {
        "seed": 1,
        "dictionaries": {name.replace(".", "-"): {"values": values} for name, values in world.known.items()}
        | {"hard": {"values": HARD}},
        "parameters": {
            name: {"dictionary": name.replace(".", "-"), "probability": 0.8} for name in world.known
        },
        "generation": {"dictionaries": {"string": {"dictionary": "hard", "probability": 0.3}}},
        # What fits the document may still be refused with 422, for what is in the database or for what the
        # words mean (a day that is to come, a mark of no page); the check knows the other statuses.
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "401", "403", "404", "409", "422", "429"]
            }
        },
    }
    config = schemathesis.Config.from_dict(settings)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), config=config)
    for (method, path), given in world.examples.items():
        told = schema.raw_schema["paths"][path][method]
        for parameter in told["parameters"]:
            if parameter["name"] in given:
                parameter["example"] = given[parameter["name"]]
        if "body" in given:
            told["requestBody"]["content"]["application/json"]["example"] = given["body"]

    @schema.auth()
    class ByToken:
        """What every request is sent with, save those that try it without."""

        def get(self, case: schemathesis.Case, context: schemathesis.AuthContext) -> str:
            return f"Bearer {world.caller.text}"

        def set(self, case: schemathesis.Case, data: str, context: schemathesis.AuthContext) -> None:
            case.headers["Authorization"] = data

    return schema


@pytest.fixture
def asked(description: Any, world: World) -> Iterator[set[str]]:
    """The operations that took something: of each at least one request is to be taken."""
    taken: set[str] = set()
    yield taken
    missing = {operation.ok().label for operation in description.get_all_operations()} - taken
    assert not missing, f"only refusals were tried of {missing}"


@schemathesis.pytest.from_fixture("description").parametrize()
@hypothesis.settings(
    max_examples=hypothesis.settings.default.max_examples // 10,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_every_answer_is_as_the_document_says(case: schemathesis.Case, asked: set[str]) -> None:
    cache.clear()  # a token's requests are counted
    # Whether an operation wants a token at all is asked of its first success; the check asks twice each time.
    known = [ignored_auth] if case.operation.label in asked else []
    with transaction.atomic():
        answer = case.call_and_validate(excluded_checks=known)
        transaction.set_rollback(True)
    if answer.status_code < 400:
        asked.add(case.operation.label)
    else:
        assert answer.headers["content-type"] == [MEDIA_TYPE]  # of 405 too, of which no document tells


def hard(name: str, told: dict[str, Any]) -> list[Any]:
    """Values for a field of that kind, which mostly are none."""
    if name == "values":
        return [RECORD["values"]]
    kind = json.dumps(told)
    chosen = (("date", DATES), ("number", NUMBERS), ("integer", [2]), ("object", []))
    return MARKS if name == "after" else next((values for word, values in chosen if word in kind), TEXTS)


def trials(document: dict[str, Any], told: dict[str, Any], given: dict[str, Any]) -> list[dict[str, Any]]:
    """Requests of an operation that are right but for one field."""
    queries = {p["name"]: p["schema"] for p in told["parameters"] if p["in"] == "query"}
    query = {name: given[name] for name in queries if name in given}
    tried = [{"query": query | {name: v}} for name, schema in queries.items() for v in hard(name, schema)]
    if body := given.get("body"):
        reference = told["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        fields = document["components"]["schemas"][reference.rpartition("/")[2]]["properties"]
        tried += [{"body": body | {name: v}} for name, schema in fields.items() for v in hard(name, schema)]
    return tried


def test_every_field_takes_every_value(description: Any, world: World) -> None:
    document = description.raw_schema
    token = {"authorization": f"Bearer {world.caller.text}"}
    met: dict[str, set[int]] = {}
    for (method, path), given in world.examples.items():
        told = document["paths"][path][method]
        inside = {p["name"]: given[p["name"]] for p in told["parameters"] if p["in"] == "path"}
        for one in trials(document, told, given):
            cache.clear()
            case = description[path][method].Case(
                path_parameters=inside, media_type="application/json", **one
            )
            with transaction.atomic():
                answer = case.call_and_validate(headers=token, excluded_checks=[ignored_auth])
                transaction.set_rollback(True)
            met.setdefault(case.operation.label, set()).add(answer.status_code)
    assert len(met) >= 7 and all(statuses & {200, 201} for statuses in met.values()), met
    assert set().union(*met.values()) >= {200, 201, 404, 409, 422}


def one_of_each_kind() -> dict[str, list[str]]:
    """Columns by ledger: of all ledgers, one for each kind of column."""
    kinds: dict[str, tuple[str, str]] = {}
    for name, spec in ledgers().items():
        for column, declared in spec.fields.items():
            kinds.setdefault(declared.kind, (name, column))
    met: dict[str, list[str]] = {}
    for name, column in kinds.values():
        met.setdefault(name, []).append(column)
    return met


def test_every_kind_of_column_takes_every_text(world: World) -> None:
    for ledger, columns in one_of_each_kind().items():
        cache.clear()
        for text in HARD:
            values = dict.fromkeys(columns, text)
            written = world.caller.post(f"/ledgers/{ledger}", {"division_code": ONE, "values": values})
            filters = {f"{form}-{column}": text for column in columns for form in ("v", "from", "to")}
            met = world.caller.post(f"/ledgers/{ledger}/search", {"filters": filters, "text": text})
            statuses = {written.status_code, met.status_code}
            assert statuses <= {200, 201, 422}, (ledger, text, statuses)


def test_a_program_knows_every_error_from_the_document(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    answers = told["components"]["responses"]
    assert set(answers) == {f"Problem{status}" for status in PROBLEMS}
    for answer in answers.values():
        assert answer["content"] == {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            named = {401, 403, 429, 500, 503, 507}
            named |= {404} if "{" in path or path.endswith("/compare") else set()
            named |= {422} if any(p["in"] == "query" for p in operation["parameters"]) else set()
            if "requestBody" in operation:
                body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
                fields = told["components"]["schemas"][body.rpartition("/")[2]]["properties"]
                named |= {400, 413, 422} | ({409} if "version" in fields else set())
            assert {int(s) for s in operation["responses"] if int(s) >= 400} == named, (method, path)


def test_more_than_is_read_is_told_as_too_large(world: World) -> None:
    problem(world.caller.post("/findings", REPORT | {"text": "长" * 1_000_000}), 413)


def test_a_problem_is_told_in_the_language_of_the_tokens_user(world: World) -> None:
    assert problem(world.caller.get("/findings/0"), 404)["title"] == "没有找到"
    with acting(SYSTEM), change("test.language"):
        User.objects.filter(username="chief").update(language="en")
    assert problem(world.caller.get("/findings/0"), 404)["title"] == "Not found"
