"""Views of the shell itself: the language switch, and whether it is well."""

from __future__ import annotations

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang import trail
from shouwang.access.rights import OPEN, requires


@require_POST
@requires(OPEN)
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language: kept with the user, or in the session of a visitor. Back to the page it was on."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        with trail.change("access.language"):
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    else:
        request.session["language"] = chosen
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else "/")


@never_cache
@requires(OPEN)
def health(request: HttpRequest) -> HttpResponse:
    """Whether the pages can do their work: 200 when the database answers, else 503. Says nothing more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
