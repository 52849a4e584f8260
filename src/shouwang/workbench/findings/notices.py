"""Notices: what the user was told, and how they want to hear of things."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang import trail
from shouwang.access.rights import SIGNED_IN, requires
from shouwang.inbox.kinds import KINDS
from shouwang.inbox.models import Notice, Preference
from shouwang.workbench.asked import whole

PAGE = 50


def address(notice: Notice) -> str:
    """The page of what a notice is about; empty where there is none."""
    if notice.target == "risk.finding" and notice.target_id.isdecimal():
        return reverse("workbench:finding", args=[int(notice.target_id)])
    if notice.target == "risk.findings":
        return reverse("workbench:work-list")
    return ""


@requires(SIGNED_IN)
def listing(request: HttpRequest) -> HttpResponse:
    """The notices, the newest first."""
    rows = Notice.objects.filter(user=request.user.pk).order_by("-pk")
    after = whole(request.GET.get("after", ""))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: PAGE + 1])
    for notice in found:
        notice.address = address(notice)  # type: ignore[attr-defined]
        notice.label = _(KINDS.get(notice.kind, ""))  # type: ignore[attr-defined]
    more = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    return render(request, "workbench/findings/notices.html", {"rows": found[:PAGE], "after": more})


@require_POST
@requires(SIGNED_IN)
def mark(request: HttpRequest) -> HttpResponse:
    """Mark notices read: one, and go to what it is about; or all up to the newest that was shown."""
    mine = Notice.objects.filter(user=request.user.pk)
    one, upto = whole(request.POST.get("one", "")), whole(request.POST.get("upto", ""))
    if one is not None:
        notice = mine.filter(pk=one).first()
        if notice is not None:
            mine.filter(pk=notice.pk, read__isnull=True).update(read=timezone.now())
            return redirect(address(notice) or "workbench:notices")
    elif upto is not None:
        mine.filter(pk__lte=upto, read__isnull=True).update(read=timezone.now())
    return redirect("workbench:notices")


class PreferenceForm(forms.Form):
    """How a user wants to hear of things."""

    mail = forms.ChoiceField(choices=Preference.Mail.choices, widget=forms.RadioSelect)
    muted = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["mail"].label = _("邮件")
        self.fields["muted"].label = _("不提醒这些")
        self.fields["muted"].choices = [(code, _(label)) for code, label in KINDS.items()]  # type: ignore[attr-defined]


@requires(SIGNED_IN)
def preferences(request: HttpRequest) -> HttpResponse:
    """One's own preferences."""
    user: Any = request.user
    kept = Preference.objects.filter(user=user).first() or Preference(user=user)
    form = PreferenceForm(request.POST or None, initial={"mail": kept.mail, "muted": kept.muted})
    if request.method == "POST" and form.is_valid():
        with trail.change("inbox.prefer"):
            kept.mail, kept.muted = form.cleaned_data["mail"], form.cleaned_data["muted"]
            kept.full_clean()
            kept.save()
        messages.success(request, _("已保存"))
        return redirect("workbench:notice-preferences")
    return render(request, "workbench/findings/preferences.html", {"form": form})
