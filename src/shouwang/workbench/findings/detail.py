"""One finding: what was found and why, its evidence, its steps, and what its reader can do next."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang import trail
from shouwang.access.models import Area, full
from shouwang.access.rights import requires
from shouwang.access.scope import may, scope_of
from shouwang.ledger.catalogue import ledgers
from shouwang.risk import catalogue
from shouwang.risk.loop.machine import ACTIONS, OPEN, Action, Refused, Stale
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.sight import Sight
from shouwang.risk.loop.steps import NotFound, possible, take
from shouwang.risk.models import EvidenceRow, Finding, Step
from shouwang.risk.report.privacy import cell
from shouwang.risk.risk_points import risk_points
from shouwang.risk.sealing import Unreadable, unseal
from shouwang.workbench.findings.attachments import attachments_of, keep_files
from shouwang.workbench.findings.forms import StepForm

SHOWN = 30
"""So many evidence rows are shown with their cells."""


@dataclass(frozen=True)
class ShownRow:
    """An evidence row: where it stands, and its cells (label, masked value) where the reader may see them."""

    place: EvidenceRow
    title: str
    cells: list[tuple[str, str]]
    address: str


def _finding(request: HttpRequest, pk: int) -> Finding:
    found = (
        Sight(request.user)  # type: ignore[arg-type]
        .visible()
        .select_related("post__area", "holder", "above__area", "reporter", "into", "last_run")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


@requires("finding.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    finding = _finding(request, pk)
    return render(request, "workbench/findings/detail.html", _context(request, finding))


def _context(
    request: HttpRequest, finding: Finding, sent: StepForm | None = None, clear: str = ""
) -> dict[str, Any]:
    sight = Sight(request.user)  # type: ignore[arg-type]
    register = Register()
    offered = possible(request.user, finding, sight)  # type: ignore[arg-type]
    forms = [
        (action, sent if sent is not None and sent.action == action else _form(action, finding, register))
        for action in offered
    ]
    rule = catalogue.rules().get(finding.code)
    evidence = list(finding.evidence.order_by("ledger", "id")[: 10 * SHOWN])
    return {
        "finding": finding,
        "open": finding.status in OPEN,
        "place": _place(finding.division_code),
        "late": finding.due is not None and finding.due < timezone.localdate() and finding.status in OPEN,
        "holders": [str(u) for u in _users(register.users(finding.post_id))],
        "main": [(a, f, uuid.uuid4().hex) for a, f in forms if a.code != "comment"],
        "comment": next(((a, f, uuid.uuid4().hex) for a, f in forms if a.code == "comment"), None),
        "sent": sent,
        "rule": rule,
        "risk_point": risk_points().get(finding.risk_point),
        "rows": _rows(request, evidence[:SHOWN]),
        "more_rows": evidence[SHOWN:],
        "parameters": sorted(finding.parameters.items()),
        "steps": _steps(finding, register),
        "attachments": attachments_of(finding),
        "may_files": may(request.user, "evidence.view"),
        "merged": list(finding.merged.order_by("id")[:50]),
        "may_unmask": may(request.user, "ledger.unmask", finding.code),
        "clear": clear,
    }


def _form(action: Action, finding: Finding, register: Register) -> StepForm:
    start = {"due": finding.due, "post": finding.post_id} if action.code == "assign" else {}
    return StepForm(action=action, findings=[finding], register=register, initial=start)


def _place(code: str) -> str:
    """The division in words: the grid with its community."""
    codes = list(dict.fromkeys(full(code[:width]) for width in (9, 12, 15)))
    return (
        "".join(Area.objects.filter(code__in=codes).order_by("code").values_list("name", flat=True)) or code
    )


def _users(keys: Iterable[int]) -> list[Any]:
    from shouwang.access.models import User

    return list(User.objects.filter(pk__in=list(keys)).order_by("name"))


def _steps(finding: Finding, register: Register) -> list[Step]:
    """The timeline, the newest first; each step with the words of its fields (``told``)."""
    steps = list(finding.steps.order_by("-id"))
    for step in steps:
        told: list[tuple[str, str]] = []
        for name, label in (
            ("post", _("责任岗位")),
            ("above", _("上报到")),
            ("due", _("期限")),
            ("until", _("有效期至")),
            ("measures", _("措施")),
            ("proof", _("佐证")),
            ("text", ""),
        ):
            value = step.data.get(name)
            if value and name in ("post", "above"):
                told.append((label, str(register.posts.get(value, ""))))
            elif value:
                told.append((label, str(value)))
        step.told = told
    return steps


def _rows(request: HttpRequest, evidence: list[EvidenceRow]) -> list[ShownRow]:
    """The rows with their masked cells, one query a ledger; outside of the reader's scope only the place."""
    by_ledger: dict[str, list[int]] = {}
    for row in evidence:
        by_ledger.setdefault(row.ledger, []).append(row.record)
    records: dict[tuple[str, int], Any] = {}
    for name, keys in by_ledger.items():
        spec = ledgers().get(name)
        if spec is None:
            continue
        scope = scope_of(request.user, "ledger.view", name)
        for record in scope.filter(spec.model._default_manager.filter(pk__in=keys)):
            records[name, record.pk] = record
    shown = []
    for row in evidence:
        spec, record = ledgers().get(row.ledger), records.get((row.ledger, row.record))
        cells: list[tuple[str, str]] = []
        if spec is not None and record is not None:
            for name, field in spec.fields.items():
                text = cell(field, getattr(record, name))
                if text:
                    cells.append((_(field.label), field.masked(text) if field.mask else text))
        title = _(spec.title) if spec else row.ledger
        shown.append(ShownRow(row, title, cells, _address(row) if record is not None else ""))
    return shown


def _address(row: EvidenceRow) -> str:
    from django.urls import NoReverseMatch, reverse

    try:
        return reverse("workbench:ledger-record", args=[row.ledger, row.record])
    except NoReverseMatch:
        return ""


@require_POST
@requires("finding.view")
def step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Take a step; back to the page, or the page again with what is wrong."""
    wanted = ACTIONS.get(action)
    if wanted is None or wanted.system:
        raise BadRequest("no such step")
    finding = _finding(request, pk)
    register = Register()
    form = StepForm(request.POST, request.FILES, action=wanted, findings=[finding], register=register)
    version = request.POST.get("version", "")
    if not form.is_valid() or not version.isdecimal():
        return render(request, "workbench/findings/detail.html", _context(request, finding, form), status=422)
    try:
        files = keep_files(form.cleaned_data.get("uploads", ()))
        take(
            request.user,  # type: ignore[arg-type]
            action,
            pk,
            int(version),
            reason=form.cleaned_data.get("reason", ""),
            token=request.POST.get("token", "")[:36],
            files=files,
            **form.data_for_step,
        )
    except NotFound as error:
        raise Http404 from error
    except Stale as stale:
        messages.warning(request, str(stale))
        return redirect("workbench:finding", pk)
    except (Refused, ValidationError) as refused:
        text = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
        form.add_error(None, text)
        return render(request, "workbench/findings/detail.html", _context(request, finding, form), status=422)
    messages.success(request, _("{action}：已办理").format(action=_(wanted.label)))
    if not Sight(request.user).visible().filter(pk=pk).exists():  # type: ignore[arg-type]
        return redirect("workbench:work-list")
    return redirect("workbench:finding", pk)


@require_POST
@requires("ledger.unmask")
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """The clear wording, for a stated reason, which stays in the trail."""
    finding = _finding(request, pk)
    reason = request.POST.get("reason", "").strip()
    if not may(request.user, "ledger.unmask", finding.code):
        raise Http404
    if not reason:
        messages.warning(request, _("查看明文须写明理由"))
        return redirect("workbench:finding", pk)
    trail.record(
        "ledger.unmask",
        "risk.finding",
        finding.pk,
        reason=reason,
        person=finding.person,
        division_code=finding.division_code,
    )
    return render(
        request, "workbench/findings/detail.html", _context(request, finding, clear=_clear(finding))
    )


def _clear(finding: Finding) -> str:
    if not finding.sealed:
        return finding.text
    try:
        told = unseal(finding.sealed, finding.identity)
    except Unreadable:
        return _("明文是用别的密钥封存的，打不开；请恢复密钥文件 keys.json")
    return str((told.get("text_en") if get_language() == "en" else "") or told["text"])
