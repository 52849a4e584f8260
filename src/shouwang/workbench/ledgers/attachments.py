"""Files of a record: added from a computer or straight from a phone's camera, given out only unspoilt."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from shouwang import trail
from shouwang.access.rights import requires
from shouwang.evidence import kinds, store, targets
from shouwang.evidence.models import Attachment
from shouwang.workbench.ledgers.showing import me, row_of, spec_of

NOTHING = "default-src 'none'; img-src 'self'; sandbox"
"""Whatever a file holds, nothing of it runs in the name of this site."""


@requires("evidence.add", subject="ledger")
@require_POST
def attach(request: HttpRequest, ledger: str, pk: int) -> HttpResponse:
    """Add files to a record, all or none; time and place of a photo only where the box is ticked."""
    spec = spec_of(ledger)
    row = row_of(request.user, "evidence.add", spec, pk)
    place = request.POST.get("place") == "1"
    try:
        kept = store.keep_all(request.FILES.getlist("files"), keep_place=place)
    except ValidationError as problem:
        messages.error(request, "；".join(problem.messages))
        return redirect("workbench:ledger-record", ledger, pk)
    with trail.change("evidence.add"):
        for file in kept:
            store.attach(file, spec.name, row.pk, by=me(request), division_code=row.division_code)
    return redirect("workbench:ledger-record", ledger, pk)


def _visible(request: HttpRequest, pk: int) -> Attachment:
    found: Attachment = get_object_or_404(Attachment.objects.select_related("file"), pk=pk)
    if not targets.visible(request.user, found.target, found.target_id):
        raise Http404(pk)
    return found


def _answer(content: bytes, media: str, name: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["Content-Security-Policy"] = NOTHING
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _content(found: Attachment) -> bytes | None:
    """The content, or None with an event where it is gone or was changed."""
    try:
        return store.read(found.file)
    except store.Damaged as problem:
        trail.record("evidence.spoilt", found.target, found.target_id, attachment=found.pk, why=str(problem))
        return None


@requires("evidence.view")
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, checked against its hash; pictures open in the browser, all else is saved."""
    found = _visible(request, pk)
    content = _content(found)
    if content is None:
        return HttpResponse(status=410)
    return _answer(content, found.file.media_type, found.name, inline=found.file.is_image)


@requires("evidence.view")
def small(request: HttpRequest, pk: int) -> HttpResponse:
    """The small picture of a photo."""
    found = _visible(request, pk)
    content = _content(found) if found.file.is_image else None
    if content is None:
        return HttpResponse(status=404)
    return _answer(kinds.thumbnail(content), "image/jpeg", "small.jpg", inline=True)
