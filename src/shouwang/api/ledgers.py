"""Ledgers over the API: what there is, lists, records, and writes with the checks of the reader.

Personal values come masked. In clear they come with ``unmask`` and a reason, the right ``ledger.unmask``, and
an event for each record. So that no identifier stands in an address, lists with a search go by POST.
"""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from shouwang import trail
from shouwang.access.middleware import user_of
from shouwang.access.models import code_range
from shouwang.access.scope import Scope, may, scope_of
from shouwang.api.auth import needs
from shouwang.api.describing import ProblemBody
from shouwang.api.fields import Whole
from shouwang.api.idempotency import once
from shouwang.api.paging import MOST, Page
from shouwang.api.problems import Conflict, Forbidden, Problem
from shouwang.ledger.base import Ledger, SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.store.listing import Listing, ask_of
from shouwang.ledger.store.related import persons_of
from shouwang.ledger.store.typing_in import Entry, put, read_entry, twin, untyped
from shouwang.ledger.store.writing import Moved

router = Router(tags=["ledgers"])


class ColumnOut(Schema):
    """A column of a ledger."""

    name: str
    label: str
    kind: str
    required: bool
    unit: str
    personal: bool
    values: list[str]


class LedgerOut(Schema):
    """A ledger by its declaration."""

    name: str
    title: str
    about: str
    key: list[str]
    columns: list[ColumnOut]


class RecordOut(Schema):
    """A record. Values are texts as a sheet would hold them, null where there is none."""

    id: int
    division_code: str
    version: int
    changed_at: dt.datetime
    values: dict[str, str | None]
    source: dict[str, str | int | None]


class Asked(Schema):
    """What is wanted of a list: text or an exact ID number; values, dates, order as pages name them."""

    text: str = Field("", max_length=100)
    filters: dict[str, str] = Field(default_factory=dict, max_length=50)
    after: str = Field("", max_length=64)
    limit: Whole = Field(50, ge=1, le=MOST)
    unmask: str = Field("", max_length=500, description="理由；写明则返回明文，须有权限，逐条留痕")


class Paged(Schema):
    """Which page is wanted."""

    after: str = Field("", max_length=64)
    limit: int = Field(50, ge=1, le=MOST)


class RecordIn(Schema):
    """A record to be written: texts as one would type them into a sheet. ``version`` only for a change."""

    division_code: str = Field(pattern="^[0-9]{15}$")
    values: dict[str, str] = Field(max_length=200)
    version: Whole | None = Field(None, ge=1, le=2**31 - 1)
    reason: str = Field("", max_length=500)


def _spec(name: str) -> SheetSpec:
    found = ledgers().get(name)
    if found is None:
        raise Problem(404, _("没有这本台账"))
    return found


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)


def _plain(spec: SheetSpec, row: Ledger, *, clear: bool = False) -> dict[str, Any]:
    values = {n: getattr(row, n) for n in spec.fields}
    shown = {
        n: _text(v if clear or not spec.fields[n].mask else spec.fields[n].masked(v))
        for n, v in values.items()
    }
    source = {"file": row.source_file, "sheet": row.source_sheet, "row": row.source_row}
    return {
        "id": row.pk,
        "division_code": row.division_code,
        "version": row.row_version,
        "changed_at": row.changed_at,
        "values": shown,
        "source": source,
    }


def _one(user: Any, right: str, spec: SheetSpec, number: int) -> Ledger:
    row: Ledger | None = (
        scope_of(user, right, spec.name).filter(spec.model._default_manager.all()).filter(pk=number).first()
    )
    if row is None:
        raise Problem(404, _("没有找到"))
    return row


@router.get("", response=list[LedgerOut], summary="台账目录")
@needs("ledger.view")
def catalogue(request: HttpRequest) -> list[dict[str, Any]]:
    """The ledgers the user may see, with their columns."""
    return [_declared(spec) for spec in ledgers().values() if may(request.user, "ledger.view", spec.name)]


def _declared(spec: SheetSpec) -> dict[str, Any]:
    columns = [
        {
            "name": name,
            "label": column.label,
            "kind": column.kind,
            "required": column.required,
            "unit": column.unit,
            "personal": bool(column.mask),
            "values": list(column.values),
        }
        for name, column in spec.fields.items()
    ]
    return {"name": spec.name, "title": spec.title, "about": spec.about, "key": spec.key, "columns": columns}


@router.get("/{name}", response=Page[RecordOut], summary="记录列表")
@needs("ledger.view", subject="name")
def listed(request: HttpRequest, name: str, paged: Query[Paged]) -> dict[str, Any]:
    """The records of a ledger within the user's scope, by division and number."""
    return _page(request, name, Asked(text="", after=paged.after, limit=paged.limit, unmask=""))


@router.post("/{name}/search", response=Page[RecordOut], summary="查找记录")
@needs("ledger.view", subject="name")
def search(request: HttpRequest, name: str, body: Asked) -> dict[str, Any]:
    """Search by text or exact ID number, with the filters of the pages (``v-column``, ``from-column`` …)."""
    return _page(request, name, body)


def _page(request: HttpRequest, name: str, asked: Asked) -> dict[str, Any]:
    spec = _spec(name)
    right = "ledger.unmask" if asked.unmask else "ledger.view"
    if asked.unmask and not may(request.user, right, spec.name):
        raise Forbidden(right)
    listing = Listing(spec, scope_of(request.user, right, spec.name), ask_of(spec, asked.filters, asked.text))
    try:
        page = listing.page(asked.after, asked.limit)
    except (ValueError, OverflowError) as error:
        raise Problem(422, _("请求的内容不对"), _("after 应照抄上一页的 next")) from error
    if asked.unmask and page.rows:
        _seen(spec, page.rows, asked.unmask)
    items = [_plain(spec, row, clear=bool(asked.unmask)) for row in page.rows]
    return {"items": items, "next": page.after or None}


def _seen(spec: SheetSpec, rows: list[Ledger], reason: str) -> None:
    """Note who was seen in the clear: an event for each record and person."""
    with trail.change("ledger.unmask", reason=reason) as doing:
        for row in rows:
            for person in persons_of(row) or [""]:
                doing.note(spec.name, row.pk, division_code=row.division_code, person=person, by="api")


@router.get("/{name}/{int:number}", response=RecordOut, summary="一条记录")
@needs("ledger.view", subject="name")
def one(request: HttpRequest, name: str, number: int) -> dict[str, Any]:
    """A record, masked."""
    spec = _spec(name)
    return _plain(spec, _one(request.user, "ledger.view", spec, number))


@router.post("/{name}", response={201: RecordOut, 409: ProblemBody}, summary="新增记录")
@needs("ledger.add", subject="name")
@once
def add(request: HttpRequest, name: str, body: RecordIn) -> Status[dict[str, Any]]:
    """Add a record. 409 where the division has one of the same key."""
    spec = _spec(name)
    return Status(201, _plain(spec, _write(request, "ledger.add", spec, body, None)))


@router.put("/{name}/{int:number}", response={200: RecordOut, 409: ProblemBody}, summary="修改记录")
@needs("ledger.change", subject="name")
@once
def change(request: HttpRequest, name: str, number: int, body: RecordIn) -> Status[dict[str, Any]]:
    """Replace a record's values. 409 where it has changed since ``version``; left out it is refused."""
    spec = _spec(name)
    row = _one(request.user, "ledger.change", spec, number)
    if body.version is None:
        raise Problem(422, _("请求的内容不对"), _("修改须写明读到的 version"))
    return Status(200, _plain(spec, _write(request, "ledger.change", spec, body, row)))


def _write(request: HttpRequest, right: str, spec: SheetSpec, body: RecordIn, row: Ledger | None) -> Ledger:
    if unknown := sorted(set(body.values) - set(spec.fields)):
        raise Problem(
            422, _("内容没有通过检查"), errors=[{"at": n, "message": _("没有这个栏目")} for n in unknown]
        )
    entry = read_entry(spec, body.values, keep=untyped(spec, row))
    _complete(entry, spec, scope_of(user_of(request), right, spec.name), body.division_code)
    wanted = spec.model(**entry.values, division_code=body.division_code)
    wanted.pk = row.pk if row is not None else None
    if other := twin(spec, wanted):
        raise Conflict(_("这个区划里已有同一编号的记录，请改那一条，或核对编号"), id=other.pk)
    try:
        with trail.change(right, reason=body.reason):
            return put(
                row or spec.model(), entry.values, body.division_code, version=body.version if row else None
            )
    except Moved as error:
        raise Conflict(_("读到以后有人改过这条记录，请重新读取再改")) from error


def _complete(entry: Entry, spec: SheetSpec, scope: Scope, division_code: str) -> None:
    low, high = code_range(division_code)
    errors = [
        {"at": name, "message": problem.text, "advice": problem.advice}
        for name, problem in entry.problems.items()
    ]
    errors += [
        {"at": name, "message": _("必填")}
        for name, column in spec.fields.items()
        if column.required and entry.values.get(name) in (None, "") and name not in entry.problems
    ]
    if not (scope.covers(low) and scope.covers(high)):
        errors.append({"at": "division_code", "message": _("请选择您管辖范围内的区划")})
    if errors:
        raise Problem(422, _("内容没有通过检查"), errors=errors)
