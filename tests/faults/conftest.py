"""A prepared home for each test of faults, and the machine they run on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.machine import Machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all of them, which loads the machine once; and there is a database to be copied.

    The mark comes after ``--touching-database`` has chosen: these tests bring their own databases.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("faults"))
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def machine() -> Iterator[Machine]:
    """The machine, loaded once."""
    with Machine() as loaded:
        yield loaded


@pytest.fixture(scope="session")
def blank(migrated_home: Path) -> Path:
    """A home with an empty database."""
    return migrated_home


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Path], Path]:
    """Makes a copy of a home that nobody has open."""
    made = 0

    def copied(home: Path) -> Path:
        nonlocal made
        made += 1
        target = tmp_path / f"home{made}"
        shutil.copytree(home, target)
        return target

    return copied
