"""What could not be delivered: to whom, how often tried, why; never what stands in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from shouwang.access.middleware import user_of
from shouwang.access.rights import requires
from shouwang.access.scope import scope_of
from shouwang.inbox import sending
from shouwang.workbench.asked import whole
from shouwang.workbench.sending.acts import carry_out

PAGE = 50


@require_http_methods(["GET", "POST"])
@requires("webhook.manage")
def listing(request: HttpRequest) -> HttpResponse:
    """The list; chosen messages are tried again, or given up for a reason."""
    rows = sending.undelivered(scope_of(user_of(request), "webhook.manage"))
    if request.method == "POST":
        carry_out(
            request,
            PAGE,
            lambda keys: list(rows.filter(pk__in=keys)),
            lambda chosen: sending.again(*chosen),
            lambda chosen, reason: sending.drop(reason, *chosen),
        )
        return redirect("workbench:undelivered")
    before = whole(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    context = {"rows": found[:PAGE], "before": found[PAGE - 1].pk if len(found) > PAGE else ""}
    return render(request, "workbench/sending/undelivered.html", context)
