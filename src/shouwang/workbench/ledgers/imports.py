"""The import as a person does it.

Lay files in, look at what would happen, correct, agree, take back what was refused.
"""

from __future__ import annotations

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
from shouwang.access.scope import scope_of
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.models import Import, Upload
from shouwang.ledger.reading import MappingError
from shouwang.ledger.reading.accounts import SheetReading, shown
from shouwang.ledger.reading.mapping import IGNORE, sheet_key
from shouwang.ledger.reading.rejected import write_rejected
from shouwang.ledger.store.importing import Incoming, nothing_new, told
from shouwang.ledger.store.planning import FilePlan
from shouwang.workbench.files import as_file
from shouwang.workbench.ledgers import uploads
from shouwang.workbench.ledgers.showing import cell, divisions, inside, me

SHOWN = 30
"""Changed and refused rows that a preview lists of each sheet."""


def _open(request: HttpRequest, key: Any) -> Upload:
    return get_object_or_404(Upload, key=key, user=me(request), state=Upload.OPEN)


@requires("ledger.import")
def imports(request: HttpRequest) -> HttpResponse:
    """Lay files in; what lies there still; what was imported before."""
    scope = scope_of(request.user, "ledger.import")
    if request.method == "POST":
        division = request.POST.get("division", "")
        if division and not inside(scope, division):
            division = ""
        removing = request.POST.get("removing") == "1"
        try:
            upload = uploads.lay_in(request.FILES.getlist("files"), me(request), division, removing=removing)
        except uploads.NotTaken as problem:
            messages.error(request, str(problem))
            return redirect("workbench:imports")
        return redirect("workbench:import-preview", upload.key)
    places = divisions(scope)
    context = {
        "divisions": places,
        "division": places[0][0] if len(places) == 1 else "",
        "open": Upload.objects.filter(user=me(request), state__in=(Upload.OPEN, Upload.RUNNING)).order_by(
            "-pk"
        )[:20],
        "done": scope.filter(Import.objects.all())[:30],
    }
    return render(request, "workbench/ledgers/imports.html", context)


def _sheet(incoming: Incoming, plan: FilePlan | None, sheet: SheetReading, file: str) -> dict[str, Any]:
    """A sheet of the preview: what it was taken for, and what its rows do."""
    ledger = plan.ledgers.get(sheet.ledger) if plan else None
    counts = {"new": 0, "changed": 0, "same": 0}
    changed: list[dict[str, Any]] = []
    for _key, planned in ledger.records.items() if ledger else ():
        if planned.sheet != sheet.name:
            continue
        kind = ledger.kind(planned) if ledger else "same"
        counts[kind] += 1
        if kind == "changed" and ledger and len(changed) < SHOWN:
            pairs = [
                (
                    ledger.spec.fields[n].label,
                    cell(ledger.spec.fields[n], old).text,
                    cell(ledger.spec.fields[n], new).text,
                )
                for n, (old, new) in planned.changes().items()
            ]
            changed.append(
                {"row": planned.row, "pk": planned.before.id if planned.before else 0, "pairs": pairs}
            )
    refused = [
        {
            "row": r.row,
            "header": r.header or r.column,
            "value": shown(r, unmask=False),
            "reason": r.reason,
            "advice": r.advice,
        }
        for r in incoming.reading.rejected
        if r.file == file and r.sheet == sheet.name and r.row in set(sheet.rejected)
    ]
    return {
        "sheet": sheet,
        "key": sheet_key(sheet.name, sheet.table),
        "counts": counts,
        "changed": changed,
        "more_changed": counts["changed"] - len(changed),
        "refused": refused[:SHOWN],
        "more_refused": max(0, len(refused) - SHOWN),
        "absent": ledger.absent if ledger else 0,
        "removed": len(ledger.removed) if ledger else 0,
    }


@requires("ledger.import")
def preview(request: HttpRequest, key: Any) -> HttpResponse:
    """What importing would do; nothing is written."""
    upload = _open(request, key)
    try:
        incoming = uploads.look(upload, me(request))
    except MappingError as problem:
        messages.error(request, str(problem))
        with trail.change("import.mapping"):
            upload.mapping = ""
            upload.save()
        return redirect("workbench:import-preview", key)
    plans = {plan.file: plan for plan in incoming.plans}

    def earlier(plan: FilePlan | None) -> str:
        known = nothing_new(plan) if plan is not None else None
        return told(known) if known is not None else ""

    files = [
        {
            "file": file,
            "earlier": earlier(plans.get(file.path)),
            "sheets": [_sheet(incoming, plans.get(file.path), sheet, file.path) for sheet in file.sheets],
        }
        for file in incoming.reading.files
    ]
    totals = {"new": 0, "changed": 0, "same": 0, "removed": 0}
    for plan in incoming.plans:
        for kinds in plan.counts().values():
            for kind, number in kinds.items():
                totals[kind] += number
    context = {
        "upload": upload,
        "files": files,
        "problems": incoming.reading.problems,
        "totals": totals,
        "refused": incoming.reading.rejected_rows,
        "token": uploads.agreed(upload, incoming.fingerprints),
        "anything": totals["new"] + totals["changed"] + totals["removed"] > 0,
    }
    return render(request, "workbench/ledgers/preview.html", context)


@requires("ledger.import")
@require_POST
def carry_out(request: HttpRequest, key: Any) -> HttpResponse:
    """Import what was agreed to."""
    upload = _open(request, key)
    token = request.POST.get("token", "")
    if uploads.seen(upload, token) is None:
        messages.warning(request, _("请先看过预览再导入。"))
        return redirect("workbench:import-preview", key)
    if int(request.POST.get("records", "0") or 0) > uploads.AT_ONCE:
        with trail.change("import.start"):
            upload.state = Upload.RUNNING
            upload.save()
            # In the same transaction: an import that is under way always has its task.
            uploads.carry_out_later.enqueue(str(upload.key), token, user=request.user.pk)  # type: ignore[arg-type]
        messages.info(request, _("数据较多，已交由后台导入，完成后在下面的记录里。"))
        return redirect("workbench:imports")
    done = uploads.carry_out(upload, me(request), token)
    if any(one.problem for one in done):
        messages.warning(
            request, _("有文件在您预览之后，数据库里的数据已被别人改过，没有导入。请重新看一遍预览。")
        )
        return redirect("workbench:import-preview", key)
    for one in done:
        if one.earlier is not None:
            messages.info(request, f"{one.file}：{told(one.earlier)}")
    done = [one for one in done if one.earlier is None]
    if not done:
        return redirect("workbench:imports")
    new = sum(kinds["new"] for one in done for kinds in one.counts.values())
    changed = sum(kinds["changed"] for one in done for kinds in one.counts.values())
    messages.success(
        request,
        _("已导入%(files)d个文件：新增%(new)d条，更改%(changed)d条。")
        % {"files": len(done), "new": new, "changed": changed},
    )
    return redirect("workbench:imports")


@requires("ledger.import")
@require_POST
def discard(request: HttpRequest, key: Any) -> HttpResponse:
    """Throw the files away."""
    uploads.discard(_open(request, key))
    messages.success(request, _("已放弃，上传的文件已删除。"))
    return redirect("workbench:imports")


@requires("ledger.import")
@require_POST
def rejected(request: HttpRequest, key: Any) -> HttpResponse:
    """The refused rows as a workbook to correct; it shows personal values, so it leaves an event."""
    upload = _open(request, key)
    incoming = uploads.look(upload, me(request))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rejected.xlsx"
        count = write_rejected(path, incoming.reading)
        trail.record("import.rejected", "ledger.upload", upload.pk, rows=count)
        return as_file(path.read_bytes(), _("退回的行.xlsx"))


def _found(incoming: Incoming, file: str, name: str) -> SheetReading | None:
    sheets = (s for f, s in incoming.reading.sheets if f.path == file and sheet_key(s.name, s.table) == name)
    return next(sheets, None)


@requires("ledger.import")
def correct(request: HttpRequest, key: Any) -> HttpResponse:
    """Correct what a sheet was taken for: ledger, header, columns, values that stand in no column."""
    upload = _open(request, key)
    given = request.POST if request.method == "POST" else request.GET
    file, name = given.get("file", ""), given.get("sheet", "")
    incoming = uploads.look(upload, me(request))
    found = _found(incoming, file, name)
    if found is None:
        messages.error(request, _("没有这张表。"))
        return redirect("workbench:import-preview", key)
    chosen = given.get("ledger", found.ledger)
    spec = ledgers().get(chosen)
    header = given.get("header", "")
    if spec is not None and (header.isdigit() or spec.name != found.ledger):
        # Read it once as said, to see which columns there are then.
        trial: dict[str, Any] = {"ledger": spec.name}
        if header.isdigit() and 0 < int(header) <= found.rows:
            trial["header"] = [int(header)]
        text = uploads.corrected(upload, incoming, file, name, trial)
        try:
            tried = _found(uploads.look(upload, me(request), mapping=text), file, name)
        except MappingError:
            tried = None
        found = tried or found
    if request.method == "POST" and request.POST.get("save") == "1":
        said: dict[str, Any] = {"ledger": IGNORE}
        if spec is not None:
            said = _said(request, spec, found)
        text = uploads.corrected(upload, incoming, file, name, said)
        with trail.change("import.mapping"):
            upload.mapping = text
            upload.save()
        return redirect("workbench:import-preview", key)
    own = spec is not None and spec.name == found.ledger
    context = {
        "upload": upload,
        "file": file,
        "name": name,
        "sheet": found,
        "header": header or (found.header_rows[0] if found.header_rows else ""),
        "spec": spec,
        "chosen": chosen,
        "ledgers": [(one.name, one.title) for one in ledgers().values()],
        "columns": [(column, column.field if own else "") for column in found.columns],
        "constants": [(f, found.context.get(n, "")) for n, f in spec.fields.items() if f.stands_in]
        if spec
        else [],
    }
    return render(request, "workbench/ledgers/correct.html", context)


def _said(request: HttpRequest, spec: SheetSpec, found: SheetReading) -> dict[str, Any]:
    """What the form says of a sheet, as a mapping file says it."""
    said: dict[str, Any] = {"ledger": spec.name}
    if found.header_rows:
        said["header"] = list(found.header_rows)
    said["columns"] = {
        column.letter: _column(request.POST.get(f"c-{column.letter}", ""), column.factor, column.month)
        for column in found.columns
    }
    constants = {n: request.POST.get(f"x-{n}", "").strip() for n, f in spec.fields.items() if f.stands_in}
    if any(constants.values()):
        said["context"] = {n: value for n, value in constants.items() if value}
    return said


def _column(field: str, factor: int, month: str) -> Any:
    if not field:
        return None
    if factor != 1 or month:
        return (
            {"field": field}
            | ({"factor": factor} if factor != 1 else {})
            | ({"month": month} if month else {})
        )
    return field
