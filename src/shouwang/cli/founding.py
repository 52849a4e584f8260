"""Founding an installation: its divisions, its first administrator, passwords that nobody has to invent."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from shouwang.access.models import Appointment, Area, Post, User, current, full
from shouwang.access.people import create_user
from shouwang.ledger.reading import read_folder
from shouwang.ledger.reading.text import encoding_of
from shouwang.snapshot.store import Snapshot
from shouwang.standards import division as standard

CODE = ("区划代码", "代码", "行政区划代码", "code")
NAME = ("名称", "区划名称", "name")
ALIASES = ("别名", "其他名称", "aliases")
LISTED = "registry.division"
"""The ledger in which an office lists its divisions."""
SEEN_AT_LEAST = 0.01
"""A name that fewer of the rows bear is a slip of the pen or a neighbour, not a division of the office."""


class FoundingError(ValueError):
    """What was given can't be used: names file, row and value, and says what to do."""


@dataclass(frozen=True)
class Named:
    """A division to be: code in full width, name, other names."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a csv file or of a workbook's first sheet as text, with their numbers."""
    if path.suffix.lower() == ".csv":
        try:
            with path.open(encoding=encoding_of(path), newline="") as stream:
                yield from enumerate(([cell.strip() for cell in row] for row in csv.reader(stream)), 1)
        except (UnicodeDecodeError, csv.Error) as error:
            raise FoundingError(
                _("{file}：读不出来，请另存为UTF-8编码的csv").format(file=path.name)
            ) from error
        return
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise FoundingError(_("{file}：不是工作簿，请用csv或xlsx").format(file=path.name)) from error
    for number, row in enumerate(rows, 1):
        yield (
            number,
            [str(int(c)) if isinstance(c, float) and c.is_integer() else str(c).strip() for c in row],
        )


def read_divisions(path: Path) -> list[Named]:
    """The divisions of a file with the columns 区划代码, 名称 and, if wanted, 别名 (parted by 、).

    Raises :class:`FoundingError` that names the row; half a file is no file.
    """
    places: dict[str, int] = {}
    found: dict[str, Named] = {}
    for number, cells in _rows(path):
        if not places:
            heads = {"code": CODE, "name": NAME, "aliases": ALIASES}
            at = {
                key: next((cells.index(w) for w in words if w in cells), -1) for key, words in heads.items()
            }
            places = {key: place for key, place in at.items() if place >= 0} if at["code"] >= 0 else {}
            continue
        if not any(cells):
            continue
        given = {key: cells[place] if place < len(cells) else "" for key, place in places.items()}
        where = _("{file}第{row}行").format(file=path.name, row=number)
        read = standard.parse(given["code"])
        if read.value is None:
            said = f"{_(str(read.problem.text))}。{_(str(read.problem.advice))}" if read.problem else ""
            raise FoundingError(f"{where}：{given['code']!r} {said}")
        if not given.get("name"):
            raise FoundingError(_("{where}：名称空，请填写").format(where=where))
        code = full(read.value.code)
        if code in found:
            raise FoundingError(_("{where}：代码{code}出现两次").format(where=where, code=code))
        others = given.get("aliases", "").replace("；", "、").replace(";", "、").replace("\n", "、")
        found[code] = Named(code, given["name"], tuple(a.strip() for a in others.split("、") if a.strip()))
    if not found:
        raise FoundingError(
            _("{file}：没有读到区划。第一行应有“区划代码”和“名称”两栏").format(file=path.name)
        )
    return list(found.values())


def write_divisions(path: Path, divisions: Iterable[Named]) -> None:
    """Write divisions as :func:`read_divisions` reads them."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([CODE[0], NAME[0], ALIASES[0]])
        for each in divisions:
            writer.writerow([each.code, each.name, "、".join(each.aliases)])


def propose(folder: Path, office: Named) -> list[Named]:
    """The office and the communities that its ledgers name, for a person to check.

    A community that a list of divisions (区划网格清单) gives a code within the office keeps it, the others
    are numbered from the first free one. Names that hardly any row bears are left out.
    """
    with tempfile.TemporaryDirectory(prefix="shouwang-") as scratch:
        snapshot = Snapshot(Path(scratch))
        read_folder(folder, out_snapshot=snapshot)
        named: Counter[str] = Counter()
        listed: dict[str, str] = {}
        for part in snapshot.parts:
            if part.ledger == LISTED:
                rows = snapshot.read(part).select(["code", "name", "level"]).to_pylist()
                listed.update({r["name"]: r["code"] for r in rows if r["level"] == "社区" and r["code"]})
            elif "division" in part.fields:
                counts = pc.value_counts(snapshot.read(part).column("division").drop_null()).to_pylist()
                named.update({count["values"]: count["counts"] for count in counts})
    total = sum(named.values())
    low, high = standard.code_range(office.code)
    codes: dict[str, str] = {}
    for name in sorted(
        n for n, count in named.items() if count >= total * SEEN_AT_LEAST and n != office.name
    ):
        code = listed.get(name, "")
        within = len(code) == 12 and low < code <= high and standard.Division(code).level.name == "COMMUNITY"
        codes[name] = full(code) if within and full(code) not in codes.values() else ""
    number = 1
    for name, code in codes.items():
        while not code:
            made = full(f"{standard.significant(office.code)}{number:03d}")
            code, number = ("" if made in codes.values() else made), number + 1
            codes[name] = code
    return [office, *sorted((Named(code, name) for name, code in codes.items()), key=lambda n: n.code)]


def settle(divisions: Iterable[Named]) -> int:
    """Make or bring up to date these divisions, within an open change; how many were new."""
    made = 0
    for each in divisions:
        area = Area.objects.filter(code=each.code).first() or Area(code=each.code)
        made += area.pk is None
        aliases = "\n".join(each.aliases)
        if area.pk is None or (area.name, area.aliases) != (each.name, aliases):
            area.name, area.aliases = each.name, aliases
            area.full_clean()
            area.save()
    return made


def appoint(user: User, role: str, title: str, area: Area, *, organisation: str = "") -> Appointment:
    """Let the user hold a post of this role in the area from today, within an open change."""
    post = Post(role=role, title=title, area=area, organisation=organisation)
    post.full_clean()
    post.save()
    appointment = Appointment(post=post, user=user, start=timezone.localdate())
    appointment.full_clean()
    appointment.save()
    return appointment


def new_user(username: str, name: str, chosen: str = "") -> tuple[User, str]:
    """A user, with a password that was chosen or one made by chance, within an open change.

    :class:`FoundingError` where user name or password won't do.
    """
    try:
        user, password = create_user(username, name)
        if chosen:
            validate_password(chosen, user)
            user.set_password(chosen)
            user.must_change_password = False
            user.save()
    except ValidationError as error:
        raise FoundingError("；".join(error.messages)) from error
    return user, chosen or password


def administrators() -> list[User]:
    """Who holds a post of administrator today."""
    found = current(timezone.localdate(), post__role="administrator").select_related("user")
    return [appointment.user for appointment in found]
