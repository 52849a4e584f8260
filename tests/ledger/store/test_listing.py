"""What a list asks the database for stays cheap in the widest area."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.ledger.store.listing import Listing, ask_of
from shouwang.ledger.store.places import everywhere
from shouwang.registry.models import Person


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_a_number_is_looked_up_and_not_searched_for_in_the_area() -> None:
    listing = Listing(Person.spec, everywhere(), ask_of(Person.spec, {}, "11010519491231002X"))
    assert listing.number
    plan = listing.exact.order_by("division_code", "pk")[:51].explain()
    assert "USING INTEGER PRIMARY KEY (rowid=?)" in plan and "registry_person_person" in plan
    assert "SCAN registry_person" not in plan and "division_code>?" not in plan


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_a_deep_page_begins_in_the_index_where_it_begins() -> None:
    listing = Listing(Person.spec, everywhere(), ask_of(Person.spec, {}))
    with CaptureQueriesContext(connection) as asked:
        assert listing.page("110101001001000:13000").rows == []
    plans = []
    for query in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans.append(" / ".join(row[3] for row in cursor.fetchall()))
    assert [
        "division_code=? AND rowid>?" in plan or "division_code=? AND id>?" in plan for plan in plans
    ] == [True, False]
    assert all("TEMP B-TREE" not in plan and "SCAN" not in plan for plan in plans), plans
