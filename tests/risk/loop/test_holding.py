"""Evidence of an open finding is held back, that of a closed one is not."""

from __future__ import annotations

import pytest
from tests.risk.loop.office import Office, found, noticed

from shouwang.ledger import retention
from shouwang.risk.loop.holding import needed
from shouwang.risk.models import Finding


def test_only_open_findings_hold_their_rows(office: Office) -> None:
    found(noticed())
    assert needed("assistance.payment", [1, 2]) == {1} and needed("registry.person", [1]) == set()
    assert needed in retention._HOLDS


@pytest.mark.parametrize("status", ["closed", "dismissed", "merged"])
def test_what_is_done_with_holds_nothing(office: Office, status: str) -> None:
    from shouwang.trail import Actor, acting, change

    (finding,) = found(noticed())
    with acting(Actor("command:tests", "测试")), change("finding.tests"):
        Finding._base_manager.filter(pk=finding.pk).update(status=status)
    assert needed("assistance.payment", [1]) == set()
