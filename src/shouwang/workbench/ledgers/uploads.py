"""Files laid in for an import: where they lie, what is let in, and carrying the import out."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from shouwang import trail
from shouwang.access.models import User
from shouwang.access.rights import job
from shouwang.home import home
from shouwang.ledger.models import Upload
from shouwang.ledger.reading import Limits, mapping_text
from shouwang.ledger.store.importing import Done, Incoming, commit, prepare

FILES: Final = 100
LARGEST: Final = 100 << 20
TOGETHER: Final = 300 << 20
LIMITS: Final = Limits(
    file=LARGEST, text_file=LARGEST, unpacked=1 << 30, ratio=200, cells=12_000_000, depth=3
)
"""What a page lets in; whoever has more uses the command."""
ABANDONED: Final = 24 * 3600
"""Seconds after which a folder that no open import names is nobody's any more."""
OPENED: Final = (Upload.OPEN, Upload.RUNNING)
UNDER_WAY: Final = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
AT_ONCE: Final = 20_000
"""Imports of up to so many records are carried out while one waits; larger ones by the worker."""


class NotTaken(ValueError):
    """Files that are not taken; the message says why and what to do."""


def folder_of(upload: Upload) -> Path:
    """Where the files of an upload lie."""
    return home() / "imports" / str(upload.key)


def lawful(name: str) -> str:
    """A file's name without path, control, reserved or direction characters, not too long."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = re.sub(r'[\x00-\x1f\x7f<>:"/|?*\u202a-\u202e\u2066-\u2069]', "", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:120]}{dot}{ending[:10]}" if stem else (plain[:120] or "file")


def lay_in(files: Iterable[Any], user: User, division: str, *, removing: bool = False) -> Upload:
    """Keep the files until they are imported or thrown away.

    NotTaken where they are too many or too large.
    """
    given = list(files)
    if not given:
        raise NotTaken(_("请选择要导入的文件。"))
    if len(given) > FILES:
        raise NotTaken(_("一次最多导入%(n)d个文件，请分几次。") % {"n": FILES})
    sizes = [file.size or 0 for file in given]
    if max(sizes) > LARGEST or sum(sizes) > TOGETHER:
        raise NotTaken(
            _("文件太大：单个不超过100 MB，合计不超过300 MB。更大的请用命令 shouwang import 导入。")
        )
    upload = Upload(user=user, division_code=division, removing=removing)
    place = folder_of(upload) / "files"
    place.mkdir(parents=True, mode=0o700)
    try:
        _lay_down(given, place)
        with trail.change("import.upload"):
            upload.save()
    except BaseException:
        # They are in clear: where the disk is full or the database away, nothing of them stays.
        shutil.rmtree(folder_of(upload), ignore_errors=True)
        raise
    return upload


def _lay_down(files: Iterable[Any], place: Path) -> None:
    taken: set[str] = set()
    for file in files:
        name = lawful(file.name or "")
        while name.lower() in taken:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem}~{dot}{ending}" if dot else f"{name}~"
        taken.add(name.lower())
        with (place / name).open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)


def look(upload: Upload, user: User, *, mapping: str | None = None) -> Incoming:
    """Read the files of an upload for its user, and hold them against the database.

    ``mapping`` is tried in place of the one that the upload has.
    """
    text = upload.mapping if mapping is None else mapping
    path = None
    if text:
        path = folder_of(upload) / "mapping.yaml"
        path.write_text(text, encoding="utf-8")
    return prepare(
        folder_of(upload) / "files",
        user=user,
        division=upload.division_code,
        mapping=path,
        removing=upload.removing,
        limits=LIMITS,
    )


def agreed(upload: Upload, fingerprints: dict[str, str]) -> str:
    """Remember what a preview rests on; the token by which its reader agrees to exactly that."""
    text = json.dumps(fingerprints, ensure_ascii=False, sort_keys=True)
    token = hashlib.sha256(text.encode()).hexdigest()
    (folder_of(upload) / f"{token}.json").write_text(text, encoding="utf-8")
    return token


def seen(upload: Upload, token: str) -> dict[str, str] | None:
    """The fingerprints of the preview that was agreed to; None where there was no such preview."""
    if not token.isalnum():
        return None
    path = folder_of(upload) / f"{token}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def carry_out(upload: Upload, user: User, token: str) -> list[Done]:
    """Import what was agreed to; the files are thrown away when all of them are in."""
    done = commit(look(upload, user), seen=seen(upload, token) or {})
    if not any(one.problem for one in done):
        discard(upload, Upload.DONE)
    return done


@task()
@job("ledger.import")
def carry_out_later(key: str, token: str, *, user: User | None) -> None:
    """Import what was agreed to, by the worker."""
    upload = Upload.objects.filter(key=key, user=user, state=Upload.RUNNING).first()
    if upload is None or user is None:
        return
    done = carry_out(upload, user, token)
    if any(one.problem for one in done):
        with trail.change("import.refused"):
            upload.state = Upload.OPEN
            upload.save()


def discard(upload: Upload, state: str = Upload.DISCARDED) -> None:
    """Throw the files away: they are in clear."""
    with trail.change("import.done" if state == Upload.DONE else "import.discard"):
        upload.state = state
        upload.save()
    shutil.rmtree(folder_of(upload), ignore_errors=True)


def tidy() -> tuple[int, int]:
    """Put right what a crash left; how many folders went, how many imports are open again.

    Folders a day old that belong to no open import hold personal values in clear. An import that the worker
    had begun and will not end is given back to its user.
    """
    count = 0
    wanted = {str(key) for key in Upload.objects.filter(state__in=OPENED).values_list("key", flat=True)}
    for folder in sorted((home() / "imports").glob("*")):
        if folder.name not in wanted and time.time() - folder.stat().st_mtime > ABANDONED:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    tasks = DBTaskResult.objects.filter(task_path=carry_out_later.module_path, status__in=UNDER_WAY)
    awaited = {task.args_kwargs["args"][0] for task in tasks}
    stuck = [u for u in Upload.objects.filter(state=Upload.RUNNING) if str(u.key) not in awaited]
    for upload in stuck:
        with trail.change("import.refused"):
            upload.state = Upload.OPEN
            upload.save()
    return count, len(stuck)


def corrected(upload: Upload, incoming: Incoming, file: str, sheet: str, said: dict[str, Any]) -> str:
    """The mapping of an upload with a correction of one sheet."""
    body = yaml.safe_load(upload.mapping or mapping_text(incoming.reading)) or {}
    files = body.get("files") or {}
    files.setdefault(file, {})[sheet] = said
    return yaml.safe_dump({**body, "files": files}, allow_unicode=True, sort_keys=False)
