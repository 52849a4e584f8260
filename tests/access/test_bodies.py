"""Bodies and residents see what is theirs and nothing else, wherever it could show; nor do files bring it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shouwang import trail
from shouwang.access.models import Appointment, Area, Post, User
from shouwang.access.roles import Grant, Role, roles
from shouwang.access.scope import Scope, scope_of
from shouwang.ledger.base import Ledger
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.identity import person_index
from shouwang.packs.assistance.models import Payment, Recipient
from shouwang.packs.microcredit.models import Loan, Repayment, Visit
from shouwang.registry.models import Person
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import EvidenceRow, Finding
from tests.access.world import (
    FAR,
    INSIDE,
    MARKS,
    ME,
    MINE,
    OTHERS,
    SAMPLES,
    World,
    build,
    row,
    rule_for,
)
from tests.workbench.people import signed_in
from tests.workbench.recorded import finding
from tests.workbooks import write_workbook

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BODIES = sorted(code for code, role in roles().items() if role.sees == "own" and code != "resident")
IMPORTERS = sorted(code for code, role in roles().items() if role.may("ledger.import"))
IDS = ("999901199302086027", "999914200911266389", "999901197001019999")
ONE, SPOUSE, OTHER = IDS


@pytest.fixture(autouse=True)
def _roles() -> Iterator[None]:
    """Roles that a test adds are gone after it."""
    known = dict(roles())
    yield
    roles().clear()
    roles().update(known)


def put(ledger: str, mark: str, body: str = "", /, code: str = INSIDE, **given: Any) -> Ledger:
    with trail.acting(ME), trail.change("test.setup"):
        return row(ledger, code, mark, body, **given)


def keyed(name: str, turn: int) -> dict[str, Any]:
    """Values of the natural key that make a row another record than those with another turn."""
    spec = ledgers()[name]
    told: dict[str, Any] = {}
    for column in spec.key:
        field = spec.fields.get(column)
        if field is None or field.values or column in (*spec.bodies, "division"):
            continue
        if field.kind in ("code", "name", "text"):
            told[column] = f"某某{'甲乙丙'[turn]}"
        elif field.kind in ("date", "month"):
            told[column] = dt.date(2021, 1 + turn, 1)
        elif field.kind in ("int", "number", "money"):
            told[column] = 2031 + turn
        elif field.kind == "account":
            told[column] = f"622202100000000000{turn}"
        elif field.kind == "id":
            told[column] = IDS[turn]
    return told


def seen(world: World, path: str, **data: Any) -> str:
    """What a page says."""
    answer = world.client.post(path, data) if data else world.client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def asked(world: World, path: str, **data: Any) -> Any:
    """What the API answers."""
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {world.token}"}
    send = world.client.post if data else world.client.get
    return send(f"/api/v1/{path}", data or None, content_type="application/json", **bearer)


@pytest.mark.seed("S5-02", "S5-03", "S8-02", "S10-12")
@pytest.mark.parametrize("code", BODIES)
def test_a_row_of_another_body_is_nowhere_to_be_seen(code: str) -> None:
    """In list, search, record, export and API, for every ledger of every role of bodies."""
    role = roles()[code]
    world = build(Role(code, role.label, (*role.grants, Grant(frozenset({"token.own"}), ("*",))), sees="own"))
    roles()[code] = world.role
    named = [n for n, spec in ledgers().items() if spec.bodies and role.may("ledger.view", n)]
    assert named, "a role of a body to which no ledger shows anything"
    for name in named:
        mine = put(name, "自家", MINE, **keyed(name, 1))
        other = put(name, "别家记录", OTHERS, **keyed(name, 2))
        hidden = {mark.encode() for mark in ("别家记录", MARKS[False])}
        pages = [
            seen(world, f"/ledgers/{name}/"),
            seen(world, f"/ledgers/{name}/", text="别家记录"),
            seen(world, f"/ledgers/{name}/?order=new"),
            asked(world, f"ledgers/{name}").content.decode(),
            asked(world, f"ledgers/{name}/search", text="别家记录").content.decode(),
        ]
        assert f"/{mine.pk}/" in pages[0], name
        assert f"/{name}/{other.pk}/" not in "".join(pages)
        listed = {one["id"] for one in json.loads(pages[3])["items"]}
        assert mine.pk in listed and other.pk not in listed
        assert json.loads(pages[4])["items"] == []
        assert world.client.get(f"/ledgers/{name}/{mine.pk}/").status_code == 200
        assert asked(world, f"ledgers/{name}/{mine.pk}").status_code == 200
        for path in ("", "related/", "change/"):
            assert world.client.get(f"/ledgers/{name}/{other.pk}/{path}").status_code in (403, 404)
        assert world.client.get(f"/ledgers/{name}/{other.pk}/").status_code == 404
        assert asked(world, f"ledgers/{name}/{other.pk}").status_code == 404
        if role.may("ledger.export", name):
            book = world.client.post(f"/ledgers/{name}/export/").content
            said = str(pl.read_excel(BytesIO(book), engine="calamine", has_header=False).rows())
            assert "别家记录" not in said and MARKS[False] not in said and MINE in said
        assert not any(mark in world.client.get(f"/ledgers/{name}/{mine.pk}/").content for mark in hidden)


@pytest.mark.parametrize("code", BODIES)
def test_a_finding_is_seen_by_the_body_whose_rows_prove_it(code: str) -> None:
    role = roles()[code]
    world = build(role)
    rule = rule_for(role, "finding.view")
    named = [n for n, spec in ledgers().items() if spec.bodies and role.may("ledger.view", n)]
    own = put(named[0], "自家证据", MINE, **keyed(named[0], 1))
    foreign = put(named[0], "别家证据", OTHERS, **keyed(named[0], 2))
    neutral = put("registry.death", "无关机构")

    def cite(title: str, *rows: Ledger) -> Finding:
        made = finding(rule, INSIDE, title=title, sentence=title)
        with trail.acting(ME), trail.change("test.setup"):
            for one in rows:
                EvidenceRow(finding=made, ledger=one.spec.name, record=one.pk).save()
        return made

    mine, both = cite("自家问题", own, neutral), cite("两家问题", own, foreign)
    theirs, nobodys = cite("别家问题", foreign), cite("无主问题", neutral)
    visible = set(Sight(world.user).visible().values_list("pk", flat=True))
    assert mine.pk in visible and not visible & {both.pk, theirs.pk, nobodys.pk}
    assert Sight(world.user).has("finding.rectify", mine) == role.may("finding.rectify", rule)
    assert not Sight(world.user).has("finding.rectify", both)
    assert "自家问题" in seen(world, "/findings/") and "自家问题" in seen(world, f"/findings/{mine.pk}/")
    for hidden in (both, theirs, nobodys):
        assert hidden.title not in seen(world, "/findings/") + seen(world, "/findings/", q="问题")
        assert world.client.get(f"/findings/{hidden.pk}/").status_code == 404
        assert world.client.post(f"/findings/{hidden.pk}/step/submit/", {"reason": "x"}).status_code == 404


@pytest.mark.seed("S5-03", "S5-16")
def test_what_bears_the_number_of_a_loan_is_whose_the_loan_is() -> None:
    put("microcredit.loan", "甲贷", loan_no="D1", bank=MINE, guarantor=OTHERS)
    put("microcredit.loan", "乙贷", loan_no="D2", bank=OTHERS, person=SPOUSE)
    put("microcredit.loan", "甲重号", loan_no="D3", bank=MINE)
    put("microcredit.loan", "乙重号", FAR, code=FAR, loan_no="D3", bank=OTHERS)
    put("microcredit.loan", "无行", loan_no="D4", bank=None)
    for number in ("D1", "D2", "D3", "D4", "D5"):
        put("microcredit.repayment", number, loan_no=number)
        put("microcredit.visit", number, loan_no=number, person=None)
    scope = Scope(organisations=(MINE,))
    assert sorted(r.loan_no for r in scope.filter(Loan.objects.all())) == ["D1", "D3"]
    for model in (Repayment, Visit):
        # D3 was given by two banks: nobody can tell whose its rows are, so they are neither's.
        assert sorted(r.loan_no for r in scope.filter(model.objects.all())) == ["D1"]
    guarantor = Scope(organisations=(OTHERS,))
    assert sorted(r.loan_no for r in guarantor.filter(Repayment.objects.all())) == ["D1", "D2"]
    borrower = Scope(persons=(person_index(SPOUSE),))
    assert sorted(r.loan_no for r in borrower.filter(Repayment.objects.all())) == ["D2"]
    assert not Scope(organisations=("",)).filter(Loan.objects.all()).exists()


@pytest.mark.seed("S1-07")
def test_a_resident_sees_the_rows_of_their_household_and_of_no_other() -> None:
    for name, number, household, code in (
        ("本人", ONE, "H1", INSIDE), ("配偶", SPOUSE, "H1", INSIDE), ("邻居", OTHER, "H2", INSIDE),
        ("外地同号", OTHER, "H1", FAR), ("没有户号", "110101199003077758", None, INSIDE),
    ):  # fmt: skip
        put("registry.person", name, name=name, person=number, household_no=household, code=code)
    put("assistance.recipient", "户主", person=SPOUSE, certificate="B1")
    put("assistance.recipient", "共同", person=ONE, certificate="B1")
    put("assistance.payment", "我家", certificate="B1", person=SPOUSE)
    put("assistance.payment", "别家", certificate="B2", person=OTHER)
    with trail.acting(ME), trail.change("test.setup"):
        user = User.objects.create(username="r", name="居民")
        area = Area(code=INSIDE, name="此处")
        area.save()
        post = Post(role="resident", title="居民", area=area, person=person_index(ONE))
        post.save()
        Appointment(post=post, user=user, start="2020-01-01").save()
    rows = scope_of(user, "ledger.view", "registry.person").filter(Person.objects.all())
    assert sorted(r.name for r in rows) == ["本人", "配偶"]
    paid = scope_of(user, "ledger.view", "assistance.payment").filter(Payment.objects.all())
    assert [r.certificate for r in paid] == ["B1"]
    kept = scope_of(user, "ledger.view", "assistance.recipient").filter(Recipient.objects.all())
    assert kept.count() == 2
    client = signed_in(user)
    page = client.get("/ledgers/registry.person/").content.decode()
    assert "配*" in page and "邻" not in page and SPOUSE not in page
    foreign = Person.objects.get(name="邻居")
    assert client.get(f"/ledgers/registry.person/{foreign.pk}/").status_code == 404


# ------------------------------------------------------------------------------------------------- imports


def workbook(path: Path, name: str, places: list[str]) -> bytes:
    """A workbook of a ledger with a row for each of these places."""
    spec = ledgers()[name]
    samples = SAMPLES | {"bool": "否", "datetime": "2023-05-01 09:00"}
    lines = []
    for turn, place in enumerate(places):
        told = {n: str(v) if isinstance(v, int) else v for n, v in keyed(name, turn).items()}
        required = {n: samples[f.kind] for n, f in spec.fields.items() if f.required or n in spec.key}
        listed = {n: next(iter(f.values)) for n, f in spec.fields.items() if f.values and n in required}
        cells = required | listed | told | {"division": place}
        lines.append([cells.get(column) for column in spec.fields])
    header = [field.label for field in spec.fields.values()]
    write_workbook(path, {spec.title[:28]: [[spec.title], header, *lines]})
    return path.read_bytes()


def lay_in_and_commit(client: Client, body: bytes, division: str = "") -> str:
    """Upload a workbook, look at the preview, agree; the preview."""
    file = SimpleUploadedFile("台账.xlsx", body)
    address = client.post("/imports/", {"files": [file], "division": division})["Location"]
    page = str(client.get(address).content.decode())
    token = re.search(r'name="token" value="(\w+)"', page)
    client.post(f"{address}commit/", {"token": token[1] if token else "0" * 64, "reason": "核对"})
    return page


@pytest.mark.parametrize("code", IMPORTERS)
def test_an_import_takes_no_row_of_elsewhere(code: str, tmp_path: Path) -> None:
    """Rows of other divisions are refused one by one, and written nowhere; the others come in."""
    role = roles()[code]
    world = build(role)
    able = [n for n, spec in ledgers().items() if role.may("ledger.import", n) and not spec.spread]
    name = min(able, key=lambda n: ("division" in ledgers()[n].key, "grid" in ledgers()[n].fields))
    model = ledgers()[name].model
    before = set(model._default_manager.values_list("pk", flat=True))
    near, far = (Area.objects.get(code=where).name for where in (INSIDE, FAR))
    page = lay_in_and_commit(world.client, workbook(tmp_path / "a.xlsx", name, [near, far]))
    assert "不在您可以导入的范围内" in page, name
    made = model._default_manager.exclude(pk__in=before)
    assert [one.division_code for one in made] == [INSIDE], name
    # A division chosen for the whole file that is not one's own is no way around it.
    with_far = workbook(tmp_path / "b.xlsx", name, [far, far])
    lay_in_and_commit(world.client, with_far, division=FAR)
    assert model._default_manager.exclude(pk__in=before).count() == 1


def test_a_body_brings_in_nothing_even_where_a_role_lets_it_import(tmp_path: Path) -> None:
    """Whose a row is, the row itself says: a body that could import could make any loan its own."""
    rights = frozenset({"ledger.view", "ledger.import", "ledger.add", "ledger.change"})
    own = Role("own_importer", "机构", (Grant(rights, ("microcredit.*",)),), sees="own")
    roles()["own_importer"] = own
    world = build(own)
    before = Loan.objects.count()
    near = Area.objects.get(code=INSIDE).name
    for division in ("", INSIDE):
        page = lay_in_and_commit(
            world.client, workbook(tmp_path / "a.xlsx", "microcredit.loan", [near]), division
        )
        assert "不在您可以导入的范围内" in page
    assert Loan.objects.count() == before
    answer = world.client.post(
        "/ledgers/microcredit.loan/add/", {"division_code": INSIDE, "f-bank": MINE, "reason": "x"}
    )
    assert answer.status_code in (403, 404, 422) and Loan.objects.count() == before
