"""The trail as a user may see it, and what can be proved with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang import trail
from shouwang.access.middleware import user_of
from shouwang.access.rights import requires
from shouwang.access.scope import may
from shouwang.access.trails import about_person, visible_events
from shouwang.ledger.identity import person_index
from shouwang.standards import resident_id
from shouwang.standards.masking import mask_id
from shouwang.trail.evidence import MOST, TooMany, evidence
from shouwang.trail.models import Event, Seal
from shouwang.trail.publishing import bounds, day_seals
from shouwang.trail.seal import seal
from shouwang.trail.words import actions, target_label
from shouwang.workbench.people.forms import DateInput, Reason

PAGE = 50
DAYS = 30
"""Without a first day the list goes back so far: the trail has millions of events, and few are looked for."""


class FilterForm(forms.Form):
    """What the list is narrowed to; it comes by POST, for it may name somebody."""

    action = forms.ChoiceField(label=gettext_lazy("动作"), required=False)
    who = forms.CharField(label=gettext_lazy("操作人"), required=False, max_length=100)
    since = forms.DateField(label=gettext_lazy("自"), required=False, widget=DateInput())
    until = forms.DateField(label=gettext_lazy("至"), required=False, widget=DateInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["action"].choices = [("", _("全部")), *actions().items()]  # type: ignore[attr-defined]

    def narrow(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Only what is wanted."""
        wanted = self.cleaned_data
        since: dt.date = wanted.get("since") or timezone.localdate() - dt.timedelta(days=DAYS)
        events = events.filter(moment__gte=bounds(since)[0])
        if wanted.get("until"):
            events = events.filter(moment__lt=bounds(wanted["until"])[1])
        if wanted.get("action"):
            events = events.filter(action=wanted["action"])
        if wanted.get("who"):
            events = events.filter(Q(name=wanted["who"]) | Q(actor=wanted["who"]))
        return events


def _page(events: QuerySet[Event], before: str) -> tuple[list[Event], str]:
    """A page of events, newest first, and where the next one begins."""
    if before.isdigit():
        events = events.filter(pk__lt=int(before))
    rows = list(events.order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""


@require_http_methods(["GET", "POST"])
@requires("trail.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The latest events that the user may see."""
    form = FilterForm(request.POST or {})
    visible = visible_events(user_of(request))
    rows: list[Event] = []
    before = ""
    if form.is_valid():
        rows, before = _page(form.narrow(visible), request.POST.get("before", ""))
    context = {"form": form, "rows": rows, "before": before, "days": DAYS}
    return render(request, "workbench/trail/list.html", context)


def _record(request: HttpRequest, target: str, number: str, right: str) -> QuerySet[Event]:
    """The events on a record that the user may see; 404 where there are none."""
    found = visible_events(user_of(request), right).filter(target=target, target_id=number)
    if not found.exists():
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@requires("trail.view")
def record(request: HttpRequest, target: str, number: str) -> HttpResponse:
    """The history of one record."""
    found = _record(request, target, number, "trail.view")
    rows, before = _page(found, request.POST.get("before", ""))
    context = {
        "target": target,
        "number": number,
        "rows": rows,
        "before": before,
        "exports": may(user_of(request), "trail.export", target),
        "reason": Reason(),
    }
    return render(request, "workbench/trail/record.html", context)


@require_POST
@requires("trail.export")
def export(request: HttpRequest, target: str, number: str) -> HttpResponse:
    """The history of a record as evidence; leaves an event with the reason."""
    found = _record(request, target, number, "trail.export")
    form = Reason(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明原因。"))
        return redirect("workbench:trail-record", target, number)
    seal(patience=2.0)
    title = f"{target_label(target)} {number}"
    try:
        packed = evidence(found.order_by("pk"), title, str(user_of(request)), timezone.localtime())
    except TooMany as error:
        words = {"count": error.args[0], "most": MOST}
        messages.error(request, _("共%(count)s条，一次最多%(most)s条。") % words)
        return redirect("workbench:trail-record", target, number)
    division = found.order_by("-pk").values_list("division_code", flat=True).first() or ""
    trail.record("trail.evidence", target, number, reason=form.cleaned_data["reason"], division_code=division)
    response = HttpResponse(packed, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="evidence.zip"'
    return response


class SeenForm(Reason):
    """Whose file, and why it is asked."""

    id_number = forms.CharField(
        label=gettext_lazy("身份证号"),
        max_length=18,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    field_order = ("id_number", "reason")

    def clean_id_number(self) -> str:
        """The number in its full form."""
        read = resident_id.parse(self.cleaned_data["id_number"].strip())
        if read.value is None:
            raise forms.ValidationError(_(str(read.problem.text)) if read.problem else _("身份证号有误"))
        return read.value.number


@sensitive_post_parameters("id_number")
@require_http_methods(["GET", "POST"])
@requires("trail.view")
def seen(request: HttpRequest) -> HttpResponse:
    """Who read or changed what on a person; asking leaves an event too."""
    form = SeenForm(request.POST or None)
    rows, masked = None, ""
    if request.method == "POST" and form.is_valid():
        person = person_index(form.cleaned_data["id_number"])
        masked = mask_id(form.cleaned_data["id_number"])
        trail.record("trail.seen", person=person, reason=form.cleaned_data["reason"])
        rows = list(about_person(user_of(request), person)[:500])
        form = SeenForm()  # the number does not go back into the page
    context = {"form": form, "rows": rows, "masked": masked}
    return render(request, "workbench/trail/seen.html", context)


@require_GET
@requires("trail.view")
def seals(request: HttpRequest) -> HttpResponse:
    """The seals of the days, to be printed and posted."""
    last = Seal.objects.order_by("-pk").first()
    today = timezone.localdate()
    days = day_seals(today - dt.timedelta(days=DAYS), today)
    return render(request, "workbench/trail/seals.html", {"days": days, "last": last})
