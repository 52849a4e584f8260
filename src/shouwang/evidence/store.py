"""Keeping, attaching and reading files.

A file is on disk, whole, before the row that names it is written: a crash leaves at most a file that nobody
names. What is read is checked against its hash; what was changed on disk is never handed out.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shouwang.evidence import kinds
from shouwang.evidence.models import Attachment, File
from shouwang.home import home
from shouwang.trail.change import clean

MOST_FILES = 9
"""So many files may be sent with one form."""
NAME = 120
UNNAMED = 24 * 3600
"""Seconds for which a file may lie on disk that is attached to nothing."""


class Damaged(RuntimeError):
    """A file on disk is missing or not what it was when it was kept."""


@dataclass(frozen=True)
class Kept:
    """An upload that was checked and lies on disk; not yet attached to anything."""

    sha256: str
    name: str
    checked: kinds.Checked


def _path(sha256: str) -> Path:
    return home() / "evidence" / sha256[:2] / sha256


def keep(upload: IO[bytes] | Any, name: str = "", *, keep_place: bool = False) -> Kept:
    """Check an upload and put it on disk; ``ValidationError`` for one that is refused.

    With ``keep_place`` the place and time that a camera wrote into a picture are kept as fields.
    """
    said = _name(name or getattr(upload, "name", "") or _("附件"))
    checked = kinds.check(upload.read(kinds.LARGEST + 1), said)
    if not keep_place:
        checked = replace(checked, latitude=None, longitude=None, taken_at=None)
    digest = hashlib.sha256(checked.content).hexdigest()
    target = _path(digest)
    if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
        os.utime(target)  # wanted once more: :func:`tidy` must not take it away before it is attached
    else:
        _lay_down(checked.content, target)
    return Kept(digest, said, checked)


def _lay_down(content: bytes, target: Path) -> None:
    """Put a file on disk whole, or not at all: a disk that runs full keeps no part of it."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".")  # mode 0600
    made = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        made.replace(target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def keep_all(uploads: Iterable[Any], *, keep_place: bool = False) -> list[Kept]:
    """Keep the files of one form; refused as a whole where one is refused or there are too many."""
    given = list(uploads)
    if len(given) > MOST_FILES:
        raise ValidationError(_("一次最多上传 {most} 个文件").format(most=MOST_FILES))
    return [keep(upload, keep_place=keep_place) for upload in given]


def _name(name: str) -> str:
    """A file name without folders and control characters; what is too long loses its middle."""
    text = clean(name.replace("\\", "/").rpartition("/")[2]).replace("\n", " ").strip() or _("附件")
    return text if len(text) <= NAME else f"{text[: NAME - 20]}…{text[-19:]}"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def attach(
    kept: Kept, target: str, target_id: object, *, by: Any = None, division_code: str = ""
) -> Attachment:
    """Attach a kept file to a record, within an open change; once, however often it is asked for."""
    file = File.objects.filter(sha256=kept.sha256).first()
    if file is None:
        file = File.objects.create(
            sha256=kept.sha256, size=len(kept.checked.content), media_type=kept.checked.media_type
        )
    same = Attachment.objects.filter(file=file, target=target, target_id=str(target_id)).first()
    return same or Attachment.objects.create(
        file=file,
        target=target,
        target_id=str(target_id),
        name=kept.name,
        division_code=division_code,
        latitude=kept.checked.latitude,
        longitude=kept.checked.longitude,
        taken_at=kept.checked.taken_at,
        added_by=by,
    )


def of(target: str, target_id: object) -> list[Attachment]:
    """What is attached to a record, in order, with the files."""
    found = Attachment.objects.filter(target=target, target_id=str(target_id))
    return list(found.select_related("file", "added_by"))


def read(file: File) -> bytes:
    """The content; :class:`Damaged` where it is missing or was changed on disk."""
    try:
        content = _path(file.sha256).read_bytes()
    except OSError as error:
        raise Damaged(_("附件文件不在了，请从备份恢复")) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Damaged(_("附件文件已被改动或损坏，请从备份恢复"))
    return content


def tidy() -> int:
    """Remove files that nobody names and that are a day old; how many.

    A crash or a refused step leaves such files: they were kept, and then attached to nothing.
    """
    count = 0
    for path in sorted((home() / "evidence").glob("*/*")):
        try:
            old = time.time() - path.stat().st_mtime > UNNAMED
            if old and not File.objects.filter(sha256=path.name).exists():
                path.unlink()
                count += 1
        except FileNotFoundError:
            continue
    return count


def damaged() -> Iterator[File]:
    """The files that are missing on disk or not what they were."""
    for file in File.objects.order_by("pk").iterator(chunk_size=500):
        try:
            read(file)
        except Damaged:
            yield file
