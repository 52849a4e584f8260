"""The first page after sign-in: what waits for the one who is signed in, and how things stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shouwang.access.middleware import user_of
from shouwang.access.rights import SIGNED_IN, requires
from shouwang.access.scope import may
from shouwang.risk.loop.worklist import WorkList
from shouwang.workbench.figures import standing
from shouwang.workbench.figures.standing import View


@require_GET
@requires(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """The work-list; for those who have no part in findings, what they may open."""
    user = user_of(request)
    sees = may(user, "finding.view")
    context = {
        "sees": sees,
        "sections": WorkList(user).sections() if sees else [],
        "today": timezone.localdate(),
    }
    return render(request, "workbench/home.html", context)


@require_GET
@requires("finding.view")
def numbers(request: HttpRequest) -> HttpResponse:
    """The numbers at the head of the home page, which it asks for by itself: they may take a moment."""
    view = View(user_of(request))
    heads = standing.heads(view, standing.trend(view))
    return render(request, "workbench/figures/heads.html", {"heads": heads, "list_link": view.link()})
