"""What pages share: the ledger of an address, values as they are shown, divisions by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shouwang.access.models import Area, User, code_range
from shouwang.access.scope import Scope, scope_of
from shouwang.ledger.base import Ledger, SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.fields import LedgerField

MOST_DIVISIONS = 400
"""A choice of divisions lists so many."""


@dataclass(frozen=True)
class Cell:
    """A value on a page; ``masked`` tells that there is more to it."""

    name: str
    label: str
    text: str
    masked: bool = False
    number: bool = False


def me(request: HttpRequest) -> User:
    """Who is signed in; every route here asks for that."""
    return cast(User, request.user)


def spec_of(name: str) -> SheetSpec:
    """The ledger of an address; 404 where there is none."""
    spec = ledgers().get(name)
    if spec is None:
        raise Http404(name)
    return spec


def row_of(user: Any, right: str, spec: SheetSpec, pk: int) -> Ledger:
    """A row within the user's scope; 404 outside of it, as if it were not there."""
    rows = scope_of(user, right, spec.name).filter(spec.model._default_manager.all())
    found: Ledger = get_object_or_404(rows, pk=pk)
    return found


def text_of(field: LedgerField, value: Any) -> str:
    """A value in words, in clear."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text if field.kind == "money" else text.rstrip("0").rstrip(".") if "." in text else text
    if field.kind == "month":
        return f"{value:%Y-%m}"
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def cell(field: LedgerField, value: Any, *, clear: bool = False) -> Cell:
    """A value as it may be shown: masked unless ``clear``."""
    hidden = bool(field.mask and value and not clear)
    text = str(field.masked(value)) if hidden else text_of(field, value)
    number = field.kind in ("money", "number", "percent", "int")
    unit = f" {field.unit}" if text and number and field.unit else ""
    return Cell(field.name, field.label, text + unit, hidden, number)


def divisions(scope: Scope, chosen: str = "") -> list[tuple[str, str]]:
    """The divisions of a scope to choose from, code and name with its place in the tree."""
    areas = list(scope.filter(Area.objects.all(), "code").order_by("code")[:MOST_DIVISIONS])
    found = [(area.code, "　" * max(0, int(area.level) - 4) + area.name) for area in areas]
    if (
        chosen
        and all(code != chosen for code, _name in found)
        and (area := Area.objects.filter(code=chosen).first())
    ):
        found.append((area.code, area.name))
    return found


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of divisions by code; the code itself where it has none."""
    wanted = set(codes)
    known = dict(Area.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: known.get(code, code) for code in wanted}


def inside(scope: Scope, code: str) -> bool:
    """Whether a division lies in a scope as a whole."""
    low, high = code_range(code)
    return scope.covers(low) and scope.covers(high)


def shown_in_line(spec: SheetSpec) -> list[str]:
    """The columns that say most about a row in a line of its own: what, how much, in which state."""
    told = [n for n, f in spec.fields.items() if n in spec.key or f.values or f.kind in ("money", "name")]
    return [n for n in told if n != "division"][:7]
