"""The monthly bulletin: figures of the month, masked, made of the office's template, kept as it was made."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document
from tests.workbench.bulletin.test_rendering import template, words
from tests.workbench.people import appoint, signed_in
from tests.workbench.recorded import finding

from shouwang import trail
from shouwang.access.models import Area, User
from shouwang.indicator.models import RecordedValue
from shouwang.trail.models import Event
from shouwang.workbench.bulletin import facts
from shouwang.workbench.models import Bulletin, BulletinTemplate

OFFICE, CLOUD, EAST = "110101001000000", "110101001001000", "110101001002000"
PAID = "assistance.paid-after-death"
MARCH = dt.date(2026, 3, 1)


@pytest.fixture
def chief(db: None) -> User:
    for code in (CLOUD, EAST):
        appoint(f"head{code[11]}", "社区负责人", "community_head", code)
    return appoint("chief", "陈科长", "section_chief", OFFICE)


@pytest.fixture
def march(chief: User) -> None:
    day = dt.date
    finding(
        PAID,
        CLOUD,
        found=day(2026, 3, 2),
        due=day(2026, 3, 20),
        amount=Decimal("930"),
        sentence="张*于3月去世",
    )
    finding(PAID, EAST, found=day(2026, 2, 10), closed=day(2026, 3, 5))
    finding(PAID, EAST, found=day(2026, 2, 10), closed=day(2026, 4, 5), severity="low", amount=None)
    finding(PAID, EAST, found=day(2026, 4, 1))
    finding(PAID, EAST, found=day(2026, 3, 9), status="dismissed")
    finding(PAID, EAST, found=day(2026, 3, 9), sensitive=True, sentence="不可说")


def gather(user: User, code: str = OFFICE, month: dt.date = MARCH) -> facts.Facts:
    return facts.gather(user, Area.objects.get(code=code), month, dt.date(2026, 5, 1))


def test_the_month_is_counted(march: None, chief: User) -> None:
    told = gather(chief)
    counted = ("found", "closed", "open", "high", "overdue", "found_before", "closed_before")
    assert {k: told[k] for k in counted} == {
        "found": 2, "closed": 1, "open": 2, "high": 1, "overdue": 1, "found_before": 2, "closed_before": 0,
    }  # fmt: skip
    assert told["amount"] == "930.00"
    assert [(row["name"], row["open"]) for row in told["divisions"]] == [("东溪社区", 1), ("云溪社区", 1)]
    assert [row["text"] for row in told["gravest"]] == ["张*于3月去世"]
    assert told["day"] == "2026-03-31"


def test_what_is_sensitive_never_stands_in_it(march: None, chief: User) -> None:
    inspector = appoint("ji", "纪检", "discipline_inspector", OFFICE)
    assert "不可说" not in str(gather(inspector))
    assert gather(inspector)["found"] == 2


def test_a_division_tells_its_own(march: None, chief: User) -> None:
    assert gather(chief, CLOUD)["found"] == 1
    assert gather(chief, CLOUD)["divisions"][0]["name"] == "云溪社区本级"


@pytest.mark.seed("S6-30")
def test_indicators_with_a_target_are_told_the_missed_ones_first(chief: User) -> None:
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("indicator.test"):
        for code, value in ((CLOUD, 100), (EAST, 80)):
            RecordedValue(
                code="population.screening-coverage", division_code=code, period="2026", numerator=Decimal(1),
                denominator=Decimal(1), value=Decimal(value), declared=Decimal(100), as_of=MARCH,
            ).save()  # fmt: skip
    rows = gather(chief)["indicators"]
    assert [(r["bearer"], r["value"], r["target"], r["saved"], r["state"]) for r in rows] == [
        ("东溪社区", "80%", "100%", "-20%", "未达到"), ("云溪社区", "100%", "100%", "0%", "达到"),
    ]  # fmt: skip


def make(client: Client, division: str = OFFICE, month: str = "") -> str:
    given = {"division": division, "month": month or f"{timezone.localdate():%Y-%m}"}
    answer = client.post("/bulletins/", given)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_it_is_made_looked_at_and_fetched_and_stays_what_it_was(march: None, chief: User) -> None:
    client = signed_in(chief)
    address = make(client, month="2026-03")
    assert "张*于3月去世" in client.get(address).content.decode()
    file = client.get(f"{address}file/")
    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    said = words(b"".join(file) if file.streaming else file.content)
    assert "云溪街道社区工作风险简报" in said
    assert "张*于3月去世" in said
    finding(PAID, CLOUD, found=dt.date(2026, 3, 3))
    assert client.get(f"{address}file/").content == file.content
    assert {"bulletin.make", "bulletin.download"} <= set(Event.objects.values_list("action", flat=True))
    assert not [e for e in Event.objects.filter(action__startswith="bulletin.") if "张*" in e.body]


def test_a_file_that_was_tampered_with_is_not_handed_out(chief: User) -> None:
    client = signed_in(chief)
    address = make(client)
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("bulletin.test"):
        Bulletin.objects.update(content=b"other")
    assert client.get(f"{address}file/")["Location"] == address


def test_only_within_the_own_area_and_right(march: None, chief: User) -> None:
    address = make(signed_in(chief))
    head = User.objects.get(username=f"head{EAST[11]}")
    for path in (address, f"{address}file/"):
        assert signed_in(head).get(path).status_code == 404
    page = signed_in(head).get("/bulletins/")
    assert page.status_code == 200
    assert address not in page.content.decode()
    assert signed_in(head).post("/bulletins/", {"division": EAST, "month": "2026-03"}).status_code == 404
    assert signed_in(head).get("/bulletins/template/").status_code == 403
    assert (
        signed_in(chief).post("/bulletins/", {"division": "110102001000000", "month": "2026-03"}).status_code
        == 404
    )
    for month in ("2026-13", "", "x"):
        assert signed_in(chief).post("/bulletins/", {"division": OFFICE, "month": month}).status_code == 404
    make(signed_in(chief), month="2999-01")
    assert Bulletin.objects.count() == 1


def hand_in(client: Client, content: bytes, name: str = "我的模板.docx") -> int:
    answer = client.post("/bulletins/template/", {"file": SimpleUploadedFile(name, content)})
    return int(answer.status_code)


def test_the_office_hands_in_its_own_template(march: None, chief: User) -> None:
    client = signed_in(chief)
    builtin = client.get("/bulletins/template/file/").content
    assert "{{ office }}" in words(builtin)
    edited = Document(io.BytesIO(builtin))
    edited.add_paragraph("抄送：区民政局")
    out = io.BytesIO()
    edited.save(out)
    assert hand_in(client, out.getvalue()) == 302
    assert client.get("/bulletins/template/file/").content == out.getvalue()
    assert "抄送：区民政局" in words(client.get(f"{make(client)}file/").content)
    assert "我的模板.docx" in client.get("/bulletins/template/").content.decode()
    client.post("/bulletins/template/", {"reset": "1"})
    assert "抄送" not in words(client.get(f"{make(client)}file/").content)


def test_a_bad_template_changes_nothing(chief: User) -> None:
    client = signed_in(chief)
    assert hand_in(client, template("{{ no_such_name }}")) == 422
    assert hand_in(client, b"x") == 422
    assert client.post("/bulletins/template/", {}).status_code == 422
    assert not BulletinTemplate.objects.exists()


def test_pages_take_few_queries(march: None, chief: User, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(chief)
    address = make(client)
    for path in ("/bulletins/", address):
        with django_assert_max_num_queries(16):
            client.get(path)
