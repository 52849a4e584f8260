"""Addresses of static files that change with their content, so that browsers may keep them for long."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def _version(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if isinstance(found, str) else ""


class VersionedStaticFilesStorage(StaticFilesStorage):
    """Adds ``?v=`` and a hash of the content to each address. There is no step that collects files."""

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a static file; one that does not exist has no version."""
        address = super().url(name)
        version = _version(name) if name else ""
        return f"{address}?v={version}" if version else str(address)
