"""One record: its fields, history, sources, attachments, findings, and what else is about the same."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang import trail
from shouwang.access.rights import requires
from shouwang.access.scope import may, scope_of
from shouwang.evidence import store
from shouwang.ledger.base import Ledger, SheetSpec
from shouwang.ledger.models import Import
from shouwang.ledger.store import related
from shouwang.risk.loop.sight import findings_citing
from shouwang.risk.models import Finding
from shouwang.trail.models import Event
from shouwang.workbench.ledgers.showing import cell, names_of, row_of, spec_of

HISTORY = 50


def findings_of(user: Any, spec: SheetSpec, pk: int) -> list[Finding]:
    """The findings that cite a row and that the user may see."""
    if not may(user, "finding.view"):
        return []
    return findings_citing(user, spec.name, pk)


def page(
    request: HttpRequest, spec: SheetSpec, row: Ledger, *, clear: frozenset[str] = frozenset()
) -> HttpResponse:
    """The record's page with the fields in ``clear`` shown in full."""
    user = request.user
    source = Import.objects.filter(pk=row.import_no).first() if row.import_no else None
    can = {
        right: scope_of(user, right, spec.name).filter(spec.model._default_manager.filter(pk=row.pk)).exists()
        for right in ("ledger.change", "ledger.delete", "ledger.unmask", "evidence.add", "evidence.view")
    }
    context = {
        "spec": spec,
        "row": row,
        "division": names_of([row.division_code])[row.division_code],
        "cells": [cell(f, getattr(row, n), clear=n in clear) for n, f in spec.fields.items()],
        "unmasked": bool(clear),
        "source": source,
        "history": Event.objects.filter(target=spec.name, target_id=str(row.pk)).order_by("-id")[:HISTORY],
        "attachments": store.of(spec.name, row.pk) if can["evidence.view"] else [],
        "findings": findings_of(user, spec, row.pk),
        "can": {right.replace(".", "_"): yes for right, yes in can.items()},
        "persons": [n for n in spec.persons if getattr(row, n)],
    }
    return render(request, "workbench/ledgers/record.html", context)


@requires("ledger.view", subject="ledger")
def record(request: HttpRequest, ledger: str, pk: int) -> HttpResponse:
    """A record, masked."""
    spec = spec_of(ledger)
    return page(request, spec, row_of(request.user, "ledger.view", spec, pk))


@requires("ledger.view", subject="ledger")
def others(request: HttpRequest, ledger: str, pk: int) -> HttpResponse:
    """What other ledgers hold about the same; the record's page asks for it once it stands."""
    spec = spec_of(ledger)
    row = row_of(request.user, "ledger.view", spec, pk)
    context = {"related": related.of_row(request.user, row)}
    return render(request, "workbench/ledgers/related.html", context)


@requires("ledger.unmask", subject="ledger")
@require_POST
def unmask(request: HttpRequest, ledger: str, pk: int) -> HttpResponse:
    """A record in clear: for a reason, and with an event that names the person."""
    spec = spec_of(ledger)
    row = row_of(request.user, "ledger.unmask", spec, pk)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("查看明文须写明理由。"))
        return redirect("workbench:ledger-record", ledger, pk)
    fields = frozenset(name for name, field in spec.fields.items() if field.mask and getattr(row, name))
    people = related.persons_of(row) or [""]
    with trail.change("ledger.unmask", reason=reason) as doing:
        for person in people:
            doing.note(
                spec.name,
                row.pk,
                division_code=row.division_code,
                person=person,
                fields=sorted(fields),
            )
    return page(request, spec, row, clear=fields)


@requires("ledger.delete", subject="ledger")
@require_POST
def delete(request: HttpRequest, ledger: str, pk: int) -> HttpResponse:
    """Delete a record for a reason; the trail keeps what it said, masked."""
    spec = spec_of(ledger)
    row = row_of(request.user, "ledger.delete", spec, pk)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("删除须写明理由。"))
        return redirect("workbench:ledger-record", ledger, pk)
    with trail.change("ledger.delete", reason=reason):
        row.delete()
    messages.success(request, _("已删除一条记录。"))
    return redirect("workbench:ledger-list", ledger)
