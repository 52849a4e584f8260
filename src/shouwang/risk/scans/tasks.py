"""What the worker does for scans."""

from __future__ import annotations

from django_tasks import task

from shouwang.access.rights import SYSTEM, job
from shouwang.risk.models import ScanRun
from shouwang.risk.scans import requests, running
from shouwang.trail import Actor, acting


@task()
@job(SYSTEM)
def scan_database(key: int) -> str:
    """Run a scan, then hand on the next that waits."""
    with acting(Actor("job:scan", "扫描")):
        try:
            status = running.run_scan(key)
        except running.Busy:
            return "busy"
        following = ScanRun.objects.filter(status=ScanRun.Status.WAITING).order_by("pk").first()
        if following is not None:
            requests.enqueue(following.pk)
        return status
