"""The first findings in an order are those that sorting all gives, however few are looked at first."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from tests.risk.loop.office import ONE, SYSTEM, TWO, Office, days, found, noticed

from shouwang.risk.loop import first as module
from shouwang.risk.loop.first import ORDERS, first
from shouwang.risk.loop.machine import OPEN, Status
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import Finding
from shouwang.trail import acting, change


def filled(count: int) -> None:
    """Findings of all statuses, ranks and places; some without amount or deadline, many alike in both."""
    rng = random.Random(count)
    found(*(noticed(subject=f"人{n:03}", division_code=rng.choice((ONE, TWO))) for n in range(count)))
    with acting(SYSTEM), change("finding.test"):
        for finding in Finding.objects.all():
            finding.status = rng.choice([s.value for s in Status])
            finding.rank = rng.randrange(3)
            finding.amount = rng.choice((None, Decimal(10), Decimal(20), Decimal(30)))
            finding.due = rng.choice((None, days(1), days(2)))
            finding.save()


@pytest.mark.parametrize("head", [0, 5, 40, 500])
@pytest.mark.parametrize("order", ORDERS)
def test_the_first_are_those_of_sorting_all(
    office: Office, order: str, head: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HEAD", head)
    filled(90)
    keys = ORDERS[order]
    where = Q(**{f"{keys[0].lstrip('-')}__isnull": False})
    for user in (office.leader, office.chief, office.grid):
        for statuses in (OPEN, frozenset(Status), frozenset({Status.SUBMITTED}), frozenset[Status]()):
            rows = Sight(user).visible()
            for most in (1, 7, 200):
                plain = rows.filter(where, status__in=sorted(statuses)).order_by(*keys)
                expected = list(plain.values_list("pk", flat=True)[:most])
                assert first(rows, statuses, keys, most) == expected
                later = Q(pk__gt=expected[0]) if expected else Q()
                after = list(plain.filter(later).values_list("pk", flat=True)[:most])
                assert first(rows, statuses, keys, most, later) == after


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_nothing_is_read_by_status_and_sorted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEAD", 5)
    filled(60)
    with CaptureQueriesContext(connection) as asked:
        for order, keys in ORDERS.items():
            assert first(Sight(office.leader).visible(), OPEN, keys, 3), order
            assert first(Sight(office.chief).visible("finding.close"), {Status.VERIFIED}, keys, 3), order
    for query in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = " / ".join(row[3] for row in cursor.fetchall())
        by_status = "SEARCH risk_finding USING INDEX risk_finding_status (status=?)" in plan
        assert not by_status, (query["sql"], plan)
        if "rowid=?" not in plan and "OR" not in plan.split():
            assert "TEMP B-TREE" not in plan, (query["sql"], plan)
