"""Rows that prove an open finding stay, whatever their period says."""

from __future__ import annotations

from collections.abc import Iterable

from shouwang.risk.loop.machine import OPEN
from shouwang.risk.models import EvidenceRow


def needed(ledger: str, keys: Iterable[int]) -> set[int]:
    """Those of the rows that are evidence of a finding which is not done with."""
    cited = EvidenceRow.objects.filter(
        ledger=ledger, record__in=list(keys), finding__status__in=[status.value for status in OPEN]
    )
    return set(cited.values_list("record", flat=True))
