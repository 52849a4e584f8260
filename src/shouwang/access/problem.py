"""How a program is told what went wrong: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


def told(
    status: int, title: str, detail: str = "", *, headers: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    """The answer for a program: what it is, what to do, and whatever else it can use."""
    body = {"type": "about:blank", "title": title, "status": status}
    body |= {"detail": detail} if detail else {}
    text = json.dumps(body | more, ensure_ascii=False, default=str)
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers=headers)
