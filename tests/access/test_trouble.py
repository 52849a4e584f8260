"""A full disk and a database that is away are told apart from our own faults."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest
from django import db
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse

from shouwang.access.trouble import trouble
from shouwang.workbench import errors


def raised(outer: type[Exception], inner: Exception) -> Exception:
    """An exception as Django raises it for one of the driver."""
    try:
        raise outer("wrapped") from inner
    except Exception as error:
        return error


def sqlite(code: int) -> Exception:
    inner = sqlite3.OperationalError("x")
    inner.sqlite_errorcode = code
    return raised(db.OperationalError, inner)


def postgres(state: str | None) -> Exception:
    psycopg = pytest.importorskip("psycopg")
    inner = psycopg.OperationalError("x") if state is None else psycopg.errors.lookup(state)("x")
    return raised(db.OperationalError, inner)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(errno.ENOSPC, "no room"), 507),
        (OSError(errno.EDQUOT, "quota"), 507),
        (raised(RuntimeError, OSError(errno.ENOSPC, "no room")), 507),
        (sqlite(sqlite3.SQLITE_FULL), 507),
        (sqlite(sqlite3.SQLITE_BUSY), 503),
        (sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), 503),
        (sqlite(sqlite3.SQLITE_IOERR_WRITE), 503),
        (sqlite(sqlite3.SQLITE_CORRUPT), 503),
        (db.InterfaceError("connection already closed"), 503),
        (OSError(errno.ENOENT, "no such file"), None),
        (sqlite(sqlite3.SQLITE_ERROR), None),
        (raised(db.IntegrityError, sqlite3.IntegrityError("UNIQUE")), None),
        (ValidationError("x"), None),
        (ValueError("disk is full"), None),
        (None, None),
    ],
)
def test_what_is_behind_an_exception(error: Exception | None, status: int | None) -> None:
    found = trouble(error)
    assert (found.status if found else None) == status


@pytest.mark.parametrize(
    ("state", "status"),
    [(None, 503), ("57P01", 503), ("08006", 503), ("53300", 503), ("40P01", 503), ("53100", 507),
     ("42P01", None), ("23505", None)],
)  # fmt: skip
def test_what_postgres_says(state: str | None, status: int | None) -> None:
    found = trouble(postgres(state))
    assert (found.status if found else None) == status


def test_causes_that_go_round_in_a_circle_come_to_an_end() -> None:
    one, other = ValueError("1"), ValueError("2")
    one.__cause__, other.__cause__ = other, one
    assert trouble(one) is None


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/x", "application/problem+json"), ("/apis/", "text/html; charset=utf-8")]
)
def test_programs_and_people_are_told_each_in_their_way(path: str, kind: str) -> None:
    request = RequestFactory().get(path)
    try:
        raise sqlite(sqlite3.SQLITE_BUSY)
    except db.OperationalError:
        answer = errors.failed(request)
    assert (answer.status_code, answer["content-type"], answer["Retry-After"]) == (503, kind, "30")
    assert "数据库暂时不能用" in answer.content.decode()
    own = errors.failed(request)
    assert own.status_code == 500 and "Retry-After" not in own


@pytest.mark.django_db
def test_a_form_longer_than_is_read_is_told_as_too_large(client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "长" * 1_000_000})
    assert answer.status_code == 413 and "内容太大" in answer.content.decode()


def test_a_command_tells_it_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from shouwang.cli import main as cli

    def fails(**_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(cli.shouwang, "main", fails)
        patch.setattr(cli.signal, "signal", lambda *_given: None)
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 3 and "磁盘已满" in said and "Traceback" not in said
