"""What every test may use, and the book-keeping of ``@pytest.mark.seed``."""

import csv
import gc
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Tests, and the commands they start, have a home of their own, and keys that open nothing else.
os.environ["SHOUWANG_HOME"] = tempfile.mkdtemp(prefix="shouwang-tests-")
os.environ.setdefault("SHOUWANG_SECRET_KEY", "tests-only")

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

# What is loaded and collected stays to the end; to look for garbage in it again and again is a quarter of the
# whole run. After the collection it is set aside, and what the tests leave is looked through less often.
gc.disable()

# pytest-django has read the settings before this file.
settings.SECRET_KEY = os.environ["SHOUWANG_SECRET_KEY"]

from shouwang.home import first_start  # noqa: E402

first_start()

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
ON_POSTGRES = os.environ.get("SHOUWANG_DATABASE", "").startswith("postgres")
REQUIREMENTS = ROOT / "tests" / "seeds" / "requirements.csv"

# The same examples in every run: a check that fails now and then teaches people to ignore it.
# HYPOTHESIS_PROFILE=explore looks for new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, max_examples=40)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--seeds-out FILE`` writes, after collection, which requirement has which tests."""
    parser.addoption("--seeds-out", metavar="FILE", help="write {requirement: [tests]} as JSON to FILE")
    parser.addoption("--touching-database", action="store_true", help="only the tests that use the database")
    parser.addoption("--thorough", action="store_true", help="also the tests that take minutes")


def _requirement_numbers() -> set[str]:
    with REQUIREMENTS.open(encoding="utf-8", newline="") as stream:
        return {row["number"] for row in csv.DictReader(stream)}


def _seeds(item: pytest.Item) -> list[str]:
    return [str(number) for mark in item.iter_markers("seed") for number in mark.args]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse marks that name no requirement; keep the Spark tests together and skip them without Java.

    Tests that only PostgreSQL can answer are skipped elsewhere; ``--touching-database`` leaves out those
    that no database could change.
    """
    known = _requirement_numbers()
    wrong = [f"{item.nodeid}: {number!r}" for item in items for number in _seeds(item) if number not in known]
    empty = [item.nodeid for item in items for mark in item.iter_markers("seed") if not mark.args]
    if wrong or empty:
        raise pytest.UsageError("seed marks that name no requirement:\n  " + "\n  ".join(wrong + empty))
    java = shutil.which("java") or os.environ.get("JAVA_HOME")
    for item in items:
        if item.get_closest_marker("spark"):
            # One worker starts one Java machine; two of them would fight for the memory of a small computer.
            item.add_marker(pytest.mark.xdist_group("spark"))
            if not java:
                item.add_marker(pytest.mark.skip(reason="Spark needs Java (default-jre-headless)"))
        if item.get_closest_marker("postgres") and not ON_POSTGRES:
            item.add_marker(pytest.mark.skip(reason="asks PostgreSQL: make test-postgres"))
        if (shared := _shared_by_module(item)) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(shared))
    wanted = [_is_wanted(item, config) for item in items]
    config.hook.pytest_deselected(items=[item for item, kept in zip(items, wanted, strict=True) if not kept])
    items[:] = [item for item, kept in zip(items, wanted, strict=True) if kept]


ELSEWHERE = ("packs", "cli", "synth", "faults", "backup", "docs", "scripts", "fund", "standards")
"""Rooms of tests that no other database could answer otherwise: they leave their questions to the kernel."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Tests that ``--touching-database`` leaves out by their room are not even read."""
    asked = config.getoption("--touching-database") and collection_path.parent == ROOT / "tests"
    return True if asked and collection_path.name in ELSEWHERE else None


def _is_wanted(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("thorough") and not config.getoption("--thorough"):
        return False
    return not config.getoption("--touching-database") or _asks_sql(item)


def _shared_by_module(item: pytest.Item) -> str:
    """Which tests share something that is made once a module; on two workers it would be made twice.

    The module's path, with the parameters of what is shared; empty where nothing is.
    """
    known = getattr(item, "_fixtureinfo", None)
    shared = [d[-1] for d in known.name2fixturedefs.values() if d[-1].scope == "module"] if known else []
    given = getattr(item, "callspec", None)
    kinds = [str(given.params.get(made.argname, "")) for made in shared] if given else []
    return item.nodeid.split("::")[0] + "".join(kinds) if shared else ""


def _asks_sql(item: pytest.Item) -> bool:
    """Whether another database could answer otherwise."""
    return not item.get_closest_marker("once") and _touches_database(item)


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
        or fixtures & {"db", "transactional_db", "live_server", "postgres_address"}
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Set aside what is loaded; write the book of requirements and tests where ``--seeds-out`` says."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)
    target = session.config.getoption("--seeds-out")
    if not target:
        return
    book: dict[str, list[str]] = {}
    for item in session.items:
        for number in _seeds(item):
            book.setdefault(number, []).append(re.sub(r"\[.*", "", item.nodeid))
    tidy = {number: sorted(set(tests)) for number, tests in sorted(book.items())}
    Path(target).write_text(json.dumps(tidy, ensure_ascii=False, indent=1), encoding="utf-8")


@pytest.fixture(scope="session")
def office_a() -> Path:
    """The folder of the sample office "a" with its truth; it lies beside the repository, not in it."""
    folder = SHARED / "samples" / "office-a"
    if not (folder / "manifest.json").is_file():
        pytest.skip("the sample office ../shared/samples/office-a is not on this machine")
    return folder


@pytest.fixture(scope="session")
def office_a_read(office_a: Path) -> Any:
    """What the reader reads in it (:class:`tests.sample_read.SampleRead`).

    That takes a while, so the modules that ask for it are in one group and run on one worker.
    """
    from tests.sample_read import sample_read

    return sample_read(office_a)


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """The address of an empty PostgreSQL database for tests that start programs of their own on one."""
    from tests import postgres

    try:
        with postgres.server() as running:
            yield running.create()
    except postgres.NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The test databases of SQLite are copied from one that was migrated once."""
    from tests import migrated

    cache = getattr(pytestconfig, "cache", None)  # not there with -p no:cacheprovider
    with pytest.MonkeyPatch.context() as patch:
        migrated.remembering(cache.mkdir("migrated") if cache else tmp_path_factory.mktemp("kept"), patch)
        yield


@pytest.fixture(scope="session")
def migrated_home(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A home with keys and an empty, migrated SQLite database, to be copied by who starts programs on one."""
    from django.db import connection

    from shouwang.home import KEYS

    if connection.vendor != "sqlite":
        pytest.skip("has its database in a file")
    home = tmp_path_factory.mktemp("migrated")
    shutil.copy(Path(os.environ["SHOUWANG_HOME"]) / KEYS, home / KEYS)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(home / "shouwang.sqlite3")])
    return home


@pytest.fixture
def own_keys(tmp_path: Path) -> Iterator[None]:
    """Keys that may be rotated and lost without the other tests noticing."""
    from shouwang import home
    from shouwang.ledger import secret

    shutil.copy(home.home() / home.KEYS, tmp_path / home.KEYS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOUWANG_HOME", str(tmp_path))
        secret.forget()
        yield
    secret.forget()  # a process looks only every second whether the keys have changed


def _speak_chinese() -> None:
    if apps.ready:  # not so in a suite that runs without Django
        translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _the_next_test_speaks_chinese() -> Iterator[None]:
    """What a test leaves spoken, as a command does for the rest of its process, is not for the next one."""
    names = ("SHOUWANG_LANGUAGE", "LANGUAGE")
    before = {name: os.environ.get(name) for name in names}
    _speak_chinese()
    yield
    _speak_chinese()
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(autouse=True, scope="session")
def _passwords_are_quick(pytestconfig: pytest.Config) -> Iterator[None]:
    """A password is hashed slowly on purpose; the tests make many and none of them is a secret."""
    if not pytestconfig.pluginmanager.hasplugin("django"):
        yield
        return
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def _tests_may_flush(pytestconfig: pytest.Config) -> Iterator[None]:
    """The flush after a transactional test empties the trail too, which its triggers and its guard refuse."""
    if not pytestconfig.pluginmanager.hasplugin("django"):
        yield
        return
    from django.db.backends.base.operations import BaseDatabaseOperations

    from shouwang.trail import guard, triggers

    flush = BaseDatabaseOperations.execute_sql_flush

    def freely(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        triggers.remove(operations.connection)
        with guard.paused():
            flush(operations, statements)
            if operations.connection.vendor == "sqlite":
                # A trail that begins anew begins at 1: SQLite's numbers have no gaps, verifying counts on it.
                with operations.connection.cursor() as cursor:
                    cursor.execute("DELETE FROM sqlite_sequence WHERE name LIKE 'trail%%'")
        triggers.install(operations.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", freely)
        yield


def pytest_sessionfinish() -> None:
    """Close the connection that the rules' tests share, if one was opened."""
    shutil.rmtree(os.environ["SHOUWANG_HOME"], ignore_errors=True)
    asking = sys.modules.get("tests.asking")
    if asking is not None:
        asking.let_go()
