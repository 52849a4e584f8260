"""What a crash leaves of an import is put right: files in clear go, a stuck import is its user's again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwang import trail
from shouwang.access.models import User
from shouwang.ledger.models import Upload
from shouwang.trail.models import Event
from shouwang.workbench.ledgers import uploads

pytestmark = pytest.mark.django_db
TOWN = "110101001000000"


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    monkeypatch.setattr(uploads, "home", lambda: tmp_path)
    with trail.acting(trail.Actor("command:tests", "tests")):
        with trail.change("access.tests"):
            user = User.objects.create(username="clerk")
        yield user


def laid_in(user: User, state: str = Upload.OPEN, *, old: bool = True) -> Upload:
    """An upload of one file, a day old where nothing else is said."""
    upload = uploads.lay_in([SimpleUploadedFile("人口.xlsx", b"x")], user, TOWN)
    with trail.change("import.tests"):
        upload.state = state
        upload.save()
    if old:
        then = time.time() - uploads.ABANDONED - 60
        os.utime(uploads.folder_of(upload), (then, then))
    return upload


def test_files_in_clear_that_no_open_import_names_go_after_a_day(clerk: User) -> None:
    waiting, done = laid_in(clerk), laid_in(clerk, Upload.DONE)
    just_done = laid_in(clerk, Upload.DISCARDED, old=False)
    assert uploads.tidy() == (1, 0)
    assert uploads.folder_of(waiting).exists() and uploads.folder_of(just_done).exists()
    assert not uploads.folder_of(done).exists()


def test_an_import_that_no_worker_will_end_is_its_users_again(clerk: User) -> None:
    stuck, awaited = laid_in(clerk, Upload.RUNNING), laid_in(clerk, Upload.RUNNING)
    uploads.carry_out_later.enqueue(str(awaited.key), "token", user=clerk.pk)
    assert uploads.tidy() == (0, 1)
    stuck.refresh_from_db()
    awaited.refresh_from_db()
    assert (stuck.state, awaited.state) == (Upload.OPEN, Upload.RUNNING)
    assert Event.objects.filter(action="import.refused").count() == 1
    assert uploads.folder_of(stuck).exists()  # the files are there to be imported again


def test_a_disk_that_is_full_leaves_nothing_of_an_upload(
    clerk: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads, "_lay_down", full)
    with pytest.raises(OSError, match="No space"):
        uploads.lay_in([SimpleUploadedFile("人口.xlsx", b"x")], clerk, TOWN)
    assert not list((tmp_path / "imports").iterdir()) and not Upload.objects.exists()
