"""Evidence is what it says it is, gives nothing away, and can't be changed on disk unnoticed."""

import datetime as dt
import io
import os
import time
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from PIL import Image, PngImagePlugin

from shouwang.access.models import User
from shouwang.evidence import kinds, store, targets
from shouwang.evidence.models import Attachment, File
from shouwang.trail import Actor, acting, change


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SHOUWANG_HOME", str(tmp_path))
    with acting(Actor("command:tests", "测试")):
        yield tmp_path


def photo(size: tuple[int, int] = (60, 40), *, gps: bool = True, rotated: bool = False) -> bytes:
    """A JPEG as a phone makes it: place, time, orientation."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    marks = Image.Exif()
    if rotated:
        marks[0x0112] = 6
    marks[0x0110] = "Phone of Wang"
    if gps:
        marks.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 30.6), 3: "E", 4: (116.0, 23.0, 29.0)})
        marks.get_ifd(0x8769)[0x9003] = "2023:11:05 08:30:00"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=marks)
    return out.getvalue()


def office_file(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<x/>")
    return out.getvalue()


def test_a_photo_keeps_its_place_only_where_wanted_and_never_in_the_picture() -> None:
    without = store.keep(io.BytesIO(photo()), "家门口.jpg")
    wanted = store.keep(io.BytesIO(photo()), "现场.jpg", keep_place=True)
    assert (without.checked.latitude, without.checked.taken_at) == (None, None)
    assert wanted.checked.latitude == Decimal("39.908500")
    assert wanted.checked.longitude == Decimal("116.391389")
    assert wanted.checked.taken_at == timezone.make_aware(dt.datetime(2023, 11, 5, 8, 30))
    for kept in (without, wanted):
        with Image.open(io.BytesIO(kept.checked.content)) as picture:
            assert not picture.getexif() and "Phone" not in str(picture.info)
        assert b"Exif" not in kept.checked.content and b"Phone" not in kept.checked.content


def test_a_photo_taken_sideways_stands_upright() -> None:
    kept = store.keep(io.BytesIO(photo((60, 40), rotated=True)), "a.jpg")
    with Image.open(io.BytesIO(kept.checked.content)) as picture:
        assert picture.size == (40, 60)


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (1.0, 0.0, 0.0)},
        {1: "N", 2: (1.0,), 3: "E", 4: (1.0, 0.0, 0.0)},
        {2: (1.0, 0.0, 0.0)},
    ],
)
def test_a_place_that_is_none_is_no_place(gps: dict[int, object]) -> None:
    picture, marks, out = Image.new("RGB", (4, 4)), Image.Exif(), io.BytesIO()
    marks.get_ifd(0x8825).update(gps)
    picture.save(out, "JPEG", exif=marks)
    checked = kinds.check(out.getvalue(), "a.jpg")
    assert (checked.latitude, checked.longitude) == (None, None)


def test_text_in_a_png_is_left_behind() -> None:
    info, out = PngImagePlugin.PngInfo(), io.BytesIO()
    info.add_text("Comment", "110101199003070000")
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=info)
    assert b"1101011990" in out.getvalue()
    assert b"1101011990" not in kinds.check(out.getvalue(), "a.png").content


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (office_file("word/document.xml"), kinds.OFFICE["word/document.xml"]),
        (office_file("xl/workbook.xml"), kinds.OFFICE["xl/workbook.xml"]),
    ],
    ids=["pdf", "docx", "xlsx"],
)
def test_papers_are_told_by_their_content(content: bytes, media_type: str) -> None:
    assert kinds.check(content, "whatever.jpg").media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\x00",
        b"\xff\xd8\xff\xe0 no picture",
        b"GIF89a",
        b"PK\x03\x04 broken",
        office_file("META-INF/MANIFEST.MF"),
        office_file("word/document.xml", "word/vbaProject.bin"),
        photo()[:200],
    ],
    ids=[
        "empty",
        "html",
        "svg",
        "exe",
        "no-jpeg",
        "gif",
        "no-zip",
        "jar",
        "macros",
        "cut",
    ],
)
def test_what_is_none_of_these_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(ValidationError, match="照片"):
        kinds.check(content, "照片.jpg")


def test_too_large_a_file_and_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "LARGEST", 1000)
    with pytest.raises(ValidationError, match="最大"):
        store.keep(io.BytesIO(b"%PDF-" + b"x" * 1000), "a.pdf")
    with pytest.raises(ValidationError, match="9"):
        store.keep_all([io.BytesIO(b"%PDF-1.4")] * 10)


def test_a_picture_that_unfolds_enormously_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MOST_PIXELS", 1000)
    with pytest.raises(ValidationError, match="像素"):
        kinds.check(photo((60, 40)), "a.jpg")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("..\\..\\etc\\a.pdf", "a.pdf"), ("/etc/passwd", "passwd"), ("a\x00b\n.pdf", "ab .pdf"), ("", "附件")],
)
def test_a_file_name_is_a_name_only(name: str, kept: str) -> None:
    assert store._name(name) == kept
    assert len(store._name("长" * 500 + ".pdf")) <= store.NAME


@pytest.mark.django_db
def test_the_same_file_is_kept_once_and_attached_once(own_home: Path) -> None:
    with change("evidence.add"):
        for _ in range(2):
            kept = store.keep(io.BytesIO(b"%PDF-1.4 one"), "一.pdf")
            store.attach(kept, "risk.finding", 7)
        store.attach(kept, "risk.finding", 8)
    assert File.objects.count() == 1 and Attachment.objects.count() == 2
    assert [a.name for a in store.of("risk.finding", 7)] == ["一.pdf"]
    on_disk = [p for p in (own_home / "evidence").rglob("*") if p.is_file()]
    assert len(on_disk) == 1 and on_disk[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_file_changed_on_disk_is_not_handed_out(own_home: Path) -> None:
    with change("evidence.add"):
        file = store.attach(store.keep(io.BytesIO(b"%PDF-1.4 one"), "一.pdf"), "risk.finding", 7).file
    assert store.read(file) == b"%PDF-1.4 one" and not list(store.damaged())
    path = store._path(file.sha256)
    path.write_bytes(b"%PDF-1.4 two")
    with pytest.raises(store.Damaged):
        store.read(file)
    assert list(store.damaged()) == [file]
    path.unlink()
    with pytest.raises(store.Damaged):
        store.read(file)
    store.keep(io.BytesIO(b"%PDF-1.4 one"), "一.pdf")
    assert store.read(file) == b"%PDF-1.4 one"


@pytest.mark.django_db
def test_what_nobody_answers_for_is_seen_by_nobody() -> None:
    with change("access.setup"):
        user = User.objects.create_user("wang", name="王敏")
    assert not targets.visible(user, "no.such", "1")


def test_a_small_picture_is_made_of_a_kept_one() -> None:
    kept = store.keep(io.BytesIO(photo((900, 600))), "a.jpg")
    with Image.open(io.BytesIO(kinds.thumbnail(kept.checked.content))) as small:
        assert small.size == (320, 213) and small.format == "JPEG"


@pytest.mark.django_db
def test_only_old_files_that_nobody_names_go() -> None:
    attached, forgotten, fresh = (store.keep(io.BytesIO(photo((50 + n, 40)))) for n in range(3))
    with change("evidence.tests"):
        store.attach(attached, "registry.person", 1)
    day_ago = time.time() - store.UNNAMED - 60
    for kept in (attached, forgotten):
        os.utime(store._path(kept.sha256), (day_ago, day_ago))
    assert store.tidy() == 1
    assert store._path(attached.sha256).exists() and store._path(fresh.sha256).exists()
    assert not store._path(forgotten.sha256).exists()
    # The same file sent once more counts from then on.
    again = store.keep(io.BytesIO(photo((51, 40))))
    os.utime(store._path(again.sha256), (day_ago, day_ago))
    store.keep(io.BytesIO(photo((51, 40))))
    assert store.tidy() == 0
