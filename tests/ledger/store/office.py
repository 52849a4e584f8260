"""A small office with two communities, and workbooks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from shouwang import trail
from shouwang.access import roles
from shouwang.access.models import Appointment, Area, Post, User
from shouwang.access.roles import Grant, Role
from shouwang.ledger.store.importing import Done, Incoming, commit, prepare
from tests.workbooks import write_workbook

TOWN, YUNXI, QINGYUAN = "110101001000000", "110101001001000", "110101001002000"
GRID = "110101001001001"
ME = trail.Actor("command:tests", "测试")
IDS = ("999901199302086027", "999914200911266389", "999901197001019999")
HEADER = ["社区", "户号", "姓名", "身份证号", "联系电话", "住址", "户籍状态", "变动日期", "备注"]


@contextmanager
def doing(action: str = "test.setup") -> Iterator[None]:
    """A change somebody makes."""
    with trail.acting(ME), trail.change(action):
        yield


def town() -> None:
    """The divisions."""
    with doing():
        for code, name in (
            (TOWN, "望河街道"),
            (YUNXI, "云溪社区"),
            (QINGYUAN, "青苑社区"),
            (GRID, "云溪第一网格"),
        ):
            Area(code=code, name=name).save()


def worker(
    code: str, *rights: str, role: str = "tester", name: str = "王敏", on: tuple[str, ...] = ("*",)
) -> User:
    """A user with a post in a division that carries these rights."""
    catalogue = roles.roles()
    catalogue[role] = Role(role, role, (Grant(frozenset(rights), on),))
    with doing():
        user = User(username=f"{role}-{code}", name=name)
        user.set_unusable_password()
        user.save()
        post = Post(role=role, title="经办", area=Area.objects.get(code=code))
        post.save()
        Appointment(post=post, user=user, start=dt.date(2020, 1, 1)).save()
    return user


@pytest.fixture
def _roles() -> Iterator[None]:
    """Roles that a test adds are gone after it."""
    known = dict(roles.roles())
    yield
    roles.roles().clear()
    roles.roles().update(known)


def book(
    folder: Path, rows: Iterable[Iterable[Any]], name: str = "户籍.xlsx", title: str = "户籍人口台账"
) -> Path:
    """A register of residents."""
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(folder / name, {title[:20]: [[title], HEADER, *(list(row) for row in rows)]})
    return folder


def row(
    community: str = "云溪社区",
    number: str = IDS[0],
    name: str = "张三丰",
    status: str = "正常",
    note: str = "",
) -> list[Any]:
    """A line of the register."""
    return [community, "H001", name, number, "13800131234", "云溪花园3幢202", status, "", note]


def load(folder: Path, **options: Any) -> list[Done]:
    """Import a folder as a command does."""
    with trail.acting(ME):
        return commit(looked(folder, **options))


def looked(folder: Path, **options: Any) -> Incoming:
    """What importing a folder would do."""
    return prepare(folder, **options)
