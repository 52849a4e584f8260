"""What the clock does for findings and scans."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from shouwang.clock import daily, every
from shouwang.risk.loop import standing
from shouwang.risk.loop.tasks import keep_deadlines
from shouwang.risk.models import ScanRun
from shouwang.risk.scans import requests, running


@every(minutes=30, label="整改期限与逾期上报", why="deadlines come near and pass whoever is there")
def deadlines() -> None:
    """Have the worker warn of deadlines, escalate what is overdue, bring back what was dismissed till now."""
    keep_deadlines.enqueue()


@daily("07:00", label="岗位空缺", why="a post without a holder is a risk that nobody there can report")
def vacancies() -> None:
    """Let posts without a holder into the loop."""
    standing.notice_vacancies()


@daily("02:00", label="每日扫描", why="a new day brings new findings")
def nightly_scan() -> None:
    """Scan the database as of the new day."""
    requests.request(ScanRun.Trigger.CLOCK)


@every(minutes=5, label="补做等待的扫描", why="a scan that was asked for is owed")
def waiting_scans() -> None:
    """Give a scan that has waited for some minutes to the worker again: its task was lost.

    One whose worker was killed is noted as failed and asked for anew.
    """
    running.revive()
    late = timezone.now() - dt.timedelta(minutes=3)
    waiting = (
        ScanRun.objects.filter(status=ScanRun.Status.WAITING, requested_at__lt=late).order_by("pk").first()
    )
    if waiting is not None:
        requests.enqueue(waiting.pk)
