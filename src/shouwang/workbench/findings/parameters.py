"""Parameters: what is in force and on which word, proposing a change, seeing what it would do, deciding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.access.rights import requires
from shouwang.access.scope import may
from shouwang.risk import catalogue, whatif
from shouwang.risk.models.parameter import ParameterChange
from shouwang.risk.parameters import FORMS, SINCE_EVER
from shouwang.risk.values import (
    ChangeRefused,
    approved,
    decide,
    in_force,
    needs_preview,
    propose,
    users_of,
    withdraw,
)


class ProposeForm(forms.Form):
    """A value from a day on."""

    raw = forms.CharField(max_length=1000)
    start = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    division = forms.CharField(max_length=200, required=False)
    source = forms.CharField(max_length=500)
    reason = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, hint: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            "raw": _("值"),
            "start": _("从哪一天起"),
            "division": _("只用于哪个社区（可空）"),
            "source": _("依据（文号、会议记录）"),
            "reason": _("理由"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["raw"].help_text = hint


@requires("parameter.view")
def listing(request: HttpRequest) -> HttpResponse:
    """All parameters the user may see, with the value of today."""
    today = timezone.localdate()
    groups: dict[str, list[tuple[Any, Any]]] = {}
    for name, parameter in in_force().items():
        if may(request.user, "parameter.view", name):
            groups.setdefault(name.partition(".")[0], []).append((parameter, parameter.at(today)))
    waiting = [
        change
        for change in ParameterChange.objects.filter(status="proposed").select_related("proposed_by")
        if may(request.user, "parameter.view", change.name)
    ]
    known = catalogue.parameters()
    context = {
        "groups": sorted(groups.items()),
        "waiting": [(c, known[c.name]) for c in waiting if c.name in known],
    }
    return render(request, "workbench/findings/parameters.html", context)


@requires("parameter.view", subject="name")
def detail(request: HttpRequest, name: str) -> HttpResponse:
    """One parameter: its values over time, the rules that use it, its changes, and a form for a new one."""
    parameter = in_force().get(name)
    if parameter is None or not may(request.user, "parameter.view", name):
        raise Http404
    user: Any = request.user
    form = ProposeForm(request.POST or None, hint=_(FORMS[parameter.kind]))
    may_propose = may(user, "parameter.propose", name)
    if request.method == "POST":
        if not may_propose:
            raise Http404
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = propose(
                    user,
                    name,
                    given["raw"],
                    start=given["start"],
                    source=given["source"],
                    reason=given["reason"],
                    division=given["division"],
                )
            except ChangeRefused as refused:
                form.add_error(None, str(refused))
            else:
                whatif.preview_change.enqueue(made.pk)
                messages.success(request, _("已提出，待另一人批准；影响预览正在计算"))
                return redirect("workbench:parameter-change", made.pk)
    rules = catalogue.rules()
    context = {
        "parameter": parameter,
        "values": [(v, v.start == SINCE_EVER) for v in parameter.values],
        "today": parameter.at(timezone.localdate()),
        "rules": [rules[code] for code in users_of(name)],
        "changes": list(
            ParameterChange.objects.filter(name=name)
            .select_related("proposed_by", "decided_by", "scan")
            .order_by("-pk")
        ),
        "form": form if may_propose else None,
        "standing": [c for c in approved() if c.name == name] if may_propose else [],
        "may_scan": may(user, "scan.view"),
    }
    return render(request, "workbench/findings/parameter.html", context)


@requires("parameter.view")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposed change with its preview, and the decision on it."""
    found = (
        ParameterChange.objects.select_related("proposed_by", "decided_by", "cancels", "scan")
        .filter(pk=pk)
        .first()
    )
    known = catalogue.parameters()
    if found is None or found.name not in known or not may(request.user, "parameter.view", found.name):
        raise Http404
    open_ = found.status == ParameterChange.Status.PROPOSED
    rules = catalogue.rules()
    context = {
        "change": found,
        "parameter": known[found.name],
        "preview": found.preview,
        "totals": whatif.totals(found.preview) if found.preview else None,
        "effects": [(rules.get(r["code"]), r) for r in (found.preview or {}).get("rules", [])],
        "needs_preview": needs_preview(found),
        "may_decide": open_
        and found.proposed_by_id != request.user.pk
        and may(request.user, "parameter.approve", found.name),
        "may_scan": may(request.user, "scan.view"),
        "may_withdraw": open_ and found.proposed_by_id == request.user.pk,
    }
    return render(request, "workbench/findings/change.html", context)


@require_POST
@requires("parameter.view")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to take an approved value out of force: a reason, its basis, and a second person to agree."""
    user: Any = request.user
    old = ParameterChange.objects.filter(pk=pk, status=ParameterChange.Status.APPROVED).first()
    if old is None or not may(user, "parameter.propose", old.name):
        raise Http404
    try:
        made = propose(
            user,
            old.name,
            old.raw,
            start=old.start,
            source=request.POST.get("source", ""),
            reason=request.POST.get("reason", ""),
            cancels=pk,
        )
    except ChangeRefused as refused:
        messages.error(request, str(refused))
        return redirect("workbench:parameter", old.name)
    whatif.preview_change.enqueue(made.pk)
    messages.success(request, _("已提出撤销，待另一人批准；影响预览正在计算"))
    return redirect("workbench:parameter-change", made.pk)


@require_POST
@requires("parameter.view")
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview, approve, refuse or withdraw a change."""
    user: Any = request.user
    wanted = request.POST.get("act", "")
    found = ParameterChange.objects.filter(pk=pk).first()
    if found is None or not may(user, "parameter.view", found.name):
        raise Http404
    try:
        if wanted == "preview":
            whatif.preview_change.enqueue(pk)
            messages.info(request, _("影响预览正在计算，稍后刷新页面"))
        elif wanted in ("approve", "refuse"):
            done = decide(user, pk, agree=wanted == "approve", opinion=request.POST.get("opinion", ""))
            messages.success(request, str(done.get_status_display()))
            if done.scan is not None:
                text = _("已安排扫描 {number}，按新的值重查用到它的规则").format(number=done.scan)
                messages.info(request, text)
        elif wanted == "withdraw":
            withdraw(user, pk)
            messages.success(request, _("已撤回"))
    except ChangeRefused as refused:
        messages.error(request, str(refused))
    return redirect("workbench:parameter-change", pk)
