"""Lists page by page: the next page begins after a key, so page 10,000 costs what page 1 costs."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema

from shouwang.api.problems import Problem

T = TypeVar("T")
M = TypeVar("M", bound=Model)

MOST = 500


class Page(Schema, Generic[T]):
    """A page of a list. ``next`` is to be sent as ``after`` for the following one; null at the end."""

    items: list[T]
    next: str | None = None


class Paging(Schema):
    """Which page is wanted."""

    after: str = Field("", max_length=64, description="the `next` of the page before")
    limit: int = Field(50, ge=1, le=MOST)


def _key(after: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(after.encode() + b"==").decode().removeprefix("id:"))
    except (binascii.Error, ValueError) as error:
        raise Problem(422, _("请求的内容不对"), _("after 应照抄上一页的 next")) from error


def page(rows: QuerySet[M], paging: Paging) -> tuple[list[M], str | None]:
    """One page in descending order of id, and the mark of the next; one query, no count."""
    if paging.after:
        rows = rows.filter(pk__lt=_key(paging.after))
    found = list(rows.order_by("-pk")[: paging.limit + 1])
    more = len(found) > paging.limit
    shown = found[: paging.limit]
    mark: Any = base64.urlsafe_b64encode(f"id:{shown[-1].pk}".encode()).decode().rstrip("=") if more else None
    return shown, mark
