"""Asking for scans: by a person, after an import, by the clock, after a parameter was changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from shouwang import trail
from shouwang.access.models import User
from shouwang.risk.models import ScanRun
from shouwang.trail import Actor, NoActor, acting, current_actor


def request(
    trigger: str, *, user: User | None = None, as_of: dt.date | None = None, whole: bool = False
) -> ScanRun:
    """Ask for a scan; one that waits already serves, where it is as thorough and of the same day.

    Two scans never run at once: the second waits until the first has ended.
    """
    day = as_of or timezone.localdate()
    with transaction.atomic(), trail.change("scan.request"):
        waiting: ScanRun | None = (
            ScanRun.objects.select_for_update()
            .filter(status=ScanRun.Status.WAITING, as_of=day, whole__in=[True, whole])
            .order_by("pk")
            .first()
        )
        if waiting is not None:
            return waiting
        made = ScanRun(trigger=trigger, requested_by=user, as_of=day, whole=whole)
        made.save()
        enqueue(made.pk)
    return made


def enqueue(key: int) -> None:
    """Give a waiting scan to the worker."""
    from shouwang.risk.scans.tasks import scan_database

    scan_database.enqueue(key)


def after_import(*, ledgers: list[str], **_signal: Any) -> None:
    """Ask for a scan of what an import changed; called when it is committed."""
    if not ledgers:
        return
    try:
        current_actor()
    except NoActor:
        with acting(Actor("job:import", "导入之后")):
            request(ScanRun.Trigger.IMPORT)
    else:
        request(ScanRun.Trigger.IMPORT)
