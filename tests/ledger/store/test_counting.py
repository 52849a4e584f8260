"""Counts of many lists in one statement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shouwang.access.scope import Scope
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.store import counting
from shouwang.ledger.store.counting import counts
from shouwang.ledger.store.listing import Ask, Listing
from shouwang.ledger.store.places import everywhere
from tests.ledger.store.office import QINGYUAN, YUNXI, book, load, row, town

pytestmark = pytest.mark.django_db
PERSONS = "registry.person"


def lists(scope: Scope) -> dict[str, Any]:
    return {name: Listing(spec, scope, Ask()).rows for name, spec in ledgers().items()}


def test_all_ledgers_are_counted_by_one_statement_as_one_by_one(
    tmp_path: Path, django_assert_num_queries: Any
) -> None:
    town()
    load(book(tmp_path / "in", [row(), row(number="999914200911266389", name="张小宝")]))
    area = Scope(((YUNXI, YUNXI[:12] + "999"),))
    for scope in (everywhere(), area, Scope(((QINGYUAN, QINGYUAN),)), Scope()):
        asked = lists(scope)
        with django_assert_num_queries(1 if scope else 0):
            found = counts(asked, 1000)
        assert found == {name: Listing(spec, scope, Ask()).count(1000) for name, spec in ledgers().items()}
    assert counts(lists(area), 1000)[PERSONS] == (2, False)
    assert counts(lists(area), 1)[PERSONS] == (1, True)
    assert counts({}, 1000) == {}


def test_more_lists_than_a_statement_takes_are_parted(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(counting, "TOGETHER", 50)
    some = dict(list(lists(everywhere()).items())[:120])
    with django_assert_num_queries(3):
        assert set(counts(some, 10).values()) == {(0, False)}
