"""The work-list stays cheap however much is under way elsewhere."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.workbench.people import appoint

from shouwang.risk.loop.worklist import WorkList


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
@pytest.mark.parametrize("section", ["overdue", "due", "mine"])
def test_what_is_mine_is_found_by_holder_and_post(section: str) -> None:
    user = appoint("liu", "刘芳", "community_staff", "110101001001000")
    plan = WorkList(user).rows(section).explain()
    assert "MULTI-INDEX OR" in plan
    assert "risk_finding_holder (holder_id=?" in plan and "risk_finding_post (post_id=?" in plan
    assert "SCAN" not in plan and "USING INDEX risk_finding_status" not in plan
