"""How errors are told: ``application/problem+json`` (RFC 9457), in the language of the token's user."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as Malformed

from shouwang.access.problem import told
from shouwang.access.trouble import mishap

log = logging.getLogger(__name__)


class Problem(Exception):
    """An error with the words a caller needs: what it is, and what to do."""

    def __init__(self, status: int, title: str, detail: str = "", **more: Any) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.more = status, title, detail, more


class Forbidden(Problem):
    """The token, or its user, lacks a right."""

    def __init__(self, right: str) -> None:
        super().__init__(403, _("没有权限"), _("需要权限 {right}").format(right=right), right=right)


class Conflict(Problem):
    """The record is not what the caller thinks it is."""

    def __init__(self, detail: str, **more: Any) -> None:
        super().__init__(409, _("记录已有变化"), detail, **more)


def answer(problem: Problem) -> HttpResponse:
    """The problem as a response."""
    return told(problem.status, problem.title, problem.detail, **problem.more)


def install(api: NinjaAPI) -> None:
    """Have every error of the API told this way."""

    def handler(error: type[Exception], made: Callable[[Any], HttpResponse]) -> None:
        api.add_exception_handler(error, lambda request, exc: made(exc))

    handler(Problem, answer)
    handler(Http404, lambda exc: told(404, _("没有找到")))
    handler(PermissionDenied, lambda exc: answer(Forbidden(str(exc))))
    handler(
        AuthenticationError,
        lambda exc: told(401, _("令牌无效或已过期"), headers={"WWW-Authenticate": "Bearer"}),
    )
    handler(Throttled, lambda exc: told(429, _("请求太频繁，请稍后再试")))  # the framework adds when
    handler(RequestDataTooBig, lambda exc: told(413, _("内容太大"), _("请分成几次提交。")))
    handler(HttpError, lambda exc: told(exc.status_code, _("请求有误"), _("请求体应是JSON对象，UTF-8编码")))
    handler(Malformed, lambda exc: told(422, _("请求的内容不对"), errors=_places(exc.errors)))
    handler(ValidationError, lambda exc: told(422, _("内容没有通过检查"), errors=_fields(exc)))

    @api.exception_handler(Exception)
    def failed(request: HttpRequest, exc: Exception) -> HttpResponse:
        found = mishap(exc)
        if found.status == 500:
            log.error("%s %s failed", request.method, request.path, exc_info=exc)
        else:
            log.warning("%s %s: %s", request.method, request.path, exc)
        return told(found.status, found.title, found.advice, headers=found.headers)


def _places(errors: Any) -> list[dict[str, str]]:
    """Where the request is wrong and how; the value itself is not repeated, it may be personal."""
    return [{"at": ".".join(map(str, e["loc"][1:] or e["loc"])), "message": str(e["msg"])} for e in errors]


def _fields(error: ValidationError) -> list[dict[str, str]]:
    if hasattr(error, "message_dict"):
        return [{"at": k, "message": str(m)} for k, messages in error.message_dict.items() for m in messages]
    return [{"at": "", "message": str(m)} for m in error.messages]


def methods_told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, telling of a method that the address lacks in this way too; the framework has no hook."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = view(request, *args, **kwargs)
        if isinstance(given, HttpResponseNotAllowed):
            return told(405, _("这个地址不接受这种请求"), headers={"Allow": given["Allow"]})
        return given

    return asked
