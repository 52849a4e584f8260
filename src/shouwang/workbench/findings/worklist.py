"""The work-list: what waits for the one who is signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.access.rights import requires
from shouwang.inbox.models import Notice
from shouwang.risk.loop.worklist import WorkList


@requires("finding.view")
def work(request: HttpRequest) -> HttpResponse:
    """All sections that hold anything, and the newest unread notices."""
    context = {
        "sections": WorkList(request.user).sections(),  # type: ignore[arg-type]
        "unread_notices": list(
            Notice.objects.filter(user=request.user.pk, read__isnull=True).order_by("-pk")[:5]
        ),
        "today": timezone.localdate(),
    }
    return render(request, "workbench/findings/work.html", context)
