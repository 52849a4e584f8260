"""Pages for what went wrong, in the language of the product, with what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from shouwang.access.problem import told
from shouwang.access.trouble import mishap

API = "/api/"
"""Below this address programs ask: they are told in JSON (RFC 9457)."""


def _page(
    request: HttpRequest,
    status: int,
    title: str,
    advice: str,
    *,
    bare: bool = False,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A page, or for a request of htmx a sentence that it shows above the page it was sent from.

    A ``bare`` page asks neither session nor database, which may be what is broken.
    """
    if request.path_info.startswith(API):
        return told(status, title, advice, headers=headers)
    if request.headers.get("HX-Request"):
        plain = "text/plain; charset=utf-8"
        return HttpResponse(f"{title}。{advice}", status=status, content_type=plain, headers=headers)
    context = {"status": status, "title": title, "advice": advice}
    body = render_to_string("workbench/error.html", context, request=None if bare else request)
    return HttpResponse(body, status=status, headers=headers)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request makes no sense; 413 where Django refuses to read so much."""
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, _("内容太大"), _("提交的内容或文件超过上限。请分成几次提交。"))
    return _page(request, 400, _("请求有误"), _("地址或提交的内容不完整。请返回上一页再试。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the user lacks the right."""
    return _page(
        request, 403, _("没有权限"), _("您现在的岗位不能使用这个页面。确有需要的，请联系本单位的系统管理员。")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or it lies outside of what the user may see."""
    return _page(
        request, 404, _("没有找到"), _("这个页面或这条记录不存在，或者不在您的管辖范围内。请核对后再试。")
    )


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is stale, or did not come from here."""
    return _page(
        request,
        403,
        _("页面已过期"),
        _("您可能在别处重新登录过，或者页面打开得太久。请返回上一页，刷新后再提交。"),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """5xx: the disk is full (507), the database is away (503), or it is our fault (500)."""
    found = mishap(sys.exc_info()[1])
    return _page(request, found.status, found.title, found.advice, bare=True, headers=found.headers)
