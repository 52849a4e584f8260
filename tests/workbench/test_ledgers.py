"""The pages of ledgers: lists, records, forms, imports, attachments, one household one file."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from shouwang.evidence.models import Attachment
from shouwang.home import home
from shouwang.ledger import identity
from shouwang.ledger.models import Import, SavedView, Upload
from shouwang.ledger.store.typing_in import read_entry
from shouwang.packs.assistance.models import Recipient
from shouwang.packs.safety.models import HazardSource
from shouwang.registry.models import Death, Person
from shouwang.trail.models import Event
from shouwang.workbench.ledgers.uploads import folder_of
from tests.ledger.store.office import IDS, QINGYUAN, YUNXI, _roles, book, doing, load, row, town, worker
from tests.workbench.people import signed_in
from tests.workbooks import write_workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_roles")]
__all__ = ["_roles"]

ALL = (
    "ledger.view", "ledger.add", "ledger.change", "ledger.delete", "ledger.import", "ledger.export",
    "ledger.unmask", "evidence.view", "evidence.add", "finding.view",
)  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """Somebody with all rights in one community, where three people live; one lives in another."""
    town()
    lines = [row(), row(number=IDS[1], name="张小宝", status="迁出"), row("青苑社区", IDS[2], "李青苑")]
    load(book(tmp_path / "in", lines))
    yield signed_in(worker(YUNXI, *ALL))


def text(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


LIST = "/ledgers/registry.person/"


def test_lists_show_what_is_in_the_scope_masked(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get(LIST)
    with django_assert_max_num_queries(25):
        page = text(client.get(LIST))
    assert "张**" in page and "李**" not in page and "2 条" in page
    assert not any(clear in page for clear in (*IDS, "张三丰", "13800131234", "3幢202"))
    assert len(page.encode()) < 60_000
    with django_assert_max_num_queries(15):  # of all ledgers together, not one each
        assert "registry.person" in text(client.get("/ledgers/"))
    assert text(client.get("/ledgers/?all=1")).count("<tr>") > 150


def test_search_finds_text_numbers_and_ids_by_post_only(client: Client) -> None:
    def found(words: str, **more: str) -> list[str]:
        return sorted(
            re.findall(r'/registry\.person/(\d+)/"', text(client.post(LIST, {"text": words, **more})))
        )

    one, other, _foreign = (str(p.pk) for p in Person.objects.order_by("pk"))
    assert found("张三丰") == [one] and found("三丰") == [one] and found("小宝") == [other]
    assert found(IDS[1]) == [other] and found(IDS[2]) == []
    assert found("13800131234") == found("H001") == found("云溪花园") == [one, other]
    assert found("云溪", **{"v-status": "迁出"}) == [other]
    assert found("", **{"v-status": "正常"}) == [one]
    assert "请至少输入两个字" in text(client.post(LIST, {"text": "张"}))
    assert "张三丰" not in text(client.get(LIST, {"text": "三丰"})).split("<table")[0]


def test_pages_go_on_behind_the_last_row(client: Client) -> None:
    with doing():
        Person.objects.bulk_create(
            Person(person=f"{n:018d}", name=f"甲{n}", division_code=YUNXI, status="死亡" if n % 2 else "正常")
            for n in range(120)
        )
    for query in ({}, {"order": "new"}, {"text": "云溪社区"}, {"v-status": "死亡"}, {"order": "-name"}):
        seen: list[str] = []
        after = ""
        for _page in range(4):
            page = text(client.post(LIST, {**query, "after": after}))
            seen += re.findall(r'/registry\.person/(\d+)/"', page)
            after = (re.findall(r'name="after" value="([^"]+)"', page) or [""])[0]
            if not after:
                break
        assert len(seen) == len(set(seen))
        wanted = {"v-status": 60, "text": 2}.get(next(iter(query), ""), 122)
        assert len(seen) == wanted, query


def test_views_are_kept_without_the_text(client: Client) -> None:
    query = {"title": "迁出的", "v-status": "迁出", "column": ["name", "status"], "text": IDS[0]}
    answer = client.post(f"{LIST}save/", query)
    view = SavedView.objects.get()
    assert IDS[0] not in json.dumps(view.query)
    page = text(client.get(answer["Location"]))
    assert "张**" in page and "1 条" in page and 'data-label="户号"' not in page
    client.post(f"{LIST}drop/{view.pk}/")
    assert not SavedView.objects.exists()


def test_exports_are_masked_marked_and_on_record(client: Client, tmp_path: Path) -> None:
    answer = client.post(f"{LIST}export/", {"v-status": "正常"})
    (tmp_path / "out.xlsx").write_bytes(answer.content)
    rows = pl.read_excel(tmp_path / "out.xlsx", engine="calamine", has_header=False).rows()
    assert any("王敏" in str(cell) for cell in rows[1]) and len(rows) == 4
    assert not any(IDS[0] in str(cell) or "张三丰" in str(cell) for line in rows for cell in line)
    event = Event.objects.get(action="ledger.export")
    body = json.loads(event.body)
    assert (body["rows"], body["clear"], body["filters"]) == (1, False, {"v-status": "正常"})
    refused = client.post(f"{LIST}export/", {"clear": "1"})
    assert refused.status_code == 302 and Event.objects.filter(action="ledger.export").count() == 1
    clear = client.post(f"{LIST}export/", {"clear": "1", "reason": "核对"})
    (tmp_path / "clear.xlsx").write_bytes(clear.content)
    rows = pl.read_excel(tmp_path / "clear.xlsx", engine="calamine", has_header=False).rows()
    assert any(IDS[0] in line for line in rows) and not any(IDS[2] in line for line in rows)
    named = Event.objects.filter(action="ledger.export", person=identity.person_index(IDS[0]))
    assert named.get().reason == "核对"


def test_what_lies_outside_is_not_there(client: Client) -> None:
    foreign = Person.objects.get(division_code=QINGYUAN).pk
    for path in ("", "change/"):
        assert client.get(f"{LIST}{foreign}/{path}").status_code == 404
    for path in ("delete/", "unmask/", "attach/", "change/"):
        assert client.post(f"{LIST}{foreign}/{path}", {"reason": "x"}).status_code == 404
    assert client.get("/ledgers/no.such/").status_code == 404
    assert "没有找到" in text(client.post("/households/", {"kind": "person", "text": IDS[2]}))
    reader = signed_in(worker(YUNXI, "ledger.view", role="reader"))
    mine = Person.objects.filter(division_code=YUNXI)[0].pk
    assert reader.get(f"{LIST}{mine}/").status_code == 200
    assert reader.get(f"{LIST}{mine}/change/").status_code == 403
    assert reader.post(f"{LIST}{mine}/unmask/", {"reason": "x"}).status_code == 403
    assert reader.get("/imports/").status_code == 403


def test_clear_text_needs_a_reason_and_names_the_person_in_the_trail(client: Client) -> None:
    person = Person.objects.get(person=IDS[0])
    page = text(client.get(f"{LIST}{person.pk}/"))
    assert IDS[0] not in page and "张**" in page and "户籍.xlsx" in page
    assert client.post(f"{LIST}{person.pk}/unmask/", {}).status_code == 302
    clear = text(client.post(f"{LIST}{person.pk}/unmask/", {"reason": "核实身份"}))
    assert IDS[0] in clear and "13800131234" in clear
    event = Event.objects.get(action="ledger.unmask")
    assert (event.person, event.reason) == (identity.person_index(IDS[0]), "核实身份")


def form_of(page: str) -> dict[str, str]:
    """What a form would send as it stands."""
    fields = dict(re.findall(r'<input class="form-control" id="f-\w+" name="(f-\w+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'name="(row_version)" value="(\d+)"', page))
    return fields | {"division_code": YUNXI}


def test_forms_check_as_the_reader_does_and_keep_what_is_masked(client: Client) -> None:
    person = Person.objects.get(person=IDS[0])
    page = text(client.get(f"{LIST}{person.pk}/change/"))
    assert IDS[0] not in page and "13800131234" not in page
    form = form_of(page)
    wrong = client.post(f"{LIST}{person.pk}/change/", {**form, "f-status_on": "二月三十", "f-person": "1101"})
    assert wrong.status_code == 422 and text(wrong).count("sw-problem") == 2
    good = {**form, "f-status": "迁出", "f-status_on": "2023年5月1日", "reason": "本人申请"}
    assert client.post(f"{LIST}{person.pk}/change/", good).status_code == 302
    person.refresh_from_db()
    assert (person.status, person.status_on, person.person) == ("迁出", dt.date(2023, 5, 1), IDS[0])
    assert Event.objects.get(action="ledger.change").reason == "本人申请"
    check = client.post(f"{LIST}check/", {"f-person": "11010119900307123"})
    assert "sw-problem" in text(check)
    assert "可以" in text(client.post(f"{LIST}check/", {"f-person": IDS[2]}))


def test_a_stale_form_never_overwrites(client: Client) -> None:
    person = Person.objects.get(person=IDS[0])
    form = form_of(text(client.get(f"{LIST}{person.pk}/change/")))
    with doing("ledger.change"):
        person.note = "先改的"
        person.save()
    late = client.post(f"{LIST}{person.pk}/change/", {**form, "f-note": "后改的"})
    assert late.status_code == 409 and "后改的" in text(late)
    person.refresh_from_db()
    assert person.note == "先改的"
    again = form_of(text(late))
    assert client.post(f"{LIST}{person.pk}/change/", again).status_code == 302
    person.refresh_from_db()
    assert person.note == "后改的"


def test_adding_and_deleting(client: Client) -> None:
    path = "/ledgers/registry.death/"
    form = {"division_code": YUNXI, "f-person": IDS[0], "f-died_on": "2023-05-01", "f-name": "张三丰"}
    assert client.post(f"{path}add/", {**form, "division_code": QINGYUAN}).status_code == 422
    assert client.post(f"{path}add/", form).status_code == 302
    death = Death.objects.get()
    assert (death.division_code, death.import_no) == (YUNXI, None)
    twice = client.post(f"{path}add/", form)
    assert twice.status_code == 422 and f"{path}{death.pk}/" in text(twice)
    assert client.post(f"{path}{death.pk}/delete/", {}).status_code == 302 and Death.objects.exists()
    client.post(f"{path}{death.pk}/delete/", {"reason": "登记错误"})
    assert not Death.objects.exists()
    event = Event.objects.get(action="ledger.delete")
    assert event.person == identity.person_index(IDS[0]) and IDS[0] not in event.body


def test_a_column_that_follows_from_others_is_shown_and_not_typed(client: Client) -> None:
    path = "/ledgers/safety.hazard_source/"
    page = text(client.get(f"{path}add/"))
    assert 'name="f-stated_danger"' not in page and 'name="f-likelihood"' in page
    shown = re.search(r"危险性</span><output[^>]*>([^<]*)</output><span[^>]*>([^<]*)<", page)
    assert shown and shown.groups() == ("—", "由 L×E×C 算出，不需填写；表中写了的只用来核对")
    scores = {"f-likelihood": "3", "f-exposure": "6", "f-consequence": "15"}
    form = {"division_code": YUNXI, "f-source_no": "W1", "f-place": "锅炉房", "f-hazard": "超压", **scores}
    # Nobody is asked for it, so what a request smuggles in is not taken either.
    assert client.post(f"{path}add/", {**form, "f-stated_danger": "9"}).status_code == 302
    source = HazardSource.objects.get()
    assert (source.likelihood, source.stated_danger) == (3, None)
    with doing("ledger.change"):
        source.stated_danger = Decimal(271)
        source.save()
    page = text(client.get(f"{path}{source.pk}/change/"))
    assert re.search(r"<output[^>]*>271</output>", page)
    assert client.post(f"{path}{source.pk}/change/", {**form_of(page), "f-note": "复评"}).status_code == 302
    source.refresh_from_db()
    assert (source.note, source.stated_danger) == ("复评", 271)


def test_a_program_is_told_that_a_column_is_not_typed() -> None:
    spec = HazardSource.spec
    scene = {"source_no": "W1", "place": "锅炉房", "hazard": "超压"}
    typed = scene | {"stated_danger": "270"}
    assert set(read_entry(spec, typed).problems) == {"stated_danger"}
    assert "L×E×C" in read_entry(spec, typed).problems["stated_danger"].advice
    # What it has read it may send back.
    same = read_entry(spec, typed, keep={"stated_danger": Decimal("270.0000")})
    assert not same.problems and same.values["stated_danger"] == 270
    assert read_entry(spec, scene).values["stated_danger"] is None


def upload(client: Client, folder: Path, **options: str) -> str:
    """Lay the files of a folder in; the address of the preview."""
    files = [
        SimpleUploadedFile(path.name, path.read_bytes())
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]
    answer = client.post("/imports/", {"files": files, **options})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_the_wizard_does_what_it_showed(client: Client, tmp_path: Path) -> None:
    lines = [
        row(status="死亡"),
        row(number=IDS[2], name="新来的"),
        row("青苑社区", IDS[2]),
        row(number="123"),
    ]
    address = upload(client, book(tmp_path / "new", lines))
    page = text(client.get(address))
    assert "新增 1，更改 1，未变 0" in page and "<del>正常</del> → <ins>死亡</ins>" in page
    assert "不在您可以导入的范围内" in page and IDS[2] not in page
    assert Person.objects.count() == 3
    refused = client.post(f"{address}rejected/")
    (tmp_path / "refused.xlsx").write_bytes(refused.content)
    assert pl.read_excel(tmp_path / "refused.xlsx", engine="calamine", has_header=False).height >= 3
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token
    folder = folder_of(Upload.objects.get())
    assert folder.exists()
    assert client.post(f"{address}commit/", {"token": "0" * 64}).status_code == 302
    assert Person.objects.count() == 3
    client.post(f"{address}commit/", {"token": token[1], "records": "2"})
    assert Person.objects.count() == 4 and Person.objects.get(person=IDS[0]).status == "死亡"
    assert not folder.exists() and Upload.objects.get().state == Upload.DONE
    assert Import.objects.order_by("-pk")[0].counts["registry.person"]["changed"] == 1
    assert client.get(address).status_code == 404
    # The same file once more has nothing new, and the page says when and by whom it came in.
    page = text(client.get(upload(client, tmp_path / "new")))
    assert "没有新内容：这份文件已于" in page and "由 王敏 导入" in page
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token
    imports = Import.objects.count()
    last = Upload.objects.order_by("-pk")[0]
    done = client.post(f"/imports/{last.key}/commit/", {"token": token[1]}, follow=True)
    assert "没有新内容" in text(done) and Import.objects.count() == imports


def test_the_wizard_refuses_what_changed_meanwhile(client: Client, tmp_path: Path) -> None:
    address = upload(client, book(tmp_path / "new", [row(status="死亡")]))
    token = re.search(r'name="token" value="(\w+)"', text(client.get(address)))
    assert token
    with doing("ledger.change"):
        person = Person.objects.get(person=IDS[0])
        person.note = "别人"
        person.save()
    answer = client.post(f"{address}commit/", {"token": token[1]}, follow=True)
    assert "没有导入" in text(answer)
    assert Person.objects.get(person=IDS[0]).status == "正常"
    client.post(f"{address}discard/")
    assert not folder_of(Upload.objects.get()).exists()


def test_a_sheet_taken_wrongly_is_corrected(client: Client, tmp_path: Path) -> None:
    lines = [["名单"], ["甲", "乙", "丙"], ["王某某", IDS[2], "2023-05-01"]]
    (tmp_path / "new").mkdir()
    write_workbook(tmp_path / "new" / "名单.xlsx", {"Sheet1": lines})
    address = upload(client, tmp_path / "new", division=YUNXI)
    assert "没有认出" in text(client.get(address))
    query = {"file": "名单.xlsx", "sheet": "Sheet1", "ledger": "registry.death"}
    assert "请在上面填表头" in text(client.get(f"{address}correct/", query))
    query["header"] = "2"
    assert 'name="c-C"' in text(client.get(f"{address}correct/", query))
    said = {**query, "save": "1", "c-A": "name", "c-B": "person", "c-C": "died_on"}
    client.post(f"{address}correct/", said)
    page = text(client.get(address))
    assert "新增 1" in page and "死亡人员名单" in page


def photo(**more: Any) -> bytes:
    """A photo as a phone takes it, with place and camera in it."""
    picture = Image.new("RGB", (64, 48), "red")
    exif = Image.Exif()
    exif[0x010F] = "TestPhone"
    exif[0x0132] = "2023:05:01 10:20:30"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 27.0), 3: "E", 4: (116.0, 23.0, 51.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, **more)
    return out.getvalue()


def test_attachments_lose_what_the_camera_wrote_and_are_checked(client: Client) -> None:
    person = Person.objects.get(person=IDS[0])
    path = f"{LIST}{person.pk}/attach/"
    refused = [
        SimpleUploadedFile("a.jpg", photo()),
        SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>"),
    ]
    client.post(path, {"files": refused})
    assert not Attachment.objects.exists()
    client.post(path, {"files": [SimpleUploadedFile("../../现场.jpg", photo())], "place": "1"})
    kept = Attachment.objects.get()
    assert (kept.name, kept.file.media_type) == ("现场.jpg", "image/jpeg")
    assert kept.taken_at is not None and abs(float(kept.latitude or 0) - 39.9075) < 1e-4
    answer = client.get(f"/attachments/{kept.pk}/")
    assert b"TestPhone" not in answer.content and Image.open(io.BytesIO(answer.content)).size == (64, 48)
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/attachments/{kept.pk}/small/").status_code == 200
    assert f"/attachments/{kept.pk}/small/" in text(client.get(f"{LIST}{person.pk}/"))
    other = signed_in(worker(QINGYUAN, *ALL, role="elsewhere"))
    assert other.get(f"/attachments/{kept.pk}/").status_code == 404
    stored = home() / "evidence" / kept.file.sha256[:2] / kept.file.sha256
    stored.write_bytes(stored.read_bytes() + b"!")
    assert client.get(f"/attachments/{kept.pk}/").status_code == 410
    assert Event.objects.filter(action="evidence.spoilt").exists()


@pytest.mark.seed("S5-10", "S5-12")
def test_one_household_one_file_over_all_packs(client: Client) -> None:
    with doing():
        Recipient(
            certificate="DB001",
            person=IDS[0],
            name="张三丰",
            division_code=YUNXI,
            approved_on=dt.date(2022, 3, 1),
        ).save()
        Death(person=IDS[1], died_on=dt.date(2023, 5, 1), name="张小宝", division_code=YUNXI).save()
        Death(person=IDS[0], died_on=dt.date(2023, 6, 1), name="张三丰", division_code=QINGYUAN).save()
    for asked in ("H001", IDS[0]):
        page = text(client.post("/households/", {"kind": "household", "text": asked, "reason": "入户"}))
        assert "低保花名册" in page and "死亡人员名单" in page and "2023-05-01" in page
        assert "2023-06-01" not in page  # kept by another community
        assert not any(clear in page for clear in (*IDS, "张三丰"))
    events = Event.objects.filter(action="household.view")
    assert {e.person for e in events} == {identity.person_index(IDS[0]), identity.person_index(IDS[1])}
    one = text(client.post("/households/", {"kind": "person", "text": IDS[1]}))
    assert "死亡人员名单" in one and "低保花名册" not in one
    person = Person.objects.get(person=IDS[0])
    by_row = client.post(
        "/households/", {"kind": "household", "ledger": "registry.person", "pk": str(person.pk)}
    )
    assert "低保花名册" in text(by_row)
    assert "低保花名册" in text(client.get(f"{LIST}{person.pk}/related/"))
