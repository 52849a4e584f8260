"""The small office of the loop's tests, for its pages."""

from __future__ import annotations

import pytest

from tests.risk.loop.office import Office, build


@pytest.fixture
def office(db: None) -> Office:
    """The small office."""
    return build()
