"""The API put together: ``/api/v1/``, its description at ``/api/v1/openapi.json``."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path
from ninja import Router
from ninja.parser import Parser

from shouwang.access.rights import OPEN
from shouwang.api import findings, ledgers, problems, scans, session
from shouwang.api.auth import RATE, Bearer, PerToken
from shouwang.api.describing import Described

ROUTERS: Final[dict[str, Router]] = {
    "": session.router,
    "/findings": findings.router,
    "/ledgers": ledgers.router,
    "/scans": scans.router,
}


class Reader(Parser):
    """Reads bodies: objects, and no half of a surrogate pair, which no database and no answer takes."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain data; ``ValueError`` for one that is none, which is answered with 400."""
        body: Any = super().parse_body(request)
        if not isinstance(body, dict):  # the framework would take a list for an object with nothing in it
            raise ValueError("not an object")
        json.dumps(body, ensure_ascii=False).encode()
        return body


api = Described(
    parser=Reader(),
    title="守望 Shouwang",
    version="1",
    description="台账、问题与推送。权限与页面相同，令牌在“我的账号”里申请。",
    auth=Bearer(),
    throttle=[PerToken(RATE)],
    docs_url=None,  # the page of the description would load scripts from elsewhere
)
problems.install(api)
for prefix, router in ROUTERS.items():
    api.add_router(prefix, router)

_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = problems.methods_told(_pattern.callback)
        # Each operation declares its own right (shouwang.api.checks); the description of the API is open.
        _pattern.callback.right = OPEN  # type: ignore[attr-defined]

urlpatterns: list[URLPattern | URLResolver] = [path("v1/", (_patterns, _app, _namespace))]
