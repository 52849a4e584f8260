"""The list of a ledger: search, filters, views somebody saved, columns, order; and the same as a workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang import trail
from shouwang.access.rights import requires
from shouwang.access.scope import may, scope_of
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.models import SavedView
from shouwang.ledger.store.exporting import export as write_export
from shouwang.ledger.store.listing import COUNTED, Ask, Listing, ask_of, shown_columns
from shouwang.ledger.words import DATES
from shouwang.risk.report import words
from shouwang.workbench.files import as_file
from shouwang.workbench.ledgers.showing import cell, divisions, me, names_of, spec_of

SIZE = 50
MOST_EXPORTED = 1_000_000


def said_of(request: HttpRequest) -> tuple[dict[str, str], list[str]]:
    """What the form says (never the text, which travels in the body only) and the columns chosen."""
    given = request.POST if request.method == "POST" else request.GET
    said = {
        name: value
        for name, value in given.items()
        if value and (name in ("division", "order") or name.startswith(("v-", "from-", "to-")))
    }
    return {name: str(value) for name, value in said.items()}, [str(name) for name in given.getlist("column")]


def _filters(spec: SheetSpec, ask: Ask) -> list[dict[str, Any]]:
    """The filters a list can have, as the form shows them."""
    found: list[dict[str, Any]] = []
    for name, field in spec.fields.items():
        if field.values and field.kind == "text":
            options = [(value, value) for value in field.values]
            found.append({"field": field, "options": options, "chosen": ask.values.get(name, "")})
        elif field.kind == "bool":
            options = [("1", _("是")), ("0", _("否"))]
            found.append({"field": field, "options": options, "chosen": ask.values.get(name, "")})
        elif field.kind in DATES:
            first, last = ask.dates.get(name, (None, None))
            found.append({"field": field, "first": _iso(first), "last": _iso(last), "dates": True})
    return found


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


@requires("ledger.view", subject="ledger")
def ledger_list(request: HttpRequest, ledger: str) -> HttpResponse:
    """A page of the list.

    A search by text or ID comes by POST, so that it stands in no address and no log.
    """
    spec = spec_of(ledger)
    scope = scope_of(request.user, "ledger.view", spec.name)
    said, chosen = said_of(request)
    view = None
    if number := request.GET.get("view", ""):
        view = get_object_or_404(
            SavedView, pk=number if number.isdigit() else 0, user=me(request), ledger=ledger
        )
        said, chosen = dict(view.query.get("said", {})), list(view.query.get("columns", []))
    text = request.POST.get("text", "") if request.method == "POST" else ""
    ask = ask_of(spec, said, text)
    given = request.POST if request.method == "POST" else request.GET
    listing = Listing(spec, scope, ask)
    try:
        page = listing.page(given.get("after", ""), SIZE)
    except ValueError:
        page = listing.page("", SIZE)
    columns = shown_columns(spec, chosen)
    names = names_of(row.division_code for row in page.rows)
    lines = [
        {
            "row": row,
            "division": names[row.division_code],
            "cells": [cell(spec.fields[name], getattr(row, name)) for name in columns],
        }
        for row in page.rows
    ]
    count, more = listing.count(COUNTED)
    sortable = count < COUNTED or listing.sortable
    context = {
        "spec": spec,
        "lines": lines,
        "page": page,
        "ask": ask,
        "said": said,
        "text": text,
        "listing": listing,
        "columns": [spec.fields[name] for name in columns],
        "labels": [words.translated(spec.fields[name].label) for name in columns],
        "chosen": columns,
        "all_columns": list(spec.fields.values()),
        "filters": _filters(spec, ask),
        "filtered": len(said) - ("order" in said),
        "divisions": divisions(scope, ask.division),
        "count": count,
        "more": more,
        "sortable": sortable,
        "views": SavedView.objects.filter(user=me(request), ledger=ledger).order_by("title"),
        "view": view,
        "after": given.get("after", ""),
        "can": {
            right: may(request.user, f"ledger.{right}", spec.name)
            for right in ("add", "import", "export", "unmask")
        },
    }
    return render(request, "workbench/ledgers/list.html", context)


@requires("ledger.view", subject="ledger")
@require_POST
def save_view(request: HttpRequest, ledger: str) -> HttpResponse:
    """Keep filters, columns and order under a name; a text is not kept, it may be somebody's number."""
    spec = spec_of(ledger)
    said, columns = said_of(request)
    title = request.POST.get("title", "").strip()[:100]
    if not title:
        messages.error(request, _("请给视图起个名字。"))
        return redirect("workbench:ledger-list", ledger)
    query = {"said": said, "columns": shown_columns(spec, columns)}
    with trail.change("view.save"):
        kept = SavedView.objects.filter(user=me(request), ledger=ledger, title=title).first()
        kept = kept or SavedView(user=me(request), ledger=ledger, title=title)
        kept.query = query
        kept.save()
    messages.success(request, _("已保存视图“%(title)s”。") % {"title": title})
    return redirect(f"{request.path.removesuffix('save/')}?view={kept.pk}")


@requires("ledger.view", subject="ledger")
@require_POST
def drop_view(request: HttpRequest, ledger: str, pk: int) -> HttpResponse:
    """Throw a saved view away."""
    spec_of(ledger)
    with trail.change("view.drop"):
        get_object_or_404(SavedView, pk=pk, user=me(request), ledger=ledger).delete()
    return redirect("workbench:ledger-list", ledger)


@requires("ledger.export", subject="ledger")
@require_POST
def export(request: HttpRequest, ledger: str) -> HttpResponse:
    """The list as a workbook, masked; in clear only with the right, a reason and an event."""
    spec = spec_of(ledger)
    said, columns = said_of(request)
    ask = ask_of(spec, said, request.POST.get("text", ""))
    scope = scope_of(request.user, "ledger.export", spec.name)
    reason = request.POST.get("reason", "").strip()[:500]
    clear = request.POST.get("clear") == "1"
    if clear and not (may(request.user, "ledger.unmask", spec.name) and reason):
        messages.error(request, _("导出明文须有查看明文的权限，并写明理由。"))
        return redirect("workbench:ledger-list", ledger)
    rows = Listing(spec, scope, ask).rows
    if clear:
        rows = scope_of(request.user, "ledger.unmask", spec.name).filter(rows)
    filters = {**said, **({"text": True} if ask.text else {})}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        write_export(
            spec,
            rows,
            path,
            columns=shown_columns(spec, columns) if columns else (),
            clear=clear,
            reason=reason,
            filters=filters,
        )
        return as_file(path.read_bytes(), f"{spec.title}.xlsx")
