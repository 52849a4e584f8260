"""Photographs and files of findings, kept by the room of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.evidence import store
from shouwang.risk.models import Finding


def keep_files(uploads: Iterable[Any], *, keep_place: bool = False) -> list[Any]:
    """Check uploads and put them on disk; ``ValidationError`` for one that is refused."""
    given = [upload for upload in uploads if upload]
    return list(store.keep_all(given, keep_place=keep_place))


def attachments_of(finding: Finding) -> list[Any]:
    """What is attached to a finding."""
    return list(store.of("risk.finding", finding.pk))
