"""Scans over the API: which there were, and two of them beside each other."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from shouwang.access.middleware import user_of
from shouwang.api.auth import needs
from shouwang.api.describing import ProblemBody
from shouwang.api.paging import Page, Paging, page
from shouwang.api.problems import Problem
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import ScanRun
from shouwang.risk.scans import comparing

router = Router(tags=["scans"])


class ScanOut(Schema):
    """A scan of the database. The counts are of the whole installation, as its page shows them."""

    id: int
    status: str
    trigger: str
    as_of: dt.date
    requested_at: dt.datetime
    ended: dt.datetime | None
    found: int
    new: int
    known: int
    changed: int
    gone: int
    back: int


class Pair(Schema):
    """Two scans, in any order."""

    a: int = Field(ge=1, le=2**63 - 1)
    b: int = Field(ge=1, le=2**63 - 1)


class DifferenceOut(Schema):
    """What became of one rule's findings. ``first_checked``: the earlier scan did not ask the rule."""

    code: str
    severity: str
    first_checked: bool
    counts: dict[str, int]
    amounts: dict[str, Decimal]


class ComparisonOut(Schema):
    """Two scans beside each other, as far as the user may see their findings.

    The keys of ``counts`` and ``amounts`` are new, known, gone, and unchecked (the later scan did not ask).
    """

    earlier: ScanOut
    later: ScanOut
    rules: list[DifferenceOut]


def _plain(run: ScanRun) -> dict[str, Any]:
    return {name: getattr(run, name) for name in ScanOut.model_fields}


@router.get("", response=Page[ScanOut], summary="扫描列表")
@needs("scan.view")
def listed(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The scans, the newest first."""
    found, mark = page(ScanRun.objects.all(), paging)
    return {"items": [_plain(run) for run in found], "next": mark}


@router.get("/compare", response={200: ComparisonOut, 404: ProblemBody}, summary="两次扫描对比")
@needs("scan.view")
def compared(request: HttpRequest, pair: Query[Pair]) -> dict[str, Any]:
    """Two done scans beside each other, by rule."""
    both = comparing.pair(pair.a, pair.b)
    if both is None:
        raise Problem(404, _("没有找到"), _("请选两次不同的、已完成的扫描"))
    rows = comparing.tallied(*both, Sight(user_of(request)).visible())
    rules = [{name: getattr(row, name) for name in DifferenceOut.model_fields} for row in rows]
    return {"earlier": _plain(both[0]), "later": _plain(both[1]), "rules": rules}
