"""Adding and changing a record, with the checks of the reader as one types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang import trail
from shouwang.access.rights import requires
from shouwang.access.scope import Scope, scope_of
from shouwang.ledger.base import Ledger, SheetSpec
from shouwang.ledger.store.typing_in import Entry, Problem, put, read_cell, read_entry, twin, untyped
from shouwang.ledger.store.writing import Moved
from shouwang.ledger.words import DATES
from shouwang.workbench.ledgers.showing import cell, divisions, inside, row_of, spec_of, text_of


def _typed(spec: SheetSpec, request: HttpRequest) -> dict[str, str]:
    return {n: request.POST.get(f"f-{n}", "") for n, column in spec.fields.items() if column.editable}


def _fields(
    spec: SheetSpec, typed: dict[str, str], row: Ledger | None, entry: Entry | None
) -> list[dict[str, Any]]:
    """The fields as the form shows them; personal values of a record are not shown, left empty they stay."""
    shown = []
    for name, column in spec.fields.items():
        old = getattr(row, name) if row is not None else None
        shown.append(
            {
                "column": column,
                "value": typed.get(name, ""),
                "kept": cell(column, old).text if column.mask and old else "",
                "untyped": None if column.editable else cell(column, old).text or "—",
                "problem": entry.problems.get(name) if entry else None,
                "input": "date" if column.kind == "date" else "text",
                "options": list(column.values) or ([_("是"), _("否")] if column.kind == "bool" else []),
                "long": column.name in ("note",) or (column.kind == "text" and column.max_length is None),
                "numeric": column.kind in ("money", "number", "percent", "int"),
                "hint": column.note or (_("如 2023-05") if column.kind == "month" else ""),
                "dated": column.kind in DATES,
            }
        )
    return shown


def _form(
    request: HttpRequest,
    spec: SheetSpec,
    scope: Scope,
    typed: dict[str, str],
    row: Ledger | None,
    entry: Entry | None = None,
    *,
    division: str = "",
    problem: Problem | None = None,
    other: Ledger | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "spec": spec,
        "row": row,
        "fields": _fields(spec, typed, row, entry),
        "divisions": divisions(scope, division),
        "division": division,
        "problem": problem,
        "other": other,
        "problems": entry.problems if entry else {},
    }
    return render(request, "workbench/ledgers/form.html", context, status=status)


def _take(request: HttpRequest, spec: SheetSpec, right: str, row: Ledger | None) -> HttpResponse:
    """Read the form; save it, or show it again with what is wrong."""
    scope = scope_of(request.user, right, spec.name)
    typed = _typed(spec, request)
    division = request.POST.get("division_code", "")
    keep = None
    if row is not None:
        cleared = set(request.POST.getlist("clear"))
        keep = {n: getattr(row, n) for n, f in spec.fields.items() if f.mask and n not in cleared}
        keep |= untyped(spec, row)
    entry = read_entry(spec, typed, keep=keep)
    if not division or not inside(scope, division):
        entry.problems["division_code"] = Problem(_("请选择您管辖范围内的区划"))
    if entry.problems:
        return _form(request, spec, scope, typed, row, entry, division=division, status=422)
    wanted = spec.model(**entry.values, division_code=division)
    wanted.pk = row.pk if row is not None else None
    same = row is not None and row.natural_key == wanted.natural_key and row.division_code == division
    if not same and (other := twin(spec, wanted)):
        problem = Problem(_("这个区划里已有同一编号的记录，请改那一条，或核对编号"))
        return _form(
            request, spec, scope, typed, row, entry,
            division=division, problem=problem, other=other, status=422,
        )  # fmt: skip
    reason = request.POST.get("reason", "").strip()[:500]
    version = request.POST.get("row_version", "")
    try:
        with trail.change(right, reason=reason):
            seen = int(version) if row is not None and version.isdigit() else None
            if row is not None and seen is None:
                raise Moved("no version")
            saved = put(row or spec.model(), entry.values, division, version=seen)
    except Moved:
        problem = Problem(_("您打开以后，别人改过这条记录。您填的都还在下面，请对照新的内容后再保存"))
        now = row_of(request.user, right, spec, row.pk) if row is not None else None
        return _form(request, spec, scope, typed, now, entry, division=division, problem=problem, status=409)
    messages.success(request, _("已保存。"))
    return redirect("workbench:ledger-record", spec.name, saved.pk)


@requires("ledger.add", subject="ledger")
def add(request: HttpRequest, ledger: str) -> HttpResponse:
    """A new record."""
    spec = spec_of(ledger)
    if request.method == "POST":
        return _take(request, spec, "ledger.add", None)
    scope = scope_of(request.user, "ledger.add", spec.name)
    places = divisions(scope)
    division = places[0][0] if len(places) == 1 else ""
    return _form(request, spec, scope, {}, None, division=division)


@requires("ledger.change", subject="ledger")
def change(request: HttpRequest, ledger: str, pk: int) -> HttpResponse:
    """Change a record."""
    spec = spec_of(ledger)
    row = row_of(request.user, "ledger.change", spec, pk)
    if request.method == "POST":
        return _take(request, spec, "ledger.change", row)
    typed = {
        n: "" if f.mask else text_of(f, getattr(row, n)).replace(",", "") for n, f in spec.fields.items()
    }
    for name, column in spec.fields.items():
        if column.kind == "text" and not column.mask:
            typed[name] = str(getattr(row, name) or "")
    scope = scope_of(request.user, "ledger.change", spec.name)
    return _form(request, spec, scope, typed, row, division=row.division_code)


@requires("ledger.view", subject="ledger")
@require_POST
def check(request: HttpRequest, ledger: str) -> HttpResponse:
    """What the reader says of one cell, as one types."""
    spec = spec_of(ledger)
    name = next((key.removeprefix("f-") for key in request.POST if key.startswith("f-")), "")
    if name not in spec.fields:
        return HttpResponse(status=204)
    text = request.POST.get(f"f-{name}", "")
    problem = None
    if text.strip():
        _value, problem = read_cell(spec.fields[name], text)
    return render(request, "workbench/ledgers/problem.html", {"problem": problem, "name": name})
