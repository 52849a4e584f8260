"""The risk register: points with their levels before and after, the matrix, measures, what is missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwang.access.rights import requires
from shouwang.access.scope import may
from shouwang.risk import catalogue
from shouwang.risk.models.register import IMPACTS, LIKELIHOODS, Measure, PointCard
from shouwang.risk.register import (
    RegisterRefused,
    RegisterView,
    add_measure,
    assess,
    change_measure,
    matrix,
    set_matrix,
)
from shouwang.risk.rule import Severity
from shouwang.standards.reading import N_

LACKS = {
    "rule": N_("没有规则"),
    "owner": N_("无人负责"),
    "measure": N_("没有措施"),
    "residual": N_("未评剩余等级"),
}


class CardForm(forms.ModelForm[PointCard]):
    """The office's assessment of a point."""

    reason = forms.CharField(max_length=500)

    class Meta:
        model = PointCard
        fields = (
            "inherent_likelihood",
            "inherent_impact",
            "residual_likelihood",
            "residual_impact",
            "owner",
            "note",
        )
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = _("理由")


class MeasureForm(forms.ModelForm[Measure]):
    """A measure of the office."""

    class Meta:
        model = Measure
        fields = ("text", "kind", "responsible", "due")
        widgets = {"due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


@requires("risk_point.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The register with its matrix."""
    view = RegisterView(request.user)  # type: ignore[arg-type]
    wanted = request.GET.get("lacks", "")
    points = [p for p in view.points if not wanted or wanted in p.lacks]
    cells = matrix()
    rows = [
        (label, [(cells[i - 1][j - 1], view.grid.get((i, j), [])) for j, _label in IMPACTS])
        for i, label in reversed(LIKELIHOODS)
    ]
    context = {
        "points": points,
        "lacking": [(code, _(label), view.lacking[code]) for code, label in LACKS.items()],
        "wanted": wanted,
        "rows": rows,
        "impacts": [label for _i, label in IMPACTS],
        "may_change": may(request.user, "risk_point.change"),
    }
    for point in points:
        point.lacks_said = [_(LACKS[code]) for code in point.lacks]  # type: ignore[attr-defined]
    return render(request, "workbench/findings/register.html", context)


@requires("risk_point.view", subject="code")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One point: its card, measures, rules and findings over time."""
    user: Any = request.user
    point = RegisterView(user).point(code)
    if point is None:
        raise Http404
    allowed = may(user, "risk_point.change", code)
    card = CardForm(request.POST if request.POST.get("form") == "card" else None, instance=point.card)
    measure = MeasureForm(request.POST if request.POST.get("form") == "measure" else None)
    if request.method == "POST":
        if not allowed:
            raise Http404
        try:
            if request.POST.get("form") == "card" and card.is_valid():
                given = dict(card.cleaned_data)
                assess(user, code, int(request.POST.get("version") or 0), reason=given.pop("reason"), **given)
                messages.success(request, _("已保存"))
                return redirect("workbench:risk-point", code)
            if request.POST.get("form") == "measure" and measure.is_valid():
                given = dict(measure.cleaned_data)
                add_measure(user, code, given.pop("text"), **given)
                messages.success(request, _("已保存"))
                return redirect("workbench:risk-point", code)
            if request.POST.get("form") == "off":
                change_measure(user, int(request.POST.get("measure") or 0), active=False)
                return redirect("workbench:risk-point", code)
        except (RegisterRefused, ValueError) as refused:
            messages.error(request, str(refused))
    rules = catalogue.rules()
    context = {
        "point": point,
        "version": point.card.version if point.card else 0,
        "rules": [rules[c] for c in point.rules],
        "lacks": [_(LACKS[c]) for c in point.lacks],
        "card": card if allowed else None,
        "measure": measure if allowed else None,
        "months": sorted(point.months.items()),
    }
    return render(request, "workbench/findings/point.html", context)


@requires("risk_point.change")
def edit_matrix(request: HttpRequest) -> HttpResponse:
    """The matrix, cell by cell."""
    cells = matrix()
    if request.method == "POST":
        given = [[request.POST.get(f"c{i}{j}", "") for j, _l in IMPACTS] for i, _label in LIKELIHOODS]
        try:
            set_matrix(request.user, given, reason=request.POST.get("reason", ""))  # type: ignore[arg-type]
        except RegisterRefused as refused:
            messages.error(request, str(refused))
            cells = given
        else:
            messages.success(request, _("已保存"))
            return redirect("workbench:risk-register")
    rows = [
        (label, [(f"c{i}{j}", cells[i - 1][j - 1], name) for j, name in IMPACTS])
        for i, label in reversed(LIKELIHOODS)
    ]
    levels = [(s.value, _(s.label)) for s in Severity]
    context = {"rows": rows, "impacts": [label for _i, label in IMPACTS], "levels": levels}
    return render(request, "workbench/findings/matrix.html", context)
