"""Reporting a problem: a form for a telephone, with photographs and place; offers what is on file."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwang.access.rights import requires
from shouwang.access.scope import holdings
from shouwang.risk.loop.intake import BY_HAND, Report
from shouwang.risk.loop.intake import report as let_in
from shouwang.risk.loop.machine import Refused
from shouwang.risk.loop.similar import near
from shouwang.risk.loop.steps import take
from shouwang.risk.models import PointCard, Source
from shouwang.risk.report import words
from shouwang.risk.risk_points import risk_points
from shouwang.risk.rule import Severity
from shouwang.workbench.findings.attachments import keep_files
from shouwang.workbench.findings.forms import FilesField, area_choices


class ReportForm(forms.Form):
    """What somebody noticed."""

    title = forms.CharField(max_length=100)
    text = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    about = forms.ChoiceField()
    severity = forms.ChoiceField(initial="medium")
    division = forms.ChoiceField()
    place = forms.CharField(max_length=200, required=False)
    uploads = FilesField()
    done = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.ChoiceField(required=False)
    subject_name = forms.CharField(max_length=100, required=False)
    latitude = forms.DecimalField(
        required=False, min_value=Decimal(-90), max_value=Decimal(90), widget=forms.HiddenInput()
    )
    longitude = forms.DecimalField(
        required=False, min_value=Decimal(-180), max_value=Decimal(180), widget=forms.HiddenInput()
    )
    token = forms.CharField(max_length=36, widget=forms.HiddenInput())

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            "title": _("问题"),
            "text": _("情况"),
            "about": _("属于哪一类"),
            "severity": _("严重程度"),
            "division": _("所在区划"),
            "place": _("具体位置"),
            "uploads": _("照片或文件"),
            "done": _("已当场整改的，写明怎么改的"),
            "source": _("从哪里得知"),
            "subject_name": _("涉及的人或单位"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["place"].help_text = _("如 3 号楼 2 单元楼道")
        self.fields["done"].help_text = _("当场能改的立即改好并拍照；由其他人核验后销号")
        choices: dict[str, list[Any]] = {
            "about": [("", "—"), *_kinds(user)],
            "severity": [(s.value, _(s.label)) for s in Severity],
            "division": area_choices(user, "finding.report"),
            "source": [(s.value, str(s.label)) for s in BY_HAND],
        }
        for name, given in choices.items():
            self.fields[name].choices = given  # type: ignore[attr-defined]


def _kinds(user: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The risk points the user may report on, by pack, with "something else" of each pack."""
    held = holdings(user)

    def allowed(code: str) -> bool:
        return any(h.role.may("finding.report", code) for h in held)

    points = {code: _(point.title) for code, point in risk_points().items()}
    points |= {card.code: card.title for card in PointCard.objects.filter(own=True)}
    packs: dict[str, list[tuple[str, str]]] = {}
    for code, title in sorted(points.items()):
        if allowed(code):
            packs.setdefault(code.partition(".")[0], []).append((code, title))
    named = {pack: words.pack_label(pack) for pack in packs}
    others = {p: words.pack_label(p) for p in _packs() if p not in named and allowed(f"{p}.report")}
    found = []
    for pack, label in {**named, **others}.items():
        rest = [(f"{pack}.", _("{pack}的其他问题").format(pack=label))] if allowed(f"{pack}.report") else []
        found.append((label, [*packs.get(pack, []), *rest]))
    return found


def _packs() -> list[str]:
    from shouwang.risk import catalogue

    return [*sorted({r.pack for r in catalogue.rules().values()}), "office"]


@requires("finding.report")
def report(request: HttpRequest) -> HttpResponse:
    """The form; what may be the same is offered before something new is made of it."""
    user: Any = request.user
    if request.method != "POST":
        form = ReportForm(user=user, initial={"token": uuid.uuid4().hex, "source": Source.REPORT})
        return render(request, "workbench/findings/report.html", {"form": form})
    form = ReportForm(request.POST, request.FILES, user=user)
    if not form.is_valid():
        return render(request, "workbench/findings/report.html", {"form": form}, status=422)
    given = form.cleaned_data
    about = given["about"]
    what = Report(
        source=Source(given["source"] or Source.REPORT),
        division_code=given["division"],
        title=given["title"],
        text=given["text"],
        severity=given["severity"],
        risk_point="" if about.endswith(".") else about,
        pack=about.partition(".")[0],
        place=given["place"],
        subject_name=given["subject_name"],
        latitude=given["latitude"],
        longitude=given["longitude"],
        token=given["token"],
    )
    try:
        if request.POST.get("same", "").isdecimal():
            return _add_to(request, int(request.POST["same"]), what, given)
        if not request.POST.get("really"):
            alike = near(
                user,
                code=what.code,
                risk_point=what.risk_point,
                division_code=what.division_code,
                place=what.place,
                latitude=what.latitude,
                longitude=what.longitude,
            )
            if alike:
                context = {"form": form, "alike": alike, "again": bool(given["uploads"])}
                return render(request, "workbench/findings/report.html", context)
        what.files = keep_files(given["uploads"])
        finding = let_in(user, what, done=given["done"])
    except (Refused, ValidationError) as refused:
        text = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
        form.add_error(None, text)
        return render(request, "workbench/findings/report.html", {"form": form}, status=422)
    messages.success(request, _("已上报，编号 {name}").format(name=finding.name))
    return redirect("workbench:finding", finding.pk)


def _add_to(request: HttpRequest, key: int, what: Report, given: dict[str, Any]) -> HttpResponse:
    """It is the same: what was written becomes a comment on the finding that is on file."""
    files = keep_files(given["uploads"])
    text = "\n".join(filter(None, (what.title, what.text, what.place)))
    take(request.user, "comment", key, text=text, token=what.token, files=files)  # type: ignore[arg-type]
    messages.success(request, _("已补充到这个问题"))
    return redirect("workbench:finding", key)
