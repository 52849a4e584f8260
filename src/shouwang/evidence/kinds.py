"""What may be uploaded: told by the content, never by the name or by what the browser says.

A picture is drawn anew: nothing rides in it, neither a script nor the place where somebody lives. Papers are
looked at as far as is needed to know what they are, and are only ever handed out for saving, not for showing.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one file."""
MOST_PIXELS: Final = 60_000_000
LONGEST_SIDE: Final = 4096
MOST_UNPACKED: Final = 200 * 1024 * 1024
PICTURES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
OFFICE: Final = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PDF: Final = "application/pdf"


@dataclass(frozen=True)
class Checked:
    """What an upload turned out to be, and the bytes that are kept of it."""

    content: bytes
    media_type: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    taken_at: dt.datetime | None = None


def check(content: bytes, name: str) -> Checked:
    """What a file is; ``ValidationError`` that names the file and says what to do for one that is refused."""
    if not content:
        raise ValidationError(_("“{name}”是空文件").format(name=name))
    if len(content) > LARGEST:
        raise ValidationError(
            _("“{name}”有 {size} MB，一个文件最大 {most} MB；照片可先压缩再上传").format(
                name=name, size=len(content) // 1024 // 1024 + 1, most=LARGEST // 1024 // 1024
            )
        )
    if content.startswith(b"%PDF-"):
        return Checked(content, PDF)
    if content.startswith(b"PK\x03\x04"):
        return Checked(content, _office(content, name))
    return _picture(content, name)


def _refused(name: str) -> ValidationError:
    return ValidationError(
        _("“{name}”不是可以上传的类型：请用 JPG、PNG、WebP 图片，或 PDF、docx、xlsx 文件").format(name=name)
    )


def _office(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
            if sum(e.file_size for e in entries) > MOST_UNPACKED or len(entries) > 5000:
                raise ValidationError(_("“{name}”解开后太大，请检查文件").format(name=name))
            names = {e.filename for e in entries}
            if parts.testzip() is not None:
                raise _refused(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise _refused(name) from error
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        raise ValidationError(_("“{name}”含有宏，请另存为不含宏的文件再上传").format(name=name))
    kind = next((kind for part, kind in OFFICE.items() if part in names), None)
    if kind is None or "[Content_Types].xml" not in names:
        raise _refused(name)
    return kind


def _picture(content: bytes, name: str) -> Checked:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=tuple(PICTURES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValidationError(_("“{name}”的像素太多，请缩小后再上传").format(name=name))
                kind = str(picture.format)
                marks = picture.getexif()
                place, taken = _place(marks), _taken(marks)
                drawn = ImageOps.exif_transpose(picture)
                drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                return Checked(_draw(drawn, kind), PICTURES[kind], *place, taken)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
            raise _refused(name) from error


def _draw(picture: Image.Image, kind: str) -> bytes:
    """The picture in its format, drawn from its pixels alone."""
    bare = picture.convert("RGB" if kind == "JPEG" else "RGBA" if picture.has_transparency_data else "RGB")
    bare.info.clear()
    out = io.BytesIO()
    options: dict[str, Any] = {"JPEG": {"quality": 88, "optimize": True}, "WEBP": {"quality": 88}}.get(
        kind, {}
    )
    bare.save(out, kind, **options)
    return out.getvalue()


def thumbnail(content: bytes, side: int = 320) -> bytes:
    """A small JPEG of a kept picture."""
    with Image.open(io.BytesIO(content), formats=tuple(PICTURES)) as picture:
        picture.thumbnail((side, side))
        return _draw(picture, "JPEG")


def _place(marks: Image.Exif) -> tuple[Decimal | None, Decimal | None]:
    """Latitude and longitude in degrees, to six decimals (0.1 m); None where they are missing or broken."""
    gps = marks.get_ifd(ExifTags.IFD.GPSInfo)
    try:
        latitude = _degrees(gps[2], str(gps[1]), "S", 90)
        longitude = _degrees(gps[4], str(gps[3]), "W", 180)
    except (KeyError, ValueError, TypeError, ZeroDivisionError, IndexError, ArithmeticError):
        return None, None
    return latitude, longitude


def _degrees(parts: Any, side: str, negative: str, most: int) -> Decimal:
    degrees, minutes, seconds = (Decimal(str(float(part))) for part in parts)
    value = (degrees + minutes / 60 + seconds / 3600).quantize(Decimal("0.000001"))
    if not value.is_finite() or not 0 <= value <= most:
        raise ValueError(value)
    return -value if side.strip("\0").upper() == negative else value


def _taken(marks: Image.Exif) -> dt.datetime | None:
    """When the camera says the picture was taken, in local time."""
    text = marks.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or marks.get(
        ExifTags.Base.DateTime
    )
    try:
        taken = dt.datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    return timezone.make_aware(taken) if taken.year >= 1990 else None
